"""Judges from the new copy and page which marks of an earlier round were carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from layout.errors import Message
from layout.flows import Flow
from layout.geometry import Box
from layout.proof.marks.kinds import JudgedBy, MarkKind, mark_kinds
from layout.proof.marks.location import MarkLocation, located
from layout.proof.marks.marks_file import Mark, MarksFile
from layout.proof.printed_copy import PrintedCopy, PrintedParagraph, PrintedPicture

MarkStatus = Literal["done", "not done", "cannot tell"]

STATUS_WORDS: Mapping[MarkStatus, Message] = {
    "done": Message("已改", "done"),
    "not done": Message("未改", "not done"),
    "cannot tell": Message("说不准", "cannot tell"),
}
"""What lists call them."""

QUOTED = 24
"""Characters quoted of what stands there now."""


@dataclass(frozen=True, slots=True)
class JudgedMark:
    """A mark of an earlier round, and what became of it."""

    mark: Mark
    kind: MarkKind
    status: MarkStatus
    why: Message
    boxes: tuple[tuple[int, Box], ...]
    """Where to look, page by page; the place that it had where it is not found."""
    place: str
    """File and line of the copy; of a picture, where the issue names it."""
    line: tuple[int, int] | None
    """The paragraph of the copy and its line where the words begin, from 0; nothing where they are not found."""
    file: str
    """Where the mark was read."""
    round: int
    """In which it was made."""

    @property
    def page(self) -> int:
        """The page on which to look first."""
        return self.boxes[0][0] if self.boxes else self.mark.page


def judged_marks(files: Sequence[MarksFile], copy: PrintedCopy) -> tuple[JudgedMark, ...]:
    """Every mark of *files*, as *copy* has it now; in the order of the files."""
    return tuple(_judged(mark, each, copy) for each in files for mark in each.marks)


@dataclass(frozen=True, slots=True)
class _Case:
    """A mark with all that is asked about it."""

    mark: Mark
    kind: MarkKind
    found: MarkLocation | None
    copy: PrintedCopy

    @property
    def story(self) -> tuple[PrintedParagraph, ...]:
        """The paragraphs of its story."""
        story = Flow.parse(self.mark.flow).story
        return tuple(each for each in self.copy.paragraphs if each.flow.story == story)

    @property
    def quote(self) -> str:
        return _plain(self.mark.quote)

    @property
    def wanted(self) -> str:
        return _plain(self.mark.text)


_Answer = tuple[MarkStatus, Message]


def _judged(mark: Mark, source: MarksFile, copy: PrintedCopy) -> JudgedMark:
    kind = mark_kinds()[mark.kind]
    found = located(mark, copy) if mark.copy else None
    case = _Case(mark, kind, found, copy)
    boxes: tuple[tuple[int, Box], ...] = ((mark.page, mark.box.box()),)
    place, line = mark.place, None
    if mark.picture:
        pictures = [each for each in copy.pictures if each.id == mark.picture]
        status, why = _of_picture(case, pictures)
        boxes = tuple((each.page, each.box) for each in pictures) or boxes
        place = next((each.place for each in pictures if each.place), place)
    elif not mark.copy:
        status, why = "cannot tell", Message("批在版面上，不在字上。", "It is on the page, not on words.")
    else:
        status, why = (_gone if found is None else _ITSELF.get(kind.id, _BY[kind.judged]))(case)
        if found is not None:
            boxes, place, line = found.boxes() or boxes, found.paragraph.place or place, _line(found, copy)
    return JudgedMark(mark, kind, status, why, boxes, place, line, source.file, source.round)


def _line(found: MarkLocation, copy: PrintedCopy) -> tuple[int, int]:
    paragraph, start, _ = next(found.parts(), (found.paragraph, 0, 0))
    line = next((at for at, each in enumerate(paragraph.lines) if start < each.end), len(paragraph.lines) - 1)
    return next(at for at, each in enumerate(copy.paragraphs) if each is paragraph), line


def _plain(text: str) -> str:
    return "".join(text.split())


def _stands(now: str) -> Message:
    shown = now if len(now) <= QUOTED else f"{now[: QUOTED // 2]}…{now[-QUOTED // 2 :]}"
    return Message(f"现在是“{shown}”", f"it now reads “{shown}”") if now else Message("字已不在", "the words are gone")


_AS_BEFORE = Message("和上一校一样", "as in the last round")
_AS_MARKED = Message("照批的改了", "as it was marked")


def _otherwise(now: str) -> _Answer:
    stands = _stands(now)
    return "cannot tell", Message(f"改了，但和批的不同：{stands.zh}", f"changed, but not as marked: {stands.en}")


def _gone(case: _Case) -> _Answer:
    """The paragraph is no more: its words may have gone as was wished, or stand somewhere else as they should."""
    if not case.copy.whole:
        return "cannot tell", Message("这次只出了几版，不在其中", "it is on none of the pages of this round")
    texts = [_plain(each.text) for each in case.story]
    there = any(case.quote and case.quote in each for each in texts)
    if case.mark.kind == "delete" and not there:
        return "done", Message("整段都不在了", "the whole paragraph is gone")
    if case.mark.kind == "replace" and not there and case.wanted and any(case.wanted in each for each in texts):
        return "done", _AS_MARKED
    return "cannot tell", Message("这一段找不到了", "the paragraph is not to be found")


def _words(case: _Case) -> _Answer:
    assert case.found is not None
    now, quote, wanted = _plain(case.found.now), case.quote, case.wanted
    if now == quote:
        return "not done", _AS_BEFORE
    if now == wanted:  # of a deletion nothing is wanted, and nothing is there
        return "done", _AS_MARKED
    if wanted and wanted in now and (not quote or quote not in now):
        return "done", Message(f"照批的改了，旁边也动了：{_stands(now).zh}", f"as marked, and more: {_stands(now).en}")
    return _otherwise(now)


def _replace(case: _Case) -> _Answer:
    """Where nothing was typed for what should stand there, any change will do."""
    assert case.found is not None
    now = _plain(case.found.now)
    if case.wanted or now == case.quote:
        return _words(case)
    return "done", Message(f"改了：{_stands(now).zh}", f"changed: {_stands(now).en}")


def _unmoved(case: _Case) -> _Answer:
    assert case.found is not None
    now = _plain(case.found.now)
    return ("done", Message("照旧，没有动", "it stands")) if now == case.quote else _otherwise(now)


def _everywhere(case: _Case) -> _Answer:
    quote, wanted = case.quote, case.wanted
    # What shall stand there may hold what stands there: 长治 → 长治市.
    left = [each for each in case.story if quote in _plain(each.text).replace(wanted or BLANK, BLANK)]
    if left:
        count = sum(_plain(each.text).replace(wanted or BLANK, BLANK).count(quote) for each in left)
        places = "、".join(dict.fromkeys(each.place for each in left if each.place))
        return "not done", Message(f"还有 {count} 处：{places}", f"{count} are left: {places}")
    if not case.copy.whole:
        return "cannot tell", Message(
            "这次只出了几版，其中都改了", "changed on the pages of this round, which are not all"
        )
    return "done", Message("全稿都改了", "throughout the story")


BLANK = "\0"
"""No copy has it."""


def _move(case: _Case) -> _Answer:
    """Moved words are the longest that an alignment finds again: what stood around them tells whether they went."""
    assert case.found is not None
    mark, story = case.mark, "\n".join(_plain(each.text) for each in case.story)
    before, after = _plain(mark.copy[: mark.start])[-AROUND:], _plain(mark.copy[mark.end :])[:AROUND]
    there = bool(case.wanted) and case.wanted + case.quote in story
    stayed = (before + case.quote if before else case.quote + after) in story
    if there and not stayed:
        return "done", Message("已移过去", "moved")
    if stayed and not there:
        return "not done", _AS_BEFORE
    return _otherwise(_plain(case.found.now))


AROUND = 4
"""Characters before and behind words that tell whether they stayed."""

_ITSELF: Mapping[str, Callable[[_Case], _Answer]] = {
    "everywhere": _everywhere,
    "move": _move,
    "replace": _replace,
}
"""Kinds that ask more than whether the words are those that were wished."""


def _paragraphs(case: _Case) -> _Answer:
    assert case.found is not None
    begins = case.found.begins_paragraph
    if case.mark.kind == "new-paragraph":
        return ("done", Message("已另起", "a paragraph begins there")) if begins else ("not done", _AS_BEFORE)
    return ("not done", _AS_BEFORE) if begins else ("done", Message("已接排", "run on"))


def _spaces(case: _Case) -> _Answer:
    """Blanks that are in the copy; the rest is how the line is set."""
    assert case.found is not None
    before, after = (sum(char.isspace() for char in text) for text in (case.mark.quote, case.found.now))
    if _plain(case.found.now) == case.quote and before != after:
        done = (after < before) == (case.mark.kind == "less-space")
        return ("done", _AS_MARKED) if done else _otherwise(case.found.now)
    return _look(case)


def _look(case: _Case) -> _Answer:
    assert case.found is not None
    if _plain(case.found.now) != case.quote:
        return _otherwise(_plain(case.found.now))
    if case.mark.lines and case.found.digests() == case.mark.lines:
        return "not done", Message("这一行排得和上一校一样", "the line is set as in the last round")
    return "cannot tell", Message("这一行排得和上一校不同", "the line is set otherwise than in the last round")


def _eye(case: _Case) -> _Answer:
    assert case.found is not None
    now = _plain(case.found.now)
    if now == case.quote:
        return "cannot tell", Message("所指的字没有动", "the words it is about are as they were")
    return "cannot tell", Message(
        f"所指的字动了：{_stands(now).zh}", f"the words it is about changed: {_stands(now).en}"
    )


_BY: Mapping[JudgedBy, Callable[[_Case], _Answer]] = {
    "words": _words,
    "unmoved": _unmoved,
    "paragraphs": _paragraphs,
    "spaces": _spaces,
    "look": _look,
    "eye": _eye,
    "picture": _eye,
}


def _of_picture(case: _Case, pictures: Iterable[PrintedPicture]) -> _Answer:
    now, mark = list(pictures), case.mark
    if not now:
        return "cannot tell", Message("这幅图不在版上了", "the picture is on no page now")
    exchanged = all(each.source != mark.source for each in now)
    if mark.kind == "picture":
        if exchanged:
            return "done", Message(f"换成了 {now[0].file}", f"it is {now[0].file} now")
        return "not done", Message("还是那个文件", "it is the same file")
    if all(each.look == mark.look for each in now):
        return "not done", _AS_BEFORE
    return "cannot tell", Message("这幅图和上一校不同", "the picture is otherwise than in the last round")
