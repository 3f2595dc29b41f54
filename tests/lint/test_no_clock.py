"""No test's verdict hangs on a clock: a loaded machine is no fault. What a test wants to be little is counted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CLOCK = TESTS / "patience.py"
"""The one module that looks at a clock: it waits for what must happen, and gives up after five minutes."""
RUNNER = TESTS / "mutants" / "runner.py"
"""No test: it ends a mutant that runs for ever."""

MODULES = {"time", "timeit", "sched"}
DATES = {"now", "utcnow", "today"}
"""Attributes of ``date`` and ``datetime`` that tell the time of day."""
ASKED = {"ru_utime", "ru_stime", "times", "RLIMIT_CPU", "ITIMER_PROF"}
"""Attributes of ``os``, ``resource`` and ``signal`` that tell the processor's."""
BOUNDS = {"timeout", "patience", "deadline"}
"""Arguments that end a wait: they must be the bound of ``patience.py``, or nothing at all."""
WAITS = {"wait", "join", "select", "result"}
"""Calls whose positional number is such a bound."""


def looks_at_a_clock(source: str) -> list[tuple[int, str]]:
    """Lines of *source* that do, the programs in its strings included."""
    return sorted(set(_looks(ast.parse(source))))


def _looks(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names if each.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield node.lineno, node.module
        elif isinstance(node, ast.Attribute) and node.attr in (DATES if _is_date(node.value) else ASKED):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call):
            yield from _bounds(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            program = _program(node.value)
            yield from ((node.lineno + line - 1, what) for line, what in _looks(program)) if program else ()


def _is_date(value: ast.expr) -> bool:
    return ast.unparse(value).split(".")[-1] in ("date", "datetime")


def _bounds(call: ast.Call) -> Iterator[tuple[int, str]]:
    for each in call.keywords:
        if each.arg in BOUNDS and _is_number(each.value):
            yield call.lineno, f"{each.arg}={ast.unparse(each.value)}"
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if named in WAITS and call.args and _is_number(call.args[-1]):
        yield call.lineno, ast.unparse(call)


def _is_number(value: ast.expr) -> bool:
    """Whether a number stands there, or is reckoned there from one; 0 (do not wait at all) is none."""
    if isinstance(value, ast.BinOp):
        parts = (value.left, value.right)
        return any(map(_is_number, parts)) and not any(
            isinstance(each, ast.List | ast.JoinedStr)
            or (isinstance(each, ast.Constant) and isinstance(each.value, str))
            for each in parts
        )
    return isinstance(value, ast.Constant) and type(value.value) in (int, float) and bool(value.value)


def _program(text: str) -> ast.Module | None:
    """*text* as a program for another process, if it is one."""
    if "import" not in text:
        return None
    try:
        return ast.parse(text)
    except SyntaxError:
        return None


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from time import perf_counter as counted",
        "import os, timeit",
        "datetime.now()",
        "date.today()",
        "resource.getrusage(resource.RUSAGE_SELF).ru_utime",
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))",
        "process.communicate(timeout=5)",
        "run(command, timeout=5 * SECONDS)",
        "event.wait(5)",
        "thread.join(2.5)",
        'PROGRAM = "import time; time.sleep(1)"',
    ],
)
def test_a_look_at_a_clock_is_seen(source: str) -> None:
    assert looks_at_a_clock(source)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate(2026, 2, 5)",
        "process.communicate(timeout=PATIENCE)",
        "event.wait(PATIENCE)",
        "event.wait()",
        "Worker(builder, patience=0)",
        "resource.getrusage(resource.RUSAGE_SELF).ru_minflt",
        "', '.join(names)",
        "', '.join('a' * 3)",
        "'a message, import time of it'",
        "table.get('key', 3)",
    ],
)
def test_what_looks_at_none_is_left_alone(source: str) -> None:
    assert looks_at_a_clock(source) == []


def test_no_test_looks_at_a_clock() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}: {what}"
        for path in sorted(TESTS.rglob("*.py"))
        if path not in (CLOCK, RUNNER, Path(__file__))
        for line, what in looks_at_a_clock(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "count work instead (tests/work.py), or wait with tests/patience.py"
