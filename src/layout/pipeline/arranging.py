"""Makes up a page of kind ``auto``: its shapes measured, its arrangement chosen, the template filled with it.

The room ``makeup`` knows values only; what it measures and what it has chosen become HTML here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from layout.checks import Finding
from layout.copyfit.scores import VariantName
from layout.engine.html_canvas import HtmlCanvas
from layout.errors import PlanError
from layout.issue import PagePlan
from layout.issue.auto_page import Pin
from layout.makeup.arrangement import Piece, read_arrangement
from layout.makeup.arrangement_report import ArrangementReport
from layout.makeup.changed_copy import ColumnChanges, column_changes
from layout.makeup.choosing import Chooser, Chosen
from layout.makeup.explaining import Explanation
from layout.makeup.findings import no_arrangement, no_shape, not_full, pin_not_kept
from layout.makeup.larger_files import LargerFiles
from layout.makeup.mends import Mend, MendSearch, MendStep
from layout.makeup.prices import Pricing
from layout.pipeline.design_words import drawn_as_codes, labels_asked_for
from layout.pipeline.page_contents import holding
from layout.pipeline.page_material import PageMaterial
from layout.pipeline.written_page import as_written


@dataclass(frozen=True)
class ArrangedPage:
    """A page that was made up: its canvas, what was chosen, and what there is to say of it."""

    canvases: Mapping[VariantName, HtmlCanvas]
    chosen: Chosen
    findings: tuple[Finding, ...]
    plan: PagePlan
    """The page with what it holds of all that it may."""
    report: ArrangementReport
    """What was chosen and why."""
    context: Mapping[str, object]
    """What its template saw."""


@dataclass(frozen=True)
class PageArranger:
    """Arranges a page of what it may hold."""

    material: PageMaterial

    def arranged(self) -> ArrangedPage:
        """The arrangement that was chosen, as a canvas. Raises ``PlanError`` where there is none at all."""
        chooser, chosen, findings = self._chosen()
        sheet = chooser.sheet
        tree = chosen.candidate.tree
        record = self.material.record(tree, sheet, chosen.candidate.choices)
        html = self.material.filled(record)
        is_full = chosen.is_full(sheet.rows)
        if not is_full and chooser.tree is None:
            findings = (*findings, self._not_full(chosen, chooser))
        report = self._explanation(chooser).report(chosen)
        canvas = self.material.canvas(self.material.plan.kind, html)
        if is_full:
            canvas = canvas.pinned(chosen.candidate.pinned)
        kind = self.material.plan.kind
        labels = labels_asked_for(self.material.job.design, [(kind, html)])
        plan = replace(holding(self.material.plan, tree), labels=labels, codes=drawn_as_codes([html]))
        context = self.material.context(record)
        return ArrangedPage({VariantName(kind): canvas}, chosen, findings, plan, report, context)

    def _chosen(self) -> tuple[Chooser, Chosen, tuple[Finding, ...]]:
        """What is taken, and what there is to say of an arrangement that is written and no longer fits."""
        chooser = self.material.chooser()
        if not self.material.auto.arrangement:
            return chooser, self._found(chooser), ()
        place = self.material.auto.place or self.material.plan.place
        tree = read_arrangement(self.material.auto.arrangement, place)
        return as_written(tree, chooser, partial(self._found, chooser), self.material.plan.number, place)

    def _found(self, chooser: Chooser) -> Chosen:
        chosen = chooser.choose()
        if chosen is None and self.material.auto.pins:
            raise self._impossible(chooser)
        chosen = chosen or chooser.choose_some()
        if chosen is None:
            raise self._impossible(chooser)
        return chosen

    def listed(self, most: int) -> ArrangementReport:
        """The arrangement that is taken, with at most so many of those that lost; nothing is laid out but the sheet of
        samples. Raises ``PlanError`` as ``arranged`` does.
        """
        chooser, chosen, _ = self._chosen()
        return self._explanation(chooser).report(chosen, most)

    def _explanation(self, chooser: Chooser) -> Explanation:
        light = {*self.material.reserves, *self.material.loose}
        weights = {story.id: story.weight for story in chooser.stories if story.id not in light}
        return Explanation(Pricing(chooser, self.material.shapes, self.material.rules(chooser.sheet)), weights)

    def _impossible(self, chooser: Chooser) -> PlanError:
        """Why there is no arrangement at all: a pin that none can keep, a story that no shape takes, or all of them."""
        for pin, free in self._unpinned():
            if free.material.chooser().choose() is not None:
                return pin_not_kept(pin)
        for story, options in zip(chooser.stories, chooser.options, strict=True):
            if not options:
                return no_shape(story, self.material.job.issue.design, self.material.plan.place)
        return no_arrangement(self.material.plan.place)

    def _unpinned(self) -> Iterator[tuple[Pin, PageArranger]]:
        """Each pin, with what arranges the page without it."""
        pins = self.material.auto.pins
        for pin in pins:
            auto = replace(self.material.auto, pins=tuple(other for other in pins if other is not pin))
            yield pin, PageArranger(replace(self.material, plan=replace(self.material.plan, auto=auto)))

    def _not_full(self, chosen: Chosen, chooser: Chooser) -> Finding:
        sheet, plan = chooser.sheet, self.material.plan
        changes = column_changes(sheet.samples.values())
        mends = [*(self._mends(chosen, chooser, changes) if changes else ()), *self._pins_in_the_way()]
        stubs = [story.id for story in chooser.stories if changes and changes.is_stub(story)]
        return not_full(chosen, sheet.rows, mends, plan.number, plan.place, stubs=stubs)

    def _mends(self, chosen: Chosen, chooser: Chooser, changes: ColumnChanges) -> tuple[Mend, ...]:
        sheet = chooser.sheet

        def measures(piece: Piece) -> list[float]:
            return [column.width / changes.measure for column in sheet.sample(piece).text_columns]

        search = MendSearch(
            chooser.stories,
            chooser.options,
            chooser.space,
            chooser.fixed,
            [each for each, _ in chooser.contents.sets()],
            partial(self.material.options, sheet),
            chosen.rows > sheet.rows,
            changes,
            measures,
            chooser.option_stands,
            chooser.changed_stands,
            LargerFiles(sheet, self.material.rules(sheet), partial(self.material.options, sheet)),
        )
        return search.found()

    def _pins_in_the_way(self) -> Iterator[Mend]:
        """The pins without which the page is full."""
        for pin, free in self._unpinned():
            chooser = free.material.chooser()
            chosen = chooser.choose()
            if chosen is not None and chosen.is_full(chooser.space.rows):
                yield Mend((MendStep("unpin", pin.story, place=str(pin.place)),))
