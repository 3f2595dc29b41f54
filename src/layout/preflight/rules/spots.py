"""Spot inks: as many as the press takes, those it has, each under one name in all the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layout.checks import Finding
from layout.preflight.colours import PROCESS, Space, spelled
from layout.preflight.events import Event, ImagePainted, PathPainted, TextShown
from layout.preflight.job import ExaminedPage, PreflightJob
from layout.preflight.record import about
from layout.preflight.rules.colour import uses

NAMED = frozenset({*PROCESS, "None", "All"})
"""Colorants that are no spot inks."""


@about("colour.spot")
def spots(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.spot``: no more spot inks than the press takes, only those it has; All only outside the trim."""
    used = {ink: space for space, _, _ in uses(sheet) for ink in space.root.names}
    if "All" in used and any(_all_inside(event, sheet) for event in sheet.events):
        yield job.finding(
            "colour.spot",
            "成品框里用了套版色（All）。",
            "The colour All is used inside the trim.",
            page_no=sheet.number,
        )
    inks = {ink: space.root for ink, space in used.items() if ink not in NAMED}
    names, most = "、".join(sorted(inks)), job.press.max_spot_colours
    if len(inks) > most:
        yield job.finding(
            "colour.spot",
            f"有 {len(inks)} 种专色（{names}），印厂收 {most} 种。",
            f"There are {len(inks)} spot colours ({names}); the press takes {most}.",
            page_no=sheet.number,
            inks=len(inks),
        )
    has = {spelled(ink) for ink in job.press.spot_colours}
    if has and (strange := sorted(ink for ink in inks if spelled(ink) not in has)):
        yield job.finding(
            "colour.spot",
            f"印厂没有这种专色：{'、'.join(strange)}。",
            f"The press has no such spot colours: {', '.join(strange)}.",
            page_no=sheet.number,
        )
    yield from _named_twice(job, sheet, inks)


def _named_twice(job: PreflightJob, sheet: ExaminedPage, inks: Mapping[str, Space]) -> Iterator[Finding]:
    """Inks of this page that an ink of this or an earlier page is too: spelt otherwise, or with the same stand-in."""
    known = sheet.spots
    for ink, space in sorted(inks.items()):
        if ink in known:
            continue
        looks = space.solid if len(space.names) == 1 else ()
        twins = [each for each, look in known.items() if spelled(each) == spelled(ink) or (looks and look == looks)]
        known[ink] = looks
        if twins:
            yield job.finding(
                "colour.spot",
                f"同一种专色有两个名字：{twins[0]}、{ink}，会出两块版。",
                f"One ink goes by two names, {twins[0]} and {ink}, and makes two plates.",
                page_no=sheet.number,
            )


def _all_inside(event: Event, sheet: ExaminedPage) -> bool:
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


CHECKS = (spots,)
