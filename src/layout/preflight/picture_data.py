"""What reading a picture's data shows: whether it unpacks to the end, and to the size that its dictionary says; what
its samples come to.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from layout.preflight.colours import GRAY
from layout.preflight.events import ImagePainted
from layout.preflight.layers import CLEAR
from layout.preflight.objects import BAD_OBJECT, PdfValue, data, filters, get, numbers, raw, whole
from layout.preflight.picture_tones import MODES as MODE_BY_COMPONENTS
from layout.preflight.picture_tones import (
    Samples,
    flat_colour,
    keyed_out,
    paints_nothing,
    samples_as_stored,
    samples_of_bytes,
    shows_blank,
    was_enlarged,
)

HALF, EIGHTH = 2, 8
"""JPEG data is unpacked to the end once, at half its size, in which an enlargement shows; what its samples come to is
told from an eighth of its size, made of that half.
"""

RAW = frozenset({"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"})
"""Compressions of bytes, which qpdf undoes."""

MODES = {"L": 1, "RGB": 3, "CMYK": 4}


class PictureReading(NamedTuple):
    """What reading a picture's data has shown."""

    fault: str = ""
    """What is wrong with it, as a key of ``rules.pictures.FAULTS``; nothing for a sound one, or for one in a
    compression that is not looked into.
    """
    samples: Samples | None = None
    clear: bool = False
    """Whether its own mask (a soft mask, a stencil, a colour key) leaves nothing of it."""
    turned: bool = False
    """Whether its soft mask shows the blank parts of it, and hides what is drawn."""
    coarse: float = 0.0
    """Of a JPEG the mean step, of 255, to which its values were rounded in the first of its tables."""
    enlarged: bool = False
    """Whether it is a JPEG that was enlarged from one of a quarter of its pixels across and down, or fewer."""


UNREAD = PictureReading()


def facts_of(event: ImagePainted) -> PictureReading:
    """What reading the picture's data shows."""
    if event.stream is None or not event.width or not event.height:
        return UNREAD
    components = 1 if event.mask else event.space.components if event.space is not None else 0
    found = _read(event.stream, event.filters, (event.width, event.height), components, event.bits)
    clear = _is_clear(event.stream, found.samples, stencil=event.mask)
    return found._replace(clear=clear, turned=not clear and _is_turned(event.stream, found.samples))


def _is_turned(stream: pikepdf.Stream, samples: Samples | None) -> bool:
    mask = get(stream, "SMask")
    if samples is None or not isinstance(mask, pikepdf.Stream):
        return False
    read = _mask_read(mask)
    return read is not None and shows_blank(samples, stream, read, mask)


def _mask_read(mask: pikepdf.Stream) -> Samples | None:
    """The samples of a picture's mask."""
    size = whole(get(mask, "Width")) or 0, whole(get(mask, "Height")) or 0
    bits = 1 if get(mask, "ImageMask") is True else whole(get(mask, "BitsPerComponent")) or 0
    return _read(mask, filters(mask), size, 1, bits).samples if all(size) else None


def _read(
    stream: pikepdf.Stream, packed: tuple[str, ...], size: tuple[int, int], components: int, bits: int
) -> PictureReading:
    if packed and packed[-1] == "DCTDecode":
        return _of_jpeg(stream, packed, size, components)
    return _of_samples(stream, size, components, bits) if set(packed) <= RAW else UNREAD


def _is_clear(stream: pikepdf.Stream, samples: Samples | None, *, stencil: bool) -> bool:
    """Whether a mask of the picture, or in it, leaves nothing of it."""
    if stencil:
        return samples is not None and paints_nothing(samples, stream)
    if samples is not None and keyed_out(samples, stream):
        return True
    for key, paints in (("Mask", paints_nothing), ("SMask", _is_nothing)):
        mask = get(stream, key)
        if isinstance(mask, pikepdf.Stream):
            read = _mask_read(mask)
            if read is not None and paints(read, mask):
                return True
    return False


def _is_nothing(samples: Samples, soft_mask: PdfValue) -> bool:
    """Whether a soft mask is all but clear everywhere."""
    colour = flat_colour(samples, GRAY, soft_mask)
    return colour is not None and colour.values[0] < CLEAR


