"""What a page that is not full names: the frames and pictures that stand lowest, on pages put together by hand."""

from __future__ import annotations

import pytest

from layout.checks.number_spans import spanned
from layout.copyfit.checks.named_frames import above, beyond
from layout.flows import Chain
from layout.geometry import Box
from layout.page.frames import Frame, FrameType, Ink, MeasuredPage, PictureBox, RoleType

TYPE = FrameType({"plain": RoleType(("song-400",), 10.0, Ink(0, 0, 0, 1))}, 15.0, 0.0, "justify", False, {})
AREA = Box(0, 0, 300, 600)


def frame(key: str, flow: str, *box: float, band: str | None = "b") -> Frame:
    return Frame(key, Chain.parse(flow), Box(*box), TYPE, band, None)


def picture(key: str, name: str, *box: float) -> PictureBox:
    return PictureBox(key, name, Box(*box), 30.0, 300.0, "b", None)


def page(*things: Frame | PictureBox, bottom: float = 500.0) -> MeasuredPage:
    frames = tuple(each for each in things if isinstance(each, Frame))
    pictures = tuple(each for each in things if isinstance(each, PictureBox))
    return MeasuredPage(1, 300, 700, AREA, 15.0, bottom, frames, pictures)


def test_what_stands_next_above_an_empty_foot() -> None:
    found = above(
        page(
            frame("head", "a.headline", 0, 0, 300, 40),
            frame("one", "a.body", 0, 40, 140, 460), frame("two", "a.body", 160, 40, 140, 300),
            picture("shot", "sun", 160, 345, 140, 155),
        ),
        Box(0, 500, 300, 100),
    )  # fmt: skip
    assert found.keys == ("one", "shot")
    assert (found.words.zh, found.words.en) == ("a.body 第 1 栏、图 sun", "column 1 of a.body, picture sun")


def test_only_what_stands_over_the_empty_place_is_named() -> None:
    measured = page(frame("one", "a.body", 0, 40, 140, 400), frame("two", "b.body", 160, 40, 140, 460))
    found = above(measured, Box(0, 440, 150, 60))
    assert (found.keys, found.words.zh) == (("one",), "a.body")
    assert above(measured, Box(0, 0, 300, 20)).keys == ()


def test_what_runs_past_the_type_area() -> None:
    columns = [frame(f"c{n}", "a.body", 100 * n, 40, 90, 580 if n else 540) for n in range(3)]
    folio = frame("folio", "page.folio.number", 0, 620, 50, 15, band=None)
    found = beyond(page(*columns, folio, bottom=620))
    assert (found.keys, found.words.en) == (("c1", "c2"), "columns 2–3 of a.body")


def test_a_sentence_names_a_few() -> None:
    columns = [frame(f"c{n}", f"s{n}.body", 50 * n, 40, 45, 400) for n in range(6)]
    found = above(page(*columns), Box(0, 440, 300, 60))
    assert len(found.keys) == 6
    assert found.words.zh == "s0.body、s1.body、s2.body、s3.body等"


@pytest.mark.parametrize(
    ("numbers", "said"), [((3,), "3"), ((2, 1, 3), "1–3"), ((1, 2, 5, 7, 8), "1–2、5、7–8"), ((4, 4, 5), "4–5")]
)
def test_columns_that_follow_one_another_are_a_span(numbers: tuple[int, ...], said: str) -> None:
    assert spanned(numbers, "、") == said
