"""What a picture's file says of itself is read from EXIF, IPTC and XMP, in whatever encoding it was written."""

from datetime import date
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from layout.errors import PictureError, Place
from layout.pictures.metadata import PictureWords, picture_words

CAPTION, CREDIT = "东闸村新建的闸口", "张三"
PLACE = Place("闸口.jpg")


def exif(
    description: bytes | str = b"", artist: bytes | str = b"", orientation: int = 1, taken: str = ""
) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    for tag, value in ((0x010E, description), (0x013B, artist)):
        if value:
            tags[tag] = value
    if taken:
        tags.get_ifd(0x8769)[0x9003] = taken
    return tags


def saved(form: str = "JPEG", **options: Any) -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 40), (200, 120, 40)).save(data, form, **options)
    return data.getvalue()


def read(data: bytes) -> PictureWords:
    return picture_words(data, PLACE)


def xmp(body: str) -> bytes:
    spaces = (
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    )
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>{body}</rdf:RDF></x:xmpmeta>'.encode()


def iptc(*fields: tuple[int, bytes]) -> bytes:
    """A JPEG with these fields of record 2 in Photoshop's block."""
    block = b"".join(b"\x1c\x02" + bytes([number]) + len(data).to_bytes(2, "big") + data for number, data in fields)
    block += b"\0" * (len(block) % 2)
    resource = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(block).to_bytes(4, "big") + block
    segment = b"\xff\xed" + (len(resource) + 2).to_bytes(2, "big") + resource
    data = saved()
    return data[:2] + segment + data[2:]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif(form: str, encoding: str) -> None:
    tags = exif(CAPTION.encode(encoding), CREDIT.encode(encoding), taken="2026:11:05 10:00:00")
    day = date(2026, 11, 5) if form != "TIFF" else None  # Pillow writes no EXIF of its own into a TIFF
    assert read(saved(form, exif=tags)) == PictureWords((60, 40), False, CAPTION, CREDIT, day, "EXIF")


def test_windows_own_tags() -> None:
    tags = exif()
    tags[0x9C9C] = f"{CAPTION}\0".encode("utf-16-le")
    tags[0x9C9D] = f"{CREDIT}\0".encode("utf-16-le")
    found = read(saved(exif=tags))
    assert (found.caption, found.credit) == (CAPTION, CREDIT)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_iptc(encoding: str) -> None:
    data = iptc((120, CAPTION.encode(encoding)), (80, CREDIT.encode(encoding)), (55, b"20261105"))
    assert read(data) == PictureWords((60, 40), False, CAPTION, CREDIT, date(2026, 11, 5), "IPTC")


@pytest.mark.parametrize(
    "body",
    [
        f'<rdf:Description dc:description="{CAPTION}" dc:creator="{CREDIT}" xmp:CreateDate="2026-11-05T10:00:00"/>',
        f"<rdf:Description><dc:description><rdf:Alt><rdf:li>{CAPTION}</rdf:li><rdf:li>English</rdf:li></rdf:Alt>"
        f"</dc:description><dc:creator><rdf:Seq><rdf:li>{CREDIT}</rdf:li></rdf:Seq></dc:creator>"
        "<photoshop:DateCreated>2026-11-05</photoshop:DateCreated></rdf:Description>",
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_xmp(body: str, form: str) -> None:
    assert read(saved(form, xmp=xmp(body))) == PictureWords((60, 40), False, CAPTION, CREDIT, date(2026, 11, 5), "XMP")


def test_xmp_is_believed_before_exif_and_gaps_are_filled() -> None:
    tags = exif("旧的图说".encode(), CREDIT.encode())
    found = read(saved(exif=tags, xmp=xmp(f'<rdf:Description dc:description="{CAPTION}"/>')))
    assert (found.caption, found.credit, found.source) == (CAPTION, CREDIT, "XMP")


@pytest.mark.parametrize("words", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "dav", "oplus_1048608", "Screenshot", " "])
def test_what_cameras_write_is_no_caption(words: str) -> None:
    assert read(saved(exif=exif(words))).caption == ""


@pytest.mark.parametrize("words", ["??", "??????", "？？", "-", "©"])
def test_question_marks_of_a_program_without_han_are_no_words(words: str) -> None:
    found = read(saved(exif=exif(words, words.encode())))
    assert (found.caption, found.credit, found.source) == ("", "", "")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_size_is_that_of_the_upright_picture(orientation: int) -> None:
    found = read(saved(exif=exif(orientation=orientation)))
    assert found.size == ((40, 60) if orientation in (6, 8) else (60, 40))
    assert found.turned is (orientation != 1)


def test_a_telephone_s_heic() -> None:
    data = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (120, 80))).save(data, quality=60, exif=exif(CAPTION.encode()).tobytes())
    found = read(data.getvalue())
    assert (found.size, found.caption) == ((120, 80), CAPTION)


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b"<x:xmpmeta><broken",
        b"\xff\xfe\x00",
        b"<x>" + b"y" * 1_000_001 + b"</x>",
    ],
)
def test_an_xmp_packet_that_cannot_be_believed_says_nothing(packet: bytes) -> None:
    assert read(saved("WEBP", xmp=packet)) == PictureWords((60, 40), False)


def test_a_damaged_iptc_block_says_nothing() -> None:
    data = iptc((120, CAPTION.encode()))
    broken = data.replace(b"\x1c\x02\x78", b"\x1c\x02\xff\xff\xff")
    assert read(broken).size == (60, 40)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PictureError):
        read(b"no picture at all")
