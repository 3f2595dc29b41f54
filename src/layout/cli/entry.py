"""Where the shell comes in. A build's second process is begun before all else: see ``build.elsewhere``."""
# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from layout.build import Elsewhere


def main() -> NoReturn:
    """Run the command that the shell gave, and leave with its exit code."""
    arguments = sys.argv[1:]
    if "build" not in arguments or not {"-h", "--help"}.isdisjoint(arguments):
        sys.exit(run(arguments))
    gc.disable()  # it ends before there is anything to collect
    from layout.build.elsewhere import Elsewhere

    with Elsewhere() as second:
        code = run(arguments, second)
    with suppress(OSError):
        sys.stdout.flush()
    # Python would take a twentieth of the build to give every object back: everything is written and closed.
    os._exit(code)


def run(arguments: Sequence[str], second: Elsewhere | None = None) -> int:
    """Run one command; prints to stdout and stderr, gives the exit code, raises nothing but ``SystemExit``."""
    from layout.cli.app import run as opened

    return opened(arguments, second)
