"""``python bench/press.py [-o OUT.json]``: what prepress costs.

* Finishing, beside rendering the same page (least wall seconds of several builds; stages as the build counts them).
* Photographs, from files to an empty cache, beside Pillow's decode + ICC + encode alone, one picture after another, in
  the same rounds. Three ways of that: the whole pictures, as they are; the very same JPEGs as ours but for sharpening
  and ink limit (decoded at the same scale, resized by the same filter, encoded as we do): that is the fair comparison,
  for the same pixels come out; and as little as Pillow can do for the size (a coarser decode, no optimised tables),
  which is less work than ours on purpose. Told are median seconds and the median of each round's ratio.
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
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from layout import assets
from layout.design.lint_design import lint_design
from layout.issue import read_issue
from layout.pictures import PictureRequest, prepare_many
from layout.pictures.crop import crop
from layout.pipeline import InPlace, Options, build, finishing
from layout.press.load import load_profile
from layout.proof.plates import _split, separations, soft_image

ISSUE = Path(__file__).resolve().parents[1] / "issues" / "tunliu-2026"
BOX = (318.0, 212.0)
"""Points: each photograph over two columns, as most are."""
QUALITY = 85
DRAFT = 1.3
"""As in ``develop``: a first, quick reduction leaves so many times the pixels wanted."""


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
            made = build(ISSUE, Options(out=Path(folder), png=False), workers=InPlace())
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


def alone(paths: list[Path], way: str) -> None:
    """Pillow: decode, convert by ICC, encode; nothing else. *way*: ``whole``, ``same`` or ``least``; see above."""
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    size = tuple(round(side / 72 * press.image_ppi.target) for side in BOX)
    turn = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(str(press.icc)), "RGB", "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    for path in paths:
        with Image.open(path) as image:
            shown = crop(image.size, BOX[0] / BOX[1], (0.5, 0.5))
            enough = tuple(round(side * DRAFT) for side in size)
            whole = image.size
            if way != "whole":
                image.draft("RGB", enough if way == "same" else size)
            rgb = image.convert("RGB")
        if way != "whole":
            scale = rgb.width / whole[0]
            box = tuple(min(edge * scale, rgb.size[number % 2]) for number, edge in enumerate(shown))
            fits = min(size[0], round(shown[2] - shown[0])), min(size[1], round(shown[3] - shown[1]))
            rgb = rgb.resize(fits, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        done = ImageCms.applyTransform(rgb, turn)
        done.save(io.BytesIO(), "JPEG", quality=QUALITY, subsampling=0, optimize=way == "same")


def photographs(paths: list[Path], rounds: int) -> dict[str, dict[str, float]]:
    """Ours and each of the three ways, in turns; the ratios are those of one round."""
    works: dict[str, Callable[[], object]] = {
        "ours": lambda: prepared(paths, 2),
        **{f"Pillow, {way}": partial(alone, paths, way) for way in ("whole", "same", "least")},
    }
    walls: dict[str, list[float]] = {name: [] for name in works}
    cpus: dict[str, list[float]] = {name: [] for name in works}
    prepared(paths, 2)
    for _ in range(rounds):
        for name, work in works.items():
            wall, before = time.perf_counter(), cpu()
            work()
            walls[name].append(time.perf_counter() - wall)
            cpus[name].append(cpu() - before)
    told = {
        name: {"wall": round(statistics.median(walls[name]), 3), "cpu": round(statistics.median(cpus[name]), 3)}
        for name in works
    }
    for name in list(works)[1:]:
        told[name] |= {
            f"ours / this, {kind}": round(
                statistics.median(a / b for a, b in zip(of["ours"], of[name], strict=True)), 2
            )
            for kind, of in (("wall", walls), ("cpu", cpus))
        }
    return told


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
        "finishing / (template + layout + painting of the same build)": round(stages["prepress"] / rendering, 2),
        "lint": spent(lambda: lint_design(assets.templates_dir() / issue.design), wanted.rounds),
        f"{len(paths)} photographs, seconds; ours by two at once, beside Pillow's one after another; target 1.2": (
            photographs(paths, wanted.rounds)
        ),
        "four plates at 72 ppi": spent(plates, wanted.rounds),
        "soft proof at 100 ppi": spent(lambda: soft_image(pdf, 0, press), wanted.rounds),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    print(text)
    if wanted.out:
        wanted.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
