"""Pictures of no story that an editor might add to a page that is not full, as make-up sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from layout.flows import Flow
from layout.issue.model import Picture
from layout.issue.named_files import grey_picture
from layout.makeup.mend_means import SupposedPicture
from layout.makeup.mend_steps import PIXELS, PictureKind
from layout.makeup.page_options import options_of
from layout.makeup.sample_sheet import SampleSheet
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from layout.pictures.crop import Original
from layout.pipeline.page_material import PageMaterial

_WORDS: Mapping[ParagraphKind, str] = {"caption": "图说一般有这样十五六个字长", "credit": "记者 某某某 摄"}
"""What its caption and its credit are as long as: the rows of the picture make up for others."""


def supposed_pictures(material: PageMaterial, sheet: SampleSheet) -> Iterator[SupposedPicture]:
    """Each picture that might be added to the page of *material*, with every way for it to stand on *sheet*."""
    for kind in PIXELS:
        picture = _picture(kind, material)
        whole = _with(material, picture, PIXELS[kind])
        (story,) = (each for each in whole.stories() if each.id == picture.id)
        if (samples := whole.samples_of(story)) is not None:
            yield kind, story, list(options_of(story, whole.shapes, samples, whole.rules(sheet)))


def _picture(kind: PictureKind, material: PageMaterial) -> Picture:
    place = material.plan.place
    name = f"supposed-{kind}"
    caption, credit = (
        Text(Flow.of_picture(name, part), (Paragraph(part, (Run(words, place),)),)) for part, words in _WORDS.items()
    )
    return Picture(name, grey_picture(), "", caption, credit, (0.5, 0.5), "", place)


def _with(material: PageMaterial, picture: Picture, pixels: tuple[int, int]) -> PageMaterial:
    """*material* with *picture* of so many *pixels*."""
    original = Original(pixels, least_ppi=material.job.profile.image_ppi.warn)
    copy = replace(material.copy, pictures={**material.copy.pictures, picture.id: original})
    plan = replace(material.plan, pictures=(*material.plan.pictures, picture))
    return replace(material, plan=plan, copy=copy)
