"""What `make test` does a sample of, `make soak` does in full: such a test bears the mark, or nothing would run it."""

import ast
from pathlib import Path

import pytest

import soak

TESTS = Path(__file__).parents[1]
LESS = {"amount", "sampled"}


def unmarked(source: str) -> list[str]:
    """Tests of *source* that sample without the mark ``soak``."""
    tree = ast.parse(source)
    if any(isinstance(node, ast.Assign) and "mark.soak" in ast.unparse(node) for node in tree.body):
        return []
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _samples(node) and not any(map(_marks, node.decorator_list))
    ]


def _samples(function: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Call) and ast.unparse(each.func).removeprefix("soak.") in LESS
               for each in ast.walk(function))  # fmt: skip


def _marks(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).split("(")[0] in {"pytest.mark.soak", "soak.cases", "soak.examples"}


def test_every_sample_is_marked() -> None:
    found = {
        path.name: names
        for path in TESTS.rglob("test_*.py")
        if (names := unmarked(path.read_text(encoding="utf-8"))) and path != Path(__file__)
    }
    assert found == {}


def test_a_sample_without_the_mark_is_seen() -> None:
    body = "def test_it() -> None:\n    for n in range(soak.amount(sample=1, full=9)):\n        pass\n"
    assert unmarked(body) == ["test_it"]
    assert unmarked("@pytest.mark.soak\n" + body) == []


@pytest.mark.parametrize("sample", [1, 3, 10, 99])
def test_a_sample_is_of_every_stretch_and_the_same_again(sample: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = range(10)
    monkeypatch.setattr(soak, "SOAKING", False)
    drawn = soak.sampled(every, sample)
    assert list(drawn) == list(soak.sampled(every, sample))
    count = min(sample, len(every))
    assert len(drawn) == count
    for number, case in enumerate(drawn):
        assert len(every) * number // count <= case < len(every) * (number + 1) // count
    monkeypatch.setattr(soak, "SOAKING", True)
    assert list(soak.sampled(every, sample)) == list(every)
