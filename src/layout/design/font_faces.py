"""The ``@font-face`` rules of a design: which file is which family, weight and style (CSS Fonts 4, 4).

They are read here and nowhere else: WeasyPrint is given style sheets without them, as it would load the fonts by rules
of its own. A file is one of the design's folder; ``local()`` is never looked for, or the page would differ from machine
to machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node

from layout.design.design_fault import blanked
from layout.errors import Message, Place, TemplateError
from layout.face_values import CharacterRange, Weights

_RULE = re.compile(r"@font-face\s*\{[^{}]*\}", re.IGNORECASE)
_QUIET = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(?P<css>.*?)</style>", re.DOTALL | re.IGNORECASE)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_RANGE = re.compile(r"u\+(?P<first>[0-9a-f]{1,6})(?P<any>\?{0,5})(?:-(?P<last>[0-9a-f]{1,6}))?$", re.IGNORECASE)
_WORDS = MappingProxyType({"normal": 400, "bold": 700})


@dataclass(frozen=True, slots=True)
class FontFaceRule:
    """One ``@font-face`` rule."""

    family: str
    address: str
    """The file, from the folder of the style sheet."""
    fragment: str
    """Which face of a collection: its number from 0, or its PostScript name; else nothing."""
    folder: Path
    """The folder of the style sheet."""
    weights: Weights | None
    """None where the rule does not say: then the file does."""
    italic: bool | None
    ranges: tuple[CharacterRange, ...]
    place: Place


def without_font_faces(css: str) -> str:
    """*css* with spaces for its ``@font-face`` rules: every line and column stays."""
    return _RULE.sub(blanked, css) if "@font-face" in css.lower() else css


def has_font_faces(design: Path) -> bool:
    """Whether a style sheet or template of the folder *design* has a rule."""
    paths = (path for pattern in ("*.css", "*.html") for path in design.rglob(pattern) if path.is_file())
    return any(b"@font-face" in path.read_bytes().lower() for path in paths)


def font_face_rules(texts: Mapping[Path, str]) -> tuple[list[FontFaceRule], list[TemplateError]]:
    """The ``@font-face`` rules of a design's style sheets and templates, by their paths, and what is wrong with others.

    A rule in a ``style`` element counts as one of a style sheet beside the template.
    """
    rules: list[FontFaceRule] = []
    faults: list[TemplateError] = []
    for path, text in texts.items():
        css = text if path.suffix == ".css" else _styles_of(text)
        if "@font-face" not in css.lower():
            continue
        for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if isinstance(node, AtRule) and node.lower_at_keyword == "font-face":
                try:
                    rules.append(_rule(node, path))
                except TemplateError as fault:
                    faults.append(fault)
    return rules, faults


def _styles_of(html: str) -> str:
    """The ``style`` elements of a template, all else blank."""
    plain, out, end = _JINJA.sub(blanked, html), "", 0
    for found in _STYLE.finditer(plain):
        start = found.start("css")
        out += re.sub(r"[^\n]", " ", plain[end:start]) + found["css"]
        end = found.end("css")
    return out


def _rule(node: AtRule, path: Path) -> FontFaceRule:
    place = Place(str(path), node.source_line, node.source_column)
    parts = tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
    declared = {each.lower_name: each for each in parts if isinstance(each, Declaration)}
    for name in ("font-family", "src"):
        if name not in declared:
            raise TemplateError(
                Message(f"@font-face 里没有 {name}", f"@font-face has no {name}"),
                place=place,
                hint=Message(
                    '写成 @font-face { font-family: "名字"; src: url(fonts/文件.otf) }',
                    'write @font-face { font-family: "Name"; src: url(fonts/File.otf) }',
                ),
            )
    address, fragment = _address(declared["src"], path)
    return FontFaceRule(
        family=_family(declared["font-family"], path),
        address=address,
        fragment=fragment,
        folder=path.parent,
        weights=_weights(declared["font-weight"], path) if "font-weight" in declared else None,
        italic=_style(declared["font-style"], path) if "font-style" in declared else None,
        ranges=_ranges(declared["unicode-range"], path) if "unicode-range" in declared else (),
        place=place,
    )


def _values(declaration: Declaration) -> list[Node]:
    return [part for part in declaration.value if part.type not in ("whitespace", "comment")]


def _wrong(declaration: Declaration, path: Path, hint: Message) -> TemplateError:
    written = tinycss2.serialize(declaration.value).strip()[:60]
    return TemplateError(
        Message(
            f"@font-face 的 {declaration.lower_name} 写得不对：{written}",
            f"{declaration.lower_name} of @font-face is not right: {written}",
        ),
        place=Place(str(path), declaration.source_line, declaration.source_column),
        hint=hint,
    )


def _family(declaration: Declaration, path: Path) -> str:
    values = _values(declaration)
    if len(values) == 1 and values[0].type == "string" and values[0].value.strip():
        return str(values[0].value).strip()
    if values and all(each.type == "ident" for each in values):
        return " ".join(each.value for each in values)
    raise _wrong(declaration, path, Message('写一个名字：font-family: "名字"', 'write one name: font-family: "Name"'))


def _address(declaration: Declaration, path: Path) -> tuple[str, str]:
    """The first ``url()`` of ``src``, and what stands after its #."""
    for token in _values(declaration):
        found = None
        if token.type == "url":
            found = token.value
        elif isinstance(token, FunctionBlock) and token.lower_name == "url":
            found = next((part.value for part in token.arguments if part.type == "string"), None)
        if found and found.strip():
            address, _, fragment = found.strip().partition("#")
            return unquote(address), unquote(fragment)
    hint = Message(
        "写 src: url(fonts/文件.otf)；系统里的字体（local）从不用，换一台机器就不同了",
        "write src: url(fonts/File.otf); fonts of the system (local) are never used: the next machine has others",
    )
    raise _wrong(declaration, path, hint)


