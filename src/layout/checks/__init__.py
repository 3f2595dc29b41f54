"""What checks saw, and the table of every check there is."""

from layout.checks.finding import Amount, Finding, Severity

__all__ = ["Amount", "Finding", "Severity"]
