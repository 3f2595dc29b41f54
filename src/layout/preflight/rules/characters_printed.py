"""Characters that are printed otherwise than they are read: ToUnicode that lies, and outlines that were exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from types import MappingProxyType
from typing import Literal
from unicodedata import category, normalize
from unicodedata import name as character_name

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.preflight.events import TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.faces import PdfFace
from layout.preflight.font_program import GLYPH, FontProgram
from layout.preflight.glyphs import glyph_of
from layout.preflight.job import PreflightJob
from layout.preflight.known_faces import wrongly_drawn
from layout.preflight.record import about
from layout.preflight.rules.fonts import runs_by_font
from layout.preflight.simple_encodings import NOTDEF, character
from layout.preflight.truetype_program import TrueTypeProgram

AGREED, MIN_AGREED = 0.8, 10
"""Share of a font's codes, and least number of them, for which ToUnicode and the font's own table or names must say the
same before the rest is believed of marks too: some programs number glyphs as they come and call that Unicode."""

MARKS = frozenset("，。、；：！？,.;:!?")
"""Marks that nobody takes for one another; dashes, quotes and dots are drawn alike and read in many ways."""

SMALL_MARKS = frozenset("，。、,.")
SMALL_STROKES = frozenset("丶丿乀乁亅亠冫")
"""Han characters that may be drawn as small as a mark."""

LARGE, TINY = 0.6, 0.42
"""Ems, of both width and height: no face draws a comma so large, nor a Han character so small."""

MIN_HAN = 10
"""Han characters in use, of ordinary size, before the em is believed to be one."""

What = Literal["other", "altered", "large", "tiny"]

SAMPLES: Mapping[What, Message] = MappingProxyType({
    "other": Message("印作“{shown}”，读作“{read}”", "“{shown}” printed and “{read}” read"),
    "altered": Message("读作“{read}”，轮廓却不是这款字体的", "“{read}” read, with an outline that the face has not"),
    "large": Message("读作“{read}”，印出来却有一个字大", "“{read}” read, printed as large as a whole character"),
    "tiny": Message("读作“{read}”，印出来却只有标点大", "“{read}” read, printed as small as a comma"),
})  # fmt: skip

HINT = Message(
    "从排版软件重新输出，不要经过改写字体的工具；再对着原稿核对这些字。",
    "Write the file again from the layout program, not through a tool that rewrites fonts; then compare these "
    "characters with the copy.",
)


@dataclass(frozen=True, slots=True)
class Misprint:
    """What is printed for one code, where another character is read."""

    what: What
    shown: str = ""
    """The character that is printed, where it is known."""
    certain: bool = False
    """Whether the face is known, so that its outline proves it."""


@about("font.unicode")
def printed(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.unicode``: what is printed is what is read, by the outlines of a face that is known, else by what the
    embedded program says of itself. An error where the outlines prove it.
    """
    for runs in runs_by_font(sheet):
        face = runs[0].face
        if face.kind == "Type3":
            continue
        found = misprints(face, sorted({code for run in runs for code in run.codes}))
        for certain in (True, False):
            own = {code: each for code, each in found.items() if each.certain is certain}
            if own:
                yield _told(job, sheet, face, own, runs, severity=None if certain else Severity.WARNING)


def _told(
    job: PreflightJob,
    sheet: ExaminedPage,
    face: PdfFace,
    found: Mapping[int, Misprint],
    runs: Sequence[TextShown],
    *,
    severity: Severity | None,
) -> Finding:
    places = [run for run in runs if not found.keys().isdisjoint(run.codes)]
    code = next(code for code in places[0].codes if code in found)
    words = {"shown": found[code].shown, "read": face.text(code)}
    sample = SAMPLES[found[code].what]
    count = sum(each in found for run in places for each in run.codes)
    told = job.on(
        sheet,
        "font.unicode",
        f"字体“{face.name}”有 {count} 个字印的与读的不同，如{sample.zh.format_map(words)}。",
        f"{count} characters in “{face.name}” are read otherwise than they are printed, such as"
        f" {sample.en.format_map(words)}.",
        events=places,
        severity=severity,
        characters=count,
    )
    return replace(told, hint=Hint(maker=HINT))


def misprints(face: PdfFace, codes: Sequence[int]) -> Mapping[int, Misprint]:
    """Those of *codes* that print another character than is read."""
    if not face.to_unicode or face.opened is None:
        return {}
    proved = wrongly_drawn(face, codes)
    if proved is not None:  # a known face: what its table says of itself does not matter then
        return {code: Misprint("other" if shown else "altered", shown, certain=True) for code, shown in proved.items()}
    glyphs = {code: glyph for code in codes if (glyph := glyph_of(face, code)) is not None and glyph != NOTDEF}
    return _by_size(face, face.opened, glyphs) | _by_table(face, face.opened, glyphs)


