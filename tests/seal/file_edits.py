"""Finished files as people and programs change them: one random edit each, drawn by a seed.

Each edit takes the open file, the page and the draw, changes what is printed there, and says in words what it did; it
gives None where the page has nothing of the kind.
"""

from __future__ import annotations

import re

# ruff: noqa: ARG001  (each edit takes what any of them needs)
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Page, Pdf, String

Instructions = list[tuple[list[Any], Operator]]
Edit = Callable[[Pdf, Page, Random], "str | None"]

DIGITS = "0123456789"


@dataclass(frozen=True)
class Shown:
    """Characters that one instruction shows: which instruction, which string in it, their codes and what they read."""

    at: int
    part: int
    codes: tuple[int, ...]
    reads: tuple[str, ...]
    font: str


def instructions(page: Page) -> Instructions:
    """What the page's content says."""
    return [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(page)]


def written(pdf: Pdf, page: Page, content: Instructions) -> None:
    """Puts *content* in the place of the page's."""
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))


def to_unicode(font: Any) -> Mapping[int, str]:
    """What each code of a font reads, by its ToUnicode."""
    found: dict[int, str] = {}
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return found


def shown(page: Page, content: Instructions) -> Iterator[Shown]:
    """All that the page's own text instructions show."""
    reads = {str(name): to_unicode(font) for name, font in page.Resources.Font.items()}
    font = ""
    for at, (operands, operator) in enumerate(content):
        if str(operator) == "Tf":
            font = str(operands[0])
        elif str(operator) == "TJ":
            for part, own in enumerate(operands[0]):
                if isinstance(own, String):
                    raw = bytes(own)
                    codes = tuple(int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2))
                    yield Shown(at, part, codes, tuple(reads[font].get(code, "") for code in codes), font)


def put(content: Instructions, where: Shown, codes: tuple[int, ...]) -> None:
    """Other *codes* in the place of those *where*."""
    parts = list(content[where.at][0][0])
    parts[where.part] = String(b"".join(code.to_bytes(2, "big") for code in codes))
    content[where.at] = ([Array(parts)], content[where.at][1])


def runs(content: Instructions) -> list[tuple[int, int]]:
    """Where each BT … ET begins and ends; WeasyPrint writes some that show nothing."""
    begun, shows, found = 0, False, []
    for at, (_, operator) in enumerate(content):
        if str(operator) == "BT":
            begun, shows = at, False
        elif str(operator) == "TJ":
            shows = True
        elif str(operator) == "ET" and shows:
            found.append((begun, at + 1))
    return found


# --- text --------------------------------------------------------------------------------------------------------


def a_digit_changed(pdf: Pdf, page: Page, draw: Random) -> str | None:
    return _other_character(pdf, page, draw, lambda char: char in DIGITS and bool(char))


def a_character_changed(pdf: Pdf, page: Page, draw: Random) -> str | None:
    return _other_character(pdf, page, draw, lambda char: bool(char.strip()))


def _other_character(pdf: Pdf, page: Page, draw: Random, which: Callable[[str], bool]) -> str | None:
    """In the place of one character another of its font, both of those *which* are meant."""
    content = instructions(page)
    found = [(each, i) for each in shown(page, content) for i, char in enumerate(each.reads) if which(char)]
    if not found:
        return None
    where, i = draw.choice(found)
    others = {char: code for code, char in to_unicode(page.Resources.Font[where.font]).items() if which(char)}
    others.pop(where.reads[i], None)
    if not others:
        return None
    char = draw.choice(sorted(others))
    put(content, where, (*where.codes[:i], others[char], *where.codes[i + 1 :]))
    written(pdf, page, content)
    return f"{where.reads[i]} → {char} in {''.join(where.reads)}"


