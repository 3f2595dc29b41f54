"""A page of eight pieces in rows and stacks, written and built once."""

import random
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from in_place import build
from layout.checks import Severity
from layout.copyfit.model import ComposedPage
from layout.pipeline import Options
from made_once import made_once
from makeup.printed_page import Listed, listed
from story_generator import Copy

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


@dataclass(frozen=True)
class NestedPage:
    """What came of it."""

    page: ComposedPage
    pdf: bytes
    listed: Listed


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


def _make(folder: Path) -> NestedPage:
    issue = _write(folder)
    built = build(issue, Options(out=folder / "out", png=False))
    grave = [each for each in built.findings if each.severity >= Severity.WARNING]
    assert {each.check for each in grave} == {"image.flat"}  # its pictures are of one colour
    return NestedPage(built.pages[0], built.pdf.read_bytes(), listed(issue))


@cache
def nested() -> NestedPage:
    """The page, built without a finding but that its pictures are of one colour."""
    return made_once("nested pieces", _make)
