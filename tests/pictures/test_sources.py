"""Every kind of file that a newsroom sends in: orientation, pixel format, colour profile."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps

from layout.checks import Finding, Severity
from layout.errors import Message, PictureError, Place
from layout.pictures import opening
from layout.pipeline.findings import FOLDED, folded
from layout.press import PressProfile
from pictures.support import CORNERS, four_corners, inks, ready, saved

UNDO = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""How a camera of each EXIF orientation stores an upright scene: the transposition that its tag undoes."""


def turned(orientation: int) -> tuple[Image.Image, Image.Exif]:
    """The four corners as stored with that tag."""
    image = four_corners()
    for transposition in [None, *Image.Transpose]:
        stored = image if transposition is None else image.transpose(transposition)
        exif = stored.getexif()
        exif[0x0112] = orientation
        probe = BytesIO()
        stored.save(probe, "PNG", exif=exif)
        if ImageOps.exif_transpose(Image.open(probe)).tobytes() == image.tobytes():
            return stored, exif
    raise AssertionError(orientation)


def hue(spot: tuple[int, ...]) -> str:
    cyan, magenta, yellow, _ = spot
    if max(cyan, magenta, yellow) < 20:
        return "right bottom"
    if cyan > 40 and magenta > 40:
        return "left bottom"
    return "right top" if cyan > magenta else "left top"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_once(orientation: int, kind: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    image, exif = turned(orientation)
    path = saved(tmp_path, image, f"o{orientation}.{kind.lower()}", format=kind, exif=exif)
    picture = ready(path, newsprint, store)
    assert picture.source_pixels == (60, 40)
    assert picture.pixels == (60, 40)
    for name in CORNERS:
        column, row = (0.2 if "left" in name else 0.8), (0.2 if "top" in name else 0.8)
        assert hue(inks(picture, (column, row))) == name


def gray_ramp(mode: str) -> Image.Image:
    ramp = Image.linear_gradient("L").rotate(90)  # white at the left, or at the right: looked up below
    return ramp.resize((60, 40)).convert(mode) if mode != "I;16" else _sixteen(ramp.resize((60, 40)))


def _sixteen(gray: Image.Image) -> Image.Image:
    wide = gray.convert("I").point(lambda value: value * 257)
    return Image.frombytes(
        "I;16", gray.size, b"".join(value.to_bytes(2, "little") for value in wide.get_flattened_data())
    )


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("L", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("I;16", "TIFF"), ("RGB", "PNG"), ("P", "GIF")],
)
def test_black_and_white_is_printed_in_black_alone(mode, kind, tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, gray_ramp(mode), f"g.{kind.lower()}", format=kind)
    picture = ready(path, newsprint, store)
    left, right = inks(picture, (0.01, 0.5)), inks(picture, (0.99, 0.5))
    dark, light = (left, right) if left[3] > right[3] else (right, left)
    assert dark[:3] == light[:3] == (0, 0, 0)
    assert dark[3] == pytest.approx(newsprint.max_tone, abs=4)
    assert light[3] <= 3
    middle = inks(picture, (0.5, 0.5))[3]
    assert 30 < middle < 75
    assert picture.facts.kind == "gray"


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_line_art_keeps_its_pixels_and_is_solid_black(kind: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    art = four_corners(900, 600).convert("L").point(lambda value: 255 * (value > 100)).convert("1")
    picture = ready(saved(tmp_path, art, f"a.{kind.lower()}", format=kind), newsprint, store)
    assert picture.facts.kind == "line art"
    assert picture.pixels == (900, 600)
    assert inks(picture, (0.1, 0.1)) == (0, 0, 0, 100)
    assert inks(picture, (0.9, 0.9)) == (0, 0, 0, 0)
    assert not [finding for finding in picture.findings if finding.check == "picture.resolution"]


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("RGB", "TIFF"), ("RGB", "BMP"), ("P", "PNG"), ("RGB", "WEBP")]
)
def test_colour_is_separated(mode: str, kind: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    path = saved(tmp_path, four_corners().convert(mode), f"c.{kind.lower()}", format=kind)
    picture = ready(path, newsprint, store)
    assert [hue(inks(picture, at)) for at in ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))] == list(CORNERS)


def test_clear_parts_are_white_in_the_stand_in_and_told(tmp_path: Path, newsprint: PressProfile, store: Path):
    image = four_corners().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    picture = ready(saved(tmp_path, image, "t.png"), newsprint, store)
    assert max(inks(picture, (0.2, 0.2))) <= 1
    assert "picture.transparent" in [finding.check for finding in picture.findings]
    opaque = ready(saved(tmp_path, four_corners().convert("RGBA"), "o.png"), newsprint, store)
    assert "picture.transparent" not in [finding.check for finding in opaque.findings]


