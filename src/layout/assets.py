"""Where the program's own fonts, designs, pictures and press profiles lie, in a checkout and in the installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from layout.errors import MaterialError, Message

_PACKAGE = Path(__file__).resolve().parent
_MARK = Path("fonts", "FONTS.toml")
"""The file by which the folder is known for ours."""


@cache
def root() -> Path:
    """The folder that holds ``fonts``, ``templates``, ``images`` and ``press``.

    An installed wheel carries them in ``layout/_data``; a checkout has them at its top.
    Raises ``MaterialError`` when neither is there.
    """
    for folder in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        if (folder / _MARK).is_file():
            return folder
    raise MaterialError(
        Message("程序自带的字体和版式资料不见了。", "The program's own fonts and designs are missing."),
        hint=Message(
            "请重新安装本程序，或在完整的源码目录里运行。",
            "Install the program again, or run it from a whole checkout.",
        ),
    )


def fonts_dir() -> Path:
    """The folder of the fonts and ``FONTS.toml``."""
    return root() / "fonts"


def templates_dir() -> Path:
    """The folder of the designs, one folder each."""
    return root() / "templates"


def images_dir() -> Path:
    """The folder of the program's own pictures and ``CREDITS.toml``; an issue names one as ``images:NAME``."""
    return root() / "images"


def press_dir() -> Path:
    """The folder of the press profiles and their ICC profiles."""
    return root() / "press"
