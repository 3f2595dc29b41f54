"""Chains of frames on a small page: unequal measures, shapes, headings in the flow, breaks between columns, limits."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from layout.copyfit.model import ComposedPage
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.errors import Place, TemplateError
from layout.flows import Chain, Flow
from layout.galley.page_tree import keeps_shapes, reckoned
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from layout.page.canvas import Decision
from layout.page.frames import SetLine
from small_page import FONTS, make_canvas
from small_page import composed_page as compose
from small_page import natural as measured

COPY = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"


def text(flow: str, *paragraphs: str, kind: ParagraphKind = "body") -> Text:
    return Text(
        Flow.parse(flow), tuple(Paragraph(kind, (Run(p, Place("a.md", n)),)) for n, p in enumerate(paragraphs, 1))
    )


def frame(flow: str, left: float, top: float, width: float, height: float, more: str = "") -> str:
    where = f"position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt"
    return f'<div class="f" data-flow="{flow}" style="{where};{more}"></div>'


def by_frame(page: ComposedPage) -> list[list[SetLine]]:
    return [list(lines) for _, lines in groupby(page.lines, key=lambda line: line.frame)]


def rows(lines: Sequence[SetLine]) -> list[float]:
    return [round((line.baseline - 20 - 1 - 0.88 * 8) / 10, 3) for line in lines]


def on_grid(page: ComposedPage) -> bool:
    return all(row == round(row) for row in rows([line for line in page.lines if line.type.size == 8]))


def test_frames_of_one_chain_have_their_own_measures(tmp_path: Path) -> None:
    body = frame("a", 0, 0, 72, 40) + frame("a", 80, 0, 80, 60) + frame("a", 0, 70, 160, 100)
    page = compose(tmp_path, body, text("a", COPY * 3))
    assert [{line.line.measure for line in lines} for lines in by_frame(page)] == [{9.0}, {10.0}, {20.0}]
    assert "".join(line.line.text for line in page.lines) == COPY * 3
    assert on_grid(page)


def test_lines_run_around_a_shape(tmp_path: Path) -> None:
    shape = (
        '<div data-around style="position:absolute;left:100pt;top:30pt;width:60pt;height:40pt;margin-left:4pt"></div>'
    )
    page = compose(tmp_path, frame("a", 0, 0, 160, 200) + shape, text("a", COPY * 5))
    measures = [line.line.measure for line in page.lines]
    assert measures[:9] == [20, 20, 20, 12, 12, 12, 12, 20, 20]
    assert on_grid(page)


def test_a_shape_in_the_middle_leaves_the_wider_side(tmp_path: Path) -> None:
    shape = '<div data-around style="position:absolute;left:48pt;top:30pt;width:40pt;height:20pt"></div>'
    page = compose(tmp_path, frame("a", 0, 0, 160, 200) + shape, text("a", COPY * 3))
    beside = [line for line in page.lines if line.line.measure < 20]
    assert [(line.x, line.line.measure) for line in beside] == [(20 + 88, 9), (20 + 88, 9)]


def test_no_line_stands_where_a_shape_leaves_too_little(tmp_path: Path) -> None:
    shape = '<div data-around style="position:absolute;left:20pt;top:30pt;width:120pt;height:20pt"></div>'
    page = compose(tmp_path, frame("a", 0, 0, 160, 200) + shape, text("a", COPY * 3))
    assert rows(page.lines)[:5] == [0, 1, 2, 5, 6]


def test_a_shape_across_two_columns_of_a_band(tmp_path: Path) -> None:
    body = (
        '<div data-band="one" style="position:relative">'
        '<div data-column style="float:left;width:72pt"><div class="f" data-flow="a"></div></div>'
        '<div data-column style="float:right;width:72pt"><div class="f" data-flow="a"></div></div>'
        '<div data-around style="position:absolute;left:40pt;top:50pt;width:80pt;height:60pt"></div></div>'
    )
    page = compose(tmp_path, body, text("a", COPY * 8))
    left, right = by_frame(page)
    assert [line.line.measure for line in left].count(5) == [line.line.measure for line in right].count(5) == 6
    assert {line.x for line in left if line.line.measure == 5} == {20}
    assert max(line.x for line in right if line.line.measure == 5) == pytest.approx(20 + 120)
    assert 0 <= rows(left)[-1] - rows(right)[-1] <= 3


HEADED = (
    '.f [data-kind=heading] { font-family: "Hei 500"; font-size: 12pt; line-height: 14pt; --break: sense; --rows: 3 }'
)


def test_a_heading_takes_whole_rows_and_the_text_stays_on_the_grid(tmp_path: Path) -> None:
    texts = (text("a", COPY), text("h", "重点项目", kind="heading"), text("b", COPY))
    page = compose(tmp_path, frame("a h b", 0, 0, 160, 200), *texts, css=HEADED)
    body = rows([line for line in page.lines if str(line.flow) != "h"])
    assert body == [0, 1, 2, 6, 7, 8]
    middle = next(line for line in page.lines if str(line.flow) == "h")
    assert middle.type.size == 12
    assert 20 + 30 < middle.baseline < 20 + 60


@pytest.mark.parametrize("height", range(30, 80, 10))
def test_a_heading_is_never_left_at_a_columns_foot(tmp_path: Path, height: int) -> None:
    texts = (text("a", COPY), text("h", "重点项目", kind="heading"), text("b", COPY * 2))
    body = frame("a h b", 0, 0, 160, height) + frame("a h b", 0, 100, 160, 160)
    page = compose(tmp_path, body, *texts, css=HEADED)
    heading = next(line for line in page.lines if str(line.flow) == "h")
    after = [line for line in page.lines if str(line.flow) == "b" and line.frame == heading.frame]
    assert len(after) >= 2


def test_orphans_and_widows_where_the_style_forbids_them(tmp_path: Path) -> None:
    body = frame("a", 0, 0, 72, 60) + frame("a", 84, 0, 72, 200)
    short = "新能源产业发展壮大，全年共谋划实施。"
    for lead in (5, 6):
        page = compose(tmp_path / str(lead), body, text("a", "全" * 9 * lead, short * 2), css=".f{text-indent:0}")
        allowed = by_frame(page)
        assert len(allowed[0]) == 6
        page = compose(
            tmp_path / f"{lead}w",
            body,
            text("a", "全" * (9 * lead), short * 2),
            css=".f{text-indent:0;--orphans:2;--widows:2}",
        )
        for lines in by_frame(page):
            parts = [sum(1 for line in lines if line.paragraph == number) for number in (0, 1)]
            assert 1 not in parts


def test_a_heading_spans_two_of_three_columns(tmp_path: Path) -> None:
    column = '<div data-column style="float:left;width:48pt;margin-right:7pt"><div class="f" data-flow="a"></div></div>'
    body = (
        '<div data-band="one"><div style="float:left;width:112pt">'
        '<div class="f" data-flow="h" style="height:30pt;width:104pt;line-height:30pt;font-size:16pt"></div>'
        f'{column}{column}</div><div data-column style="float:left;width:48pt">'
        '<div class="f" data-flow="a"></div></div></div>'
    )
    css = "body { line-height: 0 } [data-fill] { display: inline-block; width: 160pt }"
    page = compose(tmp_path, body, text("h", "重点项目", kind="heading"), text("a", COPY * 9), css=css)
    columns = by_frame(page)[1:]
    assert [rows(lines)[0] for lines in columns] == [3, 3, 0]
    assert {rows(lines)[-1] for lines in columns[:2]} == {25}


def test_a_chain_runs_through_two_bands(tmp_path: Path) -> None:
    column = '<div data-column style="float:left;width:72pt;margin-right:8pt"><div class="f" data-flow="a"></div></div>'
    body = (
        f'<div data-band="one" style="height:100pt;min-height:80pt;max-height:140pt">{column}{column}</div>'
        f'<div data-gap="between" style="height:20pt;min-height:10pt;max-height:40pt"></div>'
        f'<div data-band="two">{column}<div data-column style="float:left;width:72pt">'
        '<div data-picture="p" style="height:80pt;min-height:40pt;max-height:200pt"></div></div></div>'
    )
    page = compose(tmp_path, body, text("a", COPY * 6))
    assert "".join(line.line.text for line in page.lines) == COPY * 6
    assert page.page.content_bottom == pytest.approx(page.page.type_area.bottom, abs=0.01)
    assert not [finding for finding in page.findings if finding.check in ("page.overset", "page.overfull")]


def test_an_elastic_gap_takes_up_the_slack(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div data-column style="float:left;width:160pt">'
        '<div class="f" data-flow="a"></div></div></div>'
        '<div data-gap="below" style="height:10pt;min-height:0;max-height:60pt"></div>'
    )
    page = compose(tmp_path, body, text("a", COPY * 8))
    lines = len(page.lines)
    change = next(each for each in page.concessions if str(each) == "gap below")
    assert 26 - 3 <= lines + change.got <= 26


def test_tracking_takes_back_a_line_and_says_so(tmp_path: Path) -> None:
    body = (
        '<div data-band="one" style="height:140pt;min-height:140pt;max-height:140.5pt"><div data-column>'
        '<div class="f" data-flow="a" style="--height:rest"></div></div></div>'
    )
    words = text("a", *["谋" * (18 + 20 * 3 + 2)] * 3)
    plain = compose(tmp_path / "plain", body, words)
    assert [finding.amount["lines"] for finding in plain.findings if finding.check == "page.overset"] == [1]
    tracked = compose(tmp_path / "tracked", body, words, css=".f { --tracking-limit: 0.06 }")
    assert not [finding for finding in tracked.findings if finding.check == "page.overset"]
    changes = [change for change in tracked.concessions if change.unit == "em/1000"]
    assert [(str(change), -60 <= change.got < 0) for change in changes] == [("tracking a ¶1", True)]
    tight = compose(tmp_path / "tight", body, words, css=".f { --tracking-limit: 0.02 }")
    assert [finding.amount["lines"] for finding in tight.findings if finding.check == "page.overset"] == [1]


STEPS = (
    '<div class="f" data-flow="h" data-step="big mid:3 small:8"'
    ' style="width:160pt;height:40pt;--break:sense;--max-lines:1"></div>'
)
SIZES = ".f{line-height:40pt} .big{font-size:20pt} .mid{font-size:16pt} .small{font-size:14pt}"


@pytest.mark.parametrize(
    ("headline", "size"), [("重点项目", 20), ("谋划实施重点项目多", 16), ("全年共谋划实施重点项目", 14)]
)
def test_a_headline_takes_the_first_step_that_fits(tmp_path: Path, headline: str, size: float) -> None:
    page = compose(tmp_path, STEPS, text("h", headline, kind="heading"), css=SIZES)
    assert page.lines[0].type.size == pytest.approx(size)
    assert [str(each) for each in page.concessions] == (
        [] if size == 20 else [f"step h big → {'mid' if size == 16 else 'small'}"]
    )


def test_a_step_may_leave_a_picture_out(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div data-column style="float:left;width:160pt">'
        '<div data-step="shown gone:50"><div data-picture="p" style="height:200pt"></div>'
        '<div class="f" data-flow="picture.p.caption" style="height:10pt"></div></div>'
        '<div class="f" data-flow="a" style="--height:rest"></div></div></div>'
    )
    caption = text("picture.p.caption", "图片说明", kind="caption")
    css = ".gone { display: none }"
    full = compose(tmp_path / "1", body, caption, text("a", COPY * 10), css=css)
    assert full.left_out == ("p",)
    short = compose(tmp_path / "2", body, caption, text("a", COPY * 2), css=css)
    assert short.left_out == ()


def test_other_text_may_not_be_hidden(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="would be lost"):
        compose(tmp_path, frame("a", 0, 0, 160, 100, "display:none"), text("a", COPY))


def test_the_cheapest_arrangement_is_taken_and_the_table_says_why(tmp_path: Path) -> None:
    wide, narrow = frame("a", 0, 0, 160, 200), frame("a", 0, 0, 72, 40)
    wrong = frame("b", 0, 0, 160, 200)
    canvases = {
        VariantName(name): make_canvas(tmp_path / name, body)
        for name, body in (("a", narrow), ("b", wide), ("c", wrong))
    }
    fitted = fit_variants(canvases, Copy({Flow("a"): text("a", COPY * 3)}), Setter(FONTS))
    assert fitted.variant == VariantName("b")
    assert [(str(score.name), score.chosen) for score in fitted.scores] == [("b", True), ("a", False), ("c", False)]
    assert (fitted.scores[1].prices[0].kind, fitted.scores[1].prices[0].subject) == ("overset", Chain((Flow("a"),)))
    assert fitted.scores[2].refused


def test_the_same_page_twice_is_the_same(tmp_path: Path) -> None:
    texts = (text("a", COPY), text("h", "重点项目", kind="heading"), text("b", COPY * 2))
    body = frame("a h b", 0, 0, 72, 100) + frame("a h b", 80, 0, 80, 200)
    pages = [compose(tmp_path / str(k), body, *texts, css=HEADED) for k in (1, 2)]
    assert pages[0].lines == pages[1].lines


def test_a_page_with_new_heights_is_reckoned_as_it_is_laid_out(tmp_path: Path) -> None:
    column = '<div data-column style="float:left;width:70pt">{0}<div class="f" data-flow="a"></div></div>'
    picture = '<div data-picture="p" style="height:{0}pt;min-height:10pt;max-height:120pt"></div>'
    body = (
        f'<div data-band="one">{column.format("")}{column.format(picture.format(30))}</div>'
        '<div data-gap="between" style="height:20pt;min-height:10pt;max-height:40pt"></div>'
        '<div class="f" data-flow="h" style="height:10pt"></div>'
        f'<div data-band="two">{picture.format(40)}{column.format("")}{column.format("<i data-around></i>")}</div>'
    )
    canvas = make_canvas(tmp_path, body, "i { display: block; height: 10pt; width: 30pt; shape-outside: circle() }")
    natural = measured(canvas)
    frames = [frame.id for frame in natural.frames if str(frame.chain) == "a"]
    sizes = zip([each.id for each in (*natural.bands, *natural.pictures)], (90, 120, 50, 70), strict=True)
    heights = dict([*sizes, *zip(frames, (90, 40, 50, 50), strict=True), (natural.gaps[0].id, 30)])
    laid_out = canvas.measured(Decision.of(heights))
    for one, other in zip(reckoned(natural, heights).frames, laid_out.frames, strict=True):
        assert (one.box.y, one.box.height) == pytest.approx((other.box.y, other.box.height)), str(one.chain)
    (one,), (other,) = reckoned(natural, heights).shapes, laid_out.shapes
    assert one.box.y == pytest.approx(other.box.y) != pytest.approx(natural.shapes[0].box.y)
    assert one.extent.y == pytest.approx(other.extent.y)
    assert keeps_shapes(natural, heights)


def test_a_shape_that_changes_its_form_with_the_heights_is_not_reckoned(tmp_path: Path) -> None:
    """A picture that text runs around, and what holds one, or holds a caption that grows."""
    picture = '<div{1} data-picture="{0}" style="height:30pt;min-height:10pt;max-height:120pt"></div>'
    for shape in (picture.format("p", " data-around"), f"<div data-around>{picture.format('p', '')}</div>"):
        canvas = make_canvas(tmp_path, f'<div data-band="one">{shape}{picture.format("q", "")}</div>')
        natural = measured(canvas)
        first, second = (each.id for each in natural.pictures)
        assert not keeps_shapes(natural, {first: 40.0})
        assert keeps_shapes(natural, {first: 30.0, second: 40.0})
    caption = make_canvas(tmp_path, '<div data-around><div class="f" data-flow="h"></div></div>')
    natural = measured(caption)
    assert not keeps_shapes(natural, {natural.frames[0].id: 40.0})
