"""Finds the article in a page of HTML, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

import tinyhtml5

from layout.intake.word_names import Xml

MOST_DEPTH = 150
"""Elements inside one another; pages of content systems have 30, and a walk calls itself for each."""
MOST_TAGS = 100_000
"""Tags of a page: a saved article with all around it has some 3,000, and the parser takes 20 µs for each."""
MOST_OPEN = 500
"""Tags that are open at a time: for each further one the parser looks through all of them."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ENDS_BY_ITSELF = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "rt", "rp", "html",
    "body", "head", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track",
    "wbr", "param",
})  # fmt: skip
"""Elements that need no closing tag, or have none."""
DROPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "video", "audio", "canvas", "svg", "math",
    "form", "button", "select", "textarea", "input", "nav", "footer", "head",
})  # fmt: skip
"""Elements that hold no copy."""
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "li", "main", "menu", "ol",
    "p", "pre", "section", "summary", "ul",
})  # fmt: skip
"""Elements that begin and end a paragraph."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ARTICLE = re.compile(r"article|content|zoom|detail|rich_media|trs_editor|text|main|正文", re.IGNORECASE)
"""How content systems call what holds the article: TRS_Editor, zoomCon, rich_media_content, article-content."""
_AROUND = re.compile(
    r"\b(?:nav|menu|breadcrumb|crumbs?|share|related|recommend|comments?|sidebar|footer|copyright|toolbar|pagination)\b",
    re.IGNORECASE,
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.6
"""Share of all paragraphs' words that an element must hold to be the article."""
_NEARLY_ALL = 0.95
"""The same of an element inside one that is called so: what it leaves out is a line or two around the copy."""


def is_hidden(element: Xml) -> bool:
    """Whether a browser shows nothing of *element*."""
    css = element.get("style", "")
    # What WeChat saves is invisible until its script has run; the article is what it is called.
    return (
        element.get("hidden") is not None
        or _NO_DISPLAY.search(css) is not None
        or (_INVISIBLE.search(css) is not None and not _is_called_article(element))
    )


def stands_around(element: Xml) -> bool:
    """Whether *element* is called like the furniture of a page: menus, links to share it, related articles."""
    names = f"{element.get('class', '')} {element.get('id', '')}".replace("_", " ").replace("-", " ")
    return _AROUND.search(names) is not None


def article_of(root: Xml) -> Xml:
    """The element that holds the article: the only ``<article>`` or ``<main>``, else the innermost one with most of the
    words of paragraphs, else the whole body."""
    body = root.find("body")
    body = root if body is None else body
    for tag in ("article", "main"):
        found = list(body.iter(tag))
        if len(found) == 1 and words_in(found[0]) > _MOST * words_in(body):
            return found[0]
    chosen, all_words = body, _paragraph_words(body)
    share = _MOST
    while all_words:
        inner = next((each for each in chosen if _holds_most(each, share * all_words)), None)
        if inner is None:
            break
        chosen = inner
        share = _NEARLY_ALL if _is_called_article(chosen) else share
    return chosen


def _is_called_article(element: Xml) -> bool:
    return _ARTICLE.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _holds_most(element: Xml, least: float) -> bool:
    plain = not isinstance(element.tag, str) or element.tag in ("p", "table", "ul", "ol", "blockquote")
    return not plain and _paragraph_words(element) > least


def words_in(element: Xml) -> int:
    """Characters of copy below *element*."""
    return sum(len(text.strip()) for text in _texts(element))


def _paragraph_words(element: Xml) -> int:
    return sum(words_in(each) for each in element.iter("p") if not stands_around(each))


def _texts(element: Xml) -> Iterator[str]:
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag not in DROPPED:
            yield each.text or ""
        if each is not element:
            yield each.tail or ""


def html_tree(text: str) -> Xml:
    """The elements of the HTML *text*. It is handed over as a file: a parser that takes names of files, too, would open
    the one that short copy names, or fail where copy is too long for a name.
    """
    root: Xml = tinyhtml5.parse(StringIO(text), namespace_html_elements=False)
    return root


def is_bounded(text: str) -> bool:
    """Whether a parser is done with the HTML *text* in seconds: by its tags, and how many are open at a time."""
    open_ = 0
    for count, found in enumerate(_TAG.finditer(text), 1):
        if found[2].lower() not in _ENDS_BY_ITSELF:
            open_ = max(open_ - 1, 0) if found[1] else open_ + 1
        if count > MOST_TAGS or open_ > MOST_OPEN:
            return False
    return True


def depth_of(root: Xml) -> int:
    """How deep elements stand inside one another."""
    deepest, open_ = 0, [(root, 1)]
    while open_:
        element, depth = open_.pop()
        deepest = max(deepest, depth)
        open_ += [(each, depth + 1) for each in element]
    return deepest
