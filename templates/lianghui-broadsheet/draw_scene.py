"""Draws this design's pictures: the scene at the head, the ribbon above the closing, seals, tag, ear, pointer.

Run ``python draw_scene.py`` in this folder; the same bytes come out every time. Planes lie one over another as in a
paper-cut, the far ones light, the near ones dark; a glow is a stack of shapes whose tints differ by one per cent.
Fields stay under 200 % of ink, every shape under 240 %. No emblem, flag or portrait is drawn: law and custom restrict
them.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from drawing import (
    INKS,
    Ink,
    Point,
    Sheet,
    city,
    ear,
    goose,
    leaf,
    mist,
    mix,
    mountains,
    num,
    polyline,
    ridge,
    smooth,
    solar,
    terraces,
    trees,
    turbine,
)
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

WIDTH, HEIGHT = 990.0, 405.0
FACE = TTFont(Path(__file__).parents[2] / "fonts" / "xingkai-400.ttf")
GLYPHS = FACE.getGlyphSet()

RED = INKS["press-red"]
RED_LIGHT = INKS["red-light"]
RED_DEEP = INKS["deep-red"]
GOLD = INKS["gold"]
GOLD_LINE = INKS["gold-line"]
"""For a line thinner than the press allows in several inks: out of register it would fray."""
GOLD_DEEP = INKS["gold-deep"]
WHEAT = INKS["wheat"]
RED_GLINT = mix(RED_LIGHT, WHEAT, 0.4)
RED_FOLD = INKS["red-fold"]
RED_PLANE = INKS["red-plane"]
PAPER = INKS["paper"]

SUN: Point = (700, 138)
FLOOR = "L990 405L906 405C880 404 850 400 820 392L660 372L500 300"
"""Where the ground ends: under the ribbon."""


def sky(sheet: Sheet) -> None:
    """A glow that dies out before the sheet's upper and left edges, a low sun, geese."""
    glow: Ink = (0, 0.10, 0.32, 0)
    steps = 26
    for k in range(steps):
        share = 1 - (k / (steps - 1)) ** 0.9
        sheet.disc(SUN[0], SUN[1] + 40, 90 + 500 * share, 52 + 94 * share, mix(PAPER, glow, (k + 1) / steps))
    for r, t in ((58, 0.25), (51, 0.5), (44.5, 0.75)):
        sheet.disc(*SUN, r, r, mix(glow, (0, 0.30, 0.72, 0), t))
    sheet.disc(*SUN, 38, 38, (0, 0.36, 0.82, 0))
    for x, y, s in ((596, 74, 8), (612, 66, 7), (626, 72, 6), (640, 60, 6), (611, 86, 5.5)):
        goose(sheet, (x, y), s, (0.42, 0.10, 0, 0))


FAR: list[Point] = [
    (0, 206), (70, 190), (118, 196), (190, 172), (262, 192), (330, 180), (372, 190), (440, 166), (484, 168), (524, 134),
    (566, 150), (640, 164), (716, 156), (770, 132), (806, 118), (838, 126), (880, 92), (916, 104), (950, 84), (990, 96),
]  # fmt: skip
MIDDLE: list[Point] = [
    (330, 240), (392, 214), (420, 218), (468, 182), (492, 186), (520, 168), (546, 190), (590, 204), (640, 214),
    (700, 216), (752, 200), (788, 170), (806, 172), (838, 148), (852, 150), (886, 126), (908, 146), (934, 130),
    (962, 116), (990, 128),
]  # fmt: skip
NEAR: list[Point] = [
    (400, 262), (470, 236), (520, 216), (548, 222), (580, 206), (612, 222), (668, 236), (730, 240), (790, 232),
    (830, 206), (850, 208), (884, 184), (902, 188), (936, 166), (958, 176), (990, 158),
]  # fmt: skip


def ranges(sheet: Sheet) -> None:
    """Three planes of the Taihang mountains, bars of mist between them."""
    far, middle, near = ridge(FAR, 11, 0.10), ridge(MIDDLE, 23, 0.12), ridge(NEAR, 37, 0.11)
    mountains(sheet, far, (INKS["ridge-far"], INKS["peak-far"]), base=320, depth=26, seed=3)
    mountains(sheet, middle, ((0.30, 0.05, 0.07, 0), (0.40, 0.09, 0.08, 0)), base=330, depth=30, seed=5)
    mist(sheet, (640, 222), (0.10, 0.03, 0.07, 0), length=350, height=10)
    mountains(sheet, near, ((0.48, 0.08, 0.18, 0), (0.60, 0.14, 0.20, 0)), base=340, depth=30, seed=9)


