"""Files that were changed after their build, which the report of that build tells; and such as were nearly changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from pikepdf import Pdf

from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box
from layout.preflight.built_page import BuiltPage
from layout.preflight.expected import Expected
from layout.preflight.look_drawing import look_drawn
from layout.preflight.page_geometry import MarkSpot, PageGeometry, ParagraphSpot
from layout.preflight.printed_text import PageText, with_printed
from layout.preflight.reading import read_text
from preflight.support import BLEED, EXPECTED, HEIGHT, PICTURE, WIDTH, Fault, clean_pdf, image

FIRST = ParagraphSpot(Flow("gate", "section", 1), Place("gate.md", 3, 1), Box(20, 49, 60, 12))
SECOND = ParagraphSpot(Flow("gate", "section", 2), Place("gate.md", 7, 1), Box(20, 63, 60, 12))
"""The two lines of the clean page."""
FORM = MarkSpot("drawing", "scene.svg", Place("page.html", 9, 1), Box(191, 189, 60, 60))

MEDIA = (0.0, 0.0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)
TRIM = (BLEED, BLEED, BLEED + WIDTH, BLEED + HEIGHT)
PPI = 100.0


def built_as(pdf: bytes) -> Expected:
    """What the report of the build of *pdf* says, a page like the clean one, to whoever judges another save of it."""
    planned = PageGeometry(
        WIDTH, HEIGHT, 14.0, Box(10, 10, 380, 280), pictures=(replace(PICTURE, look=""),), paragraphs=(FIRST, SECOND),
        marks=(FORM,),
    )  # fmt: skip
    geometry = with_printed(planned, read_text(pdf, 0), BLEED)
    assert geometry.printed is not None
    page = BuiltPage.of(geometry, look_drawn(pdf, 0, MEDIA, TRIM, PPI))
    return replace(
        EXPECTED, pictures=(geometry.pictures,), characters=(geometry.printed.characters,),
        texts=(PageText.of(geometry),), built=(page,), again=True,
    )  # fmt: skip


@cache
def built() -> Expected:
    """The same of the clean page."""
    return built_as(clean_pdf())


def changed(old: str, new: str) -> Callable[[Pdf], None]:
    """Does so to the page's content."""

    def fault(pdf: Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(old.encode()) == 1
        pdf.pages[0].Contents = pdf.make_stream(content.replace(old.encode(), new.encode()))

    return fault


BOTH = "1 0 0 1 30 250 Tm [<00010002> -50 <000300040005>] TJ 0 -14 Td <000600070008> Tj"
ONE, OTHER = "[<00010002> -50 <000300040005>] TJ", "<000600070008> Tj"
PHOTO, DRAWING = "q 72 0 0 54 30 60 cm /Im1 Do Q", "/Fm1 Do"


def _lines(one: str, other: str) -> Callable[[Pdf], None]:
    """Each line with a matrix, and perhaps a size, of its own."""
    return changed(BOTH, f"{one} {ONE} {other} {OTHER}")


def line_moved(pdf: Pdf) -> None:
    """Its frame was dragged by half an inch."""
    _lines("1 0 0 1 30 250 Tm", "1 0 0 1 66 236 Tm")(pdf)


def lines_exchanged(pdf: Pdf) -> None:
    """Each over the other's label, in the order in which they were."""
    _lines("1 0 0 1 30 236 Tm", "1 0 0 1 30 250 Tm")(pdf)


def line_in_another_size(pdf: Pdf) -> None:
    _lines("1 0 0 1 30 250 Tm", "1.2 0 0 1.2 30 234 Tm")(pdf)


def line_set_backwards(pdf: Pdf) -> None:
    """Upright characters, the first at the right: what a program makes of a line that it takes for Arabic."""
    own = " ".join(f"1 0 0 1 {30 + 9 * (4 - at)} 250 Tm <000{1 + at}> Tj" for at in range(5))
    changed(BOTH, f"{own} 1 0 0 1 30 236 Tm {OTHER}")(pdf)


def line_at_the_end_of_the_content(pdf: Pdf) -> None:
    """A touch-up took it off its frame and laid it where there is room; the other is still first in order."""
    changed(BOTH, f"1 0 0 1 180 250 Tm {OTHER} 1 0 0 1 30 250 Tm {ONE}")(pdf)


def _photo(pdf: Pdf, change: Callable[[int], tuple[int, ...]]) -> None:
    """The same picture saved by another program, which made its tones others."""
    stream = pdf.pages[0].Resources.XObject.Im1
    rows = stream.read_bytes()[:: 4 * int(stream.Width)]
    stream.write(b"".join(bytes(change(tone)) * int(stream.Width) for tone in rows))


def photo_paler(pdf: Pdf) -> None:
    _photo(pdf, lambda tone: (tone // 4,) * 4)


def photo_with_more_black(pdf: Pdf) -> None:
    _photo(pdf, lambda tone: (tone, tone, tone, tone + 90))


def photo_saved_without_yellow(pdf: Pdf) -> None:
    _photo(pdf, lambda tone: (tone, tone, 0, tone))


def drawing_in_another_colour(pdf: Pdf) -> None:
    form = pdf.pages[0].Resources.XObject.Fm1
    form.write(form.read_bytes().replace(b"0 0.4 0.4 0 k", b"0.4 0.4 0 0 k"))


def drawing_lost(pdf: Pdf) -> None:
    changed(DRAWING, "")(pdf)


def mark_added(pdf: Pdf) -> None:
    """A patch of a tint beside the copy."""
    pdf.pages[0].contents_add(b"q 0 0.3 0.6 0 k 250 220 40 30 re f Q")


def line_where_it_was(pdf: Pdf) -> None:
    """Half a point further, in strings of its own."""
    changed(ONE, "<0001> Tj <0002> Tj [-50 <000300040005>] TJ")(pdf)
    changed("1 0 0 1 30 250 Tm", "1 0 0 1 30.5 249.7 Tm")(pdf)


def photo_hardly_darker(pdf: Pdf) -> None:
    _photo(pdf, lambda tone: (tone, tone, tone, tone + 3))


def drawing_in_nearly_its_colour(pdf: Pdf) -> None:
    form = pdf.pages[0].Resources.XObject.Fm1
    form.write(form.read_bytes().replace(b"0 0.4 0.4 0 k", b"0 0.41 0.4 0.01 k"))


def photo_packed_in_steps(pdf: Pdf) -> None:
    """The same picture at two thirds of its pixels."""
    pdf.pages[0].Resources.XObject.Im1 = image(pdf, 160, 120)


BUILD_FAULTS: MappingProxyType[Fault, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (line_moved, lines_exchanged, line_in_another_size, line_set_backwards, line_at_the_end_of_the_content),
            "text.place",
        ),
        **dict.fromkeys((photo_paler, photo_with_more_black, photo_saved_without_yellow), "image.changed"),
        **dict.fromkeys((drawing_in_another_colour, drawing_lost, mark_added), "page.looks"),
    }
)

BUILD_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        line_where_it_was: "text.place", photo_hardly_darker: "image.changed", photo_packed_in_steps: "image.changed",
        drawing_in_nearly_its_colour: "page.looks",
    }
)  # fmt: skip
"""Clean files that nearly break the rule."""
