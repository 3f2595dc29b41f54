"""Tables: columns by what is in them, figures on their points, whole rows in whole slots, a header above each part."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.copyfit.checks.heading_checks import holes
from layout.copyfit.model import ComposedPage
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import Galley, GalleyLine, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.galley.table_figures import figure_columns, is_figure, point
from layout.galley.table_rules import GROUP_GAP, boxes_of
from layout.galley.table_setting import SetTable, TableSetter
from layout.geometry import Box
from layout.manuscript.cutting import after, before
from layout.manuscript.markdown import read
from layout.manuscript.model import Paragraph, Run, Table, Text
from layout.page.frames import FrameType, Ink, RoleType
from layout.page.table_style import CellEdge, CellStyle, TableStyle
from small_page import FONTS, composed_page

BLACK = Ink(0, 0, 0, 1)
BODY = FrameType({"plain": RoleType(("song-400",), 8.0, BLACK)}, 10.0, 0.0, "start", False, {})
GROUND = Ink(0, 0, 0, 0.1)
SETTER = Setter(FONTS)
TOWNS = "| 乡镇 | 人口（人） |\n| --- | --: |\n" + "".join(f"| 第{n}镇 | {n * 1000}.{n} |\n" for n in range(1, 9))


def text_of(markdown: str) -> Text:
    faults: list[object] = []
    blocks = read(markdown, 1, "a.md", faults).blocks  # type: ignore[arg-type]
    assert not faults
    return Text(Flow.parse("a.lede"), blocks)  # type: ignore[arg-type]


def table_of(markdown: str) -> Table:
    return next(each.table for each in text_of(markdown).paragraphs if each.table)


def styled(table: Table, **more: object) -> TableStyle:
    """Every cell with 2 pt beside its words and a rule below it."""
    cell = CellStyle(BODY, 0, 2, 0, 2, "top", GROUND, (None, None, CellEdge(0.25, BLACK), None))
    return TableStyle({(each.row, each.column): cell for each in table.cells}, CellStyle(BODY), **more)  # type: ignore[arg-type]


def set_table(markdown: str, room: float, **more: object) -> SetTable:
    table = table_of(markdown)
    return TableSetter(table, styled(table, **more), BODY, SETTER).set(room)


HEADING = replace(BODY, options={"rows": "2", "break": "sense"})


def galley_of(text: Text, *columns: int, width: float = 160.0, turns: bool = True, **more: object) -> Galley:
    """The text in columns of so many slots."""
    tables = {each.table for each in text.paragraphs if each.table}
    styles = {f"a.table-{table.number}": styled(table, **more) for table in tables}
    type_ = FrameType(BODY.roles, BODY.leading, 0.0, "start", False, {}, {"heading": HEADING}, styles)
    slots = [Slot(n, n * 200.0, row * 10.0, width) for n, count in enumerate(columns) for row in range(count)]
    return set_chain(TextChain(Chain((text.flow,)), (text,), type_, turns=turns), slots, SETTER, width)


def stood(galley: Galley) -> list[GalleyLine]:
    return [line for line in galley.lines if line.slot < len(galley.slots)]


def texts(lines: list[GalleyLine]) -> list[str]:
    return [line.line.text for line in lines]


@pytest.mark.parametrize(
    "words", ["332", "1,286.5", "−3.125", "+0.5%", "12:05", "1:02.45", "¥74.5", "893亿元", "0.131秒", "8 ℃", "3：1"]
)
def test_figures(words: str) -> None:
    assert is_figure(words)


@pytest.mark.parametrize("words", ["", "—", "弃权", "G8802", "3月5日", "第3", "4×100米", "1/2", "2026年1月10日"])
def test_no_figures(words: str) -> None:
    assert not is_figure(words)


def test_a_column_is_of_figures_where_most_of_it_is() -> None:
    rows = (
        "| 名 | 甲 | 乙 | 丙 |\n| --- | --- | --- | --- |\n| 2025 | 1 | 1 | 8:05 |\n| 2026 | — | 无 | 12:40 |\n"
        "| 小计 | 3.5 | 无 | 7:30 |"
    )
    assert figure_columns(table_of(rows)) == {1: ".．", 3: ":："}
    assert 0 in figure_columns(table_of(rows.replace("| --- |", "| --: |", 1)))


@pytest.mark.parametrize(
    ("words", "signs", "at"),
    [("1,286.5", ".", 5), ("332", ".", 3), ("893亿元", ".", 3), ("−3.125", ".", 2), ("12:05", ":", 2), ("58", ":", 2)],
)
def test_where_the_point_is(words: str, signs: str, at: int) -> None:
    assert point(words, signs) == at


def points(found: SetTable, column: int) -> list[float]:
    """Where the figures of a column have their points, from the table's left edge."""
    places = []
    for line in found.lines:
        cell = found.table.cells[line.cell or 0]
        if cell.column == column and cell.row >= found.table.head and is_figure(line.line.text):
            at = point(line.line.text, ".")
            x = next((each.x for each in line.line.placed if each.offset >= at), line.line.width)
            places.append(line.x + x * line.type.size)
    return places


