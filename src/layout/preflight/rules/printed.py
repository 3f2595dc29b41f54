"""The text of a page against the report of its build: as many characters, the same ones, and as large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.errors import Message, PrintError
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.page_geometry import ParagraphSpot, PrintedText
from layout.preflight.printed_text import PageText, PlacedChar, by_paragraph, page_printed, placed, printed
from layout.preflight.reading import PageChar, read_text
from layout.preflight.text import count_of
from layout.units import mm

QUOTED = 12
"""Characters that a finding quotes."""

NAMED = 3
"""Flows that a finding names."""

SCALED = 0.005
"""By how much, as a share, all of a page's text may be larger or smaller than it was: less is rounding."""

EVEN = 0.004
"""By which the scales across and down may differ that are one."""

MOVED = 2.8
"""Points by which all of a page may have moved, a millimetre: register has half of that."""

FLAT = 72.0
"""Points that the text of a page must be wide and high for its scale to be measured."""


def against_report(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.complete`` and ``text.extra`` by the report of the build: a page reads as it did then. ``page.size``: it
    is as large.

    A build compares with the manuscript itself, and knows no report yet.
    """
    wanted, text = job.expected.characters_of(sheet.number), job.expected.text_of(sheet.number)
    if wanted is None or not sheet.followed:
        return
    try:
        stream = read_text(job.readable(), sheet.number - 1)
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        return
    job.record.ran("text.complete", "text.extra")
    if text is not None and text.whole is not None:
        yield from _by_text(job, sheet, stream, text)
    elif (found := count_of(stream)) != wanted:
        yield _told(job, sheet, found, wanted, Message("", ""))


def _by_text(job: PreflightJob, sheet: ExaminedPage, stream: Sequence[PageChar], text: PageText) -> Iterator[Finding]:
    assert text.whole is not None
    chars = placed(stream, sheet.trim[0], sheet.trim[3])
    now = page_printed(chars)
    scaled = _laid_otherwise(job, sheet, text.whole, now)
    if scaled is not None:
        yield scaled
    if now.digest == text.whole.digest:
        return
    if scaled is not None:
        # Nothing stands where its paragraph was: only the whole can be counted.
        changed: list[_Changed] = []
        if now.characters == text.whole.characters:
            return
    else:
        changed = _changed(chars, text)
    if now.characters != text.whole.characters or changed:
        found = _told(job, sheet, now.characters, text.whole.characters, _named(changed))
        spots = [each.spot for each in changed if each.spot is not None]
        place = next((spot.place for spot in spots if spot.place is not None), found.place)
        yield replace(found, place=place, boxes=tuple(spot.box for spot in spots[:NAMED]))


def _laid_otherwise(job: PreflightJob, sheet: ExaminedPage, before: PrintedText, now: PrintedText) -> Finding | None:
    """That all of the page's text is larger or smaller than it was, or stands elsewhere; ``None`` where it does not."""
    was, is_ = before.box, now.box
    if before.characters != now.characters or was is None or is_ is None or min(was.width, was.height) < FLAT:
        return None
    across, down = is_.width / was.width, is_.height / was.height
    if abs(across - down) > EVEN:
        return None
    percent = round(100 * across, 1)
    if abs(across - 1) > SCALED:
        zh, en = ("缩小", "reduced") if across < 1 else ("放大", "enlarged")
        return job.on(
            sheet,
            "page.size",
            f"整版内容{zh}到了 {percent:g}%：下面有关字号、线宽和图框的毛病都由此而来。",
            f"All of the page is {en} to {percent:g} %: what is said of sizes, lines and frames comes of that.",
            percent=percent,
        )
    right, lower = is_.x - was.x, is_.y - was.y
    if max(abs(right), abs(lower)) <= MOVED:
        return None
    mm_right, mm_lower = mm(right), mm(lower)
    return job.on(
        sheet,
        "page.size",
        f"整版内容移动了：向右 {mm_right:.1f} mm，向下 {mm_lower:.1f} mm。",
        f"All of the page has moved: {mm_right:.1f} mm to the right, {mm_lower:.1f} mm down.",
        right_mm=round(mm_right, 1),
        down_mm=round(mm_lower, 1),
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """A paragraph that does not read as it did, or the text that stands in none."""

    spot: ParagraphSpot | None
    before: PrintedText
    now: str

    @property
    def name(self) -> Message:
        """The flow as messages call it."""
        if self.spot is None:
            return Message("文稿以外的字", "text that is in no story")
        return Message(f"“{self.spot.flow}”", f"“{self.spot.flow}”")


def _changed(chars: Sequence[PlacedChar], text: PageText) -> list[_Changed]:
    texts, rest = by_paragraph(chars, text.paragraphs)
    rows: list[tuple[ParagraphSpot | None, PrintedText | None, Sequence[PlacedChar]]] = [
        *((spot, spot.printed, own) for spot, own in zip(text.paragraphs, texts, strict=True)), (None, text.rest, rest)
    ]  # fmt: skip
    return [
        _Changed(spot, before, "".join(char.text for char in own))
        for spot, before, own in rows
        if before is not None and printed(own).digest != before.digest
    ]


def _named(changed: Sequence[_Changed]) -> Message:
    """Which flows read otherwise, and what the first of them reads now."""
    if not changed:
        return Message("", "")
    by_name: dict[str, tuple[Message, int]] = {}
    for each in changed:
        less = len(each.now) - each.before.characters
        by_name[each.name.zh] = (each.name, by_name.get(each.name.zh, (each.name, 0))[1] + less)
    first, more = changed[0], len(by_name) - NAMED
    shown = list(by_name.values())[:NAMED]
    zh = "、".join(f"{name.zh}{f'（{less:+d}）' if less else ''}" for name, less in shown)
    en = ", ".join(f"{name.en}{f' ({less:+d})' if less else ''}" for name, less in shown)
    now = first.now[:QUOTED]
    now_zh, now_en = (f"现为“{now}”", f"is now “{now}”") if now else ("现在一个字也没有", "has no character now")
    return Message(
        f"{zh}{f' 等 {len(by_name)} 处' if more > 0 else ''}与出版时不同，第一处{now_zh}",
        f"{en}{f' and {more} more' if more > 0 else ''} read otherwise, the first {now_en}",
    )


def _told(job: PreflightJob, sheet: ExaminedPage, found: int, wanted: int, where: Message) -> Finding:
    apart, less = abs(found - wanted), found < wanted
    more_zh, more_en = (f"：{where.zh}", f": {where.en}") if where.zh else ("", "")
    if not apart:
        return job.on(
            sheet,
            "text.complete",
            f"版面上的字和出版报告里的一样多（{found}），却不是出版时的字{more_zh}。",
            f"The page has as many characters as the report of its build ({found}), but not the same{more_en}.",
            characters=found,
        )
    zh, en = ("少", "fewer") if less else ("多", "more")
    return job.on(
        sheet,
        "text.complete" if less else "text.extra",
        f"版面上有 {found} 个字，比出版报告里的{zh} {apart} 个（{wanted}）{more_zh}。",
        f"The page has {found} characters, {apart} {en} than the report of its build has ({wanted}){more_en}.",
        characters=apart,
    )


CHECKS = (against_report,)
