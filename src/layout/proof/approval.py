"""The PDF for approval by telephone: every page and what is to be known of it, in five million bytes at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.checks import Severity
from layout.errors import Lang
from layout.proof.finding_location import page_words
from layout.proof.marks.judgement import STATUS_WORDS
from layout.proof.page_pictures import RESOLUTIONS, Resolution, finest, small_jpeg, trimmed_image
from layout.proof.proof_page.proof_round import ProofRound
from layout.proof.report import counts, ordered
from layout.proof.stamp import ProofSlug, SheetPicture, proof_pdf
from layout.proof.text_sheets import TextLine

MAX_BYTES = 5_000_000
"""What mail and messengers take without asking, and what a telephone loads over a slow line."""

FRAMING = 400_000
"""Left for what is not pictures: the face of the slugs (300 kB with the characters of a long list) and the file."""

AS_ASCII = 1.25
"""ReportLab writes pictures in ASCII85: five bytes for four."""

MAX_LINES = 400
"""Of the list behind the pages: eight sheets, and no more than the pictures leave room for. One more says how many are
left out."""

QUOTED = 80
"""Characters quoted of a passage that changed."""


def approval_pdf(
    pdf: bytes, slugs: Sequence[ProofSlug], shown: ProofRound, drawn: Sequence[bytes], at: Resolution
) -> tuple[bytes, Resolution]:
    """The stamped pages of *pdf*, trimmed, and behind them the findings, the changes and the earlier marks of the
    round, *shown*; and how finely they could be drawn. *drawn* are JPEGs of them *at* a resolution, which are taken
    if they are small enough. The same input gives the same bytes.
    """
    pages, room = list(drawn), round((MAX_BYTES - FRAMING) / AS_ASCII)
    if sum(map(len, pages)) > room:
        coarser = RESOLUTIONS[RESOLUTIONS.index(at) + 1 :] or RESOLUTIONS[-1:]
        pages, at = finest(
            lambda index, resolution: small_jpeg(
                trimmed_image(pdf, index, resolution.ppi, shown.trim_offset), resolution
            ),
            len,
            range(len(pages)),
            room,
            coarser,
        )
    pictures = [SheetPicture(jpeg, page.width, page.height) for jpeg, page in zip(pages, shown.pages, strict=True)]
    return proof_pdf(pdf, slugs, pictures=pictures, lines=_bounded(list(round_lines(shown)), shown.lang)), at


def _bounded(lines: Sequence[TextLine], lang: Lang) -> Sequence[TextLine]:
    if (more := len(lines) - MAX_LINES) <= 0:
        return lines
    words = _say(lang, f"另有 {more} 行，见校样页。", f"{more} more lines are on the proof page.")
    return [*lines[:MAX_LINES], (words, None)]


def round_lines(shown: ProofRound) -> Iterator[TextLine]:
    """What is to be known of a round, in plain lines."""
    lang = shown.lang
    found = counts(shown.findings)
    yield f"{shown.title}　{_say(lang, f'第 {shown.number} 校', f'proof round {shown.number}')}", None
    yield (
        _say(
            lang,
            f"错误 {found['error']}　警告 {found['warning']}　提示 {found['note']}",
            f"errors {found['error']}, warnings {found['warning']}, notes {found['note']}",
        ),
        None,
    )
    for finding in ordered(shown.findings):
        if finding.severity is not Severity.NOTE:
            yield f"{page_words(finding, lang)}　{finding.message.text(lang)}", finding.severity
    yield from _marks(shown)
    yield from _changes(shown)


def _say(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _marks(shown: ProofRound) -> Iterator[TextLine]:
    if shown.marks:
        yield "", None
        yield _say(shown.lang, "前几校的批注", "Marks of earlier rounds"), None
    for mark in shown.marks:
        status, kind = STATUS_WORDS[mark.status].text(shown.lang), mark.kind.name.text(shown.lang)
        about = mark.mark.quote or mark.mark.picture
        wish = f" → {mark.mark.text}" if mark.mark.text else ""
        grave = {"done": None, "not done": Severity.ERROR, "cannot tell": Severity.WARNING}[mark.status]
        page = _say(shown.lang, f"第{mark.page}版", f"page {mark.page}")
        yield f"{status}　{page}　{kind} {about}{wish}　{mark.why.text(shown.lang)}", grave


def _changes(shown: ProofRound) -> Iterator[TextLine]:
    if shown.difference is None:
        return
    yield "", None
    yield _say(shown.lang, f"与上一校（{shown.difference.name}）相比", f"Against {shown.difference.name}"), None
    for page, changed in zip(shown.pages, shown.difference.pages, strict=True):
        for passage in changed.passages:
            old, new = (text[:QUOTED] for text in (passage.old, passage.new))
            where = _say(shown.lang, f"第{page.number}版", f"page {page.number}")
            yield f"{where}　{passage.before}〔{old} → {new}〕{passage.after}", None
