"""Draw this design's pictures: ``scene.svg`` (head of the page) and ``ribbon.svg`` (its return above the closing).

Run ``python draw_scene.py`` in this folder: the same bytes come out every time (fixed seeds, no clock, standard library
only). One unit is one point. Every shape is flat and carries its own ``device-cmyk()`` fill; there is no gradient, filter,
mask, text or transparency. Planes lie one over another as in a paper-cut, the far ones light, the near ones dark; a glow
is a stack of shapes whose tints differ by one per cent. Ink limits: fields under 200 %, any shape under 240 %.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]
Ink = tuple[float, float, float, float]

WIDTH, HEIGHT = 990.0, 405.0
FACE = TTFont(Path(__file__).parents[2] / "fonts" / "xingkai-400.ttf")
GLYPHS = FACE.getGlyphSet()

RED: Ink = (0, 1, 0.95, 0.04)
RED_LIGHT: Ink = (0, 0.92, 0.82, 0)
RED_DEEP: Ink = (0.08, 1, 0.95, 0.22)
GOLD: Ink = (0.06, 0.26, 0.75, 0)
GOLD_DEEP: Ink = (0.10, 0.42, 0.88, 0.06)
WHEAT: Ink = (0.02, 0.10, 0.36, 0)
RED_FOLD: Ink = (0.04, 1, 0.95, 0.14)
RED_PLANE: Ink = (0.01, 1, 0.95, 0.08)
PAPER: Ink = (0, 0, 0, 0)


def mix(a: Ink, b: Ink, t: float) -> Ink:
    """The ink a share ``t`` of the way from ``a`` to ``b``."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t, a[3] + (b[3] - a[3]) * t)


def num(value: float) -> str:
    """A coordinate with one decimal, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"


def pair(point: Point) -> str:
    """A point as path data."""
    return f"{num(point[0])} {num(point[1])}"


def polyline(points: list[Point]) -> str:
    """Path data of straight strokes through the points."""
    return "M" + "L".join(pair(p) for p in points)


def smooth(points: list[Point], first: str = "M") -> str:
    """Path data of one Catmull-Rom curve, as Béziers, through the points."""
    out = [first + pair(points[0])]
    for i in range(len(points) - 1):
        p0, p1, p2, p3 = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, len(points) - 1)]
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        out.append(f"C{pair(c1)} {pair(c2)} {pair(p2)}")
    return "".join(out)


class Sheet:
    """An SVG being drawn, back to front."""

    def __init__(self, width: float, height: float) -> None:
        """An empty sheet of that many points."""
        self.width, self.height = width, height
        self.shapes: list[str] = []

    def fill(self, d: str, ink: Ink, rule: str = "") -> None:
        """Lay a closed shape on the sheet."""
        inks = " ".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in ink)
        extra = f' fill-rule="{rule}"' if rule else ""
        self.shapes.append(f'<path d="{d}Z" fill="device-cmyk({inks})"{extra}/>')

    def disc(self, cx: float, cy: float, rx: float, ry: float, ink: Ink) -> None:
        """Lay an ellipse on the sheet."""
        left, right = pair((cx - rx, cy)), pair((cx + rx, cy))
        arc = f"A{num(rx)} {num(ry)} 0 0 1 "
        self.fill(f"M{left}{arc}{right}{arc}{left}", ink)

    def stroke(self, points: list[Point], widths: tuple[float, float], ink: Ink) -> None:
        """Lay a tapering line on the sheet: a thin closed shape, ``widths`` wide at its start and end."""
        left: list[Point] = []
        right: list[Point] = []
        last = len(points) - 1
        for i, (x, y) in enumerate(points):
            (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, last)]
            length = math.hypot(bx - ax, by - ay) or 1
            half = (widths[0] + (widths[1] - widths[0]) * i / last) / 2
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.fill(smooth(left) + smooth(right[::-1], "L"), ink)

    def text(self) -> str:
        """The SVG."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{num(self.width)}pt" height="{num(self.height)}pt" '
            f'viewBox="0 0 {num(self.width)} {num(self.height)}">'
        )
        return "\n".join([head, *self.shapes, "</svg>", ""])


