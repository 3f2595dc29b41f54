"""What is supposed of a page that is not full is reckoned as what it has: pictures more, and other copy."""

from __future__ import annotations

from pathlib import Path

from drawn_issues import write_drawn
from layout.makeup.candidates import Option
from layout.pipeline.supposed_pictures import supposed_pictures
from makeup.drawn_plans import arranger_of

SEED = 8011
"""A tabloid page of six stories without a picture."""


def rows(option: Option) -> list[int]:
    """The rows that its picture may take, those first that cost the least."""
    own = sorted(option.heights.values(), key=lambda each: (each.cost, each.pictures))
    return [each.pictures[0] for each in own]


def test_a_picture_of_no_story_is_supposed_lying_and_standing(tmp_path: Path) -> None:
    material = arranger_of(write_drawn(tmp_path / "issue", SEED, "tabloid").folder).material
    found = {kind: (story, options) for kind, story, options in supposed_pictures(material, material.chooser().sheet)}
    assert list(found) == ["landscape", "portrait"]
    assert not material.plan.pictures
    best = dict[tuple[str, int], int]()
    for kind, (story, options) in found.items():
        assert (story.headline, len(story.pictures), story.flows.flows) == (None, 1, ())
        assert [(option.piece.columns, option.rank.role) for option in options] == [(n, "picture") for n in range(1, 6)]
        best |= {(kind, option.piece.columns): rows(option)[0] for option in options}
        assert all(len(rows(option)) > 3 for option in options)
    assert best["landscape", 2] < best["portrait", 2]
    assert best["landscape", 2] < best["landscape", 4]


def test_only_those_ways_to_stand_are_reckoned_that_are_asked_for(tmp_path: Path) -> None:
    material = arranger_of(write_drawn(tmp_path / "issue", SEED, "tabloid").folder).material
    chooser = material.chooser()
    stories, options, sheet = chooser.stories, chooser.options, chooser.sheet
    asked = [(options[1][0].piece.shape, options[1][0].piece.columns, options[1][0].piece.span)]
    own = [each for each in options[1] if (each.piece.shape, each.piece.columns, each.piece.span) in asked]
    assert 0 < len(own) < len(options[1])
    assert material.options(sheet, stories[1], only=asked) == own
    assert material.options(sheet, stories[1], only=[]) == []
