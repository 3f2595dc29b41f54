"""The real preview server around a stand-in for the build: ``python stand_in.py FOLDER``.

The stand-in "sets" FOLDER/a.md as one grey whose darkness is the length of the text; 坏 in it is a fault, 炸 a crash.
"""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from watchfiles import Change

from layout.cli.guard import as_fault
from layout.errors import ManuscriptError, Message, Place
from layout.preview import watch
from layout.preview.server import run
from layout.preview.worker import Builder

AREA = {"x": 4, "y": 4, "width": 32, "height": 42}
FRAME = {"id": "f1", "flow": "a.lede", "x": 4, "y": 4, "width": 15, "height": 20}
GEOMETRY = {"width": 40, "height": 50, "type_area": AREA, "row": 7, "frames": [FRAME]}


def png(grey: int) -> bytes:
    """A page of 40 by 50 pixels, all of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([grey]) * 40) * 50
    head = struct.pack(">IIBBBBB", 40, 50, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def print_what_is_weighed(folder: Path) -> None:
    """Prints the name of each changed file once it is known whether it matters."""

    class Printing(watch.Sources):
        def __call__(self, change: Change, path: str) -> bool:
            matters = super().__call__(change, path)
            if Path(path).is_relative_to(folder):
                print(Path(path).relative_to(folder), flush=True)
            return matters

    watch.Sources = Printing  # type: ignore[misc]


def main(folder: Path, out: Path) -> None:
    print_what_is_weighed(folder)

    def build(progress: Any) -> Any:
        progress("分行", 1, 1)
        text = (folder / "a.md").read_text(encoding="utf-8")
        if "坏" in text:
            raise ManuscriptError(Message("这个字坏了", "bad"), place=Place("a.md", 1, text.index("坏") + 1))
        if "炸" in text:
            raise ZeroDivisionError
        picture = out / "page.png"
        picture.write_bytes(png(255 - len(text)))
        page = {"number": 1, "title": "试", "geometry": GEOMETRY}
        return SimpleNamespace(png=(picture, picture), report={"pages": [page, {**page, "number": 2}]}, findings=())

    run(
        Builder(build),
        [folder],
        [out],
        lang="zh",
        port=0,
        ready=lambda url: print(url, flush=True),
        fault_of=as_fault,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
