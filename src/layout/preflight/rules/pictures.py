"""Photographs and line art: enough pixels for their printed size, and not distorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.geometry import Box
from layout.preflight.colours import space_of
from layout.preflight.events import ImagePainted, PathPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.objects import get, number
from layout.preflight.page_shift import PageShift
from layout.preflight.picture_tones import decode_of, flat_colour, inverted, is_white, look_of, unlike
from layout.preflight.places import touch, where
from layout.preflight.record import about
from layout.preflight.rules.many_alike import as_one
from layout.preflight.rules.mirrored import is_mirrored
from layout.preflight.rules.pages import lies_on_its_side
from layout.units import mm

FAULTS: Mapping[str, Message] = MappingProxyType(
    {
        "unreadable": Message("读不出来", "cannot be read"),
        "truncated": Message("数据不完整，后面缺了一截", "is cut short"),
        "size": Message("实际的像素数与所标的不同", "has not the size that the file says"),
        "components": Message(
            "实际的颜色分量数与所标的不同", "has not the number of colour components that the file says"
        ),
        "mask": Message(
            "的软蒙版是彩色的，应为 DeviceGray：有的 RIP 不理它，有的报错",
            "has a soft mask in colour, which must be DeviceGray: some RIPs leave it out, some stop at it",
        ),
    }
)


SHAPES: Mapping[str, Message] = MappingProxyType(
    {
        "stretched": Message("横竖比例差 {}%", "is stretched by {} %"),
        "mirrored": Message(
            "左右翻成了镜像：里面如有文字、钟表、方向盘就是反的，请看一看",
            "is mirrored from left to right: lettering, clocks or cars in it, if any, come out reversed; look at it",
        ),
        "flipped": Message(
            "上下翻了，或者它的数据是从下往上存的：请看一看",
            "is flipped top to bottom, or its rows are stored from below: look at it",
        ),
        "turned": Message("转了角度", "is turned"),
        "upside": Message("倒了过来（转了 180°）", "stands on its head (it is turned by 180°)"),
    }
)

SHAPE_HINTS: Mapping[str, Message] = MappingProxyType(
    {
        "mirrored": Message("看画面里的招牌、钟表、方向盘：反了就翻回来；本来要镜像的不用改。",
                            "Look at signs, clocks and cars in it: if they are reversed turn it round. Leave it if that"
                            " is meant."),
        "flipped": Message("看版面上这张图是不是倒影：是就翻回来；看上去正的不用改。",
                           "See whether it comes out upside down and reversed: if so turn it round; if it looks right,"
                           " leave it."),
        "turned": Message("请看是不是有意转的；不是就摆正。", "See whether that is meant; if not, set it upright."),
        "upside": Message("请把它正过来；原照片就是倒着拍的不用改。",
                          "Turn it upright, unless the photograph was taken upside down."),
    }
)  # fmt: skip

UPRIGHT = 0.01
"""Share of its sides by which a picture's matrix may lean and still count as upright: rounding."""

