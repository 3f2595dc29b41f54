"""An issue that shows every shape of a design for pages that are made up, a few to the page, with invented copy.

Nothing is made up for it: the arrangement of each page is written into a template beside the design's own, so that
each shape is there whether or not it would be chosen.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

import tomlkit

from layout import assets
from layout.design.design_files import NAME
from layout.issue.issue_file import ISSUE_FILE
from layout.issue_writing.issue_folder import FileContent, write_folder
from layout.issue_writing.plan_lines import toml_of, toml_value
from layout.issue_writing.shape_pieces import ShapePage, ShapePiece
from layout.issue_writing.stress_copy import CopyMaker
from layout.issue_writing.stress_issue import DAY, PHOTOGRAPHS, PIXELS_PER_INCH, PRESS
from layout.pictures.trial_pictures import stretch_of

KIND = "shapes-{:02}"
"""The kinds of its pages, which stand in a copy of the design alone."""
_ADVERTISEMENT = "{}.svg"
_DRAWING = Template(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $wide 200"><rect width="$wide" height="200"'
    ' fill="device-cmyk(0 0 0 0.08)"/><circle cx="$middle" cy="92" r="54" fill="device-cmyk(0 0 0 0.3)"/>'
    '<rect x="$left" y="140" width="140" height="8" fill="device-cmyk(0 0 0 0.6)"/></svg>\n'
)
"""What stands in a place that is kept free: a drawing that could be anybody's."""


@dataclass(frozen=True, slots=True)
class ShapeIssue:
    """The issue: *pages* of the *design* in a folder, on one of its sheets; the templates of its made-up *kinds* are
    those into which the arrangements go, one after the other. *width* is the paper's, in points.
    """

    design: Path
    sheet: str
    kinds: tuple[str, ...]
    pages: tuple[ShapePage, ...]
    width: float


def headlines() -> tuple[str, ...]:
    """Invented headlines of all lengths, each a phrase."""
    table = toml_of("layout.issue_writing", "stress_copy.toml")
    words = [*table["headlines"], *table["short_headlines"], *table["long_headlines"]]
    return tuple(dict.fromkeys(each for long in words for each in long.split()))


def write_shape_issue(folder: Path, issue: ShapeIssue, lengths: Mapping[str, int]) -> None:
    """Writes *issue* into *folder*, which is made anew; *lengths* are the characters of pieces whose copy was measured.

    Raises ``OSError`` or ``PrintError`` where that cannot be done.
    """
    files: dict[str, FileContent] = {ISSUE_FILE: "".join(_plan(issue)), **dict(_design(issue))}
    maker = CopyMaker("plain")
    numbers = {piece.id: number for number, piece in enumerate(each for page in issue.pages for each in page.pieces)}
    for page in issue.pages:
        files[f"{issue.design.name}/{KIND.format(page.number)}.html"] = _template(issue, page)
        for piece in page.pieces:
            if piece.head is not None:
                has = piece.shape.needs | piece.shape.suits
                has |= {"kicker", "byline", "dateline"} if piece.shape.role == "lead" else set()
                files[f"{piece.id}.md"] = maker.piece(piece.headline, lengths.get(piece.id, piece.length), has)
            files |= dict(_pictures(issue, piece, numbers[piece.id]))
    shutil.rmtree(folder, ignore_errors=True)
    write_folder(folder, files)


def _design(issue: ShapeIssue) -> Iterator[tuple[str, FileContent]]:
    """The files of the design, whose kinds are the pages of the issue."""
    for path in sorted(issue.design.rglob("*")):
        parts = path.relative_to(issue.design).parts
        if path.is_file() and not any(part.startswith((".", "__")) for part in parts):
            yield "/".join((issue.design.name, *parts)), path
    document = tomlkit.parse((issue.design / NAME).read_text(encoding="utf-8-sig"))
    document["kinds"] = [KIND.format(page.number) for page in issue.pages]
    yield f"{issue.design.name}/{NAME}", tomlkit.dumps(document)


