"""Layouts of boxes are counted; what the engine cannot lay out is the design's fault, with the element's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.engine.patches import layout_count
from layout.errors import LayoutError
from small_page import make_canvas, natural

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "body",
    [
        '<div class="deep" style="display:flex">' * 14 + "x" + "</div>" * 14,
        '<div class="deep" style="display:grid">' * 14 + "x" + "</div>" * 14,
        '<div class="deep" style="display:flex"><p style="display:grid">' * 8 + "x" + "</p></div>" * 8,
        '<div class="deep">' * 400 + "</div>" * 400,
    ],
    ids=["flex in flex", "grid in grid", "by turns", "deep"],
)
def test_a_layout_that_would_not_end_is_stopped(tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_count, "BOXES", 600)
    with pytest.raises(LayoutError) as caught:
        natural(make_canvas(tmp_path, body))
    assert "would never end" in caught.value.message.en
    assert caught.value.place is not None
    assert (Path(caught.value.place.file).name, caught.value.place.line) == ("page.html", 1)


def test_a_page_of_many_boxes_is_laid_out(tmp_path: Path) -> None:
    assert natural(make_canvas(tmp_path, '<div style="height:.01pt"></div>' * 1500)).frames == ()


@pytest.mark.parametrize(
    ("body", "css", "words"),
    [
        ('<table><tr><td colspan="1000000000">x</td></tr></table>', "", "colspan"),
        ('<a rel="attachment" href="page.css">x</a>', "", "attachment"),
        ("<svg><g>" + "<g>" * 70 + "</g>" * 70 + "</g></svg>", "", "deep"),
        ("<p></p>", "@page{size:1e9mm}", "no PDF has a sheet"),
        ("<p></p>", "@page{size:5081mm 100mm}", "no PDF has a sheet"),
        ("<p></p>", "[data-fill]{line-height:0}", "0 pt apart"),
    ],
)
def test_it_is_told(tmp_path: Path, body: str, css: str, words: str) -> None:
    with pytest.raises(LayoutError) as caught:
        natural(make_canvas(tmp_path, body, css))
    assert any(words in fault.message.en for fault in caught.value.faults())
    assert all(fault.place is not None and fault.hint is not None for fault in caught.value.faults())


def test_an_error_of_our_own_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("layout.engine.measure.leading_of", broken)
    with pytest.raises(ZeroDivisionError):
        natural(make_canvas(tmp_path, "<p></p>"))
