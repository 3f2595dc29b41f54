"""What the contact sheet of a stressed design shows of a case: its pages, what gave way, what was found and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.checks import Severity
from layout.errors import Lang, Place
from layout.geometry import Box
from layout.pipeline.stress import StressedCase
from layout.proof.concession_text import amount_words
from layout.proof.stress_sheet import SheetCell, SheetRow, sheet_pictures, stress_sheet
from layout.units import MM

if TYPE_CHECKING:
    from layout.engine.element_sources import PageElement
    from layout.pipeline.inspection import PageInspection
    from layout.proof.report_json import FindingJson, PageJson

OF_DESIGN = (".css", ".html", ".svg", "design.toml")
SEEN = 4.0
"""The cost from which on what gave way is seen (``cli.summary`` names the same)."""
NAMED = 4


def stress_files(title: str, cases: Sequence[StressedCase], lang: Lang) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The contact sheets of *cases* as one PDF, and each as a PNG with the name of its kind of page."""
    names = list(dict.fromkeys(each.written.hooks.name for each in cases))
    sections = []
    for name in names:
        own = [each for each in cases if each.written.hooks.name == name]
        sections.append((name if len(names) > 1 else "", [cell for each in own for cell in cells_of(each, lang)]))
    pdf = stress_sheet(title, sections, lang)
    return pdf, list(zip(names, sheet_pictures(pdf, len(sections)), strict=True))


def cells_of(stressed: StressedCase, lang: Lang) -> list[SheetCell]:
    """A cell for each page of a case; one where it could not be made."""
    written, report = stressed.written, stressed.report
    label, facts = written.case.label.text(lang), _facts(stressed, lang)
    if report is None:
        rows = tuple(SheetRow(row.severity, row.message, row.place) for row in stressed.result.rows)
        return [SheetCell(label, "error", facts, "", rows, None, 0, written.hooks.size)]
    pages = report["pages"]
    cells = []
    for index, page in enumerate(pages):
        found = [each for each in report["findings"] if (each["page"] or pages[0]["number"]) == page["number"]]
        rows = tuple(_rows(found, stressed.inspections.get(page["number"])))
        cells.append(
            SheetCell(
                label if len(pages) == 1 else f"{label} {index + 1}/{len(pages)}",
                rows[0].severity if rows else "clean", facts, gave_way(page, lang), rows, written.pdf, index,
                (page["width_mm"] * MM, page["height_mm"] * MM),
            )
        )  # fmt: skip
    return cells


def _facts(stressed: StressedCase, lang: Lang) -> str:
    written = stressed.written
    if lang == "zh":
        return f"{written.characters} 字，{written.pictures} 幅图"
    return f"{written.characters} characters, {written.pictures} pictures"


def gave_way(page: PageJson, lang: Lang) -> str:
    """What gave way on a page, the dearest first; nothing where nothing did."""
    changes = sorted(page["changes"], key=lambda change: -change["cost"])
    if not changes:
        return ""
    words = [
        amount_words(each["what"], each["wanted"], each["got"], each["unit"], lang)
        for each in changes
        if each["cost"] >= SEEN
    ]
    cost = sum(each["cost"] for each in changes)
    seen = ("；" if lang == "zh" else "; ").join(words[:NAMED])
    if lang == "zh":
        return f"让步 {len(changes)} 处，代价 {cost:g}" + (
            f"：{seen}{' 等' if len(words) > NAMED else ''}" if seen else ""
        )
    return f"gave way {len(changes)} times, cost {cost:g}" + (
        f": {seen}{' …' if len(words) > NAMED else ''}" if seen else ""
    )


def _rows(found: Sequence[FindingJson], inspection: PageInspection | None) -> Iterator[SheetRow]:
    """The findings, the gravest first; those of one check at one place of the design together."""
    for group in grouped(found, inspection):
        first = group.findings[0]
        times = f" ×{len(group.findings)}" if len(group.findings) > 1 else ""
        boxes = tuple(
            Box(box["x"], box["y"], box["width"], box["height"]) for each in group.findings for box in each["boxes"]
        )
        yield SheetRow(
            first["severity"], f"{first['message']}{times} [{first['check']}]", group.places, boxes or group.at
        )


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one check at one place of the design."""

    findings: tuple[FindingJson, ...]
    places: str
    """The lines of the design that decide what was found."""
    at: tuple[Box, ...]
    """Where on the page the frames are that they are about."""


def grouped(found: Sequence[FindingJson], inspection: PageInspection | None) -> list[FindingGroup]:
    """The findings of a page, the gravest first."""
    together: dict[tuple[str, str], list[FindingJson]] = {}
    elements: dict[str, tuple[PageElement, ...]] = {}
    for each in found:
        own = () if inspection is None else tuple(_elements(each, inspection))
        places = "  ".join(_places(each, own))
        together.setdefault((each["check"], places or each["message"]), []).append(each)
        elements.setdefault(places, own)
    ordered = sorted(together.items(), key=lambda group: -Severity[group[1][0]["severity"].upper()])
    return [
        FindingGroup(
            tuple(own), places if places in elements else "",
            tuple(element.box for element in elements.get(places, ())[:1]) if places in elements else (),
        )
        for (_, places), own in ordered
    ]  # fmt: skip


def _elements(finding: FindingJson, inspection: PageInspection) -> Iterator[PageElement]:
    """The elements that a finding is about: frames of its copy, else the smallest that holds its box."""
    flows = set(finding["flows"])
    ids = {frame.id for frame in inspection.frames if flows.intersection(map(str, frame.chain.flows))}
    ids |= {box.id for box in inspection.pictures if f"picture.{box.picture}" in finding["sources"]}
    if not ids and finding["place"]:
        at = Place.parse(finding["place"])
        ids = {
            line.frame
            for line in inspection.lines
            if line.place and line.place.file == at.file and line.place.line == at.line
        }
    named = [each for each in inspection.elements if each.key in ids]
    yield from named[:1]
    if named or not finding["boxes"]:
        return
    box = finding["boxes"][0]
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    holding = [
        each for each in inspection.elements
        if each.box.x <= middle[0] <= each.box.right and each.box.y <= middle[1] <= each.box.bottom
    ]  # fmt: skip
    yield from sorted(holding, key=lambda each: each.box.area)[:1]


def _places(finding: FindingJson, elements: Sequence[PageElement]) -> Iterator[str]:
    """The lines of the design that decide what was found: those that it names, else of its elements' template and the
    rule that wins.
    """
    own = finding["place"] or ""
    named = dict.fromkeys([*finding["template"], *([own] if _is_of_design(own) else [])])
    yield from named
    for element in elements if not named else ():
        yield from map(str, element.lines)


def _is_of_design(place: str) -> bool:
    return place.partition(":")[0].endswith(OF_DESIGN)
