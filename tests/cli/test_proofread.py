"""layout proofread, as an editor calls it; and layout check, which calls it first."""

import json
from pathlib import Path

import docx
import pytest

import layout.pipeline
from issue.folder import STORY, write
from layout.checks import Finding
from layout.cli.entry import run
from layout.cli.proofread_command import desk_of
from layout.issue import read_issue


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run([*words, "--lang", "zh"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_text_is_proofread_with_place_and_rate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "来稿.txt"
    file.write_text("全县再接再励。\n\n渠水通了。\n", "utf-8")
    code, out, _ = said(capsys, "proofread", str(file))
    assert code == 1
    assert out.startswith("来稿.txt:1:3: 警告 [copy.wrong_word]")
    assert "→ 应为“再接再厉”。" in out
    assert "万分之" in out
    assert file.read_text("utf-8") == "全县再接再励。\n\n渠水通了。\n"


def test_clean_copy_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("渠水通了。\n", "utf-8")
    assert said(capsys, "proofread", str(tmp_path / "a.txt"))[0] == 0


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    (tmp_path / "a.txt").write_text("全县再接再励。\n", "utf-8")
    out = tmp_path / f"report.{form}"
    assert said(capsys, "proofread", str(tmp_path / "a.txt"), "-o", str(out))[0] == 1
    written = out.read_text("utf-8")
    assert said(capsys, "proofread", str(tmp_path / "a.txt"), "--report", form)[1] == written
    assert "再接再厉" in written
    assert form == "json" or "全县【再接再励】。" in written
    if form == "json":
        (finding,) = json.loads(written)["findings"]
        assert (finding["line"], finding["column"], finding["family"]) == (1, 3, "confusable")


def test_a_word_file_comes_back_with_comments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = docx.Document()
    document.add_paragraph("全县再接再励。")
    document.save(str(tmp_path / "a.docx"))
    before = (tmp_path / "a.docx").read_bytes()
    code, _, _ = said(capsys, "proofread", str(tmp_path / "a.docx"), "--comment", str(tmp_path / "b.docx"))
    assert code == 1
    assert (tmp_path / "a.docx").read_bytes() == before
    (comment,) = docx.Document(str(tmp_path / "b.docx")).comments
    assert "再接再厉" in comment.text


def test_all_and_single_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("损耗减少一倍，全县再接再励。\n", "utf-8")
    by_itself = said(capsys, "proofread", str(tmp_path / "a.txt"))[1]
    assert "less_by_times" not in by_itself
    assert "1 处可疑（a.txt:1:3 减少一倍）" in by_itself
    every = said(capsys, "proofread", str(tmp_path / "a.txt"), "--all")[1]
    assert "less_by_times" in every
    assert "wrong_word" in every
    one = said(capsys, "proofread", str(tmp_path / "a.txt"), "--rule", "copy.less_by_times")[1]
    assert "less_by_times" in one
    assert "wrong_word" not in one


def test_lists_beside_the_copy_are_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("落燕岭下雪。\n", "utf-8")
    assert said(capsys, "proofread", str(tmp_path / "a.txt"))[0] == 0
    frame = tmp_path / "proof-lists" / "本报.toml"
    code, out, _ = said(capsys, "proofread", str(tmp_path / "a.txt"), "--new-lists", str(frame), "--date", "2026-02-05")
    assert code == 1
    assert "落雁岭" in out
    one = ("--rule", "copy.wrong_word", "--date", "2026-02-05")
    assert "落雁岭" not in said(capsys, "proofread", str(tmp_path / "a.txt"), *one)[1]
    assert said(capsys, "proofread", str(tmp_path / "a.txt"), "--new-lists", str(frame))[0] == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["no.txt"], 2),
        (["a.txt", "--report", "pdf"], 2),
        (["a.txt", "-o", "report"], 2),
        (["a.txt", "--lists", "empty"], 3),
        (["a.txt", "--rule", "copy.summ"], 2),
        (["a.txt", "--date", "5.2.2026"], 2),
        (["a.txt", "--comment", "b.docx"], 2),
        (["a.docx"], 3),
        (["empty"], 2),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("渠水通了。\n", "utf-8")
    Path("a.docx").write_bytes(b"no Word file")
    Path("empty").mkdir()
    given, _, err = said(capsys, "proofread", *words)
    assert given == code
    assert "Traceback" not in err
    assert err.strip()


def test_check_proofreads_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, {"b.md": STORY.replace("共谋划", "全县再接再励，共谋划")})
    given = []

    def check(*values: object, **_: object) -> tuple[Finding, ...]:
        given.append(values[-1])
        return ()

    monkeypatch.setattr(layout.pipeline, "check", check)
    assert run(["check", str(folder), "--in-place"]) == 0
    assert given == [desk_of]
    assert [each.check for each in desk_of(read_issue(folder))] == ["copy.wrong_word"]
