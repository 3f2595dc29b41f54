"""What stands in a picture's place while heights are sought: the picture itself is prepared for the size it comes to.

Where a place has its height by itself, as most have, what stands in it changes nothing of the layout. The one that the
heights were found in is then the last: the pictures are put into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document
from weasyprint.images import get_image_from_uri
from weasyprint.urls import URLFetcher

from layout.design import data_attributes as attribute
from layout.engine.box_traits import BoxTraits
from layout.engine.url_fetcher import prepared_url
from layout.engine.weasyprint_types import LayoutBox
from layout.page.canvas import Decision

NAME = "stand-in"
"""Its name among prepared pictures, whose files have names of another form."""

Pictures = tuple[tuple[str, str], ...]
"""By the keys of their places, the names of the files that pictures lie in."""


class StandIn:
    """An image for WeasyPrint of which only the place is looked at."""

    def get_intrinsic_size(self, image_resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width, height and ratio, which decide nothing: see ``stand_ins``."""
        del image_resolution, font_size
        return 1.0, 1.0, 1.0


def put_stand_in(images: MutableMapping[str, object]) -> None:
    """Puts it among the *images* that WeasyPrint finds loaded, by their URLs."""
    images[prepared_url(NAME)] = StandIn()


def stand_ins(decision: Decision, places: Mapping[str, BoxTraits], pictures: Iterable[str]) -> Pictures:
    """Stand-ins for the *pictures*, the keys of all their places; none where the height of one of these is not said by
    the CSS nor by the *decision*: the picture itself might then decide it.

    An image is as wide as its place (``100%``), which asks for none of its own: its width never decides anything.
    """
    said = {key for key, _ in decision.heights}
    keys = sorted(pictures)
    if not all(key in places and places[key].holds_anything(sized=key in said) for key in keys):
        return ()
    return tuple((key, NAME) for key in keys)


def put_pictures(
    document: Document, pictures: Pictures, images: MutableMapping[str, object], fetcher: URLFetcher
) -> None:
    """Puts the prepared *pictures* into a *document* with stand-ins, as WeasyPrint loads images."""
    names = dict(pictures)
    for box, key in _prepared(document.pages[0]._page_box, ""):
        url = prepared_url(names[key])
        image = get_image_from_uri(images, fetcher, DEFAULT_OPTIONS, url, orientation=box.style["image_orientation"])
        box.element.set("src", url)
        box.replacement = image


def _prepared(box: LayoutBox, key: str) -> Iterator[tuple[Any, str]]:
    """The boxes of prepared pictures, with the keys of their places."""
    element = getattr(box, "element", None)
    if element is not None:
        key = element.get(attribute.KEY) or key
        if element.get(attribute.PREPARED) is not None and hasattr(box, "replacement"):
            yield box, key
            return
    for child in getattr(box, "children", ()):
        yield from _prepared(child, key)
