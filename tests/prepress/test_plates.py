"""The plates of a finished file, against Ghostscript's; overprint is proved on them; the soft proof shows the paper."""

import shutil
import subprocess
from pathlib import Path

import pytest
import weasyprint
from PIL import Image, ImageChops, ImageCms, ImageStat

from layout import assets
from layout.engine.patches.table import install_patches
from layout.prepress import finish
from layout.press import PressProfile
from layout.press.load import load_profile
from layout.proof.plates import ink_use, plate_images, plate_pngs, separations, soft_image, soft_png
from prepress.support import DATE

install_patches()
SIZE = (200, 200)
CSS = """@page { size: 200pt 200pt; margin: 0 } html { font: 9pt/14pt "Song 700"; color: device-cmyk(0 0 0 1) }
div { position: absolute; left: 20pt; width: 160pt; height: 30pt }"""
BODY = """<div style="top: 10pt; background: device-cmyk(.5 0 .25 0)">黑字叠印在平网上面不留白</div>
<div style="top: 50pt; background: device-cmyk(.5 0 .25 0); font-size: 20pt">大黑字镂空</div>
<div style="top: 90pt; background: device-cmyk(0 1 1 0); opacity: .5"></div>
<div style="top: 130pt; background: linear-gradient(90deg, device-cmyk(1 0 0 0), device-cmyk(0 0 1 .5))"></div>
<div style="top: 166pt; height: 20pt"><img src="@P@" style="width: 60pt; height: 20pt"></div>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, newsprint: PressProfile) -> bytes:
    picture = tmp_path_factory.mktemp("plates") / "p.jpg"
    ramp = Image.linear_gradient("L").resize((120, 40))
    nothing = Image.new("L", ramp.size)
    Image.merge("CMYK", (nothing, ramp, nothing, ImageChops.invert(ramp).point(lambda v: v // 2))).save(picture)
    html = f"<html lang=zh><style>{CSS}</style>{BODY.replace('@P@', picture.as_uri())}"
    raw = weasyprint.HTML(string=html).write_pdf(pdf_version="1.6", uncompressed_pdf=True)
    return finish(raw, profile=newsprint, title="版", document_date=DATE, trim=SIZE)


def band(image: Image.Image, top: float, height: float, left: float = 20, width: float = 160) -> Image.Image:
    scale = image.height / SIZE[1]
    return image.crop(tuple(round(v * scale) for v in (left, top, left + width, top + height)))


def ghostscript(pdf: bytes, folder: Path, ppi: int) -> dict[str, Image.Image]:
    """Its plates, drawn at four times the size and averaged: it does not smooth edges itself."""
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed")
    (folder / "a.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", f"-r{4 * ppi}", "-o", "a.tif", "a.pdf"]
    assert subprocess.run(command, cwd=folder, check=True, capture_output=True).stderr == b""
    with Image.open(folder / "a.tif") as image:
        return {ink: part.reduce(4) for ink, part in zip("CMYK", image.split(), strict=True)}


def test_small_black_leaves_the_tint_whole_and_large_black_cuts_it_out(page: bytes) -> None:
    plates = plate_images(page, 0, 144)
    small, large = (band(plates["C"], top, 28) for top in (11, 51))
    assert small.getextrema() in ((127, 127), (128, 128))
    assert large.getextrema()[0] == 0
    assert band(plates["K"], 11, 28).getextrema()[1] > 250
    assert band(plates["M"], 10, 70).getextrema() == (0, 0)


def test_overprint_shows_on_ghostscripts_plates_too(page: bytes, tmp_path: Path) -> None:
    plates = ghostscript(page, tmp_path, 72)
    low, high = band(plates["C"], 12, 26).getextrema()
    assert (low, high) in ((127, 127), (128, 128))
    assert band(plates["C"], 52, 26).getextrema()[0] < 20
    assert band(plates["M"], 12, 60).getextrema() == (0, 0)
    assert band(plates["K"], 12, 26).getextrema()[1] > 200


def test_plates_agree_with_ghostscripts(page: bytes, tmp_path: Path) -> None:
    ours = plate_images(page, 0, 288)
    theirs = ghostscript(page, tmp_path, 72)
    for ink in "CMYK":
        difference = ImageChops.difference(ours[ink].reduce(4), theirs[ink])
        assert ImageStat.Stat(difference).mean[0] < 2, ink
        # Flat tints, opacity, gradient and picture, away from their edges, to two levels in a hundred.
        for top in (94, 134, 170):
            width = 50 if top == 170 else 150
            inside = band(difference, top, 12 if top == 170 else 20, 25, width)
            assert inside.getextrema()[1] <= 6, (ink, top)


def test_half_opacity_is_half_the_ink(page: bytes) -> None:
    value = band(plate_images(page, 0)["M"], 94, 20).getextrema()
    assert value[0] == value[1]
    assert value[0] in (127, 128)


def test_ink_use(page: bytes) -> None:
    use = ink_use(page, 0, 144)
    assert use.most <= 240
    assert set(use.coverage) == set("CMYK")
    assert use.coverage["C"] == pytest.approx((2 * 0.5 * 160 * 30 + 0.5 * 160 * 30) / 400, rel=0.1)


def test_the_same_file_gives_the_same_pictures(page: bytes, newsprint: PressProfile) -> None:
    assert plate_pngs(page, 0) == plate_pngs(page, 0)
    assert soft_png(page, 0, newsprint) == soft_png(page, 0, newsprint)
    assert separations(page, 0).mode == "CMYK"


def test_marks_are_on_every_plate(painted: bytes) -> None:
    from prepress.support import TRIM

    coated = load_profile("sheetfed-coated", [assets.press_dir()])
    marked = finish(painted, profile=coated, title="版", document_date=DATE, trim=TRIM)
    for ink, image in plate_images(marked, 0, 100).items():
        target = image.crop((0, image.height // 2 - 20, round(12 / 25.4 * 100), image.height // 2 + 20))
        assert target.getextrema()[1] > 100, ink


def test_bare_paper_is_the_profiles_paper_and_white_when_relative(page: bytes, newsprint: PressProfile) -> None:
    corner = (2, 2)
    assert soft_image(page, 0, newsprint, paper=False).getpixel(corner) == (255, 255, 255)
    shown = soft_image(page, 0, newsprint).getpixel(corner)
    red, green, blue = shown
    assert red > green > blue  # newsprint is yellowish
    assert 150 < red < 230
    ours = Image.new("RGB", (1, 1), shown)
    lab = ImageCms.createProfile("LAB")
    white = ImageCms.profileToProfile(ours, ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    assert 75 < white.getpixel((0, 0))[0] / 2.55 < 90  # L* of newsprint, ISO 12647-3: about 82


def test_dots_grow_as_the_profile_says(newsprint: PressProfile) -> None:
    """Half the black printed is darker than half gray: tone value increase."""
    press, lab = ImageCms.ImageCmsProfile(str(newsprint.icc)), ImageCms.createProfile("LAB")
    patches = [Image.new("CMYK", (1, 1), (0, 0, 0, value)) for value in (128, 255)]
    half, full = (ImageCms.profileToProfile(each, press, lab, 1, "LAB").getpixel((0, 0))[0] / 2.55 for each in patches)
    black = ((full + 16) / 116) ** 3  # luminance
    without_growth = 116 * ((1 + black) / 2) ** (1 / 3) - 16
    assert half < without_growth - 8
