"""Press profiles: what a plant asks of a file, read from TOML."""

from layout.press.icc import IccHeader, read_header
from layout.press.load import known_profiles, load_profile
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

__all__ = [
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
