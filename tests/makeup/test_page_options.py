"""The shapes in which a story may stand, and what is said where there are none."""

from math import ceil

from layout import assets
from layout.design.shapes import read_shapes
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.fontbook import Fontbook
from layout.galley.paragraph_setter import Setter
from layout.makeup.findings import no_shape, no_shapes
from layout.makeup.headlines import Headline
from layout.makeup.page_options import UNSUITED, keys_of, kind_cost
from layout.makeup.shape_measures import SampleHead, SamplePlace
from layout.makeup.story_copy import StoryCopy
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType

SHAPES = read_shapes(assets.templates_dir() / "yaowen", "broadsheet")
SETTER = Setter(Fontbook(assets.fonts_dir()))
PLACE = Place("issue.toml", 7)


def story(*parts: str, weight: int = 0) -> StoryCopy:
    headline = Headline(Text(Chain.parse("s1.headline").flows[0], ()), SETTER)
    return StoryCopy("s1", weight, headline, frozenset(parts), (), Chain.parse("s1.body"), {}, SETTER)


def names(own: StoryCopy) -> set[str]:
    return {key.shape for shape in SHAPES for key in keys_of(own, shape)}


def test_a_story_with_figures_stands_only_where_there_is_a_panel_for_them() -> None:
    assert names(story("figures")) == {"lead-figures"}
    assert "lead-plain" in names(story())
    assert names(story("figures", weight=2)) == set()
    assert "figures" in str(no_shape(story("figures", weight=2), "yaowen", PLACE).hint)


def test_a_design_without_shapes_for_the_sheet_says_which_it_has() -> None:
    assert 'sheet = "tabloid"' in str(no_shapes("yaowen", ("broadsheet", "tabloid"), PLACE).hint)
    assert "sheet" not in str(no_shapes("tabloid-river", (), PLACE).hint)


def test_a_shape_that_is_made_for_another_kind_of_story_is_dear() -> None:
    shapes = {shape.name: shape for shape in SHAPES}
    talk, plain = story("dialogue", weight=1), story(weight=1)
    costs = {name: kind_cost(talk, shapes[name], SHAPES) for name in ("interview", "second-headline")}
    assert costs == {"interview": 0.0, "second-headline": UNSUITED}
    assert kind_cost(plain, shapes["interview"], SHAPES) == UNSUITED
    assert kind_cost(plain, shapes["second-headline"], SHAPES) == 0.0


def test_a_vertical_headline_takes_whole_ems() -> None:
    """Set across, a headline's first and last characters hang a little over its edges; downwards they do not."""
    words = "口袋公园建到家门口"
    text = Text(Flow("s1", "headline"), (Paragraph("body", (Run(words, PLACE),)),))
    role = RoleType(("song-900",), 36.0, Ink(0, 0, 0, 1))
    type_ = FrameType({"plain": role}, 36.0, 0.0, "left", vertical=False, options={"edges": "optical"})
    head = SampleHead(SamplePlace(0.0, 400.0, 0.0, under_head=False, pictures=()), type_)
    shape = next(each for each in SHAPES if each.name == "second-vertical")
    choice = next(each for each in Headline(text, SETTER).choices(shape, head, 14.0) if each.head.size == 36)
    assert choice.head.rows == ceil((len(words) * 36 + shape.air) / 14)
