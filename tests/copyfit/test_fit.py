"""Copyfit on a real, small page: what is asserted is where the lines stand."""

from pathlib import Path

import pytest

from layout.errors import Faults, Place, PlanError, TemplateError
from layout.flows import Flow
from layout.fontbook import NoGlyphError
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from small_page import composed_page as compose

COPY = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"


def text(flow: str, *paragraphs: str, kind: ParagraphKind = "body") -> Text:
    return Text(
        Flow.parse(flow), tuple(Paragraph(kind, (Run(p, Place("a.md", n)),)) for n, p in enumerate(paragraphs, 1))
    )


BAND = """<div data-band="one">
<div data-column style="float:left;width:72pt"><div class="f" data-flow="s.1"></div></div>
<div data-column style="float:right;width:72pt">
<div data-picture="p" style="height:50pt;min-height:20pt;max-height:240pt"></div>
<div class="f" data-flow="s.1"></div></div>
</div>"""


def test_the_page_is_exactly_full_and_its_columns_level(tmp_path: Path) -> None:
    page = compose(tmp_path, BAND, text("s.1", COPY * 8))
    assert page.page.content_bottom == pytest.approx(page.page.type_area.bottom, abs=0.01)
    assert [frame.box.bottom for frame in page.page.frames] == pytest.approx([280, 280], abs=0.01)
    told = [(each.check, each.amount["lines"]) for each in page.findings if each.check.startswith("page.")]
    assert told == [("page.short_foot", 3)]  # what whole lines leave of the last column


def test_columns_whose_heights_the_css_fixes_are_told_where_they_stay_empty(tmp_path: Path) -> None:
    """Twenty lines in three frames of ten: no row can be given away, and the third is empty."""
    frame = '<div class="f" data-flow="s.1" style="float:left;width:50pt;height:100pt"></div>'
    page = compose(tmp_path, frame * 3, text("s.1", "字" * 118))
    told = [(each.check, each.amount["lines"]) for each in page.findings if each.check.startswith("page.")]
    assert told == [("page.short_foot", 10)]


def test_every_baseline_is_on_the_grid(tmp_path: Path) -> None:
    page = compose(tmp_path, BAND, text("s.1", COPY * 2, COPY * 2))
    first = page.lines[0].baseline
    assert all(abs((line.baseline - first) / 10 - round((line.baseline - first) / 10)) < 0.001 for line in page.lines)


def test_copy_is_kept_whole_and_in_order(tmp_path: Path) -> None:
    page = compose(tmp_path, BAND, text("s.1", COPY * 2, COPY * 2))
    assert "".join(line.line.text for line in page.lines) == COPY * 4


def test_a_first_line_is_indented_and_the_rest_is_flush(tmp_path: Path) -> None:
    page = compose(tmp_path, BAND, text("s.1", COPY * 4))
    first, second = page.lines[0], page.lines[1]
    assert first.x + first.line.placed[0].x * 8 == pytest.approx(20 + 16)
    assert second.line.placed[0].x == pytest.approx(0)
    last = second.line.placed[-1]
    assert last.x + last.advance == pytest.approx(9, abs=0.001)


def test_the_first_paragraph_under_a_heading_may_stand_flush(tmp_path: Path) -> None:
    opening, next_one = (Paragraph("body", (Run(COPY, Place("a.md", n)),), after_heading=n == 1) for n in (1, 2))
    page = compose(tmp_path, BAND, Text(Flow.parse("s.1"), (opening, next_one)), css=".f { --after-heading: flush }")
    heads = [line.line.placed[0].x for line in page.lines if line.line.start == 0]
    assert heads == pytest.approx([0, 2])


def test_overset_is_a_finding_with_its_size_and_place(tmp_path: Path) -> None:
    page = compose(tmp_path, '<div class="f" data-flow="s.1" style="width:72pt;height:20pt"></div>', text("s.1", COPY))
    overset = next(finding for finding in page.findings if finding.check == "page.overset")
    assert overset.amount["lines"] == 4
    assert overset.amount["characters"] == len(COPY) - sum(len(line.line.text) for line in page.lines)
    assert overset.place == Place("a.md", 1)


def test_underset_is_a_finding_with_its_rows(tmp_path: Path) -> None:
    short = BAND.replace("max-height:240pt", "max-height:60pt")
    underset = [
        finding for finding in compose(tmp_path, short, text("s.1", COPY)).findings if finding.check == "page.underset"
    ]
    assert underset[0].amount["rows"] > 5


