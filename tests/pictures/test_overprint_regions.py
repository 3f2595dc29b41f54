"""Where black overprints a picture is known from the layout alone: type by its ink and size, rules by theirs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from layout.engine.overprint_regions import _is_black, _rules, _type, black_over
from layout.geometry import Box
from layout.page.canvas import Decision
from layout.page.frames import FrameType, Ink, MeasuredPage, RoleType, SetLine
from layout.press.model import Overprint
from small_page import make_canvas

BLACK, RED, DARK, PALE = Ink(0, 0, 0, 1), Ink(0, 1, 0.95, 0.05), Ink(0.2, 0, 0, 1), Ink(0, 0, 0, 1, opacity=0.5)
LIMITS = Overprint(k_text_below_pt=12, k_line_below_pt=2)
PICTURE = '<div data-picture="p" style="height: 100pt; width: 100pt"></div>'
"""In the type area's upper left: at 20, 20."""


def line(
    *placed: tuple[str, float], vertical: bool = False, ink: Ink = BLACK, at: tuple[float, float] = (30, 60)
) -> Any:
    """A line of 5 em in 10 pt *ink*, its emphasis red: the role and the scale of each cluster."""
    roles = {"plain": RoleType(("song-400",), 10, ink), "strong": RoleType(("song-400",), 10, RED)}
    clusters = [SimpleNamespace(role=role, scale=scale) for role, scale in placed]
    type_ = FrameType(roles, 15, 0, "justify", vertical, {})
    made: Any = SimpleNamespace(placed=clusters, width=5.0)
    return SetLine(made, type_, "f", "s", 0, *at, vertical=vertical)


LEVEL = Box(30, 50, 50, 13.5)
"""From one em above the baseline to 0.35 below it."""


@pytest.mark.parametrize(
    ("given", "box"),
    [
        (line(("plain", 1.0)), LEVEL),
        (line(("strong", 1.0), ("plain", 1.0)), LEVEL),
        (line(("strong", 1.0)), None),
        (line(("unknown", 1.0)), LEVEL),  # a role the frame does not style is plain
        (line(("plain", 1.0), ink=DARK), None),  # black in two inks does not overprint
        (line(("plain", 1.0), ink=PALE), None),
        (line(("plain", 1.2)), None),  # at the limit it cuts out
        (line(("plain", 1.19)), Box(30, 48.1, 50, 16.065)),
        # One role in two scales: the small ones overprint whichever comes last, and the line is as high as the large.
        (line(("plain", 0.5), ("plain", 2.0)), Box(30, 40, 50, 27)),
        (line(("plain", 2.0), ("plain", 0.5)), Box(30, 40, 50, 27)),
        (line(("plain", 2.0), ("strong", 0.5)), None),  # small, but red
        # Downwards from its head, and on both sides of the column's axis.
        (line(("plain", 1.0), vertical=True), Box(25, 60, 20, 50)),
    ],
)
def test_small_black_type(given: SetLine, box: Box | None) -> None:
    found = list(_type([given], 12))
    assert len(found) == (box is not None)
    if box is not None:
        assert vars_of(found[0]) == pytest.approx(vars_of(box))


