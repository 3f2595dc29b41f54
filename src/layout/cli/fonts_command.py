"""fonts: lists the faces that pages may be set in, with a specimen.

Typer reads the annotations while these functions run, so there is no ``from __future__ import annotations`` here.
"""
# ruff: noqa: PLC0415

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext
from layout.errors import MaterialError, Message

if TYPE_CHECKING:
    from layout.pipeline.face_list import FaceList, ListedFace
    from layout.proof.specimen import SpecimenGroup

PPI = 150
"""Of the specimen's pictures: what a screen shows of 6.5 pt without a glass."""
_OWNERS = {
    "program": Message("程序自带", "the program's"),
    "design": Message("版式自有", "the design's"),
    "issue": Message("本期自有", "the issue's"),
}


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("fonts"))
    def fonts(
        folder: Annotated[Path | None, words.argument("DIR", key="fonts DIR")] = None,
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        from layout.pipeline.face_list import listed_faces
        from layout.pipeline.scratch import scratch_folder

        with scratch_folder() as scratch:
            listed = listed_faces(folder, scratch)
            forbidden = any(each.forbidden and each.in_use for each in listed.faces)
            if as_json:
                print(json.dumps([each.as_json() for each in listed.faces], ensure_ascii=False, indent=1))
            else:
                _table(listed, context)
                for path in _written(listed, folder, out, context):
                    print(path)
        return MaterialError.exit_code if forbidden else 0


def _table(listed: "FaceList", context: CommandContext) -> None:
    from rich.table import Table

    say, lang = context.say, context.lang
    table = Table(box=None, pad_edge=False, header_style="bold")
    heads = ("", say("字体", "family"), say("字重", "weight"), say("样式", "style"), say("格式", "format"),
             say("字数", "characters"), "fsType", say("授权", "licence"), say("文件", "file"))  # fmt: skip
    for head in heads:
        table.add_column(head, overflow="fold")
    for each in listed.faces:
        mark = "✗" if each.forbidden else "✓" if each.in_use else "–"
        table.add_row(
            mark, each.family, _weights(each), _style(each, context), each.format, f"{each.characters:,}",
            each.permission.words.text(lang), each.licence.text(lang), each.file,
        )  # fmt: skip
    context.show(table)
    meaning = Message(
        "✓ 用得上；– 版式没有点名；✗ 厂家禁止，又没有写明授权。",
        "✓ may be used; – the design does not name it; ✗ its maker forbids it, and there is no licence.",
    )
    print(meaning.text(lang))


def _weights(face: "ListedFace") -> str:
    return f"{face.weights.least}" if face.weights.least == face.weights.most else "–".join(map(str, face.weights))


def _style(face: "ListedFace", context: CommandContext) -> str:
    return context.say("斜体", "italic") if face.italic else context.say("正体", "upright")


def _written(listed: "FaceList", folder: Path | None, out: Path, context: CommandContext) -> Iterator[Path]:
    """The specimen and its pictures, written all together."""
    from layout.pipeline.output import write_all
    from layout.proof.raster import page_count, page_png
    from layout.proof.specimen import specimen

    title = context.say("字体样张", "Type specimen")
    name = folder.resolve().name if folder is not None else ""
    pdf = specimen(tuple(_groups(listed, context)), f"{title}　{name}" if name else title, listed.fontbook)
    files: dict[Path, bytes | Path] = {out / "fonts.pdf": pdf}
    count = page_count(pdf)
    for index in range(count):
        files[out / (f"fonts-{index + 1}.png" if count > 1 else "fonts.png")] = page_png(pdf, index, PPI)
    write_all(files)
    yield from files


def _groups(listed: "FaceList", context: CommandContext) -> Iterator["SpecimenGroup"]:
    from layout.proof.specimen import SpecimenEntry, SpecimenGroup

    for owner in ("issue", "design", "program"):  # what people look for comes first
        rows = [each for each in listed.faces if each.owner == owner]
        entries = tuple(
            SpecimenEntry(each.family, tuple(_notes(each, context)), each.faces, warned=bool(each.forbidden))
            for each in rows
        )
        if entries:
            yield SpecimenGroup(_OWNERS[owner].text(context.lang), entries)


def _notes(face: "ListedFace", context: CommandContext) -> Iterator[str]:
    say, lang = context.say, context.lang
    if face.forbidden:
        yield say(f"不能印：{face.forbidden.zh}，没有授权", f"not to be printed: {face.forbidden.en}, no licence")
    yield f"{_weights(face)} {_style(face, context)}"
    yield say(f"{face.format}，{face.characters:,} 字", f"{face.format}, {face.characters:,} characters")
    yield f"fsType: {face.permission.words.text(lang)}"
    if face.licence.zh:
        yield face.licence.text(lang)
    yield face.file
