"""Every change that we make to other libraries, in the order in which they are made, and the one call that makes them.

Importing layout changes nothing: ``install_patches`` is called in the child process that sets pages, before it imports
WeasyPrint, and again by every ``Engine``, where the second call finds nothing left to do. ``docs/engine-patches.md``
says what each patch is for and what it saves; ``tests/engine/test_patches.py`` holds that list to this table.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Patch:
    """One module beside this one, whose ``install`` makes the change."""

    module: str
    library: str
    """What is changed: a module, a class, the environment."""
    needed_for: Literal["bytes", "drawing", "bounds", "time"]
    """``bytes``: the same PDF on every machine. ``drawing``: what the page looks like. ``bounds``: work without end is
    stopped. ``time``: nothing else."""


BEFORE_IMPORT = (
    Patch("font_isolation", "os.environ", "bytes"),
    Patch("selectors_on_demand", "cssselect2.compiler", "time"),
)
"""What the import of WeasyPrint and everything after it should find."""

DURING_IMPORT = (
    Patch("file_types", "mimetypes", "bytes"),
    Patch("parsed_declarations", "cffi", "time"),
    Patch("fonttools_on_demand", "fontTools", "time"),
    Patch("ua_style_sheet", "tinycss2", "time"),
)
"""Their ``install`` is a context manager: the change is undone when WeasyPrint has been imported."""

AFTER_IMPORT = (
    Patch("url_scheme", "urllib.parse", "bytes"),
    Patch("added_properties", "weasyprint.css", "drawing"),
    Patch("cmyk_drawing", "weasyprint.draw, weasyprint.images, weasyprint.svg, weasyprint.pdf", "drawing"),
    Patch("font_weights", "weasyprint.css.validation, weasyprint.css.computed_values", "drawing"),
    Patch("float_rounding", "weasyprint.layout.float", "drawing"),
    Patch("font_subsets", "weasyprint.pdf.fonts", "bytes"),
    Patch("layout_count", "weasyprint.layout.block", "bounds"),
    Patch("computed_values", "weasyprint.css", "time"),
)
"""Their modules import WeasyPrint themselves."""

PATCHES = (*BEFORE_IMPORT, *DURING_IMPORT, *AFTER_IMPORT)


@cache
def install_patches() -> None:
    """Installs every patch of the table, and imports WeasyPrint; what a second call finds is left as it is.

    Where WeasyPrint is imported already, the patches of its import are left out: what is drawn is the same without
    them. Raises ``OSError`` when Pango is missing, as WeasyPrint does.
    """
    for patch in BEFORE_IMPORT:
        _module(patch).install()
    if "weasyprint" not in sys.modules:
        with ExitStack() as during:
            for patch in DURING_IMPORT:
                during.enter_context(_module(patch).install())
            import_module("weasyprint")
    for patch in AFTER_IMPORT:
        _module(patch).install()


def _module(patch: Patch) -> ModuleType:
    return import_module(f"layout.engine.patches.{patch.module}")
