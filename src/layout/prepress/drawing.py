"""Imports ReportLab for all who draw with it, without the settings in the user's home folder."""

from __future__ import annotations

import sys
from types import ModuleType

# ReportLab runs ~/.reportlab_settings and ~/.reportlab_mods unless modules of these names have been found before.
for _name in ("reportlab_settings", "reportlab_mods"):
    sys.modules.setdefault(_name, ModuleType(_name))

# ruff: noqa: E402
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

__all__ = ["CMYKColor", "CMYKColorSep", "Canvas", "ImageReader", "TTFError", "TTFont", "pdfmetrics"]
