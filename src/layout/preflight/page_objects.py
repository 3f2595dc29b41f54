"""The objects that a page is painted with, by their hashes: the same however the file is packed.

Programs that only save a file again leave them as they are: qpdf, mutool, pikepdf. A file that was edited has others,
and one that was written anew from its drawing operations (Ghostscript's pdfwrite) has no font of the old ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, StreamDecodeLevel, String

from layout.preflight.face_likeness import FontHash, font_hash
from layout.preflight.object_hashes import PageObjects
from layout.preflight.objects import get, items
from layout.preflight.objects import key as key_of
from layout.preflight.unpacked_streams import unpacked

PAGE_KEYS = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "Rotate", "UserUnit", "Group", "Annots")
"""What of a page's dictionary decides what is seen, besides its content and its resources."""

NOT_SEEN = frozenset({
    "Length", "Filter", "DecodeParms", "DL", "Parent", "P", "StructParent", "StructParents", "Metadata", "LastModified",
    "PieceInfo",
})  # fmt: skip
"""Keys that say how a stream is packed, that lead back into the document, or that nothing is painted with."""

WIDTHS = frozenset({"/W", "/W2", "/Widths"})
"""Keys of lists of hundreds of numbers, which are taken in as they are written: no program writes them otherwise that
leaves a font as it is."""

MAX_OBJECTS = 200_000
"""Objects below one page that are hashed: a broadsheet page has some two thousand."""


def page_objects(page: Page) -> PageObjects:
    """The hashes of *page*. Raises ``PdfError`` for objects that cannot be read, ``ValueError`` for too many."""
    return _Digests().of_page(page)[0]


@dataclass(frozen=True, slots=True)
class HashedPage:
    """What a page is painted with, by hashes."""

    objects: PageObjects
    ground: str
    """Of all of it but the page's own instructions, and the fonts that its resources name; with what the file says of
    its layers. To the last digit: these hashes need outlast no program that saves the file again."""
    fonts: Mapping[str, FontHash]
    """These fonts, by their names."""


def hashed(document: Pdf) -> HashedPage:
    """The hashes of the only page of *document*, and that of its ground. Raises as ``page_objects`` does."""
    page = document.pages[0]
    objects, ground = _Digests().of_page(page, document.Root.get(Name.OCProperties))
    return HashedPage(objects, ground, {name: font_hash(each) for name, each in items(get(page, "Resources", "Font"))})


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@dataclass(slots=True)
class _Digests:
    """The four hashes while the objects are gone through, each once."""

    content: _Digest = field(default_factory=hashlib.sha256)
    fonts: _Digest = field(default_factory=hashlib.sha256)
    pictures: _Digest = field(default_factory=hashlib.sha256)
    rest: _Digest = field(default_factory=hashlib.sha256)
    named: set[tuple[int, int] | None] = field(default_factory=set)
    """The fonts that were met, by their numbers."""
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    below_fonts: set[tuple[int, int]] = field(default_factory=set)
    """The objects that were met first below a font, by their numbers."""
    shared: bool = False
    """Whether one of them was met again above."""
    exact: _Digest = field(default_factory=hashlib.sha256)
    """Of single values that no font holds, as the file has them."""
    count: int = 0

    def of_page(self, page: Page, layers: object = None) -> tuple[PageObjects, str]:
        for key in PAGE_KEYS:
            value = _inherited(page.obj, f"/{key}")
            if value is not None:
                self.rest.update(key.encode())
                self.add(value, self.rest)
        self.add(page.obj.get(Name.Resources) or _inherited(page.obj, "/Resources"), self.rest)
        # Fonts of forms are part of the ground, and with them all others.
        own = {key_of(each) for _, each in items(get(page, "Resources", "Font"))}
        with_fonts = bool(self.named - own) or self.shared
        in_catalogue = hashlib.sha256()
        self.add(layers, in_catalogue)
        of_ground = (self.content, self.pictures, self.rest, self.exact, in_catalogue)
        ground = " ".join(each.hexdigest() for each in (*of_ground, *([self.fonts] if with_fonts else ())))
        contents = page.obj.get(Name.Contents)
        for part in list(contents) if isinstance(contents, Array) else [contents]:
            if isinstance(part, Stream):
                self.content.update(_data(part).strip() + b"\n")
        digests = (self.content, self.fonts, self.pictures, self.rest)
        return PageObjects(*(each.hexdigest() for each in digests)), ground

    def add(self, value: object, into: _Digest) -> None:
        """Takes *value* in, and all that it leads to."""
        self.count += 1
        if self.count > MAX_OBJECTS:
            raise ValueError(self.count)
        match value:
            case Stream() | Dictionary():
                if self._known(value, into):
                    return
                into = self._own(value, into)
                self._entries(dict(value.items()), into)
                if isinstance(value, Stream):
                    drawn = into is self.rest and (value.get(Name.Subtype) == Name.Form or Name.PatternType in value)
                    (self.content if drawn else into).update(_data(value))
            case Array():
                if self._known(value, into):
                    return
                into.update(b"[%d" % len(value))
                for each in value:
                    self.add(each, into)
            case _:
                written = _plain(value)
                into.update(written)
                if into is not self.fonts:  # those of the page are compared by ``font_hash``
                    self.exact.update(b"%d %s" % (len(written), written) if written[:1] != b"#" else b"%a " % value)

    def _entries(self, entries: Mapping[str, object], into: _Digest) -> None:
        into.update(b"<")
        for key in sorted(entries):
            if key[1:] not in NOT_SEEN:
                into.update(key.encode("utf-8", "surrogatepass"))
                value = entries[key]
                if key in WIDTHS and isinstance(value, Array):
                    into.update(value.unparse(resolved=True))
                else:
                    self.add(value, into)
        into.update(b">")

    def _own(self, value: Object, into: _Digest) -> _Digest:
        """The hash that an object belongs to, and all below it."""
        if into is self.rest and value.get(Name.Type) == Name.Font:
            self.named.add(value.objgen)
            return self.fonts
        if into is self.rest and value.get(Name.Subtype) == Name.Image:
            return self.pictures
        return into

    def _known(self, value: Object, into: _Digest) -> bool:
        """Whether an indirect object was taken in before: then by its place among them."""
        if not value.is_indirect:
            return False
        number = self.numbers.setdefault(value.objgen, len(self.numbers))
        known = number < len(self.numbers) - 1
        if known:
            into.update(b"@%d" % number)
            self.shared |= into is not self.fonts and value.objgen in self.below_fonts
        elif into is self.fonts:
            self.below_fonts.add(value.objgen)
        return known


def _inherited(page: Object, key: str) -> object:
    """A page's value of *key*, or that of the tree above it; None where there is none."""
    for _ in range(MAX_TREE):
        if key in page:
            return page[key]
        above = page.get(Name.Parent)
        if not isinstance(above, Dictionary):
            return None
        page = above
    return None


MAX_TREE = 64
"""Levels of the tree of pages: qpdf writes one, other programs a handful."""


def _data(stream: Stream) -> bytes:
    """A stream's bytes without their packing; of a JPEG its own."""
    found = unpacked(stream)
    if found is not None:
        return found
    try:
        return stream.read_bytes(decode_level=StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _plain(value: object) -> bytes:
    match value:
        case bool() | None:
            return repr(value).encode()
        case int() | float() | Decimal():
            return b"#%.6g" % float(value)
        case String():
            return b"(" + bytes(value)
        case Name():
            return str(value).encode("utf-8", "surrogatepass")
        case _:
            return repr(value).encode("utf-8", "surrogatepass")
