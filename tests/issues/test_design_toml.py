"""design.toml says what a design wants and its inks, and nothing that nobody reads."""

import shutil
import tomllib
from pathlib import Path

import pytest

from layout import assets
from layout.design.requirements import KEYS, check_requirements
from layout.errors import LayoutError, TemplateError
from layout.issue import read_issue

ISSUE = assets.root() / "issues" / "tunliu-2026"


def design(folder: Path, line: str) -> Path:
    """A copy of the broadsheet whose design.toml has one more line, its first."""
    shutil.copytree(assets.templates_dir() / "lianghui-broadsheet", folder / "own")
    path = folder / "own" / "design.toml"
    path.write_text(f"# 样\n{line}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "own"


def test_the_shipped_designs_say_nothing_that_nobody_reads() -> None:
    found = sorted(assets.templates_dir().glob("*/design.toml"))
    assert {"lianghui-broadsheet", "tabloid-river"} <= {path.parent.name for path in found}
    for path in found:
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= set(KEYS)


@pytest.mark.parametrize(
    ("line", "message", "hint", "column"),
    [
        ("picture = { least = 1 }", "“picture”", "是不是 pictures？", 1),
        ("row_pt = 15", "“row_pt”", "写在 CSS 里", 1),
        ("[layout]", "“layout”", "可用的有：name", 1),
    ],
)
def test_a_key_that_nothing_reads(tmp_path: Path, line: str, message: str, hint: str, column: int) -> None:
    folder = design(tmp_path, line)
    if line.startswith("["):  # a table takes in all that follows
        (folder / "design.toml").write_text(f"# 样\n{line}\na = 1\n", encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        check_requirements(folder, read_issue(ISSUE).pages[0])
    fault = caught.value.faults()[0]
    assert isinstance(fault, TemplateError)
    assert fault.exit_code == 3
    assert fault.place is not None
    assert (Path(fault.place.file).name, fault.place.line, fault.place.column) == ("design.toml", 2, column)
    assert message in fault.message.zh
    assert fault.hint is not None
    assert hint in fault.hint.zh


def test_a_wish_for_neither_least_nor_most_nor_a_kind(tmp_path: Path) -> None:
    folder = design(tmp_path, "")
    path = folder / "design.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("pictures = { most", "pictures = { leest = 5, most"), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        check_requirements(folder, read_issue(ISSUE).pages[0])
    assert "leest" in caught.value.message.zh
    assert caught.value.hint is not None
    assert "least" in caught.value.hint.zh


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cutouts", 'cutouts = ["page", "pagge"]'),
        ("words", 'words = { page = ["nameplate"], pagge = ["nameplate"] }'),
        ("pictures", "pictures = { most = 9, pagge = 2 }"),
        ("sections", "sections = { most = 8, pagge = 0 }"),
        ("characters", "characters = { pagge = [[2200, 4600]] }"),
        ("shows", 'shows = { others-pagge = ["headline"], every = ["headline"] }'),
    ],
)
def test_what_is_said_of_a_kind_of_page_that_there_is_not(tmp_path: Path, key: str, value: str) -> None:
    folder = design(tmp_path, "")
    (folder / "design.toml").write_text(f'kinds = ["page", "continued"]\n{value}\n', encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        check_requirements(folder, read_issue(ISSUE).pages[0])
    fault = caught.value
    assert f"{key} 的“" in fault.message.zh
    assert "pagge”" in fault.message.zh
    assert fault.place is not None
    assert fault.place.line == 2
    assert fault.place.column is not None
    assert value[fault.place.column - 1 :].lstrip('"').partition("pagge")[0] in ("", "others-")
    assert fault.hint is not None
    assert "是不是" in fault.hint.zh
    (folder / "pagge.html").write_text("<html></html>", encoding="utf-8")
    check_requirements(folder, read_issue(ISSUE).pages[0])
