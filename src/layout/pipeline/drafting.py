"""Fills the templates of a draft: what is not there is listed, and grey pictures stand for those that are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from layout import assets
from layout.checks import Finding
from layout.copyfit.scores import VariantName
from layout.copyfit.search.drafts import lacking
from layout.design import data_attributes as attribute
from layout.design.design_fault import no_type_area
from layout.design.labels import read_labels
from layout.design.requirements import check_requirements, limits_of, missing_pictures
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import LayoutError, Place
from layout.flows import Flow
from layout.issue import DraftFaults, Issue, PagePlan
from layout.issue.model import Picture
from layout.issue.named_files import grey_picture
from layout.manuscript.model import Text
from layout.pipeline.filling import filled_page, variants_of
from layout.pipeline.page_faults import raise_together
from layout.pipeline.short_places import short_places


@dataclass(frozen=True)
class DraftedPages:
    """The pages of a draft as far as templates go."""

    issue: Issue
    """With grey pictures on its pages."""
    plans: tuple[PagePlan, ...]
    html: dict[int, dict[VariantName, str]]
    lacking: dict[int, tuple[Finding, ...]]


def drafted_pages(design: Path, issue: Issue, plans: Sequence[PagePlan], faults: DraftFaults) -> DraftedPages:
    """The HTML of *plans*, pages of *issue*, as far as there is something to fill their templates with.

    *faults* are those of reading the issue; what is on no page is listed with the first. Raises the faults of all pages
    together: a template that is wrong gives no page, in a draft either.
    """
    html: dict[int, dict[VariantName, str]] = {}
    found: dict[int, list[Finding]] = {plan.number: [] for plan in plans}
    made: dict[int, PagePlan] = {}
    failed: list[LayoutError] = []
    absent = faults.absent
    found[plans[0].number] += [lacking(each, plans[0].number) for each in faults.unused]
    for plan in plans:
        found[plan.number] += [lacking(absent[each.id], plan.number) for each in plan.pictures if each.id in absent]
    for plan in plans:
        if plan.continues or plan.run or plan.auto:
            continue
        try:
            with short_places(design):
                own = found[plan.number]
                made[plan.number], html[plan.number] = _drafted(design, issue, plan, own)
        except LayoutError as fault:
            failed += fault.faults()
    raise_together(failed)
    pages = tuple(made.get(plan.number, plan) for plan in issue.pages)
    return DraftedPages(
        replace(issue, pages=pages),
        tuple(made.get(plan.number, plan) for plan in plans),
        html,
        {number: tuple(own) for number, own in found.items() if own},
    )


def _drafted(
    design: Path, issue: Issue, plan: PagePlan, found: list[Finding]
) -> tuple[PagePlan, dict[VariantName, str]]:
    """The page and its HTML; what it lacks goes to *found*."""
    try:
        check_requirements(design, plan)
    except LayoutError as fault:
        found += [lacking(each, plan.number) for each in fault.faults()]
    short = limits_of(design, plan.kind).least_pictures - len(plan.photographs)
    plan = _with_grey(plan, (f"picture-{len(plan.photographs) + number + 1}" for number in range(short)))
    templates, context = (
        Design(design, assets.templates_dir(), draft=True),
        page_context(issue, plan, read_labels(design)),
    )
    html: dict[VariantName, str] = {}
    for name in variants_of(templates, plan):
        template = design / f"{name}.html"
        html[VariantName(name, ())] = filled = _with_type_area(filled_page(templates, name, context, plan))
        if _UNMARKED in filled:
            found.append(lacking(no_type_area(Place(str(template))), plan.number))
        missing = missing_pictures(template, filled, plan)
        found += [lacking(fault, plan.number) for fault in missing.values()]
        plan = _with_grey(plan, missing)
    return plan, html


_UNMARKED = f'{attribute.FILL}="draft"'


def _with_type_area(html: str) -> str:
    """*html* with a type area: where none is marked, ``main`` or else all of the body."""
    if f" {attribute.FILL}" in html:
        return html
    own = "main" if re.search(r"<main\b", html) else "body"
    return re.sub(rf"<{own}\b", f"<{own} {_UNMARKED}", html, count=1)


def _with_grey(plan: PagePlan, names: Mapping[str, object] | Iterator[str]) -> PagePlan:
    """*plan* with a grey picture under each of *names*."""
    grey = tuple(
        Picture(
            name, grey_picture(), "", Text(Flow.of_picture(name, "caption"), ()),
            Text(Flow.of_picture(name, "credit"), ()), (0.5, 0.5), "", plan.place,
        )
        for name in names
    )  # fmt: skip
    return replace(plan, pictures=(*plan.pictures, *grey)) if grey else plan
