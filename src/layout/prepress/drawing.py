"""ReportLab, by its one door, and as it comes: no settings out of anybody's home folder change what it draws."""

from __future__ import annotations

import sys
from types import ModuleType

# ReportLab reads ~/.reportlab_settings unless a module of this name has been found before.
_SETTINGS = "reportlab_settings"
sys.modules.setdefault(_SETTINGS, ModuleType(_SETTINGS))

# ruff: noqa: E402
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

__all__ = ["CMYKColor", "CMYKColorSep", "Canvas", "ImageReader", "TTFError", "TTFont", "pdfmetrics"]
