"""Pictures that need more than decoding: line art, sixteen bits, clear parts, type on them, telephones' HEIC."""

import io
import pickle
import struct
import sys
import zlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

import painting
from layout.errors import PictureError
from layout.pictures import prepare
from layout.prepress import finish
from layout.prepress.painted_objects import restore_pictures
from layout.press import PressProfile
from pictures.support import four_corners, inks, most_ink, ready, saved
from pictures.test_sources import cmyk_patch, without_adobe


def checks(picture) -> list[str]:
    return [finding.check for finding in picture.findings]


# -- line art ----------


def drawing(width: int = 900, height: int = 600) -> Image.Image:
    return four_corners(width, height).convert("L").point(lambda value: 255 * (value > 100)).convert("1")


def on_a_page(picture, profile: PressProfile, ground: str = "none", *more) -> bytes:
    html = (
        "<html lang=zh><style>@page { size: 100pt 80pt; margin: 10pt } body { margin: 0 } "
        "img { display: block; width: 72pt; height: 48pt;"
        f" background: {ground} }}</style>"
    ) + "".join(f"<img src='{each.path.as_uri()}'>" for each in (picture, *more))
    raw, objects = painting.painted(html, [picture, *more])
    return finish(
        raw, objects=objects, profile=profile, title="线条图", document_date=datetime(2026, 2, 4), trim=(100, 80)
    )


def test_line_art_is_one_bit_on_the_page(tmp_path: Path, newsprint: PressProfile, store: Path):
    picture = ready(saved(tmp_path, drawing(), "a.png"), newsprint, store)
    assert picture.pixels == (900, 600)
    with Image.open(picture.path) as stand_in:
        assert stand_in.size == (200, 133)  # no larger than a photograph would be
    with pikepdf.open(io.BytesIO(on_a_page(picture, newsprint))) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert (image.Width, image.Height, image.BitsPerComponent, bool(image.ImageMask)) == (900, 600, 1, True)
        assert "/ColorSpace" not in image
        assert Image.frombytes("1", (900, 600), image.read_bytes()).tobytes() == drawing().tobytes()
        content = pdf.pages[0].Contents.read_bytes()
        assert b"0 0 0 1 k /LayoutOverprint gs" in content


def test_line_art_lets_the_tint_through_and_prints_over_it(tmp_path: Path, newsprint: PressProfile, store: Path):
    from layout.proof.plates import plate_images

    picture = ready(saved(tmp_path, drawing(), "a.png"), newsprint, store)
    plates = plate_images(on_a_page(picture, newsprint, "device-cmyk(.4 0 0 0)"), 0, 144)
    inside = (24, 24, 160, 112)
    assert plates["C"].crop(inside).getextrema() == (102, 102)  # whole, under black and between
    assert plates["K"].crop(inside).getextrema() == (0, 255)
    assert plates["M"].getextrema() == (0, 0)


def test_line_art_passes_the_judges(tmp_path: Path, newsprint: PressProfile, store: Path):
    import page

    from layout.checks import Severity
    from layout.preflight.expected import Expected
    from layout.preflight.judge import judge

    pdf = on_a_page(ready(saved(tmp_path, drawing(), "a.tif"), newsprint, store), newsprint)
    assert page.validate_pdf_bytes(pdf, profile="2b").failures == []
    found = judge(pdf, newsprint, Expected(pages=1, trim=(100, 80), title="线条图"))
    assert [finding.message.en for finding in found if finding.severity >= Severity.ERROR] == []


def test_fine_line_art_is_reduced_to_the_plates_resolution(tmp_path: Path, newsprint: PressProfile, store: Path):
    picture = ready(saved(tmp_path, drawing(2400, 1600), "a.png"), newsprint, store)
    assert picture.pixels == (1000, 667)


def test_a_large_drawing_keeps_every_bit(tmp_path: Path, newsprint: PressProfile, store: Path):
    noise = Image.effect_noise((1000, 1000), 200).point(lambda value: 255 * (value > 128)).convert("1")
    picture = ready(saved(tmp_path, noise, "n.png"), newsprint, store, width=72, height=72)
    with pikepdf.open(io.BytesIO(on_a_page(picture, newsprint))) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert Image.frombytes("1", (1000, 1000), image.read_bytes()).tobytes() == noise.tobytes()