Curve = tuple[Point, Point, Point, Point]


def along(curve: Curve, t: float) -> Point:
    """The point at ``t`` of a cubic Bézier."""
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    p, q, r, s = curve
    return (a * p[0] + b * q[0] + c * r[0] + d * s[0], a * p[1] + b * q[1] + c * r[1] + d * s[1])


# --- mountains -------------------------------------------------------------------------------------------------------


def ridge(keys: list[Point], seed: int, rough: float, step: float = 3.0) -> list[Point]:
    """A ridge line: straight runs between hand-set summits and saddles, broken by midpoint displacement.

    ``rough`` is the displacement as a share of a run's length; it shrinks a little slower than the runs do, which gives
    broken edges. Here and there a tread is levelled, as the strata of Taihang's cliffs are.
    """
    rng = random.Random(seed)
    points = list(keys)
    scale = 1.0
    while max(b[0] - a[0] for a, b in zip(points, points[1:], strict=False)) > step:
        finer = [points[0]]
        for a, b in zip(points, points[1:], strict=False):
            span = b[0] - a[0]
            if span > step:
                t = rng.uniform(0.38, 0.62)
                lift = rng.gauss(0, 1) * rough * span * scale
                if rng.random() < 0.22:  # a tread of rock: level with its higher neighbour
                    lift = min(a[1], b[1]) - (a[1] + (b[1] - a[1]) * t) + rng.uniform(0, 0.06) * span
                finer.append((a[0] + span * t, a[1] + (b[1] - a[1]) * t + lift))
            finer.append(b)
        points = finer
        scale *= 1.08
    return points


def summits(line: list[Point], reach: int) -> list[int]:
    """Indices of the points that are the highest within ``reach`` neighbours on either side."""
    found: list[int] = []
    for i in range(reach, len(line) - reach):
        near = line[i - reach : i + reach + 1]
        if line[i][1] == min(p[1] for p in near) and (not found or i - found[-1] > reach):
            found.append(i)
    return found


def shade(line: list[Point], top: int, base: float, reach: int, depth: float, rng: random.Random) -> list[Point]:
    """The plane right of a summit that the sun does not reach; its inner edge is cut in teeth. Empty if too small."""
    low = top
    for j in range(top + 1, min(len(line), top + int(reach * 2.6) + 1)):
        if line[j][1] >= base:
            break
        low = j if line[j][1] > line[low][1] else low
    fall = line[low][1] - line[top][1]
    if fall < 5:
        return []
    x, y = line[top]
    foot = min(base, y + max(fall, depth) * rng.uniform(1.0, 1.5))
    spine = [(x, y)]
    while spine[-1][1] < foot:
        px, py = spine[-1]
        spine.append((px + rng.uniform(-4.5, 5.5), py + rng.uniform(5, 11)))
    (x0, y0), (x1, y1) = spine[-1], line[low]
    count = max(2, int(abs(x1 - x0) / 9))
    teeth: list[Point] = []
    for k in range(1, count):
        t = k / count
        bite = (0.34 if k % 2 else -0.10) * (y0 - y) * (1 - t) * rng.uniform(0.6, 1.2)
        teeth.append((x0 + (x1 - x0) * t, min(base, y0 + (y1 - y0) * t - bite)))
    return [*line[top : low + 1], *teeth[::-1], *spine[:0:-1]]


def mountains(sheet: Sheet, line: list[Point], base: float, inks: tuple[Ink, Ink], depth: float, seed: int) -> None:
    """A range: its silhouette, and on every summit the plane that lies in shade."""
    rng = random.Random(seed)
    reach = 5
    sheet.fill(polyline([(line[0][0], base), *line, (line[-1][0], base)]), inks[0])
    for top in summits(line, reach):
        if plane := shade(line, top, base, reach, depth, rng):
            sheet.fill(polyline(plane), inks[1])


