"""``warm.py ISSUE OUT``: builds twice in one process, one word of the manuscript changed between; times the second.

Prints seconds and CPU seconds as JSON. The issue must be a copy: its manuscript is changed.
"""

import json
import resource
import sys
import time
from pathlib import Path

from layout.build import Options, Workshop
from layout.issue import read_issue


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


folder, out = Path(sys.argv[1]), Path(sys.argv[2])
workshop, options = Workshop(), Options(out=out)
workshop.build(folder, options)
story = read_issue(folder).pages[0].stories[0]
manuscript = folder / Path(story.file).name
text = manuscript.read_text(encoding="utf-8")
paragraph = story.lede.paragraphs[0].text
manuscript.write_text(text.replace(paragraph, paragraph.replace("一年来", "一年间", 1)), encoding="utf-8")
begun, used = time.perf_counter(), cpu()
workshop.build(folder, options)
print(json.dumps({"seconds": time.perf_counter() - begun, "cpu": cpu() - used}))
