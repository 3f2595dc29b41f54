"""Lists of the proof page: findings, what changed since the round before, what became of earlier marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from layout.checks import Finding
from layout.errors import Lang
from layout.proof.finding_location import page_words
from layout.proof.marks.judgement import STATUS_WORDS, JudgedMark
from layout.proof.proof_page.galleys import galley_lines
from layout.proof.proof_page.overlays import STATUS_CLASS
from layout.proof.proof_page.proof_round import ProofRound
from layout.proof.text_diff import ChangedPassage


def finding_html(number: int, finding: Finding, lang: Lang) -> str:
    """A finding as a row, with its hints."""
    lines = finding.hint.lines(lang) if finding.hint else ()
    hints = "".join(f'<p class="hint">→ {escape(each)}</p>' for each in lines)
    if finding.check == "page.overset":  # what has no place is on no page: here it can be read
        hints = f'<p class="overset">{escape(str(finding.amount.get("words", "")))}</p>{hints}'
    return (
        f'<li id="finding-{number}" class="{finding.severity.name.lower()}"><p><b>{number}</b> '
        f'<span class="at">{escape(page_words(finding, lang))}</span> {escape(finding.message.text(lang))} '
        f'<span class="place">{escape(finding.check)}</span></p>{hints}</li>'
    )


def changes_html(shown: ProofRound, word: Mapping[str, str]) -> str:
    """What reads otherwise than in the round before, page by page; nothing where none was compared with."""
    difference = shown.difference
    if difference is None:
        return ""
    head = f'<section id="changes"><h2>{word["changes"].format(escape(difference.name))}</h2>'
    if not difference.passages and not difference.regions:
        return f"{head}<p>{word['same']}</p></section>"
    rows = [
        (
            f'<a href="#page-{page.number}">{page.number}</a>', str(number), word[passage.kind], _passage(passage),
            f"change-{page.number}-{number}",
        )
        for page, changed in zip(shown.pages, difference.pages, strict=True)
        for number, passage in enumerate(changed.passages, start=1)
    ]  # fmt: skip
    table = _table([word[key] for key in ("where", "number", "kind", "reads")], rows) if rows else ""
    looks = f"<p>{word['looks'].format(difference.regions)}</p>" if difference.regions else ""
    return f"{head}{looks}{table}</section>"


def _passage(passage: ChangedPassage) -> str:
    old = f"<del>{escape(passage.old)}</del>" if passage.old else ""
    new = f"<ins>{escape(passage.new)}</ins>" if passage.new else ""
    return f"{escape(passage.before)}{old}{new}{escape(passage.after)}"


def earlier_html(shown: ProofRound, word: Mapping[str, str]) -> str:
    """The marks of earlier rounds and what became of them, those that are not done first."""
    if not shown.marks:
        return ""
    heads = ("number", "status", "mark_kind", "mark_words", "why", "look_at")
    pages = [page.number for page in shown.pages]
    lines = {(each.paragraph, each.line): each.number for each in galley_lines(shown.copy)}
    rows = [
        (str(number), _status(mark, shown.lang), escape(mark.kind.name.text(shown.lang)), _mark_words(mark),
         escape(mark.why.text(shown.lang)), _where(mark, lines, pages, word), f"mark-{number}")
        for number, mark in _not_done_first(shown.marks)
    ]  # fmt: skip
    return (
        f'<section id="earlier"><h2>{word["earlier_head"]}</h2>{_table([word[key] for key in heads], rows)}</section>'
    )


def _not_done_first(marks: Sequence[JudgedMark]) -> list[tuple[int, JudgedMark]]:
    """The marks with their numbers, from 1; those that are not done first, those that are done last."""
    order = ["not done", "cannot tell", "done"]
    return sorted(enumerate(marks, start=1), key=lambda each: order.index(each[1].status))


def _status(mark: JudgedMark, lang: Lang) -> str:
    return f'<span class="status {STATUS_CLASS[mark.status]}">{escape(STATUS_WORDS[mark.status].text(lang))}</span>'


def _mark_words(mark: JudgedMark) -> str:
    """What was marked and what was typed with it, in HTML; who did it."""
    made = mark.mark
    about = made.quote or (made.copy[max(made.start - 6, 0) : made.start] + "∧" if made.copy else made.picture or "—")
    text = f" → <ins>{escape(made.text)}</ins>" if made.text else ""
    more = "　".join(escape(each) for each in (made.note, made.by) if each)
    below = f'<br><span class="place">{more}</span>' if more else ""
    return f"{escape(about)}{text}{below}"


def _where(
    mark: JudgedMark, numbers: Mapping[tuple[int, int], int], pages: Collection[int], word: Mapping[str, str]
) -> str:
    """The page, the line of the galley, file and line of the copy. *pages* are those of the round."""
    page = word["page_at"].format(mark.page)
    parts = [f'<a href="#page-{mark.page}">{page}</a>' if mark.page in pages else page]
    if mark.line is not None:
        parts.append(word["line_at"].format(numbers[mark.line]))
    if mark.place:
        parts.append(f'<span class="place">{escape(mark.place)}</span>')
    parts.append(f'<span class="place">{word["of_round"].format(mark.round)} {escape(mark.file)}</span>')
    return "<br>".join(parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells are HTML already; the last of each row is its id."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    body = "".join(
        f'<tr id="{anchor}">'
        + "".join(f'<td aria-label="{head}">{cell}</td>' for head, cell in zip(heads, cells, strict=True))
        + "</tr>"
        for *cells, anchor in rows
    )
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
