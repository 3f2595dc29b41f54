"""issue.toml as written, checked key by key. Every mistake is found, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from layout.errors import LayoutError, Message, PlanError
from layout.issue.auto_page import PinnedAs, Side, is_made_up
from layout.issue.model import COUNT, FORMS, LAST_PAGE, PageSpan
from layout.issue.plan_messages import faults_of, missing, wrong_date
from layout.issue.plan_values import MOST_COLUMNS, MOST_ROWS, File, Name, Share, Words, as_date, as_edges, as_span
from layout.toml_files.positions import KeyPath
from layout.toml_files.reading import TomlFile, read_toml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class HeadTable(_Strict):
    """The top of issue.toml. Pages and pictures are checked one by one."""

    title: Words
    date: Annotated[date, BeforeValidator(as_date)]
    design: Name
    press: Name
    sheet: Literal["broadsheet", "tabloid"] | None = None
    paper: Words | None = None
    staff: dict[Words, Words] = {}
    protected: list[Words] = []
    killed: list[File] = []
    signoff: Annotated[list[Words], Field(min_length=1)] | None = None
    page: Annotated[list[object], Field(min_length=1)]
    picture: list[object] = []


class ReserveTable(_Strict):
    """One ``[[page.reserve]]``: a rectangle that no story takes."""

    id: Name
    columns: Annotated[int, Field(ge=1, le=MOST_COLUMNS)]
    rows: Annotated[int, Field(ge=1, le=MOST_ROWS)]
    at: Annotated[tuple[Side, ...], BeforeValidator(as_edges)]
    file: File | None = None
    labelled: bool = False


class PinTable(_Strict):
    """One ``[[page.pin]]``: what the editor fixes of a story's place."""

    story: File
    stands_as: Annotated[PinnedAs | None, Field(alias="as")] = None
    columns: Annotated[int, Field(ge=1, le=MOST_COLUMNS)] | None = None
    at: Side | None = None
    beside: File | None = None


class PageTable(_Strict):
    """One ``[[page]]``: a page, which has a number, or a run of pages, which has several."""

    number: Annotated[int, Field(ge=1, le=LAST_PAGE)] | None = None
    pages: Annotated[PageSpan, BeforeValidator(as_span)] | None = None
    through: Annotated[int, Field(ge=2, le=LAST_PAGE)] | None = None
    title: Words
    kind: Name = "page"
    stories: Annotated[list[File], Field(min_length=1)]
    continues: list[File] = []
    pictures: list[Words] = []
    optional: list[Words] = []
    seats: Literal["shape", "order"] = "shape"
    fillers: list[File] = []
    plates: Annotated[list[Literal["C", "M", "Y", "K"]], Field(min_length=1)] = ["C", "M", "Y", "K"]
    pool: list[File] = []
    variant: Name | None = None
    arrangement: Words | None = None
    reserve: list[ReserveTable] = []
    pin: list[PinTable] = []

    @property
    def is_auto(self) -> bool:
        """Whether the program makes it up."""
        return is_made_up(self.kind)

    @property
    def first(self) -> int:
        """The lowest page number that it stands for."""
        return self.pages.first if self.pages is not None else self.number or 1

    @property
    def last(self) -> int:
        """The highest page number that it may stand for."""
        return self.pages.numbers()[-1] if self.pages is not None else self.through or self.first


class PictureTable(_Strict):
    """One ``[[picture]]``: a photograph, which has a caption and a credit, or an advertisement, which need not."""

    id: Name
    file: File
    kind: Literal["photograph", "advertisement"] = "photograph"
    page: Annotated[int, Field(ge=1)] | None = None
    caption: Words | None = None
    credit: Words | None = None
    focus: Annotated[list[Share], Field(min_length=2, max_length=2)] | None = None
    keep: Annotated[list[Share], Field(min_length=4, max_length=4)] | None = None
    alt: Words | None = None
    labelled: bool = False
    place: Literal["lead"] | None = None
    group: Name | None = None
    story: File | None = None


