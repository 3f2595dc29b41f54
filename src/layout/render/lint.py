"""A design read before it is laid out: every colour that the press could not print, with its line, and what to write.

Without this the finishing still lets no such colour through, but can only name a page and an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from layout.errors import Faults, LayoutError, Place, TemplateError
from layout.findings import Finding
from layout.render.inks import Inks, read_inks
from layout.render.lint_css import Remark, addresses, properties_of, sheet_remarks, style_remarks
from layout.render.lint_files import wrong_with_file
from layout.render.lint_svg import drawing_remarks
from layout.render.lint_vars import said_in, unknown_vars

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PAINTS = ("fill", "stroke", "stop-color", "bgcolor", "color")


def lint_design(folder: Path) -> tuple[Finding, ...]:
    """Looks at every style sheet, template and drawing of the design in *folder*. Nothing is laid out.

    Raises ``TemplateError``, or ``Faults`` of several, with file, line, column and what to write instead. What comes
    back is worth saying but stops nothing (nothing so far).
    """
    inks = read_inks(folder)
    sheets = {path: path.read_text(encoding="utf-8-sig") for path in sorted(folder.rglob("*.css"))}
    for css in sheets.values():
        inks.properties.update(properties_of(css))
    faults: list[LayoutError] = []
    said = _said(folder, sheets.values())
    has_pages = any("data-fill" in path.read_text(encoding="utf-8-sig") for path in folder.rglob("*.html"))
    for path, css in sheets.items():
        faults += _faults(path, sheet_remarks(css, inks))
        # What designs have in common leaves its properties to them; only a design with pages must say them all.
        faults += _faults(path, unknown_vars(css, said) if has_pages else ())
        faults += _faults(path, _pictures(path.parent, addresses(css)))
    for path in sorted(folder.rglob("*.html")):
        template = _Template(path.read_text(encoding="utf-8-sig"), inks)
        faults += _faults(path, template.remarks)
        faults += _faults(path, _pictures(path.parent, template.pictures))
    for path in sorted(folder.rglob("*.svg")):
        faults += _faults(path, drawing_remarks(path.read_text(encoding="utf-8-sig"), inks))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return ()


def _said(folder: Path, sheets: Iterable[str]) -> frozenset[str]:
    """Custom properties said by the design's sheets and templates, or by what designs have in common beside it."""
    shared = [*folder.rglob("*.html"), *(folder.parent / "components").glob("*.css")]
    return said_in([*sheets, *(path.read_text(encoding="utf-8-sig") for path in shared)])


def _pictures(folder: Path, named: Iterable[tuple[int, int, str]]) -> Iterator[Remark]:
    for line, column, address in named:
        fault = wrong_with_file(folder, address)
        if fault is not None:
            yield Remark(line, column, *fault)


def _faults(path: Path, remarks: Iterable[Remark]) -> Iterator[TemplateError]:
    for remark in remarks:
        yield TemplateError(remark.said, place=Place(str(path), remark.line, remark.column), hint=remark.hint)


class _Template(HTMLParser):
    """The styles and inline drawings of a page template; what Jinja fills in is passed over."""

    def __init__(self, html: str, inks: Inks):
        super().__init__()
        self.remarks: list[Remark] = []
        self.pictures: list[tuple[int, int, str]] = []
        """Line, column and address of each ``<img>``."""
        self._inks = inks
        self._in_style = False
        self.feed(_JINJA.sub(_blank, html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at its attributes."""
        self._in_style = tag == "style"
        for key, value in attrs:
            if tag == "img" and key == "src" and value and value.strip():
                line, column = self.getpos()
                self.pictures.append((line, column + 1, value.strip()))
            elif key == "style" and value:
                self._take(style_remarks(value, self._inks))
            elif key in _PAINTS and value:
                self._take(style_remarks(f"color: {value}" if not value.startswith("url(") else "", self._inks))

    def handle_data(self, data: str) -> None:
        """Looks at a ``style`` element's rules."""
        if self._in_style:
            line, column = self.getpos()
            for remark in sheet_remarks(data, self._inks):
                first = remark.line == 1
                self.remarks.append(
                    remark._replace(line=remark.line + line - 1, column=remark.column + (column if first else 0))
                )
            self._in_style = False

    def _take(self, remarks: Iterable[Remark]) -> None:
        """Remarks on an attribute stand where its element begins."""
        line, column = self.getpos()
        self.remarks += [remark._replace(line=line, column=column + 1) for remark in remarks]


def _blank(match: re.Match[str]) -> str:
    """As many lines and as many characters, all of them spaces."""
    return re.sub(r"[^\n]", " ", match[0])
