"""A stranger does what CONTRIBUTING.md says, to the letter: the recipes are followed in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from layout import assets
from soak import amount

ROOT = assets.root()
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("src", "tests", "docs", "templates", "press", "issues", "pyproject.toml")
LINKED = ("fonts", "images")
"""Large, and changed by no recipe."""

RECIPES = re.findall(r"^## (\d .*?)\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
STEP = re.compile(
    r"^\*\*`(?P<file>[^`]+)`\*\*, (?P<where>at the end|before|after|in place of|new)"
    r"(?: (?:``(?P<code>.+?)``|`(?P<words>.+?)`))?:\n\n```\w*\n(?P<text>.*?)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A text and where it goes."""

    file: str
    where: str
    words: str
    text: str

    def follow(self, tree: Path) -> None:
        """Does in *tree* what the step says. Fails where the page names no place, or more than one."""
        path = tree / self.file
        if self.where == "new":
            assert not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        old = path.read_text(encoding="utf-8")
        path.write_text(self._changed(old), encoding="utf-8")

    def _changed(self, old: str) -> str:
        if self.where == "at the end":
            return old + self.text
        assert old.count(self.words) >= 1, f"{self.file} has no “{self.words}”"
        if self.where == "in place of":
            assert old.count(self.words) == 1
            return old.replace(self.words, self.text.removesuffix("\n"))
        start = old.index(self.words)
        line = old.rfind("\n", 0, start) + 1 if self.where == "before" else old.index("\n", start) + 1
        return old[:line] + self.text + old[line:]


def steps(recipe: str) -> Iterator[Step]:
    for each in STEP.finditer(recipe):
        yield Step(each["file"], each["where"], each["code"] or each["words"] or "", each["text"])


def commands(recipe: str) -> list[str]:
    """The lines of shell that run tests."""
    lines = [line for block in re.findall(r"```sh\n(.*?)```", recipe, re.DOTALL) for line in block.splitlines()]
    return [line for line in lines if " -m pytest " in line]


def test_there_are_five_recipes_and_every_step_is_read() -> None:
    assert [title[0] for title, _ in RECIPES] == ["1", "2", "3", "4", "5"]
    for _, recipe in RECIPES:
        assert len(list(steps(recipe))) == recipe.count("\n**`") >= 2
        assert commands(recipe)


@pytest.mark.parametrize("recipe", [recipe for _, recipe in RECIPES], ids=[title for title, _ in RECIPES])
def test_every_text_has_its_place(recipe: str, tmp_path: Path) -> None:
    """What the soak follows to the end, as far as the places: a page that is behind the code is told at once."""
    for step in steps(recipe):
        if step.where != "new" and not (tmp_path / step.file).exists():
            (tmp_path / step.file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / step.file, tmp_path / step.file)
        step.follow(tmp_path)


def test_the_files_and_targets_it_names_exist() -> None:
    made = {step.file for _, recipe in RECIPES for step in steps(recipe) if step.where == "new"}
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    for path in links + re.findall(r"`((?:src|tests|docs|press|templates)/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists() or path in made, path
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for words in re.findall(r"(?:^|`)make ([a-z ]+)", PAGE, re.MULTILINE) for word in words.split()}
    assert {"lint", "test", "docs", "release"} <= named <= set(targets)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("number", range(amount(sample=1, full=5)))
def test_a_stranger_follows_the_recipe(number: int, tmp_path: Path) -> None:
    recipe = RECIPES[(2 * number + 1) % 5][1]  # the sample is the plant
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    for name in COPIED:
        source, ignored = ROOT / name, shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / name)
    for step in steps(recipe):
        step.follow(tmp_path)
    for command in commands(recipe):
        told = re.sub(r"^\.venv/bin/python", f'"{sys.executable}"', command) + " -p no:cacheprovider"
        done = subprocess.run(
            told, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(str(tmp_path / each) for each in ("src", "tests"))},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
    written = [step.file for step in steps(recipe) if step.file.endswith(".py")]
    for check in (["format"], ["check"]) if written else ():
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *check, *written], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
