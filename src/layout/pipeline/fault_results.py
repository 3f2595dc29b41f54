"""The files of results of a command that ends in a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from layout.errors import Faults, LayoutError
from layout.pipeline.output import write_all

if TYPE_CHECKING:
    from layout.pipeline.options import Options


@contextmanager
def results_of_faults(folder: Path, options: Options, judged: Path | None = None) -> Iterator[None]:
    """Writes the files of results also where the context ends in a fault, which is raised on. It is about the issue in
    *folder*, or about the file *judged*.
    """
    try:
        yield
    except LayoutError as fault:
        if options.results:
            from layout.pipeline.results import files_of_fault  # noqa: PLC0415  (a command that ends well loads none)

            try:
                write_all({**files_of_fault(fault, folder, options, judged)})
            except LayoutError as other:
                raise Faults((*fault.faults(), *other.faults())) from fault
        raise
