"""The files an issue names: found inside its folder or among the program's own pictures, and nowhere else."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath, PureWindowsPath

from layout import assets
from layout.errors import PictureError, Place, PlanError, Said

OWN = "images:"
"""What a picture's file begins with when it is one of the program's own."""


def inside(folder: Path, name: str, place: Place) -> Path:
    """The path of *name* in *folder*, links followed. Raises ``PlanError`` when it leads out of it."""
    path = (folder / name).resolve()
    foreign = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name
    if foreign or not path.is_relative_to(folder.resolve()):
        said = Said(f"文件 {name} 不在本期文件夹里。", f"The file {name} lies outside the issue's folder.")
        hint = Said(
            "把它放进本期文件夹，写相对路径，用 / 分隔。", "Put it into the folder and name it from there, with /."
        )
        raise PlanError(said, place=place, hint=hint)
    return path


def picture_file(folder: Path, source: str, place: Place) -> Path:
    """The path of a picture's file. Raises ``PictureError`` when there is none, ``PlanError`` when it leads outside."""
    own = source.startswith(OWN)
    home = assets.images_dir() if own else folder
    path = inside(home, source.removeprefix(OWN), place)
    if path.is_file():
        return path
    said = Said(f"找不到图片 {source}。", f"There is no picture {source}.")
    near = nearest(path)
    hint = Said("查一查文件名和位置。", "Check its name and folder.")
    if near:
        name = (OWN if own else "") + near.relative_to(home.resolve()).as_posix()
        hint = Said(f"是不是 {name}？", f"Did you mean {name}?")
    raise PictureError(said, place=place, hint=hint)


def nearest(path: Path) -> Path | None:
    """The file beside the missing *path* whose name is most like it."""
    if not path.parent.is_dir():
        return None
    names = [each.name for each in path.parent.iterdir() if each.is_file()]
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    return path.with_name(near[0]) if near else None
