"""The cache of prepared pictures: a folder of our own, or none; a build goes on without it, and says so once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hostile.cases import write_sound
from in_place import build
from layout.checks import Finding, Severity
from layout.pictures import cache
from layout.pipeline import Built, Options
from layout.pipeline.cache_folder import pictures_cache, unusable


def test_the_cache_lies_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LAYOUT_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "new"))
    assert pictures_cache() == (tmp_path / "new" / "lianghui-layout" / "pictures").resolve()
    assert unusable(pictures_cache()) is None
    assert pictures_cache().stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "own"))
    assert pictures_cache() == (tmp_path / "own").resolve()


def test_a_folder_of_others_is_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert unusable(tmp_path) is None
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        assert "somebody else" in str(unusable(tmp_path))
    for mode in (0o770, 0o777, 0o1777):
        tmp_path.chmod(mode)
        assert "others may write" in str(unusable(tmp_path))
    tmp_path.chmod(0o700)
    (tmp_path / "file").touch()
    assert "no folder" in str(unusable(tmp_path / "file"))
    assert "no folder" in str(unusable(tmp_path / "file" / "below"))
    assert unusable(Path("/dev/null/cache")) is not None


def _told(built: Built) -> list[Finding]:
    return [finding for finding in built.findings if finding.check == "picture.cache"]


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    write_sound(tmp_path / "issue")
    return tmp_path / "issue"


def test_a_build_does_without_a_cache_and_says_so_once(
    issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = build(issue, Options(out=tmp_path / "good", png=False, cache=tmp_path / "cache"))
    assert _told(good) == []

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").touch()
    without = build(issue, Options(out=tmp_path / "a", png=False, cache=tmp_path / "file"))
    put = cache.put
    monkeypatch.setattr(
        cache, "put", lambda path, data: (full if path.parent == tmp_path / "full" else put)(path, data)
    )
    spared = build(issue, Options(out=tmp_path / "b", png=False, cache=tmp_path / "full"))
    for built, folder, why in ((without, "file", "不是文件夹"), (spared, "full", "磁盘满了")):
        (told,) = _told(built)
        assert (told.severity, str(told.place), why in told.message.zh) == (Severity.NOTE, str(tmp_path / folder), True)
        assert built.pdf.read_bytes() == good.pdf.read_bytes()
        assert built.exit_code == good.exit_code
