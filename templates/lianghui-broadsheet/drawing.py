"""What the drawings of this design are made of: flat shapes on a sheet, and the things that are put together from them.

Every shape carries its own fill: ``ink()`` where design.toml has a name for it, else ``device-cmyk()``. There is no
gradient, filter, mask, text or transparency. One unit is one point, y runs downwards. Chance comes from seeded
generators only, so a drawing is the same bytes every time.
"""

from __future__ import annotations

import math
import random
import tomllib
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
Ink = tuple[float, float, float, float]


def named_inks() -> dict[str, Ink]:
    """The design's inks by their names, 0 to 1."""
    table = tomllib.loads(Path(__file__).with_name("design.toml").read_text(encoding="utf-8"))["inks"]
    return {name: (c / 100, m / 100, y / 100, k / 100) for name, (c, m, y, k) in table.items()}


INKS = named_inks()


def fill_of(ink: Ink) -> str:
    """An ink as a fill: by its name where it has one."""
    inks = " ".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in ink)
    return next((f"ink({name})" for name, each in INKS.items() if each == ink), f"device-cmyk({inks})")


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
        extra = f' fill-rule="{rule}"' if rule else ""
        self.shapes.append(f'<path d="{d}Z" fill="{fill_of(ink)}"{extra}/>')

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
    while max(b[0] - a[0] for a, b in pairwise(points)) > step:
        finer = [points[0]]
        for a, b in pairwise(points):
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


def shade(line: list[Point], top: int, *, base: float, reach: int, depth: float, rng: random.Random) -> list[Point]:
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


def mountains(sheet: Sheet, line: list[Point], inks: tuple[Ink, Ink], *, base: float, depth: float, seed: int) -> None:
    """A range: its silhouette, and on every summit the plane that lies in shade."""
    rng = random.Random(seed)
    reach = 5
    sheet.fill(polyline([(line[0][0], base), *line, (line[-1][0], base)]), inks[0])
    for top in summits(line, reach):
        if plane := shade(line, top, base=base, reach=reach, depth=depth, rng=rng):
            sheet.fill(polyline(plane), inks[1])


def mist(sheet: Sheet, at: Point, ink: Ink, *, length: float, height: float) -> None:
    """A bar of mist with drawn-out ends."""
    (x, y), h = at, height / 2

    def p(f: float, s: float) -> str:
        return pair((x + length * f, y + h * s))

    sheet.fill(
        f"M{p(0, 0)}C{p(0.12, -1.7)} {p(0.3, -1)} {p(0.46, -1)}C{p(0.7, -1)} {p(0.85, -0.4)} {p(1, 0.5)}"
        f"C{p(0.8, 1)} {p(0.55, 0.5)} {p(0.38, 1)}C{p(0.2, 1.5)} {p(0.08, 0.8)} {p(0, 0)}",
        ink,
    )


def goose(sheet: Sheet, at: Point, s: float, ink: Ink) -> None:
    """A bird far off, its wings ``s`` long."""
    x, y = at

    def p(f: float, g: float) -> str:
        return pair((x + f * s, y + g * s))

    sheet.fill(
        f"M{p(-1, -0.5)}C{p(-0.5, -0.62)} {p(-0.1, -0.2)} {p(0, 0)}C{p(0.1, -0.3)} {p(0.5, -0.75)} {p(1, -0.6)}"
        f"C{p(0.55, -0.45)} {p(0.25, -0.05)} {p(0, 0.28)}C{p(-0.2, 0)} {p(-0.55, -0.35)} {p(-1, -0.5)}",
        ink,
    )


# --- what people built -----------------------------------------------------------------------------------------------


def turbine(sheet: Sheet, foot: Point, inks: tuple[Ink, Ink], *, size: float, turn: float) -> None:
    """A wind turbine: ``size`` is its tower's height, ``turn`` the first blade's angle in degrees."""
    (x, y), (ink, shadow) = foot, inks
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
        step = [(a, top), (a, top - 4), (b, top - 4), (b, top)]
        return [(at, base), (at, top), *step, (at + width, top), (at + width, base)]
    if roof < 0.5:
        return [(at, base), (at, top + 3), (at + width, top - 2), (at + width, base)]
    return [(at, base), (at, top), (at + width, top), (at + width, base)]


def city(sheet: Sheet, foot: Point, inks: tuple[Ink, Ink, Ink], *, width: float, tall: float, seed: int) -> None:
    """A town's edge: two rows of blocks, the far one lighter; lit windows as rows of small cuts in the near one."""
    rng = random.Random(seed)
    x, base = foot
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


def terraces(
    sheet: Sheet, crest: list[Point], fall: list[float], inks: list[Ink], *, lip: Ink, floor: str, seed: int
) -> None:
    """Terraced fields: the crest's curve repeated downwards; each step swells a little differently from the last.

    ``floor`` is the path that closes every step below.
    """
    rng = random.Random(seed)
    drift = [0.0] * len(crest)
    down = 0.0
    for k, step in enumerate(fall):
        line = [(x, min(y + down + d, 390 + max(0, x - 840) * 0.12)) for (x, y), d in zip(crest, drift, strict=True)]
        sheet.fill(smooth(line) + floor, lip)
        sheet.fill(smooth([(x, y + max(0.7, step * 0.14)) for x, y in line]) + floor, inks[k % len(inks)])
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
        west = f"C{pair((x - w * 1.3, y - h * 0.25))} {pair((x - w * 0.9, y - h * 0.7))} {top}"
        middle = f"C{pair((x + w * 0.3, y - h * 0.3))} {pair((x - w * 0.1, y - h * 0.7))} {top}"
        sheet.fill(f"M{foot}{west}{east}", inks[0])
        sheet.fill(f"M{foot}{middle}{east}", inks[1])


def grain(sheet: Sheet, at: Point, angle: float, size: float, inks: tuple[Ink, Ink, Ink]) -> None:
    """One grain in its husk, pointing along ``angle`` (radians, 0 is upwards): body, shaded side, glint."""
    ux, uy = math.sin(angle), -math.cos(angle)

    def p(f: float, s: float) -> str:
        return pair((at[0] + size * (f * ux - s * uy), at[1] + size * (f * uy + s * ux)))

    side = f"C{p(0.12, 0.34)} {p(0.66, 0.34)} {p(1, 0)}"
    sheet.fill(f"M{p(0, 0)}{side}C{p(0.66, -0.36)} {p(0.12, -0.36)} {p(0, 0)}", inks[0])
    sheet.fill(f"M{p(0, 0)}{side}C{p(0.6, 0.12)} {p(0.2, 0.10)} {p(0, 0)}", inks[1])
    glint = f"M{p(0.2, -0.10)}C{p(0.34, -0.26)} {p(0.58, -0.24)} {p(0.8, -0.07)}"
    sheet.fill(f"{glint}C{p(0.58, -0.14)} {p(0.38, -0.14)} {p(0.2, -0.10)}", inks[2])


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
