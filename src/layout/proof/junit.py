"""Writes results as JUnit XML, which GitLab, Jenkins and Azure show: a suite for each issue, a case for each check.

The form is what both schemas in use allow: Windy Road's of Apache Ant, and that of Jenkins' xUnit plug-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from layout.checks import registry
from layout.errors import Lang
from layout.proof.issue_result import FAULT, IssueResult, ResultRow
from layout.proof.sarif import ENDED

NO_DATE = "1970-01-01"
"""The schema wants a time. No clock is looked at: it is the issue's date, and this where the plan could not be read."""

RAN = frozenset({"passed", "found"})
"""Statuses of checks that were carried out."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (§2.2)."""


def junit(results: Sequence[IssueResult], lang: Lang) -> bytes:
    """The XML of *results*. A check fails where a finding of it fails the command; faults are errors, checks that were
    not carried out are skipped, and what fails nothing stands in the suite's output.
    """
    root = Element("testsuites")
    for number, result in enumerate(results):
        root.append(_suite(result, number, lang))
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _suite(result: IssueResult, number: int, lang: Lang) -> Element:
    cases = list(_cases(result, lang))
    counts = {tag: sum(case.find(tag) is not None for case in cases) for tag in ("failure", "error", "skipped")}
    suite = Element(
        "testsuite", name=_clean(result.issue), package=_clean(result.folder), id=str(number), hostname="localhost",
        timestamp=f"{result.date or NO_DATE}T00:00:00", tests=str(len(cases)), failures=str(counts["failure"]),
        errors=str(counts["error"]), skipped=str(counts["skipped"]), time=f"{result.seconds:.3f}",
    )  # fmt: skip
    properties = SubElement(suite, "properties")
    for name, value in (("title", result.title), ("folder", result.folder), ("exit_code", str(result.exit_code))):
        SubElement(properties, "property", name=name, value=_clean(value))
    suite.extend(cases)
    others = [row for row in result.rows if not result.fails(row)]
    SubElement(suite, "system-out").text = _clean("\n".join(map(_line, others)))
    SubElement(suite, "system-err")
    return suite


def _cases(result: IssueResult, lang: Lang) -> Iterator[Element]:
    known = registry().all()
    by_check = {
        check: list(rows)
        for check, rows in groupby(sorted(result.rows, key=lambda row: row.check), key=lambda row: row.check)
    }
    for check in sorted({*by_check, *result.checks}):
        name = known[check].name.text(lang) if check in known else ENDED.text(lang)
        case = Element("testcase", classname=_clean(result.issue), name=_clean(f"{check} {name}"), time="0")
        rows = [row for row in by_check.get(check, ()) if result.fails(row)]
        status = result.checks.get(check)
        if rows:
            tag = "error" if check.startswith(f"{FAULT}.") else "failure"
            verdict = SubElement(case, tag, type=rows[0].severity, message=_clean(rows[0].message))
            verdict.text = _clean("\n".join(map(_line, rows)))
        elif status is not None and status.status not in RAN:
            SubElement(case, "skipped", message=_clean(status.why or status.status))
        yield case


def _line(row: ResultRow) -> str:
    """``place: gravity [check] sentence`` and, below, its hint."""
    place = row.place or row.file
    return f"{place}: {row.severity} [{row.check}] {row.message}" + (f"\n  → {row.hint}" if row.hint else "")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