def characters_swapped(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    found = [
        (each, i)
        for each in shown(page, content)
        for i in range(len(each.reads) - 1)
        if each.reads[i].strip() and each.reads[i + 1].strip() and each.reads[i] != each.reads[i + 1]
    ]
    where, i = draw.choice(found)
    one, other = where.codes[i : i + 2]
    put(content, where, (*where.codes[:i], other, one, *where.codes[i + 2 :]))
    written(pdf, page, content)
    return f"{where.reads[i]}{where.reads[i + 1]} swapped in {''.join(where.reads)}"


def a_line_dropped(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    first, last = draw.choice(runs(content))
    del content[first:last]
    written(pdf, page, content)
    return f"run {first} dropped"


def a_line_doubled_beside(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    first, last = draw.choice(runs(content))
    down = draw.choice([-40, 25, 60, 200])
    moved = [([], Operator("q")), ([1, 0, 0, 1, draw.choice([-30, 0, 20]), down], Operator("cm"))]
    content[last:last] = [*moved, *content[first:last], ([], Operator("Q"))]
    written(pdf, page, content)
    return f"run {first} set twice, {down} pt apart"


def a_line_doubled_upon_itself(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    first, last = draw.choice(runs(content))
    content[last:last] = content[first:last]
    written(pdf, page, content)
    return f"run {first} set twice on one spot"


def lines_exchanged(pdf: Pdf, page: Page, draw: Random) -> str | None:
    """Two lines that are set in different words change places."""
    content = instructions(page)
    places = [at for at, (_, operator) in enumerate(content) if str(operator) == "Tm"]
    one, other = sorted(draw.sample(places, 2))
    a, b = [list(map(float, content[at][0])) for at in (one, other)]
    content[one], content[other] = (
        ([*a[:4], *b[4:]], Operator("Tm")), ([*b[:4], *a[4:]], Operator("Tm")),
    )  # fmt: skip
    if a[4:] == b[4:]:
        return None
    written(pdf, page, content)
    return f"the lines at {a[4:]} and {b[4:]} exchanged"


def a_line_moved(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    at = draw.choice([at for at, (_, operator) in enumerate(content) if str(operator) == "Tm"])
    matrix = list(map(float, content[at][0]))
    by = draw.choice([-9.0, 3.0, 6.0, 40.0])
    content[at] = ([*matrix[:4], matrix[4] + by, matrix[5] + draw.choice([0.0, by])], Operator("Tm"))
    written(pdf, page, content)
    return f"a line moved by {by}"


def a_line_in_white(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    first, last = draw.choice(runs(content))
    before = [([], Operator("q")), ([0, 0, 0, 0], Operator("k"))]
    content[first:last] = [*before, *content[first:last], ([], Operator("Q"))]
    written(pdf, page, content)
    return f"run {first} in white"


def a_line_covered(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    first, last = draw.choice(runs(content))
    at = next(at for at in range(first, last) if str(content[at][1]) == "Tm")
    level = page_matrix(content, at)
    cover = [
        ([], Operator("q")), ([0, 0, 0, 0], Operator("k")), ([level[0] - 2, level[1] - 14, 60, 18], Operator("re")),
        ([], Operator("f")), ([], Operator("Q")),
    ]  # fmt: skip
    content[last:last] = cover
    written(pdf, page, content)
    return f"run {first} covered"


def page_matrix(content: Instructions, at: int) -> tuple[float, float]:
    """Where a line begins, in the space that its matrix stands in."""
    matrix = list(map(float, content[at][0]))
    return matrix[4], matrix[5]


def a_note_upon_it(pdf: Pdf, page: Page, draw: Random) -> str | None:
    left, bottom, right, top = map(float, page.trimbox)
    x, y = draw.uniform(left, right - 60), draw.uniform(bottom, top - 60)
    look = pdf.make_stream(b"1 1 1 rg 0 0 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 60, 60]))
    page.Annots = Array([
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([x, y, x + 60, y + 60]), F=4,
                                     AP=Dictionary(N=look)))
    ])  # fmt: skip
    return f"a note at {x:.0f}, {y:.0f}"


# --- pictures ----------------------------------------------------------------------------------------------------


def _images(page: Page) -> list[str]:
    objects = page.Resources.get(Name.XObject, {})
    return [str(name) for name, each in objects.items() if each.get(Name.Subtype) == Name.Image]


def _painted(page: Page, content: Instructions) -> list[int]:
    """The instructions that paint a picture."""
    names = _images(page)
    return [at for at, (operands, op) in enumerate(content) if str(op) == "Do" and str(operands[0]) in names]


def pictures_exchanged(pdf: Pdf, page: Page, draw: Random) -> str | None:
    found = [name for name in _images(page) if int(page.Resources.XObject[name].Width) > 100]
    if len(found) < 2:
        return None
    one, other = draw.sample(sorted(found), 2)
    objects = page.Resources.XObject
    objects[one], objects[other] = objects[other], objects[one]
    return "two pictures exchanged"


def a_picture_dropped(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    found = _painted(page, content)
    if not found:
        return None
    del content[draw.choice(found)]
    written(pdf, page, content)
    return "a picture dropped"


def a_picture_moved(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    found = _painted(page, content)
    if not found:
        return None
    at = draw.choice(found)
    by = draw.choice([0.05, 0.2, -0.1])
    content[at:at] = [([1, 0, 0, 1, by, 0], Operator("cm"))]
    written(pdf, page, content)
    return f"a picture moved by {by} of its width"


def a_picture_in_one_tone(pdf: Pdf, page: Page, draw: Random) -> str | None:
    found = _images(page)
    if not found:
        return None
    image = page.Resources.XObject[draw.choice(sorted(found))]
    image.write(bytes([0, 0, 0, 90]))
    image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 1, 1, 8, Name.DeviceCMYK
    for key in (Name.Decode, Name.SMask, Name.Mask, Name.ImageMask):
        if key in image:
            del image[key]
    return "a picture in one tone"


# --- drawings and inks -------------------------------------------------------------------------------------------


def a_drawing_dropped(pdf: Pdf, page: Page, draw: Random) -> str | None:
    """Of the drawings, which are forms: what the page itself fills may be the ground of a picture, and never seen."""
    del pdf
    forms = [each for _, each in sorted(page.Resources.XObject.items()) if each.get("/Subtype") == "/Form"]
    form = draw.choice(forms) if forms else None
    content = list(pikepdf.parse_content_stream(form)) if form is not None else []
    found = [at for at, (_, op) in enumerate(content) if str(op) in ("f", "f*", "S")]
    if form is None or not found:
        return None
    at = draw.choice(found)
    content[at] = ([], Operator("n"))
    form.write(pikepdf.unparse_content_stream(content))
    return f"the path of a drawing before instruction {at} is not painted"


def an_ink_changed(pdf: Pdf, page: Page, draw: Random) -> str | None:
    content = instructions(page)
    found = [at for at, (operands, op) in enumerate(content) if str(op) in ("scn", "k") and len(operands) == 4]
    if not found:
        return None
    at = draw.choice(found)
    inks = list(map(float, content[at][0]))
    ink = draw.randrange(4)
    inks[ink] = inks[ink] - 0.4 if inks[ink] > 0.5 else inks[ink] + 0.4
    content[at] = (inks, content[at][1])
    written(pdf, page, content)
    return f"ink {ink} of instruction {at} is {inks[ink]:.1f}"


# --- pages -------------------------------------------------------------------------------------------------------


def a_page_dropped(pdf: Pdf, page: Page, draw: Random) -> str | None:
    if len(pdf.pages) < 2:
        return None
    del pdf.pages[draw.randrange(len(pdf.pages))]
    return "a page dropped"


def pages_exchanged(pdf: Pdf, page: Page, draw: Random) -> str | None:
    if len(pdf.pages) < 2:
        return None
    one, other = sorted(draw.sample(range(len(pdf.pages)), 2))
    order = list(pdf.pages)
    order[one], order[other] = order[other], order[one]
    again = [pdf.make_indirect(each.obj) for each in order]
    pdf.Root.Pages.Kids = Array(again)
    return f"pages {one + 1} and {other + 1} exchanged"


def a_page_doubled(pdf: Pdf, page: Page, draw: Random) -> str | None:
    pdf.pages.append(pdf.pages[draw.randrange(len(pdf.pages))])
    return "a page doubled"


def a_page_turned(pdf: Pdf, page: Page, draw: Random) -> str | None:
    page.Rotate = draw.choice([90, 180])
    return "a page turned"


TEXT: tuple[Edit, ...] = (
    a_digit_changed, a_character_changed, characters_swapped, a_line_dropped, a_line_doubled_beside,
    a_line_doubled_upon_itself, lines_exchanged, a_line_moved, a_line_in_white, a_line_covered,
)  # fmt: skip
PICTURES: tuple[Edit, ...] = (pictures_exchanged, a_picture_dropped, a_picture_moved, a_picture_in_one_tone)
OTHERS: tuple[Edit, ...] = (
    a_note_upon_it,
    a_drawing_dropped,
    an_ink_changed,
    a_page_dropped,
    pages_exchanged,
    a_page_doubled,
    a_page_turned,
)
EDITS: tuple[Edit, ...] = (*TEXT, *TEXT, *PICTURES, *PICTURES, *OTHERS)
"""Text and pictures twice as often: that is what people touch."""


def edited(content: bytes, seed: int, edits: Sequence[Edit] = EDITS) -> tuple[bytes, str]:
    """A finished file with one random edit, and what that is."""
    draw = Random(seed)
    while True:
        edit = draw.choice(edits)
        with Pdf.open(BytesIO(content)) as pdf:
            told = edit(pdf, draw.choice(list(pdf.pages)), draw)
            if told is not None:
                out = BytesIO()
                pdf.save(out)
                return out.getvalue(), f"{edit.__name__}: {told}"
