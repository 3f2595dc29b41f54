"""Batches: many issues in one run; a bad one hurts no other, and a restart goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from editions import NUMBER, place_of, write_edition
from layout.errors import ExitCode, LayoutError, Message, PrintError, UsageError
from layout.pipeline import InPlace, Options, Workers, batch
from layout.pipeline.batch import BatchItem, BatchOptions, exit_code, report_batch, run_batch, run_batch_on
from layout.pipeline.batch_folders import BatchIssue, issues_below
from layout.pipeline.batch_record import RECORD
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import WorkerDied
from pipeline.small_issue import make_issue
from soak import amount

NAMES = ("e/east", "e/north", "south", "west")


def _fault(error: Exception) -> LayoutError:
    return PrintError(Message(type(error).__name__, type(error).__name__))


def _province(top: Path) -> Path:
    for number, name in enumerate(NAMES):
        make_issue(top / "province" / name, f"时光无言，实干有声。第{number}期。")
    return top / "province"


def _options(top: Path, **more: Any) -> BatchOptions:
    return BatchOptions(Options(out=top / "out", png=False, keep=False), **more)


def _batch(top: Path, folder: Path, **more: Any) -> dict[str, BatchItem]:
    options = _options(top, **more)
    issues = issues_below([folder], options.build.out)
    return {item.issue.name: item for item in run_batch(issues, options, _fault, InPlace)}


def _made(items: dict[str, BatchItem]) -> list[str]:
    return sorted(name for name, item in items.items() if item.made)


def _hashes(top: Path) -> dict[str, str]:
    files = (path for path in sorted((top / "out").rglob("*.pdf")))
    return {str(path.relative_to(top)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_issues_are_found_at_any_depth_and_none_in_another(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    make_issue(folder / "south" / "old", "旧的。")
    make_issue(folder / ".hidden" / "x", "藏着的。")
    make_issue(folder / "out" / "y", "出来的。")
    assert [issue.name for issue in issues_below([folder], folder / "out")] == list(NAMES)
    assert issues_below([folder / "south"], folder / "out") == (BatchIssue(folder / "south", "south"),)
    assert len(issues_below([folder, folder / "west"], folder / "out")) == len(NAMES)


def test_two_issues_for_one_place_and_folders_without_any_are_told(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    make_issue(tmp_path / "other" / "East", "另一期。")
    for folders, words in (
        ([folder / "e", tmp_path / "other"], "the same place"),
        ([tmp_path / "nowhere"], "no folder"),
        ([folder / "south" / "plain"], "no issue"),
    ):
        with pytest.raises(UsageError, match=words):
            issues_below(folders, tmp_path / "out")


def test_a_bad_issue_hurts_no_other_and_the_highest_code_counts(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    (folder / "e" / "north" / "a.md").unlink()
    (folder / "south" / "issue.toml").write_text("title =", encoding="utf-8")
    items = _batch(tmp_path, folder)
    assert {name: item.result.exit_code for name, item in items.items()} == {
        "e/east": 0, "e/north": 3, "south": 3, "west": 0,
    }  # fmt: skip
    assert exit_code([item.result for item in items.values()]) == ExitCode.SOURCE
    assert sorted(_hashes(tmp_path)) == ["out/e/east/east.pdf", "out/west/west.pdf"]


def test_an_error_that_nobody_foresaw_is_the_result_of_its_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, build = _province(tmp_path), batch.build

    def broken(issue: Path, *rest: Any, **more: Any) -> Any:
        if issue.name == "south":
            raise RuntimeError("a fault of ours")
        return build(issue, *rest, **more)

    monkeypatch.setattr(batch, "build", broken)
    codes = {name: item.result.exit_code for name, item in _batch(tmp_path, folder).items()}
    assert codes == {"e/east": 0, "e/north": 0, "south": ExitCode.PRINT, "west": 0}


def test_one_report_holds_all(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    (folder / "west" / "a.md").unlink()
    items = _batch(tmp_path, folder)
    options = BatchOptions(Options(out=tmp_path / "out", results=(tmp_path / "x" / "all.sarif",)))
    report_batch([items[name] for name in NAMES], options)
    report = json.loads((tmp_path / "out" / "batch.json").read_bytes())
    assert [each["issue"] for each in report["issues"]] == ["east", "north", "south", "west"]
    assert "没排成 (3)" in (tmp_path / "out" / "batch.md").read_text(encoding="utf-8")
    assert (tmp_path / "x" / "all.sarif").is_file()


def test_a_restart_makes_what_is_left_and_what_has_changed(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    options = _options(tmp_path)
    stopped = run_batch(issues_below([folder], options.build.out), options, _fault, InPlace)
    first = next(stopped).issue.name
    stopped.close()  # type: ignore[attr-defined]  # it is a generator
    assert first not in _made(_batch(tmp_path, folder))
    whole = _hashes(tmp_path)
    assert _made(_batch(tmp_path, folder)) == []

    def touched(path: Path, words: str = "改") -> list[str]:
        path.write_bytes(path.read_bytes() + words.encode())
        return _made(_batch(tmp_path, folder))

    assert touched(folder / "south" / "a.md") == ["south"]
    assert touched(folder / "west" / "plain" / "page.css", "/* */") == ["west"]
    assert touched(tmp_path / "out" / "e" / "east" / "east.pdf") == ["e/east"]
    assert touched(tmp_path / "out" / "e" / "north" / RECORD) == ["e/north"]
    (tmp_path / "out" / "west" / "west.report.json").unlink()
    assert _made(_batch(tmp_path, folder)) == ["west"]
    assert {name: each for name, each in _hashes(tmp_path).items() if "south" not in name and "west" not in name} == {
        name: each for name, each in whole.items() if "south" not in name and "west" not in name
    }


def test_fresh_makes_all_again_and_other_options_too(tmp_path: Path) -> None:
    folder = _province(tmp_path) / "e"
    _batch(tmp_path, folder)
    assert len(_made(_batch(tmp_path, folder, fresh=True))) == 2
    options = BatchOptions(Options(out=tmp_path / "out", png=False, keep=False, press="newsprint-k"))
    items = list(run_batch(issues_below([folder], tmp_path / "out"), options, _fault, InPlace))
    assert [item.made for item in items] == [True, True]


def test_what_could_not_be_made_is_tried_again(tmp_path: Path) -> None:
    folder = _province(tmp_path) / "e"
    copy = (folder / "east" / "a.md").read_bytes()
    (folder / "east" / "a.md").unlink()
    for _ in range(2):
        assert "east" in _made(_batch(tmp_path, folder))
    (folder / "east" / "a.md").write_bytes(copy)
    assert {name: item.result.exit_code for name, item in _batch(tmp_path, folder).items()} == {"east": 0, "north": 0}


def test_a_baseline_is_each_issues_own(tmp_path: Path) -> None:
    folder = _province(tmp_path) / "e"
    own = Options(out=tmp_path / "out", png=False, baseline=Path("known.json"))
    (folder / "east" / "known.json").write_text('{"schema": 1, "findings": []}', encoding="utf-8")
    east, north = (BatchOptions(own).of(issue) for issue in issues_below([folder], own.out))
    assert (east.baseline, north.baseline) == (folder / "east" / "known.json", None)


@pytest.mark.slow
def test_two_at_once_in_children_give_the_same_bytes(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    _batch(tmp_path, folder)
    one = _hashes(tmp_path)
    options = _options(tmp_path, jobs=2, fresh=True)
    issues = issues_below([folder], options.build.out)
    made = list(run_batch(issues, options, _fault, lambda: Workers(preload=PRELOAD)))
    assert sorted(item.issue.name for item in made) == sorted(NAMES)
    assert _hashes(tmp_path) == one


def test_issues_that_are_tasks_of_machines_come_out_the_same(tmp_path: Path) -> None:
    folder = _province(tmp_path)
    _batch(tmp_path, folder)
    one = _hashes(tmp_path)
    (folder / "south" / "a.md").unlink()
    options = _options(tmp_path, fresh=True)
    with ThreadPoolExecutor(2) as machines:
        items = list(run_batch_on(machines, issues_below([folder], options.build.out), options, _fault))
    assert {item.issue.name: item.result.exit_code for item in items} == {
        "e/east": 0, "e/north": 0, "south": 3, "west": 0,
    }  # fmt: skip
    assert _hashes(tmp_path) == one, "what the issue that failed had before is left"


class _Lost(Executor):
    """Machines that are lost whatever they are given."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(WorkerDied())
        return future


def test_an_issue_over_which_machines_were_lost_hurts_no_other(tmp_path: Path) -> None:
    options = _options(tmp_path)
    items = list(run_batch_on(_Lost(), issues_below([_province(tmp_path)], options.build.out), options, _fault))
    assert [item.result.exit_code for item in items] == [ExitCode.PRINT] * len(NAMES)


@pytest.mark.soak
def test_a_provinces_editions_are_made_in_one_batch(tmp_path: Path) -> None:
    many = amount(sample=2, full=NUMBER)
    numbers = sorted({NUMBER * number // many for number in range(many)})
    folders = [write_edition(tmp_path / "province", number) for number in numbers]
    assert len({place_of(number) for number in range(NUMBER)}) == NUMBER
    items = _batch(tmp_path, tmp_path / "province")
    assert [item.issue.folder for item in sorted(items.values(), key=lambda item: item.issue.name)] == folders
    assert {item.result.exit_code for item in items.values()} <= {ExitCode.CLEAN, ExitCode.FINDINGS}
    assert len(set(_hashes(tmp_path).values())) == len(folders)
    assert _made(_batch(tmp_path, tmp_path / "province")) == []
