"""The CI recipes of docs/ci: valid, every command in them exists, and their own lines run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.checks import Finding, Severity
from layout.checks.baseline import Baseline
from layout.errors import Message, Place
from pipeline.small_issue import make_issue

ROOT = Path(__file__).parents[2]
RECIPES = ("github-actions.yml", "gitlab-ci.yml")


def _recipe(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((ROOT / "docs" / "ci" / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _scripts(name: str) -> list[str]:
    """Every script of a recipe, in order."""
    recipe = _recipe(name)
    if name.startswith("github"):
        return [step["run"] for step in recipe["jobs"]["proof"]["steps"] if "run" in step]
    return [*recipe["proof"]["before_script"], *recipe["proof"]["script"]]


def _proof_script(name: str) -> str:
    (script,) = (script for script in _scripts(name) if "layout proof" in script)
    return script


def _commands(name: str, program: str) -> Iterator[list[str]]:
    for script in _scripts(name):
        for line in script.splitlines():
            match = re.match(rf"\s*(?:sudo )?{program} ([^|&;]*)", line)
            if match:
                yield match[1].split()


@cache
def _help(command: str) -> str:
    got = subprocess.run(
        [sys.executable, "-m", "layout.cli", command, "--help"],
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return got.stdout


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


@pytest.mark.parametrize("name", RECIPES)
def test_layout_commands_have_these_options(name: str) -> None:
    commands = list(_commands(name, "layout"))
    assert commands
    for command, *words in commands:
        for option in (word for word in words if word.startswith("-")):
            assert re.search(rf"(?<![\w-]){option}\b", _help(command)), (command, option)


@pytest.mark.parametrize("name", RECIPES)
def test_make_targets_and_scripts_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target, *_ in _commands(name, "make"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for script, how, *_ in _commands(name, "sh"):
        assert f"{how})" in (ROOT / script).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RECIPES)
def test_proofs_are_kept_whatever_happens(name: str) -> None:
    recipe = _recipe(name)
    if name.startswith("github"):
        (upload,) = (step for step in recipe["jobs"]["proof"]["steps"] if "upload-artifact" in step.get("uses", ""))
        assert upload["if"] == "always()"
        assert upload["with"]["path"] == "proofs/"
    else:
        assert recipe["proof"]["artifacts"]["when"] == "always"
        assert recipe["proof"]["artifacts"]["paths"] == ["proofs/"]


def _run(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The recipe's own proof script, run in *folder* as the services run it."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "layout"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m layout.cli "$@"\n')
    program.chmod(0o755)
    environment = _environment(
        PATH=f"{programs}:{os.environ['PATH']}",
        GITHUB_STEP_SUMMARY=str(folder / "job-summary.md"),
    )
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", _proof_script(name)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


UNIT = Finding(
    "copy.unit_case",
    Severity.WARNING,
    Message("“220KV”的单位大小写不对。", ""),
    Place("tunliu-2026/tunliu.md"),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_the_recipe_proofs_the_sample_issue(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "issues" / "tunliu-2026", tmp_path / "issues" / "tunliu-2026")
    baseline = name.startswith("github")  # one of the two: a proof round is long
    if baseline:
        (tmp_path / "issues" / "tunliu-2026" / "known.json").write_bytes(Baseline.of([UNIT]).as_bytes())
    got = _run(name, tmp_path)
    assert got.returncode == 0, got.stderr
    out = tmp_path / "proofs" / "tunliu-2026"
    made = {path.name for path in out.iterdir()}
    wanted = {"summary.md", "report.json", "tunliu-2026.pdf", "tunliu-2026.png"}
    wanted |= {f"tunliu-2026-round-1-{kind}.pdf" for kind in ("contact", "proof")}
    assert wanted <= made
    shown = (tmp_path / "job-summary.md").read_text(encoding="utf-8") if name.startswith("github") else got.stdout
    assert "# 长治两会特刊·屯留" in shown
    assert ("基线里已知的 1 条。" in got.stderr, "220KV" in got.stderr) == (baseline, not baseline)
    assert ("警告（已知）" in shown) is baseline


@pytest.mark.parametrize("name", RECIPES)
def test_it_installs_from_the_lock_alone(name: str) -> None:
    installs = [line for script in _scripts(name) for line in script.splitlines() if "pip install" in line]
    assert ["--require-hashes" in line or "--no-deps" in line for line in installs] == [True, True]
    assert "--requirement requirements.lock" in installs[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_a_faulty_issue_fails_the_job_and_the_others_are_proofed(name: str, tmp_path: Path) -> None:
    (make_issue(tmp_path / "issues" / "a-broken-one", "时光无言。") / "a.md").unlink()
    make_issue(tmp_path / "issues" / "small", "时光无言，实干有声。")
    got = _run(name, tmp_path)
    assert got.returncode == 3, got.stderr
    assert "Traceback" not in got.stderr
    assert (tmp_path / "proofs" / "small" / "summary.md").is_file()
