"""Contours as CSS says them: shapes, pictures with clear parts, turned boxes; wrong ones are told at their line."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from layout.copyfit.silhouettes import findings, with_silhouettes
from layout.engine.engine import Engine
from layout.errors import Faults
from layout.geometry import Box
from layout.page.obstacles import Obstacle
from layout.pictures.crop import Original
from small_page import CSS, FONTS, make_canvas, natural

BODY = '<div class="f" data-flow="x"></div><div class="o" data-around data-picture="p"></div>'
PLACE = ".o { position: absolute; left: 40pt; top: 60pt; width: 80pt; height: 60pt; "
BOX = Box(60, 80, 80, 60)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(FONTS)


def shape(folder: Path, engine: Engine, css: str) -> Obstacle:
    (found,) = natural(make_canvas(folder, BODY, f"{PLACE}{css} }}", engine)).shapes
    return found


def reach(found: Obstacle, y: float) -> tuple[float, float] | None:
    assert found.contour is not None
    across = found.contour.on_row(y - 0.005, y + 0.005)
    return across and (round(across[0], 1), round(across[1], 1))


@pytest.mark.parametrize(
    ("css", "y", "across"),
    [
        ("shape-outside: circle()", 110, (70, 130)),
        ("shape-outside: circle(50%)", 110, (64.6, 135.4)),
        ("shape-outside: circle(20pt at 10pt 0)", 80, (50, 90)),
        ("shape-outside: circle(); shape-margin: 5pt", 110, (65, 135)),
        ("shape-outside: ellipse()", 110, (60, 140)),
        ("shape-outside: ellipse(20pt 30pt at left center)", 110, (40, 80)),
        ("shape-outside: inset(10pt 20pt)", 110, (80, 120)),
        ("shape-outside: inset(0 round 10pt)", 80.005, (69.5, 130.5)),
        ("shape-outside: polygon(0 0, 100% 0, 50% 100%)", 110, (80, 120)),
        ("margin: 5pt; shape-outside: border-box", 110, (65, 145)),
        ("padding: 4pt; shape-outside: circle(10pt) content-box", 114, (94, 114)),
        ("shape-margin: 3pt", 110, (57, 143)),
        ("transform: rotate(90deg)", 110, (70, 130)),
        ("--r: 10pt; shape-outside: circle(var(--r))", 110, (90, 110)),
    ],
)
def test_a_shape_reaches_as_far_as_css_says(
    tmp_path: Path, engine: Engine, css: str, y: float, across: tuple[float, float]
) -> None:
    assert reach(shape(tmp_path, engine, css), y) == pytest.approx(across, abs=0.25)


def test_without_a_contour_it_is_the_box_with_its_margin(tmp_path: Path, engine: Engine) -> None:
    found = shape(tmp_path, engine, "margin: 5pt")
    assert (found.contour, found.box, found.sides) == (None, Box(60, 80, 90, 70), "maximum")


@pytest.mark.parametrize(
    "css",
    [
        "shape-outside: circle(-1pt)",
        "shape-outside: polygon(0 0, 1pt 1pt)",
        "shape-outside: star()",
        "shape-margin: -2pt",
        "shape-image-threshold: 2",
        "wrap-flow: sideways",
        "hanging-punctuation: force-end allow-end",
        "shape-outside: inset(1pt round 3pt 4pt)",
    ],
)
def test_what_is_no_contour_is_told_at_its_line(tmp_path: Path, engine: Engine, css: str) -> None:
    canvas = make_canvas(tmp_path, BODY, f"{PLACE} }}\n.o {{ {css} }}", engine)
    (found,) = [each for each in natural(canvas).messages if each.place and each.place.line == CSS.count("\n") + 2]
    assert css.partition(":")[0] in found.message.en


@pytest.mark.parametrize(("body", "told"), [(BODY, 0), (BODY.replace(' data-picture="p"', ""), 1)])
def test_a_picture_s_own_contour_is_for_pictures(body: str, told: int, tmp_path: Path, engine: Engine) -> None:
    messages = natural(make_canvas(tmp_path, body, f"{PLACE} shape-outside: auto }}", engine)).messages
    assert [each.check for each in messages if "shape-outside" in each.message.en] == ["design.no_effect"] * told


def leaf(path: Path) -> Path:
    """A picture of which a disc is seen, in its left half."""
    image = Image.new("RGBA", (200, 100))
    ImageDraw.Draw(image).ellipse((0, 0, 99, 99), fill=(0, 90, 0, 255))
    image.save(path)
    return path


def test_a_photographs_own_silhouette_as_its_box_crops_it(tmp_path: Path, engine: Engine) -> None:
    file = leaf(tmp_path / "leaf.png")
    page = natural(make_canvas(tmp_path, BODY, f"{PLACE} shape-outside: auto; shape-margin: 2pt }}", engine))
    (found,) = with_silhouettes(page, {"p": Original((200, 100), (0.0, 0.5), file=file)}).shapes
    # The box shows 80/60 of the height from the left: the disc is 60 pt across and the clear rest beside it.
    assert reach(found, 110) == pytest.approx((58, 122), abs=0.7)
    high = reach(found, 84)
    assert high is not None
    assert 62 < high[0] < 82
    assert reach(found, 77) is None
    unknown = with_silhouettes(page, {}).shapes[0]
    assert reach(unknown, 110) == (58, 142)


@pytest.mark.parametrize(
    ("mode", "disc", "focus", "says"),
    [
        ("RGB", 100, 0.0, "has no clear parts"),
        ("RGBA", 600, 0.0, "has no clear parts"),  # opaque all over
        ("RGBA", 100, 0.0, ""),
        ("RGBA", 30, 1.0, "is clear all over its box"),  # what is opaque of it is cropped away
    ],
)
def test_a_picture_without_a_contour_is_told(
    mode: str, disc: int, focus: float, says: str, tmp_path: Path, engine: Engine
) -> None:
    image = Image.new(mode, (200, 100))
    ImageDraw.Draw(image).ellipse((50 - disc / 2, 50 - disc / 2, 50 + disc / 2, 50 + disc / 2), fill=(0, 90, 0, 255))
    image.save(tmp_path / "leaf.png")
    page = natural(make_canvas(tmp_path, BODY, f"{PLACE} shape-outside: auto }}", engine))
    originals = {"p": Original((200, 100), (focus, 0.5), file=tmp_path / "leaf.png")}
    found = list(findings(with_silhouettes(page, originals), originals))
    assert [says in each.message.en for each in found] == ([True] if says else [])
    assert not list(findings(with_silhouettes(page, {}), {}))


def test_a_picture_of_the_designs(tmp_path: Path, engine: Engine) -> None:
    leaf(tmp_path / "leaf.png")
    page = natural(make_canvas(tmp_path, BODY, f'{PLACE} shape-outside: url("leaf.png") }}', engine))
    assert reach(with_silhouettes(page, {}).shapes[0], 110) == pytest.approx((60, 100), abs=0.7)
    with pytest.raises(Faults, match="no-such"):
        natural(make_canvas(tmp_path, BODY, f'{PLACE} shape-outside: url("no-such.png") }}', engine))


def test_what_stands_in_the_element_is_not_in_its_way(tmp_path: Path, engine: Engine) -> None:
    body = '<div class="o" data-around><div class="f" data-flow="x"></div></div><div class="f" data-flow="y"></div>'
    page = natural(make_canvas(tmp_path, body, f"{PLACE} shape-outside: circle() }}", engine))
    assert page.shapes[0].holds == (page.frames[0].id,)
