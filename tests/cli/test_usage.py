"""Help in both languages, and a clear sentence for whatever is typed wrongly. No room behind a door is opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layout.cli.app import MODULES, application
from layout.cli.console import CommandContext
from patience import PATIENCE

from .conftest import Shell

pytestmark = pytest.mark.slow

COMMANDS = ["build", "check", "preflight", "proof", "preview", "set", "explain", "import", "doctor"]


def test_help_lists_every_command(shell: Shell) -> None:
    for arguments in ([], ["-h"], ["--help"]):
        ran = shell(*arguments)
        assert (ran.code, ran.err) == (0, "")
        assert "用法: layout" in ran.out
        for command in COMMANDS:
            assert f"\n  {command} " in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_in_both_languages(shell: Shell, command: str) -> None:
    chinese = shell(command, "-h")
    assert chinese.code == 0
    assert chinese.out.startswith(f"用法: layout {command}")
    assert f"例:\n  layout {command}" in chinese.out
    english = shell("--lang", "en", command, "--help")
    assert english.out.startswith(f"Usage: layout {command}")
    assert f"Examples:\n  layout {command}" in english.out
    assert english.out.count("\n") == chinese.out.count("\n")


def test_a_command_is_found_in_the_module_that_is_loaded_for_it() -> None:
    context = CommandContext("en")
    every = [each.name for each in application(context).registered_commands]
    assert every == [name for names in MODULES.values() for name in names]
    for own in MODULES.values():
        for name in own:
            assert tuple(each.name for each in application(context, name).registered_commands) == own


def test_language_from_option_or_environment(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["--lang", "en"], ["--lang=en"], ["build", "-h", "--lang", "en"], ["build", "--lang=EN", "-h"]):
        assert "Usage:" in shell(*arguments).out
    monkeypatch.setenv("LAYOUT_LANG", "en_US.UTF-8")
    assert "Usage:" in shell("-h").out
    assert "用法:" in shell("--lang", "zh", "-h").out


def test_lang_after_two_dashes_is_text(shell: Shell) -> None:
    assert "--lang" in shell("set", "--measure", "20", "--", "--lang").out


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["bild"], "没有“bild”这个命令。", "There is no command “bild”."),
        (["bild"], "是不是 layout build？", "Did you mean layout build?"),
        (["zzz"], "可用的有：build、check、preview", "There are: build, check, preview"),
        (["build"], "缺少 DIR。", "DIR is missing."),
        (["build", "a", "b"], "多了参数：b。", "There is an argument too many: b."),
        (
            ["build", "a", "--pag", "1"],
            "没有选项 --pag。\n  → 是不是 --pages？可用的有：",
            "Did you mean --pages? There are: ",
        ),
        (["build", "a", "-o"], "选项 -o 少了值", "Option -o lacks its value"),
        (["build", "a", "--jobs", "x"], "--jobs 是“x”，应为整数。", "--jobs is “x”, and must be a whole number."),
        (["build", "a", "--jobs", "0"], "--jobs 是“0”，应不小于 1。", "--jobs is “0”, and must be at least 1."),
        (["build", "--strict=3", "a"], "选项 --strict 少了值，或不该带值。", "lacks its value, or takes none"),
        (
            ["check", "a", "--fail-on", "warn"],
            "--fail-on 没有“warn”这一级。\n  → 是不是 warning？",
            "Did you mean warning?",
        ),
        (["check", "a", "--fail-on", "note", "--strict"], "--strict 和 --fail-on 只能用一个。", "exclude one another"),
        (["build", "a", "--write-baseline"], "--write-baseline 要有 --baseline。", "--write-baseline needs --baseline"),
        (["check", "a", "--baseline", "none.json"], "none.json: 没有这个基线文件。", "There is no such baseline."),
        (["--bogus"], "没有选项 --bogus。", "There is no option --bogus."),
        (["set"], "二者取一", "Give either TEXT or --cases"),
        (["set", "--cases", "nowhere.json"], "读不到用例文件。", "cannot be read"),
        (["explain", "no.such.rule"], "没有检查项“no.such.rule”。", "There is no check “no.such.rule”."),
    ],
)
def test_usage_errors(shell: Shell, arguments: list[str], chinese: str, english: str) -> None:
    for lang, sentence in (("zh", chinese), ("en", english)):
        ran = shell("--lang", lang, *arguments)
        assert ran.code == 2
        assert sentence in ran.err
        assert "Traceback" not in ran.err
        assert ran.out == ""


def test_an_unknown_language_is_a_usage_error(shell: Shell) -> None:
    ran = shell("--lang", "fr", "build", "x")
    assert ran.code == 2
    assert "zh" in ran.err
    assert shell("--lang").code == 2


def test_version(shell: Shell) -> None:
    assert shell("--version").out.startswith("layout ")


def layout(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "layout.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )


def test_help_opens_no_heavy_room() -> None:
    for arguments in (["-h"], ["build", "-h"], ["--version"]):
        loaded = layout(*arguments).stderr
        for heavy in ("weasyprint", "pikepdf", "PIL", "uharfbuzz", "starlette", "uvicorn", "rich"):
            assert f" {heavy}\n" not in loaded, heavy


def test_a_closed_pipe_is_quiet() -> None:
    script = f'{sys.executable} -m layout.cli explain | true; echo "${{PIPESTATUS[0]}}"'
    for _ in range(3):
        ran = subprocess.run(
            ["bash", "-c", script],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        )
        assert ran.stderr == ""
        assert ran.stdout in ("0\n", "141\n")
