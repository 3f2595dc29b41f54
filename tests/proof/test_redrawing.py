"""A page on which a line has changed is drawn again there alone, and comes out as if all of it had been drawn."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout.pipeline import Options
from layout.pipeline.assistant_tasks import last_drawing
from layout.pipeline.outcomes import outcomes_in
from layout.proof import raster, redrawing
from layout.proof.raster import png
from pipeline.test_outcomes import issue_with
from soak import SEED, amount

pytestmark = pytest.mark.slow

WORDS = "时光无言实干有声凝心聚力，。"


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    last_drawing.cache_clear()
    outcomes_in.cache_clear()
    yield
    last_drawing.cache_clear()


def edited(text: str, draw: random.Random) -> str:
    """*text* with some of its body changed: longer, shorter, as long, or at several places."""
    head, mark, body = text.rpartition("## 横\n")
    for _ in range(draw.randint(1, 3)):
        at, gone = draw.randrange(len(body) - 4), draw.randint(0, 3)
        body = body[:at].replace("\n", "") + "".join(draw.choices(WORDS, k=draw.randint(0, 4))) + body[at + gone :]
    return head + mark + body.replace("\n", "") + "\n"


@pytest.mark.soak
def test_what_is_drawn_again_in_part_is_what_is_drawn_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(SEED)
    issue = issue_with(tmp_path / "issue", draw)
    options, copy, parts = Options(out=tmp_path / "out", cache=tmp_path / "cache"), issue / "a.md", []
    whole: Callable[..., Image.Image] = redrawing._patched

    def patched(*given: object) -> Image.Image:
        parts.append(given)
        return whole(*given)

    monkeypatch.setattr(redrawing, "_patched", patched)
    build(issue, options)
    for number in range(amount(sample=3, full=80)):
        copy.write_text(edited(copy.read_text("utf-8"), draw), "utf-8")
        built = build(issue, options)
        again = built.png[0].read_bytes()
        fresh = raster.drawn_page(built.pdf, options.png_ppi, (210 * 72 / 25.4, 297 * 72 / 25.4))
        assert again == fresh.png, number
    assert parts


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("plain/art.svg", 'width="9"', 'width="99"'),
     ("issue.toml", "newsprint-coldset", "sheetfed-coated")],
)  # fmt: skip
def test_what_changes_below_the_lines_has_all_of_the_page_drawn(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    issue = issue_with(tmp_path / "issue", random.Random(5))
    options = Options(out=tmp_path / "out", cache=tmp_path / "cache")
    first = build(issue, options).png[0].read_bytes()
    path = issue / file
    assert before in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    again = build(issue, options).png[0].read_bytes()
    last_drawing.cache_clear()
    assert again == build(issue, options).png[0].read_bytes() != first


def test_a_picture_is_packed_by_stripes_and_reads_back_as_it_was() -> None:
    draw = random.Random(6)
    known: dict[bytes, bytes] = {}
    for size in ((1, 1), (3, 5), (200, 300), (200, 300), (64, 17)):
        image = Image.frombytes("RGB", size, draw.randbytes(3 * size[0] * size[1]))
        packed = png(image, 100, known)
        assert packed == png(image, 100)
        assert packed == png(image, 100, known), "of stripes that are known"
        assert Image.open(io.BytesIO(packed)).tobytes() == image.tobytes()
        assert len(known) <= raster.STRIPES
