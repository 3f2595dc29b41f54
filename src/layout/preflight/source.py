"""Where on our own pages a finding comes from: story, paragraph, picture, the line of copy or template.

A build writes report.json beside its PDF. When the report knows the PDF by its hash, the frames it lists say what lies
where, and findings then name the newsroom's things instead of a spot on paper.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from layout.errors import Lang, Place
from layout.findings import Finding
from layout.preflight.job import Expected

REPORT = "report.json"
MAX_REPORT = 64 * 1024 * 1024
"""Bytes; that of a sixteen-page issue has one million."""

KINDS = ("frames", "pictures", "paragraphs")
"""The lists of a page's geometry that hold boxes."""

NEAR = 1.5
"""Points that a mark may stick out of its frame."""

MAX_NAMED = 3
"""Sources a finding names."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box of a page, in points from the trimmed page's top left corner, and what lies in it."""

    x: float
    y: float
    width: float
    height: float
    name: str
    """Flow ("tunliu.section-2") or picture ("picture.ridge")."""
    place: Place | None
    """Where it is written, when the report says so."""

    @property
    def area(self) -> float:
        """Of two boxes the smaller says more."""
        return self.width * self.height

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return -NEAR <= x - self.x <= self.width + NEAR and -NEAR <= y - self.y <= self.height + NEAR


@dataclass(frozen=True, slots=True)
class SourceMap:
    """What a build's report tells of its PDF."""

    pages: tuple[tuple[int, tuple[Spot, ...]], ...]
    """In the PDF's order: the page's number in the edition, and its boxes."""
    expected: Expected
    press: str

    def located(self, finding: Finding) -> Finding:
        """The finding with its source: in ``amount["source"]``, and in its place when the report has lines."""
        boxes = finding.amount.get("boxes_pt", ())
        if finding.page_no is None or not 0 < finding.page_no <= len(self.pages):
            return finding
        spots = list(dict.fromkeys(spot for box in boxes if (spot := self._spot(finding.page_no, box)) is not None))
        if not spots:
            return finding
        names = list(dict.fromkeys(spot.name for spot in spots))[:MAX_NAMED]
        place = next((spot.place for spot in spots if spot.place is not None), finding.place)
        return replace(finding, place=place, amount={**finding.amount, "source": names})

    def _spot(self, page_no: int, box: Sequence[float]) -> Spot | None:
        """The smallest box around the middle of *box*."""
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        return min(
            (spot for spot in self.pages[page_no - 1][1] if spot.holds(x, y)), key=lambda s: s.area, default=None
        )


def source_map(pdf: Path) -> SourceMap | None:
    """The map of *pdf* from the report beside it; ``None`` when there is none or it is about another file."""
    path = pdf.with_name(REPORT)
    try:
        if path.stat().st_size > MAX_REPORT:
            return None
        report = json.loads(path.read_bytes())
        known = next(each["sha256"] for each in report["files"] if each["name"] == pdf.name)
        if hashlib.sha256(pdf.read_bytes()).hexdigest() != known:
            return None
        return _map(report)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration, RecursionError):
        return None


def _map(report: Mapping[str, Any]) -> SourceMap:
    pages = report["pages"]
    first = pages[0]["geometry"]
    return SourceMap(
        tuple((int(page["number"]), tuple(_spots(page["geometry"]))) for page in pages),
        Expected(
            pages=len(pages),
            trim=(float(first["width"]), float(first["height"])),
            title=str(report["title"]),
            faces=frozenset(str(face) for page in pages for face in page["fonts"]),
        ),
        str(report["press"]["name"]),
    )


def _spots(geometry: Mapping[str, Any]) -> Iterator[Spot]:
    for kind in KINDS:
        for each in geometry.get(kind, ()):
            name = each["flow"] if "flow" in each else f"picture.{each['picture']}"
            x, y, width, height = (float(each[key]) for key in ("x", "y", "width", "height"))
            yield Spot(x, y, width, height, str(name), _place(each.get("place")))


def _place(written: str | None) -> Place | None:
    """A place from its ``file:line:column``."""
    if not written:
        return None
    parts = written.rsplit(":", 2)
    numbers = [int(part) for part in parts[1:] if part.isdigit()]
    if len(numbers) < len(parts) - 1:
        return Place(written)
    return Place(parts[0], *numbers)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "source.toml").read_text(encoding="utf-8")
    )
    return table


def spoken(name: str, lang: Lang) -> str:
    """A flow's or picture's name for people: ``tunliu.section-2`` is “tunliu 第 2 节”."""
    head, _, rest = name.partition(".")
    words = _words()
    if head == "picture":
        picture, _, part = rest.partition(".")
        named = words["picture"][lang].format(picture)
        return named + (f" {words[part][lang]}" if part in words else "")
    if head == "page":
        return words["folio"][lang].format(rest.removeprefix("folio."))
    said = [head]
    for part in filter(None, rest.split(".")):
        kind, _, number = part.partition("-")
        said.append(words[kind][lang].format(number).rstrip() if kind in words else part)
    return " ".join(said)
