"""The engine: makes canvases with WeasyPrint, and paints their pages to PDF with the composed lines on top.

No other package calls WeasyPrint. Its version is pinned, and ``tests/engine/test_weasyprint_contract.py`` fails when
something that this package relies on changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from weasyprint.document import Document, Page
from weasyprint.logger import LOGGER

from layout.design.design_files import DesignFiles
from layout.design.named_inks import read_inks
from layout.engine.canvas_key import Sheet, fetcher_for, key_of_page
from layout.engine.content_cache import ContentCache
from layout.engine.engine_caches import EngineCaches
from layout.engine.ground import ground_of
from layout.engine.html_canvas import HtmlCanvas
from layout.engine.own_fonts import OwnFontConfiguration
from layout.engine.painted_objects import PaintedObjectsFinder
from layout.engine.patches.table import install_patches
from layout.engine.style_reader import StyleReader
from layout.engine.typeset import Typesetter
from layout.engine.url_fetcher import AllowlistFetcher, prepared_url
from layout.engine.vacant_frames import without_ornaments
from layout.engine.weasyprint_log import captured_log
from layout.engine.weasyprint_types import PageStream
from layout.errors import Hint, Message, Place, PrintError, TemplateError
from layout.fontbook import Fontbook
from layout.page.frames import SetLine
from layout.page.table_style import InkedBox
from layout.painted import PaintedObjects, PlacedForm, SoftMask, Stencil
from layout.units import CSS_PX

_SHEET = Sheet()
_CANVASES = 4
"""Canvases that are held: a page has one for every variant that is tried."""
_ROUNDING = 0.01
"""CSS pixels: two sizes that differ by less are one."""
_NO_FOLDERS: Mapping[str, Path] = MappingProxyType({})
_NOTHING_RESTORED: Mapping[str, Stencil | SoftMask | PlacedForm] = MappingProxyType({})


class Engine:
    """Makes the canvases of a run, and holds the caches that their layouts share."""

    def __init__(self, fontbook: Fontbook, cache: Path | None = None):
        install_patches()
        self.fontbook = fontbook
        self.font_config = OwnFontConfiguration()
        self.font_config.show(fontbook.standing, by_css_names=True)
        self.caches = EngineCaches(fontbook, self.font_config, ContentCache(cache))
        self._asked: deque[str] = deque(maxlen=_CANVASES)
        self._held: dict[str, HtmlCanvas] = {}

    def canvas(
        self, html: str, *, template: Path, folders: Mapping[str, Path] = _NO_FOLDERS, sheet: Sheet = _SHEET
    ) -> HtmlCanvas:
        """The page *sheet*, of whose HTML *template* is the source; *folders* are others that its URLs may name.

        The canvas of a page that is asked for the second time is held, with all that was measured on it, as long as no
        file that it was made of changes. Raises ``Faults`` for style sheets that are not there or not closed.
        """
        key = key_of_page(html, template, fetcher_for(template, folders), sheet)
        found = self._held.pop(key, None)
        if found is None or not found.is_as_it_was(folders):
            found = HtmlCanvas(self.caches, html, template, folders, sheet)
        if key in self._asked:
            self._held[key] = found
            while len(self._held) > _CANVASES:
                self._held.pop(next(iter(self._held)))
        else:
            self._asked.append(key)
        return found

    def hold(self, document: Document) -> None:
        """Has no other page take the layout *document* for its own: this one is going to be painted from it later."""
        self.caches.held.add(document)

    def read_style(self, style: Path, folders: Mapping[str, Path] = _NO_FOLDERS) -> None:
        """Reads the style sheet *style*, which lies in a design's folder, for the canvases to come. Raises as
        ``canvas`` does.
        """
        fetcher = AllowlistFetcher({"design": style.parent, **folders}, read_inks(style.parent).named)
        StyleReader(DesignFiles(style), fetcher, self.caches.styles, self.font_config).read(style.name)


class PageContent(NamedTuple):
    """What is painted on a page: WeasyPrint's layout of it, and upon that the boxes, then the lines in their order."""

    document: Document
    lines: Sequence[SetLine]
    boxes: Sequence[InkedBox] = ()
    vacant: frozenset[str] = frozenset()
    """Frames, by id, that hold no line: what their style draws beside them (``::before``, ``::after``) stands beside
    copy, and is not painted where there is none.
    """


