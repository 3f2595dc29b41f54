"""Colour: which spaces and inks a page uses, and what its type is printed in."""

from __future__ import annotations

from collections.abc import Iterator

from layout.findings import Finding
from layout.preflight.colours import ICC_COMPONENTS, PROCESS, Space, spelled
from layout.preflight.events import Event, GroupBegun, ImagePainted, PathPainted, ShadingPainted, StateUsed, TextShown
from layout.preflight.job import Job, Sheet
from layout.preflight.places import touch, where

ALLOWED = frozenset({"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern", ""})
"""Spaces that need no conversion at the plant; "" is reported by ``content.sound``."""

WHAT = {
    TextShown: ("文字", "text"), PathPainted: ("图形", "drawing"), ImagePainted: ("图片", "picture"),
    ShadingPainted: ("渐变", "gradient"), GroupBegun: ("透明组", "transparency group"),
}  # fmt: skip
Use = tuple[Space, Event, str]
"""A space, the mark it is used by, and a sample of it."""


def spaces(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``colour.space``: every mark is CMYK, gray or a spot colour over these."""
    found: dict[tuple[str, str], list[tuple[str, Event]]] = {}
    for space, event, sample in _uses(sheet):
        family = _strange(space)
        if family:
            found.setdefault((family, type(event).__name__), []).append((sample, event))
    words = {kind.__name__: said for kind, said in WHAT.items()}
    for (family, kind_name), samples in found.items():
        zh, en = words[kind_name]
        sample = next((each for each, _ in samples if each), "")
        yield job.on(
            sheet,
            "colour.space",
            f"{len(samples)} 处{zh}用了 {family}" + (f"，如“{sample}”。" if sample else "。"),
            f"{len(samples)} marks ({en}) are in {family}" + (f", such as “{sample}”." if sample else "."),
            boxes=(where(event) for _, event in samples),
            marks=len(samples),
        )


def _strange(space: Space) -> str:
    """The family to complain of, or nothing."""
    root = space.root
    if root.family in {"Separation", "DeviceN"} and root.base is not None:
        return _strange(root.base)
    if root.family == "Pattern" and root.base is not None:
        return _strange(root.base)
    if root.family in ALLOWED:
        return ""
    if root.family == "ICCBased":
        wrong = root.header and ICC_COMPONENTS.get(root.header) != root.components
        return f"ICCBased {root.header or '?'}" + (f" (N={root.components})" if wrong else "")
    return root.family


def _uses(sheet: Sheet) -> Iterator[Use]:
    """Every use of a colour space by a mark that prints."""
    for event in sheet.events:
        if isinstance(event, TextShown | PathPainted):
            sample = event.text.strip()[:12] if isinstance(event, TextShown) else ""
            for paint in (event.fill, event.stroke):
                if paint is not None:
                    yield paint.colour.space, event, sample
        elif isinstance(event, ImagePainted):
            if event.space is not None:
                yield event.space, event, event.name
            if event.fill is not None:
                yield event.fill.colour.space, event, event.name
        elif isinstance(event, ShadingPainted | GroupBegun) and event.space is not None:
            yield event.space, event, ""


def group_spaces(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``page.group`` for groups inside the page: CMYK, or gray for a luminosity mask."""
    wrong = [
        event.space.family
        for event in sheet.events
        if isinstance(event, GroupBegun)
        and event.space is not None
        and event.space.family not in ({"DeviceCMYK", "DeviceGray"} if event.soft_mask else {"DeviceCMYK"})
    ]
    if wrong:
        yield job.finding(
            "page.group",
            f"{len(wrong)} 个透明组的混合空间不是 DeviceCMYK，如 {wrong[0]}。",
            f"{len(wrong)} groups do not blend in DeviceCMYK, such as {wrong[0]}.",
            page_no=sheet.number,
            groups=len(wrong),
        )


def spots(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``colour.spot``: no more spot inks than the press takes, none spelt two ways, All only outside the trim."""
    inks: set[str] = set()
    for space, _, _ in _uses(sheet):
        inks.update(space.root.names)
    inks -= {*PROCESS, "None"}
    if "All" in inks and any(_all_inside(event, sheet) for event in sheet.events):
        yield job.finding(
            "colour.spot",
            "成品框里用了套版色（All）。",
            "The colour All is used inside the trim.",
            page_no=sheet.number,
        )
    inks.discard("All")
    names = "、".join(sorted(inks))
    if len(inks) > job.press.max_spot_colours:
        yield job.finding(
            "colour.spot",
            f"有 {len(inks)} 种专色（{names}），印厂收 {job.press.max_spot_colours} 种。",
            f"There are {len(inks)} spot colours ({names}); the press takes {job.press.max_spot_colours}.",
            page_no=sheet.number,
            inks=len(inks),
        )
    if len({spelled(ink) for ink in inks}) < len(inks):
        yield job.finding(
            "colour.spot",
            f"同一种专色写成了几样：{names}。",
            f"One ink is spelt several ways: {names}.",
            page_no=sheet.number,
        )


def _all_inside(event: Event, sheet: Sheet) -> bool:
    """Whether a mark in the colour All touches the trimmed page."""
    if isinstance(event, TextShown | PathPainted):
        if not any(paint and "All" in paint.colour.space.names for paint in (event.fill, event.stroke)):
            return False
        trim = sheet.box("TrimBox")
        if trim is None or isinstance(event, TextShown):
            return True
        return any(
            left < trim[2] and right > trim[0] and bottom < trim[3] and top > trim[1]
            for left, bottom, right, top in event.subpaths
        )
    return isinstance(event, ImagePainted) and event.space is not None and "All" in event.space.root.names


def total(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``ink.total`` for flat colours: no fill, line or text has more ink than the paper holds.

    Photographs and what lies over one another need a raster of the plates; this is not it.
    """
    limit = job.press.ink_limit
    paper = sheet.paper
    heavy: dict[int, list[tuple[str, Event]]] = {}
    for event in sheet.events:
        if not isinstance(event, TextShown | PathPainted):
            continue
        for paint in (event.fill, event.stroke):
            inks = paint.colour.inks() if paint else None
            percent = round(100 * paint.alpha * sum(inks.values())) if paint and inks else 0
            # Crop marks beside the page are in all inks, and are cut off.
            if percent > limit and paint and ((at := where(event)) is None or touch(at, paper)):
                heavy.setdefault(percent, []).append((str(paint.colour), event))
    for percent, marks in sorted(heavy.items(), reverse=True):
        yield job.on(
            sheet,
            "ink.total",
            f"{len(marks)} 处总墨量 {percent}%，超过 {limit:g}%（{marks[-1][0]}）。",
            f"{len(marks)} marks have {percent} % ink in all, over {limit:g} % ({marks[-1][0]}).",
            boxes=(where(event) for _, event in marks),
            ink_percent=percent,
            marks=len(marks),
        )


def blending(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``colour.blend``: transparency in use is told, not forbidden: PDF/X-4 allows it, an old RIP flattens it."""
    modes = {event.blend for event in sheet.events if isinstance(event, StateUsed)} - {"Normal", "Compatible"}
    if modes:
        words = "、".join(sorted(modes))
        yield job.on(sheet, "colour.blend", f"用了透明混合：{words}。", f"Colours are blended: {words}.")


CHECKS = (spaces, group_spaces, spots, total, blending)
