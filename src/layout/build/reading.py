"""The copy desk: plan, manuscripts and press profile read, templates filled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layout import assets
from layout.build.clock import Clock
from layout.build.made import Job
from layout.build.options import Options, Progress, chosen_pages
from layout.build.places import short_places
from layout.build.turning import linked
from layout.build.wants import check_wants
from layout.errors import LayoutError, Place, PlanError, Said
from layout.issue import Issue, PagePlan, read_issue
from layout.manuscript.model import Story
from layout.press import PressProfile, load_profile
from layout.render.html import Design


def read_job(folder: Path, options: Options, clock: Clock, progress: Progress) -> Job:
    """Everything that is to be set. Raises what reading the issue, the profile and the templates raises."""
    with clock.stage("issue"):
        progress("读稿", 0, 1)
        issue = read_issue(folder)
        profile = _press(options.press, issue)
        numbers = chosen_pages(options.pages, [plan.number for plan in issue.pages])
        # A page that is not asked for is made all the same where one that is continues its story.
        groups = [group for group in linked(issue.pages) if any(plan.number in numbers for plan in group)]
        plans = tuple(plan for plan in issue.pages if any(plan in group for group in groups))
    with clock.stage("template"):
        progress("套版", 0, 1)
        design = design_folder(issue)
        html = {plan.number: arrangements(design, issue, plan) for plan in plans if not plan.continues}
    return Job(issue, profile, plans, design, html, options.jobs)


def look_at_design(job: Job) -> None:
    """Raises ``TemplateError``, or ``Faults`` of several, for every colour in the design that no press can print."""
    from layout.render.lint import lint_design  # noqa: PLC0415  (loaded while the pages are set)

    with short_places(job.design):
        lint_design(job.design)


def _press(asked: str | None, issue: Issue) -> PressProfile:
    """The press profile asked for, else the issue's. An unknown one is a fault of issue.toml only where it says so."""
    try:
        return load_profile(asked or issue.press, [issue.folder, assets.press_dir()])
    except LayoutError as fault:
        if asked is None and fault.place is None:
            fault.place = issue.places.get("press")
        raise


def arrangements(folder: Path, issue: Issue, plan: PagePlan) -> dict[str, str]:
    """The page's HTML, by the name of each arrangement that the design has for its kind."""
    check_wants(folder, plan)
    design = Design(folder, assets.templates_dir())
    context = page_context(issue, plan)
    with short_places(folder):
        return {name: design.page(name, context) for name in design.variants(plan.kind)}


def design_folder(issue: Issue) -> Path:
    """The issue's design: a folder of its own, or one of the program's. Raises ``PlanError`` when neither exists."""
    for folder in (issue.folder / issue.design, assets.templates_dir() / issue.design):
        if folder.is_dir():
            return folder.resolve()
    known = "、".join(sorted(path.parent.name for path in assets.templates_dir().glob("*/design.toml")))
    raise PlanError(
        Said(f"没有名为“{issue.design}”的版式", f"there is no design named “{issue.design}”"),
        place=issue.places.get("design", Place(issue.file)),
        hint=Said(f"可用：{known}", f"there are: {known}"),
    )


def page_context(issue: Issue, plan: PagePlan) -> Mapping[str, Any]:
    """What a template may name: ``issue``, ``page``, ``story`` (the first), ``stories``, ``pictures`` by id;
    ``chain(story)``: what a frame asks for in which all of a story's running text runs on.
    """
    return {
        "issue": issue,
        "page": plan,
        "story": plan.stories[0] if plan.stories else None,
        "stories": plan.stories,
        "pictures": {picture.id: picture for picture in plan.pictures},
        "chain": chain,
    }


def chain(story: Story) -> str:
    """The flows of a story's running text, in order: lede, sections with their headings, closing."""
    parts = [story.lede]
    for section in story.sections:
        parts += [section.heading, section.body]
    return " ".join(part.flow for part in (*parts, story.closing) if part)
