"""Pages that show every shape: each stands on one of them, in columns that it may have, under a headline that fits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from in_place import HERE
from layout import assets
from layout.cli.guard import as_fault
from layout.design.components import components_of
from layout.design.page_hooks import page_hooks
from layout.design.shapes import OF_NO_STORY, read_shapes, shape_files
from layout.issue_writing.shape_issue import headlines, write_shape_issue
from layout.issue_writing.shape_pieces import shape_pages
from layout.manuscript.model import Text
from layout.manuscript.reader import read_story
from layout.pipeline import Options
from layout.pipeline.component_gallery import ComponentSearch, GalleryOptions
from layout.pipeline.shape_trial import shape_issues

SHARED = assets.templates_dir()
TABLOID = (780.0, 1105.0)


@pytest.mark.parametrize(("design", "sheet"), [("yaowen", "tabloid"), ("yaowen", "broadsheet"), ("tabloid-river", "")])
def test_every_shape_stands_once_where_it_may(design: str, sheet: str) -> None:
    shapes = read_shapes(SHARED / design, sheet)
    pages = shape_pages(shapes, shapes, TABLOID, headlines())
    pieces = [piece for page in pages for piece in page.pieces]
    assert {piece.shape.name for piece in pieces} == {shape.name for shape in shapes}
    assert sum(Counter(piece.shape.name for piece in pieces).values()) <= len(shapes) + 3  # what fills up the last rows
    wide = max(shape.columns[1] for shape in shapes)
    for page in pages:
        assert all(sum(piece.columns for piece in row) == wide for row in page.rows), page
    for piece in pieces:
        least, most = piece.shape.columns
        assert least <= piece.columns <= most
        assert len(piece.pictures) == len(piece.rows) >= piece.shape.pictures[0]
        assert piece.span in piece.shape.spans(piece.columns, len(piece.pictures))
        assert (piece.head is None) == (piece.shape.role in OF_NO_STORY)
        assert piece.head is None or piece.head.size in piece.shape.sizes


def test_what_was_seen_has_no_page() -> None:
    shapes = read_shapes(SHARED / "yaowen", "tabloid")
    wanted = [shape for shape in shapes if shape.name == "third-beside"]
    (page,) = shape_pages(wanted, shapes, TABLOID, headlines())
    ((first, *others),) = page.rows
    assert first.shape.name == "third-beside"
    assert first.columns + sum(piece.columns for piece in others) == 5
    assert shape_pages([], shapes, TABLOID, headlines()) == ()


def test_a_shape_has_the_copy_that_it_is_made_for(tmp_path: Path) -> None:
    wanted = {f"components/shapes/{name}.html" for name in ("lead-figures", "lead-decks", "interview", "table-panel")}
    design = SHARED / "yaowen"
    (issue,) = shape_issues(design, page_hooks(design), wanted)
    assert (issue.sheet, issue.kinds) == ("tabloid", ("auto", "auto-festive"))
    write_shape_issue(tmp_path / "shapes", issue, {})
    folder = tmp_path / "shapes"
    path = {piece.shape.name: folder / f"{piece.id}.md" for page in issue.pages for piece in page.pieces if piece.head}
    assert len(read_story(path["lead-figures"], root=folder).figures) == 4
    deck = read_story(path["lead-decks"], root=folder).parts["deck"]
    assert isinstance(deck, Text)
    assert len(deck.paragraphs) == 3
    assert path["interview"].read_text(encoding="utf-8").count("**记者：") > 1
    assert path["table-panel"].read_text(encoding="utf-8").count("\n|") == 5
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    assert plan.count("[[page]]") == len(issue.pages)


def test_the_shapes_of_a_design_are_listed_as_they_are_named() -> None:
    files = shape_files(SHARED / "yaowen")
    assert "components/shapes/lead-right.html" in files
    assert shape_files(SHARED / "renwu") == ()


@pytest.mark.slow
def test_a_shape_that_no_page_has_chosen_is_shown(tmp_path: Path) -> None:
    design = SHARED / "yaowen"
    names = ("lead-wide", "third-beside", "reserve")
    components = [each for each in components_of(design, SHARED) if each.name in names]
    options = GalleryOptions(Options(tmp_path, fail_on="never"), as_fault, lambda: HERE)
    search = ComponentSearch(design, components, options)
    search.run()
    assert {each.name for each in components if search.picture(each)} == set(names)
    assert not search.failed
    assert search.pages == 1
    assert all(search.lacking(each) is None for each in components)
