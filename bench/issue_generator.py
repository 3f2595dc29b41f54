"""Makes issues by seed: the samples' own copy, longer and shorter, with none to nine pictures, for every press profile.

``python bench/issue_generator.py FOLDER [--issues 24] [--seed 1]`` writes ``FOLDER/g000``, ``FOLDER/g001`` and so on.
The same seed gives the same bytes, and the first issues of a long run are those of a short one. An issue uses nothing
but what the checkout holds: copy from ``issues/``, photographs from ``images/``, and pictures drawn here.

Four issues of ten stay near the sample: its parts, its number of pictures, lengths within 8 per cent. The others depart
from it by up to 30 per cent and leave parts out. A few break a rule on purpose (a figure that does not stand in the
copy, five sections where the design takes four), so that refusals are compared as well.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageOps

from makeup import issue_of
from pressed_pages import pressed

TOP = Path(__file__).resolve().parents[1]
SAMPLES = TOP / "issues"
WIDE, NARROW = 0.3, 0.08
"""How far lengths depart from the sample's, either way: in most issues, and in those that stay near it."""
SENTENCE = re.compile(r"[^。！？]+[。！？]*[”’）》]*")
PRESSES = ("newsprint-coldset", "newsprint-coldset", "rotary-house", "sheetfed-coated")
STORY_OF_KIND = {"front": "cover", "feature": "drop", "report": "gate", "gallery": "views", "spread": "drop"}
SIDES_OF_KIND = {"feature": ("gauge",), "report": ("rules",), "spread": ("gauge", "rules")}
PICTURES_OF_KIND = {"page": 6, "front": 1, "feature": 1, "report": 2, "gallery": 6, "spread": 2}
TITLE_OF_KIND = {"front": "封面", "feature": "来路", "report": "去处", "gallery": "沿途", "spread": "来路"}
SHAPES = (
    (900, 600), (600, 900), (1200, 400), (400, 1200), (800, 800), (1600, 900), (2200, 1100), (320, 240), (1000, 1250),
    (1500, 380),
)  # fmt: skip
READINGS = {"屯留": "tún liú", "麟绛": "lín jiàng", "青禾": "qīng hé", "禾水": "hé shuǐ", "东闸": "dōng zhá"}
MARKS = ("{.dot}", "{.line}", "{.name}", "{.line .dot}")
CHART_WORDS = ("numbers", "bars", "line", "donut")
"""Words that stand over figures: a design has no place for them where there are none."""
STAFF = ("文字/解婷 图片/梁栋", "策划/宋玉红 统筹/秦亮 文字/解婷 杨建伟 图片/徐翔 司敏 版式/翟志慧", "文字/示例稿")


@dataclass(frozen=True)
class Story:
    """A manuscript taken apart: the values of its head, and its copy by paragraphs as they are written."""

    head: Mapping[str, Any]
    lede: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Heading and paragraphs of each."""
    closing: tuple[str, ...]

    @property
    def copy(self) -> str:
        """All its paragraphs, one a line, without the marks of bold type."""
        bodies = [paragraph for _, body in self.sections for paragraph in body]
        return "\n".join([*self.lede, *bodies, *self.closing]).replace("**", "")


@dataclass(frozen=True)
class Page:
    """A page to be planned. ``continued`` is the story that is turned over to it."""

    number: int
    kind: str
    title: str
    pictures: int
    continued: str | None = None


@dataclass
class Plan:
    """An ``issue.toml`` in the making, and the files that lie beside it."""

    folder: Path
    design: str
    press: str
    choose: random.Random
    near: bool
    """Whether the issue stays near the sample."""
    pages: list[list[str]] = field(default_factory=list)
    pictures: list[list[str]] = field(default_factory=list)

    @property
    def lengths(self) -> float:
        """How far its lengths depart from the sample's."""
        return NARROW if self.near else WIDE


