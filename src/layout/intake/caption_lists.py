"""Reads what was written of pictures by hand: lists of captions, captions that name a file, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layout.intake.story_marks import picture_file_in

_NUMBER = re.compile(r"^[\s（(【\[]*(?:图|图片|照片)?\s*(?P<number>\d{1,3})[\s)）】\].、．:：]+(?P<words>\S.*)$")
_BETWEEN = " \t\u3000：:，,、—-–.．（(【[）)】]"
_CREDIT = re.compile(
    r"[\s\u3000（(【]*(?P<credit>(?:(?:本报|新华社)?(?:记者|通讯员|特约记者|摄影)[:：\s\u3000/／]*)?"
    r"[\u4e00-\u9fff·]{2,4}(?:[、\s\u3000]+[\u4e00-\u9fff·]{2,4})*[\s\u3000/／]*(?:摄影报道|摄影|摄|供图|提供|制图))[）)】]?[。.]?\s*$"
    r"|[\s\u3000（(【]+(?P<office>(?:摄影|图片?(?:来源)?|供图|摄)[:：/／]\s*[\u4e00-\u9fff·]{2,12})[）)】]?[。.]?\s*$"
)
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


def note_of(words: str) -> CaptionNote:
    """What one line says of a picture: ``闸口.jpg：东闸村新建的闸口（张三 摄）``."""
    file = picture_file_in(words)
    if file:
        picture, rest = file, _around(words, file)
    elif found := _NUMBER.match(words):
        picture, rest = found["number"], found["words"]
    else:
        picture, rest = "", words
    caption, credit = without_credit(re.sub(r"^(?:图为|图片|图|照片)\s*[：:]\s*", "", rest.strip()))
    return CaptionNote(picture, caption, credit)


def _around(words: str, file: str) -> str:
    before, _, after = words.partition(file)
    before = re.sub(r"(?:图片?|照片)\s*[：:]?\s*$", "", before.strip(_BETWEEN)).strip(_BETWEEN)
    rest = after.lstrip(_BETWEEN) or before
    opened = words.strip()[:1] in "【[（("
    return rest.removesuffix("】").removesuffix("]") if opened else rest


def without_credit(words: str) -> tuple[str, str]:
    """The caption and the credit in *words*: 会场一角。（张三 摄） is 会场一角。 and 张三 摄; empty for none."""
    found = _CREDIT.search(words)
    if found is None:
        return words.strip(), ""
    return words[: found.start()].rstrip(" \t\u3000（(，,、").strip(), (found["credit"] or found["office"]).strip()


def caption_in_name(stem: str) -> tuple[str, str]:
    """The caption and the credit in the name of a file that somebody gave it; empty in one that a machine gave."""
    bare = re.sub(r"^[\d\s._\-—、()（）]+(?=\D)", "", stem).strip()
    bare = re.sub(r"[\s_\-—]*[（(]?\d{1,3}[)）]?$", "", bare).strip() or bare
    if _MACHINE.fullmatch(stem) or len(re.findall("[\u4e00-\u9fff]", bare)) < _SHORTEST:
        return "", ""
    return without_credit(bare.replace("_", " "))


_SHORTEST = 4
"""Han characters of a file's name from which it says what is seen: 闸口 names a picture, 新建的闸口 describes it."""


def is_machine_s(stem: str) -> bool:
    """Whether a camera, a telephone or a chat named the file."""
    return _MACHINE.fullmatch(stem) is not None
