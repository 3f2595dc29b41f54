"""Reads what a picture's file says of itself: caption, maker, date and shape, from EXIF, IPTC and XMP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from PIL import Image, ImageFile, IptcImagePlugin

from layout.errors import ManuscriptError, Place
from layout.intake.text_encoding import decode_text
from layout.pictures.opening import ORIENTATION_TAG, opened, strictly, upright_size

_LONGEST = 2_000
"""Characters of a text that is believed: as many as a caption in issue.toml may have."""
_LARGEST_XMP = 1_000_000
"""Bytes of an XMP packet that is read. What a caption needs is some thousand; previews inside one take more."""

_EXIF_IFD = 0x8769
_DESCRIPTION, _ARTIST, _COPYRIGHT, _TAKEN, _CHANGED = 0x010E, 0x013B, 0x8298, 0x9003, 0x0132
_XP_TITLE, _XP_COMMENT, _XP_AUTHOR, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9F
"""Windows' own tags, in UTF-16 LE."""
_XMP_TAG = 700
_IPTC_CAPTION, _IPTC_BYLINE, _IPTC_CREDIT, _IPTC_DAY = (2, 120), (2, 80), (2, 110), (2, 55)
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_DAY = re.compile(r"((?:19|20)\d\d)[-:./]?([01]\d)[-:./]?([0-3]\d)")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What a picture's file says of itself; empty where it says nothing."""

    size: tuple[int, int]
    """Width and height in pixels, upright as its camera says."""
    turned: bool
    """Whether its pixels lie otherwise than it is to be seen, so that it is turned for the page."""
    caption: str = ""
    credit: str = ""
    day: date | None = None
    """When it was taken."""
    source: str = ""
    """Where the caption, else the credit, stood: ``XMP``, ``IPTC`` or ``EXIF``."""


@dataclass(frozen=True, slots=True)
class _Words:
    source: str
    caption: str = ""
    credit: str = ""
    day: date | None = None


def picture_words(data: bytes, place: Place) -> PictureWords:
    """What the picture in *data* says of itself. XMP is believed before IPTC and EXIF, of which each may be an older
    program's; captions that cameras write of themselves are none.

    Raises ``PictureError`` for what is no picture that the program reads.
    """
    with strictly(place):
        image = opened(data, place)
        size = upright_size(image)
        exif = image.getexif()
        turned = exif.get(ORIENTATION_TAG, 1) not in (0, 1)
        found = [_from_xmp(image), _from_iptc(image), _from_exif(exif)]
    caption = next((each for each in found if each.caption), None)
    credit = next((each for each in found if each.credit), None)
    first = caption or credit
    return PictureWords(
        size,
        turned,
        caption.caption if caption else "",
        credit.credit if credit else "",
        next((each.day for each in found if each.day), None),
        first.source if first else "",
    )


# --- EXIF -------------------------------------------------------------------------------------------------------------


def _from_exif(exif: Image.Exif) -> _Words:
    values = {tag: exif.get(tag) for tag in (_DESCRIPTION, _ARTIST, _COPYRIGHT, _CHANGED)}
    caption = _caption(*map(_windows, (exif.get(_XP_COMMENT), exif.get(_XP_SUBJECT), exif.get(_XP_TITLE))))
    credit = _first(_windows(exif.get(_XP_AUTHOR)), _text(values[_ARTIST]), _text(values[_COPYRIGHT]))
    taken = exif.get_ifd(_EXIF_IFD).get(_TAKEN) or values[_CHANGED]
    return _Words("EXIF", _caption(_text(values[_DESCRIPTION]), caption), credit, _day(taken))


def _text(value: object) -> str:
    """A text of EXIF: ASCII by its standard, and whatever its writer used in fact. Pillow gives bytes as Latin-1."""
    if isinstance(value, bytes):
        return _decoded(value)
    if not isinstance(value, str):
        return ""
    try:
        return _decoded(value.encode("latin-1"))
    except UnicodeEncodeError:
        return _trimmed(value)


