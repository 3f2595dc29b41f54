"""Runs the tests of a room against its mutants: collected once, then one fork for each mutant.

A first fork notes which lines of the room every test runs, and how long it takes. A mutant's fork gives the function
its new code in place and runs the tests that come by, the quickest first, up to the first that fails.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import pickle
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest

from mutants.mutations import Mutation, nested_in

SLACK = 10
"""How many times as long as with sound code the tests may take before a mutant counts as one that never ends."""

LEAST_SECONDS = 5
"""Processor time that every mutant has."""

MEMORY = 4 << 30
"""Bytes: a mutant that gathers without end is stopped by this and not by the machine."""

ENOUGH = 6.0
"""Seconds of tests for one mutant. What these let live is counted as alive: the score is a lower bound."""


Key = tuple[str, str]
"""A function: its file and qualified name."""


class Outcome(NamedTuple):
    """What became of a mutant."""

    tests: int
    """How many ran, or would have."""
    killed_by: str
    """The test that failed; nothing where all passed."""


@dataclass
class Coverage:
    """The lines that tests run, by file, and the processor time that they take in seconds."""

    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    """Tests by file and line."""
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """Tests that fail on sound code."""

    def of(self, mutation: Mutation) -> set[str]:
        """The tests that come by a mutant."""
        lines = self.tests.get(str(mutation.source.path), {})
        return set().union(*(lines.get(line, ()) for line in mutation.lines))


class Runner:
    """A pytest plugin that runs mutants in the place of the tests."""

    def __init__(
        self,
        mutations: Sequence[Mutation],
        files: Sequence[Path],
        *,
        memory: Path,
        jobs: int,
        note: Callable[[Mutation, Outcome], None],
    ):
        self.failed: list[str] = []
        """Tests that fail on sound code."""
        self._mutations = mutations
        self._files = files
        self._memory = memory
        self._jobs = jobs
        self._note = note
        self._kills: Counter[str] = Counter()
        self._inner: dict[Key, list[FunctionType]] = {}

    def pytest_configure(self, config: pytest.Config) -> None:  # noqa: ARG002
        """Whether a mutant is found must not hang on chance, and a smaller example tells nothing more."""
        import hypothesis

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None, phases=phases)
        hypothesis.settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Takes the place of pytest's own loop."""
        coverage = self._coverage(session)
        self.failed = coverage.failed
        self._inner = _inner_functions()
        gc.freeze()
        self._run(session, coverage)
        return True

    def _coverage(self, session: pytest.Session) -> Coverage:
        """What the tests run: remembered as long as neither they nor the room change."""
        if self._memory.is_file():
            return pickle.loads(self._memory.read_bytes())
        coverage = _in_fork(lambda: _covered(session, self._files))
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        self._memory.write_bytes(pickle.dumps(coverage))
        return coverage

    def _run(self, session: pytest.Session, coverage: Coverage) -> None:
        waiting = list(reversed(self._mutations))
        running: dict[int, tuple[Mutation, int, int]] = {}
        while waiting or running:
            while waiting and len(running) < self._jobs:
                mutation = waiting.pop()
                items = self._chosen(session.items, coverage, mutation)
                if items:
                    seconds = sum(coverage.seconds[item.nodeid] for item in items)
                    child, pipe = self._begin(mutation, items, seconds)
                    running[child] = mutation, pipe, len(items)
                else:
                    self._note(mutation, Outcome(0, ""))
            if running:
                child, status = os.wait()
                mutation, pipe, tests = running.pop(child)
                with os.fdopen(pipe, encoding="utf-8") as answer:
                    killer = answer.read()
                self._kills[killer] += 1
                self._note(mutation, Outcome(tests, killer or ("a limit of time or memory" if status else "")))

    def _chosen(self, items: Sequence[pytest.Item], coverage: Coverage, mutation: Mutation) -> list[pytest.Item]:
        """The tests that come by a mutant, those first that killed most before, then the quickest; no more than may
        run."""
        wanted = coverage.of(mutation).difference(coverage.failed)
        found = sorted(
            (each for each in items if each.nodeid in wanted),
            key=lambda item: (
                -self._kills[item.nodeid] / (0.1 + coverage.seconds[item.nodeid]),
                coverage.seconds[item.nodeid],
            ),
        )
        spent, chosen = 0.0, []
        for item in found:
            spent += coverage.seconds[item.nodeid]
            if spent > ENOUGH and chosen:
                break
            chosen.append(item)
        return chosen

    def _begin(self, mutation: Mutation, items: Sequence[pytest.Item], seconds: float) -> tuple[int, int]:
        """A fork that runs *items* against a mutant: its process, and the pipe that gives the test that failed."""
        code = mutation.code
        assert code is not None
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            return child, reading
        status = 1
        try:
            _quiet()
            _limit(seconds)
            _put(mutation, code, self._inner)
            os.write(writing, _first_failure(items).encode()[:4000])
            status = 0
        finally:
            os._exit(status)


