"""The CI recipes of docs/ci: valid, every command in them exists, and their own steps run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.checks import Finding, Severity
from layout.checks.baseline import Baseline
from layout.errors import Message
from pipeline.small_issue import make_issue
from soak import cases

ROOT = Path(__file__).parents[2]
GITHUB, GITLAB, SHELL = "github-actions.yml", "gitlab-ci.yml", "proofs.sh"
RECIPES = (GITHUB, GITLAB, SHELL)
SERVICES = (GITHUB, GITLAB)


def _text(name: str) -> str:
    return (ROOT / "docs" / "ci" / name).read_text(encoding="utf-8")


def _recipe(name: str) -> dict[Any, Any]:
    found = yaml.safe_load(_text(name))
    assert isinstance(found, dict)
    return found


def _scripts(name: str) -> list[str]:
    """Every script of a recipe, in order."""
    if name == SHELL:
        return [_text(name)]
    recipe = _recipe(name)
    if name == GITHUB:
        return [step["run"] for step in recipe["jobs"]["proof"]["steps"] if "run" in step]
    return [*recipe["proof"]["before_script"], *recipe["proof"]["script"], *recipe["proof"]["after_script"]]


def _script(name: str, word: str) -> str:
    (script,) = (script for script in _scripts(name) if word in script)
    return script


def _commands(name: str, program: str) -> Iterator[list[str]]:
    for script in _scripts(name):
        for line in script.replace("\\\n", " ").splitlines():
            for match in re.finditer(rf"(?:^|\$\(|\|)\s*(?:sudo )?{program} ([^|&;)#]*)", line):
                yield match[1].split()


@cache
def _help(command: str) -> str:
    got = subprocess.run(
        [sys.executable, "-m", "layout.cli", command, "--help"],
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return got.stdout


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


@pytest.mark.parametrize("name", RECIPES)
def test_layout_commands_have_these_options(name: str) -> None:
    commands = list(_commands(name, "layout"))
    assert commands
    for command, *words in commands:
        assert command == "batch"
        for option in (word for word in words if word.startswith("--")):
            assert re.search(rf"(?<![\w-]){option}\b", _help(command)), (command, option)


@pytest.mark.parametrize("name", RECIPES)
def test_scripts_exist(name: str) -> None:
    commands = list(_commands(name, "sh"))
    assert commands
    for script, how, *_ in commands:
        assert f"{how})" in (ROOT / script).read_text(encoding="utf-8")


def test_the_shell_of_the_plain_recipe_is_any(tmp_path: Path) -> None:
    shells = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]
    assert shells
    for shell in shells:
        words = [shell, "sh"] if shell == "busybox" else [shell]
        subprocess.run([*words, "-n", str(ROOT / "docs" / "ci" / SHELL)], check=True, cwd=tmp_path)


@pytest.mark.parametrize("name", SERVICES)
def test_proofs_are_kept_whatever_happens(name: str) -> None:
    recipe = _recipe(name)
    if name == GITHUB:
        (upload,) = (step for step in recipe["jobs"]["proof"]["steps"] if "upload-artifact" in step.get("uses", ""))
        assert upload["if"] == "always()"
        assert upload["with"]["path"] == "proofs/"
        assert "steps.proofs.outputs.name" in upload["with"]["name"]
    else:
        assert recipe["proof"]["artifacts"]["when"] == "always"
        assert recipe["proof"]["artifacts"]["paths"] == ["proofs/"]
        assert recipe["proof"]["artifacts"]["reports"]["junit"] == "proofs/junit.xml"


@pytest.mark.parametrize("name", SERVICES)
def test_the_whole_history_is_there_and_what_is_cached_is_said(name: str) -> None:
    recipe, page = _recipe(name), (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    if name == GITHUB:
        steps = recipe["jobs"]["proof"]["steps"]
        assert steps[0]["with"]["fetch-depth"] == 0
        assert [step["with"]["path"] for step in steps if "actions/cache" in step.get("uses", "")] == [".cache/layout"]
    else:
        assert recipe["proof"]["variables"]["GIT_DEPTH"] == 0
        assert recipe["proof"]["cache"]["paths"] == [".cache/"]
    assert ".cache/layout" in page


@pytest.mark.parametrize("name", RECIPES)
def test_it_installs_from_the_lock_alone(name: str) -> None:
    installs = [line for script in _scripts(name) for line in script.splitlines() if "pip install" in line]
    assert ["--require-hashes" in line or "--no-deps" in line for line in installs] == [True, True]
    assert "--requirement requirements.lock" in installs[0]


def _checkout(folder: Path, *without: str) -> Path:
    """A checkout of the program in *folder*, with what is installed of it: hard links, where the disk takes them. Files
    of the patterns *without* are left out.
    """
    left_out = shutil.ignore_patterns("__pycache__", *without)
    for name in ("src/layout", "fonts", "templates", "images", "press", ".ci"):
        shutil.copytree(ROOT / name, folder / name, copy_function=_linked, ignore=left_out)
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.lock"):
        _linked(str(ROOT / name), str(folder / name))
    return folder


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _before_installing(folder: Path) -> dict[str, str]:
    """The environment of a machine that has downloaded all of requirements.lock, and no layout; it gets nothing from
    the network. Its programs are in ``bin``.
    """
    libraries, programs = folder / "libraries", folder / "bin"
    libraries.mkdir()
    programs.mkdir(exist_ok=True)
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not re.match(r"(?i)layout|_?_?editable|_?lianghui", entry.name):
            (libraries / entry.name).symlink_to(entry)
    for name, line in (("sudo", 'exec "$@"'), ("python3", f'exec "{sys.executable}" "$@"')):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    own = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "VIRTUAL_ENV"))}
    return {
        **own, "PYTHONPATH": str(libraries), "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1", "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
    }  # fmt: skip


def _version(python: Path, environment: dict[str, str]) -> str:
    """What the program that is installed beside *python* says of itself."""
    done = subprocess.run(
        [python.with_name("layout"), "--version"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.slow
@cases("name", SERVICES, sample=1)
def test_the_steps_that_install_run(name: str, tmp_path: Path) -> None:
    environment, service = _before_installing(tmp_path), tmp_path / "service"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(service)], check=True)
    environment["PATH"] = f"{service / 'bin'}:{environment['PATH']}"
    steps = [script for script in _scripts(name) if "pip install" in script or ".ci/system.sh" in script]
    got = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(steps)],
        cwd=_checkout(tmp_path / "checkout", "*.ttf", "*.otf", "*.ttc", "*.jpg"),  # which take long to pack
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert got.returncode == 0, got.stdout + got.stderr
    assert re.fullmatch(r"layout \d+\.\d+\.\d+\n", _version(service / "bin" / "python", environment))


HOLE = Finding(
    "page.hole", Severity.WARNING,
    Message("版面上有个空洞：176 × 217 毫米（41 行）没有墨，左边 14、上边 58 毫米处起。", ""), page_no=1,
)  # fmt: skip


def _git(folder: Path, *words: str) -> str:
    own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    got = subprocess.run(["git", *own, *words], cwd=folder, capture_output=True, text=True, check=True)
    return got.stdout.strip()


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A newsroom's checkout: three issues on main; on the branch one is corrected, one is broken, one is as it was."""
    folder = tmp_path / "newsroom"
    for name in ("corrected", "broken", "as-it-was"):
        make_issue(folder / "issues" / name, "时光无言，实干有声。今年增长三成。")
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / ".gitignore").write_text("/proofs/\n/bin/\n", encoding="utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "-m", "one")
    _git(folder, "init", "--quiet", "--bare", str(tmp_path / "origin"))
    _git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    copy = folder / "issues" / "corrected" / "a.md"
    for old, new in (("三成", "五成"), ("五成", "四成")):
        copy.write_text(copy.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        _git(folder, "commit", "--quiet", "-a", "-m", new)
    (folder / "issues" / "broken" / "a.md").unlink()
    programs = folder / "bin"
    programs.mkdir()
    for name, line in (
        ("layout", f'exec "{sys.executable}" -m layout.cli "$@"'),
        ("gh", 'echo "$@" >> "$CALLS"; cat proofs/comment.md >> "$CALLS"'),
        ("curl", 'echo "$@" >> "$CALLS"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    return folder


def _run(script: str, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A step of a recipe, run in *folder* as the services run it; ``pip`` and the service's own programs stand in."""
    environment = _environment(
        PATH=f"{folder / 'bin'}:{os.environ['PATH']}", CALLS=str(folder.parent / "calls"), **more
    )
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script, "proofs.sh", *words],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _is_proofed(folder: Path) -> None:
    """The corrected issue has a proof of its third round that shows what changed, the broken one is told."""
    proofs = folder / "proofs"
    assert not (proofs / "as-it-was").exists()
    made = {path.name for path in (proofs / "corrected").iterdir()}
    assert {
        "summary.md",
        "report.json",
        "corrected.pdf",
        "corrected-round-2-proof.pdf",
        "corrected-round-2-against.pdf",
    } <= made
    assert {"corrected-round-2-soft.png", "corrected-round-2-K.png", "corrected-round-2-small.png"} <= made
    comment = (proofs / "comment.md").read_text(encoding="utf-8")
    assert "| 1 | 1 | 改 | 三 | 四 | 无言，实干有声。今年增长〔…〕成。 |" in comment
    assert "broken/issue.toml:9:13 | 找不到稿件 a.md。" in comment
    for name in ("findings.sarif", "junit.xml", "batch.json"):
        assert "issues/broken" in (proofs / name).read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_steps_for_github_run(newsroom: Path) -> None:
    base = _git(newsroom, "rev-parse", "HEAD~2")
    known = newsroom / "issues" / "corrected" / "known.json"
    known.write_bytes(Baseline.of([HOLE]).as_bytes())
    more = {
        "BASE": base, "PULL": "7", "GITHUB_OUTPUT": str(newsroom.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(newsroom.parent / "job.md"), "GITHUB_SERVER_URL": "https://example.org",
        "GITHUB_REPOSITORY": "paper/issues", "GH_TOKEN": "x",
    }  # fmt: skip
    got = _run(_script(GITHUB, "layout batch"), newsroom, **more)
    assert got.returncode == 3, got.stderr
    _is_proofed(newsroom)
    assert (newsroom.parent / "output").read_text() == "name=broken+corrected-round-2\n"
    assert (newsroom.parent / "job.md").read_text(encoding="utf-8").startswith("| 期 | 版 | 结果 |")

    got = _run(_script(GITHUB, "gh pr comment"), newsroom, **more)
    assert got.returncode == 0, got.stderr
    calls = (newsroom.parent / "calls").read_text(encoding="utf-8")
    assert calls.startswith("pr comment 7 --edit-last --create-if-none --body-file proofs/comment.md\n")
    address = "https://example.org/paper/issues/raw/proof-pictures-7/"
    (picture,) = re.findall(rf"!\[第1版\]\({address}(\S+)\)", calls)
    there = _git(newsroom.parent / "origin", "ls-tree", "-r", "--name-only", "proof-pictures-7")
    assert there.splitlines() == [picture] == ["corrected/corrected-round-2-small.png"]
    assert _git(newsroom, "status", "--porcelain", "issues/corrected/a.md") == ""


@pytest.mark.slow
def test_the_steps_for_gitlab_run(newsroom: Path) -> None:
    more = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": _git(newsroom, "rev-parse", "HEAD~2"), "CI_MERGE_REQUEST_IID": "7",
        "CI_JOB_URL": "https://gitlab.example.org/jobs/1", "CI_PROJECT_ID": "5",
        "CI_API_V4_URL": "https://gitlab.example.org/api/v4", "COMMENT_TOKEN": "secret",
    }  # fmt: skip
    got = _run(_script(GITLAB, "layout batch"), newsroom, **more)
    assert got.returncode == 3, got.stderr
    _is_proofed(newsroom)
    assert "| issues/broken |" in got.stdout
    assert "https://gitlab.example.org/jobs/1/artifacts/raw/proofs/corrected/corrected-round-2-small.png" in (
        newsroom / "proofs" / "comment.md"
    ).read_text(encoding="utf-8")

    got = _run(_script(GITLAB, "curl"), newsroom, **more)
    assert got.returncode == 0, got.stderr
    calls = (newsroom.parent / "calls").read_text(encoding="utf-8")
    assert (
        "--data-urlencode body@proofs/comment.md https://gitlab.example.org/api/v4/projects/5/merge_requests/7/notes"
        in calls
    )


@pytest.mark.slow
@cases("machine", ["with the program", "without it"], sample=1)
def test_the_plain_recipe_runs_and_goes_on_where_it_stopped(machine: str, newsroom: Path) -> None:
    environment = _before_installing(newsroom)
    if machine == "with the program":
        environment["PYTHONPATH"] = str(ROOT / "src")
    else:
        (newsroom / "bin" / "layout").unlink()
        _checkout(newsroom)
        (newsroom / ".git" / "info" / "exclude").write_text("*\n", encoding="utf-8")  # the program came by no commit
    base = _git(newsroom, "rev-parse", "HEAD~2")
    for again in (False, True):
        got = subprocess.run(
            ["sh", "-c", _text(SHELL), "proofs.sh", base],
            cwd=newsroom, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (got.returncode, "没有变，不重做" in got.stderr) == (3, again), got.stdout + got.stderr
        _is_proofed(newsroom)
        with tarfile.open(newsroom / "proofs" / "corrected-round-2.tar.gz") as archive:
            assert "./corrected-round-2-proof.pdf" in archive.getnames()
    assert (newsroom / ".venv" / "bin" / "layout").exists() == (machine == "without it")
