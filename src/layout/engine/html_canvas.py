"""A page's HTML as a canvas: laid out by WeasyPrint under one decision after another.

The tree that the HTML was parsed into is never changed: every layout has a copy, into which the decision is written.
Layouts are cached by value.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.logger import LOGGER

from layout.checks import Finding
from layout.design import data_attributes as attribute
from layout.design.css_diagnostics import finding_of
from layout.design.design_files import DesignFiles
from layout.engine.box_traits import BoxTraits, box_traits
from layout.engine.canvas_key import Sheet, around_page, fetcher_for
from layout.engine.element_bounds import check_bounds
from layout.engine.engine_caches import EngineCaches, Laid
from layout.engine.engine_faults import engine_faults
from layout.engine.form_layouts import FormLayouts
from layout.engine.ground_style import ground_style
from layout.engine.layout_cache import Cached, forget_oldest
from layout.engine.marked_elements import chain_of, numbered, spoken_name
from layout.engine.measure import after_causes, measure, overrun
from layout.engine.measure import steps as steps_in_css
from layout.engine.page_form import form_of, has_names
from layout.engine.page_layout import PageLayout
from layout.engine.page_markup import put_inks, with_root, written
from layout.engine.page_styles import PageStyles
from layout.engine.paint_changes import sheets_of
from layout.engine.parsed_style import ParsedStyle
from layout.engine.repainted import recoloured
from layout.engine.restyled import RestyledDocument, RestyledPage, StyledLayout, standing_as, with_types_of
from layout.engine.sheet_remarks import remarks_on_sheets
from layout.engine.stand_ins import Pictures, put_pictures, put_stand_in, stand_ins
from layout.engine.style_changes import changes_of
from layout.engine.style_effects import remarks_on_styles
from layout.engine.style_reader import StyleReader, raise_refused, take_links
from layout.engine.svg_cache import ImageCache
from layout.engine.url_fetcher import SCHEME, prepared_url
from layout.engine.weasyprint_log import captured_log, message_of
from layout.errors import Place
from layout.flows import Flow
from layout.page.canvas import Classes, Decision, Restyled, StepDeclaration, TypeRequest, joined
from layout.page.frames import FrameType, MeasuredPage
from layout.page.pinned_rows import PinnedRows, with_pinned

MOST_TYPES = 200
"""Choices of classes and of asked-for types above which a canvas is not used for another build."""


class HtmlCanvas:
    """A page's HTML, ready to be measured; see ``page.canvas.Canvas``.

    *template* is where the HTML came from; its folder is the design. *folders* are others that URLs may name:
    ``prepared`` for the pictures, ``images``.
    """

    def __init__(self, caches: EngineCaches, html: str, template: Path, folders: Mapping[str, Path], sheet: Sheet):
        self._caches = caches
        self._template = template
        self._sheet = sheet
        self._fetcher = fetcher_for(template, folders)
        self._files = DesignFiles(template)
        with engine_faults(self._files):
            self._html = HTML(string=html, base_url=f"{SCHEME}://design/", url_fetcher=self._fetcher)
        put_inks(self._html.etree_element, self._fetcher.inks, self._files)
        self._images = self._no_images()
        self._pinned: PinnedRows | None = None
        self._messages: tuple[Finding, ...] = ()
        self._traits: dict[Classes, Mapping[str, BoxTraits]] = {}
        self._remarks: dict[tuple[Classes, bool], tuple[TypeRequest | None, tuple[Finding, ...]]] = {}
        self._types: dict[tuple[Classes, TypeRequest | None], dict[str, FrameType]] = {}
        self._bases: dict[TypeRequest, StyledLayout] = {}
        self._pages: dict[Decision, MeasuredPage] = {}
        links = take_links(self._html.etree_element)
        self._styles = self._take_styles(links)
        self._sheets = sheets_of(self._styles[1:], [css for _, css in self._files.styles()])
        check_bounds(self._html.etree_element, self._files)
        root = self._html.etree_element
        self._messages = joined(self._messages, remarks_on_sheets(root, self._files, caches.contents))
        self._elements = numbered(root)
        around = f"{around_page(template, self._fetcher, sheet)} {links}"
        form = form_of(root, around, (css for _, css in self._files.styles()))
        self._layouts = FormLayouts(caches, form, self._elements, self._fetcher)
        self._laid: dict[tuple[Decision, Pictures], PageLayout] = {}
        self._written_in = self._files.hash()

    def is_as_it_was(self, folders: Mapping[str, Path]) -> bool:
        """Whether all files that it was made of are as they were, for another build, whose *folders* are these.

        Prepared pictures are not looked at here: those of a layout are when it is asked for, by their hashes.
        """
        read = self._fetcher.begin(fetcher_for(self._template, folders).folders)
        self._images = self._no_images()
        files = ((url, known) for url, known in read.items() if not url.startswith(prepared_url("")))
        same = self._files.hash() == self._written_in and len(self._types) <= MOST_TYPES
        return same and all(self._fetcher.hash_of(url) == known for url, known in files)

    def _no_images(self) -> ImageCache:
        """Those of one build: longer held, they grow with every crop, and what was missing once is left out unsaid."""
        images = ImageCache(self._fetcher, self._caches.contents, self._fetcher.path_of)
        put_stand_in(images)
        return images

    @property
    def template(self) -> Path:
        """See ``Canvas``."""
        return self._template

    def flows(self) -> tuple[Flow, ...]:
        """See ``Canvas``."""
        return tuple(flow for element in self._elements.values() for flow in chain_of(element).flows)

    def pictures(self) -> tuple[str, ...]:
        """See ``Canvas``."""
        names = (element.get(attribute.PICTURE) for element in self._elements.values())
        return tuple(name for name in names if name)

    def steps(self) -> tuple[StepDeclaration, ...]:
        """See ``Canvas``.

        ``data-step="large small:4"`` says them in the template; an empty ``data-step`` leaves them to the CSS, where
        the element's style has ``--steps: large, small 4``.
        """
        words = {key: element.get(attribute.STEP) for key, element in self._elements.items()}
        if any(each == "" for each in words.values()):
            words |= steps_in_css(self._styles_of(self._written(Decision(), None, ())))
        known = {*self.flows(), *map(Flow.of_picture, self.pictures())}
        return tuple(
            StepDeclaration(key, words[key] or "", spoken_name(element, known))
            for key, element in self._elements.items()
            if words[key]
        )

    def types(self, classes: Classes, request: TypeRequest) -> MeasuredPage:
        """See ``Canvas``."""
        base = self._bases.get(request)
        if base is not None and base.classes == classes and has_names(base.root, self._elements):
            return base.page
        page = self._measured(Decision(classes=classes), request)
        if base is None or not has_names(base.root, self._elements):
            document, root, _ = self._laid_out(Decision(classes=classes), request)
            self._bases[request] = StyledLayout(classes, document, root, page)
            forget_oldest(self._bases)
        return page

    def restyled(self, classes: Classes, request: TypeRequest, heights: Mapping[str, float]) -> Restyled | None:
        """See ``Canvas``."""
        base = self._bases.get(request)
        if base is None or base.classes == classes or request.tables:  # tables are measured as they are laid out
            return None
        if not self._caches.has_colours_of(self._sheets, base.document):
            return None
        found = self._layouts.find_restyled(base.classes, classes, request) or self._restyled(base, classes, request)
        changes = found.value.changes
        if changes.moves and (changes.frames or changes.reshapes or not heights):
            return None
        self._traits[classes] = self._natural(base.classes)
        if changes.moves:
            return with_types_of(self.measured(Decision.of(heights, classes)), base, heights, classes)
        document, root = found.value.document(base), found.value.styles.root
        types = self._types[base.classes, request]
        self._types[classes, request] = {key: type_ for key, type_ in types.items() if key not in changes.frames}
        remarks = self._remarked(document, root, classes, request)
        messages = joined(self._messages, self._findings(found.records), remarks)
        page = standing_as(self._read(document, messages, Decision(classes=classes), request), base.page, changes)
        return None if page is None else Restyled(page, base.classes)

    def _restyled(self, base: StyledLayout, classes: Classes, request: TypeRequest) -> Cached[RestyledPage]:
        self._forget_reported()
        with captured_log(LOGGER) as records:
            other = self._written(Decision(classes=classes), request, ())
            known = base.styles or self._styles_of(with_root(self._html, base.root))
            styles = known.with_classes(other.etree_element) or self._styles_of(other)
            page = RestyledPage(styles, changes_of(known, styles))
        self._bases[request] = base._replace(styles=known)
        return self._layouts.put_restyled(base.classes, classes, request, page, records)

    def _styles_of(self, page: HTML) -> PageStyles:
        return PageStyles.of(page, [style.css for style in self._styles], self._caches.font_config)

    def measured(self, decision: Decision) -> MeasuredPage:
        """See ``Canvas``. The last few are remembered: what differs in type alone stands as another page does."""
        if decision not in self._pages:
            self._pages[decision] = self._measured(decision)
            forget_oldest(self._pages)
        return self._pages[decision]

    def place_of(self, words: Sequence[str]) -> Place:
        """See ``Canvas``."""
        return self._files.mention(words)

    def laid_out(self, decision: Decision, pictures: Mapping[str, Path]) -> PageLayout:
        """The page under *decision*, with the prepared *pictures* in the boxes of these keys. Raises as ``measured``.

        What was laid out before with the same pictures, of files that have not changed, is not laid out again.
        """
        files = tuple(sorted((key, path.name) for key, path in pictures.items()))
        document, root, messages = self._laid_out(decision, pictures=files)
        known = self._laid.get((decision, files))
        if known is None or known.document is not document:
            read = self._read(document, messages, decision)
            known = self._laid[decision, files] = PageLayout(document, root, read, self._files, self._fetcher.path_of)
            forget_oldest(self._laid)
        return known

    def _measured(self, decision: Decision, request: TypeRequest | None = None) -> MeasuredPage:
        document, _, messages = self._laid_out(decision, request, self._stand_ins(decision) if request is None else ())
        if not decision.heights and decision.classes not in self._traits:  # edges and corners stay as they are
            self._traits[decision.classes] = box_traits(document)
        return self._read(document, messages, decision, request)

    def _read(
        self,
        document: Document | RestyledDocument,
        messages: tuple[Finding, ...],
        decision: Decision,
        request: TypeRequest | None = None,
    ) -> MeasuredPage:
        number, book = self._sheet.page_no, self._caches.fontbook
        types = self._types.setdefault((decision.classes, request), {})  # heights and pictures change nothing of them
        page = measure(document, number, book, self._files, messages, file_of=self._file_of, types=types)
        self._raise_refused()
        return with_pinned(page, self._pinned) if self._pinned else page

    def pinned(self, rows: PinnedRows) -> HtmlCanvas:
        """The same page with the heights of bands and pictures fixed: whoever made it up has set its copy in them."""
        own = copy(self)
        own._pinned, own._pages, own._bases, own._laid = rows, {}, {}, {}
        return own

    def _file_of(self, url: str) -> Path | None:
        """The file of a URL that a contour names; what is not there is refused like any other."""
        with suppress(ValueError):
            self._fetcher.fetch(url)
            return self._fetcher.path_of(url)
        return None

    def _laid_out(
        self, decision: Decision, request: TypeRequest | None = None, pictures: Pictures = ()
    ) -> tuple[Document, Element, tuple[Finding, ...]]:
        """WeasyPrint's document of one page, its root element, and the findings about the design.

        Raises ``TemplateError`` for what WeasyPrint could not use, and for more than one page.
        """
        cached = self._layouts.find(decision, request, pictures) or self._with_pictures(decision, pictures)
        if cached is None:
            self._forget_reported()
            recolour = partial(recoloured, self._html.etree_element, self._images, self._fetcher)
            cached = self._layouts.repainted(decision, request, pictures, self._sheets, recolour)
        if cached is None:
            page = self._written(decision, request, pictures)
            self._forget_reported()
            with captured_log(LOGGER) as records:
                document = self._rendered(page)
            self._raise_refused()
            laid = Laid(document, page.etree_element, pictures, sheets=self._sheets)
            cached = self._layouts.put(decision, request, pictures, laid, records)
        messages = joined(self._messages, self._findings(cached.records))
        document, root, *_ = cached.value
        if len(document.pages) != 1:
            raise after_causes(overrun(self._files.mention([attribute.FILL]), len(document.pages)), messages)
        return document, root, joined(messages, self._remarked(document, root, decision.classes, request))

    def _remarked(
        self, document: Document | RestyledDocument, root: Element, classes: Classes, request: TypeRequest | None
    ) -> tuple[Finding, ...]:
        """What styles ask for in vain under these classes: heights and pictures change nothing of it; what the types of
        a *request* stand in, tables too, is looked at where there is one.
        """
        key = classes, request is not None and bool(request.tables)
        if key not in self._remarks or request not in (None, self._remarks[key][0]):
            look = partial(remarks_on_styles, document.pages[0]._page_box, root, self._files, self._caches.fontbook)
            self._remarks[key] = request, self._layouts.remarks(classes, request, look)
        return self._remarks[key][1]

    def _forget_reported(self) -> None:
        """Of a value with ``var()`` WeasyPrint would log what is wrong with it for the first layout only."""
        for pending in (each for style in self._styles for each in style.pending):
            pending._reported_error = False

    def _stand_ins(self, decision: Decision) -> Pictures:
        if not decision.heights:
            return ()
        keys = (key for key, element in self._elements.items() if element.get(attribute.PICTURE))
        return stand_ins(decision, self._natural(decision.classes), keys)

    def _with_pictures(self, decision: Decision, pictures: Pictures) -> Cached[Laid] | None:
        """The layout under *decision* with stand-ins, where there is one, with *pictures* in their places."""
        empty = self._stand_ins(decision) if pictures else ()
        if not empty or pictures == empty or dict(empty).keys() != dict(pictures).keys():
            return None
        return self._layouts.with_pictures(decision, empty, pictures, self._put_pictures)

    def _put_pictures(self, document: Document, pictures: Pictures) -> list[logging.LogRecord]:
        with captured_log(LOGGER) as records:
            put_pictures(document, pictures, self._images, self._fetcher)
        self._raise_refused()
        return records

    def _rendered(self, page: HTML) -> Document:
        """WeasyPrint's layout of *page*. Raises ``TemplateError`` for one that it cannot lay out or never would."""
        with engine_faults(self._files):
            return page.render(
                font_config=self._caches.font_config, stylesheets=[style.css for style in self._styles],
                cache=self._images, pdf_variant=None,
            )  # fmt: skip

    def _written(self, decision: Decision, request: TypeRequest | None, pictures: Pictures) -> HTML:
        natural = self._natural(decision.classes) if decision.heights or pictures else {}
        return written(self._html, decision, request, pictures, natural)

    def _natural(self, classes: Classes) -> Mapping[str, BoxTraits]:
        """What of the boxes under these classes must be known before heights and pictures are written into them."""
        if classes not in self._traits:
            self._traits[classes] = box_traits(self._laid_out(Decision(classes=classes))[0])
        return self._traits[classes]

    def _take_styles(self, links: Sequence[Mapping[str, str]]) -> list[ParsedStyle]:
        """The style sheets of these *links*, parsed once for all the layouts of this page."""
        styles = [ParsedStyle.of(CSS(string=ground_style(self._sheet.bleed)))]
        reader = StyleReader(self._files, self._fetcher, self._caches.styles, self._caches.font_config)
        for link in links:
            path, cached = reader.read(link.get("href", ""))
            self._messages = joined(self._messages, self._findings(cached.records, path))
            styles.append(cached.value)
        return styles

    def _raise_refused(self) -> None:
        """Raises ``Faults`` for every URL that the page names and that the fetcher refused."""
        raise_refused(self._fetcher, self._files)

    def _findings(self, records: Sequence[logging.LogRecord], style: Path | None = None) -> Iterator[Finding]:
        """What WeasyPrint logged, reading *style* or laying the page out. Raises ``TemplateError`` for its errors."""
        messages = (message for record in records if (message := message_of(record)))
        return (finding_of(message, self._files, style) for message in messages)
