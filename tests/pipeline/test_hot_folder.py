"""A hot folder: nothing taken before it is whole, judged twice, lost, or passed over in silence."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from layout.errors import Message, UsageError
from layout.pipeline import hot_folder
from layout.pipeline.hot_folder import PATIENCE, STEADY, FileOutcome, HotFolder, is_pdf

PDF = b"%PDF-1.6 something\n%%EOF\n"


class Judge:
    """Passes files whose content says so; counts what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.meanwhile: Callable[[Path], object] = lambda _: None

    def __call__(self, path: Path) -> FileOutcome | Message:
        self.given.append(path.name)
        content = path.read_bytes()
        self.meanwhile(path)
        if b"later" in content:
            return Message("等等", "later")
        passed = b"bad" not in content
        return FileOutcome(
            passed, Message("好" if passed else "坏", "good" if passed else "bad"), {".txt": content[:20]}
        )


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def folder(tmp_path: Path, judge: Judge, said: list[str]) -> HotFolder:
    made = HotFolder(tmp_path, judge, lambda message: said.append(message.en))
    made.prepare()
    return made


def looks(folder: HotFolder, number: int = STEADY) -> int:
    return sum(folder.look() for _ in range(number))


def put(folder: HotFolder, name: str, content: bytes = PDF) -> Path:
    path = folder.root / "in" / name
    path.write_bytes(content)
    return path


def files(folder: HotFolder) -> list[str]:
    return sorted(str(path.relative_to(folder.root)) for path in folder.root.rglob("*") if path.is_file())


def test_a_file_is_moved_with_its_report(folder: HotFolder, judge: Judge, said: list[str]) -> None:
    put(folder, "a.pdf")
    put(folder, "b.pdf", PDF.replace(b"something", b"bad"))
    assert looks(folder) == 2
    assert files(folder) == ["failed/b.pdf", "failed/b.pdf.txt", "passed/a.pdf", "passed/a.pdf.txt"]
    assert judge.given == ["a.pdf", "b.pdf"]
    assert said == ["passed/a.pdf: good", "failed/b.pdf: bad"]


def test_a_file_that_grows_is_waited_for(folder: HotFolder, judge: Judge) -> None:
    content = b"%PDF-1.6 " + b"x" * 5000 + b"\n%%EOF\n"
    for end in range(500, len(content), 500):
        put(folder, "a.pdf", content[:end])
        assert looks(folder, STEADY - 1) == 0
    put(folder, "a.pdf", content)
    assert looks(folder, STEADY - 1) == 0
    assert judge.given == []
    assert looks(folder, 1) == 1
    assert (folder.root / "passed" / "a.pdf").read_bytes() == content


def test_a_file_that_is_written_over_in_place_is_waited_for(folder: HotFolder, judge: Judge) -> None:
    """Its size is what it will be from the first; its time changes."""
    path = put(folder, "a.pdf", bytes(len(PDF)))
    for moment in range(5):
        os.utime(path, ns=(moment, moment))
        assert looks(folder, STEADY - 1) == 0
    assert judge.given == []


def test_a_file_without_its_end_is_waited_for_longer_and_then_judged_all_the_same(
    folder: HotFolder, judge: Judge
) -> None:
    put(folder, "cut.pdf", PDF[:-7])
    put(folder, "photo.jpg", b"\xff\xd8")
    put(folder, "empty.pdf", b"")
    assert looks(folder, PATIENCE - 1) == 0
    assert judge.given == []
    assert looks(folder, 1) == 3


@pytest.mark.parametrize("name", [".a.pdf", "a.pdf.part", "a.pdf.CRDOWNLOAD", "a.filepart", "~a.tmp"])
def test_what_is_being_fetched_is_left_alone(folder: HotFolder, judge: Judge, said: list[str], name: str) -> None:
    put(folder, name)
    assert looks(folder, 3 * PATIENCE) == 0
    assert (judge.given, said) == ([], [])


