"""Issues in the program's own designs, of any copy and number of pictures, and their pages as the PDF shows them."""

import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from in_place import build
from layout import assets
from layout.pipeline import Options
from makeup.support import SHAPES, Glyph, Made, copy_text, overlaps, words

BODY = "Song-400"


@dataclass(frozen=True)
class Look:
    """A design's geometry, as its CSS says: type area, grid row, body size, pitch of the columns."""

    design: str
    area: tuple[float, float, float, float]
    """Left, top, width, height of the type area, in points."""
    row: float
    sizes: tuple[float, ...]
    """Of the body: as designed, and its steps."""
    pitch: float


RIVER = Look("tabloid-river", (45.0, 57.0, 689.5, 994.0), 14.0, (9.5,), 141.5)
LIANGHUI = Look("lianghui-broadsheet", (57.76, 65.197, 990.0, 1395.0), 15.0, (10.0,), 168.0)

FIGURES = {
    "feature": [
        "全年{28%}", "共有{几十}处", "管网{11.8%}", "老管{23公里}", "漫灌{96}", "畦灌{62}", "喷灌{41}",
        "{清水慢走，浑水快跑。}",
    ],
    "report": [
        *(f"{k}月{{{k + 1}.5}}" for k in range(1, 9)), "农田{62%}", "生态{26%}", "工业{12%}", "{清水慢走，浑水快跑。}",
    ],
    "front": ["全长{46公里}", "面积{612平方公里}", "沿河{37个村}"],
    "gallery": [],
}  # fmt: skip
WORDS = {
    "feature": {"numbers": "数说", "bars": "一次用多少水"},
    "report": {"line": "一条河的心电图", "donut": "水给了谁"},
    "front": {"nameplate": "读河", "label": "河流专刊", "guide": "导读", "index-2": "来路", "index-2-page": "第2版"},
    "gallery": {},
}


