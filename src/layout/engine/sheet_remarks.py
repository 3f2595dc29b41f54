"""What style sheets say that has no effect on anything, as findings at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from layout.checks import Finding, Severity
from layout.design.css_support import CHECK, edition, without_effect, without_effect_in_style
from layout.design.design_fault import DesignFault
from layout.design.design_files import DesignFiles
from layout.engine.content_cache import ContentCache
from layout.engine.url_fetcher import content_hash
from layout.errors import Hint, Place


def remarks_on_sheets(root: Element, files: DesignFiles, cache: ContentCache) -> Iterator[Finding]:
    """A finding for every declaration, pseudo-element and at-rule that has no effect on anything.

    In the style sheets, and in the ``style`` elements and attributes of the page's HTML. A sheet in which nothing was
    found is not read again.
    """
    for path, css in files.styles():
        yield from (
            _finding(fault, Place(str(path), fault.line, fault.column)) for fault in _without_effect(css, cache)
        )
    for element in root.iter():
        if element.tag == "style":
            for fault in without_effect(element.text or ""):
                word = (element.text or "").split("\n")[fault.line - 1][fault.column - 1 :].split(":")[0].strip()
                yield _finding(fault, files.in_template([word]))
        for name, fault in without_effect_in_style(element.get("style") or ""):
            yield _finding(fault, files.in_template([name]))


def _without_effect(css: str, cache: ContentCache) -> tuple[DesignFault, ...]:
    key = f"{content_hash(css.encode())}-without-effect-{edition()}"
    if cache.knows(key):
        return ()
    found = without_effect(css)
    if not found:
        cache.remember(key)
    return found


def _finding(fault: DesignFault, place: Place) -> Finding:
    return Finding(CHECK, Severity.WARNING, fault.message, place, Hint(designer=fault.hint))
