"""The real preview server around a stand-in for the build: ``python stand_in.py FOLDER OUT``.

The stand-in "sets" FOLDER/a.md as one grey whose darkness is the length of the text; 坏 in it is a fault, 炸 a crash.
"""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

from reportlab.pdfgen.canvas import Canvas
from watchfiles import Change

from layout import assets
from layout.cli.guard import as_fault
from layout.errors import Lang, ManuscriptError, Message, Place
from layout.press.load import load_profile
from layout.preview import watch
from layout.preview.editor_link import VSCODE
from layout.preview.edits import PlanEditor
from layout.preview.excerpt import Excerpts
from layout.preview.page_files import PageFiles
from layout.preview.server import Served, run
from layout.preview.state import PreviewState, ShownPage
from layout.preview.tiles import Tiles
from layout.preview.web import Desk, Notifier
from layout.preview.worker import Builder

TOKEN = "a token that the test knows"
"""Of previews on any free port; one that takes another's port has another."""


_COST = {
    "reasons": [["lines left empty a.lede ×1", 4.0]], "kinds": {"blemish": 4.0}, "cost": 4.0, "refused": "",
    "why": "末栏空行少",
}  # fmt: skip
CHOICES: dict[int, dict[str, Any]] = {
    1: {
        "changes": [{"what": "图片 a 的高", "wanted": 12, "got": 9, "unit": "row", "cost": 9.0}],
        "variants": [{"name": "page", "chosen": True, **_COST}, {"name": "page-a", "chosen": False, **_COST}],
    },
    2: {
        "changes": [],
        "variants": [],
        "arrangement": {
            "chosen": {"words": "a 5 one", "cost": 1, "why": ""},
            "others": [{"words": "a 5 two", "cost": 2, "why": "贵些"}],
            "gave_way": ["图片 a 矮了"],
        },
    },
    3: {"changes": [], "variants": []},
}
"""What gave way on each page, and how else it could be made."""


def page(grey: float) -> bytes:
    """A page of 40 by 50 points, all of one grey."""
    out = io.BytesIO()
    canvas = Canvas(out, (40, 50), invariant=True)
    canvas.setFillColorCMYK(0, 0, 0, grey)
    canvas.rect(0, 0, 40, 50, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()


def print_what_is_weighed(folder: Path) -> None:
    """Prints the name of each changed file once it is known whether it matters."""

    class Printing(watch.Sources):
        def __call__(self, change: Change, path: str) -> bool:
            matters = super().__call__(change, path)
            if Path(path).is_relative_to(folder):
                print(Path(path).relative_to(folder), flush=True)
            return matters

    watch.Sources = Printing  # type: ignore[misc]


def main(folder: Path, out: Path, port: int, lang: Lang) -> None:
    print_what_is_weighed(folder)
    files = PageFiles(out)

    def builder(state: PreviewState) -> Builder:
        def build(progress: Any) -> Any:
            progress("分行", 1, 1)
            text = (folder / "a.md").read_text(encoding="utf-8")
            if "坏" in text:
                raise ManuscriptError(Message("这个字坏了", "bad"), place=Place("a.md", 1, text.index("坏") + 1))
            if "炸" in text:
                raise ZeroDivisionError
            key = hashlib.sha256(text.encode()).hexdigest()[:20]
            files.put(key, page(len(text) / 100))
            for number in (1, 2, 3):
                state.show(ShownPage(number, "试", key))
            pages = [{"number": number, "suggestions": [], **CHOICES[number]} for number in (1, 2, 3)]
            return SimpleNamespace(report={"pages": pages}, findings=())

        return Builder(build)

    def desk(state: PreviewState, notifier: Notifier, excerpts: Excerpts) -> Desk:
        tiles = Tiles(files, lambda: load_profile("newsprint-coldset", [assets.press_dir()]))
        editor = PlanEditor(folder, lambda _: ["b", "a"])
        return Desk(
            state, notifier, tiles, editor, lambda _: None, excerpts, TOKEN if not port else "another one", lang, VSCODE
        )

    run(
        Served([folder], [out], lang, port),
        desk,
        builder,
        ready=told,
        fault_of=as_fault,
    )


def told(address: str) -> None:
    """Asks for the page before it is told where that is, as a browser does that somebody waits for."""
    with urlopen(address) as answer:
        assert answer.status == 200
    print(address, flush=True)


if __name__ == "__main__":
    more = sys.argv[3:]
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(more[0]) if more else 0, "en" if more[1:] == ["en"] else "zh")
