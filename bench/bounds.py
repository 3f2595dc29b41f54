"""``python bench/bounds.py FOLDER``: what the other benches have found, in one table, with the bounds it is held to.

*FOLDER* has what they wrote (``make bench`` gives them ``build``). “Was” is what the program took when the bounds were
set; “neighbours” is what others take for the same, in the same unit. A row that no bench has measured is told so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from run import AGAINST, EMPTY

ALL, BUT = "layout, every check", "layout, every check but the drawings of what is seen"
Found = Mapping[str, Any]
"""What each bench wrote, by the name of its file."""


class Row(NamedTuple):
    """A row of the table."""

    what: str
    bound: str
    holds: Callable[[float], bool] | None
    was: str
    value: Callable[[Found], float]
    neighbours: Callable[[Found], str] = lambda _: ""


def cold(name: str, what: str) -> Callable[[Found], float]:
    """A ratio of ``run.py``: that of *name* to plain WeasyPrint in seconds or in processor time."""
    return lambda found: float(next(row[what] for row in found["bench"] if row["name"] == name))


def typst(found: Found) -> str:
    """What Typst takes of plain WeasyPrint's time."""
    return f"Typst {cold('Typst', 'seconds_ratio')(found):.2f}"


def per_minute(title: str, key: str = "pages a minute by the clock") -> Callable[[Found], float]:
    """Pages a minute, of ``long.py``."""
    return lambda found: float(found["bench-long"][title][key])


def others(found: Found) -> str:
    """What the others do on the same pages: in one process."""
    told = ((name, found["bench-long"].get(f"{name}, plainly set", {})) for name in ("WeasyPrint", "Typst"))
    return ", ".join(f"{name} {own.get('pages a minute by the clock', '–')}" for name, own in told)


def memory(found: Found) -> float:
    """Memory at the last page over that at page 20, of ``long.py``."""
    marks = found["bench-long"]["MiB of all processes"]
    return float(marks["last page"] / marks["page 20"])


def most(bound: float) -> tuple[str, Callable[[float], bool]]:
    """At most *bound*."""
    return f"≤ {bound:g}", lambda value: value <= bound


def least(bound: float) -> tuple[str, Callable[[float], bool]]:
    """At least *bound*."""
    return f"≥ {bound:g}", lambda value: value >= bound


def cold_unseen(found: Found) -> float:
    """The processor time of a cold build less that of the drawings of what is seen, which ``long.py`` takes off."""
    every, but = (float(found["bench-long"][title]["CPU seconds a page"]) for title in (ALL, BUT))
    whole, plain = (cold(name, "cpu")(found) for name in ("layout build", AGAINST))
    return (whole - (every - but)) / plain


NONE = ("", None)
ROWS = (
    Row(f"cold, caches full, × {AGAINST}", *most(0.75), "1.01", cold("layout build", "seconds_ratio"), typst),
    Row("cold, caches empty", *most(1.3), "", cold(EMPTY, "seconds_ratio")),
    Row("cold, processor, without “seen”", *most(1.2), "", cold_unseen),
    Row("cold, processor, every check", *NONE, "1.7", cold("layout build", "cpu_ratio")),
    Row("one word changed, warm", *most(0.2), "0.43", lambda found: float(found["bench-changes"]["word"])),
    Row("a colour of the CSS changed", *most(0.35), "", lambda found: float(found["bench-changes"]["colour"])),
    Row("one word, with the picture on screen", *most(0.25), "", lambda found: float(found["bench-preview"]["median"])),
    Row("the same, of 100 saves the 95th", *most(0.5), "", lambda found: float(found["bench-preview"]["p95"])),
    Row("pages a minute without “seen”", *least(350), "", per_minute(BUT), others),
    Row("pages a minute, every check", *least(200), "151", per_minute(ALL)),
    Row("memory at the last page, × page 20", *most(1.1), "", memory),
    Row("page pressed for room, × a plain build", *most(2), "5.4",
        lambda found: float(found["bench-makeup"]["search of pressed over plain build"])),
    Row("page of nine elastic pictures, likewise", *most(2), "",
        lambda found: float(found["bench-makeup"]["search of nine_pictures over plain build"])),
)  # fmt: skip


def table(found: Found) -> list[str]:
    """The lines of the table."""
    lines = [f"{'':42}{'now':>8}{'bound':>9}{'':7}{'was':>6}   neighbours"]
    for row in ROWS:
        try:
            value = row.value(found)
            beside = row.neighbours(found)
        except (KeyError, StopIteration, TypeError):
            lines.append(f"{row.what:42}{'–':>8}{row.bound:>9}{'':7}{row.was:>6}   not measured")
            continue
        verdict = "" if row.holds is None else "  held" if row.holds(value) else "  MISSED"
        shown = f"{value:.0f}" if value >= 10 else f"{value:.2f}"
        lines.append(f"{row.what:42}{shown:>8}{row.bound:>9}{verdict:8}{row.was:>5}   {beside}".rstrip())
    return lines


def main(folder: Path) -> None:
    """Reads and prints."""
    files = (
        folder / f"{name}.json" for name in ("bench", "bench-changes", "bench-preview", "bench-long", "bench-makeup")
    )
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files if path.is_file()}
    if "bench" in found:
        found["bench"] = found["bench"]["rows"]
    print("\n".join(table(found)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