def test_figures_stand_on_their_points() -> None:
    rows = "| 项 | 值 |\n| --- | {} |\n| 甲 | 1,286.5 |\n| 乙 | 332 |\n| 丙 | −3.125 |\n| 丁 | 8% |"
    for align in ("---", "--:", ":-:", ":--"):
        found = points(set_table(rows.format(align), 160), 1)
        assert len(found) == 4
        assert max(found) - min(found) < 0.01


def test_columns_fill_the_room_or_take_what_they_need() -> None:
    full, tight = set_table(TOWNS, 160), set_table(TOWNS, 160, fills=False)
    assert full.lefts[0] == 0
    assert full.lefts[-1] == pytest.approx(160)
    assert tight.lefts[-1] - tight.lefts[0] < 100
    assert tight.lefts[0] == pytest.approx(160 - tight.lefts[-1])


def test_the_unit_of_a_header_is_small_and_alone_where_room_is_short() -> None:
    wide, narrow = set_table(TOWNS, 160), set_table(TOWNS, 60)
    assert "人口（人）" in [line.line.text for line in wide.lines]
    assert [line.line.text for line in narrow.lines][:3] == ["乡镇", "人口", "（人）"]
    assert {each.scale for each in narrow.lines[2].line.placed} == {0.8}
    assert narrow.heights[0] == 20
    assert wide.heights[0] == 10


def test_the_mark_of_a_note_stays_with_the_unit() -> None:
    found = set_table(TOWNS.replace("人口（人）", "人口（人）^1^"), 60)
    assert [line.line.text for line in found.lines][:3] == ["乡镇", "人口", "（人）1"]


def test_words_are_broken_by_the_composer() -> None:
    found = set_table("| 名 | 说明 |\n| --- | --- |\n| 甲 | 树立“求其上”理念，抓好“三件事”，年底前见效。 |", 90)
    lines = [line.line.text for line in found.lines if line.cell == 3]
    assert len(lines) > 1
    assert not any(line[0] in "”，。、" or line[-1] in "“（" for line in lines)


def test_what_does_not_fit_is_told_with_its_line_and_cell() -> None:
    galley = galley_of(
        text_of("前文。\n| 代号 | 名 |\n| --- | --- |\n| ABCDEFGHIJKLMNOPQRSTUVWXYZ | 甲 |"), 20, width=60
    )
    [finding] = [each for each in galley.findings if each.check == "table.too_wide"]
    assert finding.place
    assert finding.place.line == 2
    assert finding.amount["words"] == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert "a.table-1" in finding.hint.zh if finding.hint else False


def test_nobody_is_told_to_shorten_a_figure() -> None:
    galley = galley_of(text_of("前文。\n| 名 | 数 |\n| --- | --- |\n| 甲 | 128,650,000,000,000.5 |"), 20, width=60)
    [finding] = [each for each in galley.findings if each.check == "table.too_wide"]
    assert finding.hint
    assert finding.hint.editor
    assert "128" in finding.message.zh
    assert "128" not in finding.hint.editor.zh


def test_a_row_higher_than_any_column_is_told() -> None:
    galley = galley_of(
        text_of(f"| 名 | 说明 |\n| --- | --- |\n| 甲 | {'天地玄黄宇宙洪荒' * 12} |\n| 乙 | 丙 |\n| 乙 | 丙 |"), 5, 5
    )
    assert [each.check for each in galley.findings] == ["table.too_high"]
    assert texts(stood(galley)) == []  # what has no place is turned over or overset, never in two parts


