"""What of copy disagrees with the paper's lists on the day of the issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from layout.errors import Message
from layout.manuscript.model import Paragraph
from layout.proofreading.near_words import near_spellings
from layout.proofreading.paper_lists import ListRow
from layout.proofreading.slips import CopySlip

RULES = {
    "wording": "copy.listed_wording",
    "person": "copy.listed_name",
    "institution": "copy.listed_institution",
    "place": "copy.listed_place",
    "word": "copy.listed_word",
}
_NEAR_LEAST = 4
"""Characters of a wording or name that is looked for with one character wrong; shorter ones have many neighbours."""
_NAME_LEAST = 3
"""Characters of a name in which one may be mistyped and the name still be known."""
_QUOTES = str.maketrans("", "", "“”‘’《》")
_TITLE = re.compile(
    r"(?P<rank>常务副|副|代|原|前)?(?P<post>县委书记|书记|[省市县区镇乡村局厅部处科院校站行会]长|主任|主席|委员|代表|董事长|总?经理|理事长|秘书长)$"
)
_ONCE_BEFORE = re.compile(
    r"(?:原|旧称|前身[是为]?)“?$|(?:时任|曾任|历任|(?:^|(?<=[，。；！？、“]))原(?![来先因本则有]))[^，。；！？、]{0,10}$"
)
_ONCE_AFTER = re.compile(r"”?(?:[（(][今现]|更名|改名|改称|改组|撤[乡镇县])")
"""What says that a former name or post is meant as such: 原青禾县水利局, 时任副局长, 上泉乡（今上泉镇）."""
_BETWEEN = re.compile(r"[^，。；！？]{0,20}")
"""What stands between two names of one list of those present: posts, 、 and 和."""


def list_slips(paragraph: Paragraph, rows: Sequence[ListRow], day: date | None) -> Iterator[CopySlip]:
    """The slips of *paragraph* against *rows* on *day*: the issue's, or none."""
    words = paragraph.text
    covered: set[int] = set()
    for row in rows:
        for at, found, right in _found(words, row, day):
            if not covered & set(range(at, at + len(found))):
                covered |= set(range(at, at + len(found)))
                yield CopySlip(RULES[row.kind], paragraph, at, found, hint=_hint(row, right), is_grave=row.forbidden)
    yield from _order(paragraph, [row for row in rows if row.kind == "person" and row.rank is not None])


def _hint(row: ListRow, right: str) -> Message:
    zh = f"应为“{right}”" if right else "本报不用，改一个说法"
    en = f"It should be “{right}”" if right else "The paper does not use it: say it otherwise"
    return Message(f"{zh}（{row.source}）。", f"{en} ({row.source}).")


def _found(words: str, row: ListRow, day: date | None) -> Iterator[tuple[int, str, str]]:
    if not row.valid.holds(day):
        return
    if row.kind == "word":
        yield from ((at, row.name, row.use) for at in _offsets(words, row.name))
        return
    for wrong in row.wrong:
        for at in _offsets(words, wrong):
            if not _is_inside(words, at, wrong, row.name):
                yield at, wrong, row.name
    for former in row.was:
        if not former.valid.holds(day):
            yield from (
                (at, former.name, row.name)
                for at in _offsets(words, former.name)
                if not _is_of_once(words, at, at + len(former.name))
            )
    if row.kind == "person":
        yield from _posts(words, row, day)
    else:
        yield from _unquoted(words, row)
        yield from _near(words, row)


def _offsets(words: str, part: str) -> Iterator[int]:
    at = words.find(part)
    while at >= 0:
        yield at
        at = words.find(part, at + 1)


def _is_of_once(words: str, start: int, end: int) -> bool:
    """Whether the words around what stands from *start* to *end* say that it is of another time."""
    return bool(_ONCE_BEFORE.search(words[:start]) or _ONCE_AFTER.match(words, end))


def _is_inside(words: str, at: int, wrong: str, right: str) -> bool:
    """Whether the wrong words are a part of the right ones where they stand."""
    return any(start <= at and at + len(wrong) <= start + len(right) for start in _offsets(words, right))


def _unquoted(words: str, row: ListRow) -> Iterator[tuple[int, str, str]]:
    """A wording that has quotation marks, without them: 三清一通行动 for “三清一通”行动."""
    bare = row.name.translate(_QUOTES)
    if row.kind == "wording" and bare != row.name:
        yield from ((at, bare, row.name) for at in _offsets(words, bare))


def _near(words: str, row: ListRow) -> Iterator[tuple[int, str, str]]:
    """A name with one character other, too many or too few."""
    name = row.name
    for spelling in (name, name.translate(_QUOTES)) if row.kind == "wording" else (name,):
        if len(spelling) < _NEAR_LEAST or (row.kind == "place" and len(spelling) == _NEAR_LEAST):
            continue
        known = {*row.short, *(former.name for former in row.was)}
        for at, near in near_spellings(words, spelling):
            if near not in known and not _is_inside(words, at, near, name):
                yield at, near, name
        for part in (spelling, *_tails(spelling)):
            for place in range(1, len(part) - 1):
                short = part[:place] + part[place + 1 :]
                if short not in known and len(short) >= _NEAR_LEAST:
                    yield from (
                        (at, short, part) for at in _offsets(words, short) if part not in words[at : at + len(part)]
                    )


def _tails(name: str) -> Iterator[str]:
    """What a paper leaves out of its own county's institutions: 县发展和改革局."""
    if name.endswith(("局", "委员会", "厅", "办公室", "中心")):
        at = max(name.find(level) for level in "省市县区")
        if 0 < at < len(name) - _NEAR_LEAST:
            yield name[at:]


def _posts(words: str, row: ListRow, day: date | None) -> Iterator[tuple[int, str, str]]:
    """A post before the name that the person does not hold on the day, and the name one character wrong after it."""
    held = [each.name for each in row.posts if each.valid.holds(day)]
    titles = {match[0] for post in held if (match := _TITLE.search(post))}
    if not titles:
        return
    for at in _offsets(words, row.name):
        title = _TITLE.search(words[:at])
        if title and title[0] not in titles and not _is_of_once(words, title.start(), at + len(row.name)):
            yield title.start(), title[0] + row.name, held[0] + row.name
    for post in held:
        short = post[-_NEAR_LEAST:]
        for at in _offsets(words, short):
            start = at + len(short)
            name = words[start : start + len(row.name)]
            if (
                name != row.name
                and name[:1] == row.name[:1]
                and len(name) == len(row.name)
                and len(name) >= _NAME_LEAST
            ):
                same = sum(one == other for one, other in zip(name, row.name, strict=True))
                if same == len(name) - 1:
                    yield start, name, row.name


def _order(paragraph: Paragraph, rows: Sequence[ListRow]) -> Iterator[CopySlip]:
    """Names of one list of those present that stand before one of a higher rank."""
    words = paragraph.text
    there = sorted(((at, row) for row in rows for at in _offsets(words, row.name)), key=lambda each: each[0])
    for (at, one), (other_at, other) in pairwise(there):
        between = words[at + len(one.name) : other_at]
        if one.rank is None or other.rank is None or one.rank <= other.rank:
            continue
        if "、" in between and _BETWEEN.fullmatch(between):
            hint = Message(
                f"按名单“{other.name}”在“{one.name}”前面（{other.source}）。",
                f"By the list “{other.name}” comes before “{one.name}” ({other.source}).",
            )
            yield CopySlip(RULES["person"], paragraph, at, one.name, hint=hint)
