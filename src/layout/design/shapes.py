"""The shapes of a design, ``[[shape]]`` of its design.toml: how a story, or a picture of no story, may stand.

A shape is a partial of the design's, or one of those that designs have in common (``components/shapes``). Its columns
and rows are measured where it stands; here it says only what it is made for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Literal, get_args

from layout import assets
from layout.design.design_files import read_design_toml
from layout.errors import Faults, LayoutError, Message, Place, TemplateError, meant
from layout.manuscript.story_parts import story_parts
from layout.toml_files.positions import KeyPath
from layout.toml_files.reading import TomlFile

TABLE = "shape"
SHEETS = ("broadsheet", "tabloid")
"""The sheets that an issue may ask for (``sheet``)."""

Role = Literal["lead", "second", "third", "brief", "picture", "reserve"]
"""The rank of a story that stands in the shape. A ``picture`` holds a photograph of no story, a ``reserve`` what is
kept free, with an advertisement or without."""
Top = Literal["headline", "picture", "vertical", "box"]
"""What stands at its head, by which headlines of neighbours are told to meet or not (碰题)."""

ROLES: tuple[Role, ...] = get_args(Role)
OF_NO_STORY: tuple[Role, ...] = ("picture", "reserve")
"""The roles of shapes that no story stands in: all others have a headline."""
_TOPS: tuple[Top, ...] = get_args(Top)
_KEYS = ("file", "role", "top", "columns", "pictures", "spans", "needs", "suits", "sizes", "lines", "leading", "air")
_MOST = 24
"""Columns, pictures, lines: no page has more."""
_NEEDS = ("figures", "tables")
"""What a shape may need besides the parts of a story."""
KINDS = ("decks", "chapters", "dialogue")
"""What else a story may be that shapes are made for: it has several decks, is long and in chapters, is an interview."""


@dataclass(frozen=True, slots=True)
class Head:
    """How a headline stands: its size in points, its lines, and the rows of the grid that its block takes."""

    size: float
    lines: int
    rows: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A way for a story to stand on a page."""

    name: str
    """Its file without the suffix: ``lead-right``."""
    file: str
    """The partial, as templates name one another: in the design's folder, or among those that designs share."""
    role: Role
    top: Top
    columns: tuple[int, int]
    """The fewest and the most basic columns that it takes."""
    pictures: tuple[int, int]
    """The fewest and the most pictures."""
    span: tuple[int, int] | None
    """The fewest and the most columns that its picture takes, or its headline where it has no pictures, where that may
    be chosen; 0 and below count back from all columns.
    """
    needs: frozenset[str]
    """Parts that a story must have to stand in it."""
    suits: frozenset[str]
    """What it is made for, of parts and of ``KINDS``: others stand in it where nothing better is to be had."""
    sizes: tuple[float, ...]
    """Of its headline in points, the largest first; none where it has no headline."""
    lines: tuple[int, int]
    """The fewest and the most lines of its headline."""
    leading: float
    """From line to line of the headline, in ems of it."""
    air: float
    """What the headline's block has beyond its lines, in points."""
    place: Place

    def spans(self, columns: int, pictures: int) -> range:
        """The columns that its picture may take in a piece of *columns* columns, or its headline where no story with
        pictures stands in it; one 0 where nothing is to choose.
        """
        if self.span is None or (self.pictures[1] and not pictures):
            return range(1)
        least, most = (each if each > 0 else columns + each for each in self.span)
        return range(max(1, least), most + 1)

    def head(self, size: float, lines: int, longest: float, row: float) -> Head:
        """The head of a headline of *lines* lines of *size* points, the longest of *longest* ems, on a grid of *row*
        points: whole rows. A vertical headline is as high as its longest line, any other as all its lines.
        """
        ems = longest if self.top == "vertical" else lines * self.leading
        return Head(size, lines, ceil((ems * size + self.air) / row - 1e-6))


