"""Writes a design's gallery of components as one HTML file: how each looks, is called, what it reads and writes."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from layout.design.components import Component, Parameter, ParentPage
from layout.errors import Lang, Message
from layout.proof.issue_result import IssueResult
from layout.proof.standalone_html import standalone_html

_WIDE = 300.0
"""Points of width beyond which a picture stands above its words: beside them it would be smaller than it is printed."""
_PX = 4 / 3
"""Pixels of CSS to the point: pictures are shown as large as they are printed, where there is room."""


@dataclass(frozen=True)
class ComponentPicture:
    """A picture of a component as WebP, and how large it is on paper: width and height in points."""

    content: bytes
    width: float
    height: float


@dataclass(frozen=True)
class PicturedComponent:
    """A component, and how it looks."""

    component: Component
    picture: ComponentPicture | None
    lacking: Message | None
    """Why there is no picture."""
    used_by: tuple[str, ...]
    """The designs of the program that use it."""


@dataclass(frozen=True)
class FailedPages:
    """A kind of page, or an issue, of which no page could be made, and what came of it."""

    kind: str
    result: IssueResult


@dataclass(frozen=True)
class ComponentGallery:
    """All components of a design."""

    design: str
    components: tuple[PicturedComponent, ...]
    parents: tuple[ParentPage, ...]
    pages: int
    """How many pages were made to cut pictures out of."""
    failed: tuple[FailedPages, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where every page that was tried could be made, else that of the gravest fault."""
        return max((each.result.exit_code for each in self.failed), default=0)


def component_page(gallery: ComponentGallery, lang: Lang = "zh") -> str:
    """The gallery in *lang*: it loads no other file, and holds no date. The same gallery gives the same text."""
    words = _words(lang)
    title = words["title"].format(gallery.design)
    parts = [("own", False), ("shared", True)]
    body = Template(_file("html")).substitute(
        title=escape(title),
        intro=escape(words["intro"].format(gallery.pages)),
        failed="".join(_failed(gallery.failed, words)),
        contents_title=escape(words["contents"]),
        contents="".join(_links(gallery, words)),
        parents=_parents(gallery.parents, words, lang),
        sections="".join(
            f"<h2>{escape(words[key])}</h2>" + "".join(_article(each, words, lang) for each in own)
            for key, shared in parts
            if (own := [each for each in gallery.components if each.component.is_shared is shared])
        ),
    )
    return standalone_html(title, body, lang=lang, style=_file("css"))


@cache
def _file(ending: str) -> str:
    return (files(__package__) / f"component_page.{ending}").read_text(encoding="utf-8")


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    return {key: message[lang] for key, message in tomllib.loads(_file("toml")).items()}


def _failed(failed: Sequence[FailedPages], words: Mapping[str, str]) -> Iterator[str]:
    for each in failed:
        for row in each.result.rows:
            hint = f"<br>→ {escape(row.hint)}" if row.hint else ""
            where = f"{escape(row.place)}: " if row.place else ""
            yield (
                f'<p class="lacking">{escape(words["failed"].format(each.kind))}{where}{escape(row.message)}{hint}</p>'
            )


def _links(gallery: ComponentGallery, words: Mapping[str, str]) -> Iterator[str]:
    """The names of all components, file by file; those without a picture are marked, and that is said."""
    for home, own in groupby(gallery.components, key=lambda each: _home(each.component)):
        links = " ".join(
            f'<a href="#{_anchor(each.component)}"{"" if each.picture else " class=bare"}>'
            f"{escape(each.component.name)}</a>"
            for each in own
        )
        yield f'<p><span class="file">{escape(home)}</span>{links}</p>'
    if any(each.picture is None for each in gallery.components):
        yield f'<p class="file">* {escape(words["bare"])}</p>'


def _home(component: Component) -> str:
    """Under what it is listed: the file of a macro, the folder of a partial."""
    return component.file if component.is_macro else component.file.rpartition("/")[0] or component.file


