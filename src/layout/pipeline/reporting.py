"""Builds the report of a build for ``report.json``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import Finding, room_checks
from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box
from layout.issue import Issue
from layout.pipeline.left_to_preflight import LEFT, LEFT_TO
from layout.preflight.grading import switched_off
from layout.preflight.page_geometry import (
    FrameUse,
    MarkSpot,
    PageGeometry,
    ParagraphSpot,
    PictureSpot,
    TypeOrigin,
)
from layout.press import PressProfile
from layout.proof.report import (
    Characters,
    CheckRun,
    OwnFaceReport,
    PageReport,
    PictureUse,
    Report,
    adjustment_counts,
    effective_ppi,
)
from layout.seal.file_written import FileWritten
from layout.units import mm

if TYPE_CHECKING:
    from layout.fontbook.own_faces import OwnFace
    from layout.page.frames import PictureBox
    from layout.pipeline.job import MadePage
    from layout.preflight.page_look import PageLook
    from layout.preflight.record import Record
    from layout.preflight.text import Accounting


@dataclass(frozen=True)
class Outcome:
    """Everything that goes into the report."""

    issue: Issue
    profile: PressProfile
    pages: Sequence[PageReport]
    findings: Sequence[Finding]
    files: Mapping[str, bytes | Path]
    seconds: Mapping[str, float]
    record: Record
    faces: Sequence[OwnFace] = ()


def report_of(outcome: Outcome) -> Report:
    """The report on a finished build."""
    return Report(
        issue=outcome.issue.id,
        title=outcome.issue.title,
        date=outcome.issue.date,
        design=outcome.issue.design,
        press=outcome.profile.name,
        program=program(),
        killed=outcome.issue.killed,
        pages=tuple(outcome.pages),
        findings=tuple(outcome.findings),
        files=tuple(file_written(name, content) for name, content in outcome.files.items()),
        press_reasons=tuple(asdict(reason) for reason in outcome.profile.reasons),
        checks=checks_run(outcome.findings, outcome.record, outcome.profile),
        seconds=outcome.seconds,
        own_faces=tuple(_own_face(face) for face in outcome.faces),
    )


def _own_face(face: OwnFace) -> OwnFaceReport:
    return OwnFaceReport(
        face.family, face.name, face.digest, face.postscript_name, face.permission.bits,
        asdict(face.licence) if face.licence else None,
    )  # fmt: skip


def checks_run(findings: Sequence[Finding], record: Record, profile: PressProfile) -> Mapping[str, CheckRun]:
    """How every check went in a build that found *findings*: passed are those that its *record* says were carried out
    on the whole file. Those of other programs are left to ``layout preflight``; some the *profile* may switch off.
    """
    found = {finding.check for finding in findings}
    return {
        check.id: CheckRun("found") if {check.id, check.repeats} & found
        else CheckRun("off", off) if (off := switched_off(check.id, profile)) is not None
        else CheckRun(LEFT, *LEFT_TO[check.needs]) if check.needs in LEFT_TO
        else CheckRun("passed") if (why := record.why_not(check.id)) is None
        else CheckRun("not run", why)
        for check in room_checks("preflight").values()
    }  # fmt: skip


def program() -> str:
    """The program's name and version."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  (not in the way of a build's start)

    try:
        return f"lianghui-layout {version('lianghui-layout')}"
    except PackageNotFoundError:
        return "lianghui-layout"


