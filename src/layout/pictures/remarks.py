"""Makes the findings of a picture from its facts. They are made on every run, for cached pictures too."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding, Severity
from layout.errors import Place, Said
from layout.flows import Flow
from layout.pictures.model import PictureFacts, PictureRequest
from layout.press import PressProfile

NOTES: dict[str, tuple[Severity, Said, Said | None]] = {
    "profile-missing": (
        Severity.NOTE,
        Said("图片没有内嵌色彩特性文件，按 sRGB 处理。", "The picture has no embedded profile; it is taken for sRGB."),
        None,
    ),
    "profile-broken": (
        Severity.WARNING,
        Said("图片内嵌的色彩特性文件读不出或与图片不符，按 sRGB 处理。",
             "The picture's embedded profile is unreadable or of another kind; it is taken for sRGB."),
        Said("请核对校样颜色，或让摄影部重新导出。", "Check its colours on the proof, or export it again."),
    ),
    "cmyk-untagged": (
        Severity.WARNING,
        Said("CMYK 图片没有特性文件，网点值原样使用，只压总墨量。",
             "A CMYK picture without a profile: its dots are used as they are, only the ink limit is held."),
        Said("最好交 RGB 原图，由程序按印厂规范分色。", "Better give the RGB original."),
    ),
    "transparent": (
        Severity.NOTE,
        Said("图片有透明部分，透出底下的版面。", "The picture has transparent parts; the page shows through them."),
        None,
    ),
    "twelve-bits": (
        Severity.WARNING,
        Said("16 位图片只用到 12 位，已按 12 位展开。", "A 16-bit picture of only 12 bits; they were stretched."),
        Said("请核对校样明暗。", "Check its tones on the proof."),
    ),
    "gray": (
        Severity.NOTE,
        Said("黑白图片，只用黑版印。", "A black-and-white picture; it is printed in black alone."),
        None,
    ),
}  # fmt: skip


def findings(facts: PictureFacts, profile: PressProfile, request: PictureRequest) -> tuple[Finding, ...]:
    """Every finding of a prepared picture. What is wrong with the file names the file; what is wrong with its use here
    names the picture, and the line of the issue that gives it.
    """
    return tuple(_findings(facts, profile, request))


def _findings(facts: PictureFacts, profile: PressProfile, request: PictureRequest) -> Iterator[Finding]:
    for note in facts.notes:
        severity, said, hint = NOTES[note]
        yield Finding(f"picture.{note}", severity, said, place=Place(request.shown), hint=hint)
    limits = profile.line_art_ppi if facts.kind == "line art" else profile.image_ppi
    ppi = round(facts.effective_ppi)  # GWG 2015: resolutions are compared as whole numbers
    if ppi >= limits.warn:
        return
    severity, least = (Severity.ERROR, limits.error) if ppi < limits.error else (Severity.WARNING, limits.warn)
    crop_width = facts.crop[2] - facts.crop[0]
    largest = crop_width / limits.warn * 25.4
    name = f" {request.id} ({request.shown}) " if request.id else ""
    yield Finding(
        "picture.resolution",
        severity,
        Said(f"图片{name}有效分辨率只有 {ppi} ppi，低于 {least:g} ppi。",
             f"The picture{name} has only {ppi} ppi, less than {least:g}."),
        place=request.place or Place(request.shown),
        hint=Said(f"请换大图，或把图片宽度缩到 {largest:.0f} mm 以内。",
                  f"Use a larger original, or make the picture no wider than {largest:.0f} mm."),
        amount={"effective_ppi": ppi, "least_ppi": least},
        sources=(Flow.of_picture(request.id),) if request.id else (),
    )  # fmt: skip
