"""Issues of one page that is to be made up, drawn by a seed: what may lie on an editor's desk on any night.

Three to nine stories of 60 to 3,000 characters in order of weight, with and without headings, kickers, decks and notes;
none to nine pictures of every shape, most of them of some story; copy for 60 to 110 % of the page. The same seed gives
the same bytes. Nothing is looked at but the sheet: whether such a page can be full is for others to find out.

Copy is all that an editor gives: running text by its characters, headlines and pictures by the size that a newspaper
gives them. It could be read as running text alone. But headlines and the air between the pieces take 15 to 25 % of a
page whatever is done, so that by that reading the upper half of all draws could be printed by nobody, and each picture
would take 5 % more: the share of pages that can be full would tell of the draw and not of the program. Nor is running
text counted against the room that headlines and pictures leave: pages of many pictures would then all come out near
100 %. ``Drawn.text`` is the share of running text alone, which the proof prints too.
"""

from __future__ import annotations

import json
import math
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

WORDS: Mapping[str, Sequence[str]] = tomllib.loads(Path(__file__).with_name("drawn_words.toml").read_text("utf-8"))


@dataclass(frozen=True)
class SheetSize:
    """A page in rows of its basic columns, and what stands there besides running text, in the same."""

    rows: int
    columns: int
    measure: int
    lead: int
    """Rows of columns that a lead's headline takes with the air below the piece;"""
    headline: int
    """any other's;"""
    picture: int
    """a picture with its caption."""


SHEETS = {"tabloid": SheetSize(68, 5, 13, 35, 9, 18), "broadsheet": SheetSize(96, 8, 12, 60, 14, 36)}
"""Headlines of three rows over two columns, two rows of air; pictures of two columns and nine rows; leads over all."""
STORIES, PICTURES = (3, 9), (0, 9)
LEAST, MOST = 60, 3000
AMOUNT = (0.60, 1.10)
"""Share of the page that the copy would take."""
TEXT = 0.35
"""Share of it that is running text at the least: pictures for which there is no room are not listed."""
NAMEPLATE = {"tabloid": 6, "broadsheet": 9}
"""Rows that a first page has less for its copy."""
RATIOS = (1.5, 0.667, 1.333, 0.75, 1.0, 1.778, 2.4, 0.5, 3.0)
"""Width to height of the pictures."""
PIXELS = 2200
"""Of a picture's long side: 200 to the inch over two thirds of a broadsheet's width."""


@dataclass(frozen=True)
class Drawn:
    """An issue that was written."""

    folder: Path
    seed: int
    sheet: str
    lengths: tuple[int, ...]
    """Characters of each story, in the order of weight."""
    pictures: tuple[str, ...]
    """The story of each picture; nothing where it is of none."""

    @property
    def text(self) -> float:
        """Share of the page that running text alone would take."""
        sheet = SHEETS[self.sheet]
        return sum(self.lengths) / sheet.measure / (sheet.rows * sheet.columns)

    @property
    def amount(self) -> float:
        """Share of the page that the copy would take with its headlines and pictures."""
        return _amount(SHEETS[self.sheet], sum(self.lengths), len(self.lengths), len(self.pictures))


def _amount(sheet: SheetSize, characters: int, stories: int, pictures: int) -> float:
    besides = sheet.lead + sheet.headline * (stories - 1) + sheet.picture * pictures
    return (characters / sheet.measure + besides) / (sheet.rows * sheet.columns)


