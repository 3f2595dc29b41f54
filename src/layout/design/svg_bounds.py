"""Bounds of a drawing: how many elements are drawn when every reference in it is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from layout.design.css_bounds import DIGITS, LARGEST, NUMBER_FAULT, is_beyond
from layout.design.design_fault import DesignFault
from layout.errors import Message

EDITION = 1
"""To be raised when less is let pass: drawings that were within the bounds are remembered with it."""

BYTES = 4_000_000
"""Of one drawing; the largest sample has 135,000."""

DRAWN = 20_000
"""Elements that are drawn, those behind ``<use>``, patterns, markers and masks counted as often as they are used. The
largest sample has 1,100."""

NESTED = 60
"""Elements inside one another. WeasyPrint calls itself for each."""

_REFERENCE = re.compile(r"""url\(\s*['"]?#([^'")\s]+)""")
_MARKERS = ("marker-start", "marker-mid", "marker-end", "marker", "style")
_NUMBER = re.compile(r"(?<![\w#.])(\d*\.?\d+)(?:[eE]([+-]?\d+))?")
_LIKELY_BEYOND = re.compile(rb"\d{%d}|[\d.]{%d}|\d[eE][-+\d]" % (len(str(LARGEST)), DIGITS))
"""What a file must hold that has a number beyond all use, where it is written in plain characters."""
_OTHERWISE_WRITTEN = re.compile(rb"[&\0]|encoding\s*=\s*.(?!utf-8|us-ascii|iso-8859-1)", re.IGNORECASE)
"""What a file holds in which a digit may be another byte: entities, two-byte or unusual encodings."""
_VERTEX = re.compile(r"[A-Za-z]|[\s,]+")


@dataclass(eq=False)
class _Element:
    line: int
    column: int
    references: list[tuple[str, int]] = field(default_factory=list)
    """Ids that it refers to, and how often each is drawn for it."""
    children: list[_Element] = field(default_factory=list)


def out_of_bounds(svg: bytes) -> DesignFault | None:
    """Where a drawing is too large, too deep, or refers to itself; None for one that is not or does not parse."""
    if len(svg) > BYTES:
        message = Message(f"图太大：超过 {BYTES} 字节", f"the drawing has more than {BYTES} bytes")
        return DesignFault(1, 1, message, _SIMPLER)
    reader = _Reader(
        numbers=_LIKELY_BEYOND.search(svg) is not None or _OTHERWISE_WRITTEN.search(svg) is not None,
        markers=b"marker" in svg or _OTHERWISE_WRITTEN.search(svg) is not None,
    )
    try:
        reader.parse(svg)
    except (expat.ExpatError, LookupError, ValueError):  # also an encoding that there is not
        return None  # told where the drawing is read
    except _OutOfBounds as found:
        return found.fault
    return _drawn(reader)


_SIMPLER = Message("在画图软件里把它化简。", "Simplify it in the drawing program.")


class _OutOfBounds(Exception):
    def __init__(self, fault: DesignFault):
        super().__init__(fault)
        self.fault = fault


def _of(key: str, fault: tuple[Message, Message]) -> tuple[Message, Message]:
    message, hint = fault
    return Message(f"{key}：{message.zh}", f"{key}: {message.en}"), hint


class _Reader:
    """The elements of one drawing, in the order of the file; *numbers* are looked at, and *markers* counted, where any
    could be.
    """

    def __init__(self, *, numbers: bool, markers: bool) -> None:
        self._numbers = numbers
        self._markers = markers
        self.root = _Element(1, 1)
        self.by_id: dict[str, _Element] = {}
        self._stack = [self.root]
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def parse(self, svg: bytes) -> None:
        """Reads *svg*."""
        self._parser.Parse(svg, True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = _Element(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        self._stack[-1].children.append(element)
        self._stack.append(element)
        if len(self._stack) > NESTED:
            message = Message(f"图里的元素套得太深：超过 {NESTED} 层", f"elements are nested more than {NESTED} deep")
            raise _OutOfBounds(DesignFault(element.line, element.column, message, _SIMPLER))
        if "id" in attributes:
            self.by_id.setdefault(attributes["id"], element)
        for key, value in attributes.items() if self._numbers else ():
            if any(is_beyond(digits, exponent) for digits, exponent in _NUMBER.findall(value)):
                raise _OutOfBounds(DesignFault(element.line, element.column, *_of(key, NUMBER_FAULT)))
        path = attributes.get("d") or attributes.get("points") or ""
        vertices = len(_VERTEX.findall(path)) if self._markers else 0
        for key, value in attributes.items():
            if key.rpartition(":")[2] == "href" and name.rpartition(":")[2] != "a" and value.startswith("#"):
                element.references.append((value[1:], 1))
            for found in _REFERENCE.finditer(value):
                element.references.append((found[1], max(1, vertices) if key in _MARKERS else 1))

    def _end(self, _: str) -> None:
        self._stack.pop()


def _drawn(reader: _Reader) -> DesignFault | None:
    """Counts what is drawn, each element after all that it holds and refers to."""
    counted: dict[_Element, int] = {}
    open_elements: set[_Element] = set()
    stack: list[tuple[_Element, Iterator[_Element]]] = [(reader.root, iter(_parts(reader.root, reader)))]
    open_elements.add(reader.root)
    while stack:
        element, parts = stack[-1]
        part = next((each for each in parts if each not in counted), None)
        if part is not None:
            if part in open_elements:
                message = Message("图里的元素绕回来用到了自己", "an element of the drawing refers to itself")
                hint = Message("去掉这个引用。", "Take the reference out.")
                return DesignFault(element.line, element.column, message, hint)
            open_elements.add(part)
            stack.append((part, iter(_parts(part, reader))))
            continue
        stack.pop()
        open_elements.discard(element)
        referred = [(reader.by_id[name], times) for name, times in element.references if name in reader.by_id]
        counted[element] = 1 + sum(counted[child] for child in element.children)
        counted[element] += sum(counted[each] * times for each, times in referred)
        if counted[element] > DRAWN:
            message = Message(
                f"图要画的元素太多：层层引用，超过 {DRAWN} 个", f"the drawing comes to more than {DRAWN} elements"
            )
            hint = Message("不要用 <use>、图案层层成倍地套。", "Do not let <use> or patterns multiply one another.")
            return DesignFault(element.line, element.column, message, hint)
    return None


def _parts(element: _Element, reader: _Reader) -> list[_Element]:
    return [*element.children, *(reader.by_id[name] for name, _ in element.references if name in reader.by_id)]
