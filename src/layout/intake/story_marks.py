"""Says by its words what a single line of copy is: byline, credits, caption, a numbered heading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from layout.intake.text_lines import ENDS, width_of
from layout.manuscript.characters import SURNAMES

LONGEST_TITLE = 50.0
"""Characters of a line that may be a headline or heading; of the copy this was made for the longest heading has 46."""
_LONGEST_BYLINE = 60
_LONGEST_CREDITS = 200
LONGEST_CAPTION = 200
"""Characters of a caption that stands in the copy; what is longer is a paragraph of it."""

_NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?|[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]"
_BETWEEN = r"[ \u3000、，,;；|｜]+"
_PAPER = (
    r"(?:本报|本刊|本台|[\u4e00-\u9fff]{2,10}(?:社|报|台|网|中心|局|院|委))[ \u3000]?"
    r"(?:见习|实习|首席|特约|驻[\u4e00-\u9fff]{2,4})?"
)
_HOUSE = r"[\u4e00-\u9fff]{2,16}(?:社|报|台|网|中心|局|院|委|部|会|校|公司|集团|学院|大学)[ \u3000]+"
"""Where somebody works, before his name in brackets."""
_NAMELESS = re.compile(r"(?:本报|本刊|新华社|人民日报)(?:特约)?(?:评论员|记者|编辑部)")
_DATELINE = re.compile(
    r"(?:本报|本刊|本台)[^。，！？]{0,10}?(?:\d{1,2}月\d{1,2}日)?(?:讯|电)(?:\s*[（(][^（）()]{2,40}[）)])?"
    r"|(?:新华社|中新社|据新华社|央视网|人民网)[^。，！？]{0,14}?(?:\d{1,2}月\d{1,2}日)?(?:电|消息|讯)(?:\s*[（(][^（）()]{2,40}[）)])?"
)
_REPORT = re.compile(r"[（(]?(?:本报|本刊|本台|本网)(?:讯|消息)[）)]?[ \u3000]*(?=\S)")
_LOOKS_AHEAD = re.compile(r"20\d\d年[，是]|今年是")
_FIELD = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]\S")
_IMAGE_FILE = re.compile(r"[^\s\[\]【】（）()：:，,、]+\.(?:jpe?g|png|tiff?|webp|bmp|heic|heif)", re.IGNORECASE)

HEADING_MARKS = (
    re.compile(r"第[一二三四五六七八九十百零〇\d]+编"),
    re.compile(r"第[一二三四五六七八九十百零〇\d]+章"),
    re.compile(r"第[一二三四五六七八九十百零〇\d]+(?:节|部分)"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、．.]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[■●◆★◎※▍▎]|【[^】]{2,24}】$"),
)
"""Signs that headings begin with, the higher level first."""


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return table


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that says itself which part it is."""

    part: str
    label: str
    """Its words before the copy, the colon included."""
    words: str


def labelled(words: str) -> Labelled | None:
    """What part the line says it is, with the label and the words behind it: ``引题：……``."""
    for part, labels in _table()["label"].items():
        found = re.match(
            rf"[【\[]?(?:{'|'.join(labels)})[】\]]?\s*[：:]\s*|[【\[](?:{'|'.join(labels)})[】\]]\s*", words
        )
        if found and words[found.end() :].strip():
            return Labelled(part, found[0].strip(), words[found.end() :].strip())
    return None


def like_title(words: str) -> bool:
    """Whether *words* may be a headline or heading: short, without a full stop, and not broken off."""
    return (
        0 < len(words) <= 2 * LONGEST_TITLE
        and width_of(words) <= LONGEST_TITLE
        and not re.search("[。；]", words)
        and not words.endswith(("，", "、", "：", ":", "；", ",", "…"))
        and not is_salutation(words)
    )


def like_heading(words: str) -> bool:
    """Whether *words* may be a heading: a title without a mark at its end, and neither a caption nor a field
    (时间：3月5日)."""
    if not like_title(words) or words.endswith(tuple(ENDS)) or is_caption(words):
        return False
    return not (is_field(words) or is_byline(words) or is_credits(words) or _DATELINE.fullmatch(words))


def is_field(words: str) -> bool:
    """Whether *words* are a name and what it is: 时间：3月5日. So are some headlines."""
    return _FIELD.match(words) is not None


def heading_rank(words: str) -> int | None:
    """Which of ``HEADING_MARKS`` *words* begin with; None for none."""
    return next((rank for rank, mark in enumerate(HEADING_MARKS) if mark.match(words)), None)


