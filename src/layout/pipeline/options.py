"""The options of a build, and its result."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import FailOn, Finding, fail_level
from layout.errors import Lang, Message, UsageError
from layout.proof.result_format import format_of

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage
    from layout.proof.report_json import ReportJson


@dataclass(frozen=True)
class Options:
    """The options of a build. ``png_ppi`` 0 leaves the picture of the page out."""

    out: Path = Path("build")
    pages: str | None = None
    press: str | None = None
    fail_on: FailOn = "error"
    """The gravity from which on a finding makes the exit code 1."""
    jobs: int = 1
    lang: Lang = "zh"
    png: bool = True
    png_ppi: float = 100.0
    single_pages: bool = False
    """Whether every page is written as a PDF of its own besides."""
    delivery: bool = True
    """Whether page files and a ticket are written where the press profile has names for page files."""
    ticket: bool = False
    """Whether checksums and a job ticket are written also where it has none."""
    deadline: datetime | None = None
    """When the plates must be made, for the ticket."""
    cache: Path | None = None
    """Where prepared pictures are kept, if not in the user's cache folder."""
    keep: bool = True
    """Whether ``Built.pages`` holds the composed pages; a long issue has no room for them."""
    baseline: Path | None = None
    """A file of findings that are known and fail nothing: see ``layout.checks.baseline``."""
    write_baseline: bool = False
    """Whether *baseline* is written with what is found now, beside the other files."""
    final: bool = False
    """Whether it is the build that is printed: refused where ``signoff`` of issue.toml is not fulfilled."""
    unsigned: str | None = None
    """Why a final build is made all the same; printed on the slug."""
    fresh: bool = False
    """Whether all is finished and checked afresh, and nothing read that earlier builds have remembered of it: see
    ``remembers``."""
    only_changed: bool = False
    """Whether of the files for the plant only those of pages are written that differ from the last seal in ``out``."""
    draft: bool = False
    """Whether a page is made of what there is, though copy has no frame or pictures are not there."""
    filler: bool = False
    """Whether frames without copy hold filler text in a draft."""
    stamped: bool = True
    """Whether a draft is stamped as one, and written under names of its own; those of the preview are not."""
    results: tuple[Path, ...] = ()
    """Files that what is found is written into besides, in the format of their endings: ``.sarif``, ``.xml`` (JUnit),
    ``.json``, ``.md``; also where the issue cannot be built."""

    @property
    def is_stamped(self) -> bool:
        """Whether what is built is a draft that is stamped: under names of its own, never sealed, exit code 1."""
        return self.draft and self.stamped

    @property
    def remembers(self) -> bool:
        """Whether outcomes of finishing and checking may be read that are remembered from earlier pages and builds: not
        for the press, and not in CI, whose verdict others rely on."""
        in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
        return not (self.fresh or self.final or in_ci)

    def __post_init__(self) -> None:
        # A script without a type checker gives strings.
        object.__setattr__(self, "out", Path(self.out))
        object.__setattr__(self, "baseline", None if self.baseline is None else Path(self.baseline))
        object.__setattr__(self, "results", tuple(Path(each) for each in self.results))
        fail_level(self.fail_on)
        for path in self.results:
            format_of(path)
        if self.unsigned is not None:
            object.__setattr__(self, "unsigned", _reason(self.unsigned, final=self.final))
        if self.is_stamped or self.filler:
            _check_draft(self)
        if self.write_baseline and self.baseline is None:
            example = "--baseline known.json --write-baseline"
            message = Message("--write-baseline 要有 --baseline。", "--write-baseline needs --baseline.")
            raise UsageError(message, hint=Message(f"例：{example}", f"E.g. {example}"))


@dataclass(frozen=True)
class Built:
    """The result of a build: files, report and findings."""

    issue_id: str
    pdf: Path
    png: tuple[Path, ...]
    report_path: Path
    report: ReportJson
    """What ``report.json`` holds."""
    findings: tuple[Finding, ...]
    exit_code: int
    seconds: Mapping[str, float]
    moved: tuple[int, ...] | None = None
    """The pages that print otherwise than the last seal in the output's folder has them; None where nobody asked: of a
    final build, of one with killed stories, and with ``Options.only_changed``."""
    pages: tuple[ComposedPage, ...] = ()
    """The composed pages, in the order of the PDF; empty where ``Options.keep`` is off."""
    is_draft: bool = False
    """Whether it is stamped as a draft, and not sealed."""


