"""The seal of a build: what was set from which files, where it stands, and by which hashes all of it is known again.

Values only; ``seal_json`` writes them, ``seal_reading`` reads them, docs/seal.schema.json describes the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from layout.flows import Flow
from layout.geometry import Box
from layout.json_values import JsonObject
from layout.seal.digests import digest_of_json
from layout.seal.file_written import FileWritten

if TYPE_CHECKING:  # a build begins before it has any of these
    from layout.preflight.object_hashes import PageObjects
    from layout.preflight.page_geometry import PageGeometry
    from layout.preflight.page_look import PageLook
    from layout.press.model import PressProfile

PAGE_SEAL, EDITION_SEAL = "lianghui-layout:page-sha256:", "lianghui-layout:pages-sha256:"
"""What stands before the hash of a page's own part in the XMP of its file (``xmp:Identifier``), and before that of
several pages' parts in a file of several."""

SourceKind = Literal["plan", "manuscript", "picture"]


@dataclass(frozen=True, slots=True)
class SealedSource:
    """A file of the issue that a build has read."""

    kind: SourceKind
    file: str
    """As issue.toml names it."""
    sha256: str
    """Of its bytes."""
    story: str = ""
    """Of a manuscript: the id of its story."""
    copy: str = ""
    """Of a manuscript: the hash of its texts as they were read; of the plan that of captions, credits and the pages'
    heads. See ``digest_of_texts``."""


@dataclass(frozen=True, slots=True)
class SealedParagraph:
    """The lines of one paragraph that stand in one frame."""

    flow: Flow
    number: int
    """Which of its text's paragraphs, from 1."""
    text: str
    """The characters of its lines, as the manuscript has them."""
    box: Box
    """Around its lines, in points from the trimmed page's top left corner."""


@dataclass(frozen=True, slots=True)
class SealedPicture:
    """A picture by its content."""

    id: str
    file: str
    sha256: str
    """Of what is printed: the developed picture with its mask, or the advertiser's PDF with how it is placed."""
    box: Box


@dataclass(frozen=True, slots=True)
class SealedFace:
    """A face that a page is set in."""

    name: str
    """Its PostScript name."""
    sha256: str
    """Of the font file."""


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A page's own part of the seal: known before its file is finished, and the same on every machine.

    Its ``sha256`` stands in the XMP of the page's file. It says nothing of other pages, of files, versions or lines of
    manuscripts: what is printed decides it, and nothing else.
    """

    number: int
    title: str
    width: float
    height: float
    """Of the trimmed page, in points."""
    copy: str
    """The hash of all texts that are planned for the page; see ``digest_of_texts``."""
    paragraphs: tuple[SealedParagraph, ...]
    """In reading order."""
    pictures: tuple[SealedPicture, ...]
    fonts: tuple[SealedFace, ...]
    press: str
    icc: str
    """SHA-256 of the output intent's profile."""
    painted: str = ""
    """SHA-256 of the painted page, drawings, rules and tints included; empty until it is finished."""

    def as_json(self) -> JsonObject:
        """As the seal holds it; its hash is of this."""
        return {
            "number": self.number,
            "title": self.title,
            "width": self.width,
            "height": self.height,
            "copy": self.copy,
            "paragraphs": [
                {"flow": str(each.flow), "number": each.number, "text": each.text, **each.box.as_json()}
                for each in self.paragraphs
            ],
            "pictures": [
                {"id": each.id, "file": each.file, "sha256": each.sha256, **each.box.as_json()}
                for each in self.pictures
            ],
            "fonts": [{"name": each.name, "sha256": each.sha256} for each in self.fonts],
            "press": self.press,
            "icc_sha256": self.icc,
            "painted_sha256": self.painted,
        }

    @property
    def sha256(self) -> str:
        """By which the page is known: what people sign, and what its file bears."""
        return digest_of_json(self.as_json())


@dataclass(frozen=True, slots=True)
class SealedPage:
    """One page of a build: its own part, and what its finished file came to."""

    part: SealedPart
    geometry: PageGeometry
    """Where its text, pictures and drawings stand and are written, and what the finished page reads."""
    look: PageLook | None
    """What it looks like; None where the build drew no picture of it."""
    objects: PageObjects
    characters: tuple[int, int, int]
    """Of its copy, of these those that are set, and all that the page shows."""
    faults: tuple[str, ...] = ()
    """The checks that found copy lost, added, out of order or unseen on it, by id."""

    @property
    def number(self) -> int:
        """Its page number."""
        return self.part.number


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of one build."""

    issue: str
    title: str
    date: str
    """ISO 8601."""
    program: str
    """Name and version."""
    design: str
    design_sha256: str
    """Of the names and contents of its files."""
    press: PressProfile
    """The profile that it was built for, without the places of files."""
    icc: str
    sources: tuple[SealedSource, ...]
    """The plan, the manuscripts, the pictures; in that order."""
    pages: tuple[SealedPage, ...]
    files: tuple[FileWritten, ...]
    """What was written, but for reports and this file."""
    versions: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Of Python and of the libraries that the build stands on."""
    complete: bool = True
    """Whether all pages of the issue were built."""

    def page(self, number: int) -> SealedPage | None:
        """The page of that number."""
        return next((page for page in self.pages if page.number == number), None)

    def file(self, name: str) -> FileWritten | None:
        """The file of that name."""
        return next((file for file in self.files if file.name == name), None)

    def pages_of(self, name: str) -> tuple[SealedPage, ...]:
        """The pages that stand in the file *name*: all, or the one whose own file it is."""
        return tuple(page for page in self.pages if name == f"{self.issue}-{page.number}.pdf") or self.pages

    @property
    def sha256(self) -> str:
        """Of its pages together: what the XMP of a file of several pages bears."""
        return digest_of_pages([page.part for page in self.pages])


def digest_of_pages(parts: Sequence[SealedPart]) -> str:
    """The hash of several pages in one file; of one page its own."""
    if len(parts) == 1:
        return parts[0].sha256
    return digest_of_json([part.sha256 for part in parts])
