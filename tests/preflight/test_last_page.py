"""A page of which a few words have changed is judged where it differs from the page before, and comes to what it comes
to by itself: findings, drawings, what is seen of each run.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest

from layout.checks import Finding
from layout.preflight import painting
from layout.preflight.events import TextShown
from layout.preflight.judge import judge
from layout.preflight.last_page import LastPage
from layout.preflight.page_objects import hashed
from layout.preflight.pdfium import open_beside, page_of
from layout.preflight.rules import seen
from layout.preflight.seen.drawing_ahead import drawing_ahead
from layout.preflight.seen.drawings import PageDrawings
from layout.preflight.seen.judgement import RunSeen, _RunLook
from layout.preflight.walk import walk
from layout.press.model import PressProfile
from preflight import support
from preflight.support import clean_pdf, saved
from soak import SEED, amount

CODES = ("0001", "0002", "00030004", "000500060007")
AROUND = (
    "q 0 0 0 .3 k 20 {y} 60 30 re f Q", "q 30 {y} m 90 {y} l 60 20 l W n 0 .4 0 0 k 20 20 200 90 re f Q",
    "q /Im1 Do Q", "q 1 0 0 1 9 {y} cm 0 .9 .9 0 k 0 0 12 3 re f Q",
)  # fmt: skip


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def line(draw: random.Random, number: int) -> list[str]:
    """A line of type, of which many have a state of their own around them."""
    ink = draw.choice(("0 0 0 1 k", "0 0 0 .6 k", "0 1 1 0 k"))
    text = [ink, "BT", f"1 0 0 1 {draw.choice((20, 20, 24))} {180 - 7 * number} Tm", "/F1 6 Tf",
            f"[<{draw.choice(CODES)}> {draw.choice((-20, 0, 30))} <{draw.choice(CODES)}>] TJ", "ET"]  # fmt: skip
    clip = "q 10 10 m 190 12 l 180 190 l 10 180 l W n" if draw.random() < 0.2 else "q"
    return [clip, *text, "Q"] if draw.random() < 0.5 else text


def lines(seed: int) -> list[list[str]]:
    draw = random.Random(seed)
    around = [[each.format(y=draw.randint(10, 90))] for each in AROUND]
    return around[:2] + [line(draw, number) for number in range(18)] + around[2:]


def edited(content: list[list[str]], draw: random.Random) -> list[list[str]]:
    """*content* with a line or two of it as others; now and then what lies around them is."""
    content = [list(each) for each in content]
    for _ in range(draw.choice((1, 1, 2))):
        at = draw.randrange(2, len(content) - 2) if draw.random() < 0.9 else draw.randrange(len(content))
        place = at - 2 if draw.random() < 0.8 else draw.randint(0, 17)  # now and then upon another line
        content[at] = line(draw, place) if 2 <= at < len(content) - 2 else [AROUND[0].format(y=50)]
    return content


def page(content: list[list[str]]) -> bytes:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        pdf.pages[0].Contents = pdf.make_stream("\n".join(each for part in content for each in part).encode())
        return saved(pdf)


class Looker:
    """Judges pages one after the other, and tells what it has done for each."""

    def __init__(self, press: PressProfile, monkeypatch: pytest.MonkeyPatch):
        self.press, self.last = press, LastPage()
        self.shown = self.looked = 0
        self.made: list[tuple[object, ...]] = []
        show, look, runs_seen = painting.show, _RunLook.seen, seen.runs_seen

        def counted(*given: Any) -> None:
            self.shown += 1
            show(*given)

        def counted_look(*given: Any) -> RunSeen:
            self.looked += 1
            return look(*given)

        def noted(made: PageDrawings, runs: list[TextShown], *more: Any) -> list[RunSeen]:
            found = runs_seen(made, runs, *more)
            images = [each.tobytes() for each in (made.shown, made.bare, made.gray, *made.uncovered)]
            self.made.append((images, made.regions, made.meeting, tuple(found)))
            return found

        monkeypatch.setattr(painting, "show", counted)
        monkeypatch.setattr(_RunLook, "seen", counted_look)
        monkeypatch.setattr(seen, "runs_seen", noted)

    def judged(self, pdf: bytes, last: LastPage | None) -> tuple[tuple[Finding, ...], list[tuple[object, ...]]]:
        """The findings, and the drawings with what was seen on them."""
        self.shown = self.looked = 0
        self.made.clear()
        if last is not None:
            with pikepdf.open(io.BytesIO(pdf)) as document:
                last.next("page 1", hashed(document), held=True)
        begin = last is None or last.drawings is None
        with open_beside(pdf) as document, drawing_ahead(document, page_of(document, 0), 144, begin=begin) as ahead:
            return judge(pdf, self.press, ahead=ahead, last=last), list(self.made)


@pytest.fixture
def looker(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> Looker:
    return Looker(press, monkeypatch)


@pytest.mark.soak
def test_pages_one_after_the_other_come_to_what_each_comes_to_by_itself(looker: Looker) -> None:
    again = 0
    for seed in range(SEED, SEED + amount(sample=3, full=60)):
        draw, content = random.Random(seed), lines(seed)
        for number in range(6):
            pdf = page(content)
            told = looker.judged(pdf, looker.last)
            again += looker.looked < 18
            assert told == looker.judged(pdf, None), (seed, number)
            content = edited(content, draw)
    assert again


def test_of_one_line_that_has_changed_one_line_is_followed_and_looked_at(looker: Looker) -> None:
    content = lines(4)
    looker.judged(page(content), looker.last)
    assert (looker.shown, looker.looked) == (18, 18)
    content[9] = [each.replace("<", "<0003") for each in content[9]]
    looker.judged(page(content), looker.last)
    assert looker.shown == 1
    assert 1 <= looker.looked <= 7, "what stands above and below may be touched"


@pytest.mark.parametrize("before", ["0 0 0 1 k", "0 0 0 .6 k", "0 1 1 0 k"])
def test_one_byte_is_seen(before: str, looker: Looker) -> None:
    """Type that turns white in a line, and in what lies around all of them."""
    content = lines(4)
    at = next(at for at, part in enumerate(content) if before in part)
    looker.judged(page(content), looker.last)
    content[at] = [each.replace(before, "0 0 0 0 k") for each in content[at]]
    found, _ = looker.judged(page(content), looker.last)
    assert "text.invisible" in {each.check for each in found}


def test_what_the_page_is_painted_with_is_seen_to_be_another(looker: Looker) -> None:
    """A form below the type, which turns as dark as it, with not a byte of the page's own instructions changed."""

    def with_form(ink: str) -> bytes:
        with pikepdf.open(io.BytesIO(page([["/Dr Do"], *lines(4)[2:-2]]))) as pdf:
            form = pdf.make_stream(f"{ink} k 0 0 210 297 re f".encode())
            form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 210, 297]})
            pdf.pages[0].Resources.XObject.Dr = form
            return saved(pdf)

    found, _ = looker.judged(with_form("0 0 0 .05"), looker.last)
    assert "text.invisible" not in {each.check for each in found}
    found, _ = looker.judged(with_form("0 0 0 1"), looker.last)
    assert looker.shown == 18
    assert "text.invisible" in {each.check for each in found}


