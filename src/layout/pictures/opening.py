"""Opens picture files safely: the size is capped, the formats are listed, a truncated file is refused."""

from __future__ import annotations

import importlib
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import (  # a format is known once its plugin is imported
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from layout.errors import Message, PictureError, Place
from layout.pictures.crop import Original, ShareBox
from layout.press import PressProfile

MAX_PIXELS = 150_000_000
"""Most pixels of a source: a broadsheet page at 600 ppi has 120 million; more is a mistake or an attack."""

FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile, PngImagePlugin.PngImageFile, TiffImagePlugin.TiffImageFile,
        WebPImagePlugin.WebPImageFile, BmpImagePlugin.BmpImageFile, GifImagePlugin.GifImageFile,
    )
)  # fmt: skip
"""Never EPS, which would be handed to an interpreter."""

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

WHITE_IS_ZERO = "white-is-zero"
"""A key of an upright picture's ``info``. Pillow inverts pictures of eight bits by itself, not those of sixteen."""
_PHOTOMETRIC = 262
ORIENTATION_TAG = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
_DECODING_FAULTS = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, zlib.error)


@contextmanager
def strictly(place: Place) -> Iterator[None]:
    """One picture read strictly: see ``unforgiving`` and ``translated``."""
    with unforgiving(), translated(place):
        yield


@contextmanager
def unforgiving() -> Iterator[None]:
    """Makes Pillow refuse truncated files, which WeasyPrint sets it to accept. Pillow has one setting for all threads:
    enter this around them, not in each.
    """
    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own cap stands; damaged EXIF is no fault of a picture
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


@contextmanager
def translated(place: Place) -> Iterator[None]:
    """Turns what Pillow raises inside into a ``PictureError``."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise _too_large(place) from error
    except UnidentifiedImageError as error:
        raise PictureError(
            Message("这个文件不是图片，或格式不支持。", "This file is not a picture, or not in a supported format."),
            place=place,
            hint=Message("请用 JPEG、PNG、TIFF、WebP 或 HEIC。", "Use JPEG, PNG, TIFF, WebP or HEIC."),
        ) from error
    except _DECODING_FAULTS as error:
        raise PictureError(
            Message("图片损坏或不完整，读不出来。", "The picture is damaged or incomplete and cannot be read."),
            place=place,
            hint=Message("请重新传一份原图。", "Copy the original file again."),
        ) from error


def opened(data: bytes, place: Place) -> Image.Image:
    """The picture, its header read and nothing decoded. To be called inside :func:`strictly`.

    Raises ``PictureError`` when it has more than ``MAX_PIXELS``, and for HEIC when nothing here can decode it.
    """
    formats = (*FORMATS, _heif_format(place)) if is_heif(data) else FORMATS
    image = Image.open(BytesIO(data), formats=formats)
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(place)
    return image


def is_heif(data: bytes) -> bool:
    """Whether *data* begins as the pictures of telephones do (ISO/IEC 23008-12)."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS


def _heif_format(place: Place) -> str:
    """Pillow's name for HEIC, once pi-heif has taught it that."""
    try:
        importlib.import_module("pi_heif").register_heif_opener(thumbnails=False)
    except ImportError as error:
        raise PictureError(
            Message("HEIC 图片要另装解码组件才能打开。", "HEIC pictures need a decoder that is not installed."),
            place=place,
            hint=Message(
                "运行 pip install pi-heif，或在手机上导出成 JPEG。",
                "Run pip install pi-heif, or export the picture as JPEG.",
            ),
        ) from error
    return "HEIF"


def upright_size(image: Image.Image) -> tuple[int, int]:
    """The size after the camera's orientation is applied; Pillow turns TIFF by itself and gives its upright size."""
    if image.format != "TIFF" and image.getexif().get(ORIENTATION_TAG) in _SIDEWAYS:
        return image.height, image.width
    return image.size


def upright(image: Image.Image) -> Image.Image:
    """The picture decoded and turned as its camera says, once."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.format = image.format  # a copy forgets it, and what TIFF says of its tones
    turned.info[WHITE_IS_ZERO] = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == 0
    return turned


def _too_large(place: Place) -> PictureError:
    most = MAX_PIXELS // 1_000_000
    return PictureError(
        Message(
            f"图片超过 {most} 百万像素，不予打开。",
            f"The picture has more than {most} million pixels and is not opened.",
        ),
        place=place,
        hint=Message("请先缩小图片。", "Reduce the picture first."),
    )


def original(path: Path, focus: tuple[float, float], keep: ShareBox | None, profile: PressProfile) -> Original | None:
    """Size and focus of a picture, from its header. None when it cannot be read: developing it raises the fault."""
    try:
        data = path.read_bytes()
        with strictly(Place(path.name)):
            image = opened(data, Place(path.name))
            size, limits = upright_size(image), profile.line_art_ppi if image.mode == "1" else profile.image_ppi
    except (OSError, PictureError):
        return None
    return Original(size, focus, keep, limits.warn, path)
