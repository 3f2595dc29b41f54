"""Photographs and line art: enough pixels for their printed size, and not distorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.preflight.events import ImagePainted, PathPainted, TextShown
from layout.preflight.job import ExaminedPage, PreflightJob
from layout.preflight.picture_data import fault_of
from layout.preflight.record import about

FAULTS: Mapping[str, Message] = MappingProxyType(
    {
        "unreadable": Message("读不出来", "cannot be read"),
        "truncated": Message("数据不完整，后面缺了一截", "is cut short"),
        "size": Message("实际的像素数与所标的不同", "has not the size that the file says"),
        "components": Message(
            "实际的颜色分量数与所标的不同", "has not the number of colour components that the file says"
        ),
    }
)


def picture_name(event: ImagePainted) -> Message:
    """A picture as people know it: its pixels stand beside the name, which is the program's."""
    size = f"{event.width}×{event.height}"
    return Message(f"“{event.name}”（{size} 像素）", f"“{event.name}” ({size} pixels)")


@about("image.sound")
def sound(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.sound``: the data of every picture is whole and what the file says it is."""
    for event in sheet.events:
        if not isinstance(event, ImagePainted) or event.stream is None:
            continue
        number = event.stream.objgen
        known = sheet.pictures.get(number) if number != (0, 0) else None
        fault = sheet.pictures[number] = fault_of(event) if known is None else known
        if fault:
            name, message = picture_name(event), FAULTS[fault]
            yield job.on(
                sheet,
                "image.sound",
                f"图片{name.zh}{message.zh}。",
                f"The picture {name.en} {message.en}.",
                events=[event],
            )


def _images(sheet: ExaminedPage) -> Iterator[ImagePainted]:
    for event in sheet.events:
        if isinstance(event, ImagePainted) and all(event.ppi):
            yield event


@about("image.resolution", "image.line_art")
def resolution(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.resolution`` and ``image.line_art``: effective pixels per inch, the poorer direction counts."""
    for event in _images(sheet):
        check = "image.line_art" if event.line_art else "image.resolution"
        if max(event.width, event.height) <= job.limit(check, "ignore_px"):
            continue
        limits = job.press.line_art_ppi if event.line_art else job.press.image_ppi
        # Resolutions count to the whole number.
        ppi, most = round(min(event.ppi)), round(max(event.ppi))
        severity = Severity.ERROR if ppi < limits.error else Severity.WARNING if ppi < limits.warn else None
        if severity is not None:
            zh, en = f"只有 {ppi} ppi，应不低于 {limits.warn:g}", f"has {ppi} ppi; {limits.warn:g} or more are wanted"
        elif not event.line_art and most > job.press.image_ppi.max:
            severity = Severity.WARNING
            zh, en = f"有 {most} ppi，超过 {job.press.image_ppi.max:g} 无用", f"has {most} ppi, more than is of use"
        else:
            continue
        (width, height), name = event.size, picture_name(event)
        yield job.on(
            sheet,
            check,
            f"图片{name.zh}{zh}。",
            f"The picture {name.en} {en}.",
            events=[event],
            severity=severity,
            repeats=ppi < limits.warn,
            ppi=ppi,
            width_pt=round(width, 1),
            height_pt=round(height, 1),
        )


@about("image.shape")
def shape(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.shape``: neither stretched nor mirrored nor turned."""
    limit = job.limit("image.shape", "stretch")
    for event in _images(sheet):
        across, down = event.ppi
        a, b, c, d, _, _ = event.ctm
        faults = []
        if max(event.width, event.height) > job.limit("image.resolution", "ignore_px") and not event.mask:
            stretch = max(across, down) / min(across, down) - 1
            if stretch > limit:
                faults.append((f"横竖比例差 {100 * stretch:.0f}%", f"is stretched by {100 * stretch:.0f} %"))
        if a * d - b * c < 0:
            faults.append(("是镜像", "is mirrored"))
        if abs(b) + abs(c) > 0.01 * (abs(a) + abs(d)):
            faults.append(("转了角度", "is turned"))
        name = picture_name(event)
        for zh, en in faults:
            yield job.on(
                sheet,
                "image.shape",
                f"图片{name.zh}{zh}。",
                f"The picture {name.en} {en}.",
                events=[event],
            )


@about("image.page")
def whole_page(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.page``: a page that is nothing but one picture has its type in pixels, and needs more of them."""
    painted = [event for event in sheet.events if isinstance(event, TextShown | PathPainted | ImagePainted)]
    if len(painted) != 1 or not isinstance(event := painted[0], ImagePainted) or not all(event.ppi):
        return
    least = job.limit("image.page", "ppi")
    if min(event.ppi) < least and not event.line_art:
        yield job.on(
            sheet,
            "image.page",
            f"整版是一张 {min(event.ppi):.0f} ppi 的图片，文字也成了网点，应不低于 {least} ppi。",
            f"The page is one picture of {min(event.ppi):.0f} ppi, its type included; {least} ppi or more are wanted.",
            events=[event],
            ppi=round(min(event.ppi)),
        )


CHECKS = (sound, resolution, shape, whole_page)
