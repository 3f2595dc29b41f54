"""Everything a page paints, in order, as events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from layout.preflight.events import Event, TextShown
from layout.preflight.faces import Face
from layout.preflight.machine import Machine
from layout.preflight.objects import array, get, items
from layout.preflight.operators import HANDLERS


def walk(page: Any, faces: dict[tuple[int, int], Face] | None = None) -> tuple[Event, ...]:
    """The events of a ``pikepdf.Page``, its annotations' appearances last. *faces* is shared over a file's pages.

    Never raises for what is in the file: content that cannot be followed comes out as ``Trouble``.
    """
    machine = Machine(HANDLERS, {} if faces is None else faces)
    machine.run(page, get(page, "Resources"), "page")
    for annotation in array(get(page, "Annots")):
        normal = get(annotation, "AP", "N")
        for _, form in items(normal) if get(normal, "Length") is None else [("", normal)]:
            machine.g = type(machine.g)()
            machine.form("annotation", form)
    return tuple(machine.events)


def page_text(events: Iterable[Event]) -> str:
    """The text that *events* show, as the fonts' ToUnicode tables have it, white space left out.

    A second reading beside PDFium's: it also sees text that lies twice on one spot.
    """
    shown = "".join(event.text for event in events if isinstance(event, TextShown))
    return "".join(shown.split())
