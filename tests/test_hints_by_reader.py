"""Hints by reader: an editor is sent to copy, pictures and issue.toml, never to a design's code or its fonts; a
designer to the design, never to the copy alone; the maker of a file that is not ours to the program that made it.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import layout
from layout.checks import Check, registry
from layout.composer.model import RemarkKind
from layout.errors import (
    Hint,
    LayoutError,
    ManuscriptError,
    Message,
    PictureError,
    PlanError,
    PressProfileError,
    Reader,
    TemplateError,
)

CHECKS = registry().all()
SOURCE = Path(layout.__file__).parent
DESIGN = re.compile(
    r"CSS|HTML|\.css|\.html|font-family|字体|字库|\bfaces?\b|\bfonts?\b|\bdata-[a-z]|(?:min|max|line)-height|overflow|margin"
    r"|(?<!\w)--[a-z]|@page|模板|样式|stylesheet|style sheet|\btemplate|device-cmyk|\bSVG\b"
)
"""Words of a design's code."""
HELP = tomllib.loads((SOURCE / "cli" / "help.toml").read_text("utf-8"))["parameter"]
OPTIONS = re.compile(rf"(?:{'|'.join(re.escape(name) for name in HELP if name.startswith('--'))})(?![\w-])")
"""The options of our own commands, which are written as a style sheet's own properties are and are for everybody."""
COPY = re.compile(
    r"删 ?\d* ?字|增写|改写这|删稿|增稿|cut (?:\d+|some|the) |add (?:\d+|some|copy)|rewrite the", re.IGNORECASE
)
"""What is done to copy."""
OURS = re.compile(r"issue\.toml|版式|模板|稿件|design\b|template|data-[a-z]|device-cmyk|manuscript", re.IGNORECASE)
"""What the maker of a file that is not ours does not have."""
NOT_FOR: dict[Reader, re.Pattern[str]] = {"editor": DESIGN, "designer": COPY, "plant": DESIGN, "maker": OURS}


def wrong_words(hint: Hint) -> list[str]:
    """The sentences of *hint* that send a reader where he cannot go."""
    return [
        f"{reader}: {words}"
        for reader, own in hint.by_reader.items()
        for words in (own.zh, own.en)
        if reader in NOT_FOR and NOT_FOR[reader].search(words)
    ]


def test_every_check_says_who_can_mend_it_and_every_remedy_is_for_one_of_them() -> None:
    for check in CHECKS.values():
        assert check.readers, check.id
        assert set(check.remedy.by_reader) <= set(check.readers), check.id
        assert not wrong_words(check.remedy), check.id


@pytest.mark.parametrize("check", [each for each in CHECKS.values() if each.firm], ids=lambda each: each.id)
def test_copy_that_may_not_be_cut_has_other_remedies(check: Check) -> None:
    hint = check.hint(firm=True)
    assert hint is not None
    assert hint.editor == check.firm
    assert not re.search(r"删稿|删减|增减|减几|cut copy|cut a few", f"{hint.zh} {hint.en}")


REMARKS = {f"line.{remark}" for remark in get_args(RemarkKind)}
"""What is remarked of lines, of copy that may not be cut too."""
OF_COPY = {
    "page.short_foot", "page.thin_columns", "page.headings_meet", "page.heading_at_foot", "page.column_short",
    "page.headlines_alike",
}  # fmt: skip
"""What is found of a page's copy, where that may not be cut too."""


@pytest.mark.parametrize("id", sorted(REMARKS | OF_COPY))
def test_an_editor_whose_copy_may_not_be_cut_is_not_left_with_the_designer_s_hint(id: str) -> None:
    hint = CHECKS[id].hint(firm=True)
    assert hint is not None
    assert hint.editor is not None
    assert not wrong_words(hint)


def test_whoever_made_a_file_that_is_not_ours_is_asked_for_what_he_can_do() -> None:
    for check in CHECKS.values():
        if "maker" in check.readers:
            hint = check.hint(ours=False)
            assert hint is not None
            assert set(hint.by_reader) == {"maker"}, check.id


