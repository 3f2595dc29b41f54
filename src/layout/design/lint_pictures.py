"""Checks of pictures that a design places itself. Drawings and CMYK JPEGs print right, nothing else does."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from PIL import Image, UnidentifiedImageError

from layout import assets
from layout.errors import Said

_IMAGES = "images:"
_LETTERS = (".ttf", ".otf", ".woff", ".woff2")


def wrong_with_file(folder: Path, address: str) -> tuple[Said, Said] | None:
    """What is wrong with the file at *address*, as a template in *folder* writes it, and what to do; None for nothing.

    Files that are not there are the engine's business, which says so with their place.
    """
    if address.startswith(("#", "data:")) or "  " in address:  # a part of the page; or partly Jinja's
        return None
    plain = unquote(address.partition("#")[0].partition("?")[0])
    path = assets.images_dir() / plain.removeprefix(_IMAGES) if plain.startswith(_IMAGES) else folder / plain
    if path.suffix.lower() in (".svg", ".css", *_LETTERS) or not path.is_file():
        return None
    try:
        with Image.open(path) as image:
            mode, kind = image.mode, image.format
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    if mode == "CMYK" and kind == "JPEG":
        return None
    return (
        Said(
            f"{path.name} 是 {mode} 的 {kind}，直接放进版面印不对",
            f"{path.name} is {kind} in {mode}: placed like this it does not print",
        ),
        Said(
            "照片放 data-picture 框，由程序分色；花饰用 SVG；要直接放的存成 CMYK 的 JPEG。",
            "Photographs go into a data-picture box, ornaments are SVG; else save it as a CMYK JPEG.",
        ),
    )
