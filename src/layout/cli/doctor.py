"""Checks the prerequisites of a build: Python, libraries, fonts, cache. Changes nothing and loads nothing heavy."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from layout import assets
from layout.errors import LayoutError, Message, refusal
from layout.pipeline.cache_folder import pictures_cache, unusable

NEWEST_TOO_OLD = (3, 10)
APT = "apt-get install -y"

_FONTS = Message("字体", "fonts")
_PROFILES = Message("印厂 ICC", "press ICC")
_CACHE = Message("图片缓存", "picture cache")


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A prerequisite. ``remedy`` is what to type when it is missing; a missing ``required`` one stops a build."""

    name: Message
    found: bool
    what: Message
    remedy: str = ""
    required: bool = True


def prerequisites() -> Iterator[Prerequisite]:
    """All prerequisites, in the order in which a build needs them."""
    wanted = tomllib.loads(files("layout.cli").joinpath("doctor.toml").read_text(encoding="utf-8"))
    yield _python()
    yield from _packages()
    for row in wanted["library"]:
        yield _library(row)
    yield from _assets()
    yield from _cache()
    for row in wanted["program"]:
        yield _program(row)


def _python() -> Prerequisite:
    good = sys.version_info[:2] > NEWEST_TOO_OLD
    return Prerequisite(_plain("Python"), good, _plain(platform.python_version()), f"{APT} python3.11 python3.11-venv")


def _packages() -> Iterator[Prerequisite]:
    """The packages whose exact version decides the page."""
    try:
        required = metadata.requires("lianghui-layout") or []
    except metadata.PackageNotFoundError:
        yield Prerequisite(
            _plain("lianghui-layout"),
            False,
            Message("没有安装，从源码运行", "not installed, run from source"),
            "make issue",
            required=False,
        )
        return
    pins = [found for line in required if (found := re.fullmatch(r"([\w.-]+)==([\w.]+)", line.strip()))]
    for name, version in (pin.groups() for pin in pins):
        try:
            there = metadata.version(name)
        except metadata.PackageNotFoundError:
            there = "—"
        yield Prerequisite(_plain(name), there == version, _plain(there), f"pip install {name}=={version}")


def _library(row: Mapping[str, str]) -> Prerequisite:
    try:
        library = ctypes.CDLL(row["file"])
    except OSError:
        return Prerequisite(_plain(row["name"]), False, _plain(row["file"]), f"{APT} {row['package']}")
    version = row["file"]
    if "version" in row:
        ask = getattr(library, row["version"])
        ask.restype = ctypes.c_char_p
        version = ask().decode()
    return Prerequisite(_plain(row["name"]), True, _plain(version))


def _assets() -> Iterator[Prerequisite]:
    again = "git checkout -- fonts press"
    try:
        fonts, press = assets.fonts_dir(), assets.press_dir()
        yield _folder_of_fonts(fonts, again)
    except (LayoutError, OSError, tomllib.TOMLDecodeError, KeyError):
        yield Prerequisite(_FONTS, False, Message("字体清单读不到", "the list of fonts cannot be read"), again)
        return
    profiles = sorted(press.rglob("*.ic[cm]"))
    bad = [path.name for path in profiles if not _is_press_profile(path)]
    what = (
        _plain(", ".join(path.name for path in profiles))
        if not bad
        else Message(f"坏了：{'、'.join(bad)}", f"broken: {', '.join(bad)}")
    )
    yield Prerequisite(_PROFILES, bool(profiles) and not bad, what, again)


def _folder_of_fonts(folder: Path, again: str) -> Prerequisite:
    rows = tomllib.loads((folder / "FONTS.toml").read_text(encoding="utf-8"))["face"]
    wrong = [row["file"] for row in rows if _digest(folder / row["file"]) != row["sha256"]]
    if wrong:
        return Prerequisite(
            _FONTS,
            False,
            Message(f"缺少或改动过：{'、'.join(wrong)}", f"missing or altered: {', '.join(wrong)}"),
            again,
        )
    return Prerequisite(_FONTS, True, Message(f"{len(rows)} 款字体，校验无误", f"{len(rows)} faces, all as listed"))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_press_profile(path: Path) -> bool:
    """Whether a file is an ICC output profile for CMYK.

    ICC.1:2010, 7.2: the class stands at byte 12, the colour space at 16, "acsp" at 36.
    """
    with path.open("rb") as file:
        head = file.read(40)
    return head[12:20] == b"prtrCMYK" and head[36:40] == b"acsp"


def _cache() -> Iterator[Prerequisite]:
    folder = pictures_cache()
    why = unusable(folder)
    if why is None:
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            why = refusal(error) or _plain(str(error.strerror))
    if why is not None:
        said = Message(f"{folder} 不能用：{why.zh}", f"{folder} cannot be used: {why.en}")
        yield Prerequisite(_CACHE, False, said, f"chmod -R u+w,go-w {folder}")
        return
    yield Prerequisite(_CACHE, True, _plain(str(folder)))


def _program(row: Mapping[str, str]) -> Prerequisite:
    where = shutil.which(row["command"])
    return Prerequisite(
        _plain(row["name"]), where is not None, Message(row["zh"], row["en"]), f"{APT} {row['package']}", required=False
    )


def _plain(text: str) -> Message:
    return Message(text, text)
