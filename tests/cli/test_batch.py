"""layout batch: one table, one report, the highest exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Shell
from layout.pipeline import InPlace, batch
from pipeline.small_issue import make_issue


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two issues, one of which lacks its story; pages are made in this process."""
    make_issue(tmp_path / "province" / "east", "时光无言，实干有声。")
    (make_issue(tmp_path / "province" / "west", "时光无言。") / "a.md").unlink()
    monkeypatch.setattr(batch, "Workers", lambda **_: InPlace())
    monkeypatch.chdir(tmp_path)
    return Path("province")


def test_all_are_made_and_the_worst_decides(shell: Shell, province: Path) -> None:
    got = shell("--lang", "en", "batch", str(province), "-o", "out", "--no-png", "--results", "out/all.xml")
    assert got.code == 3, got.err
    table = [line.split() for line in got.out.splitlines()]
    assert table[0] == ["issue", "result", "exit", "code", "pages", "errors", "warnings", "notes", "seconds"]
    assert (table[1][:4], table[2][:6]) == (["east", "passed", "0", "1"], ["west", "not", "built", "3", "1", "0.0"])
    assert "province/west:\n  west/issue.toml:9:13: [fault.source] There is no manuscript a.md." in got.out
    assert "[1/2] east: passed" in got.err
    assert {path.name for path in Path("out").iterdir()} == {"all.xml", "batch.json", "batch.md", "east"}

    again = shell("--lang", "en", "batch", str(province), "-o", "out", "--no-png")
    assert "east: passed, unchanged, not made again" in again.err
    assert [each["exit_code"] for each in json.loads(Path("out/batch.json").read_bytes())["issues"]] == [0, 3]


def test_they_can_be_listed(shell: Shell, province: Path) -> None:
    assert shell("batch", str(province), "--list").out == "province/east\nprovince/west\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--against", "old"], "--against, --compare, --comment, --soft and --plates are for proofs."),
        (["--round", "2"], "--soft and --plates are for proofs."),
        (["--proof", "--against", "old"], "There is no folder old."),
        (["--proof", "--against", "province", "--compare", "--since", "HEAD"], "exclude one another"),
        (["--proof", "--pictures", "https://example.org"], "it needs --comment"),
        (["--comment", "x.md"], "--comment, --soft and --plates are for proofs."),
        (["--proof", "--compare"], "--compare needs --since"),
        (["--proof", "--final"], "--final is for the press"),
        (["--results", "found.txt"], "says no format"),
        (["--since", "HEAD"], "git cannot say"),
    ],
)
def test_wrong_options_are_told(
    shell: Shell, province: Path, options: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    got = shell("--lang", "en", "batch", str(province), *options)
    assert (got.code, words in got.err) == (2, True), got.err
