"""Mutation testing: how many small faults in a room's code its own tests find.

    PYTHONPATH=src:tests python -m mutants [--room NAME] [--sample N | all] [--seed TEXT] [--jobs N] [--survivors]

The mutants are those of mutmut's operators; what runs them is ours. mutmut's own runner leaves out every property and
cached function, chooses tests from the whole suite instead of by a table of rooms, collects them anew for each mutant,
copies the tree with all fonts, draws no sample, and numbers its mutants, so that a list of survivors with reasons would
go stale with every edit. cosmic-ray starts a Python for each mutant: two seconds before the first test.

``rooms.toml`` says which modules make a room and which tests hold it; ``survivors.toml`` gives each survivor's reason.
The command fails where fewer than 85 % of the mutants are killed, where one lives that has no reason, and where one is
listed that is killed by now. What is known of a room is remembered in ``build/mutants`` as long as neither its modules
nor its tests change, so that a run that was ended goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from layout import assets
from mutants.mutations import Mutation, mutations_of, read_source
from mutants.runner import Outcome, Runner, run

HERE = Path(__file__).resolve().parent
SOURCE = assets.root() / "src" / "layout"
REMEMBERED = assets.root() / "build" / "mutants"
LEAST_SCORE = 0.85

Key = tuple[str, str, str, str]
"""What a mutant is known by: its file and function, and the lines before and after."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the mutants of the rooms that are asked for; 1 where something must be done."""
    rooms = tomllib.loads((HERE / "rooms.toml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(prog="mutants")
    parser.add_argument("--room", choices=sorted(rooms))
    parser.add_argument("--sample", default="150", help="how many of each room, or: all")
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--survivors", action="store_true", help="only those that the last run let live")
    given = parser.parse_args(arguments)
    if given.room is None:
        # Each in a process of its own: one room's modules and tests stay out of the next one's forks.
        passed_on = sys.argv[1:] if arguments is None else list(arguments)
        command = [sys.executable, "-m", "mutants", *passed_on, "--room"]
        return max(subprocess.run([*command, one], check=False).returncode for one in rooms)
    return _room(given.room, rooms[given.room], given)


def _room(name: str, room: Mapping[str, Iterable[str]], given: argparse.Namespace) -> int:
    files, tests = [SOURCE / module for module in room["modules"]], [assets.root() / file for file in room["tests"]]
    every = [each for file in files for each in mutations_of(read_source(file, _module(file)))]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in [*files, *tests])).hexdigest()[:16]
    notes = _Notes(REMEMBERED / f"{name}.jsonl", digest)
    chosen = _sample(every, given.sample, given.seed)
    if given.survivors:
        chosen = [one for one in chosen if _key(one) in notes.survivors]
    print(f"{name}: {len(chosen)} of {len(every)} mutants", flush=True)
    new = [one for one in chosen if _key(one) not in notes.known]
    if new:
        runner = Runner(new, files, memory=REMEMBERED / f"{name}.{digest}", jobs=given.jobs, note=notes.note)
        for each in run(tests, runner):
            print(f"left out, as it fails on sound code: {each}")
    if any(_key(one) not in notes.known for one in chosen):
        return 2  # pytest has said why
    return _judged(name, chosen, notes.known)


def _module(file: Path) -> str:
    return ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)


def _sample(every: Sequence[Mutation], amount: str, seed: str) -> list[Mutation]:
    """As many as are asked for that change what their function does, each once, in the order of the files."""
    number = len(every) if amount == "all" else int(amount)
    chosen: dict[Key, Mutation] = {}
    for one in sorted(every, key=lambda one: one.order(seed)):
        if len(chosen) < number and one.code is not None:
            chosen.setdefault(_key(one), one)
    return sorted(chosen.values(), key=lambda one: (one.source.module, one.lines[0], one.number))


class _Notes:
    """What is known of a room's mutants, in a file that is written as it comes."""

    def __init__(self, file: Path, digest: str):
        self.known: dict[Key, Outcome] = {}
        self.survivors: set[Key] = set()
        """Of the last run, with whatever modules and tests."""
        self._file = file
        self._digest = digest
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            of, key, *outcome = json.loads(line)
            key = tuple(key)
            self.survivors.discard(key)
            if not outcome[1]:
                self.survivors.add(key)
            if of == digest:
                self.known[key] = Outcome(*outcome)

    def note(self, mutation: Mutation, outcome: Outcome) -> None:
        """Writes it down."""
        key = _key(mutation)
        self.known[key] = outcome
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self._digest, key, *outcome], ensure_ascii=False) + "\n")
        print("." if outcome.killed_by else "S", end="", file=sys.stderr, flush=True)


def _judged(room: str, chosen: Sequence[Mutation], known: Mapping[Key, Outcome]) -> int:
    listed = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8")).get(room, [])
    reasons = {(row["file"], row["function"], row["before"], row["after"]): row["why"] for row in listed}
    faults = []
    print()
    for one in chosen:
        key = _key(one)
        outcome, where = known[key], f"{key[0]}:{one.lines[-1]} {one.function}"
        if not outcome.killed_by and key in reasons:
            print(f"lives, listed: {where}: {reasons[key]}")
        elif not outcome.killed_by:
            faults.append(f"LIVES: {where} ({outcome.tests} tests run it)\n  - {key[2]}\n  + {key[3]}")
        elif key in reasons:
            faults.append(f"listed, but killed by {outcome.killed_by}: {where}: {key[3]}")
    killed = sum(bool(known[_key(one)].killed_by) for one in chosen)
    score = killed / len(chosen)
    if score < LEAST_SCORE:
        faults.append(f"{room}: fewer than {LEAST_SCORE:.0%} are killed")
    print(*faults, sep="\n")
    print(f"{room}: {killed} of {len(chosen)} killed, {score:.1%}", flush=True)
    return int(bool(faults))


def _key(one: Mutation) -> Key:
    return one.source.path.relative_to(SOURCE).as_posix(), one.function, *one.change


if __name__ == "__main__":
    sys.exit(main())
