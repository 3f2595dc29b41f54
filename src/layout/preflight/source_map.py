"""Where on our own pages a finding comes from: story, paragraph, picture, the line of copy or template.

A build writes report.json beside its PDF, and the same as ``<issue>.report.json``. When a report knows the PDF by its
hash, the frames it lists say what lies where, and findings then name the newsroom's things instead of a spot on paper.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from layout.checks import Finding
from layout.errors import Lang, Place
from layout.manuscript.story_parts import story_flow
from layout.preflight.job import Expected

REPORT = "report.json"
MAX_REPORT = 64 * 1024 * 1024
"""Bytes; that of a sixteen-page issue has one million."""

KINDS = ("frames", "pictures", "paragraphs", "marks")
"""The lists of a page's geometry that hold boxes: text, photographs, and what style sheets draw."""

TEXTS, PICTURES, DRAWN = ("frames", "paragraphs"), ("pictures",), ("marks", "pictures")
LOOKED_IN = {"text": TEXTS, "font": TEXTS, "image": PICTURES, "line": DRAWN, "shade": DRAWN}
"""By the family of a check, the lists in which its marks can have their source; else in all."""

DECIDED_BY = {"text.small": "size", "text.reversed": "size"}
"""What of a frame's type a finding on text is about, where it is not its ink."""

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
    """Flow ("tunliu.section-2"), picture ("picture.ridge"), or what a style sheet draws ("design/header.folio")."""
    place: Place | None
    """Where it is written, when the report says so."""
    kind: str = "frames"
    type: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Of a frame: where the style sheets set the ``size`` and the ``ink`` of its type."""

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
    expected: Expected = field(default_factory=Expected)
    press: str = ""

    def located(self, finding: Finding) -> Finding:
        """The finding with its source: in ``amount["source"]``, and in its place when the report has lines."""
        boxes = finding.amount.get("boxes_pt", ())
        if finding.page_no is None or not 0 < finding.page_no <= len(self.pages):
            return finding
        kinds = LOOKED_IN.get(finding.check.partition(".")[0], KINDS)
        found = [self._spot(finding.page_no, box, kinds) for box in boxes]
        spots = list(dict.fromkeys(spot for spot in found if spot is not None))
        if not spots:
            return finding
        names = list(dict.fromkeys(spot.name for spot in spots))[:MAX_NAMED]
        place = next((spot.place for spot in spots if spot.place is not None), finding.place)
        amount = {**finding.amount, "source": names}
        if written := self._written(finding, boxes):
            amount["template"] = written
        return replace(finding, place=place, amount=amount)

    def _spot(self, page_no: int, box: Sequence[float], kinds: Sequence[str]) -> Spot | None:
        """The smallest box around the middle of *box*."""
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        spots = self.pages[page_no - 1][1]
        return min((s for s in spots if s.kind in kinds and s.holds(x, y)), key=lambda s: s.area, default=None)

    def _written(self, finding: Finding, boxes: Sequence[Sequence[float]]) -> list[str]:
        """Where the style sheets say what a finding on type is about: its size, or else its ink."""
        if finding.page_no is None or finding.check.partition(".")[0] not in ("text", "overprint", "colour", "ink"):
            return []
        what = DECIDED_BY.get(finding.check, "ink")
        frames = [self._spot(finding.page_no, box, ("frames",)) for box in boxes]
        return list(dict.fromkeys(frame.type[what] for frame in frames if frame and what in frame.type))[:MAX_NAMED]


def source_map(pdf: Path) -> SourceMap | None:
    """The map of *pdf* from the report beside it; ``None`` when there is none or it is about another file."""
    reports = [pdf.with_name(f"{stem}.{REPORT}") for stem in dict.fromkeys([pdf.stem, _PAGE.sub("", pdf.stem)])]
    maps = (_mapped(pdf, path) for path in (*reports, pdf.with_name(REPORT)))
    return next((found for found in maps if found is not None), None)


_PAGE = re.compile(r"-\d+$")
"""What a page's own file has behind the issue's name."""


def _mapped(pdf: Path, path: Path) -> SourceMap | None:
    """The map from the report at *path*, where that is about *pdf*."""
    try:
        if path.stat().st_size > MAX_REPORT:
            return None
        report = json.loads(path.read_bytes())
        known = next(each["sha256"] for each in report["files"] if each["name"] == pdf.name)
        if hashlib.sha256(pdf.read_bytes()).hexdigest() != known:
            return None
        return _map(report, pdf.name)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration, RecursionError):
        return None


def sources(pages: Sequence[tuple[int, Mapping[str, Any]]]) -> SourceMap:
    """The map of pages that are being built: their numbers and the geometry that the report will have."""
    return SourceMap(tuple((number, tuple(_spots(geometry))) for number, geometry in pages))


def _map(report: Mapping[str, Any], name: str) -> SourceMap:
    whole = report["pages"]
    # A page written as a file of its own is that page.
    pages = [page for page in whole if name == f"{report.get('issue')}-{page['number']}.pdf"] or whole
    first = pages[0]["geometry"]
    return SourceMap(
        tuple((int(page["number"]), tuple(_spots(page["geometry"]))) for page in pages),
        Expected(
            pages=len(pages),
            trim=(float(first["width"]), float(first["height"])),
            title=str(report["title"]),
            faces=frozenset(str(face) for page in pages for face in page["fonts"]),
            plates=tuple(frozenset(map(str, page.get("plates", "CMYK"))) for page in pages),
            whole=len(pages) == len(whole),
        ),
        str(report["press"]["name"]),
    )


def _spots(geometry: Mapping[str, Any]) -> Iterator[Spot]:
    for kind in KINDS:
        for each in geometry.get(kind, ()):
            name = each.get("flow") or (f"picture.{each['picture']}" if "picture" in each else f"design/{each['name']}")
            x, y, width, height = (float(each[key]) for key in ("x", "y", "width", "height"))
            written = geometry.get("type", {})
            key = each.get("id")
            type_ = {what: str(written[f"{key}.{what}"]) for what in ("size", "ink") if f"{key}.{what}" in written}
            yield Spot(x, y, width, height, str(name), _place(each.get("place")), kind, type_)


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
    words = _words()
    if name.startswith("design/"):
        return words["design"][lang].format(name.removeprefix("design/"))
    head, _, rest = name.partition(".")
    if head == "picture":
        picture, _, part = rest.partition(".")
        named = words["picture"][lang].format(picture)
        return named + (f" {words[part][lang]}" if part in words else "")
    if head == "page":
        return words["folio"][lang].format(rest.removeprefix("folio."))
    found = story_flow(name)
    if found is None:
        return name.replace(".", " ")
    piece = words[found.piece][lang] if found.piece in words else found.piece
    return " ".join(filter(None, (found.story, found.part.called(found.index).text(lang), piece)))
