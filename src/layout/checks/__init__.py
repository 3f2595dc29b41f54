"""Findings, and the tables of every check."""

from layout.checks.finding import Amount, Finding, Severity
from layout.checks.registry import Check, Limit, Registry, registry, room_checks

__all__ = ["Amount", "Check", "Finding", "Limit", "Registry", "Severity", "registry", "room_checks"]