def vars_of(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height


def laid_out(folder: Path, body: str, css: str = "") -> tuple[MeasuredPage, Any]:
    layout = make_canvas(folder, body, css).laid_out(Decision(), {})
    return layout.page, layout.document


def boxes(document: Any) -> Any:
    waiting = [document.pages[0]._page_box]
    while waiting:
        box = waiting.pop(0)
        yield box
        waiting += getattr(box, "children", ())


AT = "position: absolute; left: 10pt; top: 10pt; width: 40pt; height: 30pt;"
"""At 30, 30 of the page; 40 by 30."""


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("border-top: 1pt solid device-cmyk(0 0 0 1)", {(30, 30, 40, 1)}),
        ("border-bottom: 1pt solid device-cmyk(0 0 0 1)", {(30, 60, 40, 1)}),
        ("border-left: 1pt solid device-cmyk(0 0 0 1)", {(30, 30, 1, 30)}),
        ("border-right: 1.5pt solid device-cmyk(0 0 0 1)", {(70, 30, 1.5, 30)}),
        ("border: 1pt solid black", {(30, 30, 42, 1), (30, 61, 42, 1), (30, 30, 1, 32), (71, 30, 1, 32)}),
        ("border-left: 1pt solid #000", {(30, 30, 1, 30)}),  # RGB black is printed as K
        ("border-left: 1pt solid; color: device-cmyk(0 0 0 1)", {(30, 30, 1, 30)}),
        ("border-left: 1pt solid; color: device-cmyk(0 1 0 0)", set()),
        ("border-left: 1pt solid #010101", set()),
        ("border-left: 1pt solid device-cmyk(0.1 0 0 1)", set()),
        ("border-left: 1pt solid device-cmyk(0 0 0 1 / 50%)", set()),
        ("border-left: 2pt solid device-cmyk(0 0 0 1)", set()),  # at the limit it cuts out
        ("width: 1pt; background: device-cmyk(0 0 0 1)", {(30, 30, 1, 30)}),  # a vertical rule
        ("height: 1pt; background: black", {(30, 30, 40, 1)}),
        ("height: 1pt; background: device-cmyk(0 0 0 0.9)", set()),
        ("height: 3pt; background: black", set()),
    ],
)
def test_thin_black_rules(css: str, found: set[tuple[float, ...]], tmp_path: Path) -> None:
    _, document = laid_out(tmp_path, f'<div style="{AT} {css}"></div>')
    seen = {vars_of(rule) for box in boxes(document) for rule in _rules(box, LIMITS.k_line_below_pt)}
    assert {tuple(round(length, 2) for length in each) for each in seen} == found


def test_no_colour_is_not_black() -> None:
    assert not _is_black("currentcolor")


RULE = f'<div style="{AT} height: 1pt; background: black"></div>'


def test_only_what_is_painted_after_a_picture_lies_on_it(tmp_path: Path) -> None:
    page, document = laid_out(tmp_path / "after", PICTURE + RULE)
    (picture,) = page.pictures
    assert black_over(page, [], document, LIMITS) == {picture.id: ((0.1, 0.1, 0.5, 0.11),)}
    page, document = laid_out(tmp_path / "before", RULE + PICTURE)
    assert black_over(page, [], document, LIMITS) == {}


def test_what_a_picture_is_followed_by_lies_on_it(tmp_path: Path) -> None:
    """Its own ::after too, whose boxes bear the picture's key."""
    css = f'[data-picture]::after {{ content: ""; {AT} border-top: 1pt solid black }}'
    page, document = laid_out(tmp_path, PICTURE, css)
    assert list(black_over(page, [], document, LIMITS).values()) == [((0.1, 0.1, 0.5, 0.11),)]


def test_a_picture_s_own_border_is_beneath_it(tmp_path: Path) -> None:
    page, document = laid_out(tmp_path, PICTURE.replace("width", "border: 1pt solid black; width"))
    assert black_over(page, [], document, LIMITS) == {}


def test_type_lies_on_every_picture_it_meets(tmp_path: Path) -> None:
    page, document = laid_out(tmp_path, PICTURE + PICTURE.replace('"p"', '"q"'))
    first, second = page.pictures
    lines = [line(("plain", 1.0), at=(0, 125)), line(("plain", 1.0), at=(0, 125)), line(("plain", 1.0), at=(130, 60))]
    # 5 em from the page's edge: 30 pt of it over the pictures, 115 to 128.5 over where they meet; the third is beside.
    assert black_over(page, lines, document, LIMITS) == {
        first.id: ((0.0, 0.95, 0.3, 1.0),),
        second.id: ((0.0, 0.0, 0.3, 0.085),),
    }


@pytest.mark.parametrize("limits", [Overprint(k_text_below_pt=0, k_line_below_pt=0)])
def test_nothing_where_nothing_overprints(limits: Overprint, tmp_path: Path) -> None:
    page, document = laid_out(tmp_path, PICTURE + RULE)
    assert black_over(page, [line(("plain", 1.0))], document, limits) == {}
    assert black_over(page, [line(("plain", 1.0))], document, LIMITS) != {}


def test_nothing_on_a_page_without_pictures(tmp_path: Path) -> None:
    page, document = laid_out(tmp_path, RULE)
    assert black_over(page, [line(("plain", 1.0))], document, LIMITS) == {}
