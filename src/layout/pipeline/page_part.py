"""A page's own part of the seal, of values that the build has before the page is finished."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from layout.flows import Flow
from layout.geometry import Box
from layout.issue import PagePlan
from layout.painted import BuildFace, PaintedObjects
from layout.pipeline.copy_digest import digest_of_copy
from layout.pipeline.job import MadePage
from layout.pipeline.reporting import paragraph_boxes
from layout.press import PressProfile
from layout.seal.model import SealedFace, SealedParagraph, SealedPart, SealedPicture


def page_part(made: MadePage, plan: PagePlan, profile: PressProfile, faces: Sequence[BuildFace]) -> SealedPart:
    """The part of the page *made*, whose painting is not known yet.

    *plan* has only the copy that stands on it; *faces* are those that it may be set in.
    """
    page = made.composed.page
    return SealedPart(
        number=made.plan.number,
        title=made.plan.title,
        width=round(page.width, 3),
        height=round(page.height, 3),
        copy=digest_of_copy(text for _, text in plan.texts()),
        paragraphs=tuple(_paragraphs(made)),
        pictures=tuple(_pictures(made)),
        fonts=tuple(_fonts(made, faces)),
        press=profile.name,
        icc=profile.icc_sha256(),
    )


def with_painted(part: SealedPart, painted: bytes, objects: PaintedObjects) -> SealedPart:
    """*part* with what was painted: the page's PDF, and of its pictures what is restored when it is finished."""
    digest = hashlib.sha256(painted)
    for number in sorted(objects.pictures):
        digest.update(objects.pictures[number].identity)
    return replace(part, painted=digest.hexdigest())


def _paragraphs(made: MadePage) -> Iterator[SealedParagraph]:
    texts: dict[tuple[str, Flow, int], list[str]] = {}
    for line in made.composed.lines:
        texts.setdefault((line.frame, line.flow, line.paragraph), []).append(line.line.text)
    for (frame, flow, number), box in paragraph_boxes(made):
        yield SealedParagraph(flow, number + 1, "".join(texts[frame, flow, number]), box)


def _pictures(made: MadePage) -> Iterator[SealedPicture]:
    files: Mapping[str, str] = {picture.id: picture.source for picture in made.plan.pictures}
    boxes: Mapping[str, tuple[str, Box]] = {each.id: (each.picture, each.box) for each in made.composed.page.pictures}
    for key, prepared in made.pictures.items():
        picture, box = boxes[key]
        yield SealedPicture(picture, files[picture], prepared.sha256, box.rounded(3))


def _fonts(made: MadePage, faces: Sequence[BuildFace]) -> Iterator[SealedFace]:
    known = {face.postscript_name: face.sha256 for face in faces}
    for name in made.fonts:
        yield SealedFace(name, known.get(name, ""))
