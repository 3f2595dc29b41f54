"""Long public texts as runs of pages on the shipped designs: full pages, every character, no heading by itself."""

import shutil
import tomllib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from in_place import check
from layout import pipeline
from layout.copyfit.model import ComposedPage
from layout.pipeline import Built, InPlace, Options
from layout.pipeline.turn_limits import LEAST
from layout.pipeline.verifying import verify
from made_once import made_once
from soak import cases

pytestmark = pytest.mark.slow

COPY = Path(__file__).with_name("long_copy")
SHOTS = (
    "mountain-meadow",
    "forest-stream",
    "suspension-bridge-night",
    "autumn-ridge",
    "sunset-hills",
    "dandelion-meadow",
)
KINDS = {"tabloid-river": "running-on", "lianghui-broadsheet": "continued"}
FILLER = "---\nheadline: 短讯一则\n---\n"
HEAD = 'title = "文件"\ndate = 2020-03-23\ndesign = "{design}"\npress = "newsprint-coldset"\npaper = "青禾报"\n'
RUN = '\n[[page]]\npages = "{pages}"\ntitle = "文件{{n}}"\nkind = "{kind}"\nstories = {stories}\npictures = {shots}\n'
SHOT = '\n[[picture]]\nid = "{0}"\nfile = "images:{0}.jpg"\ncaption = "资料图片"\ncredit = "资料"\n'


class Counting(InPlace):
    """Makes pages in this process, and counts those that are set to share copy out."""

    def __init__(self) -> None:
        super().__init__()
        self.composed = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.composed += fn.__name__ == "compose_page"
        return super().submit(fn, *args, **kwargs)


@dataclass(frozen=True)
class LongRun:
    """A run that was built, and how many pages were set to share its copy out."""

    built: Built
    composed: int


def write(folder: Path, design: str, *stories: str, pages: str = "1-", more: str = "", before: str = "") -> Path:
    """An issue of one run with six pictures."""
    folder.mkdir(parents=True)
    for name in stories:
        shutil.copy(COPY / name, folder)
    names = str(list(stories)).replace("'", '"')
    run = RUN.format(pages=pages, kind=KINDS[design], stories=names, shots=str(list(SHOTS)).replace("'", '"'))
    shots = "".join(map(SHOT.format, SHOTS))
    (folder / "issue.toml").write_text(HEAD.format(design=design) + before + run + more + shots, encoding="utf-8")
    return folder


def built(issue: Path) -> LongRun:
    workers = Counting()
    done = pipeline.build(issue, Options(out=issue.parent / "out", png=False), workers=workers)
    return LongRun(done, workers.composed)


def lines_of(page: ComposedPage, story: str) -> int:
    return sum(share.lines for chain, share in page.shares.items() if any(f.story == story for f in chain.flows))


def assert_sound(run: LongRun) -> None:
    """Every page is full but the last, every character stands, and no heading ends a column."""
    done = run.built
    assert done.exit_code == 0, [f.message.zh for f in done.findings if f.severity == 2]
    counted = done.report["characters"]
    assert counted["overset"] == 0
    assert counted["set"] == counted["manuscript"]
    assert not [f for f in done.findings if f.check.startswith("text.") and f.severity]
    assert not [f for f in done.findings if f.check in ("page.heading_at_foot", "page.turn_few", "page.underset")]
    for page in done.pages[:-1]:
        assert page.page.content_bottom == pytest.approx(page.page.type_area.bottom, abs=0.05)
        feet = {each.frame: each.baseline for each in page.lines}
        for frame in page.page.frames:
            if frame.height_by == "rest":
                assert frame.box.bottom - feet[frame.id] < 4 * page.page.row, (page.page.page_no, frame.id)
    for page in done.pages:
        for chain, share in page.shares.items():
            if any(flow.part == "section" for flow in chain.flows):
                assert share.lines >= LEAST
    assert run.composed <= 2 * len(done.pages)
    assert sum(len(page.pictures) for page in done.pages) == len(SHOTS)


GOVERNMENT, WAGES = "government-report-2018.md", "wage-regulation-2020.md"
LONG = [
    ("lianghui-broadsheet", (GOVERNMENT,)),
    ("lianghui-broadsheet", (WAGES,)),
    ("lianghui-broadsheet", (GOVERNMENT, WAGES)),
    ("tabloid-river", (GOVERNMENT,)),
    ("tabloid-river", (GOVERNMENT, WAGES)),
]
LONG.insert(5, ("tabloid-river", (WAGES,)))
"""The three tabloid pages stand where the seed of `make test` finds them."""


