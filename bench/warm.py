"""``warm.py ISSUE OUT``: builds twice in one workshop, one word of the manuscript changed between; times the second.

As the preview does it: the workshop has its second process, whose CPU seconds count.

Prints seconds and CPU seconds as JSON. The issue must be a copy: its manuscript is changed.
"""

import json
import resource
import sys
import time
from pathlib import Path

from layout.issue import read_issue
from layout.pipeline import Elsewhere, Options, Workshop


def cpu(second: Elsewhere) -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + second.cpu()


folder, out = Path(sys.argv[1]), Path(sys.argv[2])
with Elsewhere() as second:
    workshop, options = Workshop(second=second), Options(out=out, keep=False)
    workshop.build(folder, options)
    story = read_issue(folder).pages[0].stories[0]
    manuscript = folder / Path(story.file).name
    text = manuscript.read_text(encoding="utf-8")
    paragraph = story.lede.paragraphs[0].text
    manuscript.write_text(text.replace(paragraph, paragraph.replace("一年来", "一年间", 1)), encoding="utf-8")
    begun, used = time.perf_counter(), cpu(second)
    workshop.build(folder, options)
    print(json.dumps({"seconds": time.perf_counter() - begun, "cpu": cpu(second) - used}))
