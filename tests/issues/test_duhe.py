"""The four-page sample: every page exactly full, nothing lost, every component on its page, every chart true."""

import re
import tomllib
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from layout import assets
from layout.checks import Severity
from layout.issue import read_issue
from layout.preflight.text import read_text
from sample_issue import DUHE, four_pages

pytestmark = pytest.mark.slow

PAGES = (1, 2, 3, 4)


@cache
def shown(page: int) -> str:
    return "".join(char.text for char in read_text(four_pages().pdf.read_bytes(), page - 1))


def bare(text: str) -> str:
    return "".join(text.split())


def test_four_tabloid_pages() -> None:
    with pikepdf.open(BytesIO(four_pages().pdf.read_bytes())) as pdf:
        assert len(pdf.pages) == len(PAGES)
        for page in pdf.pages:
            left, bottom, right, top = (float(value) for value in page.trimbox)
            assert (right - left, top - bottom) == pytest.approx((275 / 25.4 * 72, 390 / 25.4 * 72), abs=0.01)


def test_nothing_is_wrong_and_nothing_overset() -> None:
    assert four_pages().exit_code == 0
    grave = [f for f in four_pages().findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    assert not grave, [f.message.zh for f in grave]
    counted = four_pages().report["characters"]
    assert counted["overset"] == 0
    assert counted["set"] == counted["manuscript"] > 5000


@pytest.mark.parametrize("number", PAGES)
def test_exactly_full(number: int) -> None:
    composed = four_pages().pages[number - 1]
    area, row = composed.page.type_area, composed.page.row
    assert composed.page.content_bottom == pytest.approx(area.bottom, abs=0.01)
    # Band after band, every column of running copy ends within two lines of its frame's foot: headings may push on.
    lowest: dict[str, float] = {}
    for line in composed.lines:
        lowest[line.frame] = max(lowest.get(line.frame, 0.0), line.baseline)
    for frame in composed.page.frames:
        if frame.height_by == "rest":
            assert frame.box.bottom - lowest[frame.id] < 3 * row, frame
            assert lowest[frame.id] < frame.box.bottom


@pytest.mark.parametrize("number", PAGES)
def test_one_grid(number: int) -> None:
    """Body copy in every column of a page stands on the same lines."""
    composed = four_pages().pages[number - 1]
    area, row = composed.page.type_area, composed.page.row
    body = [line for line in composed.lines if abs(line.type.leading - row) < 0.01 and line.type.size == 9.5]
    assert len(body) > 30
    offsets = {round((line.baseline - area.y) % row, 2) for line in body}
    assert len(offsets) == 1


@pytest.mark.parametrize("number", PAGES)
def test_nothing_outside_the_type_area(number: int) -> None:
    page = four_pages().pages[number - 1].page
    for box in [frame.box for frame in page.frames] + [picture.box for picture in page.pictures]:
        assert box.x > page.type_area.x - 0.5
        assert box.right < page.type_area.right + 0.5
        assert box.bottom < page.type_area.bottom + 0.5


def test_a_story_turned_over_reads_on() -> None:
    tail = bare(DUHE.joinpath("cover.md").read_text(encoding="utf-8"))[-20:]
    assert "下转第4版" in shown(1)
    assert "上接第1版" in shown(4)
    assert tail in shown(4)
    assert tail not in shown(1)


def test_figures_stand_in_charts_as_in_the_copy() -> None:
    issue = read_issue(DUHE)
    for page in issue.pages:
        for story in page.stories:
            if story.id not in page.continues:
                assert all(bare(figure.number) in bare(shown(page.number)) for figure in story.figures)


def test_the_ring_is_whole() -> None:
    gate = next(story for story in read_issue(DUHE).stories if story.id == "gate")
    shares = [float(figure.number[:-1]) for figure in gate.figures if figure.number.endswith("%")]
    assert sum(shares) == 100


def test_charts_are_vectors_in_press_inks() -> None:
    """No images but the photographs, and no colour that is not CMYK or grey."""
    with pikepdf.open(BytesIO(four_pages().pdf.read_bytes())) as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [1, 1, 1, 6]
        for page in pdf.pages:
            assert not {str(each.operator) for each in pikepdf.parse_content_stream(page)} & {"rg", "RG"}


def test_inks_agree() -> None:
    """What CSS dresses and what templates draw is printed in the inks that design.toml names."""
    folder = assets.templates_dir() / "tabloid-river"
    inks = tomllib.loads((folder / "design.toml").read_text(encoding="utf-8"))["inks"]
    known = {tuple(ink) for ink in inks.values()} | {(0, 0, 0, 0)}
    for name in ("page.css", "inks.html"):
        written = re.findall(r"device-cmyk\(([^)]*)\)", (folder / name).read_text(encoding="utf-8"))
        assert {tuple(round(100 * float(part)) for part in ink.split()) for ink in written} <= known
