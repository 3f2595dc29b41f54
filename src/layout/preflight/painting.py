"""Reports paths, strings and pictures as they are painted in the interpreter's present state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pikepdf

from layout.geometry import Matrix, apply, multiply, scale
from layout.preflight.colours import space_of
from layout.preflight.events import Bounds, ImagePainted, Outline, PathPainted, TextShown
from layout.preflight.graphics_state import NOWHERE, Graphics, OpenPath, around, box_of, overlap
from layout.preflight.interpreter import Interpreter
from layout.preflight.line_width import pen_of, thicknesses
from layout.preflight.objects import PdfValue, filters, get, whole

ASCENT, DESCENT = 0.88, 0.12
"""Where Chinese type lies in its em."""

MAX_CLIPS, MAX_CLIP_POINTS = 2, 64
"""Clips whose shape is recorded, and the points one may have: a border's side has four."""


def paint_path(interpreter: Interpreter, *, fill: bool, stroke: bool, even_odd: bool = False) -> None:
    """Paint the path that was built, clip by it where that was asked for, and forget it."""
    path, interpreter.path = interpreter.path, OpenPath()
    clipping, interpreter.clipping = interpreter.clipping, ""
    bounds = path.bounds() if fill or stroke or clipping else ()
    g = interpreter.g
    if bounds and (fill or stroke):
        interpreter.mark()
        interpreter.patterns(fill=fill, stroke=stroke)
        thinnest, fattest = thicknesses(g.line_width, g.ctm, path.subpaths) if stroke else (0.0, 0.0)
        interpreter.events.append(
            PathPainted(
                scope=interpreter.scope,
                fill=g.filling() if fill else None,
                stroke=g.stroking() if stroke else None,
                width=thinnest,
                subpaths=bounds,
                rectangular=path.rectangular,
                clip=g.clip,
                outline=Outline(path.subpaths, path.curves, even_odd) if fill else None,
                clips=g.clips,
                fattest=fattest,
                pen=pen_of(g.line_width, g.ctm) if stroke else (0.0, 0.0),
                butt=g.cap == 0,
                apart=interpreter.apart,
                hidden=interpreter.hiding.of(masked=g.masked),
            )
        )
    if clipping:
        g.clip = overlap(g.clip, around(bounds) if bounds else NOWHERE)
        if bounds and not (path.rectangular and len(bounds) == 1):
            g.clips = _with_clip(g.clips, Outline(path.subpaths, path.curves, clipping == "W*"))


def _with_clip(clips: tuple[Outline, ...], added: Outline) -> tuple[Outline, ...]:
    """The latest clips; of one with very many points only the box counts."""
    return (*clips, added)[-MAX_CLIPS:] if sum(map(len, added.subpaths)) <= MAX_CLIP_POINTS else clips