def land(sheet: Sheet) -> None:
    """A town between mountain and hill, hills with turbines, fields in terraces, rows of solar modules."""
    houses: tuple[Ink, Ink, Ink] = (INKS["house"], INKS["house-side"], INKS["window"])
    city(sheet, (622, 250), houses, width=156, tall=50, seed=4)
    mist(sheet, (600, 250), (0.06, 0.05, 0.16, 0), length=240, height=8)
    hills(sheet)
    fields(sheet)
    for k in range(3):  # three tables of modules, one behind the other on the slope
        y, x, w, h = 275 + k * 13, 800 - k * 15, 100 + k * 18, 10 + k * 1.6
        table = ((x + 9, y), (x + w, y - 9 - k), (x + w - 7, y + h - 9 - k), (x, y + h))
        sheet.fill(polyline([(p[0] + 1.2, p[1] + 2.4) for p in table]), (0.34, 0.08, 0.52, 0.12))
        sheet.fill(polyline(list(table)), PAPER)
        solar(sheet, table, 9 + k, 2, (INKS["panel"], INKS["panel-frame"]))


def hills(sheet: Sheet) -> None:
    """Two green planes before the mountains; a line of turbines, growing as it comes nearer; poplars."""
    back: list[Point] = [(500, 268), (580, 244), (640, 250), (700, 256), (760, 248), (820, 230), (880, 218)]
    back += [(940, 214), (990, 222)]
    sheet.fill(smooth(back) + FLOOR, (0.58, 0.04, 0.46, 0))
    line = [((560, 252), 30, 20), ((598, 247), 38, 75), ((792, 240), 62, 38), ((858, 223), 86, 10)]
    line += [((940, 216), 106, 66)]
    for foot, size, turn in line:
        turbine(sheet, foot, (PAPER, INKS["turbine-side"]), size=size, turn=turn)
    front: list[Point] = [(500, 280), (600, 258), (690, 266), (770, 260), (850, 242), (920, 231), (990, 238)]
    sheet.fill(smooth(front) + FLOOR, (0.50, 0, 0.54, 0))
    row: list[Point] = [(664, 268), (672, 269), (681, 268), (690, 269), (748, 265), (757, 264), (768, 263)]
    trees(sheet, row, 15, (INKS["tree-light"], INKS["tree-dark"]), 2)


def fields(sheet: Sheet) -> None:
    """Two terraced hills, the right one farther and paler."""
    right: list[Point] = [(640, 330), (700, 302), (760, 280), (820, 264), (880, 255), (940, 252), (990, 256)]
    pale: list[Ink] = [(0.32, 0, 0.54, 0), (0.02, 0.13, 0.50, 0), (0.40, 0, 0.56, 0), (0.12, 0.05, 0.50, 0)]
    fall: list[float] = [6, 7, 8, 9, 10, 11, 13, 15, 17, 20, 22]
    terraces(sheet, right, fall, pale, lip=INKS["lip-near"], floor=FLOOR, seed=8)
    left: list[Point] = [(470, 292), (540, 268), (590, 262), (640, 270), (690, 292), (740, 324), (790, 362), (830, 392)]
    deep: list[Ink] = [(0.46, 0.02, 0.60, 0), (0.20, 0.06, 0.58, 0), (0.54, 0.05, 0.62, 0), (0.03, 0.20, 0.64, 0)]
    terraces(sheet, left, [8, 9, 11, 13, 15, 18, 20], deep, lip=INKS["lip-far"], floor=FLOOR, seed=5)
    grove: list[Point] = [(640, 270), (650, 273), (661, 277), (671, 282), (742, 300), (750, 296)]
    trees(sheet, grove, 20, ((0.66, 0.12, 0.62, 0), (0.80, 0.24, 0.64, 0)), 6)


