"""Speed and quality of the composer: ``python bench/composer.py``.

Speed on one core, real faces: characters a second first-fit and total-fit, cold (nothing shaped yet) and with shaping
cached; how the cost grows with the text; and one changed paragraph of a page. Quality: the sample's copy in narrow
columns, ours beside Typst's and WeasyPrint's, measured in the finished PDFs by PDFium.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from layout import assets
from layout.composer import Setting, Span, compose
from layout.engine.patches import font_isolation
from layout.fontbook import Fontbook

TOP = Path(__file__).resolve().parents[1]
COPY = TOP / "tests" / "composer" / "tunliu.txt"
FACES = ("song-400",)
MEASURES = (11, 13, 17, 23)
SPEED_AT = 13
ROUNDS = 5


def manuscript(characters: int) -> list[str]:
    """The sample's paragraphs over and over, none quite like another, about *characters* in all."""
    paragraphs, found, size = [line for line in COPY.read_text("utf-8").splitlines() if line], [], 0
    number = 0
    while size < characters:
        own = paragraphs[number % len(paragraphs)]
        turn = 7 * number % max(1, len(own) - 1)
        found.append(f"{own[turn:]}{number}{own[:turn]}")
        size += len(found[-1])
        number += 1
    return found


def seconds(paragraphs: Sequence[str], setting: Setting, fontbook: Fontbook, measure: float = SPEED_AT) -> float:
    """CPU time to set *paragraphs*."""
    begun = time.process_time()
    for paragraph in paragraphs:
        compose([Span(paragraph, FACES)], setting, measure, fontbook)
    return time.process_time() - begun


def median(run: Callable[[], float]) -> float:
    """The median of some runs."""
    return statistics.median(run() for _ in range(ROUNDS))


def speeds() -> dict[str, float]:
    """Characters a second; the cost per character at 200,000 over that at 2,000; milliseconds for one paragraph."""
    copy = manuscript(20_000)
    size = sum(map(len, copy))
    found: dict[str, float] = {}
    for fit in ("first", "total"):
        setting = Setting(fit=fit, indent=2)  # type: ignore[arg-type]
        found[f"{fit}-fit cold, characters/s"] = size / median(
            lambda setting=setting: seconds(copy, setting, Fontbook(assets.fonts_dir()))
        )
        warm = Fontbook(assets.fonts_dir())
        seconds(copy, setting, warm)
        found[f"{fit}-fit shaped, characters/s"] = size / median(
            lambda setting=setting, warm=warm: seconds(copy, setting, warm)
        )
        for many in (2_000, 20_000, 200_000):
            text = manuscript(many)
            each = seconds(text, setting, warm) / sum(map(len, text))
            found[f"{fit}-fit, µs/character of {many}"] = 1e6 * each
            whole = "".join(text)
            alone = seconds([whole], setting, warm) / len(whole)
            found[f"{fit}-fit, µs/character of {many} in one paragraph"] = 1e6 * alone
    changed = [max(manuscript(2_000), key=len)]
    setting, warm = Setting(fit="total", indent=2), Fontbook(assets.fonts_dir())
    seconds(manuscript(2_000), setting, warm)
    found[f"one changed paragraph of {len(changed[0])} characters, ms"] = 1000 * median(
        lambda: seconds(changed, setting, warm)
    )
    return found


def qualities() -> list[dict[str, object]]:
    """A row for every maker and measure. Ours twice: by the rules all three know, and in the house style."""
    font_isolation.install()
    import columns  # noqa: PLC0415  # WeasyPrint reads what fonts there are when it is imported

    fontbook = Fontbook(assets.fonts_dir())
    columns.ADVANCES.update({c: fontbook.clusters(FACES, c)[0].advance for c in map(chr, range(33, 127))})
    copy = [line for line in COPY.read_text("utf-8").splitlines() if line]
    firm = replace(columns.HOUSE, keep_limit=0.2)
    makers: dict[str, Callable[[Sequence[str], int, Fontbook], bytes]] = {
        "layout": columns.ours,
        "layout, figures kept whole": lambda copy, measure, book: columns.ours(copy, measure, book, firm),
        "Typst": columns.by_typst,
        "WeasyPrint": columns.by_weasyprint,
    }
    return [
        {"measure": measure, "maker": name} | asdict(columns.judge(make(copy, measure, fontbook), copy, measure))
        for measure in MEASURES
        for name, make in makers.items()
    ]


HEADS = {
    "lines": "lines",
    "loosest": "loosest gap",
    "squared": "mean sq. /1000",
    "kinsoku": "kinsoku",
    "runts": "runts",
    "ragged": "ragged by",
    "torn": "figures torn",
    "variance": "variance /1000",
}


def show(speed: dict[str, float], rows: Sequence[dict[str, object]]) -> None:
    """Both tables on stdout."""
    for name, value in speed.items():
        print(f"{name:56}{value:12,.1f}")
    print(f"\n{'em':>3} {'':28}" + "".join(f"{head:>16}" for head in HEADS.values()))
    for row in rows:
        cells = "".join(f"{row[key]:>16.3f}" if isinstance(row[key], float) else f"{row[key]:>16}" for key in HEADS)
        print(f"{row['measure']:>3} {row['maker']:28}{cells}")


def main() -> None:
    """Measure, show, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TOP / "build" / "bench-composer.json")
    wanted = parser.parse_args()
    speed, rows = speeds(), qualities()
    show(speed, rows)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_text(json.dumps({"speed": speed, "quality": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
