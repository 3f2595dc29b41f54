"""Pictures that stand in their places and print otherwise than when the page was built: paler, gray, coarse, torn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean, median, pstdev

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.explained import Explained
from layout.preflight.job import PreflightJob
from layout.preflight.page_look import PageLook
from layout.preflight.rules.built_looks import TONE, TwoLooks

CHANGED = 0.06
"""Share of a picture's tiles that must differ: less is a mark upon it, of which ``page.looks`` speaks."""

FEW = 4
"""Tiles of a picture that is too small to be judged by itself."""

GRAY = 0.25
"""Of its mean chroma, what a picture may keep that has lost its colour; and COLOURED (of 255) what it must have had."""
COLOURED = 10.0

ONE_INK = 3.0
"""How many times as much one of red, green and blue has changed as both others, where one plate is the cause."""

LIGHTER = 8.0
"""Of 255: by how much the mean lightness of a picture must differ to be called paler or darker."""

BARE = 4
"""Of 255: by how much the tone of tiles of a bare ground differs from their median, and the detail that they have at
the most; and GONE the share of such tiles in a picture that is gone."""
GONE = 0.5

FLATTER = 0.6
"""Of the spread of its tones, what a picture that has grown flat has left at the most."""

COARSER = 0.08
"""By how much the detail of a picture's tiles may differ, as a share of all its detail: packed anew by Ghostscript the
sample photographs differ by 0.003, as JPEGs of quality 30 by 0.03, of quality 10 by 0.11, of quality 4 by 0.32.
"""
GRAVE = 0.2
"""The same from which it is an error: what a photograph of 110 pixels across looks like beside its original."""

SOFTER = 0.9
"""Of its detail, what a picture that has become soft has left at the most."""

MUTED = 0.75
"""Of its mean chroma, what a picture that has become less colourful has left at the most."""

INKS = (Message("青", "cyan"), Message("品红", "magenta"), Message("黄", "yellow"))
"""The ink that takes away red, green, blue."""


def changed_pictures(
    job: PreflightJob, sheet: ExaminedPage, looks: TwoLooks, spoken: set[int], explained: Explained
) -> Iterator[Finding]:
    """``image.changed``: pictures of which many tiles have changed, and that no finding speaks of yet; nor of the tiles
    *spoken* of.
    """
    tiles = looks.changed()
    for spot in job.expected.pictures_of(sheet.number):
        own = [at for at in looks.then.within(spot.box) if at not in spoken]
        changed = [at for at in own if at in tiles]
        many, coarse = len(changed) >= CHANGED * len(own), _apart(looks, own)
        if len(own) < FEW or not (many or coarse >= COARSER) or explained.box(spot.box):
            continue
        words = _words(looks, own, changed)
        found = job.on(
            sheet,
            "image.changed",
            f"图片“{spot.picture}”{words.zh}。",
            f"The picture “{spot.picture}” {words.en}.",
            severity=None if many or coarse >= GRAVE else Severity.WARNING,
            changed_percent=round(100 * len(changed) / len(own)),
        )
        yield replace(found, place=spot.place or found.place, boxes=(spot.box.rounded(1),))


def _words(looks: TwoLooks, own: Sequence[int], changed: Sequence[int]) -> Message:
    """What has become of a picture whose tiles are *own*, of which those *changed* differ."""
    toned, percent = [at for at in changed if max(looks.tone_apart(at)) > TONE], round(100 * len(changed) / len(own))
    if len(toned) < len(changed) / 2 or len(changed) < CHANGED * len(own):
        return _of_detail(looks, own)
    words = _of_tone(looks, toned)
    if percent >= WHOLE:
        return words
    return Message(f"{words.zh}，在它 {percent}% 的地方", f"{words.en}, in {percent} % of its area")


WHOLE = 60
"""Percent of a picture's tiles from which all of it counts as changed."""


def _of_tone(looks: TwoLooks, toned: Sequence[int]) -> Message:
    """What has become of a picture, from those of its tiles that have another tone."""
    if _bare(looks.now, toned) > GONE:
        return Message("的画面没有了，只剩一片底色", "is gone: a bare ground is left")
    then, now = ([_mean(look, toned, band) for band in range(3)] for look in (looks.then, looks.now))
    apart = [after - before for before, after in zip(then, now, strict=True)]
    chroma_then, chroma_now = _chroma(looks.then, toned), _chroma(looks.now, toned)
    if chroma_then >= COLOURED and chroma_now <= GRAY * chroma_then:
        return Message("没有了颜色，成了黑白的", "has lost its colour: it is black and white")
    most = max(range(3), key=lambda band: abs(apart[band]))
    if all(abs(apart[most]) >= ONE_INK * abs(apart[band]) for band in range(3) if band != most):
        less = apart[most] > 0
        zh, en = INKS[most].zh, INKS[most].en
        return Message(
            f"的{zh}墨{'少' if less else '多'}了", f"has {'less' if less else 'more'} {en} than it was built with"
        )
    lighter = fmean(apart)
    if abs(lighter) < LIGHTER:
        return _of_range(looks, toned, muted=chroma_then >= COLOURED and chroma_now <= MUTED * chroma_then)
    zh, en = ("淡", "paler") if lighter > 0 else ("深", "darker")
    return Message(f"比出版时{zh}", f"is {en} than it was built")


def _of_range(looks: TwoLooks, toned: Sequence[int], *, muted: bool) -> Message:
    """What has become of a picture that is as light as it was in the mean."""
    if _spread(looks.now, toned) <= FLATTER * _spread(looks.then, toned):
        return Message("比出版时平，没有了层次", "is flatter than it was built")
    if muted:
        return Message("的颜色比出版时淡", "is less colourful than it was built")
    return Message("印出来与出版时不同", "prints otherwise than it was built")


def _of_detail(looks: TwoLooks, own: Sequence[int]) -> Message:
    before, after = (sum(look.detail[at] for at in own) for look in (looks.then, looks.now))
    if after > SOFTER * before:
        return Message("比出版时粗糙，像是压缩得太狠", "is coarser than it was built: packed too hard, or torn")
    percent = round(100 * after / before) if before else 0
    return Message(
        f"比出版时模糊，细节只剩 {percent}%", f"is less sharp than it was built: {percent} % of its detail is left"
    )


def _apart(looks: TwoLooks, own: Sequence[int]) -> float:
    """By how much the detail of a picture's tiles differs, as a share of all its detail."""
    before = sum(looks.then.detail[at] for at in own)
    return sum(abs(looks.then.detail[at] - looks.now.detail[at]) for at in own) / before if before else 0.0


def _mean(look: PageLook, tiles: Sequence[int], band: int) -> float:
    return fmean(look.tones[3 * at + band] for at in tiles)


def _spread(look: PageLook, tiles: Sequence[int]) -> float:
    return pstdev(sum(look.tone(at)) / 3 for at in tiles)


def _bare(look: PageLook, tiles: Sequence[int]) -> float:
    """The share of *tiles* that have one tone, and nothing in it."""
    middle = [median(look.tones[3 * at + band] for at in tiles) for band in range(3)]
    bare = [
        at
        for at in tiles
        if look.detail[at] <= BARE and all(abs(a - b) <= BARE for a, b in zip(look.tone(at), middle, strict=True))
    ]
    return len(bare) / len(tiles)


def _chroma(look: PageLook, tiles: Sequence[int]) -> float:
    return fmean(max(look.tone(at)) - min(look.tone(at)) for at in tiles)
