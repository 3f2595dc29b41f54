"""All files of a run or none, whatever kills it and when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.killed import NAMES, files
from layout.pipeline import renaming
from layout.pipeline.output import write_all
from layout.pipeline.renaming import lives, put_in_place, renamer_ahead
from soak import amount

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}"}


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2)")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_kill_at_any_line_leaves_no_mixed_set(tmp_path: Path, sign: signal.Signals) -> None:
    number = amount(sample=8, full=100)
    program = [sys.executable, "-m", "hostile.killed", str(tmp_path), str(int(sign)), str(number)]
    ran = subprocess.run(program, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    became = json.loads(ran.stdout)
    assert len(became) == number
    assert set(became.values()) == {"old", "new"}, became


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="wait(2) for all children")
def test_a_proof_round_killed_at_any_line_leaves_the_files_of_the_last_one(tmp_path: Path) -> None:
    number = amount(sample=2, full=60)
    program = [sys.executable, "-m", "hostile.killed_round", str(tmp_path), str(number)]
    ran = subprocess.run(program, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    became = json.loads(ran.stdout.splitlines()[-1])
    assert len(became) == number + 1
    assert set(became.values()) == {"old", "new"}, became
    assert list(became.values())[-1] == "new"


@pytest.mark.parametrize("done", [0, 1, 3, 5, 6])
def test_what_everything_ended_in_the_middle_of_is_finished_by_the_next_run(tmp_path: Path, done: int) -> None:
    """The machine's power fails between two renames: a list of them lies there, of a process that is no more."""
    write_all(files(tmp_path, "old"))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    pid = int(gone.stdout)
    pairs = []
    for number, (target, content) in enumerate(files(tmp_path, "new").items()):
        draft = target.with_name(f".{target.name}.{pid}.part")
        draft.write_bytes(content)
        pairs.append([str(draft), str(target)])
        if number < done:
            draft.replace(target)
    (tmp_path / f".layout-{pid}.commit").write_text(json.dumps(pairs))
    write_all({tmp_path / "other.pdf": b"of another issue"})
    assert {(tmp_path / name).read_text() for name in NAMES} == {f"{name} new" for name in NAMES}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*NAMES, "other.pdf"])


def test_a_list_of_a_run_at_work_is_left_alone(tmp_path: Path) -> None:
    listed = tmp_path / f".layout-{os.getppid()}.commit"
    listed.write_text("[]")
    write_all(files(tmp_path, "new"))
    assert listed.exists()


def test_where_no_process_can_be_begun_the_files_are_put_in_place_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "posix_spawn", refused)
    write_all(files(tmp_path, "new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)


def test_a_rename_that_fails_is_told(tmp_path: Path) -> None:
    drafts = [(tmp_path / "a.part", tmp_path / "a"), (tmp_path / "gone.part", tmp_path / "b")]
    drafts[0][0].write_text("a")
    with pytest.raises(FileNotFoundError):
        put_in_place(drafts)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_renamer_that_was_begun_ahead_puts_all_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, spawn = [], os.posix_spawn

    def counted(*args: object, **how: object) -> int:
        begun.append(spawn(*args, **how))  # type: ignore[arg-type]
        return begun[-1]

    monkeypatch.setattr(os, "posix_spawn", counted)
    with renamer_ahead():
        assert len(begun) == 1
        write_all(files(tmp_path, "new"))
        assert len(begun) == 1, "no other is begun"
        write_all(files(tmp_path, "newer"))
        assert len(begun) == 2, "it renames once"
    assert {(tmp_path / name).read_text() for name in NAMES} == {f"{name} newer" for name in NAMES}
    assert not any(map(lives, begun))


def test_a_renamer_that_nobody_needs_is_ended(tmp_path: Path) -> None:
    with renamer_ahead():
        (pid,) = (each.pid for each in renaming._READY.get() or ())
        assert lives(pid)
    assert not lives(pid)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("told", [b"", b"list", b"list\0draft\0target", b"list\0draft\0target\0"])
def test_a_renamer_that_is_told_half_does_nothing(tmp_path: Path, told: bytes) -> None:
    (tmp_path / "draft").write_text("new")
    half = told.replace(b"list", os.fsencode(tmp_path / "list")).replace(b"draft", os.fsencode(tmp_path / "draft"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", renaming._RENAME],
        input=half.replace(b"target", os.fsencode(tmp_path / "target")), check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["draft"]


def test_a_renamer_that_was_killed_before_leaves_the_work_to_the_build(tmp_path: Path) -> None:
    with renamer_ahead():
        (ready,) = renaming._READY.get() or ()
        os.kill(ready.pid, signal.SIGKILL)
        write_all(files(tmp_path, "new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
