"""What stands on a page leads to what is written: through macros, arguments of macros, and copy that is set apart."""

from __future__ import annotations

import pytest

from in_place import HERE
from layout.engine.element_sources import PageElement
from layout.pipeline import Options
from layout.pipeline.component_gallery import inspected_pages
from layout.pipeline.inspection import PageInspection
from pipeline.small_issue import ISSUE

pytestmark = pytest.mark.slow

COPY = """\
---
headline: 一条小河
---

## 横

天不亮，闸房的灯先亮了[^①]。看闸的人一格一格读水尺，读完写进本子。

| 村 | 亩 |
| --- | --- |
| 泉口 | 120 |
| 柳湾 | 180 |

[^①]: 数字由县里提供。
"""
PAGE = """\
{% from "frames.html" import framed %}
{% from "parts.html" import head %}
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ issue.title }}</title>
<link rel="stylesheet" href="page.css"></head>
<body><main data-fill>
  {% for name, word in page.folio.items() %}<div class="folio" data-flow="{{ word.flow }}"></div>{% endfor %}
  {{ framed(head(story)) }}
  {% for section in story.sections %}
  <div class="folio" data-flow="{{ section.heading.flow }}"></div>
  <div class="body" data-flow="{{ section.body.flow }}"></div>
  {% endfor %}
  {% for table in story.tables %}<div class="table" data-flow="{{ table.flow }}"></div>{% endfor %}
  {% if story.footnotes %}<div class="notes" data-flow="{{ story.footnotes.flow }}"></div>{% endif %}
</main></body></html>
"""
FRAMES = '{% macro framed(inner) %}<section class="frame">{{ inner }}</section>{% endmacro %}\n'
PARTS = """\
{% macro head(story) %}
<div class="head" style="--max-lines: 1" data-flow="{{ story.headline.flow }}"></div>
{% endmacro %}
"""
CSS = """\
@page { size: 210mm 150mm; margin: 0 }
* { margin: 0; padding: 0 }
body { font-family: "Song 400", "Hei 400"; line-height: 0; color: device-cmyk(0 0 0 1) }
main { margin: 30pt 40pt; width: 500pt; height: 340pt; line-height: 15pt }
.head, .folio, .notes { font-size: 10pt; line-height: 15pt; height: 15pt }
.body, .table { font-size: 10pt; line-height: 15pt; width: 200pt; height: 75pt; text-align: justify }
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PageInspection:
    folder = tmp_path_factory.mktemp("inspected")
    design = folder / "plain"
    design.mkdir()
    (folder / "issue.toml").write_text(ISSUE, encoding="utf-8")
    (folder / "a.md").write_text(COPY, encoding="utf-8")
    for name, text in (("page.html", PAGE), ("frames.html", FRAMES), ("parts.html", PARTS), ("page.css", CSS)):
        (design / name).write_text(text, encoding="utf-8")
    (made,) = inspected_pages(folder, Options(out=folder / "out", fail_on="never"), HERE)
    return made.inspection


def element(page: PageInspection, name: str) -> PageElement:
    (found,) = [each for each in page.elements if each.name == name]
    return found


def test_what_a_macro_is_given_is_of_the_file_that_writes_it(page: PageInspection) -> None:
    head = element(page, "div.head")
    assert str(head.place) == "plain/parts.html:2:1"
    assert [(call.name, call.component, str(call.place)) for call in head.calls] == [
        ("head", "plain/parts.html", "plain/page.html:8"), ("framed", "plain/frames.html", "plain/page.html:8"),
    ]  # fmt: skip


def test_copy_that_is_set_apart_leads_to_its_line(page: PageInspection) -> None:
    assert str(element(page, "div.table").place).startswith("plain/page.html:13:")
    assert str(element(page, "div.notes").place).startswith("plain/page.html:14:")


def test_an_option_in_a_style_attribute_stands_where_its_element_is_written(page: PageInspection) -> None:
    (frame,) = [each for each in page.frames if str(each.chain) == "a.headline"]
    values = {each.name: (each.value, str(each.place)) for each in frame.values}
    assert values["--max-lines"] == ("1", "plain/parts.html:2:1")
    assert values["size"] == ("10", "plain/page.css:5:25")
