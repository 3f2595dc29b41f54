"""Reads a manuscript file as a story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from layout.errors import Faults, LayoutError, ManuscriptError, Message, Place, nearest
from layout.flows import Flow
from layout.manuscript import figures, front_matter, markdown
from layout.manuscript.body import Body, sort_body
from layout.manuscript.encoding import decode
from layout.manuscript.front_matter import FrontMatter
from layout.manuscript.model import FrozenMap, Paragraph, ParagraphKind, PartCopy, Run, Section, Story, Text
from layout.manuscript.silences import without_silences
from layout.manuscript.story_parts import RESERVED, StoryPart, story_parts


def read_story(path: Path, *, root: Path) -> Story:
    """The story in the manuscript *path*; places name files as seen from *root*.

    Raises ``ManuscriptError``, or ``Faults`` holding several, for whatever the newsroom has to mend.
    """
    try:
        file = path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        file = path.name
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _unknown_suffix(path, file)
    faults: list[LayoutError] = []
    _check_name(path.stem, file, faults)
    try:
        data = path.read_bytes()
    except OSError:
        raise _cannot_open(path, file) from None
    try:
        story = reader(data, path.stem, file, faults)
    except LayoutError as error:
        faults += error.faults()
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return story


def story_of(data: bytes, name: str, file: str) -> Story:
    """The story *name* of a Markdown manuscript's bytes, which places call *file*. Raises as ``read_story`` does."""
    faults: list[LayoutError] = []
    try:
        story = _read_markdown(data, name, file, faults)
    except LayoutError as error:
        faults += error.faults()
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return story


def suffixes() -> tuple[str, ...]:
    """The endings of files that can be read as manuscripts."""
    return tuple(_READERS)


def _read_markdown(data: bytes, story: str, file: str, faults: list[LayoutError]) -> Story:
    text = decode(data, file, ManuscriptError)
    lines, silences = without_silences(text.split("\n"))
    text = "\n".join(lines)
    _check_size(text, file)
    if not text.strip():
        message = Message("稿件是空的。", "The manuscript is empty.")
        hint = Message(
            "先写文件头（---、headline、---），再写正文。",
            "Write the front matter (---, headline, ---), then the copy.",
        )
        raise ManuscriptError(message, place=Place(file, 1), hint=hint)
    head, taken = front_matter.split(text, file)
    front = front_matter.read(head, file, faults)
    _check_no_second_head(text.split("\n"), taken, file)
    copy = "\n".join(text.split("\n")[taken:])
    read = markdown.read(copy, taken + 1, file, faults)
    body = sort_body(read.blocks, front, Place(file, taken + 1), faults)
    body.end().extend(read.footnotes)
    return replace(_story(story, file, front, body, faults), notes=read.notes, silences=silences)


def _check_no_second_head(lines: Sequence[str], taken: int, file: str) -> None:
    """Raises ``ManuscriptError`` where a whole manuscript was pasted below a front matter: its own comes first."""
    first = next((number for number in range(taken, len(lines)) if lines[number].strip()), len(lines))
    last = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() == front_matter.FENCE), 0)
    between = lines[first + 1 : last]
    if not last or lines[first].rstrip() != front_matter.FENCE or not between:
        return
    known = front_matter.keys()
    if any(line.split(":")[0].strip() in known for line in between if ":" in line):
        raise ManuscriptError(
            Message(f"正文最前面（到第 {last + 1} 行）又是一个文件头。",
                    f"The copy begins with a second front matter, down to line {last + 1}."),
            place=Place(file, first + 1),
            hint=Message("一篇稿只有一个文件头：两个并成一个，重复的键留一处。",
                         "A story has one: make one of both, with each key once."),
        )  # fmt: skip


LARGEST = 500_000
"""Characters of a manuscript: a newspaper's page holds some 10,000."""

LINES = 5_000
"""Lines of a manuscript."""


def _check_size(text: str, file: str) -> None:
    """Raises ``ManuscriptError`` for what is larger than any copy: it would be set for hours and then cut."""
    line = LINES if text.count("\n") > LINES else text.count("\n", 0, LARGEST) + 1 if len(text) > LARGEST else None
    if line is not None:
        raise ManuscriptError(
            Message(f"稿件太大：超过 {LARGEST} 字或 {LINES} 行。",
                    f"The manuscript has more than {LARGEST} characters or {LINES} lines."),
            place=Place(file, line),
            hint=Message("查一查是不是放错了文件；长稿分成几篇。", "Is it the right file? Split long copy."),
        )  # fmt: skip


_READERS: Mapping[str, Callable[[bytes, str, str, list[LayoutError]], Story]] = MappingProxyType(
    {".md": _read_markdown, ".markdown": _read_markdown}
)
"""The seam for other kinds of manuscript: a suffix, and what reads it."""


