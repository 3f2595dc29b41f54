"""Walks through HTML and gathers its blocks, with what is noticed and not carried."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

from layout.checks import Finding
from layout.errors import Message, Place
from layout.intake.copy_characters import cleaned
from layout.intake.html_article import BLOCKS, DROPPED, HEADINGS, is_hidden, stands_around
from layout.intake.html_tables import align_of, flat, read_html_table
from layout.intake.model import (
    CopyAlign,
    CopyBlock,
    CopyBox,
    CopyParagraph,
    CopyPicture,
    CopyPlace,
    CopyRole,
    CopyRun,
)  # fmt: skip
from layout.intake.notices import notice, quoted
from layout.intake.picture_names import picture_name
from layout.intake.trimmed_runs import trimmed
from layout.intake.word_names import Xml
from layout.intake.word_record import Noticed, where
from layout.manuscript.characters import joint

_SPACES = re.compile(r"[ \t\n\r\f]+")
_DATA = re.compile(r"data:image/(?P<kind>[\w.+-]+)[^,]*?(?P<base64>;base64)?,", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][\w+.-]*:)?//|[a-z][\w+.-]+:", re.IGNORECASE)
"""How an address begins that leads out of the file's folder."""
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = CopyRun("")


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """How the words are marked that stand where the walk is."""

    run: CopyRun = _PLAIN
    role: CopyRole = "body"
    level: int = 0
    align: CopyAlign = ""
    pre: bool = False


