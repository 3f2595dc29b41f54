"""Press profiles: a printing plant's requirements as frozen values, in the same shape as the TOML they are read from.

Percentages are of one ink (0 to 100) or of all four together (``ink_limit``); lengths and type sizes are in points
unless the name says millimetres; resolutions are effective pixels per inch at the printed size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from layout.checks import Severity
from layout.errors import Message


class Constraints:
    """The constraints of a value, in the words of pydantic's core schema (``ge``, ``le``, ``pattern``, ``strict`` …).

    It implements pydantic's protocol for annotations without importing pydantic: only ``layout.press.load`` does,
    and the process that sets pages reads no profile.
    """

    def __init__(self, **limits: float | bool):
        self._limits = limits

    def __get_pydantic_core_schema__(
        self, source: type[object], handler: Callable[[type[object]], Mapping[str, object]]
    ) -> dict[str, object]:
        return {**handler(source), **self._limits}


Percent = Annotated[float, Constraints(ge=0, le=100, strict=True)]
Points = Annotated[float, Constraints(ge=0, le=1000, strict=True)]
Ppi = Annotated[float, Constraints(gt=0, le=5000, strict=True)]
Millimetres = Annotated[float, Constraints(ge=0, le=100, strict=True)]
YesNo = Annotated[bool, Constraints(strict=True)]
Words = Annotated[str, Constraints(min_length=1, strict=True)]


class _Table:
    """The base of all tables of a profile: an unknown key is a fault."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid", "allow_inf_nan": False}  # noqa: RUF012  (pydantic reads it, nobody writes)


