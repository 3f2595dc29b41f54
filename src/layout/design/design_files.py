"""The files of a design: the template and style sheets of a page, where something is written in them, and design.toml.

WeasyPrint names no file, only a line and a column: of the style sheet it reads, or, where a value came through
``var()`` and is known no sooner than at layout, of any of them. Which one it is, is found by looking.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

from layout.design.css_bounds import growing_variables, out_of_bounds
from layout.design.css_syntax_checks import syntax_faults
from layout.design.design_fault import DesignFault, blanked, line_and_column
from layout.errors import Faults, Place, TemplateError, unreadable
from layout.manuscript.encoding import decode
from layout.toml_files.reading import TomlFile, read_toml

_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?(?:["']([^"'\n]+)["']|([^\s"');]+))""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*$")


@lru_cache(maxsize=16)
def _faults_of(css: str) -> tuple[DesignFault, ...]:
    """What is out of bounds in a style sheet, or else left open in it."""
    return tuple(out_of_bounds(css)) or tuple(syntax_faults(css))


def _lines(text: str) -> str:
    """The lines of *text*, each with a plain line break before it."""
    return "".join(f"\n{line}" for line in text.splitlines())


class DesignFiles:
    """A page's template and style sheets."""

    def __init__(self, template: Path):
        self.template = template
        self._styles: dict[Path, str] = {}
        self._templates: dict[Path, str] = {}
        """Their lines, each with a plain line break before it."""

    def hash(self) -> str:
        """Of all files that places are looked for in."""
        found = sha256()
        folder = self.template.parent
        for path in (self.template, *sorted(folder.glob("*.css")), *sorted(folder.glob("*.html")), *self._styles):
            content = path.read_bytes() if path.is_file() else b""
            found.update(f"{path} {len(content)} ".encode("utf-8", "surrogateescape") + content)
        return found.hexdigest()

    def take_style(self, url: str, find: Callable[[str], Path | None]) -> None:
        """Notes a style sheet and those that it imports; *find* gives the file behind a URL.

        Raises ``Faults`` for what is left open in one and would take in the rest of it, and for what is out of bounds.
        """
        path = find(url)
        if path is None or not path.is_file() or path in self._styles:
            return  # WeasyPrint fetches it too, and the fetcher reports what is wrong
        css = self._styles[path] = path.read_text(encoding="utf-8-sig", errors="replace")
        if found := [fault.error(str(path)) for fault in _faults_of(css)]:
            raise Faults(found)
        for imported in _IMPORT.finditer(css):
            self.take_style(urljoin(url, imported[1] or imported[2]), find)

    def check_inline(self, styles: Sequence[str]) -> None:
        """Raises ``Faults`` where the variables of the style sheets, or the *styles* that the page itself holds, are
        out of bounds.
        """
        found = [
            fault.error(str(path)) if path in self._styles else fault.error("").at(self.mention([name]))
            for path, name, fault in growing_variables({**self._styles, self.template: "\n".join(styles)})
        ]
        for style in styles:
            found += [fault.error("").at(self.mention([style.strip()[:40]])) for fault in out_of_bounds(style)]
        if found:
            raise Faults(found)

    def styles(self) -> Iterator[tuple[Path, str]]:
        """The style sheets with their text; what one imports comes before it, as CSS has it."""
        yield from self._styles.items()

    def style(self, place: Place) -> str | None:
        """The text of the style sheet that *place* is in; None where it is in none."""
        return self._styles.get(Path(place.file))

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

    def element(self, words: Sequence[str]) -> Place:
        """Where a template, the page's own before the others, first writes the first of *words* that it writes."""
        if not self._templates:
            paths = dict.fromkeys((self.template, *sorted(self.template.parent.glob("*.html"))))
            self._templates = {path: _lines(path.read_text("utf-8-sig", errors="replace")) for path in paths}
        for word in words:
            for path, lines in self._templates.items():
                at = lines.find(word, 1) if "\n" not in word else -1
                if at >= 0:
                    return Place(str(path), lines.count("\n", 0, at), at - lines.rfind("\n", 0, at))
        return Place(str(self.template))

    def selector(self, selector: str, style: Path | None) -> Place:
        """Where *selector* is written: in *style*, else in one that it may import."""
        return _written(re.escape(selector), [(path, self._styles[path]) for path in self._from(style)], self.template)

    def declaration(self, name: str, line: int, column: int, style: Path) -> Place:
        """The declaration of *name* at a spot of *style* or of one that it imports."""
        for path in self._from(style):
            if _line(self._styles[path], line)[column - 1 :].startswith(name):
                return Place(str(path), line, column)
        return Place(str(style), line, column)

    def used_value(self, name: str, value: str, line: int, column: int) -> Place:
        """The declaration of *name* whose *value* begins at a spot of any style sheet, else one in a template."""
        for path, css in self._styles.items():
            found = _DECLARED.search(_line(css, line)[: column - 1])
            # WeasyPrint may call ``border`` by one of the properties that it stands for, ``border-top``.
            if found and f"{name}-".startswith(f"{found[1]}-"):
                return Place(str(path), line, found.start() + 1)
        first = "".join(value.split()[:1])
        templates = [self.template, *sorted(self.template.parent.glob("*.html"))]
        texts = {path: path.read_text(encoding="utf-8-sig", errors="replace") for path in templates}
        return _written(rf"(?<![\w-]){re.escape(name)}\s*:\s*{re.escape(first)}", list(texts.items()), self.template)

    def declared(self, names: Sequence[str]) -> Place | None:
        """Where a style sheet, or else a template, first gives one of the properties *names* a value; None nowhere."""
        templates = [self.template, *sorted(self.template.parent.glob("*.html"))]
        texts = {path: path.read_text(encoding="utf-8-sig", errors="replace") for path in templates}
        for path, text in [*self._styles.items(), *texts.items()]:
            pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})\s*:"
            if found := re.search(pattern, _COMMENT.sub(blanked, text)):
                return Place(str(path), *line_and_column(text, found.start()))
        return None

    def pseudo_element(self, name: str) -> Place | None:
        """Where a style sheet first has a selector with the pseudo-element *name*; None nowhere."""
        for path, css in self._styles.items():
            if found := re.search(rf":{re.escape(name)}(?![\w-])", _COMMENT.sub(blanked, css)):
                return Place(str(path), *line_and_column(css, found.start()))
        return None

    def in_template(self, names: Sequence[str]) -> Place:
        """Where a style attribute of a template first gives one of the properties *names* a value."""
        templates = [self.template, *sorted(self.template.parent.glob("*.html"))]
        texts = [(path, path.read_text(encoding="utf-8-sig", errors="replace")) for path in templates]
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})\s*:"
        found = [(path, text) for path, text in texts if re.search(pattern, text)]
        return _written(pattern, found, self.template)

    def _from(self, style: Path | None) -> list[Path]:
        """*style* first, then those that it may have imported."""
        return sorted(self._styles, key=lambda path: path != style)


