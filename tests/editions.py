"""A province's editions of the sample issue, by number: each has its own place, its own copy and its own pictures."""

from __future__ import annotations

import random
import re
from pathlib import Path

from layout import assets

SAMPLE = "tunliu-2026"
PLACE = "屯留"
FIRST, SECOND = "东西南北上下中古新长高平安", "川陵泉阳原山河城口"
"""117 names of places, none of them meant."""
NUMBER = len(FIRST) * len(SECOND)
LARGE = ("ridge", "stream", "sunset")
"""Pictures with pixels enough for one another's places."""
LONG = 120
"""Characters of a paragraph whose sentences each edition has in an order of its own."""


def place_of(number: int) -> str:
    """The place of edition *number*, from 0."""
    return FIRST[number % len(FIRST)] + SECOND[number // len(FIRST)]


def write_edition(top: Path, number: int) -> Path:
    """The folder of edition *number* below *top*. The same number gives the same bytes."""
    draw, place = random.Random(number), place_of(number)
    source = assets.root() / "issues" / SAMPLE
    folder = top / f"{number:03}-{place}"
    folder.mkdir(parents=True)
    copy = (source / "tunliu.md").read_text(encoding="utf-8").replace(PLACE, place)
    head, mark, body = copy.partition("\n---\n")
    lines = [_reordered(line, draw) if len(line) > LONG else line for line in body.split("\n")]
    copy = head + mark + "\n".join(lines)
    (folder / "story.md").write_text(copy, encoding="utf-8")
    plan = (source / "issue.toml").read_text(encoding="utf-8").replace(PLACE, place).replace("tunliu.md", "story.md")
    names = re.findall(r'"(\w+)"', re.search(r"^pictures = .*$", plan, re.MULTILINE)[0])  # type: ignore[index]
    large = draw.sample(LARGE, len(LARGE))
    drawn = ", ".join(f'"{large.pop() if name in LARGE else name}"' for name in names)
    plan = re.sub(r"^pictures = .*$", f"pictures = [{drawn}]", plan, count=1, flags=re.MULTILINE)
    (folder / "issue.toml").write_text(plan, encoding="utf-8")
    return folder


def _reordered(line: str, draw: random.Random) -> str:
    sentences = re.findall("[^。]*。[”’]?", line)
    return "".join(draw.sample(sentences, len(sentences))) + line[sum(map(len, sentences)) :]
