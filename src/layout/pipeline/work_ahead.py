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

    def subset(self, fitted: FittedPage, faces: Mapping[str, Face]) -> None:
        """Has the faces of a *fitted* page subset; whoever paints it finds what is made by then."""
        orders = list(_orders(fitted, faces))
        made = self._assistant.submit(subset_faces, orders)
        subsets().look_to(lambda: zip(orders, made.result(), strict=True) if _is_there(made) else ())

    def read(self, pictures: Iterable[Prepared]) -> None:
        """Has *pictures* read."""
        paths = {each.path for each in pictures if each.path.suffix == _JPEG}
        self._assistant.submit(read_pictures, tuple(paths))


def _is_there(made: Future[list[bytes]]) -> bool:
    return made.done() and not made.cancelled() and made.exception() is None


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
