"""``python bench/same_bytes.py REF``: the same issues built here and at commit REF give the same bytes and findings.

Built are both samples and the specimen, through the command line and in both languages, and the issues of
``issue_generator``, one after another in a process of each tree (``builder``). Compared are the bytes of the PDFs, the
pixels of the PNGs, the findings (check, severity, page, place, sentences and hints in both languages, and their order)
and the exit code. Where bytes of a PDF differ it is told whether its pages look the same, pixel for pixel, and which
kinds of objects differ.

What REF gave is remembered by its hash, the seed and what the interpreter has installed, so that a second run builds
only here: in ``build/same-bytes``, or where ``--store`` or SAME_BYTES_STORE says. A short run is the beginning of a
long one. Differences that are meant to be stand in ``same_bytes.toml``, with their reasons.

Exit code 0: nothing differs but what is expected; 1: something does; 2: the command line is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from issue_generator import write_issue
from outcome import COLUMNS, files_of, rows
from trees import TOP, environment, full_hash, installed, take_out

HERE = Path(__file__).resolve().parent
WHOLE = ("issues/tunliu-2026", "issues/duhe-2026", "specimen")
"""What is built through the command line, in whole processes."""
EACH = 25
"""Builds of one process before it makes room for the next: what a build leaves behind must not decide later ones."""
PATIENCE = 600
"""Seconds after which a process that does not answer is ended, and said to have crashed."""
EXPECTED = HERE / "same_bytes.toml"
KEPT = 12
"""Issues that differ and are built at REF again for ``--keep``."""

Outcome = dict[str, Any]
"""Input's hash, exit code, findings in their common form, hashes of files, and, where looked at, what they show."""
Done = Callable[[Path, "Tree", Outcome], None]
"""Told of the issue's folder, the tree that has built it, and what came of it."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs in one issue."""

    issue: str
    check: str
    what: str
    reason: str = ""
    """Why it is expected; empty where it is not."""


