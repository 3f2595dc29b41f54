"""A second reader of ``document.xml``, of thirty lines and the standard library: the characters that a Word file shows.

It shares nothing with the program's: no styles, no numbering, no lxml. White space is left out on both sides.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "rPr",
    "pPr",
    "Fallback",
    "rt",
    "sectPr",
    "txbxContent",
    "drawing",
    "pict",
    "object",
}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def characters(data: bytes) -> str:
    """Every character of the body in its order, tracked changes accepted; then of the notes; none of text boxes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        parts = ["word/document.xml", *(name for name in ("word/footnotes.xml", "word/endnotes.xml") if name in names)]
        return "".join(re.sub(r"\s+", "", _text(ElementTree.fromstring(archive.read(name)))) for name in parts)


def _text(element: ElementTree.Element) -> str:
    name = element.tag.rpartition("}")[2]
    if name in SKIPPED or element.get(W + "type") in ("separator", "continuationSeparator"):
        return ""
    if element.tag == MATH or (name == "t" and element.tag.startswith(W)):
        return element.text or ""
    return ("-" if name == "noBreakHyphen" else "") + "".join(map(_text, element))
