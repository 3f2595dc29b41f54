"""Writes results as SARIF 2.1.0 (OASIS): what GitHub shows beside the lines of a pull request, and editors list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from layout.checks import registry
from layout.errors import Lang, Message
from layout.proof.issue_result import FAULT, IssueResult, ResultRow

if TYPE_CHECKING:
    from layout.json_values import JsonObject, JsonValue

VERSION = "2.1.0"
SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Where the standard keeps its schema (SARIF 2.1.0 errata 01, §3.13.3)."""

ENDED = Message("命令没有做完", "the command could not be carried out")
"""What a fault is called: those of findings have a check with a name."""


def sarif(results: Sequence[IssueResult], program: str, version: str, lang: Lang) -> JsonObject:
    """The log of one run over *results*: one result for each row, with the rule of its check."""
    rows = [(result, row) for result in results for row in result.rows]
    rules = list(dict.fromkeys(row.check for _, row in rows))
    worst = max((result.exit_code for result in results), default=0)
    return {
        "$schema": SCHEMA_URI,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": program,
                        "version": version,
                        "language": {"zh": "zh-CN", "en": "en"}[lang],
                        "rules": list(_rules(rules, lang)),
                    }
                },
                "invocations": [{"executionSuccessful": worst < 2, "exitCode": worst}],
                "columnKind": "unicodeCodePoints",
                "results": [_result(result, row, rules.index(row.check)) for result, row in rows],
            }
        ],
    }


def _rules(ids: Iterable[str], lang: Lang) -> Iterable[JsonValue]:
    known = registry().all()
    for each in ids:
        check = known.get(each)
        if check is None:
            name = ENDED.text(lang) if each.startswith(f"{FAULT}.") else each
            yield {"id": each, "shortDescription": {"text": name}}
            continue
        yield {
            "id": each,
            "shortDescription": {"text": check.name.text(lang)},
            "fullDescription": {"text": check.rationale.text(lang)},
            "help": {"text": f"{check.rationale.text(lang)}\n\nlayout explain {each}"},
            "defaultConfiguration": {"level": check.severity.name.lower()},
        }


def _result(result: IssueResult, row: ResultRow, rule: int) -> JsonObject:
    place: JsonObject = {"artifactLocation": {"uri": _uri(row.file)}}
    if row.line is not None:
        start: JsonObject = {"startLine": row.line}
        place["region"] = start if row.column is None else {**start, "startColumn": row.column}
    found: JsonObject = {
        "ruleId": row.check,
        "ruleIndex": rule,
        "level": row.severity,
        "message": {"text": f"{row.message}\n{row.hint}".strip()},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"layoutFinding/v1": row.identity},
        "properties": {"issue": result.issue, **({"page": row.page} if row.page is not None else {})},
    }
    return {**found, "suppressions": [{"kind": "external"}]} if row.known else found


def _uri(path: str) -> str:
    """*path* as a URI: from the working folder, which is the checkout in CI; of a file elsewhere ``file:``."""
    written = quote(path.encode("utf-8", "surrogateescape"))
    return f"file://{written}" if path.startswith("/") else written