# -- sixteen bits ----------


def sixteen_png(values: list[int], width: int, icc: bytes = b"") -> bytes:
    rows = b"".join(b"\0" + struct.pack(f">{width}H", *values[i : i + width]) for i in range(0, len(values), width))
    height = len(values) // width
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0))]
    chunks += [(b"iCCP", b"p\0\0" + zlib.compress(icc))] if icc else []
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def sixteen_tiff(values: list[int], width: int, photometric: int) -> bytes:
    data, height = struct.pack(f"<{len(values)}H", *values), len(values) // width
    entries = [(256, 3, width), (257, 3, height), (258, 3, 16), (259, 3, 1), (262, 3, photometric), (273, 4, 122),
               (277, 3, 1), (278, 3, height), (279, 4, len(data))]  # fmt: skip
    directory = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, kind, 1, v) for tag, kind, v in entries
    )
    return b"II*\0\x08\0\0\0" + directory + struct.pack("<I", 0) + data


def ramp(top: int) -> list[int]:
    return [round(column / 59 * top) for _ in range(40) for column in range(60)]


def blacks(picture) -> list[int]:
    return [inks(picture, (at, 0.5))[3] for at in (0.02, 0.25, 0.5, 0.75, 0.98)]


@pytest.fixture
def soft(newsprint: PressProfile) -> PressProfile:
    return replace(newsprint, sharpen=replace(newsprint.sharpen, percent=0))


def test_sixteen_bits_keep_their_tones(tmp_path: Path, soft: PressProfile, store: Path):
    eight = Image.new("L", (60, 40))
    eight.putdata([round(value / 257) for value in ramp(65535)])
    wanted = blacks(ready(saved(tmp_path, eight, "8.png"), soft, store))
    files = {
        "16.png": sixteen_png(ramp(65535), 60),
        "16.tif": sixteen_tiff(ramp(65535), 60, photometric=1),
        "white-is-zero.tif": sixteen_tiff([65535 - value for value in ramp(65535)], 60, photometric=0),
        "12.png": sixteen_png(ramp(4095), 60),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        picture = ready(tmp_path / name, soft, store)
        assert blacks(picture) == pytest.approx(wanted, abs=2), name
        assert ("picture.twelve-bits" in checks(picture)) == (name == "12.png")


def test_a_linear_scan_keeps_its_shadows(tmp_path: Path, soft: PressProfile, store: Path):
    """Gamma 1.0: the deepest tenth of the shadows has few of 256 linear steps, and many of 65536."""
    linear = _linear_gray()
    values = [round((column / 59) ** 2.2 * 65535) for _ in range(40) for column in range(60)]
    (tmp_path / "linear.png").write_bytes(sixteen_png(values, 60, linear))
    picture = ready(tmp_path / "linear.png", soft, store)
    assert picture.icc_source.startswith("embedded")
    eight = Image.new("L", (60, 40))
    eight.putdata([round(value / 257) for value in ramp(65535)])
    plain = ready(saved(tmp_path, eight, "8.png"), soft, store)
    assert blacks(picture) == pytest.approx(blacks(plain), abs=4)
    with Image.open(picture.path) as image:
        row = image.getchannel("K").crop((0, 20, 15, 21))
        assert len(set(row.get_flattened_data())) >= 12


def _linear_gray() -> bytes:
    """A gray profile of gamma 1.0, D50, written by hand (ICC.1:2010)."""
    text = b"desc\0\0\0\0" + struct.pack(">I", 7) + b"linear\0" + b"\0" * 78
    text += b"\0" * (-len(text) % 4)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    curve = b"curv\0\0\0\0" + struct.pack(">I", 0)
    tags, body, offset = [], b"", 128 + 4 + 12 * 3
    for name, data in ((b"desc", text), (b"wtpt", white), (b"kTRC", curve)):
        tags.append(name + struct.pack(">II", offset + len(body), len(data)))
        body += data
    size = offset + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02400000, b"mntr", b"GRAY", b"XYZ ") + b"\0" * 12 + b"acsp"
    header += b"\0" * 28 + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D) + b"\0" * 48
    return header[:128].ljust(128, b"\0") + struct.pack(">I", 3) + b"".join(tags) + body


# -- clear parts ----------


