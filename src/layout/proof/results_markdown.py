"""Writes results as Markdown: one table of all issues, then what was found in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.errors import Lang, Message
from layout.proof.issue_result import Gravity, IssueResult, ResultRow
from layout.proof.markdown_table import as_plain, markdown_table

MAX_ROWS = 100
"""Rows shown of one issue: pages of jobs and comments cut long texts off anyway."""

GRAVITIES: Mapping[Gravity, Message] = {
    "error": Message("错误", "error"), "warning": Message("警告", "warning"), "note": Message("提示", "note"),
}  # fmt: skip
_HEADS = (
    Message("期", "issue"), Message("版", "pages"), Message("结果", "result"),
    Message("错误", "errors"), Message("警告", "warnings"), Message("提示", "notes"),
)  # fmt: skip
_ROW_HEADS = (Message("级别", "gravity"), Message("检查", "check"), Message("位置", "place"), Message("说明", "what"))
PASSED, FAILED, ENDED = Message("合格", "passed"), Message("不合格", "failed"), Message("没排成", "not built")


def verdict(result: IssueResult) -> Message:
    """The result of one issue in a word: passed, with findings that fail it, or a command that ended before its end."""
    return PASSED if result.exit_code == 0 else FAILED if result.exit_code == 1 else ENDED


def results_markdown(results: Sequence[IssueResult], lang: Lang) -> str:
    """The Markdown of *results*."""
    return "\n\n".join([results_table(results, lang), *_findings(results, lang)]) + "\n"


def results_table(results: Sequence[IssueResult], lang: Lang) -> str:
    """One line for each issue: its pages, how it came out, how many findings of each gravity."""
    rows = [
        (
            as_plain(result.folder), result.pages or "",
            verdict(result).text(lang) + (f" ({result.exit_code})" if result.exit_code else ""),
            *(result.count(gravity) or "" for gravity in GRAVITIES),
        )
        for result in results
    ]  # fmt: skip
    return markdown_table([head.text(lang) for head in _HEADS], rows)


def rows_table(rows: Sequence[ResultRow], lang: Lang) -> str:
    """One line for each finding or fault, the first hundred."""
    table = markdown_table([head.text(lang) for head in _ROW_HEADS], [_cells(row, lang) for row in rows[:MAX_ROWS]])
    more = len(rows) - MAX_ROWS
    return table + (Message(f"\n\n还有 {more} 条。", f"\n\nAnd {more} more.").text(lang) if more > 0 else "")


def _findings(results: Sequence[IssueResult], lang: Lang) -> Iterator[str]:
    for result in results:
        if result.rows:
            title = f"{result.title} · {result.folder}" if result.title else result.folder
            yield f"## {as_plain(title)}\n\n{rows_table(result.rows, lang)}"


def _cells(row: ResultRow, lang: Lang) -> tuple[str, str, str, str]:
    gravity = GRAVITIES[row.severity].text(lang)
    if row.known:
        gravity = Message(f"{gravity}（已知）", f"{gravity} (known)").text(lang)
    page = Message(f"第 {row.page} 版", f"page {row.page}").text(lang) if row.page is not None else ""
    said = as_plain(row.message) + (f"<br>{as_plain(row.hint)}" if row.hint else "")
    return gravity, f"`{row.check}`", as_plain(row.place) or page, said
