"""Press profiles: what a plant asks of a file, read from TOML. The loader is loaded when it is used."""

from typing import TYPE_CHECKING, Any

from layout.press.icc import ICC_COMPONENTS, IccHeader, read_header
from layout.press.model import (
    ImagePpi,
    LineArtPpi,
    MinLine,
    MinType,
    Overprint,
    PressProfile,
    Reason,
    Sharpen,
    Title,
)

if TYPE_CHECKING:
    from layout.press.load import known_profiles, load_profile

__all__ = [
    "ICC_COMPONENTS",
    "IccHeader",
    "ImagePpi",
    "LineArtPpi",
    "MinLine",
    "MinType",
    "Overprint",
    "PressProfile",
    "Reason",
    "Sharpen",
    "Title",
    "known_profiles",
    "load_profile",
    "read_header",
]


def __getattr__(name: str) -> Any:
    if name not in ("known_profiles", "load_profile"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from layout.press import load  # noqa: PLC0415

    return getattr(load, name)
