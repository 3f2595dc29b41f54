"""Signs of Word's symbol fonts as characters: Symbol and the Wingdings have codes of their own."""

from __future__ import annotations

from collections.abc import Mapping

_SYMBOL: Mapping[int, str] = {
    **{0x41 + index: letter for index, letter in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + index: letter for index, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "•", 0xA5: "∞",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD6: "√", 0xE5: "∑", 0xB2: "″", 0xA2: "′", 0xBC: "…",
}  # fmt: skip
_WINGDINGS: Mapping[int, str] = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑", **{0x80 + count: chr(0x245F + count) for count in range(1, 11)}, 0x80: "⓪",
    **{0x8C + count: chr(0x2776 + count) for count in range(10)},
}  # fmt: skip
_WINGDINGS_2: Mapping[int, str] = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA2: "■", 0xA3: "□", 0x2A: "□",
}  # fmt: skip
FONTS: Mapping[str, Mapping[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
"""By the font's name in small letters: the code, without the 0xF000 that Word adds, and the character."""


def sign(font: str, code: str) -> str | None:
    """The character that *font* shows for the hexadecimal *code* of a ``w:sym``; None where that is not known."""
    try:
        point = int(code, 16)
    except ValueError:
        return None
    table = FONTS.get(font.lower())
    if table is not None:
        return table.get(point & 0xFF if 0xF000 <= point <= 0xF0FF else point)
    if 0xF020 <= point <= 0xF07E:
        return chr(point - 0xF000)
    return chr(point) if 0x20 <= point < 0xD800 or 0xF900 <= point < 0x110000 else None
