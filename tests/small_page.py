"""A page small enough to reckon by hand: 200 × 300 pt, grid row 10 pt."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layout import assets
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.copyfit.variant_name import VariantName
from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.fontbook import Fontbook
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Text
from layout.page.canvas import Decision
from layout.page.frames import MeasuredPage

CSS = """
@page { size: 200pt 300pt; margin: 20pt }
body { margin: 0 }
[data-fill] { height: 260pt; line-height: 10pt; position: relative }
.f { font-family: "Song 400", "Hei 400"; font-size: 8pt; line-height: 10pt; color: device-cmyk(0 0 0 1);
  text-indent: 2em;
  text-align: justify }
.f [data-role=strong] { font-family: "Hei 500"; color: device-cmyk(0 1 0.95 0.05) }
"""
FONTS = Fontbook(assets.fonts_dir())


def write_page(folder: Path, body: str, css: str = "") -> str:
    """The HTML of a page whose type area holds *body*, written into *folder* with its style sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.css").write_text(CSS + css, encoding="utf-8")
    html = (
        '<!doctype html><html lang="zh"><head><link rel="stylesheet" href="page.css"></head>'
        f"<body><div data-fill>{body}</div></body></html>"
    )
    (folder / "page.html").write_text(html, encoding="utf-8")
    return html


def make_canvas(folder: Path, body: str, css: str = "", engine: Engine | None = None) -> HtmlCanvas:
    """A canvas whose type area holds *body*."""
    html = write_page(folder, body, css)
    return (engine or Engine(FONTS)).canvas(html, template=folder / "page.html")


def natural(canvas: HtmlCanvas) -> MeasuredPage:
    """The page with nothing decided."""
    return canvas.measured(Decision())


def document_of(canvas: HtmlCanvas) -> Any:
    """WeasyPrint's document of the page with nothing decided."""
    return canvas.laid_out(Decision(), {}).document


def fitted_page(canvases: Mapping[str, HtmlCanvas], copy: Copy) -> ComposedPage:
    """The page as it comes out on the best of *canvases*, by their templates' names, without pictures."""
    setter = Setter(FONTS)
    fitted = fit_variants({VariantName(name): canvas for name, canvas in canvases.items()}, copy, setter)
    return pour_page(canvases[fitted.variant.template].laid_out(fitted.decision, {}).page, fitted, setter)


def composed_page(folder: Path, body: str, *texts: Text, css: str = "") -> ComposedPage:
    """A page whose type area holds *body*, with *texts* set in it."""
    return fitted_page({"page": make_canvas(folder, body, css)}, Copy({text.flow: text for text in texts}))
