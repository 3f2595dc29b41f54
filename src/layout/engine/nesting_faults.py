"""Faults of how a page nests its bands, rows and stacks, found before it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.design.design_files import DesignFiles
from layout.errors import Message, TemplateError

_PARTS = (attribute.BAND, attribute.GAP, attribute.ROW, attribute.STACK)


def nesting_faults(root: Element, files: DesignFiles) -> Iterator[TemplateError]:
    """A fault for every band, row or stack that stands where its height can not be added up."""
    yield from _Walk(files, any(_is_tree(each) for each in root.iter())).below(root, None, in_area=False)


class _Walk:
    """Goes through the elements of a page."""

    def __init__(self, files: DesignFiles, has_tree: bool):
        self._files = files
        self._has_tree = has_tree

    def below(self, element: Element, band: Element | None, *, in_area: bool) -> Iterator[TemplateError]:
        """The faults of *element* and what stands in it; *band* is the one that it stands in."""
        is_band = bool(element.get(attribute.BAND))
        if is_band or _is_tree(element):
            yield from self._of_place(element, band, in_area=in_area)
        if element.get(attribute.ROW) is not None:
            yield from self._of_row(element)
        elif element.get(attribute.STACK) is not None and not any(_parts(element)):
            yield self._fault(
                element,
                Message("里面没有版块（data-band）", "holds no band (data-band)"),
                Message("把版块放进去，或去掉 data-stack", "put bands into it, or take data-stack out"),
            )
        band = element if is_band else band
        in_area = in_area or element.get(attribute.FILL) is not None
        for child in element:
            if isinstance(child.tag, str):
                yield from self.below(child, band, in_area=in_area)

    def _of_place(self, element: Element, band: Element | None, *, in_area: bool) -> Iterator[TemplateError]:
        if band is not None:
            name = band.get(attribute.BAND)
            yield self._fault(
                element, Message(f"套在版块 {name} 里", f"stands in the band {name}"),
                Message("版块里只有栏（data-column）；要套，就套 data-stack、data-row，版块放在最里面",
                        "a band holds columns (data-column) only; nest data-stack and data-row, bands innermost"),
            )  # fmt: skip
        elif not in_area and self._has_tree:
            yield self._fault(
                element, Message("在版心（data-fill）外面，高没有算进去",
                                 "stands outside of the type area (data-fill): its height is not counted"),
                Message("把它移进有 data-fill 的元素", "move it into the element with data-fill"),
            )  # fmt: skip

    def _of_row(self, row: Element) -> Iterator[TemplateError]:
        own = [child for child in row if isinstance(child.tag, str)]
        parts = [child for child in own if _is_part(child) or any(_parts(child))]
        if len(parts) < 2:
            count = ("一份也没有", "no part") if not parts else ("只有一份", "one part only")
            yield self._fault(
                row, Message(f"这个横排{count[0]}，没有谁和谁齐脚",
                             f"a row with {count[1]}: nothing ends level with it"),
                Message("并排的每一份都放进这个元素；只有一份时不写 data-row",
                        "put all that stands side by side into it; where there is one part, leave data-row out"),
            )  # fmt: skip
        for child in (each for each in parts if not _is_part(each)):
            if len(list(_parts(child))) > 1:
                yield self._fault(
                    child, Message("是横排里的一份，里面却有几个版块，没说它们怎么站",
                                   "is one part of a row and holds several bands, and does not say how they stand"),
                    Message("给它写 data-stack（一上一下）或 data-row（并排）",
                            "put data-stack on it (one below the other), or data-row (side by side)"),
                )  # fmt: skip

    def _fault(self, element: Element, message: Message, hint: Message) -> TemplateError:
        name = _name(element)
        place = self._files.element(list(_words(element)))
        return TemplateError(Message(f"{name} {message.zh}", f"{name} {message.en}"), place=place, hint=hint)


def _is_tree(element: Element) -> bool:
    return element.get(attribute.STACK) is not None or element.get(attribute.ROW) is not None


def _is_part(element: Element) -> bool:
    return any(element.get(mark) is not None for mark in _PARTS)


def _parts(element: Element) -> Iterator[Element]:
    """The parts below *element*, without those inside them."""
    for child in element:
        if isinstance(child.tag, str):
            yield from [child] if _is_part(child) else _parts(child)


def _name(element: Element) -> str:
    """The element as a style sheet calls it, with its name where it is a band."""
    classes = "".join(f".{each}" for each in (element.get("class") or "").split())
    band = element.get(attribute.BAND)
    return f"{element.tag}{classes}" + (f"[{attribute.BAND}={band}]" if band else "")


def _words(element: Element) -> Iterator[str]:
    """What a template may write where it says *element*, the likeliest first; else what it says of its first part."""
    if band := element.get(attribute.BAND):
        yield f'{attribute.BAND}="{band}"'
    if classes := element.get("class"):
        yield f'class="{classes}"'
    yield from (mark for mark in _PARTS if element.get(mark) is not None)
    if (first := next(_parts(element), None)) is not None and not _is_part(element):
        yield from _words(first)