def read_story(file: Path) -> Story:
    """The sample manuscript in *file*."""
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    copy, _, closing = body.partition("\n***\n")
    lede, *sections = re.split(r"(?m)^## ", copy)
    parts = [section.partition("\n") for section in sections]
    return Story(
        yaml.safe_load(head),
        _paragraphs(lede),
        tuple((heading, _paragraphs(text)) for heading, _, text in parts),
        _paragraphs(closing),
    )


@cache
def all_stories() -> Mapping[str, Story]:
    """Every manuscript of the samples, by the name of its file."""
    return {file.stem: read_story(file) for file in sorted(SAMPLES.glob("*/*.md"))}


def _paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs, and list items, of *text*."""
    return tuple(part for part in re.split(r"\n\s*\n|\n(?=- |\d+\. )", text.strip()) if part)


def write_issue(folder: Path, seed: int, number: int) -> Path:
    """Writes issue *number* of *seed* to *folder*, which must not be there, and gives it back."""
    choose = random.Random(f"{seed}/{number}")
    stock = all_stories()
    kind, near = choose.random(), choose.random() < 0.4
    if kind < 0.05:
        return _with_variants(folder, stock, choose)
    folder.mkdir(parents=True)
    if kind < 0.4:
        plan = Plan(folder, "lianghui-broadsheet", choose.choice(PRESSES), choose, near)
        _broadsheet(plan, stock)
    else:
        plan = Plan(folder, "tabloid-river", choose.choice(PRESSES), choose, near)
        _tabloid(plan, stock)
    _write_plan(plan)
    return folder


def _with_variants(folder: Path, stock: Mapping[str, Story], choose: random.Random) -> Path:
    """The sample page in a design of the issue's own with three variants, and, half of the time, sizes of type."""
    if choose.random() < 0.5:
        pressed(folder)
    else:
        issue_of(1, folder, variants=3)
    story = _quoting_figures(_varied(stock["tunliu"], stock, choose, WIDE, whole=True), choose)
    (folder / "s1.md").write_text(markdown(story), encoding="utf-8")
    plan = folder / "issue.toml"
    text = plan.read_text(encoding="utf-8").replace("newsprint-coldset", choose.choice(PRESSES))
    plan.write_text(text, encoding="utf-8")
    return folder


def _broadsheet(plan: Plan, stock: Mapping[str, Story]) -> None:
    choose = plan.choose
    for number in range(1, 2 + (choose.random() < 0.1)):
        sample = stock["tunliu"]
        if not plan.near and choose.random() < 0.15:
            other = stock[choose.choice(("drop", "gate"))]
            sample = replace(sample, sections=other.sections[:4])
        story = _varied(sample, stock, choose, plan.lengths, whole=True)
        if not plan.near and choose.random() < 0.04:
            story = replace(story, sections=choose.choice((story.sections[:3], story.sections + story.sections[:1])))
        most_likely = choose.randint(5, 8) if choose.random() < 0.94 else choose.randint(0, 9)
        count = PICTURES_OF_KIND["page"] if plan.near else most_likely
        _add_page(plan, Page(number, "page", "两会特刊", count), {f"page-{number}": story})


def _tabloid(plan: Plan, stock: Mapping[str, Story]) -> None:
    choose = plan.choose
    turned: str | None = None
    for number, kind in _kinds(choose):
        stories = {f"{kind}-{number}": _tabloid_story(plan, kind, stock)}
        for side in SIDES_OF_KIND.get(kind, ()):
            if choose.random() < 0.7:
                stories[f"{side}-{number}"] = _side(stock[side], stock, plan)
        if kind == "front":
            turned = f"{kind}-{number}" if choose.random() < 0.7 else None
        count = PICTURES_OF_KIND[kind] if plan.near else choose.randint(0, 9)
        continued = turned if kind == "gallery" else None
        _add_page(plan, Page(number, kind, TITLE_OF_KIND[kind], count, continued), stories)


