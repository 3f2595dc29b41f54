"""Templates are compiled once in a process, and nothing else passes from one page to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from layout.design.template_loader import COMPILED, CompiledTemplates
from layout.design.templates import Design

PAGE = '{% from "m.html" import count %}{{ count() }}{{ count() }}{{ word }}'
MACROS = "{% set seen = namespace(n=0) %}{% macro count() %}{% set seen.n = seen.n + 1 %}{{ seen.n }}{% endmacro %}"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of what is compiled meanwhile."""
    names: list[str] = []
    compile_template = Environment.compile

    def counted(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return compile_template(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def test_a_template_is_compiled_once_and_its_macros_remember_nothing(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "m.html").write_text(MACROS)
    assert [Design(tmp_path).page("page", {"word": word}) for word in "ab"] == ["12a", "12b"]
    assert sorted(compiled) == ["m.html", "page.html"]


def test_a_changed_byte_is_seen(tmp_path: Path, compiled: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text("a{{ word }}")
    assert Design(tmp_path).page("page", {"word": 1}) == "a1"
    page.write_text("b{{ word }}")
    assert Design(tmp_path).page("page", {"word": 1}) == "b1"
    assert compiled == ["page.html"] * 2


def test_what_is_remembered_is_bounded(tmp_path: Path) -> None:
    jinja = Environment(bytecode_cache=CompiledTemplates())
    memory = jinja.bytecode_cache
    assert isinstance(memory, CompiledTemplates)
    for number in range(COMPILED + 9):
        bucket = memory.get_bucket(jinja, f"{number}", str(tmp_path), "x")
        bucket.code = compile("1", "x", "eval")
        memory.set_bucket(bucket)
    assert len(memory._codes) == COMPILED
