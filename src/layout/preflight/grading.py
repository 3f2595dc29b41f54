"""How grave the plant takes what was found: the one place where its press profile changes severities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Message
from layout.press.model import PressProfile


def graded(findings: Iterable[Finding], press: PressProfile) -> Iterator[Finding]:
    """*findings* with the severities of *press*, without those of the checks that it switches off."""
    for finding in findings:
        level = press.level(finding.check)
        if level is None:
            yield finding
        elif level.severity is not None:
            yield replace(finding, severity=level.severity)


def switched_off(check: str, press: PressProfile) -> Message | None:
    """Why *check* is off, in the plant's own words; None where it is not."""
    level = press.level(check)
    if level is None or level.severity is not None:
        return None
    return Message(level.reason, level.reason)
