"""The result of one issue in one command, as plain values: what CI formats are written from, and batches remember."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from layout import assets
from layout.checks import FailOn, Finding, Severity
from layout.checks.baseline import identity_of
from layout.errors import ExitCode, Lang, LayoutError, Place
from layout.json_values import JsonObject

SCHEMA = 1
"""Of the JSON; raised when a key changes its meaning or goes. docs/results.schema.json describes it."""

Gravity = Literal["error", "warning", "note"]

FAULT = "fault"
"""What the id of a fault begins with, where a finding has that of its check: ``fault.source`` ends a command with 3."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One finding, or one fault that ended the command."""

    check: str
    """The id that ``layout explain`` knows; of a fault ``fault.`` and the name of its exit code."""
    severity: Gravity
    message: str
    hint: str
    place: str
    """File, line and column as the program says them; empty where it has none."""
    file: str
    """The file's path from the working folder, with ``/``; the issue's plan where what was found lies in no file."""
    line: int | None
    column: int | None
    page: int | None
    known: bool
    """Whether a baseline has it."""
    identity: str
    """The same from run to run while the finding is the same, wherever its line and page have gone: SHA-256."""


@dataclass(frozen=True, slots=True)
class CheckStatus:
    """How a check of the finished file went."""

    status: str
    """``passed``, ``found``, ``off``, ``not run`` or ``left to preflight``."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What one command found in one issue."""

    issue: str
    """The name of its folder."""
    folder: str
    """Its path from the working folder, with ``/``."""
    exit_code: int
    fail_on: FailOn
    """From which gravity on findings fail it."""
    rows: tuple[ResultRow, ...]
    title: str = ""
    date: str = ""
    """ISO 8601; empty where the plan could not be read."""
    pages: int = 0
    checks: Mapping[str, CheckStatus] = field(default_factory=dict)
    """By id; empty of a command that makes no file."""
    seconds: float = 0.0

    def fails(self, row: ResultRow) -> bool:
        """Whether *row* fails the command."""
        if self.fail_on == "never":
            return row.check.startswith(f"{FAULT}.")
        return Severity[row.severity.upper()] >= Severity[self.fail_on.upper()] and not row.known

    def count(self, severity: Gravity) -> int:
        """How many rows of that gravity there are."""
        return sum(row.severity == severity for row in self.rows)

    def as_json(self) -> JsonObject:
        """As ``--results …json`` and a batch's record hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> IssueResult:
        """What ``as_json`` gave. Raises ``TypeError`` or ``KeyError`` for what is none."""
        return cls(
            **{
                **value,
                "rows": tuple(ResultRow(**row) for row in value["rows"]),
                "checks": {name: CheckStatus(**status) for name, status in value["checks"].items()},
            }
        )


def rows_of(findings: Iterable[Finding], folder: Path, lang: Lang, judged: Path | None = None) -> tuple[ResultRow, ...]:
    """The rows of *findings* in the issue in *folder*, in their order; *judged* is a file that is no issue's."""
    rows = []
    for each in findings:
        place = each.place or next(iter(each.template), None)
        identity = identity_of(each)
        rows.append(
            ResultRow(
                each.check, _gravity(each.severity), each.message.text(lang), each.hint.text(lang) if each.hint else "",
                str(place or ""), *_spot(place, folder, judged), each.page_no, each.known,
                _digest((identity.check, identity.about, identity.text)),
            )
        )  # fmt: skip
    return tuple(rows)


def fault_rows(fault: LayoutError, folder: Path, lang: Lang, judged: Path | None = None) -> tuple[ResultRow, ...]:
    """The rows of the faults in *fault*, which ended a command on the issue in *folder*, or on the file *judged*."""
    rows = []
    for each in fault.faults():
        check = f"{FAULT}.{ExitCode(each.exit_code).name.lower()}"
        hint = each.hint.text(lang) if each.hint else ""
        spot = _spot(each.place, folder, judged)
        identity = _digest((check, each.place.file if each.place else "", each.message.zh))
        place = str(each.place or "")
        rows.append(
            ResultRow(
                check, "error", each.message.text(lang), hint, place, *spot, page=None, known=False, identity=identity
            )
        )  # fmt: skip
    return tuple(rows)


def from_here(path: Path) -> str:
    """*path* from the working folder, with ``/``; a path elsewhere as it is."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def _gravity(severity: Severity) -> Gravity:
    names: Mapping[Severity, Gravity] = {
        Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note",
    }  # fmt: skip
    return names[severity]


def _spot(place: Place | None, folder: Path, judged: Path | None) -> tuple[str, int | None, int | None]:
    """The file of *place* from the working folder, its line and its column; else the file *judged*, or the plan of the
    issue in *folder*.
    """
    path = _file(place.file, folder) if place else None
    if place is None or path is None:
        return from_here(judged or folder / "issue.toml"), None, None
    return from_here(path), place.line, place.column


def _file(name: str, folder: Path) -> Path | None:
    """The file that messages call *name*: by its path from beside the issue, from the issue, or from our designs."""
    if not name or "\0" in name:
        return None
    homes = (folder.absolute().parent, folder.absolute(), assets.templates_dir())
    if name == folder.name or name.startswith(f"{folder.resolve().name}/"):
        return folder / name.partition("/")[2]
    return next((home / name for home in homes if (home / name).is_file()), None)


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
