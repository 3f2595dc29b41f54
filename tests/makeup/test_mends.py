"""What would make a page full, on plain numbers: it is told where the page is really arranged so, and else is not."""

from collections.abc import Sequence

from layout import assets
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.galley.paragraph_setter import Setter
from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import EdgeMark, Rank
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.mends import Mend, MendSearch
from layout.makeup.option_heights import HeightChoice
from layout.makeup.story_copy import StoryCopy

ROWS = 20


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
        return [option(story, size, rows + story.extra)] if rows + story.extra > 0 else []

    return MendSearch(
        (first, second), [again(first), again(second)], ArrangementSpace(2, ROWS, 1), Fixed(), [3], again, False, 13,
        changed_stands=lambda *_: stands,
    )  # fmt: skip


def test_copy_that_makes_the_page_full_is_told() -> None:
    assert Mend("add", "s2", 1, 13) in search(14.0).found()


def test_copy_that_comes_to_the_height_alone_is_not_told() -> None:
    """The headlines would meet; or the copy would not stand."""
    assert search(27.0).found() == ()
    assert search(14.0, stands=False).found() == ()


def test_no_more_is_tried_than_the_work_allows() -> None:
    own = search(14.0)
    own.work = -1
    assert own.found() == ()
