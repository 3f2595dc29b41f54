"""The form of a page: what of its HTML decides how it is laid out, whoever's copy and pictures it asks for.

Frames stand empty while a page is laid out. The counties' pages of one design differ in whose stories and pictures
their frames and places name (``data-flow``, ``data-picture``), which no layout looks at: one layout is that of all. A
style sheet may look at these names all the same, in a selector or with ``attr()``: then each page is a form of its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.engine.marked_elements import chain_of, key_of
from layout.engine.url_fetcher import content_hash
from layout.flows import PAGE, Flow
from layout.page.canvas import TypeRequest

_NAMES = (attribute.FLOW, attribute.PICTURE)
"""What says whose copy or picture an element asks for, and is read off the elements of a layout."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOOKS_AT_NAMES = re.compile(
    r"data-(?:flow|picture|called)"
    r"|(?:\[|attr\()[^\])]*\\"  # an attribute's name may be written with escapes
    r"|(?<![\w.#-])title(?![\w-])",  # the page's title could be displayed
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PageForm:
    """What decides the layouts of a page, as a key; and what a request's flows are called in it."""

    key: str
    flows: Mapping[Flow, str] | None = None
    """The flows that the page asks for, by the numbers of their stories and pictures; None where names count."""

    def of_request(self, request: TypeRequest | None) -> Hashable:
        """What of *request* acts on a page of this form."""
        if request is None or self.flows is None or request.tables:
            return request
        own = ([(self.flows[flow], each) for flow, each in part if flow in self.flows]
               for part in (request.roles, request.kinds))  # fmt: skip
        return (request.first, *(tuple(sorted(each)) for each in own))


def form_of(root: Element, around: str, sheets: Iterable[str]) -> PageForm:
    """The form of the page whose tree is *root*; *around* is what else decides its layouts, *sheets* are the texts of
    its style sheets.
    """
    inside = [each.text or "" for each in root.iter("style")] + [each.get("style", "") for each in root.iter()]
    if any(map(_looks_at_names, (*sheets, "\n".join(inside)))):
        written = [_written(each, each.attrib, each.text) for each in root.iter()]
        return PageForm(_hash(around, written))
    names = _Names()
    # The title goes into the PDF, and is given to whoever paints it.
    written = [_written(e, names.without(e), None if e.tag == "title" else e.text) for e in root.iter()]
    return PageForm(_hash(around, written), names.flows)


def _hash(*what: object) -> str:
    return content_hash(repr(what).encode("utf-8", "surrogatepass"))


def has_names(root: Element, elements: Mapping[str, Element]) -> bool:
    """Whether the elements of a layout's tree name what these *elements* of a page do, by their keys."""
    return not any(each.get(name) != value for each, name, value in _named(root, elements))


def take_names(root: Element, elements: Mapping[str, Element]) -> None:
    """Has the elements of a layout's tree name what these *elements* of a page do, by their keys."""
    for each, name, value in _named(root, elements):
        each.set(name, value)


def _named(root: Element, elements: Mapping[str, Element]) -> Iterable[tuple[Element, str, str]]:
    for each in root.iter():
        own = elements.get(key_of(each) or "")
        for name in _NAMES if own is not None else ():
            if (value := own.get(name)) is not None:  # type: ignore[union-attr]
                yield each, name, value


@lru_cache(maxsize=16)
def _looks_at_names(css: str) -> bool:
    return bool(_LOOKS_AT_NAMES.search(_COMMENT.sub(" ", css)))


def _written(element: Element, marks: Mapping[str, str], text: str | None) -> tuple[object, ...]:
    """An element as it decides a layout. With the number of their children, elements in their order are the tree."""
    return str(element.tag), sorted(marks.items()), len(element), text, element.tail


class _Names:
    """Stories and pictures by the order in which a page first names them."""

    def __init__(self) -> None:
        self.flows: dict[Flow, str] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def without(self, element: Element) -> dict[str, str]:
        """The attributes of *element*, with numbers in the places of names."""
        marks = dict(element.attrib)
        marks.pop(attribute.CALLED, None)
        if attribute.FLOW in marks:
            marks[attribute.FLOW] = " ".join(map(self._flow, chain_of(element).flows))
        if attribute.PICTURE in marks:
            marks[attribute.PICTURE] = str(self._number("picture", marks[attribute.PICTURE]))
        return marks

    def _flow(self, flow: Flow) -> str:
        if flow not in self.flows:
            self.flows[flow] = self._numbered(flow)
        return self.flows[flow]

    def _numbered(self, flow: Flow) -> str:
        if flow.story == PAGE:
            return str(flow)
        if flow.picture is not None:
            return f"picture {self._number('picture', flow.picture)} {flow.sub}"
        return f"{self._number('story', flow.story)} {flow.own}"

    def _number(self, kind: str, name: str) -> int:
        return self._numbers.setdefault((kind, name), len(self._numbers))
