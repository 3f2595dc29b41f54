"""Components are found, and say what they are: every macro and partial that draws has a comment in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout import assets
from layout.design.components import Component, components_of, parent_pages, parts_of_kind, shared_components, uses_of
from layout_docs.component_page import NOT_SHOWN, PICTURES, designs, own_components, picture_name

SHARED = assets.templates_dir()
EVERY: dict[str, tuple[str, Component]] = {
    **{f"{each.file}:{each.name}": ("", each) for each in shared_components(SHARED)},
    **{
        f"{design.name}/{each.file}:{each.name}": (design.name, each)
        for design in designs() for each in own_components(design)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_a_component_says_what_it_is_and_what_it_is_given(name: str) -> None:
    _, component = EVERY[name]
    assert component.about, f"{name}: write {{# 中文 / English #}} above it, a line for each parameter"
    lacking = [each.name for each in component.parameters if each.meaning is None]
    assert not lacking, f"{name}: no line says what these are: {lacking}"
    for words in (component.about, *(each.meaning for each in component.parameters if each.meaning)):
        assert words.zh != words.en, f"{name}: “{words.zh}” is said in one language"
        assert re.search(r"[\u4e00-\u9fff]", words.zh), f"{name}: {words.zh}"
        assert re.search(r"[a-z]{2}", words.en), f"{name}: {words.en}"


def test_every_component_has_a_picture_and_no_picture_is_left_over() -> None:
    wanted = {picture_name(design, component) for design, component in EVERY.values()}
    there = {path.name for path in (assets.root() / PICTURES).iterdir()}
    assert not there - wanted, "make components"
    assert wanted - there == {f"{name}.webp" for name in NOT_SHOWN}, "make components"


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_the_gallery_says_why_one_has_no_picture(name: str) -> None:
    text = (assets.root() / "docs" / "reference" / "components.md").read_text(encoding="utf-8")
    assert NOT_SHOWN[name].zh in text
    assert NOT_SHOWN[name].en in text


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in (assets.root() / PICTURES).iterdir()]
    assert max(sizes) < 200_000
    assert sum(sizes) < 5_000_000


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


PARTS = """\
{# 两件东西。#}

{# 角标：一个角上的字 / A flag: words in a corner.
   words: 稿件的词 / a word of the story
   size: 字号，点 / its size in points #}
{% macro flag(words, size=12, way="left", on=true) %}
<div class="flag {{ way }}" style="font-size: {{ size }}pt" data-flow="{{ words.flow }}"></div>
{% endmacro %}

{% macro wide(story) %}{{ flag(story.headline) }}{% endmacro %}
{% macro half(n) %}{{ n // 2 }}{% endmacro %}
"""
PAGE = """\
{% extends "sheet.html" %}
{% from "parts.html" import flag %}
{% from "components/parts.html" import folio, photo as picture %}
{% block body %}{{ folio(page) }}{{ flag(story.headline) }}{% include "foot.html" %}{% endblock %}
"""
SHEET = (
    "{# 底子 / The ground. #}\n<main data-fill>{% block head %}{% endblock %}{% block body %}{% endblock %}</main>\n"
)
CSS = """\
.flag { color: var(--accent); border: 1pt solid var(--tint) }
/* .flag { top: var(--gone) } */ .flags { color: var(--no) }
"""


def test_a_designers_own_component_is_found(tmp_path: Path) -> None:
    design = write(
        tmp_path / "evening",
        page_html=PAGE,
        parts_html=PARTS,
        sheet_html=SHEET,
        page_css=CSS,
        foot_html="<footer></footer>\n",
    )
    found = {each.name: each for each in components_of(design, SHARED)}
    assert set(found) == {"flag", "wide", "foot", "folio", "photo"}
    flag = found["flag"]
    assert flag.call == '{{ flag(words, size=12, way="left", on=true) }}'
    assert flag.about
    assert (flag.about.zh, flag.about.en) == ("角标：一个角上的字", "A flag: words in a corner.")
    meanings = [each.meaning.zh if each.meaning else None for each in flag.parameters]
    assert meanings == ["稿件的词", "字号，点", None, None]
    assert (flag.classes, flag.hooks, flag.reads) == (("flag",), ("data-flow",), ("--accent", "--tint"))
    assert (flag.line, flag.is_macro, flag.is_shared) == (6, True, False)
    assert found["wide"].about is None
    assert not found["foot"].is_macro
    assert found["folio"].is_shared


def test_classes_that_an_expression_chooses_or_reckons(tmp_path: Path) -> None:
    parts = """{# 块 / A block. #}
{% macro block(n, way="") %}
<div class="part v-{{ n }} {{ way }}{{ " first" if n == 1 else " ruled" }}{% if n %} wide{% endif %}" data-column></div>
{% endmacro %}
"""
    css = ".v-2 { gap: var(--gap) } .first { color: var(--ink) } .v { color: var(--no) }"
    design = write(tmp_path / "evening", page_html=PAGE, parts_html=parts, page_css=css)
    block = next(each for each in components_of(design, SHARED) if each.name == "block")
    assert block.classes == ("part", "v-…", "first", "ruled", "wide")
    assert block.reads == ("--gap", "--ink")


def test_what_a_design_uses_and_its_parents(tmp_path: Path) -> None:
    design = write(tmp_path / "evening", page_html=PAGE, parts_html=PARTS, sheet_html=SHEET)
    assert {("parts.html", "flag"), ("components/parts.html", "photo"), ("foot.html", "")} <= uses_of(design, SHARED)
    (parent,) = parent_pages(design, SHARED)
    assert (parent.file, parent.blocks, parent.children) == ("sheet.html", ("head", "body"), {"page.html": ("body",)})
    assert parent.about
    assert parent.about.zh == "底子"


def test_what_a_kind_of_page_can_come_to(tmp_path: Path) -> None:
    design = write(tmp_path / "evening", page_html=PAGE, parts_html=PARTS, sheet_html=SHEET, other_html="<main></main>")
    found = parts_of_kind(design, SHARED, "page", is_auto=False)
    assert {("parts.html", "flag"), ("components/parts.html", "folio"), ("foot.html", "")} <= found
    assert ("components/parts.html", "photo") not in found, "it is imported, and nothing calls it"
    assert parts_of_kind(design, SHARED, "other", is_auto=False) == frozenset()


def test_a_page_that_cannot_be_read_may_come_to_anything(tmp_path: Path) -> None:
    design = write(tmp_path / "evening", page_html=PAGE, parts_html=PARTS, sheet_html=SHEET, other_html="{% if %}")
    assert parts_of_kind(design, SHARED, "other", is_auto=False) >= {("parts.html", "flag"), ("foot.html", "")}


def test_a_broken_template_has_no_components(tmp_path: Path) -> None:
    design = write(tmp_path / "evening", page_html="{% macro flag( %}<div></div>{% endmacro %}")
    assert components_of(design, SHARED) == ()
