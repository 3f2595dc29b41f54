"""An issue of one small page with an advertisement on it, and advertisements to put there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.colors import CMYKColorSep
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from in_place import build
from layout import assets
from layout.pipeline import Built, Options
from layout.units import MM
from pipeline.small_issue import CSS, PAGE, make_issue

WIDE, HIGH = 80.0, 50.0
"""The advertisement's box, in millimetres."""

_BOX = '<div class="ad" data-picture="bank"></div>'
_CAPTION = (
    '{% if pictures.bank.caption %}<div class="folio" data-flow="{{ pictures.bank.caption.flow }}"></div>{% endif %}'
)


def advertisement(
    words: Sequence[str] = ("广告", "长治银行 定期存款"), *, size: tuple[float, float] = (WIDE, HIGH), pages: int = 1,
    fill: tuple[float, ...] = (0, 1, 0.95, 0.04), around: float = 0.0, beside: str = "",
) -> bytes:  # fmt: skip
    """A PDF of that trimmed size in millimetres, with *around* points of sheet beside the trim, and *beside* there."""
    font = _font()
    wide, high = (side * MM for side in size)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(wide + 2 * around, high + 2 * around), invariant=1, pageCompression=1)
    for _ in range(pages):
        canvas.setTrimBox((around, around, around + wide, around + high))
        canvas.setFillColorCMYK(*fill[:4]) if len(fill) == 4 else canvas.setFillColorRGB(*fill)
        canvas.rect(around, around, wide, 12, stroke=0, fill=1)
        canvas.setFillColorCMYK(0, 0, 0, 1)
        for line, text in enumerate(words):
            canvas.setFont(font, 14)
            canvas.drawString(around + 10, around + high - 24 - 20 * line, text)
        if beside:
            canvas.setFont(font, 5)
            canvas.drawString(10, around / 2, beside)
            canvas.setStrokeColor(CMYKColorSep(0, 0, 0, 1, spotName="All"))
            canvas.line(around / 2, 0, around / 2, around / 2)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _font() -> str:
    if "Ad" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Ad", str(assets.fonts_dir() / "hei-500.ttf")))
    return "Ad"


def advertised(folder: Path, content: bytes, *, name: str = "bank.pdf", keys: str = "", box: str = "") -> Path:
    """The issue's folder: its page has copy, and *content* in a box of ``WIDE`` by ``HIGH``."""
    make_issue(folder, "一二三四五六七八九十。", style="")
    (folder / "ads").mkdir()
    (folder / "ads" / name).write_bytes(content)
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    picture = f'\n[[picture]]\nid = "bank"\nkind = "advertisement"\nfile = "ads/{name}"\n{keys}\n'
    (folder / "issue.toml").write_text(f'{plan}pictures = ["bank"]\n{picture}', encoding="utf-8")
    page = PAGE.replace("</main>", f"{_BOX}{_CAPTION}</main>")
    (folder / "plain" / "page.html").write_text(page, encoding="utf-8")
    css = CSS.replace("LEVEL", "").replace("DOWN", "").replace("height: 300pt", "height: 15pt")
    css += f".ad {{ width: {WIDE}mm; height: {HIGH}mm; {box} }}\n"
    (folder / "plain" / "page.css").write_text(css, encoding="utf-8")
    return folder


def built(folder: Path) -> Built:
    """The issue, built beside its folder."""
    return build(folder, Options(out=folder.parent / "out"))
