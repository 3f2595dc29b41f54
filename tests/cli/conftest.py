"""Runs commands as a shell would, in this process."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from layout.cli import run


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Shell = Callable[..., Ran]


def install_signal_handlers() -> None:
    """For a process that is to be stopped: a shell that runs tests in the background, or nohup, has signals ignored,
    and that is inherited.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.delenv("LAYOUT_LANG", raising=False)

    def typed(*arguments: str) -> Ran:
        code = run(arguments)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return typed
