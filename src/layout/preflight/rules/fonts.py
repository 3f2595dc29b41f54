"""Fonts: embedded, sound, readable back, without missing or empty glyphs, and only the design's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from unicodedata import category

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.preflight.events import TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.faces import PdfFace
from layout.preflight.font_program import GLYPH, FontProgram
from layout.preflight.glyphs import glyph_of
from layout.preflight.job import PreflightJob
from layout.preflight.known_faces import bare_name
from layout.preflight.record import about
from layout.preflight.simple_encodings import NOTDEF, character

FAULTS: Mapping[str, Message] = MappingProxyType(
    {
        "unreadable": Message("读不出来", "cannot be read"),
        "truncated": Message("不完整，后面缺了一截", "is cut short"),
        "incomplete": Message("缺少必需的表", "lacks tables that it cannot do without"),
    }
)

BUILT_IN_SYMBOLS = ("symbol", "zapfdingbats")
"""Fonts that every reader has, with an encoding that no table of the file gives."""

BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Characters that are none of Unicode's spaces and show nothing all the same."""


def used(sheet: ExaminedPage) -> dict[str, PdfFace]:
    """The fonts that print something on the page, by name."""
    return {runs[0].face.name: runs[0].face for runs in runs_by_font(sheet)}


def runs_by_font(sheet: ExaminedPage) -> list[list[TextShown]]:
    """The runs of type that print, those of each font together."""
    found: dict[int, list[TextShown]] = {}
    for event in sheet.events:
        if isinstance(event, TextShown) and event.face.kind and event.codes and event.mode != 3:
            found.setdefault(id(event.face), []).append(event)
    return list(found.values())


def sample(runs: Sequence[TextShown]) -> Message:
    """“, such as “…””: the first words of *runs* that can be read, else nothing. A run of marks alone tells little."""
    texts = [text for run in runs if (text := run.text.replace("\ufffd", "").strip()[:12])]
    words = next((text for text in texts if any(map(str.isalnum, text))), texts[0] if texts else "")
    return Message(f"，如“{words}”", f", such as “{words}”") if words else Message("", "")


