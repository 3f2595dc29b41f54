"""Finds cuts after which a chain ends in its frames: in one paragraph, or from the chain's end backwards.

Every cut that comes out has been set; the slots are those that the page has come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from layout.copyfit.scores import MOST_CUT, Suggestion
from layout.errors import Message
from layout.flows import Chain, Flow
from layout.galley.model import Galley, TextChain
from layout.galley.pour import overset
from layout.json_values import JsonObject
from layout.manuscript.cutting import until
from layout.manuscript.model import HEADINGS, Paragraph

_PARAGRAPHS = 6
"""So many paragraphs are tried for the shortest cut."""
_FEWER = 8
"""Characters taken beyond a line's own where what stands there would not end a line."""
_SETTINGS = 10
"""A chain is set so often at most to find how much must go from its end."""
_MORE = 4
"""Characters first tried beyond those that are overset; then twice, four times as many, and so on."""
_HEADING = 64
"""Characters that stand in the room of a heading, about: where headings go, so many fewer may have to."""

_RUNNING = ("lede", "body", "closing", "quote", "item")
"""Kinds of paragraph that an editor cuts by sentences."""

SetChain = Callable[[TextChain], Galley]


def cuts(chain: TextChain, galley: Galley, setting: SetChain) -> Iterator[Suggestion]:
    """Cuts that give *chain* room: the shortest from one paragraph; where none will do, one across paragraphs."""
    found = False
    for suggestion in _from_one(chain, galley, setting):
        found = True
        yield suggestion
    if not found:
        yield from _from_end(chain, galley, setting)


def _from_one(chain: TextChain, galley: Galley, setting: SetChain) -> Iterator[Suggestion]:
    lines, most = len(overset(galley)), most_of(chain)
    found: list[tuple[int, Flow, int, int]] = []
    for (name, number), group in groupby(galley.lines, key=lambda line: (line.flow, line.paragraph)):
        own = [each.line for each in group]
        paragraph = _paragraph(chain, name, number)
        if paragraph.kind not in HEADINGS and not paragraph.firm and len(own) > lines and own[-lines].start > 0:
            found.append((len(paragraph.text) - own[-lines].start, name, number, own[-lines].start))
    for _, name, number, keep in sorted(found)[:_PARAGRAPHS]:
        for fewer in range(min(_FEWER, keep)):
            count = counted(_paragraph(chain, name, number).text[keep - fewer :])
            if count <= most and not overset(setting(_kept(chain, {(name, number): keep - fewer}))):
                yield _of_one(chain.name, name, number, count, running=_runs_on(chain, name, number))
                break


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cut from a chain's end backwards."""

    chain: TextChain
    """What is left."""
    first: tuple[Flow, int]
    last: tuple[Flow, int]
    """The flow and number of the first and the last paragraph that lose characters."""
    headings: tuple[str, ...]
    """Headings that go because nothing is left below them, in reading order."""


def _from_end(chain: TextChain, galley: Galley, setting: SetChain) -> Iterator[Suggestion]:
    """The fewest characters that are found to do in a few settings: farther and farther, then bisected."""
    known: dict[int, _Cut | None] = {}

    def does(count: int) -> bool:
        cut = _cut_off(chain, count)
        known[count] = cut
        return cut is not None and not overset(setting(cut.chain))

    copy = {(flow, number): counted(p.text) for flow, number, p in chain.items() if is_text(p)}
    most = most_of(chain)
    least = sum(counted(line.line.text) for line in overset(galley) if (line.flow, line.paragraph) in copy)
    low, high, more = max(0, least - 1), max(1, least), _MORE
    if high > most:
        return
    while not does(high):
        low, high, more = high, least + more, 2 * more
        if len(known) >= _SETTINGS or high > most:
            return
    first = known[high]
    if first is not None and len(known) == 1:
        low = max(0, low - _HEADING * len(first.headings))
    while high - low > 1 and len(known) < _SETTINGS:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    cut = known[high]
    if cut is not None:
        yield _across(chain.name, high, cut, running=_runs_on(chain, *cut.first))


def is_text(paragraph: Paragraph) -> bool:
    """Whether characters can be cut from it: headings, footnotes and tables are not."""
    return paragraph.kind not in (*HEADINGS, "footnote") and paragraph.table is None


def cut_from_end(chain: TextChain, count: int) -> tuple[TextChain, Suggestion] | None:
    """*chain* without its last *count* characters, and words for it, which name the text; None for too many."""
    cut = _cut_off(chain, count)
    return None if cut is None else (cut.chain, _across(Chain(), count, cut, running=True))


def most_of(chain: TextChain) -> int:
    """How many characters of *chain* one may be told to cut: a share of what may be cut at all."""
    return int(MOST_CUT * sum(counted(p.text) for _, _, p in chain.items() if is_text(p) and not p.firm))