def file_written(name: str, content: bytes | Path) -> FileWritten:
    """The report's entry for a file of that name, whose content may lie in another file."""
    if isinstance(content, bytes):
        return FileWritten.of(name, content)
    with content.open("rb") as file:
        return FileWritten(name, content.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def counted(report: PageReport, account: Accounting) -> PageReport:
    """*report* with the characters of the finished page."""
    characters = Characters(
        account.characters_copy, account.characters_set, account.characters_furniture, account.characters_page
    )
    return replace(report, characters=characters)


def with_look(report: PageReport, look: PageLook | None) -> PageReport:
    """*report* with what the finished page looks like."""
    return replace(report, look=look)


def looked_at(report: PageReport, looks: Mapping[str, str]) -> PageReport:
    """*report* with what the pictures of the finished page look like, by the ids of their places."""
    spots = tuple(replace(each, look=looks.get(each.id, "")) for each in report.geometry.pictures)
    return replace(report, geometry=replace(report.geometry, pictures=spots))


def uncounted(made: MadePage) -> PageReport:
    """The report of one page, before its characters are counted."""
    page, lines = made.composed.page, made.composed.lines
    return PageReport(
        number=made.plan.number,
        title=made.plan.title,
        width_mm=round(mm(page.width), 3),
        height_mm=round(mm(page.height), 3),
        characters=Characters(0, 0, 0, 0),
        lines=len(lines),
        fonts=made.fonts,
        pictures=tuple(_with_seat(made, key, _picture(made, key)) for key in made.pictures),
        adjustments=adjustment_counts(adjustment for line in lines for adjustment in line.line.adjustments),
        changes=made.composed.concessions,
        variants=made.composed.scores,
        suggestions=made.composed.suggestions,
        arrangement=made.arrangement,
        geometry=_geometry(made),
        plates=made.plan.plates,
    )


def _with_seat(made: MadePage, key: str, use: PictureUse) -> PictureUse:
    """*use* with the box that the picture has, and its place in the plan."""
    boxes, listed = [box.id for box in made.composed.page.pictures], [picture.id for picture in made.plan.pictures]
    return replace(use, seat=boxes.index(key) + 1, listed=listed.index(use.id) + 1)


def _picture(made: MadePage, key: str) -> PictureUse:
    box = next(box for box in made.composed.page.pictures if box.id == key)
    source = next(picture.source for picture in made.plan.pictures if picture.id == box.picture)
    size, picture = (box.box.width, box.box.height), made.pictures[key]
    if picture.is_form:
        return PictureUse(box.picture, source, round(mm(size[0]), 2), round(mm(size[1]), 2), (0, 0), 0, crop="placed")
    left, top, right, bottom = picture.crop
    pixels = (round(right - left), round(bottom - top))
    use = PictureUse(
        box.picture, source, round(mm(size[0]), 2), round(mm(size[1]), 2), pixels, effective_ppi(pixels, size)
    )
    if key not in made.composed.pictures:
        return use
    seen = made.composed.pictures[key].view
    kept = (round(seen.visible[0], 3), round(seen.visible[1], 3))
    return replace(use, kept=kept, zoom=round(seen.zoom, 3), crop=seen.why)


def _geometry(made: MadePage) -> PageGeometry:
    """Where things stand, and where each is written: it names the source of what is found on the finished page."""
    page, plan = made.composed.page, made.plan
    written = [*(text for _, text in plan.texts()), *plan.labels.values()]
    places = {text.flow: text.paragraphs[0].place for text in written}
    pictures = {picture.id: picture.place for picture in plan.pictures}
    return PageGeometry(
        round(page.width, 3),
        round(page.height, 3),
        round(page.row, 4),
        page.type_area.rounded(3),
        tuple(
            FrameUse(frame.id, frame.chain, places.get(frame.chain.flows[0]), frame.box.rounded(3))
            for frame in page.frames
        ),
        tuple(_spot(made, box, pictures.get(box.picture)) for box in page.pictures),
        tuple(_paragraphs(made)),
        tuple(MarkSpot(each.kind, each.name, each.place, each.box.rounded(3)) for each in made.origins if not each.key),
        tuple(
            TypeOrigin(each.key, each.kind, each.place)  # type: ignore[arg-type]  # a frame's are of these
            for each in made.origins
            if each.key and each.place is not None
        ),
        made.holes,
        made.codes,
    )


def _spot(made: MadePage, box: PictureBox, place: Place | None) -> PictureSpot:
    """A picture's box; what is found in an advertisement's is at fault in the advertisement's file."""
    picture = made.pictures.get(box.id)
    if picture is not None and picture.is_form:
        place = Place(picture.restored.source)
    return PictureSpot(box.id, box.picture, place, box.box.rounded(3), placed=picture is not None and picture.is_form)


def _paragraphs(made: MadePage) -> Iterator[ParagraphSpot]:
    texts = {text.flow: text for _, text in made.plan.texts()}
    for (_, flow, number), box in paragraph_boxes(made):
        yield ParagraphSpot(flow, texts[flow].paragraphs[number].place, box)


def paragraph_boxes(made: MadePage) -> Iterator[tuple[tuple[str, Flow, int], Box]]:
    """Around the lines of every paragraph of copy in every frame: the frame's id, the flow, which paragraph, from 0."""
    texts = {text.flow: text for _, text in made.plan.texts()}
    edges: dict[tuple[str, Flow, int], list[float]] = {}
    for line in made.composed.lines:
        em, long = line.type.size, line.line.width * line.type.size
        wide, high, top = (em, long, line.baseline) if line.vertical else (long, em, line.baseline - 0.88 * em)
        box = Box(line.x, top, wide, high).turned(line.turn)
        at = edges.setdefault((line.frame, line.flow, line.paragraph), [box.x, box.y, box.right, box.bottom])
        at[:] = [min(at[0], box.x), min(at[1], box.y), max(at[2], box.right), max(at[3], box.bottom)]
    for (frame, flow, number), (left, top, right, bottom) in edges.items():
        if flow in texts and number < len(texts[flow].paragraphs):
            yield (frame, flow, number), Box(left, top, right - left, bottom - top).rounded(3)