def _windows(value: object) -> str:
    if isinstance(value, tuple) and all(isinstance(each, int) and 0 <= each < 256 for each in value):
        value = bytes(value)
    return _trimmed(value.decode("utf-16-le", "ignore")) if isinstance(value, bytes) else ""


def _decoded(data: bytes) -> str:
    data = data.split(b"\0", 1)[0]
    try:
        return _trimmed(decode_text(data, "").text)
    except ManuscriptError:
        return ""


# --- IPTC -------------------------------------------------------------------------------------------------------------


def _from_iptc(image: Image.Image) -> _Words:
    if not isinstance(image, ImageFile.ImageFile):
        return _Words("IPTC")
    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except (SyntaxError, ValueError, TypeError, KeyError, IndexError, OSError):  # a damaged block is no words
        return _Words("IPTC")
    values = {key: _decoded(data) for key in fields if (data := _bytes(fields[key]))}
    credit = _first(values.get(_IPTC_BYLINE, ""), values.get(_IPTC_CREDIT, ""))
    return _Words("IPTC", _caption(values.get(_IPTC_CAPTION, "")), credit, _day(values.get(_IPTC_DAY)))


def _bytes(value: object) -> bytes:
    if isinstance(value, list):
        return b" ".join(each for each in value if isinstance(each, bytes))
    return value if isinstance(value, bytes) else b""


# --- XMP --------------------------------------------------------------------------------------------------------------


def _from_xmp(image: Image.Image) -> _Words:
    packet = next(_packets(image), b"")
    if not packet or len(packet) > _LARGEST_XMP or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return _Words("XMP")  # entities are no words of a caption
    try:
        root = ElementTree.fromstring(packet.strip(b" \0\r\n\t"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return _Words("XMP")
    credit = _first(_property(root, "dc:creator"), _property(root, "photoshop:Credit"), _property(root, "dc:rights"))
    taken = _first(_property(root, "photoshop:DateCreated"), _property(root, "xmp:CreateDate"))
    return _Words("XMP", _caption(_property(root, "dc:description")), credit, _day(taken))


def _packets(image: Image.Image) -> Iterator[bytes]:
    tags: Mapping[int, object] = getattr(image, "tag_v2", {})
    for value in (image.info.get("xmp"), image.info.get("XML:com.adobe.xmp"), tags.get(_XMP_TAG)):
        if isinstance(value, bytes) and value:
            yield value
        elif isinstance(value, str) and value:
            yield value.encode()


def _property(root: ElementTree.Element, name: str) -> str:
    """The words of a property, written as an element, as a list of one or several, or as an attribute."""
    prefix, local = name.split(":")
    key = f"{{{_NAMESPACES[prefix]}}}{local}"
    for element in root.iter():
        if key in element.attrib:
            return _trimmed(element.attrib[key])
        if element.tag == key:
            items = [each.text or "" for each in element.iter(f"{{{_NAMESPACES['rdf']}}}li")]
            if local != "creator":
                items = items[:1]  # the first is the default of several languages
            return _trimmed(" ".join(items) if items else element.text or "")
    return ""


# --- words ------------------------------------------------------------------------------------------------------------


def _trimmed(words: str) -> str:
    """*words* in one line; nothing where they have no letter: ?? is what a program writes for Han that it cannot."""
    found = " ".join(words.replace("\0", " ").split()) if len(words) <= _LONGEST else ""
    return found if any(map(str.isalnum, found)) else ""


def _caption(*words: str) -> str:
    """The first of *words* that somebody wrote: one with Han in it, or a sentence. OLYMPUS DIGITAL CAMERA is none."""
    return next((each for each in words if _HAN.search(each) or (len(each.split()) > 4 and not each.isupper())), "")


def _first(*words: str) -> str:
    return next((each for each in words if each), "")


def _day(value: object) -> date | None:
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