PAGES = (".pdf", ".ai")
"""Those of them that may have several pages."""
OF_PIXELS = ("focus", "keep")
"""Keys that say how pixels are cropped."""
OF_PHOTOGRAPHS = ("caption", "credit")
"""Keys that every photograph must have."""
SEATED = ("place", "group", "story")
"""Keys that say nothing of an advertisement, which stands where the template has it."""
OF_ADVERTISEMENTS = ("page", "labelled")
"""Keys that say nothing of a photograph."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of issue.toml that have no fault. Pages and pictures keep their numbers in the file."""

    head: HeadTable | None
    pages: Mapping[int, PageTable]
    pictures: Mapping[int, PictureTable]
    whole: bool
    """Whether no part had a fault; only then can parts be compared with one another."""


def parse(text: str, file: str) -> TomlFile:
    """The tables of issue.toml. Raises ``PlanError`` with the line where it is not TOML."""
    try:
        return read_toml(text, file, PlanError, tables=("page", "picture"))
    except PlanError as error:
        raise wrong_date(text, error.place) or error from None


def check(source: TomlFile, faults: list[LayoutError]) -> Plan:
    """The plan in *source*. Mistakes are added to *faults*; what is right is kept, so that it too can be checked."""
    before = len(faults)
    head = _validated(HeadTable, source.values, (), source, faults)
    pages = _tables(PageTable, "page", source, faults)
    pictures = _tables(PictureTable, "picture", source, faults)
    firsts = {picture.group: number for number, picture in reversed(pictures.items()) if picture.group is not None}
    for number, page in pages.items():
        faults += _numbered(page, number, source)
    pages = {number: page for number, page in pages.items() if page.number is not None or page.pages is not None}
    for number, picture in pictures.items():
        captioned = picture.group is None or firsts[picture.group] == number
        faults += _of_its_kind(picture, number, source, captioned=captioned)
    return Plan(head, pages, pictures, len(faults) == before)


OF_RUNS = ("fillers",)
"""Keys that say something of a run of pages alone."""
OF_PAGES = ("number", "through")
"""Keys that say nothing of a run of pages."""
OF_DRAWN = ("variant",)
"""Keys that say nothing of a page that is made up."""
OF_AUTO = ("pool", "arrangement", "reserve", "pin")
"""Keys that say something of a page that is made up (``kind = "auto"``) alone."""


def _numbered(page: PageTable, number: int, source: TomlFile) -> Iterator[PlanError]:
    """The faults of a page without a number, of one that is a run as well, and of what only the other may say."""
    given = page.model_fields_set
    if page.pages is None and page.number is None:
        yield missing("number", list(PageTable.model_fields), {}, ("page", number), source)
        return
    for key in (each for each in OF_PAGES if page.pages is not None and each in given):
        yield PlanError(
            Message(f"连版的版次写在 pages 里，不写 {key}。", f"A run says its numbers in pages, and no {key}."),
            place=source.key("page", number, key),
            hint=Message("只有一版就删去 pages；连着几版就删去这一行。",
                         "Delete pages if it is one page, and this line if it is a run of them."),
        )  # fmt: skip
    for key in (each for each in OF_RUNS if page.pages is None and not page.is_auto and each in given):
        yield PlanError(
            Message(f"{key} 只对连版、自动组版的版有用。",
                    f"{key} says something of a run of pages, or of a page that is made up, alone."),
            place=source.key("page", number, key),
            hint=Message('连着几版写 pages = "2-5"，不写 number；自动组版写 kind = "auto"；否则删去这一行。',
                         'Of a run write pages = "2-5" and no number, of a page to be made up kind = "auto"; else'
                         " delete this line."),
        )  # fmt: skip
    for key in (each for each in OF_AUTO if not page.is_auto and each in given):
        yield PlanError(
            Message(f"{key} 只对自动组版的版（kind = \"auto\"）有用。",
                    f"{key} says something of a page that is made up (kind = \"auto\") alone."),
            place=source.key("page", number, key),
            hint=Message('写 kind = "auto"，版式要有这一种；否则删去。',
                         'Write kind = "auto", which the design must have; else take it out.'),
        )  # fmt: skip
    for key in (each for each in OF_DRAWN if page.is_auto and each in given):
        yield PlanError(
            Message(f"{key} 对自动组版的版不起作用。", f"{key} says nothing of a page that is made up."),
            place=source.key("page", number, key),
            hint=Message("删去；要定住组版写 arrangement。", "Take it out; arrangement fixes how it is made up."),
        )
    if page.pages is None and COUNT in page.title:
        yield PlanError(
            Message(f"{COUNT} 只在连版的 title 里有用。", f"{COUNT} has a meaning in the title of a run alone."),
            place=source.value("page", number, "title"),
            hint=Message("写出版名，或写成连版：pages = …。", "Write the title, or make it a run: pages = …."),
        )


