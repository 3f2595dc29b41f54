"""Paints the portrait of this issue, umbrella.png: a man seen from behind under a paper umbrella, on nothing.

    python draw_portrait.py

The umbrella is a cone seen from above: each pixel is looked up by its share of the way from the tip to the rim and by
the panel it lies in. Chance comes from a seeded generator, so the picture is the same bytes every time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

Field = np.ndarray
Point = tuple[float, float]

WIDTH, HEIGHT = 540, 900  # points: the box that the design gives the portrait
SCALE = 2.7  # pixels to the point: 194 to the inch at full size, what newsprint can show
FINE = 2  # painted so many times as large, then made smaller: smooth edges

TIP = (292.0, 224.0)
CENTRE = (270.0, 268.0)
RADIUS, SQUEEZE = 262.0, 0.985
PANELS = 38
LIGHT = np.radians(-128)  # from the upper left

DEEP, BRIGHT, GLOW = np.array((142, 10, 20)), np.array((208, 24, 30)), np.array((238, 74, 52))
INK, CLOTH, PALE, BAMBOO, SKIN = (29, 27, 29), (92, 88, 86), (243, 239, 232), (176, 132, 82), (150, 110, 86)


def main() -> None:
    """Writes the picture beside this file."""
    size = (round(WIDTH * SCALE * FINE), round(HEIGHT * SCALE * FINE))
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    picture.alpha_composite(figure(size))
    picture.alpha_composite(umbrella(size))
    small = picture.resize((size[0] // FINE, size[1] // FINE), Image.Resampling.BOX)
    small.save(Path(__file__).with_name("umbrella.png"), optimize=True)


def umbrella(size: tuple[int, int]) -> Image.Image:
    """The open umbrella."""
    high, scale = round((CENTRE[1] + RADIUS + 16) * SCALE * FINE), SCALE * FINE
    y, x = np.mgrid[0:high, 0 : size[0]] / scale
    along, panel, turn = on_cone(x, y)
    within = np.abs(panel - np.floor(panel) - 0.5) * 2  # 0 in the middle of a panel, 1 at its ribs
    edge = 1 - 0.016 * (1 - within**2)  # paper hangs in a shallow arc from rib to rib
    colour = shade(along, panel, within, turn)
    inside = np.clip((edge - along) * RADIUS * scale * 0.7, 0, 1)
    tips = (within > 0.9) & (along < 1.013)  # the bamboo stands out a little
    alpha = np.maximum(inside, tips.astype(float))
    colour = np.where((tips & (along > edge))[..., None], np.array(INK), colour)
    layer = np.dstack([colour, alpha * 255]).round().clip(0, 255).astype(np.uint8)
    whole = np.zeros((size[1], size[0], 4), np.uint8)
    whole[:high] = layer
    return Image.fromarray(whole, "RGBA")


def on_cone(x: Field, y: Field) -> tuple[Field, Field, Field]:
    """The share of the way from the tip to the rim, the panel as a number with its fraction, the angle at the rim."""
    dx, dy = x - TIP[0], (y - TIP[1]) / SQUEEZE
    ox, oy = TIP[0] - CENTRE[0], (TIP[1] - CENTRE[1]) / SQUEEZE
    square = np.maximum(dx * dx + dy * dy, 1e-9)
    half = dx * ox + dy * oy
    reach = (-half + np.sqrt(half * half - square * (ox * ox + oy * oy - RADIUS * RADIUS))) / square
    turn = np.arctan2(oy + reach * dy, ox + reach * dx)
    return 1 / reach, (turn / (2 * np.pi) + 0.5) * PANELS, turn


def shade(along: Field, panel: Field, within: Field, turn: Field) -> Field:
    """The colour of oiled paper: lit from one side, darker where bamboo lies behind it."""
    chance = np.random.default_rng(14)
    facet = chance.normal(0, 0.028, PANELS + 1)[np.floor(panel).astype(int).clip(0, PANELS)]
    lean = (panel - np.floor(panel) - 0.5) * 0.16 * np.sin(turn - LIGHT)
    light = 0.46 + 0.4 * np.cos(turn - LIGHT) * (0.35 + 0.65 * along) + facet + lean + paper(along.shape) * 0.05
    light = light - 0.30 * np.exp(-(((1 - within) / 0.085) ** 2)) * np.clip(along * 3, 0, 1)  # ribs
    light = light - 0.16 * np.exp(-(((along - 0.57) / 0.012) ** 2))  # where the stretchers are tied
    light = light - 0.10 * np.exp(-(((along - 0.40) / 0.16) ** 2)) * (within > 0.6)  # their shadow
    light = light - 0.40 * np.exp(-(((along - 0.945) / 0.004) ** 2))  # the thread along the hem
    light = light[..., None]
    colour = np.where(
        light < 0.5,
        DEEP + (BRIGHT - DEEP) * (light.clip(0, 0.5) / 0.5),
        BRIGHT + (GLOW - BRIGHT) * ((light - 0.5).clip(0, 0.5) / 0.5),
    )
    for far, near, ink in ((0.105, 0.093, PALE), (0.082, 0.0, INK)):
        colour = np.where(((along < far) & (along >= near))[..., None], np.array(ink), colour)
    knob = np.exp(-((along / 0.03) ** 2))[..., None]
    return colour * (1 - knob) + np.array(BAMBOO) * knob


def paper(shape: tuple[int, ...]) -> Field:
    """Fibres: noise at two sizes."""
    chance = np.random.default_rng(5)
    out = np.zeros(shape)
    for step, share in ((14, 0.6), (50, 0.8)):
        coarse = chance.normal(0, 1, (shape[0] // step + 2, shape[1] // step + 2)).astype(np.float32)
        grown = Image.fromarray(coarse, "F").resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
        out += share * np.asarray(grown)
    return out


def curve(*points: Point) -> list[Point]:
    """A closed line through *points*, rounded (Catmull-Rom), in pixels. A point given twice is a corner."""
    line, count = [], len(points)
    for index in range(count):
        a, b, c, d = (np.array(points[(index + step) % count]) for step in (-1, 0, 1, 2))
        if tuple(b) == tuple(c):
            continue
        a, d = (b if tuple(a) == tuple(b) else a), (c if tuple(c) == tuple(d) else d)
        for t in np.linspace(0, 1, 16, endpoint=False):
            at = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
            line.append((float(at[0]) * SCALE * FINE, float(at[1]) * SCALE * FINE))
    return line


def figure(size: tuple[int, int]) -> Image.Image:
    """The man, walking away: jacket, trousers, shoes, a closed umbrella in his hand, wet ground."""
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    ground(draw)
    folded(draw)
    draw.polygon(curve((262, 806), (292, 806), (291, 852), (264, 852)), fill=SKIN)
    draw.polygon(curve((322, 790), (350, 790), (348, 832), (325, 832)), fill=SKIN)
    shoe(draw, 277, 846, 25)
    shoe(draw, 337, 826, 22)
    left = (
        (232, 650),
        (232, 650),
        (302, 650),
        (302, 650),
        (299, 740),
        (300, 820),
        (300, 820),
        (256, 822),
        (256, 822),
        (246, 750),
    )
    right = (
        (298, 650),
        (298, 650),
        (376, 650),
        (376, 650),
        (366, 730),
        (357, 800),
        (357, 800),
        (317, 799),
        (317, 799),
        (306, 730),
    )
    draw.polygon(curve(*right), fill=(74, 71, 70))
    draw.polygon(curve(*left), fill=CLOTH)
    arm = ((222, 470), (206, 560), (194, 640), (198, 664), (216, 668), (226, 640), (240, 560))
    draw.polygon(curve((197, 656), (193, 676), (200, 692), (214, 690), (219, 672), (215, 656)), fill=SKIN)
    draw.polygon(curve(*arm), fill=INK)
    elbow = ((372, 470), (400, 540), (420, 606), (404, 628), (376, 604), (366, 540))
    draw.polygon(curve(*elbow), fill=INK)
    back = (
        (224, 440), (224, 440), (386, 440), (386, 440), (384, 520), (378, 600), (386, 690), (386, 690),
        (330, 700), (280, 700), (226, 690), (226, 690), (234, 600), (228, 520),
    )  # fmt: skip
    draw.polygon(curve(*back), fill=INK)
    folds(draw)
    return layer


def stroke(draw: ImageDraw.ImageDraw, ink: tuple[int, ...], *points: tuple[float, float, float]) -> None:
    """A line with a width of its own at each point, as of a brush: x, y, width."""
    path = np.array(points)
    steps = np.linspace(0, len(path) - 1, 60 * len(path))
    x, y, wide = (np.interp(steps, range(len(path)), path[:, column]) for column in range(3))
    for a, b, w in zip(x, y, wide / 2, strict=True):
        box = [(v * SCALE * FINE) for v in (a - w, b - w, a + w, b + w)]
        draw.ellipse(box, fill=ink)


def folds(draw: ImageDraw.ImageDraw) -> None:
    """What paper-cutting leaves white in the jacket, and the strings of his apron."""
    stroke(draw, PALE, (305, 560, 0.3), (307, 610, 1.5), (306, 698, 1.7))
    stroke(draw, PALE, (241, 545, 0.3), (238, 600, 1.7), (232, 688, 0.4))
    stroke(draw, PALE, (372, 548, 0.3), (373, 600, 1.7), (380, 672, 0.4))
    stroke(draw, PALE, (235, 612, 3.2), (300, 618, 4.6), (378, 610, 3.2))
    stroke(draw, PALE, (304, 617, 7), (286, 604, 5.5), (290, 628, 2.6), (304, 618, 5))
    stroke(draw, PALE, (306, 617, 7), (326, 603, 5.5), (321, 628, 2.6), (306, 618, 5))
    stroke(draw, PALE, (305, 620, 4.5), (294, 650, 3.4), (290, 678, 2.8))
    stroke(draw, PALE, (307, 620, 4.5), (316, 645, 3.4), (324, 668, 2.8))
    stroke(draw, PALE, (262, 706, 0.3), (264, 740, 1.3), (272, 812, 0.3))
    stroke(draw, PALE, (345, 706, 0.3), (344, 740, 1.2), (338, 792, 0.3))


def folded(draw: ImageDraw.ImageDraw) -> None:
    """The closed umbrella in his left hand, tip forward and down."""
    stroke(draw, BAMBOO, (172, 556, 5.5), (206, 676, 5.5))
    stroke(draw, (150, 12, 20), (196, 640, 5), (202, 662, 15), (212, 700, 20), (234, 786, 13), (243, 822, 5))
    stroke(draw, (206, 30, 34), (196, 644, 2), (200, 664, 6), (209, 700, 8), (230, 784, 5), (240, 818, 1.5))
    stroke(draw, INK, (243, 820, 4.5), (249, 842, 2))
    stroke(draw, PALE, (201, 702, 2.2), (222, 697, 2.2))


def shoe(draw: ImageDraw.ImageDraw, x: float, y: float, half: float) -> None:
    """A cloth shoe from behind, with its white sole."""
    draw.polygon(
        curve(
            (x - half * 0.72, y - 8),
            (x, y - 14),
            (x + half * 0.72, y - 8),
            (x + half * 0.8, y + 14),
            (x - half * 0.8, y + 14),
        ),
        fill=INK,
    )
    draw.polygon(
        curve((x - half * 0.8, y + 11), (x + half * 0.8, y + 11), (x + half * 0.78, y + 17), (x - half * 0.78, y + 17)),
        fill=PALE,
    )
    stroke(draw, INK, (x - half * 0.8, y + 17.5, 1.2), (x + half * 0.8, y + 17.5, 1.2))


def ground(draw: ImageDraw.ImageDraw) -> None:
    """Water on the paving: level strokes, the red of the umbrella in some of them."""
    chance = np.random.default_rng(3)
    for row in range(9):
        y, reach = 848 + row * 5.6, 84 - abs(row - 3.2) * 11
        for _ in range(3):
            middle, half = 300 + chance.uniform(-reach, reach), chance.uniform(12, 40)
            ink = (206, 46, 44) if chance.random() < 0.34 else (150, 148, 147)
            stroke(draw, ink, (middle - half, y, 0.3), (middle, y, 1.9), (middle + half, y, 0.3))


if __name__ == "__main__":
    main()
