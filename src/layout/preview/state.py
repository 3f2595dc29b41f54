"""The state of the preview: the last good pages, the findings on them, and the faults of the present build."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from layout.checks import Finding
from layout.errors import Lang, LayoutError, Place
from layout.json_values import JsonObject, JsonValue
from layout.pipeline.stages import stage_name
from layout.proof.concession_text import amount_words
from layout.proof.report import ordered

Phase = Literal["setting", "good", "fault"]
Excerpt = Callable[[Place], Sequence[JsonObject]]
"""The lines of a file around a place; see ``excerpt.Excerpts``."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page that browsers show. ``key`` stands for all that it is made from: its tiles have it in their addresses."""

    number: int
    title: str
    key: str

    def as_json(self) -> JsonObject:
        """The page for the browser."""
        return {"number": self.number, "title": self.title, "key": self.key}


class PreviewBuild(Protocol):
    """The part of a build's result that the preview uses."""

    @property
    def report(self) -> Mapping[str, Any]:
        """The report: ``pages`` with what gave way on each, and the variants and arrangements that it might have."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the checks."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state at one moment. ``edition`` counts good builds."""

    phase: Phase = "setting"
    stage: str = ""
    done: int = 0
    total: int = 0
    edition: int = 0
    updated: str = ""
    pages: tuple[ShownPage, ...] = ()
    report: tuple[JsonObject, ...] = ()
    """Of each page of the last good build, what its report says of it."""
    findings: tuple[JsonObject, ...] = ()
    faults: tuple[JsonObject, ...] = field(default=())


OF_REPORT = ("number", "changes", "variants", "suggestions", "arrangement")
"""What of a page's report browsers show."""


class PreviewState:
    """The state of the preview: threads that build change it; any number of browsers read it.

    A page that is finished is shown at once; a failed build leaves the other pages and findings of the last good one.
    """

    def __init__(self, lang: Lang, excerpt: Excerpt, changed: Callable[[], None] = lambda: None):
        self._lang = lang
        self._excerpt = excerpt
        self._changed = changed
        self._lock = threading.RLock()
        self._snapshot = Snapshot()
        self._remarks: list[Finding] = []

    @property
    def snapshot(self) -> Snapshot:
        """The present state."""
        with self._lock:
            return self._snapshot

    def begin(self) -> None:
        """A build starts."""
        self._replace(lambda now: replace(now, phase="setting", stage="", done=0, total=0))

    def step(self, stage: str, done: int, total: int) -> None:
        """A build reaches a stage."""
        name = stage_name(stage, self._lang)
        self._replace(lambda now: replace(now, stage=name, done=done, total=total))

    def remark(self, finding: Finding) -> None:
        """Something to be shown with the findings of every build from now on."""
        self._remarks.append(finding)
        self._replace(lambda now: replace(now, findings=(finding.as_json(self._lang), *now.findings)))

    def show(self, page: ShownPage) -> None:
        """A page is finished, though not yet checked: it takes the place of the one of its number."""

        def shown(now: Snapshot) -> Snapshot:
            others = [each for each in now.pages if each.number != page.number]
            return replace(now, pages=tuple(sorted((*others, page), key=lambda each: each.number)))

        if page not in self.snapshot.pages:
            self._replace(shown)

    def good(self, built: PreviewBuild) -> None:
        """A build succeeded: its pages, which have all been shown, are those that there are."""
        numbers = {page["number"] for page in built.report["pages"]}
        found = tuple(finding.as_json(self._lang) for finding in ordered((*self._remarks, *built.findings)))
        reports = tuple(self._of_report(page) for page in built.report["pages"])
        self._replace(
            lambda now: replace(
                now,
                phase="good",
                edition=now.edition + 1,
                updated=time.strftime("%H:%M:%S"),
                pages=tuple(page for page in now.pages if page.number in numbers),
                report=reports,
                findings=found,
                faults=(),
            )
        )

    def _of_report(self, page: Mapping[str, Any]) -> JsonObject:
        """What browsers show of a page's report; its concessions with their amounts in words."""
        return {key: page[key] for key in OF_REPORT if key in page} | {
            "changes": [
                {"cost": each["cost"], "words": amount_words(
                    each["what"], round(each["wanted"], 2), round(each["got"], 2), each["unit"], self._lang
                )}
                for each in page["changes"]
            ]
        }  # fmt: skip

    def bad(self, faults: Sequence[LayoutError]) -> None:
        """A build failed."""
        told = tuple(self._fault(fault) for fault in faults)
        self._replace(lambda now: replace(now, phase="fault", faults=told))

    def as_json(self) -> JsonObject:
        """The present state for the browser."""
        now = self.snapshot
        return {
            "phase": now.phase,
            "stage": now.stage,
            "done": now.done,
            "total": now.total,
            "edition": now.edition,
            "updated": now.updated,
            "pages": [page.as_json() for page in now.pages],
            "report": list(now.report),
            "findings": list(now.findings),
            "faults": list(now.faults),
        }

    def _replace(self, change: Callable[[Snapshot], Snapshot]) -> None:
        with self._lock:
            self._snapshot = change(self._snapshot)
        self._changed()

    def _fault(self, fault: LayoutError) -> JsonObject:
        excerpt: JsonValue = list(self._excerpt(fault.place)) if fault.place else []
        return {
            "place": str(fault.place) if fault.place else None,
            "sentence": fault.message.text(self._lang),
            "hint": fault.hint.text(self._lang) if fault.hint else None,
            "excerpt": excerpt,
        }
