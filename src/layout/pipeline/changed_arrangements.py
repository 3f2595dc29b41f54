"""Which made-up pages are arranged otherwise than in the round before, as the report of that round has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from layout.preflight.source_map import reports_beside

if TYPE_CHECKING:
    from layout.proof.report_json import ChangedArrangementJson, ReportJson


def earlier_arrangements(pdf: Path) -> Mapping[int, str]:
    """The arrangements of the round whose file is *pdf*, by page, from the report beside it; none where there is none:
    a file may have been moved without it, and its text and looks are compared all the same.
    """
    for path in reports_beside(pdf):
        try:
            report = json.loads(path.read_bytes())
            if any(each["name"] == pdf.name for each in report["files"]):
                own = {page["number"]: page.get("arrangement") for page in report["pages"]}
                return {number: str(made["chosen"]["words"]) for number, made in own.items() if made}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return {}


def changed_arrangements(old: Mapping[int, str], report: ReportJson) -> Iterator[ChangedArrangementJson]:
    """The pages of *report* that were arranged otherwise, as *old* has them."""
    for page in report["pages"]:
        made, before = page.get("arrangement"), old.get(page["number"])
        if made is not None and before is not None and made["chosen"]["words"] != before:
            yield {"number": page["number"], "old": before, "new": made["chosen"]["words"]}
