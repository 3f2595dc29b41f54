"""What the contact sheet of a stressed design shows of each case: its pages, what gave way, what was found, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from layout.checks import Severity
from layout.errors import Lang
from layout.geometry import Box
from layout.pipeline.stress import StressedCase
from layout.proof.concession_text import amount_words
from layout.proof.stress_sheet import SheetCell, SheetRow, sheet_pictures, stress_sheet
from layout.units import MM

if TYPE_CHECKING:
    from layout.proof.issue_result import ResultRow
    from layout.proof.report_json import FindingJson, PageJson

OF_DESIGN = (".css", ".html", ".svg", "design.toml")
SEEN = 4.0
"""The cost from which on what gave way is seen (``cli.summary`` names the same)."""
NAMED = 4


def stress_files(title: str, cases: Sequence[StressedCase], lang: Lang) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The contact sheets of *cases* as one PDF, and each as a PNG with the name of its kind of page."""
    names = list(dict.fromkeys(each.written.hooks.name for each in cases))
    sections = [
        (name if len(names) > 1 else "", [cell for each in cases if each.written.hooks.name == name for cell in cells_of(each, lang)])
        for name in names
    ]  # fmt: skip
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
        rows = tuple(_rows(found))
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
        return f"让步 {len(changes)} 处，代价 {cost:g}" + (f"：{seen}{' 等' if len(words) > NAMED else ''}" if seen else "")
    return f"gave way {len(changes)} times, cost {cost:g}" + (f": {seen}{' …' if len(words) > NAMED else ''}" if seen else "")


def _rows(found: Sequence[FindingJson]) -> Iterator[SheetRow]:
    """The findings, the gravest first; those of one check at one place of the design together."""
    together: dict[tuple[str, str], list[FindingJson]] = {}
    for each in found:
        place = place_in_design(each)
        together.setdefault((each["check"], place or each["message"]), []).append(each)
    ordered = sorted(together.values(), key=lambda group: -Severity[group[0]["severity"].upper()])
    for group in ordered:
        first = group[0]
        times = f" ×{len(group)}" if len(group) > 1 else ""
        boxes = tuple(Box(box["x"], box["y"], box["width"], box["height"]) for each in group for box in each["boxes"])
        yield SheetRow(first["severity"], f"{first['message']}{times} [{first['check']}]", place_in_design(first), boxes)


def place_in_design(finding: FindingJson) -> str:
    """The lines of the design that decide what was found; nothing where no line does."""
    own = finding["place"] or ""
    places = [*finding["template"], *([own] if _is_of_design(own) else [])]
    return "  ".join(dict.fromkeys(places))


def _is_of_design(place: str) -> bool:
    return place.partition(":")[0].endswith(OF_DESIGN)


def row_place(row: ResultRow) -> str:
    """Where a row of a result is."""
    return row.place or row.file