# The ribbon's edges, as path data: the field's crest from its right turn to the left margin, the crest's bright hem.
CREST = (
    "C904 402 850 394 806 376C742 350 706 312 660 262"
    "C628 226 596 202 540 196C430 186 330 226 214 210C130 198 60 186 0 200"
)
HEM = "C60 193 130 205 214 217C330 232 430 194 540 203C596 208 628 230 660 262"
TURN = "C773 354 808 358 848 362C888 366 913 370 913 385"
SILK: tuple[tuple[Ink, str], ...] = (
    # farthest reach: its underside; it ends in a point where the second reach turns over it
    (RED_DEEP, "M990 304C950 304 890 308 850 313C812 318 774 322 772 337C773 345 780 350 790 353"
               "C798 341 832 332 872 326C920 319 958 318 990 318"),
    # second reach, coming back to the right, with the edge that catches the light
    (RED_LIGHT, f"M772 337{TURN}C908 394 896 398 884 397C874 388 850 383 826 379C790 373 768 360 772 337"),
    (RED_GLINT, f"M772 337{TURN}C906 377 880 371 846 367C802 362 774 356 772 337"),
    # the field
    (RED, f"M913 385{CREST}L0 390C110 404 240 400 380 394C540 387 660 404 780 404C860 405 909 403 913 385"),
    # its planes, long slivers from the fold: shade in the hollow, light along the crest
    (RED_DEEP, "M913 385C904 402 850 394 806 376C742 350 706 312 660 262"
               "C706 324 742 366 800 390C840 404 904 404 913 385"),
    (RED_FOLD, "M800 390C760 372 730 342 700 306"
               "C722 352 756 386 796 398C816 402 836 402 852 400C836 400 820 398 800 390"),
    (RED_PLANE, "M0 330C120 350 300 356 440 348C600 340 690 364 770 398"
                "C700 372 600 356 450 360C300 368 120 362 0 346"),
    (RED_PLANE, "M0 240C120 224 200 252 330 250C460 248 540 214 610 226"
                "C560 220 470 256 334 260C200 262 120 236 0 256"),
    (RED_LIGHT, f"M660 262C628 226 596 202 540 196C430 186 330 226 214 210C130 198 60 186 0 200L0 207{HEM}"),
    (RED_FOLD, "M0 379C110 393 240 390 380 384C540 377 660 399 780 402C800 402.6 820 403 842 402.6"
               "C820 404 800 404 780 404C660 404 540 387 380 394C240 400 110 404 0 390"),
    (GOLD, f"M0 207{HEM}C628 231.5 596 209.5 540 204.5C430 195.5 330 233.5 214 218.5C130 206.5 60 194.5 0 208.5"),
)  # fmt: skip
"""The ribbon, back to front: from the horizon in two turns to the field of red on which the headline stands."""


def wheat(sheet: Sheet) -> None:
    """Tall ears before the fields at the right."""
    straw = ((0.30, 0.10, 0.80, 0), (0.42, 0.16, 0.84, 0))
    right: list[tuple[tuple[Point, Point, Point, Point], float, int]] = [
        (((982, 420), (984, 380), (978, 340), (962, 292)), 15.5, 8),
        (((914, 420), (910, 402), (898, 376), (868, 352)), 13, 6),
        (((946, 420), (942, 386), (934, 350), (912, 314)), 15, 8),
        (((976, 424), (974, 404), (966, 380), (946, 358)), 14, 6),
    ]
    leaf(sheet, ((952, 410), (926, 376), (896, 366), (866, 392)), 9, straw)
    leaf(sheet, ((968, 412), (960, 380), (968, 352), (986, 344)), 8, straw)
    for curve, size, pairs in right:
        ear(sheet, curve, size, (GOLD, GOLD_DEEP, WHEAT), pairs)
    leaf(sheet, ((968, 414), (940, 388), (914, 388), (896, 408)), 9, straw)


def ears() -> Sheet:
    """Ears in the lower left corner, bright on the red: a drawing of its own, for long headlines need their room."""
    sheet = Sheet(WIDTH, HEIGHT)
    left: list[tuple[tuple[Point, Point, Point, Point], float, int]] = [
        (((2, 414), (5, 388), (12, 362), (32, 332)), 13, 7),
        (((20, 414), (28, 396), (46, 376), (76, 360)), 12.5, 7),
        (((42, 414), (56, 405), (78, 395), (112, 388)), 11.5, 6),
    ]
    for curve, size, pairs in left:
        ear(sheet, curve, size, (GOLD, GOLD_DEEP, WHEAT), pairs)
    sheet.fill("M0 390C110 404 240 400 380 394L380 420L0 420", PAPER)  # cut off along the ribbon's edge
    return sheet


