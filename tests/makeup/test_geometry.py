"""Headings beside boxes, boxes below columns, lines that stay empty: asserted from the glyphs of the painted PDF."""

from pathlib import Path

import pytest

from makeup.small_pdf import COPY, SIZE, Printed, headed, printed, text

HEADED = (
    '.f [data-kind=heading] { font-family: "Hei 500"; font-size: 12pt; line-height: 14pt; color: device-cmyk(0 0 0 1);'
    " --break: sense; --rows: 3 }"
)


def frame(flow: str, left: float, top: float, width: float, height: float) -> str:
    where = f"position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt"
    return f'<div class="f" data-flow="{flow}" style="{where}"></div>'


def around(left: float, top: float, width: float, height: float) -> str:
    where = f"position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt"
    return f'<div data-around style="{where};background:device-cmyk(0 0 0 0.1)"></div>'


def assert_clear(page: Printed, left: float, top: float, width: float, height: float) -> None:
    """No character's ink in a rectangle of the type area; everything else whole and on the grid."""
    for glyph in page.glyphs:
        x0, y0, x1, y1 = (edge - 20 for edge in glyph.ink)
        assert x1 <= left + 0.3 or x0 >= left + width - 0.3 or y1 <= top + 0.3 or y0 >= top + height - 0.3, glyph
    assert all(row == round(row) for row in page.rows(0, 160))


@pytest.mark.parametrize("lines", range(0, 12))
def test_a_heading_beside_a_box_fits_what_the_box_leaves(tmp_path: Path, lines: int) -> None:
    flow, texts = headed("全" * (18 + 20 * lines), "#谋划重点项目夯实发展", COPY * 2)
    page = printed(tmp_path, frame(flow, 0, 0, 160, 250) + around(100, 40, 60, 70), *texts, css=HEADED)
    assert_clear(page, 100, 40, 60, 70)
    heading = page.sized(12)
    assert "".join(glyph.text for glyph in heading) == "谋划重点项目夯实发展"
    assert "".join(glyph.text for glyph in page.sized(SIZE)) == "全" * (18 + 20 * lines) + COPY * 2
    # Three whole rows are the heading's: its ink is in the middle of them, and no line of the text stands there.
    body = page.rows(0, 160)
    last = max(row for row in body if row * 10 + 29 < heading[0].y)
    first = min(row for row in body if row * 10 + 20 > heading[0].y)
    assert first - last == 4
    middle = 20 + (last + 1) * 10 + 15
    edges = min(glyph.ink[1] for glyph in heading), max(glyph.ink[3] for glyph in heading)
    assert sum(edges) / 2 == pytest.approx(middle, abs=1.5)


def test_a_heading_too_wide_for_what_a_box_leaves_stands_below_it(tmp_path: Path) -> None:
    flow, texts = headed("全" * 78, "#谋划重点项目夯实发展", COPY * 3)
    css = HEADED + ".f [data-kind=heading] { --max-lines: 1 }"
    page = printed(tmp_path, frame(flow, 0, 0, 160, 250) + around(80, 40, 80, 60), *texts, css=css)
    assert_clear(page, 80, 40, 80, 60)
    assert {round(glyph.y, 2) for glyph in page.sized(12)} == {round(page.sized(12)[0].y, 2)}
    assert all(glyph.ink[1] > 20 + 100 for glyph in page.sized(12))
    told = [(f.check, f.amount["lines"]) for f in page.composed.findings]
    assert told == [("page.column_short", 6), ("page.short_foot", 4)]


def test_a_heading_beside_a_box_may_take_another_line(tmp_path: Path) -> None:
    flow, texts = headed("全" * 78, "#谋划重点项目夯实发展", COPY * 3)
    page = printed(tmp_path, frame(flow, 0, 0, 160, 250) + around(80, 40, 80, 60), *texts, css=HEADED)
    assert_clear(page, 80, 40, 80, 60)
    assert len({round(glyph.y, 2) for glyph in page.sized(12)}) == 2
    assert max(glyph.ink[2] for glyph in page.sized(12)) < 20 + 80


def test_a_heading_does_not_straddle_rows_where_nothing_can_stand(tmp_path: Path) -> None:
    flow, texts = headed("全" * 78, "#重点项目", COPY * 3)
    page = printed(tmp_path, frame(flow, 0, 0, 160, 250) + around(10, 50, 140, 40), *texts, css=HEADED)
    assert_clear(page, 10, 50, 140, 40)
    assert all(glyph.ink[1] > 20 + 90 for glyph in page.sized(12))


BELOW = (
    '<div data-band="one"><div style="float:left;width:104.4pt">'
    '{columns}<div style="{air}clear:both;">{below}</div></div>'
    '<div data-column style="float:left;width:48pt;margin-left:6.6pt"><div class="f" data-flow="a"></div></div></div>'
)
ZERO = "body { line-height: 0 } [data-fill] { display: inline-block; width: 170pt } .f { text-indent: 0 }"

PAIR = (
    '<div data-column style="float:left;width:48pt;margin-right:8pt"><div class="f" data-flow="a"></div></div>'
    '<div data-column style="float:left;width:48pt"><div class="f" data-flow="a"></div></div>'
)


