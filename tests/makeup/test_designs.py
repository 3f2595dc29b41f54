"""The program's own designs with any copy and any number of pictures, asserted from the finished PDF.

In every case: no glyph outside the type area, none over another or over a photograph, the text on one grid, columns
level but for what findings tell, nothing lost, and the page full, or a finding that says by how much it is not.
"""

from pathlib import Path

import pytest

from makeup.designs import LIANGHUI, RIVER, Shown, Story, lianghui, river, tunliu

FULL = {"front": 950, "feature": 2000, "report": 1900, "gallery": 350}
"""Characters that about fill a page of each kind with the pictures it is made for."""
PARTS = {"front": ((0, 1, 2, 3),), "feature": ((0, 1), (3, 4)), "report": ((0, 1), (3, 4)), "gallery": ()}
"""Columns that end on one row, by the kind of page."""
LONG = "一条小河的来路与去处，要走多远才能看完这一条河的四季和沿途风光"


def check(folder: Path, story: Story, pictures: int) -> Shown:
    shown = Shown(river(folder, story, pictures), RIVER)
    shown.assert_sound()
    shown.assert_level(*PARTS[story.kind])
    shown.assert_full()
    assert len(shown.images) == pictures
    return shown


@pytest.mark.parametrize("kind", FULL)
@pytest.mark.parametrize("pictures", [0, 9])
def test_any_number_of_pictures(tmp_path: Path, kind: str, pictures: int) -> None:
    check(tmp_path, Story(kind, FULL[kind]), pictures)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "pictures"), [*(("gallery", count) for count in (1, 2, 3, 4, 5, 7)), ("front", 3)])
def test_every_number_of_pictures(tmp_path: Path, kind: str, pictures: int) -> None:
    check(tmp_path, Story(kind, FULL[kind]), pictures)


@pytest.mark.parametrize("kind", FULL)
def test_without_kicker_deck_figures_and_lede(tmp_path: Path, kind: str) -> None:
    story = Story(kind, FULL[kind], kicker=False, deck=False, figures=False, lede=False, credits=True)
    check(tmp_path, story, 1)


@pytest.mark.parametrize(
    ("kind", "headline"), [*((kind, LONG) for kind in FULL), ("gallery", "一条小河"), ("feature", "一条小河")]
)
def test_headlines_of_any_length(tmp_path: Path, kind: str, headline: str) -> None:
    shown = check(tmp_path, Story(kind, FULL[kind], headline=headline), 4)
    assert not shown.made.found("line.overlong")
    assert headline in "".join(glyph.text for glyph in shown.glyphs)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "share"), [("front", 0.4), ("feature", 0.6), ("gallery", 1.4)])
def test_copy_of_any_amount(tmp_path: Path, kind: str, share: float) -> None:
    check(tmp_path, Story(kind, int(FULL[kind] * share)), {"front": 1, "feature": 1, "report": 2, "gallery": 6}[kind])


@pytest.mark.parametrize(("kind", "sections"), [("feature", 0), ("gallery", 0), ("front", 1)])
def test_copy_without_sections(tmp_path: Path, kind: str, sections: int) -> None:
    check(tmp_path, Story(kind, FULL[kind], sections=sections, figures=False), 2)


@pytest.mark.parametrize("share", [0.4, 1.4])
def test_a_broadsheet_with_any_amount_of_copy(tmp_path: Path, share: float) -> None:
    shown = Shown(lianghui(tmp_path, tunliu(share), 5), LIANGHUI)
    shown.assert_sound()
    shown.assert_level((0, 1), (3, 4))
    shown.assert_full()
    assert shown.made.found("page.overset" if share > 1 else "page.underset")


@pytest.mark.slow
@pytest.mark.parametrize(("share", "pictures"), [(0.7, 8), (1.15, 6)])
def test_a_broadsheet_with_copy_in_steps_and_other_pictures(tmp_path: Path, share: float, pictures: int) -> None:
    shown = Shown(lianghui(tmp_path, tunliu(share), pictures), LIANGHUI)
    shown.assert_sound()
    shown.assert_level((0, 1), (3, 4))
    shown.assert_full()
    assert len(shown.images) == pictures


@pytest.mark.parametrize("headline", ["谋发展的", "凝心聚力谋划高质量发展新的篇章 累累硕果共同谱写时代华章之路"])
def test_a_broadsheet_with_headlines_of_any_length(tmp_path: Path, headline: str) -> None:
    shown = Shown(lianghui(tmp_path, tunliu(1.0, headline, bare=True), 5), LIANGHUI)
    shown.assert_sound()
    shown.assert_full()
    assert not shown.made.found("line.overlong", "page.overset", "page.underset")
    assert headline.replace(" ", "") in "".join(glyph.text for glyph in shown.glyphs)
