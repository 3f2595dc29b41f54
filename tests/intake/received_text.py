"""Text as it comes to a newsroom, by seed: stories that are known, wrapped, cut into columns, encoded."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layout.intake.text_lines import width_of
from story_generator import Copy

_NOT_FIRST = "，。、；：！？”’）》」』】〉…％%"
_NOT_LAST = "“‘（《「『【〈"
HEADINGS = ("抓项目 强支撑", "优服务 提效能", "惠民生 增福祉", "治生态 护底色", "促融合 谋振兴", "强党建 聚合力")
TRADITIONAL = (
    "會議強調，要把群眾的事放在心上，把農村公路修到家門口。",
    "據瞭解，縣圖書館已經完成全部工程，十月一日起向市民免費開放。",
    "記者在現場看到，學生們坐在新教室裡上課，窗外是剛剛種下的樹。",
    "去年以來，這個鎮的水稻種植面積比上年增加三百畝，產量提高一成。",
    "「過去等半天，現在幾分鐘」，成了大家常說的一句話。",
)
"""Written for this test."""


def paragraphs(choose: random.Random, most: int = 7) -> list[str]:
    """Up to *most* paragraphs of whole sentences."""
    copy = Copy(choose)
    return [copy.paragraph(400) for _ in range(choose.randint(1, most))]


def wrapped(text: str, measure: float, *, indented: bool = False) -> list[str]:
    """*text* in lines of *measure* characters, as an editor of text wraps it: no mark stands where it may not."""
    lines, line = [], "\u3000\u3000" if indented else ""
    for unit in re.findall(r"[A-Za-z0-9.,]+[%％]?|.", text):
        if width_of(line) + width_of(unit) <= measure:
            line += unit
            continue
        over = ""
        while line and ((unit[0] in _NOT_FIRST and not over) or line[-1] in _NOT_LAST):
            line, over = line[:-1], line[-1] + over
        lines.append(line)
        line = over + unit
    return [*lines, line]


def in_columns(text: str, choose: random.Random, pieces: int) -> list[str]:
    """*text* cut at places in mid-sentence into as many *pieces* where it is long enough for columns of that height."""
    places = [
        index
        for index in range(60, len(text) - 30)
        if text[index - 1] not in "。！？；：”）" + _NOT_LAST and text[index] not in _NOT_FIRST
        and not (text[index - 1].isascii() and text[index].isascii())
    ]  # fmt: skip
    cuts: list[int] = []
    for place in sorted(choose.sample(places, min(pieces - 1, len(places)))):
        if not cuts or place - cuts[-1] >= 60:
            cuts.append(place)
    ends = [0, *cuts, len(text)]
    return [text[first:last] for first, last in pairwise(ends)]


@dataclass(frozen=True)
class LayoutCopy:
    """Copy as a layout file gives it, and what it was made from."""

    text: str
    paragraphs: Sequence[str]
    furniture: Sequence[str]


FURNITURE = (
    "第3版",
    "A05",
    "05",
    "-3-",
    "2026年2月5日 星期四",
    "星期四",
    "（下转第3版）",
    "（上接第1版）",
    "长治日报 2026年2月5日 星期四 第3版 要闻",
    "责编：张三 校对：李四",
    "责任编辑/王五 美编/赵六",
    "国内统一连续出版物号 CN 14-0008",
    "新闻热线：0355-2345678",
    "扫码看视频",
)


def layout_copy(choose: random.Random) -> LayoutCopy:
    """A story cut into columns, with furniture of the page between them."""
    whole = paragraphs(choose, 5)
    furniture = ["长治日报 2026年2月5日 星期四 第3版 要闻"]
    lines = [furniture[0], ""]
    for paragraph in whole:
        for piece in in_columns(paragraph, choose, choose.randint(1, 4)):
            lines += [piece, ""]
            if choose.random() < 0.2:
                furniture.append(choose.choice(FURNITURE))
                lines += [furniture[-1], ""]
    return LayoutCopy("\n".join(lines), whole, furniture)


def characters(texts: Sequence[str] | Iterator[str]) -> str:
    """All characters of *texts* in order, white space left out."""
    return re.sub(r"\s", "", "".join(texts))
