"""The closing table of a build: what was made, is every character there, how sharp is it, how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from layout.cli.speech import Say, sayer
from layout.errors import Lang
from layout.preview.stages import stage_name

if TYPE_CHECKING:
    from layout.build import Built


def summary(built: Built, lang: Lang) -> tuple[Table, str, Table]:
    """One row per page, and below them one line each for pictures, fonts, files and seconds."""
    say = sayer(lang)
    pages = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0))
    for title in (say("版", "page"), say("版名", "title"), say("版面 mm", "sheet mm")):
        pages.add_column(title)
    for title in (say("稿件字数", "copy"), say("已排", "set"), say("溢文", "overset"), say("行", "lines")):
        pages.add_column(title, justify="right")
    for page in built.report["pages"]:
        pages.add_row(*_page(page))
    facts = Table.grid(padding=(0, 2, 0, 0))
    for name, value in _facts(built, lang, say):
        facts.add_row(name, value)
    return pages, "", facts


def _page(page: Mapping[str, Any]) -> Iterator[str]:
    characters = page["characters"]
    yield str(page["number"])
    yield str(page["title"])
    yield f"{page['width_mm']:g} × {page['height_mm']:g}"
    for key in ("manuscript", "set", "overset"):
        yield str(characters[key])
    yield str(page["lines"])


def _facts(built: Built, lang: Lang, say: Say) -> Iterator[tuple[str, str]]:
    pages = built.report["pages"]
    pictures = [f"{picture['id']} {picture['ppi']}" for page in pages for picture in page["pictures"]]
    if pictures:
        yield say("图片 ppi", "pictures, ppi"), say("，", ", ").join(pictures)
    fonts = sorted({font for page in pages for font in page["fonts"]})
    yield say("字体", "fonts"), say("，", ", ").join(fonts)
    yield say("成品", "files"), "  ".join(map(str, (built.pdf, *built.png, built.report_path)))
    stages = [
        f"{stage_name(stage, lang)} {seconds:.2f}" for stage, seconds in built.seconds.items() if stage != "total"
    ]
    yield say("用时", "seconds"), f"{built.seconds['total']:.2f} s: {say('，', ', ').join(stages)}"
