"""Type that CSS styles at random: the build finds unseen what poppler does not show, and nothing else.

The judge draws the built file with poppler, and a copy of it whose strings are taken out of the content streams, and
counts in each frame's cell the pixels that have changed. It knows neither PDFium nor the design.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from in_place import build
from layout.pipeline import Options
from soak import amount

CELLS, ROWS, WIDE, HIGH = 5, 4, 80, 50
ON_PAGE = CELLS * ROWS
PLAINLY, HARDLY = 0.02, 0.001
"""Share of a cell's pixels that have plainly changed from which there is type to read; share of those that have changed
at all up to which there is none.
"""
PLAIN, AT_ALL = 55, 12
"""Change of a pixel's luma (of 255) that is plain, and that is one at all."""

ISSUE = """title = "样"
date = 2026-02-05
design = "d"
press = "newsprint-coldset"

[[page]]
number = 1
title = "样"
stories = ["a.md"]
"""
CSS = f"""@page {{ size: {CELLS * WIDE + 40}pt {ROWS * HIGH + 60}pt; margin: 0 }}
* {{ margin: 0; padding: 0 }}
body {{ font-family: "Song 400", "Hei 400"; line-height: 0; color: device-cmyk(0 0 0 1) }}
main {{ position: relative; margin: 30pt 20pt; width: {CELLS * WIDE}pt; height: {ROWS * HIGH}pt; line-height: 15pt }}
.f {{ position: absolute; top: -15pt; width: 90pt; height: 15pt; font-size: 8pt }}
.c {{ position: absolute; width: {WIDE}pt; height: {HIGH}pt; --hole: free }}
.c div {{ height: {HIGH}pt; font-family: "Hei 900" }}
"""
INKS = ("0 0 0 1", "0 0 0 0", "0 0 0 .01", "0 1 1 0", "1 .6 0 0", "0 0 0 .5", ".03 .02 0 0", "0 .5 0 0")
GROUNDS = (None, None, None, "0 0 0 1", "0 0 0 0", "0 1 1 0", "1 .6 0 0", "0 0 0 .5")
ALPHAS = (1, 1, 1, 1, 0.6, 0.02, 0)
SIZES = (6, 9, 14, 20)


def style(choose: random.Random) -> str:
    ink, alpha, size = choose.choice(INKS), choose.choice(ALPHAS), choose.choice(SIZES)
    colour = "transparent" if choose.random() < 0.06 else f"device-cmyk({ink} / {alpha})"
    ground = choose.choice(GROUNDS)
    tint = f";background:device-cmyk({ground})" if ground else ""
    return f"color:{colour};font-size:{size}pt;line-height:{round(1.5 * size, 1)}pt{tint}"


def write_issue(folder: Path, styles: list[str]) -> Path:
    (folder / "d").mkdir(parents=True)
    (folder / "issue.toml").write_text(ISSUE, encoding="utf-8")
    words = "".join(f"  w{n}: 字看得见吗\n" for n in range(len(styles)))
    (folder / "a.md").write_text(f"---\nheadline: 题\nwords:\n{words}---\n\n正文。\n", encoding="utf-8")
    (folder / "d" / "page.css").write_text(CSS, encoding="utf-8")
    cells = "".join(
        f'<div class="c" style="left:{WIDE * (n % CELLS)}pt;top:{HIGH * (n // CELLS)}pt">'
        f'<div style="{each}" data-flow="{{{{ story.words.w{n}.flow }}}}"></div></div>'
        for n, each in enumerate(styles)
    )
    (folder / "d" / "page.html").write_text(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="stylesheet" href="page.css"></head>'
        '<body><main data-fill><div class="f" data-flow="{{ story.headline.flow }}"></div>'
        '<div class="f" style="left:300pt" data-flow="{{ story.lede.flow }}"></div>'
        '{% for name, word in page.folio.items() %}<div class="f" style="left:{{ loop.index * 95 }}pt"'
        f' data-flow="{{{{ word.flow }}}}"></div>{{% endfor %}}{cells}</main></body></html>',
        encoding="utf-8",
    )
    return folder


def without_strings(pdf: Path, target: Path) -> None:
    with pikepdf.open(pdf) as document:
        page = document.pages[0]
        left = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in {"Tj", "TJ"}]
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(left))
        document.save(target)


def drawn(pdf: Path) -> Image.Image:
    subprocess.run(["pdftoppm", "-r", "144", "-singlefile", pdf.name, pdf.stem], cwd=pdf.parent, check=True)
    with Image.open(pdf.with_suffix(".ppm")) as picture:
        return picture.convert("RGB")


def readable(folder: Path, pdf: Path, offset: tuple[float, float]) -> list[bool | None]:
    """Whether there is type to read in each cell; ``None`` where that is left open."""
    without_strings(pdf, folder / "bare.pdf")
    shutil.copy(pdf, folder / "whole.pdf")
    apart = ImageChops.difference(drawn(folder / "whole.pdf"), drawn(folder / "bare.pdf"))
    luma = apart.convert("L")
    found: list[bool | None] = []
    for n in range(ON_PAGE):
        left, top = offset[0] + WIDE * (n % CELLS), offset[1] + HIGH * (n // CELLS)
        cell = luma.crop((round(2 * left), round(2 * top), round(2 * (left + WIDE)), round(2 * (top + HIGH))))
        counts, pixels = cell.histogram(), cell.width * cell.height
        if sum(counts[PLAIN:]) >= PLAINLY * pixels:
            found.append(True)
        else:
            found.append(False if sum(counts[AT_ALL:]) <= HARDLY * pixels else None)
    return found


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no poppler here")
def test_the_build_sees_what_poppler_shows(tmp_path: Path) -> None:
    unseen = seen = left_open = 0
    for seed in range(amount(sample=1, full=50)):
        choose = random.Random(seed)
        styles = [style(choose) for _ in range(ON_PAGE)]
        folder = tmp_path / str(seed)
        built = build(write_issue(folder / "issue", styles), Options(out=folder / "out", png=False))
        with pikepdf.open(built.pdf) as document:
            page = document.pages[0]
            trim, media = ([float(side) for side in box] for box in (page.trimbox, page.mediabox))
        shows = readable(folder, built.pdf, (trim[0] - media[0] + 20, media[3] - trim[3] + 30))
        lost = [box for each in built.findings if each.check == "text.invisible" for box in each.boxes]
        for n, shown in enumerate(shows):
            left, top = 20 + WIDE * (n % CELLS), 30 + HIGH * (n // CELLS)
            is_lost = any(left - 1 <= box.x < left + WIDE and top - 1 <= box.y < top + HIGH for box in lost)
            if shown is None:
                left_open += 1
                continue
            assert is_lost is not shown, (seed, n, styles[n])
            unseen, seen = unseen + is_lost, seen + (not is_lost)
    assert left_open < 0.35 * (unseen + seen)
    assert min(unseen, seen) > 0.15 * (unseen + seen)
