"""Whether a picture's data is whole: it unpacks to the end, and to the size that its dictionary says."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageFile

from layout.preflight.events import ImagePainted
from layout.preflight.objects import BAD_OBJECT, data, get, numbers, raw, whole

EIGHTH = 8
"""JPEG data is unpacked to the end at an eighth of its size: all of it is read, and little is computed."""

RAW = frozenset({"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"})
"""Compressions of bytes, which qpdf undoes."""

MODES = {"L": 1, "RGB": 3, "CMYK": 4}


def fault_of(event: ImagePainted) -> str:
    """What is wrong with a picture's data, as a key of ``rules.pictures.FAULTS``; nothing for a sound one, or for one
    in a compression that is not looked into.
    """
    if event.stream is None or not event.width or not event.height:
        return ""
    if event.filters and event.filters[-1] == "DCTDecode":
        return _of_jpeg(event)
    return _of_samples(event) if set(event.filters) <= RAW else ""


def _of_jpeg(event: ImagePainted) -> str:
    stream = event.stream
    assert stream is not None
    if len(event.filters) > 1:
        return ""  # wrapped once more: rare, and qpdf does not unwrap the half of it
    jpeg = read_jpeg(JpegData(raw(stream)))
    if jpeg.fault or jpeg.size != (event.width, event.height):
        return jpeg.fault or "size"
    wanted = event.space.components if event.space is not None else 0
    return "components" if jpeg.components and wanted and jpeg.components != wanted else ""


class JpegData:
    """The data of a JPEG, known by its digest."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.digest = hashlib.sha256(content).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JpegData) and other.digest == self.digest


class ReadJpeg(NamedTuple):
    """What reading a JPEG to its end has shown."""

    fault: str
    size: tuple[int, int] = (0, 0)
    components: int = 0


@lru_cache(maxsize=512)
def read_jpeg(data: JpegData) -> ReadJpeg:
    """Read *data* to its end. A build judges each page, and then the same pictures in the bound file; and a picture may
    stand on several pages: the same data is read once.
    """
    content, data.content = data.content, b""  # what the cache holds on to is the digest
    try:
        with _strictly(), Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            size, components = picture.size, MODES.get(picture.mode, 0)
            picture.draft(None, (max(1, size[0] // EIGHTH), max(1, size[1] // EIGHTH)))
            picture.load()
    except (*BAD_OBJECT, OSError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        return ReadJpeg("truncated" if "truncated" in str(error) else "unreadable")
    return ReadJpeg("", size, components)


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow refuses what is cut short or broken. WeasyPrint, where a build has loaded it, sets it to let that pass."""
    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


def _of_samples(event: ImagePainted) -> str:
    """Rows are filled up to whole bytes; what is missing at the end is drawn black, or not at all."""
    space, stream = event.space, event.stream
    components = 1 if event.mask else space.components if space is not None else 0
    bits = 1 if event.mask else whole(get(stream, "BitsPerComponent")) or 0
    if not components or not bits or numbers(get(stream, "DecodeParms", "Columns")):
        return ""
    content = data(stream)
    if content is None:
        return ""  # file.sound says so
    row = (event.width * components * bits + 7) // 8
    return "truncated" if len(content) < row * event.height else ""
