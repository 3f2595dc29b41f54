"""The computed styles of a page, and those of the same page with other classes.

Copyfit asks for one page with many a class more on some of its elements. Few rules name such a class: of all others it
is known already which elements they match, and an element with the rules and the parent that it had has the style that
it had.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper, Matcher  # type: ignore[import-untyped]  # WeasyPrint stands on it too
from weasyprint import CSS, HTML
from weasyprint.css import (
    ComputedStyle,
    declaration_precedence,
    find_style_attributes,
    get_all_computed_styles,
    preprocess_declarations,
)
from weasyprint.text.fonts import FontConfiguration

from layout.engine.patches.selectors_on_demand import source_of

Sheets = Sequence[tuple[CSS, str, Any]]
"""Style sheets as WeasyPrint takes them: with their origin, and the specificity that all their rules have, if any."""
Styles = Mapping[tuple[Element, str | None], ComputedStyle]
"""The styles of elements and of their pseudo-elements."""
Cascaded = dict[str, tuple[Any, Any]]
"""By property the value that is declared for an element, and its weight."""
_OF_ATTRIBUTE = (1, 0, 0)
"""The specificity of what an element's own ``style`` declares."""


class PageStyles(NamedTuple):
    """A page's tree, with the computed styles of its elements and of their pseudo-elements."""

    root: Element
    styles: Styles
    sheets: Sheets

    @classmethod
    def of(cls, page: HTML, sheets: Sequence[CSS], fonts: FontConfiguration) -> PageStyles:
        """Those of *page*, which takes *sheets* besides what it holds itself."""
        style_for = get_all_computed_styles(page, sheets, font_config=fonts)
        return cls(page.etree_element, style_for.get_computed_styles(), style_for._sheets)

    def displayed(self) -> Iterator[tuple[Element, ComputedStyle]]:
        """Its elements in document order with their styles, without those that are not displayed."""
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            style = self.styles.get((element, None))
            if style is not None and style["display"] != ("none",):
                yield element, style
                waiting += reversed(element)

    def with_classes(self, root: Element) -> PageStyles | None:
        """Those of *root*, the tree of this page with other classes; None where it differs in more than classes.

        An element has the very style that it has here, unless a rule that names a class of these matches it, or no
        longer does, or what it stands in has another.
        """
        names = _other_classes(self.root, root)
        return None if names is None else PageStyles(root, _Restyling(self, root, names).styles(), self.sheets)


def _other_classes(known: Element, other: Element) -> frozenset[str] | None:
    """The classes that elements of one tree have and those of the other have not; None where more is another."""
    names: set[str] = set()
    before, after = list(known.iter()), list(other.iter())
    if len(before) != len(after):
        return None
    for one, two in zip(before, after, strict=True):
        if one.attrib != two.attrib:
            if {**one.attrib, "class": ""} != {**two.attrib, "class": ""}:
                return None
            names |= set(one.get("class", "").split()) ^ set(two.get("class", "").split())
        if one.tag != two.tag or len(one) != len(two):
            return None
    return frozenset(names)


