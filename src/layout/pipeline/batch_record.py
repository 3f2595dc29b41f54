"""What a batch remembers of an issue that it has made, so that a restart goes on where it stopped.

A record lies beside the issue's files and is written after them. It holds the hash of all that the issue was made of
and the hash of every file that was written: an issue of which both are as they were is not made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.pipeline.output import write_all
from layout.pipeline.program_identity import files_hash, names_and_hashes, sha256_of
from layout.proof.issue_result import IssueResult

SCHEMA = 1
"""Of the record; one of another is not read."""

RECORD = "batch-record.json"


@dataclass(frozen=True)
class BatchRecord:
    """The record of one issue."""

    inputs: str
    """The hash of all that it was made of."""
    result: IssueResult
    files: Mapping[str, str]
    """SHA-256 of every file that was written, by its path from the record's folder."""

    def holds(self, folder: Path, inputs: str) -> bool:
        """Whether the issue's files in *folder* are what would be made of *inputs* again."""
        return self.inputs == inputs and all(sha256_of(folder / name) == digest for name, digest in self.files.items())

    def write(self, folder: Path) -> None:
        """Writes it into *folder*."""
        value = {"schema": SCHEMA, "inputs": self.inputs, "result": self.result.as_json(), "files": dict(self.files)}
        content = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
        write_all({folder / RECORD: content})


def read_record(folder: Path) -> BatchRecord | None:
    """The record in *folder*; None where there is none, or one that is damaged or of another program."""
    try:
        value = json.loads((folder / RECORD).read_bytes())
        if value["schema"] != SCHEMA:
            return None
        return BatchRecord(str(value["inputs"]), IssueResult.from_json(value["result"]), dict(value["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def files_written(folder: Path) -> dict[str, str]:
    """The hash of every file in *folder*, but for the record: what was written there for the issue."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != RECORD]
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}


def inputs_of(folder: Path, out: Path, *others: object) -> str:
    """The hash of all files of the issue in *folder*, of the program and of *others*, which are options.

    What is hidden, and what lies in *out*, is no file of the issue.
    """
    parts = [files_hash(), *(repr(other) for other in others), *names_and_hashes(folder, out.resolve())]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
