"""The tables in the guides that ``story_parts.toml`` decides. ``python -m layout_docs.story_tables`` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from layout import assets
from layout.manuscript.front_matter import keys
from layout.manuscript.story_parts import Form, StoryPart, story_parts

BEGIN, END = "<!-- story_parts.toml -->", "<!-- / -->"
"""What stands around a table."""

_VALUES: dict[Form, str] = {
    "text": "文字：一段，或一列几段 / words: a paragraph, or a list of them",
    "words": "“名称: 文字”的表，给版面用：报头、口号、标签 / a table of names and words: nameplate, slogans, labels",
    "quotations": "一列逐字引自正文的话，数字放在花括号里 / a list of quotations from the copy, the number in braces",
    "phrases": "一列不拆开的词 / a list of phrases that are kept together",
}
_PIECES: dict[Form, tuple[str, ...]] = {
    "sections": ("", ".heading"),
    "quotations": (".before", ".number", ".after"),
}
_OTHERS = (
    "| `picture.<图>.caption` `.credit` | 图说、图片署名 / caption, credit |",
    "| `page.folio.number` `.title` `.date` `.paper` `.staff` | 报眉 / folio |",
)


def guides() -> dict[str, str]:
    """The table of each guide, by its file's name."""
    return {"manuscript.md": "\n".join(_keys()), "design-guide.md": "\n".join(_flows())}


def _keys() -> Iterator[str]:
    yield "| 键 key | 也可写 also | 值 value |"
    yield "|---|---|---|"
    for row in dict.fromkeys(keys().values()):
        required = "；必写 / required" if row.required else ""
        yield f"| `{row.name}` | {' '.join(row.aliases)} | {_VALUES[row.form]}{required} |"


def _flows() -> Iterator[str]:
    yield "| 名 name | 是什么 what |"
    yield "|---|---|"
    for row in story_parts().values():
        if row.form != "phrases":
            index = "<词>" if row.form == "words" else "N"
            flows = [f"`{row.flow_of('<稿>', index)}{piece}`" for piece in _PIECES.get(row.form, ("",))]
            called = row.called(index)
            yield f"| {' '.join(flows)} | {called.zh} / {called.en}{_origin(row)} |"
    yield from _OTHERS


def _origin(row: StoryPart) -> str:
    return f"（文件头 front matter: `{row.name}`）" if row.is_key else ""


def filled(text: str, table: str) -> str:
    """The guide *text* with *table* between its marks."""
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}"


def write(folder: Path) -> None:
    """Writes the tables into the guides in *folder*."""
    for name, table in guides().items():
        path = folder / name
        path.write_text(filled(path.read_text("utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    write(assets.root() / "docs")
