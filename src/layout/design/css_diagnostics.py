"""What WeasyPrint says of a design while it works, made into findings that name the file and line meant.

WeasyPrint names no file, only a line and a column: of the style sheet it reads, or, where a value came through
``var()`` and is known no sooner than at layout, of any of them. Which one is found by looking.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from layout.checks import Finding, Severity
from layout.design.css_syntax_checks import missing_semicolon, syntax_faults
from layout.design.unsupported_css import unsupported_in, unsupported_property
from layout.errors import Faults, Place, Said, TemplateError, nearest

CHECK = "design.unknown"

_AT = re.compile(r" at (\d+):(\d+)")
_IGNORED = re.compile(r"Ignored `([\w-]+):\s*(.*)` at (\d+):(\d+), (.*?)\.?$", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '?(.*?)(?:'(?:, .*)?)?$", re.DOTALL)
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?(?:["']([^"'\n]+)["']|([^\s"');]+))""")
_DECLARED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*$")
_COLOURED = re.compile(r"colou?r$|^background|^border|^outline|^fill$|^stroke$")
_NOISE = re.compile(r"Anchor defined twice|Unknown empty rule <AtRule @charset ")
"""What changes nothing on a printed page."""

_SHOWN = 48
"""Characters of a value that are quoted."""


@contextmanager
def listening(logger: logging.Logger) -> Iterator[list[logging.LogRecord]]:
    """Everything that *logger* says from warnings up, and nobody else hears it."""
    ears = _Ears()
    logger.addHandler(ears)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield ears.records
    finally:
        logger.removeHandler(ears)
        logger.propagate = propagate


class _Ears(logging.Handler):
    """Keeps every record from warning up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps *record*."""
        self.records.append(record)


class _Told(NamedTuple):
    """A message in our words."""

    said: Said
    hint: Said
    place: Place


