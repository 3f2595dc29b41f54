"""Links that open a file in an editor at a line: ``vscode://`` unless another is asked for."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from layout.errors import Message, Place, UsageError

VSCODE = "vscode://file{file}:{line}:{column}"
"""What Visual Studio Code and its kin listen to."""

VARIABLE = "LAYOUT_EDITOR"
"""The environment variable that says another pattern for all previews."""

NONE = "none"
"""For no links: places are shown only."""

_SCHEME = re.compile(r"(?!(?:javascript|data|vbscript|blob|about):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FIELDS = {"file": "/a", "line": 1, "column": 1}


def checked_pattern(pattern: str) -> str:
    """*pattern*, with ``{file}`` and perhaps ``{line}`` and ``{column}``; nothing for ``none``.

    Raises ``UsageError`` for one that names no file, or that no browser may follow.
    """
    if pattern == NONE:
        return ""
    try:
        filled = pattern.format(**_FIELDS)
    except (KeyError, IndexError, ValueError):
        filled = ""
    if not filled or "{file}" not in pattern or not _SCHEME.match(pattern):
        raise UsageError(
            Message(f"--editor 不认得“{pattern}”。", f"--editor does not understand “{pattern}”."),
            hint=Message(
                f"例：--editor '{VSCODE}'；不要链接写 none。", f"E.g. --editor '{VSCODE}', or none for no links."
            ),
        )
    return pattern


def editor_link(pattern: str, path: Path, place: Place) -> str:
    """The link that opens *path* at the line and column of *place*; nothing without a pattern."""
    if not pattern:
        return ""
    return pattern.format(file=quote(path.as_posix()), line=place.line or 1, column=place.column or 1)
