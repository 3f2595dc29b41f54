"""Damaged PDFs, a plain page and a real one, before a press that is strict about all: findings, or one sentence."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

import soak
from damage import damaged
from layout import assets
from layout.errors import PrintError
from layout.preflight.expected import Expected
from layout.preflight.judge import judge
from layout.press.load import load_profile
from layout.press.model import PressProfile
from preflight.support import unpacked
from sample_issue import sample

pytestmark = pytest.mark.slow

PLAN = Expected(1, (400.0, 300.0), "两会特刊", frozenset({"Test Song"}), (frozenset("K"),))


@pytest.fixture(scope="module")
def strict() -> PressProfile:
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    return replace(press, transparency=False, pages_multiple=2, bleed_mm=3.0, marks=True, safe_mm=5.0)


def judged(pdf: bytes, press: PressProfile) -> None:
    with suppress(PrintError):
        judge(pdf, press, PLAN)


@pytest.mark.soak
def test_a_plain_page(strict: PressProfile) -> None:
    plain = unpacked()
    for seed in range(soak.amount(sample=60, full=1900)):
        judged(damaged(plain, 1_000_000 + seed), strict)


@pytest.mark.soak
def test_a_real_page(strict: PressProfile) -> None:
    for seed in range(soak.amount(sample=3, full=100)):
        judged(damaged(sample().pdf, 2_000_000 + seed), strict)
