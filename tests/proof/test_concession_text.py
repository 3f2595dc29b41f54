"""Concessions are told in trade words, in both languages, and name what gave way."""

import json
from pathlib import Path
from typing import get_args

import pytest

from layout.copyfit.scores import PRICE_WORDS, PriceKind
from layout.flows import Chain, ElementName, Flow, WholePage
from layout.galley.row_fit import Concession, ConcessionKind, ConcessionUnit, StepTaken, TrackedParagraph
from layout.proof.concession_text import amount_words, concession_words, unit_words

HEADLINE, DAM, PAGE = Chain.parse("tunliu.headline"), Chain((Flow.of_picture("dam"),)), WholePage()


def _step(name: ElementName, wanted: str, got: str) -> Concession:
    return Concession("step", StepTaken(name, wanted, got), 0, 1, 4, "step")


@pytest.mark.parametrize(
    ("concession", "zh", "en"),
    [
        (_step(HEADLINE, "full", "less"), "tunliu 标题：full → less", "tunliu headline: full → less"),
        (_step(PAGE, "as-designed", "small"), "全版：as-designed → small", "the whole page: as-designed → small"),
        (_step(DAM, "shown", "gone"), "图片 dam：shown → gone", "picture dam: shown → gone"),
        (_step("page", "full", "less"), "page：full → less", "page: full → less"),
        (_step("报头 与 主题", "full", "less"), "报头 与 主题：full → less", "报头 与 主题: full → less"),
        (
            _step(Chain.parse("a.lede a.section-1 a.closing"), "wide", "tight"),
            "a 导语 … a 结尾：wide → tight", "a lede … a closing: wide → tight",
        ),
        (Concession("picture", "dam", 12, 11), "图片 dam 的高", "height of picture dam"),
        (Concession("left out", "dam", 1, 0, 400, "picture"), "图片 dam 撤下", "picture dam left out"),
        (Concession("crop", "dam", 0, 8, 1, "percent"), "图片 dam 的裁切", "crop of picture dam"),
        (Concession("gap", "lede", 1, 0), "空白 lede", "gap lede"),
        (Concession("band", "main", 30, 31), "版块 main 的高", "height of band main"),
        (
            Concession("tracking", TrackedParagraph(Flow.parse("a.section-2"), 3), 0, -12, 1, "em/1000"),
            "a 第 2 节 第 3 段的字距", "tracking of a section 2, paragraph 3",
        ),
    ],
)  # fmt: skip
def test_says_what_gave_way(concession: Concession, zh: str, en: str) -> None:
    assert (concession_words(concession, "zh"), concession_words(concession, "en")) == (zh, en)


def test_every_kind_of_concession_has_words_and_stands_in_the_schema_of_the_report() -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    assert set(schema["$defs"]["change"]["properties"]["kind"]["enum"]) == set(get_args(ConcessionKind))
    for kind in set(get_args(ConcessionKind)) - {"step", "tracking"}:  # these have subjects of their own, tried above
        assert concession_words(Concession(kind, "dam", 1, 0), "zh") != concession_words(
            Concession(kind, "dam", 1, 0), "en"
        )


def test_the_amounts_of_what_gave_way_are_said_where_they_say_something() -> None:
    assert amount_words("图片 dam 的高", 12, 9, "row", "zh") == "图片 dam 的高 12 → 9 行"
    assert (
        amount_words("crop of picture dam", 0, 8.5, "percent", "en") == "crop of picture dam 0 → 8.5 % of the picture"
    )
    assert amount_words("tunliu 标题：full → less", 0, 1, "step", "zh") == "tunliu 标题：full → less（让 1 档）"
    assert {unit_words(unit, "zh") for unit in get_args(ConcessionUnit)} == {"行", "字/1000", "档", "% 画面", "幅"}


def test_every_kind_of_price_has_words() -> None:
    assert set(PRICE_WORDS) == set(get_args(PriceKind))
