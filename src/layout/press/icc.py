"""Reads the header of an ICC profile (ICC.1:2010 §7.2): its kind, its colour space, its version."""

from __future__ import annotations

from dataclasses import dataclass

HEADER_BYTES = 128
ICC_COMPONENTS = {"GRAY": 1, "RGB": 3, "Lab": 3, "CMYK": 4}
"""How many components a colour has, by the header's colour space."""


@dataclass(frozen=True, slots=True)
class IccHeader:
    """The fields of an ICC profile's header."""

    size: int
    """Length of the whole profile in bytes."""
    version: tuple[int, int]
    device_class: str
    """``prtr`` for a printer, ``mntr`` a monitor, ``scnr`` a scanner …"""
    colour_space: str
    """``CMYK``, ``RGB``, ``GRAY``, ``Lab`` …"""

    @property
    def components(self) -> int | None:
        """How many components a colour of its space has; None for a space that no page uses."""
        return ICC_COMPONENTS.get(self.colour_space)

    @property
    def prints_cmyk(self) -> bool:
        """Whether it describes a CMYK press."""
        return self.device_class == "prtr" and self.colour_space == "CMYK"


def read_header(data: bytes | None) -> IccHeader | None:
    """The header of the profile whose bytes are *data* (128 are enough), or None when it is no ICC profile."""
    if data is None or len(data) < HEADER_BYTES or data[36:40] != b"acsp":
        return None
    return IccHeader(
        size=int.from_bytes(data[0:4], "big"),
        version=(data[8], data[9] >> 4),
        device_class=data[12:16].decode("latin-1").strip(),
        colour_space=data[16:20].decode("latin-1").strip(),
    )
