"""Content in which q and Q do not match: where, and what may come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.errors import Message
from layout.preflight.events import Event, ImagePainted, PathPainted, TextShown, Trouble
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import where
from layout.preflight.record import about

QUOTED = 12
"""Characters of a run that a finding quotes."""

PAGE = "page"
"""The scope of the page's own content: a form's ends with the form."""

Mark = TextShown | PathPainted | ImagePainted


def is_doubtful(sheet: ExaminedPage) -> bool:
    """Whether a q or Q of the page's own content lacks the other: then sizes, places and clips are not those meant."""
    return any(isinstance(each, Trouble) and each.scope == PAGE and each.what in UNMATCHED for each in sheet.events)


@about("content.sound", content=False)
def unbalanced(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``content.sound``: every ``q`` has its ``Q``, and the content does not break off in the midst."""
    for trouble in sheet.events:
        if not isinstance(trouble, Trouble) or trouble.what not in ENDS:
            continue
        own = trouble.scope == PAGE
        last = _last(sheet.events) if trouble.what == "broken_off" else _last(sheet.events[: max(trouble.at, 0)])
        named = _named(last)
        place = Message(f"（{trouble.detail}）", f" ({trouble.detail})") if not own else Message("", "")
        after = Message(f"“{named}”之后", f" after “{named}”") if named else Message("", "")
        words = ENDS[trouble.what]
        zh, en = words.zh.format(place=place.zh, after=after.zh), words.en.format(place=place.en, after=after.en)
        if own and trouble.what in UNMATCHED:
            zh, en = f"{zh}；{UNJUDGED.zh}", f"{en}; {UNJUDGED.en}"
        box = where(last) if last is not None else None
        yield job.on(sheet, "content.sound", f"{zh}。", f"{en}.", boxes=[box])


UNMATCHED = frozenset({"unbalanced", "unopened"})

UNJUDGED = Message(
    "改好以前，字号、位置和看不看得见不查", "until that is mended, sizes, places and visibility are not judged"
)

ENDS = {
    "unbalanced": Message(
        "页面内容里有 q 没有配对的 Q{place}，多半在{after}这里：从这里起，画的可能错了地方、被裁去或变了大小",
        "In the page's content{place} a q has no Q, most likely here{after}: what follows may be out of place, clipped"
        " away or of another size",
    ),
    "unopened": Message(
        "页面内容里多了一个 Q{place}，最迟在{after}这里：画的可能错了地方或变了大小",
        "In the page's content{place} a Q has no q, at the latest here{after}: what is painted may be out of place or"
        " of another size",
    ),
    "broken_off": Message(
        "页面内容{place}没有写完，在{after}断了（有 q 没有配对的 Q）：后面的可能丢了，这一版可能不完整",
        "The page's content{place} breaks off{after}, with a q that has no Q: what followed may be lost, and the page"
        " incomplete",
    ),
}  # fmt: skip


def _last(events: Sequence[Event]) -> Mark | None:
    return next((each for each in reversed(events) if isinstance(each, Mark) and not each.apart), None)


def _named(mark: Mark | None) -> str:
    if isinstance(mark, TextShown):
        return mark.text.strip()[:QUOTED]
    return mark.name if isinstance(mark, ImagePainted) else ""


CHECKS = (unbalanced,)