def long_run(design: str, stories: tuple[str, ...]) -> LongRun:
    return made_once(f"{design} {' '.join(stories)}", lambda out: built(write(out / "law", design, *stories)))


@cases(("design", "stories"), LONG, sample=1)
def test_long_copy_runs_over_full_pages(design: str, stories: tuple[str, ...]) -> None:
    assert_sound(long_run(design, stories))


def test_the_copy_stands_on_three_pages_in_order() -> None:
    copy = (COPY / WAGES).read_text(encoding="utf-8").split("---", 2)[2].replace("## ", "")
    pages = long_run("tabloid-river", (WAGES,)).built.pages
    assert len(pages) == 3
    shown = "".join(line.line.text for page in pages for line in page.lines if line.flow.part == "section")
    assert "".join(shown.split()) == "".join(copy.split())


def test_a_remark_in_the_plan_of_a_run_is_no_change_of_what_was_sealed(tmp_path: Path) -> None:
    """The heads of its pages are made when it is known how many they are: the seal has the plan as it is planned."""
    pdf = long_run("tabloid-river", (WAGES,)).built.pdf
    issue = shutil.copytree(pdf.parent.parent / "law", tmp_path / "law")
    plan = (issue / "issue.toml").read_text(encoding="utf-8")
    (issue / "issue.toml").write_text(f"# 一句说明\n{plan}", encoding="utf-8")
    assert verify(pdf, issue).findings == ()
    (issue / "issue.toml").write_text(plan.replace("文件{n}", "法规{n}"), encoding="utf-8")
    assert [found.check for found in verify(pdf, issue).findings] == ["seal.copy"]


def test_a_story_turns_over_from_the_pictured_page_of_the_broadsheet(tmp_path: Path) -> None:
    first = f'\n[[page]]\nnumber = 1\ntitle = "文件"\nstories = ["{WAGES}"]\npictures = ["{SHOTS[0]}"]\n'
    issue = write(tmp_path / "issue", "lianghui-broadsheet", WAGES, pages="2-", before=first)
    plan = (issue / "issue.toml").read_text(encoding="utf-8")
    listed = str(list(SHOTS)).replace("'", '"')
    plan = plan.replace(f"pictures = {listed}", f'continues = ["{WAGES}"]')
    (issue / "issue.toml").write_text(plan.split("\n[[picture]]")[0] + SHOT.format(SHOTS[0]), encoding="utf-8")
    copy = (issue / WAGES).read_text(encoding="utf-8")
    (issue / WAGES).write_text(
        copy.replace("---\n", "---\nclosing: 全文完。\nwords: {nameplate: 青禾}\n", 1), encoding="utf-8"
    )
    done = built(issue).built
    assert done.exit_code == 0, [f.message.zh for f in done.findings if f.severity == 2]
    lines = [[(line.flow.part, line.line.text.strip()) for line in page.lines] for page in done.pages]
    assert [text for part, text in lines[0] if text.startswith("下转第2版")]
    assert "closing" not in dict(lines[0])
    assert "closing" in dict(lines[1])


def test_fillers_close_the_last_page(tmp_path: Path) -> None:
    """A page and three quarters of copy; fillers of a tenth of a page, of which one is too many, and a shorter one."""
    names = [f"f{number}.md" for number in range(4)]
    issue = write(tmp_path / "issue", "tabloid-river", WAGES, more=f"fillers = {names}\n".replace("'", '"'))
    copy = (issue / WAGES).read_text(encoding="utf-8")
    (issue / WAGES).write_text(copy[: copy.index("第五十一条")], encoding="utf-8")
    plan = (issue / "issue.toml").read_text(encoding="utf-8").partition("\n[[picture]]")[0]
    (issue / "issue.toml").write_text(plan.replace(f"pictures = {list(SHOTS)}".replace("'", '"'), ""), encoding="utf-8")
    for name in names:
        (issue / name).write_text(
            FILLER + "春到河边，水声先到。" * (28 if name == names[-1] else 40) + "\n", encoding="utf-8"
        )
    found = check(issue, Options())
    assert not [f.message.zh for f in found if f.severity == 2]
    assert not [f.message.zh for f in found if f.check == "page.run_short"]
    unused = [f.amount["story"] for f in found if f.check == "page.filler"]
    assert unused == ["f2"]


def test_every_text_has_its_row() -> None:
    rows = tomllib.loads((COPY / "PROVENANCE.toml").read_text(encoding="utf-8"))["file"]
    assert sorted(row["file"] for row in rows) == sorted(path.name for path in COPY.glob("*.md"))
