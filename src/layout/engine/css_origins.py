"""Maps what is drawn on a page to the CSS that draws it: the line for each rule and tint, for a frame's size and ink.

A finding on the finished page has a spot on paper. The boxes that draw something there are known from the layout; which
declaration won for each is worked out again here as CSS has it (importance, specificity, order), since WeasyPrint
forgets lines once it has read a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import cssselect2  # type: ignore[import-untyped]  # WeasyPrint stands on it too
import tinycss2
from tinycss2.ast import Node
from weasyprint.css.media_queries import evaluate_media_query, parse_media_query
from weasyprint.document import Document

from layout.design import data_attributes as attribute
from layout.design.design_files import DesignFiles
from layout.engine.box_traits import border_box, boxes, element_name, pseudo_of
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Place
from layout.geometry import Box

_SIDES = ("top", "right", "bottom", "left")
_LINE = ("width", "style", "color")
_BORDER = ("border", *(f"border-{of}" for of in (*_SIDES, *_LINE)), *(f"border-{a}-{b}" for a in _SIDES for b in _LINE))
_GROUND = ("background", "background-color", "background-image")
"""The properties that decide whether a box draws its edges, or its ground, and how."""
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SVG = ("svg", f"{_NAMESPACE}svg")
_TYPE = {"size": ("font-size", "font"), "ink": ("color",)}
"""What of a frame's type a finding may be about, and the properties that decide it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A box of the page, in points from the trimmed page's corner, and where the design says what it draws."""

    key: str
    """The frame's, for what is said of its type."""
    kind: str
    """``mark`` for borders and tints, ``drawing`` for an SVG; ``size`` and ``ink`` for the type of a frame, ``element``
    for the frame itself.
    """
    name: str
    """The element as a selector would call it: ``header.folio::after``; of a drawing's file its name."""
    box: Box
    place: Place | None


class _Declared(NamedTuple):
    name: str
    important: bool
    line: int
    column: int


class _Rule(NamedTuple):
    selectors: Sequence[cssselect2.compiler.CompiledSelector]
    declared: tuple[_Declared, ...]
    words: str
    """The selectors as they are written."""
    line: int
    column: int


class _Payload(NamedTuple):
    path: Path
    declared: tuple[_Declared, ...]
    rule: _Rule


_Match = tuple[tuple[int, int, int], int, str | None, _Payload]
"""What cssselect2 answers: specificity, order, pseudo-element, and the payload of the selector."""


class StyleRule(NamedTuple):
    """A rule of a style sheet that is meant for an element."""

    selector: str
    place: Place


class Winner(NamedTuple):
    """The declaration that wins for a property of an element."""

    weight: tuple[object, ...]
    place: Place | None
    """None for what an element says in its own style attribute."""
    element: Element | None = None
    """Whose style attribute it is."""


class DeclarationFinder:
    """The style sheets of a page; finds the declaration that wins for a property of an element.

    They are read when the first is asked for: that takes half as long as a layout, and a design in which all has its
    effect is asked for none before the page is painted.
    """

    def __init__(self, sheets: Sequence[tuple[Path, str]], root: Element):
        self._sheets = sheets
        self._root = root
        self._known: dict[int, Sequence[_Match]] = {}

    @cached_property
    def _matcher(self) -> cssselect2.Matcher:
        matcher = cssselect2.Matcher()
        for path, css in self._sheets:
            for rule in _rules(css):
                for selector in rule.selectors:
                    matcher.add_selector(selector, _Payload(path, rule.declared, rule))
        return matcher

    def _matches(self, node: cssselect2.ElementWrapper) -> Sequence[_Match]:
        """The selectors that *node* answers to: asked for once, however many of its properties are looked for."""
        key = id(node.etree_element)
        if key not in self._known:
            self._known[key] = self._matcher.match(node)
        return self._known[key]

    def rules(self, element: Element) -> tuple[StyleRule, ...]:
        """The rules that are meant for *element* itself, the one that wins last."""
        node = self._wrapped.get(id(element))
        found = [] if node is None else [each for each in self._matches(node) if each[2] is None]
        rules = [(payload.path, payload.rule) for *_, payload in sorted(found, key=lambda match: match[:2])]
        written = (StyleRule(rule.words, Place(str(path), rule.line, rule.column)) for path, rule in rules)
        return tuple(dict.fromkeys(written))

    @cached_property
    def _wrapped(self) -> Mapping[int, cssselect2.ElementWrapper]:
        wrapper = cssselect2.ElementWrapper.from_html_root(self._root)
        return {id(each.etree_element): each for each in wrapper.iter_subtree()}

    def place(self, element: Element, pseudo: str | None, names: Sequence[str]) -> Place | None:
        """Where the winning declaration of one of the properties *names* stands; inherited ones too."""
        found = self.winner(element, pseudo, names, inherited=names[0] in ("font-size", "color"))
        return found.place if found else None

    def winner(self, element: Element, pseudo: str | None, names: Sequence[str], *, inherited: bool) -> Winner | None:
        """The winning declaration of one of the properties *names*; an ancestor's, where they are *inherited*."""
        node = self._wrapped.get(id(element))
        while node is not None:
            won = [self._winner_of(match, pseudo, names) for match in self._matches(node)]
            won.append(_winner_in_attribute(node.etree_element, names) if pseudo is None else None)
            best = max((each for each in won if each), key=lambda each: each.weight, default=None)
            if best is not None:
                return best
            if pseudo is None and not inherited:
                return None
            pseudo, node = None, (node if pseudo else node.parent)
        return None

    @staticmethod
    def _winner_of(match: _Match, pseudo: str | None, names: Sequence[str]) -> Winner | None:
        specificity, order, of, (path, declared, _) = match
        found = [each for each in declared if each.name in names]
        if of != pseudo or not found:
            return None
        last = max(found, key=lambda each: (each.important, each.line, each.column))
        return Winner((last.important, False, specificity, order), Place(str(path), last.line, last.column))


