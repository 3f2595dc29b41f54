"""``python bench/press.py [-o OUT.json]``: what prepress costs.

* Finishing, beside rendering the same page (least wall seconds of several builds; stages as the build counts them).
* Photographs, from files to the cache with two processes, beside Pillow's decode + ICC + encode alone, one after
  another: once of the whole pictures, once reduced to the size the page needs.
* The lint of the design; plates and soft proof of the finished page. CPU seconds, medians.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from layout import assets
from layout.build import Options, build, finishing
from layout.issue import read_issue
from layout.press import load_profile
from layout.proof.plates import _split, separations
from layout.proof.soft import soft_image
from layout.render.lint import lint_design
from layout.render.pictures import PictureRequest, prepare_many

ISSUE = Path(__file__).resolve().parents[1] / "issues" / "tunliu-2026"
BOX = (318.0, 212.0)
"""Points: each photograph over two columns, as most are."""
QUALITY = 85


def cpu() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


def spent(work: Callable[[], object], rounds: int) -> dict[str, float]:
    """Least wall and median CPU seconds of *work*."""
    walls, cpus = [], []
    for _ in range(rounds):
        wall, before = time.perf_counter(), cpu()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(cpu() - before)
    return {"wall": round(min(walls), 3), "cpu": round(statistics.median(cpus), 3)}


def built(rounds: int) -> tuple[bytes, dict[str, float], Callable[[], bytes]]:
    """The finished page, the least seconds of each stage, and its finishing again."""
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    finish = finishing.finish

    def recorded(*arguments: Any, **more: Any) -> bytes:
        calls.append((arguments, more))
        return finish(*arguments, **more)

    finishing.finish = recorded  # type: ignore[attr-defined]
    stages: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            made = build(ISSUE, Options(out=Path(folder), png=False))
            stages = {name: min(value, stages.get(name, value)) for name, value in made.seconds.items()}
        pdf = made.pdf.read_bytes()
    finishing.finish = finish  # type: ignore[attr-defined]
    arguments, more = calls[-1]
    return pdf, stages, lambda: finish(*arguments, **more)


def prepared(paths: list[Path], jobs: int) -> None:
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    with tempfile.TemporaryDirectory() as cache:
        requests = [PictureRequest(path, *BOX) for path in paths]
        prepare_many(requests, profile=press, cache_dir=Path(cache), jobs=jobs)


def alone(paths: list[Path], *, reduced: bool) -> None:
    """Pillow: decode, convert by ICC, encode; nothing else. *reduced*: the JPEG decoder and a resize do the size."""
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    size = tuple(round(side / 72 * press.image_ppi.target) for side in BOX)
    turn = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(str(press.icc)), "RGB", "CMYK"
    )
    for path in paths:
        with Image.open(path) as image:
            if reduced:
                image.draft("RGB", size)
            rgb = image.convert("RGB")
        if reduced:
            rgb = rgb.resize(size, Image.Resampling.LANCZOS)
        ImageCms.applyTransform(rgb, turn).save(io.BytesIO(), "JPEG", quality=QUALITY, subsampling=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    pdf, stages, finish_again = built(wanted.rounds)
    issue = read_issue(ISSUE)
    paths = list({picture.path for page in issue.pages for picture in page.pictures})
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    rendering = sum(stages[name] for name in ("template", "layout", "render"))

    def plates() -> None:
        _split.cache_clear()
        separations(pdf, 0)

    told = {
        "stages of the build, wall": {name: round(value, 3) for name, value in stages.items()},
        "finishing": spent(finish_again, wanted.rounds),
        "finishing / rendering": round(stages["prepress"] / rendering, 2),
        "lint": spent(lambda: lint_design(assets.templates_dir() / issue.design), wanted.rounds),
        "photographs, two processes": spent(lambda: prepared(paths, 2), wanted.rounds),
        "photographs, one process": spent(lambda: prepared(paths, 1), wanted.rounds),
        "Pillow alone, whole pictures": spent(lambda: alone(paths, reduced=False), wanted.rounds),
        "Pillow alone, reduced": spent(lambda: alone(paths, reduced=True), wanted.rounds),
        "four plates at 72 ppi": spent(plates, wanted.rounds),
        "soft proof at 100 ppi": spent(lambda: soft_image(pdf, 0, press), wanted.rounds),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    print(text)
    if wanted.out:
        wanted.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
