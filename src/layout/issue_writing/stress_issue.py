"""Issues that try a design: each of one page, or a run, with copy that nobody made for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from layout import assets
from layout.design.copy_amount import CopyRange
from layout.design.page_hooks import PageHooks
from layout.errors import Message, UsageError, meant
from layout.issue.issue_file import ISSUE_FILE
from layout.issue_writing.issue_folder import FileContent, write_files
from layout.issue_writing.plan_lines import toml_value
from layout.issue_writing.stress_copy import CopyMaker, StressStory
from layout.pictures.trial_pictures import cut_out_portrait, stretch_of

PIXELS_PER_INCH = 160
"""Of a picture as wide as the paper: more than the 150 that newsprint asks for."""
DAY = date(2026, 3, 5)
PRESS = "newsprint-coldset"
BARE = "bare"
"""The parts of a story that has none but its headline and its copy."""
USUAL_PICTURES, MOST_PICTURES, MOST_SECTIONS = 3, 9, 6
PHOTOGRAPHS = ("mountain-meadow", "autumn-ridge", "forest-stream", "sunset-hills", "dandelion-meadow")
"""Those of the program's pictures that have pixels for any place on a page."""
SHAPES: Mapping[str, Sequence[float]] = {
    "mixed": (1.5, 1.5, 0.67, 1.33, 1.78, 0.75, 1.5, 1.0, 1.5), "upright": (0.67, 0.75, 0.6), "banner": (3.0, 2.4, 2.8),
}  # fmt: skip
"""Width to height of the pictures, in turn."""
_AUTO: Mapping[str, tuple[Sequence[float], Sequence[float]]] = {
    "usual": ((0.28, 0.16, 0.11, 0.07), (0.08, 0.06, 0.05, 0.04, 0.04)),
    "short": ((0.12, 0.11, 0.11, 0.1, 0.1, 0.09), (0.09, 0.08, 0.07, 0.06)),
    "long": ((0.4, 0.22), (0.11, 0.08, 0.06, 0.05, 0.04)),
    "no-pictures": ((0.36, 0.24, 0.17, 0.11), (0.14, 0.11, 0.08, 0.06, 0.05)),
    "nine-pictures": ((0.28, 0.11, 0.08, 0.06, 0.05), (0.06, 0.05, 0.04, 0.04)),
}  # fmt: skip
"""Of a page that is made up, the stories' shares of the copy that would fill it: of those that it must have, which
leave room for others, and of those of its pool, among which it finds what just fills it."""
_ALL_PARTS = 0.65
"""So much of its share the copy has of stories with parts of all sorts."""
_LEAST = 60
"""Characters of a story."""


@dataclass(frozen=True, slots=True)
class StressCase:
    """One case; ``stress_cases.toml`` says what each value means."""

    name: str
    zh: str
    en: str
    amount: float = 0.5
    pictures: str = "usual"
    shape: str = "mixed"
    headline: str = "usual"
    parts: str = "usual"
    copy: str = "plain"
    stories: int = 1
    captions: str = "usual"
    headings: str = "usual"
    asks: str = ""

    @property
    def label(self) -> Message:
        """What it is called."""
        return Message(self.zh, self.en)

    def suits(self, hooks: PageHooks) -> bool:
        """Whether a page of *hooks* asks for what it tries."""
        match self.asks:
            case "pictures":
                return hooks.limits.most_pictures != 0
            case "stories":
                return bool(hooks.others) and hooks.most_stories != 1 and not hooks.is_auto and not hooks.runs_on
            case "sections":
                return "sections" in hooks.parts and hooks.limits.most_sections != 0
        return True

    def picture_count(self, hooks: PageHooks) -> int:
        """How many pictures it has on a page of *hooks*."""
        least, most = hooks.limits.least_pictures, hooks.limits.most_pictures
        wanted = {"usual": USUAL_PICTURES, "none": 0, "nine": MOST_PICTURES}[self.pictures]
        return max(least, len(hooks.named_pictures), wanted if most is None else min(wanted, most))


