"""``warm.py ISSUE OUT [EDITS]``: builds, then changes one word of the manuscript and builds again; times the latter.

As the preview does it: what a process of ours keeps from the build before is there for the next, and the CPU seconds of
its second process count. With several edits, each of another word, medians are given.

Prints seconds and CPU seconds as JSON. The issue must be a copy of the sample: its manuscript is changed. ``workshop``
is all that knows how a tree builds twice in one process.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOMS = ("layout.pipeline", "layout.build")
"""Where the pipeline is, in one tree or another."""
WORDS = ("一年来", "一年间", "一年里", "一年中", "一年内", "一年多", "一年半", "一载来", "一载间")


def family(pid: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from family(int(child))


def spent(pid: int) -> float:
    """CPU seconds of a process so far."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def workshop(out: Path) -> Iterator[tuple[Callable[[Path], object], Callable[[], float]]]:
    """What builds an issue into *out*, again and again, and the CPU seconds of its other processes so far."""
    import layout  # noqa: PLC0415

    if hasattr(layout, "__all__"):
        from layout.pipeline import Workers  # noqa: PLC0415
        from layout.pipeline.worker_tasks import PRELOAD  # noqa: PLC0415

        whole = layout.Options(out=out, keep=False)
        with Workers(fork=True, preload=PRELOAD) as workers:
            yield (
                lambda folder: layout.build(folder, whole, workers=workers),
                lambda: sum(spent(pid) for root in workers.pids for pid in family(root)),
            )
        return
    room = import_module(next(name for name in ROOMS if find_spec(name)))
    with room.Elsewhere() as second:
        own, options = room.Workshop(second=second), room.Options(out=out, keep=False)
        yield lambda folder: own.build(folder, options), second.cpu


def main(folder: Path, out: Path, edits: int) -> None:
    """Builds once, then *edits* times with another word each."""
    (manuscript,) = folder.glob("*.md")
    text = manuscript.read_text(encoding="utf-8")
    if WORDS[0] not in text or not 0 < edits < len(WORDS):
        raise SystemExit(f"{manuscript} has no “{WORDS[0]}”, or there are no {edits} words to put there")
    taken: list[tuple[float, float]] = []
    with workshop(out) as (build, others):

        def cpu() -> float:
            used = resource.getrusage(resource.RUSAGE_SELF)
            return used.ru_utime + used.ru_stime + others()

        build(folder)
        for word in WORDS[1 : edits + 1]:
            manuscript.write_text(text.replace(WORDS[0], word, 1), encoding="utf-8")
            begun, used = time.perf_counter(), cpu()
            build(folder)
            taken.append((time.perf_counter() - begun, cpu() - used))
    seconds, cpus = (statistics.median(each) for each in zip(*taken, strict=True))
    print(json.dumps({"seconds": seconds, "cpu": cpus}))


main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