def read_shapes(folder: Path, sheet: str) -> tuple[Shape, ...]:
    """The shapes of the design in *folder* for that *sheet*, in the design's order; none where it has none.

    A value may be said for each sheet by itself: ``columns = { broadsheet = [5, 8], tabloid = [3, 5] }``; a shape
    whose columns leave a sheet out is not for that sheet. Raises ``TemplateError``, or ``Faults`` of several.
    """
    toml = read_design_toml(folder)
    rows = toml.values.get(TABLE) if toml else None
    if toml is None or rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TemplateError(
            Message("design.toml 的 shape 是一段段 [[shape]]", "shape in design.toml is a series of [[shape]]"),
            place=toml.key(TABLE),
        )
    faults: list[LayoutError] = []
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        reader = _ShapeRow(folder, toml, (TABLE, number), dict(row) if isinstance(row, dict) else {}, sheet)
        faults += [*reader.faults(), *reader.taken([each.name for each in shapes])]
        if not faults and reader.is_for_sheet:
            shapes.append(reader.shape())
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return tuple(shapes)


def shape_files(folder: Path) -> tuple[str, ...]:
    """The partials of the shapes that the design.toml in *folder* lists, as it names them, whatever else is wrong."""
    toml = read_design_toml(folder)
    rows = toml.values.get(TABLE) if toml else None
    own = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(str(row["file"]) for row in own if "file" in row)


