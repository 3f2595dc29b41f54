"""A small issue to make mistakes in."""

from collections.abc import Mapping
from pathlib import Path

PLAN = """\
title = "长治两会特刊"
date = 2026-02-05
design = "lianghui-broadsheet"
press = "newsprint-coldset"
paper = "长治日报"

[staff]
"责编" = "张三"
"校对" = "李四"

[[page]]
number = 1
title = "两会特刊"
stories = ["a.md"]
pictures = ["hill"]

[[page]]
number = 2
title = "履职"
kind = "inner"
stories = ["b.md", "more/c.md"]

[[picture]]
id = "hill"
file = "photos/hill.jpg"
caption = "山"
credit = "王五 摄"
focus = [0.25, 1]
alt = "一座山"
"""

STORY = """\
---
headline: 主题
figures:
  - 重点项目{332个}
---
共谋划重点项目332个。
"""

FILES: Mapping[str, str | bytes] = {
    "issue.toml": PLAN,
    "a.md": STORY,
    "b.md": STORY,
    "more/c.md": STORY,
    "photos/hill.jpg": b"not opened here",
}


def write(top: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The folder of the small issue with some files changed, or left out (``None``)."""
    folder = top / "small"
    for name, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def edited(*edits: tuple[str, str]) -> str:
    """The plan with some words replaced; each must stand there once."""
    plan = PLAN
    for old, new in edits:
        assert plan.count(old) == 1, old
        plan = plan.replace(old, new)
    return plan