@cache
def stress_cases() -> Mapping[str, StressCase]:
    """Every case by its name, in their order."""
    table = tomllib.loads(files("layout.issue_writing").joinpath("stress_cases.toml").read_text(encoding="utf-8"))
    known = {field.name for field in fields(StressCase)}
    assert all(set(row) <= known for row in table.values())
    return {name: StressCase(name, **row) for name, row in table.items()}


def chosen_cases(written: str) -> tuple[StressCase, ...]:
    """The cases that *written* names, with commas between; all where it names none. Raises ``UsageError`` for one that
    there is not.
    """
    known = stress_cases()
    names = [name.strip() for name in written.replace("，", ",").split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise UsageError(Message(f"没有“{name}”这种试法。", f"There is no case “{name}”."), hint=meant(name, known))
    return tuple(known[name] for name in known if name in names or not names)


@dataclass(frozen=True, slots=True)
class StressIssue:
    """An issue to be written: *case* on a page of *hooks* of the design in *design*."""

    design: Path
    hooks: PageHooks
    case: StressCase
    amount: CopyRange | None
    """The fewest and the most characters that the page takes with so many pictures, where that is known."""
    room: int
    """Those that fill it, about."""
    number: int = 1

    @property
    def pictures(self) -> int:
        """How many pictures it has."""
        return self.case.picture_count(self.hooks)

    @property
    def characters(self) -> int:
        """Of its running text."""
        known, amount = self.amount, self.case.amount
        if known is not None:
            return round(known.least + amount * (known.most - known.least))
        if self.hooks.runs_on:
            return round(self.room * (0.5 + 3.5 * amount))  # half a page up to four
        return round(self.room * (0.6 + 0.8 * amount))

    def stories(self) -> tuple[list[StressStory], list[StressStory]]:
        """Its stories, and those of its pool."""
        maker, case = CopyMaker(self.case.copy), self.case
        if self.hooks.is_auto:
            shares, spare = _AUTO.get(case.name, _AUTO["usual"])
            fill = _ALL_PARTS if case.parts == "all" else 1.0
            lengths = [max(_LEAST, round(self.room * share * fill)) for share in shares]
            pool = [max(_LEAST, round(self.room * share)) for share in spare]
        else:
            several = case.stories > 1 or (self.hooks.runs_on and case.amount > 0 and self.hooks.others)
            shares = [0.6, 0.25, 0.15][: self.hooks.most_stories] if several else [1.0]
            lengths, pool = self._boxed([round(self.characters * share / sum(shares)) for share in shares]), []
        first = self._story(maker, 0, lengths[0])
        others = [self._story(maker, number, length) for number, length in enumerate((*lengths[1:], *pool), 1)]
        return [first, *others[: len(lengths) - 1]], others[len(lengths) - 1 :]

    def _boxed(self, lengths: Sequence[int]) -> list[int]:
        """*lengths* of stories, of which no other than the first is longer than the design states for its box: the
        first has what they lose.
        """
        first, *others = lengths
        most = self.hooks.most_of_a_box(self.pictures, first)
        own = [length if most is None else min(length, most) for length in others]
        return [first + sum(others) - sum(own), *own]

    def _story(self, maker: CopyMaker, number: int, length: int) -> StressStory:
        hooks, case = self.hooks, self.case
        limits, shown = hooks.limits, hooks.others if number else hooks.parts
        sections = min(MOST_SECTIONS, length // 350) if "sections" in shown and case.parts != BARE else 0
        if not number:
            most = limits.most_sections
            sections = max(limits.least_sections, sections if most is None else min(sections, most))
        # A page that is made up has one story with all sorts of parts: no page has room for such of every rank.
        parts = "usual" if number and hooks.is_auto and case.parts == "all" else case.parts
        return maker.story(
            number, length, shown=shown, parts=parts, headline=case.headline, sections=sections,
            long_headings=case.headings == "long", words=() if number else hooks.words, codes=hooks.codes,
        )  # fmt: skip


def write_stress(folder: Path, issue: StressIssue) -> int:
    """Writes *issue* into *folder*, which is made, in the place of one that was written before; gives the characters of
    its copy.

    Raises ``PrintError`` or ``OSError`` where that cannot be done.
    """
    stories, pool = issue.stories()
    names = [f"s{number:02}.md" for number in range(1, len(stories) + len(pool) + 1)]
    for left in set(folder.glob("s[0-9][0-9].md")) - {folder / name for name in names}:
        left.unlink()  # of a run before: a story that is on no page is a fault
    files: dict[str, FileContent] = {name: story.markdown for name, story in zip(names, (*stories, *pool), strict=True)}
    pictures = []
    for picture, content in _pictures(issue, names[: len(stories)]):
        files[str(picture["file"])] = content
        pictures.append(picture)
    plan = _plan(issue, names[: len(stories)], names[len(stories) :], [str(each["id"]) for each in pictures])
    for picture in pictures:
        plan += ["", "[[picture]]", *(f"{key} = {toml_value(value)}" for key, value in picture.items())]
    write_files(folder, {**files, ISSUE_FILE: "\n".join(plan) + "\n"})
    _link(folder / issue.design.name, issue.design)
    return sum(story.characters for story in stories)


def _link(link: Path, folder: Path) -> None:
    """*link* leads to *folder*, so that places in the design are those of the designer's own files."""
    if folder.parent == assets.templates_dir():
        return
    if link.is_symlink():
        link.unlink()
    link.symlink_to(folder.resolve(), target_is_directory=True)


def _plan(issue: StressIssue, stories: Sequence[str], pool: Sequence[str], pictures: Sequence[str]) -> list[str]:
    hooks = issue.hooks
    head: dict[str, object] = {"title": f"试排·{issue.case.zh}", "date": DAY, "design": issue.design.name}
    head |= {"sheet": hooks.sheet} if hooks.sheet else {}
    head |= {"press": PRESS, "paper": "示例报", "staff": None}
    page: dict[str, object] = {"pages": f"{issue.number}-"} if hooks.runs_on else {"number": issue.number}
    page |= {"through": issue.number + 1} if hooks.is_spread else {}
    page |= {"title": "要闻{n}" if hooks.runs_on else "要闻", "kind": hooks.kind, "stories": list(stories)}
    page |= {"pool": list(pool)} if pool else {}
    page |= {"pictures": list(pictures)} if pictures else {}
    lines = [f"{key} = {toml_value(value)}" for key, value in head.items() if value is not None]
    return [
        *lines,
        "",
        "[staff]",
        '"责编" = "张三"',
        "",
        "[[page]]",
        *(f"{k} = {toml_value(v)}" for k, v in page.items()),
    ]


def _pictures(issue: StressIssue, stories: Sequence[str]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The tables of its pictures, with the contents of their files."""
    case, hooks, maker = issue.case, issue.hooks, CopyMaker(issue.case.copy)
    ids = _ids(hooks.named_pictures, issue.pictures)
    owners = _owners(len(stories), issue.pictures) if hooks.is_auto else []
    for number, name in enumerate(ids):
        ratios = SHAPES[case.shape]
        source = f"{PHOTOGRAPHS[number % len(PHOTOGRAPHS)]}.jpg"
        if number == 0 and hooks.has_cutout:
            file, content = f"{name}.png", cut_out_portrait()
        else:
            width = round(hooks.size[0] / 72 * PIXELS_PER_INCH)
            file, content = f"{name}.jpg", stretch_of(assets.images_dir() / source, ratios[number % len(ratios)], width)
        words = maker.caption(number, long=case.captions == "long")
        yield {"id": name, "file": file} | ({"story": stories[owners[number]]} if owners else {}) | words, content


def _ids(named: Sequence[str], wanted: int) -> list[str]:
    others = (name for number in count(1) if (name := f"p{number}") not in named)
    return [*named, *(next(others) for _ in range(wanted - len(named)))]


def _owners(stories: int, pictures: int) -> list[int]:
    """The story of each picture: the first has most, the last stories none."""
    order = [0, 1, 2, 0, 3, 1, 0, 2, 4]
    return [min(order[number % len(order)], stories - 1) for number in range(pictures)]
