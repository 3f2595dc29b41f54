"""Fontconfig, from which Pango gets its fonts, finds our folder of fonts and nothing else.

Changes ``FONTCONFIG_FILE`` and ``FONTCONFIG_PATH`` in this process's environment. Needed for bytes: a face of the
machine that is nearer to what the CSS asks for would be set instead of ours, and another one on the next machine. It
costs no time and saves none.

WeasyPrint reads the configuration when it is imported, to warn where no font is found, and again for every
``FontConfiguration``; an engine makes its own after this.
"""

from __future__ import annotations

import os

from layout import assets


def install() -> None:
    """Points fontconfig at our folder of fonts."""
    os.environ["FONTCONFIG_FILE"] = str(assets.fonts_dir() / "fonts.conf")
    os.environ.pop("FONTCONFIG_PATH", None)