def test_lines_below_a_table_stand_on_the_grid_again() -> None:
    style = {"above": 3.0, "below": 3.0}
    galley = galley_of(text_of(f"前文。\n{TOWNS}后文。"), 30, **style)
    first, last = galley.lines[0], galley.lines[-1]
    assert (first.drop, last.drop) == (None, None)
    table = galley.lines[1:-1]
    tops = [galley.slots[line.slot].top + (line.drop or 0) for line in table]
    # nine rows of 10 pt and 6 pt of white take ten slots; what is left of them stands above and below alike
    assert last.slot == first.slot + 11
    assert tops[0] == pytest.approx(10 + 3 + 2)
    assert tops[-1] == pytest.approx(tops[0] + 80)


def test_a_table_goes_on_below_its_header() -> None:
    galley = galley_of(text_of(TOWNS), 4, 4, 9)
    parts = [[line for line in galley.lines if galley.slots[line.slot].frame == n] for n in range(3)]
    assert [texts(part)[:2] for part in parts] == [["乡镇", "人口（人）"]] * 3
    assert [[line.repeated for line in part][:3] for part in parts] == [[False] * 3] + [[True, True, False]] * 2
    assert [len([line for line in part if not line.repeated]) for part in parts] == [2 + 6, 6, 4]
    assert [each.text for each in galley.repeated] == ["乡镇人口（人）"] * 2


def test_no_row_stands_alone_before_or_after_a_break() -> None:
    for held in range(4, 9):
        galley = galley_of(text_of("前文。\n" + TOWNS), held, 12)
        first = [line for line in galley.lines if line.in_table and galley.slots[line.slot].frame == 0]
        rows = len({line.paragraph for line in first}) // 2 - 1
        assert rows != 1
        assert rows != 7


def test_a_header_above_nothing_is_a_row() -> None:
    galley = galley_of(text_of("[题]\n| 甲 |\n| - |\n\n后文。"), 1, 5)
    assert [(line.line.text, line.slot) for line in galley.lines] == [("题", 1), ("甲", 2), ("后文。", 3)]


def test_spanned_rows_are_not_parted() -> None:
    rows = "| 组 | 名 |\n| --- | --- |\n" + "".join(f"| {n}组 | 甲 |\n| ^^ | 乙 |\n| ^^ | 丙 |\n" for n in (1, 2, 3))
    galley = galley_of(text_of(rows), 6, 12)
    assert texts([line for line in galley.lines if galley.slots[line.slot].frame == 0]) == [
        "组",
        "名",
        "1组",
        "甲",
        "乙",
        "丙",
    ]


def test_a_table_that_is_kept_whole_moves_on() -> None:
    galley = galley_of(text_of("前文。\n" + TOWNS), 6, 12, whole=True)
    assert {galley.slots[line.slot].frame for line in galley.lines if line.in_table} == {1}
    assert not galley.repeated


def cut(galley: Galley) -> list[object]:
    return [each.amount["rows"] for each in galley.findings if each.check == "table.cut"]


@pytest.mark.parametrize(("room", "parts"), [(9, []), (3, []), (4, [["3", "5"]]), (8, [["6", "2"]])])
def test_a_short_table_leaves_three_lines_empty_rather_than_be_cut(room: int, parts: list[list[str]]) -> None:
    galley = galley_of(text_of("前文。\n" * (12 - room) + TOWNS), 12, 12)
    assert cut(galley) == parts
    assert len(galley.empty) == (3 if room == 3 else 0)
    hole = next(holes(galley), None)
    assert hole is None or (hole.cause, hole.lines) == ("whole table", 3)


THREE = "[题]\n" + "".join(TOWNS.splitlines(keepends=True)[:5])
"""With its title and its header five lines."""


def frames(galley: Galley) -> list[int]:
    """The columns in which the rows below the header stand, row by row."""
    rows = [line for line in galley.lines if line.in_table and line.line.text.startswith("第")]
    return [galley.slots[line.slot].frame for line in rows if line.slot < len(galley.slots)]


