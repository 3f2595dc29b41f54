"""What a worker and its assistant do before it is wanted is what is wanted then."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from layout import assets
from layout.engine import css_origins
from layout.engine.patches import font_subsets
from layout.pipeline import page_making
from layout.pipeline.cache_folder import pictures_cache
from layout.pipeline.job import PageTask
from layout.pipeline.options import Options
from layout.pipeline.page_making import read_design, tools_of
from layout.pipeline.progress import Reporter, quiet
from layout.pipeline.reading import read_job
from layout.pipeline.stages import Clock
from layout.pipeline.work_ahead import WorkAhead
from layout.pipeline.workers import InPlace, WorkerDied

pytestmark = pytest.mark.slow


class Assistant(InPlace):
    """Does what it is asked at once, and knows what that was."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(fn.__name__)
        return super().submit(fn, *args, **kwargs)


def test_nothing_is_done_twice_of_what_was_done_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A design that was read, whose lines nobody asks for; faces that were subset."""
    job = read_job(assets.root() / "issues" / "tunliu-2026", Options(), Clock(), quiet)
    task = PageTask(job, whole=True, build="one", cache=pictures_cache(), spare=tmp_path)
    tools_of.cache_clear()
    read_design(job.design, task.cache)
    done: list[object] = []
    own = font_subsets.subset_of
    monkeypatch.setattr(css_origins, "_rules", lambda css: done.append(css) or ())
    monkeypatch.setattr("layout.engine.style_reader.CSS", lambda **of: done.append(of))
    monkeypatch.setattr(font_subsets, "subset_of", lambda *of, **how: done.append(of) or own(*of, **how))
    tools, assistant = page_making._tools_for(task), Assistant()
    font_subsets.subsets()._made.clear()
    laid = tools.lay_out(task, Clock(), Reporter(), WorkAhead(assistant))
    painted = tools.painted(laid, job)
    assert assistant.asked == ["subset_faces"]
    assert not done
    font_subsets.subsets()._made.clear()
    font_subsets.subsets().look_to(tuple)
    assert tools.painted(laid, job) == painted, "as it is painted with subsets of its own"
    assert done


def test_what_is_not_there_is_not_waited_for() -> None:
    """An assistant that is late, one that died, one whose work was taken back: the painter makes the subsets itself."""
    late, dead, taken_back = Future[list[bytes]](), Future[list[bytes]](), Future[list[bytes]]()
    dead.set_exception(WorkerDied(9))
    taken_back.cancel()
    fitted: Any = SimpleNamespace(galleys={})
    for made in (late, dead, taken_back):
        assistant: Any = SimpleNamespace(submit=lambda *_, made=made: made)
        WorkAhead(assistant).subset(fitted, {})
        assert not list(font_subsets.subsets()._others())
    font_subsets.subsets().look_to(tuple)