def mist(sheet: Sheet, x: float, y: float, length: float, height: float, ink: Ink) -> None:
    """A bar of mist with drawn-out ends."""
    h = height / 2

    def at(f: float, s: float) -> str:
        return pair((x + length * f, y + h * s))

    sheet.fill(
        f"M{at(0, 0)}C{at(0.12, -1.7)} {at(0.3, -1)} {at(0.46, -1)}C{at(0.7, -1)} {at(0.85, -0.4)} {at(1, 0.5)}"
        f"C{at(0.8, 1)} {at(0.55, 0.5)} {at(0.38, 1)}C{at(0.2, 1.5)} {at(0.08, 0.8)} {at(0, 0)}",
        ink,
    )


# --- what people built -----------------------------------------------------------------------------------------------


def turbine(sheet: Sheet, x: float, y: float, size: float, turn: float, ink: Ink, shadow: Ink) -> None:
    """A wind turbine standing at ``x, y``: ``size`` is its tower's height, ``turn`` the first blade's angle in degrees."""
    w = size * 0.030
    top = y - size
    sheet.fill(polyline([(x - w, y), (x - w * 0.45, top), (x + w * 0.45, top), (x + w, y)]), ink)
    sheet.fill(polyline([(x + w * 0.15, y), (x + w * 0.1, top), (x + w * 0.45, top), (x + w, y)]), shadow)
    blade = size * 0.66
    for k in range(3):
        a = math.radians(turn + 120 * k)
        ux, uy = math.sin(a), -math.cos(a)

        def at(f: float, s: float, ux: float = ux, uy: float = uy) -> str:
            return pair((x + blade * (f * ux - s * uy), top + blade * (f * uy + s * ux)))

        sheet.fill(
            f"M{at(0, -0.018)}C{at(0.08, -0.03)} {at(0.14, -0.075)} {at(0.24, -0.072)}"
            f"C{at(0.55, -0.05)} {at(0.8, -0.02)} {at(1, 0)}L{at(0, 0.022)}",
            ink,
        )
    sheet.disc(x, top, size * 0.034, size * 0.034, ink)
    sheet.disc(x, top, size * 0.014, size * 0.014, shadow)


def solar(sheet: Sheet, corners: Curve, columns: int, rows: int, inks: tuple[Ink, Ink]) -> None:
    """A table of solar modules inside a skewed quadrangle (far left, far right, near right, near left)."""
    fl, fr, nr, nl = corners

    def at(u: float, v: float) -> Point:
        top = (fl[0] + (fr[0] - fl[0]) * u, fl[1] + (fr[1] - fl[1]) * u)
        low = (nl[0] + (nr[0] - nl[0]) * u, nl[1] + (nr[1] - nl[1]) * u)
        return (top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v)

    gap_u, gap_v = 0.12 / columns, 0.10 / rows
    for r in range(rows):
        for c in range(columns):
            u0, u1, v0, v1 = c / columns + gap_u, (c + 1) / columns - gap_u, r / rows + gap_v, (r + 1) / rows - gap_v
            sheet.fill(polyline([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)]), inks[0])
            if (c + r) % 2 == 0:  # the sky reflected in a corner of the module
                sheet.fill(polyline([at(u0, v0), at(u0 + (u1 - u0) * 0.62, v0), at(u0, v0 + (v1 - v0) * 0.8)]), inks[1])


def block(at: float, top: float, width: float, base: float, roof: float) -> list[Point]:
    """A house's outline; ``roof`` (0–1) chooses a set-back, a slope or a flat roof."""
    if roof < 0.3:
        a, b = at + width * 0.25, at + width * 0.75
        return [(at, base), (at, top), (a, top), (a, top - 4), (b, top - 4), (b, top), (at + width, top), (at + width, base)]
    if roof < 0.5:
        return [(at, base), (at, top + 3), (at + width, top - 2), (at + width, base)]
    return [(at, base), (at, top), (at + width, top), (at + width, base)]


