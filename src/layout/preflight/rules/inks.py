"""Spot inks and plates: the press has every ink, each under one name; no mark is on a plate that is not planned."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from PIL import Image, ImageChops

from layout.checks import Finding
from layout.preflight.colours import PROCESS, PdfColour, Space, spelled
from layout.preflight.events import Event, ImagePainted, PathPainted, ShadingPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.graphics_state import overlap
from layout.preflight.job import PreflightJob
from layout.preflight.objects import BAD_OBJECT, data, get, numbers
from layout.preflight.places import touch, where
from layout.preflight.record import about
from layout.preflight.rules.colour import WHAT, uses

NAMED = frozenset({*PROCESS, "None", "All"})
"""Colorants that are no spot inks."""


@about("colour.spot")
def spots(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.spot``: no more spot inks than the press takes, only those it has; All only outside the trim."""
    used: dict[str, Space] = {}
    marks: dict[str, list[Event]] = {}
    for space, event, _ in uses(sheet):
        for ink in space.root.names:
            used[ink] = space
            marks.setdefault(ink, []).append(event)
    if "All" in used and (inside := [event for event in sheet.events if _all_inside(event, sheet)]):
        yield job.on(
            sheet,
            "colour.spot",
            "成品框里用了套版色（All）；是裁切线、十字线就删去，移到成品之外。",
            "The colour All is used inside the trim; marks of a printer's belong outside it: remove them.",
            events=inside,
        )
    inks = {ink: space.root for ink, space in used.items() if ink not in NAMED}
    names, most = "、".join(sorted(inks)), job.press.max_spot_colours
    if len(inks) > most:
        yield job.on(
            sheet,
            "colour.spot",
            f"有 {len(inks)} 种专色（{names}），印厂收 {most} 种。",
            f"There are {len(inks)} spot colours ({names}); the press takes {most}.",
            events=(event for ink in inks for event in marks[ink]),
            inks=len(inks),
        )
    has = {spelled(ink) for ink in job.press.spot_colours}
    if has and (strange := sorted(ink for ink in inks if spelled(ink) not in has)):
        yield job.on(
            sheet,
            "colour.spot",
            f"印厂没有这种专色：{'、'.join(strange)}。",
            f"The press has no such spot colours: {', '.join(strange)}.",
            events=(event for ink in strange for event in marks[ink]),
        )
    yield from _named_twice(job, sheet, inks, marks)


def _named_twice(
    job: PreflightJob, sheet: ExaminedPage, inks: Mapping[str, Space], marks: Mapping[str, Sequence[Event]]
) -> Iterator[Finding]:
    """Inks of this page that an ink of this or an earlier page is too: spelt otherwise, or with the same stand-in."""
    known = sheet.spots
    for ink, space in sorted(inks.items()):
        if ink in known:
            continue
        looks = space.solid if len(space.names) == 1 else ()
        twins = [each for each, look in known.items() if spelled(each) == spelled(ink) or (looks and look == looks)]
        known[ink] = looks
        if twins:
            yield job.on(
                sheet,
                "colour.spot",
                f"同一种专色有两个名字：{twins[0]}、{ink}，会出两块版。",
                f"One ink goes by two names, {twins[0]} and {ink}, and makes two plates.",
                events=marks[ink],
            )


def _all_inside(event: Event, sheet: ExaminedPage) -> bool:
    """Whether a mark in the colour All touches the trimmed page."""
    if isinstance(event, (TextShown, PathPainted)):
        if not any(paint and "All" in paint.colour.space.names for paint in (event.fill, event.stroke)):
            return False
        trim = sheet.box("TrimBox")
        if trim is None or isinstance(event, TextShown):
            return not (isinstance(event, TextShown) and event.cut)
        # What a clip takes away is not there: the marks around a placed advertisement are in this colour.
        seen = (overlap(event.clip, part) for part in event.subpaths)
        return any(part[0] <= part[2] and part[1] <= part[3] and touch(part, trim) for part in seen)
    return isinstance(event, ImagePainted) and event.space is not None and "All" in event.space.root.names


CHECKS = (spots,)


ALL = frozenset("CMYK")
MAX_PIXELS = 60_000_000
"""A picture with more is taken to be in all four inks."""


