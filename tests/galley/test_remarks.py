"""Which of the composer's remarks become findings."""

import pytest

from layout.checks import room_checks
from layout.composer.model import Remark
from layout.errors import Place
from layout.galley.line_hints import overlong_hint
from layout.galley.paragraph_setter import is_seen
from layout.manuscript.model import Paragraph, Run


@pytest.mark.parametrize(
    ("remark", "seen"),
    [
        (Remark(0, "very_loose", 0.34, missing=0.03), False),
        (Remark(0, "short_address", 0.34, missing=0.09), False),
        (Remark(0, "very_loose", 0.4, missing=0.11), True),
        (Remark(0, "loose", 0.15), True),
        (Remark(0, "overlong", 0.05), True),
        (Remark(0, "torn_item", 0.0, "通|讯员"), False),
        (Remark(0, "torn_item", 0.0, "罗志|远"), True),
    ],
)
def test_a_line_hardly_short_is_a_line_like_others(remark: Remark, seen: bool) -> None:
    assert is_seen(remark) == seen


def paragraph(kind: str, words: str, *, firm: bool = False) -> Paragraph:
    return Paragraph(kind, (Run(words, Place("a.md", 1, 1)),), firm=firm)


def test_who_may_not_change_the_copy_can_protect_a_word_of_it() -> None:
    check = room_checks("galley")["line.torn_item"]
    for hint, change in ((check.hint(), True), (check.hint(firm=True), False)):
        assert hint is not None
        assert "protected" in hint.zh
        assert ("增减" in hint.zh) == change


@pytest.mark.parametrize(
    ("kind", "firm", "protected", "told"),
    [
        ("headline", False, (), "打 ／ 断行，或缩短它。"),
        ("headline", True, (), "打 ／ 断行。"),
        ("body", False, ("长治市",), "缩短它。"),
        ("body", False, ("人大常委会主任",), "缩短它，或从 protected 里去掉它。"),
        ("body", True, ("人大常委会主任",), "从 protected 里去掉它。"),
        ("body", True, (), "请美编放宽这个框，或加一档更小的字号。"),
    ],
)
def test_a_line_that_sticks_out_is_mended_by_what_it_is(
    kind: str, firm: bool, protected: tuple[str, ...], told: str
) -> None:
    hint = overlong_hint("区人大常委会主任", paragraph(kind, "区人大常委会主任", firm=firm), protected)
    assert hint.editor is not None
    assert hint.designer is not None
    assert hint.editor.zh == told