@dataclass(frozen=True, slots=True)
class _ShapeRow:
    """One ``[[shape]]`` as written."""

    folder: Path
    toml: TomlFile
    path: KeyPath
    row: Mapping[str, object]
    sheet: str

    @property
    def _folders(self) -> tuple[Path, Path]:
        """Where partials are looked for, in the order in which templates are."""
        return self.folder, assets.templates_dir()

    @property
    def is_for_sheet(self) -> bool:
        return self._own("columns") is not None

    def shape(self) -> Shape:
        file = str(self.row["file"])
        sizes = self._own("sizes")
        return Shape(
            name=Path(file).stem,
            file=file,
            role=next(role for role in ROLES if role == self.row["role"]),
            top=next(top for top in _TOPS if top == self.row.get("top", "headline")),
            columns=_bounds(self._own("columns")),
            pictures=_bounds(self._own("pictures", [0, 0])),
            span=_bounds(self._own("spans")) if self._own("spans") is not None else None,
            needs=frozenset(map(str, _list(self.row.get("needs", [])))),
            suits=frozenset(map(str, _list(self.row.get("suits", [])))),
            sizes=tuple(sorted((float(str(size)) for size in _list(sizes)), reverse=True)),
            lines=_bounds(self._own("lines", [1, 1])),
            leading=float(str(self.row.get("leading", 1.16))),
            air=float(str(self.row.get("air", 0.0))),
            place=self.toml.key(*self.path),
        )

    def taken(self, names: Sequence[str]) -> Iterator[LayoutError]:
        """A fault where its name is one of *names*: arrangements tell shapes apart by their files' names alone."""
        name = Path(str(self.row.get("file", ""))).stem
        if self.is_for_sheet and name in names:
            yield self._fault(
                "file",
                Message(f"{name} 这个名字，前面一段已经用了", f"an earlier row has the name {name}"),
                Message("模板换个文件名，或删去一段", "give the partial another file name, or take one row out"),
            )

    def _own(self, key: str, default: object = None) -> object:
        """The value of *key* for this sheet."""
        value = self.row.get(key, default)
        return value.get(self.sheet) if isinstance(value, dict) else value

    def faults(self) -> Iterator[LayoutError]:
        for key in self.row:
            if key not in _KEYS:
                yield self._fault(key, Message(f"“{key}”没有用处", f"nothing reads “{key}”"), meant(key, _KEYS))
        for key, own in (("file", "file = \"shapes/lead-right.html\""), ("role", "role = \"lead\""),
                         ("columns", "columns = [3, 5]")):  # fmt: skip
            if key not in self.row:
                yield self._fault(
                    "", Message(f"这一段没有 {key}", f"{key} is missing"), Message(f"写上 {own}", f"write {own}")
                )
        yield from self._wrong_words()
        yield from self._wrong_numbers()
        yield from self._without_effect()
        file = self.row.get("file")
        if isinstance(file, str) and not any((folder / file).is_file() for folder in self._folders):
            patterns = ("shapes/*.html", "components/shapes/*.html")
            found = ((folder, each) for folder in self._folders for name in patterns for each in folder.glob(name))
            there = sorted({each.relative_to(folder).as_posix() for folder, each in found})
            yield self._fault(
                "file", Message(f"没有“{file}”这个文件", f"there is no file “{file}”"), meant(file, there)
            )

    def _wrong_words(self) -> Iterator[LayoutError]:
        for key, names in (("role", ROLES), ("top", _TOPS)):
            if key in self.row and self.row[key] not in names:
                value = self.row[key]
                yield self._fault(
                    key, Message(f"没有“{value}”这种", f"there is no “{value}”"), meant(str(value), names)
                )
        parts = (*story_parts(), *_NEEDS)
        for key, known in (("needs", parts), ("suits", (*parts, *KINDS))):
            if not isinstance(self.row.get(key, []), list):
                example = Message(f'写成 {key} = ["deck"]', f'write {key} = ["deck"]')
                yield self._fault(key, Message(f"{key} 写得不对", f"{key} is not right"), example)
            for name in _list(self.row.get(key, [])):
                if name not in known:
                    wrong = Message(f"“{name}”不是稿件的一段", f"“{name}” is no part of a story")
                    yield self._fault(key, wrong, meant(str(name), known))

    def _without_effect(self) -> Iterator[LayoutError]:
        """Faults of what no story could ever stand in: a headline without a size, a place of pictures without any."""
        own = self.is_for_sheet and self.row.get("role") not in OF_NO_STORY
        if own and not self._own("sizes"):
            missing = Message("题没有字号，没有稿站得进", "its headline has no size: no story stands in it")
            yield self._fault(
                "sizes", missing, Message("写上 sizes = [28, 24]，磅", "write sizes = [28, 24], in points")
            )
        if (self._own("pictures") or [0, 0]) == [0, 0] and self.row.get("role") == "picture":
            none = Message("这种稿块不放图", "the shape takes no pictures")
            yield self._fault("", none, Message("写上 pictures = [1, 1]", "write pictures = [1, 1]"))

    def _wrong_numbers(self) -> Iterator[LayoutError]:
        for key in ("columns", "pictures", "lines"):
            for value in self._of_sheets(key):
                if not _are_bounds(value):
                    example = Message(f"写成 {key} = [至少, 至多]", f"write {key} = [least, most]")
                    yield self._fault(key, Message(f"{key} 写得不对", f"{key} is not right"), example)
        for value in self._of_sheets("spans"):
            if not (isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)):
                example = Message("写成 spans = [至少, 至多]，0、-1 从全部栏数倒着数",
                                  "write spans = [least, most]; 0 and -1 count back from all columns")  # fmt: skip
                yield self._fault("spans", Message("spans 写得不对", "spans is not right"), example)
        for value in self._of_sheets("sizes"):
            if not isinstance(value, list) or not all(_is_number(each) and 4 <= each <= 400 for each in value):
                example = Message("写成 sizes = [66, 60, 54]，磅", "write sizes = [66, 60, 54], in points")
                yield self._fault("sizes", Message("sizes 写得不对", "sizes is not right"), example)
        for key, most in (("leading", 4.0), ("air", 200.0)):
            value = self.row.get(key, 0.0)
            if not (_is_number(value) and 0 <= float(str(value)) <= most):
                bounds = Message(f"写成 0 到 {most:g} 的数", f"write a number from 0 to {most:g}")
                yield self._fault(key, Message(f"{key} 写得不对", f"{key} is not right"), bounds)

    def _of_sheets(self, key: str) -> Iterator[object]:
        value = self.row.get(key)
        if isinstance(value, dict):
            for name, own in value.items():
                if name in SHEETS:
                    yield own
                else:
                    yield None
        elif key in self.row:
            yield value

    def _fault(self, key: str, message: Message, hint: Message | None) -> TemplateError:
        said = f"{TABLE}.{key}" if key else TABLE
        return TemplateError(
            Message(f"design.toml 的 {said}：{message.zh}", f"{said} in design.toml: {message.en}"),
            place=self.toml.key(*self.path, key) if key in self.row else self.toml.key(*self.path),
            hint=hint,
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_bounds(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)):
        return False
    return bool(0 <= value[0] <= value[1] <= _MOST)


def _bounds(value: object) -> tuple[int, int]:
    least, most = _list(value)
    return int(str(least)), int(str(most))


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
