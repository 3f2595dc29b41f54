"""Checks for lines that cannot be read: off the sheet, off the grid.

Text is proved to be in the file, not to be seen: a frame put off the sheet by its CSS would pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.checks import Finding, Severity
from layout.composer import Placed
from layout.errors import Hint, Message
from layout.flows import Flow
from layout.galley.line_demand import elastic
from layout.geometry import Box
from layout.page.frames import INITIAL, MeasuredPage, SetLine

_ABOVE, _BELOW = 0.70, 0.0
"""What of a character's cell surely is ink, in em above and below the baseline: less than any Han character has."""
_OFF_GRID = 0.01
_QUOTED = 12


def standing_findings(page: MeasuredPage, lines: Sequence[SetLine]) -> Iterator[Finding]:
    """Everything wrong with where *lines* stand on *page*; each flow once."""
    inked = [(line, ink) for line in lines if line.line.text.strip() and line.line.placed for ink in inks_of(line)]
    yield from _off_sheet(page, inked)
    yield from _off_grid(page)
    yield from _stiff(page)


def ink_of(line: SetLine) -> Box:
    """The rectangle that the line's ink surely fills from end to end; a drop cap at its head apart, and no space at its
    end.
    """
    em = line.type.size
    every = [each for each in line.line.placed if not each.annotation and not dropped(each)]
    placed = [each for each in every if not each.cluster.text.isspace()] or every
    if line.vertical:  # what stands upright is placed by its baseline
        tops = [_start(each) - (0.0 if each.rotated else _ABOVE) for each in placed]
        feet = [each.x + each.advance if each.rotated else each.x + _BELOW for each in placed]
        return Box(line.x + 0.15 * em, line.baseline + min(tops) * em, 0.7 * em, (max(feet) - min(tops)) * em)
    left, right = min(map(_start, placed)) * em, max(each.x + each.advance for each in placed) * em
    return Box(line.x + left, line.baseline - _ABOVE * em, right - left, (_ABOVE + _BELOW) * em)


def _start(placed: Placed) -> float:
    """Where a glyph's cell begins along the line: behind the pen where an opening mark has lost the white before it."""
    return placed.x + max(0.0, placed.cluster.advance * placed.scale - placed.advance)


def inks_of(line: SetLine) -> tuple[Box, ...]:
    """The same as they stand on the page, however the line is turned; the glyphs of a drop cap after it."""
    return tuple(box.turned(line.turn) for box in unturned_inks(line))


def unturned_inks(line: SetLine) -> tuple[Box, ...]:
    """The same before the line is turned with its frame."""
    return ink_of(line), *(_letter(line, each) for each in line.line.placed if dropped(each))


def _letter(line: SetLine, placed: Placed) -> Box:
    """The rectangle that a glyph of a drop cap surely fills."""
    em = line.type.size
    size, x, y = placed.scale * em, line.x + placed.x * em, line.baseline - placed.rise * em
    if line.vertical:
        x, y = line.x + em / 2 + placed.across * em, line.baseline + placed.x * em
    return Box(x + 0.15 * size, y - _ABOVE * size, 0.7 * size, (_ABOVE + _BELOW) * size)


def dropped(placed: Placed) -> bool:
    """Whether a glyph is of a drop cap, which stands on rows of its own."""
    return placed.role == INITIAL and (placed.rise < 0 or placed.across != 0)


def quote(line: SetLine) -> str:
    """The first words of a line."""
    text = line.line.text.strip()
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _off_sheet(page: MeasuredPage, inked: Sequence[tuple[SetLine, Box]]) -> Iterator[Finding]:
    told: set[Flow] = set()
    for line, ink in inked:
        beyond = max(-ink.x, -ink.y, ink.right - page.width, ink.bottom - page.height)
        if beyond > 0.5 and line.flow not in told:
            told.add(line.flow)
            yield Finding(
                "page.off_sheet",
                Severity.ERROR,
                Message(f"“{quote(line)}”（{line.flow}）伸出切口 {beyond:.1f} pt，会被裁掉",
                        f"“{quote(line)}” ({line.flow}) reaches {beyond:.1f} pt beyond the trimmed sheet"),
                hint=Hint(designer=Message("查一查这个框的位置（position、left、top、margin）",
                                           "see to the frame's place (position, left, top, margin)")),
                page_no=page.page_no,
                amount={"beyond": round(beyond, 2)},
                flows=(line.flow,),
            )  # fmt: skip


def _off_grid(page: MeasuredPage) -> Iterator[Finding]:
    """Running text whose line height is no whole number of rows leaves the page's grid after its first line."""
    for chain, frames in page.chains().items():
        leading = frames[0].type.leading
        if (
            page.bands
            and any(elastic(frame) for frame in frames)
            and abs(leading / page.row - max(1, round(leading / page.row))) > _OFF_GRID
        ):
            yield Finding(
                "page.off_grid",
                Severity.WARNING,
                Message(f"{chain.called} 的行高 {leading:g} pt 不合行格（一行 {page.row:g} pt），各栏的行对不齐",
                     f"{chain.called}: a line height of {leading:g} pt is off the grid of {page.row:g} pt rows, and the"
                        " columns' lines do not match"),
                hint=Hint(designer=Message(
                    f"把正文的 line-height 写成 {page.row:g}pt，或把 data-fill 的 line-height 改成 {leading:g}pt",
                    f"make the text's line-height {page.row:g}pt, or that of data-fill {leading:g}pt",
                )),
                page_no=page.page_no,
                amount={"leading": round(leading, 3), "row": round(page.row, 3)},
                flows=chain.flows,
            )  # fmt: skip


def _stiff(page: MeasuredPage) -> Iterator[Finding]:
    """Pictures with limits that copyfit cannot use: it moves heights in bands only."""
    for box in page.pictures:
        if box.elastic and box.band is None:
            yield Finding(
                "picture.stiff",
                Severity.WARNING,
                Message(f"图片 {box.picture} 写了 min-height、max-height，却不在版块（data-band）里，高度不会伸缩",
                        f"picture {box.picture} has limits but stands in no band (data-band): its height stays"),
                hint=Hint(designer=Message("把它放进 data-band 里的 data-column，或去掉限度",
                                           "put it in a data-column of a data-band, or take the limits away")),
                page_no=page.page_no,
                amount={"picture": box.picture},
            )  # fmt: skip
