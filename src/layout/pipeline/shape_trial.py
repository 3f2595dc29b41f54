"""Pages that show every shape of a design for made-up pages: laid out once, so that their copy fits, then made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from layout.checks import Finding
from layout.design.page_hooks import PageHooks
from layout.design.shapes import Shape, read_shapes
from layout.issue_writing.shape_issue import ShapeIssue, headlines, write_shape_issue
from layout.issue_writing.shape_pieces import ShapePage, shape_pages
from layout.pipeline.checking import check
from layout.pipeline.options import Options

_FEWEST = 60
"""Characters of a piece's copy."""
_HEADLINE = "headline"


def shape_issues(design: Path, hooks: Collection[PageHooks], wanted: Collection[str]) -> Iterator[ShapeIssue]:
    """An issue for each sheet of the *design*, the smallest first, with those shapes that *wanted* names by their files
    and no sheet before has shown. *hooks* are those of its kinds. Raises ``TemplateError`` for shapes that cannot be
    read.
    """
    sheets: dict[str, list[PageHooks]] = {}
    for each in sorted(hooks, key=lambda each: each.size[0] * each.size[1]):
        if each.is_auto:
            sheets.setdefault(each.sheet, []).append(each)
    left = set(wanted)
    for sheet, own in sheets.items():
        every = read_shapes(design, sheet)
        shapes = [shape for shape in every if shape.file in left]
        left -= {shape.file for shape in shapes}
        pages = _pages(shapes, every, own[0])
        if pages:
            order = list(dict.fromkeys(each.kind for each in hooks if each in own))
            yield ShapeIssue(design, sheet, tuple(order), pages, own[0].size[0])


def write_fitted(folder: Path, issue: ShapeIssue, options: Options, workers: Executor) -> None:
    """Writes *issue* into *folder*, with copy as long as its pages take it: it is laid out once to learn that.

    Raises what a check of it raises.
    """
    write_shape_issue(folder, issue, {})
    found = check(folder, replace(options, results=(), baseline=None), workers=workers)
    write_shape_issue(folder, replace(issue, pages=_with_headlines(issue, found)), _lengths(issue, found))


def _pages(shapes: list[Shape], every: Collection[Shape], hooks: PageHooks) -> tuple[ShapePage, ...]:
    return shape_pages(shapes, tuple(every), hooks.size, headlines())


def _lengths(issue: ShapeIssue, found: Collection[Finding]) -> Mapping[str, int]:
    """The characters of each piece whose copy was too much or too little."""
    known = {piece.id: piece.length for page in issue.pages for piece in page.pieces}
    off: dict[str, int] = {}
    for each in found:
        flow = each.flows[0] if each.flows else None
        if flow is None or flow.part == _HEADLINE or flow.story not in known:
            continue
        count = round(float(str(each.amount.get("characters", 0))))
        if each.check in ("page.overset", "page.underset"):
            off[flow.story] = off.get(flow.story, 0) + (count if each.check == "page.underset" else -count)
    return {name: max(_FEWEST, known[name] + by) for name, by in off.items()}


def _with_headlines(issue: ShapeIssue, found: Collection[Finding]) -> tuple[ShapePage, ...]:
    """Its pages with shorter headlines where one had no place."""
    over = {
        flow.story: round(float(str(each.amount.get("characters", 0))))
        for each in found if each.check == "page.overset"
        for flow in each.flows[:1] if flow.part == _HEADLINE
    }  # fmt: skip
    used = {piece.headline for page in issue.pages for piece in page.pieces}

    def shorter(words: str, by: int) -> str:
        most = len(words) - by
        fit = sorted((each for each in headlines() if len(each) <= most), key=lambda each: (each in used, -len(each)))
        used.update(fit[:1])
        return fit[0] if fit else words[:most]

    return tuple(
        replace(page, rows=tuple(
            tuple(replace(piece, headline=shorter(piece.headline, over[piece.id])) if over.get(piece.id) else piece
                  for piece in row)
            for row in page.rows
        ))
        for page in issue.pages
    )  # fmt: skip