def _kinds(choose: random.Random) -> Iterator[tuple[int, str]]:
    """The pages of a tabloid issue: number and kind. Most issues have one, some as many as the sample."""
    count = choose.choices((1, 2, 3, 4), (62, 18, 10, 10))[0]
    if count == 1:
        kind = choose.choice(tuple(STORY_OF_KIND))
        yield (2 if kind == "spread" else choose.randint(1, 4)), kind
        return
    if count == 3 and choose.random() < 0.5:
        yield from ((1, "front"), (2, "spread"), (4, "gallery"))
        return
    four = ("front", "feature", "report", "gallery")
    chosen = {*choose.sample(range(4), count)} if choose.random() < 0.4 else {0, 3, *range(1, count - 1)}
    yield from enumerate((four[index] for index in sorted(chosen)), 1)


def _tabloid_story(plan: Plan, kind: str, stock: Mapping[str, Story]) -> Story:
    """The sample's story for pages of *kind*, varied; at times with the copy of another."""
    story, choose = stock[STORY_OF_KIND[kind]], plan.choose
    if not plan.near and choose.random() < 0.2:
        other = stock[choose.choice(("tunliu", "cover", "drop", "gate"))]
        story = replace(story, lede=other.lede, sections=other.sections, closing=other.closing)
    return _varied(story, stock, choose, plan.lengths, whole=plan.near)


def _side(story: Story, stock: Mapping[str, Story], plan: Plan) -> Story:
    """A sidebar or a box of facts, varied: no design has a place for its credits."""
    varied = _varied(story, stock, plan.choose, plan.lengths, whole=True)
    return replace(varied, head={key: value for key, value in varied.head.items() if key != "credits"})


def _varied(story: Story, stock: Mapping[str, Story], choose: random.Random, far: float, *, whole: bool) -> Story:
    """*story* with its parts cut, lengthened, put in another order, or, unless it is to stay *whole*, left out."""
    every = [*story.lede, *(paragraph for _, body in story.sections for paragraph in body)]
    sentences = [part for text in every if "**" not in text for part in SENTENCE.findall(text)]
    sections = [(heading, _resized(body, sentences, choose, far)) for heading, body in story.sections]
    if choose.random() < 0.2:
        choose.shuffle(sections)
    lede, closing = _resized(story.lede, (), choose, far) if far == WIDE else story.lede, story.closing
    head = {**story.head, "headline": _headline(story, stock, choose)} if far == WIDE else dict(story.head)
    if not whole:
        sections = sections[: max(choose.choice((0, 1, 2, 3, 4, 5, 5, 5, 5)), 0 if story.lede else 1)]
        lede = () if choose.random() < 0.12 and sections else lede
        closing = () if choose.random() < 0.3 else closing
        for key in ("kicker", "deck", "credits"):
            if choose.random() < 0.25:
                head.pop(key, None)
        head["words"] = {name: word for name, word in head.get("words", {}).items() if choose.random() < 0.93}
    if choose.random() < 0.3:
        head["credits"] = choose.choice(STAFF)
    marked = tuple((heading, _marked(body, choose)) for heading, body in sections)
    return _quoting_figures(Story(head, lede, marked, closing), choose)


def _headline(story: Story, stock: Mapping[str, Story], choose: random.Random) -> str:
    if choose.random() < 0.6:
        return str(story.head["headline"])
    every = [each.head[key] for each in stock.values() for key in ("headline", "deck", "kicker") if key in each.head]
    every += [heading.replace("*", "") for each in stock.values() for heading, _ in each.sections]
    return str(choose.choice([text for text in every if 3 < len(text) < 31]))


