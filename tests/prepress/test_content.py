"""Content streams as instructions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.prepress.content import MalformedContentError, instructions, numbers, tokens


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