class DesignFiles:
    """A page's template and style sheets, for finding where something is written."""

    def __init__(self, template: Path):
        self.template = template
        self._styles: dict[Path, str] = {}

    def take_style(self, url: str, find: Callable[[str], Path | None]) -> None:
        """Notes a style sheet and those that it imports; *find* gives the file behind a URL.

        Raises ``Faults`` for syntax_faults that would take in the rest of one.
        """
        path = find(url)
        if path is None or not path.is_file() or path in self._styles:
            return  # WeasyPrint asks for it too, and the fence says what is amiss
        css = self._styles[path] = path.read_text(encoding="utf-8-sig", errors="replace")
        found = [
            TemplateError(fault.said, place=Place(str(path), fault.line, fault.column), hint=fault.hint)
            for fault in syntax_faults(css)
        ]
        if found:
            raise Faults(found)
        for imported in _IMPORT.finditer(css):
            self.take_style(urljoin(url, imported[1] or imported[2]), find)

    def styles_hash(self) -> str:
        """The same for the same style sheets."""
        whole = "\0".join(f"{path}\0{css}" for path, css in self._styles.items())
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()

    def styles(self) -> Iterator[tuple[Path, str]]:
        """The style sheets with their text; what one imports comes before it, as CSS has it."""
        yield from self._styles.items()

    def is_style(self, place: Place | None) -> bool:
        """Whether *place* is in a style sheet."""
        return place is not None and Path(place.file) in self._styles

    def mention(self, names: Sequence[str], first: Path | None = None) -> Place:
        """Where the design first names the first of *names* that it names: in *first*, else in any of its files."""
        folder = self.template.parent
        paths = (first or self.template, *sorted(folder.glob("*.css")), *sorted(folder.glob("*.html")))
        for name in names:
            for path in paths:
                for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                    if name in line:
                        return Place(str(path), number)
        return Place(str(paths[0]))

    def finding(self, record: logging.LogRecord, style: Path | None) -> Finding | None:
        """What a record says of the design, *style* being the style sheet read meanwhile; None where it is nothing.

        Raises ``TemplateError`` for what WeasyPrint calls an error.
        """
        message = record.getMessage()
        if _NOISE.search(message):
            return None
        told = self._told(message, style)
        if record.levelno >= logging.ERROR:
            raise TemplateError(told.said, place=told.place, hint=told.hint)
        return Finding(CHECK, Severity.WARNING, told.said, told.place, told.hint)

    def _told(self, message: str, style: Path | None) -> _Told:
        ignored, selector, at = _IGNORED.match(message), _SELECTOR.match(message), _AT.search(message)
        if ignored:
            return self._ignored(ignored, style)
        if selector:
            words = _cut(selector[1])
            return _Told(
                Said(f"不认选择器“{words}”，整条不起作用", f"the selector “{words}” is not understood"),
                Said("查拼写、冒号和点号", "check its spelling, colons and dots"),
                self._written(re.escape(selector[1].strip()), self._from(style)),
            )
        place = Place(str(style or self.template))
        return _Told(
            Said(f"排版引擎不认：{message}", f"the engine cannot use this: {message}"),
            Said("改写或删去", "rewrite it or take it out"),
            Place(place.file, int(at[1]), int(at[2])) if at and style else place,
        )

    def _ignored(self, ignored: re.Match[str], style: Path | None) -> _Told:
        name, value, line, column, why = ignored.groups()
        at = int(line), int(column)
        place = self._read(name, at, style) if style else self._used(name, value, at)
        told = _Told(*_reason(name, value, why), place)
        return told if style else self._through_variable(name, told)

    def _from(self, style: Path | None) -> list[Path]:
        """*style* first, then those that it may have imported."""
        return sorted(self._styles, key=lambda path: path != style)

    def _read(self, name: str, at: tuple[int, int], style: Path) -> Place:
        """A declaration in *style* or in one that it imports: WeasyPrint does not say in which."""
        for path in self._from(style):
            line = "".join(self._styles[path].split("\n")[at[0] - 1 : at[0]])
            if line[at[1] - 1 :].startswith(name):
                return Place(str(path), *at)
        return Place(str(style), *at)

    def _used(self, name: str, value: str, at: tuple[int, int]) -> Place:
        """A declaration known by its name and by where its value begins, in a style sheet or else in a template."""
        for path, css in self._styles.items():
            line = "".join(css.split("\n")[at[0] - 1 : at[0]])
            found = _DECLARED.search(line[: at[1] - 1])
            # ``border`` may be told of as ``border-top``.
            if found and f"{name}-".startswith(f"{found[1]}-"):
                return Place(str(path), at[0], found.start() + 1)
        first = "".join(value.split()[:1])
        templates = [self.template, *sorted(self.template.parent.glob("*.html"))]
        return self._written(rf"(?<![\w-]){re.escape(name)}\s*:\s*{re.escape(first)}", templates)

    def _written(self, pattern: str, paths: Sequence[Path]) -> Place:
        for path in paths:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            found = re.search(pattern, text)
            if found:
                start = found.start()
                return Place(str(path), text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        return Place(str(paths[0] if paths else self.template))

    def _through_variable(self, name: str, told: _Told) -> _Told:
        """Where the declaration says ``var(--x)``, ``--x`` is to be looked at, if it is said in one place only."""
        css = self._styles.get(Path(told.place.file))
        if css is None or told.place.line is None or told.place.column is None:
            return told
        rest = css.split("\n", told.place.line - 1)[-1][told.place.column - 1 :]
        variable = _VARIABLE.search(re.split("[;}]", rest, maxsplit=1)[0])
        if variable is None:
            return told
        sought = rf"(?<![\w-]){variable[1]}\s*:"
        holders = [path for path, text in self._styles.items() for _ in re.findall(sought, text)]
        if not holders:
            said = Said(f"没有 {variable[1]}，“{name}”不起作用", f"there is no {variable[1]}: “{name}” has no effect")
            return _Told(said, Said("查拼写，或在 :root 里写上", "check its spelling, or set it in :root"), told.place)
        if len(holders) > 1:
            return told
        used = f"{Path(told.place.file).name}:{told.place.line}"
        return _Told(
            Said(f"{variable[1]} 的值不能用作 {name}（{used}）", f"{variable[1]} is no value for {name} ({used})"),
            told.hint,
            self._written(sought, holders),
        )


def _reason(name: str, value: str, why: str) -> tuple[Said, Said]:
    """Why a declaration came to nothing, and what to do."""
    shown, swallowed = f"{name}: {_cut(value)}", missing_semicolon(f" {value}")
    unsupported = unsupported_property(name, value) or unsupported_in(value)
    if unsupported is not None:
        return unsupported
    if why == "unknown property":
        near = nearest(name, _properties(), 0.75)
        said = Said(
            f"没有“{name}”这种样式，“{shown}”不起作用", f"there is no property “{name}”: “{shown}” has no effect"
        )
        return said, Said(f"是不是 {near}？", f"did you mean {near}?") if near else _SPELLING
    said = Said(f"“{shown}”的值不对，不起作用", f"“{shown}” has no such value, and is passed over")
    if swallowed:
        return said, Said(f"“{swallowed}”前面少了分号", f"a semicolon is missing before “{swallowed}”")
    return said, _INKS if _COLOURED.search(name) else _SPELLING


_SPELLING = Said("查拼写和单位", "check spelling and units")
_INKS = Said("颜色写成 device-cmyk(0 1 0.95 0.04)", "write colours as device-cmyk(0 1 0.95 0.04)")


def _properties() -> list[str]:
    from weasyprint.css.properties import KNOWN_PROPERTIES  # noqa: PLC0415  (only when something is wrong)
    from weasyprint.css.validation.expanders import EXPANDERS  # noqa: PLC0415

    return sorted({*KNOWN_PROPERTIES, *EXPANDERS})


def _cut(text: str) -> str:
    """On one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