def city(sheet: Sheet, x: float, base: float, width: float, tall: float, seed: int, inks: tuple[Ink, Ink, Ink]) -> None:
    """A town's edge: two rows of blocks, the far one lighter; lit windows as rows of small cuts in the near one."""
    rng = random.Random(seed)
    for row, share in ((0, 1.0), (1, 0.66)):
        at = x + row * 5
        while at < x + width - 6:
            w = rng.choice((7, 8, 9, 11, 13))
            swell = 0.45 + 0.55 * math.sin(math.pi * min(1, max(0, (at - x) / width)))
            h = tall * share * swell * rng.uniform(0.6, 1.0)
            sheet.fill(polyline(block(at, base - h, w, base, rng.random())), inks[row])
            for r in range(int(h / 5) * row):
                for c in range(int(w / 3)):
                    wx, wy = at + 1.3 + c * 2.9, base - h + 4 + r * 4.6
                    if rng.random() < 0.72 and wy < base - 3:
                        sheet.fill(f"M{pair((wx, wy))}h1.5v2h-1.5", inks[2])
            at += w + rng.choice((0, 0, 1, 2, 4))


# --- fields ----------------------------------------------------------------------------------------------------------


def terraces(sheet: Sheet, crest: list[Point], fall: list[float], inks: list[Ink], lip: Ink, seed: int) -> None:
    """Terraced fields: the crest's curve repeated downwards; each step swells a little differently from the last."""
    rng = random.Random(seed)
    drift = [0.0] * len(crest)
    down = 0.0
    for k, step in enumerate(fall):
        line = [(x, min(y + down + d, 390 + max(0, x - 840) * 0.12)) for (x, y), d in zip(crest, drift, strict=True)]
        sheet.fill(smooth(line) + FLOOR, lip)
        sheet.fill(smooth([(x, y + max(0.7, step * 0.14)) for x, y in line]) + FLOOR, inks[k % len(inks)])
        down += step
        drift = [d + rng.uniform(-0.22, 0.22) * step for d in drift]


def trees(sheet: Sheet, feet: list[Point], tall: float, inks: tuple[Ink, Ink], seed: int) -> None:
    """Poplars: slender drops, one side in shade."""
    rng = random.Random(seed)
    for x, y in feet:
        h = tall * rng.uniform(0.75, 1.15)
        w = h * rng.uniform(0.15, 0.20)
        foot, top = pair((x, y)), pair((x, y - h))
        east = f"C{pair((x + w * 0.9, y - h * 0.7))} {pair((x + w * 1.3, y - h * 0.25))} {foot}"
        sheet.fill(f"M{foot}C{pair((x - w * 1.3, y - h * 0.25))} {pair((x - w * 0.9, y - h * 0.7))} {top}{east}", inks[0])
        sheet.fill(f"M{foot}C{pair((x + w * 0.3, y - h * 0.3))} {pair((x - w * 0.1, y - h * 0.7))} {top}{east}", inks[1])


def grain(sheet: Sheet, at: Point, angle: float, size: float, inks: tuple[Ink, Ink, Ink]) -> None:
    """One grain in its husk, pointing along ``angle`` (radians, 0 is upwards): body, shaded side, glint."""
    ux, uy = math.sin(angle), -math.cos(angle)

    def p(f: float, s: float) -> str:
        return pair((at[0] + size * (f * ux - s * uy), at[1] + size * (f * uy + s * ux)))

    side = f"C{p(0.12, 0.34)} {p(0.66, 0.34)} {p(1, 0)}"
    sheet.fill(f"M{p(0, 0)}{side}C{p(0.66, -0.36)} {p(0.12, -0.36)} {p(0, 0)}", inks[0])
    sheet.fill(f"M{p(0, 0)}{side}C{p(0.6, 0.12)} {p(0.2, 0.10)} {p(0, 0)}", inks[1])
    glint = f"M{p(0.2, -0.10)}C{p(0.34, -0.26)} {p(0.58, -0.24)} {p(0.8, -0.07)}C{p(0.58, -0.14)} {p(0.38, -0.14)} {p(0.2, -0.10)}"
    sheet.fill(glint, inks[2])


