"""Pictures with more pixels than they have: how their stories might stand then, and how many pixels that takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.option_heights import HeightChoice
from layout.makeup.page_options import OptionRules
from layout.makeup.sample_sheet import SampleSheet
from layout.makeup.story_copy import StoryCopy
from layout.pictures.crop import faults, size_for, view


@dataclass(frozen=True)
class LargerFiles:
    """The pictures of a page as if they had pixels enough for any size. *options* gives the ways for a story to stand
    by rules that are not the page's own.
    """

    sheet: SampleSheet
    rules: OptionRules
    options: Callable[[StoryCopy, OptionRules], Sequence[Option]]

    def options_of(self, story: StoryCopy) -> Sequence[Option]:
        """Every way for *story* to stand with larger files of its pictures; none where the press asks for no pixels."""
        originals = self.rules.originals
        if not any(name in originals and originals[name].least_ppi for name in story.pictures):
            return ()
        enough = {name: replace(own, least_ppi=0.0) for name, own in originals.items()}
        return self.options(story, replace(self.rules, originals=enough))

    def pixels(self, piece: Piece, choice: HeightChoice) -> Mapping[str, tuple[int, int]]:
        """The pixels, across and down, that pictures of *piece* must have for the rows of *choice*; of those that have
        them nothing.
        """
        found: dict[str, tuple[int, int]] = {}
        places = self.sheet.sample(piece).pictures
        for place, name, rows in zip(places, piece.pictures, choice.pictures, strict=True):
            original, box = self.rules.originals.get(name), (place.place.width, rows * self.rules.row)
            if original is not None and faults(view(original, self.rules.crops, *box), original, self.rules.crops)[2]:
                found[name] = size_for(original, self.rules.crops, *box)
        return found
