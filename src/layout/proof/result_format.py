"""Which format a file of results has: its ending says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from layout.errors import Message, UsageError

ResultFormat = Literal["sarif", "junit", "json", "markdown"]

ENDINGS: Mapping[str, ResultFormat] = {
    ".sarif": "sarif", ".sarif.json": "sarif", ".xml": "junit", ".json": "json", ".md": "markdown",
}  # fmt: skip
"""By the end of a file's name. The longest that fits decides."""


def format_of(path: Path) -> ResultFormat:
    """The format of the file *path*. Raises ``UsageError`` for a name that says none."""
    name = path.name.lower()
    fitting = [ending for ending in ENDINGS if name.endswith(ending) and name != ending]
    if not fitting:
        raise UsageError(
            Message(f"{path} 看不出是哪种格式。", f"The name of {path} says no format."),
            hint=Message(
                "名字以 .sarif（SARIF）、.xml（JUnit）、.json 或 .md 结尾，如 --results findings.sarif。",
                "End it in .sarif (SARIF), .xml (JUnit), .json or .md, as --results findings.sarif.",
            ),
        )
    return ENDINGS[max(fitting, key=len)]
