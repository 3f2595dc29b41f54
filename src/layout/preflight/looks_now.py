"""What the pages of a file look like now, each drawn once: where it is asked for, or before, by another process."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from layout.errors import PrintError
from layout.preflight.events import Bounds
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.look_drawing import look_drawn
from layout.preflight.page_look import PageLook


@dataclass(frozen=True, slots=True)
class LooksNow:
    """The looks of those pages that are compared, by number."""

    _looks: dict[int, Future[PageLook | None]] = field(default_factory=dict)

    def begin(self, executor: Executor, source: bytes | Path, sheet: ExaminedPage, ppi: float) -> None:
        """Has a page drawn by *executor*, while other things are done here."""
        self._looks[sheet.number] = executor.submit(look_drawn, *_order(source, sheet, ppi))

    def in_work(self, number: int) -> bool:
        """Whether another process is drawing page *number*, or is yet to."""
        return number in self._looks and not self._looks[number].done()

    def of(self, source: bytes | Path, sheet: ExaminedPage, ppi: float) -> PageLook | None:
        """The look of a page of *source*; ``None`` where it cannot be drawn: PDFium mends less than qpdf."""
        if sheet.number not in self._looks:
            drawn = self._looks[sheet.number] = Future()
            try:
                drawn.set_result(look_drawn(*_order(source, sheet, ppi)))
            except PrintError as fault:
                drawn.set_exception(fault)
        try:
            return self._looks[sheet.number].result()
        except (PrintError, BrokenExecutor):  # or it has no end, and whoever drew it was stopped
            return None


def _order(source: bytes | Path, sheet: ExaminedPage, ppi: float) -> tuple[bytes | Path, int, Bounds, Bounds, float]:
    """What ``look_drawn`` is given."""
    return source, sheet.number - 1, sheet.media, sheet.trim, ppi
