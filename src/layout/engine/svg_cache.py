"""SVG drawings that are painted once: a design's ornaments do not change from one build to the next.

WeasyPrint parses an SVG anew for every build and turns it into PDF operators, for a scene of a thousand paths a third
of a build. What it writes depends on the file and the size alone, so the operators are cached by the hash of both and
written again as they are: as a form XObject (ISO 32000-1, 8.10) named by the hash of what it paints, so that whoever
finishes and checks the page knows again what it has seen before, and an ornament that stands ten times is there once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pydyf
import weasyprint
from weasyprint.images import SVGImage
from weasyprint.urls import URLFetcher

from layout.design.design_fault import DesignFault
from layout.design.svg_bounds import EDITION, out_of_bounds
from layout.engine.content_cache import ContentCache, Painted, Size, SvgFacts
from layout.engine.weasyprint_types import ComputedStyle, PageStream
from layout.errors import LayoutError, Message, Place, TemplateError

FORM = "d"
"""How the names of drawings' forms begin, among those of WeasyPrint's pictures (``i``) and groups (``x``)."""
_KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
RECIPE = f"1 weasyprint {weasyprint.__version__} pydyf {pydyf.__version__}"
"""Part of every key: what is cached is what these versions write."""


class CachedSvg:
    """An SVG image for WeasyPrint, which parses the file only when it is not in the cache."""

    def __init__(self, content: bytes, url: str, fetcher: URLFetcher, cache: ContentCache):
        self.url = url
        self._content = content
        self._fetcher = fetcher
        self._cache = cache
        self._hash = hashlib.sha256(RECIPE.encode() + content).hexdigest()[:32]
        self._svg: SVGImage | None = None

    def out_of_bounds(self) -> DesignFault | None:
        """What of it is out of bounds, if anything is: one that was not is not counted again."""
        key = f"{self._hash}-within-{EDITION}"
        if self._cache.knows(key):
            return None
        fault = out_of_bounds(self._content)
        if fault is None:
            self._cache.remember(key)
        return fault

    def get_intrinsic_size(self, image_resolution: float, font_size: float) -> Size:
        """Width, height and ratio, as ``SVGImage`` gives them."""
        key = f"{self._hash}-size-{font_size:g}"
        entry = self._cache.get(key)
        if entry is None:
            size: Size = self._parsed().get_intrinsic_size(image_resolution, font_size)
            self._cache.put(key, {"size": size}, b"")
            return size
        width, height, ratio = entry[0]["size"]
        return width, height, ratio

    def draw(self, stream: PageStream, width: float, height: float, style: ComputedStyle) -> None:
        """Paints it at that size, from the cache where it is there."""
        key = f"{self._hash}-{width:.4f}x{height:.4f}"
        entry = self._cache.get(key)
        if entry is None:
            entry = self._paint(stream, width, height, style)
            if entry is None:
                return
            self._cache.put(key, *entry)
        name = form_name(*entry)
        forms = stream._resources["XObject"]
        if name not in forms:
            forms[name] = _form(*entry, width, height)
        stream.draw_x_object(name)

    def _paint(self, stream: PageStream, width: float, height: float, style: ComputedStyle) -> Painted | None:
        """Operators and graphics states; None when it uses more than those and so was painted on *stream* itself."""
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in _KINDS})
        resources["ColorSpace"] = stream._resources["ColorSpace"]
        scratch = stream.clone(resources=resources, fonts={}, images={})
        self._parsed().draw(scratch, width, height, style)
        simple = not any(resources[kind] for kind in _KINDS[1:]) and not scratch._fonts and not scratch._images
        states = {name: dict(state) for name, state in resources["ExtGState"].items()}
        if not simple or not all(set(state) <= {"ca", "CA"} for state in states.values()):
            self._parsed().draw(stream, width, height, style)
            return None
        return {"states": states}, b"\n".join(pydyf._to_bytes(part) for part in scratch.stream)

    def _parsed(self) -> SVGImage:
        if self._svg is None:
            self._svg = SVGImage(ET.fromstring(self._content), self.url, self._fetcher, None)
        return self._svg


def form_name(facts: SvgFacts, operators: bytes) -> str:
    """The name of the form that paints *operators* with the graphics states of *facts*: a hash of both."""
    states = json.dumps(facts["states"], sort_keys=True).encode()
    return f"{FORM}{hashlib.sha256(states + operators).hexdigest()[:32]}"


def _form(facts: SvgFacts, operators: bytes, width: float, height: float) -> pydyf.Stream:
    """The form of a drawing of that size. What is cut off beyond its box, the clip of that decides; the form's own box
    is larger by the drawing's size on each side.
    """
    # In the order of their names, as they come from the disk.
    states = {name: pydyf.Dictionary(sorted(state.items())) for name, state in sorted(facts["states"].items())}
    return pydyf.Stream(
        [operators],
        pydyf.Dictionary({
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((-width, -height, 2 * width, 2 * height)),
            "Resources": pydyf.Dictionary({"ExtGState": pydyf.Dictionary(states)}),
        }),
    )  # fmt: skip


class ImageCache(dict[str, object]):
    """WeasyPrint's image cache by URL, which finds every SVG to be in the cache already, as a ``CachedSvg``.

    Raises ``TemplateError`` for one that is out of bounds; *path_of* gives the file behind a URL.
    """

    def __init__(self, fetcher: URLFetcher, cache: ContentCache, path_of: Callable[[str], Path | None]):
        super().__init__()
        self._fetcher = fetcher
        self._cache = cache
        self._path_of = path_of

    def __contains__(self, url: object) -> bool:
        if not super().__contains__(url) and isinstance(url, str) and url.endswith(".svg"):
            self._load(url)
        return super().__contains__(url)

    def _load(self, url: str) -> None:
        try:
            content = self._fetcher.fetch(url).read()
        except ValueError:
            return  # WeasyPrint fetches it again and logs the error
        svg = CachedSvg(content, url, self._fetcher, self._cache)
        fault = svg.out_of_bounds()
        if fault is not None:
            raise fault.error(str(self._path_of(url)))
        try:
            svg.get_intrinsic_size(1, 16)
        except (ET.ParseError, LookupError, ValueError):
            return  # likewise
        except LayoutError:
            raise
        except Exception as error:  # what WeasyPrint makes of an SVG that it does not understand may be anything
            raise TemplateError(
                Message(
                    f"SVG 图读不了（{type(error).__name__}: {error}）",
                    f"the SVG cannot be read ({type(error).__name__}: {error})",
                ),
                place=Place(str(self._path_of(url))),
                hint=Message(
                    "不要用 @import；在画图软件里另存为普通 SVG。",
                    "Use no @import; save it as plain SVG from the drawing program.",
                ),
            ) from error
        self[url] = svg
