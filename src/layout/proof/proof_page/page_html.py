"""The proof page: one HTML file with all of a round, which is read, printed and marked from disk.

It loads nothing and sends nothing: pictures, face, style and script are in it, and its policy allows no others. What
it holds of the copy is escaped. The same round gives the same bytes.
"""

from __future__ import annotations

import base64
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from layout import assets
from layout.checks import Finding
from layout.errors import Lang
from layout.geometry import Box
from layout.json_values import JsonObject
from layout.manuscript.flow_names import spoken
from layout.proof.marks.judgement import MarkStatus
from layout.proof.marks.kinds import mark_kinds
from layout.proof.proof_page.galleys import galleys_html
from layout.proof.proof_page.overlays import numbered, page_boxes
from layout.proof.proof_page.proof_round import PagePictures, ProofRound
from layout.proof.proof_page.round_tables import changes_html, earlier_html, finding_html
from layout.proof.report import counts
from layout.proof.standalone_html import standalone_html

ASCII = "".join(map(chr, range(0x20, 0x7F)))
COMMON = 3500
"""The characters of 通用规范汉字表's first part. A reader types others than the page holds, and a container that prints
the page may have no face of its own for them.
"""


@cache
def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_file("words.toml"))


@cache
def _common() -> str:
    lines = (assets.fonts_dir() / "tongyong-guifan-8105.txt").read_text(encoding="utf-8").splitlines()
    return "".join([line for line in lines if not line.startswith("#")][:COMMON])


def _words(section: str, lang: Lang) -> Mapping[str, str]:
    return {key: message[lang] for key, message in _table()[section].items()}


def proof_html(shown: ProofRound, pictures: Sequence[PagePictures]) -> bytes:
    """The page of *shown*, with the *pictures* of its pages."""
    word, script = _words("words", shown.lang), _file("page.js")
    every = numbered(shown.findings)
    on_pages = {page.number for page in shown.pages}
    parts = {
        "heading": f"{escape(shown.title)}　{word['round'].format(shown.number)}",
        "facts": f"{shown.date.isoformat()}　{word['press']} {escape(shown.press)}",
        "counts": _counts(shown, word),
        "marks_count": _marks_count(shown, word),
        "links": _links(shown, word),
        "toggles": _toggles(shown, word),
        "general": _general([each for each in every if each[1].page_no not in on_pages], shown.lang, word),
        "pages": "".join(_page(shown, index, each, every, word) for index, each in enumerate(pictures)),
        "changes": changes_html(shown, word),
        "earlier": earlier_html(shown, word),
        "galleys": galleys_html(shown.copy, word),
        "data": _data(shown),
        **{f"word_{key}": word[name] for key, name in _IN_SHELL.items()},
    }
    return standalone_html(
        f"{shown.title} {word['round'].format(shown.number)}",
        Template(_file("shell.html")).substitute(parts),
        lang=shown.lang,
        style=_file("page.css"),
        script=script,
        classes=f"round-{(shown.number - 1) % 3 + 1}",  # 红、蓝、绿: each round has its ink
        may_show=ASCII + _common() + _file("words.toml"),
    ).encode()


_IN_SHELL = {
    **{key: key for key in ("marks", "download", "copy", "open", "how", "noscript", "tap", "chosen", "by")},
    **{key: key for key in ("save", "remove", "cancel")},
    "whole": "all",
    "note": "note_of_mark",
}
"""Words that the shell itself has places for, and their keys in the table."""


def _counts(shown: ProofRound, word: Mapping[str, str]) -> str:
    found = counts(shown.findings)
    return word["counts"].format(**found) if any(found.values()) else word["clean"]


def _marks_count(shown: ProofRound, word: Mapping[str, str]) -> str:
    if not shown.marks:
        return ""
    status = [mark.status for mark in shown.marks]
    number = {key: status.count(each) for key, each in _STATUS.items()}
    return f'<p class="counts"><a href="#earlier">{word["marks_counts"].format(**number)}</a></p>'


_STATUS: Mapping[str, MarkStatus] = {"done": "done", "not_done": "not done", "cannot_tell": "cannot tell"}


def _links(shown: ProofRound, word: Mapping[str, str]) -> str:
    links = [(f"page-{page.number}", page.label) for page in shown.pages]
    links += [("changes", word["change"])] if shown.difference is not None else []
    links += [("earlier", word["earlier"])] if shown.marks else []
    links += [("marks", word["typed"]), ("galleys", word["galleys"])]
    return " ".join(f'<a href="#{at}">{escape(name)}</a>' for at, name in links)


