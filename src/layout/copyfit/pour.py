"""Lines poured down chains of frames, every baseline on the page's grid; what finds no place is overset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from layout.copyfit.galley import Galley, GalleyLine, capacity
from layout.errors import Said
from layout.findings import Finding, Severity
from layout.page.frames import Frame, MeasuredPage, SetLine

_ASCENT = 0.88
"""Every prepared face stands 0.88 em above its baseline and 0.12 em below (fonts/FONTS.toml)."""


def pour(page: MeasuredPage, galleys: Mapping[str, Galley]) -> tuple[list[SetLine], list[Finding]]:
    """Every galley's lines in their places, flow after flow in reading order, and what is overset."""
    lines: list[SetLine] = []
    findings: list[Finding] = []
    frames_of = chains(page)
    for flow, galley in galleys.items():
        rest = list(galley.lines)
        for frame in frames_of[flow]:
            share, rest = rest[: capacity(frame)], rest[capacity(frame) :]
            lines += _place(page, frame, share)
        if rest:
            findings.append(_overset(page, flow, rest))
    return lines, findings


def chains(page: MeasuredPage) -> dict[str, list[Frame]]:
    """The frames of each flow, in the order of the HTML."""
    found: dict[str, list[Frame]] = {}
    for frame in page.frames:
        found.setdefault(frame.flow, []).append(frame)
    return found


def _place(page: MeasuredPage, frame: Frame, share: Sequence[GalleyLine]) -> Iterator[SetLine]:
    place = _vertically if frame.type.vertical else _horizontally
    yield from place(page, frame, share)


def _horizontally(page: MeasuredPage, frame: Frame, share: Sequence[GalleyLine]) -> Iterator[SetLine]:
    leading, size = frame.type.leading, frame.type.size
    top = _head(page, frame, len(share))
    for number, item in enumerate(share):
        baseline = top + number * leading + (leading - size) / 2 + _ASCENT * size
        yield SetLine(item.line, item.type, frame.id, frame.flow, item.paragraph, frame.box.x, baseline)


def _head(page: MeasuredPage, frame: Frame, lines: int) -> float:
    """Where the first line's box begins: on the grid when the frame is set in the grid's leading."""
    align = frame.type.options.get("valign", "top")
    spare = max(0.0, frame.box.height - lines * frame.type.leading)
    top = frame.box.y + {"top": 0.0, "center": spare / 2, "bottom": spare}.get(align, 0.0)
    if align == "top" and abs(frame.type.leading - page.row) < 1e-3:
        rows = (top - page.type_area.y) / page.row
        return page.type_area.y + ceil(rows - 0.02) * page.row
    return top


def _vertically(page: MeasuredPage, frame: Frame, share: Sequence[GalleyLine]) -> Iterator[SetLine]:
    """Columns of a vertical frame, from right to left (CLREQ: vertical writing mode)."""
    leading, size = frame.type.leading, frame.type.size
    spare = max(0.0, frame.box.width - len(share) * leading)
    right = frame.box.right - {"center": spare / 2, "bottom": spare}.get(frame.type.options.get("valign", "top"), 0.0)
    del page
    for number, item in enumerate(share):
        x = right - number * leading - (leading + size) / 2
        yield SetLine(item.line, item.type, frame.id, frame.flow, item.paragraph, x, frame.box.y, vertical=True)


def _overset(page: MeasuredPage, flow: str, rest: Sequence[GalleyLine]) -> Finding:
    characters = sum(1 for item in rest for character in item.line.text if not character.isspace())
    begins = rest[0].line.text[:12]
    return Finding(
        "page.overset",
        Severity.ERROR,
        Said(
            f"溢文：{flow} 有 {characters} 字、{len(rest)} 行排不下，从“{begins}…”起",
            f"overset: {characters} characters, {len(rest)} lines of {flow} have no place, from “{begins}…” on",
        ),
        rest[0].place,
        hint=Said(
            "删减文字，或让版式留出更多位置（减小图片、加高版块）",
            "cut the copy, or give it more room (smaller pictures, taller band)",
        ),
        page_no=page.page_no,
        amount={"characters": characters, "lines": len(rest), "flow": flow},
    )
