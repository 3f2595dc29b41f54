"""What would make a page full, on plain numbers: it is told where the page is really arranged so, and else is not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from layout import assets
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.galley.paragraph_setter import Setter
from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import EdgeMark, Rank
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.mends import JOINTS, TRIES, Mend, MendSearch, MendStep
from layout.makeup.option_heights import HeightChoice
from layout.makeup.story_copy import StoryCopy

ROWS = 20


class InLines:
    """Copy in whole lines of 13 characters, of which nothing is ever cut by half."""

    line = 13.0

    @staticmethod
    def characters(_: StoryCopy, lines: int) -> int:
        return 13 * lines

    @staticmethod
    def changed(story: StoryCopy, characters: int) -> StoryCopy:
        return story.with_texts({}, characters)


def extra(story: StoryCopy) -> int:
    """The lines that it has more than it was given."""
    return story.supposed // 13


def option(story: StoryCopy, size: float, rows: int) -> Option:
    """A story in one column: the lead at the left, a brief at the right."""
    mark = (EdgeMark("headline", 0, 2, size, 1),)
    rank = Rank(story.weight, "brief" if story.weight else "second", size)
    return Option(Piece(story.id, 1, "x", size, 1), rank, {rows: HeightChoice(0.0, (), 0)}, 0.0, {rows: (mark, mark)})


def search(brief: float, *, stands: bool = True) -> MendSearch:
    """A page of two columns, of which the right one is a row short; its headline has *brief* points, the other 28."""
    setter = Setter(Fontbook(assets.fonts_dir()))
    first, second = (
        StoryCopy(name, weight, None, frozenset(), (), Chain.parse(f"{name}.body"), {}, setter)
        for weight, name in enumerate(("s1", "s2"))
    )

    def again(story: StoryCopy) -> Sequence[Option]:
        size, rows = (brief, ROWS - 1) if story.weight else (28.0, ROWS)
        return [option(story, size, rows + extra(story))] if rows + extra(story) > 0 else []

    return MendSearch(
        (first, second), [again(first), again(second)], ArrangementSpace(2, ROWS, 1), Fixed(), [3], again, False,
        InLines(), lambda _: [1.0], changed_stands=lambda *_: stands,
    )  # fmt: skip


def test_copy_that_makes_the_page_full_is_told() -> None:
    assert Mend((MendStep("add", "s2", 13),)) in search(14.0).found()


def test_copy_that_comes_to_the_height_alone_is_not_told() -> None:
    """The headlines would meet; or the copy would not stand."""
    assert search(27.0).found() == ()
    assert search(14.0, stands=False).found() == ()


@pytest.mark.parametrize(("bounds", "tried"), [({}, [1, -1]), ({"tries": 1}, [1]), ({"work": 1}, [])])
def test_no_more_is_tried_than_the_work_allows(bounds: Mapping[str, int], tried: Sequence[int]) -> None:
    """A line more in the brief, or one less in the lead: neither makes a page."""
    own, asked = replace(search(27.0), **bounds), list[int]()

    def again(story: StoryCopy) -> Sequence[Option]:
        asked.append(extra(story))
        return search(27.0).again(story)

    assert list(replace(own, again=again)._copy(own.sets, TRIES)) == []
    assert asked == tried


def test_what_is_joined_for_one_try_is_not_there_for_the_next() -> None:
    own, spent = search(14.0), replace(search(14.0), joints=0)
    assert list(own._copy(own.sets, TRIES))
    assert own.joints < JOINTS
    assert list(spent._copy(spent.sets, TRIES)) == []


def three(lead: int, rows: tuple[int, int]) -> MendSearch:
    """A lead over the whole page, and two briefs of *rows* rows side by side below it."""
    setter = Setter(Fontbook(assets.fonts_dir()))
    stories = [
        StoryCopy(f"s{weight + 1}", weight, None, frozenset(), (), Chain.parse(f"s{weight + 1}.body"), {}, setter)
        for weight in range(3)
    ]

    def again(story: StoryCopy) -> Sequence[Option]:
        own = (lead, *rows)[story.weight] + extra(story)
        rank = Rank(story.weight, "brief" if story.weight else "lead", 0.0)
        piece = Piece(story.id, 1 if story.weight else 2, "x")
        return [Option(piece, rank, {own: HeightChoice(0.0, (), 0)}, 0.0, {own: ((), ())})] if own > 0 else []

    options = [list(again(story)) for story in stories]
    return MendSearch(
        stories, options, ArrangementSpace(2, ROWS, 1), Fixed(), [7], again, True, InLines(), lambda _: [1.0]
    )


def test_a_story_that_has_no_height_at_all_is_tried_longer_and_shorter() -> None:
    """A lead that no shape takes as it is: with three lines more it would stand over the briefs."""
    own = three(8, (8, 8))

    def again(story: StoryCopy) -> Sequence[Option]:
        return own.again(story) if story.weight or extra(story) == 3 else []

    found = replace(own, options=[again(story) for story in own.stories], again=again).found()
    assert found[0] == Mend((MendStep("add", "s1", 39),))


def test_where_one_change_does_not_do_several_are_told_that_do_together() -> None:
    """Two briefs that are never level: one is left out, and the lead is longer by so much."""
    found = three(12, (5, 9)).found()
    assert Mend((MendStep("add", "s2", 26),)) not in found
    assert any({step.kind for step in mend.steps} == {"cut"} for mend in three(10, (9, 10)).found())
    (mend,) = three(12, (300, 400)).found()[:1]
    assert mend.steps[0].kind == "leave out"
    assert len(mend.steps) > 1


class OneRowMore:
    """A picture of the brief that might be a row taller, had it 900 pixels across."""

    @staticmethod
    def options_of(story: StoryCopy) -> Sequence[Option]:
        return [option(story, 14.0, rows) for rows in (ROWS - 1, ROWS)]

    @staticmethod
    def pixels(piece: Piece, choice: HeightChoice) -> Mapping[str, tuple[int, int]]:
        del choice
        return {f"{piece.id}-p": (900, 600)}


def test_a_larger_file_is_told_first_where_its_picture_may_then_be_as_tall_as_it_takes() -> None:
    plain = search(14.0)
    pictured = [plain.stories[0], replace(plain.stories[1], pictures=("s2-p",))]
    found = replace(plain, stories=pictured, larger=OneRowMore()).found()
    assert found[0] == Mend((MendStep("larger file", "s2-p", pixels=(900, 600)),))
    assert Mend((MendStep("add", "s2", 13),)) in found
    assert replace(plain, larger=OneRowMore()).found()[0].steps[0].kind == "add"  # it has no picture


def test_a_larger_file_that_makes_no_page_is_not_told() -> None:
    """The page lacks two rows; and where it lacks one, the copy would not stand."""
    lacking = replace(search(14.0), space=ArrangementSpace(2, ROWS + 1, 1))
    for own in (lacking, search(14.0, stands=False)):
        pictured = [own.stories[0], replace(own.stories[1], pictures=("s2-p",))]
        found = replace(own, stories=pictured, larger=OneRowMore()).found()
        assert not [step for mend in found for step in mend.steps if step.kind == "larger file"]
