"""Prints how much of each room the tests ran, from the data that `make coverage` gathered.

Lines and branches, of this process and of the Python processes it began; of a worker that is killed at its end nothing
is known, but the tests make their pages in place.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coverage import Coverage

COLUMNS = ("num_statements", "missing_lines", "num_branches", "missing_branches")


def by_room(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """The counts of coverage.py's JSON report, by room: a folder of src/layout, or a module that stands there alone."""
    rooms: dict[str, Counter[str]] = {}
    for name, file in files.items():
        parts = Path(name).parts
        room = Path(parts[parts.index("layout", parts.index("src")) + 1]).stem
        rooms.setdefault(room, Counter()).update({column: file["summary"][column] for column in COLUMNS})
    return rooms


def table(rooms: Mapping[str, Counter[str]]) -> str:
    """A line for each room, the least covered first, and one for all."""
    lines = [f"{'room':16}{'lines':>8}{'not run':>9}{'branches':>10}{'not taken':>11}{'covered':>10}"]
    ordered = sorted(rooms.items(), key=lambda room: (_share(room[1]), room[0]))
    for name, counts in [*ordered, ("all", sum(rooms.values(), Counter()))]:
        lines.append(
            f"{name:16}{counts[COLUMNS[0]]:8}{counts[COLUMNS[1]]:9}{counts[COLUMNS[2]]:10}{counts[COLUMNS[3]]:11}"
            f"{_share(counts):9.1f}%"
        )
    return "\n".join(lines)


def _share(counts: Counter[str]) -> float:
    """Of lines and branches together, the per cent that were run."""
    whole = counts[COLUMNS[0]] + counts[COLUMNS[2]]
    return 100.0 * (whole - counts[COLUMNS[1]] - counts[COLUMNS[3]]) / whole if whole else 100.0


def main() -> int:
    """Prints the table."""
    gathered = Coverage()
    gathered.load()
    with TemporaryDirectory() as folder:
        gathered.json_report(outfile=f"{folder}/coverage.json")
        print(table(by_room(json.loads(Path(folder, "coverage.json").read_text(encoding="utf-8"))["files"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