def _resized(paragraphs: Sequence[str], sentences: Sequence[str], choose: random.Random, far: float) -> tuple[str, ...]:
    """Paragraphs longer or shorter by a share of up to *far*: sentences go out, or some of *sentences* come in."""
    bodies = [[text] if "**" in text or re.match(r"- |\d+\. ", text) else SENTENCE.findall(text) for text in paragraphs]
    wanted = sum(map(len, paragraphs)) * choose.uniform(1 - far, 1 + far)
    running = [body for body in bodies if len(body) > 1]
    while running and sum(len(part) for body in bodies for part in body) > wanted:
        body = choose.choice(running)
        body.pop(choose.randrange(len(body)))
        running = [body for body in running if len(body) > 1]
    running = [body for body in bodies if len(body) > 1]
    while running and sentences and sum(len(part) for body in bodies for part in body) < wanted - 20:
        body = choose.choice(running)
        body.insert(choose.randrange(len(body) + 1), choose.choice(sentences))
    for body in running:
        if choose.random() < 0.15:
            choose.shuffle(body)
    if choose.random() < 0.15:
        choose.shuffle(bodies)
    return tuple("".join(body) for body in bodies)


def _marked(paragraphs: Sequence[str], choose: random.Random) -> tuple[str, ...]:
    """The paragraphs, some with a name that bears a reading, dots, a line or a name's mark."""
    done = []
    for text in paragraphs:
        name = next((name for name in READINGS if name in text), None)
        if name is None or "**" in text or choose.random() > 0.12:
            done.append(text)
            continue
        mark = choose.choice((*MARKS, f"{{{READINGS[name]}}}"))
        done.append(text.replace(name, f"[{name}]{mark}", 1))
    return tuple(done)


def _quoting_figures(story: Story, choose: random.Random) -> Story:
    """*story* with those of its figures that still stand in its copy; seldom with one that does not."""
    copy = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", story.copy)
    figures = [figure for figure in story.head.get("figures", ()) if re.sub("[{}]", "", figure) in copy]
    if choose.random() < 0.15:
        figures = figures[: choose.randint(0, len(figures))]
    if choose.random() < 0.01:
        figures.append("稿中没有的{404个}")
    words = dict(story.head.get("words", {}))
    if not [figure for figure in figures if not figure.endswith("。}")]:
        words = {name: word for name, word in words.items() if name.removesuffix("-unit") not in CHART_WORDS}
    words = {name: word for name, word in words.items() if name.removesuffix("-unit") in words}
    return replace(story, head={**story.head, "figures": figures, "words": words})


def markdown(story: Story) -> str:
    lines = ["---"]
    for key, value in story.head.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {_quoted(each)}" for each in value)] if value else []
        elif isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {_quoted(each)}" for name, each in value.items())] if value else []
        else:
            lines.append(f"{key}: {_quoted(value)}")
    lines += ["---", "", *_apart(story.lede)]
    for heading, body in story.sections:
        lines += [f"## {heading}", "", *_apart(body)]
    lines += ["***", "", *_apart(story.closing)] if story.closing else []
    return "\n".join(lines)


def _apart(paragraphs: Sequence[str]) -> Iterator[str]:
    for text in paragraphs:
        yield from (text, "")


def _quoted(value: object) -> str:
    """*value* in the double quotes of YAML and TOML."""
    return json.dumps(value, ensure_ascii=False)


def _add_page(plan: Plan, page: Page, stories: Mapping[str, Story]) -> None:
    """Adds a page of *stories* and their files, and as many pictures as the page has."""
    for name, story in stories.items():
        (plan.folder / f"{name}.md").write_text(markdown(story), encoding="utf-8")
    files = [f"{name}.md" for name in stories] + ([f"{page.continued}.md"] if page.continued else [])
    copy = [part for story in stories.values() for part in SENTENCE.findall(story.copy) if part.strip()]
    shown = [_add_picture(plan, copy) for _ in range(page.pictures)]
    lines = ["[[page]]", f"number = {page.number}"]
    lines += [f"through = {page.number + 1}"] if page.kind == "spread" else []
    lines += [f"title = {_quoted(page.title)}", f"kind = {_quoted(page.kind)}", f"stories = {_quoted(files)}"]
    lines += [f"continues = {_quoted([f'{page.continued}.md'])}"] if page.continued else []
    lines += [f"pictures = {_quoted(shown)}"]
    if shown and plan.choose.random() < 0.15:
        lines.append(f"optional = {_quoted([plan.choose.choice(shown)])}")
    if plan.choose.random() < 0.02:
        lines.append('plates = ["K"]')
    plan.pages.append(lines)


