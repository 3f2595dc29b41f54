"""An executor that makes only those pages anew of which something has changed since they were made."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from layout import assets
from layout.copyfit.model import ComposedPage
from layout.pipeline.assistant_tasks import finished_file, painted_file
from layout.pipeline.inspection import PageInspection
from layout.pipeline.job import PageResult, PageTask
from layout.pipeline.progress import Progress, Reporter
from layout.pipeline.worker_tasks import compose_page, page_task
from layout.preview.page_files import PageFiles

P = ParamSpec("P")
T = TypeVar("T")

FINISHED = "preflight"
"""The stage at whose beginning a page is ready for the press; what is left is to check it."""

MOST = 120
"""Results that are remembered: those of a long issue, and what an undo brings back."""


@dataclass(frozen=True, slots=True)
class DrawnReady:
    """A page that can be shown: it is finished, though not yet checked."""

    number: int
    title: str
    key: str


class PageMemo(Executor):
    """Carries out with *workers* what it is given, but pages that it knows: they are as they were.

    *ready* is called, in some thread, with each page as soon as its file is in *files*. What a page depends on is its
    task and the files that the task only names: the design's, and its pictures.
    """

    def __init__(
        self, workers: Executor, files: PageFiles, ready: Callable[[DrawnReady], None], *, assisted: bool = True
    ):
        self._workers = workers
        self._assisted = assisted
        self._files = files
        self._ready = ready
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._known: dict[str, PageResult] = {}
        self._shared: dict[str, ComposedPage] = {}
        self._tasks: dict[int, tuple[str, PageTask]] = {}
        self.made = 0
        """Pages that were really made."""

    def key(self, number: int) -> str:
        """The key of page *number* as it was asked for last; nothing of a page that never was."""
        with self._lock:
            return self._tasks[number][0] if number in self._tasks else ""

    def task(self, number: int) -> PageTask | None:
        """The task of page *number* as it was asked for last; None of a page that never was."""
        with self._lock:
            return self._tasks[number][1] if number in self._tasks else None

    def latest(self, number: int) -> PageResult | None:
        """The page of that *number* as it was asked for last; None where it is not made."""
        with self._lock:
            return self._known.get(self._tasks[number][0]) if number in self._tasks else None

    def inspection(self, key: str) -> PageInspection | None:
        """What stands on the page of that *key*; None where it is not known, or not yet."""
        with self._lock:
            return self._known[key].inspection if key in self._known else None

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``."""
        if cast("object", fn) not in (page_task, compose_page):
            return self._workers.submit(fn, *args, **kwargs)
        task, report = cast("tuple[PageTask, Reporter]", args)
        made = self._page if cast("object", fn) is page_task else self._composed
        return cast("Future[T]", made(task, report))

    def _composed(self, task: PageTask, report: Reporter) -> Future[ComposedPage]:
        """A page of a story that runs over several, set so that its copy can be shared out."""
        key = page_key(task)
        with self._lock:
            known = self._shared.get(key)
        if known is not None:
            future: Future[ComposedPage] = Future()
            future.set_result(known)
            return future
        found = self._workers.submit(compose_page, self._asked(task), report)
        found.add_done_callback(partial(self._share, key))
        return found

    def _share(self, key: str, made: Future[ComposedPage]) -> None:
        if not made.cancelled() and made.exception() is None:
            with self._lock:
                self._shared[key] = made.result()
                while len(self._shared) > MOST:
                    self._shared.pop(next(iter(self._shared)))

    def _asked(self, task: PageTask) -> PageTask:
        """*task* as the workers get it: what was composed of a page is known to the worker that then makes it."""
        return replace(task, assisted=self._assisted, inspect=True, png_ppi=0.0)

    def _page(self, task: PageTask, report: Reporter) -> Future[PageResult]:
        key = page_key(task)
        with self._lock:
            self._tasks[task.plan.number] = key, task
            known = self._known.pop(key, None)
            if known is not None:
                self._known[key] = known
        content = self._files.content(key) if known is not None else None
        if known is not None and content is not None:
            future: Future[PageResult] = Future()
            self._tell(task, key)
            future.set_result(replace(known, pdf=content))
            return future
        return self._made(task, key, report)

    def _made(self, task: PageTask, key: str, report: Reporter) -> Future[PageResult]:
        asked = self._asked(task)
        inner = self._workers.submit(page_task, asked, Reporter(self._following(asked, key, report)))
        outer = _Handed(inner)

        def done(made: Future[PageResult]) -> None:
            if made.cancelled():
                outer.cancel()
            elif (fault := made.exception()) is not None:
                outer.set_exception(fault)
            else:
                self._keep(task, key, made.result(), outer)

        inner.add_done_callback(done)
        return outer

    def _following(self, task: PageTask, key: str, report: Reporter) -> Progress:
        """Progress that goes on to *report*, and shows the page as soon as it is finished."""

        shown: list[str] = []

        def step(stage: str, done: int, total: int) -> None:
            # The worker and its assistant both say so; it is the same file.
            if stage == FINISHED and not shown and (path := finished_file(task)).is_file():
                shown.append(key)
                self._files.put(key, path.read_bytes())
                self._files.put_painted(key, painted_file(task).read_bytes())
                self._tell(task, key)
            report(stage, done, total)

        return step

    def _keep(self, task: PageTask, key: str, result: PageResult, outer: Future[PageResult]) -> None:
        """Remembers *result* with its file in memory no longer: the build's scratch folder goes with the build."""
        try:
            pdf = result.pdf if isinstance(result.pdf, bytes) else result.pdf.read_bytes()
            self._files.put(key, pdf)
            with self._lock:
                self.made += 1
                self._known[key] = replace(result, pdf=b"")
                while len(self._known) > MOST:
                    self._known.pop(next(iter(self._known)))
            self._tell(task, key)
        except Exception as error:
            outer.set_exception(error)
        else:
            outer.set_result(replace(result, pdf=pdf))

    def _tell(self, task: PageTask, key: str) -> None:
        """Gives the page to whoever waits for it, unless it has been asked for anew: work on an older save may end
        late, when the newer page is there.
        """
        with self._telling:
            if self.key(task.plan.number) == key:
                self._ready(DrawnReady(task.plan.number, task.plan.title, key))


