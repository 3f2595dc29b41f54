"""Reads Markdown that others have written, CommonMark or GitHub's: by way of the HTML that it stands for.

A line is a paragraph, as everywhere in Chinese copy. A manuscript's own front matter gives its parts with their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt

from layout.checks import Finding
from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.intake.captions import with_captions
from layout.intake.copy_characters import cleaned
from layout.intake.html_article import MOST_DEPTH, depth_of, html_tree, is_bounded
from layout.intake.html_walk import HtmlStyle, HtmlWalk
from layout.intake.model import CopyBlock, CopyNote, CopyParagraph, CopyPlace, CopyRun, Received
from layout.intake.notices import notice
from layout.intake.text_encoding import decode_text
from layout.manuscript import emphasis, front_matter
from layout.manuscript.front_matter import FrontMatter
from layout.manuscript.story_parts import story_parts

_KEY = re.compile(r"\s*([\w-]+)\s*:\s")
_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,12})\]")
_DEFINITION = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,12})\][:：]\s*")


def read_markdown(data: bytes, file: str) -> Received:
    """What the Markdown file *data* holds; *file* is its name. Raises ``ManuscriptError`` where it is no text."""
    decoded = decode_text(data, file)
    said = (
        [] if decoded.encoding.startswith("UTF-8") else [notice("intake.encoding", Place(file), found=decoded.encoding)]
    )
    text = cleaned(decoded.text)
    front, body = _front(text, file)
    page = _parser().render(body)
    root = html_tree(page) if is_bounded(page) else None
    if root is None or depth_of(root) > MOST_DEPTH:
        message = Message(f"引文、列表套得太深：超过 {MOST_DEPTH} 层。", f"It is nested more than {MOST_DEPTH} deep.")
        raise ManuscriptError(message, place=Place(file), hint=Message("另存成 .txt 再来。", "Save it as .txt."))
    walk = HtmlWalk(file, count=len(front))
    walk.flow(root, HtmlStyle())
    walk.flush(HtmlStyle())
    blocks, notes = _without_notes(walk.blocks)
    blocks, guesses = with_captions(blocks)
    findings: tuple[Finding, ...] = (*said, *walk.findings(), *guesses)
    return Received(file, (*front, *blocks), tuple(notes), findings)


def _parser() -> MarkdownIt:
    """CommonMark, tables and ~~words struck through~~; no indented code and no headings by underlining, which Chinese
    copy never means.
    """
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    parser.disable(["reference", "lheading", "code"])
    parser.inline.ruler.at("emphasis", emphasis.tokenize)
    return parser


def _front(text: str, file: str) -> tuple[list[CopyParagraph], str]:
    """The headline of a manuscript's front matter, and what stands below it; of other Markdown the whole."""
    if not text.startswith(front_matter.FENCE):
        return [], text
    faults: list[LayoutError] = []
    try:
        head, taken = front_matter.split(text, file)
        front = front_matter.read(head, file, faults)
    except LayoutError:
        front, faults = FrontMatter(), [*faults]
        taken = _end_of_head(text)
    body = "\n".join(text.split("\n")[taken:])
    if faults or not front.texts:
        return _foreign_front(text.split("\n")[1 : max(taken - 1, 0)], file), body
    found: list[CopyParagraph] = []
    for name in (part for part in story_parts() if part in front.texts):
        for runs in front.texts[name]:
            words = CopyRun("".join(run.text for run in runs))
            place = CopyPlace(file, len(found) + 1, "paragraph")
            found.append(CopyParagraph((words,), place, "title" if name == "headline" else "body"))
    return found, body


def _end_of_head(text: str) -> int:
    """How many lines the head takes; none where it is not closed."""
    ends = (number for number, line in enumerate(text.split("\n")[1:], 2) if line.rstrip() in front_matter.CLOSING)
    return next(ends, 0)


def _foreign_front(lines: Sequence[str], file: str) -> list[CopyParagraph]:
    """The title in the front matter of another program, and its other lines as they stand: nothing is dropped."""
    found: list[CopyParagraph] = []
    for number, line in enumerate(lines, 2):
        key = _KEY.match(line)
        is_title = key is not None and key[1].casefold() in ("title", "标题", "headline")
        words = line[key.end() :].strip().strip("\"'") if key and is_title else line.strip()
        if words:
            place = CopyPlace(file, number)
            found.append(CopyParagraph((CopyRun(words),), place, "title" if is_title else "body"))
    return found


def _without_notes(blocks: list[CopyBlock]) -> tuple[list[CopyBlock], list[CopyNote]]:
    """*blocks* with the marks of notes as such, and the notes, in the order in which they are referred to."""
    defined: dict[str, CopyParagraph] = {}
    for block in blocks:
        if isinstance(block, CopyParagraph) and (found := _DEFINITION.match(block.text)):
            defined.setdefault(found["label"], _cut(block, found.end()))
    copy = [each for each in blocks if not (isinstance(each, CopyParagraph) and _DEFINITION.match(each.text))]
    marked = [_marked(each, defined) if isinstance(each, CopyParagraph) else each for each in copy]
    labels = dict.fromkeys(
        run.note for each in marked if isinstance(each, CopyParagraph) for run in each.runs if run.note
    )
    others = [label for label in defined if label not in labels]
    return marked, [CopyNote(label, (defined[label],), defined[label].place) for label in (*labels, *others)]


def _marked(paragraph: CopyParagraph, defined: dict[str, CopyParagraph]) -> CopyParagraph:
    return replace(paragraph, runs=tuple(piece for run in paragraph.runs for piece in _pieces(run, defined)))


def _pieces(run: CopyRun, defined: dict[str, CopyParagraph]) -> Iterator[CopyRun]:
    start = 0
    for found in _REFERENCE.finditer(run.text):
        if found["label"] in defined:
            if found.start() > start:
                yield replace(run, text=run.text[start : found.start()])
            yield CopyRun("", note=found["label"])
            start = found.end()
    if start < len(run.text):
        yield replace(run, text=run.text[start:])


def _cut(paragraph: CopyParagraph, length: int) -> CopyParagraph:
    """*paragraph* without its first *length* characters."""
    runs: list[CopyRun] = []
    for run in paragraph.runs:
        left = max(length, 0)
        length -= len(run.text)
        runs.append(replace(run, text=run.text[left:]))
    return replace(paragraph, runs=tuple(run for run in runs if run.text))
