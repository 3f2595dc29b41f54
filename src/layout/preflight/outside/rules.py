"""The checks that need other programs: ink on the plates, and whether renderers agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from layout.checks import Finding, Severity
from layout.preflight.events import ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.outside import drawing, plates
from layout.preflight.places import joined, where
from layout.preflight.rules.colour import is_strange, uses

NEIGHBOURS = 2.0
"""Points between two places that are reported as one: a patch of too much ink is one place, not fifty squares of it."""


LARGE = 50.0
"""Square millimetres of specks in all from which they are no mere specks: the strokes of a paragraph."""


def ink(job: PreflightJob, sheet: ExaminedPage, made: plates.Plates | None) -> Iterator[Finding]:
    """``ink.raster`` and ``ink.plates``, from the page as Ghostscript drew it."""
    if made is None:
        yield job.on(sheet, "ink.drawn", "Ghostscript 画不出这一版。", "Ghostscript could not draw the page.")
        return
    inside = made.within(sheet.paper)
    yield from _total(job, sheet, inside)
    yield from _plates(job, sheet, inside)


def _total(job: PreflightJob, sheet: ExaminedPage, made: plates.Plates) -> Iterator[Finding]:
    limit = job.press.ink_limit
    near, square = (job.limit("ink.raster", key) for key in ("tolerance", "square_mm2"))
    found = plates.heaviest(_judged(sheet, made), limit + near, square)
    if found.squares:
        yield job.on(
            sheet,
            "ink.raster",
            f"总墨量超过 {limit:g}%：{square:g} mm² 的平均值到 {found.mean:.0f}%，超限 {found.area_mm2:.0f} mm²。",
            f"Total ink is over {limit:g} %: up to {found.mean:.0f} % as the mean of {square:g} mm²,"
            f" {found.area_mm2:.0f} mm² in all.",
            boxes=joined(found.squares, NEIGHBOURS),
            ink_percent=round(found.mean, 1),
            most_percent=round(found.most, 1),
            area_mm2=round(found.area_mm2, 1),
        )
    elif found.spots:
        small = found.area_mm2 < LARGE
        zh, en = ("零星几点", "Specks have") if small else ("许多细小处", "Many thin strokes and specks have")
        yield job.on(
            sheet,
            "ink.raster",
            f"{zh}总墨量超过 {limit:g}%，最多 {found.most:.0f}%，共 {found.area_mm2:.1f} mm²。",
            f"{en} more than {limit:g} % ink, up to {found.most:.0f} %, {found.area_mm2:.1f} mm² in all.",
            boxes=joined(found.spots, NEIGHBOURS),
            severity=Severity.WARNING,
            ink_percent=round(found.mean, 1),
            most_percent=round(found.most, 1),
            area_mm2=round(found.area_mm2, 1),
        )


def _judged(sheet: ExaminedPage, made: plates.Plates) -> plates.Plates:
    """The plates without those pictures that the plant has to convert: ``colour.space`` says so, and how much ink they
    come to depends on how it is done.
    """
    strange = {
        box
        for space, event, _ in uses(sheet)
        if isinstance(event, ImagePainted) and is_strange(space) and (box := where(event)) is not None
    }
    return made.without(sorted(strange)) if strange else made


def _plates(job: PreflightJob, sheet: ExaminedPage, made: plates.Plates) -> Iterator[Finding]:
    coverage = made.coverage()
    used = {name for name in plates.INKS if not plates.bare(made, name)}
    planned = job.expected.plates_of(sheet.number)
    stray = job.limit("ink.plates", "stray_percent")
    strange = sorted(used - planned) if planned is not None else []
    if strange:
        names = "、".join(strange)
        yield job.on(
            sheet, "ink.plates", f"计划外的色版有内容：{names}。", f"Plates that were not planned are in use: {names}."
        )
    for name in "CMY":
        if name in used and coverage[name] < stray and name not in strange:
            yield job.on(
                sheet,
                "ink.plates",
                f"{name} 版几乎是空的（{coverage[name]:.4f}%），多半是误用的颜色，却要多一块版。",
                f"The {name} plate is all but empty ({coverage[name]:.4f} %): most likely a slip that costs a plate.",
                severity=Severity.WARNING,
                coverage_percent=round(coverage[name], 4),
            )


def renderers(job: PreflightJob, sheet: ExaminedPage, pdf: Path) -> Iterator[Finding]:
    """``render.silent`` and ``render.agree``."""
    media = sheet.box("MediaBox")
    if media is None:
        job.record.lacks("undrawn", "render.silent", "render.agree")
        return
    made = list(drawing.drawings(pdf, sheet.number, media))
    harmless = job.words("render.silent", "harmless")
    for each in made:
        messages = [line for line in each.ran.lines() if not any(words in line for words in harmless)]
        if each.ran.failed or each.cells is None or messages:
            words = messages[0][:160] if messages else ("—" if each.ran.code is not None else "time")
            yield job.on(
                sheet,
                "render.silent",
                f"{each.renderer} 画这一版时有话说：{words}",
                f"{each.renderer} had something to say about the page: {words}",
                messages=len(messages),
            )
    job.record.ran("render.silent")
    if sum(each.cells is not None for each in made) > 2:
        job.record.ran("render.agree")
    else:
        job.record.lacks("tools", "render.agree")
    for name, cells in drawing.disagreements(made, media, job.limit("render.agree", "difference")).items():
        yield job.on(
            sheet,
            "render.agree",
            f"{name} 画的与别家不同，{len(cells)} 处。",
            f"{name} draws {len(cells)} places differently from the others.",
            boxes=joined(cells, NEIGHBOURS),
            places=len(cells),
        )