def _by_table(face: PdfFace, program: FontProgram, glyphs: Mapping[int, GLYPH]) -> dict[int, Misprint]:
    """By the font's own table, or by the names of its glyphs."""
    same, others = 0, dict[int, tuple[str, frozenset[str]]]()
    for code, glyph in glyphs.items():
        text = face.text(code)
        if _says_the_same(program, glyph, text):
            same += 1
        elif shown := _shown(face, program, code, glyph):
            same += text in shown
            if text not in shown:
                others[code] = text, shown
    believed = same >= max(MIN_AGREED, AGREED * (same + len(others)))
    return {
        code: Misprint("other", min(shown))
        for code, (text, shown) in others.items()
        if _differ(text, shown) or (believed and _no_such_mark(text, shown))
    }


def _says_the_same(program: FontProgram, glyph: GLYPH, text: str) -> bool:
    """Whether a font's own table leads *text* to the glyph: nearly always, and then nothing more is asked."""
    table = program.unicode() if isinstance(program, TrueTypeProgram) and len(text) == 1 else None
    return table is not None and table.get(ord(text)) == glyph


def _shown(face: PdfFace, program: FontProgram, code: int, glyph: GLYPH) -> frozenset[str]:
    """The characters that a glyph is, by the font's own table or by its name; none where neither says."""
    if face.composite:
        return program.characters(glyph) if isinstance(program, TrueTypeProgram) and isinstance(glyph, int) else NOTHING
    name = face.names.get(code, "")
    # A symbolic TrueType font goes by its tables, whatever the dictionary calls the glyph.
    by_name = glyph == name or (isinstance(program, TrueTypeProgram) and not face.symbolic)
    return frozenset({text}) if by_name and (text := character(name)) else NOTHING


NOTHING: frozenset[str] = frozenset()


def _differ(told: str, shown: frozenset[str]) -> bool:
    """Whether it is another letter or figure of the same script, in no way written the same."""
    return len(told) == 1 and all(
        len(each) == 1 and _script(each) == _script(told) != "" and _plain(each) != _plain(told) for each in shown
    )


def _no_such_mark(told: str, shown: frozenset[str]) -> bool:
    """Whether one of the two is a mark, and the other a letter, a figure or another mark."""
    return len(told) == 1 and all(
        len(each) == 1
        and _plain(each) != _plain(told)
        and ((_is_mark(told) and (_is_mark(each) or _is_letter(each))) or (_is_mark(each) and _is_letter(told)))
        for each in shown
    )


def _is_mark(char: str) -> bool:
    return char in MARKS


def _is_letter(char: str) -> bool:
    return category(char) in {"Lu", "Ll", "Lo", "Nd"}


def _plain(char: str) -> str:
    return normalize("NFKD", char)[0].casefold()


def _script(char: str) -> str:
    """The script of a letter or figure; nothing for other characters."""
    plain = normalize("NFKD", char)[0]
    return character_name(plain, "").split(" ")[0] if category(plain)[0] in "LN" else ""


def _by_size(face: PdfFace, program: FontProgram, glyphs: Mapping[int, GLYPH]) -> dict[int, Misprint]:
    """Marks as large as a character, and Han characters as small as a mark."""
    sizes = {code: size for code, glyph in glyphs.items() if (size := _size(program, glyph)) is not None}
    texts = {code: face.text(code) for code in sizes}
    han = [sizes[code] for code, text in texts.items() if _is_han(text)]
    of_an_em = len(han) >= MIN_HAN and all(median(side) > LARGE for side in zip(*han, strict=True))
    found: dict[int, Misprint] = {}
    for code, text in texts.items():
        if text in SMALL_MARKS and min(sizes[code]) > LARGE:
            found[code] = Misprint("large")
        elif of_an_em and _is_han(text) and text not in SMALL_STROKES and max(sizes[code]) < TINY:
            found[code] = Misprint("tiny")
    return found


def _size(program: FontProgram, glyph: GLYPH) -> tuple[float, float] | None:
    """Width and height of a glyph's outline in ems."""
    measured = program.measured(glyph)
    if measured is None or not measured.drawn or measured.extent is None:
        return None
    return measured.extent[0] / 1000, measured.extent[1] / 1000


def _is_han(text: str) -> bool:
    return len(text) == 1 and character_name(text, "").startswith("CJK UNIFIED")


CHECKS = (printed,)