@about("font.embedded", "font.subset", "font.type3", "font.map", "font.courier")
def embedded(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.embedded``, ``font.subset``, ``font.type3``, ``font.map``: how the fonts are in the file."""
    for runs in runs_by_font(sheet):
        face, like = runs[0].face, sample(runs)
        for check, zh, en in _in_the_file(face, runs[0].font):
            # Without a map the identity holds (ISO 32000-1, table 117); only PDF/A asks for it in so many words.
            by_default = check == "font.map" and face.cid_to_gid == "missing"
            severity = Severity.WARNING if by_default else None
            yield job.on(sheet, check, f"{zh}{like.zh}。", f"{en}{like.en}.", events=runs, severity=severity)


def _in_the_file(face: PdfFace, resource: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the way a font is in the file: the check, and the words in two languages.

    A font without a name goes by that of the page's *resource*.
    """
    name = face.name or f"/{resource}"
    if face.kind == "Type3":
        yield "font.type3", f"用了 Type 3 字体“{name}”", f"“{name}” is a Type 3 font"
        return
    if not face.embedded:
        yield "font.embedded", f"字体“{name}”没有嵌入", f"The font “{name}” is not embedded"
    elif not face.subset:
        yield "font.subset", f"字体“{name}”整套嵌入", f"The font “{name}” is embedded whole"
    if bare_name(face.plain_name).startswith("courier"):
        yield "font.courier", f"用了“{name}”", f"“{name}” is used"
    if face.cid_to_gid == "misplaced":
        yield "font.map", f"字体“{name}”不该有 CIDToGIDMap", f"“{name}” has a CIDToGIDMap that it must not have"
    if face.cid_to_gid == "missing" and face.embedded:
        yield "font.map", f"字体“{name}”没有 CIDToGIDMap", f"“{name}” has no CIDToGIDMap"


@about("font.foreign")
def foreign(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.foreign``: every font is one the design names."""
    if job.expected.faces is None or job.placed:
        return
    known = {bare_name(face) for face in job.expected.faces}
    for runs in runs_by_font(sheet):
        name, like = runs[0].face.plain_name, sample(runs)
        if bare_name(name) not in known:
            yield job.on(
                sheet,
                "font.foreign",
                f"字体“{name}”不在设计的字体之列{like.zh}。",
                f"“{name}” is not one of the design's fonts{like.en}.",
                events=runs,
            )


@about("font.program")
def sound(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.program``: every embedded program opens and is whole."""
    for runs in runs_by_font(sheet):
        face = runs[0].face
        if not face.embedded or face.kind == "Type3":
            continue
        program = face.opened
        if fault := "unreadable" if program is None else program.fault:
            message, like = FAULTS[fault], sample(runs)
            yield job.on(
                sheet,
                "font.program",
                f"嵌入的字体“{face.name}”{message.zh}{like.zh}。",
                f"The embedded program of “{face.name}” {message.en}{like.en}.",
                events=runs,
            )


@about("font.unicode", "font.notdef", "font.outlines", "font.widths")
def glyphs(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.unicode``, ``font.notdef``, ``font.outlines``, ``font.widths``: every code shown stands for a character
    and shows its glyph, as wide as the file says.
    """
    for runs in runs_by_font(sheet):
        face = runs[0].face
        if face.kind == "Type3":
            continue
        faulty = _FaultyCodes(face, job.limit("font.widths", "tolerance"))
        faulty.look_at({code for run in runs for code in run.codes})
        yield from _unread(job, sheet, face, runs)
        visible = [run for run in runs if run.visible]
        yield from _not_there(job, sheet, faulty, visible)
        yield from _wrongly_wide(job, sheet, faulty, visible)


def is_faulty(runs: Sequence[TextShown], tolerance: float) -> bool:
    """Whether glyphs that *runs* of one font show are missing, empty, or of another width than the file says."""
    faulty = _FaultyCodes(runs[0].face, tolerance)
    faulty.look_at({code for run in runs for code in run.codes})
    return bool(faulty.missing or faulty.empty or faulty.widths)


@dataclass(slots=True)
class _FaultyCodes:
    """The codes of one font whose glyphs are not as they should be."""

    face: PdfFace
    tolerance: float
    missing: set[int] = field(default_factory=set)
    empty: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    """What the program says of the width, where the file says otherwise."""

    def look_at(self, codes: set[int]) -> None:
        """Sort the *codes*."""
        program = self.face.opened
        for code in sorted(codes):
            glyph = glyph_of(self.face, code)
            text = self.face.text(code)
            if glyph == NOTDEF:
                if not text.isspace() and not self._blank(code):
                    self.missing.add(code)
            elif glyph is not None and program is not None:
                self._look_in_program(code, program, glyph, text)

    def _blank(self, code: int) -> bool:
        """Whether it is the code of a word space that a simple font gives no name: TeX sets such."""
        return code == ord(" ") and not self.face.composite and code not in self.face.names

    def _look_in_program(self, code: int, program: FontProgram, glyph: GLYPH, text: str) -> None:
        measured = program.measured(glyph)
        if measured is None:
            return
        width = self.face.width(code)
        told = self.face.widths or self.face.composite
        # A vertical line goes on by other numbers (W2).
        if told and not self.face.encoding.endswith("V") and _apart(width, measured.advance, self.tolerance):
            self.widths[code] = measured.advance or 0.0
        if not measured.drawn and width > 0 and _shows(text, character(self.face.names.get(code, ""))):
            self.empty.add(code)


def _apart(width: float, advance: float | None, tolerance: float) -> bool:
    return advance is not None and abs(width - advance) > tolerance


def _shows(text: str, named: str) -> bool:
    """Whether something of it must be seen: neither space nor control, nor what nobody can read back; nor what the
    glyph's name calls a space.
    """
    return not named.isspace() and any(
        category(char)[0] not in "ZC" and char not in BLANK and char != "\ufffd" for char in text
    )


def _unread(job: PreflightJob, sheet: ExaminedPage, face: PdfFace, runs: Sequence[TextShown]) -> Iterator[Finding]:
    if not face.embedded and bare_name(face.plain_name).startswith(BUILT_IN_SYMBOLS):
        return  # their encodings are their own; every reader knows them, and font.embedded has reported them
    unread = [run for run in runs if "\ufffd" in run.text]
    if unread:
        count, like = sum(run.text.count("\ufffd") for run in unread), sample(unread)
        yield job.on(
            sheet,
            "font.unicode",
            f"字体“{face.name}”有 {count} 个字读不回来{like.zh}。",
            f"{count} characters in “{face.name}” cannot be read back{like.en}.",
            events=unread,
            characters=count,
        )


def _not_there(
    job: PreflightJob, sheet: ExaminedPage, faulty: _FaultyCodes, runs: Sequence[TextShown]
) -> Iterator[Finding]:
    name = faulty.face.name
    for check, codes, zh, en in (
        ("font.notdef", faulty.missing, "缺", "missing glyphs"),
        ("font.outlines", faulty.empty, "没有轮廓、印不出来的有", "glyphs without an outline"),
    ):
        places, before = [], ""
        for run in runs if codes else ():
            places += [((before + run.text[:index])[-6:], run) for index, code in enumerate(run.codes) if code in codes]
            before = run.text
        if places:
            after = places[0][0].strip()
            # What the font does not read back is no place that anybody could look for.
            first = bool(after) and not any(category(char)[0] == "C" for char in after)
            zh_at, en_at = (f"，第一个在“{after}”之后", f", the first after “{after}”") if first else ("", "")
            yield job.on(
                sheet,
                check,
                f"字体“{name}”{zh} {len(places)} 个字形{zh_at}。",
                f"“{name}” shows {len(places)} {en}{en_at}.",
                events=(run for _, run in places),
                glyphs=len(places),
            )


def _wrongly_wide(
    job: PreflightJob, sheet: ExaminedPage, faulty: _FaultyCodes, runs: Sequence[TextShown]
) -> Iterator[Finding]:
    places = [run for run in runs if not faulty.widths.keys().isdisjoint(run.codes)] if faulty.widths else []
    if places:
        shown = {code for run in places for code in run.codes if code in faulty.widths}
        code = max(sorted(shown), key=lambda each: abs(faulty.face.width(each) - faulty.widths[each]))
        declared, real, like = faulty.face.width(code), faulty.widths[code], sample(places)
        even = _even_scale(faulty, shown)
        zh_even, en_even = (
            (f"；字形只印成 {even:.0%} 大", f"; its type prints at {even:.0%} of its size") if even else ("", "")
        )
        yield job.on(
            sheet,
            "font.widths",
            f"字体“{faulty.face.name}”有 {len(shown)} 个字形，文件写的字宽与字体不符，"
            f"最多的写作 {declared:.0f}，实为 {real:.0f}{like.zh}{zh_even}。",
            f"{len(shown)} glyphs of “{faulty.face.name}” are not as wide as the file says, the worst {real:.0f}"
            f" instead of {declared:.0f}{like.en}{en_even}.",
            events=places,
            glyphs=len(shown),
        )


MANY = 3
"""Glyphs that must all be as much narrower or wider, for the whole font to be of another scale."""


def _even_scale(faulty: _FaultyCodes, shown: set[int]) -> float | None:
    """By how much all of the glyphs are larger or smaller than the file says; ``None`` where that differs."""
    scales = [faulty.widths[code] / width for code in shown if (width := faulty.face.width(code))]
    if len(scales) < MANY or max(scales) - min(scales) > 0.02 or not 0.1 < scales[0] < 10:
        return None
    return sum(scales) / len(scales)


CHECKS = (embedded, foreign, sound, glyphs)