def _story(name: str, file: str, front: FrontMatter, body: Body, faults: list[LayoutError]) -> Story:
    rows = [row for row in story_parts().values() if row.is_copy]
    story = Story(
        id=name,
        file=file,
        parts=FrozenMap((row.name, _part(row, name, front, body)) for row in rows),
        protected=tuple(run.text for run in front.lists.get("protected", ())),
        firm=front.flags.get("firm", False),
        short=next((runs[0] for runs in front.texts.get("short", ())), None),
    )
    if story.firm:
        story = story.with_texts({text.flow: _firm(text) for text in story.texts()})
    headings = [story.text(row.name) for row in rows if row.heading]
    quoted = figures.quoted(front.lists.get("figures", ()), [*story.running(), *headings], name, faults)
    return replace(story, figures=tuple(quoted))


def _firm(text: Text) -> Text:
    return replace(text, paragraphs=tuple(replace(paragraph, firm=True) for paragraph in text.paragraphs))


def _part(row: StoryPart, story: str, front: FrontMatter, body: Body) -> PartCopy:
    """What the front matter, or the body, has for a row of the table of parts."""
    match row.form:
        case "words":
            words = front.words.items()
            return FrozenMap((name, _text(row.flow_of(story, name), "word", value)) for name, value in words)
        case "sections":
            first = 0 if body.sections and body.sections[0][0] is None else 1
            return tuple(
                Section(Text(row.flow_of(story, number).with_sub("heading"), () if heading is None else (heading,)),
                        Text(row.flow_of(story, number), tuple(paragraphs)))
                for number, (heading, paragraphs) in enumerate(body.sections, first)
            )  # fmt: skip
        case "running":
            return Text(row.flow_of(story), tuple({"lede": body.lede, "closing": body.closing}[row.name]))
        case _:
            paragraphs: Iterable[tuple[Run, ...]] = front.texts.get(row.name, ())
            return _text(row.flow_of(story), row.name, _at_own_breaks(paragraphs) if row.heading else paragraphs)


def _at_own_breaks(paragraphs: Iterable[tuple[Run, ...]]) -> Iterator[tuple[Run, ...]]:
    """Words of the headline cut at its writer's ／: a sign of the copy desk for the end of a line, which is not
    printed."""
    for runs in paragraphs:
        line: list[Run] = []
        for run in runs:
            for match in _BETWEEN_BREAKS.finditer(run.text):
                if line and match.start():
                    yield tuple(line)
                    line = []
                line.append(_part_of(run, match))
        if line:
            yield tuple(line)


_BETWEEN_BREAKS = re.compile(r"[^／\s](?:[^／]*[^／\s])?")


def _part_of(run: Run, match: re.Match[str]) -> Run:
    column = None if run.place.column is None else run.place.column + match.start()
    return replace(run, text=match[0], place=replace(run.place, column=column))


def _text(flow: Flow, kind: ParagraphKind, paragraphs: Iterable[tuple[Run, ...]]) -> Text:
    return Text(flow, tuple(Paragraph(kind, runs) for runs in paragraphs))


def _check_name(stem: str, file: str, faults: list[LayoutError]) -> None:
    if re.fullmatch(r"\w[\w-]*", stem) and stem not in RESERVED:
        return
    message = Message(f"稿件的文件名“{stem}”不能作稿件的名称。", f"“{stem}” cannot be the name of a story.")
    hint = Message(
        "文件名只用字母、汉字、数字和连字符（不用 page、picture）。",
        "Name the file with letters, digits, hyphens (not page, picture).",
    )
    faults.append(ManuscriptError(message, place=Place(file), hint=hint))


_RECEIVED = frozenset((".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".txt"))
"""Endings of what ``layout import`` takes in."""


def _unknown_suffix(path: Path, file: str) -> ManuscriptError:
    if path.suffix.lower() in _RECEIVED:
        message = Message("这是来稿，还不是稿件。", "This is copy as it was received, and no manuscript yet.")
        command = f"layout import {path.name} --into {path.parent.name or '.'}"
        hint = Message(
            f"先录入：{command}，再写录入成的 .md。", f"Take it in: {command}; then name the .md that it makes."
        )
    else:
        message = Message(f"不认识的稿件格式“{path.suffix}”。", f"“{path.suffix}” is not a kind of manuscript.")
        hint = Message("稿件用 .md 文件。", "Manuscripts are .md files.")
    return ManuscriptError(message, place=Place(file), hint=hint)


def _cannot_open(path: Path, file: str) -> ManuscriptError:
    if not path.exists():
        there = (
            [each.name for each in path.parent.glob("*") if each.suffix.lower() in _READERS]
            if path.parent.is_dir()
            else []
        )
        near = nearest(path.name, there)
        message = Message("找不到这个稿件。", "There is no such manuscript.")
        hint = Message("查一查文件名和位置。", "Check its name and folder.")
        if near:
            hint = Message(f"是不是 {near}？", f"Did you mean {near}?")
        return ManuscriptError(message, place=Place(file), hint=hint)
    message = Message("稿件打不开。", "The manuscript cannot be opened.")
    return ManuscriptError(
        message, place=Place(file), hint=Message("查一查文件的读取权限。", "Check that you may read it.")
    )
