"""Fonts as a PDF has them: what is embedded, how codes become glyphs, widths and characters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pikepdf

from layout.preflight.embedded_program import EmbeddedProgram
from layout.preflight.font_program import FontProgram
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, data, get, key, name, number, numbers, whole
from layout.preflight.simple_encodings import character_set, characters, decoded, glyph_names, split

SUBSET = re.compile(r"[A-Z]{6}\+")
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
PAIR = re.compile(rb"<([0-9A-Fa-f\s]*)>[^<]*<([0-9A-Fa-f\s]*)>")
FONT_FILES = ("FontFile", "FontFile2", "FontFile3")
MAX_RANGE = 65_536
"""Characters one bfrange may cover."""

USUAL_WIDTH = 500.0
"""Of a letter in a Latin text face."""

MAX_CODES = 70_000
"""Entries of one font's table that are read; two bytes have no more."""


@dataclass(frozen=True, slots=True)
class PdfFace:
    """One font of the file."""

    name: str
    """BaseFont, subset tag included."""
    kind: str
    """Subtype: Type0, TrueType, Type1, MMType1, Type3; "" when the font is missing or broken."""
    descendant: str
    """Subtype of a Type0 font's descendant: CIDFontType0 or CIDFontType2."""
    encoding: str
    """A composite font's CMap name, "" when it is a stream or a simple font's."""
    embedded: bool
    program: str
    """Subtype of a FontFile3, else the key it is embedded under, else ""."""
    unicode: Mapping[int, str]
    """Character codes to text, as ToUnicode has it; what that leaves out by the glyph's name or the character set."""
    to_unicode: bool
    """Whether there is a ToUnicode at all."""
    widths: Mapping[int, float]
    """Advance per code in 1/1000 em."""
    default_width: float
    cid_to_gid: str
    """"Identity", "stream", "missing" or "misplaced" (the key on a CFF font, which must not have it)."""
    glyphs: bytes
    """The CIDToGIDMap stream's bytes."""
    unit: float = 0.001
    """What a width is counted in, in ems; of a Type 3 font by its own matrix."""
    names: Mapping[int, str] = field(default_factory=dict)
    """The glyph names of a simple font's codes; empty where the program's own tables decide."""
    symbolic: bool = False
    """Whether a simple font says that it is not Latin text: its program's own encoding then counts."""
    file: EmbeddedProgram | None = field(default=None, compare=False, repr=False)
    """The embedded program, where it unpacks."""

    @property
    def opened(self) -> FontProgram | None:
        """The embedded program, opened; ``None`` when there is none."""
        return self.file.opened() if self.file is not None else None

    @property
    def character_set(self) -> str:
        """The codec of a composite font's codes, where its CMap is one of a character set."""
        return character_set(self.encoding) if self.composite else ""

    @property
    def composite(self) -> bool:
        """Whether codes have several bytes."""
        return self.kind == "Type0"

    @property
    def subset(self) -> bool:
        """Whether its name bears a subset tag."""
        return bool(SUBSET.match(self.name))

    @property
    def plain_name(self) -> str:
        """BaseFont without the subset tag and the comma WeasyPrint leaves at its end."""
        return SUBSET.sub("", self.name).rstrip(",")

    def codes(self, shown: bytes) -> Iterator[int]:
        """The character codes of a shown string. Composite fonts are read two bytes to a code, but for those of a
        character set.
        """
        if not self.composite:
            yield from shown
            return
        if codec := self.character_set:
            yield from split(shown, codec)
            return
        for at in range(0, len(shown) - 1, 2):
            yield shown[at] << 8 | shown[at + 1]

    def text(self, code: int) -> str:
        """The characters of a code; U+FFFD where the font does not say."""
        found = self.unicode.get(code)
        if found is None and code == ord(" ") and not self.composite and self.kind != "Type3":
            return " "  # the word space, which TeX's fonts give no name
        if found is None and code < ord(" ") and self.names and not self.symbolic and code not in self.names:
            return ""  # a control code: no Latin encoding shows anything for it
        if found is None and (codec := self.character_set):
            return decoded(code, codec)
        return "\ufffd" if found is None else found

    def width(self, code: int) -> float:
        """The advance of a code in 1/1000 em."""
        return self.widths.get(code, self.default_width)


