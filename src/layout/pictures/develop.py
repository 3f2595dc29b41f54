"""Develops a source picture into a CMYK JPEG of the right size."""

from __future__ import annotations

import zlib
from io import BytesIO
from math import ceil, floor
from typing import NamedTuple

from PIL import Image, ImageCms, ImageFilter
from PIL.ImageCms import ImageCmsProfile

from layout.errors import Message, PictureError, Place
from layout.painted import SoftMask, Stencil
from layout.pictures import colour
from layout.pictures.crop import PixelBox, crop, pixels_for
from layout.pictures.ink_limit import Black, LimitedJpeg, limited_jpeg
from layout.pictures.jpeg_damage import damaged_share
from layout.pictures.model import PictureFacts, PictureKind, PictureRequest
from layout.pictures.modes import UnsupportedModeError, is_gray, plain
from layout.pictures.opening import opened, translated, upright, upright_size
from layout.press import PressProfile

RECIPE = 4
"""To be raised whenever the same source and profile would give other pixels: it is part of the cache key."""

_JPEG = b"\xff\xd8"
_HALF = 128
"""The gray at which reduced line art is cut into black and white."""
_DRAFT = 1.3
_FASTER_BY = 3.0
"""A first, quick reduction (inside the JPEG decoder; by whole pixels) leaves at least so many times the pixels wanted,
and the careful filter does the rest: no loss that shows."""


class Developed(NamedTuple):
    """A developed picture: the JPEG, its facts, and the stencil or mask that a JPEG cannot hold."""

    jpeg: bytes
    facts: PictureFacts
    restored: Stencil | SoftMask | None


class _Frame(NamedTuple):
    source: tuple[int, int]
    crop: PixelBox
    pixels: tuple[int, int]
    effective_ppi: float


def develop(data: bytes, request: PictureRequest, profile: PressProfile) -> Developed:
    """Crop, reduce, sharpen, separate, limit. Raises ``PictureError`` when *data* is no readable picture.

    To be called inside ``opening.unforgiving``; any number of threads may call it at once.
    """
    place = Place(request.shown)
    notes: list[str] = []
    with translated(place):
        image = opened(data, place)
        line_art = image.mode == "1"
        icc = image.info.get("icc_profile")
        frame = _frame(upright_size(image), request, profile, line_art)
        _draft(image, frame)
        try:
            image = upright(image)
            deep = image.mode.startswith("I")
            image = plain(image, notes, icc)
        except UnsupportedModeError as error:
            raise _unsupported(place, str(error)) from error
        icc, icc_source = _icc(image, icc, line_art, notes)
        image = _resized(image, frame)
    restored: Stencil | SoftMask | None
    if line_art:
        jpeg, restored = _line_art(image, frame, profile)
        kind: PictureKind = "line art"
    else:
        jpeg, kind, restored = _photograph(image, None if deep else icc, profile, request, frame)
    if kind == "gray":
        notes.append("gray")
    facts = PictureFacts(
        kind, frame.source, frame.crop, frame.pixels, frame.effective_ppi, icc_source, tuple(notes), jpeg.max_ink,
        damaged_share(data) if data.startswith(_JPEG) else 0.0,
    )  # fmt: skip
    return Developed(jpeg.data, facts, restored)


def _line_art(image: Image.Image, frame: _Frame, profile: PressProfile) -> tuple[LimitedJpeg, Stencil]:
    """A small stand-in in black for the layout, and the line art itself."""
    art = image.point(lambda value: 255 * (value >= _HALF)).convert("1", dither=Image.Dither.NONE)
    smaller = min(1.0, profile.image_ppi.target / min(frame.effective_ppi, profile.line_art_ppi.target))
    size = max(1, round(image.width * smaller)), max(1, round(image.height * smaller))
    black = colour.gray_to_black(image.resize(size, Image.Resampling.BOX), None, profile, darkest=100)
    return limited_jpeg(black, profile.ink_limit), Stencil(*art.size, _deflated(art))


def _photograph(
    image: Image.Image, icc: bytes | None, profile: PressProfile, request: PictureRequest, frame: _Frame
) -> tuple[LimitedJpeg, PictureKind, SoftMask | None]:
    clear = image.getchannel("A") if image.mode == "RGBA" else None
    coarseness = min(1.0, frame.effective_ppi / profile.image_ppi.target)
    if clear:
        image = image.convert("L" if icc is not None and colour.description(icc, "L") is not None else "RGB")
    if request.black and not is_gray(image) and image.mode != "LAB":
        image, icc = _grays(image, icc, profile), None
    cmyk, kind = _separated(image, icc, profile, coarseness, black=request.black)
    if clear:
        # Flattened on a ground that is known; else what is wholly clear is left white, and a mask is needed.
        ground = Image.new("CMYK", cmyk.size, tuple(round(ink * 255) for ink in request.ground or (0, 0, 0, 0)))
        cmyk = Image.composite(cmyk, ground, clear if request.ground else clear.point(lambda value: 255 * (value > 0)))
        kind = "photograph" if any((request.ground or ())[:3]) else kind
    jpeg = limited_jpeg(cmyk, profile.ink_limit, least_black=_over(request, cmyk.size))
    mask = SoftMask(*clear.size, _deflated(clear)) if clear and not request.ground else None
    return jpeg, kind, mask


