"""What is written into a page's HTML before it is laid out: inks, and into a copy of it heights, pictures, probes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy, deepcopy
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # WeasyPrint stands on it too
from weasyprint import HTML

from layout.design import data_attributes as attribute
from layout.design.cmyk import Cmyk
from layout.design.design_files import DesignFiles
from layout.design.ink_function import in_elements, no_such_ink
from layout.engine.box_traits import BoxTraits
from layout.engine.marked_elements import chain_of, key_of
from layout.engine.url_fetcher import prepared_url
from layout.errors import Faults, TemplateError
from layout.flows import Chain
from layout.page.canvas import Decision, TypeRequest
from layout.page.table_shape import CellShape, TableShape


def put_inks(root: Element, named: Mapping[str, Cmyk], files: DesignFiles) -> None:
    """Puts the *named* inks in the places of their names in the page itself. Raises ``Faults`` for those there are not,
    which may come from values that Jinja filled in: what is written plainly the lint has seen.
    """
    unknown = in_elements(root, named)
    if unknown:
        raise Faults(
            [TemplateError(no_such_ink(name), place=files.mention([name]), hint=hint) for name, hint in unknown]
        )


def with_root(page: HTML, root: Element) -> HTML:
    """*page* with *root* for its tree: a copy of its own."""
    own = copy(page)
    own.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    own.etree_element = own.wrapper_element.etree_element
    return own


def written(
    page: HTML,
    decision: Decision,
    request: TypeRequest | None,
    pictures: Iterable[tuple[str, str]],
    natural: Mapping[str, BoxTraits],
) -> HTML:
    """A copy of *page* with the *decision*, the probes of a *request* and the *pictures* written into it; *natural* are
    the boxes that get heights or pictures, by their keys, as they are without.
    """
    root = deepcopy(page.etree_element)
    elements = {key: element for element in root.iter() if (key := key_of(element)) is not None}
    for key, name in decision.classes:
        elements[key].set("class", f"{elements[key].get('class', '')} {name}".strip())
    for key, height in decision.heights:
        write_height(elements[key], height + natural[key].edges)
    if request is not None:
        put_probes(((element, chain_of(element)) for element in elements.values()), request)
    for key, name in pictures:
        put_picture(elements[key], name, rounded=natural[key].is_rounded)
    return with_root(page, root)


def write_height(element: Element, height: float) -> None:
    """Gives an element the *height* of its CSS, in points, and nothing else that could change it."""
    fixed = f"height:{height:.4f}pt;min-height:0;max-height:none"
    element.set("style", f"{element.get('style', '')};{fixed}")


def put_probes(frames: Iterable[tuple[Element, Chain]], request: TypeRequest) -> None:
    """Puts into each frame one empty span per role its flows use, so that CSS can say how the role is set.

    Where paragraphs of several kinds run through a frame, each kind has a span of its own, with its roles in it. Tables
    stand whole in the first frame of their flow, without their words. *frames* are in the order of the document.
    """
    roles_of, kinds_of, tables_of = dict(request.roles), dict(request.kinds), dict(request.tables)
    seen: set[Chain] = set()
    for element, chain in frames:
        if element.get(attribute.BAND) is not None:
            seen.clear()
        if request.first and chain in seen:
            continue
        seen.add(chain)
        flows = chain.flows
        for table in (table for flow in flows for table in tables_of.pop(flow, ())):
            _put_table(element, table)
        for role in sorted({role for flow in flows for role in roles_of.get(flow, ())}):
            _probe(element, attribute.ROLE, role)
        if element.get(attribute.RUN_IN) is not None:
            for name in dict.fromkeys(flow.name for flow in flows):
                _probe(element, attribute.PART, name)
        kinds: dict[str, set[str]] = {}
        for flow in flows:
            for kind, roles in kinds_of.get(flow, ()):
                kinds.setdefault(kind, set()).update(roles)
        for kind in sorted(kinds) if len(kinds) > 1 else ():
            span = _probe(element, attribute.KIND, kind)
            for role in sorted(kinds[kind]):
                _probe(span, attribute.ROLE, role)


_APART = "position:absolute;border-collapse:separate"
"""A table takes no room where it is measured. The rules that meet are chosen among when it is set: WeasyPrint, asked to
collapse them, would leave none in the styles."""


def _put_table(frame: Element, shape: TableShape) -> None:
    table = _child(frame, "table", {attribute.TABLE: shape.name, "style": _APART})
    if shape.title:
        _child(table, "caption", {})
    for tag, first, stop in (("thead", 0, shape.head), ("tbody", shape.head, shape.rows)):
        if stop == first:
            continue
        group = _child(table, tag, {})
        for row in range(first, stop):
            line = _child(group, "tr", {})
            for cell in (each for each in shape.cells if each.row == row):
                _put_cell(line, cell, "th" if tag == "thead" else "td")


def _put_cell(line: Element, cell: CellShape, tag: str) -> None:
    marks = {attribute.CELL: f"{cell.row} {cell.column}"}
    if cell.rows > 1:
        marks["rowspan"] = str(cell.rows)
    if cell.columns > 1:
        marks["colspan"] = str(cell.columns)
    if cell.figures:
        marks[attribute.FIGURES] = ""
    if cell.align:
        marks["style"] = f"text-align:{cell.align}"
    element = _child(line, tag, marks)
    for role in cell.roles:
        _probe(element, attribute.ROLE, role)


def _child(parent: Element, tag: str, marks: dict[str, str]) -> Element:
    element = parent.makeelement(tag, marks)
    parent.append(element)
    return element


def _probe(element: Element, mark: str, value: str) -> Element:
    span = element.makeelement("span", {mark: value})
    span.text = "字"
    element.append(span)
    return span


def put_picture(element: Element, name: str, *, rounded: bool) -> None:
    """Puts the prepared picture of that file *name* into a picture's box; *rounded* corners cut it off."""
    if rounded:
        element.set("style", f"{element.get('style', '')};overflow:hidden")
    image = element.makeelement(
        "img",
        {
            "src": prepared_url(name),
            "alt": "",
            attribute.PREPARED: "",
            "style": "display:block;width:100%;height:100%;image-rendering:crisp-edges",
        },
    )
    element.append(image)
