"""docs/makeup.md, “Adding a shape”, followed to the letter: what it shows is a shape, and a story stands in it."""

import re
import shutil
from pathlib import Path

from PIL import Image

from in_place import HERE
from layout import assets
from layout.design.shapes import read_shapes
from layout.pipeline import Options, arrangements

GUIDE = (assets.root() / "docs" / "makeup.md").read_text(encoding="utf-8")
SENTENCE = "白马河的冷库投入使用，梨可以放到来年春天。"
ISSUE = """\
title = "要闻"
date = 2026-03-06
design = "mine"
sheet = "tabloid"
press = "newsprint-coldset"
[[page]]
number = 1
title = "要闻"
kind = "auto"
stories = ["s01.md", "s02.md", "s03.md"]
pictures = ["p1"]
[[picture]]
id = "p1"
file = "p.png"
story = "s02.md"
caption = "冷库"
credit = "示例　摄"
"""


def shown(language: str) -> str:
    """The first block of the chapter in *language*."""
    chapter = GUIDE.partition("## 美编加一种稿块")[2]
    found = re.search(rf"^ +```{language}\n(.*?)^ +```", chapter, re.DOTALL | re.MULTILINE)
    assert found is not None
    return "".join(line[3:] for line in found[1].splitlines(keepends=True))


def test_the_shape_that_the_guide_adds_is_one(tmp_path: Path) -> None:
    today = tmp_path / "today"
    mine = today / "mine"
    shutil.copytree(assets.templates_dir() / "yaowen", mine)
    (mine / "shapes").mkdir(exist_ok=True)
    (mine / "shapes" / "third-low.html").write_text(shown("jinja"), encoding="utf-8")
    every = (mine / "design.toml").read_text("utf-8")
    (mine / "design.toml").write_text(f"{every}\n{shown('toml')}", encoding="utf-8")
    assert read_shapes(mine, "tabloid")[-1].name == "third-low"
    head, *rows = every.split("\n[[shape]]")
    # Others might be taken where they are cheaper.
    few = [f"[[shape]]{row}" for row in rows if "lead-plain" in row or "brief-column" in row]
    (mine / "design.toml").write_text("\n".join([head, *few, shown("toml")]), encoding="utf-8")
    (today / "issue.toml").write_text(ISSUE, encoding="utf-8")
    Image.new("RGB", (1500, 1000), (90, 130, 110)).save(today / "p.png")
    for number, (headline, sentences) in enumerate((("冷库建到地头", 40), ("梨卖到省城", 22), ("路通了", 20)), 1):
        text = f"---\nheadline: {headline}\n---\n\n{SENTENCE * sentences}\n"
        (today / f"s0{number}.md").write_text(text, encoding="utf-8")
    (page,) = arrangements(today, Options(out=tmp_path / "out"), workers=HERE)
    (second,) = (each for each in page.report.chosen.pieces if each.id == "s02")
    assert second.shape == "third-low"
    assert second.picture_rows >= 5
