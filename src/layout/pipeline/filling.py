"""Fills the template of a page: where its copy was read, and where its pictures have found their seats."""

from __future__ import annotations

from collections.abc import Mapping

from layout import assets
from layout.design.labels import read_labels, told_apart
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import Message, PlanError, TemplateError, meant
from layout.issue import PagePlan
from layout.pipeline.job import Job


def filled_page(design: Design, template: str, context: Mapping[str, object], plan: PagePlan) -> str:
    """The HTML of *plan* by a template of its *design*. That there is no such template is told where the plan asks for
    it.
    """
    try:
        return told_apart(design.page(template, context))
    except TemplateError as fault:
        if fault.place and fault.place.line:
            raise
        raise fault.at(plan.place) from fault.__cause__


def filled_again(job: Job, plan: PagePlan, template: str) -> str:
    """The HTML of *plan*, a page of *job* with its pictures in another order, by a template of its design."""
    design = Design(job.design, assets.templates_dir(), draft=job.draft)
    context = page_context(job.issue, plan, read_labels(job.design), job.contents)
    return filled_page(design, template, context, plan)


def variants_of(design: Design, plan: PagePlan) -> tuple[str, ...]:
    """The variants that *plan* may be made by. Raises ``PlanError`` where it asks for one that the design has not."""
    known = design.variants(plan.kind)
    if not plan.variant:
        return known
    if plan.variant not in known:
        raise PlanError(
            Message(f"版式的“{plan.kind}”没有方案“{plan.variant}”", f"“{plan.kind}” has no variant “{plan.variant}”"),
            place=plan.place,
            hint=meant(plan.variant, list(known)),
        )
    return (plan.variant,)
