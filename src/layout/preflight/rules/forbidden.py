"""Content that a file for print must not hold: annotations, scripts, attachments, layers, device settings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from layout.checks import Finding, Severity
from layout.preflight.annotations import annotation_box
from layout.preflight.events import ImagePainted, StateUsed, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.layers import layers_of
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, get, items, key, keys, name
from layout.preflight.operators import COARSE
from layout.preflight.placed_objects import owners
from layout.preflight.places import touch
from layout.preflight.record import about

QUOTED = 12
"""Characters of a run that a finding quotes."""

FLATNESS = "FL"
"""How a graphics state that makes curves coarse is known among the settings for the device."""

PRINTERS = frozenset({"TrapNet", "PrinterMark"})
"""Annotations that are the plant's own."""


@about("forbidden.annotation", content=False)
def notes(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``forbidden.annotation``: no links, comments or fields on the page or its bleed."""
    found = [
        (kind, box)
        for each in array(get(sheet.page, "Annots"))
        if (kind := name(get(each, "Subtype"))) not in PRINTERS
        and ((box := annotation_box(each)) is None or touch(box, sheet.paper))
    ]
    kinds = [kind or "?" for kind, _ in found]
    if kinds:
        yield job.on(
            sheet,
            "forbidden.annotation",
            f"有 {len(kinds)} 个批注或链接（{kinds[0]}）。",
            f"There are {len(kinds)} annotations ({kinds[0]}).",
            boxes=(box for _, box in found),
            annotations=len(kinds),
        )


@about("forbidden.annotation")
def form(job: PreflightJob) -> Iterator[Finding]:
    """``forbidden.annotation`` for a form that belongs to the file."""
    if get(job.pdf.Root, "AcroForm") is not None:
        yield job.finding("forbidden.annotation", "文件里有表单。", "The file holds a form.")


@about("forbidden.script")
def scripts(job: PreflightJob) -> Iterator[Finding]:
    """``forbidden.script``: nothing acts by itself."""
    root = job.pdf.Root
    found = [key for key in ("OpenAction", "AA") if get(root, key) is not None]
    if get(root, "Names", "JavaScript") is not None:
        found.append("JavaScript")
    found += [f"AA {number}" for number, page in enumerate(job.pages, 1) if get(page, "AA") is not None]
    if found:
        yield job.finding(
            "forbidden.script",
            f"文件里有脚本或动作（{found[0]}）。",
            f"The file holds a script or action ({found[0]}).",
        )


@about("forbidden.attachment")
def attachments(job: PreflightJob) -> Iterator[Finding]:
    """``forbidden.attachment``."""
    if get(job.pdf.Root, "Names", "EmbeddedFiles") is not None or get(job.pdf.Root, "AF") is not None:
        yield job.finding("forbidden.attachment", "文件带附件。", "The file has attachments.")


@about("forbidden.layers")
def layers(job: PreflightJob) -> Iterator[Finding]:
    """``forbidden.layers``: no optional content."""
    if array(get(job.pdf.Root, "OCProperties", "OCGs")):
        yield job.finding("forbidden.layers", "文件里有可开关的图层。", "The file has layers that switch.")


@about("forbidden.layers")
def not_printed(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``forbidden.layers``: nothing that a screen shows is on a layer that does not print."""
    hidden = [
        event for event in sheet.events if isinstance(event, (TextShown, ImagePainted)) and event.hidden == "layer"
    ]
    if not hidden or not layers_of(job.pdf).in_print:  # what no screen shows either is text.invisible's
        return
    words = next((event.text.strip()[:QUOTED] for event in hidden if isinstance(event, TextShown)), "")
    such = (f"，如“{words}”", f", such as “{words}”") if words else ("", "")
    yield job.on(
        sheet,
        "forbidden.layers",
        f"有 {len(hidden)} 处文字或图片在印刷时关着的图层里，屏幕上有、纸上没有{such[0]}。",
        f"{len(hidden)} runs of type or pictures are on a layer that is off in print: a screen shows them, and paper"
        f" will not{such[1]}.",
        events=hidden,
        severity=Severity.ERROR,
        marks=len(hidden),
    )


@about("forbidden.device")
def device_states(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``forbidden.device`` for graphics states: halftones, transfer curves, black generation."""
    keys = sorted(_device_keys(sheet) - {FLATNESS})
    if keys:
        yield job.finding(
            "forbidden.device",
            f"图形状态里有设备设置：{'、'.join(keys)}。",
            f"Graphics states hold device settings: {', '.join(keys)}.",
            page_no=sheet.number,
        )


def _device_keys(sheet: ExaminedPage) -> set[str]:
    return {key for event in sheet.events if isinstance(event, StateUsed) for key in event.device_keys}


@about("forbidden.device")
def flat_curves(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``forbidden.device``: curves are not set to come out as polygons; a note, for many RIPs have their own way."""
    if FLATNESS in _device_keys(sheet):
        yield job.finding(
            "forbidden.device",
            f"平滑度（i、FL）大于 {COARSE:g}：有的 RIP 会把曲线印成折线。",
            f"The flatness (i, FL) is over {COARSE:g}: some RIPs print curves as polygons.",
            page_no=sheet.number,
            severity=Severity.NOTE,
        )


@about("forbidden.device")
def device_objects(job: PreflightJob) -> Iterator[Finding]:
    """``forbidden.device`` for objects: PostScript, OPI, alternates, pages of other files (/Ref)."""
    found: dict[str, set[str]] = {}
    placed, pictures = owners(job.pdf), _pictures(job)
    for each in job.pdf.objects:
        try:
            words, source = set(_device_words(each)), placed.get(each.objgen, "")
        except BAD_OBJECT:
            continue
        if words and (picture := pictures.get(each.objgen)) is not None:
            yield _of_picture(job.of_placed(source) if source else job, picture, words)
        elif words:
            found.setdefault(source, set()).update(words)
    for source, kinds in found.items():
        names, own = "、".join(sorted(kinds)), job.of_placed(source) if source else job
        yield own.finding("forbidden.device", f"文件里有：{names}。", f"The file holds: {names}.")


def _of_picture(job: PreflightJob, picture: tuple[int, str], words: Collection[str]) -> Finding:
    """What a picture or form of a page carries."""
    (page_no, named), kinds = picture, "、".join(sorted(words))
    return job.finding(
        "forbidden.device",
        f"“{named}”带有：{kinds}。",
        f"“{named}” carries: {kinds}.",
        page_no=page_no,
    )


def _pictures(job: PreflightJob) -> Mapping[tuple[int, int], tuple[int, str]]:
    """The pictures and forms that the pages' resources name, by their numbers: the first page, and the name there."""
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for page_no, page in enumerate(job.pages[: int(job.limit("file.sound", "pages"))], start=1):
        left = items(get(page, "Resources", "XObject"))
        while left:
            named, each = left.pop()
            number = key(each)
            if number is not None and number not in found:
                found[number] = page_no, named
                left += items(get(each, "Resources", "XObject"))
    return found


def _device_words(value: PdfValue) -> Iterator[str]:
    if name(get(value, "Subtype")) == "PS" or get(value, "PS") is not None:
        yield "PostScript"
    for entry in keys(value):
        if entry in {"OPI", "Alternates"} or (entry == "Ref" and name(get(value, "Subtype")) == "Form"):
            yield entry


FILE_CHECKS = (form, scripts, attachments, layers, device_objects)
CHECKS = (notes, not_printed, device_states, flat_curves)
