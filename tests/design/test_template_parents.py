"""A template's parents are found as Jinja finds them, and a circle of them ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.design.template_parents import template_chain

FILES = {
    "own/page.html": "{# a page #}\n{% extends 'sheet.html' %}\n",
    "own/sheet.html": '<p>\n\n{% extends "base.html" %}',
    "own/round.html": "{% extends 'other.html' %}",
    "own/other.html": "{% extends 'round.html' %}",
    "own/chosen.html": "{% extends name %}",
    "own/wrong.html": "{% extends",
    "shared/base.html": "<main></main>",
    "shared/sheet.html": "not this one",
}


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("page.html", ["own/page.html:2", "own/sheet.html:3", "shared/base.html:1"]),
        ("round.html", ["own/round.html:1", "own/other.html:1"]),
        ("chosen.html", ["own/chosen.html:1"]),
        ("wrong.html", ["own/wrong.html:1"]),
        ("none.html", []),
    ],
)
def test_the_chain_of_parents(tmp_path: Path, name: str, chain: list[str]) -> None:
    for file, source in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(source, encoding="utf-8")
    found = template_chain([tmp_path / "own", tmp_path / "shared"], name)
    assert [str(place).removeprefix(f"{tmp_path}/") for place in found] == chain
