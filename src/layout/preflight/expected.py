"""The file as the plan of its edition has it: what the build knows, and the report beside a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layout.geometry import Box
from layout.painted import BuildFace
from layout.preflight.built_page import BuiltPage
from layout.preflight.page_geometry import CodeSpot, HoleRule, PageGeometry, PictureSpot
from layout.preflight.printed_text import PageText


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The room that a page has for copy, in points from the trimmed page's top left corner."""

    area: Box
    """The type area."""
    row: float
    """Of the grid."""
    holes: HoleRule

    @classmethod
    def of(cls, geometry: PageGeometry) -> PageSpace | None:
        """The space of a page of ours; ``None`` where its report does not say."""
        return None if geometry.holes is None else cls(geometry.type_area, geometry.row, geometry.holes)


@dataclass(frozen=True, slots=True)
class Expected:
    """The file as the edition's plan has it. What is ``None`` is not known and so not checked."""

    pages: int | None = None
    trim: tuple[float, float] | None = None
    """Width and height of the trimmed page in points."""
    title: str | None = None
    faces: frozenset[str] | None = None
    """Families or PostScript names of the design's fonts."""
    own_faces: tuple[BuildFace, ...] = ()
    """The faces that the design and the issue bring, with the files that the page was set from: what its outlines can
    be held against."""
    plates: tuple[frozenset[str], ...] = ()
    """The plates that each page may use, in the file's order: ``{"K"}`` for one planned in black alone."""
    spaces: tuple[PageSpace, ...] = ()
    """Where each page has its type area, and what of its white is a hole, in the file's order."""
    codes: tuple[tuple[CodeSpot, ...], ...] = ()
    """The QR codes of each page, in the file's order."""
    pictures: tuple[tuple[PictureSpot, ...], ...] = ()
    """Where each page has its pictures, in the file's order."""
    characters: tuple[int, ...] = ()
    """How many characters each page had when it was built, in the file's order."""
    texts: tuple[PageText, ...] = ()
    """What each page read when it was built, in the file's order."""
    moved: tuple[tuple[int, int], ...] = ()
    """Pages that stand elsewhere than when the file was built: the number here, and the number then. What is known of
    them is in the order of the file as it is."""
    built: tuple[BuiltPage, ...] = ()
    """What each page looked like when it was built, in the file's order; nothing where the file is still that."""
    again: bool = False
    """Whether the file was saved again since its build, by whatever program: nobody who is told of it then has a design
    to mend."""
    whole: bool = True
    """Whether the file is a whole edition: one page of several need not fill a sheet."""

    @property
    def planned(self) -> bool:
        """Whether anything is known of the edition: its people then have a design and copy to mend."""
        known = replace(self, pictures=(), characters=(), texts=(), moved=(), built=())
        return not self.again and known != Expected(whole=self.whole)

    def space_of(self, page_no: int) -> PageSpace | None:
        """The space planned for page *page_no* (from 1)."""
        return self.spaces[page_no - 1] if page_no <= len(self.spaces) else None

    def codes_of(self, page_no: int) -> tuple[CodeSpot, ...]:
        """The QR codes planned for page *page_no* (from 1)."""
        return self.codes[page_no - 1] if page_no <= len(self.codes) else ()

    def pictures_of(self, page_no: int) -> tuple[PictureSpot, ...]:
        """The pictures planned for page *page_no* (from 1); an advertisement's page is none, whatever it shows."""
        return tuple(each for page in self.pictures[page_no - 1 : page_no] for each in page if not each.placed)

    def characters_of(self, page_no: int) -> int | None:
        """The characters that page *page_no* (from 1) had when it was built."""
        return self.characters[page_no - 1] if page_no <= len(self.characters) else None

    def text_of(self, page_no: int) -> PageText | None:
        """What page *page_no* (from 1) read when it was built."""
        return self.texts[page_no - 1] if page_no <= len(self.texts) else None

    def built_of(self, page_no: int) -> BuiltPage | None:
        """What page *page_no* (from 1) looked like when it was built."""
        return self.built[page_no - 1] if page_no <= len(self.built) else None

    def plates_of(self, page_no: int) -> frozenset[str] | None:
        """The plates planned for page *page_no* (from 1)."""
        return self.plates[page_no - 1] if page_no <= len(self.plates) else None
