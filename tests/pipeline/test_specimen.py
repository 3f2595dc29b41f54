"""The specimen sheet: the composer's rules with and without; every character told, ruby after its base."""

import pytest

from in_place import build
from layout import assets
from layout.checks import Severity
from layout.pipeline import Built, Options
from layout.preflight.text import read_text
from made_once import made_once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built() -> Built:
    return made_once("specimen", lambda out: build(assets.root() / "specimen", Options(out=out)))


def test_the_specimen_is_whole(built: Built) -> None:
    characters = built.report["characters"]
    assert characters["set"] == characters["manuscript"] > 2000
    assert characters["overset"] == 0
    assert not [one for one in built.findings if one.severity is Severity.ERROR]
    text = "".join(char.text for char in read_text(built.pdf, 0))
    assert "屯tún留liú、老lǎo爷yé山shān、麟lín绛jiàng" in text
    assert "绿化12km2，减排CO2三成①（上年为基数）" in text
    note = "屯留（今属山西省长治市，古称余吾，汉置县，属上党郡，唐时改隶潞州。）地处上党盆地西缘。"
    assert text.count(note) == 2  # in two rows, and in one


def test_a_picture_that_css_turns_is_no_more_than_noted(built: Built) -> None:
    (found,) = (each for each in built.findings if each.check == "image.shape")
    assert found.severity is Severity.NOTE


def test_names_stay_whole_where_the_style_keeps_them(built: Built) -> None:
    """What the right-hand cell is there to show is reported of it, and of it only; no figure or title of a left-hand
    cell that keeps them is torn."""
    copy = (assets.root() / "specimen" / "rules.md").read_text("utf-8").splitlines()
    torn = [
        (one.amount["torn"], copy[(one.place.line or 0) - 2])
        for one in built.findings
        if "torn" in one.amount and one.place
    ]
    assert {(words, label) for words, label in torn if "国" in words} == {("李建|国", "## 拉不开就拆")}
    assert not [label for _, label in torn if "不拆" in label]
    assert not [one for one in built.findings if one.check in ("line.cramped", "line.overlong")]


def test_tables_and_notes_are_read_back_in_order(built: Built) -> None:
    """Three tables in frames of their own, one in three columns with its header again, and the notes at the end."""
    text = "".join(char.text for char in read_text(built.pdf, 2))
    assert "男子100米1江一舟江北体校9.980.131破赛会纪录2欧阳向晚临溪一中10.060.1423贺之远" in text
    assert (
        "科目2025年执行数2026年预算数金额（万元）增长（%）金额（万元）增长（%）一、收入合计128,650.56.2135,9005.64"
        in text
    )
    assert text.count("乡镇户数（户）1人口（人）耕地（万亩）主要产业") == 2
    assert "临溪街道221,45066,0180.475商贸、电子装配" in text
    assert text.index("合计77,039236,84335.485") < text.index("1常住户") < text.index("22025年8月由临溪镇改设。")
    assert not [one for one in built.findings if one.page_no == 3]
