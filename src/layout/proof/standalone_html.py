"""HTML files that are sent round and opened from disk: each loads nothing and sends nothing, and says so in its policy.

Pictures, face, style and script are in the file. The face is the program's own, of just the characters that the file
holds: a machine without a Chinese face shows empty boxes for those it lacks.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from layout.errors import Lang
from layout.fontbook.web_subsets import web_subset
from layout.proof.lettering import label_face

FAMILY = "proof"
"""What style sheets call the face."""


@cache
def _shell() -> Template:
    return Template((files(__package__) / "standalone.html").read_text(encoding="utf-8"))


def standalone_html(
    title: str, body: str, *, lang: Lang, style: str, script: str = "", classes: str = "", may_show: str = ""
) -> str:
    """The file with *body*, which is HTML, under a *title*, which is text. The same parts give the same text.

    *classes* are the body's; *may_show* are characters that are not in *body* and may come to stand there.
    """
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    face = web_subset(label_face(), title + body + style + may_show)
    return _shell().substitute(
        lang="zh-CN" if lang == "zh" else "en",
        title=escape(title),
        scripts=f" script-src 'sha256-{hashed}';" if script else "",
        face=base64.b64encode(face).decode("ascii"),
        style=style.strip(),
        attributes=f' class="{escape(classes)}"' if classes else "",
        body=body.strip(),
        script=f"<script>{script}</script>\n" if script else "",
    )
