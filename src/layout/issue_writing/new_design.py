"""The files of a new design: a skeleton of one page that builds as it is, or a copy of a design there is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from layout.design.design_files import NAME, page_kinds
from layout.errors import Message, UsageError, meant
from layout.issue.file_names import is_utf8
from layout.issue.issue_file import ISSUE_FILE
from layout.issue.plan_values import LONGEST_NAME, NAME_PATTERN
from layout.issue_writing.issue_folder import FileContent, refuse_what_is_there, shipped_design, write_folder

SHEET = "broadsheet"
"""The sheet of the skeleton where none is asked for: that of ``layout new``'s own design."""
_SKELETON = ("page.html", "page.css", NAME)
_LEFT_OUT = {"README.md", "__pycache__"}
"""What a copy of a design does not have: the README speaks of the design that was copied."""
_NAME_LINE = re.compile(r"^name\s*=.*$", re.MULTILINE)


def write_design(folder: Path, *, like: str | None = None, sheet: str | None = None) -> tuple[Path, ...]:
    """Writes a design into *folder*, which is made, and gives the paths of its files: the skeleton for *sheet*, or a
    copy of the program's design *like*, which is then called as its folder is.

    Raises ``UsageError`` where there is something already, where an issue could not name the folder, where there is no
    such design or sheet, or both are asked for; ``PrintError`` where nothing can be written, and nothing is then left.
    """
    name = _design_name(folder)
    refuse_what_is_there(folder)
    if like is None:
        return write_folder(folder, _skeleton(name, sheet or SHEET))
    if sheet is not None:
        raise UsageError(
            Message("照抄的版式开本不变。", "A copy of a design keeps its sheet."),
            hint=Message("去掉 --sheet 或 --like。", "Leave out --sheet or --like."),
        )
    return write_folder(folder, _copy(name, shipped_design(like)))


def how_to_use(folder: Path) -> Message:
    """What an editor does for an issue to be set by the design in *folder*."""
    issue, name = folder.resolve().parent / ISSUE_FILE, folder.resolve().name
    kinds = list(map(_quoted, page_kinds(folder)))
    zh = f"design = {_quoted(name)}，各段 [[page]] 里写 kind = {' 或 '.join(kinds)}"
    en = f"design = {_quoted(name)}, and under each [[page]] kind = {' or '.join(kinds)}"
    if issue.is_file():
        return Message(
            f"在 {folder.parent / ISSUE_FILE} 里写 {zh}，再 layout preview {folder.parent}。",
            f"In {folder.parent / ISSUE_FILE} write {en}; then layout preview {folder.parent}.",
        )
    return Message(
        f"把这个文件夹放进一期的文件夹（没有就用 layout new 建），在那里的 issue.toml 里写 {zh}。",
        f"Put this folder into an issue's folder, which layout new makes, and in the issue.toml there write {en}.",
    )


def _design_name(folder: Path) -> str:
    """What the design in *folder* is called. Raises ``UsageError`` for a name that issue.toml cannot have."""
    name = folder.resolve().name
    if not re.fullmatch(NAME_PATTERN, name) or len(name) > LONGEST_NAME or not is_utf8(name):
        raise UsageError(
            Message(f"“{folder}”不能作版式的文件夹：issue.toml 里写不了这个名字。",
                    f"“{folder}” cannot be the folder of a design: issue.toml cannot name it."),
            hint=Message("名字用汉字、字母、数字和 -，如 layout new-design issues/2027两会/evening。",
                         "Use letters, digits and -, as in layout new-design issues/2027-congress/evening."),
        )  # fmt: skip
    return name


def _skeleton(name: str, sheet: str) -> Mapping[str, FileContent]:
    """The skeleton's files, with the measures of *sheet* in them."""
    sheets = _toml("new_design.toml")
    if sheet not in sheets:
        raise UsageError(
            Message(f"没有“{sheet}”这种开本的骨架。", f"There is no skeleton for a sheet “{sheet}”."),
            hint=meant(sheet, sheets),
        )
    home = files("layout.issue_writing").joinpath("new_design")
    values = {**sheets[sheet], "name": _quoted(name)}
    return {file: Template(home.joinpath(file).read_text(encoding="utf-8")).substitute(values) for file in _SKELETON}


def _copy(name: str, design: Path) -> Mapping[str, FileContent]:
    """The files of *design*, its design.toml under the new *name*."""
    paths = [path.relative_to(design) for path in sorted(design.rglob("*")) if path.is_file()]
    found: dict[str, FileContent] = {
        path.as_posix(): design / path for path in paths if not _LEFT_OUT.intersection(path.parts)
    }
    toml = (design / NAME).read_text(encoding="utf-8")
    return found | {NAME: _NAME_LINE.sub(lambda _: f"name = {_quoted(name)}", toml, count=1)}


def _quoted(name: str) -> str:
    """*name* as a string of TOML, which has JSON's escapes."""
    return json.dumps(name, ensure_ascii=False)


def _toml(file: str) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("layout.issue_writing").joinpath(file).read_text(encoding="utf-8"))
