"""A lede that its frame does not hold goes on as body where its story goes on: every character once, in order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

import soak
from copyfit.plain_canvas import Chapter, Fixed, Pile, PlainCanvas, Words
from copyfit.test_plain_canvas import FONTS, PAGE, copy_of
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage
from layout.copyfit.search.variants import fit_variants
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run, Text

HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
HERE = Place("s.md", 1, 1)
LEDE, COPY = "s.lede", "s.section-1.heading s.section-1"


def words(count: int, start: int = 0) -> str:
    return "".join(HAN[(start + number) % len(HAN)] for number in range(count))


def text(flow: str, *paragraphs: str, kind: str = "body") -> Text:
    runs = [Run(each, Place("s.md", number, 1)) for number, each in enumerate(paragraphs, 1)]
    return Text(Flow.parse(flow), tuple(Paragraph(kind, (run,)) for run in runs))


def columns(flows: str = COPY) -> Chapter:
    return Chapter("b", (Pile("c1", 0, 72, (Words("f1", flows),)), Pile("c2", 88, 72, (Words("f2", flows),))))


def made(canvas: PlainCanvas, *texts: Text) -> ComposedPage:
    setter = Setter(FONTS)
    page = fit_variants({PAGE: canvas}, copy_of(*texts), setter)
    return pour_page(canvas.measured(page.decision), page, setter)


def lines_in(composed: ComposedPage, key: str) -> list[str]:
    return [line.line.text for line in composed.lines if line.frame == key]


def told(composed: ComposedPage) -> set[str]:
    return {finding.check for finding in composed.findings}


def page_of(lede: Sequence[str], lines: int = 3, flows: str = COPY) -> ComposedPage:
    """A page whose lede has room for so many lines of 20 characters, over two columns of 9."""
    copy = [text("s.section-1.heading", "题", kind="heading"), text("s.section-1", words(9 * 8, 3))]
    canvas = PlainCanvas([Words("h", LEDE, 10.0 * lines), columns(flows)])
    return made(canvas, text(LEDE, *lede, kind="lede"), *copy)


def test_what_is_over_the_frame_is_body_from_that_line_on() -> None:
    lede = words(100)
    composed = page_of([lede])
    assert lines_in(composed, "h") == [lede[:20], lede[20:40], lede[40:60]]
    first = lines_in(composed, "f1")
    assert first[:4] == [lede[60:69], lede[69:78], lede[78:87], lede[87:96]]
    assert "page.overset" not in told(composed)
    assert not composed.unset
    assert "".join(line.line.text for line in composed.lines) == lede + "题" + words(72, 3)


def test_a_lede_that_fits_stays_whole() -> None:
    composed = page_of([words(60)])
    assert len(lines_in(composed, "h")) == 3
    assert lines_in(composed, "f1")[0] == "题"


def test_the_rest_may_begin_with_a_paragraph() -> None:
    one, two = words(40), words(50, 7)
    composed = page_of([one, two], lines=2)
    assert "".join(lines_in(composed, "h")) == one
    assert lines_in(composed, "f1")[0] == two[:9]
    numbers = {line.paragraph for line in composed.lines if line.flow == Flow.parse(LEDE) and line.frame != "h"}
    assert numbers == {1}


def test_no_single_line_of_the_lede_goes_on() -> None:
    """Five characters would stand over; the last line of the frame goes with them."""
    lede = words(65)
    composed = page_of([lede])
    assert "".join(lines_in(composed, "h")) == lede[:40]
    assert lines_in(composed, "f1")[0] == lede[40:49]


def test_the_columns_may_come_first_in_the_html() -> None:
    lede = words(100)
    canvas = PlainCanvas([columns("s.section-1"), Words("h", LEDE, 30.0)])
    composed = made(canvas, text(LEDE, lede, kind="lede"), text("s.section-1", words(90, 3)))
    assert "".join(line.line.text for line in composed.lines) == lede + words(90, 3)
    assert lines_in(composed, "f1")[0] == lede[60:69]


def test_where_a_heading_stands_apart_it_is_overset() -> None:
    """Below the heading the rest would be in another chapter."""
    canvas = PlainCanvas([Words("h", LEDE, 30.0), Words("t", "s.section-1.heading", 10.0), columns("s.section-1")])
    heading = text("s.section-1.heading", "题", kind="heading")
    composed = made(canvas, text(LEDE, words(100), kind="lede"), heading, text("s.section-1", words(90)))
    assert "page.overset" in told(composed)
    assert composed.unset[Flow.parse(LEDE)].text == words(100)[60:]


def test_a_lede_alone_is_overset() -> None:
    composed = made(PlainCanvas([Words("h", LEDE, 30.0), Fixed(220)]), text(LEDE, words(100), kind="lede"))
    assert "page.overset" in told(composed)


def test_a_page_that_is_full_says_what_of_the_lede_stands_nowhere() -> None:
    lede = words(700)
    composed = page_of([lede])
    assert "page.overset" in told(composed)
    set_ = "".join(line.line.text for line in composed.lines)
    assert lede.startswith(set_)
    assert set_ + "".join(text.text for text in composed.unset.values()) == lede + "题" + words(72, 3)


@soak.examples(sample=15, full=150)
@given(
    paragraphs=st.lists(st.integers(1, 160), min_size=1, max_size=4), lines=st.integers(1, 6), copy=st.integers(0, 200)
)
def test_every_character_stands_once_and_in_its_order(paragraphs: list[int], lines: int, copy: int) -> None:
    lede = [words(count, 5 * number) for number, count in enumerate(paragraphs)]
    body = words(copy + 1, 11)
    canvas = PlainCanvas([Words("h", LEDE, 10.0 * lines), columns("s.section-0")], height=1000.0)
    composed = made(canvas, text(LEDE, *lede, kind="lede"), text("s.section-0", body))
    assert "".join(line.line.text for line in composed.lines) == "".join(lede) + body
    assert len(lines_in(composed, "h")) <= lines


def test_the_rest_is_body_and_its_marks_have_the_type_of_the_columns() -> None:
    lede = Text(Flow.parse(LEDE), (Paragraph("lede", (Run(words(70), HERE), Run(words(20, 5), HERE, "strong"))),))
    copy = copy_of(lede, text("s.section-1", words(90)))
    canvas = PlainCanvas([Words("h", LEDE, 30.0), columns("s.section-1")])
    page = fit_variants({PAGE: canvas}, copy, Setter(FONTS))
    [rest, _] = page.chains[Chain.parse("s.section-1")].texts
    assert [(each.kind, each.text) for each in rest.paragraphs] == [("body", words(70)[60:] + words(20, 5))]
    assert dict(copy.type_request().roles)[Flow.parse("s.section-1")] == ("strong",)
