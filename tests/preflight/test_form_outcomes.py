"""A form whose outcome is remembered is judged as one that is followed: the same events, whatever stands in it."""

from __future__ import annotations

import io
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from layout.outcome_cache import OutcomeCache
from layout.preflight.events import Event, PathPainted
from layout.preflight.form_outcomes import FormOutcome, known_forms
from layout.preflight.judge import judge
from layout.preflight.last_page import LastPage
from layout.preflight.page_objects import hashed
from layout.preflight.rule_thickness import Ruler
from layout.preflight.walk import FileContext, walk
from layout.press.model import PressProfile
from preflight import support
from preflight.support import EXPECTED, clean_pdf, saved
from soak import SEED, amount
from work import calls_counted

PLAIN = (
    "q", "q", "Q", "Q", "0.2 0 0 0 k", "0 0 0 1 K", "1 0 0 rg", "0.5 g", "{a} w", "1 J", "[2 1] 0 d",
    "/G0 gs", "/G1 gs",
    "1 0 0 1 {a} {b} cm", ".5 0 0 .5 0 0 cm", "0 1 -1 0 0 0 cm", "{a} {b} m", "{b} {a} l", "{a} 0 {b} 5 9 {a} c",
    "1 {a} {b} 2 v", "h", "{a} {b} 7 .2 re", "f", "f*", "S", "s", "B", "n", "W n", "W* n", "/DeviceCMYK cs",
    "0 1 0 0 scn",
)  # fmt: skip
RARE = (
    "BT /F1 9 Tf <0001> Tj ET",
    "/Im1 Do",
    "/Fm1 Do",
    "/None gs",
    "x",
    "/P1 scn",
    "1 2 re",
    "BX",
    "/OC /L BDC",
    "EMC",
)
"""What has nothing remembered where it stands: a form that names more, or a fault."""


def content(draw: random.Random, parts: Sequence[str]) -> bytes:
    """A hundred and fifty instructions; mostly every ``Q`` has its ``q``."""
    words, open_states, balanced = [], 0, draw.random() < 0.8
    for _ in range(150):
        word = draw.choice(parts)
        if balanced and word == "Q" and not open_states:
            continue
        open_states += {"q": 1, "Q": -1}.get(word, 0)
        words.append(word.format(a=draw.randint(0, 90), b=draw.randint(0, 90)))
    return "\n".join([*words, *(["Q"] * open_states if balanced else [])]).encode()


def with_forms(seed: int) -> bytes:
    """The clean page with forms drawn on it in several states, one of them twice and one in another."""
    draw = random.Random(seed)
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        page = pdf.pages[0]
        states = Dictionary(G0=Dictionary(ca=1, CA=0.5), G1=Dictionary(OP=True, OPM=1))
        for number in range(3):
            rare = RARE if draw.random() < 0.3 else ()
            more = page.Resources if rare and draw.random() < 0.5 else Dictionary(ExtGState=states)
            form = pdf.make_stream(content(draw, (*PLAIN, *rare)))
            form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 90, 90])})
            form.Resources = more
            if draw.random() < 0.3:
                form.Group = Dictionary(S=Name.Transparency, I=draw.random() < 0.5, CS=Name.DeviceCMYK)
            page.Resources.XObject[f"/Dr{number}"] = form
        drawn = ["q 1 0 0 1 20 20 cm /Dr0 Do Q", "/Dr0 Do", "q 0 1 0 0 k 3 w /Dr1 Do Q", "q 9 9 50 50 re W n /Dr1 Do Q",
                 "q .5 0 0 .5 9 9 cm /Dr2 Do Q", "q .5 0 0 .5 9 9 cm /Dr2 Do Q"]  # fmt: skip
        draw.shuffle(drawn)
        page.Contents = pdf.make_stream("\n".join(drawn).encode())
        return saved(pdf)


def events(pdf: bytes, known: OutcomeCache[FormOutcome] | None) -> tuple[Event, ...]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return walk(document.pages[0], FileContext(known=known))


def outlines(found: Sequence[Event]) -> list[object]:
    """What events do not compare."""
    return [(each.outline, each.clips) for each in found if isinstance(each, PathPainted)]


@pytest.mark.soak
def test_events_are_the_same_with_nothing_known_and_with_everything(tmp_path: Path) -> None:
    remembered = 0
    for seed in range(SEED, SEED + amount(sample=25, full=2_000)):
        pdf, known = with_forms(seed), known_forms(tmp_path / "outcomes")
        afresh = events(pdf, None)
        first = events(pdf, known)
        known.save()
        other = known_forms(tmp_path / "outcomes")
        again, from_disk = events(pdf, known), events(pdf, other)
        assert afresh == first == again == from_disk, seed
        assert outlines(afresh) == outlines(first) == outlines(again) == outlines(from_disk), seed
        remembered += other.tally.found
    assert remembered