MISSING = PdfFace("", "", "", "", False, "", {}, False, {}, 0.0, "", b"")


SYMBOLIC = 4
"""The bit of a font descriptor's /Flags (ISO 32000-1, table 123)."""


def face_of(font: PdfValue, programs: Mapping[tuple[int, int], bytes] | None = None) -> PdfFace:
    """What *font*'s dictionary says; ``MISSING`` when it is none. *programs* are those that were unpacked already."""
    kind = name(get(font, "Subtype"))
    if not kind:
        return MISSING
    descendants = array(get(font, "DescendantFonts"))
    composite = kind == "Type0"
    inner = descendants[0] if composite and descendants else font
    descriptor = get(inner, "FontDescriptor")
    embedded = next((each for each in FONT_FILES if get(descriptor, each) is not None), "")
    widths, default = _cid_widths(inner) if composite else _simple_widths(font)
    mapping, glyphs = _cid_to_gid(inner) if composite else ("", b"")
    to_unicode = data(get(font, "ToUnicode"))
    file = _file(get(descriptor, embedded), programs or {}) if embedded else None
    symbolic = bool((whole(get(descriptor, "Flags")) or 0) & SYMBOLIC)
    names = {} if composite else _names(font, kind, file, symbolic=symbolic)
    return PdfFace(
        name=name(get(font, "BaseFont")) or name(get(font, "Name")),
        kind=kind,
        descendant=name(get(inner, "Subtype")) if composite else "",
        encoding=name(get(font, "Encoding")),
        embedded=bool(embedded) or kind == "Type3",
        program=name(get(inner, "FontDescriptor", embedded, "Subtype")) or embedded,
        unicode=characters(names, dingbats="Dingbats" in name(get(font, "BaseFont")))
        | to_unicode_map(to_unicode or b""),
        to_unicode=to_unicode is not None,
        widths=widths,
        default_width=default,
        cid_to_gid=mapping,
        glyphs=glyphs,
        unit=_unit(font) if kind == "Type3" else 0.001,
        names=names,
        symbolic=symbolic,
        file=file,
    )


def _unit(font: PdfValue) -> float:
    matrix = numbers(get(font, "FontMatrix"))
    return abs(matrix[0]) if len(matrix) == 6 and matrix[0] else 0.001


def _file(stream: PdfValue, programs: Mapping[tuple[int, int], bytes]) -> EmbeddedProgram | None:
    """The program in *stream*, if it unpacks."""
    number = key(stream)
    content = programs.get(number) if number is not None else None
    content = data(stream) if content is None else content
    return EmbeddedProgram(content) if content is not None else None


def _names(font: PdfValue, kind: str, file: EmbeddedProgram | None, *, symbolic: bool) -> dict[int, str]:
    """The glyph names of a simple font's codes. The program is opened for its own encoding where the dictionary names
    none: in TrueType that counts for symbols only.
    """
    encoding = get(font, "Encoding")
    named = name(encoding) or name(get(encoding, "BaseEncoding"))
    wanted = file is not None and not named and (kind != "TrueType" or (symbolic and encoding is None))
    return glyph_names(font, file.opened().built_in if wanted and file else {}, symbolic=symbolic)


def _cid_to_gid(inner: PdfValue) -> tuple[str, bytes]:
    """How CIDs become glyphs, and the map when it is a stream."""
    value = get(inner, "CIDToGIDMap")
    if name(get(inner, "Subtype")) == "CIDFontType0":
        return ("Identity" if value is None else "misplaced"), b""
    if value is None:
        return "missing", b""
    return ("Identity", b"") if name(value) == "Identity" else ("stream", data(value) or b"")


