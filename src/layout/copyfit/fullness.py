"""Whether a page is exactly full: what is overset or wanting, to the character, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.copyfit import costs
from layout.copyfit.galley import Galley, GalleyLine
from layout.copyfit.model import Fit
from layout.copyfit.needs import elastic
from layout.copyfit.pour import overset
from layout.errors import Said
from layout.findings import Finding, Severity
from layout.page.frames import MeasuredPage

_CONTEXT = 8
"""Characters quoted on either side of the cut."""


def overset_findings(page: MeasuredPage, galleys: Mapping[str, Galley]) -> Iterator[Finding]:
    """One finding per chain whose copy does not end in its frames."""
    for galley in galleys.values():
        rest = overset(galley)
        if rest:
            yield _overset(page, galley, rest)


def characters(lines: Sequence[GalleyLine]) -> int:
    """Characters in *lines*; white space does not count."""
    return sum(1 for item in lines for character in item.line.text if not character.isspace())


def _overset(page: MeasuredPage, galley: Galley, rest: Sequence[GalleyLine]) -> Finding:
    count, first = characters(rest), rest[0]
    held = [line for line in galley.lines if line.slot < len(galley.slots)]
    before = held[-1].line.text[-_CONTEXT:].strip() if held else ""
    after = first.line.text[:_CONTEXT].strip()
    return Finding(
        "page.overset",
        Severity.ERROR,
        Said(
            f"溢文：{galley.flow} 有 {count} 字、{len(rest)} 行排不下，自第 {first.paragraph + 1} 段"
            f"“{before}｜{after}…”断开",
            f"overset: {count} characters, {len(rest)} lines of {galley.flow} have no place, from paragraph"
            f" {first.paragraph + 1} on: “{before}|{after}…”",
        ),
        first.place,
        hint=_cure(page, galley, len(rest)),
        page_no=page.page_no,
        amount={
            "characters": count,
            "lines": len(rest),
            "flow": galley.flow,
            "paragraph": first.paragraph + 1,
            "cut": f"{before}|{after}",
        },
    )


def _cure(page: MeasuredPage, galley: Galley, lines: int) -> Said:
    """What would make room. It is never done."""
    frames = page.chains()[galley.flow]
    pictures = [p for p in page.pictures if any(p.band and p.band == f.band for f in frames if elastic(f))]
    if pictures:
        columns = {p.id: sum(p.box.above_or_below(f.box) for f in frames if f.band == p.band) for p in pictures}
        best = max(pictures, key=lambda p: (columns[p.id], p.min_height, p.id))
        rows = -(-lines // max(1, columns[best.id]))
        return Said(
            f"删 {lines} 行（{characters(overset(galley))} 字），或把图片 {best.picture} 的 min-height 再减 {rows} 行",
            f"cut {lines} lines, or let picture {best.picture} be {rows} rows shorter (min-height)",
        )
    return Said(
        f"删 {lines} 行（约 {characters(overset(galley))} 字），或加高它的版位",
        f"cut {lines} lines, or give its frames more room",
    )


def fill_findings(page: MeasuredPage, galleys: Mapping[str, Galley], fit: Fit) -> Iterator[Finding]:
    """Rows left at the foot of the page, or past it; and columns that the copy does not fill."""
    gap = page.type_area.bottom - page.content_bottom
    if page.bands and (abs(gap) >= page.row / 2 or fit.spare_rows):
        yield _foot(page, gap / page.row)
    frames = page.chains()
    for flow, galley in galleys.items():
        short = len(galley.slots) - galley.used
        if short > costs.TOLERATED and any(elastic(frame) for frame in frames[flow]):
            yield _short(page, galley, short)


def _foot(page: MeasuredPage, rows: float) -> Finding:
    if rows <= 0:
        return Finding(
            "page.overfull",
            Severity.ERROR,
            Said(f"版面超出版心 {-rows:.1f} 行", f"the page runs {-rows:.1f} rows past the type area"),
            hint=Said(
                "减小图片的 min-height 或标题的高度，或删减稿件",
                "lower the pictures' min-height or the headings, or cut the copy",
            ),
            page_no=page.page_no,
            amount={"rows": round(rows, 2)},
        )
    return Finding(
        "page.underset",
        Severity.WARNING,
        Said(f"缺文：版面下方空 {rows:.1f} 行", f"underset: {rows:.1f} rows empty at the foot"),
        hint=Said(
            "放宽图片高度的上限（max-height），或增加稿件、图片",
            "raise the pictures' max-height, or add copy or a picture",
        ),
        page_no=page.page_no,
        amount={"rows": round(rows, 2)},
    )


def _short(page: MeasuredPage, galley: Galley, lines: int) -> Finding:
    measure = galley.slots[-1].length / galley.type.size
    return Finding(
        "page.underset",
        Severity.WARNING,
        Said(
            f"缺文：{galley.flow} 的末栏空 {lines} 行（约 {int(lines * measure)} 字）",
            f"underset: {galley.flow} leaves {lines} lines empty at its end (some {int(lines * measure)} characters)",
        ),
        hint=Said("增写，或放宽同栏图片的 max-height", "add copy, or raise the max-height of a picture beside it"),
        page_no=page.page_no,
        amount={"lines": lines, "flow": galley.flow, "characters": int(lines * measure)},
    )
