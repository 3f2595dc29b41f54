"""``layout preview``: connects the pipeline with the preview server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from layout import assets
from layout.errors import Lang, LayoutError, UsageError
from layout.issue import read_issue
from layout.pipeline import Built, Options, Workers
from layout.pipeline import build as build_issue
from layout.pipeline.scratch import scratch_folder
from layout.pipeline.worker_tasks import PRELOAD
from layout.preview.server import run
from layout.preview.worker import PATIENCE, Builder, FaultOf, Progress

PPI = 150.0
"""Sharp at 100 % on most screens, good enough at 200 %; finer pictures would cost more than the build."""


def preview(
    folder: Path, *, lang: Lang, port: int, press: str | None, ready: Callable[[str], None], fault_of: FaultOf
) -> None:
    """Serves the issue in *folder* until Ctrl-C and rebuilds it on every save. *ready* gets the address.

    Writes only to a temporary folder: the last real build stays as it is.
    Raises ``UsageError`` when *folder* is no issue or the port is taken; every other fault is shown in the browser.
    """
    try:
        read_issue(folder)
    except UsageError:
        raise
    except LayoutError:
        pass
    with (
        scratch_folder() as out,
        Workers(fork=True, preload=PRELOAD) as workers,
    ):
        options = Options(out=out, press=press, lang=lang, png_ppi=PPI, keep=False)

        def build(progress: Progress) -> Built:
            workers.settle(PATIENCE)  # a build that failed in this process may have left pages in work
            return build_issue(folder, options, progress, workers)

        folders = [folder, assets.templates_dir()]
        builder = Builder(build, workers.cancel)
        run(builder, folders, [out], lang=lang, port=port, ready=ready, fault_of=fault_of)
