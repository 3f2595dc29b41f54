"""The short way to a computed value comes to WeasyPrint's own value, for every property of every element."""

from pathlib import Path
from typing import Any

import pytest
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_VALUES

from every_style import every_style, sample_html
from layout.engine.patches import computed_values
from layout.engine.patches.table import install_patches

_AWKWARD = """<html dir="rtl"><style>
@page { size: 400px 300px; margin: 0 }
html { --own: 3px "x"; --none: var(--nothing); font-size: 11px; tab-size: 3; orphans: 4 }
html { line-height: 1.3; text-indent: calc(2em + 3%); word-spacing: calc(1px + 0.1em) }
section { margin-inline-start: 7px; padding-block: 3px; border-inline-end: 2px solid device-cmyk(0 1 0 0) }
p { font-size: 1.5em; width: calc(50% - 3px); inset-inline-start: 4px; position: relative; text-decoration: underline }
p { --own: calc(1em + 1px); border-spacing: calc(1em + 1px) 2px; letter-spacing: var(--own); transform: skew(2deg) }
section > p { line-height: calc(1em + 10%); tab-size: calc(1em + 2px); text-indent: calc(1em + 10%) }
p b { float: right; font-size: larger; letter-spacing: .1em; color: inherit; margin: inherit }
i { display: inline-block; block-size: 9px; max-inline-size: 70%; all: unset; page: wide }
u { border: 1px solid; font: inherit; writing-mode: initial; border-block-start-width: thick }
</style><section data-fill><p>a<b>b<i>c</i></b></p><u>d<sub>e</sub></u><table><tr><td>f</table></section></html>"""


def _both(source: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    short = every_style(source)
    cells = [cell.cell_contents for cell in ComputedStyle.__missing__.__closure__]
    (long_way,) = (content for content in cells if getattr(content, "__name__", "") == "__missing__")
    monkeypatch.setattr(ComputedStyle, "__missing__", long_way)
    return short, every_style(source)


def test_on_the_sample_page(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = _both(sample_html(), monkeypatch)
    assert len(short) > 150
    assert short == long


def test_where_rules_are_awkward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = tmp_path / "page.html"
    template.write_text(_AWKWARD)
    short, long = _both((_AWKWARD, template), monkeypatch)
    assert short == long


def test_what_the_short_way_stands_on() -> None:
    """No value starts as a sum still to be done, and nothing inherited goes by the direction of writing."""
    assert not [key for key, value in INITIAL_VALUES.items() if check_math(value)]
    assert not INHERITED & PHYSICAL_FUNCTIONS.keys()


def test_it_is_put_in_once() -> None:
    install_patches()
    before = ComputedStyle.__missing__
    computed_values.install()
    assert ComputedStyle.__missing__ is before
