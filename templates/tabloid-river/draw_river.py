"""Draws this design's maps: layers of cut paper like the contours of a valley, and a golden river with its brooks.

``python draw_river.py`` writes ``map.svg`` (the nameplate's), ``reach-2.svg`` … ``reach-4.svg`` (the heads of the
inner pages: the river further and further down), and ``valley.svg``, with which pages of little copy end. The same
input gives the same bytes; every fill is an ink of design.toml, by its name.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path

Point = tuple[float, float]

LAYERS = ["ink-blue", "layer-2", "layer-3", "jade", "layer-5", "mist", "layer-7", "layer-8"]
"""From the river's level to the tops: ink blue, jade, sand."""
GOLD, PAPER = "gold", "village"
VALLEY = (
    "612,44 596,66 566,78 548,102 512,104 486,124 448,120 414,140 "
    "372,138 330,160 276,164 212,182 130,180 40,196 -20,200"
)
"""The river of the nameplate, from its spring to its mouth."""
BROOKS = {
    "648,118 610,112 578,94 560,84": 2.6,
    "440,40 450,66 438,92 446,119": 3.0,
    "528,176 500,158 492,138 480,123": 2.8,
    "352,84 340,108 352,130 336,157": 2.8,
}
"""Its brooks, and how wide they come in."""
VILLAGES = "577,70 521,112 452,110 407,151 337,150 268,175"
REACH = "720,10 684,10 652,19 618,22 584,12 550,8 516,17 480,22 446,14 412,9 384,18 352,36"
"""The river in the head of an inner page: it winds between the hills."""


@dataclass(frozen=True)
class Hill:
    """A hill: its middle, its reach, how many layers it has, and the seed of its outline."""

    x: float
    y: float
    reach: float
    tops: int
    seed: int
    flat: float = 0.62


