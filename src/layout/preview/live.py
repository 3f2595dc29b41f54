"""``layout preview``: connects the pipeline with the preview server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from layout import assets
from layout.errors import Lang, LayoutError, UsageError
from layout.issue import DraftFaults, read_issue
from layout.pipeline import Built, Options, Workers
from layout.pipeline import build as build_issue
from layout.pipeline.scratch import scratch_folder
from layout.pipeline.worker_tasks import PRELOAD
from layout.press import PressProfile
from layout.press.load import load_profile
from layout.preview.edits import PlanEditor
from layout.preview.excerpt import Excerpts
from layout.preview.guarded import new_token
from layout.preview.page_files import PageFiles
from layout.preview.page_memo import DrawnReady, PageMemo
from layout.preview.picture_order import picture_order
from layout.preview.server import Served, run
from layout.preview.state import PreviewState, ShownPage
from layout.preview.tiles import Tiles
from layout.preview.web import Desk, Notifier
from layout.preview.worker import PATIENCE, Builder, FaultOf, Progress


def preview(
    folder: Path,
    *,
    lang: Lang,
    port: int,
    press: str | None,
    editor: str,
    filler: bool = False,
    ready: Callable[[str], None],
    fault_of: FaultOf,
) -> None:
    """Serves the issue in *folder* until Ctrl-C and rebuilds it on every save. *ready* gets the address; *editor* is
    the pattern of links to an editor. A page that lacks something is shown as far as it goes; with *filler* there is
    filler text in frames without copy.

    Writes only to a temporary folder, and to issue.toml what is asked for in the browser: the last real build stays as
    it is. Raises ``UsageError`` when *folder* is no issue or the port is taken; other faults are shown in the browser.
    """
    try:
        read_issue(folder)
    except UsageError:
        raise
    except LayoutError:
        pass
    with (
        scratch_folder() as out,
        scratch_folder() as finished,
        Workers(fork=True, preload=PRELOAD) as workers,
    ):
        options = Options(
            out=out, press=press, lang=lang, png=False, keep=False, draft=True, filler=filler, stamped=False
        )
        pages = PageFiles(finished)
        session = _Session(folder, options, workers, pages)
        run(
            Served([folder, assets.templates_dir()], [out, finished], lang, port),
            lambda state, notifier, excerpts: session.desk(state, notifier, excerpts, editor),
            session.builder,
            ready=ready,
            fault_of=fault_of,
        )


class _Session:
    """One run of the preview: what its builds share."""

    def __init__(self, folder: Path, options: Options, workers: Workers, pages: PageFiles):
        self._folder = folder
        self._options = options
        self._workers = workers
        self._tiles = Tiles(pages, self._profile)
        self._shown: list[Callable[[ShownPage], None]] = []
        self._keys: dict[int, str] = {}
        self._memo = PageMemo(workers, pages, self._show)

    def builder(self, state: PreviewState) -> Builder:
        """What builds, with pages shown as soon as they are finished."""
        self._shown.append(state.show)

        def build(progress: Progress) -> Built:
            self._workers.settle(PATIENCE)  # a build that failed in this process may have left pages in work
            return build_issue(self._folder, self._options, progress, self._memo)

        return Builder(build, self._workers.cancel)

    def desk(self, state: PreviewState, notifier: Notifier, excerpts: Excerpts, pattern: str) -> Desk:
        """What is served."""
        return Desk(
            state, notifier, self._tiles, PlanEditor(self._folder, self._order), self._memo.inspection, excerpts,
            new_token(), self._options.lang, pattern,
        )  # fmt: skip

    def _show(self, page: DrawnReady) -> None:
        before, self._keys[page.number] = self._keys.get(page.number, ""), page.key
        if before not in ("", page.key):  # first: browsers ask as soon as they hear of it
            ahead = threading.Thread(target=self._tiles.draw_ahead, args=(page.key, before), name="layout-tiles")
            ahead.daemon = True
            ahead.start()
        for shown in self._shown:
            shown(ShownPage(page.number, page.title, page.key))

    def _profile(self) -> PressProfile:
        issue = read_issue(self._folder, DraftFaults())
        return load_profile(self._options.press or issue.press, [issue.folder, assets.press_dir()])

    def _order(self, number: int) -> Sequence[str] | None:
        task, made = self._memo.task(number), self._memo.latest(number)
        return None if task is None or made is None else picture_order(task, made)
