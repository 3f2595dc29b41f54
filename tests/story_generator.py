"""Issues of one invented story on one page, by seed, for any design: what an editor might bring on any evening.

Two hundred to four thousand characters with none to six headings at any place, none to nine pictures of every shape,
decks, kickers and closings with every mark, headlines of four to sixty characters. The same seed gives the same bytes.
``bench/issue_generator.py`` varies the samples' own copy; this knows no sample.
"""

from __future__ import annotations

import functools
import json
import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

_LISTS = tomllib.loads(Path(__file__).with_name("story_sentences.toml").read_text(encoding="utf-8"))
VOCABULARY: Mapping[str, Sequence[str]] = _LISTS.pop("words")
SENTENCES: Mapping[str, Sequence[str]] = _LISTS
NUMBERS: Mapping[str, Callable[[random.Random], str]] = {
    "n": lambda choose: str(choose.randint(2, 60)),
    "h": lambda choose: str(choose.randint(1, 12)),
    "m": lambda choose: f"{choose.randint(20, 980)}0" if choose.random() < 0.6 else f"{choose.randint(11, 99) / 10}万",
    "p": lambda choose: f"{choose.randint(600, 998) / 10}%",
    "d": lambda choose: f"{choose.randint(11, 98) / 10}",
}
QUOTABLE = re.compile("⟨([^¦]*)¦([^⟩]*)⟩")
MARKS = "，、：；“”‘’（）《》—…。！？"
PHOTOGRAPHS = (
    "mountain-meadow.jpg",
    "forest-stream.jpg",
    "sunset-hills.jpg",
    "autumn-ridge.jpg",
    "dandelion-meadow.jpg",
)
"""Those of the program's own pictures that have pixels enough for any place on a page."""
RATIOS = (1.5, 0.667, 1.333, 0.75, 1.0, 1.778, 0.5, 2.4, 3.0, 0.4)
"""Width to height of the pictures drawn: level and upright, square, banners."""
LONG_SIDE, SHORT_SIDE, ACROSS = 2400, 1100, 2100
"""Pixels: a picture over two columns of a tabloid has 200 to the inch or more, one over a sheet of it 250;
and one that may run across a spread has 100."""
SKIES = ((214, 226, 235), (240, 220, 190), (200, 214, 226), (232, 234, 220))
WORDS = {"front": {"nameplate": "读河", "label": "河流专刊"}, "page": {"nameplate": "读河", "year": "2026"}}
"""Without these a kind of page will not be made."""


@dataclass(frozen=True)
class Bounds:
    """From how much to how much there is of everything in a story."""

    characters: tuple[int, int] = (200, 4000)
    """Of lede, sections and closing, without headings and headline."""
    headings: tuple[int, int] = (0, 6)
    pictures: tuple[int, int] = (0, 9)
    headline: tuple[int, int] = (4, 60)
    figures: tuple[int, int] = (0, 6)
    levels: int = 1
    """Levels of headings: with 2 some have others under them."""
    parts: bool = False
    """Whether some stories have a byline, a dateline, an editor's note, a closing of several sentences."""
    signed: bool = False
    """Whether some have a byline, a dateline, a note of the editor's. The rest of a story is the same without.
    ``parts`` draws others, by a seed of its own: the broadsheet's stories and the tabloid's are each what they were."""


@dataclass(frozen=True)
class Written:
    """An issue that was written, and how much of everything is in it."""

    folder: Path
    kind: str
    seed: int
    characters: int
    headings: int
    pictures: int
    headline: str


def write_issue(folder: Path, design: str, kind: str, seed: int, bounds: Bounds = Bounds()) -> Written:
    """Writes the issue of *seed* to *folder*, which must not be there: one page of *kind* of *design*."""
    choose = random.Random(f"{kind}/{seed}")
    folder.mkdir(parents=True)
    copy = Copy(choose)
    headline = _headline(choose, choose.randint(*bounds.headline))
    body, characters, headings = _body(copy, choose, bounds)
    head: dict[str, Any] = {"headline": headline}
    if bounds.parts:
        # Drawn apart from the rest, which is the same with these parts and without them.
        more, closing = _parts(random.Random(f"{kind}/{seed}/parts"))
        head |= more
        if closing:
            body = [*(body if "***" in body else [*body, "***"]), closing]
            characters += len(closing)
    for key, lines in (("kicker", SENTENCES["kickers"]), ("deck", SENTENCES["decks"])):
        if choose.random() < 0.7:
            head[key] = copy.fill(choose.choice(lines))
    if choose.random() < 0.3:
        head["credits"] = "策划/张三 文字/李四 图片/王五"
    if bounds.signed:
        head |= _signed(random.Random(f"{kind}/{seed}/signed"))
    if kind in WORDS:
        head["words"] = WORDS[kind]
    head["figures"] = _figures(copy, body, choose, bounds)
    (folder / "story.md").write_text(_markdown(head, body), encoding="utf-8")
    pictures = choose.randint(*bounds.pictures)
    _write_plan(
        folder, design, kind, [_picture(folder, kind, copy, choose, number) for number in range(pictures)], choose
    )
    return Written(folder, kind, seed, characters, headings, pictures, headline)


