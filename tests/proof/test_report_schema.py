"""Real reports are what docs/report.schema.json says of them, and hold no key that it does not name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from in_place import proof
from layout import assets
from layout.pipeline import Options, preflight
from layout.pipeline.separations import SeparationOptions
from layout.preflight.expected import Expected
from layout.preflight.verdict import examine
from layout.press.load import load_profile
from layout.proof.report import SCHEMA
from sample_issue import FOLDER, four_pages, sample

pytestmark = pytest.mark.slow

jsonschema = pytest.importorskip("jsonschema", reason="pip install -e '.[dev]'")
referencing = pytest.importorskip("referencing", reason="jsonschema brings it")

PATH = assets.root() / "docs" / "report.schema.json"


def strict(schema: Any) -> Any:
    """*schema* refusing, besides, every key that it does not name."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    own = {key: strict(value) for key, value in schema.items()}
    closed = "properties" in own and schema.get("type") == "object" and "additionalProperties" not in own
    return own | {"unevaluatedProperties": False} if closed and schema is not BOX else own


READ = json.loads(PATH.read_text(encoding="utf-8"))
BOX = READ["$defs"]["box"]
"""Others are boxes and more."""


def validate(report: Mapping[str, Any]) -> None:
    """Raises what jsonschema raises where the report's JSON is not what the schema says."""
    jsonschema.Draft202012Validator.check_schema(READ)
    jsonschema.Draft202012Validator(strict(READ)).validate(json.loads(json.dumps(report)))


def test_the_schema_has_the_reports_number() -> None:
    assert READ["properties"]["schema"]["const"] == SCHEMA == 2


def test_the_report_of_one_page() -> None:
    validate(sample().built.report)


def test_a_key_that_is_not_named_is_seen() -> None:
    report = {**sample().built.report, "extra": 1}
    with pytest.raises(jsonschema.ValidationError, match="extra"):
        validate(report)


@pytest.mark.slow
def test_the_report_of_four_pages() -> None:
    validate(four_pages().report)


@pytest.mark.slow
def test_the_report_of_a_proof_with_plates_and_what_changed(tmp_path: Path) -> None:
    separations = SeparationOptions(soft=True, plates=True)
    made = proof(FOLDER, Options(out=tmp_path, png=False), 2, against=sample().built.pdf, separations=separations)
    validate(made.built.report)
    assert {"against", "proofs"} <= set(made.built.report)


VERDICT = json.loads((assets.root() / "docs" / "preflight.schema.json").read_text(encoding="utf-8"))


def validate_verdict(verdict: Mapping[str, Any]) -> None:
    """Raises what jsonschema raises where a verdict's JSON is not what its schema says."""
    files = {"report.schema.json": strict(READ)}
    known = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(schema)) for name, schema in files.items()
    )
    jsonschema.Draft202012Validator.check_schema(VERDICT)
    jsonschema.Draft202012Validator(strict(VERDICT), registry=known).validate(json.loads(json.dumps(verdict)))


def test_the_verdict_of_preflight_with_findings_and_with_a_plants_changes() -> None:
    press = load_profile("rotary-house", [assets.press_dir()])
    verdict = examine(sample().pdf, press, Expected(pages=2), ink=False)
    assert press.reasons
    assert verdict.findings
    for lang in ("zh", "en"):
        validate_verdict(verdict.as_json(lang))
    with pytest.raises(jsonschema.ValidationError, match="extra"):
        validate_verdict({**verdict.as_json("zh"), "extra": 1})


@pytest.mark.slow
def test_the_verdict_of_preflight_with_plates(tmp_path: Path) -> None:
    file = tmp_path / "tunliu-2026.pdf"
    file.write_bytes(sample().pdf)
    validate_verdict(preflight(file).as_json("zh"))
