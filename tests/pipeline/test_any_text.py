"""Any text, from the manuscript to the finished page and back: set and accounted for, or named with its place."""

from pathlib import Path

import pytest

from layout.checks import Severity
from layout.errors import LayoutError
from layout.preflight.reading import PageChar
from layout.preflight.text import account, read_text
from pipeline.small_issue import built, make_issue

pytestmark = pytest.mark.slow

SET = {
    "Ext A": "㐂㑇䶮",
    "compatibility ideographs": "豈更﨑",
    "variation selectors": "辻\U000e0100区葛\ufe00飾",
    "combining marks": "e\u0301x a\u0300 m\u0300 ê\u0304",
    "no-break space": "天\u00a0地10\u00a0km",
    "zero width": "天\u200b地\u2060玄\u200c宇\u200d宙",
    "bidi controls": "天\u202a地\u202c玄\u2067黄\u2069宇\u200e宙",
    "full-width ASCII": "ＡＢＣ１２３％！（）",
    "odd spaces": "天\u2003地\u2009玄\u202f黄\u200a宇",
    "two characters of one glyph": "一⼀",
    "ligatures": "天ﬁ地oﬀer、ﬂow、oﬃce、ﬄ与office",
    "ligature in a run that tells its text": "e\u0301ﬁoﬃce一⼀",
    "soft hyphen, unused": "天co\u00adop地",
    "soft hyphen, used": "天地玄黄宇宙洪荒inter\u00adnational地玄黄",
    "soft hyphen before a space": "天地co\u00ad op",
    "hyphens": "well-known well\u2010known well\u2011known",
    "Greek, Cyrillic": "αβγ Привет",
    "symbols": "№℃‰㎡①★※→",
}

NAMED = {
    "Ext B": ("\U00020bb7", "U+20BB7"),
    "Ext C": ("\U0002a700", "U+2A700"),
    "Ext D": ("\U0002b740", "U+2B740"),
    "Ext E": ("\U0002b820", "U+2B820"),
    "Ext F": ("\U0002ceb0", "U+2CEB0"),
    "Ext G": ("\U00030edd", "U+30EDD"),
    "emoji": ("\U0001f600", "U+1F600"),
    "emoji in a ZWJ sequence": ("\U0001f468\u200d\U0001f469\u200d\U0001f466", "U+1F468"),
    "flag": ("\U0001f1e8\U0001f1f3", "U+1F1E8"),
    "skin tone": ("\u270a\U0001f3fd", "U+270A"),
    "private use": ("\ue000", "U+E000"),
    "Thai": ("ส", "U+0E2A"),
    "control": ("\x07", "U+0007"),
    "keycap": ("1\ufe0f\u20e3", "U+20E3"),
    "combining mark on Han": ("一\u0308", "U+0308"),
}

LOSABLE = "天地ﬁ玄co\u00adop黄\u202a辻\U000e0100e\u0301宙\u200d寒"
"""Characters that a reader of PDF might pass over."""


@pytest.mark.parametrize("text", SET.values(), ids=SET.keys())
def test_what_the_faces_have_is_set_both_ways_and_accounted_for(tmp_path: Path, text: str) -> None:
    made = built(make_issue(tmp_path / "x", f"天地{text}玄黄", f"天地{text}玄黄"))
    errors = [one for one in made.findings if one.severity is Severity.ERROR]
    assert {one.check for one in errors} <= {"line.very_loose"}  # a long word in this narrow column: told, and set
    for one in errors:
        assert float(one.amount["missing"]) > 0
        assert float(one.amount["gap"]) > 0.33
    characters = made.report["characters"]
    assert characters["set"] == characters["manuscript"] == 3 + 2 * len("".join(f"天地{text}玄黄".split()))
    assert {face for frame in made.pages for face in faces(frame)} >= {"song-400"}


def faces(page: object) -> set[str]:
    return {one.cluster.face for line in page.lines for one in line.line.placed if one.cluster.glyphs}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("text", "code"), NAMED.values(), ids=NAMED.keys())
def test_what_no_face_has_is_named_with_its_place(tmp_path: Path, text: str, code: str) -> None:
    folder = make_issue(tmp_path / "x", f"天地\n玄黄{text}宇宙")
    with pytest.raises(LayoutError) as caught:
        built(folder)
    assert code in f"{caught.value.message.zh}{caught.value.message.en}"
    place = caught.value.place
    assert place is not None
    assert place.file.endswith("a.md")
    assert (place.line, place.column) == (7, 3 + text.index(chr(int(code[2:], 16))))


def test_notes_in_two_rows_are_read_in_order_and_accounted_for(tmp_path: Path) -> None:
    text = (
        "屯留区[（今属山西省长治市，古称余吾，汉置县，属上党郡，唐改隶潞州。）]{.jiazhu}深化改革[全长2026米]{.jiazhu}。"
    )
    made = built(make_issue(tmp_path / "x", text, text))
    assert not [one for one in made.findings if one.severity is Severity.ERROR]
    copy = "屯留区（今属山西省长治市，古称余吾，汉置县，属上党郡，唐改隶潞州。）深化改革全长2026米。"
    read = "".join(char.text for char in read_text(made.pdf, 0))
    assert f"横{copy}竖{copy}" in read
    assert made.report["characters"]["set"] == 3 + 2 * len(copy)
    scales = {one.cluster.text: one.scale for line in made.pages[0].lines for one in line.line.placed}
    assert (scales["（"], scales["今"], scales["深"]) == (1.0, 0.5, 1.0)


def test_the_next_face_of_the_list_steps_in_and_is_recorded(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "x", "“天”㐂A", style='font-family: "Kai 400", "Song 400"')
    made = built(folder)
    found = {one.cluster.text: one.cluster.face for line in made.pages[0].lines for one in line.line.placed}
    assert (found["天"], found["A"]) == ("kai-400", "kai-400")
    assert (found["“"], found["㐂"]) == ("song-400", "song-400")
    assert not [one for one in made.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("at", range(len(LOSABLE)), ids=lambda at: f"U+{ord(LOSABLE[at]):04X}")
def test_a_character_that_the_page_lost_or_added_is_found(at: int, losable: list[PageChar]) -> None:
    """The page read against copy that has one character less, one more, or another in its place."""
    less, more = LOSABLE[:at] + LOSABLE[at + 1 :], LOSABLE[: at + 1] + "\u2063" + LOSABLE[at + 1 :]
    other = LOSABLE[:at] + "\u2063" + LOSABLE[at + 1 :]
    assert account(losable, [LOSABLE]).complete
    for wrong in (less, more, other):
        assert not account(losable, [wrong]).complete


@pytest.fixture(scope="module")
def losable(tmp_path_factory: pytest.TempPathFactory) -> list[PageChar]:
    """The characters of a page of it, all before the copy left out."""
    made = built(make_issue(tmp_path_factory.mktemp("x") / "x", LOSABLE))
    chars = read_text(made.pdf, 0)
    return chars[[char.text for char in chars].index("横") + 1 :]