def num(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def course(text: str) -> list[Point]:
    """The points of a course written ``x,y x,y``."""
    return [(float(x), float(y)) for x, y in (point.split(",") for point in text.split())]


def smooth(points: list[Point], *, closed: bool) -> str:
    """Path data of a Catmull-Rom curve through the points."""
    count = len(points)
    out = ["M" + " ".join(map(num, points[0]))]
    for i in range(count if closed else count - 1):
        at = (lambda k: points[k % count]) if closed else (lambda k: points[min(max(k, 0), count - 1)])
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        out.append("C" + " ".join(num(v) for point in (c1, c2, p2) for v in point))
    return "".join(out)


def outline(hill: Hill, layer: int) -> list[Point]:
    """The hill's outline at one layer: a wobbly ring, less wobbly towards the top."""
    dice = random.Random(hill.seed)
    waves = [
        (dice.uniform(0.35, 1.0) / order, dice.uniform(0, math.tau), dice.uniform(-0.35, 0.35)) for order in range(2, 8)
    ]
    share = 1 - layer / (hill.tops + 0.6)
    points = []
    for step in range(40):
        angle = math.tau * step / 40
        wobble = 1 + 0.24 * sum(a * math.sin((j + 1) * angle + p + d * layer) for j, (a, p, d) in enumerate(waves, 1))
        radius = hill.reach * share * wobble
        points.append((hill.x + radius * math.cos(angle), hill.y + radius * hill.flat * math.sin(angle)))
    return points


def ribbon(points: list[Point], start: float, end: float) -> str:
    """Path data of a tapering line, *start* wide at its first point and *end* at its last."""
    fine: list[Point] = []
    count = len(points)
    for i in range(count - 1):
        p0, p1, p2, p3 = (points[min(max(k, 0), count - 1)] for k in (i - 1, i, i + 1, i + 2))
        for n in range(12):
            t = n / 12
            fine.append(
                tuple(  # type: ignore[arg-type]
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    fine.append(points[-1])
    left: list[Point] = []
    right: list[Point] = []
    last = len(fine) - 1
    for i, (x, y) in enumerate(fine):
        (ax, ay), (bx, by) = fine[max(i - 1, 0)], fine[min(i + 1, last)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        half = (start + (end - start) * i / last) / 2
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in [*left, *right[::-1]]) + "Z"


WIDE = (
    "1500,330 1420,372 1340,340 1250,398 1160,360 1070,412 980,372 890,420 800,384 700,430 600,386 500,436 400,398 "
    "290,444 180,404 80,448 -30,424"
)
"""The river of the valley at large."""
WIDE_BROOKS = (
    "1180,250 1150,290 1168,330 1160,360",
    "560,560 590,520 570,470 600,392",
    "840,240 812,290 826,340 800,384",
)
HILLS = "60,120 330,40 640,150 930,30 1210,130 1440,60 170,660 450,720 760,620 1040,730 1330,640"
"""The middles of its hills."""
OVER = 2
"""Points by which the water reaches over the edge of the drawing, which cuts it."""


class Map:
    """A map being drawn, back to front."""

    def __init__(self, width: float, height: float) -> None:
        """A sheet of deep water, which reaches over the edge as the hills do: else its last pixel is half white."""
        self.width, self.height = width, height
        right, foot = num(width + OVER), num(height + OVER)
        self.shapes = [self._fill(f"M{-OVER} {-OVER}H{right}V{foot}H{-OVER}Z", LAYERS[0])]

    def hills(self, hills: list[Hill]) -> None:
        """Lays the hills layer by layer, so that neighbours run together."""
        for layer in range(1, len(LAYERS)):
            for hill in hills:
                if layer <= hill.tops:
                    self.shapes.append(self._fill(smooth(outline(hill, layer - 1), closed=True) + "Z", LAYERS[layer]))

    def river(self, points: list[Point], start: float, end: float, ink: str = GOLD) -> None:
        """Lays a river, or a brook, round at its spring."""
        self.shapes.append(self._fill(ribbon(points, start, end), ink))
        self._disc(*points[0], start / 2, ink)

    def place(self, x: float, y: float, r: float) -> None:
        """Marks a village: a white disc with a blue eye."""
        for radius, ink in ((r, PAPER), (r * 0.45, LAYERS[0])):
            self._disc(x, y, radius, ink)

    def _disc(self, x: float, y: float, radius: float, ink: str) -> None:
        left, right = f"{num(x - radius)} {num(y)}", f"{num(x + radius)} {num(y)}"
        arc = f"A{num(radius)} {num(radius)} 0 0 1 "
        self.shapes.append(self._fill(f"M{left}{arc}{right}{arc}{left}Z", ink))

    @staticmethod
    def _fill(path: str, ink: str) -> str:
        return f'<path d="{path}" fill="ink({ink})"/>'

    def write(self, path: Path) -> None:
        """Writes the SVG."""
        width, height = num(self.width), num(self.height)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
        lines = [f'{head} viewBox="0 0 {width} {height}">', *self.shapes, "</svg>", ""]
        path.write_text("\n".join(lines), encoding="utf-8")


def nameplate() -> Map:
    """The valley from its springs (upper right) to the mouth (lower left, under the nameplate)."""
    sheet = Map(689.5, 203)
    sheet.hills(
        [
            Hill(604, 22, 150, 7, 11),
            Hill(430, -26, 130, 5, 5),
            Hill(690, 190, 150, 5, 23),
            Hill(470, 232, 150, 4, 8),
            Hill(235, -70, 150, 3, 31),
            Hill(180, 262, 140, 2, 14),
            Hill(-30, 20, 110, 2, 17),
        ]
    )
    for brook, width in BROOKS.items():
        sheet.river(course(brook), 1.2, width)
    sheet.river(course(VALLEY), 1.6, 13)
    for number, (x, y) in enumerate(course(VILLAGES)):
        sheet.place(x, y, 3.2 + 0.2 * number)
    return sheet


def reach(number: int) -> Map:
    """A strip of the valley for the head of an inner page; the river widens from page to page."""
    sheet = Map(689.5, 30)
    dice = random.Random(number * 7)
    tops = {2: 7, 3: 5, 4: 3}[number]
    sheet.hills(
        [
            Hill(x + dice.uniform(-20, 20), y, dice.uniform(60, 96), tops - (k % 2), number * 50 + k, 0.42)
            for k, (x, y) in enumerate([(420, 44), (486, -14), (560, 44), (622, -12), (690, 40)])
        ]
    )
    start, end = {2: (1.4, 3.4), 3: (3.4, 5.6), 4: (5.6, 9.0)}[number]
    sheet.river([(x + dice.uniform(-10, 10), y + dice.uniform(-1.5, 1.5)) for x, y in course(REACH)], start, end)
    for x, y in ((601, 10), (530, 21), (430, 19)):
        sheet.place(x, y, 2.6)
    return sheet


def valley() -> Map:
    """The valley at large, with which a page of little copy ends: the river runs across whatever part is seen."""
    sheet = Map(1469, 760)
    dice = random.Random(5)
    hills = [Hill(x, y, dice.uniform(230, 330), 7 - k % 3, 70 + k) for k, (x, y) in enumerate(course(HILLS))]
    sheet.hills(hills)
    for brook in WIDE_BROOKS:
        sheet.river(course(brook), 1.6, 5)
    sheet.river(course(WIDE), 4, 20)
    for number, (x, y) in enumerate(course(WIDE)[2:-2:3]):
        sheet.place(x, y, 6 + 0.3 * number)
    return sheet


def main() -> None:
    """Writes every drawing beside this file."""
    folder = Path(__file__).parent
    nameplate().write(folder / "map.svg")
    valley().write(folder / "valley.svg")
    for number in (2, 3, 4):
        reach(number).write(folder / f"reach-{number}.svg")


if __name__ == "__main__":
    main()
