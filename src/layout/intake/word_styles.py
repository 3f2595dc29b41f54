"""What a Word file's styles say of a paragraph and of the type of its words, inherited values resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from layout.intake.model import CopyAlign, CopyLevel, CopyRole, CopyUnder
from layout.intake.word_names import OFF, W, Xml, number, value

_DEEPEST = 32
"""Styles that are based on one another; Word allows fewer, and a broken file may go in a circle."""
_BLACK = re.compile("(?<!雅)黑体|SimHei|Heiti|标宋|黑简|黑_GBK|粗黑", re.I)
"""Faces that stand for bold in Chinese copy. 微软雅黑 is none: whole texts are pasted in it."""
_ALIGNS: Mapping[str, CopyAlign] = {
    "center": "center", "right": "right", "end": "right", "left": "left", "start": "left", "both": "", "distribute": "",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_ROLES: tuple[tuple[re.Pattern[str], CopyRole], ...] = (
    (re.compile(r"title|标题|主标题|主题", re.I), "title"),
    (re.compile(r"caption|(?:image|table|picture) caption|题注|图注|图说", re.I), "caption"),
    (re.compile(r"(?:intense )?quote|quotations|block text|(?:明显)?引用|引文", re.I), "quote"),
)
"""Names of styles, whole, as Word, WPS, LibreOffice and pandoc call them, and what they say a paragraph is."""
CONTENTS = re.compile(r"toc(?: heading|\s*[1-9])?|contents (?:heading|[1-9])|目录\s*[1-9]?", re.I)
"""Styles of a table of contents, which Word makes."""


@dataclass(frozen=True, slots=True)
class TypeTraits:
    """How words are set; None is what nothing is said of."""

    bold: bool | None = None
    black: bool | None = None
    """Whether their face is a 黑体 or 小标宋."""
    italic: bool | None = None
    size: float | None = None
    under: CopyUnder | Literal[""] | None = None
    dotted: bool | None = None
    level: CopyLevel | None = None
    hidden: bool | None = None
    struck: bool | None = None
    """Whether a line is drawn through them."""

    def over(self, base: TypeTraits) -> TypeTraits:
        """These, and where they say nothing what *base* says."""
        if self == _UNSAID:
            return base
        own = {each.name: said for each in fields(self) if (said := getattr(self, each.name)) is not None}
        return replace(base, **own)


_UNSAID = TypeTraits()


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One style, with what it inherits."""

    name: str = ""
    type: TypeTraits = field(default_factory=TypeTraits)
    align: CopyAlign | None = None
    outline: int | None = None
    """Its level in the outline, from 0."""
    indented: bool | None = None
    """Whether the first line of its paragraphs is indented."""
    numbering: tuple[str | None, int | None] = (None, None)
    """The list that numbers its paragraphs, and the level there."""
    said: tuple[CopyRole, int] | None = None
    """What its name says it is, and the level of a heading; else that of the style that it is based on."""

    @property
    def role(self) -> tuple[CopyRole, int]:
        """What a paragraph of this style is, and its level where that is a heading."""
        if self.said is not None:
            return self.said
        return ("heading", self.outline + 1) if self.outline is not None and self.outline < 9 else ("body", 0)


@dataclass(frozen=True, slots=True)
class WordStyles:
    """All styles of a file, by their ids."""

    written: Mapping[str, Xml]
    paragraph: str = ""
    """The id of the style of paragraphs that name none."""
    plain: TypeTraits = _UNSAID
    """What holds for words of no style."""
    _known: dict[str, WordStyle] = field(default_factory=dict)
    """Those that were asked for: a file has hundreds of styles and uses ten."""

    def of(self, style: str | None) -> WordStyle:
        """The style of that id; the paragraphs' own where there is none of it."""
        name = style if style is not None and style in self.written else self.paragraph
        if name not in self.written:
            return WordStyle(type=self.plain)
        if name not in self._known:
            self._known[name] = _resolved(name, self.written, self.plain)
        return self._known[name]

    def of_words(self, style: str | None) -> TypeTraits:
        """How the style of characters of that id sets words; nothing where there is none of it."""
        return self.of(style).type if style in self.written else _UNSAID