def cmyk_patch() -> Image.Image:
    return Image.new("CMYK", (60, 40), (204, 51, 0, 26))


def without_adobe(data: bytes) -> bytes:
    """The JPEG without its APP14 segment: its values are then straight, not inverted."""
    start = data.index(b"\xff\xee")
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start] + data[start + 2 + length :]


@pytest.mark.parametrize("kind", ["adobe", "plain", "tiff"])
def test_cmyk_dots_are_kept(kind: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    path = tmp_path / f"k.{'tif' if kind == 'tiff' else 'jpg'}"
    if kind == "tiff":
        cmyk_patch().save(path)
    elif kind == "adobe":
        cmyk_patch().save(path, quality=95)
    else:
        probe = BytesIO()
        cmyk_patch().point(lambda value: 255 - value).save(probe, "JPEG", quality=95)
        path.write_bytes(without_adobe(probe.getvalue()))
    picture = ready(path, newsprint, store)
    assert inks(picture, (0.5, 0.5)) == pytest.approx((80, 20, 0, 10), abs=2)
    assert "picture.cmyk-untagged" in [finding.check for finding in picture.findings]


def test_cmyk_of_another_press_is_converted(tmp_path: Path, newsprint: PressProfile, store: Path):
    own = saved(tmp_path, cmyk_patch(), "own.tif", icc_profile=newsprint.icc_bytes())
    assert inks(ready(own, newsprint, store), (0.5, 0.5)) == pytest.approx((80, 20, 0, 10), abs=2)
    coated = newsprint.icc.parent / "FOGRA39L_coated.icc"
    other = saved(tmp_path, cmyk_patch(), "other.tif", icc_profile=coated.read_bytes())
    assert inks(ready(other, newsprint, store), (0.5, 0.5)) != pytest.approx((80, 20, 0, 10), abs=2)


def test_an_embedded_profile_is_honoured(tmp_path: Path, newsprint: PressProfile, store: Path):
    """A profile in which the numbers mean something else: Lab's own space, then a broken one, then none."""
    plain = ready(saved(tmp_path, four_corners(), "n.png"), newsprint, store)
    assert plain.icc_source == "assumed sRGB"
    assert [finding.check for finding in plain.findings if "profile" in finding.check] == ["picture.profile-missing"]
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tagged = ready(saved(tmp_path, four_corners(), "s.png", icc_profile=srgb), newsprint, store)
    assert tagged.icc_source.startswith("embedded: sRGB")
    assert tagged.path.read_bytes() == plain.path.read_bytes()
    swapped = _channels_swapped(srgb)
    other = ready(saved(tmp_path, four_corners(), "w.png", icc_profile=swapped), newsprint, store)
    assert hue(inks(other, (0.2, 0.2))) == "left bottom"  # red numbers, blue meaning
    broken = ready(saved(tmp_path, four_corners(), "b.png", icc_profile=b"no profile" * 30), newsprint, store)
    assert "picture.profile-broken" in [finding.check for finding in broken.findings]
    gray = ready(saved(tmp_path, four_corners(), "g.tif", icc_profile=newsprint.icc_bytes()), newsprint, store)
    assert "picture.profile-broken" in [finding.check for finding in gray.findings]


def _channels_swapped(icc: bytes) -> bytes:
    """The profile with its red and blue colorants exchanged."""
    tags = {icc[at : at + 4]: at for at in range(132, 132 + 12 * int.from_bytes(icc[128:132], "big"), 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    swapped = bytearray(icc)
    swapped[red + 4 : red + 12], swapped[blue + 4 : blue + 12] = icc[blue + 4 : blue + 12], icc[red + 4 : red + 12]
    return bytes(swapped)


def gray_profile(gamma: float) -> bytes:
    """A whole gray ICC profile (version 2): white point and one curve."""
    white = b"XYZ \0\0\0\0" + b"".join(round(value * 65536).to_bytes(4, "big") for value in (0.9642, 1.0, 0.8249))
    curve = b"curv\0\0\0\0\0\0\0\1" + round(gamma * 256).to_bytes(2, "big") + b"\0\0"
    words = b"desc\0\0\0\0\0\0\0\5gray\0" + bytes(4 + 4 + 2 + 1 + 67 + 4)
    table, body = b"", b""
    start = 128 + 4 + 3 * 12
    for name, data in ((b"wtpt", white), (b"kTRC", curve), (b"desc", words)):
        table += name + (start + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data + bytes(-len(data) % 4)
    illuminant = white[8:]
    head = (start + len(body)).to_bytes(4, "big") + b"lcms\2\x20\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    return head + illuminant + bytes(128 - len(head) - len(illuminant)) + (3).to_bytes(4, "big") + table + body


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_gray_profile_is_honoured(mode: str, tmp_path: Path, newsprint: PressProfile, store: Path):
    gray = Image.new("L", (60, 40), 128).convert(mode)
    light, dark = (
        ready(saved(tmp_path, gray, f"g{gamma}.png", icc_profile=gray_profile(gamma)), newsprint, store)
        for gamma in (1.0, 3.0)
    )
    assert light.icc_source == "embedded: gray"
    assert light.facts.kind == dark.facts.kind == "gray"
    assert inks(light, (0.5, 0.5))[3] + 20 < inks(dark, (0.5, 0.5))[3]


def test_a_profile_that_only_looks_right_is_told(tmp_path: Path, newsprint: PressProfile, store: Path):
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    icc[16:20] = b"GRAY"
    picture = ready(saved(tmp_path, Image.new("L", (60, 40), 128), "g.png", icc_profile=bytes(icc)), newsprint, store)
    assert "picture.profile-broken" in [finding.check for finding in picture.findings]


def test_lab_tiff(tmp_path: Path, newsprint: PressProfile, store: Path):
    lab = Image.merge("LAB", [Image.new("L", (60, 40), value) for value in (140, 60, 40)])
    picture = ready(saved(tmp_path, lab, "l.tif"), newsprint, store)
    assert sum(inks(picture, (0.5, 0.5))) > 20


def faulty(path: Path, profile: PressProfile, store: Path) -> PictureError:
    with pytest.raises(PictureError) as caught:
        ready(path, profile, store, name="images/x")
    assert caught.value.exit_code == 4
    assert str(caught.value.place) == "images/x"
    assert caught.value.hint is not None
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_truncated_files_are_refused_even_when_weasyprint_is_about(kind, tmp_path: Path, newsprint, store: Path):
    import weasyprint  # noqa: F401  (it tells Pillow to forgive)

    path = tmp_path / "x"
    noise = Image.effect_noise((120, 80), 60)
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(path, kind)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    faulty(path, newsprint, store)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_picture_is_refused(data: bytes, tmp_path: Path, newsprint: PressProfile, store: Path):
    (tmp_path / "x").write_bytes(data)
    faulty(tmp_path / "x", newsprint, store)


def test_missing_files_are_refused(tmp_path: Path, newsprint: PressProfile, store: Path):
    faulty(tmp_path / "absent.jpg", newsprint, store)


def test_huge_pictures_are_not_decoded(tmp_path: Path, newsprint: PressProfile, store: Path, monkeypatch):
    monkeypatch.setattr(opening, "MAX_PIXELS", 2399)
    fault = faulty(saved(tmp_path, four_corners(), "x.png"), newsprint, store)
    assert "像素" in fault.message.zh


def test_a_decompression_bomb_is_refused(tmp_path: Path, newsprint: PressProfile, store: Path):
    bomb = bytearray(saved(tmp_path, Image.new("1", (8, 8)), "x.png").read_bytes())
    bomb[16:24] = (60000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    (tmp_path / "x").write_bytes(bomb)
    assert "百万像素" in faulty(tmp_path / "x", newsprint, store).message.zh


def test_floating_point_pixels_are_refused(tmp_path: Path, newsprint: PressProfile, store: Path):
    faulty(saved(tmp_path, Image.new("F", (60, 40), 0.5), "x.tif"), newsprint, store)
    faulty(saved(tmp_path, Image.new("I", (60, 40), 1 << 20), "y.tif"), newsprint, store)


def test_pictures_without_a_profile_are_told_of_together() -> None:
    """Each is named once, however many pages show it; what else was found stays where it was."""

    def message(check: str, name: str) -> Finding:
        return Finding(check, Severity.NOTE, Message("无", "none"), Place(name))

    gray = message("picture.gray", "c.jpg")
    found = [message(FOLDED, "a.jpg"), gray, message(FOLDED, "images:b.webp"), message(FOLDED, "a.jpg")]
    whole, other = folded(found)
    assert other is gray
    assert (whole.check, whole.severity, whole.amount["files"]) == (FOLDED, Severity.NOTE, ["a.jpg", "images:b.webp"])
    assert all(f"{mark}a.jpg{gap}images:b.webp" in words for mark, gap, words in (
        ("：", "、", whole.message.zh), (": ", ", ", whole.message.en)))  # fmt: skip
    assert folded(found[:2]) == found[:2]
    assert folded([found[0], found[3]]) == found[:1]
