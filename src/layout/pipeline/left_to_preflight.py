"""What a build leaves to ``layout preflight``, and what that needs besides."""

from __future__ import annotations

from collections.abc import Mapping

from layout.errors import Message

LEFT = "left to preflight"
LEFT_TO: Mapping[str, tuple[Message, str]] = {
    "gs": (
        Message("出版时不画色版；由 layout preflight 做，要 Ghostscript",
                "a build draws no plates; layout preflight does, with Ghostscript"), "Ghostscript",
    ),
    "deep": (
        Message("出版时不请别的渲染器；由 layout preflight --deep 做",
                "a build asks no other renderers; layout preflight --deep does"), "Ghostscript, poppler, MuPDF",
    ),
    "report": (
        Message("这就是出版时的文件；以后再存过的，由 layout preflight 按这份报告核对",
                "this is the file of the build; what is saved again later layout preflight holds against this report"),
        "",
    ),
}  # fmt: skip
"""What a build does not carry out, by what the check needs: it never starts another program."""
