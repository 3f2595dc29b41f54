"""Decodes bytes: UTF-8 strictly; for anything else the message names the likely encoding."""

from __future__ import annotations

import codecs
import unicodedata

from layout.errors import Faults, LayoutError, Message, Place, SourceError

_SAVE_AS = Message("请用编辑器“另存为” UTF-8 编码后再试。", "Save it again as UTF-8 in your editor.")
_DELETE = Message("请删去这个字符。", "Delete the character.")
_RETYPE = Message("请对照原稿重新录入这里的字。", "Type the characters here again from the original.")


def decode(data: bytes, file: str, fault: type[SourceError]) -> str:
    """The characters of a UTF-8 file, a byte order mark left out, lines ended by ``\\n``.

    Raises *fault*, with line and column, where the bytes are not UTF-8 or hold characters no page can print.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise fault(
            Message("文件是 UTF-16 编码，不是 UTF-8。", "The file is in UTF-16, not UTF-8."),
            place=Place(file, 1, 1),
            hint=_SAVE_AS,
        )
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(body, error.start, len(data) - len(body), file, fault) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if faults := _unprintable(text, file, fault):
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return text


def _not_utf8(body: bytes, start: int, skipped: int, file: str, fault: type[SourceError]) -> SourceError:
    before = body[:start]
    line_start = before.rfind(b"\n") + 1
    place = Place(file, before.count(b"\n") + 1, len(before[line_start:].decode("utf-8")) + 1)
    offset, byte = start + skipped, body[start]
    if _is_gb18030(body):
        message = Message(
            f"文件不是 UTF-8 编码，看来是 GBK（GB18030）：第 {offset} 字节 0x{byte:02X}。",
            f"The file is not UTF-8 but looks like GBK (GB18030): byte {offset}, 0x{byte:02X}.",
        )
    else:
        message = Message(
            f"文件不是 UTF-8 编码：第 {offset} 字节 0x{byte:02X} 不成字。",
            f"The file is not UTF-8: byte {offset}, 0x{byte:02X}, makes no character.",
        )
    return fault(message, place=place, hint=_SAVE_AS)


def _is_gb18030(body: bytes) -> bool:
    """Whether the bytes decode as GB18030 and mostly to common Han and marks, not to rare ones by chance."""
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [char for char in text if ord(char) > 0x7F]
    common = sum("\u4e00" <= char <= "\u9fff" or char in "，。、；：？！“”‘’（）《》—…·　" for char in foreign)
    return bool(foreign) and common > 0.9 * len(foreign)


def _unprintable(text: str, file: str, fault: type[SourceError]) -> list[LayoutError]:
    faults: list[LayoutError] = []
    for number, line in enumerate(text.split("\n"), 1):
        # To Python an ideographic space cannot be printed; every paragraph begins with two.
        if line.replace("\u3000", "").isprintable() and "\ufffd" not in line:
            continue
        for column, char in enumerate(line, 1):
            if char.isprintable() and char != "\ufffd":  # nearly every character, quickly
                continue
            if message := _why_unprintable(char):
                hint = _RETYPE if char == "\ufffd" else _DELETE
                faults.append(fault(message, place=Place(file, number, column), hint=hint))
    return faults


def first_unprintable(text: str) -> str | None:
    """The first character that no page can print, as ``U+0007``; None where there is none."""
    found = (char for char in text if not (char.isprintable() and char != "\ufffd") and _why_unprintable(char))
    return next((f"U+{ord(char):04X}" for char in found), None)


def _why_unprintable(char: str) -> Message | None:
    code = f"U+{ord(char):04X}"
    if "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE:
        return Message(f"{code} 不是字。", f"{code} is no character.")
    if char == "\t":
        return None
    if char == "\ufffd":
        return Message(
            "这里原有的字已坏成 U+FFFD（�）。", "The character here has been lost and replaced by U+FFFD (�)."
        )
    if unicodedata.category(char) in {"Cc", "Zl", "Zp"}:
        return Message(
            f"这里有一个印不出的控制字符 {code}。",
            f"There is a control character here, {code}, that cannot be printed.",
        )
    return None