@dataclass(frozen=True)
class Story:
    """A story for a page of ``tabloid-river``; what is left out of it the page must do without."""

    kind: str
    characters: int
    sections: int = 4
    headline: str = "一条小河的来路"
    kicker: bool = True
    deck: bool = True
    lede: bool = True
    credits: bool = False
    figures: bool = True
    opening: int = 90
    """Characters of its lede."""

    def markdown(self) -> str:
        """The manuscript."""
        quoted = FIGURES[self.kind] if self.figures else []
        named = WORDS[self.kind] if self.figures or self.kind == "front" else {}
        head = ["---", f"headline: {self.headline}"]
        head += ["kicker: 流域手记"] * self.kicker + ["deck: 从雪线到水龙头，它停了四站"] * self.deck
        head += ["credits: 文字/张三 图片/李四"] * self.credits
        head += ["figures:", *(f'  - "{figure}"' for figure in quoted)] if quoted else []
        head += ["words:", *(f"  {name}: {word}" for name, word in named.items())] if named else []
        copy = _paragraphs()
        body = ["---", ""] + [words(self.opening), ""] * self.lede
        each = self.characters // max(1, self.sections)
        for number in range(self.sections):
            body += [f"## 第{'一二三四五六七八'[number]}站 **山上**的水", ""] if self.sections > 1 else []
            if number == 0 and quoted:
                body += ["，".join(figure.replace("{", "").replace("}", "") for figure in quoted[:-1]) + "。", ""]
                body += [quoted[-1].replace("{", "").replace("}", "") + "。" * (quoted[-1][-2] != "。"), ""]
            body += [part for _ in range(max(1, each // 110)) for part in (next(copy), "")]
        return "\n".join([*head, *body])


def _paragraphs() -> Iterator[str]:
    """Paragraphs of 110 characters, no two alike: what is lost of such copy can be told."""
    for number in count():
        text = copy_text()[(109 * number) % 1700 :][:108].rstrip("，、：；“（《—…").ljust(108, "全")
        yield "甲乙丙丁戊己庚辛壬癸"[number % 10] + text.translate({ord(mark): None for mark in "“”‘’（）《》"}) + "。"


Sizes = Sequence[tuple[int, int]]
"""Width and height of pictures in pixels, used in turn."""


def river(
    folder: Path,
    story: Story,
    pictures: int,
    manuscript: str = "",
    *,
    sizes: Sizes = SHAPES,
    title: str = "要闻",
    number: int = 1,
) -> Made:
    """One page of ``tabloid-river``, built; *manuscript*: instead of the story's own."""
    issue = folder / "issue"
    issue.mkdir(parents=True)
    (issue / "story.md").write_text(manuscript or story.markdown(), encoding="utf-8")
    return _made(issue, RIVER, story.kind, pictures, sizes, title, number)


def lianghui(folder: Path, manuscript: str, pictures: int, sizes: Sizes = SHAPES) -> Made:
    """A page of ``lianghui-broadsheet``, built."""
    issue = folder / "issue"
    issue.mkdir(parents=True)
    (issue / "story.md").write_text(manuscript, encoding="utf-8")
    return _made(issue, LIANGHUI, "page", pictures, sizes)


def _made(issue: Path, look: Look, kind: str, pictures: int, sizes: Sizes, title: str = "要闻", page: int = 1) -> Made:
    lines = ['title = "试排"', "date = 2026-02-05", f'design = "{look.design}"', 'press = "newsprint-coldset"']
    shown = ", ".join(f'"p{number}"' for number in range(pictures))
    lines += ["", "[[page]]", f"number = {page}", f'title = "{title}"', f'kind = "{kind}"', 'stories = ["story.md"]']
    lines += [f"pictures = [{shown}]"]
    for number in range(pictures):
        Image.new("RGB", sizes[number % len(sizes)], (60 + 4 * number, 120, 90)).save(issue / f"p{number}.png")
        lines += ["", "[[picture]]", f'id = "p{number}"', f'file = "p{number}.png"']
        lines += [f'caption = "图片说明之{number + 1}"', 'credit = "记者 张三 摄"']
    (issue / "issue.toml").write_text("\n".join(lines), encoding="utf-8")
    built = build(issue, Options(out=issue.parent / "out", png=False))
    return Made(built, built.pdf.read_bytes())


class Shown:
    """A finished page: its glyphs with their faces, and its photographs' boxes."""

    def __init__(self, made: Made, look: Look):
        self.made, self.look = made, look
        self.left, self.top, self.width, self.height = look.area
        self.glyphs: list[Glyph] = []
        self.faces: list[str] = []
        self.images: list[tuple[float, float, float, float]] = []
        self._read()

    def _read(self) -> None:
        page = pypdfium2.PdfDocument(self.made.pdf)[0]
        text = page.get_textpage()
        left, top = page.get_trimbox()[0], page.get_trimbox()[3]
        self.lowest = _lowest(page) - (page.get_height() - top)
        for number in range(text.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(text, number))
            if character.isspace() or pdfium.FPDFText_IsGenerated(text, number):
                continue
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, number, x, y)
            west, south, east, north = text.get_charbox(number)
            ink = (west - left, top - north, east - left, top - south)
            size = pdfium.FPDFText_GetFontSize(text, number)
            self.glyphs.append(Glyph(character, x.value - left, top - y.value, size, ink))
            name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(text, number, name, 64, flags)
            self.faces.append(name.value.decode().split("+")[-1])
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8):
            west, south, east, north = item.get_bounds()
            self.images.append((west - left, top - north, east - left, top - south))

    @cached_property
    def body(self) -> list[Glyph]:
        """The characters of running text, in whichever of the design's sizes the page came out."""
        own = [glyph for glyph, face in zip(self.glyphs, self.faces, strict=True) if face == BODY]
        (size, _), *_ = Counter(round(glyph.size, 2) for glyph in own).most_common(1)
        assert size in self.look.sizes, size
        return [glyph for glyph in own if abs(glyph.size - size) < 0.01]

    @cached_property
    def columns(self) -> dict[int, list[float]]:
        """The baselines of running text, by column."""
        found: dict[int, set[float]] = defaultdict(set)
        for glyph in self.body:
            found[int((glyph.x - self.left + 2) // self.look.pitch)].add(round(glyph.y, 2))
        return {column: sorted(baselines) for column, baselines in sorted(found.items())}

    def amounts(self, check: str, key: str) -> list[float]:
        """What the findings of *check* measured."""
        return [float(str(each[key])) for each in self.made.found(check) if key in each]

    def assert_sound(self) -> None:
        """Inside the type area, nothing over another, nothing over a photograph, the text on the grid, nothing lost."""
        for glyph in self.glyphs:
            left, top, right, bottom = glyph.ink
            assert self.left - 0.6 < left < right < self.left + self.width + 0.6, glyph
            assert self.top - 0.6 < top < bottom < self.top + self.height + 0.6, glyph
            for image in self.images:
                apart = (
                    left > image[2] - 0.3 or right < image[0] + 0.3 or top > image[3] - 0.3 or bottom < image[1] + 0.3
                )
                assert apart, (glyph, image)
        for image in self.images:
            assert self.left - 0.6 < image[0] < image[2] < self.left + self.width + 0.6, image
            assert self.top - 0.6 < image[1] < image[3] < self.top + self.height + 0.6, image
        assert not self.made.found("page.overfull")
        assert not list(overlaps(self.glyphs))
        assert not list(_crossing(self.images)), self.images
        offsets = {round((glyph.y - self.top) % self.look.row, 1) for glyph in self.body}
        assert max(offsets) - min(offsets) < 0.11, offsets
        self.assert_accounted()

    def assert_accounted(self) -> None:
        """Nothing lost: all of the copy stands there, or the findings say to the character how much does not."""
        told, cut = self.made.built.report["characters"], self.amounts("page.overset", "characters")
        assert not self.made.found("text.complete")
        assert told["manuscript"] - told["set"] <= sum(cut)
        assert not self.made.found("text.order", "text.extra")

    def assert_in(self, frame: tuple[float, float, float, float], words: str) -> None:
        """All of *words* stands there, every glyph of it in *frame*: left, top, width, height in points."""
        wanted = "".join(words.split())
        sizes = sorted({glyph.size for glyph in self.glyphs}, reverse=True)
        line = next((own for own in map(self._sized, sizes) if wanted in "".join(each.text for each in own)), None)
        assert line is not None, wanted
        start = "".join(each.text for each in line).index(wanted)
        left, top, width, height = frame
        for glyph in line[start : start + len(wanted)]:
            assert left - 0.6 < glyph.ink[0] < glyph.ink[2] < left + width + 0.6, glyph
            assert top - 0.6 < glyph.ink[1] < glyph.ink[3] < top + height + 0.6, glyph

    def _sized(self, size: float) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if abs(glyph.size - size) < 0.01]

    def assert_level(self, *parts: Sequence[int]) -> None:
        """In each part of the page all columns of text end on one row, but for what findings say is empty, and for
        those that a picture ends.
        """
        empty = sum(self.amounts("page.column_short", "lines")) + sum(self.amounts("page.underset", "lines")) + 3
        for part in parts:
            feet = [self.columns[column][-1] for column in part if column in self.columns and not self._ends(column)]
            gap = (max(feet) - min(feet)) / self.look.row if feet else 0.0
            assert gap <= empty + 0.01, (part, feet, empty)

    def _ends(self, column: int) -> bool:
        """Whether a picture stands below the text of *column*."""
        left = self.left + column * self.look.pitch
        return any(image[0] < left + 50 < image[2] and image[1] > self.columns[column][-1] for image in self.images)

    def assert_full(self) -> None:
        """What is lowest on the page ends with the type area; or a finding says how far it is from that."""
        lowest = self.lowest
        foot = sum(self.amounts("page.underset", "rows")) * self.look.row
        short = sum(self.amounts("page.underset", "lines")) * self.look.row
        assert self.top + self.height - lowest - foot - short < 2.5 * self.look.row, (lowest, foot)


def _lowest(page: pypdfium2.PdfPage) -> float:
    """How far down the page, in points from its trimmed head, anything is painted."""
    tones = page.render(scale=1).to_pil().convert("L").point(lambda tone: 255 * (tone < 250))
    box = tones.crop((60, 0, tones.width - 60, tones.height)).getbbox()
    assert box
    return float(box[3])


def _crossing(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[object, object]]:
    return [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.3 and min(one[3], other[3]) - max(one[1], other[1]) > 0.3
    ]


def tunliu(share: float, headline: str = "", *, bare: bool = False) -> str:
    """The sample's manuscript with so much of its copy, or more; *bare*: without credits, words, and figures."""
    text = (assets.root() / "issues" / "tunliu-2026" / "tunliu.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    if share != 1 or bare:
        head = head[: head.index("# 数说")] + head[head.index("# 专名") :]
    if bare:
        head = "\n".join(line for line in head.splitlines() if line.startswith("headline")) + "\n"
    if headline:
        head = "\n".join(f"headline: {headline}" if line.startswith("headline") else line for line in head.splitlines())
    parts = [_scaled(part, share, number) for number, part in enumerate(body.strip().split("\n\n"))]
    return "---\n" + head.strip() + "\n---\n\n" + "\n\n".join(parts) + "\n"


def _scaled(part: str, share: float, number: int) -> str:
    """A paragraph with so much of its characters; short ones, the lede and headings stay as they are."""
    if number == 0 or len(part) < 120 or part.startswith("#") or share == 1:
        return part
    if share < 1:
        return part[: int(len(part) * share)].rstrip("，、：；“（《—…*") + "。"
    more = copy_text()[200 + 97 * number :][: int(len(part) * (share - 1))].rstrip("，、：；“（《—…")
    return part + more.translate({ord(mark): None for mark in "“”‘’（）《》"}) + "。"
