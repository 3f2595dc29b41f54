"""The tabloid design's spread (通版), of the sample's copy."""

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import soak
from in_place import build
from layout import assets
from layout.pipeline import Options
from makeup.designs import RIVER, Shown
from makeup.support import Made

pytestmark = pytest.mark.slow

SAMPLE = "duhe-2026"
SPREAD = replace(RIVER, area=(45.0, 57.0, 1469.0, 994.0))
FOLD = 550 / 25.4 * 72 / 2


def spread(folder: Path, headline: str = "一滴水，要走多远", stories: int = 3, pictures: int = 2) -> Made:
    """Pages 2 and 3 of the sample as one sheet."""
    sample, issue = assets.root() / "issues" / SAMPLE, folder / "issue"
    issue.mkdir(parents=True)
    head, *parts = re.split(r"(?m)^(?=\[\[)", (sample / "issue.toml").read_text(encoding="utf-8"))
    shown = {part.split('"')[1]: part for part in parts if part.startswith("[[picture]]")}
    names = ["drop.md", "gauge.md", "rules.md"][:stories]
    chosen = ["ridge", "stream", "pavilion"][:pictures]
    page = ["[[page]]", "number = 2", "through = 3", 'title = "来路"', 'kind = "spread"']
    page += [f"stories = {names}".replace("'", '"'), f"pictures = {chosen}".replace("'", '"'), "", ""]
    text = head + "\n".join(page) + "".join(shown[name] for name in chosen)
    (issue / "issue.toml").write_text(text, encoding="utf-8")
    for name in names:
        shutil.copy(sample / name, issue / name)
    story = (issue / "drop.md").read_text(encoding="utf-8")
    (issue / "drop.md").write_text(
        story.replace("headline: 一滴水，要走多远", f"headline: {headline}"), encoding="utf-8"
    )
    built = build(issue, Options(out=folder / "out", png=False))
    return Made(built, built.pdf.read_bytes())


def test_a_spread_of_the_sample_is_one_sheet_with_headline_and_picture_over_the_fold(tmp_path: Path) -> None:
    made = spread(tmp_path)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        (page,) = pdf.pages
        width, height = (float(page.TrimBox[n + 2]) - float(page.TrimBox[n]) for n in (0, 1))
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (550, 390)
    shown = Shown(made, SPREAD)
    shown.assert_sound()
    shown.assert_full()
    title = [glyph for glyph in shown.glyphs if abs(glyph.size - 84) < 0.01]
    assert "".join(glyph.text for glyph in title) == "一滴水，要走多远"
    assert title[0].ink[0] < FOLD < title[-1].ink[2]
    assert not [glyph for glyph in shown.glyphs if glyph.ink[0] < FOLD < glyph.ink[2]], "no character on the fold"
    assert len([image for image in shown.images if image[0] < FOLD - 400 and image[2] > FOLD + 400]) == 1
    assert not [glyph for glyph in shown.body if FOLD - 44 < glyph.ink[0] < FOLD + 44], "no running text in the gutter"
    assert not made.found("page.overset", "page.overfull", "page.fold")
    assert sum(shown.amounts("page.underset", "lines")) <= 5, "less than a line in every second column"


def test_a_headline_of_an_odd_number_of_characters_stands_on_the_left_page(tmp_path: Path) -> None:
    made = spread(tmp_path, "一滴水要走多远", stories=2)
    shown = Shown(made, SPREAD)
    shown.assert_sound()
    shown.assert_in((45.0, 57.0, 689.5, 200.0), "一滴水要走多远")
    assert not made.found("page.fold")


@soak.cases("pictures", [0, 3], sample=1)
def test_a_spread_with_other_numbers_of_pictures(tmp_path: Path, pictures: int) -> None:
    shown = Shown(spread(tmp_path, stories=1, pictures=pictures), SPREAD)
    shown.assert_sound()
    shown.assert_full()
    assert len(shown.images) == pictures
