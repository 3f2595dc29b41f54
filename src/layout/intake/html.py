"""Reads HTML, as a content system or a browser saves it: the article's blocks in order, by the standard's own parser.

What stands around an article is told and not taken; nothing is fetched. A ``<br>`` ends a paragraph, as a line does.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

import tinyhtml5

from layout.checks import Finding
from layout.errors import ManuscriptError, Message, Place
from layout.intake.captions import with_captions
from layout.intake.copy_characters import cleaned
from layout.intake.html_article import (
    BLOCKS, DROPPED, HEADINGS, MOST_DEPTH, article_of, depth_of, is_hidden, stands_around, words_in,
)  # fmt: skip
from layout.intake.model import (
    CopyAlign, CopyBlock, CopyBox, CopyCell, CopyParagraph, CopyPicture, CopyPlace, CopyRole, CopyRun, CopyTable, Received,
)  # fmt: skip
from layout.intake.notices import notice, quoted
from layout.intake.picture_names import picture_name
from layout.intake.text_encoding import decode_text
from layout.intake.trimmed_runs import trimmed
from layout.intake.word_names import Xml
from layout.manuscript.characters import joint

LARGEST = 30_000_000
"""Bytes of an HTML file, pictures that it holds included; a saved article has some 200,000."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_DATA = re.compile(r"data:image/(?P<kind>[\w.+-]+)[^,]*?(?P<base64>;base64)?,", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_ALIGNS: dict[str, CopyAlign] = {"center": "center", "right": "right", "left": "left"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Style:
    """How the words are marked that stand where the walk is."""

    run: CopyRun = CopyRun("")
    role: CopyRole = "body"
    level: int = 0
    align: CopyAlign = ""
    pre: bool = False


def read_html(data: bytes, file: str) -> Received:
    """What the HTML file *data* holds; *file* is its name. Raises ``ManuscriptError`` for one without copy."""
    if len(data) > LARGEST:
        message = Message(
            f"文件太大：超过 {LARGEST // 1_000_000} MB。", f"The file has more than {LARGEST // 1_000_000} MB."
        )
        raise ManuscriptError(
            message, place=Place(file), hint=Message("查一查是不是放错了文件。", "Is it the right file?")
        )
    text, said = _decoded(data, file)
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    if depth_of(root) > MOST_DEPTH:
        message = Message(
            f"网页的标签套得太深：超过 {MOST_DEPTH} 层。", f"Its elements are more than {MOST_DEPTH} deep."
        )
        hint = Message("在浏览器里复制全文，存成 .txt 再来。", "Copy the text in a browser and save it as .txt.")
        raise ManuscriptError(message, place=Place(file), hint=hint)
    article = article_of(root)
    walk = _Walk(file)
    walk.title(root, article)
    walk.flow(article, _Style())
    walk.flush(_Style())
    if not walk.blocks:
        hint = Message("看一看是不是存成了只有框架的网页：在浏览器里复制全文。", "Copy the text in a browser instead.")
        raise ManuscriptError(Message("网页里没有正文。", "The page has no copy."), place=Place(file), hint=hint)
    blocks, guesses = with_captions(walk.blocks)
    around = [] if words_in(root) <= words_in(article) else list(_around(root, article, file))
    return Received(file, tuple(blocks), (), (*said, *around, *walk.findings(), *guesses))