def read_styles(root: Xml | None) -> WordStyles:
    """The styles of the part *root*; none without one."""
    if root is None:
        return WordStyles({})
    plain = type_traits(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    written = {each.get(W + "styleId"): each for each in root.iterchildren(W + "style")}
    own = (name for name, each in written.items() if each.get(W + "type") == "paragraph" and _is_default(each))
    default = next(own, "")
    return WordStyles(written, default, plain)


def _is_default(style: Xml) -> bool:
    return style.get(W + "default") in ("1", "true", "on")


def _resolved(name: str, written: Mapping[str, Xml], plain: TypeTraits) -> WordStyle:
    chain: list[Xml] = []
    following: str | None = name
    while following is not None and following in written and len(chain) < _DEEPEST:
        chain.append(written[following])
        following = value(chain[-1], "basedOn")
    style = WordStyle(type=plain if written[name].get(W + "type") != "character" else _UNSAID)
    for each in reversed(chain):
        style = _with(style, each)
    return replace(style, name=value(written[name], "name") or name)


def _with(style: WordStyle, element: Xml) -> WordStyle:
    """*style*, and over it what *element* says."""
    own = element.find(W + "pPr")
    align, outline = value(own, "jc"), number(value(own, "outlineLvl"))
    listed, level = numbering_of(own)
    return WordStyle(
        style.name,
        type_traits(element.find(W + "rPr")).over(style.type),
        _ALIGNS.get(align, "") if align else style.align,
        style.outline if outline is None else outline,
        is_indented(own, style),
        (listed or style.numbering[0], style.numbering[1] if level is None else level),
        _said_by(value(element, "name") or "") or style.said,
    )


def _said_by(name: str) -> tuple[CopyRole, int] | None:
    if found := _HEADING.fullmatch(name.strip()):
        return "heading", int(found[1])
    return next(((role, 0) for names, role in _ROLES if names.fullmatch(name.strip())), None)


def numbering_of(properties: Xml | None) -> tuple[str | None, int | None]:
    """The list and the level that a paragraph's or style's ``w:pPr`` names; "0" is no list."""
    own = None if properties is None else properties.find(W + "numPr")
    return value(own, "numId"), number(value(own, "ilvl"))


def is_indented(properties: Xml | None, style: WordStyle) -> bool | None:
    """Whether a paragraph's first line is indented; None where nothing is said of it."""
    own = None if properties is None else properties.find(W + "ind")
    said = [number(own.get(W + name)) for name in ("firstLineChars", "firstLine")] if own is not None else []
    known = [each for each in said if each is not None]
    return any(each > 0 for each in known) if known else style.indented


def align_of(properties: Xml | None, style: WordStyle) -> CopyAlign:
    """How a paragraph's lines stand."""
    own = value(properties, "jc")
    return _ALIGNS.get(own, "") if own else style.align or ""


def type_traits(properties: Xml | None) -> TypeTraits:
    """What a ``w:rPr`` says."""
    if properties is None or len(properties) == 0:
        return _UNSAID
    said: dict[str, Any] = {}
    for child in properties:
        if (known := _TRAITS.get(child.tag)) is not None:
            name, read = known
            said[name] = read(child)
    return TypeTraits(**said) if said else _UNSAID


def _switched(element: Xml) -> bool:
    return element.get(W + "val", "1") not in OFF


def _size(element: Xml) -> float | None:
    size = number(element.get(W + "val"))
    return None if size is None else size / 2


def _level(element: Xml) -> CopyLevel:
    raised: dict[str | None, CopyLevel] = {"superscript": "super", "subscript": "sub"}
    return raised.get(element.get(W + "val"), "")


def _black(fonts: Xml) -> bool | None:
    name = fonts.get(W + "eastAsia")
    return None if name is None else _BLACK.search(name) is not None


_TRAITS: Mapping[str, tuple[str, Callable[[Xml], object]]] = {
    W + "b": ("bold", _switched),
    W + "rFonts": ("black", _black),
    W + "i": ("italic", _switched),
    W + "sz": ("size", _size),
    W + "u": ("under", lambda element: "" if element.get(W + "val") == "none" else "line"),
    W + "em": ("dotted", lambda element: element.get(W + "val") != "none"),
    W + "vertAlign": ("level", _level),
    W + "vanish": ("hidden", _switched),
    W + "strike": ("struck", _switched),
    W + "dstrike": ("struck", _switched),
}
"""By its element: the name of what is said of words, and how it is read."""
