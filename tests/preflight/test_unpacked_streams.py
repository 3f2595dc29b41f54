"""What a stream unpacks to is remembered by its packed bytes, and by nothing else."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import pikepdf
import pytest

from layout.outcome_cache import Codec, OutcomeCache
from layout.preflight.judge import job_for, judge, of_file
from layout.preflight.objects import data
from layout.preflight.record import Record
from layout.preflight.rules import file
from layout.preflight.unpacked_streams import LARGEST, UnpackedStreams, remembered
from layout.press.model import PressProfile
from preflight import support
from preflight.support import saved
from work import calls_counted

CONTENT = b"0 0 0 1 k 10 10 80 80 re f\n" * 40


def stream(document: pikepdf.Pdf, packed: bytes, **more: object) -> pikepdf.Stream:
    return document.make_stream(packed, Filter=pikepdf.Name.FlateDecode, **more)


@pytest.fixture
def document() -> pikepdf.Pdf:
    return pikepdf.new()


@pytest.fixture
def streams() -> UnpackedStreams:
    return UnpackedStreams()


def test_the_same_bytes_are_unpacked_once(document: pikepdf.Pdf, streams: UnpackedStreams) -> None:
    with remembered(streams):
        assert [data(stream(document, zlib.compress(CONTENT))) for _ in range(3)] == [CONTENT] * 3
    assert (streams.known.tally.found, streams.known.tally.missing) == (2, 1)


def test_whatever_byte_is_changed_is_seen(document: pikepdf.Pdf, streams: UnpackedStreams) -> None:
    packed, draw = zlib.compress(CONTENT), random.Random(20)
    with remembered(streams):
        assert data(stream(document, packed)) == CONTENT
        for _ in range(60):
            at = draw.randrange(len(packed))
            other = packed[:at] + bytes([packed[at] ^ 1 << draw.randrange(8)]) + packed[at + 1 :]
            with remembered(None):
                alone = data(stream(document, other))
            assert data(stream(document, other)) == alone


@pytest.mark.parametrize("packed", [
    zlib.compress(CONTENT)[:-3], zlib.compress(CONTENT) + b"more", zlib.compress(CONTENT)[:-1] + b"\x00", b"",
    zlib.compress(bytes(LARGEST + 1)),
])  # fmt: skip
def test_what_is_not_sound_to_its_last_byte_is_left_to_qpdf(
    document: pikepdf.Pdf, streams: UnpackedStreams, packed: bytes
) -> None:
    assert streams.of(stream(document, packed)) is None


def test_what_is_packed_in_any_other_way_is_left_to_qpdf(document: pikepdf.Pdf, streams: UnpackedStreams) -> None:
    packed, rows = zlib.compress(CONTENT), pikepdf.Dictionary(Predictor=12, Columns=5)
    assert streams.of(stream(document, packed, DecodeParms=rows)) is None
    twice = document.make_stream(packed, Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
    assert streams.of(twice) is None
    assert streams.of(document.make_stream(packed)) is None


def test_outside_nothing_is_remembered(document: pikepdf.Pdf, streams: UnpackedStreams) -> None:
    assert data(stream(document, zlib.compress(CONTENT))) == CONTENT
    assert streams.known.tally.missing == 0


def test_what_is_held_is_bounded_in_bytes(document: pikepdf.Pdf) -> None:
    streams = UnpackedStreams(OutcomeCache(Codec("unpacked", bytes, bytes, str), None, 3000))
    contents = [bytes([number]) * 1000 for number in range(5)]
    with remembered(streams):
        for each in contents:
            data(stream(document, zlib.compress(each)))
        assert data(stream(document, zlib.compress(contents[-1]))) == contents[-1]
        assert data(stream(document, zlib.compress(contents[0]))) == contents[0]
    assert (streams.known.tally.found, streams.known.tally.missing) == (1, 6)


def of_pages(*contents: bytes, damage: int = 0) -> bytes:
    """A file of pages with these packed contents; *damage* is to a byte of the last one's."""
    with pikepdf.new() as pdf:
        for packed in contents:
            page = pdf.add_blank_page()
            page.Contents = stream(pdf, packed)
        if damage:
            packed = contents[-1]
            pdf.pages[-1].Contents = stream(
                pdf, packed[:damage] + bytes([packed[damage] ^ 0xFF]) + packed[damage + 1 :]
            )
        return saved(pdf)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def test_what_a_page_was_found_to_unpack_is_not_unpacked_again_in_the_bound_file(
    press: PressProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(4)
    pages = [zlib.compress(b"".join(b"%d %d m " % (draw.randrange(999), draw.randrange(999)) for _ in range(4000)))
             for _ in range(2)]  # fmt: skip
    records = [Record(), Record()]
    for packed, record in zip(pages, records, strict=True):
        judge(of_pages(packed), press, record=record)
    unpacked = calls_counted(monkeypatch, file, "data")

    def told(pdf: bytes, known: Sequence[Record]) -> tuple[list[str], int]:
        before, record = unpacked(), Record()
        record.of_streams(known)
        with job_for(pdf, press, record=record) as job:
            found = [each.message.zh for each in of_file(job) if each.check == "file.sound"]
        return found, unpacked() - before

    assert told(of_pages(*pages), []) == ([], 2)
    assert told(of_pages(*pages), records) == ([], 0)
    assert told(of_pages(*pages), records[:1]) == ([], 1)
    found, count = told(of_pages(*pages, damage=300), records)
    assert found
    assert (found, count + 1) == told(of_pages(*pages, damage=300), [])
