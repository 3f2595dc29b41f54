"""The arrangements of a page with its pictures seated: the template is filled once more, in the order of their seats.

A template reckons how much room the caption and the credit of a picture take. So what is seated in a box is not put
into it afterwards: the template gets the pictures in another order. Where words all the same have no place beside a
picture that was moved, the page is made in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from layout.copyfit.seats import Seating, seats
from layout.errors import LayoutError
from layout.flows import Chain, Flow
from layout.issue import PagePlan
from layout.page.canvas import Decision
from layout.pipeline.job import Job

if TYPE_CHECKING:
    from layout.copyfit.crop_limits import Originals
    from layout.copyfit.model import FittedPage
    from layout.copyfit.scores import VariantName
    from layout.engine.html_canvas import HtmlCanvas


class SeatedCanvases(Mapping["VariantName", "HtmlCanvas"]):
    """One canvas per variant of the page of *job*, made on first use by *canvas* of its HTML and template; its pictures
    seated. Most pages use the first only.
    """

    def __init__(self, job: Job, originals: Originals, canvas: Callable[[str, str], HtmlCanvas]):
        self._job, self._plan, self._originals, self._canvas = job, job.plans[0], originals, canvas
        self._html = job.html.get(self._plan.number, {})
        self._made: dict[VariantName, HtmlCanvas] = {}
        self._moved: dict[VariantName, PagePlan] = {}
        self._seats = self._plan.may_be_seated and sum(each.id in originals for each in self._plan.pictures) > 1

    def __getitem__(self, name: VariantName) -> HtmlCanvas:
        if name not in self._made:
            self._made[name] = self._seated(name)
        return self._made[name]

    def __iter__(self) -> Iterator[VariantName]:
        return iter(self._html)

    def __len__(self) -> int:
        return len(self._html)

    def as_listed(self, fitted: FittedPage) -> bool:
        """Gives all pictures the boxes that they have in the order of the plan, if the words of one that was moved have
        no place in *fitted*: whether there is something to fit anew.
        """
        if fitted.variant not in self._moved or not lost_words(fitted):
            return False
        self._made, self._moved, self._seats = {}, {}, False
        return True

    def plan_of(self, name: VariantName) -> PagePlan:
        """The page as its template was given it for this variant: its pictures in the order of their seats."""
        there = tuple(picture for picture in self._plan.pictures if picture.id not in name.left_out)
        return self._moved.get(name) or replace(self._plan, pictures=there)

    def _seated(self, name: VariantName) -> HtmlCanvas:
        canvas = partial(self._canvas, name.template)
        made = canvas(self._html[name])
        if not self._seats:
            return made
        try:
            boxes = made.measured(Decision()).pictures
        except LayoutError:  # told where the page is fitted
            return made
        moved = seats(boxes, self._originals, _seating(self._plan))
        if not moved:
            return made
        plan = self._in_seats(name, moved)
        again = canvas(self._filled_again(name, plan))
        if again.pictures() == made.pictures() or _asks(again) != _asks(made):
            return made  # the design names its pictures, and so says itself which of them stands where
        self._moved[name] = plan
        return again

    def _in_seats(self, name: VariantName, moved: Mapping[str, str]) -> PagePlan:
        known = {picture.id: picture for picture in self._plan.pictures}
        there = self.plan_of(name).pictures
        return replace(self._plan, pictures=tuple(known[moved.get(picture.id, picture.id)] for picture in there))

    def _filled_again(self, name: VariantName, plan: PagePlan) -> str:
        from layout.pipeline.filling import filled_again  # noqa: PLC0415  (loads Jinja, where pictures have moved)

        return filled_again(self._job, plan, name.template)


def lost_words(fitted: FittedPage) -> frozenset[Chain]:
    """Captions and credits of pictures that have no place in *fitted*."""
    prices = (price for score in fitted.scores if score.chosen for price in score.prices if price.kind == "overset")
    chains = (price.subject for price in prices if isinstance(price.subject, Chain))
    return frozenset(chain for chain in chains if any(flow.picture for flow in chain.flows))


def _asks(canvas: HtmlCanvas) -> tuple[set[Flow], list[str]]:
    """The texts and the pictures that a page has places for."""
    return set(canvas.flows()), sorted(canvas.pictures())


def _seating(plan: PagePlan) -> Seating:
    groups: dict[str, list[str]] = {}
    for picture in plan.pictures:
        if picture.group:
            groups.setdefault(picture.group, []).append(picture.id)
    lead = next((picture.id for picture in plan.pictures if picture.leads), None)
    order = tuple(picture.id for picture in plan.pictures)
    words = tuple((bool(picture.caption.text), bool(picture.credit.text)) for picture in plan.pictures)
    return Seating(order, lead, tuple(map(tuple, groups.values())), words)