def _in_fork(work: Callable[[], Coverage]) -> Coverage:
    """What *work* gives in a fork, so that nothing it loads or remembers stays here."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _quiet()
            answer = pickle.dumps(work())
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(answer)


def _covered(session: pytest.Session, files: Sequence[Path]) -> Coverage:
    """What every test runs, what its fixtures run included: they may have been made for another test before it."""
    import coverage

    found = Coverage()
    measuring = coverage.Coverage(data_file=None, include=[str(file) for file in files], config_file=False)
    users: dict[str, set[str]] = {}

    class Watching:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
            measuring.switch_context(_context(fixturedef))
            yield
            measuring.switch_context(now[0])

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                found.failed.append(report.nodeid)

    now = [""]
    session.config.pluginmanager.register(Watching())
    measuring.start()
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        now[0] = item.nodeid
        measuring.switch_context(item.nodeid)
        begun = time.process_time()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        found.seconds[item.nodeid] = time.process_time() - begun
        for definitions in item._fixtureinfo.name2fixturedefs.values():
            for each in definitions:
                users.setdefault(_context(each), set()).add(item.nodeid)
    measuring.stop()
    for file in files:
        lines = measuring.get_data().contexts_by_lineno(str(file))
        found.tests[str(file)] = {
            line: set().union(*(users.get(context, {context}) for context in contexts if context))
            for line, contexts in lines.items()
        }
    return found


def _context(fixture: Any) -> str:
    return f"fixture {fixture.baseid} {fixture.argname}"


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nowhere, each)


def _limit(seconds: float) -> None:
    allowed = int(LEAST_SECONDS + SLACK * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(20 * allowed + 60)  # one that waits for ever uses no processor


def _first_failure(items: Sequence[pytest.Item]) -> str:
    """The first of *items* that fails; nothing when all pass."""
    failed: list[str] = []

    class Watching:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    items[0].config.pluginmanager.register(Watching())
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed:
            return failed[0]
    return ""


def _put(mutation: Mutation, code: CodeType, inner: Mapping[Key, Sequence[FunctionType]]) -> None:
    """Gives the mutant's function its new code, and empties every cache that sound code has filled."""
    _function(mutation).__code__ = code
    nested = {each.co_qualname: each for each in nested_in(code)}
    for function in inner.get((str(mutation.source.path), mutation.function), ()):
        new = nested.get(function.__code__.co_qualname)
        if new is not None and new.co_freevars == function.__code__.co_freevars:
            function.__code__ = new
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] == "layout"]:
        for cache in _caches(vars(module).values()):
            cache.cache_clear()


def _inner_functions() -> dict[Key, list[FunctionType]]:
    """Functions that a function has made when the program was loaded, by the one that made them: those in a table."""
    found: dict[Key, list[FunctionType]] = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (each.__module__ or "").startswith("layout."):
            outer, inner, _ = each.__code__.co_qualname.partition(".<locals>")
            if inner:
                found.setdefault((each.__code__.co_filename, outer), []).append(each)
    return found


def _function(mutation: Mutation) -> FunctionType:
    """The mutant's function as it lives in this process: what a property, a classmethod or a cache is made of."""
    found: Any = importlib.import_module(mutation.source.module)
    for name in mutation.function.split("."):
        found = vars(found)[name]
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        found = next(getattr(found, name) for name in ("__wrapped__", "fget", "func") if hasattr(found, name))
    return found


def _caches(values: Iterable[object]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, functools._lru_cache_wrapper):
            yield value
        elif isinstance(value, type):
            with contextlib.suppress(TypeError):
                yield from (each for each in vars(value).values() if isinstance(each, functools._lru_cache_wrapper))


def run(tests: Sequence[Path], runner: Runner) -> list[str]:
    """Runs the mutants of *runner* under *tests*; gives those that fail without any mutant, which take no part."""
    options = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", "-m", "not slow"]
    pytest.main([*options, *map(str, tests)], plugins=[runner])
    return runner.failed
