"""What the parts of PDF/X ask for where they differ. The press profile names the one by which a file is judged.

The texts of ISO 15930 were not at hand: this is as tools and guides in public quote them (Application Notes for PDF/X
Standards, CGATS 2002, and the lists of checks of several preflight programs, which agree).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfxPart:
    """One part of PDF/X, with its editions."""

    name: str
    authority: str
    marks: Mapping[str, str]
    """What the file may say it is, and up to which version of PDF it may then be. The last is the newest edition."""
    in_info: bool
    """Whether mark, title, dates and Trapped must stand in the information dictionary; else XMP is what counts."""
    transparency: bool
    """Whether anything may be transparent."""
    profile_always: bool
    """Whether an ICC profile is embedded also where the printing condition is a registered one."""

    def newest_pdf(self, mark: str) -> str:
        """Up to which version of PDF a file marked so may be; of one that is not marked, the newest edition's."""
        return self.marks.get(mark) or list(self.marks.values())[-1]


PARTS: Mapping[str, PdfxPart] = {
    part.name: part
    for part in (
        PdfxPart("X-1a", "ISO 15930-1:2001, ISO 15930-4:2003",
                 {"PDF/X-1a:2001": "1.3", "PDF/X-1a:2003": "1.4"},
                 in_info=True, transparency=False, profile_always=False),
        PdfxPart("X-3", "ISO 15930-3:2002, ISO 15930-6:2003",
                 {"PDF/X-3:2002": "1.3", "PDF/X-3:2003": "1.4"},
                 in_info=True, transparency=False, profile_always=False),
        PdfxPart("X-4", "ISO 15930-7:2010", {"PDF/X-4": "1.6"},
                 in_info=False, transparency=True, profile_always=True),
    )
}  # fmt: skip
"""By the value of ``pdfx`` in a press profile."""

REGISTRY = "color.org"
"""In an output intent's RegistryName: where the ICC keeps its list of printing conditions."""
