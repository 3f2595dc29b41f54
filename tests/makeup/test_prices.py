"""What an arrangement costs by rule adds up to what the search found that it costs."""

from layout import assets
from layout.design.shapes import read_shapes
from layout.errors import Place
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.galley.columns import Elastic
from layout.galley.paragraph_setter import Setter
from layout.issue.auto_page import Pin
from layout.makeup.candidates import candidates_of
from layout.makeup.choosing import Chooser, Contents
from layout.makeup.page_options import OptionRules, options_of
from layout.makeup.prices import Pricing
from layout.makeup.sample_sheet import PageFrame, SampleSheet
from layout.makeup.shape_measures import Sample, SampleColumn, SamplePicture, SamplePlace, ShapeKey
from layout.makeup.story_copy import StoryCopy
from layout.pictures.crop import CropRules

ROW, WIDTH = 14.0, 124.0
SHAPES = read_shapes(assets.templates_dir() / "yaowen", "tabloid")
(PHOTOGRAPH,) = (shape for shape in SHAPES if shape.name == "photograph")


def test_a_photograph_in_one_column_has_no_headline_to_pay_for() -> None:
    place = SamplePlace(0.0, WIDTH, 0.0, under_head=False, pictures=())
    picture = SamplePicture(place, Elastic("p", "p", 10.0, 4, 12, picture=True))
    column = SampleColumn(0.0, WIDTH, 1.0, under_head=False, pictures=(0,), is_text=False)
    key = ShapeKey("photograph", 1, 1)
    sample = Sample(key, WIDTH, (column,), (picture,), None, None)
    frame = PageFrame(WIDTH, 60, ROW, 2, 60 * ROW * WIDTH)
    sheet = SampleSheet(frame, {key: sample}, SHAPES, {"p": ""})
    setter = Setter(Fontbook(assets.fonts_dir()))
    story = StoryCopy("p", 1_000, None, frozenset(), ("p",), Chain(), {}, setter)
    rules = OptionRules(frame.rows, frame.row, frame.area, {}, CropRules(1.0, 0.1, 1.0))
    options = list(
        options_of(story, [PHOTOGRAPH], {key: sample}, rules, Pin("p", None, 1, None, None, Place("issue.toml")))
    )
    pricing = Pricing(Chooser([story], [options], sheet, setter, Contents(1)), [PHOTOGRAPH], rules)
    candidates = [each for option in options for height in option.heights for each in candidates_of(option, height)]
    assert candidates
    for candidate in candidates:
        prices = pricing.prices(candidate)
        assert "deep" not in {each.rule for each in prices}
        assert abs(sum(each.cost for each in prices) - candidate.cost) < 0.06
