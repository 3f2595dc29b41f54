"""The two pages on which copyfit searches longest: one with too much copy, and one of nine elastic pictures.

Both are made of the first sample and its design; the same bytes every time.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "issues" / "tunliu-2026"
DESIGN = TOP / "templates" / "lianghui-broadsheet"

MORE = 0.12
"""So much more copy than the page holds: what a desk has left over when the paper closes."""
ARRANGEMENTS = ("as-drawn", "lower-lead", "lower-views")
SIZES = """
main { --steps: wanted, small 6, smaller 15 }
.small .body { font-size: 9.5pt; text-indent: 19pt }
.smaller .body { font-size: 9pt; text-indent: 18pt }
.lower-lead .picture.wide { height: 300pt }
.lower-views .picture.tall { height: 195pt; min-height: 165pt }
.lower-views .picture.bridge { height: 120pt; min-height: 90pt }
"""
NINE = ("autumn-ridge.jpg", "solar-panels.webp", "suspension-bridge-night.jpg", "forest-stream.jpg", "sunset-hills.jpg",
        "great-wall.webp", "lakeside-pavilion.jpg", "mountain-meadow.jpg", "river-barrage.webp")  # fmt: skip


def pressed(folder: Path) -> Path:
    """The sample's page with 12 per cent more copy, three arrangements and three sizes of its body."""
    folder.mkdir(parents=True)
    design = folder / "design"
    shutil.copytree(DESIGN, design)
    (design / "page.html").unlink()
    for letter, arrangement in zip("abc", ARRANGEMENTS, strict=True):
        text = f'{{% set arrangement = "{arrangement}" %}}{{% include "scroll.html" %}}\n'
        (design / f"page-{letter}.html").write_text(text, encoding="utf-8")
    scroll = design / "scroll.html"
    text = scroll.read_text(encoding="utf-8")
    text = text.replace(
        '<main data-fill class="scroll">', '<main data-fill data-step class="scroll {{ arrangement }}">'
    )
    scroll.write_text(text, encoding="utf-8")
    with (design / "page.css").open("a", encoding="utf-8") as css:
        css.write(SIZES)
    head, body = (SAMPLE / "tunliu.md").read_text(encoding="utf-8").split("\n---\n", 1)
    lines = [_longer(line) if len(line) > 200 else line for line in body.split("\n")]
    (folder / "s1.md").write_text(f"{head}\n---\n" + "\n".join(lines), encoding="utf-8")
    plan = (SAMPLE / "issue.toml").read_text(encoding="utf-8")
    plan = plan.replace('"lianghui-broadsheet"', '"design"').replace("tunliu.md", "s1.md")
    (folder / "issue.toml").write_text(plan, encoding="utf-8")
    return folder


def _longer(paragraph: str) -> str:
    """*paragraph* with its beginning once more: whole sentences to the mark that is nearest to what is wanted."""
    wanted = MORE * len(paragraph)
    ends = [found.end() for found in re.finditer("[，。；]", paragraph)]
    return paragraph + paragraph[: min(ends, key=lambda end: abs(end - wanted)) - 1] + "。"


def nine_pictures(folder: Path) -> Path:
    """The sample's copy with nine photographs, whose heights are all copyfit's."""
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE / "tunliu.md", folder)
    head = (SAMPLE / "issue.toml").read_text(encoding="utf-8").partition("[[picture]]")[0]
    names = [f"p{number}" for number in range(1, 10)]
    head = re.sub(r"(?m)^pictures = .*$", f"pictures = {names}".replace("'", '"'), head)
    rows = (
        f'[[picture]]\nid = "{name}"\nfile = "images:{file}"\ncaption = "资料图片"\ncredit = "示例　摄"\n'
        for name, file in zip(names, NINE, strict=True)
    )
    (folder / "issue.toml").write_text("\n".join((head, *rows)), encoding="utf-8")
    return folder
