"""How a hint says that a template asks for a text: for every story, not for the one that lacks its frame."""

from __future__ import annotations

import pytest

from layout.copyfit.checks.flow_checks import _asked_for
from layout.flows import Flow


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("a.headline", 'data-flow="{{ story.headline.flow }}"'),
        ("a.section-2", 'data-flow="{{ section.body.flow }}"（在 {% for section in story.sections %} 里）'),
        ("a.section-2.heading", 'data-flow="{{ section.heading.flow }}"（在 {% for section in story.sections %} 里）'),
        ("a.figure-1.before", 'data-flow="{{ figure.flow }}.before"（在 {% for figure in story.figures %} 里）'),
        ("a.table-1", 'data-flow="{{ table.flow }}"（在 {% for table in story.tables %} 里）'),
        ("a.word.夜线", "data-flow=\"{{ story.words['夜线'].flow }}\""),
        ("picture.桥.caption", "data-flow=\"{{ pictures['桥'].caption.flow }}\""),
        ("page.folio.date", 'data-flow="{{ page.folio.date.flow }}"'),
        ("page.turn.a.to", 'data-flow="page.turn.a.to"'),
    ],
)
def test_a_frame_is_asked_for_as_templates_write_it(flow: str, words: str) -> None:
    assert _asked_for(Flow.parse(flow)).zh == words
