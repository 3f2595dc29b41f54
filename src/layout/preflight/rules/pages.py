"""Pages as sheets of paper: how many, how large, which way up, and not blank."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.errors import Message
from layout.preflight.events import ImagePainted, PathPainted, ShadingPainted, TextShown, Trouble
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.objects import array, get, name, number, raw
from layout.preflight.places import within
from layout.preflight.record import about
from layout.preflight.rules.transparency import transparent
from layout.units import MM, mm


@about("page.count")
def count(job: PreflightJob) -> Iterator[Finding]:
    """``page.count``: as many as the edition plans."""
    found, wanted = len(job.pages), job.expected.pages
    if wanted is not None and found != wanted:
        yield job.finding(
            "page.count",
            f"有 {found} 版，应为 {wanted} 版。",
            f"There are {found} pages instead of {wanted}.",
            pages=found,
        )


@about("page.multiple")
def multiple(job: PreflightJob) -> Iterator[Finding]:
    """``page.multiple``: the pages fill the sheets they are imposed on."""
    found, by = len(job.pages), job.press.pages_multiple
    if job.expected.whole and found % by:
        yield job.finding(
            "page.multiple",
            f"有 {found} 版，印厂要 {by} 的倍数。",
            f"There are {found} pages; the press wants a multiple of {by}.",
            pages=found,
        )


def lies_on_its_side(job: PreflightJob, sheet: ExaminedPage) -> bool:
    """Whether a page is as wide as it should be high, and as high as it should be wide: by the plan, or else by the
    first page.
    """
    wide, high = job.expected.trim or _size(ExaminedPage(1, job.pages[0], ()))
    near, own = job.press.tolerance.trim_mm * MM, _size(sheet)
    return abs(wide - high) > near and abs(own[0] - high) <= near and abs(own[1] - wide) <= near


def _on_its_side(job: PreflightJob, sheet: ExaminedPage) -> Message:
    """What is said besides of such a page."""
    return Message("：版面横放着", ": it lies on its side") if lies_on_its_side(job, sheet) else Message("", "")


def _size(sheet: ExaminedPage) -> tuple[float, float]:
    left, bottom, right, top = sheet.trim
    return right - left, top - bottom


@about("page.alike")
def alike(job: PreflightJob) -> Iterator[Finding]:
    """``page.alike``: every page is trimmed to the size of the first."""
    near, first = job.press.tolerance.trim_mm * MM, None
    if job.expected.again and job.expected.trim is not None:  # page.size holds each against the report
        return
    for page_no, page in enumerate(job.pages, start=1):
        if page_no > job.limit("file.sound", "pages"):
            return
        left, bottom, right, top = ExaminedPage(page_no, page, ()).trim
        size = right - left, top - bottom
        first = first or size
        if abs(size[0] - first[0]) > near or abs(size[1] - first[1]) > near:
            found, should = (f"{mm(wide):.1f} × {mm(high):.1f} mm" for wide, high in (size, first))
            side = _on_its_side(job, ExaminedPage(page_no, page, ()))
            yield job.finding(
                "page.alike",
                f"成品尺寸是 {found}，第 1 页是 {should}{side.zh}。",
                f"The trimmed page is {found}, the first one {should}{side.en}.",
                page_no=page_no,
            )
            return


@about("page.boxes", content=False)
def boxes(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.boxes``: trim within bleed within media, and no smaller crop."""
    near = job.limit("page.boxes", "tolerance_mm") * MM
    media, trim = sheet.box("MediaBox"), sheet.box("TrimBox")
    if media is None or trim is None:
        yield job.finding("page.boxes", "没有成品框（TrimBox）。", "There is no TrimBox.", page_no=sheet.number)
        return
    bleed = sheet.box("BleedBox") or trim
    for inner, outer, zh, en in (
        (trim, bleed, "成品框超出了出血框", "The TrimBox lies outside the BleedBox"),
        (bleed, media, "出血框超出了介质框", "The BleedBox lies outside the MediaBox"),
    ):
        if not within(inner, outer, near):
            yield job.finding("page.boxes", f"{zh}。", f"{en}.", page_no=sheet.number)
    if sheet.box("ArtBox") is not None:
        yield job.finding(
            "page.boxes",
            "成品框（TrimBox）之外又有 ArtBox，PDF/X 只许一个。",
            "There is an ArtBox besides the TrimBox; PDF/X allows one of them.",
            page_no=sheet.number,
        )
    crop = sheet.box("CropBox")
    if crop is not None and not within(media, crop, near):
        yield job.finding(
            "page.boxes", "裁剪框小于介质框。", "The CropBox is smaller than the MediaBox.", page_no=sheet.number
        )


def has_other_size(job: PreflightJob, sheet: ExaminedPage) -> bool:
    """Whether the trimmed page has another size than the edition plans."""
    trim, wanted = sheet.box("TrimBox"), job.expected.trim
    near = job.press.tolerance.trim_mm * MM
    return trim is not None and wanted is not None and any(
        abs(found - should) > near for found, should in zip(_size(sheet), wanted, strict=True)
    )  # fmt: skip


