"""A long issue whose pages differ as a province's editions do, for us and for plain WeasyPrint and Typst.

Each page is the sample's with a place of its own, sentences in another order, every tenth character another, and its
pictures in an order of its own: no page's lines, glyphs or layouts are those of another, and each is as full as the
sample. (What a page costs that is not is in ``makeup.py``: the search for what gives way.)
"""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from issue_generator import SENTENCE, Story, all_stories, markdown

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "issues" / "tunliu-2026"
DESIGN = TOP / "templates" / "lianghui-broadsheet"
PLACE = "屯留"
FIRST, SECOND = "东西南北上下中古新长高平安丰兴", "川陵泉阳原山河城口"
LARGE = ("ridge", "stream", "sunset")
"""Pictures with pixels enough for one another's places."""
OTHERS = 0.1
"""The share of characters that are others on each page, of those of all samples' copy."""
HAN = re.compile("[\u4e00-\u9fff]")


def place_of(number: int) -> str:
    """Two characters that no other page of 135 has; a third tells those beyond."""
    more = number // (len(FIRST) * len(SECOND))
    return FIRST[number % len(FIRST)] + SECOND[number // len(FIRST) % len(SECOND)] + "甲乙丙丁戊己庚辛"[more - 1 : more]


def long_issue(folder: Path, pages: int, first: int = 1, copy_design: bool = False) -> Path:
    """Writes an issue of *pages* pages, numbered from *first*, to *folder*, which must not be there."""
    folder.mkdir(parents=True)
    plan = (SAMPLE / "issue.toml").read_text(encoding="utf-8")
    if copy_design:
        shutil.copytree(DESIGN, folder / "design")
        plan = plan.replace('"lianghui-broadsheet"', '"design"')
    head, page, *pictures = re.split(r"(?m)^(?=\[\[)", plan)
    text = [head]
    for number in range(first, first + pages):
        draw = random.Random(number)
        story = _story(draw, place_of(number))
        (folder / f"s{number}.md").write_text(markdown(story), encoding="utf-8")
        own = re.sub(r"number = \d+", f"number = {number}", page).replace("tunliu.md", f"s{number}.md")
        large = draw.sample(LARGE, len(LARGE))
        own = re.sub(r'"(ridge|stream|sunset)"', lambda _, left=large: f'"{left.pop()}"', own)
        text.append(re.sub(r'(?<=[\[ ])"([\w-]+)"(?=[,\]])', rf'"\1-{number}"', own))
        text += [re.sub(r'id = "([\w-]+)"', rf'id = "\1-{number}"', picture) for picture in pictures]
    (folder / "issue.toml").write_text("".join(text), encoding="utf-8")
    return folder


def _story(draw: random.Random, place: str) -> Story:
    sample = all_stories()["tunliu"]

    def own(text: str) -> str:
        return _other(text, draw).replace(PLACE, place)

    return replace(
        sample,
        head={**sample.head, "words": {**sample.head["words"], "place": place}},
        lede=tuple(map(own, sample.lede)),
        sections=tuple((heading.replace(PLACE, place), tuple(map(own, body))) for heading, body in sample.sections),
        closing=tuple(map(own, sample.closing)),
    )


@cache
def _characters() -> str:
    """The Han characters of all samples, as often as they stand there."""
    return "".join(HAN.findall("".join(story.copy for story in all_stories().values())))


def _other(text: str, draw: random.Random) -> str:
    """A paragraph of the same sentences in another order, with other characters. A sentence with a number is left as
    it is: the page's figures quote it.
    """
    sentences = SENTENCE.findall(text)
    if "**" in text or "".join(sentences) != text:
        return text
    return "".join(
        draw.sample([each if re.search(r"\d", each) else _changed(each, draw) for each in sentences], len(sentences))
    )


def _changed(sentence: str, draw: random.Random) -> str:
    return HAN.sub(lambda found: draw.choice(_characters()) if draw.random() < OTHERS else found[0], sentence)
