"""``layout fonts``: the faces of a folder with what is known of them, and a specimen without a font in it."""

import json
from pathlib import Path

import pikepdf
import pytest

import own_fonts
from layout.cli.app import run_command
from pipeline.small_issue import make_issue


def issue_with_fonts(tmp_path: Path, fs_type: int = 0) -> Path:
    """An issue whose design sets one own face and whose own folder brings another."""
    folder = make_issue(tmp_path / "x", "天地", style='font-family: "本报宋体", "Song 400"')
    for home in (folder, folder / "plain"):
        (home / "fonts").mkdir()
    (folder / "plain" / "fonts" / "a.ttf").write_bytes(own_fonts.piece(fs_type=fs_type, weight=700))
    (folder / "plain" / "fonts" / "b.ttf").write_bytes(own_fonts.bars())
    (folder / "fonts" / "c.ttf").write_bytes(own_fonts.piece("hei-400.ttf", "\u5c6f", family="造字"))
    return folder


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    code = run_command("zh", ["fonts", *words], None)
    return code, capsys.readouterr().out


def test_every_face_is_listed_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = issue_with_fonts(tmp_path), tmp_path / "out"
    code, text = listed(capsys, str(folder), "-o", str(out))
    lines = {line.split()[1]: line for line in text.splitlines() if len(line.split()) > 5}
    assert code == 0
    assert lines["本报宋体"].split()[0] == "✓"
    assert "plain/fonts/a.ttf" in lines["本报宋体"]
    assert lines["活字"].split()[:3] == ["–", "活字", "100–900"]
    assert "fonts/c.ttf" in lines["造字"]
    assert "Song" in lines
    with pikepdf.open(out / "fonts.pdf") as pdf:
        assert len(pdf.pages) == len(list(out.glob("fonts*.png"))) > 1
        assert not [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]


def test_a_face_that_must_not_be_printed_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = listed(capsys, str(issue_with_fonts(tmp_path, fs_type=2)), "--json")
    rows = {row["family"]: row for row in json.loads(text)}
    assert code == 4
    assert rows["本报宋体"]["forbidden"]
    assert [rows["本报宋体"][key] for key in ("fs_type", "weight", "owner")] == [2, [700, 700], "design"]
    assert rows["Song 400"]["licence"] == "OFL-1.1"


def test_a_folder_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("zh", ["fonts", str(tmp_path)], None) == 2
    assert "design.toml" in capsys.readouterr().err