@dataclass(slots=True)
class HtmlWalk:
    """A page while it is walked through."""

    file: str
    blocks: list[CopyBlock] = field(default_factory=list)
    runs: list[CopyRun] = field(default_factory=list)
    pictures: list[CopyPicture] = field(default_factory=list)
    number: str = ""
    """What numbers the item of a list that has begun."""
    count: int = 0
    images: int = 0
    links: list[CopyPlace] = field(default_factory=list)
    hidden: list[Noticed] = field(default_factory=list)
    struck: list[Noticed] = field(default_factory=list)
    """Words with a line through them, which are taken."""
    comments: list[tuple[CopyPlace, str]] = field(default_factory=list)
    left: list[tuple[CopyPlace, Message]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def _place(self) -> CopyPlace:
        return CopyPlace(self.file, self.count + 1, "paragraph")

    def _noticed(self, element: Xml) -> list[Noticed]:
        words = "".join(element.itertext()).strip()
        return [Noticed(self._place(), words, len(words))] if words else []

    def title(self, root: Xml, article: Xml) -> None:
        """The page's headline where it stands outside the article."""
        inside = next(article.iter("h1"), None)
        outside = None if inside is not None else next(root.iter("h1"), None)
        if outside is not None:
            self.flow(outside, HtmlStyle(role="title"))
            self.flush(HtmlStyle(role="title"))

    # --- elements ---

    def flow(self, element: Xml, style: HtmlStyle) -> None:
        """What stands in *element*."""
        self._text(element.text or "", style)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, style)
            elif _HAN.search(child.text or ""):
                self.comments.append((self._place(), _SPACES.sub(" ", child.text).strip()))
            self._text(child.tail or "", style)

    def _element(self, element: Xml, style: HtmlStyle) -> None:
        tag = element.tag
        if tag in DROPPED or stands_around(element):
            if words := " ".join("".join(element.itertext()).split()) if tag not in ("script", "style", "head") else "":
                self.dropped.append(words)
        elif is_hidden(element):
            self.hidden += self._noticed(element)
        elif tag in ("br", "hr"):
            self.flush(style)
        elif tag == "img":
            self._picture(element)
        elif tag == "table":
            self.flush(style)
            self.blocks += read_html_table(element, self._place(), self._cell)
        elif tag == "ruby":
            self._ruby(element, style)
        elif tag == "q":  # a browser writes the marks
            self._text("“", style)
            self.flow(element, style)
            self._text("”", style)
        elif tag == "aside":
            self._box(element, style)
        elif tag in BLOCKS:
            self.flush(style)
            self._block(element, style)
        else:
            self.flow(element, self._inline(element, style))

    def _block(self, element: Xml, style: HtmlStyle) -> None:
        tag = element.tag
        own = replace(style, align=align_of(element) or style.align)
        if tag in HEADINGS:
            is_title = tag == "h1" and not any(
                isinstance(each, CopyParagraph) and each.role == "title" for each in self.blocks
            )
            own = replace(own, role="title" if is_title else "heading", level=0 if is_title else HEADINGS[tag])
        elif tag == "blockquote":
            own = replace(own, role="quote")
        elif tag == "figcaption":
            own = replace(own, role="caption")
        elif tag == "pre":
            own = replace(own, pre=True)
        elif tag in ("ul", "menu", "ol"):
            self._list(element, own)
            return
        self.flow(element, replace(own, run=self._inline(element, own).run))
        self.flush(own)

    def _list(self, element: Xml, style: HtmlStyle) -> None:
        start = element.get("start", "1")
        number = int(start) if start.lstrip("-").isdigit() and len(start) < 6 else 1
        for child in element:
            if not isinstance(child.tag, str):
                continue
            value = child.get("value", "")
            number = int(value) if value.isdigit() and len(value) < 6 else number
            self.number = f"{_ordinal(number, element.get('type', '1'))}." if element.tag == "ol" else ""
            own = replace(style, role="body" if self.number else "item")
            self.flow(child, own)
            self.flush(own)
            self.number = ""
            number += 1

    def _inline(self, element: Xml, style: HtmlStyle) -> HtmlStyle:
        tag, run, css = element.tag, style.run, element.get("style", "")
        if tag in ("b", "strong") or _BOLD.search(css):
            run = replace(run, strong=True)
        elif tag in ("i", "em", "cite"):
            run = replace(run, emphasis=True)
        elif tag in ("u", "ins"):
            run = replace(run, under=("line",))
        elif tag in ("sup", "sub"):
            run = replace(run, level="super" if tag == "sup" else "sub")
        elif tag == "a" and element.get("href") and "".join(element.itertext()).strip():
            self.links.append(self._place())
        if tag in ("s", "strike", "del") or _STRUCK.search(css):
            self.struck += self._noticed(element)
        return replace(style, run=run)

    def _ruby(self, element: Xml, style: HtmlStyle) -> None:
        base = element.text or ""
        for child in element:
            words = "".join(child.itertext()) if isinstance(child.tag, str) else ""
            if child.tag == "rt":
                self._add(replace(style.run, text=flat(base), ruby=flat(words)))
                base = ""
            elif child.tag not in ("rp", "rtc"):
                base += words
            base += (child.tail or "").strip()
        self._text(base, style)

    def _box(self, element: Xml, style: HtmlStyle) -> None:
        self.flush(style)
        blocks = self._inside(element, HtmlStyle())
        words = tuple(each for each in blocks if isinstance(each, CopyParagraph))
        if words:
            title = words[0] if words[0].role in ("heading", "title") else None
            rest = words[1:] if title else words
            self.blocks.append(CopyBox(tuple(replace(each, role="body") for each in rest), self._place(), title))
        self.blocks += [each for each in blocks if not isinstance(each, CopyParagraph)]

    # --- words ---

    def _text(self, text: str, style: HtmlStyle) -> None:
        if style.pre:
            lines = cleaned(text).split("\n")
            for index, line in enumerate(lines):
                self._add(replace(style.run, text=line))
                if index < len(lines) - 1:
                    self.flush(style)
            return
        pieces = _SPACES.split(cleaned(text))
        words = pieces[0]
        gaps = _SPACES.findall(cleaned(text))
        for gap, piece in zip(gaps, pieces[1:], strict=True):
            words += (joint(words, piece) if "\n" in gap and words and piece else " ") + piece
        last = self.runs[-1].text[-1:] if self.runs else " "
        words = words.lstrip(" ") if last in (" ", "") and not (self.runs and self.runs[-1].note) else words
        self._add(replace(style.run, text=words))

    def _add(self, run: CopyRun) -> None:
        last = self.runs[-1] if self.runs else None
        if last and last.is_set_like(run):
            self.runs[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            self.runs.append(run)

    def flush(self, style: HtmlStyle) -> None:
        """Ends the paragraph that has begun."""
        runs, indent = trimmed(self.runs)
        self.runs = []
        if any(run.text.strip() for run in runs):
            place = self._place()
            self.count += 1
            number = self.number + joint(self.number, runs[0].text) if self.number else ""
            self.number = ""
            self.blocks.append(CopyParagraph(runs, place, style.role, style.level, number, style.align, indent=indent))
        self.blocks += self.pictures
        self.pictures = []

    # --- pictures and tables ---

    def _picture(self, element: Xml) -> None:
        lazy = (value for name, value in element.attrib.items() if name.endswith(("-src", "-original")) and value)
        source = next(lazy, element.get("src", ""))  # a page that loads late has a stand-in as its src
        alt = " ".join((element.get("alt") or "").split())
        if found := _DATA.match(source):
            self.images += 1
            name = picture_name(self.file, self.images, f"image.{_ending(found['kind'])}")
            data = _data(source[found.end() :], bool(found["base64"]))
            self.pictures.append(CopyPicture(name, data, self._place(), alt=alt))
        elif _ELSEWHERE.match(source):
            why = Message(
                f"图在网上（{quoted(source, 60)}），程序不上网",
                f"it is on the web ({quoted(source, 60)}); nothing is fetched",
            )
            self.left.append((self._place(), why))
        elif source:
            path = unquote(source.split("?")[0].split("#")[0])
            self.pictures.append(CopyPicture(PurePosixPath(path).name, b"", self._place(), alt=alt, file=path))

    def _cell(self, element: Xml, align: CopyAlign) -> list[CopyBlock]:
        """The blocks of a table's cell."""
        return self._inside(element, HtmlStyle(align=align))

    def _inside(self, element: Xml, style: HtmlStyle) -> list[CopyBlock]:
        """The blocks of what stands by itself; what is noticed there is noticed of the page."""
        inner = replace(self, blocks=[], runs=[], pictures=[], number="")
        inner.flow(element, style)
        inner.flush(style)
        self.count, self.images = inner.count, inner.images
        return inner.blocks

    # --- what is said ---

    def findings(self) -> Iterator[Finding]:
        """What was noticed and not carried."""
        for place, words in self.comments:
            yield notice("intake.comment", place.place, where=place.where, found=quoted(words, 60), beside="")
        for place, why in self.left:
            yield notice("intake.picture_left", place.place, where=place.where, why=why)
        if self.links:
            yield notice("intake.link", Place(self.file), where=self.links[0].where, count=len(self.links))
        for check, found in (("intake.hidden", self.hidden), ("intake.struck", self.struck)):
            if found:
                yield notice(check, found[0].place.place, where=where(found), count=sum(each.count for each in found),
                             found=quoted("、".join(each.words for each in found)))  # fmt: skip
        if self.dropped:
            yield notice("intake.around", Place(self.file), count=sum(map(len, self.dropped)),
                         found=quoted(" ".join(self.dropped), 40))  # fmt: skip


def _ordinal(number: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < number <= len(_LETTERS):
        return _LETTERS[number - 1].upper() if kind == "A" else _LETTERS[number - 1]
    return str(number)


def _ending(kind: str) -> str:
    return {"jpeg": "jpg", "svg+xml": "svg"}.get(kind.lower(), kind.lower())


def _data(written: str, is_base64: bool) -> bytes:
    raw = unquote_to_bytes(written)
    if not is_base64:
        return raw
    try:
        return base64.b64decode(raw, validate=False)
    except (binascii.Error, ValueError):
        return b""
