"""Advertisements: what is delivered becomes a page of a PDF, fitted to its box."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from layout.engine.engine import Engine
from layout.errors import Message, PictureError, Place
from layout.issue import Picture
from layout.issue.model import DRAWING
from layout.pictures.cache import put
from layout.pictures.forms import form_in_box
from layout.pictures.model import Form
from layout.press import PressProfile

if TYPE_CHECKING:
    from layout.engine.drawing_page import DrawingPage


@dataclass(frozen=True)
class AdvertisementStore:
    """Where the stand-ins, and PDFs made of drawings, are put: the cache, or what is used where it is full."""

    cache: Path
    spare: Path


def placed(
    picture: Picture, box: tuple[float, float], engine: Engine, profile: PressProfile, store: AdvertisementStore
) -> Form:
    """The advertisement *picture* for a box of that width and height in points.

    Raises ``PictureError`` for a file that cannot be placed at all.
    """
    # pikepdf takes as long to load as a page without advertisements takes to finish.
    from layout.prepress.foreign_pages import page_facts  # noqa: PLC0415

    path, scalable = picture.path, False
    if path.suffix.lower() == DRAWING:
        from layout.engine.drawing_page import drawing_page  # noqa: PLC0415  (loads the lint of drawings)

        drawn = drawing_page(engine, path, picture.source)
        path, scalable = _stored(drawn, profile, store, picture.source), drawn.scalable
    facts = page_facts(path, picture.page, picture.source, picture.place)
    facts = replace(facts, scalable=scalable)
    try:
        return form_in_box(facts, picture.source, box, store.cache)
    except OSError:
        return form_in_box(facts, picture.source, box, store.spare)


def _stored(drawn: DrawingPage, profile: PressProfile, store: AdvertisementStore, name: str) -> Path:
    """The file of a drawing as a page in press colours, by its content."""
    from layout.prepress.finish import pressed  # noqa: PLC0415  (as above)

    content = pressed(drawn.pdf, profile)
    file = f"{hashlib.sha256(content).hexdigest()}.pdf"
    for folder in (store.cache, store.spare):
        if (folder / file).is_file() and (folder / file).read_bytes() == content:
            return folder / file
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            put(folder / file, content)
            return folder / file
    raise PictureError(
        Message("没有地方存广告的图形。", "There is no room to store the advertisement's drawing."), place=Place(name)
    )
