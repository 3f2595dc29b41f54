"""WeasyPrint, fenced in: a sheet of HTML is laid out by its CSS, and painted to PDF with the composed lines on top.

This module, ``measure`` and ``typeset`` beside it are the only ones that know WeasyPrint; its version is pinned, and
``tests/engine/test_weasyprint_contract.py`` fails when what they lean on changes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import tostring

from weasyprint import CSS, HTML
from weasyprint.document import Document, Page
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from layout.checks import Finding
from layout.design.css_diagnostics import finding_of
from layout.design.design_files import DesignFiles
from layout.engine.css_origins import Origin, origins
from layout.engine.layout_cache import Kept
from layout.engine.painted_objects import PaintedObjectsFinder
from layout.engine.patches.table import install_patches
from layout.engine.svg_cache import Images, OrnamentStore
from layout.engine.typeset import Typesetter
from layout.engine.url_fetcher import SCHEME, Fence, content_hash
from layout.engine.weasyprint_log import listening, message_of
from layout.errors import Faults, LayoutError, Place, PrintError, Said, TemplateError
from layout.fontbook import Fontbook
from layout.page.frames import SetLine
from layout.painted import PaintedObjects, SoftMask, Stencil

Roles = Mapping[str, Sequence[str]]
"""The roles that paragraphs of each kind use."""

_NOTHING: Mapping[str, Path] = MappingProxyType({})
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_NOTHING_RESTORED: Mapping[str, Stencil | SoftMask] = MappingProxyType({})
_NO_KINDS: Mapping[str, Roles] = MappingProxyType({})
_MARKED = ("data-flow", "data-picture", "data-band", "data-column", "data-gap", "data-around", "data-step")
# A design may say otherwise. Bands and columns hold their floats, or their height would not be theirs to give.
# Strong words are in 黑体, block quotations in 楷体.
_GROUND = (
    "[data-band],[data-column]{display:flow-root}"
    # A float without height is put at the page's edge, where nothing shows whose column it is.
    ":where([data-flow]){min-height:1px}"
    # WeasyPrint puts what follows a flow root of floats where the root begins, if nothing in it clears them.
    '[data-band]::after,[data-column]::after{content:"";display:block;clear:both}'
    '[data-role=strong]{font-family:"Hei 500","Song 400"}[data-kind=quote]{font-family:"Kai 400","Song 400"}'
)


class Engine:
    """Keeps what several layouts share: the font map, prepared pictures, parsed drawings."""

    def __init__(self, fontbook: Fontbook, cache: Path | None = None):
        install_patches()
        self.fontbook = fontbook
        self.font_config = FontConfiguration()
        self.ornaments = OrnamentStore(cache)
        self.styles = Kept(8)
        self.layouts = Kept(4)
        self.said_of_styles: dict[str, list[Finding]] = {}
        """WeasyPrint says but once what is wrong with a value of a style sheet; by the hash of all of a page's."""

    def sheet(self, html: str, *, template: Path, folders: Mapping[str, Path] = _NOTHING) -> Sheet:
        """A page's HTML, ready to be measured.

        *template* is where it came from; its folder is the design. *folders* are others that URLs may name:
        ``prepared`` for the pictures, ``images``.
        """
        return Sheet(self, html, template, folders)

    def lay_out(self, html: HTML, css: Sequence[CSS], images: Images) -> Document:
        """WeasyPrint's layout of *html*."""
        return html.render(font_config=self.font_config, stylesheets=list(css), cache=images, pdf_variant=None)


