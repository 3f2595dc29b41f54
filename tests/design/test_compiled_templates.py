"""A template is compiled once for all pages and builds of a process, and anew when a character of it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from layout.design.compiled_templates import compiled
from layout.design.template_sandbox import Sandbox
from layout.design.template_stamps import stamped_page
from layout.design.templates import Design
from layout.errors import TemplateError


@pytest.fixture(autouse=True)
def nothing_compiled() -> Iterator[None]:
    compiled.cache_clear()
    yield
    compiled.cache_clear()


def filled(folder: Path) -> str:
    return Design(folder).page("page", {})


def generated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled from now on."""
    names: list[str] = []
    real = Sandbox._generate

    def count(self: Sandbox, source: object, name: str, *more: object, **named: object) -> str:
        names.append(name)
        return real(self, source, name, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Sandbox, "_generate", count)
    return names


def test_a_template_and_what_it_includes_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = generated(monkeypatch)
    (tmp_path / "page.html").write_text("<p>{% include 'part.html' %}", "utf-8")
    (tmp_path / "part.html").write_text("{% for n in range(3) %}{{ n }}{% endfor %}", "utf-8")
    assert [filled(tmp_path) for _ in range(3)] == ["<p>012"] * 3
    assert names == ["page.html", "part.html"]
    (tmp_path / "part.html").write_text("{% for n in range(2) %}{{ n }}{% endfor %}", "utf-8")
    assert filled(tmp_path) == "<p>01"
    assert names == ["page.html", "part.html", "part.html"]


def test_the_same_text_elsewhere_is_another_template(tmp_path: Path) -> None:
    """Its faults are told with its own file."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text("<p>\n{{ nothing }}", "utf-8")
    for name in ("a", "b", "a"):
        with pytest.raises(TemplateError) as caught:
            filled(tmp_path / name)
        assert str(tmp_path / name / "page.html") in str(caught.value.place)


def test_a_page_with_stamps_is_compiled_apart(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>{{ 'a' }}</p>", "utf-8")
    plain, stamped = filled(tmp_path), stamped_page([tmp_path], "page", {}).html
    assert plain == filled(tmp_path) == "<p>a</p>"
    assert stamped == stamped_page([tmp_path], "page", {}).html != plain


def test_what_is_compiled_is_bounded_in_bytes(tmp_path: Path) -> None:
    compiled().memory = 10_000
    for number in range(30):
        (tmp_path / "page.html").write_text(f"<p>{number}{{{{ {number} }}}}", "utf-8")
        filled(tmp_path)
    assert 0 < len(compiled()._entries) < 30