def _parts(choose: random.Random) -> tuple[dict[str, str], str]:
    """What stands in the front matter besides the headline, and a closing of 60 to 400 characters or none."""
    copy, head = Copy(choose), {}
    if choose.random() < 0.4:
        head["byline"] = choose.choice(("本报记者 张三 李四", "张三", "本报评论员", "本报记者 张三 通讯员 李四 王五"))
    if choose.random() < 0.3:
        head["dateline"] = f"本报{copy.fill('{place}')}{choose.randint(1, 28)}日电"
    if choose.random() < 0.3:
        head["editor_note"] = copy.paragraph(choose.choice((40, 90, 160)))
    return head, copy.paragraph(choose.randint(60, 400)) if choose.random() < 0.4 else ""


def _signed(choose: random.Random) -> dict[str, str]:
    """A byline, a dateline, a note of the editor's, or some of them; of most stories none."""
    every = (
        ("byline", SENTENCES["bylines"]),
        ("dateline", SENTENCES["datelines"]),
        ("editor_note", SENTENCES["notes"]),
    )
    own = Copy(choose)
    return {key: own.fill(choose.choice(lines)) for key, lines in every if choose.random() < 0.3}


def _figures(copy: Copy, body: Sequence[str], choose: random.Random, bounds: Bounds) -> list[str]:
    """Figures that the copy quotes, and at times a sentence of it."""
    if choose.random() < 0.4:
        return []
    printed = "\n".join(body)
    every = [figure for figure in dict.fromkeys(copy.quotable) if re.sub("[{}]", "", figure) in printed]
    figures = every[: choose.randint(*bounds.figures)]
    short = re.findall(r"(?<=[。！？])[^。！？“”—…\n#]{5,14}。", printed)
    return [*figures, f"{{{choose.choice(short)}}}"] if short and choose.random() < 0.3 else figures


class Copy:
    """Sentences by the thousand, and what of them may be quoted as a figure."""

    def __init__(self, choose: random.Random):
        self._choose = choose
        self._left: list[str] = []
        self.quotable: list[str] = []

    def sentence(self) -> str:
        """Another sentence; none comes again before all have come."""
        if not self._left:
            self._left = self._choose.sample(SENTENCES["sentences"], len(SENTENCES["sentences"]))
        text = self.fill(self._left.pop())
        found = QUOTABLE.search(text)
        if found:
            self.quotable.append(f"{found[1]}{{{found[2]}}}")
        return QUOTABLE.sub(r"\1\2", text)

    def fill(self, pattern: str) -> str:
        """*pattern* with a word or a number in the place of every name in braces; no word twice."""
        used: set[str] = set()

        def drawn(found: re.Match[str]) -> str:
            if found[1] in NUMBERS:
                return NUMBERS[found[1]](self._choose)
            word = self._choose.choice([word for word in VOCABULARY[found[1]] if word not in used])
            used.add(word)
            return word

        return re.sub(r"\{(\w+)\}", drawn, pattern)

    def paragraph(self, most: int) -> str:
        """One to six sentences, of *most* characters where that is enough for one."""
        wanted = min(most, self._choose.choice((30, 60, 90, 120, 180, 260)))
        text = self.sentence()
        while len(text) < wanted:
            text += self.sentence()
        return text if len(text) <= most + 20 else text[: max(most - 1, 8)].rstrip(MARKS) + "。"


def _body(copy: Copy, choose: random.Random, bounds: Bounds) -> tuple[list[str], int, int]:
    """Its blocks as Markdown has them, its characters, its headings."""
    wanted = choose.randint(*bounds.characters)
    closing = copy.fill(choose.choice(SENTENCES["closings"])) if choose.random() < 0.5 else ""
    paragraphs: list[str] = []
    while (left := wanted - len(closing) - sum(map(len, paragraphs))) > 12:
        paragraphs.append(copy.paragraph(left))
    count = min(choose.randint(*bounds.headings), len(paragraphs))
    # Some stories open with a heading, in some the first comes late: any paragraph may have one above it.
    at = sorted(choose.sample(range(len(paragraphs)), count))
    patterns = iter(choose.sample(SENTENCES["headings"], len(SENTENCES["headings"])))
    blocks = []
    for number, text in enumerate(paragraphs):
        if number in at:
            blocks.append(f"## {copy.fill(next(patterns))}")
        elif bounds.levels > 1 and at and number > at[0] and choose.random() < 0.12:
            blocks.append(f"### {choose.choice(SENTENCES['subheadings'])}")
        blocks.append(text)
    if closing:
        blocks += ["***", closing]
    return blocks, len(closing) + sum(map(len, paragraphs)), count


