"""The table of checks: complete, in both languages, true to the code and to the docs page."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from layout.checks import room_checks
from layout.errors import UsageError
from layout.preflight import pdfium
from layout.preflight.explain import explain
from layout.press.model import PressProfile

ROOT = Path(pdfium.__file__).parent
ELSEWHERE = {"text.complete", "text.extra", "text.order"}
"""Made by the accounting, not by judge."""


def test_every_check_speaks_both_languages() -> None:
    for check in room_checks("preflight").values():
        for message in (check.title, check.rationale, *check.remedy.by_reader.values()):
            assert re.search(r"[\u4e00-\u9fff]", message.zh), check.id
            assert message.en.isascii() or "×" in message.en, check.id
            assert message.en, check.id


def test_code_and_table_name_the_same_checks() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py"))
    named = set(re.findall(r'(?:finding|_finding|limit|on)\(\s*(?:sheet,\s*)?"([a-z_]+\.[a-z_0-9]+)"', code))
    named |= set(re.findall(r'"((?:image|font)\.[a-z_0-9]+)"', code))
    assert named | ELSEWHERE == set(room_checks("preflight"))


def test_thresholds_are_values_of_the_press_profile() -> None:
    for check in room_checks("preflight").values():
        for key in check.threshold:
            holder: object = PressProfile
            for part in key.split("."):
                assert is_dataclass(holder)
                assert part in {field.name for field in fields(holder)}, key
                holder = get_type_hints(holder)[part]


def test_explain() -> None:
    assert "一字不少" in explain("text.complete", "zh")
    assert "threshold" not in explain("page.bleed", "en")
    assert "press profile: bleed_mm" in explain("page.bleed", "en")


def test_explain_an_unknown_check_offers_its_family() -> None:
    with pytest.raises(UsageError) as caught:
        explain("page.sise")
    assert caught.value.hint is not None
    assert "page.size" in caught.value.hint.zh
