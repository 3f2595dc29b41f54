"""What the pages of a design ask for: kinds, sheets, pictures, sections, parts of stories, words.

Read from design.toml and, where that says nothing, from what its templates name. Whoever makes copy for a design that
has none of its own asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jinja2 import nodes

from layout import assets
from layout.design.copy_amount import KEY as CHARACTERS
from layout.design.copy_amount import CopyRange
from layout.design.design_files import page_kinds, read_design_toml
from layout.design.requirements import CUTOUTS, PageLimits, limits_of
from layout.design.shapes import SHEETS, TABLE
from layout.design.shown_parts import of_others, parts, shown_parts
from layout.design.template_library import TemplateLibrary
from layout.design.wanted_words import KEY as WORDS
from layout.issue.auto_page import is_made_up
from layout.units import MM

_CHAINED = ("lede", "sections", "closing")
"""The parts that ``chain(story)`` prints."""
_APART = ("tables", "boxes", "footnotes")
_OF_TABLE = ("get", "items", "keys", "values")
_QR_CODES = ("qrcode", "qr_code")
_MOST_PICTURES = 9
"""Of a design that does not say: as many as the designs that come along take."""
_LINK = re.compile(r"""<link\b[^>]*\bhref=["']([^"'>]+)["']""")
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"');\s]+)""")
_SIZE = re.compile(r"@page[^{]*\{[^}]*?\bsize:\s*([\d.]+)(mm|pt|cm|in)\s+([\d.]+)(mm|pt|cm|in)")
_POINTS: Mapping[str, float] = {"mm": MM, "cm": 10 * MM, "in": 72.0, "pt": 1.0}
_BROADSHEET = (390 * MM, 540 * MM)
"""The sheet of a design whose style sheets say none: that of the program's first design."""


@dataclass(frozen=True, slots=True)
class PageHooks:
    """What one kind of page asks for, on one of its sheets."""

    kind: str
    sheet: str
    """``broadsheet`` or ``tabloid`` where the design has both, else nothing."""
    size: tuple[float, float]
    """Width and height of the paper in points."""
    is_auto: bool
    runs_on: bool
    """Whether it is made for runs of pages."""
    limits: PageLimits
    named_pictures: tuple[str, ...]
    """Pictures that its templates ask for by their ids."""
    has_cutout: bool
    """Whether copy runs along the silhouette of a picture, which must be cut out of its ground."""
    parts: frozenset[str]
    """Parts that its first story may have."""
    others: frozenset[str]
    """Those of its other stories; none where it takes one story."""
    most_stories: int | None
    """How many it takes, where its templates ask for them one by one."""
    words: tuple[str, ...]
    """Words that it must have: those that the design states, or, where it states none for any kind, those that its
    templates name."""
    codes: frozenset[str]
    """Words that are drawn as QR codes."""
    amounts: tuple[CopyRange, ...]
    """The characters that it takes without a picture, with one and so on, as the design states; empty where it does
    not."""
    box_amounts: tuple[CopyRange, ...]
    """Those that each story but the first may have, in the same way."""

    @property
    def is_spread(self) -> bool:
        """Whether its sheet is two facing pages."""
        return self.size[0] > self.size[1]

    @property
    def name(self) -> str:
        """What it is called: its kind, and its sheet where there are several."""
        return f"{self.kind}-{self.sheet}" if self.sheet else self.kind

    def amount(self, pictures: int) -> CopyRange | None:
        """The characters that it takes with so many pictures; None where the design does not say."""
        return _of_so_many(self.amounts, pictures)

    def most_of_a_box(self, pictures: int, first: int) -> int | None:
        """The most characters of a story beside the first, which has *first*; None where the design does not say."""
        stated, page = _of_so_many(self.box_amounts, pictures), self.amount(pictures)
        if stated is None or page is None:
            return stated.most if stated else None
        return max(stated.least, min(stated.most, page.most - first))


def page_hooks(folder: Path) -> tuple[PageHooks, ...]:
    """The hooks of every kind of page of the design in *folder*, in the design's order.

    Raises ``TemplateError`` (or ``Faults`` of several) where design.toml cannot be read.
    """
    toml = read_design_toml(folder)
    values = toml.values if toml else {}
    return tuple(
        _hooks(folder, values, kind, sheet)
        for kind in page_kinds(folder)
        for sheet in (_sheets(values) if is_made_up(kind) else [""])
    )


def _sheets(values: Mapping[str, object]) -> list[str]:
    """The sheets among which an issue chooses: those for which a shape has columns of their own."""
    rows = values.get(TABLE)
    shapes = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    named = {name for row in shapes if isinstance(own := row.get("columns"), Mapping) for name in own}
    return [sheet for sheet in SHEETS if sheet in named] or [""]


def _hooks(folder: Path, values: Mapping[str, object], kind: str, sheet: str) -> PageHooks:
    read = _Templates(folder, kind)
    first, others = shown_parts(values, kind), shown_parts(values, kind, first=False)
    named = read.of("story", [row.name for row in parts()]) | set(read.chained)
    table, styles = values.get(WORDS), read.styles(sheet)
    wanted = table.get(kind) if isinstance(table, Mapping) else None
    limits, takes_pictures = limits_of(folder, kind), read.takes_pictures or is_made_up(kind)
    required = tuple(str(word) for word in wanted) if isinstance(wanted, list) else ()
    return PageHooks(
        kind=kind,
        sheet=sheet,
        size=_size(styles),
        is_auto=is_made_up(kind),
        runs_on="ends_run" in read.attributes("page"),
        limits=limits if takes_pictures else replace(limits, least_pictures=0, most_pictures=0),
        named_pictures=tuple(sorted(read.attributes("pictures") - set(_OF_TABLE))),
        has_cutout=kind in _cutouts(values, kind, styles) and read.takes_pictures,
        parts=frozenset(named if first is None else first) | (read.of("story", _APART)),
        others=frozenset((named if others is None else others) if read.several or is_made_up(kind) else ()),
        most_stories=None if is_made_up(kind) else read.most_stories,
        words=required if isinstance(table, Mapping) else tuple(sorted(read.attributes("words") - {*_OF_TABLE})),
        codes=frozenset(read.codes),
        amounts=tuple(_amounts(values, kind)),
        box_amounts=tuple(_amounts(values, of_others(kind))),
    )


