"""Whatever happens inside a command, the user gets sentences and an exit code, never a traceback."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from layout.cli.guard import crash_log, guarded
from layout.errors import (
    Faults,
    FontError,
    LayoutError,
    ManuscriptError,
    Message,
    PictureError,
    Place,
    PlanError,
    PrintError,
    TemplateError,
    UsageError,
)

SAID = Message("出错了", "it went wrong")


def told(work: Callable[[], int], lang: str = "zh") -> tuple[int, str]:
    err = io.StringIO()
    code = guarded(work, lang, err)  # type: ignore[arg-type]
    return code, err.getvalue()


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UsageError, 2),
        (ManuscriptError, 3),
        (PlanError, 3),
        (TemplateError, 3),
        (FontError, 4),
        (PictureError, 4),
        (PrintError, 5),
    ],
)
def test_the_class_fixes_the_exit_code(kind: type[LayoutError], code: int) -> None:
    error = kind(SAID, place=Place("a.md", 3, 7), hint=Message("这样改", "do this"))
    zh, en = ("美编：", "designer: ") if kind.reader == "designer" else ("", "")
    assert told(raising(error)) == (code, f"a.md:3:7: 出错了\n  → {zh}这样改\n")
    assert told(raising(error), "en") == (code, f"a.md:3:7: it went wrong\n  → {en}do this\n")


def test_faults_are_all_told() -> None:
    faults = Faults([PlanError(SAID, place=Place("issue.toml", 2)), PictureError(Message("没有图", "no picture"))])
    assert told(raising(faults)) == (3, "issue.toml:2: 出错了\n没有图\n")


def test_success_is_silent() -> None:
    assert told(lambda: 0) == (0, "")
    assert told(lambda: 1) == (1, "")


def test_an_internal_error_is_one_sentence_and_a_log(tmp_path: Path) -> None:
    out = tmp_path / "new" / "build"

    def work() -> int:
        with crash_log(out):
            raise KeyError("secret")

    code, err = told(work)
    log = out / "layout-crash.txt"
    assert code == 5
    assert err == f"内部错误（KeyError），这是程序的毛病，不是稿件的。\n  → 详情在 {log}，请把它交给维护者。\n"
    assert "KeyError: 'secret'" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_without_a_folder_the_log_lies_in_the_temporary_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, err = told(raising(ZeroDivisionError()), "en")
    assert code == 5
    assert "Internal error (ZeroDivisionError)" in err
    [log] = tmp_path.glob("layout-crash-*.txt")
    assert str(log) in err
    (tmp_path / "file").touch()

    def work() -> int:
        with crash_log(tmp_path / "file"):
            raise ZeroDivisionError

    assert told(work)[0] == 5
    assert len(list(tmp_path.glob("layout-crash-*.txt"))) == 2


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限"), (errno.EROFS, "只能读"), (errno.EDQUOT, "配额")],
)
def test_what_the_machine_refuses_is_no_internal_error(number: int, sentence: str) -> None:
    code, err = told(raising(OSError(number, "said by the machine", "build/a.pdf")))
    assert code == 5
    assert err.startswith("build/a.pdf: 读写文件出错：")
    assert sentence in err


def test_a_missing_library_sends_to_the_doctor() -> None:
    code, err = told(raising(OSError("cannot load library 'libpango-1.0-0': not found")))
    assert code == 4
    assert "layout doctor" in err


def test_interrupted_is_quiet() -> None:
    assert told(raising(KeyboardInterrupt())) == (130, "")
