"""Uses an ICC profile once, as the pictures and the soft proof will: of a damaged one the header may be whole."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageCms
from PIL.ImageCms import Flags, ImageCmsProfile, Intent

INTENTS: Mapping[str, Intent] = {"perceptual": Intent.PERCEPTUAL, "relative": Intent.RELATIVE_COLORIMETRIC}
"""By the press profile's ``rendering_intent``."""


def converts(icc: bytes, intent: str) -> bool:
    """Whether *icc* turns a pixel of sRGB into ink by *intent*, and ink into a screen's colour and an eye's."""
    photograph, ink = Image.new("RGB", (1, 1)), Image.new("CMYK", (1, 1))
    into = INTENTS.get(intent, Intent.RELATIVE_COLORIMETRIC)
    try:
        press, screen, eye = (
            ImageCmsProfile(BytesIO(icc)),
            ImageCms.createProfile("sRGB"),
            ImageCms.createProfile("LAB"),
        )
        ImageCms.applyTransform(
            photograph, ImageCms.buildTransform(screen, press, "RGB", "CMYK", into, Flags.BLACKPOINTCOMPENSATION)
        )
        for shown, mode in ((screen, "RGB"), (eye, "LAB")):
            ImageCms.applyTransform(
                ink, ImageCms.buildTransform(press, shown, "CMYK", mode, Intent.ABSOLUTE_COLORIMETRIC)
            )
    except (OSError, ImageCms.PyCMSError, ValueError):
        return False
    return True
