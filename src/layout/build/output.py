"""Files written all or none: a failed or killed build leaves the last good ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layout.errors import Place, PrintError, Said, UsageError


def write_all(files: Mapping[Path, bytes | Path]) -> None:
    """Writes *files* beside their targets first, then puts them all in place. A path stands for the file it names.

    Raises ``UsageError`` when the folder cannot be made, ``PrintError`` when it cannot be written to.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for target, content in files.items():
            _make_folder(target.parent)
            draft = target.with_name(f".{target.name}.{os.getpid()}.part")
            waiting.append((draft, target))
            if isinstance(content, Path):
                shutil.copyfile(content, draft)
            else:
                draft.write_bytes(content)
        for draft, target in waiting:
            draft.replace(target)
    except OSError as error:
        raise PrintError(
            Said(f"写不进输出文件夹：{error.strerror}", f"cannot write the output: {error.strerror}"),
            place=Place(str(error.filename or "")),
            hint=Said(
                "检查磁盘空间和权限，或用 -o 换一个文件夹", "check space and rights, or choose another folder with -o"
            ),
        ) from error
    finally:
        for draft, _ in waiting:
            draft.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(
            Said(f"{folder} 不是文件夹", f"{folder} is not a folder"),
            hint=Said("用 -o 换一个输出文件夹", "choose another output folder with -o"),
        ) from error


def report_bytes(report: Mapping[str, Any]) -> bytes:
    """A report as ``report.json`` holds it."""
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()
