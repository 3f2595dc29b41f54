"""``design.toml``: the one file of a design that is neither template, style sheet nor drawing."""

from __future__ import annotations

from pathlib import Path

from layout.errors import TemplateError, unreadable
from layout.manuscript.encoding import decode
from layout.toml_files.reading import TomlFile, read_toml

NAME = "design.toml"


def read_design_toml(folder: Path) -> TomlFile | None:
    """The design.toml of the design in *folder*; None where there is none.

    Raises ``TemplateError`` (or ``Faults`` of several) where it cannot be read, is not UTF-8 or is no TOML.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error, TemplateError, str(path)) from error
    return read_toml(decode(content, str(path), TemplateError), str(path), TemplateError)
