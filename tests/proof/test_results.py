"""Results as SARIF, JUnit XML, JSON and Markdown: each is what its readers take."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layout.checks import Finding, Severity
from layout.errors import Faults, Hint, ManuscriptError, Message, PictureError, Place, UsageError
from layout.proof.issue_result import CheckStatus, IssueResult, fault_rows, rows_of
from layout.proof.result_files import result_files
from layout.proof.result_format import format_of

jsonschema = pytest.importorskip("jsonschema", reason="pip install -e '.[dev]'")
etree = pytest.importorskip("lxml.etree")

SCHEMAS = Path(__file__).parent / "schemas"
ODD = "“<220KV>”的|单位_大小写不对\x01&"

RUN: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {
                    "driver": {"type": "object", "required": ["name", "rules"], "properties": {
                        "name": {"type": "string", "minLength": 1},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id", "shortDescription"]}},
                    }},
                }},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "invocations": {"type": "array", "items": {"type": "object", "required": ["executionSuccessful"]}},
                "results": {"type": "array", "items": {
                    "type": "object",
                    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
                    "additionalProperties": False,
                    "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "level": {"enum": ["none", "note", "warning", "error"]},
                        "message": {"type": "object", "required": ["text"]},
                        "locations": {"type": "array", "minItems": 1, "items": {
                            "type": "object", "required": ["physicalLocation"], "properties": {
                                "physicalLocation": {"type": "object", "required": ["artifactLocation"], "properties": {
                                    "artifactLocation": {"type": "object", "required": ["uri"], "properties": {
                                        "uri": {"type": "string", "pattern": r"^[\x21-\x7e]+$"}}},
                                    "region": {"type": "object", "required": ["startLine"], "properties": {
                                        "startLine": {"type": "integer", "minimum": 1},
                                        "startColumn": {"type": "integer", "minimum": 1}}},
                                }}}}},
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                        "suppressions": {"type": "array", "items": {"type": "object", "required": ["kind"]}},
                        "properties": {"type": "object"},
                    },
                }},
            },
        }},
    },
}  # fmt: skip
"""What the standard (SARIF 2.1.0, §3.13 to §3.28) and GitHub's code scanning want of what we write."""


