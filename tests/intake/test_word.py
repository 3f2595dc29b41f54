"""What Word and WPS write, read: one case for each thing that a Word file may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from intake.word_files import PNG, level, numbered, p, picture, r, relation, run, table, text_box, word_file
from layout.intake.model import CopyBlock, CopyBox, CopyParagraph, CopyPicture, CopyTable, Received
from layout.intake.word import read_word

HEADING = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="my"><w:name w:val="章题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="out"><w:name w:val="我的"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def styled(words: str, style: str) -> str:
    return p(words, properties=f'<w:pStyle w:val="{style}"/>')


def lists(*levels: str, more: str = "") -> dict[str, str]:
    return {
        "numbering": f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    }


NOTES = {
    "footnotes": '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{p("含续建。")}</w:footnote><w:footnote w:id="3">{p("按可比价。")}</w:footnote>',
    "endnotes": f'<w:endnote w:id="2">{p("见附件。")}</w:endnote>',
}


def field_(code: str, shown: str) -> str:
    begin, parted, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    result = parted + r(shown) if shown else ""
    return begin + run(f"<w:instrText>{code}</w:instrText>") + result + end


@dataclass(frozen=True)
class Case:
    body: str
    lines: str
    """One for each paragraph; ``#1 `` before a heading of level 1, ``[图 caption]`` a picture, ``|`` in tables."""
    findings: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)


