"""What other classes change in the computed styles of a page, found without laying it out.

Most of what a class changes is type: a size, an indent, the rows of a heading. An empty frame stands where it stands
whatever its type, so that such a page need not be laid out again to be known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import tinycss2
from tinycss2.ast import Node
from weasyprint import CSS, HTML
from weasyprint.css import ComputedStyle, get_all_computed_styles
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED
from weasyprint.css.tokens import Pending
from weasyprint.text.fonts import FontConfiguration

from layout.design import data_attributes as attribute
from layout.design.custom_properties import OPTIONS

Keys = frozenset[str]
"""Names of properties, with underscores as WeasyPrint has them; those of custom properties begin with two."""
_NOTHING: Keys = frozenset()

_OF_TYPE = frozenset(
    {
        "hanging_punctuation", "hyphens", "letter_spacing", "line_height", "text_align_all", "text_align_last",
        "text_indent", "text_transform", "text_underline_offset", "word_spacing",
    }
)  # fmt: skip
_BEGIN_TYPE = ("font_", "text_decoration_", "hyphenate_")
_OF_PAINT = frozenset({"color", *(f"border_{side}_color" for side in ("top", "right", "bottom", "left"))})
_BEGIN_PAINT = ("background_",)
_MEASURED = frozenset(f"__{name.replace('-', '_')}" for name in OPTIONS)
"""Custom properties that the program reads itself; any other acts by ``var()``, in values that are compared too."""
_HEIGHTS = frozenset({"height", "min_height", "max_height"})
_GENERATED = ("before", "after")
_OF_LETTERS = ("first-line", "first-letter")
_DEPENDENT = frozenset({*INITIAL_NOT_COMPUTED, *_OF_PAINT} - {"display"})
"""What follows from the size or the colour of the type where nothing says it."""


class PageStyles(NamedTuple):
    """A page's tree, with the computed styles of its elements and of their pseudo-elements."""

    root: Element
    styles: Mapping[tuple[Element, str | None], ComputedStyle]

    @classmethod
    def of(cls, page: HTML, sheets: Sequence[CSS], fonts: FontConfiguration) -> PageStyles:
        """Those of *page*, which takes *sheets* besides what it holds itself."""
        style_for = get_all_computed_styles(page, sheets, font_config=fonts)
        return cls(page.etree_element, style_for.get_computed_styles())

    def displayed(self) -> Iterator[tuple[Element, ComputedStyle]]:
        """Its elements in document order with their styles, without those that are not displayed."""
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            style = self.styles.get((element, None))
            if style is not None and style["display"] != ("none",):
                yield element, style
                waiting += reversed(element)


class StyleChanges(NamedTuple):
    """What other classes change: the keys of frames whose type is another, and of pictures that want other heights."""

    frames: set[str]
    pictures: set[str]


def changes_of(known: PageStyles, other: PageStyles) -> StyleChanges | None:
    """What changes with the styles of *other*, the page of *known* with other classes; None where that may be more than
    type and what copyfit decides anyway, so that only a layout can tell.
    """
    found = StyleChanges(set(), set())
    return found if all(_walk(known, other, (known.root, other.root), _NOTHING, found)) else None


def _walk(
    known: PageStyles, other: PageStyles, pair: tuple[Element, Element], parent: Keys, found: StyleChanges
) -> Iterator[bool]:
    """Of an element and all in it whether what changes can be told without a layout; adds it to *found*."""
    before, after = pair
    own = _changed(known.styles.get((before, None)), other.styles.get((after, None)), parent)
    if after.get(attribute.FLOW):
        yield "__height" not in own
        yield all(_is_paint(key) for name in _GENERATED for key in _of_pseudo(known, other, pair, name, own))
        yield all(_is_type(key) for key in own)
        if _frame_changes(known, other, pair, own):
            found.frames.add(after.attrib[attribute.KEY])
        return
    if after.get(attribute.PICTURE) is not None and own & _HEIGHTS:
        found.pictures.add(after.attrib[attribute.KEY])
        yield _is_length(other.styles[after, None]["height"])
        yield _harmless(after, own - _HEIGHTS)
    else:
        yield _harmless(after, own)
    yield all(_is_paint(key) for name in _GENERATED for key in _of_pseudo(known, other, pair, name, own))
    for inner in zip(before, after, strict=True):
        yield from _walk(known, other, inner, own, found)


def _frame_changes(known: PageStyles, other: PageStyles, pair: tuple[Element, Element], own: Keys) -> bool:
    """Whether anything that is read of a frame's type changes: its own style, its letters', its probes'."""
    if own or any(_of_pseudo(known, other, pair, name, own) for name in _OF_LETTERS):
        return True
    before, after = pair
    return any(
        _frame_changes(
            known, other, each, _changed(known.styles.get((each[0], None)), other.styles.get((each[1], None)), own)
        )
        for each in zip(before, after, strict=True)
    )


def _of_pseudo(known: PageStyles, other: PageStyles, pair: tuple[Element, Element], name: str, own: Keys) -> Keys:
    return _changed(known.styles.get((pair[0], name)), other.styles.get((pair[1], name)), own)


def _harmless(element: Element, keys: Keys) -> bool:
    """Whether what changes of an element that is no frame moves nothing, and nothing is read off it."""
    if element.get(attribute.FILL) is not None or element.get(attribute.PICTURE) is not None:
        return not keys & _MEASURED and all(_is_paint(key) for key in keys)
    words = any(text and text.strip() for text in (element.text, *(child.tail for child in element)))
    return all(_is_paint(key) or (_is_type(key) and not words) for key in keys)


def _is_length(height: Any) -> bool:
    return getattr(height, "unit", None) == "px"


def _is_type(key: str) -> bool:
    return key in _OF_TYPE or key.startswith(_BEGIN_TYPE) or _is_paint(key)


def _is_paint(key: str) -> bool:
    return key in _OF_PAINT or key.startswith(_BEGIN_PAINT) or key.startswith("__")


def _changed(before: ComputedStyle | None, after: ComputedStyle | None, parent: Keys) -> Keys:
    """The properties whose computed values differ; *parent* are those of the element that the two inherit from."""
    if before is None or after is None:
        return _NOTHING if before is after else frozenset({"display"})
    said = before.cascaded.keys() | after.cascaded.keys()
    inherited = {key for key in parent if key in INHERITED or key.startswith("__")}
    if not inherited and all(_said_alike(before, after, key) for key in said):
        return _NOTHING
    found = {key for key in (*said, *inherited) if not _alike(before[key], after[key])}
    if found & {"font_size", "color"}:
        found |= {key for key in _DEPENDENT if not _alike(before[key], after[key])}
    return frozenset(found)


def _said_alike(before: ComputedStyle, after: ComputedStyle, key: str) -> bool:
    if key not in before.cascaded or key not in after.cascaded:
        return False
    return _alike(before.cascaded[key][0], after.cascaded[key][0])


def _alike(one: Any, other: Any) -> bool:
    """Whether two values are the same. Of those read from an element's own style, tokens are compared by their text."""
    if one is other:
        return True
    if isinstance(one, Pending) and isinstance(other, Pending):
        return type(one) is type(other) and _alike(one.tokens, other.tokens)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and one and isinstance(one[0], Node):
        return bool(tinycss2.serialize(one) == tinycss2.serialize(other))
    return bool(one == other)
