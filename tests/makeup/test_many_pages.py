"""Issues of several pages: made by any number of processes, each page on its own, all in one file."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from layout.build import Options, build, check
from layout.errors import Faults, PlanError
from makeup.support import Made, Piece, make

LONG = Piece([180] * 50)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("three")
    return folder, make(folder, LONG, pages=3, single_pages=True)


def test_two_processes_make_the_same_file_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    make(tmp_path, Piece([180] * 5), pages=1)
    text = (folder / "issue.toml").read_text(encoding="utf-8")
    page = text[text.index("[[page]]") :].replace("number = 1", "number = 2").replace("story.md", "other.md")
    (folder / "issue.toml").write_text(f"{text}\n{page}", encoding="utf-8")
    (folder / "other.md").write_text(Piece([150] * 6).markdown(), encoding="utf-8")
    files = []
    for jobs in (1, 2):
        options = Options(out=tmp_path / f"out{jobs}", png=False, cache=tmp_path / "cache", jobs=jobs)
        files.append(build(folder, options).pdf.read_bytes())
    assert files[0] == files[1]


def test_one_file_for_the_issue_and_one_per_page_on_request(three: tuple[Path, Made]) -> None:
    folder, made = three
    with pikepdf.open(BytesIO(made.pdf)) as whole:
        assert len(whole.pages) == 3
        assert len({str(page.MediaBox) for page in whole.pages}) == 1
    for number in (1, 2, 3):
        with pikepdf.open(folder / "out" / f"issue-{number}.pdf") as single:
            assert len(single.pages) == 1


def test_the_story_runs_on_from_page_to_page(three: tuple[Path, Made]) -> None:
    _, made = three
    pages = [made.page(index=index) for index in range(3)]
    assert "".join(page.running for page in pages) == LONG.running
    assert "下转第2版" in pages[0].text
    assert "上接第1版" in pages[1].text
    assert "下转第3版" in pages[1].text
    assert "上接第2版" in pages[2].text
    assert made.built.report["characters"]["overset"] == 0


def test_a_later_page_alone_is_the_same_page(three: tuple[Path, Made]) -> None:
    folder, made = three
    alone = build(folder / "issue", Options(out=folder / "alone", png=False, pages="2", cache=folder / "cache"))
    with pikepdf.open(alone.pdf) as pdf:
        assert len(pdf.pages) == 1
    shown = Made(alone, alone.pdf.read_bytes()).page()
    assert shown.running == made.page(index=1).running


def test_a_page_with_nothing_left_to_continue_is_said(tmp_path: Path) -> None:
    made = make(tmp_path, Piece([180] * 3), pages=2)
    assert made.found("page.turn") == [{}]
    assert made.built.exit_code == 1


def test_checking_needs_no_pdf(three: tuple[Path, Made]) -> None:
    folder, _ = three
    findings = check(folder / "issue", Options(cache=folder / "cache"))
    assert not [finding for finding in findings if finding.check in ("page.overset", "page.turn")]


def test_a_story_that_did_not_begin_cannot_be_continued(tmp_path: Path) -> None:
    make(tmp_path, Piece([180] * 3), pages=1)
    path = tmp_path / "issue" / "issue.toml"
    text = path.read_text(encoding="utf-8").replace("stories = ", 'continues = ["story.md"]\nstories = ')
    path.write_text(text, encoding="utf-8")
    with pytest.raises((PlanError, Faults), match="to continue"):
        check(tmp_path / "issue", Options())


def test_a_spread_runs_across_the_gutter(tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    make(tmp_path, Piece([180] * 5), pages=1)
    text = (folder / "issue.toml").read_text(encoding="utf-8")
    page = text[text.index("[[page]]") :].replace("number = 1", "number = 2\nthrough = 3")
    page = page.replace("story.md", "wide.md").replace('kind = "page"', 'kind = "spread"')
    (folder / "issue.toml").write_text(f"{text}\n{page}", encoding="utf-8")
    (folder / "wide.md").write_text(Piece([180] * 70).markdown(), encoding="utf-8")
    built = build(folder, Options(out=tmp_path / "wide", png=False, cache=tmp_path / "cache"))
    with pikepdf.open(built.pdf) as pdf:
        widths = [round((float(page.TrimBox[2]) - float(page.TrimBox[0])) / 72 * 25.4) for page in pdf.pages]
    assert widths == [390, 794]
    glyphs = Made(built, built.pdf.read_bytes()).page(index=1).body
    lines = {(glyph.ink[0] > 57.5 + 990, round(glyph.y, 1)) for glyph in glyphs}
    assert {y for right, y in lines if right} <= {y for right, y in lines if not right}
    assert not [glyph for glyph in glyphs if 57.5 + 991 < glyph.ink[0] < 57.5 + 1143]
    assert not [finding for finding in built.findings if finding.check.startswith(("text.", "page.trim", "page.size"))]