def _template(issue: ShapeIssue, page: ShapePage) -> str:
    """The design's own page with an arrangement that is written down."""
    wide = max(sum(piece.columns for piece in row) for row in page.rows)
    rows = ",\n ".join(_row(row) for row in page.rows)
    # Each made-up kind has a page; the first has all others too.
    number = page.number - 1
    kind = issue.kinds[number] if number < len(issue.kinds) else issue.kinds[0]
    return (
        f'{{% set arrangement = {{"kind": "stack", "columns": {wide}, "parts": [\n {rows}\n]}} %}}\n'
        f'{{% include "{kind}.html" %}}\n'
    )


def _row(pieces: Sequence[ShapePiece]) -> str:
    if len(pieces) == 1:
        return _piece(pieces[0])
    columns = sum(piece.columns for piece in pieces)
    return f'{{"kind": "row", "columns": {columns}, "parts": [{", ".join(map(_piece, pieces))}]}}'


def _piece(piece: ShapePiece) -> str:
    head = piece.head
    story = f'(stories | selectattr("id", "equalto", "{piece.id}") | first)' if head else "none"
    shots = ", ".join(f'pictures["{name}"]' for name in piece.pictures)
    size = f'{{"size": {head.size:g}, "lines": {head.lines}, "rows": {head.rows}}}' if head else "none"
    return (
        f'{{"kind": "piece", "id": "{piece.id}", "file": {json.dumps(piece.shape.file)}, "story": {story},'
        f' "columns": {piece.columns}, "pictures": [{shots}], "rows": {list(piece.rows)}, "span": {piece.span},'
        f' "head": {size}}}'
    )


def _plan(issue: ShapeIssue) -> Iterator[str]:
    head: dict[str, object] = {"title": "稿块", "date": DAY, "design": issue.design.name}
    head |= {"sheet": issue.sheet} if issue.sheet else {}
    head |= {"press": PRESS, "paper": "示例报"}
    yield from (f"{key} = {toml_value(value)}\n" for key, value in head.items())
    yield '\n[staff]\n"责编" = "张三"\n'
    maker, number = CopyMaker("plain"), 0
    tables: list[str] = []
    for page in issue.pages:
        stories = [f"{piece.id}.md" for piece in page.pieces if piece.head is not None]
        pictures = [name for piece in page.pieces for name in piece.pictures]
        keys: dict[str, object] = {"number": page.number, "title": "稿块", "kind": KIND.format(page.number)}
        keys |= {"stories": stories} | ({"pictures": pictures} if pictures else {})
        yield "\n[[page]]\n" + "".join(f"{key} = {toml_value(value)}\n" for key, value in keys.items())
        for piece in page.pieces:
            for name in piece.pictures:
                words: dict[str, object] = {"id": name}
                if piece.shape.role == "reserve":
                    words |= {"file": _ADVERTISEMENT.format(name), "kind": "advertisement", "labelled": True}
                else:
                    words |= {"file": f"{name}.jpg", **maker.caption(number, long=False)}
                number += 1
                lines = (f"{key} = {toml_value(value)}\n" for key, value in words.items())
                tables.append("\n[[picture]]\n" + "".join(lines))
    yield from tables


def _pictures(issue: ShapeIssue, piece: ShapePiece, number: int) -> Iterator[tuple[str, bytes]]:
    """The files of its pictures."""
    if piece.shape.role == "reserve":
        wide = round(200 * piece.ratio)
        drawing = _DRAWING.substitute(wide=wide, middle=wide // 2, left=wide // 2 - 70)
        yield from ((_ADVERTISEMENT.format(name), drawing.encode()) for name in piece.pictures)
        return
    width = round(issue.width / 72 * PIXELS_PER_INCH)
    for at, (name, ratio) in enumerate(zip(piece.pictures, piece.ratios, strict=True)):
        source = assets.images_dir() / f"{PHOTOGRAPHS[(number + at) % len(PHOTOGRAPHS)]}.jpg"
        yield f"{name}.jpg", stretch_of(source, ratio, width)
