"""Every rule finds what its row says is wrong, with its place, and leaves what its row says is right."""

from pathlib import Path

import pytest

from layout.proofreading.desk import desk_rules
from layout.proofreading.families import FAMILIES, examples
from proofreading.desk_support import found

WRONG = [(rule, words) for rule, row in examples().items() for words in row.wrong]
RIGHT = [(rule, words) for rule, row in examples().items() for words in row.right]
BY_KIND = {"copy.hyphen_minus", "copy.heading_stop", "copy.placeholder", "copy.credit_without_name"}
"""Rules that look at cells and headings only, which a text has none of; and one whose words are no sentence."""


@pytest.mark.parametrize(("rule", "words"), WRONG)
def test_what_is_wrong_is_found_where_it_stands(tmp_path: Path, rule: str, words: str) -> None:
    findings = [each for each in found(words, tmp_path) if each.check == rule]
    assert findings
    for finding in findings:
        assert finding.place is not None
        assert finding.place.line
        assert finding.place.column
        assert finding.hint is not None
        shown = str(finding.amount["found"]).rstrip("…")
        assert shown in words


@pytest.mark.parametrize(("rule", "words"), RIGHT)
def test_what_is_right_is_left(tmp_path: Path, rule: str, words: str) -> None:
    assert [each.message.zh for each in found(words, tmp_path) if each.check == rule] == []


def test_every_rule_has_a_family_and_both_kinds_of_example() -> None:
    for rule, row in examples().items():
        assert row.family in FAMILIES, rule
        listed = row.family == "lists" and rule in desk_rules()
        assert (row.wrong and row.right) or listed or rule in BY_KIND, rule


@pytest.mark.parametrize(
    "copy",
    [
        "第一条 甲\n\n第二条 乙\n\n第二条之一 丙\n\n第三条 丁",
        "第一条 甲。 第二条 乙。\n\n第三条 丙",
        "第二条规定的，依照第四条处理。\n\n第九条 丙",
        "一、甲\n\n（一）乙\n\n（二）丙\n\n二、丁\n\n（一）戊",
    ],
)
def test_sequences_that_are_whole(tmp_path: Path, copy: str) -> None:
    assert [each.check for each in found(copy, tmp_path) if "sequence" in each.check or "order" in each.check] == []


@pytest.mark.parametrize(
    "copy",
    [
        "总投资8.5亿元，其中中央资金3.2亿元、省级资金2.5亿元。",
        "犯罪由两人完成，其中一人驾车，一人望风，两人分赃。",
        "全年供水1.25亿立方米，其中农业0.9亿立方米，工业0.34亿立方米。",
        "今年接待120万人次，其中外地游客50万人次，同比增加20万人次。",
        "产量由3.1万吨增加到3.3万吨，增长6%。",
        "占比由10.2%提高到13.1%，提高2.9个百分点。",
        "共有代表120人，其中男代表约70人，女代表50多人。",
        "修渠12公里，修路8公里，共20公里。",
    ],
)
def test_numbers_that_agree_or_cannot_be_reckoned(tmp_path: Path, copy: str) -> None:
    assert [each.message.zh for each in found(copy, tmp_path) if each.check in ("copy.sum", "copy.growth")] == []


@pytest.mark.parametrize(
    ("copy", "right"),
    [
        ("总投资8.5亿元，其中中央3.2亿元、县级自筹5.8亿元。", "9亿元"),
        ("产量由3.1万吨增加到3.3万吨，增长16%。", "6.45%"),
        ("全县42个村，已通水30个村，还有11个村没有通。", "12个村"),
        ("一号渠3公里，二号渠4公里，共计8公里。", "7公里"),
    ],
)
def test_numbers_that_disagree_are_told_with_the_reckoned_one(tmp_path: Path, copy: str, right: str) -> None:
    (finding,) = [each for each in found(copy, tmp_path) if each.check in ("copy.sum", "copy.growth")]
    assert finding.hint is not None
    assert right in finding.hint.zh