def test_a_text_without_frame_would_be_lost_and_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="would be lost"):
        compose(tmp_path, BAND, text("s.1", COPY), text("s.closing", "谢谢"))


def test_a_frame_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="which the issue has not"):
        compose(tmp_path, BAND + '<div class="f" data-flow="s.deck"></div>', text("s.1", COPY))


@pytest.mark.parametrize(
    ("wanted", "part", "hint"),
    [
        ("closing", "结尾", "在稿末另起一行写 ***"),
        ("section-3", "第 3 节", "写上第 3 个小标题（## 小标题）"),
        ("table-1", "表格 1", "写上第 1 张表格"),
        ("footnotes", "注", "[^1]"),
    ],
)
def test_a_part_of_the_copy_that_the_design_wants_is_told_to_the_editor(
    tmp_path: Path, wanted: str, part: str, hint: str
) -> None:
    with pytest.raises(PlanError) as caught:
        compose(tmp_path, BAND + f'<div class="f" data-flow="s.{wanted}"></div>', text("s.1", COPY))
    fault = caught.value
    assert f"有{part}，" in fault.message.zh
    assert fault.place == Place("a.md", 1)
    assert fault.hint
    assert fault.hint.designer is None
    assert hint in fault.hint.zh


def test_a_character_without_glyph_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(NoGlyphError) as caught:
        compose(tmp_path, BAND, text("s.1", COPY, "屯留𪚥区"), css='.f { font-family: "Xingkai 400", "Song 700" }')
    fault = caught.value.faults()[0]
    assert "U+2A6A5" in fault.message.zh
    assert fault.place == Place("a.md", 2)


def test_all_characters_without_glyph_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        compose(tmp_path, BAND, text("s.1", "甲😀乙⅓丙，又是😀。", "丁𱅒戊"))
    assert [fault.message.zh[6] for fault in caught.value.faults()] == ["😀", "⅓", "𱅒"]
    assert [fault.place.line for fault in caught.value.faults()] == [1, 1, 2]


@pytest.mark.parametrize(
    ("words", "size", "told"),
    [
        ("加快构建新发展格局", 20, ["发|展"]),
        ("加快构建新发展格局", 13, []),
        ("凝聚强劲动能", 20, []),  # the model is not sure of it
        ("全区重点项目", 20, []),
    ],
)
def test_a_word_torn_in_display_type_is_told(tmp_path: Path, words: str, size: int, told: list[str]) -> None:
    """Whatever frame it stands in: not in one that breaks by sense alone."""
    measure = 6 if "构建" in words else 4
    css = f'.h {{ width: {measure * size}pt; height: {3 * size}pt; font: {size}pt/{size}pt "Song 900" }}'
    body = BAND + '<div class="h" data-flow="s.kicker"></div>'
    page = compose(tmp_path, body, text("s.1", COPY), text("s.kicker", words, kind="kicker"), css=css)
    assert [each.amount["torn"] for each in page.findings if each.check == "line.torn_word"] == told


def test_auto_height_is_as_tall_as_the_lines(tmp_path: Path) -> None:
    body = '<div class="f" data-flow="s.lede" style="width:72pt"></div><p style="margin:0;height:10pt"></p>'
    page = compose(tmp_path, body, text("s.lede", COPY, kind="lede"))
    assert page.page.frames[0].box.height == pytest.approx(10 * len(page.lines))


def test_vertical_lines_run_from_right_to_left(tmp_path: Path) -> None:
    body = '<div class="f" data-flow="h" style="width:40pt;height:80pt;--vertical:1;text-align:left"></div>'
    page = compose(tmp_path, body, text("h", "合力固基层强队伍转作风为各级干部", kind="heading"))
    assert all(line.vertical for line in page.lines)
    assert [line.x for line in page.lines] == sorted((line.x for line in page.lines), reverse=True)
    assert page.lines[0].x == pytest.approx(20 + 40 - 9)


def test_a_composer_option_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="--kinsoku"):
        compose(tmp_path, BAND, text("s.1", COPY), css=".f { --kinsoku: strickt }")


def test_a_frame_that_is_not_on_the_sheet_is_not_asked_for_again(tmp_path: Path) -> None:
    css = ".gone { display: none }"
    body = BAND + '<div class="f gone" data-flow="s.closing"></div>'
    with pytest.raises(TemplateError, match="which is not on the sheet") as caught:
        compose(tmp_path, body, text("s.1", COPY), text("s.closing", "谢谢"), css=css)
    assert "data-flow" not in caught.value.hint.zh
