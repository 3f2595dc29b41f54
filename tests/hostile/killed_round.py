"""Makes a proof round again and again, and is killed each time at another line of the code that makes its files.

``python -m hostile.killed_round FOLDER NUMBER`` tries NUMBER moments, evenly spread, and prints one line of JSON: what
became of the files each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from hostile.killed import Lines
from in_place import proof
from layout.pipeline import Options, output, proof_round, proofs, renaming
from layout.proof import approval
from layout.proof.marks import judgement
from layout.proof.proof_page import page_html, round_tables
from pipeline.small_issue import make_issue

CODE = {each.__file__ for each in (output, renaming, proofs, proof_round, approval, judgement, page_html, round_tables)}
OLD, NEW = "河水从雪线下来，一路走了四百里，到城边已经很浅。", "河水从雪线下来，一路走了三百里，到城边已经很浅。"


def make(issue: Path, out: Path, earlier: Path) -> None:
    """The second round, against the first and with its marks."""
    proof(
        issue, Options(out=out, png=False), 2, against=earlier / "issue.pdf", marks=[earlier / "marks.json"], a3="tiled"
    )


def digests(folder: Path) -> Mapping[str, str]:
    """Hashes of the files that a run has put in place; of the report what is the same in every run."""
    found = {}
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if path.suffix == ".json" and "report" in path.name:
            content = json.dumps({**json.loads(content), "run": None}).encode()
        found[path.name] = hashlib.sha256(content).hexdigest()
    return {name: digest for name, digest in found.items() if not name.startswith(".")}


def child(moment: int, issue: Path, out: Path, earlier: Path) -> NoReturn:
    """Makes the round and is gone at the line *moment*; where that is 0 it prints how many lines there were."""
    lines = Lines(moment, lambda: os.kill(os.getpid(), signal.SIGKILL), CODE)
    sys.settrace(lines)
    make(issue, out, earlier)
    sys.settrace(None)
    (earlier / "lines").write_text(str(lines.count))
    os._exit(0)


def forked(moment: int, issue: Path, out: Path, earlier: Path) -> None:
    if os.fork() == 0:
        try:
            child(moment, issue, out, earlier)
        finally:
            os._exit(1)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def prepared(folder: Path) -> tuple[Path, Path]:
    """The issue with its copy changed, and the folder of its first round with a mark on it."""
    issue, earlier = make_issue(folder / "issue", OLD), folder / "first"
    proof(issue, Options(out=earlier, png=False), 1)
    box = {"x": 1, "y": 1, "width": 9, "height": 9}
    mark = {"id": "1-1", "kind": "replace", "page": 1, "box": box, "text": "三百里", "flow": "a.section-1",
            "paragraph": 1, "copy": OLD, "start": 12, "end": 15}  # fmt: skip
    marks = {"schema": 1, "issue": "issue", "round": 1, "marks": [mark]}
    (earlier / "marks.json").write_text(json.dumps(marks), encoding="utf-8")
    return issue, earlier


def names(folder: Path) -> list[str]:
    """What is in a folder, drafts included."""
    return sorted(path.name for path in folder.iterdir())


def main(folder: Path, number: int) -> None:
    """Prints what became of the files at each moment, and whether the next run's are there alone."""
    issue, earlier = prepared(folder)
    before, out = folder / "before", folder / "out"
    make(issue, before, earlier)
    copy = issue / "a.md"
    copy.write_text(copy.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    forked(0, issue, folder / "wanted", earlier)
    states = {json.dumps(digests(before)): "old", json.dumps(digests(folder / "wanted")): "new"}
    lines = int((earlier / "lines").read_text())
    became = {}
    for each in range(1, number + 1):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(before, out)
        forked(lines * each // number, issue, out, earlier)
        became[lines * each // number] = states.get(json.dumps(digests(out)), f"mixed: {names(out)}")
    make(issue, out, earlier)
    there = names(out) == names(folder / "wanted")
    became[lines + 1] = states[json.dumps(digests(out))] if there else f"not swept: {names(out)}"
    print(json.dumps(became))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