def clear_half() -> Image.Image:
    image = Image.new("RGBA", (60, 40), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (30, 0, 60, 40))
    return image


def test_clear_parts_show_the_ground_of_the_box(tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, clear_half(), "t.png")
    picture = ready(path, newsprint, store, ground=(0, 0.1, 0.3, 0))
    assert inks(picture, (0.9, 0.5)) == pytest.approx((0, 10, 30, 0), abs=1)
    assert inks(picture, (0.1, 0.5)) == pytest.approx(inks(ready(path, newsprint, store), (0.1, 0.5)), abs=2)
    assert "picture.transparent" in checks(picture)


def test_half_clear_is_half_the_ground_and_no_dark_edge(tmp_path: Path, soft: PressProfile, store: Path):
    half = Image.new("RGBA", (60, 40), (255, 255, 255, 128))
    picture = ready(saved(tmp_path, half, "h.png"), soft, store, ground=(0, 0, 0.6, 0))
    assert inks(picture, (0.5, 0.5)) == pytest.approx((0, 0, 30, 0), abs=1)
    white = Image.new("RGBA", (900, 600), (0, 0, 0, 0))  # clear black beside white: no black may bleed in
    white.paste((255, 255, 255, 255), (0, 0, 450, 600))
    edge = ready(saved(tmp_path, white, "e.png"), soft, store, ground=(0, 0, 0, 0))
    assert max(inks(edge, (at / 100, 0.5))[3] for at in range(40, 60)) <= 2


def test_clear_parts_let_the_page_through(tmp_path: Path, newsprint: PressProfile, store: Path):
    import page

    from layout.checks import Severity
    from layout.preflight.expected import Expected
    from layout.preflight.judge import judge
    from layout.proof.plates import plate_images

    image = clear_half().resize((900, 600), Image.Resampling.NEAREST)
    picture = ready(saved(tmp_path, image, "t.png"), newsprint, store)
    pdf = on_a_page(picture, newsprint, "device-cmyk(0 0 .4 0)")
    yellow = plate_images(pdf, 0, 72)["Y"]
    assert yellow.getpixel((75, 40)) == 102  # through the clear half, the tint as it is
    assert yellow.getpixel((20, 40)) > 180
    assert plate_images(pdf, 0, 72)["M"].getpixel((75, 40)) == 0
    assert page.validate_pdf_bytes(pdf, profile="2b").failures == []
    found = judge(pdf, newsprint, Expected(pages=1, trim=(100, 80), title="线条图"))
    assert [finding.message.en for finding in found if finding.severity >= Severity.ERROR] == []


def white_logo(shape: str) -> Image.Image:
    image = Image.new("RGBA", (900, 600), (255, 255, 255, 0))
    getattr(ImageDraw.Draw(image), shape)((150, 100, 750, 500), fill=(255, 255, 255, 255))
    return image


def test_two_white_logos_keep_their_own_shapes(tmp_path: Path, newsprint: PressProfile, store: Path):
    """Their JPEGs are alike to the last byte: all white. Only their masks differ."""
    shapes = ("rectangle", "ellipse")
    logos = [ready(saved(tmp_path, white_logo(shape), f"{shape}.png"), newsprint, store, height=24) for shape in shapes]
    assert logos[0].path.read_bytes() == logos[1].path.read_bytes()
    pdf = on_a_page(logos[0], newsprint, "device-cmyk(.5 0 0 0); height: 24pt !important", logos[1])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        masks = [image.SMask for image in document.pages[0].Resources.XObject.values()]
        found = {mask.read_bytes() for mask in masks}
    assert len(masks) == 2
    assert found == {zlib.decompress(logo.restored.deflated) for logo in logos}
    assert len(found) == 2


@pytest.mark.parametrize("image", [drawing(), clear_half()], ids=["line art", "transparency"])
def test_the_jpeg_carries_nothing_but_its_pixels(image, tmp_path: Path, newsprint: PressProfile, store: Path):
    picture = ready(saved(tmp_path, image, "p.png"), newsprint, store)
    with Image.open(picture.path) as jpeg:
        assert {name for name, _ in jpeg.applist} <= {"APP0", "APP14"}
    assert pickle.loads(pickle.dumps(picture)) == picture


