"""``layout proof --soft --plates``: pictures on the press's paper and of each plate, and the ink each plate takes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from PIL import Image

import sample_issue
from in_place import proof
from layout import assets
from layout.cli.summary import summary as closing_lines
from layout.pipeline import Options, Proofed
from layout.pipeline.options import Built
from layout.press.load import load_profile
from layout.proof.plates import films, use_of
from layout.proof.raster import png
from layout.proof.report import comparable
from layout.proof.summary import summary
from sample_issue import FOLDER

STEM = "tunliu-2026-round-1"
NAMES = [*(f"{STEM}-{kind}.png" for kind in ("soft", "C", "M", "Y", "K")), f"{STEM}-ink-zones.csv"]


@pytest.fixture(scope="module")
def proofed() -> Proofed:
    return sample_issue.proofed()


def _picture(proofed: Proofed, kind: str) -> Image.Image:
    return Image.open(io.BytesIO(proofed.summary.with_name(f"{STEM}-{kind}.png").read_bytes()))


@pytest.mark.slow
def test_a_page_has_a_soft_proof_and_four_plates(proofed: Proofed) -> None:
    assert [path.name for path in proofed.separations] == NAMES
    assert all(path.is_file() for path in proofed.separations)
    assert {_picture(proofed, ink).mode for ink in "CMYK"} == {"L"}


@pytest.mark.slow
def test_the_soft_proof_shows_the_papers_own_white_and_no_white_brighter(proofed: Proofed) -> None:
    soft = _picture(proofed, "soft").convert("RGB")
    corner = soft.getpixel((3, 3))
    assert isinstance(corner, tuple)
    assert max(corner) < 235  # newsprint
    assert all(top <= max(corner) + 8 for _, top in soft.getextrema())  # type: ignore[misc]


@pytest.mark.slow
def test_black_body_type_is_on_the_black_plate_alone(proofed: Proofed) -> None:
    """The first column under the opening: text and nothing else."""
    frame = next(
        each for each in proofed.built.report["pages"][0]["geometry"]["frames"] if each["flow"] == "tunliu.section-1"
    )
    box = tuple(round(frame[key]) for key in ("x", "y")) + tuple(
        round(frame[key] + frame[side]) for key, side in (("x", "width"), ("y", "height"))
    )
    parts = {ink: _picture(proofed, ink).crop(box).getextrema() for ink in "CMYK"}
    assert [parts[ink] for ink in "CMY"] == [(255, 255)] * 3
    assert parts["K"][0] < 60


@pytest.mark.slow
def test_report_and_summary_tell_of_them(proofed: Proofed) -> None:
    told = json.loads(proofed.built.report_path.read_text(encoding="utf-8"))
    assert [each["name"] for each in told["proofs"]] == NAMES
    for each in told["proofs"]:
        content = proofed.summary.with_name(each["name"]).read_bytes()
        assert (each["size"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    ink = told["pages"][0]["ink"]
    assert list(ink["coverage_percent"]) == list("CMYK")
    assert 1 < ink["coverage_percent"]["C"] < ink["coverage_percent"]["Y"] < 40
    assert ink["most_percent"] <= 240.8
    text = proofed.summary.read_text(encoding="utf-8")
    assert "色版" in text
    assert all(name in text for name in NAMES)
    assert f"{ink['coverage_percent']['K']:.1f} %" in text


@pytest.mark.slow
def test_the_zones_of_the_fountain_sum_up_to_the_plates(proofed: Proofed) -> None:
    rows = list(csv.DictReader(proofed.summary.with_name(NAMES[-1]).read_text("ascii").splitlines()))
    told = json.loads(proofed.built.report_path.read_text(encoding="utf-8"))["pages"][0]
    assert {int(row["zone"]) for row in rows} == set(range(1, 11))  # 390 mm in zones of 40
    for plate, percent in told["ink"]["coverage_percent"].items():
        zones = [row for row in rows if row["plate"] == plate]
        total = sum((float(row["to_mm"]) - float(row["from_mm"])) * float(row["coverage_percent"]) for row in zones)
        assert total / float(zones[-1]["to_mm"]) == pytest.approx(percent, abs=0.05)


@pytest.mark.slow
def test_without_them_nothing_of_it(tmp_path: Path, proofed: Proofed) -> None:
    plain = proof(FOLDER, Options(out=tmp_path))
    assert plain.separations == ()
    assert not list(tmp_path.glob("*-soft.png")) + list(tmp_path.glob("*-K.png"))
    told = comparable(json.loads(proofed.built.report_path.read_text(encoding="utf-8")))
    del told["proofs"], told["pages"][0]["ink"]
    assert comparable(json.loads(plain.built.report_path.read_text(encoding="utf-8"))) == told


@pytest.mark.slow
def test_what_the_plants_own_profile_changed_is_told_with_its_reason(tmp_path: Path) -> None:
    built: Built = proof(FOLDER, Options(out=tmp_path, press="rotary-house")).built
    reason = load_profile("rotary-house", [assets.press_dir()]).reasons[0]
    for text in (summary(built.report), closing_lines(built, "zh"), closing_lines(built, "en")):
        assert reason.reason in text
        assert "ink_limit" in text
        assert "230" in text


def test_ink_of_what_is_cut_off_is_not_counted() -> None:
    plates = dict.fromkeys("CMY", Image.new("L", (40, 30)))
    black = Image.new("L", (40, 30), 255)
    black.paste(0, (10, 5, 30, 25))
    plates["K"] = black
    assert use_of(plates, 72.0, (10, 5)).coverage == dict.fromkeys("CMYK", 0.0)
    assert use_of(plates, 72.0).coverage["K"] == pytest.approx(100 * (1 - 400 / 1200))


def test_films_are_gray_and_the_same_every_time() -> None:
    plates = {"K": Image.linear_gradient("L")}
    film = films(plates)["K"]
    assert film == films(plates)["K"]
    assert Image.open(io.BytesIO(film)).tobytes() == bytes(255 - value for value in plates["K"].tobytes())
    assert Image.open(io.BytesIO(png(Image.new("RGB", (3, 3), (1, 2, 3)), 72))).getpixel((1, 1)) == (1, 2, 3)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBX", "CMYK"])
def test_a_picture_reads_back_as_it_was_whatever_it_is_made_of(mode: str) -> None:
    bands = [Image.linear_gradient("L").crop((0, at, 61, at + 43)) for at in (7, 90, 150, 200)]
    image = bands[0] if mode == "L" else Image.merge(mode, bands[: 3 if mode == "RGB" else 4])
    read = Image.open(io.BytesIO(png(image, 72)))
    assert read.tobytes() == image.convert("L" if mode == "L" else "RGB").tobytes()
