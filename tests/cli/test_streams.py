"""The program as a newsroom's machines run it: other encodings, closed and full streams, signals, narrow windows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from patience import PATIENCE, until

from .conftest import install_signal_handlers

pytestmark = pytest.mark.slow  # every command is a process of its own

TOP = Path(__file__).parents[2]


def typed(
    command: str, folder: Path | None = None, stderr: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """What the shell makes of ``layout`` and *command*."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "LAYOUT", "PYTHON"))
    }
    return subprocess.run(
        ["sh", "-c", f"{sys.executable} -m layout.cli {command}"],
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(TOP / "src"), **environment},
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.parametrize(
    ("environment", "encoding"),
    [
        ({"LC_ALL": "C"}, "utf-8"),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8"),
        ({"PYTHONIOENCODING": "ascii"}, "utf-8"),
        ({"PYTHONIOENCODING": "latin-1"}, "utf-8"),
        ({"PYTHONIOENCODING": "gb18030"}, "gb18030"),
        ({"PYTHONIOENCODING": "gbk"}, "gbk"),
    ],
)
def test_every_encoding_takes_our_sentences(tmp_path: Path, environment: dict[str, str], encoding: str) -> None:
    """A folder's name that the encoding has not is written with its code."""
    folder = tmp_path / "长治 两会 🎉"
    folder.mkdir()
    done = typed("check '长治 两会 🎉'", tmp_path, **environment)
    assert done.returncode == 2
    told = done.stderr.decode(encoding)
    assert "里没有 issue.toml" in told
    assert "Traceback" not in told
    assert "内部错误" not in told
    assert "稿件和照片进" in typed("-h", **environment).stdout.decode(encoding)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("-h >&-", 0),
        ("-h <&- >&- 2>&-", 0),
        ("check nowhere 2>&-", 2),
        ("check nowhere >&- 2>&-", 2),
        ("explain > /dev/full", 5),
        ("biuld 2> /dev/full", 2),
        ("explain | true", 0),
    ],
)
def test_a_stream_that_is_closed_or_full(tmp_path: Path, command: str, code: int) -> None:
    done = typed(command, tmp_path)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def wait_till_it_listens(pid: int) -> None:
    """Till the process has put its own handlers in place, that of SIGHUP as the last."""

    def listens() -> bool:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        return bool(int(status.partition("SigCgt:")[2].split()[0], 16) & 1 << signal.SIGHUP - 1)

    until(listens)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_before_anything_is_begun(tmp_path: Path, sign: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "layout.cli", "set", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        preexec_fn=install_signal_handlers,  # noqa: PLW1509
    )
    wait_till_it_listens(process.pid)
    process.send_signal(sign)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + sign
    assert (out, err) == (b"", b"")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_window_of_forty_columns_without_colour(tmp_path: Path, lang: str) -> None:
    done = typed("doctor", tmp_path, COLUMNS="40", NO_COLOR="1", LAYOUT_LANG=lang)
    assert b"\x1b" not in done.stdout
    assert done.returncode in (0, 4)


def test_many_faults_are_cut(tmp_path: Path) -> None:
    folder = tmp_path / "binary"
    folder.mkdir()
    (folder / "issue.toml").write_bytes(b"\x01" * 500)
    done = typed("check binary", tmp_path)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 3
    assert lines[-1] == "还有 480 处。"
    assert len(lines) <= 2 * 20 + 2