@dataclass(frozen=True, slots=True)
class Title(_Table):
    """The profile's name for people, in both languages."""

    zh: Words
    en: Words

    def message(self) -> Message:
        """The title as messages use it."""
        return Message(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class LineArtPpi(_Table):
    """Effective resolution of one-bit line art: the target, and the limit below which there is a finding."""

    target: Ppi
    """Pictures are reduced to this, never enlarged."""
    warn: Ppi
    """Below it: a warning."""
    error: Ppi
    """Below it: an error."""


@dataclass(frozen=True, slots=True)
class ImagePpi(LineArtPpi):
    """The same for photographs, with an upper limit too."""

    max: Ppi
    """Above it in the finished file: waste, a warning."""


@dataclass(frozen=True, slots=True)
class MinType(_Table):
    """The smallest type, in points, that this press keeps readable."""

    solid: Points
    """One ink at 100 %."""
    tinted: Points
    """One ink, screened."""
    two_inks: Points
    """Two inks."""
    multi_ink: Points
    """Three inks or four: register shows."""
    reversed: Points
    """White out of a colour, heavy faces (黑体)."""
    reversed_thin: Points
    """White out of a colour, thin faces (宋体)."""


@dataclass(frozen=True, slots=True)
class MinLine(_Table):
    """The thinnest rule, in points."""

    single: Points
    """One ink."""
    multi_ink: Points
    """Two inks or more."""
    reversed: Points
    """White out of a colour."""


@dataclass(frozen=True, slots=True)
class Overprint(_Table):
    """Which black prints over what lies beneath instead of cutting it out: no gap shows when register is off."""

    k_text_below_pt: Points
    """Type of 100 % K smaller than this overprints; 0 turns it off."""
    k_line_below_pt: Points
    """Rules of 100 % K thinner than this overprint; 0 turns it off."""


@dataclass(frozen=True, slots=True)
class Sharpen(_Table):
    """Unsharp mask, applied at the printed resolution against the softness of paper and screen."""

    radius: Annotated[float, Constraints(ge=0, le=10, strict=True)]
    """In pixels of the prepared picture."""
    percent: Annotated[int, Constraints(ge=0, le=500, strict=True)]
    """0 turns it off."""
    threshold: Annotated[int, Constraints(ge=0, le=255, strict=True)]


@dataclass(frozen=True, slots=True)
class Tolerance(_Table):
    """How far a page may be from what is asked for before there is a finding."""

    trim_mm: Millimetres = 0.1
    """Of the trimmed page's width and height: the rounding of millimetres in CSS pixels and in other programs."""
    safe_mm: Millimetres = 0.1
    """Type may come nearer to the cut than ``safe_mm`` by so much: a glyph's box is measured to a tenth."""


@dataclass(frozen=True, slots=True)
class CheckLevel(_Table):
    """How grave the plant takes the findings of one check, and why."""

    check: str
    severity: Severity | None
    """Of every finding of the check; None: the check is switched off."""
    reason: str


@dataclass(frozen=True, slots=True)
class PressProfile(_Table):
    """One press condition. Made by ``layout.press.load.load_profile``; ``press/*.toml`` has the values and sources."""

    name: Annotated[str, Constraints(pattern=r"^[\w][\w.-]*$")]
    title: Title
    process: Words
    paper: Words

    icc: Path
    """The plant's CMYK printer profile, absolute."""
    output_condition_identifier: Words
    output_condition: Words
    registry_name: Words
    info: Words

    ink_limit: Annotated[float, Constraints(ge=110, le=400, strict=True)]
    """Most C+M+Y+K anywhere, in percent."""
    rendering_intent: Literal["perceptual", "relative"]
    black_point_compensation: YesNo
    min_tone: Percent
    """Lightest dot that prints."""
    max_tone: Percent
    """Darkest screened dot that stays open; photographs in black alone end here."""
    screen_lpi: Ppi
    max_spot_colours: Annotated[int, Constraints(ge=0, strict=True)]
    spot_colours: tuple[Words, ...]
    """The spot inks that the plant has, by name; none named: any, up to ``max_spot_colours``."""
    transparency: YesNo
    """Whether the plant's RIP takes live transparency; older ones want it flattened."""

    bleed_mm: Annotated[float, Constraints(ge=0, le=50, strict=True)]
    marks: YesNo
    safe_mm: Annotated[float, Constraints(ge=0, le=100, strict=True)]
    """No type nearer to the cut than this."""
    pages_multiple: Annotated[int, Constraints(ge=1, le=64, strict=True)]
    """A file's pages come in twos, fours …: what one sheet holds. 1: page by page, as newspapers deliver them."""

    image_ppi: ImagePpi
    line_art_ppi: LineArtPpi
    min_type: MinType
    min_line: MinLine
    overprint: Overprint
    sharpen: Sharpen

    pdfx: Literal["X-1a", "X-3", "X-4"] = "X-4"
    """The part of PDF/X by which files are judged. What is written is always X-4."""
    tolerance: Tolerance = Tolerance()
    plate_names: YesNo = False
    """Among the marks, each plate's name in that ink alone, with page and date."""
    grey_balance: Annotated[tuple[tuple[Percent, Percent, Percent], ...], Constraints(max_length=8)] = ()
    """Among the marks, patches of C, M and Y that look gray on this paper, each beside the black like it."""
    ink_zone_mm: Annotated[float, Constraints(ge=5, le=200, strict=True)] = 40.0
    """Width of one zone of the ink fountain, measured on the page."""
    ink_zones_along: Literal["width", "height"] = "width"
    """Which side of the page lies along the fountain: a tabloid page lies on its side on the cylinder."""
    page_files: Annotated[str, Constraints(strict=True)] = ""
    """The pattern by which the plant names page files; empty: none are written but with ``--single-pages``."""

    levels: tuple[CheckLevel, ...] = ()
    """The checks whose findings this plant takes otherwise, or does not want."""
    reasons: tuple[Reason, ...] = ()
    """What a plant's own file changed, and why: printed in the report."""

    def icc_bytes(self) -> bytes:
        """The profile's bytes as shipped; these go into the PDF unchanged."""
        return self.icc.read_bytes()

    def level(self, check: str) -> CheckLevel | None:
        """What the plant says of *check*; None where it says nothing."""
        return next((each for each in self.levels if each.check == check), None)

    def icc_sha256(self) -> str:
        """The hash by which preflight knows the profile again in the finished file."""
        return hashlib.sha256(self.icc_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reason(_Table):
    """One value that a plant's own file changed: its dotted name, what it was and is, why, and where it is written."""

    key: str
    was: object
    value: object
    reason: str
    place: str
