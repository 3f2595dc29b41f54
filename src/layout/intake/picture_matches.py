"""Says which story each picture of a folder belongs to: by who names it, where it lies, how it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from layout.errors import Message
from layout.intake.caption_lists import is_machine_s
from layout.intake.folder_scan import ReceivedFile, bare_stem, sender_s_number

MatchReason = Literal["named", "folder", "number", "name", "caption", "only", "none"]
REASONS: Mapping[MatchReason, Message] = {
    "named": Message("稿里写到它的文件名", "the story names its file"),
    "folder": Message("和它在一个文件夹里", "it lies in the same folder"),
    "number": Message("文件名的编号相同", "the files have one number"),
    "name": Message("文件名里有稿名或标题的字", "its name has words of the story's name or headline"),
    "caption": Message("图说的字在这篇稿里", "words of its caption stand in that story"),
    "only": Message("只有这一篇稿", "there is one story"),
    "none": Message("没看出配哪一篇", "nothing says to which story it belongs"),
}
_LEAST = 3
"""Characters in a row that a picture's words and a story have in common by more than chance."""
_LEAST_OF_A_NAME = 2
"""The same, of the names of two files."""


@dataclass(frozen=True, slots=True)
class MatchedStory:
    """What of a story a picture may show."""

    file: ReceivedFile
    headline: str
    text: str
    """All its words, captions in the copy included."""


@dataclass(frozen=True, slots=True)
class MatchedPicture:
    """A picture, and the words that go with it."""

    file: ReceivedFile
    words: str
    """Of its caption, wherever that stood."""


@dataclass(frozen=True, slots=True)
class PictureMatch:
    """The story of a picture, by its place in the list, and why; None for a picture of no story."""

    story: int | None
    reason: MatchReason


def match_pictures(pictures: Sequence[MatchedPicture], stories: Sequence[MatchedStory]) -> tuple[PictureMatch, ...]:
    """The story of each picture. The surer signs come first; a sign that points to several stories is none."""
    return tuple(_match(picture, stories) for picture in pictures)


def _match(picture: MatchedPicture, stories: Sequence[MatchedStory]) -> PictureMatch:
    if len(stories) == 1:
        named = _names(picture, stories[0])
        return PictureMatch(0, "named" if named else "only")
    signs: tuple[tuple[MatchReason, list[int]], ...] = (
        ("named", [index for index, story in enumerate(stories) if _names(picture, story)]),
        ("folder", _in_folder(picture, stories)),
        ("number", _numbered(picture, stories)),
        ("name", _alike(_bare(picture.file.stem), [_bare(story.file.stem) for story in stories], _LEAST_OF_A_NAME)),
        ("name", _alike(_bare(picture.file.stem), [story.headline for story in stories], _LEAST)),
        ("caption", _alike(picture.words, [story.headline for story in stories], _LEAST)),
        ("caption", _alike(picture.words, [story.text for story in stories], _LEAST)),
        ("name", _alike(_bare(picture.file.stem), [story.text for story in stories], _LEAST)),
    )
    for reason, found in signs:
        if len(found) == 1:
            return PictureMatch(found[0], reason)
    return PictureMatch(None, "none")


def _names(picture: MatchedPicture, story: MatchedStory) -> bool:
    """Whether the story has the name of the picture's file, with its ending or without where a person gave it."""
    name = picture.file.name.rpartition("/")[2]
    if name.casefold() in story.text.casefold():
        return True
    stem = picture.file.stem
    return (
        len(stem) > _LEAST
        and not is_machine_s(stem)
        and re.search(rf"[（(【\[]\s*图?片?[：: ]*{re.escape(stem)}", story.text) is not None
    )


def _in_folder(picture: MatchedPicture, stories: Sequence[MatchedStory]) -> list[int]:
    """The stories of the picture's folder, or of the one around it, where that is not the received folder itself."""
    folder = picture.file.folder
    while folder:
        found = [index for index, story in enumerate(stories) if story.file.folder == folder]
        if found:
            return found
        folder = folder.rpartition("/")[0]
    return []


def _numbered(picture: MatchedPicture, stories: Sequence[MatchedStory]) -> list[int]:
    number = sender_s_number(picture.file.stem) or _leading(picture.file.stem)
    if number is None:
        return []
    return [index for index, story in enumerate(stories) if sender_s_number(story.file.stem) == number]


def _leading(stem: str) -> int | None:
    """The story's number in 1-2 and 3（1）: which of its pictures follows."""
    found = re.fullmatch(r"(\d{1,2})[-_—.（( ]\s*\d{1,2}\D?", stem)
    return int(found[1]) if found else None


def _bare(stem: str) -> str:
    """*stem* without numbers and what says no more than that it is a picture."""
    return re.sub(r"[\d\s_\-—().（）]+|图片?|照片|配图|副本", "", "" if is_machine_s(stem) else bare_stem(stem))


def _alike(words: str, others: Sequence[str], least: int) -> list[int]:
    """Which of *others* has the longest stretch of *words*, of *least* characters or more."""
    lengths = [_common(words, other) for other in others]
    longest = max(lengths, default=0)
    return [index for index, length in enumerate(lengths) if length == longest] if longest >= least else []


def _common(one: str, other: str) -> int:
    """The length of the longest stretch that both have, of letters, digits and Han characters."""
    if not one or not other:
        return 0
    matcher = SequenceMatcher(None, other, one, autojunk=False)
    block = matcher.find_longest_match()
    return len(re.sub(r"[\W_]", "", one[block.b : block.b + block.size]))
