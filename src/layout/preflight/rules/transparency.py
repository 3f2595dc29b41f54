"""Transparency: the space it blends in, the ways it is used, and whether the press takes any."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding
from layout.preflight.events import Event, GroupBegun, ImagePainted, PathPainted, StateUsed, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.record import about

PLAIN = frozenset({"Normal", "Compatible"})
"""Blend modes that blend nothing."""


def transparent(sheet: ExaminedPage) -> bool:
    """Whether anything on the page is blended with what lies beneath: a group alone blends nothing."""
    return any(
        (isinstance(event, StateUsed) and (event.alpha < 1 or event.soft_mask or event.blend not in PLAIN))
        or (isinstance(event, ImagePainted) and event.soft_mask)
        for event in sheet.events
    )


@about("page.group")
def group_spaces(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.group`` for groups inside a page with transparency: CMYK, or gray for a luminosity mask."""
    wrong = [
        event
        for event in (sheet.events if transparent(sheet) else ())
        if isinstance(event, GroupBegun)
        and event.space is not None
        and event.space.family not in ({"DeviceCMYK", "DeviceGray"} if event.soft_mask else {"DeviceCMYK"})
    ]
    if wrong:
        family = wrong[0].space.family if wrong[0].space is not None else ""
        yield job.on(
            sheet,
            "page.group",
            f"{len(wrong)} 个透明组的混合空间不是 DeviceCMYK，如 {family}。",
            f"{len(wrong)} groups do not blend in DeviceCMYK, such as {family}.",
            events=wrong,
            groups=len(wrong),
        )


@about("page.group")
def mask_spaces(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.group`` for the soft masks that go by lightness: without a space of their own nobody knows how light their
    colours are.
    """
    wrong = [
        event
        for event in sheet.events
        if isinstance(event, GroupBegun) and event.soft_mask == "Luminosity" and event.space is None
    ]
    if wrong:
        yield job.on(
            sheet,
            "page.group",
            f"{len(wrong)} 个按明暗透光的软蒙版没有写明颜色空间（/CS），各家算出的明暗不同。",
            f"{len(wrong)} soft masks that go by lightness name no colour space (/CS): renderers differ in how light"
            " they are.",
            events=wrong,
            groups=len(wrong),
        )


@about("colour.blend")
def blending(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.blend``: transparency in use is reported, not forbidden: PDF/X-4 allows it, an old RIP flattens it."""
    modes = {event.blend for event in sheet.events if isinstance(event, StateUsed)} - PLAIN
    if modes and job.takes_transparency:  # else it is an error, reported by the next check
        words = "、".join(sorted(modes))
        yield job.on(sheet, "colour.blend", f"用了透明混合：{words}。", f"Colours are blended: {words}.")


@about("colour.transparent")
def translucent(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.transparent``: where the press takes no live transparency, nothing on the page needs flattening."""
    if job.takes_transparency:
        return
    marks = [event for event in sheet.events if _lets_through(event)]
    masks = sum(isinstance(event, GroupBegun) and bool(event.soft_mask) for event in sheet.events)
    if marks or masks:
        zh, en = ("印厂", "the press") if job.part.transparency else (f"PDF/{job.part.name} ", f"PDF/{job.part.name}")
        yield job.on(
            sheet,
            "colour.transparent",
            f"{len(marks)} 处颜色或图片是半透明的，{masks} 个软蒙版；{zh}不收透明。",
            f"{len(marks)} marks let through what lies beneath, {masks} soft masks; {en} takes no transparency.",
            events=marks,
            marks=len(marks),
            soft_masks=masks,
        )


def _lets_through(event: Event) -> bool:
    """Whether a mark must be mixed with what lies under it."""
    if isinstance(event, ImagePainted):
        return event.soft_mask or event.alpha < 1
    if not isinstance(event, (PathPainted, TextShown)):
        return False
    return any(paint and (paint.alpha < 1 or paint.blend not in PLAIN) for paint in (event.fill, event.stroke))


CHECKS = (group_spaces, mask_spaces, blending, translucent)