@about("colour.plates")
def unplanned(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.plates``: no mark uses an ink that the page is not planned to be printed in."""
    planned = job.expected.plates_of(sheet.number)
    if planned is None:
        return
    # Where all four inks are planned no picture can be wrong, and none need be decoded.
    pictures_too = not planned >= ALL
    found: dict[tuple[str, str], list[tuple[str, Event]]] = {}
    pictures: dict[tuple[int, int], frozenset[str]] = {}
    for event in sheet.events:
        if isinstance(event, ImagePainted) and event.fill is None and not pictures_too:
            continue
        # Marks beside the page are on every plate there is, and are cut off.
        strange = _inks(event, pictures) - planned - {"All", "None"}
        if strange and where(event) is not None:
            sample = event.text.strip()[:12] if isinstance(event, TextShown) else ""
            found.setdefault((type(event).__name__, "、".join(sorted(strange))), []).append((sample, event))
    words = {kind.__name__: message for kind, message in WHAT.items()}
    for (kind, inks), marks in found.items():
        zh, en = words[kind]
        sample = next((each for each, _ in marks if each), "")
        yield job.on(
            sheet,
            "colour.plates",
            f"{len(marks)} 处{zh}用了计划外的色版 {inks}" + (f"，如“{sample}”。" if sample else "。"),
            f"{len(marks)} marks ({en}) use plates that are not planned, {inks}"
            + (f", such as “{sample}”." if sample else "."),
            events=(event for _, event in marks),
            marks=len(marks),
        )


def _inks(event: Event, pictures: dict[tuple[int, int], frozenset[str]]) -> frozenset[str]:
    """The plates a mark is on; all four where that is not known."""
    if isinstance(event, (TextShown, PathPainted)):
        paints = [paint.colour for paint in (event.fill, event.stroke) if paint is not None]
        return frozenset().union(*(_of_colour(colour) for colour in paints))
    if isinstance(event, ShadingPainted):
        if event.space is None or not event.stops:
            return ALL
        return frozenset().union(*(_of_colour(PdfColour(event.space, stop)) for stop in event.stops))
    return _of_picture(event, pictures) if isinstance(event, ImagePainted) else frozenset()


def _of_picture(event: ImagePainted, known: dict[tuple[int, int], frozenset[str]]) -> frozenset[str]:
    if event.fill is not None:
        return _of_colour(event.fill.colour)
    if event.space is not None and event.space.root.family == "DeviceGray":
        return frozenset("K")
    if event.stream is None or (key := event.stream.objgen) == (0, 0):
        return ALL
    if key not in known:
        known[key] = _of_pixels(event)
    return known[key]


def _of_colour(colour: PdfColour) -> frozenset[str]:
    if colour.pattern:
        return frozenset()  # its own marks are events of their own
    inks: Mapping[str, float] | None = colour.inks()
    return ALL if inks is None else frozenset(inks)


def _of_pixels(event: ImagePainted) -> frozenset[str]:
    """The inks of a CMYK picture of eight bits, from its pixels."""
    if event.stream is None or event.bits != 8 or event.width * event.height > MAX_PIXELS:
        return ALL
    space = event.space
    if space is None or space.family != "DeviceCMYK":
        return ALL if space is None or not space.names else frozenset(space.names)
    decode = numbers(get(event.stream, "Decode"))
    inverted = bool(decode) and decode[0] > decode[1]
    try:
        if event.filters == ("DCTDecode",):
            with Image.open(io.BytesIO(event.stream.read_raw_bytes()), formats=("JPEG",)) as jpeg:
                picture = jpeg.copy()
            # Pillow turns every CMYK JPEG round, as Adobe writes it.
            picture = picture if inverted else ImageChops.invert(picture)
        else:
            picture = Image.frombytes("CMYK", (event.width, event.height), data(event.stream) or b"")
            picture = ImageChops.invert(picture) if inverted else picture
    except (*BAD_OBJECT, OSError, Image.DecompressionBombError):
        return ALL
    bands = zip("CMYK", picture.split(), strict=True) if picture.mode == "CMYK" else ()
    return frozenset(ink for ink, band in bands if band.getbbox() is not None) if bands else ALL


PLATE_CHECKS = (unplanned,)