CASES = {
    "paragraphs, empty ones counted, indents gone": Case(p("　　甲。") + p("") + p("乙。 "), "甲。\n乙。"),
    "runs put together": Case(p(r("全"), r("区"), r("上下", "<w:b/>")), "全区**上下**"),
    "a bold line is bold": Case(p(r("小标题", "<w:b/>")), "**小标题**"),
    "黑体 stands for bold, 雅黑 does not": Case(
        p("正文", r("要点", '<w:rFonts w:eastAsia="黑体"/>'), r("网文", '<w:rFonts w:eastAsia="微软雅黑"/>')), "正文**要点**网文"
    ),
    "bold by a character style, and switched off": Case(
        p(r("重", '<w:rStyle w:val="s"/>'), r("不", '<w:rStyle w:val="s"/><w:b w:val="0"/>')), "**重**不", parts={"styles": HEADING}
    ),
    "headings by style, by a style based on it, by outline level": Case(
        styled("一章", "1") + styled("二章", "my") + styled("三节", "out") + p("四", properties='<w:outlineLvl w:val="2"/>'),
        "#1 一章\n#1 二章\n#2 三节\n#3 四", parts={"styles": HEADING},
    ),
    "title": Case(styled("主题", "t"), "#0 **主题**", parts={"styles": HEADING}),
    "quotation": Case(styled("引文", "q"), "> 引文", parts={"styles": HEADING}),
    "WPS names styles in Chinese": Case(
        styled("一章", "2") + styled("主题", "3"), "#2 一章\n#0 主题",
        parts={"styles": '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>'
               '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="标题"/></w:style>'},
    ),
    "styles in a circle": Case(
        styled("甲", "x"), "甲",
        parts={"styles": '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="x"/><w:basedOn w:val="y"/></w:style>'
               '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="y"/><w:basedOn w:val="x"/></w:style>'},
    ),
    "tabs and breaks": Case(
        p(run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/><w:t>丁</w:t>")), "甲\t乙\n丙丁", ("line_break",)
    ),
    "hyphens": Case(p(run("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t>")), "a-bc"),
    "numbers 一、（一）1. with levels that begin anew": Case(
        "".join(numbered(words, depth=depth) for words, depth in
                (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1))),
        "一、甲\n（一）乙\n（二）丙\n1.丁\n二、戊\n（一）己", ("numbered",),
        lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")),
    ),
    "numbers that begin at five, and below a heading's": Case(
        numbered("甲") + numbered("乙", depth=1), "5. Alpha".replace(" Alpha", "甲") + "\n5.1乙", ("numbered",),
        lists(level(0, "decimal", "%1.", start=5), level(1, "decimal", "%1.%2")),
    ),
    "第一章 with a space of the list": Case(numbered("总则"), "第一章总则", ("numbered",), lists(level(0, "chineseCountingThousand", "第%1章"))),
    "decimal whatever the levels say": Case(
        numbered("甲") + numbered("乙", depth=1), "一、甲\n1.1乙", ("numbered",),
        lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>")),
    ),
    "two instances of one list go on, a start of its own does not": Case(
        numbered("甲") + numbered("乙", 2) + numbered("丙", 3), "1.甲\n2.乙\n1.丙", ("numbered",),
        lists(level(0, "decimal", "%1."), more='<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
              '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'),
    ),
    "other kinds of numbers": Case(
        "".join(numbered("x", depth=depth) for depth in range(6)), "①x\n甲x\nB) x\niv x\n壹x\n⑴x", ("numbered",),
        lists(level(0, "decimalEnclosedCircleChinese", "%1"), level(1, "ideographTraditional", "%2"),
              level(2, "upperLetter", "%3)", start=2), level(3, "lowerRoman", "%4", start=4),
              level(4, "chineseLegalSimplified", "%5"), level(5, "decimalEnclosedParen", "%6")),
    ),
    "a kind that nobody knows": Case(numbered("甲"), "1甲", ("number_kind", "numbered"), lists(level(0, "thaiNumbers", "%1"))),
    "bullets are items": Case(numbered("甲"), "- 甲", ("bullet",), lists(level(0, "bullet", "\uf06c"))),
    "numbers by the style of a heading": Case(
        styled("甲", "1"), "#1 一、甲", ("numbered",),
        {"styles": '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
         **lists(level(0, "chineseCounting", "%1、"))},
    ),
    "no number where the paragraph says 0": Case(numbered("甲", 0), "甲", (), lists(level(0, "decimal", "%1."))),
    "a table": Case(table(("科目", "金额"), ("教育", "1.5")), "科目|金额\n教育|1.5"),
    "cells that reach over columns and rows": Case(
        "<w:tbl><w:tr>" + f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('甲')}</w:tc><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('乙')}</w:tc>"
        + "</w:tr><w:tr>" + f"<w:tc>{p('丙')}</w:tc><w:tc>{p('丁')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        "甲(1×2)|乙(2×1)\n丙|丁",
    ),
    "a table of one cell is a box": Case(table(("链接文字。",)), "[链接文字。]"),
    "lines of a cell": Case(table(("甲", f"<w:tc>{p('乙')}{p('丙')}</w:tc>")), "甲|乙⏎丙", ("cell_lines",)),
    "a table in a table": Case(table(("甲", f"<w:tc>{table(('乙', '丙'))}<w:p/></w:tc>")), "甲|乙⏎丙", ("cell_lines",)),
    "a table's title": Case(p("表1 收支简表") + table(("甲", "乙")), "《表1 收支简表》\n甲|乙", ("guess_caption",)),
    "a row whose deletion is tracked": Case(
        "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc>" + p("甲") + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>",
        "甲|乙",
    ),
    "notes, numbered as they are met": Case(
        p("甲", run("<w:footnoteReference w:id='3'/>"), "乙", run("<w:endnoteReference w:id='2'/>"), "丙", run("<w:footnoteReference w:id='2'/>")),
        "甲[^1]乙[^2]丙[^3]\n1: 按可比价。\n2: 见附件。\n3: 含续建。", (), NOTES,
    ),
    "a note that is not there": Case(p("甲", run("<w:footnoteReference w:id='9'/>")), "甲", (), NOTES),
    "insertions are taken, deletions are not": Case(
        p("甲", f"<w:ins w:id='1' w:author='x'>{r('加')}</w:ins>", "<w:del w:id='2'><w:r><w:delText>删掉的</w:delText></w:r></w:del>", "乙"),
        "甲加乙", ("tracked",),
    ),
    "what was moved stands where it went": Case(p(f"<w:moveFrom w:id='1'>{r('移')}</w:moveFrom>", "甲", f"<w:moveTo w:id='2'>{r('移')}</w:moveTo>"), "甲移", ("tracked",)),
    "an end of a paragraph whose deletion is tracked": Case(p("甲", properties="<w:rPr><w:del w:id='1'/></w:rPr>") + p("乙"), "甲乙"),
    "the words of a row whose deletion is tracked": Case(
        table(("甲", "乙"), ("丙", "丁"), ("戊", "己")).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>", 1), "丙|丁\n戊|己", ("tracked",)
    ),
    "comments": Case(
        p("甲", run("<w:commentReference w:id='0'/>"), "乙"), "甲乙", ("comment",), {"comments": f'<w:comment w:id="0" w:author="王五">{p("核实数字")}</w:comment>'}
    ),
    "hidden text": Case(p("甲", r("内部", "<w:vanish/>"), "乙"), "甲乙", ("hidden",)),
    "words struck through": Case(p("甲", r("划掉", "<w:strike/>"), r("再划", "<w:dstrike/>"), r("乙", '<w:strike w:val="0"/>')), "甲划掉再划乙", ("struck",)),
    "struck through by a style": Case(styled("划掉", "x"), "划掉", ("struck",),
                                      {"styles": '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="x"/><w:rPr><w:strike/></w:rPr></w:style>'}),
    "struck through and hidden": Case(p("甲", r("内部", "<w:vanish/><w:strike/>")), "甲", ("hidden",)),
    "a field": Case(p("见第", field_(" PAGEREF x ", "3"), "页"), "见第3页", ("field",)),
    "a field in a field": Case(p(field_(f" IF {'1'} ", "是"), "甲"), "是甲", ("field",)),
    "a simple field": Case(p("<w:fldSimple w:instr=' SEQ 图 '>" + r("2") + "</w:fldSimple>"), "2", ("field",)),
    "a field that never ends": Case(p(run('<w:fldChar w:fldCharType="begin"/>'), run("<w:instrText> X </w:instrText>")) + p("甲"), "甲"),
    "a link": Case(p("见", "<w:hyperlink r:id='h'>" + r("官网") + "</w:hyperlink>"), "见官网", ("link",)),
    "the link of a field": Case(p(field_(' HYPERLINK "http://x" ', "官网")), "官网", ("link",)),
    "a reading": Case(p(run("<w:ruby><w:rt>" + r("tún") + "</w:rt><w:rubyBase>" + r("屯") + "</w:rubyBase></w:ruby>"), "留"), "[屯]{tún}留"),
    "a reading as WPS writes it": Case(p(field_(r" EQ \* jc2 \* hps10 \o\ad(\s\up 9(tún),屯)", ""), "留"), "[屯]{tún}留"),
    "a number in a circle": Case(p(field_(r" eq \o\ac(○,3)", ""), "甲"), "③甲"),
    "another formula field": Case(p(field_(r" EQ \f(1,2)", ""), "甲"), "1,2甲", ("circled",)),
    "a formula": Case(p("当", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "当a+b", ("formula",)),
    "signs of symbol fonts": Case(
        p(run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), run('<w:sym w:font="Symbol" w:char="F061"/>'), run('<w:sym w:font="Webdings" w:char="F0AA"/>')),
        "✓α", ("sign",),
    ),
    "raised and lowered": Case(p("m", r("2", '<w:vertAlign w:val="superscript"/>'), "H", r("2", '<w:vertAlign w:val="subscript"/>'), "O"), "m^2^H~2~O"),
    "dots, line, italic": Case(p(r("点", '<w:em w:val="dot"/>'), r("线", '<w:u w:val="single"/>'), r("斜", "<w:i/>")), "[点]{.dot}[线]{.line}[斜]{.emphasis}"),
    "content controls, and their prompts": Case(
        p("<w:sdt><w:sdtContent>" + r("甲") + "</w:sdtContent></w:sdt>", "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("单击此处") + "</w:sdtContent></w:sdt>")
        + "<w:sdt><w:sdtContent>" + p("乙") + "</w:sdtContent></w:sdt>", "甲\n乙", ("prompt",),
    ),
    "smart tags and custom XML": Case(p("<w:smartTag>" + r("1月") + "</w:smartTag>", "<w:customXml>" + r("甲") + "</w:customXml>"), "1月甲"),
    "a table of contents": Case(styled("一、…3", "toc1") + p("甲"), "甲", ("contents",), {"styles": HEADING}),
    "headers and footers": Case(p("甲"), "甲", ("furniture", "furniture"), {"header": p("内部资料"), "footer": p("第1页")}),
    "a watermark, and WordArt in the copy": Case(
        p(run("<w:pict><v:shape><v:textpath string='喜迎两会'/></v:shape></w:pict>"), "甲"), "甲", ("furniture", "object"),
        {"header": p(run("<w:pict><v:shape><v:textpath string='内部资料'/></v:shape></w:pict>"))},
    ),
    "a text box once, though it stands there twice": Case(p("甲", text_box(p("链接") + p("什么是标准地。"))), "甲\n[链接⏎什么是标准地。]"),
    "a picture and its caption": Case(p(picture(describe="会场")) + styled("会场一角。（张三 摄）", "c") + p("甲"), "[图 会场一角。/张三 摄]\n甲", (), {"styles": HEADING}, {"rId9": PNG}),
    "a caption that is known by its words": Case(p(picture()) + p("图为会场。李四/摄") + p("甲"), "[图 图为会场。/李四/摄]\n甲", ("guess_caption",), {}, {"rId9": PNG}),
    "a picture shown twice is one": Case(p(picture()) + p("甲") + p(picture()), "[图 /]\n甲", (), {}, {"rId9": PNG}),
    "pictures in a table, captions below": Case(
        f"<w:tbl><w:tr><w:tc>{p(picture())}</w:tc><w:tc>{p(picture('rId8'))}</w:tc></w:tr><w:tr><w:tc>{p('左图')}</w:tc><w:tc>{p('右图')}</w:tc></w:tr></w:tbl>",
        "[图 左图/]\n[图 右图/]", (), {}, {"rId9": PNG, "rId8": PNG + b"8"},
    ),
    "a long text beside a picture in a table is no caption": Case(
        f"<w:tbl><w:tr><w:tc>{p(picture())}{p('全区上下。' * 30)}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>",
        f"{'全区上下。' * 30}|乙\n[图 /]", (), {}, {"rId9": PNG},
    ),
    "a picture's caption in a text box": Case(p(text_box(p(picture()) + p("会场一角"))), "[图 会场一角/]", (), {}, {"rId9": PNG}),
    "a picture that is not there": Case(p(picture(), "甲"), "甲", ("picture_left",)),
    "a picture of VML": Case(p(run('<w:pict><v:shape><v:imagedata r:id="rId9" o:title="景"/></v:shape></w:pict>')), "[图 /]", (), {}, {"rId9": PNG}),
    "a chart": Case(p(run("<w:drawing><a:graphic><c:chart r:id='x'/></a:graphic></w:drawing>"), "甲"), "甲", ("object",)),
    "an embedded object": Case(p(run("<w:object><v:shape><v:imagedata r:id='rId9'/></v:shape><o:OLEObject/></w:object>"), "甲"), "甲", ("object",), {}, {"rId9": PNG}),
    "control characters": Case(p(r("甲\u0085乙\u2028丙\ufdd0丁")), "甲\n乙\n丙丁", ("control",)),
}  # fmt: skip


