"""What checks saw, and the tables of every check there is."""

from layout.checks.check import Check
from layout.checks.finding import Amount, Finding, Severity
from layout.checks.registry import Registry, registry, room_checks

__all__ = ["Amount", "Check", "Finding", "Registry", "Severity", "registry", "room_checks"]