class Sheet:
    """One page's HTML tree. Copyfit's decisions are written into it, and it is laid out as often as needed."""

    def __init__(self, engine: Engine, html: str, template: Path, folders: Mapping[str, Path]):
        self.engine = engine
        self.template = template
        self.fence = Fence({"design": template.parent, **folders})
        self.findings: list[Finding] = []
        self._files = DesignFiles(template)
        self._source = content_hash(html.encode())  # with its links, which are taken out of the tree
        self._html = HTML(string=html, base_url=f"{SCHEME}://design/", url_fetcher=self.fence)
        self._images = Images(self.fence, engine.ornaments)
        self._styles = self._take_styles()
        self.elements = self._number()
        self._base = {
            key: (element.get("style", ""), element.get("class", "")) for key, element in self.elements.items()
        }

    def _take_styles(self) -> list[CSS]:
        """The linked style sheets, parsed once for all the layouts of this sheet."""
        root, styles = self._html.etree_element, [CSS(string=_GROUND)]
        for parent in list(root.iter()):
            for link in [child for child in parent if child.tag == "link" and child.get("rel") == "stylesheet"]:
                parent.remove(link)
                url = f"{SCHEME}://design/{link.get('href', '')}"
                self._files.take_style(url, self.fence.path_of)
                styles.append(self._style(url, self.fence.path_of(url) or self.template))
        return styles

    def _must_be_there(self, url: str) -> None:
        """Raises ``Faults`` for a style sheet that is no file: WeasyPrint would raise an error of its own."""
        path = self.fence.path_of(url)
        if path is None or not path.is_file():
            with self._listening(self.template), suppress(ValueError):
                self.fence.fetch(url)

    def _style(self, url: str, path: Path) -> CSS:
        self._must_be_there(url)
        with self._listening(path) as records:
            style = self.engine.styles.find(str(path), self.fence, LOGGER)
            if style is None:
                style = CSS(url=url, url_fetcher=self.fence, font_config=self.engine.font_config)
                if not self.fence.faults:
                    self.engine.styles.keep(str(path), style, self.fence, records)
        return style

    def _number(self) -> dict[str, Any]:
        """Every marked element by a key of its own, in document order, which its boxes carry too."""
        found: dict[str, Any] = {}
        for element in self._html.etree_element.iter():
            if isinstance(element.tag, str) and any(element.get(mark) is not None for mark in _MARKED):
                key = f"k{len(found)}"
                element.set("data-key", key)
                found[key] = element
        return found

    def flows(self) -> tuple[str, ...]:
        """Every flow that the frames ask for, in document order."""
        return tuple(flow for element in self.elements.values() for flow in element.get("data-flow", "").split())

    def steps(self) -> dict[str, str]:
        """What the design lets copyfit choose, by the key of the element whose class it becomes."""
        return {key: element.get("data-step") for key, element in self.elements.items() if element.get("data-step")}

    def reset(self, classes: Mapping[str, str] = _NO_WORDS) -> None:
        """Takes every decision back; then gives the elements with these keys one class more."""
        for key, element in self.elements.items():
            self._take_probes(element)
            style, names = self._base[key]
            element.set("style", style)
            element.set("class", f"{names} {classes.get(key, '')}".strip())

    def probe(self, roles_of: Mapping[str, Sequence[str]], kinds_of: Mapping[str, Roles] = _NO_KINDS) -> None:
        """Puts into each frame one empty span per role its flows use, so that CSS can say how the role is set.

        Where paragraphs of several kinds run through a frame, each kind has a span of its own, with its roles in it.
        """
        for element in self.elements.values():
            flows = element.get("data-flow", "").split()
            for role in sorted({role for flow in flows for role in roles_of.get(flow, ())}):
                _probe(element, "data-role", role)
            kinds: dict[str, set[str]] = {}
            for flow in flows:
                for kind, roles in kinds_of.get(flow, {}).items():
                    kinds.setdefault(kind, set()).update(roles)
            for kind in sorted(kinds) if len(kinds) > 1 else ():
                span = _probe(element, "data-kind", kind)
                for role in sorted(kinds[kind]):
                    _probe(span, "data-role", role)

    @staticmethod
    def _take_probes(element: Any) -> None:
        for child in list(element):
            if child.get("data-role") or child.get("data-kind"):
                element.remove(child)

    def set_heights(self, heights: Mapping[str, float]) -> None:
        """Fixes heights (points) of the elements with these keys; probes are taken out."""
        for key, element in self.elements.items():
            self._take_probes(element)
            if key in heights:
                fixed = f"height:{heights[key]:.4f}pt;min-height:0;max-height:none"
                element.set("style", f"{self._base[key][0]};{fixed}")

    def put_pictures(self, files: Mapping[str, Path]) -> None:
        """Puts prepared pictures into the picture boxes with these keys, instead of any that were there."""
        for key, path in files.items():
            for old in [child for child in self.elements[key] if child.get("data-prepared") is not None]:
                self.elements[key].remove(old)
            image = self.elements[key].makeelement(
                "img",
                {
                    "src": _prepared_url(path.name),
                    "alt": "",
                    "data-prepared": "",
                    "style": "display:block;width:100%;height:100%;image-rendering:crisp-edges",
                },
            )
            self.elements[key].append(image)

    def lay_out(self) -> Document:
        """The laid-out page. Raises ``TemplateError`` for what WeasyPrint could not use, and for more than one page."""
        tree = tostring(self._html.etree_element, encoding="unicode")
        key = content_hash(f"{self.template} {sorted(self.fence.folders.items())} {self._source} {tree}".encode())
        with self._listening() as records:
            document = self.engine.layouts.find(key, self.fence, LOGGER)
            if document is None:
                document = self.engine.lay_out(self._html, self._styles, self._images)
                if not self.fence.faults:
                    self.engine.layouts.keep(key, document, self.fence, records)
        if len(document.pages) != 1:
            raise self.after_causes(
                TemplateError(
                    Said(
                        f"版式排出了 {len(document.pages)} 页，应为 1 页",
                        f"the design makes {len(document.pages)} pages, not one",
                    ),
                    place=Place(str(self.template)),
                    hint=Said("检查版心高度和 @page 的边距", "check the type area's height and the @page margins"),
                )
            )
        return document

    def after_causes(self, fault: TemplateError) -> LayoutError:
        """*fault* of the page, told after what came to nothing in the style sheets: that is where to look first."""
        causes = [TemplateError(each.said, place=each.place, hint=each.hint) for each in self.findings]
        if not causes:
            return fault
        places = {f"{Path(each.place.file).name}:{each.place.line or 1}": None for each in causes if each.place}
        fault.hint = Said(f"先改 {'、'.join(places)}", f"first see to {', '.join(places)}")
        return Faults([*causes, fault])

    def origins(self, document: Document) -> tuple[Origin, ...]:
        """What the style sheets draw on *document*, this sheet laid out, and where they say so."""
        return origins(document, self._html.etree_element, tuple(self._files.styles()))

    def mention(self, names: Sequence[str]) -> Place:
        """Where the design first names one of *names*: a font, a file."""
        return self._files.mention(names)

    @contextmanager
    def _listening(self, style: Path | None = None) -> Iterator[list[logging.LogRecord]]:
        """Hears what WeasyPrint logs: errors stop the build, warnings become findings, nothing goes unnoticed."""
        with listening(LOGGER) as records:
            yield records
        if self.fence.faults:
            refused, self.fence.faults = self.fence.faults, []
            raise Faults([fault.at(self._files.mention(fault.about, style)) for fault in refused])
        said = self.engine.said_of_styles.setdefault(self._files.styles_hash(), [])
        messages = [message for record in records if (message := message_of(record))]
        found = [finding_of(message, self._files, style) for message in messages]
        said += [each for each in found if each not in said and self._files.is_style(each.place)]
        for finding in (*found, *said):
            # What is said of one spot twice, for two uses of one value, is one finding.
            if not any(_same_spot(finding, each) for each in self.findings):
                self.findings.append(finding)


