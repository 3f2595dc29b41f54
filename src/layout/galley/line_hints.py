"""What an editor does about a line that sticks out, and which torn words of a byline are no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from layout.checks import room_checks
from layout.errors import Hint, Message
from layout.manuscript.model import Paragraph
from layout.manuscript.story_parts import story_parts

_OFFICES = frozenset({"记者", "通讯员", "实习生", "特约", "见习", "摄影", "摄影报道", "报道", "本报", "本台"})
"""Words of a byline that are no names."""
_BREAK = Message("打 ／ 断行", "end the line with ／")
_SHORTEN = Message("缩短它", "shorten it")
_ASK = Message("请美编放宽这个框，或加一档更小的字号", "ask the designer for a wider frame, or a smaller size")
_FREE = Message("从 protected 里去掉它", "take it out of protected")


def overlong_hint(words: str, paragraph: Paragraph, protected: Iterable[str]) -> Hint:
    """What is done about the line *words*: ／ is for headlines, and only what is protected can be freed."""
    part = story_parts().get(paragraph.kind)
    remedies = [_BREAK] if part and part.heading else []
    remedies += [] if paragraph.firm else [_SHORTEN]
    remedies += [_FREE] if any(phrase and phrase in words for phrase in protected) else []
    remedies = remedies or [_ASK]
    hint = room_checks("galley")["line.overlong"].hint() or Hint()
    zh, en = "，或".join(each.zh for each in remedies), ", or ".join(each.en for each in remedies)
    return replace(hint, editor=Message(f"{zh}。", f"{en[:1].upper()}{en[1:]}."))


def is_office(torn: str) -> bool:
    """Whether what is *torn*, with a bar where it is, is a word of a byline and no name: 通|讯员."""
    return torn.replace("|", "") in _OFFICES