def _cut_off(chain: TextChain, count: int) -> _Cut | None:
    """*chain* without its last *count* characters that may be cut, headings not counted; None where it has not so many
    or nothing would be left.

    A heading goes with the last of what stands below it, never otherwise.
    """
    keep: dict[tuple[Flow, int], int] = {}
    cut: list[tuple[Flow, int]] = []
    headings: list[str] = []
    for flow, number, paragraph in reversed(list(chain.items())):
        if paragraph.firm:
            continue
        if paragraph.kind in HEADINGS:
            if cut:
                keep[flow, number] = 0
                headings.append(paragraph.text)
            continue
        if not is_text(paragraph):
            continue
        if count <= 0:
            break
        cut.append((flow, number))
        keep[flow, number] = _until(paragraph.text, count)
        count -= counted(paragraph.text)
        if keep[flow, number]:
            break
    left = _kept(chain, keep)
    if not cut or count > 0 or not any(is_text(p) for _, _, p in left.items()):
        return None
    return _Cut(left, cut[-1], cut[0], tuple(reversed(headings)))


def _until(text: str, count: int) -> int:
    """How many characters of *text* are left when its last *count* go; white space does not count."""
    for index in range(len(text) - 1, -1, -1):
        count -= not text[index].isspace()
        if not count:
            return len(text[:index].rstrip())
    return 0


def _kept(chain: TextChain, keep: Mapping[tuple[Flow, int], int]) -> TextChain:
    """*chain* with no more than so many characters in some paragraphs; those that keep none are gone.

    What was tracked is not: a page with other copy is tracked anew.
    """
    texts = []
    for place, text in enumerate(chain.texts):
        own = []
        for number, paragraph in enumerate(text.paragraphs, 0 if place else chain.begins):
            rest = keep.get((text.flow, number))
            if rest is None:
                own.append(paragraph)
            elif rest > 0:
                own.append(replace(paragraph, runs=tuple(until(paragraph, rest))))
        texts.append(replace(text, paragraphs=tuple(own)))
    begins = chain.begins if texts and texts[0] else 0
    return replace(chain, texts=tuple(text for text in texts if text), begins=begins)


def counted(text: str) -> int:
    """Its characters; white space does not count."""
    return sum(1 for character in text if not character.isspace())


def _paragraph(chain: TextChain, flow: Flow, number: int) -> Paragraph:
    return next(p for name, n, p in chain.items() if (name, n) == (flow, number))


def _runs_on(chain: TextChain, flow: Flow, number: int) -> bool:
    """Whether that paragraph is running text: a headline or a nameplate is worded anew, and has no paragraphs."""
    return _paragraph(chain, flow, number).kind in _RUNNING


def _of_one(chain: Chain, name: Flow, number: int, count: int, *, running: bool) -> Suggestion:
    zh, en = (f" {name} ", f" of {name}") if (name,) != chain.flows else ("", "")
    message = Message(
        f"从{zh}第 {number + 1} 段删 {count} 字", f"cut {count} characters from paragraph {number + 1}{en}"
    )
    if not running:
        message = Message(f"{zh.strip()}改短 {count} 字".strip(), f"make it{en} {count} characters shorter")
    return Suggestion(chain, message, "editor", {"cut": count, "text": str(name), "paragraph": number + 1})


def _across(chain: Chain, count: int, cut: _Cut, *, running: bool) -> Suggestion:
    (name, first), (end, last) = cut.first, cut.last
    if cut.first == cut.last and not cut.headings:
        return _of_one(chain, name, first, count, running=running)
    amount: JsonObject = {"cut": count, "from": first + 1, "to": last + 1, "text": str(name)}
    if name == end:
        zh, en = (f" {name} ", f" of {name}") if (name,) != chain.flows else ("", "")
        zh, en = f"从{zh}第 {first + 1}–{last + 1} 段删 {count} 字", f"paragraphs {first + 1}–{last + 1}{en}"
    else:
        amount["to_text"] = str(end)
        zh = f"从 {name} 第 {first + 1} 段至 {end} 第 {last + 1} 段删 {count} 字"
        en = f"paragraph {first + 1} of {name} to paragraph {last + 1} of {end}"
    en = f"cut {count} characters from {en}, from their end backwards"
    zh += "（自末尾往前）"
    if cut.headings:
        amount["headings"] = list(cut.headings)
        zh += "，连同标题" + "".join(f"“{heading}”" for heading in cut.headings)
        en += ", and with them " + ", ".join(f"the heading “{heading}”" for heading in cut.headings)
    return Suggestion(chain, Message(zh, en), "editor", amount)