def _weights(declaration: Declaration, path: Path) -> Weights | None:
    found = []
    for token in _values(declaration):
        if token.type == "ident" and token.lower_value == "auto":
            return None
        value = _WORDS.get(token.lower_value) if token.type == "ident" else getattr(token, "int_value", None)
        found.append(value if value is not None and 1 <= value <= 1000 else None)
    weights = [each for each in found if each is not None]
    if len(weights) != len(found) or not 1 <= len(found) <= 2:
        hint = Message("写 400、bold，可变字体写两个数：200 900", "write 400 or bold; two numbers for a variable font")
        raise _wrong(declaration, path, hint)
    return Weights(min(weights), max(weights))


def _style(declaration: Declaration, path: Path) -> bool | None:
    first = next(iter(_values(declaration)), None)
    word = first.lower_value if first is not None and first.type == "ident" else ""
    if word == "auto":
        return None
    if word in ("normal", "italic", "oblique"):
        return word != "normal"
    raise _wrong(declaration, path, Message("写 normal 或 italic", "write normal or italic"))


def _ranges(declaration: Declaration, path: Path) -> tuple[CharacterRange, ...]:
    found: list[CharacterRange] = []
    for part in tinycss2.serialize(declaration.value).split(","):
        match = _RANGE.match(part.strip())
        if match is None or (match["any"] and match["last"]):
            hint = Message("写成 U+4E00-9FFF, U+E000", "write U+4E00-9FFF, U+E000")
            raise _wrong(declaration, path, hint)
        blanks = match["any"]
        first = int(match["first"] + "0" * len(blanks), 16)
        last = int(match["last"] or match["first"] + "F" * len(blanks), 16)
        found.append(CharacterRange(first, last))
    return tuple(found)


def named_in(texts: Sequence[str], families: Sequence[str]) -> bool:
    """Whether one of *texts*, in small letters and without comments, names one of *families*."""
    return any(name.casefold() in text for name in families for text in texts)


def searchable(texts: Mapping[Path, str]) -> list[str]:
    """The style sheets and templates as ``named_in`` looks through them: without comments and ``@font-face`` rules."""
    return [without_font_faces(_QUIET.sub(" ", text)).casefold() for text in texts.values()]