def written(block: CopyBlock) -> str:
    match block:
        case CopyParagraph():
            signs = {"title": "#0 ", "heading": f"#{block.level} ", "quote": "> ", "item": "- "}
            return signs.get(block.role, "") + block.number + "".join(map(_run, block.runs))
        case CopyPicture():
            return f"[图 {block.caption}/{block.credit}]"
        case CopyBox():
            return f"[{'⏎'.join(each.text for each in block.paragraphs)}]"
        case CopyTable():
            lines = [[cell for cell in block.cells if cell.row == row] for row in range(block.rows)]
            text = "\n".join("|".join(_cell(cell) for cell in line) for line in lines)
            return f"《{block.title.text}》\n{text}" if block.title else text


def _cell(cell) -> str:
    over = f"({cell.rows}×{cell.columns})" if cell.rows * cell.columns > 1 else ""
    return cell.text.replace("\n", "⏎") + over


def _run(each) -> str:
    words = f"[^{each.note}]" if each.note else each.text
    if each.ruby:
        words = f"[{words}]{{{each.ruby}}}"
    if names := [*each.under, *(["emphasis"] if each.emphasis else [])]:
        words = f"[{words}]{{.{' .'.join(names)}}}"
    words = {"super": f"^{words}^", "sub": f"~{words}~"}.get(each.level, words)
    return f"**{words}**" if each.strong else words


