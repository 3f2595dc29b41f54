"""What finishing and checking remember changes how much is done, and no byte and no finding; for the press, and in CI,
nothing that is remembered counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from in_place import build
from layout import pipeline
from layout.outcome_cache import FOLDER
from layout.pipeline import Built, Options, Workers
from layout.pipeline.finishing import last_page
from layout.pipeline.outcomes import outcomes_in
from layout.pipeline.worker_tasks import PRELOAD
from layout.preflight.form_outcomes import FormOutcome
from layout.proof.raster import page_image
from soak import SEED, amount

from .small_issue import PAGE, make_issue

SHAPES = (
    '<rect x="{a}" y="{b}" width="9" height="5" fill="device-cmyk(0 {c} 0 0)"/>',
    '<rect x="{a}" y="{b}" width="50" height=".3" fill="device-cmyk(0 0 0 1)"/>',
    '<circle cx="{a}" cy="{b}" r="7" fill="device-cmyk({c} 0 0 0)" fill-opacity=".5"/>',
    '<path d="M{a} {b} q 9 9 30 3" fill="none" stroke="device-cmyk(0 0 0 1)" stroke-width="{c}"/>',
)
HAIR = '<path d="M0 9 H99" fill="none" stroke="device-cmyk(1 0 0 0)" stroke-width=".01"/>'
"""A line that no press holds: `line.thin`."""


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    outcomes_in.cache_clear()
    last_page.cache_clear()
    yield
    outcomes_in.cache_clear()
    last_page.cache_clear()


def issue_with(folder: Path, draw: random.Random) -> Path:
    """An issue with a drawing, which stands twice in one size and once in another."""
    issue = make_issue(folder, "时光无言，实干有声。" * draw.randint(3, 9))
    shapes = [
        draw.choice(SHAPES).format(a=draw.randint(0, 90), b=draw.randint(0, 40), c=draw.choice((0.2, 0.7, 1)))
        for _ in range(60)
    ]
    art = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">{"".join(shapes)}{HAIR}</svg>'
    (issue / "plain" / "art.svg").write_text(art, encoding="utf-8")
    shown = '<img src="art.svg" style="width: 90pt; height: 45pt">'
    shown += shown + '<img src="art.svg" style="width: 40pt; height: 20pt">'
    (issue / "plain" / "page.html").write_text(PAGE.replace("</main>", f"<div>{shown}</div></main>"), "utf-8")
    return issue


def outcome(built: Built) -> tuple[bytes, list[dict[str, object]]]:
    return built.pdf.read_bytes(), [each.as_json("en") for each in built.findings]


@pytest.mark.slow
@pytest.mark.soak
def test_bytes_and_findings_are_the_same_with_empty_and_full_caches_in_one_process_and_two(tmp_path: Path) -> None:
    with Workers(fork=True, preload=PRELOAD) as two:
        for seed in range(SEED, SEED + amount(sample=2, full=60)):
            issue = issue_with(tmp_path / str(seed), random.Random(seed))
            cache = tmp_path / f"cache-{seed}"
            options = Options(out=tmp_path / "out", cache=cache, png=False)
            afresh, empty, full = (outcome(build(issue, each)) for each in (
                replace(options, fresh=True), options, options,
            ))  # fmt: skip
            known = outcomes_in(cache)
            assert (known.followed.tally.found, known.followed.tally.missing) == (3, 3), "three places, built twice"
            outcomes_in.cache_clear()
            from_disk = outcome(build(issue, options))
            assert outcomes_in(cache).followed.tally.missing == outcomes_in(cache).finished.tally.missing == 0
            others = outcome(pipeline.build(issue, options, workers=two))
            assert afresh == empty == full == from_disk == others, seed


def without_the_hair(cache: Path) -> None:
    """Has the judge's memory say that no drawing paints anything."""
    known = outcomes_in(cache).followed
    for key in list(known._entries):
        known.put(key, FormOutcome((), 1), 1)
    known.save()


def checks(built: Built) -> set[str]:
    return {each.check for each in built.findings}


@pytest.mark.slow
def test_what_is_remembered_counts_but_neither_for_the_press_nor_afresh_nor_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue, cache = issue_with(tmp_path / "issue", random.Random(1)), tmp_path / "cache"
    options = Options(out=tmp_path / "out", cache=cache, png=False)
    assert "line.thin" in checks(build(issue, options))
    without_the_hair(cache)
    assert "line.thin" not in checks(build(issue, options)), "what the judge remembers is believed"
    for other in (replace(options, fresh=True), replace(options, final=True)):
        assert "line.thin" in checks(build(issue, other))
    monkeypatch.setenv("CI", "true")
    assert "line.thin" in checks(build(issue, options))
    monkeypatch.setenv("CI", "false")
    outcomes_in.cache_clear()
    last_page.cache_clear()
    for path in (cache / FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert "line.thin" in checks(build(issue, options)), "an entry that is damaged is made again"
    assert outcomes_in(cache).followed.tally.refused


@pytest.mark.parametrize(
    ("variable", "options", "remembers"),
    [("", Options(), True), ("0", Options(), True), ("False", Options(), True), ("1", Options(), False),
     ("true", Options(), False), ("", Options(final=True), False), ("", Options(fresh=True), False)],
)  # fmt: skip
def test_who_reads_what_is_remembered(
    variable: str, options: Options, remembers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", variable)
    assert options.remembers is remembers


@pytest.mark.slow
def test_a_drawing_is_a_form_and_copy_stays_on_the_page(tmp_path: Path) -> None:
    """Plants edit and trap type: it must not lie in a form. A drawing that stands twice in one size is there once."""
    issue = issue_with(tmp_path / "issue", random.Random(2))
    built = build(issue, Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False))
    with pikepdf.open(built.pdf) as pdf:
        (page,) = pdf.pages
        content = page.Contents.read_bytes()
        forms = {name: form.read_bytes() for name, form in page.Resources.XObject.items()}
    assert sorted(content.count(f"{name} Do".encode()) for name in forms) == [1, 2]
    assert b"BT" in content
    assert all(b"BT" not in form and b" re\n" in form for form in forms.values())


@pytest.mark.slow
def test_a_form_paints_what_stood_on_the_page_before(tmp_path: Path) -> None:
    """At 300 ppi: PDFium reckons in short numbers, and where a line falls between two pixels its shade may differ by
    two of 255.
    """
    issue = issue_with(tmp_path / "issue", random.Random(3))
    built = build(issue, Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False))
    with pikepdf.open(built.pdf) as pdf:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        for name, form in page.Resources.XObject.items():
            content = content.replace(f"{name} Do".encode(), b"q " + form.read_bytes() + b" Q")
            page.Resources.ExtGState.update(form.Resources.ExtGState)
        page.Contents = pdf.make_stream(content)
        pdf.save(tmp_path / "flat.pdf")
    one, other = (page_image(path, 0, 300).convert("RGB") for path in (built.pdf, tmp_path / "flat.pdf"))
    difference = ImageChops.difference(one, other)
    assert max(high for _, high in difference.getextrema()) <= 2
    assert sum(difference.convert("L").histogram()[1:]) <= one.width * one.height / 50_000
    assert one.getextrema() != ((255, 255),) * 3
