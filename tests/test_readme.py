"""What the README shows is what the program takes."""

import io
import re
import shutil
from pathlib import Path

import pytest

from layout import assets
from layout.cli import run
from layout.cli.guard import print_faults
from layout.errors import PictureError
from layout.issue import read_issue
from layout.manuscript.reader import read_story

README = (assets.root() / "README.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    """The README's code block of that language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[number]


def test_the_manuscript_it_shows_is_one(tmp_path: Path) -> None:
    copy = block("markdown")
    (tmp_path / "a.md").write_text(copy, encoding="utf-8")
    story = read_story(tmp_path / "a.md", root=tmp_path)
    assert story.headline.text == "凝心聚力谋发展 累累硕果著华章"
    assert story.figures[0].number == "332个"
    assert len(story.sections) == 1


def test_the_plan_it_shows_is_one(tmp_path: Path) -> None:
    folder = plan_folder(tmp_path, block("toml"))
    assert read_issue(folder).pictures[0].focus == (0.5, 0.36)


def plan_folder(tmp_path: Path, plan: str) -> Path:
    folder = tmp_path / "tunliu-2026"
    (folder / "photos").mkdir(parents=True)
    (folder / "issue.toml").write_text(plan, encoding="utf-8")
    (folder / "tunliu.md").write_text("---\nheadline: 标题\n---\n\n正文。\n", encoding="utf-8")
    shutil.copy(assets.images_dir() / "autumn-ridge.jpg", folder / "photos" / "ridge.jpg")
    return folder


def test_the_mistake_it_shows_is_told_like_that(tmp_path: Path) -> None:
    folder = plan_folder(tmp_path, block("toml").replace("photos/ridge.jpg", "photos/rigde.jpg"))
    with pytest.raises(PictureError) as caught:
        read_issue(folder)
    out = io.StringIO()
    print_faults(caught.value.faults(), "zh", out)
    assert out.getvalue() in README


def test_every_command_can_be_typed_as_it_stands() -> None:
    """Nobody has ``layout`` on the path after two commands of make."""
    bare = re.findall(r"(?<![\w./-])`?layout (?:build|check|proof|set|explain|doctor|preflight) [^`\n]*", README)
    assert bare == []


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^\.venv/bin/layout (.*?)(?:  +#.*)?$", README, re.MULTILINE))))
def test_the_options_it_types_exist(line: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([line.split(maxsplit=1)[0], "-h"]) == 0
    shown = capfd.readouterr().out
    for option in re.findall(r"--[a-z-]+", line):
        assert option in shown


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\.venv/bin/layout (\w+)", README))))
def test_the_commands_it_names_exist(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "-h"]) == 0
    assert command in capfd.readouterr().out


def test_the_targets_it_names_exist() -> None:
    makefile = (assets.root() / "Makefile").read_text(encoding="utf-8")
    for target in ("issue", "test", "quick", "lint", "bench", "preview"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_its_links_lead_somewhere(link: str) -> None:
    assert (assets.root() / link).exists()
