"""The words at a page's head, as a Chinese newspaper writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Paragraph, Run, Text

WEEKDAYS = "一二三四五六日"


def chinese_date(day: date) -> str:
    """A date as the folio prints it: 2026年2月5日 星期四."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def staff_line(staff: Mapping[str, str]) -> str:
    """Roles and names as the credits line writes them: 责编/张三 校对/李四."""
    return " ".join(f"{role}/{name}" for role, name in staff.items())


def folio(words: Mapping[str, str], places: Mapping[str, Place], default: Place) -> dict[str, Text]:
    """A text for each non-empty word of the folio, its flow ``page.folio.<name>``."""
    return {
        name: Text(Flow.parse(f"page.folio.{name}"), (Paragraph("folio", (Run(word, places.get(name, default)),)),))
        for name, word in words.items()
        if word
    }
