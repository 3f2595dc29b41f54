"""What is painted below a page's lines of type, as a hash: two pages of one ground differ in their lines alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pydyf

from layout.engine.svg_cache import FORM
from layout.engine.weasyprint_types import PageStream

PICTURE = "i"
"""How the names of WeasyPrint's pictures begin; the hash of a URL follows, which has a prepared one's content."""


def ground_of(stream: PageStream) -> str:
    """The hash of what *stream* paints so far; nothing where it names more than pictures, drawings and opacities, whose
    names say what they are: gradients and groups are called by their numbers.
    """
    resources: Mapping[str, Mapping[str, object]] = stream._resources
    forms = resources.get("XObject", {})
    if resources.get("Pattern") or resources.get("Shading") or not all(map(_says_what_it_is, forms)):
        return ""
    states = resources.get("ExtGState", {})
    if not all(isinstance(each, dict) and set(each) <= {"ca", "CA"} for each in states.values()):
        return ""
    digest = hashlib.sha256(repr(sorted((name, sorted(each.items())) for name, each in states.items())).encode())  # type: ignore[attr-defined]
    for part in stream.stream:
        digest.update(pydyf._to_bytes(part) + b"\n")
    return digest.hexdigest()


def _says_what_it_is(name: str) -> bool:
    return name[:1] in (PICTURE, FORM) and len(name) > 32
