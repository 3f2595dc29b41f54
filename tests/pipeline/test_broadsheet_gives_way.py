"""Stories as editors have them on a page of lianghui-broadsheet: full within what it states, one sentence beyond."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

import soak
from in_place import build
from layout import assets
from layout.checks import Severity
from layout.pipeline import Built, Options
from story_generator import Bounds, Written, write_issue

pytestmark = pytest.mark.slow

DESIGN = "lianghui-broadsheet"
STATED = tomllib.loads((assets.templates_dir() / DESIGN / "design.toml").read_text(encoding="utf-8"))["characters"]
ENOUGH = 0.95
"""Share of the stories within the stated range whose pages come out without an error."""
NOT_FULL = ("page.overset", "page.underset", "page.overfull")
BEYOND = ((250, 0), (900, 0), (6500, 0), (5600, 1), (5900, 4), (5600, 9))
"""Characters and pictures that no page of this design holds, or fills."""


@dataclass(frozen=True)
class Page:
    """A story and the page made of it."""

    story: Written
    built: Built

    @property
    def is_within(self) -> bool:
        """Whether the story's amount is within what the design states for so many pictures."""
        least, most = STATED["page"][self.story.pictures]
        return bool(least <= self.story.characters <= most)

    def found(self, *checks: str) -> list[str]:
        """What findings of *checks* say."""
        return [each.message.zh for each in self.built.findings if each.check in checks]

    def assert_headline_in_its_frame(self) -> None:
        """Every line of the headline is set, within the frame that it stands in."""
        page = self.built.pages[0]
        frames = {frame.id: frame for frame in page.page.frames}
        lines = [line for line in page.lines if str(line.flow) == "story.headline"]
        assert lines
        assert "".join(line.line.text for line in lines).replace(" ", "") == self.story.headline.replace(
            " ", ""
        ).replace("／", ""), self.story
        for line in lines:
            box = frames[line.frame].box
            last = line.line.placed[-1]
            assert box.y - 1 <= line.baseline - 0.85 * line.type.size, self.story
            assert line.baseline <= box.bottom + 1, self.story
            assert line.x + (last.x + last.advance) * line.type.size <= box.right + 1, self.story


def made(folder: Path, seed: int, bounds: Bounds | None = None) -> Page:
    written = write_issue(folder / "issue", DESIGN, "page", seed, bounds or Bounds(parts=True))
    page = Page(written, build(written.folder, Options(out=folder / "out", png=False)))
    page.assert_headline_in_its_frame()
    return page


@pytest.mark.soak
def test_stories_within_the_stated_range_make_full_pages(tmp_path: Path) -> None:
    """A hundred of every length, headings at any place, pictures of every shape; in the ordinary run two."""
    within, failed = 0, []
    for number, seed in enumerate(soak.sampled(range(100), 2)):
        page = made(tmp_path / str(number), seed)
        if not page.is_within:
            assert page.built.exit_code == 0 or page.found(*NOT_FULL), page.story
            continue
        within += 1
        errors = [each.check for each in page.built.findings if each.severity is Severity.ERROR]
        if page.built.exit_code or page.found("page.hole", "page.empty_box"):
            failed.append((seed, errors, page.found("page.hole", "page.empty_box")))
    assert within
    assert len(failed) <= (1 - ENOUGH) * within, failed


@soak.cases(("characters", "pictures"), BEYOND, sample=1)
def test_what_is_beyond_is_told_in_one_sentence(tmp_path: Path, characters: int, pictures: int) -> None:
    page = made(tmp_path, 1, Bounds(characters=(characters, characters), pictures=(pictures, pictures)))
    least, most = STATED["page"][pictures]
    off = page.story.characters - most if page.story.characters > most else least - page.story.characters
    assert off > 0
    assert page.built.exit_code == 1
    (told,) = page.found(*NOT_FULL)
    assert f"{least}–{most} 字" in told
    assert f"{off} 字" in told


def test_less_than_is_stated_may_fill_a_page_with_a_picture(tmp_path: Path) -> None:
    """245 characters of the 600 that are stated: the picture takes what they leave. Two lines are wanting, and told."""
    page = made(tmp_path, 1, Bounds(characters=(230, 230), pictures=(1, 1)))
    assert page.story.characters < STATED["page"][1][0]
    assert page.built.exit_code == 0
    assert not page.found(*NOT_FULL, "page.thin_columns", "page.column_short", "page.hole")
    (short,) = [each for each in page.built.findings if each.check == "page.short_foot"]
    assert short.amount == {"lines": 2}
    assert short.hint is not None
    assert "增写 2 行（约 32 字）" in str(short.hint)
