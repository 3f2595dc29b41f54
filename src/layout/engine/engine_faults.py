"""What WeasyPrint and the libraries under it raise for a design that they cannot lay out, as faults of that design."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from xml.etree.ElementTree import Element

from layout.design.design_files import DesignFiles
from layout.engine.patches.layout_count import TooManyBoxes
from layout.errors import LayoutError, Message, Place, TemplateError

_LIBRARIES = frozenset(("weasyprint", "tinycss2", "cssselect2", "tinyhtml5", "pydyf", "PIL", "fontTools", "patches"))
"""Packages whose code an error comes from; ``patches`` are our own changes to them."""
_NESTED = (
    Message("版面排不完：框套得太深，或弹性盒、网格层层相套",
            "the layout would never end: boxes are nested too deep, or flex and grid in one another"),
    Message("少套几层；弹性盒和网格里不要再套弹性盒和网格。",
            "Nest fewer of them; put no flex or grid containers into one another."),
)  # fmt: skip


@contextmanager
def engine_faults(files: DesignFiles, style: Path | None = None) -> Iterator[None]:
    """Turns what the libraries raise inside into a ``TemplateError``: in *style*, or where the box's element is named.

    What our own code raises goes on as it is, and so does ``MemoryError``, after which nothing is to be relied on.
    """
    try:
        yield
    except (LayoutError, MemoryError):
        raise
    except Exception as error:
        frames = list(_frames(error))
        if not isinstance(error, RecursionError | TooManyBoxes) and not _of_libraries(frames):
            raise
        place = Place(str(style)) if style else _place(error, frames, files)
        message, hint = _NESTED if isinstance(error, RecursionError | TooManyBoxes) else _unexpected(error)
        raise TemplateError(message, place=place, hint=hint) from error


def _unexpected(error: Exception) -> tuple[Message, Message]:
    what = f"{type(error).__name__}: {error}"[:120] if str(error) else type(error).__name__
    return (
        Message(f"排版引擎排不了这样的版式（{what}）", f"the engine cannot lay this design out ({what})"),
        Message("改回上一次能排的样子，再一处一处地改。", "Go back to what worked, and change one thing at a time."),
    )


def _frames(error: BaseException) -> Iterator[FrameType]:
    """The frames of the error's traceback, the innermost last."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def _of_libraries(frames: list[FrameType]) -> bool:
    """Whether code of a library was at work after the last of our own."""
    for frame in reversed(frames):
        parts = Path(frame.f_code.co_filename).parts
        if not _LIBRARIES.isdisjoint(parts):
            return True
        if "layout" in parts:
            return False
    return False


def _place(error: Exception, frames: list[FrameType], files: DesignFiles) -> Place:
    """Where the design names the element whose box was at work last."""
    elements = [error.element] if isinstance(error, TooManyBoxes) else []
    elements += [getattr(frame.f_locals.get("box"), "element", None) for frame in reversed(frames)]
    for element in elements:
        if element is not None:
            return place_of_element(element, files)
    return files.mention(())


def place_of_element(element: Element, files: DesignFiles) -> Place:
    """Where the design writes *element*: by its id, its class or its style."""
    words = [f'{mark}="{value}"' for mark in ("id", "class", "style") if (value := element.get(mark))]
    return files.mention([*words, f"<{element.tag}"])
