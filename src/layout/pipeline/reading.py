"""Reads a job: plan, manuscripts and press profile, and fills the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from layout import assets
from layout.checks import Finding
from layout.copyfit.scores import VariantName
from layout.design.font_faces import has_font_faces
from layout.design.labels import read_labels
from layout.design.requirements import check_pictures, check_requirements, fits, holes_are_errors
from layout.design.shown_parts import check_shown
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import LayoutError, Message, Place, PlanError, PressProfileError, meant
from layout.issue import DraftFaults, Issue, PagePlan, read_issue
from layout.issue.runs import numbers_of, page_numbers
from layout.outcome_cache import FOLDER
from layout.pipeline.cache_folder import usable_cache
from layout.pipeline.continuations import linked
from layout.pipeline.design_words import TurnWords, with_turn_words
from layout.pipeline.filling import filled_page, variants_of
from layout.pipeline.job import Job
from layout.pipeline.options import Options, chosen_pages
from layout.pipeline.page_faults import raise_together
from layout.pipeline.page_file_names import page_file_names
from layout.pipeline.progress import Progress
from layout.pipeline.short_places import short_places, with_short_places
from layout.pipeline.stages import Clock
from layout.press import PressProfile
from layout.press.load import load_profile

if TYPE_CHECKING:
    from layout.fontbook.own_faces import OwnFace

WRITTEN = "X-4"
"""The part of PDF/X that the finishing makes."""


def read_job(
    folder: Path, options: Options, clock: Clock, progress: Progress, ahead: Callable[[Path], None] = lambda _: None
) -> Job:
    """Everything that is to be set. Raises what reading the issue, the profile and the templates raises.

    *ahead* is called with the folder of the design as soon as that is known: others may read in it while its templates
    are filled.
    """
    with clock.stage("issue"):
        progress("issue", 0, 1)
        draft = DraftFaults() if options.draft else None
        issue = read_issue(folder, draft)
        design = design_folder(issue)
        with short_places(design):
            issue = with_turn_words(issue, TurnWords.of_design(design))
        profile = _press(options.press, issue)
        page_file_names(issue, profile)  # what is wrong with them is told before a page is made
        numbers = frozenset(chosen_pages(options.pages, page_numbers(issue)))
        # A page that is not asked for is made all the same where one that is continues its story.
        groups = [group for group in linked(issue.pages) if any(numbers & set(numbers_of(plan)) for plan in group)]
        plans = tuple(plan for plan in issue.pages if any(plan in group for group in groups))
    ahead(design)
    with clock.stage("template"):
        progress("template", 0, 1)
        lacking: dict[int, tuple[Finding, ...]] = {}
        if draft is not None:
            from layout.pipeline.drafting import drafted_pages  # noqa: PLC0415  (few builds are drafts)

            drafted = drafted_pages(design, issue, plans, draft)
            issue, plans, html, lacking = drafted.issue, drafted.plans, drafted.html, drafted.lacking
        else:
            html = _filled(design, issue, plans)
        faces = own_faces(design, issue.folder)
    return Job(
        issue,
        profile,
        plans,
        design,
        html,
        options.jobs,
        holes_are_errors(design),
        slug_note=_slug_note(issue, options),
        faces=faces,
        draft=options.draft,
        filler=options.filler,
        lacking=lacking,
    )


def _filled(design: Path, issue: Issue, plans: Sequence[PagePlan]) -> dict[int, dict[VariantName, str]]:
    """The HTML of every page that continues no other and is none of a run, by number. Raises the faults of all pages
    together.
    """
    html: dict[int, dict[VariantName, str]] = {}
    failed: list[LayoutError] = []
    for plan in plans:
        try:
            check_shown(design, plan)
            html |= {} if plan.continues or plan.run or plan.auto else {plan.number: arrangements(design, issue, plan)}
        except LayoutError as fault:
            failed.append(fault)
    raise_together(failed)
    return html


def _slug_note(issue: Issue, options: Options) -> str:
    """What the slug of a final build says besides, where *issue* has to be signed and is not."""
    return f"未签付印：{options.unsigned}" if options.unsigned is not None and issue.signoff else ""


def look_at_design(job: Job, options: Options) -> tuple[Finding, ...]:
    """What is worth saying of the design's files. What was found in a file is remembered, beside the prepared pictures.

    Raises ``TemplateError``, or ``Faults`` of several, for every colour in the design that no press can print.
    """
    # Loaded while the pages are set.
    from layout.design.known_looks import known_looks  # noqa: PLC0415
    from layout.design.lint_design import lint_design  # noqa: PLC0415

    cache = usable_cache(options.cache)[0]
    known = known_looks(cache / FOLDER if cache is not None else None) if options.remembers else None
    with short_places(job.design):
        found = with_short_places(lint_design(job.design, known), job.design)
    if known is not None:
        known.save()
    return found


def own_faces(design: Path, issue: Path) -> tuple[OwnFace, ...]:
    """What the folders *design* and *issue* bring of faces that pages may be set in; see ``own_faces.faces_in_use``."""
    if not any((folder / "fonts").exists() for folder in (design, issue)) and not has_font_faces(design):
        return ()
    from layout.pipeline.own_faces import faces_in_use  # noqa: PLC0415  (loads fontTools)

    with short_places(design):
        return faces_in_use(design, issue)


def _press(chosen: str | None, issue: Issue) -> PressProfile:
    """The press profile *chosen*, else the issue's. An unknown one is a fault of issue.toml only where it says so."""
    try:
        return writable(load_profile(chosen or issue.press, [issue.folder, assets.press_dir()]))
    except LayoutError as fault:
        if chosen is None and fault.place is None:
            raise fault.at(issue.places.get("press")) from fault.__cause__
        raise


