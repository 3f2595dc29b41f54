"""Every computed value of every element of a page, to hold two ways of getting them against each other."""

from pathlib import Path
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES

from layout import assets
from layout.copyfit.scores import VariantName
from layout.engine.engine import Engine
from layout.fontbook import Fontbook
from layout.page.canvas import Decision, TypeRequest
from layout.pipeline.options import Options
from layout.pipeline.progress import quiet
from layout.pipeline.reading import read_job
from layout.pipeline.stages import Clock


def sample_html() -> tuple[str, Path]:
    """The 屯留 page's HTML, and the template that it is of."""
    job = read_job(assets.root() / "issues" / "tunliu-2026", Options(), Clock(), quiet)
    return job.html[1][VariantName("page")], job.design / "page.html"


def every_style(source: tuple[str, Path]) -> list[tuple[str, dict[str, str]]]:
    """Tag and values of every box, laid out afresh."""
    html, template = source
    engine = Engine(Fontbook(assets.fonts_dir()))
    canvas = engine.canvas(html, template=template, folders={"images": assets.images_dir()})
    document, *_ = canvas._laid_out(Decision(), TypeRequest.of({flow: ["strong"] for flow in canvas.flows()}))
    boxes = document.pages[0]._page_box.descendants()
    return [(box.element_tag, {key: said(box.style, key) for key in INITIAL_VALUES}) for box in boxes]


def said(style: Any, key: str) -> str:
    """A value compared by what it says: tokens know no equality."""
    try:
        return repr(style[key])
    except KeyError as missing:  # WeasyPrint has no value of its own for some logical names
        return f"no {missing}"
