"""Small pages set, painted, and read back from the PDF: glyphs, pictures' and boxes' edges as PDFium sees them."""

from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf

from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.engine.engine import Engine, PageContent, write_pdf
from layout.errors import Place
from layout.flows import Flow
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from makeup.support import Glyph, glyphs_of
from small_page import FONTS, make_canvas

COPY = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"
TOP, LEFT, ROW, SIZE = 20.0, 20.0, 10.0, 8.0
"""Where the type area begins, its row, and the body size: as ``small_page`` says."""


def text(flow: str, *paragraphs: str, kind: ParagraphKind = "body") -> Text:
    return Text(
        Flow.parse(flow), tuple(Paragraph(kind, (Run(p, Place("a.md", n)),)) for n, p in enumerate(paragraphs, 1))
    )


@dataclass(frozen=True)
class Printed:
    """A page of 200 × 300 pt: what was composed, and its PDF."""

    composed: ComposedPage
    pdf: bytes

    @cached_property
    def glyphs(self) -> list[Glyph]:
        """Every character, as the PDF has it."""
        return list(glyphs_of(self.pdf, 0))

    def sized(self, size: float) -> list[Glyph]:
        """The characters of one size in points."""
        return [glyph for glyph in self.glyphs if abs(glyph.size - size) < 0.05]

    def rows(self, left: float, right: float, size: float = SIZE) -> list[float]:
        """The rows, from 0, on which body characters stand between two distances from the type area's left edge."""
        own = [glyph for glyph in self.sized(size) if left <= glyph.x - LEFT < right]
        return sorted({round((glyph.y - TOP - 1 - 0.88 * SIZE) / ROW, 3) for glyph in own})

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Filled rectangles: left, top, right, bottom, from the type area's corner."""
        found = []
        with pikepdf.open(BytesIO(self.pdf)) as pdf:
            page = pdf.pages[0]
            height = float(page.mediabox[3])
            base, stack = pikepdf.Matrix(), []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "q":
                    stack.append(base)
                elif name == "Q":
                    base = stack.pop()
                elif name == "cm":
                    base = pikepdf.Matrix(*map(float, operands)) @ base
                elif name == "re":
                    x, y, wide, high = map(float, operands)
                    corners = [base.transform((x, y)), base.transform((x + wide, y + high))]
                    (x0, x1), (y0, y1) = (sorted(c[k] for c in corners) for k in (0, 1))
                    found.append((x0 - LEFT, height - y1 - TOP, x1 - LEFT, height - y0 - TOP))
        return [tuple(round(edge, 2) for edge in box) for box in found]  # type: ignore[misc]


def printed(folder: Path, body: str, *texts: Text, css: str = "") -> Printed:
    """A page whose type area holds *body*."""
    engine = Engine(FONTS)
    canvas = make_canvas(folder, body, css, engine)
    setter = Setter(FONTS)
    fitted = fit_variants({VariantName("page"): canvas}, Copy({text.flow: text for text in texts}), setter)
    layout = canvas.laid_out(fitted.decision, {})
    composed = pour_page(layout.page, fitted, setter)
    pdf, _ = write_pdf(
        engine, [PageContent(layout.document, composed.lines, composed.boxes)], title="试排", identifier=b"0" * 16
    )
    return Printed(composed, pdf)


def headed(*parts: str) -> tuple[str, list[Text]]:
    """A chain of copy in which every part that begins with # is a heading: what the frames ask for, and the texts."""
    texts = []
    for number, part in enumerate(parts):
        kind: ParagraphKind = "heading" if part.startswith("#") else "body"
        texts.append(text(f"t{number}", *part.removeprefix("#").split("\n"), kind=kind))
    bodies = [
        replace(each, paragraphs=tuple(replace(p, after_heading=False) for p in each.paragraphs)) for each in texts
    ]
    return " ".join(str(each.flow) for each in bodies), bodies