def _of_jpeg(stream: pikepdf.Stream, packed: tuple[str, ...], size: tuple[int, int], wanted: int) -> PictureReading:
    if len(packed) > 1:
        return UNREAD  # wrapped once more: rare, and qpdf does not unwrap the half of it
    jpeg = read_jpeg(JpegData(raw(stream)))
    if jpeg.fault or jpeg.size != size:
        return PictureReading(jpeg.fault or "size", jpeg.samples, enlarged=jpeg.enlarged)
    fault = "components" if jpeg.components and wanted and jpeg.components != wanted else ""
    return PictureReading(fault, jpeg.samples, coarse=jpeg.coarse, enlarged=jpeg.enlarged)


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
    samples: Samples | None = None
    coarse: float = 0.0
    """The mean of its first table of quantisation."""
    enlarged: bool = False


@lru_cache(maxsize=512)
def read_jpeg(data: JpegData) -> ReadJpeg:
    """Read *data* to its end. A build judges each page, and then the same pictures in the bound file; and a picture may
    stand on several pages: the same data is read once.
    """
    content, data.content = data.content, b""  # what the cache holds on to is the digest
    try:
        with _strictly(), _jpeg(content) as picture:
            size, components = picture.size, MODES.get(picture.mode, 0)
            table = getattr(picture, "quantization", {}).get(0, [0])
            picture.draft(None, (max(1, size[0] // HALF), max(1, size[1] // HALF)))
            picture.load()
            samples = samples_as_stored(picture.reduce(_smaller(size)))
            enlarged = picture.width < size[0] and was_enlarged(picture)
    except (*BAD_OBJECT, OSError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        return ReadJpeg("truncated" if "truncated" in str(error) else "unreadable")
    return ReadJpeg("", size, components, samples, sum(table) / len(table), enlarged)


def _jpeg(content: bytes) -> JpegImageFile:
    """The JPEG in *content*, of a size that Pillow opens. ``Image.open`` would load five other formats first."""
    picture = JpegImageFile(io.BytesIO(content))
    if Image.MAX_IMAGE_PIXELS is not None and picture.width * picture.height > 2 * Image.MAX_IMAGE_PIXELS:
        raise Image.DecompressionBombError
    return picture


def _smaller(size: tuple[int, int]) -> int:
    """By how much the half of a picture of that *size* is made smaller for its samples: of one that is only a few
    pixels wide or high less, so that they are not all melted into one.
    """
    most = min(side // max(1, side // EIGHTH) for side in size)
    return next(step for step in (4, 2, 1) if step * HALF <= max(most, HALF))


def read_ahead(picture: Path) -> None:
    """Reads a JPEG that is about to be embedded: the checks find what it shows when its page is judged."""
    read_jpeg(JpegData(picture.read_bytes()))


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow refuses what is cut short or broken. WeasyPrint, where a build has loaded it, sets it to let that pass."""
    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


def _of_samples(stream: pikepdf.Stream, size: tuple[int, int], components: int, bits: int) -> PictureReading:
    """Rows are filled up to whole bytes; what is missing at the end is drawn black, or not at all."""
    if not components or not bits or numbers(get(stream, "DecodeParms", "Columns")):
        return UNREAD
    content = data(stream)
    if content is None:
        return UNREAD  # file.sound says so
    row = (size[0] * components * bits + 7) // 8
    if len(content) < row * size[1]:
        return PictureReading("truncated")
    return PictureReading("", samples_of_bytes(content, size, components, bits))


def enlarged(event: ImagePainted, facts: PictureReading) -> bool:
    """Whether the picture was enlarged from one of a quarter of its pixels across and down, or fewer, of which *facts*
    are known; ``False`` where it is not known.
    """
    packed, components = event.filters, event.space.components if event.space is not None else 0
    if event.stream is None or event.bits != 8:
        return False
    if packed == ("DCTDecode",):
        return facts.enlarged
    mode, size = MODE_BY_COMPONENTS.get(components), (event.width, event.height)
    content = data(event.stream) if mode is not None and set(packed) <= RAW else None
    if mode is None or content is None or len(content) < size[0] * size[1] * components or min(size) < HALF:
        return False
    return was_enlarged(Image.frombytes(mode, size, content[: size[0] * size[1] * components]).reduce(HALF))


REMARK = "Corrupt JPEG data"
"""How libjpeg-turbo's remarks on data begin that it decodes on regardless, with other colours and out of step."""


def remarked(event: ImagePainted) -> bool:
    """Whether the decoder remarks that the data of a JPEG is damaged, which Pillow does not hand on."""
    if event.stream is None or event.filters != ("DCTDecode",):
        return False
    try:
        # Not at the top: numpy, on which it stands, is not loaded where a build judges its own pages.
        decode = import_module("simplejpeg").decode_jpeg
        decode(raw(event.stream), "GRAY", min_height=1, min_width=1, min_factor=EIGHTH, strict=True)
    except ValueError as error:
        return str(error).startswith(REMARK)
    return False
