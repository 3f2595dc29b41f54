"""The ink limit where black overprints a picture: small type, thin rules and a tint on a dark photograph."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from in_place import build
from layout import assets
from layout.pipeline import Built, Options, laid_page
from layout.preflight.outside import plates, tools
from layout.press.load import load_profile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tools.found(plates.PROGRAM) is None, reason="no Ghostscript here"),
]

TOP = Path(__file__).parents[2]
LIMIT = load_profile("newsprint-coldset", [assets.press_dir()]).ink_limit
OVER = """
.caption { overflow: visible }
.dominant { position: relative }
.dominant .message { position: relative; top: -90pt; font-size: 11pt; color: var(--black) }
.dominant::after { content: ""; position: absolute; left: 40pt; top: 40pt; width: 200pt; height: 80pt;
  background: device-cmyk(0.7 0.7 0 0 / 40%);
  border-top: 1pt solid var(--black); border-bottom: 1pt solid var(--black) }
"""
"""The large picture's caption in small black, set upon the picture; a tint with two thin black rules there too.

The tint has 140 %: black on it makes 240. A heavier one would break the limit without any picture beneath."""


@pytest.fixture(scope="module")
def dark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issue, its large photograph as dark as can be, with black type, rules and a tint on it."""
    folder = tmp_path_factory.mktemp("dark") / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    shutil.copytree(TOP / "templates" / "lianghui-broadsheet", folder / "lianghui-broadsheet")
    css, plan = folder / "lianghui-broadsheet" / "page.css", folder / "issue.toml"
    for path in (folder, css.parent, css, plan):
        path.chmod(0o755)
    css.write_text(css.read_text("utf-8") + OVER, "utf-8")
    plan.write_text(plan.read_text("utf-8").replace("images:autumn-ridge.jpg", "night.png"), "utf-8")
    # Deep red, much of its ink not black: black comes on top of it.
    noise = Image.effect_noise((1500, 1000), 12)
    bands = [noise.point(lambda value, level=level: max(0, level + (value - 128) // 4)) for level in (160, 30, 30)]
    Image.merge("RGB", bands).save(folder / "night.png")
    return folder


def _built(folder: Path, out: Path) -> tuple[Built, plates.Plates]:
    built = build(folder, Options(out=out, png=False))
    copy = out / "copy.pdf"
    copy.write_bytes(built.pdf.read_bytes())
    page = built.report["pages"][0]["geometry"]
    made = plates.drawn(copy, 1, (0.0, 0.0, page["width"], page["height"]))
    assert made is not None
    return built, made


def _picture(built: Built) -> Mapping[str, Any]:
    boxes: list[Mapping[str, Any]] = built.report["pages"][0]["geometry"]["pictures"]
    return next(box for box in boxes if box["picture"] == "ridge")


def _part(built: Built, made: plates.Plates) -> plates.Plates:
    box, high = _picture(built), built.report["pages"][0]["geometry"]["height"]
    left, top, right, bottom = box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]
    return made.within((left, high - bottom, right, high - top))


def _most(made: plates.Plates) -> float:
    return float(made.total().getextrema()[1]) / 2.55  # type: ignore[arg-type]


def test_the_limit_holds_under_type_rules_and_tint(dark: Path, tmp_path: Path) -> None:
    built, made = _built(dark, tmp_path / "out")
    part = _part(built, made)
    black = part.picture.getchannel("K").point(lambda value: 255 if value > 250 else 0)
    assert black.getbbox() is not None, "no solid black stands on the picture"
    assert _most(part) <= LIMIT + 1


def test_without_room_for_it_the_limit_would_be_broken(
    dark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round; and where nothing stands on the picture it is the same either way: it keeps its depth."""
    roomy = _part(*_built(dark, tmp_path / "out"))
    monkeypatch.setattr(laid_page, "black_over", lambda *_: {})
    full = _part(*_built(dark, tmp_path / "again"))
    assert _most(full) > LIMIT + 20
    left, _, right, top = full.media
    corner = (left, top - 30, right, top)
    assert full.within(corner).picture.tobytes() == roomy.within(corner).picture.tobytes()


def test_the_sample_issue_has_nothing_on_its_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    real = laid_page.black_over
    monkeypatch.setattr(laid_page, "black_over", lambda *given: told.append(real(*given)) or told[-1])
    build(TOP / "issues" / "tunliu-2026", Options(out=tmp_path, png=False))
    assert told == [{}]