def lean(curve: Curve, t: float) -> float:
    """The direction of a curve at ``t``, as an angle from upright."""
    (ax, ay), (bx, by) = along(curve, max(0, t - 0.02)), along(curve, min(1, t + 0.02))
    return math.atan2(bx - ax, -(by - ay))


def ear(sheet: Sheet, curve: Curve, size: float, inks: tuple[Ink, Ink, Ink], pairs: int) -> None:
    """An ear of wheat on its stalk: the stalk follows ``curve``, the ear sits on its last part and follows its bend."""
    length = sum(math.dist(along(curve, i / 60), along(curve, (i + 1) / 60)) for i in range(60))
    start = 1 - pairs * size * 0.56 / length
    sheet.stroke([along(curve, t / 12 * (start + 0.04)) for t in range(13)], (size * 0.17, size * 0.12), inks[1])
    spots: list[tuple[Point, float, float]] = []
    for k in range(pairs):
        swell = 0.80 + 0.34 * math.sin(math.pi * (k + 0.8) / (pairs + 0.6))
        for side in (-1, 1):
            t = min(1.0, start + (1 - start) * (k + (0.5 if side > 0 else 0)) / pairs)
            spots.append((along(curve, t), lean(curve, t) + side * 0.46, size * swell))
    end = lean(curve, 1)
    for at, angle, s in spots:  # awns first: they lie behind the grains
        tip = (at[0] + s * math.sin(angle), at[1] - s * math.cos(angle))
        bend, spread = angle * 0.91 + end * 0.09, angle * 0.55 + end * 0.45
        mid = (tip[0] + size * 1.15 * math.sin(bend), tip[1] - size * 1.15 * math.cos(bend))
        point = (mid[0] + size * 1.27 * math.sin(spread), mid[1] - size * 1.27 * math.cos(spread))
        sheet.stroke([tip, mid, point], (size * 0.07, size * 0.018), inks[0])
    for at, angle, s in spots:
        grain(sheet, at, angle, s, inks)
    grain(sheet, along(curve, 1), end, size * 0.9, inks)


def leaf(sheet: Sheet, curve: Curve, width: float, inks: tuple[Ink, Ink]) -> None:
    """A long leaf along ``curve``, one half darker."""
    points = [along(curve, t / 10) for t in range(11)]
    halves: tuple[list[Point], list[Point]] = ([], [])
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, 10)]
        n = math.hypot(bx - ax, by - ay) or 1
        half = width / 2 * math.sin(math.pi * min(1, 0.12 + i / 10 * 0.88)) ** 0.8
        halves[0].append((x - (by - ay) / n * half, y + (bx - ax) / n * half))
        halves[1].append((x + (by - ay) / n * half, y - (bx - ax) / n * half))
    for line, ink in zip(halves, inks, strict=True):
        sheet.fill(smooth(line) + smooth(points[::-1], "L"), ink)


# --- the two pictures ------------------------------------------------------------------------------------------------

SUN: Point = (700, 138)
FLOOR = "L990 405L880 405L820 392L660 372L500 300"
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
        goose(sheet, x, y, s)


def goose(sheet: Sheet, x: float, y: float, s: float) -> None:
    """A bird far off."""

    def p(f: float, g: float) -> str:
        return pair((x + f * s, y + g * s))

    sheet.fill(
        f"M{p(-1, -0.5)}C{p(-0.5, -0.62)} {p(-0.1, -0.2)} {p(0, 0)}C{p(0.1, -0.3)} {p(0.5, -0.75)} {p(1, -0.6)}"
        f"C{p(0.55, -0.45)} {p(0.25, -0.05)} {p(0, 0.28)}C{p(-0.2, 0)} {p(-0.55, -0.35)} {p(-1, -0.5)}",
        (0.42, 0.10, 0, 0),
    )


