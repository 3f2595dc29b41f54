"""The program's own designs with any copy and any number of pictures, asserted from the finished PDF.

In every case: no glyph outside the type area, none over another or over a photograph, the text on one grid, columns
level but for what findings tell, nothing lost, and the page full, or a finding that says by how much it is not.
"""

from dataclasses import replace
from itertools import cycle, product
from pathlib import Path

import pytest

import soak
from layout.errors import Faults
from makeup.designs import LIANGHUI, RIVER, Shown, Sizes, Story, lianghui, river, tunliu
from makeup.headlines import HEADLINES, length
from makeup.support import SHAPES

pytestmark = pytest.mark.slow

FULL = {"front": 950, "feature": 2000, "report": 1900, "gallery": 350}
"""Characters that about fill a page of each kind with the pictures it is made for."""
PARTS = {"front": ((1, 2), (3, 4)), "feature": ((0, 1), (3, 4)), "report": ((0, 1), (3, 4)), "gallery": ()}
"""Columns that end on one row, by the kind of page."""
LONG = "一条小河的来路与去处，要走多远才能看完这一条河的四季和沿途风光"


def check(folder: Path, story: Story, pictures: int, sizes: Sizes = SHAPES) -> Shown:
    shown = Shown(river(folder, story, pictures, sizes=sizes), RIVER)
    shown.assert_sound()
    shown.assert_level(*PARTS[story.kind])
    shown.assert_full()
    assert len(shown.images) == pictures
    return shown


@soak.cases(("pictures", "kind"), product([0, 9], FULL), sample=2)
def test_any_number_of_pictures(tmp_path: Path, kind: str, pictures: int) -> None:
    check(tmp_path, Story(kind, FULL[kind]), pictures)


TALL, FLAT = ((400, 1200),), ((1200, 300),)


@soak.cases(
    ("kind", "pictures", "sizes", "opening"),
    [("front", 7, SHAPES, 150), ("front", 9, TALL, 320), ("front", 8, FLAT, 90), ("report", 9, TALL, 200)],
    sample=1,
)
def test_no_picture_and_no_lede_takes_the_page_past_its_type_area(
    tmp_path: Path, kind: str, pictures: int, sizes: Sizes, opening: int
) -> None:
    """What is too much is overset, and told with its amount; nothing is pushed off the page."""
    story = Story(kind, FULL[kind], opening=opening, credits=True)
    check(tmp_path, story, pictures, sizes)


@soak.cases(
    ("kind", "pictures"),
    [(kind, count) for kind in FULL for count in (range(10) if kind in ("front", "gallery") else (3, 6))],
    sample=4,
)
def test_any_pictures_and_any_lede_stay_inside_the_type_area(tmp_path: Path, kind: str, pictures: int) -> None:
    """Each number of them in one of three ways, another for each kind of page: all would take minutes."""
    ways = ((SHAPES[5:] + SHAPES[:5], 200), (TALL, 90), (FLAT, 320))
    sizes, opening = ways[(pictures + list(FULL).index(kind)) % len(ways)]
    shown = Shown(river(tmp_path, Story(kind, FULL[kind], opening=opening, credits=True), pictures, sizes=sizes), RIVER)
    shown.assert_sound()
    assert len(shown.images) == pictures


@soak.cases(("kind", "pictures"), [*(("gallery", count) for count in (1, 2, 3, 4, 5, 7)), ("front", 3)], sample=2)
def test_every_number_of_pictures(tmp_path: Path, kind: str, pictures: int) -> None:
    check(tmp_path, Story(kind, FULL[kind]), pictures)


@soak.cases("kind", FULL, sample=2)
def test_without_kicker_deck_figures_and_lede(tmp_path: Path, kind: str) -> None:
    story = Story(kind, FULL[kind], kicker=False, deck=False, figures=False, lede=False, credits=True)
    check(tmp_path, story, 1)


@soak.cases(
    ("kind", "headline"), [*((kind, LONG) for kind in FULL), ("gallery", "一条小河"), ("feature", "一条小河")], sample=2
)
def test_headlines_of_any_length(tmp_path: Path, kind: str, headline: str) -> None:
    shown = check(tmp_path, Story(kind, FULL[kind], headline=headline), 4)
    assert not shown.made.found("line.overlong")
    assert headline in "".join(glyph.text for glyph in shown.glyphs)


@soak.cases(("kind", "share"), [("front", 0.4), ("feature", 0.6), ("gallery", 1.4)], sample=1)
def test_copy_of_any_amount(tmp_path: Path, kind: str, share: float) -> None:
    check(tmp_path, Story(kind, int(FULL[kind] * share)), {"front": 1, "feature": 1, "report": 2, "gallery": 6}[kind])


@soak.cases(("kind", "sections"), [("feature", 0), ("gallery", 0), ("front", 1)], sample=1)
def test_copy_without_sections(tmp_path: Path, kind: str, sections: int) -> None:
    check(tmp_path, Story(kind, FULL[kind], sections=sections, figures=False), 2)


