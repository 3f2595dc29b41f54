"""The gallery of make-up: twelve pages of invented copy, the six kinds on both sheets, and one sheet of all of them.

``python -m makeup.gallery --out build/gallery`` (``make gallery``) writes a PDF for each, ``gallery.pdf`` and
``gallery.png``. Places, people and figures are those of ``drawn_words.toml``: made up; pictures are the shipped ones.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from drawn_issues import filled, paragraph
from in_place import build
from layout.checks import Severity
from layout.pipeline import Options
from layout.proof.sheet import contact_sheet
from makeup.printed_page import listed, read_page
from makeup.scorecard import card

PICTURES = {
    "autumn-ridge.jpg": "秋日的南山，山脊上的林子一半黄了",
    "forest-stream.jpg": "护林员沿着溪流巡山，一天要走十五公里",
    "mountain-meadow.jpg": "山间的草场，往年这时候只有牧人上得来",
    "sunset-hills.jpg": "落日下的云台山",
    "dandelion-meadow.jpg": "河滩上的蒲公英开了。清淤以后，这片滩地种上了草，成了城里人周末的去处",
    "suspension-bridge-night.jpg": "老渡口的桥上了灯",
}  # fmt: skip
"""Of ``images/``, with what they show, in few words and in many: landscapes, nobody's face; those that a newspaper
prints large."""
CREDITS = ("示例　摄", "本报记者　示例　摄", "资料图片")
PAPER = "青禾报"
"""The newspaper, made up as all else."""
SCALE = 3.0
"""Pixels to the point of the sheet that shows all: an A4 of 2,500 × 1,800."""
TABLE = """\
| 项目 | 去年 | 今年 |
| --- | --- | --- |
| 水田 | 7.9 | 8.4 |
| 冷库 | 12 | 19 |
| 公路 | 31.5 | 46 |
| 校舍 | 8 | 11 |"""
FIGURES = ("全县水浇地有8.4万亩。", "禾水全长46公里。", "今年新修公路31.5公里。", "新建冷库19座。")
QUOTED = ("全县水浇地有{8.4}万亩", "禾水全长{46}公里", "今年新修公路{31.5}公里", "新建冷库{19}座")

QUESTIONS = ("您种树多少年了？", "一天要走多少路？", "园子和从前有什么不一样？", "最难的是哪一年？", "谁来接您的班？",
             "树病了怎么办？", "城里人常来问什么？", "今年种什么？")  # fmt: skip
"""What is asked in an interview."""


@dataclass(frozen=True)
class GalleryStory:
    """A story of the gallery: *has* names what it has besides copy: kicker, deck, decks (three), note, figures, table,
    headings, dialogue.
    """

    headline: str
    length: int
    """In characters."""
    has: tuple[str, ...] = ()
    shots: int = 0
    pin: str = ""
    """Lines of its ``[[page.pin]]``."""

    def markdown(self, choose: random.Random) -> str:
        """The manuscript."""
        head = {"headline": self.headline}
        head |= {name: filled(choose, f"{name}s") for name in ("kicker", "deck") if name in self.has}
        if "decks" in self.has:
            head["deck"] = json.dumps([filled(choose, "decks") for _ in range(3)], ensure_ascii=False)
        if "byline" in self.has:
            head["byline"] = f"本报记者　{filled(choose, 'people')}"
        if "note" in self.has:
            head["editor_note"] = filled(choose, "notes") + "来自一线的见闻，写的是路、水、田和人。"
        if "figures" in self.has:
            head["figures"] = json.dumps(QUOTED, ensure_ascii=False)
        blocks = ["\n".join(["---", *(f"{key}: {value}" for key, value in head.items()), "---"])]
        blocks += ["".join(FIGURES)] if "figures" in self.has else []
        left, count = self.length, 0
        while left > 25:
            if "headings" in self.has and count % 3 == 2:
                blocks.append(f"## {filled(choose, 'headings')}")
            words = paragraph(choose, min(left, choose.choice((60, 90, 140))))
            if "dialogue" in self.has:
                words = f"**记者：{QUESTIONS[count // 2 % len(QUESTIONS)]}**" if count % 2 == 0 else f"老园丁：{words}"
            blocks.append(words)
            left -= len(blocks[-1])
            count += 1
        blocks += [TABLE] if "table" in self.has else []
        return "\n\n".join(blocks) + "\n"


@dataclass(frozen=True)
class GalleryPage:
    """A page: its name, sheet and stories; *loose* pictures of no story."""

    name: str
    sheet: str
    stories: tuple[GalleryStory, ...]
    loose: int = 0
    kind: str = "auto"
    design: str = "yaowen"
    number: int = 2

    def write(self, folder: Path) -> Path:
        """The issue, in *folder*."""
        choose = random.Random(f"gallery/{self.name}")
        folder.mkdir(parents=True, exist_ok=True)
        owners: list[str] = []
        pins: list[str] = []
        for number, story in enumerate(self.stories, 1):
            name = f"s{number:02}.md"
            (folder / name).write_text(story.markdown(choose), encoding="utf-8")
            owners += [name] * story.shots
            pins += ["", "[[page.pin]]", f'story = "{name}"', *story.pin.splitlines()] if story.pin else []
        owners += [""] * self.loose
        names = [f"s{number:02}.md" for number in range(1, len(self.stories) + 1)]
        lines = ['title = "要闻"', "date = 2026-03-06", f'design = "{self.design}"', f'sheet = "{self.sheet}"',
                 'press = "newsprint-coldset"', f'paper = "{PAPER}"', "",
                 "[[page]]", f"number = {self.number}", 'title = "要闻"',
                 f'kind = "{self.kind}"', f"stories = {json.dumps(names)}",
                 f"pictures = {json.dumps([f'p{number}' for number in range(1, len(owners) + 1)])}"]  # fmt: skip
        lines += pins
        first = choose.randrange(len(PICTURES))
        for number, owner in enumerate(owners, 1):
            file, caption = list(PICTURES.items())[(first + number) % len(PICTURES)]
            lines += ["", "[[picture]]", f'id = "p{number}"', f'file = "images:{file}"']
            lines += [f'story = "{owner}"'] if owner else []
            lines += [f'caption = "{caption}"', f'credit = "{CREDITS[number % len(CREDITS)]}"']
        (folder / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder


def gallery_pages() -> tuple[GalleryPage, ...]:
    """The pages of ``gallery.toml``."""
    pages = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["page"]
    return tuple(GalleryPage(**{**page, "stories": tuple(map(_story, page["stories"]))}) for page in pages)


def _story(row: dict[str, Any]) -> GalleryStory:
    return GalleryStory(**{**row, "has": tuple(row.get("has", ()))})


def made(page: GalleryPage, folder: Path) -> bytes:
    """The PDF of *page*, built in *folder*; its marks and what is not clean are written to the standard error."""
    issue = page.write(folder / page.name)
    built = build(issue, Options(out=folder / f"{page.name}-out", png=False))
    print(card(page.name, read_page(built.pdf.read_bytes(), listed(issue))), file=sys.stderr)
    for each in built.findings:
        if each.severity >= Severity.WARNING:
            print(f"{page.name}: {each.check}: {each.message.en[:160]}", file=sys.stderr)
    return built.pdf.read_bytes()


def gallery(pages: Sequence[GalleryPage], out: Path) -> None:
    """Writes every page and the sheet of all into *out*."""
    work = out / "issues"
    shutil.rmtree(work, ignore_errors=True)
    joined = pikepdf.Pdf.new()
    for page in pages:
        pdf = made(page, work)
        (out / f"{page.name}.pdf").write_bytes(pdf)
        with pikepdf.open(BytesIO(pdf)) as own:
            joined.pages.extend(own.pages)
    joined.save(out / "gallery.pdf", deterministic_id=True)
    labels = [page.name for page in pages]
    sheet = pypdfium2.PdfDocument(contact_sheet(out / "gallery.pdf", "要闻 · yaowen", labels))
    sheet[0].render(scale=SCALE).to_pil().save(out / "gallery.png")


def main() -> None:
    """The gallery, or the pages that are named."""
    parser = argparse.ArgumentParser(description=gallery.__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    gallery([page for page in gallery_pages() if page.name in given.names or not given.names], given.out)


if __name__ == "__main__":
    main()
