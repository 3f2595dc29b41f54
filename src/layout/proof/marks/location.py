"""Finds a mark again in the copy of another round, where lines, columns and pages may have moved.

The paragraph is found by the pairs of characters that it has in common with the one that was marked, first in the same
text, then in the same story, then anywhere. In it the marked words lie between what is unchanged on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from layout.flows import Flow
from layout.geometry import Box
from layout.proof.marks.marks_file import Mark
from layout.proof.printed_copy import PrintedCopy, PrintedParagraph

LIKE = 0.3
"""Share of a paragraph's pairs of characters that another of its story must have to be the same, edited."""

ALIKE = 0.6
"""The same for a paragraph of another story: two on one subject share a fifth."""

LEAST = 2
"""Characters in a row that tell where one is; single ones (的, 了) are in every paragraph."""

CONTEXTS = (8, 5, 3)
"""Characters on either side of the marked words by which what was wished is looked for, the most first: of fewer than
three, some stand in every paragraph.
"""

NEAR = 60
"""Characters from the place that the alignment gives within which it may stand."""

WISHED = frozenset({"replace", "delete", "insert", "swap"})
"""Kinds whose text shall stand where the words stood."""

BREAK = "\n"
"""Between two paragraphs of a window; no paragraph has it."""


@dataclass(frozen=True, slots=True)
class MarkLocation:
    """Where the marked words are now: between *start* and *end* of a window of paragraphs."""

    paragraph: PrintedParagraph
    """The one that is most like the one that was marked."""
    window: tuple[PrintedParagraph, ...]
    """It and its neighbours, in one text with a break after each."""
    text: str
    start: int
    end: int

    @property
    def now(self) -> str:
        """What stands there now."""
        return self.text[self.start : self.end].replace(BREAK, "")

    @property
    def begins_paragraph(self) -> bool:
        """Whether a paragraph begins with it."""
        return self.start == 0 or self.text[self.start - 1] == BREAK

    def parts(self) -> Iterator[tuple[PrintedParagraph, int, int]]:
        """The paragraphs that it stands in, and from where to where in each; of nothing, the place between two."""
        begun = 0
        for each in self.window:
            first, last = max(self.start - begun, 0), min(self.end - begun, len(each.text))
            if first < last or (self.start == self.end and 0 <= self.start - begun <= len(each.text)):
                yield each, first, max(first, last)
            begun += len(each.text) + len(BREAK)

    def boxes(self) -> tuple[tuple[int, Box], ...]:
        """Pages and boxes of it."""
        return tuple(box for each, first, last in self.parts() for box in each.boxes(first, last))

    def digests(self) -> tuple[str, ...]:
        """How the lines are set that it stands on."""
        return tuple(digest for each, first, last in self.parts() for digest in each.digests(first, last))


def located(mark: Mark, copy: PrintedCopy) -> MarkLocation | None:
    """Where the words of *mark* are in *copy*; nothing where their paragraph is not to be found."""
    flow = Flow.parse(mark.flow)
    fitting: Sequence[tuple[Callable[[PrintedParagraph], bool], float]] = (
        (lambda each: each.flow == flow and _same_page(flow, mark, each), LIKE),
        (lambda each: each.flow.story == flow.story, LIKE),
        (lambda _: True, ALIKE),
    )
    for fits, least in fitting:
        found = [each for each in copy.paragraphs if fits(each)]
        best = _best(mark, found, least)
        if best is not None:
            return _within(mark, best, copy)
    alone = [each for each in copy.paragraphs if each.flow == flow and _same_page(flow, mark, each)]
    # A headline that was written anew shares nothing with the old one, and is the headline all the same.
    if len(alone) == 1 and mark.copy:
        return _within(mark, alone[0], copy)
    return None


def _same_page(flow: Flow, mark: Mark, each: PrintedParagraph) -> bool:
    """The page's own texts have the same names on all pages."""
    return flow.story != "page" or each.page == mark.page


def _best(mark: Mark, found: Iterable[PrintedParagraph], least: float) -> PrintedParagraph | None:
    wanted = _pairs(mark.copy)
    if not wanted:
        return next((each for each in found if each.text == mark.copy), None) if mark.copy else None
    rated = [
        (len(wanted & _pairs(each.text)) / len(wanted), -abs(each.number - mark.paragraph), -index, each)
        for index, each in enumerate(found)
    ]
    share, _, _, best = max(rated, key=lambda row: row[:3], default=(0.0, 0, 0, None))
    return best if share >= least else None


