"""What an assistant does of a page before it is painted, as soon as it is known what will stand on it.

It has nothing else to do while the worker lays the page out for the last time and paints it. Nothing depends on whether
it has come to an end: what it has not done is done where it is needed, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING

from layout.engine.patches.font_subsets import subsets
from layout.fontbook.subsets import SubsetOrder
from layout.pipeline.assistant_tasks import read_pictures, subset_faces

if TYPE_CHECKING:
    from layout.copyfit.model import FittedPage
    from layout.fontbook import Face
    from layout.pictures import Prepared

_JPEG = ".jpg"
"""How the files of prepared pictures end; those of other kinds are not read in a build."""


class WorkAhead:
    """The work of an *assistant* ahead of one page."""

    def __init__(self, assistant: Executor):
        self._assistant = assistant
        self._orders: list[SubsetOrder] = []
        self._made: Future[list[bytes]] | None = None

    def begin(self, fitted: FittedPage, faces: Mapping[str, Face], pictures: Iterable[Prepared]) -> None:
        """Has the faces of a *fitted* page subset, and its *pictures* read."""
        self._orders = list(_orders(fitted, faces))
        self._made = self._assistant.submit(subset_faces, self._orders)
        self.read(pictures)

    def read(self, pictures: Iterable[Prepared]) -> None:
        """Has *pictures* read."""
        paths = {each.path for each in pictures if each.path.suffix == _JPEG}
        self._assistant.submit(read_pictures, tuple(paths))

    def collect(self) -> bool:
        """Takes over the subsets that are made, for the page to be painted; says whether anything was begun."""
        if self._made is not None and self._made.done() and self._made.exception() is None:
            for order, content in zip(self._orders, self._made.result(), strict=True):
                subsets().put(order, content)
        return self._made is not None


def _orders(fitted: FittedPage, faces: Mapping[str, Face]) -> Iterator[SubsetOrder]:
    """The glyphs of every face that the lines show which have a slot."""
    shown: dict[str, set[int]] = {}
    for galley in fitted.galleys.values():
        for line in galley.lines:
            for placed in line.line.placed if line.slot < len(galley.slots) else ():
                shown.setdefault(placed.cluster.face, set()).update(each.number for each in placed.cluster.glyphs)
    for key, glyphs in sorted(shown.items()):
        if glyphs:
            yield SubsetOrder(faces[key].pango_family, faces[key].path, tuple(sorted(glyphs)))
