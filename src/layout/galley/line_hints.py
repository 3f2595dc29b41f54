"""What an editor does about a line that sticks out, or that tears a word of a list: by what the words are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from layout.checks import room_checks
from layout.errors import Hint, Message
from layout.manuscript.characters import SURNAMES
from layout.manuscript.model import Paragraph
from layout.manuscript.story_parts import story_parts

_OFFICES = frozenset({"记者", "通讯员", "实习生", "特约", "见习", "摄影", "摄影报道", "报道", "本报", "本台"})
"""Words of a byline that are no names."""
_BYLINE = re.compile("[（(][^（）()\n]*(?:记者|通讯员|实习生)[^（）()\n]*[）)]")
_NAME = re.compile(f"[{SURNAMES}]..?")
_BREAK = Message("打 ／ 断行", "end the line with ／")
_SHORTEN = Message("缩短它", "shorten it")
_FREE = Message("从 protected 里去掉它", "take it out of protected")
_CHANGE = Message("增减一两个字。", "Change a word or two.")


def overlong_hint(words: str, paragraph: Paragraph, protected: Iterable[str]) -> Hint | None:
    """What is done about the line *words*: ／ is for headlines, and only what is protected can be freed."""
    part = story_parts().get(paragraph.kind)
    remedies = [_BREAK] if part and part.heading else []
    remedies += [] if paragraph.firm else [_SHORTEN]
    remedies += [_FREE] if any(phrase and phrase in words for phrase in protected) else []
    hint = room_checks("galley")["line.overlong"].hint() or Hint()
    zh, en = "，或".join(each.zh for each in remedies), ", or ".join(each.en for each in remedies)
    return replace(hint, editor=Message(f"{zh}。", f"{en[:1].upper()}{en[1:]}.") if remedies else None)


def is_office(torn: str) -> bool:
    """Whether what is *torn*, with a bar where it is, is a word of a byline and no name: 通|讯员."""
    return torn.replace("|", "") in _OFFICES


def item_hint(torn: str, paragraph: Paragraph) -> Hint | None:
    """What is done about a word of a row that is *torn*: only a name is told to be protected."""
    hint = room_checks("galley")["line.torn_item"].hint(firm=paragraph.firm)
    return hint if hint is None or _is_name(torn.replace("|", ""), paragraph.text) else replace(hint, editor=_CHANGE)


@cache
def _row() -> re.Pattern[str]:
    """Words between 、. Compiled where it is asked for: a set of so many characters takes a thousandth of a second."""
    return re.compile("[\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4})+")


def _is_name(word: str, text: str) -> bool:
    """Whether *word* stands in the byline, or in a row of 、 in which all have the shape of names."""
    if any(word in byline[0] for byline in _BYLINE.finditer(text)):
        return True
    rows = (row[0].removesuffix("等").split("、") for row in _row().finditer(text))
    return any(word in row and all(map(_NAME.fullmatch, row)) for row in rows)