def _headline(choose: random.Random, length: int) -> str:
    """A headline of just *length* characters, blanks not counted: clauses with commas or blanks between them."""
    text, left, unused = "", length, list(SENTENCES["clauses"])
    while left > 0:
        between = choose.choice((" ", " ", "，")) if text and left > 2 else ""
        left -= between == "，"
        # The last clause is one that ends just there, where there is one; two characters are left for another.
        fitting = [each for each in unused if len(each) == left] or [each for each in unused if len(each) <= left - 2]
        clause = choose.choice(fitting or ["一条小河的来路与去处"])[:left]
        unused = [each for each in unused if each != clause] or list(SENTENCES["clauses"])
        text, left = text + between + clause, left - len(clause)
    return text.replace(" ", "／", 1) if length < 31 and choose.random() < 0.15 else text


def _markdown(head: Mapping[str, Any], blocks: Sequence[str]) -> str:
    lines = ["---"]
    for key, value in head.items():
        if isinstance(value, str):
            lines.append(f"{key}: {_quoted(value)}")
        elif isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {name}: {_quoted(each)}" for name, each in value.items())]
        elif value:
            lines += [f"{key}:", *(f"  - {_quoted(each)}" for each in value)]
    return "\n\n".join(["\n".join([*lines, "---"]), *blocks]) + "\n"


def _quoted(value: object) -> str:
    """*value* in the double quotes of YAML and TOML."""
    return json.dumps(value, ensure_ascii=False)


def _write_plan(
    folder: Path, design: str, kind: str, pictures: Sequence[Mapping[str, str]], choose: random.Random
) -> None:
    number = {"spread": 2, "front": 1}.get(kind) or choose.randint(1, 8)
    lines = ['title = "试排"', "date = 2026-09-25", f"design = {_quoted(design)}", 'press = "newsprint-coldset"']
    lines += ['paper = "青禾报（示例）"'] if choose.random() < 0.6 else []
    lines += ["", "[staff]", '"责编" = "张三"', *(['"版式" = "李四"'] if choose.random() < 0.5 else [])]
    lines += ["", "[[page]]", f"number = {number}"]
    lines += [f"through = {number + 1}"] if kind == "spread" else []
    lines += ['title = "要闻"', f"kind = {_quoted(kind)}", 'stories = ["story.md"]']
    lines.append(f"pictures = {_quoted([picture['id'] for picture in pictures])}")
    for picture in pictures:
        lines += ["", "[[picture]]", *(f"{key} = {_quoted(value)}" for key, value in picture.items())]
    (folder / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _picture(folder: Path, kind: str, copy: Copy, choose: random.Random, number: int) -> dict[str, str]:
    """A photograph of the program's, or one drawn: what its table in the plan says."""
    name = f"p{number + 1}"
    words = {"caption": copy.fill(choose.choice(SENTENCES["captions"])), "credit": choose.choice(SENTENCES["credits"])}
    if number < len(PHOTOGRAPHS) and choose.random() < 0.3:
        return {"id": name, "file": f"images:{PHOTOGRAPHS[number]}", **words, "alt": "山和水"}
    (folder / f"{name}.jpg").write_bytes(
        _drawn(choose.choice(RATIOS), choose.randrange(4), ACROSS if kind == "spread" else SHORT_SIDE)
    )
    return {"id": name, "file": f"{name}.jpg", **words, "alt": "一层层的山"}


@functools.cache
def _drawn(ratio: float, look: int, least: int) -> bytes:
    """A JPEG of layered hills, *ratio* times as wide as high, in one of four lights, *least* pixels wide or wider."""
    width = LONG_SIDE if ratio >= 1 else max(int(LONG_SIDE * ratio), least)
    height = int(width / ratio)
    choose = random.Random(f"{ratio}/{look}")
    small = Image.new("RGB", (width // 4, height // 4), SKIES[look])
    draw = ImageDraw.Draw(small)
    for layer in range(6):
        base, tone = small.height * (2 + layer) // 8, 190 - 26 * layer
        points = [
            (x, base + choose.randint(-small.height // 14, small.height // 14)) for x in range(0, small.width + 61, 60)
        ]
        ink = (max(0, tone - 60), max(0, tone - 15 * look % 40), max(0, tone - 25))
        draw.polygon([(0, small.height), *points, (points[-1][0], small.height)], fill=ink)
    whole, target = small.resize((width, height), Image.Resampling.BICUBIC), BytesIO()
    whole.save(target, "JPEG", quality=85)
    return target.getvalue()
