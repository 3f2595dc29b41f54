"""Which issues git says have changed, and what one was before."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from issue.folder import write
from layout import assets
from layout.errors import UsageError
from layout.pipeline.batch_folders import issues_below
from layout.pipeline.changed_files import changed_issues, folder_before


def _git(top: Path, *words: str) -> str:
    own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    got = subprocess.run(["git", "-C", str(top), *own, *words], capture_output=True, text=True, check=True)
    return got.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two issues on a branch `work`, whose `main` has gone on."""
    top = tmp_path / "repository"
    for name in ("两会", "b"):
        write(top / "issues").rename(top / "issues" / name)
    _git(top, "init", "--quiet", "--initial-branch", "main")
    _git(top, "add", ".")
    _git(top, "commit", "--quiet", "-m", "one")
    _git(top, "checkout", "--quiet", "-b", "work")
    _git(top, "checkout", "--quiet", "main")
    (top / "issues" / "b" / "a.md").write_text("main goes on", encoding="utf-8")
    _git(top, "commit", "--quiet", "-a", "-m", "two")
    _git(top, "checkout", "--quiet", "work")
    return top


def _changed(top: Path, since: str = "main") -> list[str]:
    return [issue.name for issue in changed_issues(issues_below([top / "issues"], top / "out"), since)]


def test_what_the_other_branch_has_done_since_is_no_change(repository: Path) -> None:
    assert _changed(repository) == []


def test_changes_committed_or_not_new_files_and_deleted_ones_count(repository: Path) -> None:
    folder = repository / "issues" / "两会"
    copy = (folder / "a.md").read_bytes()
    (folder / "a.md").write_bytes(copy + b"x")
    assert _changed(repository) == ["两会"]
    _git(repository, "commit", "--quiet", "-a", "-m", "three")
    assert _changed(repository) == ["两会"]
    assert _changed(repository, "HEAD") == []
    (folder / "新稿.md").write_bytes(copy)
    assert _changed(repository, "HEAD") == ["两会"]
    (folder / "新稿.md").unlink()
    (repository / "issues" / "b" / "b.md").unlink()
    assert _changed(repository, "HEAD") == ["b"]
    (repository / "README.md").write_text("no issue's", encoding="utf-8")
    assert _changed(repository, "HEAD") == ["b"]


def test_ignored_files_do_not_count_and_a_moved_file_counts_in_both(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    _git(repository, "add", ".")
    _git(repository, "commit", "--quiet", "-m", "ignore")
    (repository / "issues" / "b" / "x.tmp").write_text("x", encoding="utf-8")
    assert _changed(repository, "HEAD") == []
    (repository / "issues" / "b" / "a.md").rename(repository / "issues" / "两会" / "moved.md")
    _git(repository, "add", "--all")
    assert _changed(repository, "HEAD") == ["b", "两会"]


def test_a_design_and_a_press_profile_of_the_repository_are_their_issues_files(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "root", lambda: repository)
    plan = repository / "issues" / "b" / "issue.toml"
    for home, name in (("templates/own", "page.css"), ("press", "own.toml")):
        (repository / home).mkdir(parents=True)
        (repository / home / name).write_text("", encoding="utf-8")
    words = plan.read_text(encoding="utf-8")
    for key, value in (("design", "lianghui-broadsheet"), ("press", "newsprint-coldset")):
        assert f'{key} = "{value}"' in words
        words = words.replace(f'{key} = "{value}"', f'{key} = "own"')
    plan.write_text(words, encoding="utf-8")
    _git(repository, "add", "--all")
    _git(repository, "commit", "--quiet", "-m", "own")
    for path in (repository / "templates" / "own" / "page.css", repository / "press" / "own.toml"):
        path.write_text("x", encoding="utf-8")
        assert _changed(repository, "HEAD") == ["b"]
        path.write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("since", "words"), [("nowhere", "does not know “nowhere”"), ("", "does not know"), ("--all", "does not know")]
)
def test_a_revision_that_is_none_is_told(repository: Path, since: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        _changed(repository, since)


def test_a_checkout_without_the_common_commit_is_told(repository: Path) -> None:
    _git(repository, "checkout", "--quiet", "--orphan", "other")
    _git(repository, "commit", "--quiet", "-m", "no parent")
    with pytest.raises(UsageError, match="no commit that main and HEAD share") as raised:
        _changed(repository)
    assert raised.value.hint is not None
    assert "fetch-depth: 0" in raised.value.hint.en


def test_a_folder_in_no_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(tmp_path / "issues")
    with pytest.raises(UsageError, match="git cannot say"):
        _changed(tmp_path, "HEAD")


def test_an_issue_as_it_was(repository: Path, tmp_path: Path) -> None:
    folder = repository / "issues" / "两会"
    copy = (folder / "a.md").read_bytes()
    (folder / "a.md").write_bytes(b"other")
    write(repository / "issues").rename(repository / "issues" / "new")
    before = folder_before(folder, "main", tmp_path / "before")
    assert before == tmp_path / "before" / "issues" / "两会"
    assert (before / "a.md").read_bytes() == copy
    assert folder_before(repository / "issues" / "new", "main", tmp_path / "before") is None