class _TypesetPage(Page):  # type: ignore[misc]  # WeasyPrint is untyped
    """A laid-out page that paints its composed lines after everything else."""

    def __init__(self, content: PageContent, typesetter: Typesetter, bleed: float):
        self.__dict__.update(content.document.pages[0].__dict__)
        self._typesetter = typesetter
        self._content = content
        self._press_bleed = bleed
        self.ground = ""
        if bleed:
            box = self._page_box
            box.background, box.canvas_background = (
                _into_bleed(ground, box.bleed_area) for ground in (box.background, box.canvas_background)
            )

    def paint(self, stream: PageStream, scale: float = 1) -> None:
        """Paints CSS boxes first, then tints and rules of tables, then the lines, in reading order; nothing beyond the
        press's bleed.

        Without bleed the sheet ends there by itself.
        """
        if self._press_bleed:
            bleed = self._press_bleed
            width, height = (length * CSS_PX + 2 * bleed for length in (self.width, self.height))
            stream.rectangle(-bleed, -bleed, width, height)
            stream.clip()
            stream.end()
        with without_ornaments(self._page_box, self._content.vacant):
            super().paint(stream, scale)
        self.ground = ground_of(stream)
        self._typesetter.paint(stream, self._content.lines, self._content.boxes)


def _into_bleed(ground: Any, area: tuple[float, float, float, float]) -> Any:
    """The ground of a page or of its root element, painted on *area*, which WeasyPrint leaves at the trim for the root.

    An image or gradient that is as large as the page is made as large as *area*: repeated, it would begin again there.
    """
    if ground is None:
        return None
    layers = []
    for layer in ground.layers:
        # A ground of one colour has no size: WeasyPrint writes a word there.
        fills = isinstance(layer.size, tuple) and _near(layer.size, layer.positioning_area[2:])
        changed = {"positioning_area": area, "size": area[2:], "position": (0, 0)} if fills else {}
        layers.append(layer._replace(painting_area=area, **changed))
    return ground._replace(layers=layers)


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < _ROUNDING for a, b in zip(one, other, strict=True))


def write_pdf(
    engine: Engine,
    pages: Sequence[PageContent],
    *,
    title: str,
    identifier: bytes,
    restored: Mapping[str, Stencil | SoftMask | PlacedForm] = _NOTHING_RESTORED,
    bleed: float = 0.0,
) -> tuple[bytes, PaintedObjects]:
    """All pages as one PDF, colours as the CSS and the lines say, and the objects of it that prepress must change.

    *restored* is what the JPEGs of pictures lack, by the names of their files in the folder ``prepared``. *bleed* is
    the press's, in points: what is beyond it is not painted.

    Raises ``PrintError`` when WeasyPrint cannot draw the page.
    """
    used = {placed.cluster.face for page in pages for line in page.lines for placed in line.line.placed}
    faces = (engine.fontbook.faces[key] for key in sorted(used) if key in engine.fontbook.faces)
    engine.font_config.show(faces, by_css_names=False)  # weights of variable faces that these lines ask for
    typesetter = Typesetter(engine.fontbook, engine.font_config)
    ready = [_TypesetPage(page, typesetter, bleed) for page in pages]
    whole = pages[0].document.copy(ready)
    whole.metadata.title = title
    finder = PaintedObjectsFinder({prepared_url(name): each for name, each in restored.items()})
    with captured_log(LOGGER) as records:
        try:
            pdf = whole.write_pdf(
                pdf_version="1.6", pdf_identifier=identifier, hinting=False, uncompressed_pdf=True, finisher=finder
            )
        except (NotImplementedError, AssertionError) as error:
            raise PrintError(
                Message(
                    "版式里有不能以 CMYK 画出的效果（渐变、模糊阴影、立体边框）",
                    "the design has an effect that cannot be drawn in CMYK",
                ),
                hint=Hint(
                    designer=Message(
                        "改用平涂色块或分级色阶",
                        "use flat tints or stepped tones instead of gradients, blurs and grooves",
                    )
                ),
            ) from error
    if records:
        for record in records:
            if str(record.msg).startswith(_DRAWING):
                raise _not_drawn(str(record.args[0]) if isinstance(record.args, tuple) and record.args else "")
        raise PrintError(
            Message(f"画版面时出错：{records[0].getMessage()}", f"painting failed: {records[0].getMessage()}")
        )
    return bytes(pdf), replace(finder.found, ground=ready[0].ground if len(ready) == 1 else "")


_DRAWING = "Failed to render SVG image"
"""How WeasyPrint begins what it logs where drawing an SVG raised anything, ``MemoryError`` too."""


def _not_drawn(url: str) -> TemplateError:
    name = url.rpartition("/")[2]
    return TemplateError(
        Message(
            f"SVG 图 {name} 画不出来：有不支持的写法，或太大",
            f"the SVG {name} cannot be drawn: it uses what is unsupported, or too much",
        ),
        place=Place(name, 1) if name else None,
        hint=Message(
            "在画图软件里化简，另存为普通 SVG。", "Simplify it in the drawing program and save it as plain SVG."
        ),
    )
