"""Every font, ICC profile, picture and icon has a row that says whose it is; every row has its file."""

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from layout import assets

Row = dict[str, Any]

LICENCES = {
    "OFL-1.1",
    "GPL-3.0-or-later WITH Font-exception-2.0",
    "Unicode-DFS-2015",
    "Zlib",
    "LicenseRef-CGATS-TR002",  # derived profiles may be distributed if the report is named
    "CC-BY-4.0",
    "CC-BY-2.0",
    "CC0-1.0",
    "LicenseRef-public-domain",
    "MIT",
}
"""Licences that let the program carry a file without share-alike terms for the rest."""

OWN = {"fonts": {"FONTS.toml", "fonts.conf", "prepare.py"}, "press": set(), "images": {"CREDITS.toml"}}
"""Files of this project's own making, which need no row; so do the press profiles, press/*.toml."""

LISTS = {"fonts": "FONTS.toml", "press": "PROFILES.toml", "images": "CREDITS.toml"}
MAX_BYTES = {"fonts": 56_000_000, "press": 1_000_000, "images": 9_000_000}
ROOMS = sorted(LISTS)


def folder(room: str) -> Path:
    return {"fonts": assets.fonts_dir, "press": assets.press_dir, "images": assets.images_dir}[room]()


@cache
def tables(room: str) -> Row:
    return tomllib.loads((folder(room) / LISTS[room]).read_text("utf-8"))


def rows(room: str, *kinds: str) -> list[Row]:
    found = tables(room)
    wanted = kinds or [kind for kind, value in found.items() if isinstance(value, list)]
    return [row for kind in wanted for row in found[kind]]


def every_row(*, licensed: bool = False) -> list[Any]:
    return [
        pytest.param(room, row, id=f"{room}/{row['file']}")
        for room in ROOMS
        for row in rows(room)
        if not licensed or "licence" in row
    ]


def files(room: str) -> dict[str, Path]:
    base = folder(room)
    found = (path for path in base.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(base).as_posix(): path for path in found}


def is_own(room: str, name: str) -> bool:
    return name in OWN[room] or (room == "press" and "/" not in name and name.endswith(".toml"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_has_a_row_and_every_row_its_file(room: str) -> None:
    cited = {name for row in rows(room) for name in row.get("licence_files", [])}
    listed = {row["file"] for row in rows(room)} | cited
    present = {name for name in files(room) if not is_own(room, name)}
    assert present == listed


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_has_two_rows(room: str) -> None:
    names = [row["file"] for row in rows(room)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("room", ROOMS)
def test_a_folder_stays_small_enough_to_clone(room: str) -> None:
    assert sum(path.stat().st_size for path in files(room).values()) <= MAX_BYTES[room]


@pytest.mark.parametrize(("room", "row"), every_row())
def test_the_bytes_are_those_of_the_row(room: str, row: Row) -> None:
    with (folder(room) / row["file"]).open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == row["sha256"]


@pytest.mark.parametrize(("room", "row"), every_row())
def test_the_source_is_a_package_with_its_version_and_a_path(room: str, row: Row) -> None:
    assert re.fullmatch(r"npm:\S+@[\d.]+|deb:[^\s=]+=\S+|pypi:[^\s=]+=[\d.]+", row["source"]), room
    assert row["source_path"]


@pytest.mark.parametrize(("room", "row"), every_row(licensed=True))
def test_the_licence_is_allowed_and_its_text_is_here(room: str, row: Row) -> None:
    assert row["licence"] in LICENCES
    assert row["licence_files"]
    for name in row["licence_files"]:
        assert (folder(room) / name).stat().st_size > 100


@pytest.mark.parametrize("room", ROOMS)
def test_only_a_licence_text_goes_without_a_licence(room: str) -> None:
    without = {row["file"] for row in rows(room) if "licence" not in row}
    assert all(name.startswith("licences/") for name in without)


def test_the_nine_faces_have_a_family_each() -> None:
    faces = rows("fonts", "face")
    assert len(faces) == 9
    for key in ("family", "postscript_name"):
        assert len({row[key] for row in faces}) == 9


def test_no_prepared_face_bears_a_reserved_or_a_makers_name() -> None:
    prepared = [row for row in rows("fonts", "face") if row["how"] != "unmodified"]
    names = " ".join(f"{row['family']} {row['postscript_name']}" for row in prepared)
    assert not re.search(r"source|noto|lxgw|wenkai|ma ?shan", names, re.IGNORECASE)


def test_a_face_under_the_gpl_is_the_makers_file_untouched() -> None:
    for row in rows("fonts", "face"):
        if row["licence"].startswith("GPL"):
            assert row["how"] == "unmodified"
            assert row["sha256"] == row["original_sha256"]


def test_the_list_of_8105_is_whole_and_counts_agree() -> None:
    lines = (folder("fonts") / tables("fonts")["charset"]["list"]).read_text("utf-8").splitlines()
    characters = [line for line in lines if not line.startswith("#")]
    assert len(set(characters)) == len(characters) == 8105
    assert (characters[0], characters[-1]) == ("一", "蠼")
    assert max(row["of_8105"] for row in rows("fonts", "face")) == 8105


@pytest.mark.parametrize("row", [pytest.param(row, id=row["file"]) for row in rows("press", "profile")])
def test_a_profile_is_what_its_row_says(row: Row) -> None:
    head = (folder("press") / row["file"]).read_bytes()[:40]
    assert head[36:40] == b"acsp"
    assert head[12:16].decode() == row["device_class"]
    assert head[16:20].decode().strip() == row["colour_space"]
    assert head[20:24].decode().strip() == row["connection_space"]
    assert f"{head[8]}.{head[9] >> 4}.{head[9] & 15}" == row["icc_version"]
    assert int.from_bytes(head[:4], "big") == row["bytes"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["file"]) for row in rows("images", "photo")])
def test_a_photograph_opens_and_its_row_is_honest(row: Row) -> None:
    with Image.open(folder("images") / row["file"]) as picture:
        assert list(picture.size) == row["pixels"]
    assert all(0 <= share <= 1 for share in row["focus"])
    assert len(row["focus"]) == 2
    assert set(row["crops"]) <= {"wide", "tall", "square", "banner"}
    assert re.search("资料图片|示意图", row["caption"])
    assert row["author"] in row["credit"]
    assert row["licence_name"] in row["credit"]
    assert not re.search("屯留|长治", row["title"] + row["caption"] + row["shows"])


@pytest.mark.parametrize("row", [pytest.param(row, id=row["file"]) for row in rows("images", "icon")])
def test_an_icon_is_plain_line_art(row: Row) -> None:
    text = (folder("images") / row["file"]).read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke="currentColor"' in text
    assert not re.search(r"<script|<image|href", text)