class _Handed(Future[PageResult]):
    """A future that stands for another, which is cancelled with it."""

    def __init__(self, inner: Future[PageResult]):
        super().__init__()
        self._inner = inner

    def cancel(self) -> bool:
        self._inner.cancel()
        return super().cancel()


def page_key(task: PageTask) -> str:
    """What a page depends on, as twenty hexadecimal digits: its task, and how the files are that the task names."""
    bare = replace(task, build="", spare=Path(), no_cache=None, png_ppi=0.0, keep=False, assisted=True, inspect=True)
    digest = hashlib.sha256(_pickled(bare) + _pickled(task.remarks))
    for path in sorted({*files_behind(task), *(picture.path for picture in task.plan.pictures)}):
        digest.update(f"{path} {_state(path)}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:20]


def _pickled(value: Any) -> bytes:
    """The value's content: two that are equal give the same, whether or not they share what is in them."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


def _state(path: Path) -> str:
    """The digest of what the file holds; nothing of one that cannot be read."""
    try:
        found = path.stat()
        return _digest(path, found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        return "-"


@lru_cache(maxsize=4096)
def _digest(path: Path, *_: int) -> str:
    """Read once for each state of a file: what is saved again as it was is as it was."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_behind(task: PageTask) -> Iterator[Path]:
    """The files of the design that the page may depend on: all but the templates of other kinds of page.

    What a template includes is found by its name: one that names nothing by itself (``{% include kind ~ ".html" %}``)
    may include any.
    """
    design, shared = task.job.design, assets.templates_dir() / "components"
    files = [path for folder in (design, shared) for path in folder.rglob("*")]
    templates = [path for path in files if path.suffix == ".html"]
    yield from (path for path in files if path.suffix != ".html")
    first = re.compile(rf"{re.escape(task.plan.kind)}(-[a-z])?\.html")
    reached = {path for path in design.glob("*.html") if first.fullmatch(path.name)}
    if task.plan.auto is not None or not reached:
        yield from templates
        return
    pending = list(reached)
    while pending:
        text = pending.pop().read_text(encoding="utf-8", errors="replace")
        if re.search(r"\{%-?\s*(?:include|import|extends|from)\s+[^\"'\s]", text):
            yield from templates
            return
        named = {path for path in templates if path.name in text} - reached
        reached |= named
        pending += named
    yield from reached
