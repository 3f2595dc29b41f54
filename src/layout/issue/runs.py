"""The pages of a run (连版), made of what is planned for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.issue.furniture import page_number
from layout.issue.model import COUNT, Issue, PagePlan, PageRun, Picture
from layout.manuscript.model import Paragraph, Run, Story, Text


def numbers_of(plan: PagePlan) -> range:
    """The page numbers that *plan* may come to."""
    return range(plan.number, plan.number + 1) if plan.run is None else plan.run.span.numbers()


def page_numbers(issue: Issue) -> tuple[int, ...]:
    """Every page number that *issue* may come to."""
    return tuple(number for plan in issue.pages for number in numbers_of(plan))


def page_of_run(
    plan: PagePlan, run: PageRun, number: int, stories: Sequence[Story], shots: Sequence[Picture]
) -> PagePlan:
    """Page *number* of the *run* planned by *plan*, with these of its stories and pictures; without turn lines."""
    count = number - run.span.first + 1
    title = run.title.replace(COUNT, str(count))
    words = {"number": page_number(number), "title": title}
    pictures = tuple(shots)
    return replace(
        plan,
        number=number,
        title=title,
        stories=tuple(stories),
        pictures=pictures,
        folio={name: _said(text, words.get(name)) for name, text in plan.folio.items()},
        continues=(),
        turns={},
        optional=tuple(name for name in plan.optional if name in {picture.id for picture in pictures}),
        run=None,
        in_run=count,
    )


def _said(text: Text, words: str | None) -> Text:
    """*text* of the folio with other *words* in the place of its own."""
    if words is None:
        return text
    place = text.paragraphs[0].place
    return replace(text, paragraphs=(Paragraph("folio", (Run(words, place),)),))


def as_made(issue: Issue, made: Iterable[PagePlan]) -> Issue:
    """*issue* with the pages that its runs have come to, *made*, in the place of each run; their stories are whole."""
    stories = _stories(issue)
    in_runs = [replace(page, stories=tuple(stories[s.id] for s in page.stories)) for page in made if page.in_run]
    numbers = {page.number for page in in_runs}
    # Of a run that was not asked for no page is made.
    pages = [page for page in issue.pages if page.run is None or not numbers.intersection(numbers_of(page))]
    return replace(issue, pages=tuple(sorted((*pages, *in_runs), key=lambda page: page.number)))


def fillers_of(issue: Issue) -> Iterator[Story]:
    """The fillers of all runs of *issue*, as it is planned: which of them are used is known when it is made."""
    return (story for page in issue.pages if page.run for story in page.run.fillers)


def _stories(issue: Issue) -> Mapping[str, Story]:
    return {story.id: story for story in (*issue.stories, *fillers_of(issue))}