POSITIVE = frozenset({"DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "ICCBased"})
"""Spaces in which a picture is light where its samples are large: there is no reason to turn one round."""


def picture_name(job: PreflightJob, sheet: ExaminedPage, event: ImagePainted) -> Message:
    """A picture as people know it: by the name that the plan has for the frame which it fills. Else its pixels stand
    beside the name, which is the program's.
    """
    size = f"{event.width}×{event.height}"
    name = planned_name(job, sheet, event) or event.name
    return Message(f"“{name}”（{size} 像素）", f"“{name}” ({size} pixels)")


def planned_name(job: PreflightJob, sheet: ExaminedPage, event: ImagePainted) -> str:
    """The plan's name of the picture whose frame *event* fills, unless another one stands there; nothing where no
    frame is known.
    """
    for spot in job.expected.pictures_of(sheet.number):
        for box in sheet.all_boxes([where(event)]):
            if min(frame_share(spot.box, box), frame_share(box, spot.box)) >= SAME_FRAME:
                samples = sheet.facts(event).samples if spot.look else None
                other = samples is not None and unlike(spot.look, look_of(samples, event.stream))
                return "" if other else spot.picture
    return ""


SAME_FRAME = 0.5
"""Share of a frame that a picture fills, and of the picture that lies in the frame, from which it is the frame's."""


def frame_share(frame: Box, picture: Box) -> float:
    """How much of a picture's frame a picture fills."""
    wide = min(frame.right, picture.right) - max(frame.x, picture.x)
    high = min(frame.bottom, picture.bottom) - max(frame.y, picture.y)
    return wide * high / frame.area if wide > 0 and high > 0 and frame.area else 0.0


@about("image.sound")
def sound(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.sound``: the data of every picture is whole and what the file says it is."""
    for event in sheet.events:
        if not isinstance(event, ImagePainted) or event.stream is None:
            continue
        fault = sheet.facts(event).fault
        if not fault and (mask := get(event.stream, "SMask", "ColorSpace")) is not None:
            fault = "mask" if space_of(mask, None).root.components > 1 else ""
        if fault:
            name, message = picture_name(job, sheet, event), FAULTS[fault]
            yield job.on(
                sheet,
                "image.sound",
                f"图片{name.zh}{message.zh}。",
                f"The picture {name.en} {message.en}.",
                events=[event],
            )


def _images(sheet: ExaminedPage) -> Iterator[ImagePainted]:
    for event in sheet.events:
        if isinstance(event, ImagePainted) and all(event.ppi) and not event.in_glyph:
            yield event


@about("image.resolution", "image.line_art")
def resolution(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.resolution`` and ``image.line_art``: effective pixels per inch, the poorer direction counts."""
    yield from as_one(_of_resolution(job, sheet))


def _of_resolution(job: PreflightJob, sheet: ExaminedPage) -> Iterator[tuple[object, Finding]]:
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
        (width, height), name = event.size, picture_name(job, sheet, event)
        found = job.on(
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
        yield (check, severity, ppi < limits.warn), found


@about("image.shape")
def shape(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.shape``: neither stretched nor mirrored nor turned, nor on its head."""
    yield from as_one(_of_shape(job, sheet))


def _of_shape(job: PreflightJob, sheet: ExaminedPage) -> Iterator[tuple[object, Finding]]:
    for event in _images(sheet):
        name = picture_name(job, sheet, event)
        for fault, percent in _misshapen(job, sheet, event):
            words = SHAPES[fault]
            found = job.on(
                sheet,
                "image.shape",
                f"图片{name.zh}{words.zh.format(percent)}。",
                f"The picture {name.en} {words.en.format(percent)}.",
                events=[event],
                # Of our own pages nobody but the design's CSS turns a picture.
                severity=Severity.NOTE if fault == "turned" and job.expected.planned else None,
            )
            hint = SHAPE_HINTS.get(fault)
            by_reader = Hint(designer=hint) if job.expected.planned else Hint(maker=hint)
            yield fault, found if hint is None else replace(found, hint=by_reader)


def _misshapen(job: PreflightJob, sheet: ExaminedPage, event: ImagePainted) -> Iterator[tuple[str, str]]:
    """What is wrong with a picture's shape, as keys of ``SHAPES``, and by how much. A stencil may be any shape."""
    if event.mask:
        return
    across, down = event.ppi
    a, b, c, d, _, _ = event.ctm
    large = max(event.width, event.height) > job.limit("image.resolution", "ignore_px")
    if large:
        stretch = max(across, down) / min(across, down) - 1
        if stretch > job.limit("image.shape", "stretch"):
            yield "stretched", f"{100 * stretch:.0f}"
    again = job.again.get(sheet.number)
    laid = again.shift if again else PageShift()  # page.size says of all that is on it how it is turned
    if a * d - b * c < 0 < laid.across * laid.down and is_large(job, event) and not is_mirrored(sheet):
        yield "flipped" if a > 0 and abs(b) + abs(c) <= UPRIGHT * a else "mirrored", ""
    if abs(b) + abs(c) > UPRIGHT * (abs(a) + abs(d)):
        if not lies_on_its_side(job, sheet):  # page.alike and page.size say so of all that is on it
            yield "turned", ""
    # A page that is turned itself has its pictures turned too.
    elif a < 0 > d and large and max(laid.across, laid.down) > 0 and not (number(get(sheet.page, "Rotate")) or 0) % 360:
        yield "upside", ""


def is_large(job: PreflightJob, event: ImagePainted) -> bool:
    """Whether a picture has the pixels and the size of a photograph."""
    width, height = map(mm, event.size)
    least, area = job.limit("image.flat", "px"), job.limit("image.flat", "area_mm2")
    return min(event.width, event.height) >= least and width * height >= area


@about("image.flat")
def flat(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.flat``: no photograph is one flat colour. White is ``image.invisible``'s matter."""
    for at, event in enumerate(sheet.events):
        if not isinstance(event, ImagePainted) or not may_be_photograph(job, event):
            continue
        samples = sheet.facts(event).samples
        colour = flat_colour(samples, event.space, event.stream) if samples and event.space else None
        if colour is not None and not is_white(colour) and not is_ground(sheet, at, event):
            name = picture_name(job, sheet, event)
            yield job.on(
                sheet,
                "image.flat",
                f"图片{name.zh}从头到尾是一个颜色（{colour}）。",
                f"The picture {name.en} is one flat colour all over ({colour}).",
                events=[event],
            )


def may_be_photograph(job: PreflightJob, event: ImagePainted) -> bool:
    """Whether a picture has the pixels and the size of a photograph, and no mask to give it a shape."""
    return is_large(job, event) and not (event.masked or event.mask or event.apart)


def is_ground(sheet: ExaminedPage, at: int, picture: ImagePainted) -> bool:
    """Whether type or another picture stands upon a *picture*, the page's event *at*: it is then a ground for that."""
    return any(
        isinstance(event, (TextShown, ImagePainted)) and not event.apart and touch(event.box, picture.box)
        for event in sheet.events[at + 1 :]
    )


@about("image.negative")
def negative(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.negative``: no photograph has its light and dark changed about."""
    for event in _images(sheet):
        samples = None if event.mask or event.apart else sheet.facts(event).samples
        if samples is None or event.space is None or event.bits != 8:
            continue
        name, turned = picture_name(job, sheet, event), inverted(decode_of(event.stream))
        if event.space.family == "DeviceCMYK" and samples.negative[turned]:
            zh = f"图片{name.zh}像是底片：没有一处是浅的，深处墨量比哪种纸收的都多"
            en = (
                f"The picture {name.en} looks like a negative: no place in it is light, and the deep ones have more ink"
                " than any paper takes"
            )
        elif turned and event.space.components in (1, 3) and event.space.family in POSITIVE and not event.soft_mask:
            zh = f"图片{name.zh}的 Decode 把明暗翻了过来，印成底片"
            en = f"The Decode of the picture {name.en} turns light and dark round: it prints as a negative of its data"
        else:
            continue
        yield job.on(sheet, "image.negative", f"{zh}。", f"{en}.", events=[event])


def is_one_picture(sheet: ExaminedPage) -> ImagePainted | None:
    """The picture that is all there is on a page; ``None`` where there is more or less."""
    painted = [event for event in sheet.events if isinstance(event, (TextShown, PathPainted, ImagePainted))]
    return painted[0] if len(painted) == 1 and isinstance(painted[0], ImagePainted) else None


@about("image.page")
def whole_page(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.page``: a page that is nothing but one picture has its type in pixels, and needs more of them."""
    event = is_one_picture(sheet)
    if event is None or not all(event.ppi):
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


CHECKS = (sound, resolution, shape, flat, negative, whole_page)
