"""The doors of the program: one command each."""

from layout.cli.entry import main, run

__all__ = ["main", "run"]