@pytest.mark.parametrize("above", [5, 6, 7])
def test_a_table_of_three_rows_is_not_parted_where_a_later_column_holds_it(above: int) -> None:
    """Five lines are left, four, or three: four hold its title, its header and two rows."""
    galley = galley_of(text_of("前文。\n" * above + THREE), 10, 10)
    assert frames(galley) == ([0, 0, 0] if above == 5 else [1, 1, 1])
    assert not cut(galley)


def test_of_three_rows_none_stands_alone_at_the_head_of_a_short_column() -> None:
    assert frames(galley_of(text_of(THREE), 3, 10)) == [1, 1, 1]
    assert frames(galley_of(text_of(THREE), 4, 10)) == [1, 1, 1]


def test_a_table_of_three_rows_that_no_later_column_holds_is_cut_and_told() -> None:
    text = text_of("前文。\n" * 6 + THREE)
    galley = galley_of(text, 10, 4, turns=False)
    assert cut(galley) == [["2", "1"]]
    assert len(stood(galley)) == len(galley.lines)


def test_a_group_of_rows_and_one_more_stand_where_a_column_holds_just_the_group() -> None:
    """They stood nowhere: a row was to be taken from a group that cannot be parted."""
    rows = "| 组 | 名 |\n| --- | --- |\n| 1组 | 甲 |\n| ^^ | 乙 |\n| ^^ | 丙 |\n| 2组 | 丁 |\n"
    galley = galley_of(text_of(rows), 4, 4)
    assert len(stood(galley)) == len(galley.lines)


def test_a_heading_goes_on_with_the_table_that_is_not_parted() -> None:
    """Below it there is room for the header and two rows, and the third would stand alone."""
    heading = Paragraph("heading", (Run("小标题", Place("a.md", 1)),))
    for rows, above, whole in ((THREE, 4, False), (TOWNS, 4, True)):
        table = text_of(rows).paragraphs
        text = Text(Flow.parse("a.lede"), (*text_of("前文。\n" * above).paragraphs, heading, *table))
        galley = galley_of(text, 10, 12, whole=whole)
        assert set(frames(galley)) == {1}
        assert {galley.slots[line.slot].frame for line in galley.lines if line.line.text == "小标题"} == {1}


def test_a_table_that_no_column_holds_is_long() -> None:
    assert not cut(galley_of(text_of("前文。\n" + TOWNS), 6, 6))
    assert cut(galley_of(text_of("前文。\n" + TOWNS), 6, 6, whole=True)) == [["4", "4"]]
    assert not cut(galley_of(text_of("前文。\n" + TOWNS + "| 第9镇 | 9 |\n"), 6, 12))


def test_a_short_table_goes_to_the_next_page_whole() -> None:
    text = text_of("前文。\n" * 9 + TOWNS)
    assert not stood(galley_of(text, 12))[9:]
    assert cut(galley_of(text, 14)) == [["4", "4"]]


def test_why_lines_stay_empty_above_a_table() -> None:
    assert [hole.cause for hole in holes(galley_of(text_of("前文。\n" * 4 + TOWNS), 6, 6))] == ["table"]
    assert [hole.cause for hole in holes(galley_of(text_of("前文。\n" + TOWNS), 6, 12, whole=True))] == ["whole table"]


def test_what_is_turned_over_begins_with_a_row_and_has_its_header_again() -> None:
    text = text_of("前文。\n" + TOWNS + "后文。")
    galley = galley_of(text, 6)
    first = next(line for line in galley.lines if line.slot >= len(galley.slots))
    rest = after(text, first.paragraph, first.line.start)
    assert rest.paragraphs[0].text.startswith("第")
    assert first.line.start == 0
    assert before(text, rest).text + rest.text == text.text
    later = galley_of(rest, 20)
    assert texts(later.lines)[:3] == ["乡镇", "人口（人）", rest.paragraphs[0].text]
    assert [line.repeated for line in later.lines][:3] == [True, True, False]
    assert [each.text for each in later.repeated] == ["乡镇人口（人）"]


