"""Reads what was written of pictures by hand: lists of captions, captions that name a file, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layout.intake.captions import split_credit
from layout.intake.story_marks import picture_file_in

_NUMBER = re.compile(r"^[\s（(【\[]*(?:图|图片|照片)?\s*(?P<number>\d{1,3})[\s)）】\].、．:：]+(?P<words>\S.*)$")
_BETWEEN = " \t\u3000：:，,、—-–.．（(【[）)】]"
_MACHINE = re.compile(
    r"(?:IMG|DSC[FN]?|DJI|MVIMG|PXL|VID|P|WX|MTXX|mmexport|Screenshot|wx_camera|微信图片|微信截图|QQ图片|QQ截图|截屏|截图|图片|照片|无标题|未命名"
    r"|image|photo|pic|picture|untitled|新建)?[\s_\-()（）.\d]*(?:副本|拷贝|copy|原图|大图)?[\s_\-()（）.\d]*",
    re.IGNORECASE,
)
"""Names that a camera, a telephone or a chat gives."""


@dataclass(frozen=True, slots=True)
class CaptionNote:
    """What somebody wrote of one picture."""

    picture: str
    """The name of its file, its stem, or its number in the list; empty where the note says nothing of it."""
    caption: str
    credit: str = ""


def notes_of(lines: Iterable[str]) -> Iterator[CaptionNote]:
    """The captions in a list: one a line, after the name or the number of a picture. Other lines are of no picture."""
    for line in lines:
        words = line.strip()
        if words:
            yield note_of(words)


def is_title(note: CaptionNote) -> bool:
    """Whether the line is the list's own title: 图片说明, 图说："""
    return not note.picture and _TITLE.fullmatch(note.caption) is not None


LIST = re.compile("图片?说|照片说|图注|图片文字|图片清单|图单")
"""What lists of captions are called, in the names of files and above their lines."""
_TITLE = re.compile(rf".{{0,12}}(?:{LIST.pattern})明?[:：]?")


def note_of(words: str) -> CaptionNote:
    """What one line says of a picture: ``闸口.jpg：东闸村新建的闸口（张三 摄）``."""
    file = picture_file_in(words)
    if file:
        picture, rest = file, _around(words, file)
    elif found := _NUMBER.match(words):
        picture, rest = found["number"], found["words"]
    else:
        picture, rest = "", words
    caption, credit = split_credit(re.sub(r"^(?:图为|图片|图|照片)\s*[：:]\s*", "", rest.strip()))
    return CaptionNote(picture, caption, credit)


def _around(words: str, file: str) -> str:
    before, _, after = words.partition(file)
    before = re.sub(r"(?:图片?|照片)\s*[：:]?\s*$", "", before.strip(_BETWEEN)).strip(_BETWEEN)
    rest = after.lstrip(_BETWEEN) or before
    opened = words.strip()[:1] in "【[（("
    return rest.removesuffix("】").removesuffix("]") if opened else rest


def caption_in_name(stem: str) -> tuple[str, str]:
    """The caption and the credit in the name of a file that somebody gave it; empty in one that a machine gave."""
    bare = re.sub(r"^[\d\s._\-—、()（）]+(?=\D)", "", stem).strip()
    bare = re.sub(r"[\s_\-—]*[（(]?\d{1,3}[)）]?$", "", bare).strip() or bare
    if (
        _MACHINE.fullmatch(stem)
        or bare.endswith(("照片", "图片", "配图", "资料图"))
        or len(re.findall("[\u4e00-\u9fff]", bare)) < _SHORTEST
    ):
        return "", ""
    return split_credit(bare.replace("_", " "))


_SHORTEST = 4
"""Han characters of a file's name from which it says what is seen: 闸口 names a picture, 新建的闸口 describes it."""


def is_machine_s(stem: str) -> bool:
    """Whether a camera, a telephone or a chat named the file."""
    return _MACHINE.fullmatch(stem) is not None