class Tree:
    """A source tree, and a process of it that builds."""

    def __init__(self, top: Path, work: Path):
        self.top, self.work = top, work
        self._around = environment(top, work)
        self._process: subprocess.Popen[str] | None = None
        self._built = 0

    def ask(self, **asked: str) -> Outcome:
        """The answer of the building process, which is begun where there is none; ``exit`` -1 where it died."""
        if self._process is None or self._built >= EACH:
            self.end()
            command = [sys.executable, str(HERE / "builder.py")]
            with (self.work / "errors.txt").open("w") as errors:
                self._process = subprocess.Popen(
                    command, env=self._around, cwd=self.work, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=errors,
                )  # fmt: skip
            self._built = 0
        self._built += asked["do"] == "build"
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            print(json.dumps(asked), file=process.stdin, flush=True)
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            alarm.cancel()
        if line:
            found: Outcome = json.loads(line)
            return found
        self.end()
        return _crashed((self.work / "errors.txt").read_text(errors="replace"))

    def run(self, folder: Path, out: Path) -> Outcome:
        """One issue through the command line, in Chinese with pictures, then in English without."""
        codes, told = [], {}
        for lang, more in (("zh", ["--jobs", "2"]), ("en", ["--no-png"])):
            to = out if lang == "zh" else out.with_name(f"{out.name}-en")
            command = [sys.executable, "-m", "layout.cli", "--lang", lang, "build", str(folder), "-o", str(to), *more]
            done = subprocess.run(
                command, env=self._around, cwd=self.work, capture_output=True, text=True, check=False, timeout=PATIENCE
            )
            codes.append(done.returncode)
            report = to / "report.json"
            refusal = {"check": "refusal", "severity": "error", "message": done.stderr}
            told[lang] = json.loads(report.read_text("utf-8"))["findings"] if report.is_file() else [refusal]
        if codes[0] != codes[1]:
            return _crashed(f"exit codes {codes} in the two languages")
        return {"exit": codes[0], "findings": told}

    def end(self) -> None:
        """Ends the building process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _crashed(why: str) -> Outcome:
    fault = {"check": "crash", "severity": "error", "message": why.strip().splitlines()[-1] if why.strip() else "died"}
    return {"exit": -1, "findings": {"zh": [fault], "en": [fault]}, "files": {}}


def build(tree: Tree, folder: Path, known: Outcome | None) -> Outcome:
    """What comes of one issue in *tree*. Its files are looked at unless they are those of *known*."""
    out = tree.work / "out" / folder.name
    for stale in (out, out.with_name(f"{out.name}-en")):
        shutil.rmtree(stale, ignore_errors=True)
    begun = time.perf_counter()
    if folder.name in {Path(name).name for name in WHOLE}:
        found = tree.run(folder, out)
        found["files"] = files_of(out)
    else:
        found = tree.ask(do="build", folder=str(folder), out=str(out))
    found["seconds"] = round(time.perf_counter() - begun, 2)
    told = found["findings"]
    found["findings"] = rows(told["zh"], told["en"], (tree.work / "out", folder.parent, tree.top, tree.work))
    if known is None or found["files"] != known["files"]:
        seen = tree.ask(do="look", out=str(out))
        found |= {"pixels": seen.get("pixels", {}), "objects": seen.get("objects", {})}
    return found


def build_all(
    top: Path, work: Path, folders: Sequence[Path], known: Mapping[str, Outcome], *, processes: int, done: Done
) -> None:
    """Builds *folders* in the tree at *top*, so many at a time, and tells *done* of each; one call at a time."""
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for folder in folders:
        waiting.put(folder)
    lock, failures = threading.Lock(), []

    def serve(number: int) -> None:
        tree = Tree(top, work / str(number))
        try:
            while True:
                folder = waiting.get_nowait()
                found = build(tree, folder, known.get(folder.name))
                with lock:
                    done(folder, tree, found)
        except queue.Empty:
            pass
        except BaseException as error:
            failures.append(error)
        finally:
            tree.end()

    threads = [threading.Thread(target=serve, args=(number,)) for number in range(processes)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        while not waiting.empty():  # what is being built is waited for, nothing more is begun
            waiting.get()
        raise
    if failures:
        raise failures[0]


def write_inputs(work: Path, issues: int, seed: int) -> dict[Path, str]:
    """The folders of all issues, in *work*, and the hash of what lies in each."""
    folders = [work / Path(name).name for name in WHOLE]
    for name, folder in zip(WHOLE, folders, strict=True):
        shutil.copytree(TOP / name, folder)
    folders += [write_issue(work / f"g{number:03d}", seed, number) for number in range(issues)]
    return {folder: _digest(folder) for folder in folders}


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        whole.update(f"{file.relative_to(folder)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


class Memory:
    """What a commit gave, on disk."""

    def __init__(self, store: Path, commit: str, seed: int):
        self.file = store / f"{commit[:12]}-{installed()}-{seed}.json"
        self._head = {"commit": commit, "installed": installed(), "seed": seed}
        self.results: dict[str, Outcome] = {}
        if self.file.is_file():
            self.results = json.loads(self.file.read_text("utf-8"))["results"]

    def lacks(self, name: str, digest: str) -> bool:
        """Whether issue *name* was not built, or from other files."""
        return self.results.get(name, {}).get("input") != digest

    def keep(self, name: str, found: Outcome) -> None:
        """Writes everything, so that a run that is cut short can go on."""
        self.results[name] = found
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_suffix(f".{os.getpid()}.part")
        draft.write_text(json.dumps({**self._head, "results": self.results}, ensure_ascii=False, indent=0), "utf-8")
        draft.replace(self.file)


def differences(issue: str, ref: Outcome, here: Outcome) -> Iterator[Difference]:
    """How what came of *issue* here differs from what came of it at the commit compared with."""
    if ref["exit"] != here["exit"]:
        yield Difference(issue, "exit", f"exit code {ref['exit']} → {here['exit']}")
    if ref["files"].keys() != here["files"].keys():
        yield Difference(issue, "files", f"{sorted(ref['files'])} → {sorted(here['files'])}")
    for name in ref["files"].keys() & here["files"].keys():
        if ref["files"][name] != here["files"][name]:
            yield from _file_differences(issue, name, ref, here)
    yield from _finding_differences(issue, ref["findings"], here["findings"])


def _file_differences(issue: str, name: str, ref: Outcome, here: Outcome) -> Iterator[Difference]:
    seen = [each["pixels"].get(name, []) for each in (ref, here)]
    pages = [number for number, (one, other) in enumerate(zip(*seen, strict=False), 1) if one != other]
    same = seen[0] == seen[1]
    if name.endswith(".png"):
        if not same:
            yield Difference(issue, "png.picture", f"{name}: other pixels")
        return
    kinds = [each["objects"].get(name, {}) for each in (ref, here)]
    differing = sorted(kind for kind in kinds[0].keys() | kinds[1].keys() if kinds[0].get(kind) != kinds[1].get(kind))
    what = f"{name}: {', '.join(differing) or 'the order of objects'}"
    if same:
        yield Difference(issue, "pdf.bytes", f"{what}; the picture is equal")
    else:
        where = f"pages {pages}" if len(seen[0]) == len(seen[1]) else f"{len(seen[0])} → {len(seen[1])} pages"
        yield Difference(issue, "pdf.picture", f"{what}; other pixels on {where}")


def _finding_differences(
    issue: str, ref: Sequence[Mapping[str, Any]], here: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    one, other = ([tuple(row[column] for column in COLUMNS) for row in each] for each in (ref, here))
    gone, come = Counter(one) - Counter(other), Counter(other) - Counter(one)
    for sign, counted in (("−", gone), ("+", come)):
        for row, times in counted.items():
            many = f"{times} × " if times > 1 else ""
            yield Difference(issue, str(row[0]), f"{sign} {many}{' | '.join(str(cell) for cell in row[1:] if cell)}")
    if not gone and not come and one != other:
        yield Difference(issue, "order", "the same findings in another order")


def expected(file: Path) -> list[dict[str, str]]:
    """The rows of *file*. Ends the program where one has no check or no reason, or a key that is not known."""
    listed = tomllib.loads(file.read_text("utf-8")).get("expected", []) if file.is_file() else []
    for row in listed:
        if not row.get("check") or not row.get("reason") or row.keys() - {"check", "reason", "issues", "contains"}:
            print(f"{file}: a row takes check, reason, and at will issues and contains: {row}", file=sys.stderr)
            raise SystemExit(2)
    return list(listed)


def judged(found: Sequence[Difference], listed: Sequence[Mapping[str, str]]) -> list[Difference]:
    """The differences, those that a row expects with its reason."""

    def reason(each: Difference) -> str:
        return next(
            (
                row["reason"] for row in listed
                if row["check"] == each.check and fnmatch(each.issue, row.get("issues", "*"))
                and row.get("contains", "") in each.what
            ), "",
        )  # fmt: skip

    return [Difference(each.issue, each.check, each.what, reason(each)) for each in found]


def show(found: Sequence[Difference], built: int, most: int) -> None:
    """A table by check, then the first of those that are not expected."""
    groups: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for each in found:
        groups[each.check, each.reason].append(each)
    print(f"{'check':28}{'issues':>7}{'times':>7}  expected because")
    for (check, reason), members in sorted(groups.items()):
        print(f"{check:28}{len({each.issue for each in members}):>7}{len(members):>7}  {reason or '— not expected'}")
    unexpected = [each for each in found if not each.reason]
    for each in unexpected[:most]:
        print(f"{each.issue}  {each.check}: {each.what}")
    if len(unexpected) > most:
        print(f"… and {len(unexpected) - most} more (--show, --json)")
    issues = {each.issue for each in unexpected}
    print(f"{built} issues built; {built - len(issues)} as before, {len(issues)} differ")


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ref", metavar="REF", help="the commit compared with")
    parser.add_argument("--issues", type=int, default=200, help="how many generated issues; default 200")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="how many build at a time; default 2")
    parser.add_argument("--only", metavar="NAME", help="only issues whose names match, as g01*")
    parser.add_argument("--tree", type=Path, default=TOP, help="the checkout that is compared; default this one")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="the inputs and files of issues that differ go there")
    default = Path(os.environ.get("SAME_BYTES_STORE") or TOP / "build" / "same-bytes")
    parser.add_argument("--store", type=Path, default=default, help="where what REF gave is remembered")
    parser.add_argument("--expected", type=Path, default=EXPECTED, help="differences that are meant to be")
    parser.add_argument("--show", type=int, default=30, help="how many differences are told one by one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all differences go there")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Builds, compares, tells."""
    wanted = arguments(given)
    listed, commit = expected(wanted.expected), full_hash(wanted.ref)
    memory, found = Memory(wanted.store, commit, wanted.seed), []
    begun, many = time.perf_counter(), wanted.processes

    def progress(where: str, folder: Path, outcome: Outcome) -> None:
        passed = time.perf_counter() - begun
        print(f"{passed:6.0f} s  {where} {folder.name}  {outcome['seconds']:.1f} s", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="same-bytes-") as name:
        work = Path(name)
        inputs = write_inputs(work / "issues", wanted.issues, wanted.seed)
        inputs = {folder: digest for folder, digest in inputs.items() if fnmatch(folder.name, wanted.only or "*")}
        tree = work / "ref"

        def remember(folder: Path, _: Tree, outcome: Outcome) -> None:
            memory.keep(folder.name, {"input": inputs[folder], **outcome})
            progress(commit[:7], folder, outcome)

        def compare(folder: Path, own: Tree, outcome: Outcome) -> None:
            progress("here", folder, outcome)
            own_differences = list(differences(folder.name, memory.results[folder.name], outcome))
            found.extend(own_differences)
            if wanted.keep and own_differences:
                shutil.copytree(folder, wanted.keep / folder.name / "issue", dirs_exist_ok=True)
                _keep(own.work, folder.name, wanted.keep / folder.name / "here")

        if missing := [folder for folder, digest in inputs.items() if memory.lacks(folder.name, digest)]:
            build_all(take_out(commit, tree), work / "work-ref", missing, {}, processes=many, done=remember)
        build_all(wanted.tree.resolve(), work / "work", list(inputs), memory.results, processes=many, done=compare)
        if wanted.keep and found:
            again = [folder for folder in inputs if folder.name in {each.issue for each in found}][:KEPT]
            top = tree if tree.is_dir() else take_out(commit, tree)

            def keep_too(folder: Path, own: Tree, _: Outcome) -> None:
                _keep(own.work, folder.name, wanted.keep / folder.name / "ref")

            build_all(top, work / "work-again", again, memory.results, processes=many, done=keep_too)
    return _told(judged(sorted(found, key=lambda each: each.issue), listed), listed, wanted, len(inputs))


def _keep(work: Path, name: str, target: Path) -> None:
    if (work / "out" / name).is_dir():
        shutil.copytree(work / "out" / name, target, dirs_exist_ok=True)


def _told(
    found: Sequence[Difference], listed: Sequence[Mapping[str, str]], wanted: argparse.Namespace, built: int
) -> int:
    show(found, built, wanted.show)
    met = {each.reason for each in found}
    for row in listed:
        if row["reason"] not in met:
            print(f"expected, but not met: {row['check']}: {row['reason']}")
    if wanted.json:
        wanted.json.parent.mkdir(parents=True, exist_ok=True)
        table = {"built": built, "differences": [asdict(each) for each in found]}
        wanted.json.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(any(not each.reason for each in found))


if __name__ == "__main__":
    sys.exit(main())
