"""The planted errors are what they say they are."""

from collections import Counter

from proofreading.planted import planted, source_text


def test_five_hundred_errors_each_with_another_right_answer() -> None:
    errors = list(planted())
    assert len(errors) >= 500
    assert len({each.marked for each in errors}) == len(errors)
    assert all(each.right != each.wrong for each in errors)
    assert all("→" not in each.right + each.wrong and "⟦" not in each.right + each.wrong for each in errors)


def test_the_right_words_of_a_source_stand_in_it_once() -> None:
    errors = [each for each in planted() if each.source]
    assert len(errors) >= 100
    assert [each.marked for each in errors if source_text(each.source).count(each.right) != 1] == []


def test_every_family_has_errors_enough_to_speak_of() -> None:
    assert min(Counter(each.family for each in planted()).values()) >= 6
