"""What is published of the rules is so: recall on the planted errors, and which rules are on."""

from pathlib import Path

from layout.proofreading.desk import all_rules, desk_rules
from layout.proofreading.families import examples
from layout.proofreading.measured import ALARMS_LEAST, PRECISION_LEAST, measures, prose, recalled, rules_on
from proofreading.recall import counted


def test_recall_on_the_planted_errors_is_what_is_published(tmp_path: Path) -> None:
    assert counted(tmp_path) == dict(recalled())


def test_a_rule_without_alarms_enough_or_not_precise_is_off() -> None:
    for rule, measure in measures().items():
        if examples()[rule].family in ("lists", "silence"):
            continue
        precise = measure.precision is not None and measure.precision >= PRECISION_LEAST
        assert (rule in rules_on()) == (measure.alarms >= ALARMS_LEAST and precise), rule


def test_every_measure_is_of_a_rule_and_of_no_more_alarms_than_there_were() -> None:
    assert set(measures()) == set(all_rules())
    assert all(each.right <= each.judged <= each.alarms for each in measures().values())
    assert sum(characters for _, characters in prose()) >= 200_000


def test_some_rules_are_on_in_builds_and_some_at_the_desk() -> None:
    assert rules_on() & set(desk_rules())
    assert rules_on() - set(desk_rules())