def _of_its_kind(picture: PictureTable, number: int, source: TomlFile, *, captioned: bool) -> Iterator[PlanError]:
    """The faults of a picture that lacks what its kind needs, or has what only the other has. *captioned*: it has a
    caption of its own, not that of its group.
    """
    given = picture.model_fields_set
    if picture.kind == "photograph":
        if picture.file.lower().endswith(FORMS):
            yield PlanError(
                Message(f"{picture.file} 不是照片：PDF 和 SVG 只能作广告。",
                        f"{picture.file} is no photograph: PDF and SVG can be advertisements only."),
                place=source.value("picture", number, "file"),
                hint=Message('是广告就写 kind = "advertisement"；是照片、图表就交 JPEG、TIFF、PNG。',
                             'Write kind = "advertisement" if it is one; of pictures give a JPEG, TIFF or PNG.'),
            )  # fmt: skip
            return
        for key in (each for each in OF_PHOTOGRAPHS if captioned and each not in given):
            yield missing(key, list(PictureTable.model_fields), {}, ("picture", number), source)
        for key in (each for each in OF_ADVERTISEMENTS if each in given):
            yield PlanError(
                Message(f"{key} 只对广告有用。", f"{key} says nothing of a photograph."),
                place=source.key("picture", number, key),
                hint=Message('是广告就写 kind = "advertisement"，不是就删去。',
                             'Write kind = "advertisement" if it is one, or take it out.'),
            )  # fmt: skip
        return
    of_pages, is_form = picture.file.lower().endswith(PAGES), picture.file.lower().endswith(FORMS)
    without = [key for key in ("page",) if key in given and not of_pages]
    for key in (each for each in SEATED if each in given):
        yield PlanError(
            Message(f"{key} 只对照片有用。", f"{key} says nothing of an advertisement."),
            place=source.key("picture", number, key),
            hint=Message("删去：广告的位置由版式定。", "Take it out: the design has its place."),
        )
    for key in (*without, *(each for each in OF_PIXELS if each in given and is_form)):
        yield PlanError(
            Message(f"{key} 对 {picture.file} 不起作用。", f"{key} has no effect on {picture.file}."),
            place=source.key("picture", number, key),
            hint=Message("删去：这种文件整幅原样置入，只有 PDF 有页。",
                         "Take it out: such a file is placed whole, and only a PDF has pages."),
        )  # fmt: skip


_Table = TypeVar("_Table", bound=BaseModel)


def _tables(model: type[_Table], name: str, source: TomlFile, faults: list[LayoutError]) -> dict[int, _Table]:
    rows = source.values.get(name)
    checked = {
        number: _validated(model, row, (name, number), source, faults)
        for number, row in enumerate(rows if isinstance(rows, list) else ())
    }
    return {number: table for number, table in checked.items() if table is not None}


def _validated(
    model: type[_Table], raw: object, path: KeyPath, source: TomlFile, faults: list[LayoutError]
) -> _Table | None:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults += faults_of(error.errors(), model, raw, path, source)
        return None