def lines_of(received: Received) -> str:
    notes = [f"{note.label}: {''.join(each.text for each in note.paragraphs)}" for note in received.notes]
    return "\n".join([*map(written, received.blocks), *notes])


@pytest.mark.parametrize("name", CASES)
def test_what_a_word_file_holds(name: str) -> None:
    case = CASES[name]
    received = read_word(
        word_file(
            case.body,
            parts=case.parts,
            media=case.media,
            relations=relation("h", "hyperlink", "http://x", external=True),
        ),
        "来稿.docx",
    )
    assert lines_of(received) == case.lines
    assert sorted(each.check for each in received.findings) == sorted(f"intake.{each}" for each in case.findings)


def test_findings_say_where_and_how_much_and_name_nobody() -> None:
    body = (
        p("甲")
        + p("乙", f"<w:ins w:id='1' w:author='王五'>{r('加')}</w:ins>")
        + p("丙", "<w:del w:id='2' w:author='王五'><w:r><w:delText>删掉</w:delText></w:r></w:del>")
    )
    (found,) = read_word(word_file(body), "来稿.docx").findings
    assert found.message.zh == "第 2、3 段有修订没有接受：插入 1 处 1 字，照接受收进；删去 1 处 2 字，没有收（删掉）"
    assert found.message.en.startswith("Changes at paragraphs 2, 3 are not accepted. Taken as accepted: insertions 1")
    assert found.hint is not None


