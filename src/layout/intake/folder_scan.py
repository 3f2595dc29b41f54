"""Finds stories, pictures and lists of captions in a folder as it was received, by the names of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from layout.errors import Message, UsageError
from layout.intake.caption_lists import LIST
from layout.issue.file_names import legible
from layout.issue.issue_file import ISSUE_FILE
from layout.manuscript.characters import whole_number

PICTURES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic", ".heif")
)
"""Endings of pictures that the program opens."""
_FORMS = frozenset((".pdf", ".svg", ".ai"))
"""Endings of what can only be an advertisement."""
_MOST = 2_000
"""Files that a folder may hold. A day's paper has some hundred; more is another folder than was meant."""
_DEEPEST = 6
"""Folders inside one another that are looked through."""
_IGNORED = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini|__MACOSX|.*\.(?:tmp|lnk|url|bak)", re.IGNORECASE)
"""What systems and programs leave behind, of which nobody has to be told."""
_NUMERALS = re.compile("[〇一二三四五六七八九十]+")
_NUMBERED = re.compile(
    r"^[\s(（【\[]*(?:第)?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:版|篇|条|号)?[\s)）】\].、．_\-—]+(?=\S)"
)
"""A number at the beginning of a name, by which its sender put the files in order."""
_LEAD = re.compile("头条|头题|主稿|要闻")

FileKind = Literal["story", "picture", "captions", "form", "other"]


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of a received folder."""

    path: Path
    name: str
    """As messages show it: from the folder, with /."""
    kind: FileKind
    folder: str = ""
    """The name of the folder inside the received one that it lies in."""

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """Its ending, in small letters, with the point."""
        return PurePosixPath(self.name).suffix.lower()


def received_files(folder: Path, story_endings: Iterable[str]) -> tuple[ReceivedFile, ...]:
    """Every file of *folder* and the folders in it, in the order in which a person would list them.

    *story_endings*: those of files that can be read as stories. Links are not followed, and issues in it are passed
    over. Raises ``UsageError`` where it is an issue itself, or there are more files than any issue has.
    """
    if (folder / ISSUE_FILE).exists():
        raise UsageError(
            Message(f"{folder} 已经是一期，不是来稿。", f"{folder} is an issue, and no received copy."),
            hint=Message(
                "给出来稿的文件夹，用 --into 写这一期。", "Name the received folder, and the issue with --into."
            ),
        )
    endings = frozenset(story_endings)
    found = [_received(path, folder, endings) for path in _files(folder, 0)]
    if len(found) > _MOST:
        raise UsageError(
            Message(f"{folder} 里有 {len(found)} 个以上的文件，不像一期的来稿。",
                    f"{folder} holds more than {len(found)} files: that is no issue's copy."),
            hint=Message("给出只有这一期来稿的文件夹。", "Name a folder with this issue's copy and nothing else."),
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: natural(each.name)))


def _files(folder: Path, depth: int) -> Iterator[Path]:
    count = 0
    for path in sorted(folder.iterdir()):
        if _IGNORED.fullmatch(path.name) or path.is_symlink():
            continue
        if path.is_dir() and depth < _DEEPEST and not (path / ISSUE_FILE).exists():
            yield from _files(path, depth + 1)
        elif path.is_file():
            yield path
            count += 1
            if count > _MOST:
                return


def _received(path: Path, root: Path, story_endings: frozenset[str]) -> ReceivedFile:
    name = "/".join(legible(part) for part in path.relative_to(root).parts)
    return ReceivedFile(path, name, file_kind(name, story_endings), "/".join(name.split("/")[:-1]))


def file_kind(name: str, story_endings: Iterable[str]) -> FileKind:
    """What kind of file *name* is called like."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PICTURES:
        return "picture"
    if suffix in _FORMS:
        return "form"
    if suffix not in story_endings:
        return "other"
    return "captions" if LIST.search(name.rpartition("/")[2]) else "story"


def natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """A key that puts names in the order of the numbers in them: 图2 before 图10, 二十一 before 三十."""
    pieces = re.split(r"(\d+)", _NUMERALS.sub(lambda found: str(whole_number(found[0])), name))
    return tuple(
        (not piece.isdigit(), int(piece) if piece.isdigit() else 0, "" if piece.isdigit() else piece.casefold())
        for piece in pieces
        if piece
    )


def sender_s_number(stem: str) -> int | None:
    """The number that *stem* begins with, by which its sender put it in order; None where there is none."""
    found = _NUMBERED.match(stem)
    return whole_number(found["number"]) if found else None


def is_lead(name: str) -> bool:
    """Whether a file's or folder's name says that it is the first story of a page."""
    return _LEAD.search(name) is not None


def bare_stem(stem: str) -> str:
    """*stem* without its number and without what says how weighty it is."""
    found = _NUMBERED.match(stem)
    bare = stem[found.end() :] if found else stem
    bare = re.sub(r"^[【\[（(](?:头条|头题|主稿)[】\]）)]|^(?:头条|头题|主稿)[\s：:_\-—]+", "", bare)
    return bare.strip() or stem


_NAMELESS = re.compile(
    "(?:稿子?|稿件|文稿|正文|文字|文档|新建.*|未命名.*|无标题.*|终稿|定稿|初稿|二稿|修改稿)[\\s\\d（()）]*"
)
"""Names of files that say nothing of the story in them."""


def own_stem(file: ReceivedFile) -> str:
    """What the file of a story is called, by its folder where its own name says nothing: 三、公交/稿子.txt."""
    folder = file.folder.rpartition("/")[2]
    return folder if folder and _NAMELESS.fullmatch(file.stem) else file.stem


def story_name(stem: str, taken: Iterable[str]) -> str:
    """A name for the story of a file: of letters, digits, Han characters and hyphens, and none of *taken*."""
    words = re.sub(r"[^\w-]+|_", "-", bare_stem(stem)).strip("-")[:_LONGEST_NAME].strip("-")
    name = words if words and words not in ("page", "picture") else f"稿-{words}".strip("-")
    others = {each.casefold() for each in taken}
    number = 2
    result = name
    while result.casefold() in others:
        result = f"{name}-{number}"
        number += 1
    return result


_LONGEST_NAME = 40
"""Characters of a story's name; it is a file's name too, and stands in messages."""