def foot_box(page: Printed) -> tuple[float, float]:
    """Head and foot of the box below the two columns."""
    return next((box[1], box[3]) for box in page.boxes() if box[:1] + box[2:3] == (0, 104.4) and box[1] > 0)


def lines(count: int) -> str:
    """Copy that makes so many lines of six characters."""
    return "全" * 6 * count


def test_a_picture_below_columns_has_its_caption_and_its_air(tmp_path: Path) -> None:
    below = (
        '<div data-picture="p" style="height:60pt;min-height:30pt;max-height:90pt;background:device-cmyk(0 0 0 0.2)">'
        '</div><div class="f" data-flow="c" style="height:20pt"></div>'
    )
    body = BELOW.format(columns=PAIR, below=below, air="padding-top:10pt;")
    for count in (55, 58, 62):
        page = printed(
            tmp_path / str(count), body, text("a", lines(count)), text("c", "图说", kind="caption"), css=ZERO
        )
        top, bottom = foot_box(page)
        assert bottom == 260 - 20, "the caption's two rows are below the picture, and end with the type area"
        for left in (0, 56):
            rows = [row for row in page.rows(left, left + 48) if row < bottom / 10]
            assert rows == list(range(round(top / 10) - 1)), "every row is full down to the row of air over the picture"
        assert len(page.sized(SIZE)) == 6 * count + 2
        assert 22 <= page.rows(111, 160)[-1] <= 25
        assert {each.check for each in page.composed.findings} <= {"page.short_foot"}


@pytest.mark.parametrize("count", [63, 64, 66])
def test_a_box_at_the_foot_of_two_columns_of_three(tmp_path: Path, count: int) -> None:
    box = (
        '<div style="height:60pt;background:device-cmyk(0 0 0 0.1)">'
        '<div class="f" data-flow="b" style="height:40pt"></div></div>'
    )
    body = BELOW.format(columns=PAIR, below=box, air="padding-top:10pt;")
    page = printed(tmp_path, body, text("a", lines(count)), text("b", "资料框"), css=ZERO)
    assert foot_box(page) == (200, 260)
    for left in (0, 56):
        assert [row for row in page.rows(left, left + 48) if row < 20] == list(range(19)), "level, a row of air below"
    assert page.rows(111, 160)[:20] == list(range(20)), "what is not above the box runs on"
    overset = [f.amount["lines"] for f in page.composed.findings if f.check == "page.overset"]
    assert overset == ([2] if count == 66 else [])
    assert page.rows(111, 160)[-1] == min(count - 39, 25)


def test_a_box_as_tall_as_its_lines_at_the_foot(tmp_path: Path) -> None:
    box = '<div style="background:device-cmyk(0 0 0 0.1)"><div class="f" data-flow="b"></div></div>'
    body = BELOW.format(columns=PAIR, below=box, air="padding-top:10pt;")
    page = printed(tmp_path, body, text("a", lines(67)), text("b", "全" * 44), css=ZERO)
    top, bottom = foot_box(page)
    assert (bottom, bottom - top) == (260, 40)
    for left in (0, 56):
        assert max(row for row in page.rows(left, left + 48) if row * 10 < top) == (top - 10) / 10 - 1


def test_a_frame_of_one_line_off_the_grid_holds_it(tmp_path: Path) -> None:
    page = printed(tmp_path, frame("a", 0, 3, 160, 10), text("a", "图片说明"), css=".f{text-indent:0}")
    assert "".join(glyph.text for glyph in page.glyphs) == "图片说明"
    assert page.glyphs[0].y == pytest.approx(20 + 3 + 1 + 0.88 * SIZE, abs=0.05)
    assert page.composed.findings == ()


def test_a_frame_of_two_lines_off_the_grid_stands_on_it(tmp_path: Path) -> None:
    page = printed(tmp_path, frame("a", 0, 3, 160, 27), text("a", "图" * 30), css=".f{text-indent:0}")
    assert page.rows(0, 160) == [1, 2]


def test_a_frame_as_tall_as_its_lines_off_the_grid_holds_them(tmp_path: Path) -> None:
    body = '<div class="f" data-flow="a" style="position:absolute;top:3pt;left:0;width:160pt"></div>'
    page = printed(tmp_path, body, text("a", "图" * 50), css=".f{text-indent:0}")
    assert len(page.sized(SIZE)) == 50
    assert all(row == round(row) for row in page.rows(0, 160))


STRANDED = ("全" * 126, "#重点项目", "全" * 36, "#民生实事", "全" * 120)


def two_columns(flow: str, height: int) -> str:
    return frame(flow, 0, 0, 72, height) + frame(flow, 80, 0, 72, height)


