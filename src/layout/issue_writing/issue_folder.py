"""The folder of an issue, and the files written into it: nothing that is there is changed unasked, and all appear
together or none.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from layout import assets
from layout.errors import Message, PrintError, UsageError, meant
from layout.issue.file_names import is_utf8
from layout.issue.issue_file import ISSUE_FILE

FileContent = str | bytes | Path
"""What a file is to hold, or the file that it is a copy of."""


def issue_name(folder: Path, command: str) -> str:
    """What the issue in *folder* is called. Raises ``UsageError`` for a folder that has no name, or none in UTF-8; its
    hint shows *command*.
    """
    name = folder.resolve().name
    if not name or not is_utf8(name):
        raise UsageError(
            Message(f"“{folder}”不能作一期的文件夹。", f"“{folder}” cannot be the folder of an issue."),
            hint=Message(f"写成 {command} issues/2027两会。", f"Write {command} issues/2027-congress."),
        )
    return name


def shipped_design(name: str) -> Path:
    """The folder of the program's design *name*. Raises ``UsageError`` where there is none."""
    known = {path.parent.name: path.parent for path in sorted(assets.templates_dir().glob("*/design.toml"))}
    if name not in known:
        message = Message(f"没有名为“{name}”的版式。", f"There is no design named “{name}”.")
        raise UsageError(message, hint=meant(name, known))
    return known[name]


def refuse_what_is_there(folder: Path, *, besides: str = "") -> None:
    """Raises ``UsageError`` where *folder* is a file, or holds anything but folders in which a file *besides* lies."""
    inside = folder.iterdir() if folder.is_dir() else [folder] if folder.exists() else []
    if any(not (besides and (each / besides).is_file()) for each in inside):
        raise UsageError(
            Message(f"{folder} 已经有了，不动它。", f"{folder} is there already, and is left alone."),
            hint=Message("换一个名字。", "Choose another name."),
        )


def free_name(folder: Path, name: str) -> str:
    """*name*, with a number behind its stem where *folder* has a file of that name."""
    result, number = name, 2
    while (folder / result).exists():
        result, number = f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return result


def changed(folder: Path, written: Mapping[str, FileContent]) -> bool:
    """Whether one of *written* is not in *folder* as it should be."""
    return any(not _same(folder / name, content) for name, content in written.items())


def conflicts(folder: Path, written: Mapping[str, FileContent], *, replace_files: bool) -> list[str]:
    """The files of *folder* that would be written otherwise than they are; issue.toml is none, which keeps its lines.

    Raises ``UsageError``, which names every one, unless they may be replaced.
    """
    there = [
        name
        for name, content in written.items()
        if name != ISSUE_FILE and (folder / name).exists() and not _same(folder / name, content)
    ]
    if there and not replace_files:
        raise UsageError(
            Message(f"{folder} 里已经有了，内容不同：{'、'.join(there)}。什么也没有写。",
                    f"{folder} has these already, and otherwise: {', '.join(there)}. Nothing was written."),
            hint=Message("要换掉就加 --replace；不换就把来稿改个文件名。",
                         "Add --replace to replace them; else rename the received files."),
        )  # fmt: skip
    return there


def _same(path: Path, content: FileContent) -> bool:
    if not path.exists():
        return False
    if isinstance(content, Path):
        return filecmp.cmp(path, content, shallow=False)
    return path.read_bytes() == (content.encode() if isinstance(content, str) else content)


def write_files(folder: Path, written: Mapping[str, FileContent]) -> tuple[Path, ...]:
    """Writes what is not as it should be beside its place first, then renames all; gives their paths.

    Raises ``PrintError`` where that cannot be done; *folder* is then as it was.
    """
    made: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            path = folder / name
            if not _same(path, content):
                made.append((_written_beside(path, content), path))
        for temporary, path in made:
            temporary.replace(path)
    except OSError as error:
        for temporary, _ in made:
            temporary.unlink(missing_ok=True)
        raise _unwritable(folder, error) from error
    return tuple(path for _, path in made)


def write_folder(folder: Path, written: Mapping[str, FileContent]) -> tuple[Path, ...]:
    """Makes *folder*, which is not there or is empty, with all of its files at once, and gives their paths; names may
    have folders in them.

    The files are written into a folder beside it, which is renamed when it is whole. Raises ``PrintError`` where that
    cannot be done; nothing is then left.
    """
    temporary = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
        for name, content in written.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _written_beside(path, content).replace(path)
        temporary.chmod(_READABLE_FOLDER)
        temporary.rename(folder)
    except OSError as error:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        raise _unwritable(folder, error) from error
    return tuple(folder / name for name in written)


def _unwritable(folder: Path, error: OSError) -> PrintError:
    return PrintError(
        Message(f"{folder} 写不进去：{error.strerror}。", f"{folder} cannot be written: {error.strerror}."),
        hint=Message("查一查磁盘和权限。", "Check the disk and what you may write."),
    )


def _written_beside(path: Path, content: FileContent) -> Path:
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        if isinstance(content, Path):
            shutil.copyfile(content, temporary)
        else:
            temporary.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    temporary.chmod(_READABLE)
    return temporary


_READABLE, _READABLE_FOLDER = 0o644, 0o755
"""As an editor makes files and folders: a temporary one is its maker's alone."""
