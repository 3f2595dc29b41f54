"""Finishes a painted PDF for the press, stage by stage, and joins finished pages into one file."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import (
    AccessMode,
    Array,
    Dictionary,
    Job,
    JobUsageError,
    Name,
    ObjectStreamMode,
    Pdf,
    PdfError,
    Stream,
    String,
    settings,
)

from layout.errors import Message, PrintError
from layout.outcome_cache import Codec, OutcomeCache, program_version
from layout.painted import BuildFace, PaintedObjects, PlacedForm
from layout.prepress.boxes import set_boxes
from layout.prepress.fonts import mend_fonts
from layout.prepress.ink_state import OverprintLimits
from layout.prepress.metadata import DocumentFacts, set_intents, set_metadata
from layout.prepress.painted_objects import restore_pictures, unpack_gradients
from layout.prepress.placed_forms import placed_forms
from layout.prepress.slug import SlugLine
from layout.prepress.walk import DocumentWalk
from layout.press import PressProfile
from layout.press.mark_room import room
from layout.units import MM

PDF_VERSION = "1.6"
"""What PDF/X-4 stands on (ISO 15930-7)."""

# A press reads pages. What a screen would act on is left out: it is forbidden in PDF/X, or useless.
_CATALOG_KEYS = (Name.Names, Name.Dests, Name.AcroForm, Name.Outlines, Name.OpenAction, Name.AA, Name.PageMode, Name.AF)
_LEVEL: Final = 4
"""How hard streams are deflated: half the time of zlib's own 6, and 0.3 % more bytes (measured on the sample)."""
_NO_OBJECTS: Final = PaintedObjects()


def finish(
    pdf: bytes,
    *,
    objects: PaintedObjects = _NO_OBJECTS,
    profile: PressProfile,
    title: str,
    document_date: datetime,
    trim: tuple[float, float],
    creator: str = "lianghui-layout",
    producer: str = "lianghui-layout, WeasyPrint, pikepdf",
    faces: Sequence[BuildFace] = (),
    slug: SlugLine | None = None,
    identifier: str = "",
    known: OutcomeCache[bytes] | None = None,
    packed: bool = False,
) -> bytes:
    """The PDF/X-4 (and PDF/A-2b) that the press prints, from what WeasyPrint painted. Same input, same bytes.

    *packed* it is the small file that is handed on, with its streams deflated; else these are as they were painted.

    *objects* says what is to be done to single objects of *pdf*: pictures to restore, gradients painted once.
    *trim* is the trimmed page in points, for all pages. *faces* are those that it may be set in, with the names
    that they bear (see ``fonts.mend_fonts``). *slug* is what the line among the marks says, where the profile wants
    marks. *identifier* is what the XMP says the file is known by. *known* are drawings that were finished before: they
    change how long it takes and nothing else.

    Raises ``PrintError`` when the PDF cannot be read, when there is no title, when a page is not of the planned size,
    or when anything but CMYK would be printed (naming page and operator; several come as ``Faults``).
    """
    if profile is None or not title.strip():  # an unlabelled file would be bounced by the press, so none is made
        raise PrintError(
            Message("没有印厂规范或标题，不能做成 PDF/X-4。", "No PDF/X-4 without a press profile and a title.")
        )
    try:
        with Pdf.open(io.BytesIO(pdf)) as document:
            _drop_what_acts(document)
            restore_pictures(document, objects.pictures)
            unpack_gradients(document, objects.single_tiles)
            set_boxes(document, trim, profile.bleed_mm * MM, room(profile))
            limits = OverprintLimits(profile.overprint.k_text_below_pt, profile.overprint.k_line_below_pt)
            DocumentWalk(document, limits, known).walk()
            _mend_objects(document)
            if room(profile):
                from layout.prepress.marks import place_marks  # noqa: PLC0415  (loads ReportLab)

                place_marks(document, slug or SlugLine(title, document_date.date()), profile)
            mend_fonts(document, faces)
            set_intents(document, profile)
            names = sorted((face.registered, face.postscript_name) for face in faces)
            made_for = repr((replace(profile, icc=Path(profile.icc_sha256())), trim, slug, names))
            set_metadata(
                document,
                DocumentFacts(title, document_date, creator, producer, _source(pdf, objects), made_for, identifier),
            )
            # After all that changes our own painting: of an advertisement nothing is changed.
            forms = {number: each for number, each in objects.pictures.items() if isinstance(each, PlacedForm)}
            with placed_forms(document, forms, document_date):
                _end_streams_plainly(document)
                return _saved(document, compressed=packed)
    except PdfError as error:
        raise PrintError(Message("排出的 PDF 读不通。", "The painted PDF cannot be read.")) from error


