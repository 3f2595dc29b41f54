"""The words of advertisements: accounted for as their own, and whether one says that it is an advertisement."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

import pikepdf

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, Place, PrintError
from layout.geometry import Box
from layout.issue import PagePlan, Picture
from layout.issue.model import DRAWING
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.reading import PageChar, read_text
from layout.units import MM

LABEL = "广告"
"""What every advertisement must be marked with: 中华人民共和国广告法 (2021), article 14."""

NEAR = 8 * MM
"""How far from its box an advertisement's label may stand: a line of small type and its air."""


def own_texts(plan: PagePlan, stream: Sequence[PageChar]) -> Iterator[tuple[str, Place]]:
    """What PDFium reads in each advertisement of a page as it was delivered, and the file: it must stand on our page,
    whose characters are *stream*, whole and in a row. A drawing has no words, only shapes.
    """
    shown = "".join(char.text for char in stream) if any(_in_pdfs(plan)) else ""
    for picture in _in_pdfs(plan):
        text = "".join(char.text for char in _read(picture))
        found = as_shown(text, shown) or as_shown("".join(char.text for char in _read_upright(picture)), shown)
        if text:
            yield found or text, Place(picture.source)


def as_shown(text: str, shown: str) -> str | None:
    """*text* in the order in which *shown* has its characters; None where they do not stand there in a row.

    PDFium guesses the order of what is turned or runs from right to left, and does so by the size that it has.
    """
    if text in shown:
        return text
    if len(text) > len(shown):
        return None
    wrong = Counter(text)
    wrong.subtract(shown[: len(text)])
    left = sum(each != 0 for each in wrong.values())
    for start in range(len(shown) - len(text) + 1):
        if not left:
            return shown[start : start + len(text)]
        if start + len(text) < len(shown):
            for char, more in ((shown[start], 1), (shown[start + len(text)], -1)):
                left -= wrong[char] != 0
                wrong[char] += more
                left += wrong[char] != 0
    return None


def _in_pdfs(plan: PagePlan) -> Iterator[Picture]:
    return (each for each in plan.pictures if each.is_form and each.path.suffix.lower() != DRAWING)


def _read(picture: Picture) -> Sequence[PageChar]:
    number = (picture.page or 1) - 1
    try:
        return read_text(picture.path, number)
    except PrintError:  # PDFium mends less than qpdf, by which it was placed
        mended = io.BytesIO()
        with pikepdf.open(picture.path, suppress_warnings=True) as document:
            document.save(mended)
        return read_text(mended.getvalue(), number)


def _read_upright(picture: Picture) -> Sequence[PageChar]:
    """What PDFium reads in an advertisement that qpdf has laid on a page as a form: it takes letters that lie twice on
    one spot for one, and brackets for their mirror images, in a turned page otherwise than in a form.
    """
    with pikepdf.open(picture.path, suppress_warnings=True) as source, pikepdf.new() as document:
        page = source.pages[(picture.page or 1) - 1]
        left, bottom, right, top = map(float, page.trimbox)
        side = max(right - left, top - bottom)
        sheet = document.add_blank_page(page_size=(side, side))
        sheet.add_overlay(page, pikepdf.Rectangle(0, 0, side, side))
        out = io.BytesIO()
        document.save(out)
    return read_text(out.getvalue(), 0)


def unlabelled(plan: PagePlan, geometry: PageGeometry, stream: Sequence[PageChar], beyond: float) -> Iterator[Finding]:
    """``advertisement.label``: an advertisement with no 广告 in it or beside it. *stream* is what the finished page
    shows, whose sheet goes *beyond* the trim on all sides, in points.

    Of one without any words of its own, drawn or in pixels, nobody knows what it shows: that is a note.
    """
    points = [(char.x - beyond, beyond + geometry.height - char.y) for char in stream]
    places = list(_labels(stream, points))
    spots = {spot.picture: spot.box for spot in geometry.pictures}
    for picture in (each for each in plan.pictures if each.kind == "advertisement" and not each.labelled):
        box = spots.get(picture.id)
        if box is None or LABEL in picture.caption.text or any(_holds(box, x, y, NEAR) for x, y in places):
            continue
        worded = any(_holds(box, x, y, 0.0) for x, y in points)
        yield Finding(
            "advertisement.label",
            Severity.WARNING if worded else Severity.NOTE,
            Message("广告上和旁边都没有“广告”二字。" if worded else "广告里没有能读的字，不知道标了“广告”没有。",
                    "Neither the advertisement nor what stands beside it says 广告." if worded else
                    "The advertisement has no words that can be read: nobody knows whether it says 广告."),
            picture.place,
            Hint(
                editor=Message('写 caption = "广告"（留位里的标在广告里）；画着的写 labelled = true。',
                               'Write caption = "广告" (one in a reserved place says it itself);'
                               ' where it is drawn in it, labelled = true.'),
                designer=Message("在框边上标出“广告”。", "Print 广告 beside its box."),
            ),
            plan.number,
            boxes=(box,),
        )  # fmt: skip


def _labels(stream: Sequence[PageChar], points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Those of *points*, one for each character, at which the word begins."""
    text = "".join(char.text[:1] for char in stream)
    at = text.find(LABEL)
    while at >= 0:
        yield points[at]
        at = text.find(LABEL, at + 1)


def _holds(box: Box, x: float, y: float, near: float) -> bool:
    return -near <= x - box.x <= box.width + near and -near <= y - box.y <= box.height + near
