"""report.json and summary.md: complete, stable, and safe to show."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import get_args, get_type_hints

import pytest

from layout.checks import Finding, Severity
from layout.composer.model import Adjustment
from layout.errors import Hint, Lang, Message, Place
from layout.galley.row_fit import Concession
from layout.proof.report import (
    Characters,
    PageReport,
    PictureUse,
    Report,
    adjustment_counts,
    comparable,
    effective_ppi,
)
from layout.proof.report_json import PictureJson
from layout.proof.summary import MAX_ROWS, summary
from layout.seal.file_written import FileWritten


def finding(check: str = "text.complete", severity: Severity = Severity.ERROR, words: str = "缺 1 个字") -> Finding:
    return Finding(
        check,
        severity,
        Message(words, "1 missing"),
        Place("tunliu.md", 30, 5),
        Hint(editor=Message("补上", "Add it")),
        1,
    )


def report(*findings: Finding, set_characters: int = 3000, seconds: float = 1.23456) -> Report:
    page = PageReport(
        number=1, title="两会特刊", width_mm=390.0, height_mm=545.0,
        characters=Characters(manuscript=3000, set=set_characters, furniture=120, page=3120), lines=180,
        fonts=("Hei-500", "Song-400"),
        pictures=(PictureUse("dam", "images:dam.jpg", 120.0, 80.0, (1500, 1000), 317),),
        adjustments=(), changes=(Concession("picture", "dam", 12, 11),),
    )  # fmt: skip
    return Report(
        issue="tunliu-2026", title="长治两会特刊·屯留", date=date(2026, 2, 5), design="lianghui-broadsheet",
        press="newsprint-coldset", program="layout 0.1.0", pages=(page,), findings=findings,
        files=(FileWritten.of("tunliu-2026.pdf", b"%PDF"),), seconds={"total": seconds},
    )  # fmt: skip


def test_report_is_plain_json_with_its_schema() -> None:
    told = json.loads(json.dumps(report(finding()).as_json("zh"), ensure_ascii=False))
    assert told["schema"] == 2
    assert told["characters"] == {"manuscript": 3000, "set": 3000, "overset": 0}
    assert told["severities"] == {"error": 1, "warning": 0, "note": 0}
    assert told["findings"][0]["place"] == "tunliu.md:30:5"
    assert told["pages"][0]["fonts"] == ["Hei-500", "Song-400"]
    assert told["files"][0]["size"] == 4


def test_only_the_run_differs_from_one_build_to_the_next() -> None:
    one, other = report(seconds=1).as_json(), report(seconds=2).as_json()
    assert one != other
    assert comparable(one) == comparable(other)


def test_gravest_first() -> None:
    told = report(
        finding("a.note", Severity.NOTE), finding("b.error"), finding("c.warning", Severity.WARNING)
    ).as_json()
    assert [each["check"] for each in told["findings"]] == ["b.error", "c.warning", "a.note"]


def test_adjustments_are_summed_by_kind() -> None:
    counts = adjustment_counts(
        [
            Adjustment("comma", "GB 5.1", (0.5, 0.25)),
            Adjustment("han_latin", "CLREQ", (0.1,)),
            Adjustment("comma", "GB 5.1", (0.25,)),
            Adjustment("stop", "GB 5.1", ()),
        ]
    )
    assert [(each.kind, each.places, each.em) for each in counts] == [("comma", 3, 1.0), ("han_latin", 1, 0.1)]


def test_effective_ppi_is_the_poorer_direction() -> None:
    assert effective_ppi((1500, 1000), (360, 360)) == 200
    assert effective_ppi((1500, 1000), (0, 0)) == 0


def test_summary_in_chinese() -> None:
    text = summary(report(finding(), set_characters=2999).as_json("zh"), "zh")
    assert text.startswith("# 长治两会特刊·屯留\n")
    assert "**缺 1 字**" in text
    assert "| 错误 | `text.complete` | tunliu.md:30:5 | 缺 1 个字<br>补上 |" in text
    assert "| 1 | 图片 dam 的高 | 12 | 11 |" in text
    assert "| 1 | 两会特刊 | 390 × 545 | 3000 | 2999 | 1 | 1 | 317 |" in text


def test_summary_in_english() -> None:
    text = summary(report(finding()).as_json("en"), "en")
    assert "3000 characters in the manuscript, 3000 set." in text
    assert "| error | `text.complete` | tunliu.md:30:5 | 1 missing<br>Add it |" in text


def test_stories_that_are_killed_are_named() -> None:
    plain = report().as_json()
    assert "killed" not in plain
    assert "撤" not in summary(plain, "zh")
    told = replace(report(), killed=("s07.md", "来稿 2.md")).as_json()
    assert "撤下的稿件，哪一版也不排：s07.md、来稿 2.md。" in summary(told, "zh")
    assert "Killed, and set on no page: s07.md, 来稿 2.md." in summary(told, "en")


@pytest.mark.parametrize("crop", [each for each in get_args(get_type_hints(PictureJson)["crop"]) if each != "whole"])
@pytest.mark.parametrize("language", get_args(Lang))
def test_every_crop_has_its_words(crop: str, language: Lang) -> None:
    """An advertisement's page that is placed as it is among them."""
    made = report()
    (page,) = made.pages
    picture = replace(page.pictures[0], crop=crop)
    text = summary(replace(made, pages=(replace(page, pictures=(picture,)),)).as_json(language), language)
    (row,) = [line for line in text.splitlines() if line.startswith("| 1 | dam |")]
    words = tomllib.loads(files("layout.proof").joinpath("summary.toml").read_text("utf-8"))
    assert row.split("|")[-2].strip() == words[f"crop_{crop}"][language]


def test_clean_summary_says_so() -> None:
    assert "没有发现问题。" in summary(report().as_json())


def test_the_manuscripts_words_are_not_markup() -> None:
    text = summary(report(finding(words="“<b>*甲*</b>|乙\n丙”")).as_json())
    assert "“&lt;b&gt;\\*甲\\*&lt;/b&gt;\\|乙 丙”" in text


def test_long_lists_are_cut_with_a_count() -> None:
    text = summary(report(*[finding()] * (MAX_ROWS + 7)).as_json())
    assert "另有 7 条" in text
