"""``warm.py ISSUE OUT``: builds twice with the same worker, a word of the manuscript changed between; times the second.

As the preview does it; the CPU seconds of the worker and its assistant count.

Prints seconds and CPU seconds as JSON. The issue must be a copy: its manuscript is changed.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from layout.issue import read_issue
from layout.pipeline import Options, Workers, build
from layout.pipeline.worker_tasks import PRELOAD


def family(pid: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from family(int(child))


def cpu(workers: Workers) -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    ticks = 0
    for pid in (each for root in workers.pids for each in family(root)):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return used.ru_utime + used.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


folder, out = Path(sys.argv[1]), Path(sys.argv[2])
with Workers(fork=True, preload=PRELOAD) as workers:
    options = Options(out=out, keep=False)
    build(folder, options, workers=workers)
    story = read_issue(folder).pages[0].stories[0]
    manuscript = folder / Path(story.file).name
    text = manuscript.read_text(encoding="utf-8")
    paragraph = story.lede.paragraphs[0].text
    word = next(each for each in ("一年来", paragraph[:3]) if each in paragraph)
    manuscript.write_text(text.replace(paragraph, paragraph.replace(word, word[:2] + "间", 1)), encoding="utf-8")
    begun, used = time.perf_counter(), cpu(workers)
    build(folder, options, workers=workers)
    print(json.dumps({"seconds": time.perf_counter() - begun, "cpu": cpu(workers) - used}))
