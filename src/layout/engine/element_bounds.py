"""Bounds of single elements of a page: drawings in it, the spans of its tables, files that would be attached."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from layout.design import svg_bounds
from layout.design.design_files import DesignFiles
from layout.engine.nesting_faults import nesting_faults
from layout.errors import Faults, Message, TemplateError

SPAN = 1_000
"""Columns or rows that a cell or a column may span: HTML's own limit of ``colspan``. WeasyPrint has none."""

_SPANS = ("colspan", "rowspan", "span")


def element_faults(element: Element, files: DesignFiles) -> Iterator[TemplateError]:
    """What of *element* WeasyPrint would work on without end, or would read from elsewhere into the file."""
    for mark in _SPANS:
        if len(value := element.get(mark, "").strip()) > len(str(SPAN)) - 1 and value.isdigit() and int(value) > SPAN:
            yield TemplateError(
                Message(f"{mark} 超过 {SPAN}", f"{mark} is more than {SPAN}"),
                place=files.mention([f'{mark}="{value}"', mark]),
                hint=Message("检查这个数。", "Check the number."),
            )
    if "attachment" in element.get("rel", "").lower().split():
        yield TemplateError(
            Message("版面不能带附件", "a page may carry no attachment"),
            place=files.mention(['rel="attachment"', "attachment"]),
            hint=Message('去掉 rel="attachment"。', 'Take rel="attachment" out.'),
        )
    if element.tag.rpartition("}")[2] == "svg":
        fault = svg_bounds.out_of_bounds(tostring(element))
        if fault is not None:
            yield TemplateError(fault.message, place=files.mention(["<svg"]), hint=fault.hint)


def check_bounds(root: Element, files: DesignFiles) -> None:
    """Raises ``Faults`` for styles, drawings and tables in the page *root* itself that WeasyPrint would work on without
    end, for files that it would attach, and for bands whose nesting does not say what adds up.
    """
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    styles = [each for element in elements if (each := element.get("style"))]
    styles += [element.text or "" for element in elements if element.tag == "style"]
    files.check_inline(styles)
    found = [fault for element in elements for fault in element_faults(element, files)]
    found += nesting_faults(root, files)
    if found:
        raise Faults(found)
