"""Colour spaces and colours as a page uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.preflight.objects import PdfValue, array, data, get, name, numbers, whole
from layout.preflight.profile_colour import description
from layout.press import read_header

COMPONENTS = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4, "Pattern": 0}
SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Abbreviations in inline images."""
PROCESS = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
DEFAULTS = {"DeviceGray": "DefaultGray", "DeviceRGB": "DefaultRGB", "DeviceCMYK": "DefaultCMYK"}
MAX_NESTING = 6


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space. ``base`` is the base of an Indexed or Pattern space, or a spot ink's alternate."""

    family: str
    components: int
    names: tuple[str, ...] = ()
    """The inks of a Separation or DeviceN space."""
    base: Space | None = None
    header: str = ""
    """Colour space in the header of an ICC profile: "CMYK", "RGB", "GRAY", "Lab"."""
    solid: tuple[float, ...] = ()
    """A spot ink's full tone in ``base``, where its function gives it (type 2); else empty."""
    profile: str = ""
    """What an ICC profile calls itself."""
    default: bool = False
    """Whether a device space was turned into it by a Default… entry of the resources."""

    @property
    def root(self) -> Space:
        """The space that the values of an Indexed space lie in, or itself."""
        return self.base.root if self.family == "Indexed" and self.base else self


GRAY = Space("DeviceGray", 1)
RGB = Space("DeviceRGB", 3)
CMYK = Space("DeviceCMYK", 4)
UNKNOWN = Space("", 0)


@dataclass(frozen=True, slots=True)
class PdfColour:
    """A colour: a space and values in it. A pattern is no colour and has its name in ``pattern``."""

    space: Space
    values: tuple[float, ...]
    pattern: str = ""
    _inks: Mapping[str, float] | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Worked out once: a page has few colours, and every check asks for their inks.
        object.__setattr__(self, "_inks", self._plates())

    def inks(self) -> Mapping[str, float] | None:
        """Each ink with more than nothing on the plate, 0 to 1; ``None`` when the space does not say."""
        return self._inks

    def _plates(self) -> Mapping[str, float] | None:
        family = self.space.family
        if family == "DeviceCMYK" and len(self.values) == 4:
            amounts = dict(zip("CMYK", self.values, strict=True))
        elif family == "DeviceGray" and self.values:
            amounts = {"K": 1 - self.values[0]}
        elif family in {"Separation", "DeviceN"} and len(self.values) == len(self.space.names):
            amounts = {PROCESS.get(ink, ink): value for ink, value in zip(self.space.names, self.values, strict=True)}
            amounts.pop("None", None)
        else:
            return None
        return {ink: amount for ink, amount in amounts.items() if amount > 0.0005}

    @property
    def white(self) -> bool:
        """Whether it puts no ink down."""
        inks = self.inks()
        if inks is None:
            return self.space.family in {"DeviceRGB", "CalRGB"} and set(self.values) == {1.0}
        return not inks

    @property
    def solid_black(self) -> bool:
        """Whether it is full black of the black plate alone."""
        inks = self.inks()
        return inks is not None and set(inks) == {"K"} and inks["K"] > 0.9995

    def __str__(self) -> str:
        values = " ".join(f"{100 * value:.0f}" for value in self.values)
        return f"{self.space.family or '?'} {values}".strip()


BLACK = PdfColour(GRAY, (0.0,))


def space_of(value: PdfValue, resources: PdfValue, depth: int = 0) -> Space:
    """The colour space that a name or array stands for, Default… entries applied. ``UNKNOWN`` when it is malformed."""
    if depth > MAX_NESTING:
        return UNKNOWN
    if plain := name(value):
        plain = SHORT.get(plain, plain)
        if plain in COMPONENTS:
            return _device(plain, resources, depth)
        named = get(resources, "ColorSpace", plain)
        return space_of(named, resources, depth + 1) if named is not None else UNKNOWN
    return _built(array(value), resources, depth)


def _built(parts: Sequence[PdfValue], resources: PdfValue, depth: int) -> Space:
    """The space that an array describes."""
    family = SHORT.get(name(parts[0]), name(parts[0])) if parts else ""
    if family in COMPONENTS and family != "Pattern":
        return _device(family, resources, depth)
    if family == "ICCBased":
        return _icc(parts[1]) if len(parts) > 1 else UNKNOWN
    if family in {"Indexed", "Pattern"}:
        base = space_of(parts[1], resources, depth + 1) if len(parts) > 1 else None
        return Space(family, 1 if family == "Indexed" else 0, base=base)
    if family in {"Separation", "DeviceN"} and len(parts) > 2:
        inks = tuple(name(ink) for ink in (array(parts[1]) or [parts[1]]))
        return Space(family, len(inks), inks, space_of(parts[2], resources, depth + 1), solid=_solid(parts[3:]))
    return UNKNOWN


def _solid(function: Sequence[PdfValue]) -> tuple[float, ...]:
    """The last value of a tint transform that runs straight from nothing to full (type 2)."""
    return numbers(get(function[0], "C1")) if function and whole(get(function[0], "FunctionType")) == 2 else ()


def _device(family: str, resources: PdfValue, depth: int) -> Space:
    """A device space, or what the resources put in its place."""
    instead = get(resources, "ColorSpace", DEFAULTS[family]) if family in DEFAULTS else None
    if instead is not None and depth == 0:
        found = space_of(instead, None, depth + 1)
        return replace(found, default=True)
    return Space(family, COMPONENTS[family])


def _icc(stream: PdfValue) -> Space:
    """An ICC-based space; its number of components as the dictionary says it, its kind as the profile does."""
    content = data(stream)
    header = read_header(content)
    space, named = (header.colour_space, description(content)) if header and content else ("", "")
    return Space("ICCBased", whole(get(stream, "N")) or 0, header=space, profile=named)


def spelled(ink: str) -> str:
    """An ink's name with spelling differences taken out, so that two names of one ink are equal."""
    return "".join(char for char in ink.casefold() if char.isalnum())