def broadsheet(folder: Path, manuscript: str, pictures: int) -> Shown:
    """The page, sound and full; its row, size of type and columns go by its copy."""
    made = lianghui(folder, manuscript, pictures)
    page = made.built.pages[0].page
    body = next(frame for frame in page.frames if frame.height_by == "rest")
    shown = Shown(made, replace(LIANGHUI, row=page.row, sizes=(body.type.size,), pitch=body.box.width + 18))
    shown.assert_sound()
    shown.assert_full()
    assert not made.found("page.overset", "page.overfull", "page.hole", "page.empty_box")
    assert sum(shown.amounts("page.underset", "lines")) <= 6  # small pictures may not grow: a line a column
    assert len(shown.images) == pictures
    return shown


@pytest.mark.parametrize(("share", "pictures"), [(0.4, 5), (1.4, 2)])
def test_a_broadsheet_with_any_amount_of_copy(tmp_path: Path, share: float, pictures: int) -> None:
    broadsheet(tmp_path, tunliu(share), pictures)


@soak.cases(("share", "pictures"), [(0.7, 8), (1.0, 0), (1.0, 1), (0.6, 9)], sample=1)
def test_a_broadsheet_with_copy_in_steps_and_other_pictures(tmp_path: Path, share: float, pictures: int) -> None:
    broadsheet(tmp_path, tunliu(share), pictures)


@pytest.mark.parametrize("headline", ["谋发展的", "凝心聚力谋划高质量发展新的篇章 累累硕果共同谱写时代华章之路"])
def test_a_broadsheet_with_headlines_of_any_length(tmp_path: Path, headline: str) -> None:
    shown = broadsheet(tmp_path, tunliu(1.0, headline, bare=True), 5)
    assert not shown.made.found("line.overlong")
    assert headline.replace(" ", "") in "".join(glyph.text for glyph in shown.glyphs)


def test_words_without_a_frame_are_blamed_on_the_manuscript(tmp_path: Path) -> None:
    """The line of the front matter they stand on, and which frame of which template is missing."""
    manuscript = Story("gallery", 350).markdown().replace("---\n", "---\nwords:\n  season: 秋\n  slogan: 看水\n", 1)
    with pytest.raises(Faults) as raised:
        river(tmp_path, Story("gallery", 350), 1, manuscript)
    faults = raised.value.faults()
    assert [str(fault.place) for fault in faults] == ["issue/story.md:3:11", "issue/story.md:4:11"]
    assert all("tabloid-river/gallery.html" in fault.message.zh for fault in faults)
    hint = faults[0].hint
    assert hint
    assert "story.words['season'].flow" in hint.zh
    assert "words.season" in hint.zh


HEADS = {
    "front": (45.0, 57.0, 689.5, 400.0),
    "report": (45.0, 57.0, 689.5, 200.0),
    "feature": (45.0, 57.0, 406.5, 200.0),
    "gallery": (45.0, 57.0, 689.5, 300.0),
}
"""Where the headline may stand, by the kind of page: over its columns, or in the column it stands in."""


def headline_fits(folder: Path, kind: str, headline: str) -> None:
    if kind == "page":
        shown = Shown(lianghui(folder, tunliu(1.0, headline, bare=True), 5), LIANGHUI)
        shown.assert_in((57.76 + 60, 65.2 + 30 + 176, 168 - 60 + 504, 254 - 176 + 80), headline)
    else:
        shown = Shown(river(folder, Story(kind, FULL[kind], headline=headline), 3), RIVER)
        shown.assert_in(HEADS[kind], headline)
    assert not shown.made.found("line.overlong")


def test_there_is_a_headline_of_every_length() -> None:
    assert {length(headline) for headline in HEADLINES} >= set(range(4, 31))


OF_EVERY_LENGTH = list({length(headline): headline for headline in HEADLINES}.values())
KINDS = ("page", "gallery", "front", "report", "page", "gallery", "front", "feature")


@soak.cases(("kind", "headline"), zip(cycle(KINDS), OF_EVERY_LENGTH, strict=False), sample=5)
def test_headlines_as_newsrooms_write_them_fit_their_frames(tmp_path: Path, kind: str, headline: str) -> None:
    headline_fits(tmp_path, kind, headline)


@soak.cases(
    ("number", "title"), product([1, 2], ["要闻", "县域纪", "乡村振兴", "生态与治水", "人大代表之声"]), sample=2
)
def test_titles_of_two_to_six_characters_fit_the_running_head(tmp_path: Path, title: str, number: int) -> None:
    shown = Shown(river(tmp_path, Story("gallery", FULL["gallery"]), 6, title=title, number=number), RIVER)
    assert not shown.made.found("page.overset", "line.overlong", "page.type_on_type")
    shown.assert_in((45.0, 57.0, 689.5, 30.0), title)
    shown.assert_sound()
