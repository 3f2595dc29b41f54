"""What keeps a page from being full is told with its frames, and the lines of the design that decide how they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.checks import Finding
from pipeline.small_issue import CSS, built, make_issue

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><link rel="stylesheet" href="page.css"></head><body><main data-fill>
{% macro column(flow) %}
<div class="column" data-column><div class="text" data-flow="{{ flow }}"></div></div>
{% endmacro %}
<div class="head" data-flow="{{ story.headline.flow }}"></div>
<div class="head" data-flow="{{ story.sections[0].heading.flow }}"></div>
<div class="head" data-flow="{% for word in page.folio.values() %}{{ word.flow }} {% endfor %}"></div>
<section class="band" data-band="main">
  {% for number in range(3) %}
  {{ column(story.sections[0].body.flow) }}
  {% endfor %}
</section>
</main></body></html>
"""
STYLE = (
    CSS.replace("LEVEL", "").replace("DOWN", "")
    + """.band { height: HIGH; min-height: HIGH; max-height: HIGH }
.column { float: left; width: 150pt; margin-right: 10pt }
.text { font-size: 10pt; line-height: 15pt; text-align: justify }
"""
)
RULE = STYLE[: STYLE.index(".text")].count("\n") + 1
CALLED = ["plain/page.html:4", "plain/page.html:11", f"plain/page.css:{RULE}"]


def found(folder: Path, height: str, sentences: int) -> list[Finding]:
    issue = make_issue(folder / "issue", "一年来，河水清了，两岸的人多了。" * sentences)
    (issue / "plain" / "page.html").write_text(PAGE, encoding="utf-8")
    (issue / "plain" / "page.css").write_text(STYLE.replace("HIGH", height), encoding="utf-8")
    return [each for each in built(issue).findings if each.check.startswith("page.") and each.elements]


@pytest.mark.parametrize(
    ("height", "sentences", "check", "words"),
    [
        ("705pt", 120, "page.underset", "a.section-1 各栏脚共空"),
        ("600pt", 100, "page.underset", "版面下方空 7.0 行（版心的 14%），上面是 a.section-1 第 1–3 栏"),
        ("735pt", 140, "page.overfull", "版面超出版心 2.0 行，到了下面的是 a.section-1 第 1–3 栏"),
        ("705pt", 200, "page.overset", "溢文：a.section-1"),
    ],
)
def test_a_page_that_is_not_full_names_its_frames_and_their_lines(
    tmp_path: Path, height: str, sentences: int, check: str, words: str
) -> None:
    told = [each for each in found(tmp_path, height, sentences) if each.check == check and words in each.message.zh]
    assert [str(line) for line in told[0].template] == CALLED
