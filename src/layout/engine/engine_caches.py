"""What the layouts of a worker share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from layout.engine.content_cache import ContentCache
from layout.engine.layout_cache import LayoutCache
from layout.engine.parsed_style import ParsedStyle
from layout.fontbook import Fontbook


class Laid(NamedTuple):
    """A layout, and whether stand-ins are in the places of its pictures."""

    document: Document
    root: Element
    has_stand_ins: bool


@dataclass(frozen=True)
class EngineCaches:
    """The caches that several layouts share: font map, drawings, style sheets, the last layouts."""

    fontbook: Fontbook
    font_config: FontConfiguration
    contents: ContentCache
    styles: LayoutCache[ParsedStyle] = field(default_factory=lambda: LayoutCache(8))
    layouts: LayoutCache[Laid] = field(default_factory=lambda: LayoutCache(5))
