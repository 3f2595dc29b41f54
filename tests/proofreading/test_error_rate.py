"""The official counting, worked by hand on three stories.

Weights: a wrong character 1, two to five 2, more 4; a wrong number 1; a mark, a form of a number 0.1 (the latter 1 in
all at most); in a headline double; the same error three times at most; notes do not count. Characters without spaces.
"""

from pathlib import Path

import pytest

from layout.proofreading.desk import DeskCopy, DeskWork, proofread
from layout.proofreading.error_rate import ErrorRate, counting, error_rate
from proofreading.desk_support import EVERY_RULE, copy_of

RULES = frozenset({
    "copy.wrong_word", "copy.half_width_marks", "copy.unit_case", "copy.number_point", "copy.sum", "copy.weekday",
    "copy.repeated_particle", "copy.doubled_marks", "copy.double_percent",
})  # fmt: skip


def counted(text: str, folder: Path) -> ErrorRate:
    copies: list[DeskCopy] = [copy_of(text, folder)]
    return error_rate(proofread(copies, DeskWork(RULES)), copies)


def test_a_headline_with_a_wrong_character_counts_double(tmp_path: Path) -> None:
    # 题 8 字：再接再励 错一字，标题加倍 1 × 2 = 2。文 13 字：清沏 错一字 1；半角逗号 0.1。共 3.1 ÷ 21 字。
    rate = counted("---\nheadline: 全县上下再接再励\n---\n渠水清沏见底,老许很高兴。", tmp_path)
    assert {each.id: (each.errors, each.weight) for each in rate.classes} == {"character": (2, 3.0), "mark": (1, 0.1)}
    assert (rate.characters, rate.weight) == (21, 3.1)
    assert rate.rate == round(3.1 / 21 * 10_000, 2)
    assert not rate.passes


def test_forms_of_numbers_count_one_in_all_and_the_same_error_three_times(tmp_path: Path) -> None:
    # 十一处单位大小写各不相同：0.1 × 11 = 1.1，一期至多计 1。同一个“安祥”五处只计三处：1 × 3 = 3。共 4。
    units = "，".join(f"第{letter}台{number}KV" for number, letter in enumerate("甲乙丙丁戊己庚辛壬癸子", 11))
    rate = counted(f"{units}。\n\n安祥，安祥，安祥，安祥，安祥。", tmp_path)
    assert {each.id: (each.errors, each.weight) for each in rate.classes} == {
        "number_form": (11, 1.0),
        "character": (3, 3.0),
    }
    assert rate.weight == 4.0


def test_a_wrong_number_counts_one_whatever_its_digits_and_a_long_word_more(tmp_path: Path) -> None:
    # 合计错 1；星期错 1；“中华人民共合国”错一字 1；“投投是道”错两字 2；“，，”0.1。共 5.1。
    text = (
        "共有代表120人，其中男代表74人，女代表56人。2026年3月5日（星期三）开幕。\n\n"
        "中华人民共合国成立以来，，他讲得投投是道。"
    )
    rate = counted(text, tmp_path)
    assert {each.id: (each.errors, each.weight) for each in rate.classes} == {
        "number": (2, 2.0),
        "character": (2, 3.0),
        "mark": (1, 0.1),
    }
    assert rate.weight == 5.1


def test_clean_copy_passes(tmp_path: Path) -> None:
    rate = counted("渠水清澈见底，老许很高兴。" * 20, tmp_path)
    assert (rate.weight, rate.rate, rate.passes) == (0.0, 0.0, True)


def test_notes_are_left_to_the_house(tmp_path: Path) -> None:
    copies = [copy_of("1980年代初修的渠。", tmp_path)]
    findings = proofread(copies, DeskWork(EVERY_RULE))
    assert [each.check for each in findings] == ["copy.decade"]
    assert error_rate(findings, copies).weight == 0.0


@pytest.mark.parametrize("key", ["limit", "per", "same_error"])
def test_the_table_has_the_figures_of_the_regulation(key: str) -> None:
    assert counting()[key] == {"limit": 3.0, "per": 10_000, "same_error": 3}[key]  # type: ignore[literal-required]