def _deflated(image: Image.Image) -> bytes:
    return zlib.compress(image.tobytes(), 9)


def _over(request: PictureRequest, size: tuple[int, int]) -> Black:
    """The black that will be printed over the picture: everywhere, nowhere, or in some parts, a pixel more around."""
    if request.under_type or not request.under:
        return 255 if request.under_type else 0
    parts = Image.new("L", size, 0)
    for left, top, right, bottom in request.under:
        across, down = size
        edges = floor(left * across) - 1, floor(top * down) - 1, ceil(right * across) + 1, ceil(bottom * down) + 1
        parts.paste(255, (max(0, edges[0]), max(0, edges[1]), min(across, edges[2]), min(down, edges[3])))
    return parts


def _grays(image: Image.Image, icc: bytes | None, profile: PressProfile) -> Image.Image:
    """A colour picture as the eye weighs its colours (ITU-R BT.601 luma of sRGB), for a page without colour."""
    if image.mode in ("L", "RGB") and icc is None:
        return image.convert("L")
    source = ImageCmsProfile(BytesIO(icc if icc is not None else profile.icc_bytes()))
    shown = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert shown is not None
    return shown.convert("L")


def _frame(size: tuple[int, int], request: PictureRequest, profile: PressProfile, line_art: bool) -> _Frame:
    inches = request.inches
    shown = crop(size, inches[0] / inches[1], request.focus, request.keep, request.zoom)
    effective = (shown[2] - shown[0]) / inches[0]
    target = profile.line_art_ppi.target if line_art else profile.image_ppi.target
    pixels, shown = pixels_for(shown, inches, target)
    return _Frame(size, shown, pixels, effective)


def _draft(image: Image.Image, frame: _Frame) -> None:
    """Let a JPEG be decoded at ½, ¼ or ⅛ where that still leaves more pixels than wanted."""
    if image.format not in ("JPEG", "MPO"):
        return
    enough = _DRAFT * max(frame.pixels) / max(frame.crop[2] - frame.crop[0], frame.crop[3] - frame.crop[1])
    if enough < 1:
        image.draft(image.mode, (round(image.width * enough), round(image.height * enough)))


def _icc(image: Image.Image, icc: bytes | None, line_art: bool, notes: list[str]) -> tuple[bytes | None, str]:
    """The profile to convert from (None: sRGB, gray, or the press's own CMYK) and its description."""
    if line_art:
        return None, "line art"
    if icc is not None:
        modes = ("RGB", "L") if image.mode == "RGBA" else (image.mode,)  # gray with clear parts keeps its gray profile
        name = next((name for mode in modes if (name := colour.description(icc, mode)) is not None), None)
        if name is not None:
            return icc, f"embedded: {name}"
        notes.append("profile-broken")
    if image.mode == "CMYK":
        notes.append("cmyk-untagged")
        return None, "press CMYK"
    if image.mode == "LAB":
        return None, "Lab"
    if icc is None:
        notes.append("profile-missing")
    return None, "assumed sRGB"


def _resized(image: Image.Image, frame: _Frame) -> Image.Image:
    """The crop at its pixel size. A draft is smaller than the source: the crop is scaled down with it."""
    across, down = image.width / frame.source[0], image.height / frame.source[1]
    left, top, right, bottom = frame.crop
    box = (left * across, top * down, min(right * across, image.width), min(bottom * down, image.height))
    if (box[2] - box[0], box[3] - box[1]) == frame.pixels:
        return image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    return image.resize(frame.pixels, Image.Resampling.LANCZOS, box=box, reducing_gap=_FASTER_BY)


def _separated(
    image: Image.Image, icc: bytes | None, profile: PressProfile, coarseness: float, *, black: bool = False
) -> tuple[Image.Image, PictureKind]:
    if image.mode == "LAB":
        image = ImageCms.profileToProfile(  # type: ignore[assignment]
            image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        icc = None
        image = image.convert("L") if black else image
    gray = is_gray(image)
    image = _sharpened(image, profile, coarseness)
    if gray:
        return colour.gray_to_black(image, icc, profile, darkest=profile.max_tone), "gray"
    return colour.to_press(image, icc, profile), "photograph"


def _sharpened(image: Image.Image, profile: PressProfile, coarseness: float) -> Image.Image:
    """Sharpened for paper; the radius is the same on paper when a picture has fewer pixels than the press could use."""
    sharpen = profile.sharpen
    if not sharpen.percent or not sharpen.radius:
        return image
    return image.filter(ImageFilter.UnsharpMask(sharpen.radius * coarseness, sharpen.percent, sharpen.threshold))


def _unsupported(place: Place, mode: str) -> PictureError:
    return PictureError(
        Message(f"不支持这种像素格式（{mode}）。", f"Pixels of this kind are not supported ({mode})."),
        place=place,
        hint=Message("请另存为 8 位或 16 位的 RGB、灰度图。", "Save it as RGB or gray with 8 or 16 bits."),
    )