def _decoded(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The characters: by what the file says of itself, where it is true, else by trial."""
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else ""
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}.get(name, "")
    try:
        if codec and not data.startswith(b"\xef\xbb\xbf"):
            return data.decode(codec), []
    except UnicodeDecodeError:
        pass  # it says what is not so
    found = decode_text(data, file)
    lost = [notice("intake.lost_bytes", each.place, found=each.data.hex(" ").upper(), line=each.place.line or 0,
                   column=each.place.column or 0) for each in found.lost]  # fmt: skip
    plain = found.encoding.startswith("UTF-8")
    return found.text, [*lost, *([] if plain else [notice("intake.encoding", Place(file), found=found.encoding)])]


def _around(root: Xml, article: Xml, file: str) -> Iterator[Finding]:
    """What stands outside the article, in one finding: its first words, and how many there are."""
    inside = {id(each) for each in article.iter()}
    body = root.find("body")
    words: list[str] = []
    for each in () if body is None else body.iter():
        if id(each) not in inside and isinstance(each.tag, str) and each.tag not in DROPPED:
            words += [text.strip() for text in (each.text, *(inner.tail for inner in each)) if text and text.strip()]
    found = " ".join(words)
    if found:
        yield notice("intake.around", Place(file), count=sum(map(len, words)), found=quoted(found, 40))


@dataclass(slots=True)
class _Walk:
    file: str
    blocks: list[CopyBlock] = field(default_factory=list)
    runs: list[CopyRun] = field(default_factory=list)
    pictures: list[CopyPicture] = field(default_factory=list)
    number: str = ""
    """What numbers the item of a list that has begun."""
    count: int = 0
    images: int = 0
    links: list[CopyPlace] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    comments: list[tuple[CopyPlace, str]] = field(default_factory=list)
    left: list[tuple[CopyPlace, Message]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def _place(self) -> CopyPlace:
        return CopyPlace(self.file, self.count + 1, "paragraph")

    def title(self, root: Xml, article: Xml) -> None:
        """The page's headline where it stands outside the article."""
        inside = next(article.iter("h1"), None)
        outside = None if inside is not None else next(root.iter("h1"), None)
        if outside is not None:
            self.flow(outside, _Style(role="title"))
            self.flush(_Style(role="title"))

    # --- elements ---

    def flow(self, element: Xml, style: _Style) -> None:
        """What stands in *element*."""
        self._text(element.text or "", style)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, style)
            elif _HAN.search(child.text or ""):
                self.comments.append((self._place(), _SPACES.sub(" ", child.text).strip()))
            self._text(child.tail or "", style)

    def _element(self, element: Xml, style: _Style) -> None:
        tag = element.tag
        if tag in DROPPED or stands_around(element):
            if words := " ".join("".join(element.itertext()).split()) if tag not in ("script", "style", "head") else "":
                self.dropped.append(words)
        elif is_hidden(element):
            self.hidden += filter(None, ["".join(element.itertext()).strip()])
        elif tag in ("br", "hr"):
            self.flush(style)
        elif tag == "img":
            self._picture(element)
        elif tag == "table":
            self.flush(style)
            self.blocks += self._table(element)
        elif tag == "ruby":
            self._ruby(element, style)
        elif tag == "aside":
            self._box(element, style)
        elif tag in BLOCKS:
            self.flush(style)
            self._block(element, style)
        else:
            self.flow(element, self._inline(element, style))

    def _block(self, element: Xml, style: _Style) -> None:
        tag = element.tag
        own = replace(style, align=_align(element) or style.align)
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

    def _list(self, element: Xml, style: _Style) -> None:
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

    def _inline(self, element: Xml, style: _Style) -> _Style:
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
        return replace(style, run=run)

    def _ruby(self, element: Xml, style: _Style) -> None:
        base = element.text or ""
        for child in element:
            words = "".join(child.itertext()) if isinstance(child.tag, str) else ""
            if child.tag == "rt":
                self._add(replace(style.run, text=_flat(base), ruby=_flat(words)))
                base = ""
            elif child.tag not in ("rp", "rtc"):
                base += words
            base += (child.tail or "").strip()
        self._text(base, style)

    def _box(self, element: Xml, style: _Style) -> None:
        self.flush(style)
        inner = _Walk(self.file, count=self.count)
        inner.flow(element, _Style())
        inner.flush(_Style())
        words = tuple(each for each in inner.blocks if isinstance(each, CopyParagraph))
        if words:
            title = words[0] if words[0].role in ("heading", "title") else None
            rest = words[1:] if title else words
            self.blocks.append(CopyBox(tuple(replace(each, role="body") for each in rest), self._place(), title))
        self.blocks += [each for each in inner.blocks if not isinstance(each, CopyParagraph)]
        self.count = inner.count

    # --- words ---

    def _text(self, text: str, style: _Style) -> None:
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
        if last and not (last.ruby or run.ruby) and replace(last, text="") == replace(run, text=""):
            self.runs[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            self.runs.append(run)

    def flush(self, style: _Style) -> None:
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
        source = element.get("src") or element.get("data-src") or ""
        alt = " ".join((element.get("alt") or "").split())
        if found := _DATA.match(source):
            self.images += 1
            self.pictures.append(CopyPicture(picture_name(self.file, self.images, f".{_ending(found['kind'])}"),
                                             _data(source[found.end() :], bool(found["base64"])), self._place(), alt=alt))  # fmt: skip
        elif re.match(r"(?:[a-z][\w+.-]*:)?//|[a-z][\w+.-]+:", source, re.IGNORECASE):
            why = Message(
                f"图在网上（{quoted(source, 60)}），程序不上网",
                f"it is on the web ({quoted(source, 60)}); nothing is fetched",
            )
            self.left.append((self._place(), why))
        elif source:
            path = unquote(source.split("?")[0].split("#")[0])
            self.pictures.append(CopyPicture(PurePosixPath(path).name, b"", self._place(), alt=alt, file=path))

    def _table(self, element: Xml) -> list[CopyBlock]:
        place = self._place()
        taken: set[tuple[int, int]] = set()
        cells: list[CopyCell] = []
        pictures: list[CopyBlock] = []
        rows = [each for each in element.iter("tr") if _owner(element, each)]
        head = 0
        for row, each in enumerate(rows):
            own = [cell for cell in each if cell.tag in ("td", "th")]
            head += own != [] and head == row and all(cell.tag == "th" for cell in own)
            column = 0
            for cell in own:
                while (row, column) in taken:
                    column += 1
                height = min(_whole(cell.get("rowspan")), len(rows) - row)
                width = min(_whole(cell.get("colspan")), 64)
                while any((row, column + extra) in taken for extra in range(width)):
                    width -= 1
                taken |= {(row + down, column + across) for down in range(height) for across in range(width)}
                inner = _Walk(self.file, count=self.count)
                inner.flow(cell, _Style(align=_align(cell)))
                inner.flush(_Style(align=_align(cell)))
                self.count = inner.count
                words = tuple(block for block in inner.blocks if isinstance(block, CopyParagraph))
                pictures += [block for block in inner.blocks if isinstance(block, CopyPicture)]
                cells.append(CopyCell(row, column, words, height, width, _align(cell)))
                column += width
        columns = max((cell.column + cell.columns for cell in cells), default=0)
        cells += [
            CopyCell(row, column, ())
            for row in range(len(rows))
            for column in range(columns)
            if (row, column) not in taken
        ]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        if not any(cell.paragraphs for cell in cells):
            return pictures
        if len([cell for cell in cells if cell.paragraphs]) == 1 and columns == 1:
            return [*(paragraph for cell in cells for paragraph in cell.paragraphs), *pictures]
        caption = element.find("caption")
        words = "" if caption is None else _flat("".join(caption.itertext()))
        title = CopyParagraph((CopyRun(words),), place, "caption") if words else None
        return [CopyTable(len(rows), columns, tuple(cells), place, head if head < len(rows) else 0, title), *pictures]

    # --- what is said ---

    def findings(self) -> Iterator[Finding]:
        """What was noticed and not carried."""
        for place, words in self.comments:
            yield notice("intake.comment", place.place, where=place.where, found=quoted(words, 60), beside="")
        for place, why in self.left:
            yield notice("intake.picture_left", place.place, where=place.where, why=why)
        if self.links:
            yield notice("intake.link", Place(self.file), where=self.links[0].where, count=len(self.links))
        if self.hidden:
            where = Message("网页", "the page")
            yield notice("intake.hidden", Place(self.file), where=where, count=sum(map(len, self.hidden)),
                         found=quoted("、".join(self.hidden)))  # fmt: skip
        if self.dropped:
            yield notice("intake.around", Place(self.file), count=sum(map(len, self.dropped)),
                         found=quoted(" ".join(self.dropped), 40))  # fmt: skip


def _flat(text: str) -> str:
    return _SPACES.sub(" ", cleaned(text)).strip()


def _align(element: Xml) -> CopyAlign:
    found = re.search(r"text-align\s*:\s*(\w+)", element.get("style", ""))
    return _ALIGNS.get((found[1] if found else element.get("align", "")).lower(), "")


def _owner(table: Xml, row: Xml) -> bool:
    """Whether *row* is one of *table*'s own, and of none that stands in it."""
    return any(
        row is own
        for group in (table, *(each for each in table if each.tag in ("thead", "tbody", "tfoot")))
        for own in group
    )


def _whole(value: str | None) -> int:
    return max(int(value), 1) if value and value.isdigit() and len(value) < 5 else 1


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