def _of_so_many(amounts: Sequence[CopyRange], pictures: int) -> CopyRange | None:
    """That of so many pictures: the last stands for any more."""
    return amounts[min(pictures, len(amounts) - 1)] if amounts else None


def _cutouts(values: Mapping[str, object], kind: str, styles: str) -> Sequence[object]:
    """The kinds of page whose first picture is cut out: those that are stated, else *kind* by its *styles*."""
    stated = values.get(CUTOUTS)
    if isinstance(stated, list):
        return stated
    return [kind] if "shape-outside: auto" in styles else []


def _amounts(values: Mapping[str, object], kind: str) -> Iterator[CopyRange]:
    table = values.get(CHARACTERS)
    rows = table.get(kind) if isinstance(table, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [int(least), int(most)]:
                yield CopyRange(least, most)
            case _:
                return


def _size(styles: str) -> tuple[float, float]:
    found = _SIZE.findall(styles)
    if not found:
        return _BROADSHEET
    width, unit, height, other = found[-1]
    return float(width) * _POINTS[unit], float(height) * _POINTS[other]


class _Templates:
    """The templates of a kind of page: its own, its variants, and all that they include, import and extend."""

    def __init__(self, folder: Path, kind: str):
        self._folder, self._library = folder, TemplateLibrary(folder, assets.templates_dir())
        own = (folder / f"{kind}.html", *sorted(folder.glob(f"{kind}-[a-z].html")))
        self._files = self._library.reached(path.name for path in own if path.is_file())

    def _all(self, kind: type[nodes.Node]) -> Iterator[nodes.Node]:
        for file in self._files:
            yield from self._library.all(file, kind)

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """What is asked of each name: ``{"story": {"kicker", …}}``; of ``story.words`` under ``words``."""
        found: dict[str, set[str]] = {}
        for node in self._all(nodes.Getattr):
            assert isinstance(node, nodes.Getattr)
            owner = node.node
            name = (
                owner.name if isinstance(owner, nodes.Name) else owner.attr if isinstance(owner, nodes.Getattr) else ""
            )
            found.setdefault(name, set()).add(node.attr)
        return found

    def attributes(self, name: str) -> set[str]:
        """What is asked of *name*."""
        return self._named.get(name, set())

    def of(self, name: str, known: Sequence[str]) -> set[str]:
        """Those of *known* that are asked of *name*."""
        return self.attributes(name) & set(known)

    @cached_property
    def chained(self) -> tuple[str, ...]:
        """The parts that a chain of frames has."""
        calls = (node.node for node in self._all(nodes.Call) if isinstance(node, nodes.Call))
        return _CHAINED if any(isinstance(each, nodes.Name) and each.name == "chain" for each in calls) else ()

    @property
    def takes_pictures(self) -> bool:
        """Whether it asks for pictures at all."""
        return "pictures" in self.attributes("page") or bool(self.attributes("pictures"))

    @property
    def several(self) -> bool:
        """Whether it asks for stories besides the first."""
        return any(isinstance(node, nodes.Name) and node.name == "stories" for node in self._all(nodes.Name))

    @property
    def most_stories(self) -> int | None:
        """How many stories it asks for by their numbers; None where it takes them all in turn."""
        every = sum(isinstance(node, nodes.Name) and node.name == "stories" for node in self._all(nodes.Name))
        asked = [
            node.arg.value for node in self._all(nodes.Getitem)
            if isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Name) and node.node.name == "stories"
            and isinstance(node.arg, nodes.Const)
        ]  # fmt: skip
        counted = sum(
            isinstance(node, nodes.Filter) and isinstance(node.node, nodes.Name) and node.node.name == "stories"
            and node.name in ("length", "count") for node in self._all(nodes.Filter)
        )  # fmt: skip
        return max(asked, default=0) + 1 if every == len(asked) + counted else None

    @cached_property
    def codes(self) -> set[str]:
        """The words of which QR codes are made."""
        found = set()
        for node in self._all(nodes.Call):
            if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in _QR_CODES:
                found |= {each.attr for each in node.args[:1] if isinstance(each, nodes.Getattr)}
        return found

    def styles(self, sheet: str) -> str:
        """The text of its style sheets, what one imports before it; of those that go by the sheet, that *sheet*'s."""
        names = [name for file in self._files for name in _LINK.findall(self._library.source(file))]
        return "\n".join(self._style(re.sub(r"\{\{.*?\}\}", sheet, name), ()) for name in dict.fromkeys(names))

    def _style(self, name: str, within: tuple[str, ...]) -> str:
        path = self._folder / name
        if name in within or ":" in name or not path.is_file():
            return ""
        css = path.read_text(encoding="utf-8-sig", errors="replace")
        return "\n".join([*(self._style(each, (*within, name)) for each in _IMPORT.findall(css)), css])