def _program() -> str:
    return program_version(("prepress", "press", "geometry.py", "outcome_cache.py"), (pikepdf.__version__,))


def known_drawings(folder: Path | None) -> OutcomeCache[bytes]:
    """Drawings that were finished before, as they came out, in *folder* and in memory."""
    return OutcomeCache(Codec("finished", bytes, bytes, _program), folder)


def pressed(pdf: bytes, profile: PressProfile) -> bytes:
    """A painted PDF with its colours mended and overprint set, and nothing else done to it: a drawing that will be
    placed on a page. Same input, same bytes. Raises ``PrintError`` as ``finish`` does.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        _drop_what_acts(document)
        unpack_gradients(document)
        limits = OverprintLimits(profile.overprint.k_text_below_pt, profile.overprint.k_line_below_pt)
        DocumentWalk(document, limits).walk()
        _mend_objects(document)
        return _saved(document, compressed=False)


def _source(pdf: bytes, objects: PaintedObjects) -> bytes:
    """The SHA-256 of all that the finished file is made from; its identity follows from that."""
    found = hashlib.sha256(pdf)
    for number in sorted(objects.pictures):
        found.update(objects.pictures[number].identity)
    return found.digest()


def _drop_what_acts(document: Pdf) -> None:
    for key in _CATALOG_KEYS:
        if key in document.Root:
            del document.Root[key]
    for page in document.pages:
        for key in (Name.Annots, Name.AA):
            if key in page.obj:
                del page.obj[key]
        page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


def _mend_objects(document: Pdf) -> None:
    """Smooth no picture (PDF/A forbids it; the plate must show what is there); drop colour spaces that nothing uses.

    After the walk no stream names a colour space but DeviceCMYK and Pattern, so all the rest go.
    """
    for obj in document.objects:
        if isinstance(obj, Stream) and obj.get(Name.Subtype) == Name.Image:
            obj.Interpolate = False
        resources = obj.get(Name.Resources) if isinstance(obj, Dictionary | Stream) else None
        if resources is not None and Name.ColorSpace in resources:
            del resources.ColorSpace


def _end_streams_plainly(document: Pdf) -> None:
    """See that no stream will end in what reads like an end of line: its length would be in doubt (ISO 19005-2 §6.1.7).

    A deflated stream ends in its checksum, whose last byte is one more than the sum of all bytes (RFC 1950). A space
    after the last instruction, or after the last table of a font, changes that and nothing else.
    """
    for obj in document.objects:
        if not isinstance(obj, Stream) or Name.Filter in obj or obj.get(Name.Type) == Name.Metadata or Name.N in obj:
            continue
        data = obj.read_bytes()
        if zlib.adler32(data) & 0xFF in b"\r\n":
            obj.write(data + b" ")
            if Name.Length3 in obj:  # a Type 1 program, in three parts
                obj.Length3 = int(obj.Length3) + 1
            elif Name.Length1 in obj:
                obj.Length1 = len(data) + 1


def _saved(document: Pdf, *, compressed: bool) -> bytes:
    output = io.BytesIO()
    settings.set_flate_compression_level(_LEVEL)
    document.save(
        output,
        force_version=PDF_VERSION,
        fix_metadata_version=False,  # the XMP is ours to the last byte
        # Object streams would save half a per cent, and one file in fifty would end one of them in what reads like an
        # end of line (see above): of those we do not choose the bytes.
        object_stream_mode=ObjectStreamMode.disable,
        compress_streams=compressed,
        deterministic_id=True,
    )
    return output.getvalue()


def gather(
    parts: Sequence[Path],
    target: Path,
    *,
    title: str,
    document_date: datetime,
    creator: str = "lianghui-layout",
    producer: str = "lianghui-layout, WeasyPrint, pikepdf",
    identifier: str = "",
) -> None:
    """Writes the pages of *parts*, finished for one press, to *target* as one PDF/X-4. Same input, same bytes.

    A draft lies beside *target* meanwhile. Raises ``PrintError`` when a part cannot be read.
    """
    draft = target.with_name(f"{target.name}.draft")
    facts = DocumentFacts(
        title, document_date, creator, producer, hashlib.sha256(_digest(parts)).digest(), identifier=identifier
    )
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
        raise PrintError(Message("各版的 PDF 合不起来。", "The pages cannot be gathered into one PDF.")) from error
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
