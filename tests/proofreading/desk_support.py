"""Copy on the proofreader's desk, for tests: a manuscript where it has a front matter, else a text."""

from pathlib import Path

from layout.checks import Finding
from layout.manuscript.reader import read_story
from layout.proofreading.copy_files import plain_copy, story_copy
from layout.proofreading.desk import DeskCopy, DeskWork, all_rules, proofread

EVERY_RULE = frozenset(all_rules())


def copy_of(text: str, folder: Path) -> DeskCopy:
    """*text* as copy; *folder* is where a manuscript is written to be read."""
    if not text.startswith("---\n"):
        return plain_copy(text, "a.txt")
    (folder / "a.md").write_text(text, "utf-8")
    return story_copy(read_story(folder / "a.md", root=folder))


def found(text: str, folder: Path, work: DeskWork | None = None) -> list[Finding]:
    """What every rule finds in *text*."""
    return proofread([copy_of(text, folder)], work or DeskWork(EVERY_RULE))


def ids(text: str, folder: Path, work: DeskWork | None = None) -> list[str]:
    """The checks of these findings, without ``copy.``."""
    return [each.check.removeprefix("copy.") for each in found(text, folder, work)]
