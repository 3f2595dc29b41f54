"""No command leaves half a file, whenever it is killed: what stays is written by the modules that see to that."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "layout"

WHOLE = {
    "pipeline/output.py": "all files of a run or none",
    "pipeline/renaming.py": "the list of the renames, which a run reads only when it is whole",
    "issue_writing/issue_folder.py": "written beside and put in place",
    "engine/content_cache.py": "written beside and put in place",
}
"""The modules that write what stays, and how they do."""

GONE = {
    "pipeline/assistant_tasks.py": "the scratch folder of a build",
    "pipeline/page_making.py": "the scratch folder of a build",
    "pipeline/scratch.py": "a scratch folder, with its lock",
    "pipeline/stored_pages.py": "the scratch folder of a build",
    "preflight/verdict.py": "a temporary folder",
    "preview/page_files.py": "the temporary folder of a preview",
    "cli/entry.py": "nowhere: os.devnull in the place of a closed stream",
    "intake/office_files.py": "a temporary folder",
    "cli/guard.py": "the log of a crash, for the maintainers",
}
"""Those that write what is gone with the run, or is no result."""

WRITING = {"write_text", "write_bytes", "copyfile", "copytree"}
MODES = set("wax+")


def writes(source: str) -> Iterator[tuple[int, str]]:
    """Lines of *source* that write a file by themselves."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name in WRITING or (name == "open" and any(set(mode) & MODES and len(mode) <= 3 for mode in said)):
            yield node.lineno, name


def test_files_are_written_by_the_modules_that_write_them_whole() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): lines
        for path in sorted(SOURCE.rglob("*.py"))
        if (lines := list(writes(path.read_text(encoding="utf-8"))))
    }
    assert {name: lines for name, lines in found.items() if name not in {*WHOLE, *GONE}} == {}
    assert {*WHOLE, *GONE} <= found.keys(), "these write nothing any more"


@pytest.mark.parametrize(
    ("source", "count"),
    [("path.write_text('x')", 1), ("open(path, 'w')", 1), ("path.open('rb')", 0), ("open(path)", 0),
     ("shutil.copyfile(a, b)", 1), ("path.open('r+b')", 1)],
)  # fmt: skip
def test_what_writes_is_seen(source: str, count: int) -> None:
    assert len(list(writes(source))) == count
