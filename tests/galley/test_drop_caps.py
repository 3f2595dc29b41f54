"""Drop caps stand on their rows by their ink; first words have type of their own; no character is lost over either."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pytest

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.fontbook.clusters import InkExtent
from layout.galley.drop_caps import HALF, LEAST_GAP, DropCap, NoDropCap, drop_cap, letter_of
from layout.galley.galley import set_chain
from layout.galley.model import Galley, GalleyLine, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import INITIAL, LEAD_IN, FrameType, InitialType, Ink, LeadIn, RoleType
from small_page import FONTS
from soak import cases

BLACK = Ink(0, 0, 0, 1)
SONG, HEAVY = RoleType(("song-400",), 10.0, BLACK), RoleType(("song-900",), 10.0, BLACK)
LEADING = 15.0
HAN = "在一个冬天的早晨，农机手已经开始检修播种机，入夜的厂房里新装的生产线第一次亮起了灯，人们都出来看。"
COMMON = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对"
    "小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动"
    "方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感"
)


def type_of(rows: int = 3, **more: object) -> FrameType:
    type_ = FrameType({"plain": SONG, INITIAL: HEAVY}, LEADING, 20.0, "justify", vertical=False, options={})
    return replace(type_, initial=InitialType(HEAVY, rows), **more)  # type: ignore[arg-type]


def paragraph(text: str, **more: object) -> Paragraph:
    return Paragraph("body", (Run(text, Place("a.md", 1, 1), **more),))  # type: ignore[arg-type]


def cap_of(text: str, rows: int = 3, **more: object) -> DropCap:
    type_ = type_of(rows, **more)
    assert type_.initial is not None
    return drop_cap(paragraph(text), type_, LEADING, type_.initial, FONTS)


def rows_of(face: str, rows: int, sample: str = "国", foot: float | None = None) -> tuple[float, float]:
    """Top of the first row's ink and foot of the last one's, in points below the first row's baseline."""
    ink = ink_of(face, sample)
    return -ink.top * 10, (rows - 1) * LEADING - (ink.bottom if foot is None else foot) * 10


def ink_of(face: str, character: str) -> InkExtent:
    ink = FONTS.ink(FONTS.clusters((face,), character)[0])
    assert ink is not None
    return ink


def inked(cap: DropCap) -> list[tuple[str, float, float, float, float]]:
    """Left, top, right and foot of each glyph of the letter, in points from where its rows begin."""
    found = []
    for each in cap.placed:
        ink, size = FONTS.ink(each.cluster), each.scale * 10
        assert ink is not None
        x, y = each.x * 10 + cap.room, -each.rise * 10
        found.append((each.cluster.text, x + ink.left * size, y - ink.top * size, x + ink.right * size,
                      y - ink.bottom * size))  # fmt: skip
    return found


@pytest.mark.parametrize("rows", [2, 3, 5])
@pytest.mark.parametrize("letter", ["刚", "国", "麦", "年"])
def test_a_han_character_stands_exactly_on_its_rows(letter: str, rows: int) -> None:
    ((_, left, top, right, foot),) = inked(cap := cap_of(letter + HAN, rows))
    assert (top, foot) == pytest.approx(rows_of("song-400", rows), abs=0.001)
    assert left == pytest.approx(ink_of("song-400", "国").left * 10)
    assert LEAST_GAP * 10 <= cap.room - right + 1e-6 < (LEAST_GAP + HALF) * 10
    assert cap.room % (HALF * 10) == pytest.approx(0, abs=1e-6)


@cases("letter", COMMON, sample=12)
def test_no_character_leaves_its_rows_or_meets_the_lines(letter: str) -> None:
    ((_, left, top, right, foot),) = inked(cap := cap_of(letter + HAN))
    first, last = rows_of("song-400", 3)
    assert first - 1.5 <= top < foot <= last + 1.5  # 一 and 丫 stand as they stand in the face
    assert 0 <= left < right < cap.room