def ranges(sheet: Sheet) -> None:
    """Three planes of the Taihang mountains, bars of mist between them."""
    far = [(0, 206), (70, 190), (118, 196), (190, 172), (262, 192), (330, 180), (372, 190), (440, 166), (484, 168), (524, 134)]
    far += [(566, 150), (640, 164), (716, 156), (770, 132), (806, 118), (838, 126), (880, 92), (916, 104), (950, 84), (990, 96)]
    mountains(sheet, ridge(far, 11, 0.10), 320, ((0.16, 0.02, 0.04, 0), (0.22, 0.04, 0.05, 0)), 26, 3)
    mist(sheet, 560, 187, 300, 9, (0.06, 0.03, 0.08, 0))
    mid = [(330, 240), (392, 214), (420, 218), (468, 182), (492, 186), (520, 168), (546, 190), (590, 204), (640, 214), (700, 216)]
    mid += [(752, 200), (788, 170), (806, 172), (838, 148), (852, 150), (886, 126), (908, 146), (934, 130), (962, 116), (990, 128)]
    mountains(sheet, ridge(mid, 23, 0.12), 330, ((0.30, 0.05, 0.07, 0), (0.40, 0.09, 0.08, 0)), 30, 5)
    mist(sheet, 640, 222, 350, 10, (0.10, 0.03, 0.07, 0))
    near = [(400, 262), (470, 236), (520, 216), (548, 222), (580, 206), (612, 222), (668, 236), (730, 240), (790, 232), (830, 206)]
    near += [(850, 208), (884, 184), (902, 188), (936, 166), (958, 176), (990, 158)]
    mountains(sheet, ridge(near, 37, 0.11), 340, ((0.48, 0.08, 0.18, 0), (0.60, 0.14, 0.20, 0)), 30, 9)


def land(sheet: Sheet) -> None:
    """A town between mountain and hill, hills with turbines, fields in terraces, rows of solar modules."""
    city(sheet, 622, 250, 156, 50, 4, ((0.42, 0.08, 0.10, 0), (0.66, 0.16, 0.16, 0), (0, 0.12, 0.5, 0)))
    mist(sheet, 600, 250, 240, 8, (0.06, 0.05, 0.16, 0))
    hill = [(500, 268), (580, 244), (640, 250), (700, 256), (760, 248), (820, 230), (880, 218), (940, 214), (990, 222)]
    sheet.fill(smooth(hill) + FLOOR, (0.58, 0.04, 0.46, 0))
    for x, y, size, turn in ((560, 252, 30, 20), (598, 247, 38, 75), (792, 240, 62, 38), (858, 223, 86, 10), (940, 216, 106, 66)):
        turbine(sheet, x, y, size, turn, PAPER, (0.12, 0.02, 0.05, 0))
    front = [(500, 280), (600, 258), (690, 266), (770, 260), (850, 242), (920, 231), (990, 238)]
    sheet.fill(smooth(front) + FLOOR, (0.50, 0, 0.54, 0))
    trees(sheet, [(664, 268), (672, 269), (681, 268), (690, 269), (748, 265), (757, 264), (768, 263)], 15,
          ((0.62, 0.10, 0.60, 0), (0.78, 0.20, 0.62, 0)), 2)  # fmt: skip
    right = [(640, 330), (700, 302), (760, 280), (820, 264), (880, 255), (940, 252), (990, 256)]
    fields = [(0.32, 0, 0.54, 0), (0.02, 0.13, 0.50, 0), (0.40, 0, 0.56, 0), (0.12, 0.05, 0.50, 0)]
    terraces(sheet, right, [6, 7, 8, 9, 10, 11, 13, 15, 17, 20, 22], fields, (0, 0.04, 0.18, 0), 8)
    left = [(470, 292), (540, 268), (590, 262), (640, 270), (690, 292), (740, 324), (790, 362), (830, 392)]
    deep = [(0.46, 0.02, 0.60, 0), (0.20, 0.06, 0.58, 0), (0.54, 0.05, 0.62, 0), (0.03, 0.20, 0.64, 0)]
    terraces(sheet, left, [8, 9, 11, 13, 15, 18, 20], deep, (0.02, 0.06, 0.24, 0), 5)
    trees(sheet, [(640, 270), (650, 273), (661, 277), (671, 282), (742, 300), (750, 296)], 20,
          ((0.66, 0.12, 0.62, 0), (0.80, 0.24, 0.64, 0)), 6)
    for k in range(3):  # three tables of modules, one behind the other on the slope
        y, x, w, h = 275 + k * 13, 800 - k * 15, 100 + k * 18, 10 + k * 1.6
        table = ((x + 9, y), (x + w, y - 9 - k), (x + w - 7, y + h - 9 - k), (x, y + h))
        sheet.fill(polyline([(p[0] + 1.2, p[1] + 2.4) for p in table]), (0.34, 0.08, 0.52, 0.12))
        sheet.fill(polyline(list(table)), PAPER)
        solar(sheet, table, 9 + k, 2, ((0.88, 0.52, 0.10, 0), (0.62, 0.26, 0.04, 0)))


