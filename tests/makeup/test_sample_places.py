"""Where the pictures of a shape stand in its piece, as its sample says: by that neighbours are kept apart."""

from pathlib import Path

import pytest

from layout.design.shapes import Shape
from layout.errors import Place
from layout.makeup import page_options
from layout.makeup.hard_rules import EdgeMark
from layout.makeup.option_heights import HeightChoice
from layout.makeup.shape_measures import Sample, ShapeKey, samples
from layout.page.canvas import TypeRequest
from small_page import make_canvas

TEXT = '<div class="f" data-flow="s.lede s.section-0" style="min-height:10pt;--height:rest"></div>'
ESSAY = f"""
<div data-band="x" style="display:flow-root;width:160pt;{{edges}}">
  <div data-column style="float:left;width:70pt">{TEXT}{{small}}<div style="height:10pt"></div></div>
  <div data-column style="float:right;width:70pt">
    <div data-picture="a" style="height:80pt;min-height:60pt;max-height:90pt"></div>{TEXT}
  </div>
</div>
"""
SMALL = '<div data-picture="{}" style="height:{}pt;min-height:10pt;max-height:50pt"></div>'
SHAPE = Shape(
    "essay", "essay.html", "third", "box", (2, 2), (2, 3), None, frozenset(), frozenset(), (20.0,), (1, 1), 1.16, 0.0,
    Place("design.toml", 1),
)  # fmt: skip


def sample(folder: Path, small: str, edges: str = "") -> Sample:
    page = make_canvas(folder, ESSAY.format(small=small, edges=edges)).types((), TypeRequest())
    (found,) = samples(page, {"x": ShapeKey("essay", 2, 1 + small.count("data-picture"))}, {})
    return found


def marks(own: Sample, height: int, *rows: int) -> list[tuple[EdgeMark, ...]]:
    """The pictures along the left edge and the right, of a piece of *height* rows."""
    return list(page_options._edges(SHAPE, own, None, (height, HeightChoice(0.0, rows, 0))))


@pytest.mark.parametrize("deep", [20, 30])
def test_a_picture_under_short_copy_stands_at_the_foot_of_its_piece(tmp_path: Path, deep: int) -> None:
    """On the sheet of samples its column is shorter than its neighbour."""
    left, right = marks(sample(tmp_path, SMALL.format("b", deep)), 40, 9, 5)
    assert left == (EdgeMark("picture", 34, 39),)
    assert right == (EdgeMark("picture", 0, 9),)


def test_pictures_are_known_by_their_number_in_the_story(tmp_path: Path) -> None:
    """The shape shows the large one last."""
    left, _ = marks(sample(tmp_path, SMALL.format("b", 20) + SMALL.format("c", 20)), 40, 9, 5, 3)
    assert left == (EdgeMark("picture", 31, 36), EdgeMark("picture", 36, 39))


def test_what_stands_in_a_box_may_stand_lower_by_its_edges(tmp_path: Path) -> None:
    own = sample(tmp_path, SMALL.format("b", 20), "padding:10pt 0")
    left, right = marks(own, 40, 9, 5)
    assert left == (EdgeMark("picture", 32, 39),)
    assert right == (EdgeMark("picture", 0, 11),)