def test_rows_left_empty_under_a_heading_kept_from_a_columns_foot_are_counted(tmp_path: Path) -> None:
    flow, texts = headed(*STRANDED)
    page = printed(tmp_path, two_columns(flow, 250), *texts, css=HEADED + ".f{text-indent:0}")
    assert page.rows(0, 72)[-1] < 25 - 1
    assert page.rows(80, 152)[-1] <= 24
    empty = 24 - page.rows(0, 72)[-1]
    told = [each for each in page.composed.findings if each.check == "page.column_short"]
    assert [(each.amount["lines"], each.amount["column"]) for each in told] == [(empty, 1)]
    assert "民生实事" in told[0].message.zh


@pytest.mark.parametrize("most", [4, 5, 8])
def test_headings_take_the_rows_left_empty_where_the_design_lets_them(tmp_path: Path, most: int) -> None:
    flow, texts = headed(*STRANDED)
    plain = printed(tmp_path / "plain", two_columns(flow, 250), *texts, css=HEADED + ".f{text-indent:0}")
    empty = int(24 - plain.rows(0, 72)[-1])
    more = HEADED + f".f{{text-indent:0}} .f [data-kind=heading] {{ --rows-most: {most} }}"
    page = printed(tmp_path / "more", two_columns(flow, 250), *texts, css=more)
    assert empty == 4
    assert page.rows(0, 72)[-1] == min(24, 24 - empty + most - 3)
    assert page.rows(80, 152) == plain.rows(80, 152)
    assert "".join(glyph.text for glyph in page.glyphs) == "".join(glyph.text for glyph in plain.glyphs)
    assert all(row == round(row) for row in page.rows(0, 160))
    # What it takes stands above it: the text comes as near below it as before.
    after = [min(row for row in each.rows(0, 72) if 20 + row * 10 > each.sized(12)[0].y) for each in (page, plain)]
    assert after[0] * 10 - page.sized(12)[0].y == pytest.approx(after[1] * 10 - plain.sized(12)[0].y, abs=0.05)


def heading_tops(page: Printed) -> dict[str, float]:
    """The height of every heading's first character, by that character."""
    return {glyph.text: glyph.y for glyph in page.sized(12)}


@pytest.mark.parametrize(("rows", "meet"), [(11, True), (10, True), (8, False), (14, False)])
def test_headings_level_in_neighbouring_columns_are_told_with_both_places(
    tmp_path: Path, rows: int, meet: bool
) -> None:
    flow, texts = headed("全" * 99, "#天地", "全" * (99 + 9 * rows), "#玄黄", "全" * 27)
    page = printed(tmp_path, two_columns(flow, 250), *texts, css=HEADED + ".f{text-indent:0}")
    tops = heading_tops(page)
    assert {glyph.text: glyph.x > 99 for glyph in page.sized(12)} == {"天": False, "地": False, "玄": True, "黄": True}
    assert (abs(tops["天"] - tops["玄"]) < 14) == meet
    told = [each for each in page.composed.findings if each.check == "page.headings_meet"]
    assert [each.amount["headings"] for each in told] == ([["天地", "玄黄"]] if meet else [])
    assert all(len(each.amount["places"]) == 2 for each in told)


def test_headings_that_the_design_stands_side_by_side_are_not_told(tmp_path: Path) -> None:
    body = (
        frame("h1", 0, 0, 72, 30) + frame("h2", 80, 0, 72, 30) + frame("a", 0, 30, 72, 90) + frame("b", 80, 30, 72, 90)
    )
    texts = [text("h1", "天地", kind="heading"), text("h2", "玄黄", kind="heading"), text("a", COPY), text("b", COPY)]
    page = printed(tmp_path, body, *texts, css=HEADED)
    assert not [each for each in page.composed.findings if each.check == "page.headings_meet"]


@pytest.mark.parametrize("size", [16, 12])
def test_headlines_alike_side_by_side_are_noted(tmp_path: Path, size: int) -> None:
    body = frame("one.headline", 0, 0, 72, 30) + frame("two.headline", 80, 0, 72, 30)
    css = ".f { font-size: 16pt; line-height: 30pt; text-indent: 0 }"
    css += f'[data-flow="two.headline"] {{ font-size: {size}pt }}'
    texts = [text("one.headline", "天地", kind="heading"), text("two.headline", "玄黄", kind="heading")]
    page = printed(tmp_path, body, *texts, css=css)
    alike = {round(glyph.size) for glyph in page.glyphs} == {16}
    assert alike == (size == 16)
    told = [each.amount["headlines"] for each in page.composed.findings if each.check == "page.headlines_alike"]
    assert told == ([["天地", "玄黄"]] if alike else [])


def test_lines_beside_a_box_in_mid_column_keep_to_the_wider_side(tmp_path: Path) -> None:
    """A line in two parts, left and right of a box, makes the eye jump at every line: newspapers set the wider side."""
    page = printed(tmp_path, frame("a", 0, 0, 160, 250) + around(56, 40, 40, 40), text("a", COPY * 5))
    assert_clear(page, 56, 40, 40, 40)
    beside = [glyph for glyph in page.glyphs if 4 <= (glyph.y - 20) / 10 < 8]
    assert len(beside) > 20
    assert min(glyph.x for glyph in beside) >= 20 + 96
    assert max(glyph.ink[2] for glyph in beside) <= 20 + 160.1
