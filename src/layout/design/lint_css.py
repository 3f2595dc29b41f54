"""Checks of a style sheet: colours that no press prints, and declarations that have no effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, ParenthesesBlock, QualifiedRule

from layout.design.cmyk import Cmyk, same_inks, written
from layout.design.css_support import refused_property, unsupported_function
from layout.design.design_fault import DesignFault
from layout.design.font_faces import without_font_faces
from layout.design.ink_function import FUNCTION
from layout.design.named_inks import Inks, inks_of, wrong_with
from layout.errors import Message

_COLOURED = re.compile(
    r"color|background|border|outline|box-shadow|column-rule|text-decoration|^fill$|^stroke$|image|mask|--"
)
"""Properties in which a plain word may be a colour."""


def properties_of(css: str, inks: Inks) -> dict[str, Cmyk]:
    """The custom properties of a style sheet that stand for one ink each."""
    found = {}
    for declaration in _declarations(_rules(css)):
        if declaration.name.startswith("--"):
            value = _values(declaration)
            own = inks_of(value[0], inks) if len(value) == 1 else None
            if own is not None:
                found[declaration.name] = own
    return found


def sheet_faults(css: str, inks: Inks, *, in_drawing: bool = False) -> Iterator[DesignFault]:
    """The faults of a style sheet's colours, and its declarations without effect. *in_drawing*: of an SVG file."""
    return _faults_of(_rules(css), inks, in_drawing=in_drawing)


def style_faults(style: str, inks: Inks, *, in_drawing: bool = False) -> Iterator[DesignFault]:
    """The same for a ``style`` attribute."""
    nodes = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return _faults_of(nodes, inks, in_drawing=in_drawing)


def addresses(css: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and address of every ``url()`` in the declarations of a style sheet, but for those of fonts."""
    for declaration in _declarations(_rules(without_font_faces(css))):
        yield from _addresses(_values(declaration))


def _addresses(values: list[Node]) -> Iterator[tuple[int, int, str]]:
    for token in values:
        if token.type == "url":
            yield token.source_line, token.source_column, token.value
        elif isinstance(token, FunctionBlock) and token.lower_name == "url":
            yield from (
                (token.source_line, token.source_column, part.value)
                for part in token.arguments
                if part.type == "string"
            )
        elif isinstance(token, FunctionBlock):
            yield from _addresses(token.arguments)


def _faults_of(nodes: list[Node], inks: Inks, *, in_drawing: bool) -> Iterator[DesignFault]:
    for declaration in _declarations(nodes):
        value = _values(declaration)
        unsupported = refused_property(
            declaration.lower_name, tinycss2.serialize(declaration.value), in_drawing=in_drawing
        )
        if unsupported is not None:
            yield DesignFault(declaration.source_line, declaration.source_column, *unsupported)
        elif declaration.lower_name == "marks" and [getattr(part, "lower_value", "") for part in value] != ["none"]:
            yield _marks(declaration)
        elif declaration.name.startswith("--"):
            yield from _named_otherwise(declaration, value, inks)
            yield from _wrong(value, inks, bare_words=len(value) == 1)
        else:
            yield from _wrong(value, inks, bare_words=bool(_COLOURED.search(declaration.lower_name)))


def _wrong(values: list[Node], inks: Inks, *, bare_words: bool) -> Iterator[DesignFault]:
    for token in values:
        fault = unsupported_function(_name(token)) or wrong_with(token, inks, bare_words=bare_words)
        if fault is not None:
            yield DesignFault(token.source_line, token.source_column, *fault)
        elif isinstance(token, FunctionBlock | ParenthesesBlock) and _name(token) != FUNCTION:
            inside = token.arguments if isinstance(token, FunctionBlock) else token.content
            gradient = isinstance(token, FunctionBlock) and token.lower_name.endswith("gradient")
            yield from _wrong(inside, inks, bare_words=gradient or (bare_words and _name(token) != "var"))


def _name(token: Node) -> str:
    return token.lower_name if isinstance(token, FunctionBlock) else ""


def _named_otherwise(declaration: Declaration, value: list[Node], inks: Inks) -> Iterator[DesignFault]:
    """A custom property that bears an ink's name must be that ink."""
    name = declaration.name.removeprefix("--").removeprefix("ink-")
    expected, found = inks.named.get(name), inks_of(value[0], inks) if len(value) == 1 else None
    if expected is not None and found is not None and not same_inks(expected, found):
        yield DesignFault(
            declaration.source_line,
            declaration.source_column,
            Message(
                f"{declaration.name} 是 {written(found)}，design.toml 里 {name} 是 {written(expected)}",
                f"{declaration.name} is {written(found)}, but design.toml says {name} is {written(expected)}",
            ),
            Message("两处改成一样。", "Make both the same."),
        )


def _marks(declaration: Declaration) -> DesignFault:
    return DesignFault(
        declaration.source_line,
        declaration.source_column,
        Message("marks 画出的角线是 RGB 黑，又在出血以内", "marks: draws RGB marks, and inside the bleed"),
        Message("删去；在印厂规范里写 marks = true。", "Take it out; write marks = true in the press profile."),
    )


def _rules(css: str) -> list[Node]:
    rules: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return rules


def _declarations(nodes: list[Node]) -> Iterator[Declaration]:
    for node in nodes:
        if isinstance(node, Declaration):
            yield node
        elif isinstance(node, QualifiedRule | AtRule) and node.content is not None:
            yield from _declarations(
                tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            )


def _values(declaration: Declaration) -> list[Node]:
    return [part for part in declaration.value if part.type not in ("whitespace", "comment")]
