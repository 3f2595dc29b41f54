"""The elements of a finished page with the lines of the design behind each, and what is found on the page by those.

Loads what fills templates: whoever needs no such line needs not load it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layout import assets
from layout.checks import Finding, Severity
from layout.design.labels import read_labels
from layout.design.template_context import page_context
from layout.design.template_stamps import Stamped, stamped_page
from layout.engine.element_sources import PageElement, page_elements
from layout.errors import Place
from layout.pipeline.job import Job
from layout.pipeline.laid_page import LaidPage
from layout.pipeline.short_places import short_place

MOST = 4
"""Lines of the design that a finding names: of a column these are its template's, its macro's call and its rule."""


def template_folders(job: Job) -> list[Path]:
    """Where templates lie, the design's own first."""
    return [job.design, assets.templates_dir()]


def design_elements(job: Job, laid: LaidPage, keys: Collection[str] | None = None) -> tuple[PageElement, ...]:
    """The elements of the page *laid* out of *job*, those of *keys* alone where such are named; places are those that
    messages have.
    """
    return tuple(_short(each, laid) for each in page_elements(laid.layout, _stamped(job, laid), keys))


def with_design_lines(findings: Sequence[Finding], job: Job, laid: LaidPage) -> tuple[Finding, ...]:
    """*findings* with the lines of the design behind the elements that warnings and errors are about."""
    keys = {key for each in findings if each.severity >= Severity.WARNING for key in each.elements}
    known = {each.key: each for each in design_elements(job, laid, keys)} if keys else {}
    return tuple(replace(each, template=each.template or _lines(each, known)) for each in findings)


def _lines(finding: Finding, known: Mapping[str, PageElement]) -> tuple[Place, ...]:
    own = (known[key] for key in finding.elements if key in known)
    return tuple(dict.fromkeys(line for element in own for line in element.lines))[:MOST]


def _stamped(job: Job, laid: LaidPage) -> Stamped | None:
    """The page filled once more with stamps; nothing where the stamps make it too large."""
    context = laid.context or page_context(job.issue, laid.filled, read_labels(job.design), job.contents)
    try:
        return stamped_page(template_folders(job), laid.layout.files.template.stem, context, draft=job.draft)
    except Exception:
        return None


def _short(each: PageElement, laid: LaidPage) -> PageElement:
    """*each* with places as every message has them."""

    def short(place: Place | None) -> Place | None:
        return short_place(place, laid.design)

    def component(file: str) -> str:
        found = short(Place(file))
        return found.file if found else file

    return replace(
        each,
        place=short(each.place),
        calls=tuple(
            replace(call, place=short(call.place) or call.place, component=component(call.component))
            for call in each.calls
        ),
        rules=tuple(rule._replace(place=short(rule.place) or rule.place) for rule in each.rules),
        values=tuple(replace(value, place=short(value.place)) for value in each.values),
    )
