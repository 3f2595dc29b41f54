"""A page small enough to reckon by hand: 200 × 300 pt, grid row 10 pt."""

from pathlib import Path

from layout import assets
from layout.engine.engine import Engine, Sheet
from layout.fontbook import Fontbook

CSS = """
@page { size: 200pt 300pt; margin: 20pt }
body { margin: 0 }
[data-fill] { height: 260pt; line-height: 10pt; position: relative }
.f { font-family: "Song 400", "Hei 400"; font-size: 8pt; line-height: 10pt; color: device-cmyk(0 0 0 1);
  text-indent: 2em;
  text-align: justify }
.f [data-role=strong] { font-family: "Hei 500"; color: device-cmyk(0 1 0.95 0.05) }
"""


def make_sheet(folder: Path, body: str, css: str = "") -> Sheet:
    """A sheet whose type area holds *body*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.css").write_text(CSS + css, encoding="utf-8")
    html = (
        '<!doctype html><html lang="zh"><head><link rel="stylesheet" href="page.css"></head>'
        f"<body><div data-fill>{body}</div></body></html>"
    )
    (folder / "page.html").write_text(html, encoding="utf-8")
    engine = Engine(Fontbook(assets.fonts_dir()))
    return engine.sheet(html, template=folder / "page.html")
