"""A page as WeasyPrint has laid it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from weasyprint.document import Document

from layout.design.design_files import DesignFiles
from layout.engine.css_origins import Origin, origins
from layout.engine.standing_boxes import standing_boxes
from layout.page.frames import MeasuredPage
from layout.page.standing import StandingBoxes


@dataclass(frozen=True)
class PageLayout:
    """A page as WeasyPrint laid it out, with the elements that its boxes belong to."""

    document: Document
    root: Element
    page: MeasuredPage
    files: DesignFiles
    path_of: Callable[[str], Path | None]
    """The file behind a URL."""

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """What the style sheets draw on the page, and where they say so."""
        return origins(self.document, self.root, self.files, self.path_of)

    @cached_property
    def standing(self) -> StandingBoxes:
        """Its boxes, with what stands in what."""
        return standing_boxes(self.document.pages[0]._page_box)