def test_of_our_own_files_nobody_is_called_the_maker_who_has_another_name() -> None:
    both = Hint(designer=Message("用黑。", "Use black."), maker=Message("换黑。", "Turn it black."))
    check = Check("a.b", CHECKS["page.hole"].severity, "", *[Message("", "")] * 2, ("designer", "maker"), both)
    assert check.hint() == Hint(designer=both.designer)
    assert check.hint(ours=False) == Hint(maker=both.maker)


@pytest.mark.parametrize(
    ("fault", "reader"),
    [
        (ManuscriptError, "editor"),
        (PlanError, "editor"),
        (PictureError, "editor"),
        (TemplateError, "designer"),
        (PressProfileError, "plant"),
        (LayoutError, "operator"),
    ],
)
def test_the_hint_of_a_fault_is_for_whoever_its_class_says(fault: type[LayoutError], reader: Reader) -> None:
    hint = fault(Message("错", "wrong"), hint=Message("改", "mend")).hint
    assert hint is not None
    assert set(hint.by_reader) == {reader}


def test_each_of_several_readers_has_a_line_with_his_name() -> None:
    hint = Hint(editor=Message("删 3 字。", "Cut 3."), designer=Message("放宽。", "Widen it."))
    assert hint.lines("zh") == ("编辑：删 3 字。", "美编：放宽。")
    assert hint.text("en") == "editor: Cut 3; designer: Widen it."
    assert Hint(editor=hint.editor).lines("zh") == ("删 3 字。",)
    assert Hint(designer=hint.designer).lines("zh") == ("美编：放宽。",)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def strings(node: ast.AST) -> str:
    """All words that are written in *node*, with those of an f-string."""
    return " ".join(each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and type(each.value) is str)


def test_no_hint_that_the_source_writes_sends_its_reader_astray() -> None:
    found = [
        f"{path.name}:{keyword.value.lineno} {keyword.arg}: {strings(keyword.value)}"
        for path, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Hint"
        for keyword in call.keywords
        if keyword.arg in NOT_FOR and NOT_FOR[keyword.arg].search(strings(keyword.value))
    ]
    assert not found, "\n".join(found)


EDITORS = ("ManuscriptError", "PlanError", "PictureError")


def hints_of_faults(tree: ast.Module) -> Iterator[ast.AST]:
    """What is given as the hint of faults that an editor gets: of a name, all that the function gives it."""
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.Module)):
        for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
            if not (isinstance(call.func, ast.Name) and call.func.id in EDITORS):
                continue
            for keyword in call.keywords:
                if keyword.arg == "hint":
                    yield keyword.value
                    if isinstance(keyword.value, ast.Name):
                        yield from _given(function, keyword.value.id)


def _given(function: ast.AST, name: str) -> Iterator[ast.AST]:
    for each in ast.walk(function):
        if isinstance(each, ast.Assign) and any(name in ast.unparse(target) for target in each.targets):
            yield each.value


def test_no_fault_of_the_copy_or_the_plan_sends_an_editor_to_the_design() -> None:
    found = [
        f"{path.name}:{getattr(node, 'lineno', 0)}: {strings(node)}"
        for path, tree in sources()
        for node in hints_of_faults(tree)
        if DESIGN.search(OPTIONS.sub("", strings(node)))
    ]
    assert not found, "\n".join(found)


def test_a_finding_of_a_check_has_hints_for_its_readers_alone() -> None:
    """Where the source writes the check's id and the hint in one call."""
    found = []
    for path, tree in sources():
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            if not (isinstance(call.func, ast.Name) and call.func.id == "Finding" and call.args):
                continue
            check = CHECKS.get(getattr(call.args[0], "value", ""))
            hints = [each for each in ast.walk(call) if isinstance(each, ast.Call) and strings(each.func) == ""]
            readers = {
                keyword.arg
                for each in hints
                if isinstance(each.func, ast.Name) and each.func.id == "Hint"
                for keyword in each.keywords
            }
            if check is not None and not readers <= set(check.readers):
                found.append(f"{path.name}:{call.lineno} {check.id}: {sorted(filter(None, readers))}")
    assert not found, found
