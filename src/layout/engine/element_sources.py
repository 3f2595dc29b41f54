"""Leads from what is on a page to what is written: the element behind each box, its lines, macros, rules and values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from weasyprint import HTML

from layout.design import data_attributes as attribute
from layout.design.template_stamps import CALLED, RETURNED, Stamped
from layout.engine.box_traits import border_box, element_name, pseudo_of
from layout.engine.contours import matrix_of
from layout.engine.css_origins import DeclarationFinder, StyleRule
from layout.engine.frame_types import options_of
from layout.engine.page_layout import PageLayout
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Place
from layout.geometry import IDENTITY, Box, Matrix

_NOT_SHOWN = frozenset({"html", "head", "body", "link", "meta", "title", "style", "script"})
_INHERITED = frozenset(
    {"font-family", "font-size", "line-height", "letter-spacing", "color", "text-align", "font-weight"}
)
TYPE_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "face": ("font-family", "font"),
    "weight": ("font-weight", "font"),
    "size": ("font-size", "font"),
    "leading": ("line-height", "font"),
    "tracking": ("letter-spacing",),
    "align": ("text-align", "text-align-all"),
    "ink": ("color",),
}
"""What an inspector says of type, and the properties that decide it."""


@dataclass(frozen=True, slots=True)
class MacroCall:
    """A macro that made an element, and the line that calls it."""

    name: str
    place: Place
    """Of the call."""
    component: str
    """The file in which the macro is written."""
    number: int = 0
    """Which call of the page it is: elements of one have the same."""


@dataclass(frozen=True, slots=True)
class ValueSource:
    """A value that a style gives an element, and where it is written; nowhere: it is CSS's own or the program's."""

    name: str
    value: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class PageElement:
    """An element of the page that has a box, in points from the trimmed page's corner."""

    key: str
    """Of a marked element; else nothing."""
    name: str
    """As a selector would call it."""
    box: Box
    place: Place | None
    """The line of the template that writes it."""
    calls: tuple[MacroCall, ...]
    """The macros that it comes from, the innermost first."""
    rules: tuple[StyleRule, ...]
    """Those of the style sheets that are meant for it, the one that wins last."""
    style: str
    """What the template says in its style attribute, which wins over them."""
    values: tuple[ValueSource, ...]
    """Of a frame: what its type and its options come from."""

    @property
    def lines(self) -> tuple[Place, ...]:
        """The lines of the design that decide how it stands: its template's, the outermost call of a macro that made
        it, the rule that wins.
        """
        calls = [call.place for call in self.calls[-1:]]
        found = [self.place, *calls, *(rule.place for rule in self.rules[-1:])]
        return tuple(dict.fromkeys(replace(place, column=None) for place in found if place is not None))


class _Written(NamedTuple):
    place: Place | None
    calls: tuple[MacroCall, ...] = ()
    style: str = ""
    """What the template says in the style attribute: the layout puts heights of its own there."""


def page_elements(
    layout: PageLayout, stamped: Stamped | None, keys: Collection[str] | None = None
) -> tuple[PageElement, ...]:
    """The elements of a laid-out page in document order, those of *keys* alone where such are named; *stamped* is the
    same page filled with stamps, if it could be.

    Without it, or where it is another page, an element is looked for in the templates by its words.
    """
    sources = _Sources(layout, {} if stamped is None else _written(layout.root, stamped))
    return tuple(
        PageElement(
            element.get(attribute.KEY) or "",
            element_name(box),
            at.rounded(3),
            (written := sources.written(element)).place,
            written.calls,
            sources.finder.rules(element),
            written.style,
            sources.values(box, element) if element.get(attribute.FLOW) else (),
        )
        for element, box, at in _elements(layout.document.pages[0]._page_box, IDENTITY, set())
        if keys is None or element.get(attribute.KEY) in keys
    )