def silk(sheet: Sheet) -> None:
    """The ribbon: from the horizon in two turns to the field of red on which the headline stands."""
    # farthest reach: its underside
    sheet.fill("M990 304C950 304 890 308 850 313C812 318 776 322 772 337L782 347C790 333 830 329 872 324C920 318 958 318 990 318", RED_DEEP)
    # second reach, coming back to the right, with the edge that catches the light
    sheet.fill("M772 337C770 356 812 360 850 363C890 366 908 374 910 388L886 402C878 388 856 384 826 379C790 373 768 360 772 337", RED_LIGHT)
    sheet.fill("M772 337C770 356 812 360 850 363C890 366 908 374 910 388C898 374 872 371 842 368C800 363 774 356 772 337", mix(RED_LIGHT, WHEAT, 0.4))
    # the field
    crest = "C904 402 850 394 806 376C742 350 706 312 660 262C628 226 596 202 540 196C430 186 330 226 214 210C130 198 60 186 0 200"
    sheet.fill(f"M910 386{crest}L0 390C110 404 240 400 380 394C540 387 660 404 780 404C850 404 904 402 910 386", RED)
    # planes of the silk, long slivers from the fold: light along the crest, shade in the hollow
    sheet.fill("M910 386C904 402 850 394 806 376C742 350 706 312 660 262C706 324 742 366 800 390C840 404 900 404 910 386", RED_DEEP)
    sheet.fill("M800 390C760 372 730 342 700 306C722 352 756 386 796 398C820 404 850 404 870 402C846 402 822 400 800 390", RED_FOLD)
    sheet.fill("M0 330C120 350 300 356 440 348C600 340 690 364 770 398C700 372 600 356 450 360C300 368 120 362 0 346", RED_PLANE)
    sheet.fill("M0 240C120 224 200 252 330 250C460 248 540 214 610 226C560 220 470 256 334 260C200 262 120 236 0 256", RED_PLANE)
    sheet.fill("M660 262C628 226 596 202 540 196C430 186 330 226 214 210C130 198 60 186 0 200L0 207C60 193 130 205 214 217C330 232 430 194 540 203C596 208 628 230 660 262", RED_LIGHT)
    sheet.fill("M0 379C110 393 240 390 380 384C540 377 660 397 780 400L780 404C660 404 540 387 380 394C240 400 110 404 0 390", RED_FOLD)
    for lift, ink in ((0, GOLD),):
        y = lambda v, lift=lift: num(v + lift)
        wide = 1.5 if lift == 0 else 0.6
        sheet.fill(
            f"M0 {y(207)}C60 {y(193)} 130 {y(205)} 214 {y(217)}C330 {y(232)} 430 {y(194)} 540 {y(203)}C596 {y(208)} 628 {y(230)} 660 262"
            f"C628 {y(230 + wide)} 596 {y(208 + wide)} 540 {y(203 + wide)}C430 {y(194 + wide)} 330 {y(232 + wide)} 214 {y(217 + wide)}"
            f"C130 {y(205 + wide)} 60 {y(193 + wide)} 0 {y(207 + wide)}",
            ink,
        )