def _pairs(text: str) -> set[str]:
    return {"".join(pair) for pair in pairwise(text)}


def _within(mark: Mark, best: PrintedParagraph, copy: PrintedCopy) -> MarkLocation | None:
    flow = [each for each in copy.paragraphs if each.flow == best.flow]
    at = flow.index(best)
    window = tuple(flow[max(at - 1, 0) : at + 2])
    text = BREAK.join(each.text for each in window)
    begun = 0 if window[0] is best else len(window[0].text) + len(BREAK)
    own = (begun, begun + len(best.text))
    for part in (own, (0, len(text))):  # where its neighbours have taken or given a part of it, among them too
        blocks = list(_blocks(mark.copy, text, own, part))
        span = _span(mark, own, blocks)
        if span is not None:
            span = _as_wished(mark, text, span) or _slid(mark, text, blocks) or span
            return MarkLocation(best, window, text, *span)
    return None


Block = tuple[int, int, int]
"""What is in both: where in the marked paragraph, where in the text, how many characters."""


def _span(mark: Mark, own: tuple[int, int], blocks: Sequence[Block]) -> tuple[int, int] | None:
    """From where to where the marked words are in the text, between what is unchanged before and behind them.

    *own* is the paragraph in the text: its edges stand for what is unchanged beyond the edges of the marked one.
    """
    first, last, whole = mark.start, mark.end, len(mark.copy)
    start = own[0] if first == 0 else None
    end = own[1] if last == whole else None
    for at, there, long in blocks:
        beyond = at + long
        if at < first or (at == first < last):
            start = there + min(beyond, first) - at
        if beyond > last or (at < last == beyond and first < last):
            end = there + max(at, last) - at
            break
    if start is None or end is None or start > end:
        return own if first == 0 and last == whole else None
    return start, end


def _as_wished(mark: Mark, text: str, near: tuple[int, int]) -> tuple[int, int] | None:
    """Where near that place the text stands as the mark wishes it.

    An alignment may be out by some characters where what came begins or ends as what was there: see ``_slid``.
    """
    if mark.kind not in WISHED:
        return None
    wanted, whole = mark.text.strip(), f"{BREAK}{text}{BREAK}"
    old = f"{BREAK}{mark.copy}{BREAK}"
    first, last = mark.start + len(BREAK), mark.end + len(BREAK)
    for context in CONTEXTS:
        before, after = old[max(first - context, 0) : first], old[last : last + context]
        # 进落叶层；落叶层 has 进落叶层 before 落叶层； is taken out: what stood there already proves nothing.
        looked_for = before + wanted + after
        at = whole.find(looked_for, max(near[0] - NEAR, 0), near[1] + len(wanted) + NEAR)
        if at >= 0 and looked_for not in old:
            start = at + len(before) - len(BREAK)
            return start, start + len(wanted)
    return None


def _slid(mark: Mark, text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """What was put in at the point of *mark*, where an alignment has it some characters before or behind that point.

    来，一路 → 来，过山，一路 is ，过山 before the comma as well as 过山， behind it.
    """
    if mark.start != mark.end:
        return None
    old = mark.copy
    for (at, there, long), (following, beyond, _) in pairwise(blocks):
        start, put_in = there + long, beyond - there - long
        if at + long != following or not put_in:
            continue
        shift = mark.start - following
        passed = old[following : mark.start] if shift > 0 else old[mark.start : following]
        part = text[start : start + shift] if shift > 0 else text[beyond + shift : beyond]
        if passed == part and abs(shift) <= put_in:
            return start + shift, start + shift + put_in
    return None


def _blocks(old: str, text: str, own: tuple[int, int], part: tuple[int, int]) -> Iterator[Block]:
    """What *old* has in common with a *part* of *text*, in order. One character by itself counts at the edges of the
    paragraph alone, which is *own* in *text*.
    """
    matcher = SequenceMatcher(None, old, text[part[0] : part[1]], autojunk=False)
    for at, within, long in matcher.get_matching_blocks():
        there = part[0] + within
        edges = (at, there) == (0, own[0]), (at + long, there + long) == (len(old), own[1])
        if long >= LEAST or (long and any(edges)):
            yield at, there, long
