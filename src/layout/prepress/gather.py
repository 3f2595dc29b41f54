"""Finished pages gathered into one file, whatever their number, without holding them in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf, PdfError

from layout.errors import PrintError, Said
from layout.prepress.finish import PDF_VERSION
from layout.prepress.metadata import Facts, set_metadata


def gather(
    parts: Sequence[Path],
    target: Path,
    *,
    title: str,
    document_date: datetime,
    creator: str = "lianghui-layout",
    producer: str = "lianghui-layout, WeasyPrint, pikepdf",
) -> None:
    """Writes the pages of *parts*, finished for one press, to *target* as one PDF/X-4. Same input, same bytes.

    Raises ``PrintError`` when a part cannot be read.
    """
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    try:
        with ExitStack() as files:
            whole = files.enter_context(Pdf.open(parts[0]))
            for part in parts[1:]:
                whole.pages.extend(files.enter_context(Pdf.open(part)).pages)
            set_metadata(whole, Facts(title, document_date, creator, producer, digest.digest()))
            whole.save(
                target,
                force_version=PDF_VERSION,
                fix_metadata_version=False,
                object_stream_mode=ObjectStreamMode.disable,  # as in finish
                deterministic_id=True,
            )
    except PdfError as error:
        raise PrintError(Said("各版的 PDF 合不起来。", "The pages cannot be gathered into one PDF.")) from error