def _toggles(shown: ProofRound, word: Mapping[str, str]) -> str:
    kinds = ["error", "warning", "note"]
    kinds += ["change"] if shown.difference is not None else []
    kinds += ["earlier"] if shown.marks else []
    boxes = (
        f'<label><input type="checkbox" value="{kind}"{"" if kind == "note" else " checked"}> {word[kind]}</label>'
        for kind in (*kinds, "typed")
    )
    return f"{word['show']} {' '.join(boxes)}"


def _general(findings: Sequence[tuple[int, Finding]], lang: Lang, word: Mapping[str, str]) -> str:
    if not findings:
        return ""
    rows = "".join(finding_html(number, finding, lang) for number, finding in findings)
    return f'<section id="general"><h2>{word["general"]}</h2><ol class="findings">{rows}</ol></section>'


def _page(
    shown: ProofRound,
    index: int,
    pictures: PagePictures,
    every: Sequence[tuple[int, Finding]],
    word: Mapping[str, str],
) -> str:
    page = shown.pages[index]
    own = [each for each in every if each[1].page_no == page.number]
    boxes = "".join(box.html(page) for box in page_boxes(shown, index, own))
    images = "".join(_image(kind, picture, page.label) for kind, picture in _layers(pictures))
    rows = "".join(finding_html(number, finding, shown.lang) for number, finding in own)
    listed = f'<ol class="findings">{rows}</ol>' if rows else ""
    return (
        f'<section class="page" id="page-{page.number}" style="--ratio:{page.width / page.height:.5f}">'
        f'<h2>{escape(page.label)}</h2><div class="view">{_views(page.number, pictures, word)}'
        f'<div class="desk"><div class="sheet">{images}{boxes}</div></div></div>'
        f"{listed}</section>"
    )


def _layers(pictures: PagePictures) -> Iterator[tuple[str, bytes]]:
    yield "page", pictures.page
    yield "soft", pictures.soft
    if pictures.before is not None:
        yield "before", pictures.before


def _image(kind: str, picture: bytes, label: str) -> str:
    data = base64.b64encode(picture).decode("ascii")
    return f'<img class="{kind}" alt="{escape(label)}" src="data:image/jpeg;base64,{data}">'


def _views(page: int, pictures: PagePictures, word: Mapping[str, str]) -> str:
    """Radio buttons that the style sheet reads: they work where no script may run."""
    layers = ["page", "soft", *(["before", "beside", "difference"] if pictures.before is not None else [])]
    groups = (("layer", layers), ("zoom", ["fit", "whole", "twice", "thrice"]))
    return '<span class="gap"></span>'.join(
        "".join(_view(page, group, name, checked=not order, words=word[name]) for order, name in enumerate(names))
        for group, names in groups
    )


def _view(page: int, group: str, name: str, *, checked: bool, words: str) -> str:
    state = " checked" if checked else ""
    return (
        f'<input type="radio" class="{name}" name="{group}-{page}" id="show-{name}-{page}"{state}>'
        f'<label for="show-{name}-{page}">{words}</label>'
    )


def _data(shown: ProofRound) -> str:
    """What the script reads; ``<`` is escaped so that no copy can end the element."""
    data: JsonObject = {
        "issue": shown.issue,
        "round": shown.number,
        "pdf": shown.pdf,
        "words": _words("script", shown.lang),
        "pages": [{"number": each.number, "width": each.width, "height": each.height} for each in shown.pages],
        "kinds": [
            {
                "id": kind.id, "name": kind.name.text(shown.lang), "group": kind.group.text(shown.lang), "on": kind.on,
                "text": kind.text.text(shown.lang) if kind.text else "",
            }
            for kind in mark_kinds().values()
        ],
        "paragraphs": [
            [
                str(each.flow), each.number, each.place, each.text,
                [
                    [line.page, *_sides(line.box), line.start, line.end, line.digest, int(line.upright)]
                    for line in each.lines
                ],
                spoken(each.flow, shown.lang),
            ]
            for each in shown.copy.paragraphs
        ],
        "pictures": [
            {
                "page": each.page, "id": each.id, **each.box.as_json(), "source": each.source, "look": each.look,
                "place": each.place,
            }
            for each in shown.copy.pictures
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _sides(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]
