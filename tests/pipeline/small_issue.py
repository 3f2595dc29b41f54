"""An issue of one small page: copy in a level frame and in a vertical one, and a caption's worth of furniture."""

from pathlib import Path

from in_place import build
from layout.pipeline import Built, Options

ISSUE = """title = "小样"
date = 2026-02-05
design = "plain"
press = "newsprint-coldset"

[[page]]
number = 1
title = "小样"
stories = ["a.md"]
"""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ issue.title }}</title><link rel="stylesheet" href="page.css">
</head><body><main data-fill>
  <div class="head" data-flow="{{ story.headline.flow }}"></div>
  {% for part in [story.byline, story.credits, story.lede] if part %}
  <div class="head" data-flow="{{ part.flow }}"></div>
  {% endfor %}
  {% for name, word in page.folio.items() %}<div class="folio" data-flow="{{ word.flow }}"></div>{% endfor %}
  {% for section in story.sections %}
  {% if section.heading %}<div class="head" data-flow="{{ section.heading.flow }}"></div>{% endif %}
  <div class="{{ "level" if loop.first else "down" }}" data-flow="{{ section.body.flow }}"></div>
  {% endfor %}
</main></body></html>
"""
CSS = """@page { size: 210mm 297mm; margin: 0 }
* { margin: 0; padding: 0 }
body { font-family: "Song 400", "Hei 400"; line-height: 0; color: device-cmyk(0 0 0 1) }
main { margin: 30pt 40pt; width: 500pt; height: 750pt; line-height: 15pt }
.head, .folio { font-size: 10pt; line-height: 15pt; height: 15pt }
.level { font-size: 10pt; line-height: 15pt; width: 110pt; height: 300pt; text-align: justify; LEVEL }
.down { font-size: 10pt; line-height: 18pt; width: 480pt; height: 110pt; text-align: left; --vertical: 1; DOWN }
"""


def make_issue(
    folder: Path, level: str, down: str = "", *, style: str = "", front: str = "", opening: str = ""
) -> Path:
    """The issue's folder: *level* and *down* are the copy of the two frames, *style* more CSS for both; *front* is more
    front matter, *opening* what stands before the first heading.
    """
    (folder / "plain").mkdir(parents=True)
    (folder / "issue.toml").write_text(ISSUE, encoding="utf-8")
    (folder / "plain" / "page.html").write_text(PAGE, encoding="utf-8")
    css = CSS.replace("LEVEL", style).replace("DOWN", style)
    (folder / "plain" / "page.css").write_text(css, encoding="utf-8")
    copy = f"---\nheadline: 题\n{front}---\n{opening}\n## 横\n{level}\n" + (f"\n## 竖\n{down}\n" if down else "")
    (folder / "a.md").write_text(copy, encoding="utf-8")
    return folder


def several_pages(folder: Path, count: int) -> Path:
    """The folder of an issue of *count* pages, each with copy of its own; the text does not fill them."""
    make_issue(folder, "时光无言，实干有声。" * 9, "水到渠成。" * 7)
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    head, _, page = plan.partition("[[page]]")
    copy = (folder / "a.md").read_text(encoding="utf-8")
    for number in range(1, count + 1):
        (folder / f"{number}.md").write_text(copy.replace("有声", f"有声{number}"), encoding="utf-8")
        head += "[[page]]" + page.replace("number = 1", f"number = {number}").replace("a.md", f"{number}.md")
    (folder / "a.md").unlink()
    (folder / "issue.toml").write_text(head, encoding="utf-8")
    return folder


def built(folder: Path) -> Built:
    """The issue, built beside its folder."""
    return build(folder, Options(out=folder.parent / "out"))
