"""``layout new-design``: a folder beside an issue's copy that it can be set with at once."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from cli.conftest import Shell
from in_place import build, check
from layout import assets
from layout.checks import Finding, Severity
from layout.errors import LayoutError, PrintError, UsageError
from layout.issue_writing.issue_folder import write_folder
from layout.issue_writing.new_design import write_design
from layout.issue_writing.new_issue import STORY, write_issue
from layout.pipeline import Options

DAY = date(2027, 3, 5)
FILES = ("page.html", "page.css", "design.toml")
FORTY = range(35, 46)
"""What the help calls some forty lines."""


def _issue(folder: Path, design: str) -> Path:
    """A new issue in *folder* that names *design*."""
    plan, *_ = write_issue(folder, "lianghui-broadsheet", DAY)
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('design = "lianghui-broadsheet"', f'design = "{design}"'), encoding="utf-8")
    return folder


def _without_pictures(issue: Path) -> None:
    plan = (issue / "issue.toml").read_text(encoding="utf-8").split("\n[[picture]]")[0]
    plan = re.sub(r"^pictures = .*$", "", plan, flags=re.MULTILINE)
    (issue / "issue.toml").write_text(plan, encoding="utf-8")


def _wrong(found: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in found if each.severity is not Severity.NOTE]


@pytest.mark.parametrize(("sheet", "size"), [("broadsheet", "390mm 540mm"), ("tabloid", "275mm 390mm")])
def test_the_skeleton_is_some_forty_lines(tmp_path: Path, sheet: str, size: str) -> None:
    written = write_design(tmp_path / "晚报", sheet=sheet)
    assert [path.name for path in written] == list(FILES)
    texts = {path.name: path.read_text(encoding="utf-8") for path in written}
    assert sum(text.count("\n") for text in texts.values()) in FORTY
    assert f"@page {{ size: {size};" in texts["page.css"]
    assert tomllib.loads(texts["design.toml"])["name"] == "晚报"
    assert not [name for name, text in texts.items() if "$" in text]
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "晚报", *written)} == {"0o755", "0o644"}


@pytest.mark.slow
def test_a_tabloid_builds_at_once(tmp_path: Path) -> None:
    issue = _issue(tmp_path / "2027两会", "evening")
    write_design(issue / "evening", sheet="tabloid")
    assert not _wrong(build(issue, Options(out=tmp_path / "out", png=False)).findings)


@pytest.mark.slow
def test_a_broadsheet_is_clean_at_once(tmp_path: Path) -> None:
    issue = _issue(tmp_path / "2027两会", "evening")
    write_design(issue / "evening")
    assert not _wrong(check(issue, Options()))


@pytest.mark.slow
def test_the_skeleton_takes_two_stories_and_no_picture(tmp_path: Path) -> None:
    """Copy that it was not drawn for is set or told in amounts, and none is lost."""
    issue = _issue(tmp_path / "2027两会", "evening")
    write_design(issue / "evening")
    (issue / "二.md").write_text("---\nheadline: 又一篇\n---\n河上有风。\n", encoding="utf-8")
    _without_pictures(issue)
    plan = (issue / "issue.toml").read_text(encoding="utf-8")
    (issue / "issue.toml").write_text(plan.replace('"样稿.md"]', '"样稿.md", "二.md"]'), encoding="utf-8")
    assert {each.check for each in _wrong(check(issue, Options()))} == {"page.underset"}


@pytest.mark.parametrize("design", sorted(path.parent.name for path in assets.templates_dir().glob("*/design.toml")))
def test_a_copy_is_the_design_under_a_new_name(tmp_path: Path, design: str) -> None:
    home = assets.templates_dir() / design
    written = write_design(tmp_path / "river", like=design)
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    names = {path.relative_to(tmp_path / "river").as_posix() for path in written}
    assert names == {name for name in there if name != "README.md" and "__pycache__" not in name}
    for name in names - {"design.toml"}:
        assert (tmp_path / "river" / name).read_bytes() == (home / name).read_bytes()
    old, new = (tomllib.loads((folder / "design.toml").read_text("utf-8")) for folder in (home, tmp_path / "river"))
    assert new == old | {"name": "river"}


@pytest.mark.slow
def test_a_copy_sets_what_the_design_sets(tmp_path: Path) -> None:
    found = []
    for name in ("lianghui-broadsheet", "ours"):
        issue = _issue(tmp_path / name, name)
        _without_pictures(issue)
        if name == "ours":
            write_design(issue / name, like="lianghui-broadsheet")
        found.append([(each.check, each.message) for each in check(issue, Options())])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "asked", "message", "hint"),
    [
        ("旧刊", {}, "已经有了", "换一个名字"),
        ("文件", {}, "已经有了", "换一个名字"),
        ("旧刊", {"like": "yaowen"}, "已经有了", "换一个名字"),
        ("-x", {}, "写不了这个名字", "汉字、字母、数字"),
        ("a b", {}, "写不了这个名字", "汉字、字母、数字"),
        ("两" * 81, {}, "写不了这个名字", "汉字、字母、数字"),
        ("\udcff", {}, "写不了这个名字", "汉字、字母、数字"),
        ("新", {"sheet": "tabliod"}, "没有“tabliod”这种开本", "是不是 tabloid？"),
        ("新", {"like": "tabloid-rivr"}, "没有名为“tabloid-rivr”", "是不是 tabloid-river？"),
        ("新", {"like": "yaowen", "sheet": "tabloid"}, "开本不变", "--sheet 或 --like"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, name: str, asked: dict[str, str], message: str, hint: str) -> None:
    (tmp_path / "旧刊").mkdir()
    (tmp_path / "旧刊" / "page.css").write_text("p {}", encoding="utf-8")
    (tmp_path / "文件").write_text("稿", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as caught:
        write_design(tmp_path / name, **asked)
    assert message in caught.value.message.zh
    assert hint in str(caught.value.hint)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("稿", encoding="utf-8")
    with pytest.raises(PrintError):
        write_design(tmp_path / "文件" / "晚报")
    with pytest.raises(PrintError):
        write_folder(tmp_path / "晚报", {"page.css": "p {}", "ink.svg": tmp_path / "gone.svg"})
    assert [path.name for path in tmp_path.iterdir()] == ["文件"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "晚报").mkdir()
    write_design(tmp_path / "晚报")
    assert {path.name for path in (tmp_path / "晚报").iterdir()} == set(FILES)


def test_the_command_says_what_to_write_where(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_issue(Path("2027两会"), "lianghui-broadsheet", DAY)
    done = shell("new-design", "2027两会/evening", "--sheet", "tabloid")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:3] == [
        f"2027两会/evening/{name}" for name in ("page.html", "page.css", "design.toml")
    ]
    assert '2027两会/issue.toml 里写 design = "evening"，各段 [[page]] 里写 kind = "page"，再' in done.out
    assert shell("new-design", "2027两会/evening").code == 2
    copied = shell("new-design", "river", "--like", "tabloid-river").out.splitlines()[-1]
    assert "放进一期的文件夹" in copied
    assert 'kind = "front" 或 "feature" 或 ' in copied


def test_an_issue_may_be_made_around_a_design(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell("new-design", "周末版/weekend").code == 0
    assert shell("new", "周末版").code == 0
    assert {path.name for path in (tmp_path / "周末版").iterdir()} == {"issue.toml", STORY, "weekend"}
    refused = shell("new", "周末版")
    assert (refused.code, "换一个名字" in refused.err) == (2, True)


def test_a_kind_that_the_only_page_of_a_design_is_not_is_told_with_the_line_to_write(tmp_path: Path) -> None:
    issue, *_ = write_issue(tmp_path / "周末版", "tabloid-river", DAY)
    write_design(tmp_path / "周末版" / "weekend", sheet="tabloid")
    text = issue.read_text(encoding="utf-8").replace('design = "tabloid-river"', 'design = "weekend"')
    issue.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        check(tmp_path / "周末版", Options(out=tmp_path / "out"))
    assert 'kind = "page"' in str(caught.value.hint)