def writable(profile: PressProfile) -> PressProfile:
    """*profile*, when files for it are what this program writes. Raises ``PlanError`` when they are not."""
    if profile.pdfx == WRITTEN:
        return profile
    raise PressProfileError(
        Message(
            f"印厂规范“{profile.name}”要 PDF/{profile.pdfx}，本程序只写 PDF/{WRITTEN}。",
            f"The press profile “{profile.name}” asks for PDF/{profile.pdfx}; this program writes PDF/{WRITTEN} alone.",
        ),
        hint=Message(
            f"问印厂收不收 PDF/{WRITTEN}；这份规范只能用来判文件：layout preflight --press {profile.name}。",
            f"Ask the plant whether it takes PDF/{WRITTEN}. By this profile files can be judged:"
            f" layout preflight --press {profile.name}.",
        ),
    )


def arrangements(folder: Path, issue: Issue, plan: PagePlan) -> dict[VariantName, str]:
    """The page's HTML, by the name of each arrangement that the design has for its kind."""
    check_requirements(folder, plan)
    design = Design(folder, assets.templates_dir())
    found: dict[VariantName, str] = {}
    with short_places(folder):
        labels = read_labels(folder)
        for gone, less in _fewer_pictures(folder, plan):
            context = page_context(issue, less, labels)
            for name in variants_of(design, plan):
                html = filled_page(design, name, context, plan)
                check_pictures(folder / f"{name}.html", html, less)
                found[VariantName(name, gone)] = html
    return found


def _fewer_pictures(folder: Path, plan: PagePlan) -> Iterator[tuple[tuple[str, ...], PagePlan]]:
    """*plan*, then without the pictures that the editor lets go, one more each time, as far as the design allows."""
    for count in range(len(plan.optional) + 1):
        gone = plan.optional[:count]
        less = replace(plan, pictures=tuple(picture for picture in plan.pictures if picture.id not in gone))
        if gone and not fits(folder, less):
            return
        yield gone, less


def design_folder(issue: Issue) -> Path:
    """The issue's design: a folder of its own, or one of the program's. Raises ``PlanError`` when neither exists."""
    for folder in (issue.folder / issue.design, assets.templates_dir() / issue.design):
        if folder.is_dir():
            return folder.resolve()
    homes = (assets.templates_dir(), issue.folder)
    known = sorted(path.parent.name for home in homes for path in home.glob("*/design.toml"))
    raise PlanError(
        Message(f"没有名为“{issue.design}”的版式", f"there is no design named “{issue.design}”"),
        place=issue.places.get("design", Place(issue.file)),
        hint=meant(issue.design, known),
    )
