"""Reads HTML, as a content system or a browser saves it: the article's blocks in order, by the standard's own parser.

What stands around an article is told and not taken; nothing is fetched. A ``<br>`` ends a paragraph, as a line does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.errors import ManuscriptError, Message, Place
from layout.intake.captions import with_captions
from layout.intake.html_article import DROPPED, MOST_DEPTH, article_of, depth_of, html_tree, is_bounded, words_in
from layout.intake.html_walk import HtmlStyle, HtmlWalk
from layout.intake.model import CopyBlock, CopyParagraph, Received
from layout.intake.notices import notice, quoted
from layout.intake.text_encoding import decode_text
from layout.intake.word_names import Xml

LARGEST = 30_000_000
"""Bytes of an HTML file, pictures that it holds included; a saved article has some 200,000."""
_NEAR_HEADLINE = 6
"""Blocks from the beginning among which the line of date and origin stands."""
_ORIGIN = re.compile(
    r"(?=.{4,80}$)(?!.*[。！？])(?:(?:发布|更新)?(?:时间|日期)[:：]\s*)?(?:\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:\s.*|[|｜].*|来源.*)?|来源[:：]\s*\S{2,20}.*)"
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)


def read_html(data: bytes, file: str) -> Received:
    """What the HTML file *data* holds; *file* is its name. Raises ``ManuscriptError`` for one without copy."""
    if len(data) > LARGEST:
        message = Message(
            f"文件太大：超过 {LARGEST // 1_000_000} MB。", f"The file has more than {LARGEST // 1_000_000} MB."
        )
        raise ManuscriptError(
            message, place=Place(file), hint=Message("查一查是不是放错了文件。", "Is it the right file?")
        )
    text, said = _decoded(data, file)
    root = html_tree(text) if is_bounded(text) else None
    if root is None or depth_of(root) > MOST_DEPTH:
        raise _too_deep(file)
    article = article_of(root)
    walk = HtmlWalk(file)
    walk.title(root, article)
    walk.flow(article, HtmlStyle())
    walk.flush(HtmlStyle())
    if not walk.blocks:
        hint = Message("看一看是不是存成了只有框架的网页：在浏览器里复制全文。", "Copy the text in a browser instead.")
        raise ManuscriptError(Message("网页里没有正文。", "The page has no copy."), place=Place(file), hint=hint)
    copy, origin = _without_origin(walk.blocks)
    blocks, guesses = with_captions(copy)
    around = [] if words_in(root) <= words_in(article) else list(_around(root, article, file))
    return Received(file, tuple(blocks), (), (*said, *around, *origin, *walk.findings(), *guesses))


def _too_deep(file: str) -> ManuscriptError:
    message = Message(
        "网页的标签太多，或者套得太深。", "The page has too many elements, or too many inside one another."
    )
    hint = Message("在浏览器里复制全文，存成 .txt 再来。", "Copy the text in a browser and save it as .txt.")
    return ManuscriptError(message, place=Place(file), hint=hint)


def _decoded(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The characters: by what the file says of itself, where it is true, else by trial."""
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else ""
    other = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}.get(name, "utf-8")
    for codec in dict.fromkeys(("utf-8-sig", other)):  # what is UTF-8 by chance has no three bytes of Han in a row
        try:
            return data.decode(codec), []
        except UnicodeDecodeError:
            continue
    found = decode_text(data, file)
    lost = [notice("intake.lost_bytes", each.place, found=each.data.hex(" ").upper(), line=each.place.line or 0,
                   column=each.place.column or 0) for each in found.lost]  # fmt: skip
    plain = found.encoding.startswith("UTF-8")
    return found.text, [*lost, *([] if plain else [notice("intake.encoding", Place(file), found=found.encoding)])]


def _without_origin(blocks: Sequence[CopyBlock]) -> tuple[list[CopyBlock], list[Finding]]:
    """*blocks* without the line below a page's headline that says when it was put there and where it is from."""
    found = [
        each
        for each in blocks[:_NEAR_HEADLINE]
        if isinstance(each, CopyParagraph) and each.role == "body" and _ORIGIN.fullmatch(each.text.strip())
    ]
    kind = Message("网页上的日期、出处", "date and origin of a page")
    told = [notice("intake.furniture", each.place.place, found=each.text.strip(), kind=kind) for each in found]
    return [each for each in blocks if not any(each is own for own in found)], told


def _around(root: Xml, article: Xml, file: str) -> Iterator[Finding]:
    """What stands outside the article, in one finding: its first words, and how many there are."""
    headline = next(root.iter("h1"), None)
    taken = (article, *([] if headline is None else [headline]))
    inside = {id(each) for own in taken for each in own.iter()}
    body = root.find("body")
    words: list[str] = []
    for each in () if body is None else body.iter():
        if id(each) not in inside and isinstance(each.tag, str) and each.tag not in DROPPED:
            words += [text.strip() for text in (each.text, *(inner.tail for inner in each)) if text and text.strip()]
    found = " ".join(words)
    if found:
        yield notice("intake.around", Place(file), count=sum(map(len, words)), found=quoted(found, 40))
