"""The stages of a build: their names in both languages, and the seconds that each takes."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from layout.errors import Lang


class Clock:
    """Adds up seconds per stage. They go into the report, and nowhere near the PDF."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what happens inside, under *name*."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def add(self, seconds: Mapping[str, float]) -> None:
        """Adds what another clock counted."""
        for name, more in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + more

    def total(self) -> dict[str, float]:
        """Every stage so far, and all of it."""
        return {**self.seconds, "total": time.perf_counter() - self._begun}


def stage_name(stage: str, lang: Lang) -> str:
    """What a reader of *lang* sees of *stage*; itself if it is none of the table."""
    return _names().get(stage, {}).get(lang, stage)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("layout.pipeline").joinpath("stages.toml").read_text(encoding="utf-8"))
