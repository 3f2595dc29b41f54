"""What checks saw, and the tables of every check there is."""

from layout.checks.finding import Amount, Finding, Severity
from layout.checks.registry import Check, Limit, Registry, registry, room_checks

__all__ = ["Amount", "Check", "Finding", "Limit", "Registry", "Severity", "registry", "room_checks"]
