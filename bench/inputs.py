"""The same manuscript and photographs as a plain page for WeasyPrint and for Typst: six justified columns.

Both pages are written as their makers' manuals would have it. Neither has our design's drawings, CMYK or preflight.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path

from layout.fontbook import Fontbook
from layout.issue import Issue, PagePlan, read_issue
from layout.manuscript.model import Story

WIDTH, HEIGHT, COLUMNS, GAP = "390mm", "540mm", 6, "18pt"
MARGIN = "23mm 20.4mm"
SIZE, LEADING = 10, 15


def blocks(story: Story) -> Iterator[tuple[str, str]]:
    """The story as (kind, text): heading or paragraph, in reading order."""
    for text in (story.lede, *(part for section in story.sections for part in (section.heading, section.body))):
        for paragraph in text.paragraphs:
            yield ("heading" if paragraph.kind == "heading" else "text"), paragraph.text
    for text in (story.closing, story.text("credits")):
        for paragraph in text.paragraphs:
            yield "text", paragraph.text


def spread(page: PagePlan) -> Iterator[tuple[str, str]]:
    """The blocks of a page with its pictures between them: (kind, text or path)."""
    story = list(blocks(page.stories[0]))
    places = {(number + 1) * len(story) // (len(page.pictures) + 1): one for number, one in enumerate(page.pictures)}
    for number, block in enumerate(story):
        if number in places:
            yield "picture", str(places[number].path)
            yield "caption", places[number].caption.text
        yield block


def write_html(issue: Issue, fontbook: Fontbook, target: Path) -> None:
    """Its pages with CSS columns and the faces as @font-face."""
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("{face.path.as_uri()}") }}\n'
        for face in fontbook.faces.values()
    )
    pages = '<div style="break-before: page"></div>'.join(map(_html_of, issue.pages))
    target.write_text(
        f"""<!doctype html><html lang="zh"><meta charset="utf-8"><title>{html.escape(issue.title)}</title><style>
{faces}
@page {{ size: {WIDTH} {HEIGHT}; margin: {MARGIN} }}
body {{ margin: 0; font: {SIZE}pt/{LEADING}pt "Song 400" }}
h1 {{ font: 56pt/84pt "Song 900"; margin: 0; text-align: center }}
main {{ columns: {COLUMNS}; column-gap: {GAP}; text-align: justify }}
h2 {{ font: 15pt/22.5pt "Hei 900"; margin: 0 }}
p {{ margin: 0; text-indent: 2em }}
img {{ width: 100%; display: block }}
figcaption {{ font: 8pt/15pt "Hei 400" }}
</style>{pages}</html>
""",
        encoding="utf-8",
    )


def _html_of(page: PagePlan) -> str:
    tags = {"heading": "h2", "text": "p", "caption": "figcaption"}
    body = "".join(
        f'<img src="{Path(text).as_uri()}" alt="">'
        if kind == "picture"
        else f"<{tags[kind]}>{html.escape(text)}</{tags[kind]}>"
        for kind, text in spread(page)
    )
    return f"<h1>{html.escape(page.stories[0].headline.text)}</h1><main>{body}</main>"


def write_typst(issue: Issue, target: Path) -> None:
    """The same pages in Typst's markup. Its project root is the root of the file system."""
    pages = "\n#pagebreak()\n".join(map(_typst_of, issue.pages))
    target.write_text(
        f"""#set page(width: {WIDTH}, height: {HEIGHT}, margin: (x: 20.4mm, y: 23mm))
#set text(font: "Song 400", size: {SIZE}pt, lang: "zh", region: "cn", top-edge: "ascender", bottom-edge: "descender")
#set par(justify: true, leading: {LEADING - SIZE}pt, spacing: {LEADING - SIZE}pt)
#set par(first-line-indent: (amount: 2em, all: true))
#let para(body) = [#body #parbreak()]
#let head(body) = block(spacing: {LEADING - SIZE}pt, text(font: "Hei 900", size: 15pt, body))
#let cap(body) = block(spacing: {LEADING - SIZE}pt, text(font: "Hei 400", size: 8pt, body))
#let pic(path) = block(image(path, width: 100%))
{pages}
""",
        encoding="utf-8",
    )


def _typst_of(page: PagePlan) -> str:
    functions = {"heading": "head", "text": "para", "caption": "cap", "picture": "pic"}
    body = "\n".join(f"#{functions[kind]}({json.dumps(text, ensure_ascii=False)})" for kind, text in spread(page))
    head = json.dumps(page.stories[0].headline.text, ensure_ascii=False)
    return f"""#align(center, text(font: "Song 900", size: 56pt)[#{head}])
#columns({COLUMNS}, gutter: {GAP})[
{body}
]"""


def write_long(folder: Path, fonts: Path, target: Path) -> None:
    """All pages of the issue in *folder*, in *target* as ``long.html`` and ``long.typ``."""
    issue = read_issue(folder)
    write_html(issue, Fontbook(fonts), target / "long.html")
    write_typst(issue, target / "long.typ")


def write_inputs(folder: Path, fonts: Path, target: Path) -> None:
    """Both pages of the issue in *folder*, in *target* as ``page.html`` and ``page.typ``."""
    issue = read_issue(folder)
    write_html(issue, Fontbook(fonts), target / "page.html")
    write_typst(issue, target / "page.typ")
