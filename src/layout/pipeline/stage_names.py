"""The stages of a build in the language spoken."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layout.errors import Lang


def stage_name(stage: str, lang: Lang) -> str:
    """What a reader of *lang* sees of *stage*; itself if it is none of the table."""
    return _names().get(stage, {}).get(lang, stage)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("layout.pipeline").joinpath("stages.toml").read_text(encoding="utf-8"))
