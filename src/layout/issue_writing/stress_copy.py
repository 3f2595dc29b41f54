"""Copy by the yard, of a flavour: what `layout stress` fills a design with. The same is asked, the same is written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layout.issue_writing.plan_lines import toml_of

_MARKS = "，、：；“”‘’（）《》—…。！？"
_PARAGRAPH = 110
"""Characters of a paragraph, about: six lines of a newspaper's column."""
ALL = ("all", "quoted", "series")
"""What gives a story all that a design shows: ``quoted`` with a quotation among its figures, ``series`` with charts."""
_CHAPTER = 350
"""Characters of a chapter, about."""
_SHORTEST = 12
"""Characters of a sentence at the least."""
_NUMBERS = (12, 37, 8, 46, 5, 120, 23, 9, 64, 15)
"""What stands in the place of a number, in turn."""


@dataclass(frozen=True, slots=True)
class StressStory:
    """A manuscript, and the characters of its running text."""

    markdown: str
    characters: int


class CopyMaker:
    """Makes stories and captions of one flavour: ``plain``, ``quotes``, ``latin``."""

    def __init__(self, flavour: str):
        self._table: Mapping[str, Any] = toml_of("layout.issue_writing", "stress_copy.toml")
        self._own: Mapping[str, str] = self._table.get(flavour, {})
        plain = self._table["sentences"]["plain"]
        own = self._table["sentences"][flavour]
        # Two of its own, then a plain one: nobody's copy is all quotations.
        self._sentences = (
            own if flavour == "plain" else [s for n, each in enumerate(own) for s in _with(each, plain, n)]
        )
        self._written = 0

    def story(
        self, number: int, length: int, *,
        shown: Collection[str], parts: str, headline: str, sections: int,
        long_headings: bool, words: Sequence[str], codes: Collection[str],
    ) -> StressStory:  # fmt: skip
        """Story *number* of a page, of about *length* characters in *sections* chapters, with the *parts* that are
        *shown*: ``bare``, ``usual`` or one of ``ALL``; *headline* is ``short``, ``usual`` or ``long``.
        """
        table, head = self._table, {"headline": self._headline(number, headline)}
        has = set(shown) if parts in ALL else set(shown) & {"kicker", "deck", "byline", "credits", "lede", "figures"}
        if parts == "bare":
            has = set()
        elif number and parts == "usual":
            has &= {"lede"} | ({"byline"} if number == 1 else set())
        long = int(headline == "long")
        own = {"kicker": table["kickers"][long], "deck": table["decks"][long], "byline": table["bylines"][long]}
        own |= {name: self._own[name] for name in ("kicker", "deck") if name in self._own}
        own |= {name: table[name] for name in ("editor_note", "dateline", "credits", "closing")}
        head |= {name: words for name, words in own.items() if name in has and (number == 0 or name != "credits")}
        lede, figures = self._lede(number, has, parts)
        blocks = [lede] if lede else []
        if "lede" not in has:
            head["lede"] = "无"
        if words:
            head["words"] = json.dumps({name: self._word(name, codes) for name in words}, ensure_ascii=False)
        if figures:
            head["figures"] = json.dumps(figures, ensure_ascii=False)
        apart = parts in ALL and not number
        besides = _characters(lede) + _characters(head.get("closing", ""))
        blocks += self._body(max(_PARAGRAPH // 2, length - besides), sections, long_headings=long_headings)
        if apart:
            blocks += [table["table"].strip(), table["box"].strip()]
            at = next((n for n, block in enumerate(blocks) if not block.startswith("#") and block != lede), 0)
            blocks[at] += table["note"]
            blocks.append(table["notes"])
        front = "\n".join(["---", *(f"{key}: {_yaml(key, value)}" for key, value in head.items()), "---"])
        return StressStory("\n\n".join([front, *blocks]) + "\n", length)

    def piece(self, headline: str, length: int, has: Collection[str]) -> str:
        """A manuscript under *headline* of about *length* characters that *has* what a shape of a made-up page needs
        or is made for: parts of a story, ``figures``, ``tables``, ``decks`` (several), ``chapters``, ``dialogue``.
        """
        table, head = self._table, {"headline": headline, "lede": "无"}
        if {"deck", "decks"} & set(has):
            head["deck"] = json.dumps(table["decks"][:1] + table["long_headings"][:2], ensure_ascii=False)
        head |= {name: table[name] for name in ("editor_note", "dateline", "closing") if name in has}
        head |= {name: table[f"{name}s"][0] for name in ("kicker", "byline") if name in has}
        blocks = [table["lede"]] if "figures" in has else []
        if blocks:
            head["figures"] = json.dumps(table["figures"], ensure_ascii=False)
        sections = max(2, min(len(table["headings"]), length // _CHAPTER)) if "chapters" in has else 0
        body = self._body(max(_PARAGRAPH // 2, length - _characters("".join(blocks))), sections, long_headings=False)
        blocks += list(self._questioned(body)) if "dialogue" in has else body
        blocks[1:1] = [table["table"].strip()] if "tables" in has else []
        front = "\n".join(["---", *(f"{key}: {_yaml(key, value)}" for key, value in head.items()), "---"])
        return "\n\n".join([front, *blocks]) + "\n"

    def _questioned(self, paragraphs: Sequence[str]) -> Iterator[str]:
        """*paragraphs* as what somebody answered."""
        questions = self._table["questions"]
        for number, words in enumerate(paragraphs):
            yield f"**记者：{questions[number % len(questions)]}**"
            yield f"答：{words}"

    def caption(self, number: int, *, long: bool) -> dict[str, str]:
        """The caption and the credit of a picture."""
        table = self._table
        words = table["captions"][number % len(table["captions"])]
        if number == 0 and "caption" in self._own:
            words = self._own["caption"]
        if long:
            return {"caption": table["long_caption"].format(words), "credit": table["long_credit"]}
        credits_ = table["credits_of_pictures"]
        return {"caption": words, "credit": credits_[number % len(credits_)]}

    def _headline(self, number: int, how: str) -> str:
        table = self._table
        if number == 0:
            at = {"short": 0, "usual": 2, "long": 4}[how]
            return self._own.get("headline", table["headlines"][at]) if how == "usual" else str(table["headlines"][at])
        if how == "short":
            return str(table["short_headlines"][(number - 1) % len(table["short_headlines"])])
        words = str(table["long_headlines"][(number - 1) % len(table["long_headlines"])])
        return words if how == "long" else words.partition(" ")[0]

    def _lede(self, number: int, has: Collection[str], parts: str) -> tuple[str, list[str]]:
        """The first paragraph of the first story, and what is quoted of it."""
        if number or not {"lede", "figures"} & set(has):
            return "", []
        table, every = self._table, parts in ALL
        lede = table["lede"] + (table["more_lede"] if every else "")
        figures = [*table["figures"], *(table["more_figures"] if every else ())]
        match parts:
            case "quoted":
                lede, figures = lede + table["quoted"]["lede"], [*figures, *table["quoted"]["figures"]]
            case "series":
                lede, figures = table["series"]["lede"], table["series"]["figures"]
        return lede, figures if "figures" in has else []

    def _body(self, length: int, sections: int, *, long_headings: bool) -> list[str]:
        """Paragraphs of *length* characters in all, with as many headings between them."""
        headings = list(self._table["long_headings" if long_headings else "headings"])
        if "heading" in self._own and not long_headings:
            headings[0] = self._own["heading"]
        blocks: list[str] = []
        for number in range(max(1, sections)):
            if sections:
                blocks.append(f"## {headings[number % len(headings)]}")
            blocks += _paragraphs(
                self._copy(length * (number + 1) // max(1, sections) - length * number // max(1, sections))
            )
        return blocks

    def _copy(self, length: int) -> Iterator[str]:
        """Sentences of just *length* characters in all: the last is a plain one, cut short."""
        left = max(length, 2)
        while left > 0:
            sentence = self._sentence(plain=left < _PARAGRAPH)
            if (long := _characters(sentence)) > left - _SHORTEST and long != left:
                sentence = _cut(sentence, left) if left <= long else sentence
            left -= max(long, _characters(sentence))
            yield sentence

    def _sentence(self, *, plain: bool) -> str:
        sentences = self._table["sentences"]["plain"] if plain else self._sentences
        pattern = str(sentences[self._written % len(sentences)])
        # Round after round with other numbers.
        number = _NUMBERS[(self._written + self._written // len(sentences)) % len(_NUMBERS)]
        self._written += 1
        return pattern.replace("{n}", str(number))

    def _word(self, name: str, codes: Collection[str]) -> str:
        return str(self._table["code"] if name in codes else self._table["words"].get(name, self._table["word"]))


def _characters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _cut(sentence: str, length: int) -> str:
    """A plain sentence as one of *length* characters, which is shorter; a mark that would end it becomes a word."""
    head = sentence[: length - 1]
    return (f"{head[:-1]}了" if head[-1:] in _MARKS else head) + "。"


def _paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    """*sentences* in paragraphs of several lengths."""
    text, number = "", 0
    for sentence in sentences:
        text += sentence
        if len(text) > _PARAGRAPH - 30 + 40 * (number % 3):
            yield text
            text, number = "", number + 1
    if text:
        yield text


def _with(own: str, plain: Sequence[str], number: int) -> Sequence[str]:
    return (own, plain[number // 2 % len(plain)]) if number % 2 else (own,)


def _yaml(key: str, value: str) -> str:
    """*value* as front matter has it."""
    return (
        value
        if key in ("words", "figures") or value == "无" or value.startswith("[")
        else json.dumps(value, ensure_ascii=False)
    )
