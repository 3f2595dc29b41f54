"""Numbers of items in a row (一是、二是, （一）, 1., 第一条): gaps, counts that disagree, levels out of order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layout.manuscript.characters import whole_number
from layout.manuscript.model import Paragraph
from layout.proofreading.slips import CopySlip

GAP, COUNT, ORDER, MIX = "copy.sequence_gap", "copy.count_of_items", "copy.heading_order", "copy.ordinal_mix"
_HAN = "[〇零一二三四五六七八九十百千]{1,8}"
_STARTS = (
    ("1 chapter", re.compile(rf"第({_HAN})[编章]")),
    ("2 article", re.compile(rf"第({_HAN}|\d+)条(?!规定|所|的|第|、|和|至|中|之)")),
    ("3 one", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("4 bracket", re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]")),
    ("5 digit", re.compile(r"(\d{1,2})[.．、](?!\d)")),
    ("6 digit in brackets", re.compile(r"[（(](\d{1,2})[）)]")),
)
"""What paragraphs begin with, by level."""
_ARTICLE_INSIDE = re.compile(rf"[\s\u3000]第({_HAN}|\d+)条[\s\u3000]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_INSIDE = (
    re.compile(r"(?:^|(?<=[，。；：、！？\s”]))([一二三四五六七八九十]{1,2})(?:要|是)(?![一不否非])"),
    re.compile(r"(?:^|(?<=[，。；：！？\s”]))第([一二三四五六七八九十]{1,2})(?=，|步)"),
    re.compile(r"(?:(?<=[：；])|^)([一二三四五六七八九十]{1,2})、"),
    re.compile(f"([{_CIRCLED}])"),
)
"""What items inside a paragraph begin with."""
_ANNOUNCED = re.compile(
    r"([两二三四五六七八九十]|\d{1,2})(?:件事?|个方面|项|点|条|方面|大任务|大举措|步|个问题|个环节)[^，。：；\d]{0,12}：(?=一[是要、]|（一）|第一[，步]|①)"
)
_ORDINAL = re.compile(r"第(?:(\d{1,2})|([一二三四五六七八九十]{1,2}))(?=(季度|阶段|产业|名|步|，|项|组|车间))")
_LEVELS = ("3 one", "4 bracket", "5 digit", "6 digit in brackets")


def sequence_slips(paragraphs: Sequence[Paragraph]) -> Iterator[CopySlip]:
    """What of the numbers of items of one story is wrong."""
    yield from _of_starts(paragraphs)
    for paragraph in paragraphs:
        yield from _inside(paragraph)
        yield from _announced(paragraph)
    yield from _mixed_ordinals(paragraphs)


@dataclass(slots=True)
class _Count:
    """Where a sequence has come to; after a slip the next may go on from what stands or from what should."""

    last: int = 0
    next: set[int] = field(default_factory=set)

    def follows(self, number: int) -> bool:
        """Whether *number* is the first of a sequence, or the next of this one; what is not is remembered."""
        known = bool(self.next)
        right = number == 1 or not known or number in self.next
        self.next = {number + 1} if right else {number + 1, max(self.next) + 1, max(self.next)}
        return right


def _of_starts(paragraphs: Sequence[Paragraph]) -> Iterator[CopySlip]:
    counts: dict[str, _Count] = defaultdict(_Count)
    for paragraph in paragraphs:
        words = paragraph.text.lstrip()
        at = len(paragraph.text) - len(words)
        for level, pattern in _STARTS:
            found = pattern.match(words)
            if not found or (level == "5 digit" and paragraph.kind == "cell"):
                continue
            number = whole_number(found[1])
            if number is None:
                break
            if number == 1 and _is_reversed(level, counts):
                yield CopySlip(ORDER, paragraph, at, found[0])
            elif not counts[level].follows(number):
                yield CopySlip(GAP, paragraph, at, found[0])
            counts[level].next = counts[level].next or {number + 1}
            _begin_below(level, counts)
            _go_on(words[found.end() :], counts)
            break


def _go_on(words: str, counts: dict[str, _Count]) -> None:
    """Articles that follow in the same paragraph, of a law whose line breaks are lost."""
    for found in _ARTICLE_INSIDE.finditer(words):
        number = whole_number(found[1])
        if number is not None and number in counts["2 article"].next:
            counts["2 article"].next = {number + 1}


def _is_reversed(level: str, counts: dict[str, _Count]) -> bool:
    """Whether a level begins below one that is smaller: （一） below 1. below 一、."""
    if level not in _LEVELS:
        return False
    open_ones = [each for each in _LEVELS if counts[each].next]
    return (
        level not in open_ones and any(each > level for each in open_ones) and any(each < level for each in open_ones)
    )


def _begin_below(level: str, counts: dict[str, _Count]) -> None:
    """Levels below *level* begin anew; articles are counted through a whole law."""
    for each in list(counts):
        if each > level and not (level == "1 chapter" and each == "2 article"):
            counts[each] = _Count()


def _inside(paragraph: Paragraph) -> Iterator[CopySlip]:
    for pattern in _INSIDE:
        count = _Count()
        for found in pattern.finditer(paragraph.text):
            number = _CIRCLED.find(found[1]) + 1 or whole_number(found[1])
            if number is not None and not count.follows(number):
                yield CopySlip(GAP, paragraph, found.start(1), found[0])


def _announced(paragraph: Paragraph) -> Iterator[CopySlip]:
    for found in _ANNOUNCED.finditer(paragraph.text):
        said = whole_number(found[1])
        rest = paragraph.text[found.end() :]
        pattern = next((each for each in _INSIDE if (first := each.match(rest)) and first.start() == 0), None)
        if pattern is None or said is None:
            continue
        items = _items(pattern, rest)
        if items >= 2 and items != said:
            yield CopySlip(COUNT, paragraph, found.start(), found[0].rstrip("：。"))


def _items(pattern: re.Pattern[str], words: str) -> int:
    """How many items of one sequence *words* begin with."""
    count = 0
    for found in pattern.finditer(words):
        number = _CIRCLED.find(found[1]) + 1 or whole_number(found[1])
        if number != count + 1:
            break
        count += 1
    return count


def _mixed_ordinals(paragraphs: Sequence[Paragraph]) -> Iterator[CopySlip]:
    """Ordinals in digits where one of the same thing is in Han; the first such."""
    digits: dict[str, tuple[Paragraph, re.Match[str]]] = {}
    han: set[str] = set()
    for paragraph in paragraphs:
        for found in _ORDINAL.finditer(paragraph.text):
            if found[1]:
                digits.setdefault(found[3], (paragraph, found))
            else:
                han.add(found[3])
    for thing, (paragraph, found) in digits.items():
        if thing in han:
            yield CopySlip(MIX, paragraph, found.start(), found[0] + thing.rstrip("，"))
