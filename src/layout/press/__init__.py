"""Press profiles: a printing plant's requirements. ``layout.press.load`` reads them; it alone needs pydantic."""

from layout.press.icc import ICC_COMPONENTS, IccHeader, read_header
from layout.press.model import (
    CheckLevel,
    ImagePpi,
    LineArtPpi,
    MinLine,
    MinType,
    Overprint,
    PressProfile,
    Reason,
    Sharpen,
    Title,
    Tolerance,
)

__all__ = [
    "ICC_COMPONENTS",
    "CheckLevel",
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
    "Tolerance",
    "read_header",
]
