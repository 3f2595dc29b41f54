"""HTML painted by WeasyPrint as the engine paints it, with what finishing must know of it."""

from __future__ import annotations

from collections.abc import Iterable

from layout.engine.painted_objects import PaintedObjectsFinder
from layout.engine.patches.table import install_patches
from layout.painted import PaintedObjects
from layout.pictures import Prepared

install_patches()  # the fence round the fonts before WeasyPrint draws
import weasyprint  # noqa: E402


def painted(html: str, pictures: Iterable[Prepared] = ()) -> tuple[bytes, PaintedObjects]:
    """The PDF of *html*, in which *pictures* are used by the URIs of their files."""
    finder = PaintedObjectsFinder({each.path.as_uri(): each.restored for each in pictures if each.restored is not None})
    pdf = weasyprint.HTML(string=html).write_pdf(pdf_version="1.6", uncompressed_pdf=True, finisher=finder)
    return bytes(pdf), finder.found