class _Sources:
    """Where the elements of a laid-out page are written, and what they look like."""

    def __init__(self, layout: PageLayout, written: Mapping[int, _Written]):
        self._layout = layout
        self._stamped = written
        self.finder = DeclarationFinder(tuple(layout.files.styles()), layout.root)

    def written(self, element: Element) -> _Written:
        """The line that writes it, by its stamp, else by its words."""
        return self._stamped.get(id(element)) or _Written(self._layout.files.element(_words(element)))

    def values(self, box: LayoutBox, element: Element) -> tuple[ValueSource, ...]:
        """The properties and options of a frame."""
        found = [
            ValueSource(what, "", self._place(element, names, inherited=names[0] in _INHERITED))
            for what, names in TYPE_PROPERTIES.items()
        ]
        # Custom properties are inherited.
        found += [
            ValueSource(f"--{name}", value, self._place(element, (f"--{name}",), inherited=True))
            for name, value in options_of(box.style).items()
        ]
        return tuple(found)

    def _place(self, element: Element, names: Sequence[str], *, inherited: bool) -> Place | None:
        winner = self.finder.winner(element, None, names, inherited=inherited)
        if winner is None or winner.element is None:
            return winner.place if winner else None
        return self.written(winner.element).place


def _elements(box: LayoutBox, outer: Matrix, seen: set[int]) -> Iterator[tuple[Element, LayoutBox, Box]]:
    """Every element with its first box, and where that stands."""
    element, matrix = getattr(box, "element", None), matrix_of(box, outer)
    if (
        element is not None and id(element) not in seen and hasattr(box, "border_top_width")
        and not pseudo_of(box) and element.tag not in _NOT_SHOWN and element.get(attribute.PREPARED) is None
    ):  # fmt: skip
        seen.add(id(element))
        yield element, box, border_box(box).turned(matrix)
    for child in getattr(box, "children", ()):
        yield from _elements(child, matrix, seen)


def _words(element: Element) -> list[str]:
    """What a template may write where it says the element."""
    names = (attribute.FLOW, attribute.PICTURE, "class")
    return [f'{name}="{value}"' for name in names if (value := element.get(name))] or [f"<{element.tag}"]


def _written(root: Element, stamped: Stamped) -> dict[int, _Written]:
    """By element, where the stamped page says that it is written. Nothing where the two pages are not the same."""
    own = [element for element in root.iter() if _is_of_template(element)]
    stamps = list(_stamps(HTML(string=stamped.html).etree_element, stamped.files))
    if [element.tag for element in own] != [element.tag for element, _ in stamps]:
        return {}
    return {id(element): written for element, (_, written) in zip(own, stamps, strict=True) if written}


def _is_of_template(element: Element) -> bool:
    """Whether a template writes it: no comment, no picture put into its box. Links are taken out of the tree."""
    return isinstance(element.tag, str) and element.tag != "link" and element.get(attribute.PREPARED) is None


def _stamps(root: Element, files: Sequence[Path]) -> Iterator[tuple[Element, _Written | None]]:
    calls: list[MacroCall] = []
    numbers = count(1)
    for node in root.iter():
        if not isinstance(node.tag, str):
            _follow(str(node.text or ""), files, calls, numbers)
        elif _is_of_template(node):
            yield node, _read(node, files, calls)


def _follow(comment: str, files: Sequence[Path], calls: list[MacroCall], numbers: Iterator[int]) -> None:
    """Notes that a macro was called, or that it is done."""
    match comment.split():
        case [name, file, line, macro, own] if name == CALLED:
            place = Place(str(files[int(file)]), int(line))
            calls.append(MacroCall(macro, place, str(files[int(own)]), next(numbers)))
        case [name] if name == RETURNED and calls:
            calls.pop()


def _read(node: Element, files: Sequence[Path], calls: Sequence[MacroCall]) -> _Written | None:
    stamp = node.get(attribute.STAMP)
    if stamp is None:
        return None
    file, line, column = map(int, stamp.split())
    return _Written(Place(str(files[file]), line, column), tuple(reversed(calls)), node.get("style") or "")