def test_numbers_of_another_pdf_are_refused(newsprint: PressProfile, tmp_path: Path, store: Path):
    picture = ready(saved(tmp_path, clear_half(), "t.png"), newsprint, store)
    raw, objects = painting.painted(f"<img src='{picture.path.as_uri()}'>", [picture])
    ((number, mask),) = objects.pictures.items()
    with pikepdf.open(io.BytesIO(raw)) as document, pytest.raises(ValueError, match="is no picture"):
        restore_pictures(document, {number + 1: mask})


# -- ink, and CMYK from elsewhere ----------


def test_black_type_on_a_picture_counts_towards_the_limit(tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, Image.new("CMYK", (60, 40), (230, 200, 80, 0)), "d.tif")
    bare, under = ready(path, newsprint, store), ready(path, newsprint, store, under_type=True)
    assert bare.content_hash != under.content_hash
    *colours, _ = inks(under, (0.5, 0.5))
    assert sum(colours) + 100 <= newsprint.ink_limit
    assert sum(inks(bare, (0.5, 0.5))[:3]) + 100 > newsprint.ink_limit
    assert most_ink(under.path.read_bytes()) <= newsprint.ink_limit
    assert under.max_ink <= newsprint.ink_limit


@pytest.mark.parametrize("kind", ["adobe", "plain"])
def test_cmyk_jpeg_with_a_profile_either_way_round(kind: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    coated = (newsprint.icc.parent / "FOGRA39L_coated.icc").read_bytes()
    probe = io.BytesIO()
    patch = cmyk_patch() if kind == "adobe" else ImageChops.invert(cmyk_patch())
    patch.save(probe, "JPEG", quality=95, icc_profile=coated)
    data = probe.getvalue() if kind == "adobe" else without_adobe(probe.getvalue())
    (tmp_path / "k.jpg").write_bytes(data)
    picture = ready(tmp_path / "k.jpg", newsprint, store)
    tiff = ready(saved(tmp_path, cmyk_patch(), "k.tif", icc_profile=coated), newsprint, store)
    assert picture.icc_source.startswith("embedded")
    assert inks(picture, (0.5, 0.5)) == pytest.approx(inks(tiff, (0.5, 0.5)), abs=2)
    assert ImageCms  # the conversion itself is looked at in test_sources


# -- HEIC ----------


def test_heic_is_read(tmp_path: Path, newsprint: PressProfile, store: Path):
    pillow_heif.from_pillow(four_corners(120, 80)).save(tmp_path / "p.heic", quality=95)
    picture = ready(tmp_path / "p.heic", newsprint, store)
    assert picture.source_pixels == (120, 80)
    assert inks(picture, (0.8, 0.8)) == pytest.approx((0, 0, 0, 0), abs=3)
    assert inks(picture, (0.2, 0.2))[1] > 60


def test_heic_without_the_decoder_says_what_to_install(tmp_path: Path, newsprint, store: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    (tmp_path / "p.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64)
    with pytest.raises(PictureError) as caught:
        prepare(tmp_path / "p.heic", box_width_pt=72, box_height_pt=48, profile=newsprint, cache_dir=store)
    assert "pip install pi-heif" in caught.value.hint.en


@pytest.mark.parametrize("cut", [40, 200, 0.5])
def test_broken_heic_is_refused(cut: float, tmp_path: Path, newsprint: PressProfile, store: Path):
    pillow_heif.from_pillow(four_corners(120, 80)).save(tmp_path / "p.heic", quality=95)
    data = (tmp_path / "p.heic").read_bytes()
    (tmp_path / "c.heic").write_bytes(data[: cut if cut >= 1 else int(len(data) * cut)])
    with pytest.raises(PictureError):
        ready(tmp_path / "c.heic", newsprint, store)


def test_gray_with_clear_parts_keeps_its_gray_profile(tmp_path: Path, soft: PressProfile, store: Path):
    gray = Image.new("LA", (60, 40), (128, 255))
    gray.putpixel((0, 0), (0, 0))
    opaque = ready(saved(tmp_path, Image.new("L", (60, 40), 128), "l.png", icc_profile=_linear_gray()), soft, store)
    clear = ready(saved(tmp_path, gray, "la.png", icc_profile=_linear_gray()), soft, store)
    assert clear.icc_source == opaque.icc_source
    assert inks(clear, (0.5, 0.5)) == pytest.approx(inks(opaque, (0.5, 0.5)), abs=1)
