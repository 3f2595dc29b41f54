"""Copy too short for its columns: they end on one height, and what is empty is told as before."""

from itertools import groupby

import pytest

from copyfit.plain_canvas import ROW, Chapter, Fixed, Photo, Pile, PlainCanvas, Words
from layout import assets
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.errors import Place
from layout.flows import Flow
from layout.fontbook import Fontbook
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run, Text

FONTS = Fontbook(assets.fonts_dir())
A = Flow.parse("a")


def columns(count: int, *heads: Photo | Fixed) -> Chapter:
    """Columns of nine characters at 8 pt, twenty rows high; what heads the last ones, one each."""
    above: list[tuple[Photo | Fixed, ...]] = [()] * (count - len(heads)) + [(head,) for head in heads]
    piles = [Pile(f"c{n}", 80.0 * n, 72, (*above[n], Words(f"f{n}", "a"))) for n in range(count)]
    return Chapter("b", tuple(piles), limits=(200, 200.1))


def set_in(chapter: Chapter, *paragraphs: int, **options: str) -> ComposedPage:
    """Paragraphs of so many lines."""
    runs = (Run("全" * 9 * lines, Place("a.md", n)) for n, lines in enumerate(paragraphs, 1))
    copy = Text(A, tuple(Paragraph("body", (run,)) for run in runs))
    canvas = PlainCanvas([chapter], height=200, options=options)
    fitted = fit_variants({VariantName("page"): canvas}, Copy({A: copy}), setter := Setter(FONTS))
    return pour_page(canvas.measured(fitted.decision), fitted, setter)


def feet(page: ComposedPage) -> list[int]:
    """The row on which each column ends."""
    ends = groupby(page.lines, key=lambda line: line.frame)
    return [round(max(line.baseline for line in own) / ROW) for _, own in ends]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (60, [20, 20, 20]),
        (59, [20, 20, 19]),
        (58, [20, 20, 18]),  # two lines short: the trade's own measure
        (57, [19, 19, 19]),
        (50, [17, 17, 16]),
        (31, [11, 10, 10]),
        (4, [2, 1, 1]),
    ],
)
def test_columns_of_short_copy_end_on_one_height(lines: int, expected: list[int]) -> None:
    page = set_in(columns(3), *[1] * lines)
    assert feet(page) == expected
    assert len(page.lines) == lines


@pytest.mark.parametrize(
    ("count", "paragraphs", "expected"),
    [
        (3, (3, 4, 3, 5, 2), [7, 5, 5]),  # with a row of the second column the last would be three lines short
        (5, (4, 4, 3, 2, 2, 4, 6), [6, 5, 6, 4, 4]),
    ],
)
def test_where_a_paragraph_may_not_be_parted_columns_before_the_last_have_fewer_rows(
    count: int, paragraphs: tuple[int, ...], expected: list[int]
) -> None:
    page = set_in(columns(count), *paragraphs, orphans="2", widows="2")
    assert feet(page) == expected
    assert len(page.lines) == sum(paragraphs)


def test_what_is_empty_is_told_with_its_place_in_every_column() -> None:
    page = set_in(columns(3), *[1] * 45)
    (told,) = [each for each in page.findings if each.check == "page.underset"]
    assert told.amount["lines"] == 15
    assert "各栏脚共空 15 行" in told.message.zh
    assert [(box.x, box.y, box.height) for box in told.boxes] == [(0, 150, 50), (80, 150, 50), (160, 150, 50)]


def test_columns_that_begin_lower_end_with_the_others() -> None:
    assert feet(set_in(columns(3, Fixed(100)), *[1] * 30)) == [14, 13, 13]
    assert feet(set_in(columns(3, Fixed(100)), *[1] * 16)) == [8, 8]


def test_one_column_alone_is_left_as_it_is() -> None:
    assert feet(set_in(columns(1), *[1] * 12)) == [12]
