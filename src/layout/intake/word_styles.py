"""What a Word file's styles say of a paragraph and of the type of its words, inherited values resolved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from layout.intake.model import CopyAlign, CopyLevel, CopyRole, CopyUnder
from layout.intake.word_names import W, Xml, number, switch, value

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

    def over(self, base: TypeTraits) -> TypeTraits:
        """These, and where they say nothing what *base* says."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        return (
            replace(base, **{name: said for name, said in own.items() if said is not None}) if any_said(own) else base
        )


def any_said(own: Mapping[str, object]) -> bool:
    """Whether any of the values is one."""
    return any(each is not None for each in own.values())


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One style, with what it inherits."""

    name: str = ""
    type: TypeTraits = field(default_factory=TypeTraits)
    align: CopyAlign | None = None
    outline: int | None = None
    """Its level in the outline, from 0."""
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

    styles: Mapping[str, WordStyle]
    paragraph: str = ""
    """The id of the style of paragraphs that name none."""
    plain: TypeTraits = field(default_factory=TypeTraits)
    """What holds for words of no style."""

    def of(self, style: str | None) -> WordStyle:
        """The style of that id; the paragraphs' own where there is none of it."""
        return self.styles.get(style or self.paragraph) or self.styles.get(self.paragraph) or WordStyle(type=self.plain)


def read_styles(root: Xml | None) -> WordStyles:
    """The styles of the part *root*; none without one."""
    if root is None:
        return WordStyles({})
    plain = type_traits(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    written = {each.get(W + "styleId"): each for each in root.iterchildren(W + "style")}
    own = (name for name, each in written.items() if each.get(W + "type") == "paragraph" and _is_default(each))
    default = next(own, "")
    return WordStyles({name: _resolved(name, written, plain) for name in written}, default, plain)


def _is_default(style: Xml) -> bool:
    return style.get(W + "default") in ("1", "true", "on")


def _resolved(name: str, written: Mapping[str, Xml], plain: TypeTraits) -> WordStyle:
    chain: list[Xml] = []
    following: str | None = name
    while following is not None and following in written and len(chain) < _DEEPEST:
        chain.append(written[following])
        following = value(chain[-1], "basedOn")
    style = WordStyle(type=plain if written[name].get(W + "type") != "character" else TypeTraits())
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


def align_of(properties: Xml | None, style: WordStyle) -> CopyAlign:
    """How a paragraph's lines stand."""
    own = value(properties, "jc")
    return _ALIGNS.get(own, "") if own else style.align or ""


def type_traits(properties: Xml | None) -> TypeTraits:
    """What a ``w:rPr`` says."""
    if properties is None or len(properties) == 0:
        return TypeTraits()
    size, underline, dots = number(value(properties, "sz")), value(properties, "u"), value(properties, "em")
    raised = value(properties, "vertAlign")
    level: CopyLevel | None = None
    if raised is not None:
        level = "super" if raised == "superscript" else "sub" if raised == "subscript" else ""
    return TypeTraits(
        switch(properties, "b"),
        _black(properties.find(W + "rFonts")),
        switch(properties, "i"),
        None if size is None else size / 2,
        None if underline is None else "" if underline == "none" else "line",
        None if dots is None else dots != "none",
        level,
        switch(properties, "vanish"),
    )


def _black(fonts: Xml | None) -> bool | None:
    name = None if fonts is None else fonts.get(W + "eastAsia")
    return None if name is None else _BLACK.search(name) is not None
