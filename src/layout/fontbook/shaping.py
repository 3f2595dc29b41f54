"""Shapes runs of text in one face: HarfBuzz's glyphs as clusters, at the widths that the standard gives marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import uharfbuzz as hb

from layout.fontbook.clusters import Cluster, Glyph
from layout.fontbook.face import Face
from layout.fontbook.vertical_forms import VERTICAL_FORMS

# Marks whose width the standard fixes whatever the face says, in em a character (GB/T 15834-2011 5.1.4, 5.1.5, 5.1.7;
# CLREQ h-widths_of_punctuation_marks). The glyph is centred in that width.
_FIXED_WIDTH = MappingProxyType({"—": 1.0, "…": 1.0, "⋯": 1.0, "⸺": 2.0, "·": 0.5})
# Invisible characters that shape their neighbours or nothing at all; no face needs to cover them.
JOINERS = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def clings(character: str) -> bool:
    """Whether a character belongs to the cluster before it: combining marks, variation selectors, joiners."""
    return (
        unicodedata.combining(character) > 0 or character in JOINERS or unicodedata.category(character) in ("Mn", "Me")
    )


def _stands_alone(character: str) -> bool:
    """Whether it never joins a neighbour: Han, full-width marks, kana, symbols, not letters or digits."""
    if character == "—":  # two of them are one stroke in most faces
        return False
    return (
        character >= "\u2010" and unicodedata.category(character)[0] in "LPSN" and not "\ufb00" <= character <= "\ufdff"
    )


def shaping_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """*text* cut into characters that stand alone and runs that must be shaped together."""
    run = ""
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        if _stands_alone(character) and not (following and clings(following)):
            if run:
                yield run, False
                run = ""
            yield character, True
        else:
            run += character
    if run:
        yield run, False


def shape_run(face: Face, text: str, vertical: bool, *, proportional: bool = False) -> Iterator[Cluster]:
    """Clusters of a run in one face. Ligatures are off: every letter keeps a place of its own on the line.

    *proportional* asks for the Western forms of marks that the face has in a whole em.
    """
    buffer = hb.Buffer()
    buffer.add_str(text)
    # Marks alone have no script: told that they are Han's, a face gives them its Chinese forms (—— of two full em).
    buffer.script = "Latn" if any(_is_latin(character) for character in text) else "Hani"
    buffer.direction = "ltr"
    buffer.language = "zh-CN"
    features = {"liga": False, "clig": False, "dlig": False, "vert": vertical, "vrt2": vertical, "pwid": proportional}
    hb.shape(face.shaper, buffer, features)
    forms = _vertical_forms(face, text) if vertical else {}
    glyphs: dict[int, list[Glyph]] = {}
    for info, pos in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        scale = 1 / face.upem
        number = forms.get(info.codepoint, info.codepoint)
        glyph = Glyph(number, pos.x_offset * scale, pos.y_offset * scale, pos.x_advance * scale)
        glyphs.setdefault(info.cluster, []).append(glyph)
    starts = sorted(glyphs)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        made = tuple(_visible(glyphs[start], face))
        yield _fixed(Cluster(text[start:end], face.key, sum(glyph.advance for glyph in made), made))


def _vertical_forms(face: Face, text: str) -> dict[int, int]:
    """The glyphs of level lines, of marks in *text*, that have another in vertical lines which no feature gives."""
    found = {}
    for character in VERTICAL_FORMS.keys() & set(text):
        plain = face.shaper.get_nominal_glyph(ord(character))
        form = face.vertical_form(character)
        if plain and form:
            found[plain] = form
    return found


def is_selector(character: str) -> bool:
    """Whether it is a variation selector."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_complete(cluster: Cluster) -> bool:
    """Whether the face has a glyph for all of it."""
    return all(glyph.number for glyph in cluster.glyphs)


def _visible(glyphs: list[Glyph], face: Face) -> list[Glyph]:
    """A cluster's glyphs without those that stand for what only shapes others (variation selectors, joiners); one of
    them where there is nothing else, so that its text has a glyph to be read from."""
    blank = face.shaper.get_nominal_glyph(0x20)
    seen = [glyph for glyph in glyphs if glyph.advance or glyph.number != blank]
    return seen or glyphs[:1]


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def _fixed(cluster: Cluster) -> Cluster:
    """The cluster at the width the standard gives it, glyphs centred; itself where the face decides."""
    width = sum(_FIXED_WIDTH.get(character, 0.0) for character in cluster.text)
    if not width or abs(width - cluster.advance) < 1e-9:
        return cluster
    shift = (width - cluster.advance) / 2
    glyphs = tuple(replace(glyph, dx=glyph.dx + shift) for glyph in cluster.glyphs)
    return replace(cluster, advance=width, glyphs=glyphs)