def wheat(sheet: Sheet) -> None:
    """Ears in the two lower corners: bright on the red at the left, tall before the fields at the right."""
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
    left: list[tuple[tuple[Point, Point, Point, Point], float, int]] = [
        (((2, 414), (5, 388), (12, 362), (32, 332)), 13, 7),
        (((20, 414), (28, 396), (46, 376), (76, 360)), 12.5, 7),
        (((42, 414), (56, 405), (78, 395), (112, 388)), 11.5, 6),
    ]
    for curve, size, pairs in left:
        ear(sheet, curve, size, (GOLD, GOLD_DEEP, WHEAT), pairs)


def scene() -> Sheet:
    """The head of the page."""
    sheet = Sheet(WIDTH, HEIGHT)
    sky(sheet)
    ranges(sheet)
    land(sheet)
    silk(sheet)
    wheat(sheet)
    return sheet


def numeral(character: str) -> Sheet:
    """A chapter's numeral: a seal of cut paper with the character left standing, taken from the design's display face."""
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
    """The ribbon's return along the head of the closing: it comes out of the picture, turns once and leaves at the edge."""
    sheet = Sheet(WIDTH, 34)
    upper = "C430 4 520 2 620 9C700 15 760 22 830 16"
    sheet.fill("M830 16C880 12 940 2 990 4L990 9C945 8 890 18 850 24C842 25 832 22 830 16", RED_DEEP)
    sheet.fill(f"M318 14{upper}C834 22 842 25 850 24C770 32 700 24 620 17C520 9 430 12 318 21", RED)
    sheet.fill(f"M318 14{upper}L829 18C760 24 700 17.5 620 11C520 4 430 6.5 318 16.5", RED_LIGHT)
    sheet.fill("M318 21C430 12 520 9 620 17C700 24 770 32 850 24C770 34 700 27 620 19C520 11 430 14 318 23", RED_FOLD)
    return sheet


def single_ear() -> Sheet:
    """One ear of wheat on a long stalk, for the foot of an upright heading."""
    sheet = Sheet(46, 180)
    straw = ((0.30, 0.10, 0.80, 0), (0.42, 0.16, 0.84, 0))
    leaf(sheet, ((25, 168), (20, 130), (8, 112), (3, 84)), 5, straw)
    leaf(sheet, ((25, 176), (32, 146), (44, 136), (43, 108)), 5, straw)
    ear(sheet, ((26, 180), (24, 130), (21, 80), (25, 30)), 12, (GOLD, GOLD_DEEP, WHEAT), 9)
    return sheet


def tag() -> Sheet:
    """The hanging tag of the head: a forked pennant with a gold line inside its edge."""
    sheet = Sheet(42, 146)
    sheet.fill("M0 0L42 0L42 146L21 132L0 146", RED)
    sheet.fill("M2.6 0L39.4 0L39.4 141.4L21 129.1L2.6 141.4ZM3.2 0L3.2 140.3L21 128.4L38.8 140.3L38.8 0", GOLD, "evenodd")
    return sheet


def main() -> None:
    """Write the pictures beside this script."""
    here = Path(__file__).parent
    drawings = {"scene": scene(), "ribbon": ribbon(), "tag": tag(), "ear": single_ear()}
    drawings |= {f"numeral-{n}": numeral(c) for n, c in enumerate("壹贰叁肆伍陆", 1)}
    for name, sheet in drawings.items():
        (here / f"{name}.svg").write_text(sheet.text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