def test_places_count_every_paragraph_of_the_running_text_and_those_of_a_box_by_themselves() -> None:
    received = read_word(
        word_file(p("甲") + p("") + p("乙", text_box(p("丙"))) + table(("丁", "戊")) + p("己")), "来稿.docx"
    )
    paragraphs = list(received.paragraphs())
    assert [each.place.where.zh for each in paragraphs] == ["第 1 段", "第 3 段", "第 6 段"]
    (box,) = (each for each in received.blocks if isinstance(each, CopyBox))
    assert box.paragraphs[0].place.where.zh == "文本框 1 第 1 段"
    assert str(paragraphs[0].place.place) == "来稿.docx"


def test_a_line_s_size_and_place_on_the_page_are_known() -> None:
    body = p(r("题", '<w:sz w:val="44"/>'), properties='<w:jc w:val="center"/>')
    (paragraph,) = read_word(word_file(body), "来稿.docx").paragraphs()
    assert (paragraph.size, paragraph.align, paragraph.bold) == (22.0, "center", False)


def test_bold_says_nothing_where_most_is_bold() -> None:
    long = "全区上下深入推进转型发展。" * 20
    received = read_word(word_file(p(r(long, "<w:b/>")) + p(r("甲", "<w:b/>"), "乙")), "来稿.docx")
    assert lines_of(received) == f"{long}\n甲乙"
    assert [each.check for each in received.findings] == ["intake.all_bold"]