def _add_picture(plan: Plan, copy: Sequence[str]) -> str:
    """Adds one picture, a photograph of the checkout or one drawn, and gives its id."""
    choose, name = plan.choose, f"p{len(plan.pictures) + 1}"
    photographs = sorted(file.name for file in (TOP / "images").iterdir() if file.suffix in (".jpg", ".webp"))
    photographed = choose.random() < (0.9 if plan.near else 0.5)
    file = f"images:{choose.choice(photographs)}" if photographed else _draw(plan.folder, name, choose)
    caption = choose.choice(("秋日山林（资料图片）", "闸", "群山落日，摄于山前的小路上（资料图片）", ""))
    caption = caption or re.sub(r"[*\n]|^(- |\d+\. )", "", choose.choice(copy))[:40]
    credit = choose.choice(("张三 摄", "Aitzol Berasategi 摄　CC BY 4.0", "本报记者 李四 王五 摄"))
    lines = ["[[picture]]", f"id = {_quoted(name)}", f"file = {_quoted(file)}"]
    lines += [f"caption = {_quoted(caption)}", f"credit = {_quoted(credit)}"]
    if choose.random() < 0.7:
        lines.append(f"focus = [{choose.uniform(0.2, 0.8):.2f}, {choose.uniform(0.2, 0.8):.2f}]")
    if choose.random() < 0.1:
        lines.append(f"keep = [0.1, {choose.uniform(0.05, 0.3):.2f}, 0.9, 0.9]")
    if choose.random() < 0.8:
        lines.append('alt = "山和水"')
    plan.pictures.append(lines)
    return name


def _draw(folder: Path, name: str, choose: random.Random) -> str:
    """Draws a picture of some shape and mode from gradients, and gives its file's name."""
    size = choose.choice(SHAPES)
    across = Image.linear_gradient("L").rotate(choose.choice((0, 90, 180, 270))).resize(size)
    round_ = ImageOps.invert(Image.radial_gradient("L")).resize(size)
    noise = Image.frombytes("L", (48, 48), choose.randbytes(48 * 48)).resize(size, Image.Resampling.BICUBIC)
    mode = choose.choice(("RGB", "RGB", "RGB", "L", "CMYK", "RGBA", "P", "1"))
    channels = [across, round_, noise, ImageOps.invert(across).point(lambda value: value // 3)]
    if mode in ("RGB", "P"):
        image = Image.merge("RGB", channels[:3])
    elif mode in ("CMYK", "RGBA"):
        image = Image.merge(mode, channels)
    else:
        image = noise
    if mode in ("P", "1"):
        image = image.convert(mode)
    if mode in ("RGB", "L", "CMYK"):
        exif = Image.Exif()
        if choose.random() < 0.2:
            exif[0x0112] = 6  # Orientation: the telephone was held upright.
        image.save(folder / f"{name}.jpg", quality=88, exif=exif)
        return f"{name}.jpg"
    image.save(folder / f"{name}.png", compress_level=1)
    return f"{name}.png"


def _write_plan(plan: Plan) -> None:
    choose = plan.choose
    day = f"2026-{choose.randint(1, 12):02d}-{choose.randint(1, 28):02d}"
    lines = [f"title = {_quoted(choose.choice(('读河', '长治两会特刊·屯留')))}", f"date = {day}"]
    lines += [f"design = {_quoted(plan.design)}", f"press = {_quoted(plan.press)}"]
    lines += ['paper = "青禾报（示例）"'] if choose.random() < 0.6 else []
    lines += ['protected = ["党的二十大", "第一道"]'] if choose.random() < 0.3 else []
    lines += ["", "[staff]", '"责编" = "张三"'] if choose.random() < 0.3 else []
    for table in (*plan.pages, *plan.pictures):
        lines += ["", *table]
    (plan.folder / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the issues that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--issues", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    for number in range(wanted.issues):
        write_issue(wanted.folder / f"g{number:03d}", wanted.seed, number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
