"""Speed of the proofreader: ``python bench/proofreading.py``.

Characters a second on one core with every rule, those that are off and those of each build included, and with those
that are on by themselves: on two official texts, whose lines are taken again and again, each with another number.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from layout.proofreading.copy_files import plain_copy
from layout.proofreading.desk import DeskCopy, DeskWork, all_rules, proofread
from layout.proofreading.measured import rules_on

TOP = Path(__file__).resolve().parents[1]
TEXTS = [TOP / "tests" / "manuscript" / "real_copy" / name for name in ("government-report.md", "wage-regulation.md")]
CHARACTERS = 200_000
ROUNDS = 5
LEAST = 200_000
"""Characters a second that the plan wants with all rules."""


def copy_of(characters: int) -> DeskCopy:
    """About *characters* of official prose, a paragraph a line."""
    texts = [path.read_text("utf-8").split("---\n", 2)[2].replace("\u3000\u3000", "\n") for path in TEXTS]
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    found, size, number = [], 0, 0
    while size < characters:
        found.append(f"{lines[number % len(lines)]}{number}")
        size += len(found[-1])
        number += 1
    return plain_copy("\n".join(found), "bench.txt")


def speed(copy: DeskCopy, rules: frozenset[str]) -> float:
    """Characters a second: the median of some runs."""
    characters = sum(len(text.text) for text in copy.texts)
    proofread([copy_of(2_000)], DeskWork(rules))  # tables are read once
    seconds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        proofread([copy], DeskWork(rules))
        seconds.append(time.process_time() - begun)
    return characters / statistics.median(seconds)


def main() -> None:
    """Prints the speeds, or writes them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    copy = copy_of(CHARACTERS)
    result = {"every rule": speed(copy, frozenset(all_rules())), "rules on": speed(copy, rules_on()), "least": LEAST}
    if options.out:
        options.out.write_text(json.dumps(result), "utf-8")
    for name, value in result.items():
        print(f"{name:<12} {value:>12,.0f} characters a second")


if __name__ == "__main__":
    main()
