"""Writes a comment for a pull request: each issue's small pictures, what changed on its pages, and what fails it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from layout.errors import Lang, Message
from layout.proof.issue_result import IssueResult
from layout.proof.markdown_table import as_plain
from layout.proof.report_json import ReportJson
from layout.proof.results_markdown import results_table, rows_table
from layout.proof.summary import changes_section

MARK = "<!-- layout-proofs -->"
"""The first line, by which a recipe finds its comment again and writes it anew."""

LONGEST = 60_000
"""Characters: GitHub takes 65,536 in a comment."""

SMALL = 480
"""Pixels across a small picture: headlines can be read, and a page of a broadsheet is some 150 KB."""

SHOWN = 6
"""Pages of one issue that are shown; those that changed come first."""


@dataclass(frozen=True)
class CommentedIssue:
    """One issue of the comment."""

    result: IssueResult
    report: ReportJson | None
    """None where it could not be built."""
    pictures: Mapping[int, str] = field(default_factory=dict)
    """Where the small picture of each page that is shown can be had, by its number: an address."""


def pull_request_comment(issues: Sequence[CommentedIssue], proof_round: int, lang: Lang) -> str:
    """The Markdown of the comment, which begins with ``MARK``. What would be too long for one is left out, and said."""
    head = Message(f"## 校样：第 {proof_round} 校", f"## Proofs, round {proof_round}").text(lang)
    nothing = Message("这次没有改到哪一期。", "No issue is touched by this change.").text(lang)
    text = "\n\n".join([MARK, head, results_table([each.result for each in issues], lang) if issues else nothing])
    for number, issue in enumerate(issues):
        part = "\n\n" + "\n\n".join(_issue(issue, lang))
        if len(text) + len(part) > LONGEST:
            left = len(issues) - number
            said = Message(f"还有 {left} 期，见校样。", f"And {left} more issues: see the proofs.")
            return f"{text}\n\n{said.text(lang)}\n"
        text += part
    return text + "\n"


def shown_pages(report: ReportJson) -> list[int]:
    """The pages whose pictures are shown, in their order: those that changed, of a new issue the first ones."""
    numbers = [page["number"] for page in report["pages"]]
    against = report.get("against")
    if against is not None:
        changed = {page["number"] for page in against["pages"] if page["passages"] or page["regions"]}
        numbers = [number for number in numbers if number in changed]
    return numbers[:SHOWN]


def small_picture(png: bytes) -> bytes:
    """The picture of a page made small, as a PNG."""
    out = BytesIO()
    with Image.open(BytesIO(png)) as page:
        high = max(1, round(page.height * SMALL / page.width))
        page.convert("RGB").resize((SMALL, high), Image.Resampling.LANCZOS).quantize(128).save(out, "PNG")
    return out.getvalue()


def _issue(issue: CommentedIssue, lang: Lang) -> Iterator[str]:
    result, report = issue.result, issue.report
    yield f"### {as_plain(result.title or result.issue)} · {as_plain(result.folder)}"
    if issue.pictures:
        named = ((Message(f"第{number}版", f"page {number}").text(lang), url) for number, url in issue.pictures.items())
        yield " ".join(f"![{name}]({url})" for name, url in named)
    if report is not None:
        new = Message(
            "没有可比的上一校：这一期是新的，或那时版数不同、排不成。",
            "There is nothing to compare with: the issue is new, had another number of pages then, or could not be"
            " built.",
        ).text(lang)
        section = changes_section(report, lang)
        yield f"##{section}" if section else new
    if failing := [row for row in result.rows if result.fails(row)]:
        yield f"#### {Message('要改的', 'What fails it').text(lang)}"
        yield rows_table(failing, lang)
