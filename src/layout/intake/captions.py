"""Puts captions to the pictures and titles to the tables that they stand beside, and parts a credit from a caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from layout.checks import Finding
from layout.intake.model import CopyBlock, CopyParagraph, CopyPicture, CopyTable
from layout.intake.notices import notice, quoted
from layout.manuscript.characters import SURNAMES

_LONGEST_CREDIT = 60
"""Characters of a credit: four people with their offices."""
LONGEST_CAPTION = 120
"""Characters of a caption; those of a group photograph have a hundred."""
_CAPTION = re.compile(
    r"[（(【\[]?\s*(?:图\s*[\d一二三四五六七八九十]*\s*[:：、.为\s]|(?:上|下|左|右|题|资料|组|大|小|配|主)图|图片|照片|[▲△▼▽◀▶↑↓←→]"
    r"|(?:Fig(?:ure)?|Photo)\b)"
)
"""How a line begins that is a caption; 图书 and 图谋 are none."""
_TABLE = re.compile(r"表\s*[\d一二三四五六七八九十]+(?:[-–.]\d+)?\s*[:：、.　 ]?")
_NAME = r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff·]{1,8}|[A-Z][A-Za-z.]*"
_OFFICE = r"(?:(?:本报|新华社)?(?:全媒体|特约|见习|首席)?(?:记者|通讯员|摄影师|摄影)[:：]?)"
_WORD = re.compile(rf"{_OFFICE}?(?:{_NAME})|{_OFFICE}")
"""One word of a credit: an office, a name, or both."""
_SURE = re.compile(rf"{_OFFICE}.*|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}|.*·.*|[A-Z].*")
"""One that is surely no word of the caption: with an office, a surname or Western letters."""
_TAKEN = re.compile(r"(?P<names>.*?)[\s　/／]*(?:摄影报道|摄影|摄|供图|提供|制图)", re.DOTALL)
_BY = re.compile(r"(?:摄影|图片来源|图片|供图|制图)[:：/／]\s*(?P<names>.*?)(?:提供|摄|供图)?", re.DOTALL)
_SOURCE = re.compile(r"(?:资料|新华社|本报|视觉中国)(?:图片|供图|资料图片?)")
_BREAK = re.compile(r"[。！？；，…”》]|[（(【]")
"""What stands before a credit: the end of a clause, or a bracket."""
_MOST_WORDS = 8
"""Words of a credit: four people with their offices."""
_SENTENCE = re.compile(r"[。！？…；，]$")


def split_credit(words: str) -> tuple[str, str]:
    """The caption and the credit in the line below a picture: 会场一角。（张三 摄） is 会场一角。 and 张三 摄.

    Nothing for a credit that is not there.
    """
    whole = words.strip()
    end = whole.rstrip("。. ")
    bare = end.rstrip("）)】")
    starts = [
        0,
        *(found.end() for found in _BREAK.finditer(bare)),
        *(found.end() for found in re.finditer(r"\s+", bare)),
    ]
    for start in sorted(start for start in set(starts) if len(bare) - start <= _LONGEST_CREDIT):
        credit = bare[start:].strip()
        opening = whole[:start].rstrip()
        bracketed = opening[-1:] in ("（", "(", "【")
        if not _is_credit(credit, bracketed=bracketed) or (end != bare and start and not bracketed):
            continue
        return opening.rstrip("（(【").rstrip(), credit
    return whole, ""


def _is_credit(words: str, *, bracketed: bool) -> bool:
    """Whether *words* say who took a picture, and nothing else. In brackets any name will do."""
    if _SOURCE.fullmatch(words):
        return True
    found = _TAKEN.fullmatch(words) or _BY.fullmatch(words)
    names = re.split(r"[、\s　/／]+", found["names"].strip()) if found else []
    known = _WORD if bracketed else _SURE
    return 0 < len(names) <= _MOST_WORDS and all(known.fullmatch(each) and _WORD.fullmatch(each) for each in names)


def with_captions(blocks: Sequence[CopyBlock]) -> tuple[list[CopyBlock], list[Finding]]:
    """*blocks*, captions and titles of tables gone to what they belong to; findings list those that were guessed."""
    left = list(blocks)
    findings: list[Finding] = []
    for index, block in enumerate(blocks):
        if isinstance(block, CopyPicture) and not block.caption:
            for other in (index + 1, index - 1):
                caption = left[other] if 0 <= other < len(left) else None
                if isinstance(caption, CopyParagraph) and _is_caption(caption, below=other > index):
                    left[index], left[other] = _captioned(block, caption), _NOTHING
                    findings += [] if caption.role == "caption" else [_guess(caption)]
                    break
        elif isinstance(block, CopyPicture):
            left[index] = _parted(block)
        elif isinstance(block, CopyTable) and block.title is None and index:
            title = left[index - 1]
            if isinstance(title, CopyParagraph) and _is_table_title(title):
                left[index], left[index - 1] = replace(block, title=title), _NOTHING
                findings += [] if title.role == "caption" else [_guess(title)]
    return [each for each in left if each is not _NOTHING], findings


_NOTHING: CopyBlock = CopyPicture("", b"", None)  # type: ignore[arg-type]  # stands for what has gone


def _is_caption(paragraph: CopyParagraph, *, below: bool) -> bool:
    words = paragraph.text.strip()
    if not words or len(words) > LONGEST_CAPTION:
        return False
    if paragraph.role == "caption":
        return not _TABLE.match(words)
    if paragraph.role != "body" or not below:
        return False
    return _CAPTION.match(words) is not None or (split_credit(words)[1] != "" and len(words) < LONGEST_CAPTION)


def _is_table_title(paragraph: CopyParagraph) -> bool:
    words = paragraph.text.strip()
    if not words or len(words) > LONGEST_CAPTION:
        return False
    return paragraph.role == "caption" or (
        paragraph.role == "body" and _TABLE.match(words) is not None and not _SENTENCE.search(words)
    )


def _captioned(picture: CopyPicture, caption: CopyParagraph) -> CopyPicture:
    return _parted(replace(picture, caption=caption.text.strip()))


def _parted(picture: CopyPicture) -> CopyPicture:
    caption, credit = split_credit(picture.caption.replace("\n", " "))
    return replace(picture, caption=caption, credit=picture.credit or credit)


def _guess(paragraph: CopyParagraph) -> Finding:
    return notice(
        "intake.guess_caption", paragraph.place.place, where=paragraph.place.where, found=quoted(paragraph.text)
    )
