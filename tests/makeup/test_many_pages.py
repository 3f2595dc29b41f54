"""Issues of several pages: made by any number of processes, each page on its own, all in one file."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from in_place import build, check
from layout import pipeline
from layout.errors import Faults, PlanError
from layout.pipeline import Options
from makeup.support import Made, Piece, make, write_issue

pytestmark = pytest.mark.slow

LONG = Piece([180] * 50)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("three")
    return folder, make(folder, LONG, pages=3, single_pages=True)


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
    alone = build(folder / "issue", Options(out=folder / "alone", png=False, pages="2"))
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
    findings = check(folder / "issue", Options())
    assert not [finding for finding in findings if finding.check in ("page.overset", "page.turn")]


def test_a_story_that_did_not_begin_cannot_be_continued(tmp_path: Path) -> None:
    write_issue(tmp_path, Piece([180] * 3))
    path = tmp_path / "issue" / "issue.toml"
    text = path.read_text(encoding="utf-8").replace("stories = ", 'continues = ["story.md"]\nstories = ')
    path.write_text(text, encoding="utf-8")
    with pytest.raises((PlanError, Faults), match="to continue"):
        check(tmp_path / "issue", Options())


@pytest.mark.parametrize("headline", ["凝心聚力谋发展", "凝心聚力谋新发展"], ids=["odd", "even"])
def test_a_spread_runs_across_the_gutter(tmp_path: Path, headline: str) -> None:
    folder = tmp_path / "issue"
    write_issue(tmp_path, Piece([180] * 5))
    text = (folder / "issue.toml").read_text(encoding="utf-8")
    page = text[text.index("[[page]]") :].replace("number = 1", "number = 2\nthrough = 3")
    page = page.replace("story.md", "wide.md").replace('kind = "page"', 'kind = "spread"')
    (folder / "issue.toml").write_text(f"{text}\n{page}", encoding="utf-8")
    (folder / "wide.md").write_text(Piece([180] * 70, headline=headline).markdown(), encoding="utf-8")
    built = build(folder, Options(out=tmp_path / "wide", png=False))
    with pikepdf.open(built.pdf) as pdf:
        widths = [round((float(page.TrimBox[2]) - float(page.TrimBox[0])) / 72 * 25.4) for page in pdf.pages]
    assert widths == [390, 794]
    page, fold = Made(built, built.pdf.read_bytes()).page(index=1), 794 / 25.4 * 72 / 2
    across = [glyph.text for glyph in page.glyphs if glyph.ink[0] < fold < glyph.ink[2]]
    assert across == (["力"] if len(headline) % 2 else [])
    assert [each.amount["characters"] for each in built.findings if each.check == "page.fold"] == across
    glyphs = page.body
    lines = {(glyph.ink[0] > 57.5 + 990, round(glyph.y, 1)) for glyph in glyphs}
    assert {y for right, y in lines if right} <= {y for right, y in lines if not right}
    assert not [glyph for glyph in glyphs if 57.5 + 991 < glyph.ink[0] < 57.5 + 1143]
    assert not [finding for finding in built.findings if finding.check.startswith(("text.", "page.trim", "page.size"))]


def write_pages(folder: Path, stories: dict[int, str], **more: str) -> Path:
    """An issue with a page for every story, in the plain design."""
    issue = write_issue(folder, Piece([180] * 5))
    text = (issue / "issue.toml").read_text(encoding="utf-8")
    page = text[text.index("[[page]]") :]
    (issue / "story.md").unlink()
    plan = [text[: text.index("[[page]]")]]
    for number, story in stories.items():
        (issue / f"s{number}.md").write_text(story, encoding="utf-8")
        own = page.replace("number = 1", f"number = {number}").replace("story.md", f"s{number}.md")
        plan.append(own + more.get(f"page{number}", ""))
    (issue / "issue.toml").write_text("\n".join(plan), encoding="utf-8")
    return issue


def test_the_faults_of_every_page_are_told_together(tmp_path: Path) -> None:
    good, strange = Piece([180] * 5).markdown(), "全年\U00013000谋划。"
    stories = {1: good + strange, 2: good, 3: good + strange.replace("\U00013000", "\U00013001"), 4: good}
    issue = write_pages(tmp_path, stories)
    for run in (
        lambda: build(issue, Options(out=tmp_path / "out", png=False)),
        lambda: pipeline.build(issue, Options(out=tmp_path / "out", png=False, jobs=2)),  # in two children
        lambda: check(issue, Options()),
    ):
        with pytest.raises(Faults) as caught:
            run()
        faults = caught.value.faults()
        assert [Path(str(fault.place.file)).name for fault in faults if fault.place] == ["s1.md", "s3.md"]
    assert not list((tmp_path / "out").glob("*-[1-4].pdf"))


def test_faults_of_the_templates_of_several_pages_are_told_together(tmp_path: Path) -> None:
    good = Piece([180] * 5).markdown()
    issue = write_pages(tmp_path, {1: good, 2: good, 3: good})
    plan = issue / "issue.toml"
    text = plan.read_text(encoding="utf-8")
    first, second, third = (f"number = {number}" for number in (1, 2, 3))
    for number, kind in ((first, "one"), (third, "three")):
        head, tail = text.split(number)
        text = head + number + tail.replace('kind = "page"', f'kind = "{kind}"', 1)
        (issue / "design" / f"{kind}.html").write_text("{{ story.nothing_" + kind + " }}", encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as caught:
        check(issue, Options())
    places = [Path(str(fault.place.file)).name for fault in caught.value.faults() if fault.place]
    assert places == ["one.html", "three.html"]
    assert second in text


@pytest.mark.parametrize(
    ("lengths", "more"), [([100] * 63, 1), ([100] * 64, 0), ([100] * 64 + [40], -1)], ids=["short", "full", "over"]
)
def test_copy_over_two_pages_is_shared_out_so_that_both_are_full(tmp_path: Path, lengths: list[int], more: int) -> None:
    """The earlier page's picture takes or gives up rows (of which it had 10) for the sake of the later page."""
    piece = Piece(lengths)
    made = make(tmp_path, piece, pictures=1, pages=2, kind="tabloid")
    first, second = made.page("tabloid", 0), made.page("tabloid", 1)
    for page in (first, second):
        page.assert_sound()
        assert page.last_column == 3
        assert page.empty_at_end <= 3
        assert {round(lines[-1], 1) for lines in page.lines.values()} - {round(page.foot, 1)} <= {
            round(page.lines[3][-1], 1)
        }
    assert first.empty_at_end == 0
    assert first.rows_below == pytest.approx(1, abs=0.1), "the row of 下转第2版"
    assert second.rows_below == pytest.approx(0, abs=0.1)
    assert first.running + second.running == piece.running
    rows = [change.got - 10 for page in made.built.pages for change in page.concessions if change.unit == "row"]
    assert [(row > 0) - (row < 0) for row in rows] == ([more] if more else [])
    assert not made.found("page.overset", "page.underset", "page.overfull")
