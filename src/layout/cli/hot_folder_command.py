"""``layout preflight FOLDER --watch``: every file is judged by this very command, in a process of its own."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from layout.cli.console import CommandContext
from layout.errors import Lang, Message, UsageError
from layout.pipeline.hot_folder import IN, FileOutcome, HotFolder, is_pdf

PAUSE = 1.0
"""Seconds between two looks. A folder on another machine tells nobody of new files: it has to be looked at."""

CPU_SECONDS = 1200
"""Of one file: ten times what a hostile one takes at most, the programs that draw it not counted."""

PASSES, FAILS, UNREADABLE = 0, 1, 5
"""Exit codes of the command that are about the file; others are about the profile, the machine or the call."""

INTERRUPTED = 128
"""Exit codes from here on: the command was stopped from outside."""


@dataclass(frozen=True)
class FileJudge:
    """Judges one file after another by the command line."""

    options: Sequence[str]
    """``--press`` and what else each run is given."""
    lang: Lang

    def __call__(self, path: Path) -> FileOutcome | Message:
        """The outcome for the file at *path*, or why it has to stay where it is."""
        if not is_pdf(path):
            return _unreadable(Message("不是 PDF。", "It is no PDF."))
        with TemporaryDirectory(prefix="layout-hot-") as folder:
            certificate, html = Path(folder, "file.json"), Path(folder, "file.html")
            ran = self._ran(path, "--certificate", str(certificate), "--html", str(html))
            if ran.returncode in (PASSES, FAILS) and certificate.is_file():
                reports = {
                    ".certificate.json": certificate.read_bytes(),
                    ".certificate.pdf": certificate.with_name("file.certificate.pdf").read_bytes(),
                    ".html": html.read_bytes(),
                }
                return FileOutcome(ran.returncode == PASSES, _counts(reports[".certificate.json"]), reports)
        words = ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        if ran.returncode == UNREADABLE:
            return _unreadable(Message(words[0], words[0]), words)
        if ran.returncode < 0:
            return _unreadable(Message(f"检查被系统中止（信号 {-ran.returncode}）。",
                                       f"The system ended the check (signal {-ran.returncode})."))  # fmt: skip
        if ran.returncode > INTERRUPTED:
            return Message("检查被打断，等下再查。", "The check was interrupted; it will be tried again.")
        return Message(words[0], words[0])

    def _ran(self, path: Path, *reports: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "layout.cli", "--lang", self.lang, "preflight", str(path)]
        return subprocess.run(
            [*command, *self.options, *reports], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, preexec_fn=_limits, check=False,
        )  # fmt: skip


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unreadable(why: Message, words: Sequence[str] = ()) -> FileOutcome:
    """What cannot be judged as a PDF fails, with *words* beside it, or with why in both languages."""
    words = words or (why.zh, why.en)
    return FileOutcome(passed=False, said=why, reports={".txt": ("\n".join(words) + "\n").encode()})


def _counts(certificate: bytes) -> Message:
    made = json.loads(certificate)
    count = made["severities"]
    if made["passed"]:
        return Message("合格。", "passes.")
    return Message(
        f"错误 {count['error']}，警告 {count['warning']}。", f"errors {count['error']}, warnings {count['warning']}."
    )


def watch_folder(root: Path, press: str, options: Sequence[str], context: CommandContext) -> int:
    """Looks after the hot folder *root* until the process is ended.

    Raises ``UsageError`` when it is no folder, what ``load_profile`` raises for the profile.
    """
    from layout import assets
    from layout.press.load import USUAL_PRESS, find_profile, load_profile

    if not root.is_dir():
        raise UsageError(
            Message(f"没有文件夹 {root}。", f"There is no folder {root}."),
            hint=Message("先建一个空文件夹，--watch 会在里面建 in、passed、failed。",
                         "Make an empty one: --watch makes in, passed and failed within it."),
        )  # fmt: skip
    search = [root, Path.cwd(), assets.press_dir()]
    press = press or USUAL_PRESS
    profile = find_profile(Path(press) if press.endswith(".toml") else press, search).resolve()
    load_profile(profile, search)  # what is wrong with it is told before a file comes
    judge = FileJudge(["--press", str(profile), *options], context.lang)
    folder = HotFolder(root.resolve(), judge, lambda message: print(message.text(context.lang), flush=True))
    folder.prepare()
    print(context.say(f"看着 {root / IN}（Ctrl-C 结束）", f"Watching {root / IN} (Ctrl-C ends)"), flush=True)
    while True:
        folder.look()
        time.sleep(PAUSE)