def write_drawn(folder: Path, seed: int, sheet: str, design: str = "yaowen", *, front: bool = False) -> Drawn:
    """Writes the issue of *seed* for that *sheet* into *folder*, which must not be there: an inner page, or page 1 with
    its nameplate, which has so much less copy.
    """
    choose = random.Random(f"{sheet}/{seed}")
    folder.mkdir(parents=True)
    size = SHEETS[sheet]
    lengths, pictures = _lengths(choose, replace(size, rows=size.rows - NAMEPLATE[sheet]) if front else size)
    names = [f"s{number:02}" for number in range(1, len(lengths) + 1)]
    headlines: list[str] = []
    for name, length in zip(names, lengths, strict=True):
        text = _story(choose, length, _new(choose, "headlines", headlines))
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    owners = _owners(choose, dict(zip(names, lengths, strict=True)), pictures)
    lines = ['title = "要闻"', "date = 2026-03-06", f'design = "{design}"', f'sheet = "{sheet}"']
    lines += [
        'press = "newsprint-coldset"',
        'paper = "青禾报（示例）"',
        "",
        "[[page]]",
        f"number = {1 if front else 2}",
        'title = "要闻"',
    ]
    lines += ['kind = "auto"', f"stories = {json.dumps([f'{name}.md' for name in names])}"]
    lines += [f"pictures = {json.dumps([f'p{number}' for number in range(1, len(owners) + 1)])}"]
    captions: list[str] = []
    for number, owner in enumerate(owners, 1):
        (folder / f"p{number}.jpg").write_bytes(_picture(choose.choice(RATIOS), choose.randrange(2)))
        caption = _new(choose, "captions", captions)
        lines += ["", "[[picture]]", f'id = "p{number}"', f'file = "p{number}.jpg"']
        lines += [f'story = "{owner}.md"'] if owner else []
        lines += [f'caption = "{caption}"', f'credit = "{filled(choose, "credits")}"']
    (folder / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Drawn(folder, seed, sheet, lengths, tuple(owners))


def _lengths(choose: random.Random, sheet: SheetSize) -> tuple[tuple[int, ...], int]:
    """Characters of each story, and the number of pictures. Most editors list the long stories first, none always."""
    count, pictures = choose.randint(*STORIES), choose.randint(*PICTURES)
    amount = choose.uniform(*AMOUNT)
    while pictures and amount - _amount(sheet, 0, count, pictures) < TEXT:
        pictures -= 1
    whole = (amount - _amount(sheet, 0, count, pictures)) * sheet.rows * sheet.columns * sheet.measure
    shares = [math.exp(-choose.uniform(0.1, 0.6) * number) * choose.uniform(0.5, 1.5) for number in range(count)]
    lengths = [max(LEAST, min(MOST, round(whole * share / sum(shares)))) for share in shares]
    lengths.sort(reverse=True)
    for number in range(1, count):
        if choose.random() < 0.25:
            lengths[number - 1 : number + 1] = lengths[number - 1 : number + 1][::-1]
    return tuple(lengths), pictures


def _owners(choose: random.Random, lengths: Mapping[str, int], count: int) -> list[str]:
    """The story of each picture: nobody has more of them than words to go with them; two at most are of no story."""
    places = ["", ""]
    for number, (name, length) in enumerate(lengths.items()):
        places += [name] * ((2 + (number == 0)) if length > 600 else 1 if length > 180 else 0)
    return choose.sample(places, min(count, len(places)))


def _story(choose: random.Random, length: int, headline: str) -> str:
    head = {"headline": headline}
    for key, chance in (("kicker", 0.25), ("deck", 0.3), ("editor_note", 0.05)):
        if length > 400 and choose.random() < chance:
            head[key] = filled(choose, "notes" if key == "editor_note" else f"{key}s")
    blocks = ["\n".join(["---", *(f"{key}: {words}" for key, words in head.items()), "---"])]
    headed = length > 700 and choose.random() < 0.5
    first = f"本报讯（记者 {choose.choice(WORDS['people'])}）" if choose.random() < 0.7 else ""
    left, paragraphs = length, 0
    while left > 0:
        text = first + paragraph(choose, min(left - len(first), choose.choice((50, 90, 140, 200))))
        first = ""
        if headed and paragraphs and paragraphs % 3 == 0 and left > 150:
            blocks.append(f"## {filled(choose, 'headings')}")
        blocks.append(text)
        left -= len(text)
        paragraphs += 1
    return "\n\n".join(blocks) + "\n"


def paragraph(choose: random.Random, most: int) -> str:
    """Sentences of about *most* characters, or one."""
    text = ""
    while len(text) < most - 12 or not text:
        said = _fill(choose, choose.choice(WORDS["openings"])) + filled(choose, "acts")
        if not said.endswith("”"):
            said += filled(choose, "tails") + "。"
        text += said
    return text


def _new(choose: random.Random, kind: str, used: list[str]) -> str:
    """Words that are none of those *used*, nor in them: whoever reads the page knows a story or a picture by them."""
    while True:
        words = filled(choose, kind)
        if not any(words in each or each in words for each in used):
            used.append(words)
            return words


def filled(choose: random.Random, kind: str) -> str:
    return _fill(choose, choose.choice(WORDS[kind]))


def _fill(choose: random.Random, pattern: str) -> str:
    return pattern.format(
        place=choose.choice(WORDS["places"]),
        person=choose.choice(WORDS["people"]),
        thing=choose.choice(WORDS["things"]),
        day=choose.choice(WORDS["days"]),
        n=choose.randint(11, 240),
        h=choose.randint(2, 9),
        w=f"{choose.randint(11, 480) / 10:g}",
        p=f"{choose.randint(20, 250) / 10:g}",
    )


@cache
def _picture(ratio: float, look: int) -> bytes:
    """A JPEG of fields and hills in one of two lights, *ratio* times as wide as high."""
    width = PIXELS if ratio >= 1 else round(PIXELS * ratio)
    height = round(width / ratio)
    choose = random.Random(f"{ratio}/{look}")
    small = Image.new("RGB", (max(60, width // 8), max(60, height // 8)), ((210, 222, 232), (238, 222, 196))[look])
    draw = ImageDraw.Draw(small)
    for layer in range(5):
        base, tone = small.height * (3 + layer) // 8, 180 - 28 * layer
        points = [
            (x, base + choose.randint(-small.height // 12, small.height // 12)) for x in range(0, small.width + 41, 40)
        ]
        draw.polygon(
            [(0, small.height), *points, (points[-1][0], small.height)], fill=(tone - 50, tone, tone - 20 * look)
        )
    grain = Image.frombytes("L", (width, height), choose.randbytes(width * height)).convert("RGB")
    whole = Image.blend(small.resize((width, height), Image.Resampling.BILINEAR), grain, 0.12)  # as fine as its pixels
    target = BytesIO()
    whole.save(target, "JPEG", quality=75)
    return target.getvalue()
