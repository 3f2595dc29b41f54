"""The command line: one module for each command."""

from layout.cli.entry import main, run

__all__ = ["main", "run"]