def test_what_is_no_file_is_told_once(folder: HotFolder, judge: Judge, said: list[str], tmp_path: Path) -> None:
    (folder.root / "in" / "pages").mkdir()
    (tmp_path / "elsewhere.pdf").write_bytes(PDF)
    (folder.root / "in" / "link.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    os.mkfifo(folder.root / "in" / "pipe.pdf")
    assert looks(folder, 2 * PATIENCE) == 0
    assert judge.given == []
    assert said == [f"in/{name}: It is no file and not looked at." for name in ("link.pdf", "pages", "pipe.pdf")]


def test_two_programs_never_judge_the_same_file(folder: HotFolder, judge: Judge) -> None:
    """The second looks while the first judges."""
    other = HotFolder(folder.root, Judge(), lambda _: None)
    looks(other, STEADY)
    put(folder, "a.pdf")
    put(folder, "b.pdf")
    seen: list[int] = []
    judge.meanwhile = lambda _: seen.append(looks(other))
    looks(folder)
    theirs: Any = other.judge
    assert sorted(judge.given + theirs.given) == ["a.pdf", "b.pdf"]
    assert sum(seen) == len(theirs.given) > 0
    assert files(folder) == ["passed/a.pdf", "passed/a.pdf.txt", "passed/b.pdf", "passed/b.pdf.txt"]


def test_a_file_that_somebody_else_holds_is_left_to_him(folder: HotFolder, judge: Judge) -> None:
    path = put(folder, "a.pdf")
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert looks(folder, 2 * PATIENCE) == 0
    assert looks(folder, 1) == 1
    assert judge.given == ["a.pdf"]


def test_a_file_that_is_replaced_while_it_is_judged_is_judged_anew(folder: HotFolder, judge: Judge) -> None:
    put(folder, "a.pdf", PDF.replace(b"something", b"bad"))
    judge.meanwhile = lambda path: path.write_bytes(PDF) if b"bad" in path.read_bytes() else None
    assert looks(folder) == 0
    assert looks(folder) == 1
    assert files(folder) == ["passed/a.pdf", "passed/a.pdf.txt"]


def test_a_name_that_is_taken_gets_a_number(folder: HotFolder) -> None:
    for content in (b"%PDF 1 %%EOF", b"%PDF-2 %%EOF", b"%PDF-3 %%EOF"):
        put(folder, "a.pdf", content)
        looks(folder, PATIENCE)
    names = ("a.pdf", "a-2.pdf", "a-3.pdf")
    assert [(folder.root / "passed" / name).read_bytes()[5:6] for name in names] == [b"1", b"2", b"3"]
    assert [(folder.root / "passed" / f"{name}.txt").read_bytes()[5:6] for name in names] == [b"1", b"2", b"3"]


def test_a_file_that_has_to_stay_is_told_once_and_tried_again(folder: HotFolder, judge: Judge, said: list[str]) -> None:
    path = put(folder, "a.pdf", PDF.replace(b"something", b"later"))
    looks(folder, 3 * PATIENCE)
    assert 2 <= len(judge.given) <= 3
    assert said == ["in/a.pdf: later"]
    path.write_bytes(PDF)
    assert looks(folder) == 1


def test_where_nothing_can_be_written_the_file_stays(
    folder: HotFolder, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    put(folder, "a.pdf")
    monkeypatch.setattr(hot_folder, "write_all", full)
    assert looks(folder) == 0
    assert files(folder) == ["in/a.pdf"]
    assert "No space left" in said[0]
    monkeypatch.undo()
    assert looks(folder, PATIENCE + STEADY) == 1


def test_a_disk_without_links_is_good_enough(folder: HotFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    put(folder, "a.pdf")
    assert looks(folder) == 1
    put(folder, "a.pdf", b"%PDF-2 %%EOF")
    assert looks(folder) == 1
    assert files(folder) == ["passed/a-2.pdf", "passed/a-2.pdf.txt", "passed/a.pdf", "passed/a.pdf.txt"]


class Killed(BaseException):
    """The program ends here, and does nothing more."""


@contextmanager
def killed_at(step: int, before: bool) -> Iterator[None]:
    """The program is killed at the *step*th thing that it does to the disk, *before* that is done or after it."""
    patch, done = pytest.MonkeyPatch(), 0

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal done
            done += 1
            if done == step and before:
                raise Killed
            result = real(*arguments, **more)
            if done == step:
                raise Killed
            return result

        return call

    patch.setattr(os, "link", watched(os.link))
    for name in ("unlink", "replace", "write_bytes", "rename"):
        patch.setattr(Path, name, watched(getattr(Path, name)))
    try:
        yield
    finally:
        patch.undo()


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("step", range(1, 6))
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(tmp_path: Path, step: int, before: bool) -> None:
    def program() -> HotFolder:
        return HotFolder(tmp_path, Judge(), lambda _: None)

    first = program()
    first.prepare()
    put(first, "a.pdf")
    with killed_at(step, before), pytest.raises(Killed):
        looks(first)
    # What the kernel does for a process that ends: its lock goes with it, as its handles do.
    there = [path for path in tmp_path.rglob("*.pdf") if path.read_bytes() == PDF]
    assert there
    looks(program(), PATIENCE)
    assert [path for path in files(first) if not path.endswith(".part")] == ["passed/a.pdf", "passed/a.pdf.txt"]
    assert (tmp_path / "passed" / "a.pdf").read_bytes() == PDF
    assert (tmp_path / "passed" / "a.pdf.txt").read_bytes() == PDF[:20]


def test_all_that_is_done_to_the_disk_was_tried(tmp_path: Path) -> None:
    folder = HotFolder(tmp_path, Judge(), lambda _: None)
    folder.prepare()
    put(folder, "a.pdf")
    with killed_at(99, before=True):
        assert looks(folder) == 1  # and never came to a 99th step
    put(folder, "b.pdf")
    with killed_at(6, before=True):
        assert looks(folder) == 1  # nor to a sixth


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("")
    with pytest.raises(UsageError):
        HotFolder(tmp_path, Judge(), lambda _: None).prepare()


@pytest.mark.parametrize(
    ("content", "told"), [(PDF, True), (b"\n\n" + PDF, True), (b"x" * 1020 + PDF, False), (b"", False)]
)
def test_a_pdf_is_known_by_its_beginning(tmp_path: Path, content: bytes, told: bool) -> None:
    (tmp_path / "a").write_bytes(content)
    assert is_pdf(tmp_path / "a") is told
