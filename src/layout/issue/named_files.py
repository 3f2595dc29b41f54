"""Finds the files that issue.toml names: inside the issue's folder or among the program's own pictures."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from layout import assets
from layout.errors import Message, PictureError, Place, PlanError, nearest
from layout.issue.file_names import fault, is_utf8, misnamed

OWN = "images:"
"""What a picture's file begins with when it is one of the program's own."""


def inside(folder: Path, name: str, place: Place) -> Path:
    """The path of *name* in *folder*, links followed. Raises ``PlanError`` when it leads out of it."""
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name or "\0" in name:
        raise _outside(name, place)
    path = _followed(folder / name, name, place)
    if path.is_relative_to(folder.resolve()):
        return path
    if not (folder / name).is_symlink():
        raise _outside(name, place)
    message = Message(
        f"{name} 是个链接，它指的文件不在本期文件夹里。", f"{name} is a link to a file outside the issue's folder."
    )
    hint = Message("把文件本身放进本期文件夹。", "Put the file itself into the folder.")
    raise PlanError(message, place=place, hint=hint)


def _outside(name: str, place: Place) -> PlanError:
    message = Message(f"文件 {name} 不在本期文件夹里。", f"The file {name} lies outside the issue's folder.")
    hint = Message(
        "把它放进本期文件夹，写相对路径，用 / 分隔。", "Put it into the folder and name it from there, with /."
    )
    return PlanError(message, place=place, hint=hint)


def _followed(path: Path, name: str, place: Place) -> Path:
    """*path* with its links followed."""
    try:
        return path.resolve()
    except (RuntimeError, OSError) as error:  # Python 3.13 resolves such links to themselves
        message = Message(f"{name} 是个链接，链接绕成了圈。", f"{name} is a link that leads back to itself.")
        hint = Message("换成文件本身。", "Put the file itself there.")
        raise PlanError(message, place=place, hint=hint) from error


def not_found(path: Path, name: str, what: Message) -> tuple[Message, Message]:
    """Sentence and hint for a missing file *name* at *path*; *what* is the kind of file. The hint names the nearest."""
    if other := misnamed(path):
        message, hint = fault(other)
        return Message(
            f"{what.zh} {name} 在，但{message.zh}", f"The {what.en} {name} is there, but: {message.en}"
        ), hint
    if path.is_dir():
        return (
            Message(f"{name} 是文件夹，不是{what.zh}。", f"{name} is a folder, not a {what.en}."),
            Message("写出里面文件的名字。", "Name the file in it."),
        )
    if path.is_symlink():
        return (
            Message(f"{name} 是个断了的链接，找不到{what.zh}。", f"{name} is a link that leads nowhere: no {what.en}."),
            Message("换成文件本身。", "Put the file itself there."),
        )
    message = Message(f"找不到{what.zh} {name}。", f"There is no {what.en} {name}.")
    near = near_file(path)
    if near is None:
        return message, Message("查一查文件名和位置。", "Check its name and folder.")
    shown = (name[: name.rfind("/") + 1] if "/" in name else OWN if name.startswith(OWN) else "") + near.name
    return message, Message(f"是不是 {shown}？", f"Did you mean {shown}?")


def grey_picture() -> Path:
    """The picture that stands for one that is not there, in a draft: an even grey."""
    return assets.templates_dir() / "components" / "draft-grey.png"


def picture_file(folder: Path, source: str, place: Place) -> Path:
    """The path of a picture's file. Raises ``PictureError`` when there is none, ``PlanError`` when it leads outside."""
    own = source.startswith(OWN)
    home = assets.images_dir() if own else folder
    path = inside(home, source.removeprefix(OWN), place)
    if path.is_file():
        return path
    message, hint = not_found(path, source, Message("图片", "picture"))
    raise PictureError(message, place=place, hint=hint)


def near_file(path: Path) -> Path | None:
    """The file beside the missing *path* whose name is most like it."""
    if not path.parent.is_dir():
        return None
    names = [each.name for each in path.parent.iterdir() if each.is_file() and is_utf8(each.name)]
    near = nearest(path.name, names)
    return path.with_name(near) if near else None
