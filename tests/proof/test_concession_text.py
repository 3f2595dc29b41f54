"""Concessions are told in trade words, in both languages, and name what gave way."""

import pytest

from layout.proof.concession_text import conceded


@pytest.mark.parametrize(
    ("what", "zh", "en"),
    [
        ("step tunliu.headline full → less", "tunliu 标题：full → less", "tunliu headline: full → less"),
        ("step page as-designed → small", "全版：as-designed → small", "the whole page: as-designed → small"),
        ("step picture.dam shown → gone", "图片 dam：shown → gone", "picture dam: shown → gone"),
        ("step 报头 与 主题 full → less", "报头 与 主题：full → less", "报头 与 主题: full → less"),
        ("picture dam", "图片 dam 的高", "height of picture dam"),
        ("picture dam left out", "图片 dam 撤下", "picture dam left out"),
        ("crop dam", "图片 dam 的裁切", "crop of picture dam"),
        ("gap lede", "空白 lede", "gap lede"),
        ("band main", "版块 main 的高", "height of band main"),
        ("tracking a.section-2 ¶3", "a 第 2 节 第 3 段的字距", "tracking of a section 2, paragraph 3"),
        ("something else", "something else", "something else"),
    ],
)
def test_says_what_gave_way(what: str, zh: str, en: str) -> None:
    assert (conceded(what, "zh"), conceded(what, "en")) == (zh, en)