def scene() -> Sheet:
    """The head of the page."""
    sheet = Sheet(WIDTH, HEIGHT)
    sky(sheet)
    ranges(sheet)
    land(sheet)
    for ink, path in SILK:
        sheet.fill(path, ink)
    wheat(sheet)
    return sheet


def numeral(character: str) -> Sheet:
    """A chapter's numeral: a seal of cut paper, the character left standing; its outline is the display face's."""
    sheet = Sheet(48, 48)
    rng = random.Random(ord(character))
    edge = [(24 + r * math.cos(a), 24 + r * math.sin(a)) for a, r in _seal(rng)]
    sheet.fill(smooth([*edge, edge[0]]), RED)
    pen = SVGPathPen(GLYPHS, ntos=num)
    name = FACE.getBestCmap()[ord(character)]
    box = ControlBoundsPen(GLYPHS)
    GLYPHS[name].draw(box)
    left, low, right, high = box.bounds
    scale = 34 / max(right - left, high - low)
    place = (scale, 0, 0, -scale, 24 - scale * (left + right) / 2, 24 + scale * (low + high) / 2)
    GLYPHS[name].draw(TransformPen(pen, place))
    sheet.fill(pen.getCommands().removesuffix("Z"), PAPER)
    return sheet


def _seal(rng: random.Random) -> list[tuple[float, float]]:
    """Angles and radii of a rounded square whose edge is worn, as a stamped seal's is."""
    found = []
    for k in range(56):
        a = 2 * math.pi * k / 56
        square = 1 / (abs(math.cos(a)) ** 5 + abs(math.sin(a)) ** 5) ** (1 / 5)
        found.append((a, 22.6 * square * (1 + rng.uniform(-0.018, 0.006))))
    return found


def ribbon() -> Sheet:
    """The ribbon's return along the head of the closing, from the left margin on; it turns once."""
    sheet = Sheet(WIDTH, 34)
    upper = "C90 26 180 22 318 14C430 4 520 2 620 9C700 15 760 22 830 16"
    sheet.fill("M830 16C880 12 940 2 990 4C945 6.5 892 17 850 24C842 25 832 22 830 16", RED_DEEP)
    sheet.fill(f"M0 20{upper}C834 22 842 25 850 24C770 32 700 24 620 17C520 9 430 12 318 21C180 30 90 33 0 27", RED)
    sheet.fill(f"M0 20{upper}L829 18C760 24 700 17.5 620 11C520 4 430 6.5 318 16.5C180 25 90 28.5 0 22.5", RED_LIGHT)
    fold = "M0 27C90 33 180 30 318 21C430 12 520 9 620 17C700 24 770 32 850 24"
    sheet.fill(f"{fold}C770 34 700 27 620 19C520 11 430 14 318 23C180 32 90 34 0 29", RED_FOLD)
    return sheet


def pointer() -> Sheet:
    """The small triangle before a caption that points up at its picture."""
    sheet = Sheet(5.6, 5)
    sheet.fill("M0 5L2.8 0L5.6 5", RED)
    return sheet


def tag() -> Sheet:
    """The hanging tag of the head: a forked pennant with a gold line inside its edge."""
    sheet = Sheet(42, 146)
    sheet.fill("M0 0L42 0L42 146L21 132L0 146", RED)
    inner, outer = "M3.2 0L3.2 140.3L21 128.4L38.8 140.3L38.8 0", "M2.6 0L39.4 0L39.4 141.4L21 129.1L2.6 141.4"
    sheet.fill(f"{outer}Z{inner}", GOLD_LINE, "evenodd")
    return sheet


def main() -> None:
    """Write the pictures beside this script."""
    here = Path(__file__).parent
    drawings = {"scene": scene(), "ears": ears(), "ribbon": ribbon(), "tag": tag(), "pointer": pointer()}
    drawings |= {f"numeral-{n}": numeral(c) for n, c in enumerate("壹贰叁肆", 1)}
    for name, sheet in drawings.items():
        (here / f"{name}.svg").write_text(sheet.text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