def drawing(line: str = "5 5 40 4 re f", beside: str = "") -> bytes:
    """The clean page with a drawing of fifty squares and one line, and what the page itself paints *beside* it."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        squares = "\n".join(f"0 0 0 .{number} k {number} {number} 30 30 re f" for number in range(10, 60))
        form = pdf.make_stream(f"{squares}\n0 .3 .3 0 k {line}".encode())
        form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 99, 99])})
        form.Resources = Dictionary()
        page = pdf.pages[0]
        page.Resources.XObject.Dr = form
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes() + b"\nq 1 0 0 1 210 160 cm /Dr Do Q\n" + beside.encode()
        )
        return saved(pdf)


class Checks:
    """The checks that a file fails."""

    def __init__(self, press: PressProfile) -> None:
        self.press = press

    def __call__(self, pdf: bytes, known: OutcomeCache[FormOutcome] | None = None) -> list[str]:
        return [each.check for each in judge(pdf, self.press, EXPECTED, known=known)]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def checks(press: PressProfile) -> Checks:
    return Checks(press)


def test_a_drawing_is_followed_once_and_its_faults_are_found_every_time(checks: Checks) -> None:
    known = known_forms(None)
    found = checks(drawing("5 5 40 .01 re f"))
    assert "line.thin" in found
    assert [checks(drawing("5 5 40 .01 re f"), known) for _ in range(3)] == [found] * 3
    assert (known.tally.found, known.tally.missing) == (2, 1)


@pytest.mark.parametrize("line", ["5 5 40 .01 re f", "1 0 0 rg 5 5 40 4 re f", "5 5 40 4 re f Q"])
def test_a_changed_byte_of_a_drawing_is_seen(line: str, checks: Checks) -> None:
    known = known_forms(None)
    assert checks(drawing(), known) == checks(drawing())
    assert checks(drawing(line), known) == checks(drawing(line)) != checks(drawing())


def test_a_drawing_that_holds_more_than_paths_is_not_remembered(checks: Checks) -> None:
    known = known_forms(None)
    with pikepdf.open(io.BytesIO(drawing())) as pdf:
        pdf.pages[0].Resources.XObject.Dr.Resources = Dictionary(Font=pdf.pages[0].Resources.Font)
        more = saved(pdf)
    for _ in range(2):
        checks(more, known)
    assert known.tally.found == known.tally.missing == 0


def test_an_entry_runs_no_code(tmp_path: Path, checks: Checks) -> None:
    """What lies on disk is made of marks and colours alone: another class in it makes it none."""
    known = known_forms(tmp_path / "outcomes")
    checks(drawing(), known)
    known.save()
    (path,) = (tmp_path / "outcomes").iterdir()
    evil = pickle.dumps(((Path("/tmp"),), 1))
    path.write_bytes(known._sealed(path.stem, evil))
    reading = known_forms(tmp_path / "outcomes")
    assert checks(drawing(), reading) == checks(drawing())
    assert reading.tally.refused == 1


def test_every_page_of_a_file_has_its_drawings_judged(checks: Checks) -> None:
    """The same drawing on two pages: followed once, found on both."""
    known = known_forms(None)
    with Pdf.open(io.BytesIO(drawing("5 5 40 .01 re f"))) as pdf:
        pdf.pages.append(pdf.pages[0])
        twice = saved(pdf)
    found = [(each.check, each.page_no) for each in judge(twice, checks.press, known=known)]
    assert [page for check, page in found if check == "line.thin"] == [1, 2]
    assert (known.tally.found, known.tally.missing) == (1, 1)


def test_a_drawing_of_the_page_before_is_not_measured_again(
    press: PressProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, last, measured = known_forms(None), LastPage(), calls_counted(monkeypatch, Ruler, "_measured")
    found, counts = list[list[str]](), list[int]()
    for number, line in enumerate(("5 5 40 .01 re f", "5 5 40 .01 re f", "5 5 40 .02 re f")):
        pdf = drawing(line, f"0 1 0 0 k 30 {30 + number} 20 .01 re f")
        with pikepdf.open(io.BytesIO(pdf)) as document:
            last.next(f"page {number}", hashed(document), held=False)
        before = measured()
        found.append([each.message.zh for each in judge(pdf, press, EXPECTED, known=known, last=last)])
        counts.append(measured() - before)
        assert found[-1] == [each.message.zh for each in judge(pdf, press, EXPECTED)]
    assert counts[1] == counts[0] - 51, "only the page's own shapes"
    assert counts[2] == counts[0], "another drawing"