def _line(text: str, number: int) -> str:
    return "".join(text.split("\n")[number - 1 : number])


def _written(pattern: str, texts: Sequence[tuple[Path, str]], otherwise: Path) -> Place:
    """Where *pattern* first stands in *texts*; else the first of them, or *otherwise*."""
    for path, text in texts:
        if found := re.search(pattern, text):
            return Place(str(path), *line_and_column(text, found.start()))
    return Place(str(texts[0][0] if texts else otherwise))


NAME = "design.toml"


def read_design_toml(folder: Path) -> TomlFile | None:
    """The design.toml of the design in *folder*; None where there is none.

    Raises ``TemplateError`` (or ``Faults`` of several) where it cannot be read, is not UTF-8 or is no TOML.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error, TemplateError, str(path)) from error
    return _design_toml(decode(content, str(path), TemplateError), str(path))


def page_kinds(folder: Path) -> tuple[str, ...]:
    """The kinds of page of the design in *folder*, in its own order: ``page`` where it names none.

    Raises what ``read_design_toml`` raises.
    """
    toml = read_design_toml(folder)
    written = toml.values.get("kinds") if toml else None
    return tuple(map(str, written)) if isinstance(written, list) else ("page",)


@lru_cache(maxsize=4)
def _design_toml(text: str, file: str) -> TomlFile:
    """Parsed once in a process: requirements, inks, words and labels of a page each ask for it."""
    return read_toml(text, file, TemplateError)
