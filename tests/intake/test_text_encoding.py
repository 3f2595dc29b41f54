"""The encoding of a text file is found, on copy as short as a headline; bytes that make no character are named."""

import random

import pytest

import soak
from intake.received_text import TRADITIONAL, paragraphs
from layout.errors import ManuscriptError
from layout.intake.text_encoding import decode_text

NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp950": "BIG5",
}


@pytest.mark.soak
@pytest.mark.parametrize("codec", NAMES)
@pytest.mark.parametrize("length", [8, 15, 40, 200])
def test_pieces_of_copy_are_read_in_every_encoding(codec: str, length: int) -> None:
    choose = random.Random(f"{codec} {length}")
    source = "".join(TRADITIONAL) if codec == "cp950" else "".join(paragraphs(choose, 7) + paragraphs(choose, 7))
    wrong, tried = 0, soak.amount(sample=25, full=600)
    for _ in range(tried):
        start = choose.randrange(max(len(source) - length, 1))
        piece = source[start : start + length].strip()
        decoded = decode_text(piece.encode(codec), "稿.txt")
        wrong += (decoded.text, decoded.encoding, decoded.lost) != (piece, NAMES[codec], ())
    assert wrong <= (tried // 100 if length < 15 else 0)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_no_copy(codec: str) -> None:
    assert decode_text("屯留".encode(codec), "稿.txt").text == "屯留"


def test_a_word_that_is_also_utf_8_is_not_taken_for_it() -> None:
    # Two bytes of GBK may happen to be one character of UTF-8: here all of them are.
    data = "移动".encode("gb18030") + "聊天".encode("gb18030")
    assert decode_text(data, "稿.txt").text == "移动聊天"
    assert decode_text("屯留区．２０２６年".encode("gb18030"), "稿.txt").text == "屯留区．２０２６年"


def test_line_ends_of_other_systems_are_line_ends() -> None:
    assert decode_text("甲\r\n乙\r丙".encode(), "稿.txt").text == "甲\n乙\n丙"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_broken_bytes_are_named_with_their_place(codec: str) -> None:
    before, after = "全区重点项目建设加快推进。\r\n总投资".encode(codec), "亿元，经济运行稳中有进。".encode(codec)
    decoded = decode_text(before + b"\xff" + after, "稿.txt")
    assert decoded.text == "全区重点项目建设加快推进。\n总投资\ufffd亿元，经济运行稳中有进。"
    ((place, data),) = [(each.place, each.data) for each in decoded.lost]
    assert (place.line, place.column, data[:1]) == (2, 4, b"\xff")


def test_a_file_that_broke_off_in_a_character_loses_that_alone() -> None:
    decoded = decode_text("经济运行稳中有进，发展活力持续迸发。".encode()[:-1], "稿.txt")
    assert decoded.text == "经济运行稳中有进，发展活力持续迸发\ufffd"
    assert [each.data for each in decoded.lost] == ["。".encode()[:-1]]


def test_a_long_file_is_read_whole_by_what_its_beginning_is_in() -> None:
    text = "全区上下深入推进转型发展。\n" * 8000
    decoded = decode_text(text.encode("gb18030")[:-3] + b"\xff\n", "稿.txt")
    assert decoded.text == text[:-2] + "\ufffd\n"
    assert [(each.place.line, each.place.column) for each in decoded.lost] == [(8000, 13)]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 200, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4])
def test_what_is_no_text_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ManuscriptError) as caught:
        decode_text(data, "稿.txt")
    assert "不是文字" in caught.value.message.zh
    assert caught.value.hint is not None


def test_two_encodings_that_fit_alike_are_both_named() -> None:
    assert decode_text("龘".encode("gb18030"), "稿.txt").doubtful is not None
    assert decode_text("经济运行稳中有进，发展活力持续迸发。".encode("gb18030"), "稿.txt").doubtful is None