def test_a_low_character_is_as_large_as_the_others_of_its_face() -> None:
    low, high = cap_of("一" + HAN).placed[0], cap_of("国" + HAN).placed[0]
    assert low.scale == pytest.approx(high.scale)


def test_a_capital_stands_from_top_to_baseline_beside_western_words_and_to_the_foot_beside_han() -> None:
    ((_, _, top, _, foot),) = inked(cap_of("The river rises in the hills above."))
    cap = ink_of("song-400", "H")
    assert (top, foot) == pytest.approx((-cap.top * 10, 2 * LEADING), abs=0.05)
    ((_, _, top, _, foot),) = inked(cap_of("H型钢" + HAN))
    assert (top, foot) == pytest.approx(rows_of("song-400", 3), abs=0.05)


def test_a_year_is_dropped_whole() -> None:
    found = inked(cap_of("2025年" + HAN))
    assert "".join(each[0] for each in found) == "2025"
    assert min(each[2] for each in found) == pytest.approx(rows_of("song-400", 3)[0], abs=0.6)
    assert all(one[3] < other[1] for one, other in pairwise(found))


def test_an_opening_quote_is_smaller_and_hangs_from_the_letters_top() -> None:
    quote, letter = inked(cap_of("“麦" + HAN))
    assert (quote[0], letter[0]) == ("“", "麦")
    assert quote[2] == pytest.approx(letter[2], abs=0.001)
    assert quote[3] < letter[1]
    assert (letter[2], letter[4]) == pytest.approx(rows_of("song-400", 3), abs=0.001)


def test_in_vertical_lines_it_fills_the_columns() -> None:
    (placed,) = cap_of("国" + HAN, vertical=True).placed
    ink, body, size = ink_of("song-900", "国"), ink_of("song-400", "国"), placed.scale * 10
    right, left = (placed.across * 10 + ink.right * size), (placed.across * 10 + ink.left * size)
    assert right == pytest.approx((body.right - 0.5) * 10, abs=0.001)
    assert left == pytest.approx(-2 * LEADING + (body.left - 0.5) * 10, abs=0.001)


def test_the_designs_margin_is_the_distance() -> None:
    type_ = type_of()
    cap = drop_cap(paragraph("国" + HAN), type_, LEADING, InitialType(HEAVY, 3, 8.0), FONTS)
    assert cap.room - inked(cap)[0][3] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("copy", "why"),
    [
        (paragraph("……他没有说话，只是看着河。"), "no letter"),
        (paragraph("20251128次列车晚点到达。"), "too long"),
        (paragraph("屯留，屯留。", under=("dot",)), "mark"),
        (Paragraph("body", (Run("屯留", Place("a.md")), Run("tún liú", Place("a.md"), level="ruby"),
                            Run("是个好地方。", Place("a.md")))), "reading"),
        (paragraph("国"), "no letter"),
    ],
)  # fmt: skip
def test_what_cannot_be_dropped_says_why(copy: Paragraph, why: str) -> None:
    with pytest.raises(NoDropCap, match=why):
        drop_cap(copy, type_of(), LEADING, InitialType(HEAVY, 3), FONTS)
    assert why == "too long" or letter_of(copy) == 0


FLOW = Flow("a", "section-1.body")


def set_(type_: FrameType, *paragraphs: Paragraph, rows: int = 30, wide: float = 200.0) -> Galley:
    slots = tuple(Slot(0, 0.0, k * LEADING, wide) for k in range(rows))
    chain = TextChain(Chain((FLOW,)), (Text(FLOW, paragraphs),), type_)
    return set_chain(chain, slots, Setter(FONTS), wide)


def whole(lines: Sequence[GalleyLine]) -> str:
    return "".join(line.line.text for line in lines)


@pytest.mark.parametrize("text", ["刚" + HAN, "“麦" + HAN, "2025年" + HAN, "The river rises in the hills above."])
def test_no_character_is_lost_and_each_knows_its_place(text: str) -> None:
    lines = set_(type_of(), paragraph(text)).lines
    assert whole(lines) == text
    assert [line.line.start for line in lines[1:]] == [line.line.end for line in lines[:-1]]
    assert (lines[0].line.start, lines[-1].line.end) == (0, len(text))
    for line in lines:
        glyphs = [each for each in line.line.placed if each.cluster.text.strip() and not each.inserted]
        assert all(text.startswith(each.cluster.text, each.offset) for each in glyphs)


