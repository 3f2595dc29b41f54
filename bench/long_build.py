"""``long_build.py ISSUE OUT [--jobs 2] [--unseen] [--png]``: one build of a long issue, and what it took, as JSON.

CPU seconds are those of this process and of all that it has begun. With ``--unseen`` the pages are not drawn to see
what of them is seen: every other check is carried out.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layout.pipeline import Options, Workers, build
from layout.pipeline.worker_tasks import make_ready
from processes import family, spent


@contextmanager
def _nothing(*_: object, **__: object) -> Iterator[None]:
    yield None


def make_ready_unseen() -> None:
    """What a worker calls first: as the program's own, without the drawings of what is seen."""
    make_ready()
    from layout.pipeline import finishing  # noqa: PLC0415
    from layout.preflight import judge  # noqa: PLC0415
    from layout.preflight.rules import seen  # noqa: PLC0415

    judge.SHEET_CHECKS = tuple(check for check in judge.SHEET_CHECKS if check not in seen.CHECKS)
    finishing.drawing_ahead = _nothing  # type: ignore[assignment]


def main() -> None:
    """Builds, and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("issue", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--png", action="store_true")
    wanted = parser.parse_args()
    sys.setrecursionlimit(5000)
    begun = time.perf_counter()
    preload = "long_build:make_ready_unseen" if wanted.unseen else "layout.pipeline.worker_tasks:make_ready"
    with Workers(wanted.jobs, preload=preload) as workers:
        options = Options(wanted.out, jobs=wanted.jobs, png=wanted.png, keep=False)
        built = build(wanted.issue, options, workers=workers)
        cpu = time.process_time() + sum(spent(pid) for root in workers.pids for pid in family(root))
    seconds = time.perf_counter() - begun
    told = {"seconds": seconds, "cpu": cpu, "pages": len(built.report["pages"]), "stages": dict(built.seconds)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
