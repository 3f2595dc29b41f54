"""The profile: one full page without a warning, copy along the portrait's contour; other copy fills the design too."""

import re
from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout.checks import Severity
from layout.copyfit.model import ComposedPage
from layout.page.frames import SetLine
from layout.pipeline import Built, Options
from layout.preflight.text import read_text
from sample_issue import DUHE, RENWU, profile
from soak import amount

pytestmark = pytest.mark.slow

BODY, ROW = 11.0, 17.0
"""Points: the size and the row that the sample's copy comes to."""


def page() -> ComposedPage:
    return profile().pages[0]


def body_lines() -> list[SetLine]:
    return [each for each in page().lines if each.type.size == BODY and each.type.leading == ROW]


def grave(built: Built) -> list[str]:
    """What is wrong with the page; what is wrong with the words is not the design's."""
    found = [each for each in built.findings if each.severity in (Severity.ERROR, Severity.WARNING)]
    return [each.message.zh for each in found if not each.check.startswith("copy.")]


def bare(text: str) -> str:
    return "".join(text.split())


def test_nothing_is_wrong_and_all_of_it_is_set() -> None:
    assert profile().exit_code == 0
    assert not grave(profile())
    counted = profile().report["characters"]
    assert counted["overset"] == 0
    assert counted["set"] == counted["manuscript"] > 1800


def test_it_reads_on_in_order() -> None:
    """Lede, sections, closing, table and notes, as the manuscript has them."""
    shown = bare("".join(char.text for char in read_text(profile().pdf.read_bytes(), 0)))
    copy = RENWU.joinpath("umbrella.md").read_text(encoding="utf-8").split("---", 2)[2]
    running = [line for line in copy.splitlines() if line.strip() and line[0] not in "|[*" and "---" not in line]
    at = 0
    for line in running:
        words = bare(re.sub(r"\[\^(.)\]", r"\1", line).lstrip("#").replace("**", ""))
        found = shown.find(words, at)
        assert found >= at, words
        at = found + len(words)
    assert bare("削骨的人选竹、劈竹、削骨、钻孔、穿线冬至后的竹269.5") in shown
    assert bare("⑤杀青，用火烤或者水煮") in shown


def test_the_type_area_is_full_to_the_row_and_keeps_one_grid() -> None:
    area = page().page.type_area
    assert page().page.content_bottom == pytest.approx(area.bottom, abs=0.01)
    lines = body_lines()
    assert len(lines) > 120
    assert len({round((each.baseline - area.y) % ROW, 2) for each in lines}) == 1


def test_copy_keeps_clear_of_the_figure_and_comes_near_it() -> None:
    """By the picture's own alpha: no line of body text reaches into it, and some stand beside it."""
    box = next(each.box for each in page().page.pictures if each.picture == "portrait")
    with Image.open(RENWU / "umbrella.png") as image:
        alpha = image.getchannel("A")
        scale = image.width / box.width
        beside = 0
        for line in body_lines():
            top, foot = line.baseline - 0.85 * BODY - box.y, line.baseline + 0.1 * BODY - box.y
            if foot <= 0 or top >= box.height:
                continue
            strip = alpha.crop((0, round(max(0, top) * scale), image.width, round(min(box.height, foot) * scale)))
            if (seen := strip.getbbox()) is None:
                continue
            left, right = box.x + seen[0] / scale, box.x + seen[2] / scale
            ends = line.x + line.line.measure * BODY
            assert ends <= left or line.x >= right, line
            beside += ends > box.x and line.x < box.right
    assert beside > 15


COPIES = ((5, True), (4, False), (6, False), (8, False), (9, False))
"""A story of another design: with its figures; four to nine sections of it without, 1,500 to 3,300 characters."""
OF_WORDS = "page.headings_meet"
"""Where the headings of a story come to stand is a matter of a line or two of its copy."""


@pytest.mark.soak
@pytest.mark.parametrize(("sections", "figures"), COPIES[: amount(sample=1, full=5)])
def test_copy_that_was_not_written_for_it_fills_it(sections: int, figures: bool, tmp_path: Path) -> None:
    """With a photograph in a circle and one more; the words of the other design are left out."""
    folder = tmp_path / "other"
    folder.mkdir()
    text = (DUHE / "drop.md").read_text(encoding="utf-8")
    for key in ("words",) if figures else ("words", "figures"):
        text = re.sub(rf"^{key}:.*\n(?:  .*\n)+", "", text, flags=re.M)
    lede, *chapters = text.split("\n## ")
    (folder / "drop.md").write_text("\n## ".join([lede, *(chapters * 2)[:sections]]), encoding="utf-8")
    plan = (RENWU / "issue.toml").read_text(encoding="utf-8")
    head = plan[: plan.index("[[picture]]")].replace('["umbrella.md"]', '["drop.md"]\nkind = "round"')
    pictures = ("autumn-ridge", "forest-stream")
    rows = "".join(
        f'[[picture]]\nid = "{name}"\nfile = "images:{name}.jpg"\ncaption = "资料图片"\ncredit = "资料"\nalt = "图"\n'
        for name in pictures
    )
    named = ", ".join(f'"{name}"' for name in pictures)
    (folder / "issue.toml").write_text(head.replace('["portrait"]', f"[{named}]") + rows, encoding="utf-8")
    built = build(folder, Options(out=tmp_path / "out", png=False))
    assert built.exit_code == 0
    assert not [each for each in built.findings if each.severity != Severity.NOTE and each.check != OF_WORDS]
    assert built.report["characters"]["overset"] == 0
