"""``ink(press-red)`` and ``ink(press-red, 40%)``: inks by the names that a design gives them in its design.toml.

The layout engine does not know the function. What it is given has ``device-cmyk()`` in its place, so that every colour
that can be written can be an ink: in style sheets, drawings and attributes, behind ``var()`` and in gradients.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from xml.etree.ElementTree import Element

from tinycss2.ast import FunctionBlock

from layout.design.cmyk import Cmyk, written
from layout.errors import Message, meant

FUNCTION = "ink"

_USE = r"""(?<![\w-])(?i:ink)\(\s*(?P<name>[^\s,()"'/]+)\s*(?:,\s*(?P<tint>\d+(?:\.\d+)?)%\s*)?\)"""
_IN_CSS = re.compile(rf"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|{_USE}""", re.DOTALL)
"""A use outside comments and strings, which are matched first."""
_IN_VALUE = re.compile(_USE)
_COLOURED = ("style", "fill", "stroke", "stop-color", "color", "bgcolor", "flood-color", "lighting-color")
"""Attributes whose value is a colour or has one in it."""


def in_style_sheet(css: str, named: Mapping[str, Cmyk]) -> str:
    """A style sheet with inks in the places of their names; a name that there is not stays as it is."""
    return _IN_CSS.sub(partial(_instead, named=named), css) if _there(css) else css


def in_drawing(svg: str, named: Mapping[str, Cmyk]) -> str:
    """The same of an SVG."""
    return _IN_VALUE.sub(partial(_instead, named=named), svg) if _there(svg) else svg


def in_file(path: Path, content: bytes, named: Mapping[str, Cmyk]) -> bytes:
    """The same of a file's content, where it is a style sheet or a drawing. Bytes that are no text stay as they are."""
    kind = path.suffix.lower()
    if kind not in _FILES or f"{FUNCTION}(".encode() not in content.lower():
        return content
    if len(content) > _LONGEST:
        return _changed(kind, content, tuple(named.items()))
    return _remembered(kind, content, tuple(named.items()))


def _changed(kind: str, content: bytes, named: tuple[tuple[str, Cmyk], ...]) -> bytes:
    try:
        return _FILES[kind](content.decode("utf-8"), dict(named)).encode()
    except UnicodeDecodeError:
        return content


_FILES = {".css": in_style_sheet, ".svg": in_drawing}
_LONGEST = 1 << 18
"""Bytes of a file above which it is not remembered, so that all that are take 16 MiB at most."""
_remembered = lru_cache(maxsize=32)(_changed)
"""Every page of a design asks for the same drawings: by their content, with the inks."""


def in_elements(root: Element, named: Mapping[str, Cmyk]) -> list[tuple[str, Message]]:
    """The same, in place, of the attributes and style elements of a page; the names in them that there are not, each
    with its hint.
    """
    unknown: dict[str, Message] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.rpartition("}")[2] == "style" and element.text:
            element.text = in_style_sheet(element.text, named)
        for key in (each for each in _COLOURED if _there(element.get(each, ""))):
            value = element.get(key, "")
            element.set(key, _IN_VALUE.sub(partial(_instead, named=named), value))
            unknown |= {use["name"]: _nearest(use["name"], named) for use in _IN_VALUE.finditer(element.get(key, ""))}
    return list(unknown.items())


def _there(text: str) -> bool:
    return f"{FUNCTION}(" in text.lower()


def _instead(found: re.Match[str], named: Mapping[str, Cmyk]) -> str:
    inks = named.get(found["name"] or "")
    return found[0] if inks is None else written(tinted(inks, float(found["tint"] or 100) / 100))


def tinted(inks: Cmyk, share: float) -> Cmyk:
    """A tint: that share of each ink."""
    c, m, y, k = (value * share for value in inks)
    return c, m, y, k


def inks_of_function(token: FunctionBlock, named: Mapping[str, Cmyk]) -> Cmyk | None:
    """The inks that an ``ink()`` stands for; None for one that is not right."""
    found = _IN_VALUE.fullmatch(token.serialize())
    inks = named.get(found["name"]) if found else None
    return None if found is None or inks is None else tinted(inks, float(found["tint"] or 100) / 100)


def wrong_with_function(token: FunctionBlock, named: Mapping[str, Cmyk]) -> tuple[Message, Message] | None:
    """What is wrong with an ``ink()``, and what to write instead; None when nothing is."""
    text = token.serialize()
    found = _IN_VALUE.fullmatch(text)
    if found is None or not 0 <= float(found["tint"] or 100) <= 100:
        return (
            Message(f"{text} 写得不对", f"{text} is no ink"),
            Message("写成 ink(名字) 或 ink(名字, 40%)，0–100%。", "Write ink(name) or ink(name, 40%), 0 to 100 %."),
        )
    return None if found["name"] in named else (no_such_ink(found["name"]), _nearest(found["name"], named))


def no_such_ink(name: str) -> Message:
    """The sentence for a name that no ink bears."""
    return Message(f"没有名为 {name} 的油墨", f"there is no ink called {name}")


def _nearest(name: str, named: Mapping[str, Cmyk]) -> Message:
    return meant(
        name,
        sorted(named),
        otherwise=Message(
            f"在 design.toml 的 [inks] 里写 {name} = [青, 品, 黄, 黑]。",
            f"Write {name} = [c, m, y, k] under [inks] in design.toml.",
        ),
    )
