"""The layouts of a page's form that a worker remembers, given to a page with the names of its own copy and pictures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from weasyprint.document import Document

from layout.checks import Finding
from layout.engine.engine_caches import EngineCaches, Laid, Repainted
from layout.engine.layout_cache import Cached
from layout.engine.page_form import PageForm, has_names, take_names
from layout.engine.paint_changes import PaintChanges, ReadSheet, paint_changes, texts_of
from layout.engine.restyled import RestyledPage
from layout.engine.stand_ins import Pictures
from layout.engine.url_fetcher import AllowlistFetcher, prepared_url
from layout.page.canvas import Classes, Decision, TypeRequest

STYLE = ".css"
"""How the names of style sheets end that a layout may be given the colours of."""


class FormLayouts:
    """The layouts of pages of one *form* for the page whose marked *elements* are given by key.

    What is found is this page's from then on: its elements name what the page's own do.
    """

    def __init__(
        self, caches: EngineCaches, form: PageForm, elements: Mapping[str, Element], fetcher: AllowlistFetcher
    ):
        self._caches, self._form, self._elements, self._fetcher = caches, form, elements, fetcher

    def find(self, decision: Decision, request: TypeRequest | None, pictures: Pictures) -> Cached[Laid] | None:
        """The layout under *decision*, if it was laid out before and no other page is going to be painted from it."""
        found = self._caches.layouts.find(self._key(decision, request, pictures), self._fetcher)
        if found is None or has_names(found.value.root, self._elements):
            return found
        if self._is_held(found.value):
            return None
        take_names(found.value.root, self._elements)
        return found

    def put(
        self,
        decision: Decision,
        request: TypeRequest | None,
        pictures: Pictures,
        laid: Laid,
        records: Sequence[logging.LogRecord],
    ) -> Cached[Laid]:
        """Stores a layout, with what WeasyPrint logged meanwhile. *pictures* are those, or stand-ins, that it was laid
        out with: others may be in it now.
        """
        key = self._key(decision, request, pictures)
        return self._caches.layouts.put(key, laid, self._fetcher, records, without=laid.files)

    def with_pictures(
        self,
        decision: Decision,
        empty: Pictures,
        pictures: Pictures,
        put: Callable[[Document, Pictures], Sequence[logging.LogRecord]],
    ) -> Cached[Laid] | None:
        """The layout under *decision*, found with the stand-ins *empty*, with *pictures* in their places: put there by
        *put*, if they are not there already. None where there is no such layout that this page may have.
        """
        found = self.find(decision, None, empty)
        if found is None:
            return None
        laid = found.value
        if laid.pictures != pictures or any(self._fetcher.hash_of(url) != read for url, read in laid.files.items()):
            if self._is_held(laid):
                return None
            self.put(decision, None, empty, laid._replace(pictures=()), found.records)  # the next may end half way
            records = put(laid.document, pictures)
            files = {url: self._fetcher.read[url] for url in (prepared_url(name) for _, name in pictures)}
            laid = laid._replace(pictures=pictures, files=files, records=tuple(records))
            found = self.put(decision, None, empty, laid, found.records)
        return replace(found, records=(*found.records, *laid.records))

    def repainted(
        self,
        decision: Decision,
        request: TypeRequest | None,
        pictures: Pictures,
        sheets: tuple[ReadSheet, ...],
        recolour: Callable[[Document, PaintChanges], bool],
    ) -> Cached[Laid] | None:
        """The layout under *decision* whose style *sheets* were others, but for colours: *recolour* gives it those of
        these, where it can. None where there is no such layout that this page may have.
        """
        key = self._key(decision, request, pictures)
        changed = self._caches.layouts.take_changed(key, self._fetcher)
        if changed is None:
            return None
        found, urls = changed
        laid = found.value
        only_sheets = bool(urls) and all(url.endswith(STYLE) for url in urls)
        if not only_sheets or found.records or laid.records or not laid.sheets or self._is_held(laid):
            return None
        changes = paint_changes(laid.sheets, sheets)
        if changes is None:
            return None
        before = self._caches.repainted.get(laid.document)
        names = changes.names if before is None else changes.names | before.names
        self._caches.repainted[laid.document] = Repainted(texts_of(sheets), changes.names)
        if not recolour(laid.document, replace(changes, names=names)):
            return None
        take_names(laid.root, self._elements)
        self._fetcher.read.update({url: known for url, known in found.files.items() if url not in urls})
        return self.put(decision, request, pictures, laid, ())

    def _is_held(self, laid: Laid) -> bool:
        return laid.document in self._caches.held

    def _key(self, decision: Decision, request: TypeRequest | None, pictures: Pictures) -> Hashable:
        return self._form.key, decision, self._form.of_request(request), pictures

    def find_restyled(self, base: Classes, classes: Classes, request: TypeRequest) -> Cached[RestyledPage] | None:
        """The page laid out under the classes *base*, as it is under *classes*, if that was found out before."""
        found = self._caches.restyled.find(self._restyled_key(base, classes, request), self._fetcher)
        if found is not None:
            take_names(found.value.styles.root, self._elements)
        return found

    def put_restyled(
        self,
        base: Classes,
        classes: Classes,
        request: TypeRequest,
        page: RestyledPage,
        records: Sequence[logging.LogRecord],
    ) -> Cached[RestyledPage]:
        """Stores how the page laid out under *base* is under *classes*."""
        return self._caches.restyled.put(self._restyled_key(base, classes, request), page, self._fetcher, records)

    def _restyled_key(self, base: Classes, classes: Classes, request: TypeRequest) -> Hashable:
        return self._form.key, base, classes, self._form.of_request(request)

    def remarks(
        self, classes: Classes, request: TypeRequest | None, look: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        """What there is to remark of the styles under *classes*, with the roles and tables of a *request*: *look* finds
        it, unless it is known to find nothing.

        What it finds is not remembered: it may be told of copy, which is another page's.
        """
        key = self._form.key, classes, self._form.of_request(request)
        found = () if self._caches.silent.find(key, self._fetcher) is not None else look()
        if not found:
            self._caches.silent.put(key, None, self._fetcher, ())
        return found