@dataclass(frozen=True)
class _Restyling:
    """A page whose styles are *known*, with the elements of *root* and other classes of these *names*."""

    known: PageStyles
    root: Element
    names: frozenset[str]

    @cached_property
    def _pseudos(self) -> dict[Element, list[str]]:
        """The pseudo-elements that the known page's elements have."""
        found: dict[Element, list[str]] = {}
        for element, pseudo in self.known.styles:
            if pseudo is not None:
                found.setdefault(element, []).append(pseudo)
        return found

    def styles(self) -> Styles:
        """The styles of all elements, in document order: what inherits comes after what it inherits from."""
        found: dict[tuple[Element, str | None], ComputedStyle] = {}
        made: dict[tuple[int, int, str | None], ComputedStyle] = {}
        declared: dict[Hashable, dict[str | None, Cascaded]] = {}
        matchers = [_naming(sheet.matcher, self.names) for sheet, _, _ in self.known.sheets]
        trees = (ElementWrapper.from_html_root(each).iter_subtree() for each in (self.known.root, self.root))
        for before, after in zip(*trees, strict=True):
            element = after.etree_element
            parent = None if after.parent is None else found[after.parent.etree_element, None]
            cascaded = self._known_rules(before.etree_element)
            if any(_matched(each, before) != _matched(each, after) for each in matchers):
                cascaded = self._rules(after, declared)
            for pseudo, rules in cascaded.items():
                own = found[element, None] if pseudo is not None else parent
                known = self.known.styles.get((before.etree_element, pseudo))
                if known is None or known.cascaded is not rules or known.parent_style is not own:
                    key = id(own), id(rules), pseudo
                    known = made[key] = made.get(key) or self._computed(own, rules, pseudo, found)
                found[element, pseudo] = known
        return found

    def _known_rules(self, element: Element) -> dict[str | None, Cascaded]:
        pseudos = (None, *self._pseudos.get(element, ()))
        return {pseudo: self.known.styles[element, pseudo].cascaded for pseudo in pseudos}

    def _rules(
        self, element: ElementWrapper, declared: dict[Hashable, dict[str | None, Cascaded]]
    ) -> dict[str | None, Cascaded]:
        """What is *declared* for an element, and for its pseudo-elements: as WeasyPrint's ``StyleFor`` has it."""
        alone = Element(element.etree_element.tag, element.etree_element.attrib)
        base_url = self.known.styles[self.known.root, None].base_url
        inline = find_style_attributes(alone, base_url=base_url)
        own = [preprocess_declarations(url, declarations) for _, _, declarations, url in inline]
        matched = [sheet.matcher.match(element) for sheet, _, _ in self.known.sheets]
        key = None if own else tuple(tuple(order for _, order, *_ in each) for each in matched)
        if key in declared:
            return declared[key]
        found: dict[str | None, Cascaded] = {None: {}}
        for declarations in own:
            _declare(found[None], declarations, "author", (inf, _OF_ATTRIBUTE))
        for (sheet, origin, of_sheet), selectors in zip(self.known.sheets, matched, strict=True):
            for specificity, _, pseudo, (declarations, layer) in selectors:
                order = inf if layer is None else sheet.layers.index(layer)
                _declare(found.setdefault(pseudo, {}), declarations, origin, (order, of_sheet or specificity))
        return declared.setdefault(key, found) if key is not None else found

    def _computed(
        self, parent: ComputedStyle | None, rules: Cascaded, pseudo: str | None, found: Styles
    ) -> ComputedStyle:
        like = self.known.styles[self.known.root, None]
        root = like.root_style if parent is None else found[self.root, None]
        return ComputedStyle(parent, rules, pseudo, root, like.base_url, like.font_config, like.initial_page_sizes)


def _declare(style: Cascaded, declarations: Any, origin: str, rank: tuple[float, Any]) -> None:
    """Adds *declarations* to *style*: what weighs as much and comes later wins."""
    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), *rank)
        if name not in style or style[name][1] <= weight:
            style[name] = values, weight


def _naming(matcher: Matcher, names: frozenset[str]) -> Matcher:
    """The selectors of *matcher* that name one of these classes, or look at the attribute that holds them."""
    words = [repr(name) for name in (*names, "class")]

    def named(entries: Sequence[tuple[Callable[..., Any], Any]]) -> list[Any]:
        sources = [(entry, source_of(entry[0])) for entry in entries]
        return [entry for entry, source in sources if source is None or any(word in source for word in words)]

    found = Matcher()
    found.id_selectors, found.class_selectors, found.lower_local_name_selectors, found.namespace_selectors = (
        {key: own for key, entries in table.items() if (own := named(entries))}
        for table in (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors,
                      matcher.namespace_selectors)
    )  # fmt: skip
    found.lang_attr_selectors = named(matcher.lang_attr_selectors)
    found.other_selectors = named(matcher.other_selectors)
    return found


def _matched(matcher: Matcher, element: ElementWrapper) -> list[tuple[Any, int]]:
    """The selectors that *element* matches, by their order in the sheet."""
    return [(specificity, order) for specificity, order, *_ in matcher.match(element)]