def _anchor(component: Component) -> str:
    return escape(f"{component.file}-{component.name}".replace("/", "-").replace(".html", ""))


def _article(pictured: PicturedComponent, words: Mapping[str, str], lang: Lang) -> str:
    component = pictured.component
    call = component.call if component.is_macro else words["partial"].replace("{}", component.file)
    about = (
        f"<p>{escape(component.about.text(lang))}</p>"
        if component.about
        else (f'<p class="lacking">{escape(words["undocumented"])}</p>')
    )
    wide = " class=wide" if pictured.picture and pictured.picture.width > _WIDE else ""
    return (
        f'<article id="{_anchor(component)}"{wide}><div class="head"><h3>{escape(component.name)}</h3>'
        f'<p class="where">{escape(str(component.place))}</p><code class="call">{escape(call)}</code>{about}</div>'
        f"{_picture(pictured, words, lang)}"
        f'<div class="more">{_parameters(component.parameters, words, lang)}'
        f"<dl>{''.join(_facts(pictured, words))}</dl></div></article>\n"
    )


def _picture(pictured: PicturedComponent, words: Mapping[str, str], lang: Lang) -> str:
    picture = pictured.picture
    if picture is None:
        why = pictured.lacking.text(lang) if pictured.lacking else ""
        return f'<p class="none">{escape(words["none"].format(why))}</p>'
    data = base64.b64encode(picture.content).decode()
    size = f"{picture.width:.0f} × {picture.height:.0f} pt"
    return (
        f'<figure><img src="data:image/webp;base64,{data}" width="{picture.width * _PX:.0f}"'
        f' height="{picture.height * _PX:.0f}" alt="{escape(words["picture"].format(pictured.component.name))}">'
        f"<figcaption>{size}</figcaption></figure>"
    )


def _parameters(parameters: Sequence[Parameter], words: Mapping[str, str], lang: Lang) -> str:
    if not parameters:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(each.name)}</code></td>"
        f"<td>{f'<code>{escape(each.default)}</code>' if each.default else escape(words['needed'])}</td>"
        + (f"<td>{escape(each.meaning.text(lang))}</td></tr>" if each.meaning
           else f'<td class="lacking">{escape(words["unexplained"])}</td></tr>')
        for each in parameters
    )  # fmt: skip
    heads = "".join(f"<th>{escape(words[key])}</th>" for key in ("name", "default", "meaning"))
    return f'<div class="table"><table><tr>{heads}</tr>{rows}</table></div>'


def _facts(pictured: PicturedComponent, words: Mapping[str, str]) -> Iterator[str]:
    component = pictured.component
    rows = {
        "classes": [f".{each}" for each in component.classes],
        "reads": component.reads,
        "hooks": component.hooks,
        "used": pictured.used_by,
    }
    for key, values in rows.items():
        if values:
            yield f"<dt>{escape(words[key])}</dt><dd>{' '.join(f'<code>{escape(each)}</code>' for each in values)}</dd>"


def _parents(parents: Sequence[ParentPage], words: Mapping[str, str], lang: Lang) -> str:
    if not parents:
        return ""
    rows = "".join(_parent(each, words["fills"], lang) for each in parents)
    heads = "".join(f"<th>{escape(words[key])}</th>" for key in ("parents", "blocks", "child"))
    return f"<h2>{escape(words['parents'])}</h2><div class='table'><table><tr>{heads}</tr>{rows}</table></div>"


def _parent(parent: ParentPage, fills: str, lang: Lang) -> str:
    about = f"<br>{escape(parent.about.text(lang))}" if parent.about else ""
    children = "<br>".join(
        f"<code>{escape(file)}</code> {escape(fills)} {_codes(blocks)}" for file, blocks in parent.children.items()
    )
    return (
        f"<tr><td><code>{escape(parent.file)}</code>{about}</td>"
        f"<td>{_codes(parent.blocks)}</td><td>{children}</td></tr>"
    )


def _codes(names: Sequence[str]) -> str:
    return " ".join(f"<code>{escape(each)}</code>" for each in names) or "–"
