"""PDF/X-1a and PDF/X-3: they keep in the information dictionary what PDF/X-4 keeps in XMP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf

from layout.checks import Finding
from layout.preflight.job import PreflightJob
from layout.preflight.objects import BAD_OBJECT, filters, get, name, text, whole

FIRST_EDITION = "PDF/X-1:2001"
"""What the version key of PDF/X-1a:2001 says; the letter stands in a key of its own."""


def mark(job: PreflightJob) -> str:
    """What the file says it is: ``PDF/X-1a:2003``; empty where it says nothing."""
    info = get(job.pdf.trailer, "Info")
    said = text(get(info, "GTS_PDFXVersion"))
    return text(get(info, "GTS_PDFXConformance")) or said if said == FIRST_EDITION else said


def metadata(job: PreflightJob, dates: Mapping[str, str]) -> Iterator[Finding]:
    """``pdfx.metadata``: a title, as planned, and *dates*, by their keys what the file says."""
    title = text(get(job.pdf.trailer, "Info", "Title"))
    if not title:
        yield job.finding("pdfx.metadata", "没有标题。", "There is no title.")
    elif job.expected.title is not None and title != job.expected.title:
        yield job.finding(
            "pdfx.metadata",
            f"标题是“{title}”，应为“{job.expected.title}”。",
            f"The title is “{title}” instead of “{job.expected.title}”.",
        )
    for key, date in dates.items():
        if not date:
            yield job.finding("pdfx.metadata", f"没有日期 {key}。", f"There is no date {key}.")


def trapped(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.trapped``: True or False."""
    found = name(get(job.pdf.trailer, "Info", "Trapped"))
    if found not in {"True", "False"}:
        yield job.finding("pdfx.trapped", f"Trapped 是“{found}”。", f"Trapped is “{found}”.")


def newer_features(job: PreflightJob) -> Iterator[tuple[str, str]]:
    """What is in the file that PDF 1.4 does not know, whatever its header says, in both languages."""
    kinds, deep, coded = set(), False, False
    for each in job.pdf.objects:
        try:
            if isinstance(each, pikepdf.Stream):
                kinds.add(name(get(each, "Type")))
                deep = deep or whole(get(each, "BitsPerComponent")) == 16
                coded = coded or "JPXDecode" in filters(each)
        except BAD_OBJECT:
            continue
    if {"XRef", "ObjStm"} & kinds or job.pdf.trailer.get("/XRefStm") is not None:
        yield "对象流", "object streams"
    if get(job.pdf.Root, "OCProperties") is not None:
        yield "图层", "layers"
    if deep:
        yield "十六位的图片", "pictures of sixteen bits"
    if coded:
        yield "JPEG 2000", "JPEG 2000"
