"""Holds findings against the baseline that the options name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.checks import Finding, room_checks
from layout.checks.baseline import Baseline, CouldFind, read_baseline
from layout.checks.folding import by_kind
from layout.pipeline.left_to_preflight import LEFT_TO
from layout.pipeline.options import Options

BUILD_ALONE = "page.turn"
"""Found once the pages are made, and by no check of this room besides."""


@dataclass(frozen=True)
class Comparison:
    """Findings with those marked that the baseline has, and the baseline written anew, if the options ask for it."""

    findings: tuple[Finding, ...]
    files: Mapping[Path, bytes]


def opened(options: Options) -> Baseline | None:
    """The baseline that *options* name; an empty one where it is to be written and is not there yet.

    Raises ``UsageError`` for a file that is no baseline, also where it is to be written: it may be something else.
    """
    if options.baseline is None:
        return None
    if options.write_baseline and not options.baseline.exists():
        return Baseline({}, str(options.baseline))
    return read_baseline(options.baseline)


def compared(baseline: Baseline | None, findings: Iterable[Finding], could: CouldFind, options: Options) -> Comparison:
    """*findings* held against *baseline*, then those of a kind made one. *could* says what the command could find."""
    if baseline is None or options.baseline is None:
        return Comparison(by_kind(findings), {})
    if not options.write_baseline:
        return Comparison(by_kind(baseline.compared(findings, could)), {})
    findings = tuple(findings)
    renewed = baseline.renewed(findings, could)
    return Comparison(by_kind(renewed.compared(findings, could)), {options.baseline: renewed.as_bytes()})


def by_build(options: Options) -> CouldFind:
    """What a build can find: all but what it leaves to ``layout preflight``; of a part of the pages nothing surely."""
    left = {check.id for check in room_checks("preflight").values() if check.needs in LEFT_TO}
    return lambda check: options.pages is None and check not in left


def by_check(options: Options) -> CouldFind:
    """What ``check`` can find: what is seen before there is a PDF."""
    later = {*room_checks("preflight"), BUILD_ALONE}
    return lambda check: options.pages is None and check not in later


def by_preflight(results: Iterable[str]) -> CouldFind:
    """What ``preflight`` found or passed: the ids of *results*."""
    ran = frozenset(results)
    return ran.__contains__