def show(interpreter: Interpreter, parts: Sequence[bytes | float]) -> None:
    """Show strings (bytes) and shifts (1/1000 em) and move on."""
    g = interpreter.g
    matrix = multiply(interpreter.text_matrix, g.ctm)
    codes: list[int] = []
    pens: list[float] = []
    ends: list[float] = []
    advance, spaced, unit = 0.0, not g.face.composite, g.face.unit
    for part in parts:
        if isinstance(part, float):
            advance -= part / 1000 * g.size * g.stretch
            continue
        for code in g.face.codes(part):
            codes.append(code)
            pens.append(advance)
            word = g.word_space if spaced and code == 32 else 0.0
            advance += (g.face.width(code) * unit * g.size + g.char_space + word) * g.stretch
            ends.append(advance)
    fill, stroke = g.mode in {0, 2, 4, 6}, g.mode in {1, 2, 5, 6}
    stretch, slant = _distortion(matrix, g.stretch)
    if codes and (fill or stroke):
        interpreter.mark()
    interpreter.patterns(fill=fill, stroke=stroke)
    if g.face.kind == "Type3":
        interpreter.glyph_procedures()
    texts = list(map(g.face.unicode.get, codes))
    text = "".join(map(g.face.text, codes)) if None in texts else "".join(cast("list[str]", texts))
    box = _em_box(matrix, advance, g)
    interpreter.events.append(
        TextShown(
            scope=interpreter.scope,
            face=g.face,
            font=g.font,
            codes=tuple(codes),
            text=text,
            size=abs(g.size) * scale(matrix),
            mode=g.mode,
            fill=g.filling() if fill else None,
            stroke=g.stroking() if stroke else None,
            stroke_width=thicknesses(g.line_width, g.ctm, ())[0] if stroke else 0.0,
            start=apply(matrix, 0.0, g.rise),
            end=apply(matrix, advance, g.rise),
            box=box,
            clip=g.clip,
            pens=tuple([pen / advance for pen in pens]) if advance else (),
            ends=tuple([end / advance for end in ends]) if advance else (),
            apart=interpreter.apart,
            cut=interpreter.placed is not None and not _meets(interpreter.placed, box),
            hidden=interpreter.hiding.of(masked=g.masked, alpha=g.alpha_fill),
            veiled=g.veiled,
            transfer=g.transfer,
            stretch=stretch,
            slant=slant,
            mirrored=(matrix[0] * matrix[3] - matrix[1] * matrix[2]) * g.stretch < 0,
        )
    )
    interpreter.text_matrix = multiply((1.0, 0.0, 0.0, 1.0, advance, 0.0), interpreter.text_matrix)


def _meets(box: Bounds, other: Bounds) -> bool:
    """Whether two boxes share more than an edge."""
    left, bottom, right, top = overlap(box, other)
    return left < right and bottom < top


def _distortion(matrix: Matrix, stretch: float) -> tuple[float, float]:
    """How much wider than high a text matrix makes characters (*stretch* is that of ``Tz``), and how far they lean."""
    a, b, c, d = stretch * matrix[0], stretch * matrix[1], matrix[2], matrix[3]
    area = abs(a * d - b * c)
    if not area:
        return 1.0, 0.0
    return (a * a + b * b) / area, (a * c + b * d) / area


def image(interpreter: Interpreter, named: str, image: PdfValue) -> None:
    """Paint a picture on the unit square."""
    mask = get(image, "ImageMask") is True
    space = get(image, "ColorSpace")
    interpreter.patterns(fill=mask, stroke=False)
    interpreter.mark()
    soft, g = get(image, "SMask"), interpreter.g
    interpreter.events.append(
        ImagePainted(
            scope=interpreter.scope,
            name=named,
            width=whole(get(image, "Width")) or 0,
            height=whole(get(image, "Height")) or 0,
            bits=1 if mask else whole(get(image, "BitsPerComponent")) or 0,
            space=None if mask or space is None else space_of(space, interpreter.resources.dictionary),
            mask=mask,
            fill=interpreter.g.filling() if mask else None,
            soft_mask=soft is not None,
            masked=soft is not None or get(image, "Mask") is not None,
            interpolate=get(image, "Interpolate") is True,
            filters=filters(image),
            ctm=interpreter.g.ctm,
            alpha=interpreter.hiding.opacity * g.alpha_fill,
            overprint=interpreter.g.overprint_fill,
            clip=interpreter.g.clip,
            cut=interpreter.placed is not None and not _meets(interpreter.placed, _square(interpreter.g.ctm)),
            stream=image if isinstance(image, pikepdf.Stream) else None,
            clips=g.clips,
            apart=interpreter.apart,
            in_glyph=interpreter.apart and g.face.kind == "Type3",
            hidden="layer"
            if interpreter.layers.hides(get(image, "OC"))
            else interpreter.hiding.of(masked=g.masked, alpha=g.alpha_fill),
        )
    )


def _em_box(matrix: Matrix, advance: float, g: Graphics) -> Bounds:
    """The box on the page around a string's em squares."""
    low, high = g.rise - DESCENT * g.size, g.rise + ASCENT * g.size
    return box_of([apply(matrix, x, y) for x in (0.0, advance) for y in (low, high)])


def _square(matrix: Matrix) -> Bounds:
    """The box on the page around the unit square."""
    return box_of([apply(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)])
