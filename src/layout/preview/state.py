"""The state of the preview: the last good build, and the faults of the present one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from layout.checks import Finding
from layout.errors import Lang, LayoutError, Place
from layout.json_values import JsonObject
from layout.pipeline.stages import stage_name
from layout.proof.report import ordered

Phase = Literal["setting", "good", "fault"]
Excerpt = Callable[[Place], Sequence[JsonObject]]
"""The lines of a file around a place; see ``excerpt.Excerpts``."""


class PreviewBuild(Protocol):
    """The part of a build's result that the preview uses."""

    @property
    def png(self) -> tuple[Path, ...]:
        """One picture per page."""
        ...

    @property
    def report(self) -> Mapping[str, Any]:
        """The report; ``report["pages"][i]["geometry"]`` has page i's sheet, type area, row and frames in points."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the checks."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state at one moment. ``edition`` counts good builds: a browser loads the pictures again when it changes."""

    phase: Phase = "setting"
    stage: str = ""
    done: int = 0
    total: int = 0
    edition: int = 0
    updated: str = ""
    pictures: tuple[bytes, ...] = ()
    pages: tuple[JsonObject, ...] = ()
    findings: tuple[JsonObject, ...] = ()
    faults: tuple[JsonObject, ...] = field(default=())


class PreviewState:
    """The state of the preview: one thread, which builds, changes it; any number of browsers read it.

    A failed build leaves the pictures, pages and findings of the last good one in place.
    """

    def __init__(self, lang: Lang, excerpt: Excerpt, changed: Callable[[], None] = lambda: None):
        self._lang = lang
        self._excerpt = excerpt
        self._changed = changed
        self._lock = threading.Lock()
        self._snapshot = Snapshot()
        self._remarks: list[Finding] = []

    @property
    def snapshot(self) -> Snapshot:
        """The present state."""
        with self._lock:
            return self._snapshot

    def begin(self) -> None:
        """A build starts."""
        self._replace(replace(self.snapshot, phase="setting", stage="", done=0, total=0))

    def step(self, stage: str, done: int, total: int) -> None:
        """A build reaches a stage."""
        self._replace(replace(self.snapshot, stage=stage_name(stage, self._lang), done=done, total=total))

    def remark(self, finding: Finding) -> None:
        """Something to be shown with the findings of every build from now on."""
        self._remarks.append(finding)
        shown = (finding.as_json(self._lang), *self.snapshot.findings)
        self._replace(replace(self.snapshot, findings=shown))

    def good(self, built: PreviewBuild) -> None:
        """A build succeeded. Raises ``OSError`` when its pictures cannot be read."""
        pictures = tuple(path.read_bytes() for path in built.png)
        before = self.snapshot
        self._replace(
            replace(
                before,
                phase="good",
                edition=before.edition + 1,
                updated=time.strftime("%H:%M:%S"),
                pictures=pictures,
                pages=tuple(_page(page) for page in built.report["pages"]),
                findings=tuple(finding.as_json(self._lang) for finding in ordered((*self._remarks, *built.findings))),
                faults=(),
            )
        )

    def bad(self, faults: Sequence[LayoutError]) -> None:
        """A build failed."""
        self._replace(replace(self.snapshot, phase="fault", faults=tuple(self._fault(fault) for fault in faults)))

    def picture(self, index: int) -> bytes | None:
        """The PNG of page *index* (from 0) as last set well."""
        pictures = self.snapshot.pictures
        return pictures[index] if 0 <= index < len(pictures) else None

    def as_json(self) -> JsonObject:
        """The present state for the browser: everything but the pictures."""
        shown = self.snapshot
        return {
            "phase": shown.phase,
            "stage": shown.stage,
            "done": shown.done,
            "total": shown.total,
            "edition": shown.edition,
            "updated": shown.updated,
            "pages": list(shown.pages),
            "findings": list(shown.findings),
            "faults": list(shown.faults),
        }

    def _replace(self, snapshot: Snapshot) -> None:
        with self._lock:
            self._snapshot = snapshot
        self._changed()

    def _fault(self, fault: LayoutError) -> JsonObject:
        return {
            "place": str(fault.place) if fault.place else None,
            "sentence": fault.message.text(self._lang),
            "hint": fault.hint.text(self._lang) if fault.hint else None,
            "excerpt": self._excerpt(fault.place) if fault.place else [],
        }


def _page(page: Mapping[str, Any]) -> JsonObject:
    """What the overlays and the page switcher need of a page's report."""
    return {"number": page["number"], "title": page["title"], **page["geometry"]}