def test_rules_are_painted_once_and_close_every_part() -> None:
    galley = galley_of(text_of(TOWNS), 5, 6, foot=CellEdge(1.0, BLACK))
    for frame in (0, 1):
        boxes = [each.inked for each in galley.boxes if galley.slots[each.slot].frame == frame]
        rules = [each for each in boxes if each.ink == BLACK]
        rows = len({round(each.box.y + each.box.height, 2) for each in boxes if each.ink == GROUND})
        assert len(rules) == rows  # one below each row, across all columns
        assert all(each.box.width == pytest.approx(160) for each in rules)
    rules = [each.inked for each in galley.boxes if each.inked.ink == BLACK and galley.slots[each.slot].frame == 0]
    assert max(rules, key=lambda each: each.box.bottom).box.height == pytest.approx(1.0)


def test_figures_with_the_mark_of_a_note_stand_on_their_points() -> None:
    rows = "| 项 | 值 |\n| - | -: |\n| 甲 | 332^1^ |\n| 乙 | 28.75 |"
    found = {line.line.text: line for line in set_table(rows, 160).lines}
    own, other = found["3321"], found["28.75"]
    before, point_ = own.line.placed[3].x, other.line.placed[2].x
    assert own.x + before * 8 == pytest.approx(other.x + point_ * 8, abs=0.01)


