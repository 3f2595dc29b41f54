"""Lines run around contours: none enters one or its margin, and every row that is wide enough is used."""

from dataclasses import replace
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.measures import inset_of, measure_of
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import LEAST_MEASURE, Slot, in_the_way, slots_of
from layout.geometry import Box
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.contours import Contour, Point
from layout.page.frames import Frame, FrameType, Ink, MeasuredPage, RoleType
from layout.page.obstacles import Obstacle
from small_page import FONTS
from soak import examples

EM, LEADING = 10.0, 15.0
PLAIN = {"plain": RoleType(("song-400",), EM, Ink(0, 0, 0, 1))}
FRAME = Box(0, 0, 300, 300)


def page_with(*shapes: Obstacle, vertical: bool = False) -> MeasuredPage:
    type_ = FrameType(PLAIN, LEADING, 0.0, "justify", vertical, {})
    frame = Frame("f", Chain.parse("a.lede"), FRAME, type_, None, None)
    return MeasuredPage(1, 400, 400, FRAME, LEADING, 300, (frame,), (), shapes=shapes)


def slots(contour: Contour, *, sides: str = "maximum", vertical: bool = False) -> tuple[Slot, ...]:
    page = page_with(Obstacle("o", contour.extent, contour, sides), vertical=vertical)  # type: ignore[arg-type]
    return slots_of(page, page.frames)


def rim(contour: Contour, steps: int = 60) -> list[Point]:
    """Points all over the edge of a contour, its reach included, some within it."""
    found, corners = [], contour.points
    for (x, y), (other_x, other_y) in zip(corners, (*corners[1:], corners[0]), strict=True):
        for k in range(steps):
            middle = x + (other_x - x) * k / steps, y + (other_y - y) * k / steps
            found += [(middle[0] + contour.reach * cos(a * pi / 12), middle[1] + contour.reach * sin(a * pi / 12))
                      for a in range(24)]  # fmt: skip
    return found


numbers = st.floats(0, 300, allow_nan=False)
contours = st.builds(
    lambda points, reach: Contour(tuple(points), reach=reach),
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=7),
    st.floats(0.5, 40),
)


@examples(sample=40, full=600)
@given(contours, st.floats(0, 290), st.floats(1, 20))
def test_a_row_is_taken_from_the_leftmost_to_the_rightmost_point_on_it(
    contour: Contour, top: float, high: float
) -> None:
    found = contour.on_row(top, top + high)
    on_it = [x for x, y in rim(contour) if top < y < top + high]
    if found is None:
        assert not on_it
        return
    assert all(found[0] - 1e-6 <= x <= found[1] + 1e-6 for x in on_it)
    # Both ends are reached, at the height nearest to them: some point of the edge is no farther than its reach.
    for x in found:
        assert min(_away((x, y / 50 * high + top), contour) for y in range(51)) <= contour.reach + 0.05 * high + 1e-6


def _away(point: Point, contour: Contour) -> float:
    """The distance of *point* from the edges of the polygon."""
    corners, found = contour.points, []
    for (x, y), (other_x, other_y) in zip(corners, (*corners[1:], corners[0]), strict=True):
        wide, high = other_x - x, other_y - y
        long = wide * wide + high * high
        share = 0.0 if not long else max(0.0, min(1.0, ((point[0] - x) * wide + (point[1] - y) * high) / long))
        found.append(hypot(point[0] - x - share * wide, point[1] - y - share * high))
    return min(found)


def inks(found: tuple[Slot, ...], *, vertical: bool) -> list[Box]:
    """What the characters of full lines fill."""
    edge = (LEADING - EM) / 2
    if vertical:
        return [Box(slot.x, slot.top, EM, slot.length) for slot in found]
    return [Box(slot.x, slot.top + edge, slot.length, EM) for slot in found]


@examples(sample=40, full=600)
@given(contours, st.sampled_from(["maximum", "both", "start", "end", "clear"]), st.booleans())
def test_no_line_enters_a_contour_or_its_margin(contour: Contour, sides: str, vertical: bool) -> None:
    found = slots(contour, sides=sides, vertical=vertical)
    points = rim(contour, 25)
    for ink in inks(found, vertical=vertical):
        near = [(x, y) for x, y in points if ink.x + 0.1 < x < ink.right - 0.1 and ink.y + 0.1 < y < ink.bottom - 0.1]
        assert not near
        assert FRAME.x - 0.01 <= ink.x and ink.right <= FRAME.right + 0.01 and ink.bottom <= FRAME.bottom + 0.01  # noqa: PT018


@examples(sample=40, full=600)
@given(contours)
def test_every_row_that_is_wide_enough_is_used_and_in_whole_characters(contour: Contour) -> None:
    by_top = {slot.top: slot for slot in slots(contour)}
    points = rim(contour, 40)
    for number in range(20):
        top = number * LEADING
        on_it = [x for x, y in points if top + 2.5 < y < top + 12.5 and 0 < x < 300]
        widest = max(min(on_it), 300 - max(on_it)) if on_it else None
        slot = by_top.get(top)
        if slot is None:
            assert widest is None or widest < LEAST_MEASURE * EM + EM  # points lie apart: an em of grace
        elif widest is not None:
            assert slot.length % EM == pytest.approx(0, abs=1e-6) or slot.length % EM == pytest.approx(EM, abs=1e-6)
            assert slot.length >= min(LEAST_MEASURE * EM, widest) - EM


def test_a_circle_is_left_more_room_at_its_middle_than_at_its_head() -> None:
    circle = Contour(((300.0, 150.0),), reach=105.0)
    lengths = [slot.length for slot in slots(circle)]
    assert lengths[0] == 300
    assert lengths == lengths[::-1]
    assert min(lengths) == 190
    assert len(set(lengths)) == 6