def place_of_declaration(
    finder: DeclarationFinder, files: DesignFiles, element: Element, names: Sequence[str], *, inherited: bool
) -> Place | None:
    """Where the design gives *element* one of the properties *names*; None where it is the language that does.

    Rules that the finder does not read (in ``@layer``, nested ones) are found by their words.
    """
    winner = finder.winner(element, None, names, inherited=inherited)
    return files.declared(names) if winner is None else winner.place or files.in_template(names)


def _winner_in_attribute(element: Element, names: Sequence[str]) -> Winner | None:
    """What an element's style attribute says, which goes before every sheet's rule of the same importance."""
    found = [important for name, important in _in_attribute(element.get("style") or "") if name in names]
    return Winner((max(found), True), None, element) if found else None


@lru_cache(maxsize=256)
def _in_attribute(style: str) -> tuple[tuple[str, bool], ...]:
    """The properties that a style attribute gives a value, and whether each is important."""
    inner = tinycss2.parse_blocks_contents(style)
    return tuple((each.lower_name, each.important) for each in inner if each.type == "declaration")


@lru_cache(maxsize=16)
def _rules(css: str) -> tuple[_Rule, ...]:
    """Selectors and declarations of a style sheet, those inside ``@media`` included. Unreadable ones are left out."""
    return tuple(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _read(nodes: Sequence[Node]) -> Iterator[_Rule]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            if _is_printed(node.prelude):
                yield from _read(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "qualified-rule":
            try:
                selectors = cssselect2.compile_selector_list(node.prelude)
            except cssselect2.SelectorError:
                continue
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            declared = tuple(
                _Declared(each.lower_name, each.important, each.source_line, each.source_column)
                for each in inner
                if each.type == "declaration"
            )
            words = " ".join(tinycss2.serialize(node.prelude).split())
            yield _Rule(selectors, declared, words, node.source_line, node.source_column)


def _is_printed(prelude: Sequence[Node]) -> bool:
    queries = parse_media_query([each for each in prelude if each.type != "comment"])
    return queries is not None and evaluate_media_query(queries, "print")


def origins(
    document: Document, root: Element, files: DesignFiles, path_of: Callable[[str], Path | None]
) -> tuple[Origin, ...]:
    """Everything the CSS draws on a laid-out page, and for each frame where its type's size and ink are written.

    *document* is WeasyPrint's layout, *root* the HTML's root element; *path_of* gives the file behind a URL.
    """
    styles = DeclarationFinder(tuple(files.styles()), root)
    seen: set[int] = set()
    found: list[Origin] = []
    for box in boxes(document.pages[0]._page_box):
        element = getattr(box, "element", None)
        if element is None or getattr(box, "style", None) is None or not hasattr(box, "border_top_width"):
            continue
        pseudo = pseudo_of(box) or None
        if names := _drawn(box):
            found.append(Origin("", "mark", element_name(box), border_box(box), styles.place(element, pseudo, names)))
        at = border_box(box)
        found += [Origin("", "drawing", path.name, at, Place(str(path))) for path in _drawings(box, path_of)]
        if element.tag in _SVG and getattr(box, "replacement", None) is not None:
            found.append(Origin("", "drawing", element_name(box), at, files.element(_words(element))))
        if element.get(attribute.FLOW) and pseudo is None and id(element) not in seen:
            seen.add(id(element))
            found += [
                Origin(
                    element.get(attribute.KEY, ""),
                    what,
                    element_name(box),
                    border_box(box),
                    styles.place(element, None, by),
                )
                for what, by in _TYPE.items()
            ]
    return tuple(found)


def _drawn(box: LayoutBox) -> tuple[str, ...]:
    """The properties by which a box draws something: border, background, or neither."""
    style = box.style
    border = any(getattr(box, f"border_{side}_width") for side in _SIDES)
    ground = getattr(style["background_color"], "alpha", 0) or any(
        kind != "none" for kind, _ in style["background_image"]
    )
    return (_BORDER if border else ()) + (_GROUND if ground else ())


def _drawings(box: LayoutBox, path_of: Callable[[str], Path | None]) -> Iterator[Path]:
    """The files of the drawings of the design's that a box shows: its picture, its content, its backgrounds."""
    if box.element.get(attribute.PREPARED) is not None:  # the issue's, which is known by its name
        return
    replaced = getattr(getattr(box, "replacement", None), "url", None)
    urls = [replaced, *(value for kind, value in box.style["background_image"] if kind == "url")]
    paths = (path_of(url) for url in dict.fromkeys(urls) if isinstance(url, str) and url.endswith(".svg"))
    yield from (path for path in paths if path is not None)


def _words(element: Element) -> list[str]:
    """What a template may write where it draws the element itself: its class, else the tag."""
    name = element.get("class")
    return [*([f'<svg class="{name}"', f'class="{name}"'] if name else []), "<svg"]
