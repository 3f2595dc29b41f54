"""Reads a page's events: everything it paints, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from layout.outcome_cache import OutcomeCache
from layout.preflight.annotations import appearance
from layout.preflight.events import Event, TextShown
from layout.preflight.faces import PdfFace
from layout.preflight.form_outcomes import FormOutcome
from layout.preflight.graphics_state import Graphics
from layout.preflight.interpreter import MAX_FILE_WORK, MAX_WORK, Interpreter
from layout.preflight.layers import Layers
from layout.preflight.objects import PdfValue, array, get
from layout.preflight.operators import HANDLERS
from layout.preflight.page_trail import PageTrail


@dataclass(slots=True)
class FileContext:
    """What the pages of one file share: fonts already read, and the work that is left to do."""

    faces: dict[tuple[int, int], PdfFace] = field(default_factory=dict)
    work: int = MAX_FILE_WORK
    programs: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    """Font programs that were unpacked already, by their streams' numbers."""
    layers: Layers = field(default_factory=Layers)
    known: OutcomeCache[FormOutcome] | None = None
    """Forms that were followed before, on other pages or in other files."""


def walk(page: PdfValue, context: FileContext | None = None, trail: PageTrail | None = None) -> tuple[Event, ...]:
    """The events of a ``pikepdf.Page``, its annotations' appearances last. Pages of one file share a *context*; by its
    *trail* a page is followed where it differs from the page before.

    Never raises for what is in the file: content that cannot be followed comes out as ``Trouble``.
    """
    context = context or FileContext()
    given = min(MAX_WORK, context.work)
    interpreter = Interpreter(
        HANDLERS, context.faces, context.programs, work=given, known=context.known, layers=context.layers
    )
    if trail is not None:
        trail.begin(interpreter, page)
    interpreter.run(page, get(page, "Resources"), "page")
    if trail is not None:
        trail.end(interpreter, page)
    interpreter.apart = True
    for annotation in array(get(page, "Annots")):
        if (shown := appearance(annotation)) is not None:
            form, matrix = shown
            interpreter.g = Graphics(ctm=matrix)
            interpreter.form("annotation", form)
    context.work -= given - max(interpreter.work, 0)
    return tuple(interpreter.events)


def page_text(events: Iterable[Event]) -> str:
    """The text that *events* show, as the fonts' ToUnicode tables have it, white space left out.

    A second reading beside PDFium's: it also sees text that lies twice on one spot.
    """
    shown = "".join(event.text for event in events if isinstance(event, TextShown))
    return "".join(shown.split())
