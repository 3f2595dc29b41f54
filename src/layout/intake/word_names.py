"""Names of Word's XML: a tag of ``w:`` is ``W + "p"``. They are ISO/IEC 29500-1's, in the transitional namespaces."""

from __future__ import annotations

from typing import Any

Xml = Any
"""An element of lxml's, which has no types of its own."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  (the namespace's own prefix)

OFF = frozenset({"0", "false", "off", "none"})
"""Values of a property that is switched off."""


def value(parent: Xml | None, name: str) -> str | None:
    """The ``w:val`` of *parent*'s child ``w:name``; None where there is no such child, or it has no value."""
    child = None if parent is None else parent.find(W + name)
    found = None if child is None else child.get(W + "val")
    return None if found is None else str(found)


def switch(parent: Xml | None, name: str) -> bool | None:
    """Whether *parent* has the property ``w:name`` switched on; None where it says nothing of it."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "1") not in OFF


def number(text: str | None) -> int | None:
    """The whole number that *text* is; None where it is none: other programs write 12.5 and worse."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None
