"""Checks whether a page is exactly full: what is overset or missing, to the character, with suggestions."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from layout.checks import Amount, Finding, Severity
from layout.checks.number_spans import spanned
from layout.copyfit.checks.named_frames import NamedFrames, above, beyond
from layout.copyfit.checks.page_copy import PageCopy, characters
from layout.copyfit.pixel_limits import PixelLimit
from layout.copyfit.scores import Suggestion
from layout.errors import Hint, Message, Reader
from layout.flows import Chain
from layout.galley import costs
from layout.galley.css_to_setting import amount
from layout.galley.line_demand import elastic
from layout.galley.measures import measure_of
from layout.galley.model import Galley, GalleyLine
from layout.galley.page_tree import keys_of, tree_of, unlevel
from layout.galley.pour import overset
from layout.galley.row_fit import RowFit
from layout.galley.slots import Slot
from layout.geometry import Box
from layout.page.frames import Frame, MeasuredPage
from layout.page.row_tree import Stack, meeting

_CONTEXT = 8
"""Characters quoted on either side of the cut."""
_SHOWN = 400
"""Characters of overset copy that are told, for the proof to show."""
_ADD_BESIDE = Message("加一张图、一篇短稿", "add a picture, or a short story")
"""What fills a page whose copy may not be changed."""
_WHOLE_PAGE = Chain()
"""A finding on the page as a whole is about no copy of its own."""


def fullness_findings(
    page: MeasuredPage,
    galleys: Mapping[Chain, Galley],
    fit: RowFit,
    turning: set[Chain],
    suggestions: Sequence[Suggestion],
    *,
    firm: Container[str] = (),
    small: Sequence[PixelLimit] = (),
) -> list[Finding]:
    """Everything that keeps *page* from being exactly full; the chains of *turning* may run over.

    No one is told to cut the stories of *firm*. Of the pictures *small*, which their pixels keep so, it is said where
    they might fill what is empty.

    Underset is a warning, as a hole that the eye forgives or an editor fills; it is an error, as overset is, where more
    of the type area stays empty than the design's ``--empty-max``.
    """
    over = {chain: rest for chain, galley in galleys.items() if chain not in turning and (rest := overset(galley))}
    copy = PageCopy(page, galleys, firm, small)
    found = [_overset(copy, galleys[chain], rest, suggestions) for chain, rest in over.items()]
    foot = list(_foot(copy, fit, suggestions, over))
    # Bands that run past the page are longer than they should be: what is empty in them is no measure.
    past = any(each.finding.check == "page.overfull" for each in foot)
    short = foot if past else [*foot, *_unlevel(copy), *_once(copy, list(_short(copy, suggestions)))]
    too_empty = sum(each.share for each in short) > amount(page.options, "empty-max", costs.EMPTY_MAX)
    return found + [replace(each.finding, severity=Severity.ERROR) if too_empty else each.finding for each in short]


class _Empty(NamedTuple):
    """A stretch that is empty, or past the page: its words, and its share of the type area."""

    finding: Finding
    share: float


def _overset(copy: PageCopy, galley: Galley, rest: Sequence[GalleyLine], suggestions: Sequence[Suggestion]) -> Finding:
    count, first = characters(rest), rest[0]
    held = [line for line in galley.lines if line.slot < len(galley.slots)]
    before = held[-1].line.text[-_CONTEXT:].strip() if held else ""
    after = first.line.text[:_CONTEXT].strip()
    told: dict[str, Amount] = {
        "characters": count,
        "lines": len(rest),
        "text": str(first.flow),
        "paragraph": first.paragraph + 1,
        "cut": f"{before}|{after}",
        "words": "".join(line.line.text for line in rest)[:_SHOWN],
    }
    message = Message(
        f"溢文：{first.flow} 有 {count} 字、{len(rest)} 行排不下，自第 {first.paragraph + 1} 段"
        f"“{before}｜{after}…”断开",
        f"overset: {count} characters, {len(rest)} lines of {first.flow} have no place, from paragraph"
        f" {first.paragraph + 1} on: “{before}|{after}…”",
    )
    own = [suggestion for suggestion in suggestions if suggestion.chain == galley.chain]
    hint = _hint(own, copy.overset_hint(galley, count, len(rest)))
    return Finding(
        "page.overset", Severity.ERROR, message, first.place, hint, copy.page.page_no, told, flows=galley.chain.flows,
        elements=tuple(frame.id for frame in copy.page.chains()[galley.chain][-1:]),
    )  # fmt: skip


def _hint(suggestions: Sequence[Suggestion], fallback: Hint) -> Hint:
    """What would mend it, as was tried, for those who could do it; for the others what they have in *fallback*."""
    return Hint(editor=_tried(suggestions, "editor") or fallback.editor,
                designer=_tried(suggestions, "designer") or fallback.designer)  # fmt: skip


def _tried(suggestions: Sequence[Suggestion], reader: Reader) -> Message | None:
    own = [suggestion.message for suggestion in suggestions if suggestion.reader == reader]
    if len(own) < 2:
        return Message(f"{own[0].zh}（已试排）", f"{own[0].en} (this was tried)") if own else None
    return Message(
        f"任取其一（已试排）：{'；'.join(said.zh for said in own)}",
        f"any one of these (each was tried): {'; '.join(said.en for said in own)}",
    )


def _foot(copy: PageCopy, fit: RowFit, suggestions: Sequence[Suggestion], over: Container[Chain]) -> Iterator[_Empty]:
    """Rows left at the foot of the page, or past it. What mends the chains of *over* is no help for what is empty."""
    page = copy.page
    too_much = [suggestion for suggestion in suggestions if suggestion.chain in over]
    too_little = [suggestion for suggestion in suggestions if suggestion.chain not in over]
    rows = (page.type_area.bottom - page.content_bottom) / page.row
    if not page.bands or (abs(rows) < 0.5 and not fit.spare_rows):
        return
    if rows <= 0:
        area = page.type_area
        past, lowest = min(page.content_bottom, page.height) - area.bottom, beyond(page)
        yield _Empty(_finding(
            page, "page.overfull", {"rows": round(rows, 2)}, [Box(area.x, area.bottom, area.width, past)],
            message=_with(Message(f"版面超出版心 {-rows:.1f} 行", f"the page runs {-rows:.1f} rows past the type area"),
                          lowest, Message("，到了下面的是 ", "; lowest are ")),
            hint=_hint(too_much, copy.overfull_hint()), elements=lowest.keys,
        ), 0.0)  # fmt: skip
        return
    share, area = rows * page.row / page.type_area.height, page.type_area
    more = Message("增加稿件或图片", "add copy or a picture")
    empty = Box(area.x, page.content_bottom, area.width, rows * page.row)
    lowest, small = above(page, empty), copy.small_in({band.id for band in page.bands})
    yield _Empty(_finding(
        page, "page.underset", {"rows": round(rows, 2), "share": round(share, 4)}, [empty], elements=lowest.keys,
        message=small.told(_with(
            Message(f"缺文：版面下方空 {rows:.1f} 行（版心的 {share:.0%}）",
                    f"underset: {rows:.1f} rows empty at the foot ({share:.0%} of the type area)"),
            lowest, Message("，上面是 ", ", below "))),
        hint=_hint(too_little, small.hint(Hint(
            editor=_ADD_BESIDE if all(map(copy.is_firm, copy.galleys)) else more,
            designer=Message("放宽图片高度的上限（max-height）", "raise the pictures' max-height"),
        ))),
    ), round(share, 4))  # fmt: skip


def _with(message: Message, frames: NamedFrames, between: Message) -> Message:
    """*message*, and behind it which *frames* it is about, where there are any."""
    if not frames.keys:
        return message
    return Message(message.zh + between.zh + frames.words.zh, message.en + between.en + frames.words.en)


def _unlevel(copy: PageCopy) -> Iterator[_Empty]:
    """Stacks that nothing brings down to the foot of what stands beside them."""
    page = copy.page
    names = {band.id: band.name for band in page.bands}
    for stack, missing in unlevel(page) if page.tree is not None else ():
        rows = missing / page.row
        if rows < 0.5:
            continue
        called = [names[key] for key in sorted(keys_of(stack)) if key in names]
        share = missing * stack.box.width / (page.type_area.width * page.type_area.height)
        empty = Box(stack.box.x, stack.box.bottom, stack.box.width, missing)
        lowest, small = above(page, empty), copy.small_in(keys_of(stack))
        yield _Empty(_finding(
            page, "page.underset", {"rows": round(rows, 2), "share": round(share, 4)}, [empty], elements=lowest.keys,
            message=small.told(_with(
                Message(f"缺文：{'、'.join(called)} 下面空 {rows:.1f} 行，旁边的更高",
                        f"underset: {rows:.1f} rows empty below {', '.join(called)}: what stands beside is higher"),
                lowest, Message("；空处上面是 ", "; above the empty place stands "))),
            hint=small.hint(Hint(
                editor=_ADD_BESIDE if all(map(copy.is_firm, copy.galleys)) else Message(
                    "给这一叠增写、加图，或删短旁边的稿件",
                    "add copy or a picture there, or shorten the stories beside it",
                ),
                designer=Message("放宽这一叠里图片的 max-height、版块的限度，框的边框和内边距取整行",
                                 "raise the limits of its pictures and bands; borders and paddings take whole rows"),
            )),
        ), round(share, 4))  # fmt: skip


def _short(copy: PageCopy, suggestions: Sequence[Suggestion]) -> Iterator[_Empty]:
    """Columns that the copy does not fill."""
    page = copy.page
    frames = page.chains()
    for chain, galley in copy.galleys.items():
        wanting = galley.wanting
        if len(wanting) <= costs.TOLERATED or not any(elastic(frame) for frame in frames[chain]):
            continue
        lines = len(wanting)
        count = int(sum(measure_of(galley.type, slot.length) for slot in wanting))
        area = sum(slot.length for slot in wanting) * galley.type.leading
        share = area / (page.type_area.width * page.type_area.height)
        more = Message("增写，或加一张图、一篇短稿", "add copy, or a picture, or a short story")
        small = copy.small_in(_heights_shared(page, frames[chain]))
        yield _Empty(_finding(
            page, "page.underset", {"lines": lines, "characters": count, "share": round(share, 4)},
            list(_stretches(wanting, galley.type.leading)),
            message=small.told(_short_words(galley, wanting, count)),
            hint=_hint([each for each in suggestions if each.chain == chain], small.hint(Hint(
                editor=_ADD_BESIDE if copy.is_firm(chain) else more,
                designer=Message("放宽同栏图片的 max-height", "raise the max-height of a picture beside it"),
            ))),
            chain=chain,
            elements=tuple(frames[chain][number].id for number in sorted({slot.frame for slot in wanting})),
        ), round(share, 4))  # fmt: skip


def _heights_shared(page: MeasuredPage, frames: Sequence[Frame]) -> set[str]:
    """The bands in which a picture takes room from *frames*: their own, and those above and below them."""
    own, tree = {frame.band for frame in frames if frame.band and elastic(frame)}, tree_of(page)
    return own | {
        band.id for band in page.bands if any(isinstance(meeting(tree, band.id, key), Stack) for key in own)
    }  # fmt: skip


def _once(copy: PageCopy, short: Sequence[_Empty]) -> Sequence[_Empty]:
    """Columns of several texts that their copy does not fill: on a page without pictures, which could take what is
    empty, they have one cause, and are told with their sum.
    """
    if copy.page.pictures or len(short) < 2:
        return short
    lines, count = (sum(int(str(each.finding.amount[key])) for each in short) for key in ("lines", "characters"))
    share = round(sum(each.share for each in short), 4)
    parts = [(Chain(each.finding.flows).called, each.finding.amount["lines"]) for each in short]
    zh, en = "、".join(f"{name} {own} 行" for name, own in parts), ", ".join(f"{name} {own}" for name, own in parts)
    add = Message(f"加一张图，或共增写约 {count} 字", f"add a picture, or some {count} characters in all")
    firm = all(copy.is_firm(Chain(each.finding.flows)) for each in short)
    whole = _finding(
        copy.page, "page.underset", {"lines": lines, "characters": count, "share": share},
        [box for each in short for box in each.finding.boxes],
        message=Message(f"缺文：这一版没有图，各篇、各章共空 {lines} 行（约 {count} 字）：{zh}",
                        f"underset: there is no picture on the page, and {lines} lines stay empty (some {count} "
                        f"characters): {en}"),
        hint=replace(short[0].finding.hint or Hint(), editor=_ADD_BESIDE if firm else add),
        chain=Chain(tuple(flow for each in short for flow in each.finding.flows)),
        elements=tuple(key for each in short for key in each.finding.elements),
    )  # fmt: skip
    return [_Empty(whole, share)]


def _short_words(galley: Galley, wanting: Sequence[Slot], count: int) -> Message:
    called, lines = galley.chain.called, len(wanting)
    numbers = {slot.frame + 1 for slot in wanting}
    if galley.below:
        zh, en = "各栏脚共", "at the feet of its columns"
    elif max(numbers) == 1:
        zh, en = "的框里", "in its frame"
    elif len(numbers) == 1:
        zh, en = f"的末栏（第 {max(numbers)} 栏）", f"in its last column (column {max(numbers)})"
    else:
        zh = f"的末 {len(numbers)} 栏（第 {spanned(numbers, '、')} 栏）合计"
        en = f"in its last {len(numbers)} columns ({spanned(numbers)})"
    return Message(
        f"缺文：{called} {zh}空 {lines} 行（约 {count} 字）",
        f"underset: {called} leaves {lines} lines empty {en} (some {count} characters)",
    )


def _stretches(slots: Sequence[Slot], leading: float) -> Iterator[Box]:
    """The empty stretch of every frame."""
    for _, group in groupby(slots, key=lambda slot: slot.frame):
        own = list(group)
        left, top = min(slot.x for slot in own), own[0].top
        yield Box(left, top, max(slot.x + slot.length for slot in own) - left, own[-1].top + leading - top)


def _finding(
    page: MeasuredPage, check: str, measured: Mapping[str, Amount], boxes: Sequence[Box], *,
    message: Message, hint: Hint, chain: Chain = _WHOLE_PAGE, elements: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    grave = Severity.ERROR if check == "page.overfull" else Severity.WARNING
    return Finding(
        check, grave, message, hint=hint, page_no=page.page_no, amount=measured,
        boxes=tuple(box.rounded(2) for box in boxes), flows=chain.flows, elements=elements,
    )  # fmt: skip