def test_text_on_both_sides_only_where_it_is_asked_for() -> None:
    circle = Contour(((150.0, 150.0),), reach=60.0)
    middle = [slot for slot in slots(circle) if 145 < slot.top < 155]
    assert [(slot.x, slot.length) for slot in middle] == [(0.0, 90.0)]
    both = [slot for slot in slots(circle, sides="both") if 145 < slot.top < 155]
    assert [(slot.x, slot.length) for slot in both] == [(0.0, 90.0), (210.0, 90.0)]
    assert [(s.x, s.length) for s in slots(circle, sides="end") if 145 < s.top < 155] == [(210.0, 90.0)]
    assert not [slot for slot in slots(circle, sides="clear") if 95 < slot.top < 195]


def test_vertical_lines_run_above_and_below() -> None:
    circle = Contour(((150.0, 150.0),), reach=60.0)
    both = [slot for slot in slots(circle, sides="both", vertical=True) if abs(slot.x - 145) < 8]
    assert [(slot.top, slot.length) for slot in both[:2]] == [(0.0, 90.0), (210.0, 90.0)]


def test_a_line_too_short_is_not_set_beside_it_and_the_design_may_say_how_short() -> None:
    wall = Contour(((0.0, 0.0), (255.0, 0.0), (255.0, 300.0), (0.0, 300.0)))
    page = page_with(Obstacle("o", wall.extent, wall))
    assert slots_of(page, page.frames) == ()
    frame = page.frames[0]
    frame = replace(frame, type=replace(frame.type, options={"least-measure": "4"}))
    assert {slot.length for slot in slots_of(replace(page, frames=(frame,)), (frame,))} == {40.0}


@pytest.mark.parametrize(("widest", "beside"), [(300.0, True), (60.0, False)])
def test_what_is_wrong_beside_a_shape_is_mended_there(widest: float, beside: bool) -> None:
    type_ = FrameType(PLAIN, LEADING, 2 * EM, "justify", False, {})
    places = [Slot(0, 0.0, 0.0, 60.0), Slot(0, 0.0, 15.0, 60.0), Slot(0, 0.0, 30.0, widest)]
    text = Text(Flow.parse("a.lede"), (Paragraph("body", (Run("去ABCDEFGHIJKLMNOPQRSTUVWXYZ", Place("a.md", 1)),)),))
    found = set_chain(TextChain(Chain((text.flow,)), (text,), type_), places, Setter(FONTS), widest).findings
    hints = [each.hint.designer.en for each in found if each.hint and each.hint.designer]
    words = "6 characters, 2 of them the indent: with --least-measure: 7 none stands there"
    assert found
    assert any(words in each for each in hints) == beside
    assert any(each.amount.get("cause") == "shape" for each in found) == beside


def test_a_caption_stands_as_near_to_its_own_picture_as_its_design_puts_it() -> None:
    contour = Contour(((150.0, 150.0),), reach=120.0)
    for pictures, count in ((("bend",), 2), ((), 0), (("dam",), 0)):
        page = page_with(Obstacle("o", contour.extent, contour, pictures=pictures))
        frame = replace(page.frames[0], chain=Chain.parse("picture.bend.caption"), box=Box(100, 150, 100, 30))
        assert len(slots_of(page, [frame])) == count
        assert len(in_the_way(page, frame)) == (not count)


@pytest.mark.parametrize("align", ["justify", "end"])
@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("tracking", ["0", "0.1"])
def test_rows_beside_a_shape_keep_the_edges_of_a_column_that_is_no_whole_measure(
    *, align: str, vertical: bool, tracking: str
) -> None:
    """A picture at the one edge, then at the other; the column is 16.5 characters wide."""
    kind = FrameType(PLAIN, LEADING, 0.0, align, vertical, {"measure": "whole", "tracking": tracking})  # type: ignore[arg-type]
    long, across = 16.5 * EM, 300.0
    box = Box(0, 0, across, long) if vertical else Box(0, 0, long, across)
    frame = Frame("f", Chain.parse("a.lede"), box, kind, None, None)
    edges = set()
    for begin in (-1.0, long - 60):
        shape = Box(100, begin, 60, 61) if vertical else Box(begin, 100, 61, 60)
        page = MeasuredPage(1, 400, 400, box, LEADING, 300, (frame,), (), shapes=(Obstacle("o", shape),))
        for slot in slots_of(page, page.frames):
            start = (slot.top if vertical else slot.x) + inset_of(kind, slot.length)
            end = start + measure_of(kind, slot.length) * EM
            beside = slot.length < long - EM
            edges.add(round(end if begin < 0 or not beside else start, 3))
            edges.add(round(start if begin > 0 or not beside else end, 3))
    first = inset_of(kind, long)
    assert edges == {round(first, 3), round(first + measure_of(kind, long) * EM, 3)}


@pytest.mark.parametrize(
    ("held", "free"),
    [
        (("picture.bend.credit",), True),
        (("picture.bend.caption", "picture.bend.credit"), True),
        (("picture.dam.credit",), False),
        (("picture.bend.credit", "a.lede"), False),
        ((), False),
    ],
)
def test_a_caption_and_a_credit_of_one_picture_leave_each_other_alone(held: tuple[str, ...], *, free: bool) -> None:
    """Both have ``data-around`` and margins, with which they reach into each other."""
    credit = Obstacle("credit", Box(100, 155, 100, 20), flows=tuple(map(Flow.parse, held)))
    page = page_with(credit)
    frame = replace(page.frames[0], chain=Chain.parse("picture.bend.caption"), box=Box(100, 140, 100, 30))
    assert (in_the_way(page, frame) == ()) == free