def is_byline(words: str) -> bool:
    """Whether *words* are a line of names with whom they write for: 本报记者 张三 通讯员 李四, □ 张三, （张三）, also
    with 本报讯 before them.
    """
    if len(words) > _LONGEST_BYLINE or re.search("[，。！？；]", words):
        return False
    if (report := _REPORT.match(words)) and dateline_of(words) != words:
        return is_byline(words[report.end() :])
    inside = _apart(words.strip("（()）【】□■○●◎◇ \u3000"))
    if _NAMELESS.fullmatch(inside):
        return True
    offices = _offices("byline")
    office = rf"(?:{_PAPER})?(?:{offices})"
    found = list(re.finditer(rf"(?<![\u4e00-\u9fff])(?:{office})(?=[ \u3000:：/／]|$)", inside))
    if not found:
        signed = inside != words.strip()
        before = re.match(rf"{office}[:：/／]?|{_HOUSE}" if signed else office, inside)
        return is_names(inside[before.end() :]) if before else signed and is_names(inside)
    if found[0].start() or not inside[found[0].end() :].strip(" \u3000:：/／"):
        return False
    ends = [*(each.start() for each in found[1:]), len(inside)]
    groups = [inside[each.end() : end] for each, end in zip(found, ends, strict=True)]
    return all(re.fullmatch(rf"[ \u3000:：/／]*(?:(?:{_NAME})(?:{_BETWEEN}|$))*", f"{group} ") for group in groups)


def _apart(words: str) -> str:
    """*words* with a space behind each office where two or more stand right before names: 记者张三 通讯员李四."""
    found, count = re.subn(
        rf"(?<![\u4e00-\u9fff])(?:{_PAPER})?(?:{_offices('byline')})(?<=[\u4e00-\u9fff]{{2}})(?=[{SURNAMES}])",
        r"\g<0> ",
        words,
    )
    return found if count > 1 else words


@cache
def _offices(table: str) -> str:
    """A pattern of the offices of *table*, the longer ones first."""
    return "|".join(sorted(map(re.escape, _table()[table]["offices"]), key=len, reverse=True))


def is_names(words: str) -> bool:
    """Whether *words* are nothing but names of people, by their surnames."""
    parts = [part for part in re.split(r"[ \u3000、，]+", words) if part]
    if len(parts) == 2 and all(len(part) == 1 for part in parts):
        return parts[0] in SURNAMES
    return bool(parts) and all(2 <= len(part) <= 3 and part[0] in SURNAMES for part in parts)


def is_credits(words: str) -> bool:
    """Whether *words* are credits: 策划/宋玉红 统筹/秦亮 陈建波."""
    if len(words) > _LONGEST_CREDITS:
        return False
    inside = words.strip("（()） \u3000")
    found = list(re.finditer(rf"(?<![\u4e00-\u9fff])(?:{_offices('credits')})\s*[/／:：|｜]\s*", inside))
    if not found or found[0].start():
        return False
    ends = [*(each.start() for each in found[1:]), len(inside)]
    groups = [inside[each.end() : end].strip(" \u3000;；，、") for each, end in zip(found, ends, strict=True)]
    return all(group and not re.search("[。！？，；：:]", group) and len(group) <= 40 for group in groups)


def is_caption(words: str) -> bool:
    """Whether *words* are a caption that stands in the copy, or name a picture's file."""
    if len(words) > LONGEST_CAPTION:
        return False
    return words.startswith(tuple(_table()["caption"]["starts"])) or picture_file_in(words) is not None


def picture_file_in(words: str) -> str | None:
    """The name of a picture's file in *words*, which are a line."""
    found = _IMAGE_FILE.search(words) if len(words) <= LONGEST_CAPTION else None
    return found[0] if found else None


def is_salutation(words: str) -> bool:
    """Whether *words* turn to those who listen: 各位代表："""
    return words.startswith(tuple(_table()["salutation"]["starts"])) and words.endswith(("：", ":", "！", "!"))


def is_editor_note(words: str) -> bool:
    """Whether an editor's note begins with *words*."""
    starts = "|".join(_table()["editor_note"]["starts"])
    return bool(re.match(rf"[【\[（(■●]?\s*(?:{starts})\s*(?:[】\]）)：:\s]|$)", words))


def is_label_alone(words: str) -> bool:
    """Whether *words* are only what an editor's note is called, the note standing below."""
    return is_editor_note(words) and len(words.strip("【】[]（）()■●：: \u3000")) <= 5


def dateline_of(words: str) -> str | None:
    """The dateline with which *words* begin: 本报讯（记者 张三）, 新华社北京3月5日电."""
    found = _DATELINE.match(words)
    return found[0] if found else None


def looks_ahead(words: str) -> bool:
    """Whether a last paragraph of these *words* closes a story: it looks ahead, or calls out."""
    return (
        bool(_LOOKS_AHEAD.match(words))
        or words.startswith(tuple(_table()["closing"]["starts"]))
        or words.endswith("！")
    )
