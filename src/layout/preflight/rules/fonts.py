"""Fonts: embedded, readable back, without missing glyphs, and only the design's."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding
from layout.preflight.events import Bounds, TextShown
from layout.preflight.faces import PdfFace
from layout.preflight.job import ExaminedPage, PreflightJob
from layout.preflight.record import about


def used(sheet: ExaminedPage) -> dict[str, PdfFace]:
    """The fonts that print something on the page, by name."""
    return {
        event.face.name: event.face
        for event in sheet.events
        if isinstance(event, TextShown) and event.face.kind and event.codes and event.mode != 3
    }


@about("font.embedded", "font.subset", "font.type3", "font.map", "font.courier")
def embedded(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.embedded``, ``font.subset``, ``font.type3``, ``font.map``: how the fonts are in the file."""
    for name, face in used(sheet).items():
        if face.kind == "Type3":
            yield job.finding(
                "font.type3", f"用了 Type 3 字体“{name}”。", f"“{name}” is a Type 3 font.", page_no=sheet.number
            )
            continue
        if not face.embedded:
            yield job.finding(
                "font.embedded", f"字体“{name}”没有嵌入。", f"The font “{name}” is not embedded.", page_no=sheet.number
            )
        elif not face.subset:
            yield job.finding(
                "font.subset", f"字体“{name}”整套嵌入。", f"The font “{name}” is embedded whole.", page_no=sheet.number
            )
        if _bare(face.plain_name).startswith("courier"):
            yield job.finding("font.courier", f"用了“{name}”。", f"“{name}” is used.", page_no=sheet.number)
        if face.cid_to_gid == "misplaced" or (face.cid_to_gid == "missing" and face.embedded):
            yield job.finding(
                "font.map",
                f"字体“{name}”的 CIDToGIDMap 不合规定。",
                f"The CIDToGIDMap of “{name}” is against the rules.",
                page_no=sheet.number,
            )


@about("font.foreign")
def foreign(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.foreign``: every font is one the design names."""
    if job.expected.faces is None:
        return
    known = {_bare(face) for face in job.expected.faces}
    for name, face in used(sheet).items():
        if _bare(face.plain_name) not in known:
            yield job.finding(
                "font.foreign",
                f"字体“{name}”不在设计的字体之列。",
                f"“{name}” is not one of the design's fonts.",
                page_no=sheet.number,
            )


def _bare(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


@about("font.unicode", "font.notdef")
def readable(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``font.unicode``, ``font.notdef``: every glyph shown stands for a character and is one."""
    unread: dict[str, int] = {}
    boxes: dict[str, list[tuple[str, Bounds]]] = {}
    before = ""
    for event in sheet.events:
        if not isinstance(event, TextShown) or not event.face.kind:
            continue
        unknown = event.text.count("\ufffd")
        if unknown and event.face.kind != "Type3":
            unread[event.face.name] = unread.get(event.face.name, 0) + unknown
        for index, code in enumerate(event.codes):
            if event.visible and event.face.is_notdef(code):
                boxes.setdefault(event.face.name, []).append(((before + event.text[:index])[-6:], event.box))
        before = event.text
    for name, count in unread.items():
        yield job.finding(
            "font.unicode",
            f"字体“{name}”有 {count} 个字读不回来。",
            f"{count} characters in “{name}” cannot be read back.",
            page_no=sheet.number,
            characters=count,
        )
    for name, places in boxes.items():
        yield job.on(
            sheet,
            "font.notdef",
            f"字体“{name}”缺 {len(places)} 个字形，第一个在“{places[0][0]}”之后。",
            f"“{name}” shows {len(places)} missing glyphs, the first after “{places[0][0]}”.",
            boxes=(box for _, box in places),
            glyphs=len(places),
        )


CHECKS = (embedded, foreign, readable)
