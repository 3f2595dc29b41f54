"""Faults of a design name its files from the folder it lies in, and the preview still finds them."""

import shutil
from pathlib import Path

import pytest

from layout import assets
from layout.checks import Finding, Severity
from layout.errors import Faults, LayoutError, Message, Place, PrintError, TemplateError
from layout.pipeline.short_places import short_places, with_short_places
from layout.preview.excerpt import Excerpts

SAID = Message("坏", "bad")
DESIGN = assets.templates_dir() / "lianghui-broadsheet"


def _raised(error: LayoutError, design: Path) -> list[str]:
    with pytest.raises(type(error)) as caught, short_places(design):
        raise error
    return [str(fault.place) for fault in (caught.value, *caught.value.faults())]


def test_faults_and_findings_are_short(tmp_path: Path) -> None:
    css = Place(str(DESIGN / "page.css"), 12, 3)
    assert _raised(TemplateError(SAID, place=css), DESIGN)[0] == "lianghui-broadsheet/page.css:12:3"
    several = Faults([TemplateError(SAID, place=css), TemplateError(SAID, place=Place("tunliu-2026/tunliu.md", 4))])
    assert _raised(several, DESIGN)[1:] == ["lianghui-broadsheet/page.css:12:3", "tunliu-2026/tunliu.md:4"]
    shared = Place(str(assets.templates_dir() / "components" / "charts.html"), 7)
    assert _raised(TemplateError(SAID, place=shared), tmp_path / "design")[0] == "components/charts.html:7"
    assert _raised(TemplateError(SAID, place=Place(str(DESIGN))), DESIGN)[0] == "lianghui-broadsheet"
    assert _raised(PrintError(SAID), DESIGN)[0] == "None"
    (finding,) = with_short_places([Finding("design.unknown", Severity.WARNING, SAID, css)], DESIGN)
    assert str(finding.place) == "lianghui-broadsheet/page.css:12:3"


def test_the_preview_finds_them(tmp_path: Path) -> None:
    issue = tmp_path / "tunliu-2026"
    shutil.copytree(DESIGN, issue / "design")
    excerpts = Excerpts([issue, assets.templates_dir()])
    for place in (Place("design/page.css", 12), Place("lianghui-broadsheet/page.css", 12)):
        rows = excerpts.around(place)
        assert [row["number"] for row in rows if row["here"]] == [12]
