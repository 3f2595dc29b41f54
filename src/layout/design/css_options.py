"""The custom properties that a design may set on a frame. A module of its own, which needs no WeasyPrint."""

from __future__ import annotations

OPTIONS = (
    "height", "fit", "kinsoku", "adjacent", "line-end", "line-start", "han-latin", "han-latin-max", "last-line-min-han",
    "break", "max-lines", "shape", "vertical", "valign", "keep-number-unit", "hang", "hyphenate", "gap-warn",
    "gap-error", "punctuation", "items", "hug", "squeeze-stop", "han-latin-min", "word-space", "keep-titles",
    "keep-limit", "keep-names", "ruby-overhang", "after-heading", "ellipses-alone", "rows", "rows-most", "keep-next",
    "orphans", "widows", "tracking-limit", "least-measure", "crop-max", "focus-room", "zoom-max", "empty-max", "steps",
)  # fmt: skip
"""Custom properties that a design may set on a frame, for the composer and for copyfit."""
