"""The text of a page against the report of its build: as many characters, the same ones, and as large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.errors import Message, PrintError
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.found_text import TextAgain, text_again
from layout.preflight.job import PreflightJob
from layout.preflight.page_geometry import ParagraphSpot
from layout.preflight.page_shift import PageShift, distance_words
from layout.preflight.printed_text import PageText, page_printed, placed, printed
from layout.preflight.reading import PageChar, mended, read_text
from layout.preflight.record import ACCOUNTED
from layout.preflight.rules.built_looks import all_else_stays
from layout.preflight.rules.mirrored import is_mirrored
from layout.preflight.rules.pages import has_other_size
from layout.preflight.rules.pictures import is_one_picture
from layout.preflight.rules.unbalanced import is_doubtful
from layout.preflight.text import count_of
from layout.units import mm

QUOTED = 12
"""Characters that a finding quotes."""

NAMED = 3
"""Flows that a finding names."""

EVEN = 0.004
"""By which the scales across and down may differ that are one."""


def against_report(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.complete`` and ``text.extra`` by the report of the build: a page reads as it did then. ``page.size``: it
    lies as it did, and is as large.

    A build compares with the manuscript itself, and knows no report yet.
    """
    wanted, text = job.expected.characters_of(sheet.number), job.expected.text_of(sheet.number)
    if wanted is None and job.expected.again:
        job.record.lacks("unsaid", *ACCOUNTED)
    if wanted is None or not sheet.followed:
        return
    try:
        stream = mended(read_text(job.readable(), sheet.number - 1))
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        return
    job.record.ran("text.complete", "text.extra")
    if text is not None and text.whole is not None:
        # A text that is all there, each paragraph by its digest, is in order too.
        job.record.ran("text.order")
        yield from _by_text(job, sheet, stream, text)
    elif (found := count_of(stream)) != wanted:
        yield _told(job, sheet, found, wanted, Message("", ""))


def _by_text(job: PreflightJob, sheet: ExaminedPage, stream: Sequence[PageChar], text: PageText) -> Iterator[Finding]:
    assert text.whole is not None
    chars = placed(stream, sheet.trim[0], sheet.trim[3])
    again = text_again(chars, text.paragraphs, text.rest)
    if not again.shift.still and all_else_stays(job, sheet, again):
        again = replace(again, shift=PageShift())  # its type alone has moved: text.place says so
    job.again[sheet.number] = again
    if not again.shift.still and not _is_told(job, sheet, again.shift):
        yield _laid_otherwise(job, sheet, again.shift)
    now = page_printed(chars)
    if now.digest == text.whole.digest:
        return
    changed = _changed(again, text)
    if now.characters != text.whole.characters or changed:
        found = _told(job, sheet, now.characters, text.whole.characters, _named(sheet, changed))
        spots = [each.spot for each in changed if each.spot is not None]
        place = next((spot.place for spot in spots if spot.place is not None), found.place)
        yield replace(found, place=place, boxes=tuple(again.shift.box(spot.box).rounded(1) for spot in spots[:NAMED]))


def _is_told(job: PreflightJob, sheet: ExaminedPage, shift: PageShift) -> bool:
    """Whether another finding says how a page lies: of a trim that moved all else has moved too, a mirrored page is
    told without a report, and where a q lacks its Q that is why.
    """
    mirrored_page = shift.across * shift.down < 0 and is_mirrored(sheet)
    return mirrored_page or has_other_size(job, sheet) or is_doubtful(sheet)


def _laid_otherwise(job: PreflightJob, sheet: ExaminedPage, shift: PageShift) -> Finding:
    """How all of the page lies now."""
    across, down = (round(100 * abs(each), 1) for each in (shift.across, shift.down))
    if min(shift.across, shift.down) < 0:
        zh, en = (
            ("转了 180°", "is turned by 180°") if max(shift.across, shift.down) < 0
            else ("左右排反了", "runs backwards") if shift.across < 0
            else ("上下排反了", "runs from its foot to its head")
        )  # fmt: skip
        if (across, down) != (100, 100):
            zh, en = f"{zh}，且为原来的 {across:g}%", f"{en}, at {across:g} % of its size"
        return job.on(sheet, "page.size", f"整版内容{zh}。", f"All of the page {en}.", percent=across)
    if (across, down) != (100, 100):
        zh, en = ("缩小", "reduced") if across + down < 200 else ("放大", "enlarged")
        even = abs(shift.across - shift.down) <= EVEN
        size_zh = f"{across:g}%" if even else f"横 {across:g}%、竖 {down:g}%"
        size_en = f"{across:g} %" if even else f"{across:g} % across and {down:g} % down"
        return job.on(
            sheet,
            "page.size",
            f"整版内容{zh}到了 {size_zh}：下面有关字号、线宽和图框的毛病都由此而来。",
            f"All of the page is {en} to {size_en}: what is said of sizes, lines and frames comes of that.",
            percent=across,
        )
    mm_right, mm_lower = mm(shift.right), mm(shift.lower)
    zh, en = distance_words(mm_right, mm_lower)
    return job.on(
        sheet,
        "page.size",
        f"整版内容移动了：{zh}。",
        f"All of the page has moved: {en}.",
        right_mm=round(mm_right, 1),
        down_mm=round(mm_lower, 1),
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """A paragraph that does not read as it did, or the text that stands in none."""

    spot: ParagraphSpot | None
    before: int
    """Its characters."""
    now: str

    @property
    def name(self) -> Message:
        """The flow as messages call it."""
        if self.spot is None:
            return Message("文稿以外的字", "text that is in no story")
        return Message(f"“{self.spot.flow}”", f"“{self.spot.flow}”")


def _changed(again: TextAgain, text: PageText) -> list[_Changed]:
    changed = [_Changed(each.spot, each.before.characters, each.now) for each in again.changed]
    changed += [_Changed(each.spot, 0, each.now) for each in again.added]
    if text.rest is not None and printed(again.left).digest != text.rest.digest:
        changed.append(_Changed(None, text.rest.characters, "".join(char.text for char in again.left)))
    return changed


def _named(sheet: ExaminedPage, changed: Sequence[_Changed]) -> Message:
    """Which flows read otherwise, and what the first of them reads now."""
    if not changed:
        return Message("", "")
    if is_one_picture(sheet):
        return Message("整版成了一张图片", "all of it is one picture now")
    by_name: dict[str, tuple[Message, int]] = {}
    for each in changed:
        less = len(each.now) - each.before
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
