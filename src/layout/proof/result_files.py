"""Writes results into files of the formats that their names ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from layout.errors import Lang
from layout.proof.issue_result import SCHEMA, IssueResult
from layout.proof.junit import junit
from layout.proof.result_format import ResultFormat, format_of
from layout.proof.results_markdown import results_markdown
from layout.proof.sarif import sarif

PROGRAM = "lianghui-layout"


def result_files(paths: Sequence[Path], results: Sequence[IssueResult], version: str, lang: Lang) -> dict[Path, bytes]:
    """The contents of *paths* for *results*. *version* is the program's."""
    writers: Mapping[ResultFormat, Callable[[], bytes]] = {
        "sarif": lambda: _json(sarif(results, PROGRAM, version, lang)),
        "junit": lambda: junit(results, lang),
        "json": lambda: _json(
            {"schema": SCHEMA, "program": f"{PROGRAM} {version}", "issues": [each.as_json() for each in results]}
        ),
        "markdown": lambda: results_markdown(results, lang).encode("utf-8", "backslashreplace"),
    }
    return {path: writers[format_of(path)]() for path in paths}


def _json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
