"""Shares the stories of a run of made-up pages out among them: what ``makeup.run_parts`` finds, by their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from layout.errors import Message, PlanError
from layout.issue import PagePlan
from layout.issue.auto_page import Pin
from layout.makeup.candidates import Option
from layout.makeup.choosing import Chooser, Contents
from layout.makeup.height_tables import ArrangementSpace
from layout.makeup.run_parts import RunShare
from layout.makeup.sample_sheet import SampleSheet
from layout.makeup.story_copy import StoryCopy
from layout.pipeline.page_material import PageMaterial


@dataclass(frozen=True)
class _Ways:
    """The ways of a run's stories to stand on a page, as *material* has it: the first has a nameplate."""

    as_leads: Sequence[StoryCopy]
    as_others: Sequence[StoryCopy]
    sheet: SampleSheet
    leads: Sequence[Sequence[Option]]
    others: Sequence[Sequence[Option]]

    @classmethod
    def on_page(cls, material: PageMaterial, as_leads: Sequence[StoryCopy], as_others: Sequence[StoryCopy]) -> _Ways:
        sheet = material.sheet([*as_leads, *as_others])
        leads, others = ([material.options(sheet, story) for story in own] for own in (as_leads, as_others))
        return cls(as_leads, as_others, sheet, leads, others)

    def or_as_on(self, material: PageMaterial) -> _Ways:
        """Those on the page of *material*, where it has other rows."""
        sheet = material.sheet([*self.as_leads, *self.as_others])
        return self if sheet.frame == self.sheet.frame else self.on_page(material, self.as_leads, self.as_others)


def _second(plan: PagePlan) -> PagePlan:
    """The second page of a run, for its head alone."""
    return replace(plan, number=plan.number + 1)


def shared_run(material: PageMaterial) -> tuple[tuple[str, ...], ...]:
    """What stands on each page of the run of *material*, by the ids of stories and of pictures of no story.

    Raises ``PlanError`` where they do not come to so many pages.
    """
    later = {each.id for each in (*material.auto.pool, *material.auto.fillers)}
    stories = [story for story in material.stories() if story.id not in {*later, *material.reserves}]
    as_leads = [replace(story, weight=0) for story in stories]
    as_others = [replace(story, weight=max(1, story.weight)) for story in stories]
    known = {story.id for story in stories}
    run = material.plan.run
    assert run is not None
    most = len(run.span.numbers())
    front = _Ways.on_page(material, as_leads, as_others)
    inner = front if most == 1 else front.or_as_on(replace(material, plan=_second(material.plan)))

    def is_full(numbers: Sequence[int]) -> bool:
        if any(parted(material.auto.pins, [stories[number].id for number in numbers], known)):
            return False
        own = [replace(stories[number], weight=weight) for weight, number in enumerate(numbers)]
        page = front if numbers[0] == 0 else inner
        ways = [(page.leads if number == numbers[0] else page.others)[number] for number in numbers]
        contents = Contents((1 << len(own)) - 1)
        return Chooser(own, [list(each) for each in ways], page.sheet, material.setter, contents).fills()

    space = ArrangementSpace(inner.sheet.columns, inner.sheet.rows, inner.sheet.air)
    pages = RunShare(inner.leads, inner.others, space, is_full, inner.sheet.rows - front.sheet.rows).pages(most)
    if pages is None:
        raise PlanError(
            Message(f"这些稿排不成 {run.span} 这几版", f"these stories do not make the pages {run.span}"),
            place=material.plan.place,
            hint=Message("多给一版，或少放几篇稿", "Give it a page more, or take stories out"),
        )
    found = tuple(tuple(stories[number].id for number in page) for page in pages)
    for page in (*found[:-1], (*found[-1], *(each.id for each in material.auto.pool))):
        for pin in parted(material.auto.pins, page, {*known, *later}):
            raise PlanError(
                Message(f"{pin.story} 和 {pin.beside} 分不到一版，不能并排",
                        f"{pin.story} and {pin.beside} do not come to one page, and cannot stand side by side"),
                place=pin.place,
                hint=Message("去掉 beside，或把这两篇单写一版", "Take out beside, or give the two a page of their own"),
            )  # fmt: skip
    return found


def parted(pins: Sequence[Pin], page: Collection[str], known: Collection[str]) -> Iterator[Pin]:
    """The pins that a *page* of these stories, of all that are *known*, cannot keep: it has but one of the two."""
    for pin in pins:
        if pin.beside in known and pin.story in known and (pin.story in page) != (pin.beside in page):
            yield pin
