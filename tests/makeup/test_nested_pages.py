"""A page of eight pieces in rows and stacks, built: everything ends level, and the page is exactly full."""

import random
import shutil
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout.checks import Severity
from layout.copyfit.model import ComposedPage
from layout.galley.page_tree import keys_of, unlevel
from layout.page.row_tree import Leaf, Row, RowTree, Stack, rows_of
from layout.pipeline import Options
from made_once import made_once
from story_generator import Copy

pytestmark = pytest.mark.slow

DESIGN = Path(__file__).parent / "nested"
STORIES = (
    ("放水了，从源头走到河口", 470),
    ("36公里渠道全线贯通问水", 470),
    ("《禾水志》开编", 222),
    ("百姓点菜大家买单", 330),
    ("让每一滴水都有去处", 330),
    ("一条小河的来路与去处", 320),
    ("清水又绕城流", 310),
    ("春来水先知，老渠换新颜", 475),
)
"""Headline and characters: what about fills the design's page at the heights that its pictures want."""


def _write(folder: Path) -> Path:
    issue = folder / "issue"
    issue.mkdir()
    shutil.copytree(DESIGN, issue / "design")
    copy = Copy(random.Random(3))
    for number, (headline, count) in enumerate(STORIES, 1):
        paragraphs: list[str] = []
        while (left := count - sum(map(len, paragraphs))) > 12:
            paragraphs.append(copy.paragraph(left))
        text = "\n\n".join([f"---\nheadline: {headline}\n---", *paragraphs])
        (issue / f"s{number}.md").write_text(text, encoding="utf-8")
    lines = ['title = "试排"', "date = 2026-09-25", 'design = "design"', 'press = "newsprint-coldset"', "", "[[page]]"]
    lines += ["number = 1", 'title = "要闻"', 'kind = "page"', 'pictures = ["p1", "p2"]']
    lines.append(f"stories = {[f's{number}.md' for number in range(1, 9)]}")
    for name in ("p1", "p2"):
        Image.new("RGB", (900, 800), (90, 120, 110)).save(issue / f"{name}.png")
        lines += ["", "[[picture]]", f'id = "{name}"', f'file = "{name}.png"', 'caption = "渠边"', 'credit = "张三 摄"']
    (issue / "issue.toml").write_text("\n".join(lines), encoding="utf-8")
    return issue


def _make(folder: Path) -> ComposedPage:
    built = build(_write(folder), Options(out=folder / "out", png=False))
    grave = [each for each in built.findings if each.severity >= Severity.WARNING]
    assert {each.check for each in grave} == {"image.flat"}  # its pictures are of one colour
    return built.pages[0]


@cache
def made() -> ComposedPage:
    return made_once("nested pieces", _make)


def names(tree: RowTree, called: dict[str, str]) -> object:
    if isinstance(tree, Leaf):
        return called[tree.id]
    inside = [names(part, called) for part in tree.parts]
    return tuple(inside) if isinstance(tree, Row) else inside


def test_the_tree_is_that_of_the_nesting() -> None:
    page = made().page
    assert isinstance(page.tree, Stack)
    assert names(page.tree, {band.id: band.name for band in page.bands}) == [
        "s1", (["s2", ("s3", "s4")], ["s5", "s6"]), ("s7", "s8"),
    ]  # fmt: skip


def test_the_page_is_full_and_all_that_stands_side_by_side_ends_level() -> None:
    page = made().page
    assert page.content_bottom == pytest.approx(page.type_area.bottom, abs=0.1)
    assert page.tree is not None
    assert list(unlevel(page)) == []
    bands = {band.id: band.box for band in page.bands}
    for row in rows_of(page.tree):
        feet = [part.box.bottom if isinstance(part, Stack) else bands[part.id].bottom for part in row.parts]
        assert feet == pytest.approx([feet[0]] * len(feet), abs=0.1)
        assert len(keys_of(row)) >= 2


def test_every_line_stands_on_the_grid_and_in_its_own_band() -> None:
    """Read off the lines: a head with its leading, a border with its air take whole rows."""
    page = made()
    frames = {frame.id: frame for frame in page.page.frames if frame.height_by == "rest"}
    body = [line for line in page.lines if line.frame in frames]
    offsets = {round((line.baseline - page.page.type_area.y) % page.page.row, 2) for line in body}
    assert len(body) > 200
    assert len(offsets) == 1
    bands = {band.id: band.box for band in page.page.bands}
    for line in body:
        box = bands[frames[line.frame].band or ""]
        assert box.y < line.baseline < box.bottom + 0.1
