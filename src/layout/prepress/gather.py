"""Joins finished pages into one file without holding them in memory."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pikepdf import AccessMode, Array, Job, JobUsageError, Name, ObjectStreamMode, Pdf, PdfError, String, settings

from layout.errors import PrintError, Said
from layout.prepress.finish import PDF_VERSION
from layout.prepress.metadata import DocumentFacts, set_metadata


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

    A draft lies beside *target* meanwhile. Raises ``PrintError`` when a part cannot be read.
    """
    draft = target.with_name(f"{target.name}.draft")
    facts = DocumentFacts(title, document_date, creator, producer, _digest(parts))
    settings.set_flate_compression_level(zlib.Z_DEFAULT_COMPRESSION)  # the process may have finished pages before
    try:
        _join(parts, draft)
        # Read as it is needed: a mapped file would count as memory of ours.
        with Pdf.open(draft, access_mode=AccessMode.stream) as whole, Pdf.open(parts[0]) as first:
            whole.Root.OutputIntents = Array([whole.copy_foreign(intent) for intent in first.Root.OutputIntents])
            if Name.Lang in first.Root:
                whole.Root.Lang = String(str(first.Root.Lang))
            set_metadata(whole, facts)
            whole.save(
                target,
                force_version=PDF_VERSION,
                fix_metadata_version=False,
                object_stream_mode=ObjectStreamMode.generate,
                deterministic_id=True,
            )
    except (PdfError, JobUsageError, RuntimeError) as error:
        raise PrintError(Said("各版的 PDF 合不起来。", "The pages cannot be gathered into one PDF.")) from error
    finally:
        draft.unlink(missing_ok=True)


def _join(parts: Sequence[Path], draft: Path) -> None:
    """All pages in one file. qpdf's own command leaves the streams where they are; pikepdf would copy each at once."""
    pages = [word for part in parts for word in (str(part), "1-z")]
    Job(["qpdf", "--empty", "--deterministic-id", "--pages", *pages, "--", str(draft)]).run()


def _digest(parts: Sequence[Path]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.digest()
