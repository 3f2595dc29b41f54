"""What a font file says of being embedded: the field ``fsType`` of its OS/2 table.

OpenType 1.9, OS/2 table, fsType. The page is printed from a PDF that holds a subset of each face. A face whose maker
forbids that may be used by who has a licence all the same: a row in design.toml, or in ``fonts.toml`` beside the
fonts, says which licence, whose, and on what paper it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from layout.errors import Message

_USAGE = 0x000F
_RESTRICTED, _PREVIEW, _EDITABLE = 0x0002, 0x0004, 0x0008
_NO_SUBSETTING = 0x0100
_BITMAP_ONLY = 0x0200

_WORDS = {
    0: Message("可以嵌入", "may be embedded"),
    _EDITABLE: Message("可以嵌入、可编辑的文件也行", "may be embedded, in files that can be edited too"),
    _PREVIEW: Message("只供阅读和打印的文件可以嵌入", "may be embedded for reading and printing"),
    _RESTRICTED: Message("禁止嵌入", "must not be embedded"),
}
_MORE = {
    _NO_SUBSETTING: Message("禁止只嵌入用到的字", "must not be subset"),
    _BITMAP_ONLY: Message("只许嵌入点阵", "bitmaps alone may be embedded"),
}


@dataclass(frozen=True, slots=True)
class Licence:
    """The row that allows a face which its maker's ``fsType`` forbids."""

    licence: str
    """The licence's name."""
    holder: str
    """Who has it."""
    document: str
    """The contract or letter: its number, or a file."""


@dataclass(frozen=True, slots=True)
class Permission:
    """The ``fsType`` of a face; None where the font has no OS/2 table and says nothing."""

    bits: int | None

    @property
    def forbidden(self) -> Message | None:
        """What it forbids of what a build does with a face; None where it forbids nothing of it.

        Where several of the three levels are set, the freest counts (OpenType, OS/2 versions 0 to 2).
        """
        bits = self.bits or 0
        found = [_WORDS[_RESTRICTED]] if bits & _USAGE and not bits & (_PREVIEW | _EDITABLE) and bits & 2 else []
        found += [words for bit, words in _MORE.items() if bits & bit]
        return _joined(found) if found else None

    @property
    def words(self) -> Message:
        """The whole field in words."""
        if self.bits is None:
            return Message("字体里没有写", "the font does not say")
        level = next((bit for bit in (_EDITABLE, _PREVIEW, _RESTRICTED) if self.bits & bit), 0)
        return _joined([_WORDS[level], *(words for bit, words in _MORE.items() if self.bits & bit)])


def _joined(found: list[Message]) -> Message:
    return Message("，".join(each.zh for each in found), ", ".join(each.en for each in found))
