"""What a proof round is read and marked by: the proof page, the PDF for approval by telephone, A3 prints."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from layout.errors import Lang, Message, UsageError
from layout.issue import Issue
from layout.pipeline.options import Built
from layout.press import PressProfile
from layout.proof.a3 import A3Kind
from layout.proof.approval import approval_pdf
from layout.proof.marks.judgement import JudgedMark
from layout.proof.marks.marks_file import MarksFile, read_marks
from layout.proof.page_pictures import Resolution, earlier_image, finest, small_jpeg, trimmed, trimmed_image
from layout.proof.plates import soft_image
from layout.proof.printed_copy import PrintedCopy, printed_copy
from layout.proof.proof_page.page_html import proof_html
from layout.proof.proof_page.proof_round import PagePictures, ProofRound, RoundPage
from layout.proof.report_json import JudgedMarkJson, ReportJson
from layout.proof.stamp import ProofSlug

PAGE_BYTES = 18_000_000
"""Of the pictures in a proof page: with what else is in it, and as base64, some 25 million, which mail still takes."""

SOFT_PPI = 72.0
"""Soft proofs show colours, and are read nowhere."""


def read_all_marks(files: Sequence[Path], issue: str) -> tuple[MarksFile, ...]:
    """The marks of all readers. Raises ``UsageError`` for a file that is none of marks on *issue*."""
    return tuple(read_marks(path, issue) for path in files)


def a3_kind(wish: str | None) -> A3Kind | None:
    """What ``--a3`` asks for. Raises ``UsageError`` for what is neither ``reduced`` nor ``tiled``."""
    for kind in get_args(A3Kind):
        if wish == kind:
            found: A3Kind = kind
            return found
    if wish is None:
        return None
    raise UsageError(
        Message(f"--a3 不认得“{wish}”。", f"--a3 does not understand “{wish}”."),
        hint=Message(
            "写 reduced（缩到一张）或 tiled（原大，分几张）。", "Write reduced (on one sheet) or tiled (at its size)."
        ),
    )


def copy_of(issue: Issue, built: Built) -> PrintedCopy:
    """The copy and the pictures of *issue* as *built* prints them."""
    texts = {text.flow: text for page in issue.pages for _, text in page.texts()}
    return printed_copy(built.pages, built.report, texts, issue.pictures)


def page_labels(report: ReportJson, lang: Lang = "zh") -> list[str]:
    """What the pages are called: 第1版 要闻."""
    named = [(Message(f"第{page['number']}版", f"Page {page['number']}"), page["title"]) for page in report["pages"]]
    return [f"{number.text(lang)} {title}" for number, title in named]


def round_of(
    issue: Issue, built: Built, pdf: bytes, number: int, offset: tuple[float, float], *, lang: Lang = "zh"
) -> ProofRound:
    """The round of that *number* in *lang*, without what it is compared with."""
    pages = tuple(
        RoundPage(page["number"], label, page["geometry"]["width"], page["geometry"]["height"])
        for page, label in zip(built.report["pages"], page_labels(built.report, lang), strict=True)
    )
    return ProofRound(
        issue=issue.id,
        title=issue.title,
        number=number,
        date=issue.date,
        press=built.report["press"]["name"],
        pdf=hashlib.sha256(pdf).hexdigest()[:16],
        pages=pages,
        findings=built.findings,
        copy=copy_of(issue, built),
        trim_offset=offset,
        lang=lang,
    )


@dataclass(frozen=True)
class RoundFiles:
    """The proof page and the PDF for approval."""

    page: bytes
    approval: bytes
    approval_ppi: float
    """How finely pages could be drawn in the PDF for approval."""


def round_files(
    shown: ProofRound, pdf: bytes, old: bytes | None, slugs: Sequence[ProofSlug], profile: PressProfile
) -> RoundFiles:
    """Both, of the round *shown*: *pdf* is its file for the press, *old* that of the round before."""

    def pictures(index: int, at: Resolution) -> PagePictures:
        soft_ppi, offset = min(at.ppi, SOFT_PPI), shown.trim_offset
        soft = trimmed(soft_image(pdf, index, profile, ppi=soft_ppi), soft_ppi, offset)
        return PagePictures(
            small_jpeg(trimmed_image(pdf, index, at.ppi, offset), at),
            small_jpeg(soft, Resolution(soft_ppi, at.quality)),
            None if old is None else small_jpeg(earlier_image(old, pdf, index, at.ppi, offset), at),
        )

    drawn, fine = finest(pictures, lambda each: each.size, range(len(shown.pages)), PAGE_BYTES)
    approval, at = approval_pdf(pdf, slugs, shown, [each.page for each in drawn], fine)
    return RoundFiles(proof_html(shown, drawn), approval, at.ppi)


def mark_json(mark: JudgedMark, lang: Lang) -> JudgedMarkJson:
    """A judged mark as ``report.json`` holds it."""
    made = mark.mark
    return {
        "id": made.id,
        "round": mark.round,
        "file": mark.file,
        "kind": made.kind,
        "status": mark.status,
        "why": mark.why.text(lang),
        "quote": made.quote,
        "picture": made.picture,
        "text": made.text,
        "note": made.note,
        "by": made.by,
        "place": mark.place or None,
        "places": [
            {"page": page, "x": box.x, "y": box.y, "width": box.width, "height": box.height} for page, box in mark.boxes
        ],
    }
