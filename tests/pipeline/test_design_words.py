"""A design's own words on a built page: set where frames ask for them, accounted for as its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.errors import LayoutError
from layout.issue import read_issue
from layout.pipeline import Built
from layout.pipeline.design_words import TurnWords, with_turn_words
from pipeline.small_issue import PAGE, built, make_issue

LABELS = '[labels]\nguide = "导读"\nplate = "图{}"\nunused = "不用"\n'
FRAMES = """
  {% for part in [1, 2] %}<div class="head" data-flow="{{ labels.guide.flow }}"></div>
  <div class="head" data-flow="{{ labels.plate.flow }}.{{ part }}"></div>{% endfor %}
</main>"""


def _issue(folder: Path, frames: str, labels: str = LABELS) -> Path:
    make_issue(folder, "一二三四五六七八九十。")
    (folder / "plain" / "design.toml").write_text(labels, encoding="utf-8")
    (folder / "plain" / "page.html").write_text(PAGE.replace("\n</main>", frames), encoding="utf-8")
    return folder


def _texts(done: Built) -> set[str]:
    return {each.check for each in done.findings if each.check.startswith(("text.", "design."))}


def test_labels_stand_where_they_are_asked_for_and_are_the_designs_own(tmp_path: Path) -> None:
    done = built(_issue(tmp_path / "issue", FRAMES))
    assert _texts(done) == set()
    plain = built(_issue(tmp_path / "plain" / "issue", "\n</main>"))
    more = [each["pages"][0]["characters"] for each in (done.report, plain.report)]
    assert more[0]["page"] - more[1]["page"] == len("导读图1导读图2")
    assert more[0]["furniture"] - more[1]["furniture"] == len("导读图1导读图2")
    assert more[0]["manuscript"] == more[1]["manuscript"]


def test_words_written_plainly_are_told_with_their_line(tmp_path: Path) -> None:
    done = built(_issue(tmp_path / "issue", '\n  <div class="head">\n    本期导读</div>\n</main>'))
    assert _texts(done) == {"design.words", "text.extra"}
    (found,) = (each for each in done.findings if each.check == "design.words")
    assert "本期导读" in found.message.zh
    assert found.place is not None
    template = (tmp_path / "issue" / "plain" / "page.html").read_text(encoding="utf-8").splitlines()
    assert template[(found.place.line or 0) - 1].strip() == "本期导读</div>"
    assert found.hint is not None
    assert "[labels]" in found.hint.zh


def test_a_label_that_the_design_has_not_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as raised:
        built(_issue(tmp_path / "issue", '<div class="head" data-flow="{{ labels.giude.flow }}"></div></main>'))
    assert "giude" in raised.value.message.zh


def test_turn_lines_are_said_in_the_designs_words(tmp_path: Path) -> None:
    folder = _issue(tmp_path / "issue", "\n</main>", '[labels]\nturn-to = "（下转{}版）"\n')
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    second = '\n[[page]]\nnumber = 3\ntitle = "续"\nstories = ["a.md"]\ncontinues = ["a.md"]\n'
    (folder / "issue.toml").write_text(plan + second, encoding="utf-8")
    issue = with_turn_words(read_issue(folder), TurnWords.of_design(folder / "plain"))
    turns = {name: text for page in issue.pages for name, text in page.turns.items()}
    assert {name: text.text for name, text in turns.items()} == {"a.to": "（下转3版）", "a.from": "上接第1版"}
    assert str(turns["a.to"].paragraphs[0].place).endswith("design.toml:2:1")


@pytest.mark.parametrize(
    ("front", "words"),
    [("", ["下转第3版", "上接第1版"]), ("short: 短题\n", ["下转第3版", "短题：接1版"])],
    ids=["without", "with"],
)
def test_a_short_headline_stands_in_the_turn_lines_that_ask_for_it(
    tmp_path: Path, front: str, words: list[str]
) -> None:
    folder = _issue(tmp_path / "issue", "\n</main>", '[labels]\nturn-from-short = "{short}：接{}版"\n')
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    second = '\n[[page]]\nnumber = 3\ntitle = "续"\nstories = ["a.md"]\ncontinues = ["a.md"]\n'
    (folder / "issue.toml").write_text(plan + second, encoding="utf-8")
    story = (folder / "a.md").read_text(encoding="utf-8")
    (folder / "a.md").write_text(story.replace("---\n", f"---\n{front}", 1), encoding="utf-8")
    issue = with_turn_words(read_issue(folder), TurnWords.of_design(folder / "plain"))
    lines = [text for page in issue.pages for text in page.turns.values()]
    assert [text.text for text in lines] == words
    strong = [run for text in lines for paragraph in text.paragraphs for run in paragraph.runs if run.mark == "strong"]
    assert [(run.text, str(run.place).rpartition("/")[2]) for run in strong] == (
        [("短题", "a.md:2:8")] if front else []
    )
