"""What is remembered is found by its key, is bounded, and lies where nobody else may look; what is damaged is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.outcome_cache import Codec, OutcomeCache, is_private, key_of, program_version


def cache(folder: Path | None, version: str = "1", **bounds: int) -> OutcomeCache[str]:
    def read(body: bytes) -> str:
        if body == b"unreadable":
            raise ValueError(body)
        return body.decode()

    return OutcomeCache(Codec("word", str.encode, read, lambda: version), folder, **bounds)


def saved(folder: Path, *words: str) -> None:
    writing = cache(folder)
    for word in words:
        writing.put(key_of(word), word, len(word))
    writing.save()


def test_an_outcome_is_found_in_memory_and_by_another_process(tmp_path: Path) -> None:
    saved(tmp_path / "outcomes", "one")
    reading = cache(tmp_path / "outcomes")
    assert [reading.get(key_of(word)) for word in ("one", "two", "one")] == ["one", None, "one"]
    assert (reading.tally.found, reading.tally.missing, reading.tally.refused) == (2, 1, 0)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_changed_byte_makes_an_entry_none(tmp_path: Path, at: int) -> None:
    saved(tmp_path / "outcomes", "one")
    (path,) = (tmp_path / "outcomes").iterdir()
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    reading = cache(tmp_path / "outcomes")
    assert reading.get(key_of("one")) is None
    assert reading.tally.refused == 1
    reading.put(key_of("one"), "one", 3)
    reading.save()
    assert cache(tmp_path / "outcomes").get(key_of("one")) == "one"


def test_an_entry_cut_short_under_another_name_or_of_another_version_is_none(tmp_path: Path) -> None:
    saved(tmp_path / "outcomes", "one", "unreadable")
    path = tmp_path / "outcomes" / f"{key_of('one')}.word"
    assert cache(tmp_path / "outcomes", version="2").get(key_of("one")) is None
    assert cache(tmp_path / "outcomes").get(key_of("unreadable")) is None
    path.rename(path.with_stem(key_of("two")))
    assert cache(tmp_path / "outcomes").get(key_of("two")) is None
    saved(tmp_path / "outcomes", "one")
    path.write_bytes(path.read_bytes()[:-1])
    assert cache(tmp_path / "outcomes").get(key_of("one")) is None


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o770, 0o777])
def test_a_folder_that_others_may_look_into_is_not_used(tmp_path: Path, mode: int) -> None:
    saved(tmp_path / "outcomes", "one")
    assert (tmp_path / "outcomes").stat().st_mode & 0o777 == 0o700
    (tmp_path / "outcomes").chmod(mode)
    open_to_others = cache(tmp_path / "outcomes")
    assert open_to_others.get(key_of("one")) is None
    open_to_others.put(key_of("two"), "two", 3)
    open_to_others.save()
    assert len(list((tmp_path / "outcomes").iterdir())) == 1


def test_a_link_to_a_folder_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "outcomes").symlink_to(tmp_path / "real")
    assert not is_private(tmp_path / "outcomes")


def test_memory_and_disk_are_bounded_in_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "outcomes"
    bounded = cache(folder, memory=10, disk=1_000)
    for number in range(9):
        bounded.put(key_of(str(number)), f"{number:0300}", 4)
        bounded.save()
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 1_000
    files, bounded.folder = bounded.folder, None
    assert [bounded.get(key_of(str(number))) is not None for number in range(9)] == [False] * 7 + [True] * 2
    assert files == folder


def test_a_cache_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "outcomes").write_text("a file", "utf-8")
    blocked = cache(tmp_path / "outcomes")
    blocked.put(key_of("one"), "one", 3)
    blocked.save()
    assert blocked.get(key_of("one")) == "one"


def test_parts_of_a_key_do_not_run_together() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", b"c", "")}) == 4


def test_the_version_is_that_of_the_files_that_decide() -> None:
    one, other = program_version(("geometry.py",)), program_version(("units.py",))
    assert one != other != program_version(("units.py",), ("9.9",))
    assert program_version(("preflight",)) == program_version(("preflight",))
