"""What a designer may write wrong in a template, and what it is told: file, line, column, sentence, hint."""
# ruff: noqa: E501  (a table of cases)

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from issue.folder import PLAN, write
from layout import assets
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import TemplateError
from layout.issue import Issue, read_issue

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Case:
    """A line of a template, and what is said of it."""

    line: str
    column: int | None
    message: str
    hint: str
    english: str
    where: int = 3


HEAD = "{% set shots = page.pictures %}\n{% macro mark(what, way) %}{{ what }}{{ way }}{% endmacro %}\n"
CASES = [
    Case("{{ story.headlne.flow }}", 10, "story 里没有“headlne”", "是不是 story.headline？可用的有：id、", "story has no “headlne”"),
    Case("{{ stroy.headline }}", 4, "没有“stroy”这个名字", "是不是 story？可用的有：", "knows no name “stroy”"),
    Case("{{ shot.id }}", 4, "没有“shot”这个名字", "是不是 shots？", "knows no name “shot”"),
    Case("{{ pictures.hil.caption.flow }}", 13, "pictures 里没有“hil”", "是不是 pictures.hill？可用的有：hill。", "pictures has no “hil”"),
    Case('{{ pictures["tree"].caption }}', 14, "pictures 里没有“tree”", "不在第 1 版：写进 issue.toml", "pictures has no “tree”"),
    Case("{{ story.sections[4].heading.flow }}", 19, "story.sections 只有 2 项，没有 [4]", "最后一项是 story.sections[1]；", "story.sections has 2, so there is no [4]"),
    Case("{{ story.figures[3].number }}", 18, "story.figures 只有 1 项", "story.figures | length > 3", "counting from 0"),
    Case("{{ page.folio.dat.flow }}", 15, "page.folio 里没有“dat”", "是不是 page.folio.date？", "page.folio has no “dat”"),
    Case("{{ story.words.label.flow }}", 16, "story.words 里没有“label”", "这里一个也没有", "story.words has no “label”"),
    Case("{{ story.words.label.flow }}", 16, "story.words 里没有“label”", '先用 {% if story.words.get("label") %} 判断', "story.words has no “label”"),
    Case('{% for n in range(2) if story.words["moment-%d" % n] %}{% endfor %}', None, "这里没有“moment-0”", '{% if ….get("moment-0") %}', "this has no “moment-0”"),
    Case("{{ issue.titel }}", 10, "issue 里没有“titel”", "是不是 issue.title？", "issue has no “titel”"),
    Case("{{ story.headline.flow }}{{ story.figures[-1].number.flow }}", 54, "story.figures[-1].number 是文字“332个”，没有“flow”", 'data-flow="{{ story.figures[-1].flow }}.number"', "is words, “332个”, and has no “flow”"),
    Case('<i data-titel="{{ issue.titel }}"></i>', 25, "issue 里没有“titel”", "是不是 issue.title？", "issue has no “titel”"),
    Case("{{ page.number.flow }}", 16, "page.number 是数“1”，没有“flow”", "直接用 {{ page.number }}", "is a number, “1”"),
    Case("{{ story.sections.heading.flow }}", 19, "story.sections 是一列（2 项），没有“heading”", "story.sections[0].heading", "is a list of 2"),
    Case("{{ mark(story.words.label, 1) }}", 21, "story.words 里没有“label”", 'story.words.get("label")', "story.words has no “label”"),
    Case("{{ mark(stroy, 1) }}", 9, "没有“stroy”这个名字", "是不是 story？", "knows no name “stroy”"),
    Case("{{ mark(1, what) }}", 12, "没有“what”这个名字", "可用的有", "knows no name “what”"),
    Case("{{ story.sections | lenght }}", 21, "没有“lenght”这个过滤器", "是不是 length？", "there is no filter “lenght”"),
    Case("{% if story is definde %}{% endif %}", 16, "没有“definde”这个判断", "是不是 defined？", "there is no test “definde”"),
    Case("{% for s in stories %}{% endfr %}", 26, "没有 {% endfr %} 这个标签", "是不是 endfor？", "no tag {% endfr %}"),
    Case("{% fore s in stories %}", 4, "没有 {% fore %} 这个标签", "是不是 for？", "no tag {% fore %}"),
    Case("{% if story %}", None, "第 3 行的 {% if %} 没有收住", "{% endif %}", "{% if %} on line 3 is not closed"),
    Case("{{ story.", None, "话没有说完", "补全", "not finished"),
    Case("{{ story headline }}", None, "“headline”前面少了点什么", "用点连", "missing before “headline”"),
    Case("{{ story.words[“label”] }}", None, "这里不能有 “ 这个字符", "半角", "cannot stand here"),
    Case("{# a remark", None, "注释 {# 没有收住", "补上 #}", "is not closed"),
    Case("{% include 'foliio.html' %}", 13, "没有模板文件 foliio.html", "是不是 folio.html？", "no template file foliio.html"),
    Case("{% from 'components/parts.html' import folioo %}{{ folioo(page) }}", 40, "没有“folioo”", "是不是 folio？", "has no “folioo”"),
    Case("{{ mark(1) }}", None, "宏少给了一项：way", "用它的是 page.html 第 3 行", "not given its way", where=2),
    Case("{{ mark(1, 2, 3) }}", None, "宏 mark 至多要 2 项", "括号里的名字", "takes at most 2"),
    Case("{{ mark(1, wya=2) }}", None, "宏 mark 没有 wya 这一项", "括号里的名字", "takes no wya"),
    Case("{{ 1 / (stories | length - 1) }}", None, "除数是 0", "判断", "divided by zero"),
    Case("{{ story.sections + 1 }}", None, "一列和数不能用 + 来加", "length", "cannot be added"),
    Case("{{ 1 + 'a' }}", None, "数和文字不能用 + 来算", "~", "cannot be put together with +"),
    Case("{{ 'a' < 1 }}", None, "文字和数不能用 < 来比", "length", "cannot be compared with <"),
    Case("{{ story.headline() }}", None, "稿件的一段不能当宏来用", "去掉后面的括号", "is no macro"),
    Case("{% for part in story %}{% endfor %}", None, "稿件不是一列，不能用 for", "story.sections", "no list"),
    Case("{{ 1 | length }}", None, "数没有个数", "length", "cannot be counted"),
    Case("{{ story.__class__ }}", None, "模板里不许用 __class__", "下划线", "may not use __class__"),
    Case("{{ chain('a') }}", None, "文字里没有 lede", "括号里", "cannot be used here"),
    Case("{% for i in range(10 ** 9) %}{% endfor %}", None, "没完没了", "range( )", "never ends"),
    Case("{% for i in range(9999) %}{% for k in range(9999) %}{% endfor %}{% endfor %}", None, "没完没了", "range( )", "never ends"),
    Case("{{ 'a' * 10 ** 9 }}", None, "没完没了", "越接越长", "never ends"),
    Case("{{ 9 ** 999 }}", None, "数太大", "乘方", "too large"),
    Case("{% set r = range(999) %}{% for i in r %}{% for k in r %}{% for m in r %}{% endfor %}{% endfor %}{% endfor %}",
         None, "没完没了", "range( )", "never ends"),
    Case("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", None, "没完没了", "range( )", "never ends"),
    Case("{{ 'a'.ljust(10 ** 7) }}", None, "没完没了", "越接越长", "never ends"),
    Case("{{ '%9999999d' % 1 }}", None, "没完没了", "越接越长", "never ends"),
    Case("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", None, "没完没了", "自己套自己", "never ends"),
    Case("{% include 'page.html' %}", None, "没完没了", "自己套自己", "never ends"),
    Case("{{ nothing.at.all }}", 4, "没有“nothing”这个名字", "可用的有", "knows no name"),
    Case("{{ (stories[1:] | first).headline }}", None, "| first 用在了一个空列上", "判断", "used on an empty list"),
]  # fmt: skip


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    """Two pages; the second has a picture that the first has not."""
    plan = PLAN.replace('kind = "inner"', 'kind = "inner"\npictures = ["tree"]')
    plan += '\n[[picture]]\nid = "tree"\nfile = "photos/hill.jpg"\ncaption = "树"\ncredit = "王五 摄"\n'
    story = (
        "---\nheadline: 主题\nfigures:\n  - 重点{332个}\n---\n导语。\n\n## 一\n\n谋划重点332个。\n\n## 二\n\n正文。\n"
    )
    return read_issue(write(tmp_path, {"issue.toml": plan, "a.md": story}))


