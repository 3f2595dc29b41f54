"""Executors whose work is done on other machines."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path


class RemoteExecutor(Executor):
    """An executor whose machines see of this one's files only those in shared folders."""

    def __init__(self, shared: Path):
        self.shared = shared
        """Where scratch folders are put: all machines see it at the same path."""
