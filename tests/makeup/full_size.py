"""A page at full size with more or less of the sample's copy, its design changed as a test asks.

Template, style sheet and plan stand in ``broadsheet`` beside this: a page of fixed places, of which it is known to the
row what make-up has to solve. The drawings, the words and the pictures are the sample's and its design's.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from in_place import build
from layout import assets
from layout.pipeline import Built, Options
from made_once import made_once

SAMPLE, DESIGN = "tunliu-2026", "lianghui-broadsheet"
OWN = Path(__file__).parent / "broadsheet"
Swaps = Sequence[tuple[str, str]]


def called(change: Mapping[str, Any]) -> str:
    """A concession of a report in a few words: ``step page big → small``, ``crop bridge``."""
    return " ".join([change["kind"], change["subject"], " → ".join(change.get("classes", ()))]).strip()


@dataclass(frozen=True)
class Sample:
    """A built page, with the parts of its report that make-up is about."""

    built: Built
    folder: Path

    @property
    def page(self) -> Mapping[str, Any]:
        """The page's report."""
        return self.built.report["pages"][0]

    @property
    def changes(self) -> dict[str, tuple[float, float, str]]:
        """What was conceded: wanted, got, unit."""
        return {called(each): (each["wanted"], each["got"], each["unit"]) for each in self.page["changes"]}

    @property
    def cost(self) -> float:
        """What the chosen arrangement costs."""
        return float(self.page["variants"][0]["cost"])

    def picture(self, name: str) -> Mapping[str, Any]:
        """A picture's report."""
        return next(each for each in self.page["pictures"] if each["id"] == name)

    def found(self, *checks: str) -> list[Any]:
        """The findings of *checks*."""
        return [finding for finding in self.built.findings if finding.check in checks]


def copy_of(share: float, sections: Sequence[int] = (1, 2, 3, 4)) -> str:
    """The sample's manuscript with so much of the copy of these sections."""
    text = (assets.root() / "issues" / SAMPLE / "tunliu.md").read_text(encoding="utf-8")
    head, body = text.split("\n---\n", 1)
    lines, number = [], 0
    for line in body.split("\n"):
        number = number + 1 if line.startswith("## ") else 0 if line.startswith("***") else number
        if number in sections and line and not line.startswith("#") and share != 1:
            wanted = int(len(line) * share)
            line = (line * 3)[:wanted].rstrip("，、；：“（《。") + "。"  # noqa: PLW2901
        lines.append(line)
    without = head if share >= 1 else re.sub(r"figures:\n(  - .*\n)+", "", head)
    return f"{without}\n---\n" + "\n".join(lines)


def sample_page(
    folder: Path,
    manuscript: str,
    *,
    css: str = "",
    html: Swaps = (),
    variants: Mapping[str, Swaps] | None = None,
    plan: Swaps = (),
    **options: Any,
) -> Sample:
    """The sample page built of *manuscript*: *css* added to the design's, the template and the plan changed by swaps.

    *variants* are further templates, ``page-<letter>.html``, each with swaps of its own.
    """
    issue = folder / "issue"
    issue.mkdir(parents=True)
    drawn = shutil.ignore_patterns("*.html", "*.css", "*.py", "*.md", "__pycache__")
    shutil.copytree(assets.templates_dir() / DESIGN, issue / "design", ignore=drawn)
    for name in ("page.html", "page.css"):
        shutil.copy(OWN / name, issue / "design" / name)
    (issue / "tunliu.md").write_text(manuscript, encoding="utf-8")
    template = issue / "design" / "page.html"
    written = _swapped(template.read_text(encoding="utf-8"), html)
    template.write_text(written, encoding="utf-8")
    for letter, swaps in (variants or {}).items():
        template.with_name(f"page-{letter}.html").write_text(_swapped(written, swaps), encoding="utf-8")
    style = issue / "design" / "page.css"
    style.write_text(style.read_text(encoding="utf-8") + css, encoding="utf-8")
    text = (OWN / "issue.toml").read_text(encoding="utf-8")
    swaps = [(f'design = "{DESIGN}"', 'design = "design"'), *plan]
    (issue / "issue.toml").write_text(_swapped(text, swaps), encoding="utf-8")
    wanted = {"out": folder / "out", "png": False, **options}
    return Sample(build(issue, Options(**wanted)), folder)


def plain_page(share: float) -> Sample:
    """The sample page with so much of its copy, nothing changed in its design; made once for all who look at it."""
    return made_once(f"tunliu {share}", lambda folder: sample_page(folder, copy_of(share)))


def _swapped(text: str, swaps: Swaps) -> str:
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    return text
