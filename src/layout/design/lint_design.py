"""Checks of a design before it is laid out: every fault with its line and what to write instead.

Without this the finishing still lets no such colour through, but can only name a page and an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PIL import Image, UnidentifiedImageError

from layout import assets
from layout.checks import Finding, Severity
from layout.design import css_bounds, svg_bounds
from layout.design import data_attributes as attribute
from layout.design.cmyk import Cmyk
from layout.design.custom_properties import defined_in, misspelt_options, undefined_uses, used_in
from layout.design.design_fault import DesignFault, blanked, line_and_column
from layout.design.known_looks import Looks, looked
from layout.design.lint_css import addresses, properties_of, sheet_faults, style_faults
from layout.design.lint_svg import drawing_faults
from layout.design.named_inks import Inks, read_inks
from layout.design.raw_inks import raw_inks
from layout.errors import Faults, Hint, LayoutError, Message, Place, TemplateError, nearest, unreadable
from layout.manuscript.encoding import decode

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONTENT = re.compile(r"""(?<![\w-])content\s*:((?:"[^"]*"|'[^']*'|[^;}"'])*)""")
_STRING = re.compile(r""""([^"]*)"|'([^']*)'""")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_QUOTED = 16
"""Characters of plain words that are quoted."""
_LIKE = 0.75
"""How like an attribute's name that of an unknown one must be to be taken for it misspelt."""
_UNCLOSED_END = re.compile(r"</[A-Za-z][^<>]*(?=<)")
"""An end tag before whose ``>`` another tag begins."""
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
"""Elements that have no end (HTML 13.1.2)."""
_UNPRINTED = ("title", "style", "script", "template")
"""Elements whose text is not on the page."""
_PAINTS = ("fill", "stroke", "stop-color", "bgcolor", "color")


def lint_design(folder: Path, known: Looks | None = None) -> tuple[Finding, ...]:
    """Looks at every style sheet, template and drawing of the design in *folder*, but for those that are *known*.
    Nothing is laid out.

    Raises ``TemplateError``, or ``Faults`` of several, with file, line, column and what to write instead. What comes
    back is worth saying but stops nothing: colours that an ink has a name for.
    """
    inks = read_inks(folder)
    sheets = {path: _text(path) for path in _files(folder, "*.css")}
    templates = {path: _text(path) for path in _files(folder, "*.html")}
    drawings = {path: _text(path) for path in _files(folder, "*.svg")}
    beyond = {path: looked(known, css_bounds.out_of_bounds, css) for path, css in sheets.items()}
    for css in (css for path, css in sheets.items() if not beyond[path]):
        inks.properties.update(looked(known, _properties, css, inks))
    faults: list[LayoutError] = []
    plainly: dict[Path, Iterable[tuple[int, int, str]]] = {}
    defined = defined_in([*sheets.values(), *templates.values(), *_shared_sheets(folder)])
    has_pages = any(attribute.FILL in html for html in templates.values())
    used = used_in([*sheets.values(), *templates.values(), *drawings.values(), *_shared_sheets(folder)])
    selectable = "".join([*sheets.values(), *templates.values(), *_shared_sheets(folder)])
    for path, css in sheets.items():
        if beyond[path]:
            faults += _faults(path, beyond[path])
            continue
        faults += _faults(path, looked(known, sheet_faults, css, inks))
        plainly[path] = list(_drawn_words(css))
        # What designs have in common leaves its properties to them; only a design with pages must say them all.
        faults += _faults(path, undefined_uses(css, defined) if has_pages else ())
        faults += _faults(path, misspelt_options(css, used))
        faults += _faults(path, _pictures(path.parent, looked(known, addresses, css)))
    for path, html in templates.items():
        wrong, words, pictures, data = looked(known, _template, html, inks)
        plainly[path] = words
        faults += _faults(path, wrong)
        faults += _faults(path, _pictures(path.parent, pictures))
        faults += _faults(path, _unknown_attributes(data, selectable))
    for path, drawing in drawings.items():
        faults += _faults(path, looked(known, _drawing, drawing, inks))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    written = {**sheets, **templates, **drawings}
    raw = [found for path, text in written.items() for found in looked(known, raw_inks, text, path, inks.named)]
    plain = [found for path, words in plainly.items() for found in _plain_words(path, words)]
    return (*plain, *raw)


def _properties(css: str, inks: Inks) -> Iterable[tuple[str, Cmyk]]:
    return properties_of(css, inks).items()


def _drawing(drawing: str, inks: Inks) -> Iterable[DesignFault]:
    too_much = svg_bounds.out_of_bounds(drawing.encode())
    return [too_much] if too_much else drawing_faults(drawing, inks)


def _template(html: str, inks: Inks) -> tuple[Any, Any, Any, Any]:
    found = _Template(html, inks)
    return tuple(found.faults), tuple(found.words), tuple(found.pictures), tuple(found.data)


def _shared_sheets(folder: Path) -> list[str]:
    """The style sheets that designs have in common, beside *folder* or among the program's own."""
    homes = dict.fromkeys([folder.parent / "components", assets.templates_dir() / "components"])
    return [_text(path) for home in homes for path in _files(home, "*.css")]


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def _text(path: Path) -> str:
    """The text of a file of the design. Raises ``TemplateError`` where it is not UTF-8."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error, TemplateError, str(path)) from error
    if path.suffix == ".svg" and content.strip() and b"<" not in content[:200]:
        raise TemplateError(
            Message("这个文件不是 SVG 图", "this file is no SVG drawing"),
            place=Place(str(path), 1, 1),
            hint=Message("用画图软件存成 SVG，光改后缀不行。", "Save it as SVG: changing the suffix is not enough."),
        )
    return decode(content, str(path), TemplateError)


def _pictures(folder: Path, named: Iterable[tuple[int, int, str]]) -> Iterator[DesignFault]:
    for line, column, address in named:
        fault = wrong_with_file(folder, address)
        if fault is not None:
            yield DesignFault(line, column, *fault)


def _unknown_attributes(written: Iterable[tuple[int, int, str]], selectable: str) -> Iterator[DesignFault]:
    """Every ``data-`` attribute that neither the program reads nor a style sheet selects by: it has no effect."""
    known = {each.removeprefix("data-"): each for each in sorted(attribute.names())}
    for line, column, name in written:
        if name in known.values() or name == "data-" or re.search(rf"\[\s*{re.escape(name)}\b", selectable):
            continue
        near = nearest(name.removeprefix("data-"), known, _LIKE)
        message = Message(f"没有 {name} 这个属性，它不起作用", f"there is no attribute {name}: it has no effect")
        hint = Message(
            f"删去；样式表要用它来选，就写 [{name}]", f"Take it out; a style sheet may select by it: [{name}]."
        )
        if near:
            hint = Message(f"是不是 {known[near]}？", f"Did you mean {known[near]}?")
        yield DesignFault(line, column, message, hint)


def _drawn_words(css: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and words of each ``content`` that puts some on the page."""
    for found in _CONTENT.finditer(_COMMENT.sub(blanked, css)):
        words = " ".join("".join(parts) for parts in _STRING.findall(found[1]))
        if any(char.isalnum() for char in words):
            yield *line_and_column(css, found.start()), words.strip()


def _plain_words(path: Path, written: Iterable[tuple[int, int, str]]) -> Iterator[Finding]:
    """``design.words``: words that a template writes plainly, which nothing accounts for."""
    for line, column, words in written:
        shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
        yield Finding(
            "design.words",
            Severity.WARNING,
            Message(f"版式里直接写着“{shown}”，不是稿件，也不是登记过的字。",
                    f"The design writes “{shown}” plainly: neither copy nor one of its labels."),
            Place(str(path), line, column),
            Hint(designer=Message('写进 design.toml 的 [labels]，用框要：data-flow="{{ labels.名字.flow }}"。',
                                  'Put it under [labels] in design.toml, and have a frame ask for it:'
                                  ' data-flow="{{ labels.name.flow }}".')),
        )  # fmt: skip


def _faults(path: Path, found: Iterable[DesignFault]) -> Iterator[TemplateError]:
    for fault in found:
        yield fault.error(str(path))


class _Template(HTMLParser):
    """The styles and inline drawings of a page template; what Jinja fills in is passed over."""

    def __init__(self, html: str, inks: Inks):
        super().__init__()
        self.faults: list[DesignFault] = []
        self.pictures: list[tuple[int, int, str]] = []
        """Line, column and address of each ``<img>``."""
        self.data: list[tuple[int, int, str]] = []
        """Line and column of each ``data-`` attribute's element, and the attribute."""
        self.words: list[tuple[int, int, str]] = []
        """Line and column of words that are written plainly, where a page would print them."""
        self._inks = inks
        self._in_style = False
        self._open: list[str] = []
        plain = _JINJA.sub(blanked, html)
        for end in _UNCLOSED_END.finditer(_HTML_COMMENT.sub(blanked, plain)):
            self.faults.append(_unclosed(*line_and_column(plain, end.start()), end[0].split()[0]))
        self.feed(plain)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at its attributes."""
        self._in_style = tag == "style"
        if any("<" in name for name in (tag, *(key for key, _ in attrs))):
            line, column = self.getpos()
            self.faults.append(_unclosed(line, column + 1, f"<{tag.partition('<')[0]}"))
        if tag not in _VOID:
            self._open.append(tag)
        for key, value in attrs:
            if key.startswith("data-"):
                line, column = self._place_of(key)
                self.data.append((line, column, key))
            if tag == "img" and key == "src" and value and value.strip():
                line, column = self.getpos()
                self.pictures.append((line, column + 1, value.strip()))
            elif key == "style" and value:
                self._take(list(css_bounds.out_of_bounds(value)) or style_faults(value, self._inks))
            elif key in _PAINTS and value:
                self._take(style_faults(f"color: {value}" if not value.startswith("url(") else "", self._inks))

    def _place_of(self, key: str) -> tuple[int, int]:
        """Line and column of an attribute of the element at hand."""
        line, column = self.getpos()
        written = self.get_starttag_text() or ""
        before = written[: max(0, written.lower().find(key))]
        if "\n" in before:
            return line + before.count("\n"), len(before) - before.rfind("\n")
        return line, column + len(before) + 1

    def handle_data(self, data: str) -> None:
        """Looks at a ``style`` element's rules, and for words."""
        # Outside of elements a macro gives values back that are no words.
        printed = bool(self._open) and not any(tag in _UNPRINTED for tag in self._open)
        if printed and any(char.isalnum() for char in data):
            first = next(index for index, char in enumerate(data) if not char.isspace())
            (line, column), (down, across) = self.getpos(), line_and_column(data, first)
            words = " ".join(data.split())
            self.words.append((line + down - 1, across + (column if down == 1 else 0), words))
        if self._in_style:
            line, column = self.getpos()
            for fault in list(css_bounds.out_of_bounds(data)) or sheet_faults(data, self._inks):
                first = fault.line == 1
                self.faults.append(
                    fault._replace(line=fault.line + line - 1, column=fault.column + (column if first else 0))
                )
            self._in_style = False

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element, and those in it that nothing closed."""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def _take(self, found: Iterable[DesignFault]) -> None:
        """Faults of an attribute stand where its element begins."""
        line, column = self.getpos()
        self.faults += [fault._replace(line=line, column=column + 1) for fault in found]


def _unclosed(line: int, column: int, tag: str) -> DesignFault:
    """A tag before whose end the next one begins: HTML takes that for an attribute, and its element is not there."""
    return DesignFault(
        line, column,
        Message(f"标签 {tag} 没有用 > 收尾，后面的标签被它吞掉",
                f"this tag is not closed with >: {tag} swallows the tag behind it"),
        Message("在这个标签的末尾补上 >", "Put > at the end of this tag."),
    )  # fmt: skip


_IMAGES = "images:"
_LETTERS = (".ttf", ".otf", ".woff", ".woff2")


def wrong_with_file(folder: Path, address: str) -> tuple[Message, Message] | None:
    """What is wrong with the file at *address*, as a template in *folder* writes it, and what to do; None for nothing.

    Files that are not there are the engine's business, which says so with their place.
    """
    if address.startswith(("#", "data:")) or "  " in address:  # a part of the page; or partly Jinja's
        return None
    plain = unquote(address.partition("#")[0].partition("?")[0])
    home = assets.images_dir() if plain.startswith(_IMAGES) else folder
    path = home / plain.removeprefix(_IMAGES)
    try:
        inside = path.resolve().is_relative_to(home.resolve())
        if not inside or path.suffix.lower() in (".svg", ".css", *_LETTERS) or not path.is_file():
            return None
        with Image.open(path) as image:
            mode, kind = image.mode, image.format
    except (OSError, RuntimeError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    if mode == "CMYK" and kind == "JPEG":
        return None
    return (
        Message(
            f"{path.name} 是 {mode} 的 {kind}，直接放进版面印不对",
            f"{path.name} is {kind} in {mode}: placed like this it does not print",
        ),
        Message(
            "照片放 data-picture 框，由程序分色；花饰用 SVG；要直接放的存成 CMYK 的 JPEG。",
            "Photographs go into a data-picture box, ornaments are SVG; else save it as a CMYK JPEG.",
        ),
    )
