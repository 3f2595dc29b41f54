"""Fills the template of a page: where its copy was read, and where its pictures have found their seats."""

from __future__ import annotations

from collections.abc import Mapping

from layout import assets
from layout.design.labels import read_labels, told_apart
from layout.design.template_records import page_context
from layout.design.templates import Design
from layout.errors import TemplateError
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
    design = Design(job.design, assets.templates_dir())
    context = page_context(job.issue, plan, read_labels(job.design), job.contents)
    return filled_page(design, template, context, plan)
