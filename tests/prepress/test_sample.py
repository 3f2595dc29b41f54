"""The sample issue for every press: outside judges, four renderers, ink by Ghostscript, the same bytes twice."""

import io
import shutil
import statistics
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageMath

from in_place import build
from layout import assets
from layout.pipeline import Options
from layout.press.load import known_profiles, load_profile
from layout.proof.plates import ink_use, plate_images
from sample_issue import FOLDER, printed_for, sample

pytestmark = pytest.mark.slow
PRESSES = tuple(known_profiles([assets.press_dir()]))
WIDTH = 220
"""Pixels across, for comparing pictures of the page."""
NO_FAULT = ("ICC support is not available",)
"""What Debian's mutool says of itself on every run."""


@pytest.fixture(scope="module", params=PRESSES)
def press(request: pytest.FixtureRequest) -> str:
    return request.param


def ran(command: list[str], pdf: bytes, folder: Path) -> list[str]:
    """The lines a tool says about *pdf*, written to a.pdf in *folder*."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    (folder / "a.pdf").write_bytes(pdf)
    run = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    return [line for line in (run.stdout + run.stderr).splitlines() if not any(known in line for known in NO_FAULT)]


def test_pdf_a_2b_in_full(press: str) -> None:
    import page

    report = page.validate_pdf_bytes(printed_for(press), profile="2b")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.passed == report.rules.total


def test_qpdf_is_content(press: str) -> None:
    with pikepdf.open(io.BytesIO(printed_for(press))) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_two_builds_same_bytes(press: str, tmp_path: Path) -> None:
    assert build(FOLDER, Options(out=tmp_path, press=press, png=False)).pdf.read_bytes() == printed_for(press)


def test_no_renderer_warns_and_their_pictures_agree(press: str, tmp_path: Path) -> None:
    import pypdfium2

    pdf = printed_for(press)
    commands = {
        "gs": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", "-r72", "-dTextAlphaBits=4",
               "-dGraphicsAlphaBits=4", "-o", "gs.png", "a.pdf"],
        "poppler": ["pdftoppm", "-r", "72", "-png", "-singlefile", "a.pdf", "poppler"],
        "mutool": ["mutool", "draw", "-q", "-r", "72", "-o", "mutool.png", "a.pdf"],
    }  # fmt: skip
    pictures = {"pdfium": pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil()}
    for name, command in commands.items():
        assert ran(command, pdf, tmp_path) == [], name
        pictures[name] = Image.open(tmp_path / f"{name}.png")
    grays = {name: gray(picture) for name, picture in pictures.items()}
    for name, one in grays.items():
        assert likeness(one, grays["pdfium"]) > 0.97, name


def gray(picture: Image.Image) -> list[int]:
    height = round(WIDTH * picture.height / picture.width)
    return list(picture.convert("L").resize((WIDTH, height), Image.Resampling.BOX).get_flattened_data())


def likeness(one: list[int], other: list[int]) -> float:
    """Pearson's r: renderers show the same inks in slightly different colours, but every edge in its place."""
    assert len(one) == len(other)
    a, b = statistics.mean(one), statistics.mean(other)
    both = sum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    return both / (sum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other)) ** 0.5


def trimmed(pdf: bytes, picture: Image.Image, ppi: float) -> Image.Image:
    """The page without bleed and marks: those are outside every limit."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, bottom, right, top = (float(edge) for edge in document.pages[0].TrimBox)
        height = float(document.pages[0].MediaBox[3])
    box = (left, height - top, right, height - bottom)
    return picture.crop(tuple(round(edge * ppi / 72) for edge in box))


def test_ink_by_ghostscript_is_within_the_limit(press: str, tmp_path: Path) -> None:
    limit = load_profile(press, [assets.press_dir()]).ink_limit
    pdf = printed_for(press)
    assert (
        ran(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", "-r144", "-o", "a.tif", "a.pdf"], pdf, tmp_path)
        == []
    )
    with Image.open(tmp_path / "a.tif") as image:
        bands = dict(zip("cmyk", trimmed(pdf, image, 144).split(), strict=True))
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **bands)
    # A pixel is a whole number of 255: four roundings of half a level are 0.8 %.
    assert total.getextrema()[1] / 2.55 <= limit + 0.8


def test_our_own_plates_say_the_same(press: str) -> None:
    if press == "sheetfed-coated":
        pytest.skip("its marks carry all four inks, outside the page")
    limit = load_profile(press, [assets.press_dir()]).ink_limit
    assert ink_use(printed_for(press), 0, 144).most <= limit + 0.8


def test_body_type_leaves_the_colour_plates_empty() -> None:
    """In the second column of the first chapter there is only body type: nothing on C, M and Y."""
    frame = next(frame for frame in sample().page.page.frames if str(frame.chain) == "tunliu.section-1")
    box = frame.box
    scale = 100 / 72
    edges = tuple(round(v * scale) for v in (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1))
    plates = plate_images(printed_for("newsprint-coldset"), 0, 100)
    assert plates["K"].crop(edges).getextrema()[1] > 200
    for ink in "CMY":
        assert plates[ink].crop(edges).getextrema() == (0, 0), ink
