"""The paper's lists: what disagrees with them on the day of the issue, and lists that are faulty."""

from datetime import date
from pathlib import Path

import pytest

from layout.errors import Faults, LayoutError
from layout.proofreading.desk import DeskWork
from layout.proofreading.measured import rules_on
from layout.proofreading.paper_lists import ListRow, read_lists
from proofreading.desk_support import found
from proofreading.recall import LISTS


def told(text: str, folder: Path, day: date | None, rows: tuple[ListRow, ...] | None = None) -> list[tuple[str, str]]:
    work = DeskWork(rules_on(), rows or read_lists([LISTS]), day)
    return [(each.check.removeprefix("copy.listed_"), str(each.amount["found"])) for each in found(text, folder, work)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三清一通行动开始了。", [("wording", "三清一通行动")]),
        ("“三清一桶”行动开始了。", [("wording", "“三清一桶”行动")]),
        ("“三清一通”行动开始了。", []),
        ("青禾县水利局启动春灌。", [("institution", "青禾县水利局")]),
        ("青禾县水务局启动春灌，县水务局发文。", []),
        ("县发展改革局批复。", [("institution", "县发展改革局")]),
        ("青禾县水务局副局长闻雨生说。", [("name", "副局长闻雨生")]),
        ("青禾县水务局局长闻雨生说，闻雨生局长来了。", []),
        ("青禾县水务局局长闻语生说。", [("name", "闻语生")]),
        ("水务局局长闻雨生、县长沈佳到场。", [("name", "闻雨生")]),
        ("县长沈佳、水务局局长闻雨生到场。", []),
        ("落燕岭下雪，禾水河涨了。", [("place", "落燕岭"), ("place", "禾水河")]),
        ("上泉乡办起食堂。", [("place", "上泉乡")]),
        ("原青禾县水利局的老档案还在，上泉乡（今上泉镇）也有一份。", []),
        ("时任青禾县水务局副局长闻雨生到场。", []),
        ("原县水务局副局长闻雨生到场。", []),
        ("原来的渠由青禾县水利局管。", [("institution", "青禾县水利局")]),
        ("草原上的青禾县水利局启动春灌。", [("institution", "青禾县水利局")]),
        ("为残废人装扶手。", [("word", "残废")]),
    ],
)
def test_copy_of_2026(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, tmp_path, date(2026, 2, 5)) == expected


def test_a_row_holds_on_its_days_only(tmp_path: Path) -> None:
    assert told("青禾县水利局启动春灌。", tmp_path, date(2018, 5, 1)) == []
    assert told("三清一通行动开始了。", tmp_path, date(2027, 5, 1)) == []
    assert told("青禾县水务局副局长闻雨生说。", tmp_path, date(2024, 1, 1)) == []


def test_a_forbidden_word_is_an_error_and_its_source_is_told(tmp_path: Path) -> None:
    work = DeskWork(rules_on(), read_lists([LISTS]))
    (finding,) = found("为残废人装扶手。", tmp_path, work)
    assert finding.severity.name == "ERROR"
    assert finding.hint is not None
    assert "编校手册" in finding.hint.zh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[wording]]\nright = "甲"\n', "source"),
        ('[[wordin]]\nright = "甲"\nsource = "乙"\n', "wordin"),
        ('[[place]]\nname = "甲"\nnames = ["乙"]\nsource = "丙"\n', "names"),
        ('[[place]]\nname = "甲"\nfrom = "2026"\nsource = "丙"\n', "from"),
        ('[[person]]\nname = "甲"\nposts = ["局长"]\nsource = "丙"\n', "posts"),
        ('[[place]\nname = "甲"\n', "list.toml"),
    ],
)
def test_a_faulty_list_is_one_sentence_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "list.toml").write_text(text, "utf-8")
    with pytest.raises(LayoutError) as caught:
        read_lists([tmp_path])
    faults = caught.value.faults() if isinstance(caught.value, Faults) else [caught.value]
    assert words in str(faults[0].message.zh) + str(faults[0].place)
    assert faults[0].place is not None
    assert faults[0].place.line


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LayoutError):
        read_lists([tmp_path / "no.toml"])
