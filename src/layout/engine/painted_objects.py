"""Finds the objects that finishing must change, in WeasyPrint's PDF, right before it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.stream import Stream

from layout.engine.patches.cmyk_drawing import painted_once
from layout.engine.weasyprint_types import PaintedImage
from layout.painted import PaintedObjects, PlacedForm, SoftMask, Stencil


class PaintedObjectsFinder:
    """A ``finisher`` for ``Document.write_pdf``. What it finds is in ``found`` once the PDF is written.

    *pictures*: what finishing must restore, by the URL of the JPEG.
    """

    def __init__(self, pictures: Mapping[str, Stencil | SoftMask | PlacedForm]):
        # WeasyPrint calls a picture by this hash of its URL; see ``get_image_from_uri``.
        self._pictures = {
            hashlib.md5(url.encode(), usedforsecurity=False).hexdigest(): each for url, each in pictures.items()
        }
        self.found = PaintedObjects()

    def __call__(self, document: Document, pdf: pydyf.PDF) -> None:
        """Called when all objects have their final numbers."""
        del document
        self.found = PaintedObjects(
            dict(self._restored(pdf)), frozenset(each.number for each in pdf.objects if painted_once(each))
        )

    def _restored(self, pdf: pydyf.PDF) -> Iterator[tuple[int, Stencil | SoftMask | PlacedForm]]:
        # All streams of a document share one table of its pictures.
        table: dict[str, PaintedImage] = next((each._images for each in pdf.objects if isinstance(each, Stream)), {})
        for drawn in table.values():
            if drawn["image"].id in self._pictures and drawn["x_object"] is not None:
                yield drawn["x_object"].number, self._pictures[drawn["image"].id]
