"""The file as a file: sound, of the right version, open to everyone, with an identifier."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pikepdf

from layout.checks import Finding
from layout.preflight.job import PreflightJob
from layout.preflight.objects import BAD_OBJECT, array, data, filters, get, key, whole
from layout.preflight.placed_objects import owners
from layout.preflight.record import about
from layout.preflight.rules import pdfx, pdfx_info
from layout.preflight.unpacked_streams import deflated

JPEGS = {"DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"}
"""Compressions that are a picture's own and that qpdf leaves alone."""

PREFIX = re.compile(r"^stream <[^>]*>:? *|^.*?\.pdf:? +(?=\(|[a-z])")

MAX_PROGRAM = 8 * 1024 * 1024
"""Bytes of a font program that is held in memory until the page that uses it is read. A subset has half a million."""

LARGER = 4096
"""Packed bytes of streams that are noted when they were unpacked; smaller ones are unpacked as soon as looked up."""

FORBIDDEN_FILTERS = {"LZWDecode": "LZW", "JPXDecode": "JPEG 2000"}


@about("file.sound")
def sound(job: PreflightJob) -> Iterator[Finding]:
    """``file.sound``: qpdf opened it without repairs and every stream unpacks, within limits."""
    streams = list(_unpacking(job))
    job.repairs.extend(str(warning) for warning in job.pdf.get_warnings())
    problems = [*streams, *map(_problem, job.repairs)]
    if job.recovered:
        found = len(job.pages)
        yield job.finding(
            "file.sound",
            f"文件残缺，对象表丢失；检查的只是找回的 {found} 页，可能少了页、字、图。共 {len(problems)} 处损坏。",
            f"The file is damaged and its table of objects lost. What is judged is what was recovered, {found} pages;"
            f" pages, type and pictures may be missing. {len(problems)} places are damaged.",
            problems=len(problems),
            pages=found,
        )
    elif problems:
        yield job.finding(
            "file.sound",
            f"文件有 {len(problems)} 处损坏，第一处：{problems[0]}",
            f"The file is damaged in {len(problems)} places, the first: {problems[0]}",
            problems=len(problems),
        )
    yield from _tree(job)
    limit = job.limit("file.sound", "pages")
    if len(job.pages) > limit:
        yield job.finding(
            "file.sound",
            f"文件有 {len(job.pages)} 页，只检查了前 {limit} 页。",
            f"The file has {len(job.pages)} pages; only the first {limit} were checked.",
            pages=len(job.pages),
        )


def _tree(job: PreflightJob) -> Iterator[Finding]:
    """Whether the tree of pages is whole: programs that trust its count leave pages out."""
    found, said = len(job.pages), whole(get(job.pdf.Root, "Pages", "Count"))
    if not found:
        yield job.finding(
            "file.sound",
            "页面树坏了，找不到一页，什么也没有检查。",
            "The tree of pages is broken: no page is found in it, and nothing was checked.",
            pages=0,
        )
    elif job.miscounted:
        zh, en = (
            ("没有写页数", "does not say how many pages it has")
            if said is None
            else (f"自称有 {said} 页", f"says that it has {said} pages")
        )
        yield job.finding(
            "file.sound",
            f"文件的页面树{zh}（/Count 不对），实有 {found} 页，有的软件会少印几页；检查的是全部 {found} 页。",
            f"The file's tree of pages {en} (a wrong /Count); there are {found}, and some programs will leave pages"
            f" out. All {found} were checked.",
            pages=found,
        )


def _problem(warning: str) -> str:
    """What qpdf says of a damage, without the name of the file, which everybody knows."""
    return PREFIX.sub("", warning.splitlines()[0])


def _unpacking(job: PreflightJob) -> Iterator[str]:
    """What is wrong with the streams. Photographs are not decoded; everything else is."""
    total, limit = 0, job.limit("file.sound", "unpacked_mib") * 1024 * 1024
    for each in job.pdf.objects:
        if not isinstance(each, pikepdf.Stream) or JPEGS & set(filters(each)):
            continue
        digest = _digest(each)
        size = job.record.unpacked.get(digest)
        if size is None:
            content, number = data(each), key(each)
            if content is None:
                yield f"stream {number}"
                continue
            if number is not None and get(each, "Length1") is not None and len(content) <= MAX_PROGRAM:
                job.programs[number] = content  # font programs are read again
            size = len(content)
            if digest:
                job.record.unpacked[digest] = size
        total += size
        if total > limit:
            yield f"> {limit} bytes"
            return


def _digest(stream: pikepdf.Stream) -> bytes:
    """By what a larger stream is known that is deflated and nothing else: what it comes to, its packed bytes decide.
    Nothing for others.
    """
    packed = deflated(stream)
    return hashlib.sha256(packed).digest() if packed is not None and len(packed) >= LARGER else b""


@about("file.version")
def version(job: PreflightJob) -> Iterator[Finding]:
    """``file.version``: no newer than the part of PDF/X allows, by its header and by what is in it."""
    limit = job.part.newest_pdf(pdfx.mark(job))
    found = str(job.pdf.pdf_version)
    if [int(part) for part in found.split(".")] > [int(part) for part in limit.split(".")]:
        yield job.finding(
            "file.version", f"文件是 PDF {found}，最高应为 {limit}。", f"The file is PDF {found}; at most {limit}."
        )
    newer = list(pdfx_info.newer_features(job)) if job.part.in_info else []
    if newer:
        zh, en = "、".join(each for each, _ in newer), ", ".join(each for _, each in newer)
        yield job.finding("file.version", f"PDF {limit} 里没有：{zh}。", f"Not in PDF {limit}: {en}.")


@about("file.encrypted")
def encrypted(job: PreflightJob) -> Iterator[Finding]:
    """``file.encrypted``."""
    if job.pdf.is_encrypted:
        yield job.finding("file.encrypted", "文件加了密。", "The file is encrypted.")


@about("file.id")
def identifier(job: PreflightJob) -> Iterator[Finding]:
    """``file.id``: the trailer has an /ID of two parts."""
    if len(array(job.pdf.trailer.get("/ID"))) != 2:
        yield job.finding("file.id", "文件没有标识（/ID）。", "The file has no identifier (/ID).")


@about("file.filters")
def compression(job: PreflightJob) -> Iterator[Finding]:
    """``file.filters``: no LZW, no JPEG 2000 anywhere."""
    found: dict[tuple[str, str], int] = {}
    placed = owners(job.pdf)
    for each in job.pdf.objects:
        try:
            used, source = filters(each), placed.get(each.objgen, "")
        except BAD_OBJECT:
            continue
        for filter_name in used:
            if filter_name in FORBIDDEN_FILTERS:
                found[source, filter_name] = found.get((source, filter_name), 0) + 1
    for (source, filter_name), count in found.items():
        plain = FORBIDDEN_FILTERS[filter_name]
        yield (job.of_placed(source) if source else job).finding(
            "file.filters",
            f"{count} 处用了 {plain} 压缩。",
            f"{count} streams are compressed with {plain}.",
            streams=count,
        )


CHECKS = (sound, version, encrypted, identifier, compression)
