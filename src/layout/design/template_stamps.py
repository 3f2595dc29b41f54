"""Templates filled with stamps: every element says the line of the template that writes it, and whose macros made it.

What a page is made of is filled without them. A stamped copy of the same page, element for element, is what the preview
reads to lead from a spot on the page to the line behind it: a word that is looked for in the templates would lead to
the first place that has it, a stamp leads through loops and macros to the right one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment
from jinja2.environment import Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from layout.design import data_attributes as attribute
from layout.design.template_loader import TemplateLoader
from layout.design.template_sandbox import Sandbox

CALLED, RETURNED = "stamp-call", "stamp-end"
"""The first words of the comments around what a macro has printed; behind the first: file and line of the call, the
macro's name, the file in which it is written.
"""

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<([A-Za-z][\w-]*)(?=[\s/>{])")


class Stamped:
    """A page filled with stamps: its HTML, and the files that they number."""

    def __init__(self, html: str, files: tuple[Path, ...]):
        self.html = html
        self.files = files


def stamped_page(folders: list[Path], kind: str, context: Mapping[str, object], *, draft: bool = False) -> Stamped:
    """The HTML of a page of *kind*, or of its *draft*, with stamps. Raises whatever filling it raises."""
    sandbox = _StampingSandbox(folders, draft=draft)
    html = sandbox.filled(f"{kind}.html", context)
    return Stamped(html, tuple(sandbox.files))


class _StampingLoader(TemplateLoader):
    """Reads templates and stamps their tags. No line comes to stand on another."""

    def __init__(self, folders: list[Path], files: list[Path]):
        super().__init__(folders)
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return _with_stamps(source, _number(self._files, Path(path))), path, fresh


class _StampingSandbox(Sandbox):
    """Fills stamped templates, and writes around what a macro prints who has called it."""

    def __init__(self, folders: list[Path], *, draft: bool = False):
        super().__init__(folders, draft=draft)
        self.files: list[Path] = []
        self.loader = _StampingLoader(folders, self.files)

    def call(self, context: Context, obj: object, /, *args: object, **named: object) -> object:
        made = super().call(context, obj, *args, **named)
        frame = sys._getframe(1)
        template = frame.f_globals.get("__jinja_template__")
        if not isinstance(obj, Macro) or not isinstance(made, Markup) or not isinstance(template, Template):
            return made
        if "<" not in made:  # a macro that reckons something: its words go into attributes, numbers, comparisons
            return made
        at = f"{_number(self.files, Path(template.filename or ''))} {template.get_corresponding_lineno(frame.f_lineno)}"
        written = getattr(obj._func, "__globals__", {}).get("__jinja_template__", template)
        own = _number(self.files, Path(written.filename or ""))
        return Markup(f"<!--{CALLED} {at} {obj.name} {own}-->") + made + Markup(f"<!--{RETURNED}-->")


def _number(files: list[Path], path: Path) -> int:
    if path not in files:
        files.append(path)
    return files.index(path)


def _with_stamps(source: str, file: int) -> str:
    """*source* with a stamp in each of its tags, but for what stands in Jinja's own marks."""
    pieces: list[str] = []
    position = 0
    for code in (*_CODE.finditer(source), None):
        end = len(source) if code is None else code.start()
        pieces.append(_TAG.sub(lambda tag: _stamped(tag, source, file, position), source[position:end]))  # noqa: B023
        if code is not None:
            pieces.append(code[0])
            position = code.end()
    return "".join(pieces)


def _stamped(tag: re.Match[str], source: str, file: int, offset: int) -> str:
    at = offset + tag.start()
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    return f'<{tag[1]} {attribute.STAMP}="{file} {line} {column}"'
