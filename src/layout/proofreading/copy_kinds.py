"""What the paragraphs of received copy are, where their file does not say: its headline, its byline, captions."""

from __future__ import annotations

from collections.abc import Sequence

from layout.intake.story_marks import heading_rank, is_byline, is_caption, is_credits, like_title
from layout.manuscript.model import ParagraphKind

_OPENING_MOST = 7
"""Lines before the copy: year and place off a page's head, kicker, headline, two of deck, byline. More are a list."""


def kinds_of(paragraphs: Sequence[tuple[ParagraphKind, str]]) -> tuple[ParagraphKind, ...]:
    """The kinds of *paragraphs*, each with what its file says it is: the short lines before the copy are its headline
    and its byline, and lines that say so captions. Without copy behind them short lines are a list, and stay body.
    """
    kinds = [_aside(kind, words) for kind, words in paragraphs]
    opening = next(
        (n for n, (kind, (_, words)) in enumerate(zip(kinds, paragraphs, strict=True)) if not _opens(kind, words)), 0
    )
    if opening > _OPENING_MOST or like_title(paragraphs[opening][1].strip() if paragraphs else ""):
        return tuple(kinds)
    return tuple("headline" if n < opening and kind == "body" else kind for n, kind in enumerate(kinds))


def _aside(kind: ParagraphKind, words: str) -> ParagraphKind:
    words = words.strip()
    if kind != "body":
        return kind
    if is_caption(words):
        return "caption"
    return "byline" if is_byline(words) else "credits" if is_credits(words) else kind


def _opens(kind: ParagraphKind, words: str) -> bool:
    """Whether a paragraph may stand before the copy. What is numbered is the first point of a list."""
    words = words.strip()
    return kind in ("headline", "byline") or (kind == "body" and like_title(words) and heading_rank(words) is None)
