"""What of a page's copy can be on it: whoever reads the page back looks for that."""

from __future__ import annotations

from dataclasses import replace

from layout.issue import PagePlan
from layout.pipeline.boxless_pictures import boxless
from layout.pipeline.job import PageResult


def as_shown(plan: PagePlan, page: PageResult) -> PagePlan:
    """*plan* with those of the design's words that the page has frames for, and those QR codes that stand on it: a word
    that is neither drawn nor set is missing.
    """
    shown = {flow for frame in page.report.geometry.frames for flow in frame.chain.flows}
    labels = {flow: text for flow, text in plan.labels.items() if flow in shown}
    return replace(plan, labels=labels, codes=plan.codes & {each.flow for each in page.report.geometry.codes})


def boxed(plan: PagePlan, page: PageResult) -> PagePlan:
    """*plan* without the pictures that are told to have no box: neither they nor their own words can be on the page."""
    gone = boxless(page.findings)
    return replace(plan, pictures=tuple(each for each in plan.pictures if each.id not in gone)) if gone else plan
