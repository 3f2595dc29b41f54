"""layout sign: who has passed an issue is recorded, and shown with what has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Shell
from in_place import build
from layout.pipeline import Options
from layout.signoff.signoff_file import read_signoff
from pipeline.small_issue import make_issue


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = make_issue(Path("small"), "时光无言，实干有声。")
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    (folder / "issue.toml").write_text(
        plan.replace("date =", 'signoff = ["一审", "二审"]\ndate =', 1), encoding="utf-8"
    )
    return folder


def test_an_issue_is_signed_and_shown(shell: Shell, issue: Path) -> None:
    got = shell("--lang", "en", "sign", "small", "--as", "一审", "--name", "张三", "-o", "out")
    assert (got.code, "seal" in got.err) == (3, True), got.err
    build(issue, Options(out=Path("out"), png=False))
    got = shell("--lang", "en", "sign", "small", "--as", "一审", "--name", " 张 三 ", "-o", "out")
    record = Path("small/signoff.toml").resolve()
    said = f"一审 张 三 has signed 1 page: {record}. Commit it, signed: git commit -S.\n"
    assert (got.code, got.out) == (0, said)
    (passing,) = read_signoff(issue)
    assert (passing.role, passing.name, passing.time.microsecond) == ("一审", "张 三", 0)

    shown = shell("--lang", "en", "sign", "small", "-o", "out")
    assert shown.code == 1
    assert shown.out.splitlines()[1] == "× 二审 has not signed"
    assert shown.out.startswith("✓ 一审: 张 三, ")

    (issue / "a.md").write_text((issue / "a.md").read_text("utf-8").replace("时光", "光阴"), encoding="utf-8")
    shown = shell("sign", "small", "-o", "out")
    assert "之后改过：稿件 a.md" in shown.out
    assert "没有这份稿的封印，只比了稿件" in shown.out


@pytest.mark.parametrize("words", [["--as", "一审"], ["--name", "张三"], ["--as", " ", "--name", "张三"]])
def test_whoever_signs_gives_office_and_name(shell: Shell, issue: Path, words: list[str]) -> None:
    got = shell("--lang", "en", "sign", str(issue), *words)
    assert (got.code, "his office and his name" in got.err) == (2, True), got.err


def test_where_nobody_has_to_sign_that_is_said(shell: Shell, issue: Path) -> None:
    plan = (issue / "issue.toml").read_text(encoding="utf-8")
    (issue / "issue.toml").write_text(plan.replace('signoff = ["一审", "二审"]\n', ""), encoding="utf-8")
    got = shell("--lang", "en", "sign", "small")
    assert (got.code, got.out) == (0, "issue.toml asks nobody to sign (signoff), and nobody has.\n")
