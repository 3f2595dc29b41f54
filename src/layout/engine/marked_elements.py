"""The elements of a page that bear a mark of the program's (``data-``): their keys, what they ask for, their names."""

from __future__ import annotations

from collections.abc import Set
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.flows import Chain, ElementName, Flow, WholePage

_MARKED = (attribute.FLOW, attribute.PICTURE, attribute.BAND, attribute.COLUMN, attribute.GAP, attribute.AROUND,
           attribute.STEP)  # fmt: skip


def numbered(root: Element) -> dict[str, Element]:
    """Every marked element below *root* by a key of its own, in document order, which its boxes carry too."""
    found: dict[str, Element] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and any(element.get(mark) is not None for mark in _MARKED):
            key = f"k{len(found)}"
            element.set(attribute.KEY, key)
            found[key] = element
    return found


def key_of(element: Element) -> str | None:
    """The key of an element that has one."""
    return element.get(attribute.KEY) if isinstance(element.tag, str) else None


def chain_of(element: Element) -> Chain:
    """What the frame asks for; nothing where it is no frame."""
    return Chain.parse(element.get(attribute.FLOW, ""))


def spoken_name(element: Element, known: Set[Flow]) -> ElementName:
    """What reports call the element whose class is chosen; *known* are the flows and pictures of the page."""
    if called := str(element.get(attribute.CALLED) or ""):
        named = Chain.parse(called)
        return named if named and known >= set(named.flows) else called
    if element.get(attribute.FILL) is not None:
        return WholePage()
    chains = {chain for each in element.iter() if (chain := chain_of(each))}
    pictures = {Chain((Flow.of_picture(name),)) for each in element.iter() if (name := each.get(attribute.PICTURE))}
    holds = pictures or chains  # a picture goes by its own name, not by its caption's
    if len(holds) == 1:
        return next(iter(holds))
    return str((element.get("class") or element.tag).split()[0])
