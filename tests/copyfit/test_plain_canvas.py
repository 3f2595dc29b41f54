"""Copyfit on a canvas of plain numbers: search over variants and steps, natural heights, limits, suggestions."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from copyfit.plain_canvas import Air, Chapter, Fixed, Photo, Pile, PlainCanvas, Words
from drawn_issues import paragraph
from layout import assets
from layout.checks import Finding, Severity
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage, FittedPage
from layout.copyfit.scores import Suggestion, VariantName
from layout.copyfit.search.trial import Copy, _natural
from layout.copyfit.search.variants import fit_variants
from layout.errors import Faults, Message, Place, TemplateError
from layout.flows import Chain, Flow, WholePage
from layout.fontbook import Fontbook
from layout.galley import costs
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import capacity
from layout.geometry import Box
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.canvas import Canvas, Classes, Decision, StepDeclaration, TypeRequest
from layout.page.frames import MeasuredPage
from layout.page.obstacles import Obstacle

FONTS = Fontbook(assets.fonts_dir())


PAGE = VariantName("page")


def text(flow: str, *lengths: int, kind: str = "body") -> Text:
    """Paragraphs of so many characters."""
    runs = [Run("全" * count, Place("a.md", number)) for number, count in enumerate(lengths, 1)]
    return Text(Flow.parse(flow), tuple(Paragraph(kind, (run,)) for run in runs))  # type: ignore[arg-type]


def two_columns(*photos: Photo, limits: tuple[float, float] | None = None) -> Chapter:
    """Two columns of nine characters at 8 pt; the pictures at the head of the second."""
    left = Pile("c1", 0, 72, (Words("f1", "a"),))
    right = Pile("c2", 88, 72, (*photos, Words("f2", "a")))
    return Chapter("b1", (left, right), limits)


PHOTO = Photo("p1", "dam", 20, 50, 120)


def lines(count: int) -> Text:
    """So many lines of nine characters: paragraphs of whole lines, for first lines are not indented here."""
    return text("a", *[9 * 5] * (count // 5), *([9 * (count % 5)] if count % 5 else []))


def fitted(canvas: Canvas, *texts: Text, **more: object) -> FittedPage:
    return fit_variants({PAGE: canvas}, copy_of(*texts, **more), Setter(FONTS))


def copy_of(*texts: Text, **more: object) -> Copy:
    return Copy({each.flow: each for each in texts}, **more)  # type: ignore[arg-type]


def poured(canvas: Canvas, page: FittedPage) -> ComposedPage:
    return pour_page(canvas.measured(page.decision), page, Setter(FONTS))


def of_page(page: ComposedPage) -> list[str]:
    return [each.check for each in page.findings if each.check.startswith("page.")]


@pytest.mark.parametrize(("count", "rows"), [(52, 0), (50, 2), (47, 5), (45, 5), (40, 9)])
def test_the_picture_takes_what_the_copy_leaves(count: int, rows: int) -> None:
    """Two columns of 26 rows; the picture wants five rows and may take two to twelve.

    Two lines short cost 4, a picture two rows off five 64. Ten rows for it cost 400 and two lines short 4; nine rows
    256 and three lines 9.
    """
    canvas = PlainCanvas([two_columns(PHOTO)])
    page = fitted(canvas, lines(count))
    composed = poured(canvas, page)
    least = max(rows, 2)
    assert dict(page.decision.heights)["p1"] == 10 * least
    assert [frame.box.bottom for frame in composed.page.frames] == [260, 260]
    assert ("page.overset" in of_page(composed)) == (rows < 2)


@soak.examples(sample=10, full=30)
@given(count=st.integers(1, 60), least=st.integers(1, 6), more=st.integers(0, 8))
def test_no_height_passes_its_limits(count: int, least: int, more: int) -> None:
    photo = Photo("p1", "dam", 10.0 * least, 10.0 * (least + more / 2), 10.0 * (least + more))
    page = fitted(PlainCanvas([two_columns(photo)]), lines(count))
    heights = dict(page.decision.heights)
    assert photo.least <= heights["p1"] <= photo.most
    assert heights["b1"] <= 260
    assert heights["f1"] == heights["b1"]
    assert heights["f2"] + heights["p1"] == pytest.approx(heights["b1"])


@soak.examples(sample=10, full=20)
@given(count=st.integers(1, 60))
def test_a_band_keeps_its_limits(count: int) -> None:
    canvas = PlainCanvas([two_columns(PHOTO, limits=(80, 120)), Fixed(30)])
    assert 80 <= dict(fitted(canvas, lines(count)).decision.heights)["b1"] <= 120


def test_a_frame_without_height_is_as_high_as_its_lines() -> None:
    canvas = PlainCanvas([Words("h", "lede"), two_columns(PHOTO)])
    page = fitted(canvas, text("lede", 20 * 3), lines(41))
    assert dict(page.decision.heights)["h"] == 30
    assert dict(page.decision.heights)["b1"] == 230
    composed = poured(canvas, page)
    assert composed.page.frames[1].box.y == 30
    assert not of_page(composed)


def test_a_frame_without_height_in_a_band_takes_whole_rows() -> None:
    caption = Words("k", "caption")
    left, right = Pile("c1", 0, 72, (Words("f1", "a"), caption)), Pile("c2", 88, 72, (Words("f2", "a"),))
    canvas = PlainCanvas([Chapter("b1", (left, right))])
    page = fitted(canvas, text("caption", 30), lines(48))
    assert dict(page.decision.heights)["k"] == 40  # thirty characters on lines of nine
    assert dict(page.decision.heights)["f1"] == 220


def test_lines_a_hair_higher_than_rows_take_another_row() -> None:
    """Two lines of 10 pt on rows of 9.97 pt: they want three, and none is overset."""
    canvas = PlainCanvas([Words("h", "lede"), two_columns(PHOTO)], options={})
    page = canvas.measured(Decision())
    frame = replace(page.frames[0], band="b1", box=replace(page.frames[0].box, width=72))
    tight = replace(page, row=9.97)
    galley = set_chain(TextChain(frame.chain, (text("lede", 18),), frame.type), (), Setter(FONTS), 72)
    height = _natural(tight, frame, galley)
    assert height == pytest.approx(3 * 9.97)
    assert capacity(tight, replace(frame, box=replace(frame.box, height=height))) >= 2


def test_an_elastic_gap_takes_what_no_copy_fills() -> None:
    """It wants two rows, and six are left: six cost 32, five 18 and two lines short in the band 4."""
    canvas = PlainCanvas([two_columns(), Air("g", 10, 20, 80)])
    heights = dict(fitted(canvas, lines(40)).decision.heights)
    assert (heights["g"], heights["b1"]) == (50, 210)


STEPS = (StepDeclaration("k0", "large small:6 smaller:15", WholePage()),)
SIZES = {"small": 7.0, "smaller": 6.0}


def stepped(**more: object) -> PlainCanvas:
    """Lines of 9 characters, of 10 or of 12, as the step is."""
    return PlainCanvas([two_columns()], steps_=STEPS, sizes=SIZES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("characters", "chosen", "cost"),
    [(9 * 50, "large", 0), (10 * 51, "small", 6), (12 * 51, "smaller", 15)],
)  # fmt: skip
def test_the_cheapest_step_that_fits_is_taken(characters: int, chosen: str, cost: float) -> None:
    canvas = stepped()
    page = fitted(canvas, text("a", characters))
    assert page.decision.classes == (("k0", chosen),)
    taken = [each for each in page.concessions if each.kind == "step"]
    assert [each.cost for each in taken] == ([cost] if cost else [])
    assert set(of_page(poured(canvas, page))) <= {"page.short_foot"}


def test_what_is_decided_does_not_hang_on_what_was_tried_last() -> None:
    """With copy for the middle step all three are tried; each decision, measured anew, is as it was."""
    canvas = stepped()
    page = fitted(canvas, text("a", 10 * 51))
    assert {each.classes for each in canvas.asked if isinstance(each, Decision)} <= {(("k0", n),) for n in SIZES}
    measured = canvas.measured(page.decision)
    assert fitted(stepped(), text("a", 10 * 51)) == page
    assert canvas.measured(page.decision) == measured
    assert fitted(canvas, text("a", 10 * 51)) == page


def test_steps_that_nobody_understands_are_refused_at_their_place() -> None:
    canvas = PlainCanvas([two_columns()], steps_=(StepDeclaration("k0", "large small:x", WholePage()),))
    with pytest.raises(TemplateError) as caught:
        fitted(canvas, lines(20))
    assert caught.value.place == Place("plain/page.html", 1)


def test_a_picture_that_a_step_hides_is_left_out() -> None:
    steps = (StepDeclaration("k0", "shown gone:50", Chain((Flow.of_picture("dam"),))),)
    canvas = PlainCanvas([two_columns(PHOTO)], steps_=steps, hides={"gone": "dam"})
    assert fitted(canvas, lines(40)).left_out == ()
    page = fitted(canvas, lines(52))
    assert page.left_out == ("dam",)
    assert not of_page(poured(canvas, page))


def message(number: int) -> Finding:
    return Finding("design.unknown", Severity.WARNING, Message("不认得", "not known"), Place("page.css", number))


def test_messages_of_the_canvas_that_was_chosen_come_with_the_page() -> None:
    one, other = PlainCanvas([two_columns()], messages=[message(1)]), stepped(messages=[message(2), message(2)])
    page = fit_variants(
        {VariantName("one"): one, VariantName("other"): other}, copy_of(text("a", 10 * 51)), Setter(FONTS)
    )
    assert page.variant == VariantName("other")
    assert page.messages == (message(2),)


class Lazy(Mapping[VariantName, Canvas]):
    """Canvases made when they are asked for."""

    def __init__(self, canvases: Mapping[VariantName, Canvas]):
        self.canvases = canvases
        self.made: list[VariantName] = []

    def __getitem__(self, name: VariantName) -> Canvas:
        self.made += [name] if name not in self.made else []
        return self.canvases[name]

    def __iter__(self) -> Iterator[VariantName]:
        return iter(self.canvases)

    def __len__(self) -> int:
        return len(self.canvases)


def test_the_cheapest_variant_is_taken_and_named() -> None:
    narrow = PlainCanvas([two_columns(replace(PHOTO, least=100))])
    wrong = PlainCanvas([two_columns(), Words("w", "nobody", 10)])
    canvases = {"narrow": narrow, "wrong": wrong, "wide": PlainCanvas([two_columns()])}
    named = Lazy({VariantName(name): canvas for name, canvas in canvases.items()})
    page = fit_variants(named, copy_of(lines(52)), Setter(FONTS))
    assert page.variant == VariantName("wide")
    assert [(str(each.name), each.chosen) for each in page.scores] == [
        ("wide", True),
        ("narrow", False),
        ("wrong", False),
    ]
    assert page.scores[1].cost >= 8 * costs.OVERSET
    assert page.scores[2].refused is not None
    assert page.decision.classes == ()
    assert "p1" not in dict(page.decision.heights)


def test_where_every_variant_is_refused_the_first_ones_fault_is_raised() -> None:
    wrong = {VariantName(name): PlainCanvas([two_columns(), Words("w", name, 10)]) for name in ("one", "two")}
    with pytest.raises(TemplateError, match="“one”"):
        fit_variants(wrong, copy_of(lines(10)), Setter(FONTS))
    with pytest.raises((Faults, TemplateError), match="would be lost"):
        fit_variants({PAGE: PlainCanvas([two_columns()])}, copy_of(lines(10), text("b", 9)), Setter(FONTS))


def test_a_variant_without_pictures_is_made_only_where_it_could_be_cheaper() -> None:
    full = PlainCanvas([two_columns(replace(PHOTO, least=50))])
    without = PlainCanvas([two_columns()])
    canvases = Lazy({PAGE: full, VariantName("page", ("dam",)): without})
    assert fit_variants(canvases, copy_of(lines(47), optional=("dam",)), Setter(FONTS)).variant == PAGE
    assert canvases.made == [PAGE]
    page = fit_variants(canvases, copy_of(lines(52), optional=("dam",)), Setter(FONTS))
    assert (page.variant, page.left_out) == (VariantName("page", ("dam",)), ("dam",))


def test_what_would_mend_a_page_is_tried_and_changes_nothing() -> None:
    """Four lines too many: thirty-six characters go, or the picture gives up four rows beyond its limit."""
    photo = Photo("p1", "dam", 70, 80, 120)
    canvas = PlainCanvas([two_columns(photo)])
    page = fitted(canvas, lines(49))
    tried = {key: each.amount[key] for each in page.advice() for key in ("cut", "rows", "size") if key in each.amount}
    assert tried["cut"] == 36
    assert tried["rows"] == -4
    assert dict(page.decision.heights)["p1"] == 70
    assert page.decision == fitted(canvas, lines(49)).decision
    lower = PlainCanvas([two_columns(replace(photo, least=photo.least + 10 * tried["rows"]))])
    assert not of_page(poured(lower, fitted(lower, lines(49))))
    assert not of_page(poured(canvas, fitted(canvas, text("a", *[45] * 9))))


def test_a_short_page_is_told_how_much_to_add() -> None:
    canvas = PlainCanvas([two_columns(replace(PHOTO, most=60))])
    page = fitted(canvas, lines(30))
    add = next(each.amount for each in page.advice() if "add" in each.amount)
    assert add["text"] == "a"
    longer = text("a", *[45] * 5, 45 + add["add"])
    assert "page.overset" not in of_page(poured(canvas, fitted(canvas, longer)))
    assert "page.underset" not in of_page(poured(canvas, fitted(canvas, longer)))


@pytest.mark.parametrize(("count", "asked"), [(47, 0), (80, 1), (20, 1)])
def test_what_would_mend_a_page_is_tried_only_where_it_is_told(count: int, asked: int) -> None:
    """A page that comes out full has nothing to mend, whatever its search took for overset."""
    canvas = PlainCanvas([two_columns(PHOTO)])
    tried: list[int] = []

    def advice() -> tuple[Suggestion, ...]:
        tried.append(1)
        return ()

    composed = poured(canvas, replace(fitted(canvas, lines(count)), advice=advice))
    assert bool(of_page(composed)) == bool(asked)
    assert len(tried) == asked


def test_a_page_without_shapes_is_measured_once_for_its_types_and_never_again() -> None:
    """Natural heights apart: what other heights come to is reckoned."""
    canvas = PlainCanvas([two_columns(PHOTO)])
    fitted(canvas, lines(47))
    assert [type(each).__name__ for each in canvas.asked] == ["TypeRequest"]


def test_copy_runs_around_a_shape_wherever_the_heights_put_it() -> None:
    shape = Obstacle("s", Box(0, 100, 72, 50))  # five lines of the first column
    canvas = PlainCanvas([two_columns(PHOTO)], shapes=[shape])
    page = fitted(canvas, lines(42))
    assert any(isinstance(each, Decision) and each.heights for each in canvas.asked)
    composed = poured(canvas, page)
    assert not of_page(composed)
    assert not [line for line in composed.lines if line.frame == "f1" and 100 < line.baseline < 150]
    assert dict(page.decision.heights)["p1"] == 50


def test_what_text_runs_around_is_laid_out_once_where_it_stands_as_reckoned() -> None:
    """One layout says whether the page is what it was reckoned to be; only where it is not are others asked for."""

    class Wandering(PlainCanvas):
        """Once heights are decided its shapes stand where nobody would reckon them."""

        def measured(self, decision: Decision) -> MeasuredPage:
            page = super().measured(decision)
            return replace(page, shapes=tuple(each.moved(30.0) for each in page.shapes))

    parts, shape = [two_columns(PHOTO)], Obstacle("s", Box(0, 20, 72, 50), band="b1")
    canvas, wandering = PlainCanvas(parts, shapes=[shape]), Wandering(parts, shapes=[shape])
    page = fitted(canvas, lines(42))
    assert [type(each).__name__ for each in canvas.asked] == ["TypeRequest", "Decision"]
    assert not of_page(poured(canvas, page))
    page = fitted(wandering, lines(42))
    assert len([each for each in wandering.asked if isinstance(each, TypeRequest)]) == 2
    composed = poured(wandering, page)
    assert not of_page(composed)
    assert not [line for line in composed.lines if line.frame == "f1" and 50 < line.baseline < 100]


@pytest.mark.parametrize(
    ("taker", "zh"),
    [
        ({"pictures": ("dam",), "element": "div.wide"}, "图 dam（div.wide）的轮廓"),
        ({"flows": (Flow.of_picture("dam", "credit"),), "element": "p.cap"}, "picture.dam.credit 的框（p.cap）"),
        ({"element": "div.seal"}, "绕排的 div.seal"),
    ],
)
def test_of_words_whose_one_place_a_shape_takes_is_told_what_takes_it(taker: dict[str, Any], zh: str) -> None:
    of_a_word = Words("w", "a.word.seal", height=20)
    told = {}
    for shapes in ([Obstacle("s", Box(-50, -50, 205, 900), **taker)], []):
        canvas = PlainCanvas([of_a_word], shapes=shapes)
        told[len(shapes)] = poured(canvas, fitted(canvas, text("a.word.seal", 9))).findings
    finding = next(each for each in told[1] if each.check == "page.overset")
    assert zh in finding.hint.zh if finding.hint else False
    assert not [each for each in told[0] if each.check == "page.overset"]


@pytest.mark.parametrize(("count", "told"), [(52, 0), (51, 0), (50, 2), (49, 3), (48, 0)])
def test_two_or_three_lines_at_the_foot_of_the_last_column_are_told(count: int, told: int) -> None:
    canvas = PlainCanvas([two_columns()])
    found = poured(canvas, fitted(canvas, lines(count))).findings
    assert [each.amount["lines"] for each in found if each.check == "page.short_foot"] == ([told] if told else [])
    assert ("page.underset" in [each.check for each in found]) == (count == 48)


def test_what_is_wanting_at_the_feet_is_told_by_its_columns_with_what_fills_it() -> None:
    for count, columns in ((50, "末栏（第 2 栏）还空 2 行"), (49, "栏脚（第 1 栏 1 行、第 2 栏 2 行）共空 3 行")):
        (told,) = poured(canvas := PlainCanvas([two_columns()]), fitted(canvas, lines(count))).findings
        assert columns in told.message.zh
        assert told.hint is not None
        assert told.hint.editor is not None
        assert told.hint.editor.zh == f"增写 {52 - count} 行（约 {9 * (52 - count)} 字）。"


@pytest.mark.parametrize(
    ("high", "count", "told"), [(230, 6, "3 行"), (230, 5, "2–3 行"), (240, 4, "2 行"), (220, 8, ""), (200, 6, "")]
)
def test_copy_spread_over_columns_of_a_line_or_two_is_told(high: float, count: int, told: str) -> None:
    """The page is full, of pictures; with room for six lines in each column what is said is that copy is wanting."""
    below = (Photo(f"p{n}", f"s{n}", high, high, high) for n in (1, 2))
    piles = (Pile(f"c{n}", 88.0 * n, 72, (each, Words(f"f{n}", "a"))) for n, each in enumerate(below))
    canvas = PlainCanvas([Chapter("b1", tuple(piles))])
    found = poured(canvas, fitted(canvas, lines(count))).findings
    thin = [each.message.zh for each in found if each.check == "page.thin_columns"]
    assert thin == ([f"稿件太少：a 有 2 栏，每栏只有 {told}"] if told else [])
    assert ("page.underset" in [each.check for each in found]) == (count == 6 and high == 200)


def test_columns_in_which_no_line_may_stand_are_no_thin_columns() -> None:
    """A row below a picture in either column, where a paragraph leaves two lines or none."""
    heads = (Photo(f"p{n}", f"s{n}", 120, 120, 120) for n in (1, 2))
    upper = tuple(Pile(f"u{n}", 88.0 * n, 72, (each, Words(f"f{n}", "a"))) for n, each in enumerate(heads))
    lower = tuple(Pile(f"l{n}", 88.0 * n, 72, (Words(f"g{n}", "a"),)) for n in (0, 1))
    canvas = PlainCanvas([Chapter("b1", upper, (130, 130.1)), Chapter("b2", lower)], options={"orphans": "2"})
    found = poured(canvas, fitted(canvas, text("a", 9 * 26))).findings
    assert [each.amount["lines"] for each in found if each.check == "page.column_short"] == [1, 1]
    assert "page.thin_columns" not in [each.check for each in found]


def test_on_a_page_without_pictures_what_is_empty_of_several_texts_is_told_once_with_the_sum() -> None:
    def chapter(key: str, *heads: Photo) -> Chapter:
        left = Pile(f"{key}1", 0, 72, (*heads, Words(f"{key}-1", key)))
        return Chapter(f"of-{key}", (left, Pile(f"{key}2", 88, 72, (Words(f"{key}-2", key),))), (130, 130.1))

    for heads, messages in (((), 1), ((Photo("p", "dam", 20, 20, 20),), 2)):
        canvas = PlainCanvas([chapter("a", *heads), chapter("b")], height=260)
        found = poured(canvas, fitted(canvas, text("a", 9 * 16), text("b", 9 * 20))).findings
        told = [each for each in found if each.check == "page.underset"]
        assert len(told) == messages
        if not heads:
            assert "各篇、各章共空 16 行（约 144 字）：a 10 行、b 6 行" in told[0].message.zh
            assert told[0].hint is not None
            assert told[0].hint.editor is not None
            assert told[0].hint.editor.zh == "加一张图，或共增写约 144 字"
            assert len(told[0].boxes) == 4


@pytest.mark.parametrize(("height", "told"), [(40, 0), (60, 0), (70, 3), (90, 5)])
def test_three_lines_at_the_foot_of_a_frame_are_told(height: float, told: int) -> None:
    canvas = PlainCanvas([Words("f", "a.lede", height=height)])
    found = poured(canvas, fitted(canvas, text("a.lede", 4 * 20))).findings
    assert [each.amount["lines"] for each in found if each.check == "page.short_foot"] == ([told] if told else [])


class ArrangedCanvas(PlainCanvas):
    """The same of a page that was made up."""

    def types(self, classes: Classes, request: TypeRequest) -> MeasuredPage:
        return replace(super().types(classes, request), arranged=True)


@pytest.mark.parametrize(("rows", "tracked"), [(24, 0), (23, 0), (22, 1), (21, 2), (20, 0)])
def test_copy_of_a_made_up_page_is_set_closer_by_just_the_lines_that_have_no_place(rows: int, tracked: int) -> None:
    """Two paragraphs, 23 lines: either may take a line fewer; where that does not do they stay as they are."""
    runs = [Run(paragraph(random.Random(seed), 150), Place("a.md", seed)) for seed in (0, 2)]
    words = Text(Flow.parse("a"), tuple(Paragraph("body", (run,)) for run in runs))
    canvas = ArrangedCanvas([Words("f", "a", 10.0 * rows)], width=104.0, options={"tracking-limit": "0.03"})
    page = fitted(canvas, words)
    ((chain, galley),) = zip(page.chains.values(), page.galleys.values(), strict=True)
    assert (galley.used, len(chain.tracking)) == (23 - tracked, tracked)
