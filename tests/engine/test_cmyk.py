"""What WeasyPrint cannot draw in CMYK is drawn: stops keep their inks, and the finished file is sound everywhere."""

import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

import painting
from layout import assets
from layout.checks import Severity
from layout.painted import PaintedObjects
from layout.preflight.expected import Expected
from layout.preflight.judge import judge
from layout.prepress import finish
from layout.press.load import load_profile

CSS = "@page { size: 300pt 400pt; margin: 10pt } html { color: device-cmyk(0 0 0 1) } div { height: 40pt; margin: 8pt }"
STOPS = (
    '<stop offset="0" stop-color="device-cmyk(1 0 0 0)"/><stop offset=".5" stop-color="device-cmyk(0 .5 1 0)"/>'
    '<stop offset="1"/>'
)
SVG = (
    f'<svg width="200" height="60"><defs><linearGradient id="a">{STOPS}</linearGradient><radialGradient id="b">{STOPS}'
    '</radialGradient></defs><rect width="60" height="60" fill="url(#a)"/><circle cx="100" cy="30" r="25" '
    'fill="url(#b)"/><path d="M140 5L190 50" stroke="url(#a)" stroke-width="5"/><path d="M150 50h9v9z"/></svg>'
)
EVERYTHING = [
    '<div style="background: linear-gradient(90deg, device-cmyk(1 0 0 0), device-cmyk(0 1 0 0) 30%, black)"></div>',
    '<div style="background: radial-gradient(device-cmyk(0 .2 .6 0), white)"></div>',
    '<div style="background: linear-gradient(device-cmyk(0 1 1 0), transparent)"></div>',
    '<div style="background: repeating-linear-gradient(45deg, device-cmyk(0 1 1 0), device-cmyk(0 0 1 0) 9pt)"></div>',
    '<div style="box-shadow: 2pt 2pt 6pt device-cmyk(0 0 0 .6), inset 0 0 4pt device-cmyk(1 0 0 0)"></div>',
    '<div style="border: 4pt groove device-cmyk(0 1 .9 0)"></div>',
    '<div style="border: 4pt ridge device-cmyk(.5 0 0 .1); outline: 3pt inset black"></div>',
    SVG,
]


def with_objects(body: str) -> tuple[bytes, PaintedObjects]:
    return painting.painted(f'<html lang="zh"><style>{CSS}</style><body>{body}')


def painted(body: str) -> bytes:
    return with_objects(body)[0]


def finished(body: str) -> bytes:
    profile = load_profile("newsprint-coldset", [assets.press_dir()])
    pdf, objects = with_objects(body)
    return finish(
        pdf, objects=objects, profile=profile, title="渐变", document_date=datetime(2026, 2, 4), trim=(300, 400)
    )


def ramps(pdf: bytes) -> list[tuple[list[float], list[float], float]]:
    """First inks, last inks and exponent of every part of every CMYK gradient."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        shadings = [obj for obj in document.objects if isinstance(obj, pikepdf.Dictionary) and "/ShadingType" in obj]
        return [
            ([float(v) for v in part.C0], [float(v) for v in part.C1], float(part.N))
            for shading in shadings
            if shading.ColorSpace == Name.DeviceCMYK
            for part in shading.Function.Functions
        ]


def test_stops_keep_their_inks_and_the_way_between_is_even() -> None:
    assert ramps(painted(EVERYTHING[0])) == [([1, 0, 0, 0], [0, 1, 0, 0], 1), ([0, 1, 0, 0], [0, 0, 0, 1], 1)]
    hinted = EVERYTHING[0].replace("30%", "30%, 40%")
    assert ramps(painted(hinted))[1][2] != 1


def test_white_is_bare_paper_and_what_fades_keeps_its_colour() -> None:
    assert ramps(painted(EVERYTHING[1])) == [([0, 0.2, 0.6, 0], [0, 0, 0, 0], 1)]
    assert ramps(painted(EVERYTHING[2])) == [([0, 1, 1, 0], [0, 1, 1, 0], 1)]


def test_a_gradient_without_length_is_the_mean_of_its_inks() -> None:
    body = EVERYTHING[3].replace("device-cmyk(0 0 1 0) 9pt", "device-cmyk(0 0 1 0) 0pt")
    assert b"0 0.5 1 0 scn" in painted(body)


def test_sides_in_the_light_and_in_the_shade() -> None:
    text = painted('<div style="border: 4pt outset device-cmyk(0 .9 .6 .1)"></div>')
    assert b"0 0.6 0.4 0.06666" in text
    assert b"0 0.72 0.48 0.4 scn" in text


def test_a_drawings_gradient_becomes_a_shading_pattern() -> None:
    pdf = finished(SVG)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        patterns = [obj for obj in document.objects if isinstance(obj, pikepdf.Object) and "/PatternType" in _keys(obj)]
        used = document.pages[0].obj.Resources.Pattern
        assert {int(pattern.PatternType) for pattern in used.values()} == {2}
        assert patterns
    assert ([1, 0, 0, 0], [0, 0.5, 1, 0], 1) in ramps(pdf)


def test_an_rgb_stop_is_still_refused() -> None:
    from layout.errors import PrintError

    with pytest.raises(PrintError, match="gradient"):
        finished('<div style="background: linear-gradient(#c00, device-cmyk(0 0 1 0))"></div>')


def test_all_of_it_passes_the_judges() -> None:
    import page

    pdf = finished("".join(EVERYTHING))
    report = page.validate_pdf_bytes(pdf, profile="2b")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    profile = load_profile("newsprint-coldset", [assets.press_dir()])
    found = judge(pdf, profile, Expected(pages=2, trim=(300, 400), title="渐变"))
    assert [finding.message.en for finding in found if finding.severity >= Severity.ERROR] == []


@pytest.mark.parametrize(
    "command",
    [
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", "-r50", "-o", "out%d.png", "a.pdf"],
        ["pdftoppm", "-r", "50", "-png", "a.pdf", "out"],
        ["mutool", "draw", "-q", "-r", "50", "-o", "out%d.png", "a.pdf"],
    ],
    ids=["gs", "poppler", "mutool"],
)
def test_it_is_drawn_without_a_warning(tmp_path: Path, command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    (tmp_path / "a.pdf").write_bytes(finished("".join(EVERYTHING)))
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert [line for line in (run.stdout + run.stderr).splitlines() if "ICC support" not in line] == []


def _keys(obj: pikepdf.Object) -> list[str]:
    return list(obj.keys()) if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) else []
