"""What the layouts of a worker share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from logging import LogRecord
from types import MappingProxyType
from typing import NamedTuple
from weakref import WeakKeyDictionary, WeakSet
from xml.etree.ElementTree import Element

from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from layout.engine.content_cache import ContentCache
from layout.engine.layout_cache import LayoutCache
from layout.engine.paint_changes import ReadSheet, texts_of
from layout.engine.parsed_style import ParsedStyle
from layout.engine.restyled import RestyledPage
from layout.engine.stand_ins import Pictures
from layout.fontbook import Fontbook


class Laid(NamedTuple):
    """A layout, and the pictures that are in their places, or what stands in for them."""

    document: Document
    root: Element
    pictures: Pictures
    files: Mapping[str, str] = MappingProxyType({})
    """The hashes of the files of pictures that were put in afterwards, by their URLs."""
    records: tuple[LogRecord, ...] = ()
    """What WeasyPrint logged when these pictures were put in."""
    sheets: tuple[ReadSheet, ...] = ()
    """The style sheets that it was laid out with."""


class Repainted(NamedTuple):
    """Which colours a layout has."""

    texts: tuple[str, ...]
    """Of the sheets that it has its colours of."""
    names: frozenset[str]
    """The properties that are others in these than in the sheets that it was laid out with."""


@dataclass(frozen=True)
class EngineCaches:
    """The caches that several layouts share: font map, drawings, style sheets, the last layouts."""

    fontbook: Fontbook
    font_config: FontConfiguration
    contents: ContentCache
    styles: LayoutCache[ParsedStyle] = field(default_factory=lambda: LayoutCache(8))
    layouts: LayoutCache[Laid] = field(default_factory=lambda: LayoutCache(5))
    restyled: LayoutCache[RestyledPage] = field(default_factory=lambda: LayoutCache(8))
    """Pages under other classes than those that they were laid out with."""
    silent: LayoutCache[None] = field(default_factory=lambda: LayoutCache(64))
    """Forms of pages under classes of whose styles there is nothing to remark."""
    held: WeakSet[Document] = field(default_factory=WeakSet)
    """Layouts of pages that are yet to be painted: no other page may have them."""
    repainted: WeakKeyDictionary[Document, Repainted] = field(default_factory=WeakKeyDictionary)
    """Layouts that have been given the colours of other sheets than they were laid out with."""

    def has_colours_of(self, sheets: tuple[ReadSheet, ...], document: Document) -> bool:
        """Whether *document*, which was laid out with *sheets*, still has the colours of these."""
        now = self.repainted.get(document)
        return now is None or now.texts == texts_of(sheets)
