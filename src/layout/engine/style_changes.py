"""What other classes change in the computed styles of a page, found without laying it out.

Most of what a class changes is type: a size, an indent, the rows of a heading. An empty frame stands where it stands
whatever its type, so that such a page need not be laid out again to be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2
from tinycss2.ast import Node
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED
from weasyprint.css.tokens import Pending

from layout.design import data_attributes as attribute
from layout.design.custom_properties import OPTIONS
from layout.engine.marked_elements import key_of
from layout.engine.page_styles import PageStyles

Keys = frozenset[str]
"""Names of properties, with underscores as WeasyPrint has them; those of custom properties begin with two."""
_NOTHING: Keys = frozenset()
Pair = tuple[Element, Element]
"""An element of the one page, and the same of the other."""

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
_BEGIN_EDGES = ("display", "position", "float", "box_sizing", "border_", "padding_")
"""What the edges of a box are, and how it is laid out."""
_OF_PLACE = ("width", "height", "min_", "max_", "left", "right", "top", "bottom")
_HEIGHTS = frozenset({"height", "min_height", "max_height"})
_GENERATED = ("before", "after")
_OF_LETTERS = ("first-line", "first-letter")
_DEPENDENT = frozenset({*INITIAL_NOT_COMPUTED, *_OF_PAINT} - {"display"})
"""What follows from the size or the colour of the type where nothing says it."""


@dataclass
class StyleChanges:
    """What other classes change."""

    frames: set[str] = field(default_factory=set)
    """The keys of frames whose type is another."""
    pictures: set[str] = field(default_factory=set)
    """The keys of pictures that want other heights."""
    moves: bool = False
    """Whether anything besides may change, so that only a layout can tell where boxes stand."""
    reshapes: bool = False
    """Whether a box may appear that was not there, or have other edges: more than its place and its size."""


def changes_of(known: PageStyles, other: PageStyles) -> StyleChanges:
    """What changes with the styles of *other*, the page of *known* with other classes."""
    comparison = _Comparison(known, other)
    comparison.walk((known.root, other.root), _NOTHING)
    return comparison.found


@dataclass
class _Comparison:
    """Two pages of one tree, being compared."""

    known: PageStyles
    other: PageStyles
    found: StyleChanges = field(default_factory=StyleChanges)
    _seen: dict[tuple[int, int, Keys], Keys] = field(default_factory=dict)
    """Elements with the same rules have one style."""

    def walk(self, pair: Pair, parent: Keys) -> None:
        """Looks at an element and at all in it; *parent* are the changes of what it stands in."""
        own, found, (before, after) = self.changed(pair, parent), self.found, pair
        if "display" in own and self.other.styles[after, None]["display"] == ("none",):
            found.moves = True
            return
        found.reshapes = found.reshapes or any(key.startswith(_BEGIN_EDGES) for key in own)
        generated = (key for name in _GENERATED for key in self.changed(pair, own, name))
        if not all(_is_paint(key) for key in generated):
            found.moves = True
        if after.get(attribute.FLOW):
            found.moves = found.moves or "__height" in own or not all(_is_type(key) for key in own)
            if any(map(_is_read, own)) or self._letters(pair, own) or self._probes(pair, own):
                found.frames.add(after.attrib[attribute.KEY])
            return
        if after.get(attribute.PICTURE) is not None and own & _HEIGHTS:
            found.pictures.add(after.attrib[attribute.KEY])
            if not _is_length(self.other.styles[after, None]["height"]):
                found.moves = found.reshapes = True
        if "opacity" in own:  # that of all that a frame stands in is its type's
            found.frames.update(key for each in after.iter() if each.get(attribute.FLOW) and (key := key_of(each)))
        found.moves = found.moves or not _harmless(after, own)
        for inner in zip(before, after, strict=True):
            self.walk(inner, own)

    def _letters(self, pair: Pair, own: Keys) -> bool:
        return any(_is_read(key) for name in _OF_LETTERS for key in self.changed(pair, own, name))

    def _probes(self, pair: Pair, own: Keys) -> bool:
        """Whether anything is read off the probes in a frame that has changed."""
        before, after = pair
        for inner in zip(before, after, strict=True):
            keys = self.changed(inner, own)
            if any(map(_is_read, keys)) or self._letters(inner, keys) or self._probes(inner, keys):
                return True
        return False

    def changed(self, pair: Pair, parent: Keys, pseudo: str | None = None) -> Keys:
        """The properties of an element, or of a pseudo-element of it, whose computed values differ."""
        before, after = self.known.styles.get((pair[0], pseudo)), self.other.styles.get((pair[1], pseudo))
        if before is after:
            return _NOTHING
        if before is None or after is None:
            return frozenset({"display"})
        key = id(before), id(after), parent
        if key not in self._seen:
            self._seen[key] = _changed(before, after, parent)
        return self._seen[key]


def _harmless(element: Element, keys: Keys) -> bool:
    """Whether what changes of an element that is no frame moves nothing, and nothing is read off it."""
    if element.get(attribute.FILL) is not None or element.get(attribute.PICTURE) is not None:
        keys = keys - _HEIGHTS if element.get(attribute.PICTURE) is not None else keys
        return not keys & _MEASURED and all(_is_paint(key) for key in keys)
    words = any(text and text.strip() for text in (element.text, *(child.tail for child in element)))
    return all(_is_paint(key) or (_is_type(key) and not words) for key in keys)


def _is_length(height: Any) -> bool:
    return getattr(height, "unit", None) == "px"


def _is_type(key: str) -> bool:
    return key in _OF_TYPE or key.startswith(_BEGIN_TYPE) or _is_paint(key)


def _is_read(key: str) -> bool:
    """Whether it may be read off a frame, its letters or its probes: all but where the frame stands, and its size."""
    return key in _MEASURED if key.startswith("__") else not key.startswith(_OF_PLACE)


def _is_paint(key: str) -> bool:
    return key in _OF_PAINT or key.startswith(_BEGIN_PAINT) or key.startswith("__")


def _changed(before: ComputedStyle, after: ComputedStyle, parent: Keys) -> Keys:
    """The properties whose computed values differ; *parent* are those of the element that the two inherit from."""
    said = before.cascaded.keys() | after.cascaded.keys()
    inherited = {key for key in parent if key in INHERITED or key.startswith("__")}
    if before.cascaded is after.cascaded or all(_said_alike(before, after, key) for key in said):
        if not inherited:
            return _NOTHING
        own = all(key.startswith("__") for key in inherited)
        if own and inherited.isdisjoint(_names_in(value for value, _ in after.cascaded.values())):
            return frozenset(inherited - said)
    found = {key for key in (*said, *inherited) if not _alike(before[key], after[key])}
    if found & {"font_size", "color"}:
        found |= {key for key in _DEPENDENT if not _alike(before[key], after[key])}
    return frozenset(found)


def _names_in(values: Iterable[Any]) -> Iterator[str]:
    """The custom properties that declared *values* wait for: values with ``var()``, or of custom properties."""
    for value in values:
        if isinstance(value, Pending | list):
            yield from _names_of(value.tokens if isinstance(value, Pending) else value)


def _names_of(tokens: Iterable[Any]) -> Iterator[str]:
    for token in (each for each in tokens if isinstance(each, Node)):
        if token.type == "ident" and token.value.startswith("--"):
            yield token.value.replace("-", "_")
        yield from _names_of(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


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