@about("page.size", content=False)
def size(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.size``: the trimmed page as the edition plans it."""
    wanted = job.expected.trim
    if wanted is not None and has_other_size(job, sheet):
        width, height = _size(sheet)
        found, should = (f"{mm(wide):.1f} × {mm(high):.1f} mm" for wide, high in ((width, height), wanted))
        side = _on_its_side(job, sheet)
        yield job.finding(
            "page.size",
            f"成品尺寸是 {found}，应为 {should}{side.zh}。",
            f"The trimmed page is {found} instead of {should}{side.en}.",
            page_no=sheet.number,
            width_mm=round(mm(width), 2),
            height_mm=round(mm(height), 2),
        )


@about("page.bleed", content=False)
def bleed(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.bleed``: as much room around the trim as the press asks for."""
    trim = sheet.box("TrimBox")
    if trim is None:
        return
    around = sheet.box("BleedBox") or trim
    least = min(trim[0] - around[0], trim[1] - around[1], around[2] - trim[2], around[3] - trim[3])
    if mm(least) < job.press.bleed_mm - job.limit("page.bleed", "tolerance_mm"):
        yield job.finding(
            "page.bleed",
            f"出血只有 {mm(least):.1f} mm，印厂要 {job.press.bleed_mm:g} mm。",
            f"The bleed is {mm(least):.1f} mm; the press asks for {job.press.bleed_mm:g} mm.",
            page_no=sheet.number,
            bleed_mm=round(mm(least), 2),
        )


@about("page.turned", content=False)
def turned(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.turned``: no Rotate, no UserUnit."""
    angle, unit = number(get(sheet.page, "Rotate")) or 0, number(get(sheet.page, "UserUnit"))
    if angle % 360:
        yield job.finding(
            "page.turned", f"版面旋转了 {angle:g}°。", f"The page is rotated by {angle:g}°.", page_no=sheet.number
        )
    if unit is not None and unit != 1:
        yield job.finding(
            "page.turned", f"版面按 {unit:g} 倍放大。", f"The page is scaled by {unit:g}.", page_no=sheet.number
        )


@about("page.blank")
def blank(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.blank``: something prints on it. Of a page that could not be read to its end nobody knows."""
    if any(isinstance(event, Trouble) for event in sheet.events):
        job.record.lacks("unfollowed", "page.blank")
        return
    for event in sheet.events:
        if isinstance(event, (ImagePainted, ShadingPainted)):
            return
        if isinstance(event, TextShown) and event.visible and event.text.strip():
            return
        if isinstance(event, PathPainted) and any(
            paint and not paint.colour.white for paint in (event.fill, event.stroke)
        ):
            return
    yield job.finding("page.blank", "这一版是空的。", "The page is blank.", page_no=sheet.number)


@about("page.repeated")
def repeated(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.repeated``: no page shows just what an earlier one shows."""
    if len(job.pages) < 2 or not sheet.followed:
        return
    digest = _digest(sheet)
    first = sheet.drawn.setdefault(digest, sheet.number) if digest else sheet.number
    if first != sheet.number:
        yield job.finding(
            "page.repeated",
            f"与第 {first} 页完全一样。",
            f"The page is the same as page {first}.",
            page_no=sheet.number,
            first=first,
        )


def _digest(sheet: ExaminedPage) -> str:
    """A number for all that the page shows, and where; nothing for a page that shows nothing."""
    left, bottom, right, top = sheet.trim
    turn = number(get(sheet.page, "Rotate")) or 0
    digest, marks = hashlib.sha256(f"{right - left:.2f} {top - bottom:.2f} {turn % 360:g}".encode()), 0
    for event in sheet.events:
        if isinstance(event, TextShown):
            digest.update(repr((event.text, event.codes, event.start, event.size, _inks(event))).encode())
        elif isinstance(event, PathPainted):
            digest.update(repr((event.subpaths, event.width, _inks(event))).encode())
        elif isinstance(event, ImagePainted):
            digest.update(repr((event.ctm, event.width, event.height)).encode())
            digest.update(raw(event.stream))
        elif not isinstance(event, ShadingPainted):
            continue
        marks += 1
    return digest.hexdigest() if marks else ""


def _inks(event: TextShown | PathPainted) -> list[tuple[Sequence[str], Sequence[float]]]:
    colours = [paint.colour for paint in (event.fill, event.stroke) if paint is not None]
    return [((colour.space.family, *colour.space.names, colour.pattern), colour.values) for colour in colours]


@about("page.group")
def group(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.group``: where something on the page is transparent, the page's own blending space is DeviceCMYK."""
    space = get(sheet.page, "Group", "CS")
    if name(space) != "DeviceCMYK" and transparent(sheet):
        if space is None:
            zh, en = (
                "版面上有透明，却没有写明在什么颜色里混合",
                "Something is transparent, and no blending space is given",
            )
        else:
            message = name(space) or name(next(iter(array(space)), None)) or "?"
            zh, en = f"透明部分在 {message} 里混合", f"Transparency blends in {message}"
        yield job.finding(
            "page.group", f"{zh}，应为 DeviceCMYK。", f"{en}; it must be DeviceCMYK.", page_no=sheet.number
        )


FILE_CHECKS = (count, multiple, alike)
CHECKS = (boxes, size, bleed, turned, blank, repeated, group)
