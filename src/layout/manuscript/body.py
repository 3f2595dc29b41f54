"""Sorts the body of a manuscript into lede, sections and closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.manuscript.front_matter import FrontMatter
from layout.manuscript.markdown import LEDE_MARK, Block, Break, Heading
from layout.manuscript.model import Paragraph


@dataclass(slots=True)
class Body:
    """The body of a story, sorted."""

    opening: list[Paragraph] = field(default_factory=list)
    """What stands before the first heading."""
    lede: list[Paragraph] = field(default_factory=list)
    sections: list[tuple[Paragraph | None, list[Paragraph]]] = field(default_factory=list)
    """Headings and what follows them. The first has none where more than the lede stands before the first heading."""
    closing: list[Paragraph] = field(default_factory=list)

    def end(self) -> list[Paragraph]:
        """The last of its texts, at whose end the footnotes stand."""
        if self.closing or not self.sections:
            return self.closing or self.lede
        return self.sections[-1][1]


def sort_body(blocks: Iterable[Block], front: FrontMatter, start: Place, faults: list[LayoutError]) -> Body:
    """The *blocks* of a manuscript, whose copy begins at *start*: the lede and the copy before the first heading, then
    sections, then what follows the break as closing. Mistakes are added to *faults*.
    """
    body = Body()
    broken: Place | None = None
    for block in blocks:
        if isinstance(block, Break):
            if broken or not (body.opening or body.sections):
                faults.append(_needless_break(block.place))
            broken = broken or block.place
        elif isinstance(block, Heading):
            if broken:
                faults.append(_heading_in_closing(block.paragraph))
            body.sections.append((block.paragraph, []))
        elif broken:
            if block.kind == "subheading":
                faults.append(_heading_in_closing(block))
            body.closing.append(replace(block, kind="closing") if block.kind == "body" else block)
        elif body.sections:
            under = body.sections[-1][1]
            under.append(block if under and under[-1].kind != "subheading" else replace(block, after_heading=True))
        else:
            body.opening.append(block)
    _part_lede(body, front, faults)
    _take_closing(body, front, broken, faults)
    _check_full(body, broken, start, faults)
    return body


def _part_lede(body: Body, front: FrontMatter, faults: list[LayoutError]) -> None:
    """Parts the lede from the copy before the first heading: the front matter's, else the paragraphs that are marked,
    else the first, where that is plain copy."""
    marked = list(takewhile(lambda each: each.kind == "lede", body.opening))
    given = front.texts.get("lede")
    if given is not None:
        body.lede = [Paragraph("lede", runs) for runs in given]
        rest = body.opening
        stray = next(iter(marked), None)
        message = Message(
            f"导语写了两处：文件头的 lede，正文里的 {LEDE_MARK}。",
            f"The lede is given twice: as lede, and by {LEDE_MARK}.",
        )
        hint = Message("留下一处。", "Keep one of them.")
    else:
        first = len(marked) or sum(each.kind == "body" for each in body.opening[:1])
        body.lede = [replace(each, kind="lede") for each in body.opening[:first]]
        rest, stray = body.opening[first:], None
        message, hint = _LEDE_FIRST
    copy = [*rest, *(each for _, paragraphs in body.sections for each in paragraphs), *body.closing]
    stray = stray or next((each for each in copy if each.kind == "lede"), None)
    if stray is not None:
        faults.append(ManuscriptError(message, place=stray.place, hint=hint))
    if rest:
        after = [False, *(each.kind == "subheading" for each in rest)]
        paragraphs = [replace(each, after_heading=under) for each, under in zip(rest, after, strict=False)]
        body.sections.insert(0, (None, paragraphs))


_LEDE_FIRST = (
    Message(f"带 {LEDE_MARK} 的导语前面还有正文。", f"Copy stands before the lede that {LEDE_MARK} marks."),
    Message(
        "导语是全稿最前面的几段：移到最前面；编者按写进文件头 editor_note。",
        "A story begins with its lede: move it there; an editor's note goes into the front matter as editor_note.",
    ),
)


def _take_closing(body: Body, front: FrontMatter, broken: Place | None, faults: list[LayoutError]) -> None:
    """The closing of the front matter, which stands in the place of one after a break."""
    if not (given := front.texts.get("closing")):
        return
    if broken:
        message = Message(
            "结尾写了两处：文件头的 closing，分隔线以后。",
            "The closing is given twice: as closing, and after the break.",
        )
        faults.append(ManuscriptError(message, place=broken, hint=Message("留下一处。", "Keep one of them.")))
    body.closing = [Paragraph("closing", runs) for runs in given]


def _check_full(body: Body, broken: Place | None, start: Place, faults: list[LayoutError]) -> None:
    if not (body.lede or body.sections or body.closing) and not faults:
        hint = Message("在文件头的 --- 之后写正文。", "Write the copy after the front matter's closing ---.")
        faults.append(ManuscriptError(Message("稿件没有正文。", "The manuscript has no copy."), place=start, hint=hint))
    for heading, copy in body.sections:
        faults += [_no_copy(heading)] if heading is not None and not copy and not broken else []
        for paragraph, following in zip(copy, [*copy[1:], None], strict=False):
            if paragraph.kind == "subheading" and (following is None or following.kind == "subheading"):
                faults.append(_no_copy(paragraph))
    if broken and not body.closing:
        hint = Message("补上结尾段，或删去这条分隔线。", "Write the closing paragraph, or delete the break.")
        faults.append(
            ManuscriptError(Message("分隔线后面没有结尾段。", "Nothing follows the break."), place=broken, hint=hint)
        )


def _no_copy(heading: Paragraph) -> ManuscriptError:
    message = Message(f"小标题“{heading.text}”下面没有正文。", f"No copy follows the heading “{heading.text}”.")
    sign = "###" if heading.kind == "subheading" else "##"
    hint = Message(
        f"补上正文；若是同一个标题的第二行，并到上一个 {sign} 里。", "Write it; or put both lines into one heading."
    )
    return ManuscriptError(message, place=heading.place, hint=hint)


def _needless_break(place: Place) -> ManuscriptError:
    message = Message("这条分隔线不是结尾段的开始。", "This break does not begin the closing.")
    hint = Message("全稿只在结尾段之前用一次 *** 。", "Use *** once, before the closing paragraph.")
    return ManuscriptError(message, place=place, hint=hint)


def _heading_in_closing(heading: Paragraph) -> ManuscriptError:
    message = Message("结尾段里不能再有小标题。", "The closing cannot hold a heading.")
    hint = Message("把 *** 移到最后一章之后。", "Move the *** behind the last section.")
    return ManuscriptError(message, place=heading.place, hint=hint)
