"""The request for a picture, the facts found while developing it, and the prepared picture."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias, TypedDict

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, Place
from layout.painted import PlacedForm, SoftMask, Stencil
from layout.pictures.crop import PixelBox, ShareBox

PictureKind = Literal["photograph", "gray", "line art"]
"""``gray`` is printed in black ink alone; ``line art`` came as one bit a pixel."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """One picture for one box."""

    path: Path
    box_width_pt: float
    box_height_pt: float
    focus: tuple[float, float] = (0.5, 0.5)
    """The point that must stay in view, from the upper left, 0 to 1."""
    name: str | None = None
    """The picture's path as messages show it; its file name when None."""
    assume: Literal["srgb"] = "srgb"
    """What RGB without a profile is taken for."""
    ground: tuple[float, float, float, float] | None = None
    """Inks, 0 to 1, on which a picture with transparency is flattened. None: it stays transparent."""
    under_type: bool = False
    """Whether small black type stands on it. That overprints: its black counts towards the ink limit everywhere."""
    keep: ShareBox | None = None
    """The part that must stay whole, if it can: left, top, right, bottom, 0 to 1."""
    zoom: float = 1.0
    """How much closer than filling the box demands."""
    under: tuple[ShareBox, ...] = ()
    """The parts of the box on which black overprints, where the whole is not: it counts towards the ink limit there."""
    black: bool = False
    """Whether its page is printed in black alone: a colour picture is turned into grays."""
    id: str = ""
    """The issue's name for it."""
    place: Place | None = None
    """Where the issue says so; its file when None."""

    @property
    def shown(self) -> str:
        """The name that messages use."""
        return self.name or self.path.name

    @property
    def inches(self) -> tuple[float, float]:
        """The box in inches."""
        return self.box_width_pt / 72, self.box_height_pt / 72


class FactsJson(TypedDict):
    """``PictureFacts`` as JSON holds them."""

    kind: PictureKind
    source_pixels: Sequence[int]
    crop: Sequence[float]
    pixels: Sequence[int]
    effective_ppi: float
    icc_source: str
    notes: Sequence[str]
    max_ink: float
    damaged: float


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """The facts of a developed picture; the cache stores them as JSON beside the JPEG."""

    kind: PictureKind
    source_pixels: tuple[int, int]
    """Of the upright picture."""
    crop: PixelBox
    pixels: tuple[int, int]
    effective_ppi: float
    """Source pixels to the inch at the printed size, before anything is reduced."""
    icc_source: str
    """``embedded: <description>``, ``assumed sRGB`` or ``press CMYK``."""
    notes: tuple[str, ...]
    """Keys of ``making.NOTES``."""
    max_ink: float
    """Most C+M+Y+K of any pixel of the JPEG as decoded again, in percent."""
    damaged: float = 0.0
    """The share of the source that is damaged, or comes after damage, from 0 to 1."""

    @classmethod
    def from_json(cls, values: FactsJson) -> PictureFacts:
        """The facts as ``dataclasses.asdict`` wrote them. Raises ``TypeError``, ``KeyError`` or ``ValueError``."""
        left, top, right, bottom = (float(edge) for edge in values["crop"])
        source_width, source_height = (int(size) for size in values["source_pixels"])
        width, height = (int(size) for size in values["pixels"])
        return cls(
            kind=values["kind"],
            source_pixels=(source_width, source_height),
            crop=(left, top, right, bottom),
            pixels=(width, height),
            effective_ppi=float(values["effective_ppi"]),
            icc_source=str(values["icc_source"]),
            notes=tuple(str(note) for note in values["notes"]),
            max_ink=float(values["max_ink"]),
            damaged=float(values["damaged"]),
        )


def cache_finding(folder: Path, why: Message) -> Finding:
    """That *folder* cannot be used as the cache of prepared pictures."""
    return Finding(
        "picture.cache",
        Severity.NOTE,
        Message(f"图片缓存用不上：{why.zh}。图片已照常处理，下次还要重做。",
                f"The cache of pictures cannot be used: {why.en}. They were prepared all the same, and will be again."),
        place=Place(str(folder)),
        hint=Hint(operator=Message("检查这个文件夹的空间和权限，或用 LAYOUT_CACHE 另指一个。",
                                   "Check its space and permissions, or name another folder with LAYOUT_CACHE.")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels: a CMYK JPEG, and what finishing must restore of the picture because no JPEG can hold it."""

    is_form: ClassVar[Literal[False]] = False
    path: Path
    facts: PictureFacts
    findings: tuple[Finding, ...]
    content_hash: str
    """Of the source and of everything that was done to it; the JPEG's file name."""
    restored: Stencil | SoftMask | None = None
    """Line art: its pixels, for which the JPEG only stands in. A picture with transparency: its mask. Else None."""
    sha256: str = ""
    """Of all that is printed of it, its mask included: the same wherever it was developed."""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the JPEG."""
        return self.facts.pixels

    @property
    def source_pixels(self) -> tuple[int, int]:
        """Width and height of the upright source."""
        return self.facts.source_pixels

    @property
    def effective_ppi(self) -> float:
        """Source pixels to the inch at the printed size."""
        return self.facts.effective_ppi

    @property
    def crop(self) -> PixelBox:
        """The part of the upright source that is shown."""
        return self.facts.crop

    @property
    def icc_source(self) -> str:
        """Where the source's colours come from."""
        return self.facts.icc_source

    @property
    def max_ink(self) -> float:
        """Most ink of any pixel, in percent."""
        return self.facts.max_ink


@dataclass(frozen=True, slots=True)
class Form:
    """A page of somebody's PDF, printed as it is: an advertisement."""

    is_form: ClassVar[Literal[True]] = True
    path: Path
    """Of the JPEG that stands in for it until the page is finished."""
    size: tuple[float, float]
    """Width and height in points of what of it is shown."""
    findings: tuple[Finding, ...]
    content_hash: str
    """Of the PDF and of how it is placed; the stand-in's file name."""
    restored: PlacedForm

    @property
    def sha256(self) -> str:
        """Of all that is printed of it: the PDF's, which part of it shows and where."""
        return hashlib.sha256(self.restored.identity).hexdigest()


Prepared: TypeAlias = Raster | Form
"""What a picture's box is given."""
