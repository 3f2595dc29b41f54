"""Writes a design's gallery of components as one HTML file: how each looks, is called, what it reads and writes."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from layout.design.components import Component, Parameter, ParentPage
from layout.errors import Lang
from layout.fontbook.web_subsets import web_subset
from layout.proof.lettering import label_face
from layout.proof.raster import image_size

_WIDE = 2.4
"""Width to height beyond which a picture stands above its words."""


@dataclass(frozen=True)
class PicturedComponent:
    """A component, and how it looks."""

    component: Component
    picture: bytes
    """A JPEG; nothing where no page that was made uses it."""
    used_by: tuple[str, ...]
    """The designs of the program that use it."""


@dataclass(frozen=True)
class ComponentGallery:
    """All components of a design."""

    design: str
    components: tuple[PicturedComponent, ...]
    parents: tuple[ParentPage, ...]
    pages: int
    """How many pages could be made to cut pictures out of."""

    def lacking(self, lang: Lang = "zh") -> str:
        """Why a component has no picture: no page uses it, or no page could be made at all."""
        return _words(lang)["none" if self.pages else "unmade"]


def component_page(gallery: ComponentGallery, lang: Lang = "zh") -> str:
    """The gallery in *lang*: it loads no other file, and holds no date. The same gallery gives the same text."""
    words = _words(lang)
    shell = Template((files(__package__) / "component_page.html").read_text(encoding="utf-8"))
    parts = [("own", False), ("shared", True)]
    page = shell.safe_substitute(
        lang="zh-CN" if lang == "zh" else "en",
        title=escape(words["title"].format(gallery.design)),
        intro=escape(words["intro"]),
        contents="".join(_links(gallery)),
        parents=_parents(gallery.parents, words, lang),
        sections="".join(
            f"<h2>{escape(words[key])}</h2>"
            + "".join(_article(each, words, lang, gallery.lacking(lang)) for each in own)
            for key, shared in parts
            if (own := [each for each in gallery.components if each.component.is_shared is shared])
        ),
    )
    # The program's own face, of just these characters: a machine without a Chinese one shows empty boxes.
    face = base64.b64encode(web_subset(label_face(), page)).decode()
    return page.replace("$face", face, 1)


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    table = tomllib.loads((files(__package__) / "component_page.toml").read_text(encoding="utf-8"))
    return {key: message[lang] for key, message in table.items()}


def _links(gallery: ComponentGallery) -> Iterator[str]:
    for each in gallery.components:
        yield f'<a href="#{_anchor(each.component)}">{escape(each.component.name)}</a> '


def _anchor(component: Component) -> str:
    return escape(f"{component.file}-{component.name}".replace("/", "-").replace(".html", ""))


def _article(pictured: PicturedComponent, words: Mapping[str, str], lang: Lang, lacking: str) -> str:
    component = pictured.component
    data = base64.b64encode(pictured.picture).decode()
    picture = (
        f'<img src="data:image/jpeg;base64,{data}" alt="{escape(component.name)}">' if pictured.picture
        else f'<p class="none">{escape(lacking)}</p>'
    )  # fmt: skip
    call = component.call if component.is_macro else words["partial"].replace("{}", component.file)
    about = (
        f"<p>{escape(component.about.text(lang))}</p>"
        if component.about
        else (f'<p class="lacking">{escape(words["undocumented"])}</p>')
    )
    wide = " class=wide" if _is_wide(pictured) else ""
    return (
        f'<article id="{_anchor(component)}"{wide}><div class="picture">{picture}</div>'
        f"<div><h3>{escape(component.name)}</h3>"
        f'<p class="where">{escape(str(component.place))}</p><code class="call">{escape(call)}</code>{about}'
        f"{_parameters(component.parameters, words, lang)}<dl>{''.join(_facts(pictured, words))}</dl></div></article>\n"
    )


def _is_wide(pictured: PicturedComponent) -> bool:
    """Whether the picture wants the whole width: one that is much wider than high is nothing beside its words."""
    if not pictured.picture:
        return False
    wide, high = image_size(pictured.picture)
    return wide > _WIDE * high


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
    return f"<table><tr>{heads}</tr>{rows}</table>"


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
    return f"<h2>{escape(words['parents'])}</h2><table><tr>{heads}</tr>{rows}</table>"


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
