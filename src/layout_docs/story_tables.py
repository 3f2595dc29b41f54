"""The tables that ``story_parts.toml`` decides: keys of the front matter, names of flows."""

from __future__ import annotations

from collections.abc import Iterator

from layout.manuscript.front_matter import keys
from layout.manuscript.markdown_inline import REFUSED
from layout.manuscript.story_parts import Form, StoryPart, story_parts
from layout_docs.markdown import both, table

_VALUES: dict[Form, str] = {
    "text": "文字：一段，或一列几段 / words: a paragraph, or a list of them",
    "words": "“名称: 文字”的表，给版面用：报头、口号、标签 / a table of names and words: nameplate, slogans, labels",
    "quotations": "一列逐字引自正文的话，数字放在花括号里 / a list of quotations from the copy, the number in braces",
    "phrases": "一列不拆开的词 / a list of phrases that are kept together",
    "running": "文字，同上；写 `无` 就没有 / words, as above; `none` for none; else taken from the copy",
    "short": "一行：转版时印的标题 / one line: the headline as jumps print it",
    "flag": "`true`：这篇稿一字不能删 / `true`: not a word of this story may be cut",
}
_PIECES: dict[Form, tuple[str, ...]] = {
    "sections": ("", ".heading"),
    "quotations": (".before", ".number", ".after"),
}
_WRITTEN = {
    "image": "`![说明](图.jpg)`",
    "link_open": "`[文字](网址)`",
    "html_inline": "`<b>` `<!-- -->`",
    "html_block": "`<b>` `<!-- -->`",
    "code_inline": "`` `代码` ``",
    "fence": "```` ``` ````",
}
_OTHERS = (
    ("`picture.<图>.caption` `.credit`", "图说、图片署名 / caption, credit"),
    ("`page.folio.number` `.title` `.date` `.paper` `.staff`", "报眉 / folio"),
)


def front_matter() -> str:
    """The table of the front matter's keys."""
    return table(["键 key", "也可写 also", "值 value"], _keys())


def flows() -> str:
    """The table of the names by which frames ask for copy."""
    return table(["名 name", "是什么 what"], [*_flows(), *_OTHERS])


def refused() -> str:
    """The table of what a manuscript cannot hold."""
    rows = dict.fromkeys((_WRITTEN[name], both(each.message), both(each.hint)) for name, each in REFUSED.items())
    return table(["写法 written", "为什么 why", "怎么办 what to do"], rows)


def _keys() -> Iterator[tuple[str, str, str]]:
    for row in dict.fromkeys(keys().values()):
        required = "；必写 / required" if row.required else ""
        yield f"`{row.name}`", " ".join(f"`{alias}`" for alias in row.aliases), f"{_VALUES[row.form]}{required}"


def _flows() -> Iterator[tuple[str, str]]:
    for row in story_parts().values():
        if row.has_flow:
            index = "<词>" if row.form == "words" else "N"
            names = [f"`{row.flow_of('<稿>', index)}{piece}`" for piece in _PIECES.get(row.form, ("",))]
            called = row.called("词" if row.form == "words" else "N")
            yield " ".join(names), f"{called.zh} / {called.en}{_origin(row)}{_first(row)}"


def _first(row: StoryPart) -> str:
    """What number 0 of several is."""
    none = row.unnumbered
    return f"；0：{none.zh}，在第一个小标题以前 / 0: {none.en} before the first heading" if none is not None else ""


def _origin(row: StoryPart) -> str:
    return f"（文件头 front matter: `{row.name}`）" if row.is_key else ""
