"""Opens the font program that a file has embedded, whatever it says that it is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from fontTools.ttLib import TTFont
from PIL import ImageFont

from layout.outcome_cache import Codec, OutcomeCache, key_of
from layout.preflight.font_program import SLACK, FontProgram
from layout.preflight.truetype_program import TrueTypeProgram

MEMORY = 12 * 1024 * 1024
"""Bytes of programs that are held open, those of some pages: one has eight, of a tenth of a megabyte each. Faces of
Chinese type have others on every page; what comes again are a page that was changed and the faces of Western type.
"""

SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")


def open_program(content: bytes) -> FontProgram:
    """The program in *content*, whatever key it stands under; one with a ``fault`` when it does not open. One that was
    opened before, for another page or another build, is known by its bytes, with the tables that were read of it.
    """
    key = key_of(content)
    program = opened_programs().get(key)
    if program is None:
        program = _program_in(content)
        opened_programs().put(key, program, len(content))
    return program


@lru_cache(maxsize=1)
def opened_programs() -> OutcomeCache[FontProgram]:
    """The programs that this process has opened; on disk there are none."""
    return OutcomeCache(Codec("opened", _never, _never, str), None, MEMORY)


def _never(program: Any) -> Any:
    raise ValueError(program)


def _program_in(content: bytes) -> FontProgram:
    try:
        return _opened(content)
    except Exception:
        return FontProgram("" if _freetype_opens(content) else "unreadable")


def _freetype_opens(content: bytes) -> bool:
    """Whether FreeType, which most renderers read fonts with, opens what fontTools does not: it is the less strict, and
    a font that it reads is printed.
    """
    try:
        ImageFont.truetype(io.BytesIO(content), 20)
    except Exception:
        return False
    return True


def _opened(content: bytes) -> FontProgram:
    if content[:1] == b"\1":
        return _postscript("open_cff", content)
    if content[:2] in {b"%!", b"\x80\1"}:
        return _postscript("open_type1", content)
    if content[:4] not in SFNT:
        return FontProgram("unreadable")
    font = TTFont(io.BytesIO(content), lazy=True, fontNumber=0)
    if "CFF " not in font.reader.tables:
        return TrueTypeProgram(font, len(content))
    entry = font.reader.tables["CFF "]
    if entry.offset + entry.length > len(content) + SLACK:
        return FontProgram("truncated")
    return _postscript("open_cff", font.reader["CFF "])


def _postscript(opening: str, content: bytes) -> FontProgram:
    """A function of ``postscript_programs``, which no page of ours needs: much of fontTools comes with it."""
    opened: FontProgram = getattr(import_module("layout.preflight.postscript_programs"), opening)(content)
    return opened


@dataclass(slots=True)
class EmbeddedProgram:
    """The program of one font of a file, opened when it is first asked for."""

    content: bytes
    _opened: FontProgram | None = field(default=None, repr=False)

    def opened(self) -> FontProgram:
        """The program; one with a ``fault`` when it does not open."""
        if self._opened is None:
            self._opened = open_program(self.content)
            self.content = b""
        return self._opened