def of_a_layer(pdf: pikepdf.Pdf, *, other: bool) -> None:
    """A line of type belongs to a layer, which the catalogue says is off."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="layer"))
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
    off = pikepdf.Array([layer] if other else [])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=off))


def of_a_font(pdf: pikepdf.Pdf, *, other: bool) -> None:
    """A form below the type is a glyph's too, of a font that shows nothing."""
    form = pdf.make_stream(f"0 0 0 {0.99 if other else 0.05} k 0 0 210 297 re f".encode())
    form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 210, 297]})
    own, resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Dr=form)), pdf.pages[0].Resources
    resources.XObject.Dr = form
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, Resources=own)
    resources.Font.F9 = pdf.make_indirect(font)


def of_many_digits(pdf: pikepdf.Pdf, *, other: bool) -> None:
    """A form of hairlines stands some thousandths of a point further on."""
    form = pdf.make_stream(b"0 0 0 .5 k 0 0 100 297 re f")
    form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 210, 297]})
    form.Matrix = pikepdf.Array([1, 0, 0, 1, Decimal("-1000.004" if other else "-1000.001"), 0])
    pdf.pages[0].Resources.XObject.Dr = form


@pytest.mark.parametrize("change", [of_a_layer, of_a_font, of_many_digits])
def test_what_lies_far_from_the_page_is_seen_to_be_another(change: Callable[..., None], looker: Looker) -> None:
    """Not a byte of the page's instructions is another, nor of the dictionaries that it names first."""

    below = {of_a_layer: ["/OC /L BDC"], of_a_font: ["/Dr Do"], of_many_digits: ["q 1 0 0 1 1000 0 cm /Dr Do Q"]}

    def changed(*, other: bool) -> bytes:
        first, *others = lines(4)[2:-2]
        content = [[*below[change], *first, "EMC" * (change is of_a_layer)], *others]
        with pikepdf.open(io.BytesIO(page(content))) as pdf:
            change(pdf, other=other)
            return saved(pdf)

    looker.judged(changed(other=False), looker.last)
    pdf = changed(other=True)
    found = looker.judged(pdf, looker.last)
    assert looker.shown == 18
    assert found == looker.judged(pdf, None)


def test_where_what_stays_open_began_is_counted_anew(looker: Looker) -> None:
    """Marks are added before a q and after it; then its Q is lost."""
    begun, type_ = "0 0 0 .5 k 9 9 2 2 re f", "BT 0 0 0 1 k 1 0 0 1 20 {} Tm /F1 6 Tf <0001> Tj ET"
    rest = [type_.format(150), type_.format(120), type_.format(90)]
    pages = [
        [begun, "q", begun, *rest, "Q"],
        [begun, begun, begun, "q", begun, begun, *rest, "Q"],
        [begun, begun, begun, "q", begun, begun, *rest[:2], type_.format(60)],
    ]
    for content in pages:
        pdf = page([content])
        with pikepdf.open(io.BytesIO(pdf)) as document:
            looker.last.next("page 1", hashed(document), held=True)
            trail = looker.last.trail()
            events = walk(document.pages[0], trail=trail)
            assert list(map(repr, events)) == list(map(repr, walk(document.pages[0])))
        assert trail is not None
        looker.last.followed = trail.followed


def test_a_page_is_held_from_the_second_time_on_that_it_is_judged() -> None:
    pdf = page(lines(4))
    last = LastPage()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        hashes = hashed(document)
        last.next("a 1", hashes, held=False)
        assert last.trail() is None
        last.next("a 1", hashes, held=False)
        assert last.trail() is not None
        last.next("b 1", hashes, held=False)
        assert last.trail() is None