@pytest.fixture
def filled(tmp_path: Path, issue: Issue) -> Callable[[str | bytes], str]:
    folder = tmp_path / "design"
    folder.mkdir()
    (folder / "folio.html").write_text("", encoding="utf-8")

    def fill(template: str | bytes) -> str:
        (folder / "page.html").write_bytes(template if isinstance(template, bytes) else template.encode())
        design = Design(folder, assets.templates_dir())
        return design.page("page", page_context(issue, issue.pages[0]))

    return fill


@pytest.mark.parametrize("case", CASES, ids=[case.line for case in CASES])
def test_a_fault_of_a_template(filled: Callable[[str], str], case: Case) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(f"{HEAD}{case.line}\n")
    fault = caught.value
    assert fault.place is not None
    assert fault.hint is not None
    assert (Path(fault.place.file).name, fault.place.line, fault.place.column) == ("page.html", case.where, case.column)
    assert case.message in fault.message.zh
    assert case.hint in fault.hint.zh
    assert case.english in fault.message.en
    assert fault.hint.en
    assert "object" not in fault.message.en + fault.hint.en
    assert "\n" not in fault.message.zh + fault.hint.zh


def test_what_is_right_is_filled(filled: Callable[[str], str]) -> None:
    assert filled(HEAD + "{{ story.headline.flow }}{{ mark(1, 2) }}{{ shots | length }}").strip() == "a.headline121"
    assert filled("\ufeff{% for i in range(3) %}{{ i * 2 }}{% endfor %}") == "024"