def test_the_rows_beside_it_are_shorter_and_the_next_is_not() -> None:
    lines = set_(type_of(), paragraph("国" + HAN)).lines
    room = cap_of("国" + HAN).room
    assert [line.inset for line in lines] == [room, room, room, *[0.0] * (len(lines) - 3)]
    assert [round(line.line.measure, 3) for line in lines[:4]] == [round((200 - room) / 10, 3)] * 3 + [20.0]


def test_a_short_paragraph_has_the_next_beside_the_letter_and_a_heading_below_it() -> None:
    type_ = type_of()
    heading = replace(type_, initial=None, options={"rows": "1"})
    type_ = replace(type_, kinds={"heading": heading})
    title = Paragraph("heading", (Run("小标题", Place("a.md", 3, 1)),))
    lines = set_(type_, paragraph("国色天香。"), paragraph(HAN), title, paragraph(HAN)).lines
    assert [line.paragraph for line in lines[:3]] == [0, 1, 1]
    assert all(line.inset for line in lines[:3])
    assert [line.inset for line in lines[3:]] == [0.0] * len(lines[3:])
    lines = set_(type_, paragraph("国色天香。"), title, paragraph(HAN)).lines
    assert [line.slot for line in lines[:3]] == [0, 3, 4]


@pytest.mark.parametrize(("rows", "wide", "why"), [(2, 200.0, "2 rows"), (30, 90.0, "too narrow")])
def test_where_there_is_no_room_it_is_set_like_any_other_and_told(rows: int, wide: float, why: str) -> None:
    galley = set_(type_of(), paragraph("国" + HAN), rows=rows, wide=wide)
    (found,) = (each for each in galley.findings if each.check == "line.drop_cap")
    assert why in found.message.en
    assert not any(line.inset for line in galley.lines)
    assert whole(galley.lines) == "国" + HAN


def test_copy_that_has_begun_elsewhere_has_no_second_letter() -> None:
    chain = TextChain(Chain((FLOW,)), (Text(FLOW, (paragraph("国" + HAN),)),), type_of(), resumed=True)
    assert not any(line.inset for line in set_chain(chain, (), Setter(FONTS), 200.0).lines)


def dressed(galley: Galley, role: str) -> str:
    return "".join(each.cluster.text for line in galley.lines for each in line.line.placed if each.role == role)


@pytest.mark.parametrize(
    ("characters", "text", "words"),
    [
        (6, HAN, HAN[:6]),
        ("clause", HAN, "在一个冬天的早晨，"),
        (2, "GDP增长很快，很快。", "GDP"),
        (None, HAN, HAN[:18]),
    ],
)
def test_first_words_in_their_own_type(characters: int | Literal["clause"] | None, text: str, words: str) -> None:
    kai = RoleType(("kai-400",), 10.0, BLACK)
    type_ = replace(type_of(1), initial=None, lead=LeadIn(kai, characters), roles={"plain": SONG, LEAD_IN: kai})
    galley = set_(type_, paragraph(text))
    assert dressed(galley, LEAD_IN) == words
    assert whole(galley.lines) == text
    if characters is None:
        assert galley.lines[0].line.end == len(words)


def test_a_first_letter_that_is_not_dropped_stands_on_the_line_in_its_type() -> None:
    large = replace(HEAVY, size=16.0)
    type_ = replace(type_of(1), initial=InitialType(large, 1), roles={"plain": SONG, INITIAL: large})
    galley = set_(type_, paragraph("“国" + HAN))
    assert dressed(galley, INITIAL) == "“国"
    assert galley.lines[0].line.placed[1].scale == pytest.approx(1.6)
    assert galley.lines[0].line.text.startswith("“国")