LONGEST_REASON = 40
"""Characters of a reason: more do not stand on the slug beside what it says already."""


def _reason(written: str, *, final: bool) -> str:
    """The reason of ``--unsigned`` on one line. Raises ``UsageError`` for none, and for one too long for a slug."""
    reason = " ".join(written.split())
    if not final:
        message = Message("--unsigned 只用在 --final。", "--unsigned is for --final.")
        raise UsageError(message, hint=Message("加上 --final，或删去。", "Add --final, or take it out."))
    if not reason or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise UsageError(
            Message(f"--unsigned 要写理由，不超过 {LONGEST_REASON} 字。",
                    f"--unsigned needs a reason of at most {LONGEST_REASON} characters."),
            hint=Message('例：--unsigned "三审在外，电话同意"', 'E.g. --unsigned "三审在外，电话同意"'),
        )  # fmt: skip
    return reason


def _check_draft(options: Options) -> None:
    """Raises ``UsageError`` for what a draft is not: printed, sealed, delivered."""
    wanted = {
        "--final": options.final, "--only-changed": options.only_changed, "--ticket": options.ticket,
        "--single-pages": options.single_pages, "--baseline": options.baseline is not None,
    }  # fmt: skip
    other = next((name for name, asked in wanted.items() if asked), None)
    if not options.draft:
        message = Message("--filler 只用在 --draft。", "--filler is for --draft.")
        raise UsageError(message, hint=Message("加上 --draft，或删去。", "Add --draft, or take it out."))
    if other is not None:
        raise UsageError(
            Message(f"--draft 不能和 {other} 一起用：草样不付印，也不交印厂。",
                    f"--draft and {other} exclude each other: a draft is neither printed nor delivered."),
            hint=Message("去掉其中一个。", "Leave one of them out."),
        )  # fmt: skip


def moment(written: str) -> datetime:
    """The moment that ``--deadline 2026-02-04T01:30+08:00`` names. Raises ``UsageError`` for what is none."""
    try:
        return datetime.fromisoformat(written.strip())
    except ValueError:
        raise UsageError(
            Message(f"--deadline 不认得“{written}”", f"--deadline does not understand “{written}”"),
            hint=Message(
                "写成 2026-02-04T01:30 或 2026-02-04T01:30+08:00", "write 2026-02-04T01:30 or 2026-02-04T01:30+08:00"
            ),
        ) from None


def chosen_pages(wish: str | None, numbers: Sequence[int]) -> tuple[int, ...]:
    """The page numbers that ``--pages 1,3-4`` selects, in the plan's order.

    Raises ``UsageError`` for what is not a list of page numbers, and for a page that the plan has not.
    """
    if wish is None:
        return tuple(numbers)
    chosen: set[int] = set()
    for part in re.split("[,，]", wish.strip()):
        match = re.fullmatch(r"\s*(\d{1,9})\s*(?:[-–~～]\s*(\d{1,9}))?\s*", part)
        if not match:
            raise UsageError(
                Message(f"--pages 不认得“{part}”", f"--pages does not understand “{part}”"),
                hint=Message("写成 1,3-4", "write 1,3-4"),
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise UsageError(
                Message(f"--pages 的“{part.strip()}”写反了", f"--pages has “{part.strip()}” the wrong way round"),
                hint=Message(f"写成 {last}-{first}", f"write {last}-{first}"),
            )
        chosen |= {_there(number, numbers) for number in range(first, min(last, max(numbers) + 1) + 1)}
        _there(last, numbers)
    return tuple(number for number in numbers if number in chosen)


def _there(number: int, numbers: Sequence[int]) -> int:
    """*number*, where the plan has it. Raises ``UsageError`` where it has not."""
    if number in numbers:
        return number
    known = [str(each) for each in numbers]
    raise UsageError(
        Message(f"没有第 {number} 版", f"there is no page {number}"),
        hint=Message(f"有：{'、'.join(known)}", f"there are: {', '.join(known)}"),
    )
