"""Reads a Word file (.docx): its blocks in order, its notes, and what it holds that is not carried.

Changes that are tracked are taken as accepted. python-docx opens the file (``word_package``); the walk is ours, for its
paragraphs know neither tracked insertions nor content controls, text boxes, notes, readings and numbers, and mammoth's
no numbers, no places, no readings, and nothing of what they leave out. docs/import.md says what was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from layout.checks import Finding
from layout.errors import Message, Place
from layout.intake.captions import with_captions
from layout.intake.common_bold import without_common_bold
from layout.intake.model import (
    CopyBlock,
    CopyBox,
    CopyNote,
    CopyParagraph,
    CopyPicture,
    CopyPlace,
    CopyRun,
    Received,
)  # fmt: skip
from layout.intake.notices import notice, quoted
from layout.intake.picture_names import picture_name
from layout.intake.trimmed_runs import trimmed
from layout.intake.word_names import MC, W, Xml
from layout.intake.word_numbering import WordNumbering, read_numbering
from layout.intake.word_package import OpenedWord, damaged, open_word
from layout.intake.word_record import Noticed, WordRecord
from layout.intake.word_styles import CONTENTS, WordStyle, WordStyles, align_of, is_indented, numbering_of, read_styles
from layout.intake.word_tables import deleted_rows, read_table
from layout.intake.word_text import WordPicture, WordText, WordTextWalk, word_art
from layout.manuscript.characters import joint

LARGEST_PICTURE = 40 << 20
"""Bytes of one picture: a camera's largest JPEG has some 30 MB; what is larger is a scan that nobody meant to send."""
_VECTORS = (".emf", ".wmf", ".svg", ".pict")
"""Kinds of pictures that no photograph has, and the press's program does not read."""


def read_word(data: bytes, file: str) -> Received:
    """What the Word file *data* holds; *file* is its name. Raises ``ManuscriptError`` for one that cannot be read."""
    opened = open_word(data, file)
    body = opened.main.element.find(W + "body")
    if body is None:
        raise damaged(file)
    reading = _Reading(opened, file)
    blocks, bold = without_common_bold(reading.blocks(body), file)
    blocks, guesses = with_captions(blocks)
    notes = tuple(reading.notes())
    findings = (*reading.opening(), *reading.record.findings(), *reading.closing(), *bold, *guesses)
    return Received(file, tuple(blocks), notes, findings)


