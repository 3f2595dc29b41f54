"""What the painted page cannot hold is in the finished page: line art, transparency, gradients painted once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from layout.pipeline import Built
from layout.proof.plates import plate_images
from pipeline.small_issue import built, make_issue

PICTURE = """
[[picture]]
id = "{name}"
file = "{name}.png"
caption = "图"
credit = "某人 摄"
alt = "图"
"""
NAMES = ("line", "box", "disc")
FURNITURE = """
  {% for shot in page.pictures %}<div class="shot" data-picture="{{ shot.id }}"></div>
  <div class="head" data-flow="{{ shot.caption.flow }}"></div>
  <div class="head" data-flow="{{ shot.credit.flow }}"></div>{% endfor %}
  <div class="once"></div><div class="tiled"></div>
</main>"""
CSS = """
.shot { width: 72pt; height: 48pt; background: device-cmyk(0.4 0 0 0) }
.once, .tiled { width: 300pt; height: 15pt;
  background: linear-gradient(90deg, device-cmyk(0 0.2 0 0), device-cmyk(0 0 0.4 0)) }
.tiled { background-size: 20pt 15pt }
"""


def _line_art() -> Image.Image:
    return Image.effect_noise((1000, 667), 200).point(lambda value: 255 * (value > 128)).convert("1")


def _white_logo(shape: str) -> Image.Image:
    image = Image.new("RGBA", (300, 200), (255, 255, 255, 0))
    getattr(ImageDraw.Draw(image), shape)((50, 50, 250, 150), fill=(255, 255, 255, 255))
    return image


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = make_issue(tmp_path_factory.mktemp("restored") / "issue", "横排的一段。")
    plan, template, css = folder / "issue.toml", folder / "plain" / "page.html", folder / "plain" / "page.css"
    pictures = "".join(PICTURE.format(name=name) for name in NAMES)
    text = plan.read_text("utf-8").replace('["a.md"]', f'["a.md"]\npictures = {list(NAMES)}')
    plan.write_text(text + pictures, "utf-8")
    template.write_text(template.read_text("utf-8").replace("\n</main>", FURNITURE), "utf-8")
    css.write_text(css.read_text("utf-8") + CSS, "utf-8")
    _line_art().save(folder / "line.png")
    for name, shape in (("box", "rectangle"), ("disc", "ellipse")):
        _white_logo(shape).save(folder / f"{name}.png")
    return built(folder)


@pytest.fixture
def resources(page: Built) -> Iterator[Any]:
    with pikepdf.open(page.pdf) as document:
        yield document.pages[0].Resources


def test_line_art_is_a_stencil_of_its_own_bits(resources: Any) -> None:
    (stencil,) = (each for each in resources.XObject.values() if "/ImageMask" in each)
    assert (stencil.Width, stencil.Height, stencil.BitsPerComponent) == (1000, 667, 1)


def test_each_logo_has_the_mask_of_its_own_shape(page: Built) -> None:
    """Their JPEGs are the same bytes. The tint shows around the disc, but not in the corner of the box."""
    cyan = plate_images(page.pdf.read_bytes(), 0, 72)["C"]
    boxes = {box["picture"]: box for box in page.report["pages"][0]["geometry"]["pictures"]}

    def tone(name: str, across: float, down: float) -> Any:
        box = boxes[name]
        return cyan.getpixel((int(box["x"] + across * box["width"]), int(box["y"] + down * box["height"])))

    for name, corner in (("box", 0), ("disc", 102)):
        assert [tone(name, *at) for at in ((0.08, 0.1), (0.21, 0.3), (0.5, 0.5))] == [102, corner, 0], name


def test_jpegs_hold_nothing_but_pixels(resources: Any) -> None:
    jpegs = [each.read_raw_bytes() for each in resources.XObject.values() if each.get("/Filter") == "/DCTDecode"]
    assert jpegs
    assert not any(b"\xff\xe9" in jpeg[: jpeg.index(b"\xff\xda")] for jpeg in jpegs)


def test_the_gradient_painted_once_is_a_shading_and_the_other_a_tile(resources: Any) -> None:
    assert sorted(int(each.PatternType) for _, each in resources.Pattern.items()) == [1, 2]
