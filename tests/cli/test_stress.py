"""``layout stress`` and ``layout components``: what they print, what they write, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Shell
from layout.issue_writing.new_design import write_design


def test_a_design_that_cannot_be_set_is_a_case_with_its_line(shell: Shell, tmp_path: Path) -> None:
    design = tmp_path / "evening"
    write_design(design, sheet="tabloid")
    page = design / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("{% if shots %}", "{% if shoots %}"), encoding="utf-8")
    done = shell("stress", str(design), "-o", str(tmp_path / "out"), "--cases", "bare,quotes", "--jobs", "1")
    assert done.code == 3, done.err
    line = page.read_text(encoding="utf-8").split("shoots")[0].count("\n") + 1
    assert done.out.count(f"evening/page.html:{line}") == 1, "what is wrong in every case is said once"
    assert "shots" in done.out
    assert "另 1 种也是这样：quotes" in done.out
    assert (tmp_path / "out" / "evening-stress.png").is_file()
    assert (tmp_path / "out" / "evening-stress" / "issues" / "bare" / "evening").is_symlink()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere",), "没有名为“nowhere”的版式"),
        (("tabloid-river", "--cases", "shrt"), "没有“shrt”这种试法"),
        (("tabloid-river", "--kinds", "frnt"), "没有“frnt”这种版面"),
        (("specimen", "--cases", "nine-pictures"), "没有一种试法适合它"),
    ],
)
def test_what_cannot_be_tried_is_said(shell: Shell, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    done = shell("stress", *words, "-o", str(tmp_path / "out"))
    assert done.code == 2
    assert message in done.err


FLAG = """\
{# 角标：一个角上的字 / A flag: words in a corner.
   words: 稿件的一段 / a text of the story #}
{% macro flag(words) %}<div class="word w-1" data-flow="{{ words.flow }}"></div>{% endmacro %}
"""


@pytest.mark.slow
def test_a_designers_own_component_is_shown_as_it_is_printed(shell: Shell, tmp_path: Path) -> None:
    design = tmp_path / "evening"
    write_design(design, sheet="tabloid")
    (design / "parts.html").write_text(FLAG, encoding="utf-8")
    page = design / "page.html"
    text = page.read_text(encoding="utf-8").replace(
        "{{ folio(page) }}",
        '{% from "parts.html" import flag %}{% for word in page.folio.values() %}{{ flag(word) }}{% endfor %}',
    )
    page.write_text(text, encoding="utf-8")
    done = shell("components", str(design), "-o", str(tmp_path / "out"))
    assert done.code == 0, done.err
    assert "parts.html:3  flag  角标：一个角上的字\n" in done.out
    assert "components/piece.html" in done.out
    written = (tmp_path / "out" / "evening-components.html").read_text(encoding="utf-8")
    article = written.split('<article id="parts-flag"')[1].split("</article>")[0]
    assert 'src="data:image/webp;base64,' in article
    assert "{{ flag(words) }}" in article
    assert "稿件的一段" in article
    assert "http" not in written.replace("http-equiv", "")


@pytest.mark.slow
def test_a_design_of_which_no_page_can_be_made_has_a_gallery_and_an_exit_code_that_says_so(
    shell: Shell, tmp_path: Path
) -> None:
    design = tmp_path / "evening"
    write_design(design, sheet="tabloid")
    page = design / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("{% if shots %}", "{% if shoots %}"), encoding="utf-8")
    done = shell("components", str(design), "-o", str(tmp_path / "out"))
    assert done.code == 3, done.err
    line = page.read_text(encoding="utf-8").split("shoots")[0].count("\n") + 1
    fault = f"page 没有排成：evening/page.html:{line}"
    assert done.out.count(fault) == 1
    assert done.out.count("没有图：") == 1  # one reason, said once for all of them
    assert "只有page用它，而那里一版也没排成" in done.out
    written = (tmp_path / "out" / "evening-components.html").read_text(encoding="utf-8")
    assert fault in written
    assert "webp" not in written