CELL = st.text("天地玄黄，。“”（）12.,%-ab ", max_size=14).map(str.strip) | st.sampled_from(
    ["—", "12.5", "1,300", "−3"]
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Tables of up to five columns, with spans, titles, and figures."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 9))
    aligns = draw(st.lists(st.sampled_from(["---", ":--", ":-:", "--:"]), min_size=columns, max_size=columns))
    lines, wide = [], list[int]()
    for row in range(rows + 1):
        cells, spans = [], draw(st.lists(st.integers(0, 5), min_size=columns, max_size=columns))
        for column in range(columns):
            if column and spans[column] == 5 and row == 0:
                cells.append("")
            elif row > 1 and spans[column] == 4:
                cells.append(" ^^ ")
            else:
                cells.append(f" {draw(CELL)} ")
        wide = wide or [n for n, cell in enumerate(cells) if not cell]
        lines.append("|" + "|".join(cells) + "|")
    title = draw(st.sampled_from(["", "[表1　题目]\n"]))
    return title + "\n".join(
        [lines[0], "|" + "|".join(aligns) + "|", *lines[1:], "| 末 " + "| 尾 " * (columns - 1) + "|"]
    )


@soak.examples(sample=40, full=400)
@given(tables(), st.lists(st.integers(4, 14), min_size=1, max_size=4), st.integers(60, 240))
def test_every_cell_stands_once_in_row_order_inside_its_box(markdown: str, columns: list[int], width: int) -> None:
    text = text_of(markdown)
    galley = galley_of(text, *columns, 400, width=float(width))
    own = [line for line in galley.lines if not line.repeated]
    words = "".join("".join(line.line.text.split()) for line in own)
    assert words == "".join("".join(each.text.split()) for each in text.paragraphs)
    assert all(one.paragraph <= two.paragraph for one, two in pairwise(own))
    if any(each.check.startswith("table.") for each in galley.findings):
        return
    table = next(each.table for each in text.paragraphs if each.table)
    found = TableSetter(table, styled(table), BODY, SETTER).set(float(width))
    for line in galley.lines:
        number = text.paragraphs[line.paragraph].cell
        if number is None or line.repeated:
            continue
        cell, slot = table.cells[number], galley.slots[line.slot]
        left, right = found.lefts[cell.column], found.lefts[cell.column + cell.columns]
        ink = [line.inset + each.x * 8 for each in line.line.placed]
        trimmed = 4.0 if line.line.text[0] in "“（" else 0.0  # the blank half of an opening mark
        assert min(ink, default=left) >= left - trimmed - 0.05
        assert line.inset + line.line.width * 8 <= right + 0.05
        assert slot.length == width
        top = slot.top + (line.drop or 0.0)
        foot = galley.slots[max(n for n, each in enumerate(galley.slots) if each.frame == slot.frame)].top + 10
        assert top + 10 <= foot + 0.05


def in_a_frame(height: float | None, valign: str, folder: Path) -> tuple[ComposedPage, float]:
    """A table in a frame of its own in a column of the band, below copy, on lines of 7 pt where the grid's row is 10
    pt; with the table's height. The last frame of the page is the table's."""
    rows = "| 镇 | 数 |\n| - | -: |\n| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |\n| 丁 | 4 |\n| 戊 | 5 |"
    table = Text(Flow.parse("a.table-1"), text_of(rows).paragraphs)
    copy = Text(Flow.parse("a.lede"), (Paragraph("body", (Run("天地玄黄" * 90, Place("a.md", 1)),)),))
    body = (
        '<div data-band="one"><div data-column style="width: 160pt"><div class="f" data-flow="a.lede"></div>'
        '<div class="t" data-flow="a.table-1"></div></div></div>'
    )
    css = f".t {{ font-size: 6pt; line-height: 7pt; font-family: 'Song 400'; --valign: {valign};" + (
        f" height: {height}pt }}" if height else "}"
    )
    css += " .t td, .t th { font-size: 6pt; line-height: 7pt; padding: 1.5pt 2pt; background: device-cmyk(0 0 0 .1) }"
    return composed_page(folder, body, copy, table, css=css), 6 * (7 + 2 * 1.5)


@pytest.mark.parametrize(("height", "valign", "share"), [(90, "top", 0), (90, "center", 0.5), (90, "bottom", 1)])
def test_a_table_stands_where_its_frame_wants_it(height: float, valign: str, share: float, tmp_path: Path) -> None:
    page, high = in_a_frame(height, valign, tmp_path)
    frame = next(each for each in page.page.frames if "table" in each.chain.called)
    top, foot = min(each.box.y for each in page.boxes), max(each.box.bottom for each in page.boxes)
    assert foot - top == pytest.approx(high, abs=0.1)
    assert top - frame.box.y == pytest.approx(share * (frame.box.height - high), abs=0.1)
    words = [line.baseline - top for line in page.lines if line.type.size == 6]
    assert len(words) == 12
    assert 0 < min(words) < max(words) < high


def test_a_table_s_own_frame_is_rounded_up_to_rows_once(tmp_path: Path) -> None:
    """60 pt are six rows: not nine lines of 7 pt, and seven rows."""
    page, high = in_a_frame(None, "top", tmp_path)
    frame = next(each for each in page.page.frames if "table" in each.chain.called)
    assert frame.box.height == pytest.approx(60)
    assert max(each.box.bottom for each in page.boxes) == pytest.approx(frame.box.y + high, abs=0.1)
    assert not [each for each in page.findings if each.check.startswith("table.")]
    assert len([line for line in page.lines if line.type.size == 6]) == 12


GROUPS = "| 项 | 甲组 || 乙组 ||\n| ^^ | 一 | 二 | 三 | 四 |\n| - | - | - | - | - |\n| 子 | 1 | 2 | 3 | 4 |\n"


@pytest.mark.parametrize(("padding", "gap"), [(5.0, 10.0), (0.0, GROUP_GAP)])
def test_the_rules_of_two_groups_of_a_header_do_not_meet(padding: float, gap: float) -> None:
    found = group_rules(padding, only_groups=True)
    assert len(found) == 2
    assert found[1].x - found[0].right == pytest.approx(gap)
    assert found[1].right == pytest.approx(200)


def test_a_rule_of_a_whole_row_of_a_header_is_whole() -> None:
    (found,) = group_rules(5.0, only_groups=False)
    assert (found.x, found.right) == (0.0, pytest.approx(200))


def group_rules(padding: float, *, only_groups: bool) -> list[Box]:
    """The rules below the first row of a header of two groups and one more column."""
    table = table_of(GROUPS if only_groups else GROUPS.replace("^^", "目"))
    ruled = CellStyle(BODY, 0, padding, 0, padding, edges=(None, None, CellEdge(0.25, BLACK), None))
    plain = replace(ruled, edges=(None, None, None, None))
    cells = {
        (each.row, each.column): ruled if each.row == 0 and (each.columns > 1 or not only_groups) else plain
        for each in table.cells
    }
    found = TableSetter(table, TableStyle(cells), BODY, SETTER).set(200.0)
    return [each.box for each in boxes_of(found, [(0, 0.0), (1, 10.0), (2, 20.0)]) if each.ink == BLACK]