@dataclass(slots=True)
class _Reading:
    """A file while it is read."""

    opened: OpenedWord
    file: str
    record: WordRecord = field(init=False)
    styles: WordStyles = field(init=False)
    numbering: WordNumbering = field(init=False)
    walk: WordTextWalk = field(init=False)
    count: int = 0
    """How many paragraphs of the running text have been met."""
    boxes: int = 0
    within: tuple[Message, int] | None = None
    """What the paragraphs stand in that are being read, and how many of them have been met."""
    used: dict[str, str] = field(default_factory=dict)
    """The pictures taken, by the names of their parts: a picture that is shown again is one."""
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    notes_by_kind: dict[str, Mapping[str, Xml]] = field(default_factory=dict)
    carried: tuple[CopyRun, ...] = ()
    """Words of a paragraph whose end is a tracked deletion: they go on in the next."""

    def __post_init__(self) -> None:
        self.record = WordRecord(self.file)
        self.styles = read_styles(self.opened.related("styles"))
        self.numbering = read_numbering(self.opened.related("numbering"))
        comments = self.opened.related("comments")
        words = (
            {} if comments is None else {each.get(W + "id"): _all_words(each) for each in comments.iter(W + "comment")}
        )
        self.walk = WordTextWalk(self.styles, self.record, self._label, comments=words)

    # --- places ---

    def _place(self) -> CopyPlace:
        """The place of the next paragraph."""
        if self.within is None:
            self.count += 1
            return CopyPlace(self.file, self.count, "paragraph")
        self.within = (self.within[0], self.within[1] + 1)
        return CopyPlace(self.file, self.within[1], "paragraph", self.within[0])

    # --- blocks ---

    def blocks(self, parent: Xml | None) -> list[CopyBlock]:
        """The blocks below *parent*."""
        found: list[CopyBlock] = []
        for child in () if parent is None else parent:
            match child.tag:
                case str() as tag if tag == W + "p":
                    found += self._paragraph(child)
                case str() as tag if tag == W + "tbl":
                    found += self._table(child)
                case str() as tag if tag in _HOLDERS:
                    found += self.blocks(child)
                case str() as tag if tag == W + "sdt":
                    found += self.blocks(child.find(W + "sdtContent"))
                case str() as tag if tag == MC + "AlternateContent":
                    chosen = child.find(MC + "Choice")
                    found += self.blocks(chosen if chosen is not None else child.find(MC + "Fallback"))
                case str() as tag if tag == W + "altChunk":
                    self.record.objects.append((Noticed(self._place()), Message("嵌入的另一个文件", "another file")))
        return found

    def _table(self, element: Xml) -> list[CopyBlock]:
        place = CopyPlace(self.file, self.count + 1, "paragraph")
        self.record.deleted += [Noticed(place, words, len(words)) for words in deleted_rows(element) if words]
        found = read_table(element, place, self.blocks)
        for each in found:
            for cell in getattr(each, "cells", ()):
                if len(cell.paragraphs) > 1:
                    self.record.cells.append(Noticed(cell.paragraphs[0].place, cell.paragraphs[0].text))
        return found

    def _paragraph(self, element: Xml) -> Iterator[CopyBlock]:
        properties = element.find(W + "pPr")
        place = self._place()
        style = self.styles.of(_style_id(properties))
        text = self.walk.paragraph(element, style.type, place)
        if CONTENTS.fullmatch(style.name.strip()):
            if text.text.strip():
                self.record.contents.append(Noticed(place, text.text.strip()))
            return
        if _end_is_deleted(properties):
            self.carried = (*self.carried, *text.runs)
        else:
            text.runs, self.carried = [*self.carried, *text.runs], ()
            yield from self._words(text, properties, style)
        for use in text.pictures:
            yield from self._picture(use, place)
        for box in text.boxes:
            yield from self._box(box, place)

    def _words(self, text: WordText, properties: Xml | None, style: WordStyle) -> Iterator[CopyParagraph]:
        runs, indent = trimmed(tuple(text.runs))
        if not any(run.text.strip() or run.note for run in runs):
            return
        role, level = style.role
        label, is_item = self._number(properties, style, text.place, runs)
        outline = properties.find(W + "outlineLvl") if properties is not None and role == "body" else None
        if outline is not None and outline.get(W + "val", "9").isdigit() and int(outline.get(W + "val", "9")) < 9:
            role, level = "heading", int(outline.get(W + "val")) + 1
        yield CopyParagraph(
            runs,
            text.place,
            "item" if is_item and role == "body" else role,
            level,
            label,
            align_of(properties, style),
            next(iter(text.sizes)) if len(text.sizes) == 1 else None,
            style.name,
            indent or _INDENT * bool(is_indented(properties, style)),
        )

    def _number(
        self, properties: Xml | None, style: WordStyle, place: CopyPlace, runs: tuple[CopyRun, ...]
    ) -> tuple[str, bool]:
        """What Word has numbered the paragraph with, and whether it is a bullet, which is no copy."""
        own, level = numbering_of(properties)
        found = self.numbering.label(own or style.numbering[0], style.numbering[1] if level is None else level)
        if found is None:
            return "", False
        if found.bullet:
            self.record.bullets.append(Noticed(place, found.text if found.text.isprintable() else "•"))
            return "", True
        number = found.text.strip()
        self.record.numbers.append(Noticed(place, number))
        gap = joint(number, runs[0].text) if runs and number[-1:].isascii() else ""
        return number + gap, False

    def _box(self, content: Xml, place: CopyPlace) -> Iterator[CopyBlock]:
        """A text box: pictures and captions by themselves, other copy as a box."""
        self.boxes += 1
        outside, self.within = self.within, (Message(f"文本框 {self.boxes} ", f"text box {self.boxes}"), 0)
        blocks = self.blocks(content)
        self.within = outside
        pictures = [each for each in blocks if isinstance(each, CopyPicture)]
        words = [each for each in blocks if isinstance(each, CopyParagraph)]
        yield from (each for each in blocks if not isinstance(each, CopyParagraph))
        if not words:
            return
        if pictures or all(each.role == "caption" for each in words):
            yield from (replace(each, role="caption") for each in words)
        else:
            yield CopyBox(tuple(words), place)

    # --- pictures ---

    def _picture(self, use: WordPicture, place: CopyPlace) -> Iterator[CopyPicture]:
        if use.linked:
            self._no_picture(place, "只有链接，图不在文件里", "it is linked and not in the file")
            return
        found = self.opened.blob(use.relation)
        if found is None:
            self._no_picture(place, "图丢了，文件里没有", "it is missing from the file")
        elif found[0].lower().endswith(_VECTORS):
            self._no_picture(place, f"是矢量图（{found[0]}）", f"it is a drawing ({found[0]})")
        elif len(found[1]) > LARGEST_PICTURE:
            size = len(found[1]) >> 20
            self._no_picture(place, f"有 {size} MB，超过 {LARGEST_PICTURE >> 20} MB",
                             f"it has {size} MB, more than {LARGEST_PICTURE >> 20}")  # fmt: skip
        elif found[0] not in self.used:
            self.used[found[0]] = picture_name(self.file, len(self.used) + 1, found[0])
            yield CopyPicture(self.used[found[0]], found[1], place, alt=use.alt)

    def _no_picture(self, place: CopyPlace, zh: str, en: str) -> None:
        self.record.pictures.append((place, Message(zh, en)))

    # --- notes ---

    def _label(self, kind: str, note: str) -> str:
        """The label of a note: they are numbered in the order in which they are met, foot- and endnotes together."""
        if note in self._notes_of(kind):
            return self.labels.setdefault((kind, note), str(len(self.labels) + 1))
        return ""

    def _notes_of(self, kind: str) -> Mapping[str, Xml]:
        if kind not in self.notes_by_kind:
            root = self.opened.related(f"{kind}s")
            found = () if root is None else (each for each in root if each.get(W + "type", "normal") == "normal")
            self.notes_by_kind[kind] = {each.get(W + "id"): each for each in found}
        return self.notes_by_kind[kind]

    def notes(self) -> Iterator[CopyNote]:
        """The notes that are referred to, in the order of their labels."""
        for (kind, note), label in list(self.labels.items()):
            name = Message(f"注 {label} ", f"note {label}")
            self.within = (name, 0)
            paragraphs = [each for each in self.blocks(self._notes_of(kind)[note]) if isinstance(each, CopyParagraph)]
            self.within = None
            yield CopyNote(label, tuple(paragraphs), CopyPlace(self.file, 1, "paragraph", name))

    # --- what is said of the file as a whole ---

    def opening(self) -> Iterator[Finding]:
        """What concerns the whole file: macros, parts that stand elsewhere, parts that are missing."""
        if self.opened.macros:
            yield notice("intake.macro", Place(self.file))
        if self.opened.external:
            yield notice("intake.external", Place(self.file), count=len(self.opened.external),
                         found=quoted(self.opened.external[0], 60))  # fmt: skip

    def closing(self) -> Iterator[Finding]:
        """Headers and footers, and kinds of numbers that are not known."""
        for kind, name in (("header", Message("页眉", "header")), ("footer", Message("页脚", "footer"))):
            roots = list(self.opened.parts(kind))
            for words in dict.fromkeys(each for root in roots if (each := _all_words(root).strip())):
                yield notice("intake.furniture", Place(self.file), found=quoted(words, 60), kind=name)
            for words in dict.fromkeys(each for root in roots for each in word_art(root)):
                yield notice("intake.furniture", Place(self.file), found=quoted(words, 60), kind=_WATERMARK)
        if self.numbering.unknown:
            yield notice("intake.number_kind", Place(self.file), found="、".join(sorted(self.numbering.unknown)))


_WATERMARK = Message("水印", "watermark")
_INDENT = 2
"""Ideographic spaces that an indented first line stands for, as everywhere in Chinese copy."""
_HOLDERS = frozenset({W + "customXml", W + "ins", W + "moveTo", W + "smartTag"})
"""Elements that hold blocks and say nothing else of them."""


def _style_id(properties: Xml | None) -> str | None:
    style = None if properties is None else properties.find(W + "pStyle")
    return None if style is None else style.get(W + "val")


def _end_is_deleted(properties: Xml | None) -> bool:
    """Whether a paragraph's end is a tracked deletion, so that it goes on in the next."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _all_words(element: Xml) -> str:
    """The words of all paragraphs below *element*, a line each."""
    return "\n".join(
        "".join(each.text or "" for each in paragraph.iter(W + "t")) for paragraph in element.iter(W + "p")
    )