def test_a_quotation_among_figures_is_set_in_lines_and_a_number_large(filled: Callable[[str], str]) -> None:
    one = 'dict(before="", number="第一次在半夜看见自己的村子", after="", flow="a.figure-2")'
    html = filled(f'{{% from "components/piece.html" import figures %}}{{{{ figures([story.figures[0], {one}], 2) }}}}')
    assert 'class="quoted" data-flow="a.figure-2.number"' in html
    assert 'class="number" data-run-in data-flow="a.figure-1.number"' in html


def test_another_encoding_is_named(filled: Callable[[bytes], str]) -> None:
    with pytest.raises(TemplateError) as caught:
        filled("<p>\n字 {{ story }}".encode("gbk"))
    assert "GBK" in caught.value.message.zh
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_the_measure_is_taken_anew_for_every_page(tmp_path: Path, issue: Issue) -> None:
    (tmp_path / "page.html").write_text("{% for i in range(900000) %}{% endfor %}", encoding="utf-8")
    design = Design(tmp_path, assets.templates_dir())
    assert [design.page("page", page_context(issue, page)).strip() for page in issue.pages] == ["", ""]


def test_calls_are_counted(filled: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A macro that calls itself twice is never deep, and would go on for an hour."""
    twice = "{% macro twice(n) %}{{ twice(n - 1) ~ twice(n - 1) if n else 'x' }}{% endmacro %}{{ twice(DEPTH) }}"
    monkeypatch.setattr("layout.design.template_budget.STEPS", 1000)
    assert filled(twice.replace("DEPTH", "5")) == "x" * 32
    with pytest.raises(TemplateError, match="never ends"):
        filled(twice.replace("DEPTH", "30"))


def test_a_fault_in_a_shared_part_names_who_uses_it(filled: Callable[[str], str]) -> None:
    with pytest.raises(TemplateError) as caught:
        filled('{% from "components/parts.html" import headline %}\n\n{{ headline(page, 3) }}')
    fault = caught.value
    assert fault.place is not None
    assert fault.hint is not None
    assert Path(fault.place.file).name == "parts.html"
    assert "page.html 第 3 行" in fault.hint.zh


def test_what_a_shared_part_is_given_and_is_not_there_is_told_where_it_is_written(filled: Callable[[str], str]) -> None:
    with pytest.raises(TemplateError) as caught:
        filled('{% from "components/qrcode.html" import qrcode %}\n\n{{ qrcode(story.words["label"], 62) }}')
    fault = caught.value
    assert fault.place is not None
    assert (Path(fault.place.file).name, fault.place.line, fault.place.column) == ("page.html", 3, 24)
    assert "story.words 里没有“label”" in fault.message.zh


def test_a_template_that_may_not_be_read(filled: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "said by the machine", "design/page.html")

    monkeypatch.setattr("jinja2.FileSystemLoader.get_source", refuse)
    with pytest.raises(TemplateError) as caught:
        filled("")
    assert caught.value.message.zh == "文件打不开：没有权限。"
