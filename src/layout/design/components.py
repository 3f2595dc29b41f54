"""The components of a design, read from its templates: macros and partials that draw, with what their comments say.

A component's comment stands right above its macro, or heads its partial: a sentence in Chinese and one in English with
“ / ” between them, then a line for each parameter, ``n: 跨几栏 / the columns that it spans``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import nodes

from layout.design import data_attributes as attribute
from layout.design.shapes import shape_files
from layout.design.template_library import SHARED, Part, TemplateLibrary
from layout.errors import Message, Place

_COMMENT = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(")
_PARAMETER = re.compile(r"^\s*([a-z_]\w*):\s+(.+)$", re.ASCII)
_ELEMENT = re.compile(r"<[a-z]")
_CLASS = re.compile(r"""\bclass=["']([^"']*)["']""")
_HOOK = re.compile(r"\bdata-[a-z-]+")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CHOSEN = re.compile(r"""(?:\{\{-?|\belse)\s*["']([^"']*)["']""")
REST = "…"
"""What of a class a template reckons: ``span-…``."""
_PAGE = re.compile(r"<main\b|<body\b")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a macro, or a name that a partial is given."""

    name: str
    default: str
    """As it is written; nothing where there is none."""
    meaning: Message | None
    """As the component's comment has it."""


@dataclass(frozen=True, slots=True)
class Component:
    """A macro or a partial that draws something."""

    name: str
    """Of the macro; of a partial its file without the suffix."""
    file: str
    """As templates name it: ``components/parts.html``, or a file of the design's own."""
    line: int
    is_macro: bool
    about: Message | None
    parameters: tuple[Parameter, ...]
    classes: tuple[str, ...]
    """Those that its elements have, which style sheets know it by."""
    hooks: tuple[str, ...]
    """The ``data-`` attributes that it writes and the program reads."""
    reads: tuple[str, ...]
    """The CSS variables that its rules ask for."""

    @property
    def is_shared(self) -> bool:
        """Whether designs share it."""
        return self.file.startswith(f"{SHARED}/")

    @property
    def part(self) -> Part:
        """By which it is known where it is used."""
        return self.file, self.name if self.is_macro else ""

    @property
    def key(self) -> str:
        """What no other component of a design is called."""
        return f"{self.file}:{self.name}"

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place(self.file, self.line)

    @property
    def call(self) -> str:
        """How a template calls it."""
        return f"{{{{ {self.name}({', '.join(map(_signature, self.parameters))}) }}}}" if self.is_macro else self.file


@dataclass(frozen=True, slots=True)
class ParentPage:
    """A template that others extend, and the blocks that they fill."""

    file: str
    about: Message | None
    blocks: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    """By the file of each template that extends it, the blocks that it fills."""


def components_of(folder: Path, shared: Path) -> tuple[Component, ...]:
    """The components of the design in *folder*: its own first, then those of *shared* (the folder that holds
    ``components``) that it uses, in the order of their files.
    """
    library = _Library(folder, shared)
    own = [each for file in library.own for each in library.components(file)]
    theirs = [each for file in library.shared_in_use for each in library.components(file)]
    return tuple(own + [each for each in theirs if each.part in library.used])


def shared_components(shared: Path) -> tuple[Component, ...]:
    """All components that designs share, those of *shared*, in the order of their files."""
    library = _Library(shared / SHARED, shared)
    files = sorted(path.relative_to(shared).as_posix() for path in (shared / SHARED).rglob("*.html"))
    return tuple(each for file in files for each in library.components(file))


def uses_of(folder: Path, shared: Path) -> frozenset[Part]:
    """What the design in *folder* uses: the file of a component and its macro's name, nothing behind it for a
    partial."""
    return _Library(folder, shared).used


def parts_of_kind(folder: Path, shared: Path, kind: str, *, is_auto: bool) -> frozenset[Part]:
    """What pages of that *kind* of the design in *folder* can come to: see ``Component.part``. *is_auto* says that they
    are made up, so that shapes stand on them.
    """
    return _Library(folder, shared).parts_of(kind, is_auto=is_auto)


def parent_pages(folder: Path, shared: Path) -> tuple[ParentPage, ...]:
    """The templates of the design in *folder* that others of it extend."""
    library = _Library(folder, shared)
    children: dict[str, dict[str, tuple[str, ...]]] = {}
    for file in library.own:
        for parent in library.extended(file):
            children.setdefault(parent, {})[file] = library.blocks(file)
    return tuple(
        ParentPage(parent, library.about(parent), library.blocks(parent), dict(sorted(own.items())))
        for parent, own in sorted(children.items())
    )


def _signature(parameter: Parameter) -> str:
    return f"{parameter.name}={parameter.default}" if parameter.default else parameter.name


class _Library(TemplateLibrary):
    """The templates of a design, with what components are in them."""

    def __init__(self, folder: Path, shared: Path):
        super().__init__(folder, shared)
        self._folder, self._shared = folder, shared

    @cached_property
    def used(self) -> frozenset[Part]:
        """Every macro and partial that the design asks for, by file and name, those that these ask for included."""
        shapes = shape_files(self._folder)
        return self.parts_asked_for(self.reached([*self.own, *shapes])) | {(file, "") for file in shapes}

    def parts_of(self, kind: str, *, is_auto: bool) -> frozenset[Part]:
        """What pages of that *kind* can come to: its macros and partials, and those of its own templates; shapes too
        where it is made up. All that the design asks for, where one of these templates cannot be read.
        """
        own = [f"{kind}.html", *(file for file in self.own if re.fullmatch(rf"{re.escape(kind)}-[a-z]\.html", file))]
        shapes = shape_files(self._folder) if is_auto else ()
        files = self.reached([*own, *shapes])
        if any(map(self.is_broken, files)):
            return self.used
        called = frozenset(name for file in files for name in self.calls(file))
        asked = {(file, name) for file, name in self.parts_asked_for(files) if not name or name in called}
        inside = {(file, name) for file in files for name in self._drawing(file) & self.calls(file)}
        return frozenset(asked | inside | {(file, "") for file in files if file in shapes})

    @property
    def shared_in_use(self) -> list[str]:
        """The shared files that it uses."""
        return sorted({file for file, _ in self.used if file.startswith(f"{SHARED}/")})

    def about(self, file: str) -> Message | None:
        """What the comment at its head says."""
        found = _COMMENT.match(self.source(file).lstrip())
        return _explained(found[1])[0] if found else None

    def components(self, file: str) -> Iterator[Component]:
        """The components in a file: its macros that draw, or itself, where it is a partial that is included."""
        source = self.source(file)
        drawing = self._drawing(file)
        for found in _MACRO.finditer(source):
            if found[1] in drawing and not found[1].startswith("_"):
                yield self._macro(file, found[1], found.start())
        is_partial = file.startswith(f"{SHARED}/") or (file, "") in self.used
        is_page = _PAGE.search(source) or self.extended(file)
        if is_partial and not drawing and not is_page and _ELEMENT.search(_JINJA.sub("", _COMMENT.sub("", source))):
            yield self._partial(file)

    def _drawing(self, file: str) -> frozenset[str]:
        """The macros of a file that print elements, by themselves or by others."""
        macros = {node.name: node for node in self.all(file, nodes.Macro) if isinstance(node, nodes.Macro)}
        drawing = {
            name for name, macro in macros.items()
            if any(_ELEMENT.search(data.data) for data in macro.find_all(nodes.TemplateData))
        }  # fmt: skip
        while True:
            more = {
                name for name, macro in macros.items()
                if name not in drawing and any(
                    isinstance(call.node, nodes.Name) and call.node.name in drawing
                    for output in macro.find_all(nodes.Output) for call in output.find_all(nodes.Call)
                )
            }  # fmt: skip
            if not more:
                return frozenset(drawing)
            drawing |= more

    def _macro(self, file: str, name: str, start: int) -> Component:
        source = self.source(file)
        before = source[:start].rstrip()
        comment = next((each for each in _COMMENT.finditer(before) if each.end() == len(before)), None)
        about, meanings = _explained(comment[1]) if comment else (None, {})
        node = next(each for each in self.all(file, nodes.Macro) if isinstance(each, nodes.Macro) and each.name == name)
        end = source.find("endmacro", start)
        given = [each.name for each in node.args]
        defaults = [""] * (len(given) - len(node.defaults)) + [_written(each) for each in node.defaults]
        parameters = tuple(
            Parameter(each, default, meanings.get(each)) for each, default in zip(given, defaults, strict=True)
        )
        line = source.count("\n", 0, start) + 1
        return self._component(Place(file, line), name, source[start:end], about, parameters)

    def _partial(self, file: str) -> Component:
        found = _COMMENT.match(self.source(file).lstrip())
        about, meanings = _explained(found[1]) if found else (None, {})
        parameters = tuple(Parameter(name, "", meaning) for name, meaning in meanings.items())
        return self._component(Place(file), Path(file).stem, self.source(file), about, parameters)

    def _component(
        self, place: Place, name: str, body: str, about: Message | None, parameters: Sequence[Parameter]
    ) -> Component:
        classes = tuple(
            dict.fromkeys(
                word
                for words in _CLASS.findall(_JINJA.sub(_class_words, body))
                for word in words.split()
                if word != REST
            )
        )
        known = attribute.names()
        hooks = tuple(dict.fromkeys(each for each in _HOOK.findall(_JINJA.sub(" ", body)) if each in known))
        reads = tuple(dict.fromkeys([*_VARIABLE.findall(body), *self._variables(classes)]))
        line = place.line or 1
        return Component(
            name, place.file, line, place.line is not None, about, tuple(parameters), classes, hooks, reads
        )

    def _variables(self, classes: Iterable[str]) -> Iterator[str]:
        """The variables that rules for one of *classes* ask for."""
        patterns = [
            re.compile(rf"\.{re.escape(each.removesuffix(REST))}" + ("" if each.endswith(REST) else r"(?![\w-])"))
            for each in classes
        ]
        for css in self._styles:
            for selector, body in _RULE.findall(css):
                if any(each.search(selector) for each in patterns):
                    yield from _VARIABLE.findall(body)

    @cached_property
    def _styles(self) -> list[str]:
        """The design's style sheets and the shared ones."""
        homes = dict.fromkeys((self._folder, self._shared / SHARED))
        paths = [path for home in homes for path in sorted(home.glob("*.css"))]
        return [_CSS_COMMENT.sub("", path.read_text(encoding="utf-8-sig", errors="replace")) for path in paths]


def _class_words(jinja: re.Match[str]) -> str:
    """What an expression may print into ``class``: the words that it chooses among; ``REST`` where it reckons."""
    if not jinja[0].startswith("{{"):
        return " "
    chosen = _CHOSEN.findall(jinja[0])
    return "".join(f" {each}" for each in chosen) if chosen else REST


def _written(default: nodes.Expr) -> str:
    """A default as templates write it."""
    try:
        value = default.as_const()
    except nodes.Impossible:
        return "…"
    return (
        {True: "true", False: "false", None: "none"}.get(value, "")
        if isinstance(value, bool | None)
        else (f'"{value}"' if isinstance(value, str) else str(value))
    )


def _explained(comment: str) -> tuple[Message | None, dict[str, Message]]:
    """What a comment says of a component, and of each parameter."""
    words: list[str] = []
    meanings: dict[str, Message] = {}
    for line in comment.strip().splitlines():
        found = _PARAMETER.match(line)
        if found:
            meanings[found[1]] = _both(found[2])
        else:
            words.append(line.strip())
    text = " ".join(word for word in words if word)
    return (_both(text) if text else None), meanings


def _both(words: str) -> Message:
    """*words* in both languages; what stands in one alone is said in both."""
    zh, slash, en = words.strip().partition(" / ")
    return Message(zh.strip(), en.strip()) if slash else Message(zh.strip(), zh.strip())