def _result(folder: Path) -> IssueResult:
    found = (
        Finding("copy.unit_case", Severity.WARNING, Message(ODD, ODD), Place(f"{folder.name}/a.md", 7, 3), known=True),
        Finding("text.complete", Severity.ERROR, Message("少了字", "lost"), page_no=2,
                hint=Hint(editor=Message("删字", "cut"))),
        Finding("picture.profile-missing", Severity.NOTE, Message("没有", "none"),
                template=(Place("plain/page.css", 4),)),
    )  # fmt: skip
    return IssueResult(
        "两会", "issues/两会", 1, "error", rows_of(found, folder, "zh"), "两会特刊", "2026-02-05", 2,
        {"text.complete": CheckStatus("found"), "fonts.embedded": CheckStatus("passed"),
         "ink.total": CheckStatus("left to preflight", "要 Ghostscript")}, 1.25,
    )  # fmt: skip


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[IssueResult]:
    """Of two issues: one with findings, one with faults of two kinds."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "issues" / "两会"
    (folder / "plain").mkdir(parents=True)
    for name in ("issue.toml", "a.md", "plain/page.css"):
        (folder / name).write_text("", encoding="utf-8")
    faults = Faults([
        ManuscriptError(Message("没有标题。", "No headline."), place=Place("坏的/a.md", 1)),
        PictureError(Message("找不到。", "Missing."), hint=Message("查一查。", "Look.")),
    ])  # fmt: skip
    bad = IssueResult("坏的", "issues/坏的", 3, "error", fault_rows(faults, tmp_path / "issues" / "坏的", "zh"))
    return [_result(folder), bad]


def _sarif(results: list[IssueResult]) -> Any:
    return json.loads(result_files([Path("x.sarif")], results, "0.2", "zh")[Path("x.sarif")])


def test_sarif_is_what_github_takes(results: list[IssueResult]) -> None:
    log = _sarif(results)
    jsonschema.validate(log, RUN)
    run = log["runs"][0]
    assert [run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    assert run["invocations"] == [{"executionSuccessful": False, "exitCode": 3}]


def test_its_places_are_paths_of_the_checkout(results: list[IssueResult]) -> None:
    spots = [each["locations"][0]["physicalLocation"] for each in _sarif(results)["runs"][0]["results"]]
    folder, bad = "issues/%E4%B8%A4%E4%BC%9A", "issues/%E5%9D%8F%E7%9A%84"
    assert [(each["artifactLocation"]["uri"], each.get("region")) for each in spots] == [
        (f"{folder}/a.md", {"startLine": 7, "startColumn": 3}),
        (f"{folder}/issue.toml", None),
        (f"{folder}/plain/page.css", {"startLine": 4}),
        (f"{bad}/a.md", {"startLine": 1}),
        (f"{bad}/issue.toml", None),
    ]


def test_known_findings_are_suppressed_and_findings_keep_their_identity(tmp_path: Path) -> None:
    result = _result(tmp_path)
    first, *others = _sarif([result])["runs"][0]["results"]
    assert first["suppressions"] == [{"kind": "external"}]
    assert [list(each["partialFingerprints"].values()) for each in (first, *others)] == [
        [row.identity] for row in result.rows
    ]
    finding = Finding("copy.unit_case", Severity.WARNING, Message("“KV”第 3 处", ""), Place("x/a.md", 7))
    moved = replace(finding, place=Place("x/a.md", 90), page_no=4, message=Message("“KV”第 5 处", ""))
    other = replace(finding, message=Message("“KW”第 3 处", ""))
    one, same, different = (row.identity for row in rows_of((finding, moved, other), tmp_path, "zh"))
    assert one == same != different


@pytest.mark.parametrize("schema", ["windyroad-junit.xsd", "jenkins-junit-10.xsd"])
def test_junit_is_what_both_schemas_allow(results: list[IssueResult], schema: str) -> None:
    xml = result_files([Path("x.xml")], results, "0.2", "zh")[Path("x.xml")]
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(etree.fromstring(xml))


def test_junit_counts_checks_that_fail_and_those_that_did_not_run(results: list[IssueResult]) -> None:
    first, second = etree.fromstring(result_files([Path("x.xml")], results, "0.2", "en")[Path("x.xml")])
    cases = {case.get("name").split()[0]: [child.tag for child in case] for case in first.iter("testcase")}
    assert cases == {
        "copy.unit_case": [], "fonts.embedded": [], "ink.total": ["skipped"], "picture.profile-missing": [],
        "text.complete": ["failure"],
    }  # fmt: skip
    assert {key: first.get(key) for key in ("tests", "failures", "errors", "skipped", "time", "timestamp")} == {
        "tests": "5", "failures": "1", "errors": "0", "skipped": "1", "time": "1.250",
        "timestamp": "2026-02-05T00:00:00",
    }  # fmt: skip
    assert "copy.unit_case" in first.findtext("system-out")
    assert {case.get("name").split()[0]: case[0].tag for case in second.iter("testcase")} == {
        "fault.source": "error", "fault.material": "error",
    }  # fmt: skip
    assert second.get("timestamp") == "1970-01-01T00:00:00"


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [("error", ["text.complete"]), ("note", ["text.complete", "picture.profile-missing"]), ("never", [])],
)
def test_what_fails_is_what_fails_the_command(tmp_path: Path, fail_on: Any, failing: list[str]) -> None:
    result = replace(_result(tmp_path), fail_on=fail_on)
    assert [row.check for row in result.rows if result.fails(row)] == failing


def test_json_is_what_its_schema_says_and_is_read_back(results: list[IssueResult]) -> None:
    written = json.loads(result_files([Path("x.json")], results, "0.2", "zh")[Path("x.json")])
    schema = json.loads((Path(__file__).parents[2] / "docs" / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(written)
    assert [IssueResult.from_json(each) for each in written["issues"]] == results


def test_markdown_is_one_table_and_then_the_findings_of_each(results: list[IssueResult]) -> None:
    text = result_files([Path("x.md")], results, "0.2", "zh")[Path("x.md")].decode()
    assert text.splitlines()[:4] == [
        "| 期 | 版 | 结果 | 错误 | 警告 | 提示 |",
        "| --- | --- | --- | --- | --- | --- |",
        "| issues/两会 | 2 | 不合格 (1) | 1 | 1 | 1 |",
        "| issues/坏的 |  | 没排成 (3) | 2 |  |  |",
    ]
    assert (
        "| 警告（已知） | `copy.unit_case` | 两会/a.md:7:3 | “&lt;220KV&gt;”的\\|单位\\_大小写不对\x01&amp; |" in text
    )
    assert "| 错误 | `text.complete` | 第 2 版 | 少了字<br>删字 |" in text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.sarif", "sarif"),
        ("b/A.SARIF.JSON", "sarif"),
        ("junit.xml", "junit"),
        ("a.json", "json"),
        ("a.md", "markdown"),
    ],
)
def test_the_ending_says_which_format(name: str, written: str) -> None:
    assert format_of(Path(name)) == written


@pytest.mark.parametrize("name", ["findings", "a.html", ".json", "a.json.gz"])
def test_a_name_that_says_none_is_told(name: str) -> None:
    with pytest.raises(UsageError):
        format_of(Path(name))
