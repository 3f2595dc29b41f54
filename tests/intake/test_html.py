"""HTML and Markdown of others, read: the article, its blocks in order, what stands around it told."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from intake.test_word import lines_of, written
from intake.word_files import PNG
from layout.intake.html import read_html
from layout.intake.markdown_reader import read_markdown
from layout.intake.model import CopyBox, CopyPicture
from layout.intake.readers import read_received

LONG = "全区上下深入推进转型发展，全年谋划重点项目三百三十二个，总投资八百九十三亿元，开工率七成五。"


def read(html: str) -> str:
    return lines_of(read_html(html.encode(), "来稿.html"))


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>　　甲。</p><p>&nbsp;&nbsp;乙。</p>", "甲。\n乙。"),
        ("<div>甲<br>乙<br/><br>丙</div>", "甲\n乙\n丙"),
        ("<p>全区上下\n谋发展，Hello\nworld</p>", "全区上下谋发展，Hello world"),
        ("<p>全<b>区</b><strong>上</strong>下<span style='font-weight:700'>谋</span></p>", "全**区上**下**谋**"),
        ("<h1>主题</h1><h2>一章</h2><p>甲。</p><h3>一节</h3><p>乙。</p>", "#0 主题\n#2 一章\n甲。\n#3 一节\n乙。"),
        ("<p>m<sup>2</sup>，H<sub>2</sub>O，<i>斜</i><u>线</u></p>", "m^2^，H~2~O，[斜]{.emphasis}[线]{.line}"),
        ("<p><ruby>屯<rp>(</rp><rt>tún</rt><rp>)</rp>留<rt>liú</rt></ruby>区</p>", "[屯]{tún}[留]{liú}区"),
        ("<ol><li>甲</li><li>乙</li></ol><ol start=5 type=a><li>丙</li></ol>", "1.甲\n2.乙\ne.丙"),
        ("<p>他说<q>好<b>水</b></q>。</p>", "他说“好**水**”。"),
        ("<ul><li>甲</li><li><p>乙</p></li></ul>", "- 甲\n- 乙"),
        ("<blockquote><p>引文</p></blockquote>", "> 引文"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<p>甲<!-- x --><script>1</script><style>p{}</style>乙</p>", "甲乙"),
        ("<div>甲<p>乙</p>丙</div>", "甲\n乙\n丙"),
        ("<p>甲", "甲"),
        ("<p>&lt;甲&gt; &amp; 乙</p>", "<甲> & 乙"),
        (
            "<table><caption>表1</caption><tr><th>科目<th colspan=2>金额<tr><td rowspan=2>教育<td>1<td>2<tr><td>3<td>4</table>",
            "《表1》\n科目|金额(1×2)\n教育(2×1)|1|2\n3|4",
        ),
        ("<table><tr><td><p>版面的框</p><p>不是表</p></td></tr></table>", "版面的框\n不是表"),
        ("<table><tr><td>甲<td rowspan=0>乙<tr></table>", "甲|乙\n|"),
    ],
)
def test_what_a_page_holds(html: str, lines: str) -> None:
    assert read(html) == lines


def test_the_article_is_taken_and_what_stands_around_it_told() -> None:
    page = (
        f"<head><meta charset=utf-8><title>开幕_某报</title></head><div class=nav><a href=/>首页</a></div><h1>大会开幕</h1>"
        f"<div class=info>来源：某报</div><div class=TRS_Editor><p>{LONG}</p><p>{LONG}</p><div class=share>分享到</div></div>"
        f"<div class=related><p>相关新闻</p></div><footer>版权所有</footer>"
    )
    received = read_html(page.encode(), "来稿.html")
    assert lines_of(received) == f"#0 大会开幕\n{LONG}\n{LONG}"
    around = [each.message.zh for each in received.findings]
    assert around == [
        "网页里正文以外的 11 字没有收：“首页 来源：某报 相关新闻”",
        "网页里正文以外的 3 字没有收：“分享到”",
    ]


@pytest.mark.parametrize("element", ["<article>{}</article>", "<main>{}</main>", "<div><div id=zoom>{}</div></div>"])
def test_the_article_is_found_however_it_is_called(element: str) -> None:
    page = f"<div><p>栏目</p></div>{element.format(f'<p>{LONG}</p><p>{LONG}</p>')}<div><p>推荐阅读</p></div>"
    assert read(page) == f"{LONG}\n{LONG}"


def test_a_page_of_a_public_account_and_one_of_a_news_site() -> None:
    account = (
        "<body><div id=js_article class=rich_media><div class=rich_media_inner><h1 id=activity-name>大会开幕</h1>"
        "<div id=meta_content><span>某县融媒</span><em>2026-01-05</em></div>"
        "<div class=rich_media_content id=js_content style='visibility: hidden; opacity: 0; '>"
        f"<section><section><p><span leaf=''>{LONG}</span></p><section><p>{LONG}</p></section></section></section>"
        "<p><img data-src='https://mmbiz.qpic.cn/x' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></p></div></div></div></body>"
    )
    received = read_html(account.encode(), "a.html")
    assert lines_of(received) == f"#0 大会开幕\n{LONG}\n{LONG}"
    assert "intake.hidden" not in {each.check for each in received.findings}
    site = (
        "<body><div class=nav>要闻 图片</div><div class=main><div class='col left'><h1>大会开幕</h1><p class=sou>2026年01月05日</p>"
        f"<div class='rm_txt_con cf'><p style='text-indent: 2em;'>\n\t{LONG}</p><p>\n\t{LONG}</p><p>{LONG}</p><div class=edit>(责编：甲)</div></div>"
        "</div><div class='col right'><h2>热门</h2><ul><li>甲新闻</li></ul></div></div></body>"
    )
    received = read_html(site.encode(), "a.html")
    assert lines_of(received) == f"#0 大会开幕\n{LONG}\n{LONG}\n{LONG}\n(责编：甲)"


@pytest.mark.parametrize(
    ("line", "is_origin"),
    [
        ("2026-01-05 10:20 来源：某报", True), ("发布时间：2026年1月5日", True), ("来源：新华社 编辑：甲", True), ("2026/01/05", True),
        ("2026年1月5日，大会开幕。", False), ("2026年1月5日大会开幕", False), ("来源广泛", False),
    ],
)  # fmt: skip
def test_the_line_of_date_and_origin_is_told_and_not_taken(line: str, is_origin: bool) -> None:
    received = read_html(f"<h1>题</h1><p>{line}</p><p>{LONG}</p>".encode(), "a.html")
    assert ([each.text for each in received.paragraphs()] == ["题", LONG]) is is_origin
    assert ([each.check for each in received.findings] == ["intake.furniture"]) is is_origin


def test_pictures_beside_the_file_are_named_those_inside_taken_those_of_the_web_told() -> None:
    data = base64.b64encode(PNG).decode()
    page = f"<p>{LONG}</p><p><img src='图/1.jpg?x=1' alt='会场'></p><p>图为会场。（李四 摄）</p><p><img src='data:image/png;base64,{data}'></p>"
    page += "<figure><img src='1px.gif' data-src='b.png'><figcaption>右图</figcaption></figure><p><img src='https://example.com/c.jpg'>末段</p>"
    received = read_html(page.encode(), "来稿.html")
    pictures = [each for each in received.blocks if isinstance(each, CopyPicture)]
    assert [(each.name, each.file, each.caption, each.credit, each.alt) for each in pictures] == [
        ("1.jpg", "图/1.jpg", "图为会场。", "李四 摄", "会场"), ("来稿-图1.png", "", "", "", ""), ("b.png", "b.png", "右图", "", ""),
    ]  # fmt: skip
    assert pictures[1].data == PNG
    assert [each.check for each in received.findings] == ["intake.picture_left", "intake.guess_caption"]


def test_pictures_beside_the_file_are_read_and_nothing_outside_its_folder(tmp_path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    folder = tmp_path / "来稿"
    folder.mkdir()
    (folder / "a.png").write_bytes(PNG)
    sources = ("a.png", "../secret.png", "b.png", "/etc/passwd")
    page = f"<p>{LONG}</p>" + "".join(f"<p><img src='{each}'>第{n}段</p>" for n, each in enumerate(sources))
    (folder / "a.html").write_text(page, encoding="utf-8")
    received = read_received(folder / "a.html")
    assert [(each.name, each.data) for each in received.pictures()] == [("a.png", PNG)]
    assert [each.message.zh for each in received.findings] == [
        f"第 {n} 段的图没有收：图“{each}”没有一起来" for n, each in zip((3, 4, 5), sources[1:], strict=True)
    ]


def test_hidden_words_comments_and_links_are_told() -> None:
    page = f"<p>{LONG}<a href=x>官网</a></p><p style='display: none'>内部</p><!-- 这里要核实 --><p>乙</p>"
    checks = {each.check: each.message.zh for each in read_html(page.encode(), "来稿.html").findings}
    assert checks == {
        "intake.comment": "第 2 段有批注“这里要核实”，没有收",
        "intake.link": "第 1 段有链接 1 处，只收了文字",
        "intake.hidden": "第 2 段有隐藏文字 2 字，没有收：“内部”",
    }


NOTICED = "<a href=x>官网</a><p hidden>内部</p><!-- 这里要核实 --><img src='http://x/甲.jpg'>"


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td>{LONG}{NOTICED}</td></tr></table>",
        f"<p>{LONG}</p><table><tr><td>甲{NOTICED}</td><td>乙</td></tr></table>",
        f"<p>{LONG}</p><aside><h3>名词解释</h3><p>标准地：土地。{NOTICED}</p></aside>",
    ],
)
def test_what_is_not_carried_in_tables_and_boxes_is_told(page: str) -> None:
    checks = {each.check for each in read_html(page.encode(), "来稿.html").findings}
    assert checks == {"intake.comment", "intake.link", "intake.hidden", "intake.picture_left"}


INNER = "<table><caption>表一</caption><tr><td>丙</td><td>丁</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (f"<p>{LONG}</p><table><tr><td>甲{INNER}</td><td>乙</td></tr></table>", f"{LONG}\n甲⏎表一⏎丙⏎丁|乙"),
        (f"<table><tr><td>{LONG}{INNER}<p>尾。</p></td></tr></table>", f"{LONG}\n《表一》\n丙|丁\n尾。"),
        (f"<table><caption>框题</caption><tr><td>{LONG}</td></tr></table>", f"框题\n{LONG}"),
        (f"<p>{LONG}</p><table><tr><td>甲<aside>框里</aside></td><td>乙</td></tr></table>", f"{LONG}\n甲⏎框里|乙"),
    ],
)
def test_the_words_of_a_table_in_a_table_are_copy(page: str, lines: str) -> None:
    assert lines_of(read_html(page.encode(), "来稿.html")) == lines


@pytest.mark.parametrize(
    "words",
    ["<s>划掉</s>", "<del>划掉</del>", "<span style='text-decoration: line-through'>划掉</span>",
     "<span style='color: red; text-decoration-line:underline line-through'>划掉</span>"],
)  # fmt: skip
def test_words_struck_through_are_taken_and_told(words: str) -> None:
    received = read_html(f"<p>{LONG}{words}</p>".encode(), "来稿.html")
    assert [each.text for each in received.paragraphs()] == [f"{LONG}划掉"]
    assert [each.message.zh for each in received.findings] == ["第 1 段有划了删除线的字 2 个，照收了：“划掉”"]


def test_words_struck_through_in_markdown_are_told() -> None:
    received = read_markdown("甲~~划掉~~乙，3~5天。\n".encode(), "来稿.md")
    assert [each.text for each in received.paragraphs()] == ["甲划掉乙，3~5天。"]
    assert [each.check for each in received.findings] == ["intake.struck"]


def test_an_aside_is_a_box() -> None:
    received = read_html(f"<p>{LONG}</p><aside><h3>名词解释</h3><p>标准地：土地。</p></aside>".encode(), "来稿.html")
    (box,) = (each for each in received.blocks if isinstance(each, CopyBox))
    assert box.title is not None
    assert (box.title.text, [each.text for each in box.paragraphs]) == ("名词解释", ["标准地：土地。"])


@pytest.mark.parametrize(
    ("charset", "codec"), [("gb2312", "gb18030"), ("gbk", "gb18030"), ("big5", "big5"), ("utf-8", "gb18030")]
)
def test_the_encoding_is_what_the_file_says_where_that_is_true(charset: str, codec: str) -> None:
    words = (
        LONG if codec != "big5" else "全區上下深入推進轉型發展，全年謀劃重點項目三百三十二個，總投資八百九十三億元。"
    )
    page = f"<meta http-equiv=Content-Type content='text/html; charset={charset}'><p>{words}</p>"
    received = read_html(page.encode(codec), "来稿.html")
    assert [each.text for each in received.paragraphs()] == [words]
    assert [each.check for each in received.findings] == (["intake.encoding"] if charset == "utf-8" else [])


# --- Markdown ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# 主题\n\n甲**重**，*不斜*，\\*星\\*。\n乙\n", "#0 主题\n甲**重**，*不斜*，*星*。\n乙"),
        ("---\nheadline: 题\nbyline: 张三\n---\n\n甲\n", "#0 题\n张三\n甲"),
        ("---\ntitle: 题\ndate: 2026-01-01\n---\n甲\n", "#0 题\ndate: 2026-01-01\n甲"),
        ("甲[^1]乙[^注]。\n\n[^注]: 二。\n[^1]: 一。\n", "甲[^1]乙[^注]。\n1: 一。\n注: 二。"),
        ("| 甲 | 乙 |\n|---|--:|\n| 丙 | 1 |\n", "甲|乙\n丙|1"),
        ("1. 甲\n2. 乙\n\n- 丙\n\n> 丁\n", "1.甲\n2.乙\n- 丙\n> 丁"),
        ("    四格缩进是段落\n\n甲&amp;乙 <b>丙</b>", "四格缩进是段落\n甲&乙 **丙**"),
        ("[^9] 没有注文", "[^9] 没有注文"),
    ],
)
def test_markdown_of_others(text: str, lines: str) -> None:
    assert lines_of(read_markdown(text.encode(), "来稿.md")) == lines


def test_a_table_s_cells_are_aligned_as_markdown_says() -> None:
    (table,) = read_markdown("| 甲 | 乙 |\n|---|--:|\n| 丙 | 1 |\n".encode(), "来稿.md").blocks
    assert written(table) == "甲|乙\n丙|1"
    assert [cell.align for cell in table.cells] == ["", "right", "", "right"]


def test_short_copy_is_no_name_of_a_file(tmp_path: Path) -> None:
    """The parser opens the file that a short string names, and fails where the string is too long for a name."""
    other = tmp_path / "别人的"
    other.write_text("秘密", encoding="utf-8")
    assert "秘密" not in read(str(other))
    words = "落雁岭的水网进入调试阶段，补上了公共服务的一块短板。" * 5
    assert lines_of(read_markdown(words.encode(), "来稿.md")) == words
