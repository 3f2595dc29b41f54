"""Press profiles: a printing plant's requirements. ``layout.press.load`` reads them; it alone needs pydantic."""

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
    "read_header",
]
