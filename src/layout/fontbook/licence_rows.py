"""The licence rows of own faces: ``[[font]]`` in design.toml, or in ``fonts.toml`` beside the fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layout.errors import LayoutError, Message, SourceError, meant
from layout.fontbook.embedding import Licence
from layout.toml_files.reading import TomlFile, TomlValue

NAME = "fonts.toml"
"""The table beside the fonts."""
ROWS = "font"
"""The array of tables, in that file and in design.toml."""
KEYS = ("file", "licence", "holder", "document")


@dataclass(frozen=True)
class LicenceRows:
    """The rows of one file, by the names of the fonts."""

    rows: Mapping[str, Licence] = field(default_factory=dict)
    faults: tuple[LayoutError, ...] = ()

    def of(self, path: Path, folder: Path) -> Licence | None:
        """The row of the font in *path*, named from *folder* or from what that lies in; None where it has none."""
        homes = [home for home in (folder, folder.parent) if path.is_relative_to(home)]
        names = (path.relative_to(home).as_posix() for home in homes)
        return next((self.rows[name] for name in names if name in self.rows), None)


def licence_rows(toml: TomlFile, folder: Path, fault: type[SourceError]) -> LicenceRows:
    """The rows of *toml* for the fonts in *folder*, which they name from there; what is wrong with others is a *fault*
    with its line."""
    rows: dict[str, Licence] = {}
    faults: list[LayoutError] = []
    written = toml.values.get(ROWS, [])
    for index, row in enumerate(written if isinstance(written, list) else [written]):
        found = list(_faults(row, index, toml, folder, fault))
        faults += found
        if isinstance(row, dict) and not found:
            name = str(row["file"]).removeprefix("fonts/")
            rows[name] = Licence(str(row["licence"]), str(row["holder"]), str(row["document"]))
    return LicenceRows(rows, tuple(faults))


def _faults(
    row: TomlValue, index: int, toml: TomlFile, folder: Path, fault: type[SourceError]
) -> Iterator[LayoutError]:
    if not isinstance(row, dict):
        yield fault(
            Message("font 应是一行一行的表", "font must be an array of tables"), place=toml.key(ROWS), hint=_EXAMPLE
        )
        return
    for key in row:
        if key not in KEYS:
            message = Message(f"[[font]] 里“{key}”没有用处", f"nothing reads “{key}” of [[font]]")
            yield fault(message, place=toml.key(ROWS, index, key), hint=meant(key, KEYS))
    lacking = [key for key in KEYS if not isinstance(value := row.get(key), str) or not value.strip()]
    if lacking:
        message = Message(f"[[font]] 缺 {'、'.join(lacking)}", f"[[font]] lacks {', '.join(lacking)}")
        yield fault(message, place=toml.key(ROWS, index), hint=_EXAMPLE)
        return
    name = str(row["file"]).removeprefix("fonts/")
    if not any((home / name).is_file() for home in (folder, folder.parent)):
        there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        message = Message(f"fonts 里没有 {name}", f"there is no {name} in fonts")
        yield fault(message, place=toml.key(ROWS, index, "file"), hint=meant(name, there))


_EXAMPLE = Message(
    '写成 [[font]] file = "文件.ttf" licence = "授权名称" holder = "被授权的单位" document = "合同号或文件"，一项一行',
    'write [[font]] file = "File.ttf" licence = "its name" holder = "whose" document = "the contract", a line each',
)
