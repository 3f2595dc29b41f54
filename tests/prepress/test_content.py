"""Content streams as instructions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.prepress.content import PATH, MalformedContentError, instructions, numbers, painting, steps, tokens


def operators(data: bytes) -> list[tuple[list[bytes], bytes]]:
    return [(tokens(found.operands), found.operator) for found in instructions(data)]


def test_every_kind_of_operand():
    data = (
        b"q /a1.0 gs -.5 +1 0. scn % a comment (\n[<11cf>0 (a(b)c\\)) -3.25] TJ [] 0 d\n"
        b"/Span << /MCID 0 /A [1 2] /T (x) >> BDC true ri (x)' 1 2 (y)\" f* EMC Q"
    )
    assert operators(data) == [
        ([], b"q"), ([b"/a1.0"], b"gs"), ([b"-.5", b"+1", b"0."], b"scn"), ([b"[<11cf>0 (a(b)c\\)) -3.25]"], b"TJ"),
        ([b"[]", b"0"], b"d"), ([b"/Span", b"<< /MCID 0 /A [1 2] /T (x) >>"], b"BDC"), ([b"true"], b"ri"),
        ([b"(x)"], b"'"), ([b"1", b"2", b"(y)"], b'"'), ([], b"f*"), ([], b"EMC"), ([], b"Q"),
    ]  # fmt: skip


def test_offsets_cut_the_stream_without_loss():
    data = b"  1 0 0 RG\n/F1 9 Tf(a)Tj "
    found = list(instructions(data))
    assert [data[item.start : item.end] for item in found] == [b"1 0 0 RG", b"/F1 9 Tf", b"(a)Tj"]


@pytest.mark.parametrize("data", [b"q BI /W 1 ID x EI Q", b"q (open", b"1 2", b"q ] Q", b"q \xff Q"])
def test_what_is_no_row_of_instructions_is_refused(data: bytes):
    with pytest.raises(MalformedContentError):
        list(instructions(data))


@given(st.binary(max_size=200))
def test_any_bytes_end_in_instructions_or_in_a_refusal(data: bytes):
    try:
        found = list(instructions(data))
    except MalformedContentError:
        return
    for one, other in pairwise(found):
        assert one.end <= other.start


def test_numbers():
    assert numbers(b" 1 -.5\n+2. ") == [1.0, -0.5, 2.0]
    with pytest.raises(ValueError, match="could not convert"):
        numbers(b"/x 1")


def test_a_path_is_one_instruction() -> None:
    data = b"q 1 0 0 1 0 0 cm\n0 0 m\n1 2 l 3 4 5 6 7 8 c h 1 1 2 2 re W n 0 g 5 0 0 5 re\nf Q"
    found = list(painting(data))
    assert [each.operator for each in found] == [b"q", b"cm", PATH, b"W", b"n", b"g", PATH, b"f", b"Q"]
    plain = [(each.operator, each.operands.split()) for each in instructions(data)]
    whole = [
        (operator, operands.split())
        for each in found
        for operator, operands in (steps(each.operands) if each.operator == PATH else [(each.operator, each.operands)])
    ]
    assert plain == whole
    assert steps(b"0 0 m % here\n1 2 l h") == [(b"m", b"0 0 "), (b"l", b"1 2 "), (b"h", b"")]


def test_what_only_begins_like_a_path_is_none() -> None:
    data = b"0 0 0 1 k 0.5 w 1 0 0 rg 7 8 m2 /H gs (m) Tj 10 M"
    assert [each.operator for each in painting(data)] == [each.operator for each in instructions(data)]
    with pytest.raises(MalformedContentError):
        list(painting(b"0 0 m BI /W 1 ID x EI"))
    with pytest.raises(MalformedContentError):
        list(painting(b"0 0 m ]"))
