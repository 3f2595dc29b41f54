"""A batch of proofs compares each issue with what it was in git, or in the folder of an earlier batch."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from layout.errors import LayoutError, Message, PrintError
from layout.pipeline import InPlace, Options
from layout.pipeline.batch import BatchItem, BatchOptions, run_batch
from layout.pipeline.batch_comment import write_comment
from layout.pipeline.batch_folders import issues_below
from pipeline.small_issue import make_issue

pytestmark = pytest.mark.slow


def _fault(error: Exception) -> LayoutError:
    return PrintError(Message(str(error), str(error)))


def _git(top: Path, *words: str) -> None:
    own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(top), *own, *words], capture_output=True, check=True)


def _proofs(top: Path, **more: Any) -> tuple[list[BatchItem], BatchOptions]:
    options = BatchOptions(Options(out=top / "out"), proof_round=2, **more)
    return list(run_batch(issues_below([top / "issues"], options.build.out), options, _fault, InPlace)), options


def _passages(top: Path, name: str) -> int | None:
    against = json.loads((top / "out" / name / f"{name}.report.json").read_bytes()).get("against")
    return None if against is None else int(against["passages"])


def test_against_a_revision(tmp_path: Path) -> None:
    copy = make_issue(tmp_path / "issues" / "two", "时光无言，实干有声。今年增长三成。") / "a.md"
    _git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "one")
    copy.write_text(copy.read_text(encoding="utf-8").replace("三成", "五成"), encoding="utf-8")
    make_issue(tmp_path / "issues" / "new", "新的一期。")
    items, options = _proofs(tmp_path, before="main")
    assert [item.result.exit_code for item in items] == [0, 0]
    assert (_passages(tmp_path, "two"), _passages(tmp_path, "new")) == (1, None)
    made = {path.name for path in (tmp_path / "out" / "two").iterdir()}
    assert {"two-round-2-proof.pdf", "two-round-2-contact.pdf", "two-round-2-against.pdf"} <= made

    write_comment(items, options, tmp_path / "comment.md", "https://example.org/proofs/")
    text = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert "![第1版](https://example.org/proofs/two/two-round-2-small.png)" in text
    assert (tmp_path / "out" / "two" / "two-round-2-small.png").is_file()
    assert "| 1 | 1 | 改 | 三 | 五 | 无言，实干有声。今年增长〔…〕成。 |" in text

    assert [item.made for item in _proofs(tmp_path, before="main")[0]] == [False, False]
    _git(tmp_path, "commit", "--quiet", "-a", "-m", "two")
    assert [item.made for item in _proofs(tmp_path, before="HEAD")[0]] == [True, True]
    assert _passages(tmp_path, "two") == 0


def test_against_an_earlier_batch(tmp_path: Path) -> None:
    copy = make_issue(tmp_path / "issues" / "two", "时光无言，实干有声。今年增长三成。") / "a.md"
    _proofs(tmp_path)
    (tmp_path / "out").rename(tmp_path / "old")
    copy.write_text(copy.read_text(encoding="utf-8").replace("三成", "五成"), encoding="utf-8")
    _proofs(tmp_path, against=tmp_path / "old")
    assert _passages(tmp_path, "two") == 1
