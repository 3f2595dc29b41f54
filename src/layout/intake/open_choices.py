"""Lists what an editor chooses for a page and no copy says: figures, words for the page, protected names, emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.errors import Message, Place
from layout.intake.model import CopyBlock, CopyParagraph
from layout.intake.notices import notice, quoted

_MOST = 6
"""Candidates that are named: what a sentence holds."""
_UNITS = (
    "平方公里|公里|公斤|千克|平方米|立方米|公顷|千瓦时|千瓦|美元|人次|％|%"
    "|[个元亩人名次家户座条处件项吨辆所套倍岁斤米里间台](?![\u4e00-\u9fff]?\\d)"
)
"""Units of what is counted, longer ones before those that they begin or end with: 610公斤 is not 610公."""
_FIGURE = re.compile(rf"\d[\d,.]*[百千万亿]*[余多]?(?:{_UNITS})")
_QUOTED = re.compile("“([^”“，。；：！？…]{2,12})”")
"""What may be a name: a sentence that somebody said, or half of one, has its marks inside the quotation."""


def open_choices(blocks: Sequence[CopyBlock], page_words: Sequence[CopyParagraph], story: str) -> Iterator[Finding]:
    """One finding for *story*: what is left open, with what the copy offers for each."""
    paragraphs = [each for each in blocks if isinstance(each, CopyParagraph)]
    if not paragraphs:
        return
    text = "\n".join(each.text for each in paragraphs)
    lines = [
        _choice("数说 figures", "figures", _first(_FIGURE.findall(text))),
        _choice("版面用词 words", "words for the page", [quoted(each.text.strip()) for each in page_words]),
        _choice("专名 protected", "protected names", _first(_QUOTED.findall(text))),
        _choice("着重 **…**", "emphasis", []),
        _choice("图片和图说", "pictures and captions", []),
    ]
    found = Message("；".join(each.zh for each in lines), "; ".join(each.en for each in lines))
    yield notice("intake.open", Place(paragraphs[0].place.file or story), found=found)


def _choice(zh: str, en: str, candidates: Sequence[str]) -> Message:
    if not candidates:
        return Message(zh, en)
    shown = list(candidates[:_MOST])
    more = "…" if len(candidates) > _MOST else ""
    return Message(f"{zh}（稿里有：{'、'.join(shown)}{more}）", f"{en} (the copy has {', '.join(shown)}{more})")


def _first(found: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(found))
