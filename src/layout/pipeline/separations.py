"""The pages as the press sees them: soft proofs on its paper, its plates one by one, and the ink each takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layout.preflight.ink_zones import as_csv, ink_zones
from layout.press import PressProfile
from layout.proof.plates import PPI, films, plate_images, soft_png, use_of
from layout.proof.report_json import InkJson, PageJson, ProofJson, ReportJson
from layout.seal.file_written import FileWritten

ENDINGS = {"ink-zones": "csv"}
"""Of what is no picture, the ending of its file's name."""


@dataclass(frozen=True)
class SeparationOptions:
    """The separations that a proof round should contain."""

    soft: bool = False
    plates: bool = False

    def __bool__(self) -> bool:
        return self.soft or self.plates


@dataclass(frozen=True)
class Separations:
    """Pictures, and tables of ink zones, by file name, with their entries in the report and the ink of each page."""

    files: Mapping[str, bytes]
    entries: tuple[ProofJson, ...]
    """One entry a file: name, page, kind (``soft``, ``C`` …, ``ink-zones``), size, sha256."""
    ink: tuple[InkJson | None, ...]
    """One entry a page: coverage of each plate in percent, and the most ink of any spot; None without plates."""

    def in_report(self, report: ReportJson) -> ReportJson:
        """*report* with these entries added."""
        pages: list[PageJson] = [
            page if ink is None else {**page, "ink": ink} for page, ink in zip(report["pages"], self.ink, strict=True)
        ]
        return {**report, "pages": pages, "proofs": self.entries}


def separated(
    pdf: bytes,
    pages: Sequence[tuple[int, str]],
    profile: PressProfile,
    options: SeparationOptions,
    margin: tuple[float, float],
) -> Separations:
    """Pictures of a finished file, whose *pages* are numbers with the beginnings of their files' names.

    *margin*, bleed and marks in points, is in the pictures but not in the ink. The same file gives the same bytes.
    """
    files: dict[str, bytes] = {}
    entries: list[ProofJson] = []
    ink: list[InkJson | None] = []
    for index, (number, stem) in enumerate(pages):
        made = {"soft": soft_png(pdf, index, profile)} if options.soft else {}
        use: InkJson | None = None
        if options.plates:
            images = plate_images(pdf, index)
            made |= films(images)
            found = use_of(images, PPI, margin)
            made["ink-zones"] = as_csv(ink_zones(number, images, PPI, profile, margin))
            use = {
                "coverage_percent": {name: round(share, 2) for name, share in found.coverage.items()},
                "most_percent": round(found.most, 1),
            }
        for kind, content in made.items():
            file = FileWritten.of(f"{stem}-{kind}.{ENDINGS.get(kind, 'png')}", content)
            files[file.name] = content
            entries.append({"name": file.name, "page": number, "kind": kind, "size": file.size, "sha256": file.sha256})
        ink.append(use)
    return Separations(files, tuple(entries), tuple(ink))
