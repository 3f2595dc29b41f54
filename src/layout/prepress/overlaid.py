"""Lays one page over another."""

from __future__ import annotations

import io
from pathlib import Path

from pikepdf import Pdf, Rectangle


def overlaid(pdf: bytes | Path, upper: bytes) -> bytes:
    """The first page of *pdf* with that of *upper*, of the same size, drawn over it."""
    with Pdf.open(pdf if isinstance(pdf, Path) else io.BytesIO(pdf)) as document, Pdf.open(io.BytesIO(upper)) as over:
        page = document.pages[0]
        page.add_overlay(over.pages[0], Rectangle(page.mediabox))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()
