"""What a template can reach: text and numbers, what is listed to be called, and files of its own folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from jinja2 import Template
from jinja2.utils import Namespace
from markupsafe import Markup

from issue.folder import PLAN, write
from layout import assets
from layout.cli import run
from layout.copyfit.scores import VariantName
from layout.design.template_context import page_context
from layout.design.template_records import TemplateRecord
from layout.design.template_sandbox import Sandbox
from layout.design.templates import Design
from layout.errors import TemplateError
from layout.issue import Issue, read_issue
from layout.pipeline.reading import arrangements

TRIAL = Path(__file__).parent / "trials" / "template-writes"

STORY = """\
---
headline: 主题
kicker: 引题
words:
  items: 各项
  copy: 副本
  get: 取
  label: 标签
figures:
  - 重点{332个}
---
导语。

## 一

谋划重点332个。

1. 其一
2. 其二
"""


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    return read_issue(write(tmp_path, {"issue.toml": PLAN, "a.md": STORY}))


@pytest.fixture
def design(tmp_path: Path) -> Path:
    folder = tmp_path / "design"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(design: Path, issue: Issue) -> Callable[[str], str]:
    def fill(template: str) -> str:
        (design / "page.html").write_text(template, encoding="utf-8")
        context = page_context(issue, issue.pages[0])
        return Design(design, assets.templates_dir()).page("page", context).strip()

    return fill


def refused(filled: Callable[[str], str], line: str) -> TemplateError:
    """The fault of a template whose third line is *line*."""
    with pytest.raises(TemplateError) as caught:
        filled(f"<p>\n</p>\n{line}\n")
    assert caught.value.place is not None
    assert (Path(caught.value.place.file).name, caught.value.place.line) == ("page.html", 3)
    assert caught.value.hint is not None
    assert "object at 0x" not in caught.value.message.en
    return caught.value


# Everything that can be reached.

PLAIN = (str, int, float, bool, type(None))
METHODS_OF = (str, list, dict, tuple, MappingProxyType)
"""Kinds whose methods a template may call. What they make is looked at too, where they can be called with nothing."""


class Walk:
    """Goes over all that a template can reach, and keeps what is neither text, number, list, table nor record."""

    def __init__(self, jinja: Sandbox):
        self.jinja = jinja
        self.met: set[type] = set()
        self.foreign: dict[str, object] = {}
        self._seen: set[tuple[type, str]] = set()

    def look(self, value: Any, path: str) -> None:
        kind = type(value)
        self.met.add(kind)
        if isinstance(value, TemplateRecord):
            with pytest.raises(AttributeError):
                setattr(value, kind.__match_args__[0], "changed")
        elif kind is not MappingProxyType and kind not in (*PLAIN, tuple, list, dict, Markup):
            self.foreign[path] = value
            return
        for name, each in self._inside(value):
            self.look(each, f"{path}{name}")
        for name in dir(value):
            self._attribute(value, name, path)

    def _inside(self, value: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(value, Mapping):
            for key in value:
                yield f" key {key}", key
                yield f"[{key}]", self.jinja.getitem(value, key)
        elif isinstance(value, tuple | list):
            yield from ((f"[{k}]", each) for k, each in enumerate(value))

    def _attribute(self, value: Any, name: str, path: str) -> None:
        found = self.jinja.getattr(value, name)
        if isinstance(found, self.jinja.undefined):
            return
        if isinstance(value, TemplateRecord):
            self.look(found, f"{path}.{name}")
            return
        if not callable(found):
            assert isinstance(value, Mapping), f"{path}.{name}"
            return
        assert isinstance(value, METHODS_OF), f"{path}.{name}"
        assert self.jinja.is_safe_callable(found), f"{path}.{name}"
        if (type(value), name) in self._seen:
            return
        self._seen.add((type(value), name))
        try:
            made = found()
        except TypeError:
            return
        except (ValueError, LookupError):
            return
        for each in made if name in ("items", "keys", "values") else (made,):
            self.look(each, f"{path}.{name}()")


def test_nothing_but_text_and_numbers_can_be_reached(issue: Issue) -> None:
    walk = Walk(Sandbox([]))
    for plan in issue.pages:
        for name, value in page_context(issue, plan).items():
            walk.look(value, name)
    assert walk.foreign == {}
    assert {"StoryRecord", "PictureRecord", "PageRecord", "IssueRecord", "DateRecord", "ParagraphRecord"} <= {
        kind.__name__ for kind in walk.met
    }


def test_the_functions_are_those_registered_and_make_text_numbers_lists_tables(issue: Issue) -> None:
    jinja = Sandbox([])
    assert set(jinja.globals) == {"chain", "qr_code", "range", "dict", "namespace"}
    walk = Walk(jinja)
    walk.look(jinja.globals["chain"](page_context(issue, issue.pages[0])["story"]), "chain()")
    walk.look(jinja.globals["qr_code"]("https://example.cn"), "qr_code()")
    walk.look(list(jinja.globals["range"](3)), "range()")
    walk.look(jinja.globals["dict"](a=1), "dict()")
    assert walk.foreign == {}
    for function in jinja.globals.values():
        assert all(isinstance(jinja.getattr(function, name), jinja.undefined) for name in dir(function))
    own = Namespace(a="b")
    assert jinja.getattr(own, "a") == "b"
    assert isinstance(jinja.getattr(own, "_Namespace__attrs"), jinja.undefined)


def test_nothing_of_the_program_is_reached_even_where_it_is_handed_over(design: Path) -> None:
    """A fence that stands by itself: a path, a date or a function that got into the context stays shut."""
    context = {"path": design, "day": date(2026, 2, 5), "walk": Walk, "template": Template("x"), "f": open}
    for line in ("{{ path.parent }}", "{{ path.unlink() }}", "{{ day.today() }}", "{{ walk(1) }}", "{{ f('x') }}"):
        (design / "page.html").write_text(f"\n{line}", encoding="utf-8")
        with pytest.raises(TemplateError) as caught:
            Design(design).page("page", context)
        assert caught.value.place is not None
        assert caught.value.place.line == 2
    (design / "page.html").write_text("{{ template.environment }}", encoding="utf-8")
    with pytest.raises(TemplateError, match="may not use environment"):
        Design(design).page("page", context)


# The holes there were, and their neighbours.

HOLES = [
    '{{ issue.folder.joinpath("/etc/passwd").read_text() }}',
    '{% set _ = issue.folder.joinpath("victim").write_text("x") %}',
    '{% set _ = issue.folder.joinpath("victim").unlink() %}',
    '{{ issue.folder.rglob("*") | list | length }}',
    "{{ issue.folder.home() }}",
    "{{ page.pictures[0].path.read_bytes() }}",
    "{% set _ = page.pictures[0].path.unlink() %}",
    "{{ pictures.hill.path.parent }}",
    "{{ pictures | map(attribute='path') | list }}{{ pictures.hill | attr('path') }}",
    "{{ page.pictures | map(attribute='path.parent') | list }}",
    "{{ '{0.path.parent}'.format(pictures.hill) }}",
    "{{ '{a.path}'.format_map({'a': pictures.hill}) }}",
    "{{ ('{0.path}' | safe).format(pictures.hill) }}",
    "{{ issue.file }}{{ story.place }}",
    "{{ story.headline.paragraphs[0].place.file }}",
    "{{ issue.date.today() }}",
    "{{ issue.title.encode() }}",
    "{{ story.sections.__class__.__base__.__subclasses__() }}",
    "{{ story['__class__'] }}",
    "{{ story | attr('__class__') }}",
    "{{ '{0.__class__}'.format(story) }}",
    "{{ [story] | map(attribute='__class__') | first }}",
    "{{ chain.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ dict.fromkeys('ab') }}",
    "{{ range.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{{ caller._environment }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% for i in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% block b %}{% endblock %}{{ self.b._context }}",
    "{{ self._TemplateReference__context }}",
    "{{ ([1, 2] | batch(1)).gi_frame }}",
    "{{ ([1, 2] | map('string')).send(1) }}",
    "{{ (1).to_bytes(2) }}",
    "{{ lipsum() }}",
    "{% set c = cycler(1, 2) %}",
    "{% set j = joiner() %}",
    "{{ [1, 2] | random }}",
    "{% set d = {'a': 1} %}{{ d.update(b=2) }}",
    "{{ [1].append(2) }}",
    "{{ page.folio.copy() }}",
    "{{ page.folio['items']() }}",
    "{{ {story: 1} | xmlattr }}{{ story.file }}",
]


@pytest.mark.parametrize("line", HOLES)
def test_a_hole_is_shut(filled: Callable[[str], str], issue: Issue, line: str) -> None:
    victim = issue.folder / "victim"
    victim.write_text("whole", encoding="utf-8")
    before = sorted(issue.folder.rglob("*"))
    refused(filled, line)
    assert sorted(path for path in issue.folder.rglob("*") if path.name != "page.html") == before
    assert victim.read_text(encoding="utf-8") == "whole"


def test_what_a_name_was_meant_for_is_still_told(filled: Callable[[str], str]) -> None:
    fault = refused(filled, "{{ issue.folder.name }}")
    assert fault.message.zh == "issue 里没有“folder”"
    assert fault.hint is not None
    assert "title" in fault.hint.zh
    fault = refused(filled, "{{ page.pictures[0].cation.flow }}")
    assert fault.hint is not None
    assert "是不是 page.pictures[0].caption？" in fault.hint.zh
    assert "chain" in (refused(filled, "{{ chian(story) }}").hint or fault.hint).zh


RIGHT = [
    ("{{ story.words.items.text }}{{ story.words.copy.text }}{{ story.words.get.text }}", "各项副本取"),
    ("{{ story.words['items'].text }}", "各项"),
    ("{% for name, word in story.words.items() %}{{ name }} {% endfor %}", "items copy get label"),
    ("{{ story.words.get('label').text }}{{ story.words.get('nothing') is none }}", "标签True"),
    ("{{ story.words.keys() | list | length }}{{ (story.words.values() | first).flow }}", "4a.word.items"),
    ("{% if story.deck %}1{% endif %}{% if story.kicker %}{{ story.kicker.flow }}{% endif %}", "a.kicker"),
    ("{{ 1 if story.lede.text == '导语。' else 2 }}", "1"),
    ("{{ issue.date }} {{ issue.date.year }}-{{ issue.date.month }}-{{ issue.date.day }}", "2026-02-05 2026-2-5"),
    ("{{ issue.staff['责编'] }}{{ issue.paper }}{{ issue.pages[1].title }}", "张三长治日报履职"),
    ("{{ issue.pages | map(attribute='number') | join('、') }}", "1、2"),
    ("{{ '{0.number}{1[flow]}'.format(page, story.headline) }}", "1a.headline"),
    ("{{ '{a}'.format_map({'a': 'b'}) }}{{ 'a'.upper() }}{{ 'ab'.replace('a', 'c') }}", "bAcb"),
    ("{{ ('<' | e).format() }}", "&lt;"),
    ("{% set own = namespace(n=[]) %}{% set own.n = own.n + [1] %}{{ own.n }}{{ [1].index(1) }}", "[1]0"),
    ("{% macro m() %}{{ caller() }}{{ m.name }}{% endmacro %}{% call m() %}x{% endcall %}", "xm"),
    ("{% block b %}x{% endblock %}{{ self.b() }}", "xx"),
    ("{% for i in [[1], 2] recursive %}{{ i if i is number else loop(i) }}{{ loop.cycle(3, 4) }}{% endfor %}", "13324"),
    ("{% for i in [1, 1] %}{{ loop.changed(i) }}{{ loop.length }}{% endfor %}", "True2False2"),
    ("{% for k in [page] | groupby('kind') %}{{ k.grouper }}{{ k.list | length }}{% endfor %}", "page1"),
    ("{{ dict(items=1).items }}{{ dict(a=1).items() | list }}{{ range(3)[-1] }}", "1[(&#39;a&#39;, 1)]2"),
    ("{{ chain(story) }}", "a.lede a.section-1.heading a.section-1"),
    ("{{ story.sections[0].body.paragraphs | map(attribute='kind') | join(' ') }}", "body item item"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "made"), RIGHT, ids=[line for line, _ in RIGHT])
def test_what_a_template_needs_goes_on_working(filled: Callable[[str], str], line: str, made: str) -> None:
    assert filled(line) == made


def test_the_parts_see_what_a_design_sets(filled: Callable[[str], str], design: Path) -> None:
    (design / "inks.html").write_text('{% set blue = "b" %}{% macro m() %}m{{ super }}{% endmacro %}', encoding="utf-8")
    assert filled("{% import 'inks.html' as inks %}{{ inks.blue }}") == "b"
    (design / "base.html").write_text("{% block b %}1{% endblock %}", encoding="utf-8")
    assert filled("{% extends 'base.html' %}{% block b %}{{ super() }}2{% endblock %}") == "12"
    refused(filled, "{% import 'inks.html' as inks %}{{ inks._body_stream }}")


# Links.

USES = [
    "{% include 'NAME' %}",
    "{% include 'NAME' ignore missing %}",
    "{% extends 'NAME' %}",
    "{% import 'NAME' as parts %}",
    "{% from 'NAME' import a %}",
]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.html").write_text("a secret", encoding="utf-8")
    return folder


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("link", ["file", "folder"])
def test_a_link_that_leads_out_is_not_followed(
    filled: Callable[[str], str], design: Path, outside: Path, use: str, link: str
) -> None:
    name = "l.html" if link == "file" else "parts/secret.html"
    if link == "file":
        (design / name).symlink_to(outside / "secret.html")
    else:
        (design / "parts").symlink_to(outside, target_is_directory=True)
    fault = refused(filled, use.replace("NAME", name))
    assert fault.message.zh == f"模板文件 {name} 是链接，指到版式文件夹外面"
    assert fault.place is not None
    assert fault.place.column == use.index("NAME") + 1


def test_a_link_inside_the_design_is_followed(filled: Callable[[str], str], design: Path) -> None:
    (design / "a.html").write_text("inside", encoding="utf-8")
    (design / "l.html").symlink_to(design / "a.html")
    assert filled("{% include 'l.html' %}") == "inside"


def test_a_link_in_a_circle_is_a_missing_template(filled: Callable[[str], str], design: Path) -> None:
    (design / "l.html").symlink_to(design / "l.html")
    assert "没有模板文件 l.html" in refused(filled, "{% include 'l.html' %}").message.zh


def test_the_design_may_be_a_link_and_its_page_may_not(issue: Issue, tmp_path: Path, outside: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "page.html").write_text("{{ issue.title }}", encoding="utf-8")
    (tmp_path / "linked").symlink_to(real, target_is_directory=True)
    plan = issue.pages[0]
    assert arrangements(tmp_path / "linked", issue, plan) == {VariantName("page"): issue.title}
    (real / "page.html").unlink()
    (real / "page.html").symlink_to(outside / "secret.html")
    with pytest.raises(TemplateError, match=r"page\.html is a link out of the design's folder") as caught:
        arrangements(tmp_path / "linked", issue, plan)
    assert caught.value.place is not None
    assert Path(caught.value.place.file).name == "page.html"


# Whole issues, as they come from outside.

WRITES = '{% set _ = issue.folder.joinpath("../escaped.txt").write_text("owned by a template") %}'
NEIGHBOURS = {
    "writes": (WRITES, "“folder”"),
    "reads": ("{{ pictures | length }}{{ story.headline.place.file }}{{ issue.file }}", "“place”"),
    "plants": ('{{ ("{0.folder.parent}" | safe).format(issue) }}', "“folder”"),
    "asks a class": ("{{ (issue.pages | first).title.__class__ }}", "__class__"),
}


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_an_issue_from_outside_writes_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, command: str
) -> None:
    folder = tmp_path / "issue"
    shutil.copytree(TRIAL, folder)
    template = folder / "d" / "page.html"
    source = template.read_text(encoding="utf-8")
    line, message = NEIGHBOURS[name]
    assert source.count(WRITES) == 1
    template.write_text(source.replace(WRITES, line), encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    out = ["-o", str(tmp_path / "out")] if command == "build" else []
    assert run([command, str(folder), *out]) == 3
    told = capfd.readouterr()
    assert re.search(rf"d/page\.html:7\b.*{message}", told.out + told.err), told
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
