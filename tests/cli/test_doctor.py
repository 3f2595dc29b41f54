"""layout doctor: what is here, what is not, and what to type."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from layout import assets
from layout.cli import doctor

from .conftest import Shell


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_all_required_is_here(shell: Shell, cache: Path) -> None:
    ran = shell("doctor")
    assert ran.code == 0, ran.out
    assert "必需的都齐了。" in ran.out
    assert str(cache) in ran.out
    assert "Everything required is here." in shell("doctor", "--lang", "en").out


def test_a_missing_library_is_told_with_the_line_to_type(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise OSError

    monkeypatch.setattr("ctypes.CDLL", missing)
    ran = shell("doctor")
    assert ran.code == 4
    assert "apt-get install -y libpango-1.0-0" in ran.out
    assert "缺 3 样必需的东西。" in ran.out


def test_optional_programs_do_not_count(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    ran = shell("doctor")
    assert ran.code == 0
    assert "apt-get install -y chromium" in ran.out


def test_an_altered_font_and_a_broken_profile_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    shutil.copytree(assets.fonts_dir(), root / "fonts")
    shutil.copytree(assets.press_dir(), root / "press")
    monkeypatch.setattr(assets, "root", lambda: root)
    assert all(each.found for each in doctor.prerequisites() if each.required)
    (root / "fonts" / "kai-400.ttf").write_bytes(b"not a font")
    (root / "fonts" / "hei-400.ttf").unlink()
    next((root / "press").rglob("*.icc")).write_bytes(b"not a profile")
    lacking = [each for each in doctor.prerequisites() if each.required and not each.found]
    assert ["kai-400.ttf" in each.what.en for each in lacking] == [True, False]
    assert "hei-400.ttf" in lacking[0].what.zh
    assert "broken" in lacking[1].what.en
    (root / "fonts" / "FONTS.toml").unlink()
    assert any("cannot be read" in each.what.en for each in doctor.prerequisites())


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "file" / "below"))
    [looked] = [each for each in doctor.prerequisites() if each.name.en == "picture cache"]
    assert not looked.found
    assert looked.remedy.startswith("chmod")
