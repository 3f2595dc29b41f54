"""Type that stands twice on the clean page, and type that stands beside itself or upon its shadow."""

from __future__ import annotations

from types import MappingProxyType

from pikepdf import Pdf

from preflight.support import Fault, drawn

LINE = "BT /F1 9 Tf 1 0 0 1 {x} {y} Tm <00010002000300040005> Tj ET"
"""The first five characters of the face, as the clean page shows them at 30, 250."""

OTHERS = "q 0 0 0 1 k /K gs BT /F1 9 Tf 1 0 0 1 200 250 Tm <0006> Tj ET Q"
"""Type between a line and its copy."""


def layer_laid_again(pdf: Pdf) -> None:
    """The whole of the page's type once more, after all else, two points off."""
    text = "BT /F1 9 Tf 1 0 0 1 30 250 Tm [<00010002> -50 <000300040005>] TJ 0 -14 Td <000600070008> Tj ET"
    drawn(pdf, f"q /K gs 0 0 0 1 k 1 0 0 1 1.5 -1.5 cm {text} Q")


def line_laid_again_in_other_strings(pdf: Pdf) -> None:
    """The copy is not cut into strings as the original is."""
    line = "BT /F1 9 Tf 1 0 0 1 30.4 249.6 Tm <0001> Tj <00020001> Tj ET"
    drawn(pdf, f"{OTHERS} q /K gs 0 0 0 1 k {line} Q")


def set_beside_itself_to_look_bold(pdf: Pdf) -> None:
    drawn(pdf, f"q /K gs 0 0 0 1 k {LINE.format(x=200, y=250)} {LINE.format(x=200.3, y=250)} Q")


def shadow_in_another_colour(pdf: Pdf) -> None:
    """A pale shadow beneath, somewhat off."""
    drawn(pdf, f"q 0 0 0 0.1 k {LINE.format(x=200.8, y=224.2)} {OTHERS} /K gs 0 0 0 1 k {LINE.format(x=200, y=225)} Q")


def narrow_letter_beside_itself(pdf: Pdf) -> None:
    """Two strings whose one character is the same, as far apart as two narrow letters of a word."""
    shown = "BT /F1 9 Tf 25 Tz 1 0 0 1 {x} 250 Tm <0001> Tj ET"
    drawn(pdf, f"q /K gs 0 0 0 1 k {shown.format(x=200)} {shown.format(x=202.3)} Q")


DOUBLED: MappingProxyType[Fault, str] = MappingProxyType(
    dict.fromkeys((layer_laid_again, set_beside_itself_to_look_bold), "text.twice")
)
"""What is done to the clean page, and the rule that it breaks."""

DOUBLED_NEARLY: MappingProxyType[Fault, str] = MappingProxyType({shadow_in_another_colour: "text.twice"})
"""The same, and the rule that it nearly breaks."""
