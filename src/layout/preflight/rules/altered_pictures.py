"""Photographs that come out otherwise than they are: washed out, without a plate, full of holes, in coarse blocks.

Each may be meant, and so is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding
from layout.errors import Message
from layout.preflight.events import ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.objects import get, numbers
from layout.preflight.picture_tones import FULL, LEVELS, Samples, decode_of, inverted
from layout.preflight.record import about
from layout.preflight.rules.many_alike import as_one
from layout.preflight.rules.pictures import is_ground, is_large, picture_name

PLAIN_SPACES = frozenset({"DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "DeviceCMYK", "ICCBased"})
"""Spaces whose components go from 0 to 1."""

NEAR = 0.01
"""By which a Decode may differ from the usual one: rounding."""

RICH = 0.5
"""Share of all its ink that the other colours of a photograph must reach somewhere before an empty plate is told: a
picture in two colours has them pale, or is one in black."""

LOSSY = frozenset({"DCTDecode", "JPXDecode"})


@about("image.tones")
def altered(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.tones``: what is painted of a photograph is the photograph."""
    yield from as_one(_altered(job, sheet))


def _altered(job: PreflightJob, sheet: ExaminedPage) -> Iterator[tuple[str, Finding]]:
    for at, event in enumerate(sheet.events):
        if not isinstance(event, ImagePainted) or event.mask or event.apart or event.hidden or not is_large(job, event):
            continue
        for kind, words in _faults(job, sheet, at, event):
            name = picture_name(job, sheet, event)
            zh, en = f"图片{name.zh}{words.zh}。", f"The picture {name.en} {words.en}."
            yield kind, job.on(sheet, "image.tones", zh, en, events=[event])


def _faults(job: PreflightJob, sheet: ExaminedPage, at: int, event: ImagePainted) -> Iterator[tuple[str, Message]]:
    percent, facts = round(100 * event.alpha), sheet.facts(event)
    faint = job.limit("image.tones", "watermark") < event.alpha <= job.limit("image.tones", "opacity")
    if faint and not event.soft_mask and not is_ground(sheet, at, event):
        yield "alpha", Message(f"只以 {percent}% 的不透明度印，发白", f"is painted at {percent} % opacity: washed out")
    if numbers(get(event.stream, "Mask")) and LOSSY.intersection(event.filters) and not facts.clear:
        yield (
            "key",
            Message(
                "是有损压缩的，又按颜色抠去一部分（Mask）：抠到哪里不可靠，会有破洞",
                "is in lossy compression and has some colours masked out: where those lie is chance, and leaves holes",
            ),
        )
    if (decode := _strange_decode(event)) is not None:
        yield (
            "decode",
            Message(f"的 Decode 改了它的浓淡（{decode}）", f"has its tones changed by its Decode ({decode})"),
        )
    if facts.samples is not None and (ink := _empty_plate(event, facts.samples)):
        yield (
            "plate",
            Message(
                f"的 {ink} 版是空的，别的色版都有：多半丢了一块色版",
                f"has nothing on its {ink} plate, and the others are full: most likely a plate was lost",
            ),
        )
    if facts.coarse >= job.limit("image.tones", "step"):
        yield (
            "coarse",
            Message(
                "压缩得太狠（JPEG），一块一块的，细节没有了", "is compressed so much (JPEG) that it comes out in blocks"
            ),
        )


def _strange_decode(event: ImagePainted) -> str | None:
    """A Decode that is neither the usual one nor turned round, as it is written."""
    if event.space is None or event.space.family not in PLAIN_SPACES:
        return None
    decode = decode_of(event.stream)
    pairs = list(zip(decode[::2], decode[1::2], strict=False))
    if all(low == high for low, high in pairs):
        return None  # one flat colour, as image.flat and image.invisible tell
    if all(min(pair) <= NEAR and max(pair) >= 1 - NEAR for pair in pairs) and len({a < b for a, b in pairs}) < 2:
        return None
    return " ".join(f"{each:g}" for each in decode)


def _empty_plate(event: ImagePainted, samples: Samples) -> str:
    """The one of cyan, magenta and yellow that a CMYK photograph has nothing of, where it has much of the others."""
    if event.space is None or event.space.family != "DeviceCMYK" or len(samples.extremes) != len("CMYK"):
        return ""
    turned = inverted(decode_of(event.stream))
    spans = [(FULL - high, FULL - low) if turned else (low, high) for low, high in samples.extremes]
    empty = [ink for ink, (_, most) in zip("CMY", spans, strict=False) if most <= LEVELS]
    rich = [ink for ink, (_, most) in zip("CMY", spans, strict=False) if most >= RICH * FULL]
    return empty[0] if len(empty) == 1 and len(rich) == 2 else ""


CHECKS = (altered,)