def _simple_widths(font: PdfValue) -> tuple[dict[int, float], float]:
    first = whole(get(font, "FirstChar")) or 0
    widths = {first + index: number(width) or 0.0 for index, width in enumerate(array(get(font, "Widths")))}
    # A font that every reader has need not say its widths; type set in it still takes room.
    missing = number(get(font, "FontDescriptor", "MissingWidth")) or 0.0
    return widths, missing if widths else missing or USUAL_WIDTH


def _cid_widths(inner: PdfValue) -> tuple[dict[int, float], float]:
    """The W array: ``first [w w w]`` and ``first last w`` in any mixture."""
    widths: dict[int, float] = {}
    entries = _listed(get(inner, "W"))
    at, left = 0, MAX_CODES
    while at + 1 < len(entries) and left > 0:
        first = whole(entries[at]) or 0
        following = entries[at + 1]
        listed = following if isinstance(following, list) else array(following)
        if listed or at + 2 >= len(entries):
            left -= len(listed)
            widths.update((first + index, number(width) or 0.0) for index, width in enumerate(listed))
            at += 2
            continue
        last = min(whole(entries[at + 1]) or 0, first + MAX_RANGE)
        width = number(entries[at + 2]) or 0.0
        left -= max(0, last - first)
        widths.update((code, width) for code in range(first, last + 1))
        at += 3
    default = number(get(inner, "DW"))
    return widths, 1000.0 if default is None else default


def _listed(widths: PdfValue) -> Sequence[object]:
    """The items of an array of widths, those of lists in it as lists. Written out and read as JSON, which is the same
    but for the commas, at a fifth of what thousands of single objects cost; what differs from that is read by pikepdf.
    """
    try:
        written = b",".join(widths.unparse(resolved=True).split()) if isinstance(widths, pikepdf.Array) else b"[]"
        found: list[object] = json.loads(written.replace(b"[,", b"[").replace(b",]", b"]"))
    except BAD_OBJECT:
        return array(widths)
    return found


def to_unicode_map(cmap: bytes) -> dict[int, str]:
    """Codes to characters from a ToUnicode CMap's bfchar and bfrange sections."""
    mapping: dict[int, str] = {}
    left = MAX_CODES
    for section, body in re.findall(rb"begin(bfchar|bfrange)(.*?)endbf", cmap, re.DOTALL):
        pairs = _chars(body) if section == b"bfchar" else _ranges([_token(match) for match in TOKEN.finditer(body)])
        for code, text in islice(pairs, left):
            mapping[code] = text
            left -= 1
    return mapping


def _token(match: re.Match[bytes]) -> bytes | str:
    if match[1] is None:
        return "[" if match[2] else "]"
    return _bytes(match[1])


def _bytes(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _chars(body: bytes) -> Iterator[tuple[int, str]]:
    for code, value in PAIR.findall(body):
        yield int(b"".join(code.split()) or b"0", 16), _utf16(_bytes(value))


def _ranges(tokens: list[bytes | str]) -> Iterator[tuple[int, str]]:
    at = 0
    while at + 2 < len(tokens):
        low, high, value = tokens[at : at + 3]
        at += 3
        if not isinstance(low, bytes) or not isinstance(high, bytes):
            continue
        first, last = int.from_bytes(low, "big"), int.from_bytes(high, "big")
        last = min(last, first + MAX_RANGE)
        if isinstance(value, bytes):
            start, length = int.from_bytes(value, "big"), len(value) or 2
            # Ghostscript writes ranges whose last character would be beyond the last that there is.
            for code in range(first, min(last, first + 256**length - 1 - start) + 1):
                yield code, _utf16((start + code - first).to_bytes(length, "big"))
            continue
        end = tokens.index("]", at) if "]" in tokens[at:] else len(tokens)
        listed = [token for token in tokens[at:end] if isinstance(token, bytes)]
        yield from ((first + index, _utf16(token)) for index, token in enumerate(listed) if first + index <= last)
        at = end + 1


def _utf16(value: bytes) -> str:
    return value.decode("utf-16-be", "replace") if len(value) > 1 else value.decode("latin-1")