def _same_spot(one: Finding, other: Finding) -> bool:
    return one == other or (one.place == other.place and one.place is not None and one.place.line is not None)


def _probe(element: Any, mark: str, value: str) -> Any:
    span = element.makeelement("span", {mark: value})
    span.text = "字"
    element.append(span)
    return span


class _TypesetPage(Page):  # type: ignore[misc]  # WeasyPrint is untyped
    """A laid-out page that paints its composed lines after everything else."""

    def __init__(self, page: Page, typesetter: Typesetter, lines: Sequence[SetLine]):
        self.__dict__.update(page.__dict__)
        self._typesetter = typesetter
        self._lines = lines

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paints CSS boxes first, then the lines, in reading order."""
        super().paint(stream, scale)
        self._typesetter.paint(stream, self._lines)


def write_pdf(
    engine: Engine,
    pages: Sequence[tuple[Document, Sequence[SetLine]]],
    *,
    title: str,
    identifier: bytes,
    restored: Mapping[str, Stencil | SoftMask] = _NOTHING_RESTORED,
) -> tuple[bytes, PaintedObjects]:
    """All pages as one PDF, colours as the CSS and the lines say, and what prepress must do to objects of it.

    *restored* is what the JPEGs of pictures lack, by the names of their files in the folder ``prepared``.

    Raises ``PrintError`` when WeasyPrint cannot draw the page.
    """
    typesetter = Typesetter(engine.fontbook, engine.font_config)
    ready = [_TypesetPage(document.pages[0], typesetter, lines) for document, lines in pages]
    whole = pages[0][0].copy(ready)
    whole.metadata.title = title
    finder = PaintedObjectsFinder({_prepared_url(name): each for name, each in restored.items()})
    with listening(LOGGER) as records:
        try:
            pdf = whole.write_pdf(
                pdf_version="1.6", pdf_identifier=identifier, hinting=False, uncompressed_pdf=True, finisher=finder
            )
        except (NotImplementedError, AssertionError) as error:
            raise PrintError(
                Said(
                    "版式里有不能以 CMYK 画出的效果（渐变、模糊阴影、立体边框）",
                    "the design has an effect that cannot be drawn in CMYK",
                ),
                hint=Said(
                    "改用平涂色块或分级色阶", "use flat tints or stepped tones instead of gradients, blurs and grooves"
                ),
            ) from error
    if records:
        raise PrintError(
            Said(f"画版面时出错：{records[0].getMessage()}", f"painting failed: {records[0].getMessage()}")
        )
    return bytes(pdf), finder.found


def _prepared_url(name: str) -> str:
    return f"{SCHEME}://prepared/{name}"
