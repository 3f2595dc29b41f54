"""Findings, and the tables of every check."""

from layout.checks.finding import Amount, FailOn, Finding, Severity, fail_level, fails
from layout.checks.registry import Check, Limit, Registry, registry, room_checks

__all__ = [
    "Amount", "Check", "FailOn", "Finding", "Limit", "Registry", "Severity", "fail_level", "fails", "registry",
    "room_checks",
]  # fmt: skip
