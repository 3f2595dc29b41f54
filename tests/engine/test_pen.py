"""What the pen writes, read as a program that reads PDF would: every glyph where it was put, object after object."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.engine.typeset import _Pen
from layout.fontbook.clusters import Glyph

SIZE = 12.5
WIDTHS = {1: 1.0, 2: 0.5, 3: 0.487, 4: 0.0}
"""By glyph number, in em: the face's own."""


@dataclass
class Reader:
    """Follows the text operators of a page and notes each glyph's number, place and height in points."""

    glyphs: list[tuple[int, float, float]] = field(default_factory=list)
    rise: float = 0.0
    """Part of the graphics state: it outlives a text object (ISO 32000-1 §9.3.1)."""
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    _matrix: tuple[float, ...] = ()
    _size: float = 0.0

    def begin_marked_content(self, tag: str, properties: Any) -> None:
        self.open.append(tag)
        self.texts.append(properties["ActualText"].string)

    def end_marked_content(self) -> None:
        self.open.remove("Span")

    def begin_text(self) -> None:
        self.open.append("BT")
        self._matrix = (1, 0, 0, 1, 0, 0)

    def end_text(self) -> None:
        self.open.remove("BT")

    def set_text_matrix(self, *matrix: float) -> None:
        self._matrix = matrix

    def set_font_size(self, font: str, size: float) -> None:
        assert font == "F1"
        self._size = size

    def set_text_rise(self, rise: float) -> None:
        self.rise = rise

    def show_text(self, array: str) -> None:
        assert "BT" in self.open
        x = self._matrix[4]
        for shift, string in re.findall(r"(-?[0-9.e-]+)|<([0-9a-f]+)>", array):
            if shift:
                x -= float(shift) / 1000 * self._size
            for at in range(0, len(string), 4):
                number = int(string[at : at + 4], 16)
                self.glyphs.append((number, x, self._matrix[5] + self.rise))
                x += round(WIDTHS[number] * 1000) / 1000 * self._size
        self._matrix = (*self._matrix[:4], x, self._matrix[5])


def pen() -> _Pen:
    font: Any = SimpleNamespace(hash="F1", to_unicode={}, widths={})
    face: Any = SimpleNamespace(width=WIDTHS.__getitem__)
    return _Pen(font, face, SIZE)


def written(reader: Reader, clusters: list[tuple[float, tuple[Glyph, ...]]], y: float) -> None:
    """Writes *clusters* at their places in em, and holds what the reader finds to them."""
    before = len(reader.glyphs)
    one, expected = pen(), []
    for x, glyphs in clusters:
        one.move_to(x)
        one.cluster("字", glyphs)
        for glyph in glyphs:
            expected.append((glyph.number, (x + glyph.dx) * SIZE, y + glyph.dy * SIZE))
            x += glyph.advance  # noqa: PLW2901
    one.write(reader, (1, 0, 0, -1, 0.0, y))  # type: ignore[arg-type]
    found = reader.glyphs[before:]
    assert [each[0] for each in found] == [each[0] for each in expected]
    for (_, *place), (_, *wanted) in zip(found, expected, strict=True):
        assert place == pytest.approx(wanted, abs=1e-9)
    assert reader.open == []


def thousandths(low: int, high: int) -> st.SearchStrategy[float]:
    """Lengths that a TJ array can say exactly."""
    return st.integers(low, high).map(lambda each: each / 1000)


heights = st.sampled_from([0.0, 0.0, 0.0, 0.21, -0.13])
glyph = st.builds(
    Glyph, st.sampled_from([1, 2, 3, 4]), thousandths(-200, 300), heights, st.sampled_from([0.0, 0.5, 1.0])
)
clusters = st.lists(st.tuples(thousandths(0, 20_000), st.lists(glyph, min_size=1, max_size=3).map(tuple)), max_size=6)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(st.lists(clusters, min_size=1, max_size=3))
def test_every_glyph_of_every_text_object_stands_where_it_was_put(objects: list[Any]) -> None:
    reader = Reader()
    for number, each in enumerate(objects):
        written(reader, each, 700.0 - 20 * number)
        assert reader.rise == 0  # what comes after on the page is not raised


def test_an_accent_raises_itself_and_nothing_after_it() -> None:
    accent = (Glyph(2, 0, 0, 0.5), Glyph(4, -0.3, 0.21, 0.0))
    for last in ((), ((0.5, (Glyph(1, 0, 0, 1.0),)),)):
        reader = Reader()
        written(reader, [(0.0, accent), *last], 700.0)
        written(reader, [(0.0, (Glyph(1, 0, 0, 1.0),))], 680.0)
        assert reader.glyphs[1][2] == pytest.approx(700 + 0.21 * SIZE)
        assert reader.glyphs[-1][2] == 680


def test_a_run_carries_its_text_itself_where_glyphs_do_not_tell_it() -> None:
    def texts(*parts: tuple[str, tuple[Glyph, ...]]) -> list[str]:
        reader, one = Reader(), pen()
        for text, glyphs in parts:
            one.cluster(text, glyphs)
        one.write(reader, (1, 0, 0, -1, 0, 0))  # type: ignore[arg-type]
        return reader.texts

    plain, half = Glyph(1, 0, 0, 1.0), Glyph(2, 0, 0, 0.5)
    assert texts(("天", (plain,)), ("a", (half,)), ("天", (plain,))) == []
    assert texts(("e\u0301", (half, Glyph(4, 0, 0.2, 0)))) == ["e\u0301"]  # two glyphs of one cluster
    assert texts(("一", (plain,)), ("⼀", (plain,))) == ["一⼀"]  # two characters of one glyph
