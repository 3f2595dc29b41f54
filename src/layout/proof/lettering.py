"""Registers the program's own faces with ReportLab for the labels of proofs, and cuts labels to a width."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from layout import assets
from layout.errors import FontError, Message
from layout.prepress.drawing import TTFError, TTFont, pdfmetrics

ROLES = ("细黑", "黑")
"""How FONTS.toml names the face that labels are set in, the best first."""


@cache
def label_font() -> str:
    """ReportLab's name of the face for slugs and labels, registered with it.

    Raises ``FontError`` when FONTS.toml has no such face or ReportLab cannot read it.
    """
    path = label_face()
    name = f"proof-{path.stem}"
    try:
        pdfmetrics.registerFont(TTFont(name, path))
    except (TTFError, OSError) as error:
        raise FontError(
            Message(f"校样用的字体 {path.name} 读不了。", f"The font {path.name} for proofs cannot be read.")
        ) from error
    return name


def label_face() -> Path:
    """The file of that face. Raises ``FontError`` when FONTS.toml has none."""
    folder = assets.fonts_dir()
    return _face(folder, tomllib.loads((folder / "FONTS.toml").read_text(encoding="utf-8"))["face"])


def _face(folder: Path, faces: Iterable[dict[str, str]]) -> Path:
    """The first face of a wanted role that ReportLab can embed: it knows TrueType outlines only."""
    for role in ROLES:
        for face in faces:
            if role in face["role"] and face["file"].endswith(".ttf"):
                return folder / face["file"]
    raise FontError(Message("字体目录里没有校样用的黑体。", "There is no sans face for proofs in the fonts folder."))


def wrapped(text: str, size: float, width: float, most: int) -> list[str]:
    """*text* in lines of at most *width* points; of more than *most* lines the last ends in ……."""
    font, lines = label_font(), [""]
    for character in text:
        if lines[-1] and pdfmetrics.stringWidth(lines[-1] + character, font, size) > width:
            lines.append("")
        lines[-1] += character
    return lines if len(lines) <= most else [*lines[: most - 1], cut(lines[most - 1] + lines[most], size, width)]


def cut(text: str, size: float, width: float) -> str:
    """*text*, shortened with … where it is wider than *width* points."""
    font = label_font()
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text + "…"
