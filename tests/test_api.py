"""The public API: its names are held here, its page names them all, and what the page shows runs as it stands."""

import dataclasses
import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import pytest

import layout
from layout import assets
from layout.proof.report_json import ReportJson
from pipeline.small_issue import make_issue
from proof.test_report_schema import READ

DOCS = assets.root() / "docs"
PAGE = (DOCS / "api.md").read_text(encoding="utf-8")
NAMES = {
    "build", "check", "preflight", "proof",
    "Options", "SeparationOptions", "Built", "Proofed", "Verdict", "ReportJson", "Finding", "Severity",
    "LayoutError", "UsageError", "SourceError", "MaterialError", "PrintError",
}  # fmt: skip
"""What other programs rely on. One that goes, or changes its meaning, is a line in CHANGELOG.md under a new version."""

VALUES = [layout.Options, layout.SeparationOptions, layout.Built, layout.Proofed, layout.Verdict, layout.Finding]
EXAMPLES = ("five_lines", "newsroom")
WATCH = """import atexit, os, sys
atexit.register(lambda: {"weasyprint", "pydyf"} & set(sys.modules) and os._exit(99))
"""
"""Put before an example: the process ends with 99 where the engine was loaded in it."""


def test_the_names_are_these() -> None:
    assert set(layout.__all__) == NAMES
    assert layout.__all__ == sorted(layout.__all__)
    assert set(dir(layout)) >= NAMES
    assert all(getattr(layout, name).__doc__ for name in NAMES)
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        _ = layout.bild


def test_a_room_does_not_take_the_place_of_the_function_of_its_name() -> None:
    for room in ("proof", "preflight"):
        module = import_module(f"layout.{room}")
        assert isinstance(module, ModuleType)
        assert isfunction(getattr(layout, room))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_page_names_it(name: str) -> None:
    assert re.search(rf"`(layout\.)?{name}\b", PAGE)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_the_page_names_every_field(value: type[Any]) -> None:
    section = PAGE[PAGE.index("## 值") :]
    named = set(re.findall(r"[`(](\w+)(?=[`(),])|(?<=, )(\w+)(?=\))", section))
    fields = {field.name for field in dataclasses.fields(value)}
    assert fields <= {name for pair in named for name in pair}


def test_every_error_has_the_exit_code_that_the_page_says() -> None:
    rows = dict(re.findall(r"^\| `(\w+Error)` \| (\d) \|", PAGE, re.MULTILINE))
    errors = {name for name in NAMES if name.endswith("Error")} - {"LayoutError"}
    assert rows == {name: str(getattr(layout, name).exit_code) for name in errors}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_shows_the_example_that_is_type_checked(name: str) -> None:
    assert f"```python\n{(DOCS / 'api' / f'{name}.py').read_text(encoding='utf-8')}```\n" in PAGE
    assert len(re.findall("```python", PAGE)) == len(EXAMPLES)


def run_example(number: int, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The page's example in a process of its own, in *folder*."""
    code = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[number]
    (folder / "example.py").write_text(WATCH + code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "example.py", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(assets.root() / "src"), "LAYOUT_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_five_lines_run(tmp_path: Path) -> None:
    make_issue(tmp_path / "issues" / "tunliu-2026", "功率220KV，" + "全区上下谋发展。" * 25)
    ran = run_example(0, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "WARNING copy.unit_case “220KV”的单位大小写不对。\n" in ran.stdout
    assert ran.stdout.endswith("build/tunliu-2026.pdf 0\n")
    assert (tmp_path / "build" / "tunliu-2026.pdf").is_file()


@pytest.mark.slow
def test_the_newsrooms_script_stops_at_what_must_not_be_printed(tmp_path: Path) -> None:
    make_issue(tmp_path / "issues" / "a", "全区上下谋发展。" * 25)
    make_issue(tmp_path / "issues" / "b", "全区上下谋发展。" * 25)
    make_issue(tmp_path / "issues" / "c", "全区上下谋发展。" * 25)
    (tmp_path / "issues" / "b" / "a.md").unlink()
    ran = run_example(1, tmp_path, "issues", "out")
    log = (tmp_path / "newsroom.log").read_text(encoding="utf-8")
    assert ran.returncode == 1, ran.stderr
    assert re.search(r"^INFO 小样：\d+ 字，out/a/a\.pdf$", log, re.MULTILINE)
    assert "ERROR 编辑 editor: b/issue.toml:" in log
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == ["a"]


def test_the_reports_type_has_the_schemas_keys() -> None:
    assert sorted(differences(ReportJson, READ, "report")) == []


def differences(hint: Any, schema: dict[str, Any], where: str) -> list[str]:
    """Where a type and its schema name different keys, in all that they hold."""
    schema = _whole(schema)
    if not is_typeddict(hint):
        inner = [each for each in get_args(hint) if each is not type(None)]
        if get_origin(hint) in {UnionType} or str(get_origin(hint)) == "typing.Union":
            return [each for one in inner for each in differences(one, schema, where)]
        item = schema.get("items") or schema.get("additionalProperties")
        holds = [each for each in inner if is_typeddict(each)]
        return differences(holds[0], item, f"{where}[]") if holds and isinstance(item, dict) else []
    found = []
    properties, hints = schema.get("properties", {}), get_type_hints(hint)
    if set(properties) != set(hints):
        found.append(f"{where}: {sorted(set(properties) ^ set(hints))}")
    written = get_type_hints(hint, include_extras=True)
    required = {key for key, each in written.items() if get_origin(each) is not NotRequired}
    if set(schema.get("required", ())) != required:
        found.append(f"{where} required: {sorted(set(schema.get('required', ())) ^ required)}")
    for key in set(properties) & set(hints):
        found += differences(hints[key], properties[key], f"{where}.{key}")
    return found


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """*schema* with what it refers to and what all of it must be."""
    if "$ref" in schema:
        return _whole(READ["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    for part in map(_whole, schema.get("allOf", ())):
        schema = {
            **schema,
            "properties": {**part.get("properties", {}), **schema.get("properties", {})},
            "required": [*part.get("required", ()), *schema.get("required", ())],
        }
    return schema


def test_options_of_a_script_without_a_type_checker_are_looked_at() -> None:
    options = layout.Options(out="here", baseline="known.json")  # type: ignore[arg-type]
    assert (options.out, options.baseline) == (Path("here"), Path("known.json"))
    with pytest.raises(layout.UsageError, match="--fail-on does not know “warn”"):
        layout.Options(fail_on="warn")  # type: ignore[arg-type]
    with pytest.raises(layout.UsageError, match="--write-baseline needs --baseline"):
        layout.Options(write_baseline=True)


def test_what_fails_is_told_by_its_kind(tmp_path: Path) -> None:
    with pytest.raises(layout.UsageError) as caught:
        layout.check(tmp_path)
    assert isinstance(caught.value, layout.LayoutError)
    assert caught.value.exit_code == 2
    with pytest.raises(layout.UsageError, match="There is no file"):
        layout.preflight(tmp_path / "none.pdf")
    (tmp_path / "no.pdf").write_bytes(b"no PDF at all")
    with pytest.raises(layout.PrintError):
        layout.preflight(str(tmp_path / "no.pdf"))
