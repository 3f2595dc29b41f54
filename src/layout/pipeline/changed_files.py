"""What git says has changed since a revision, and which issues that touches."""

from __future__ import annotations

import subprocess
import tarfile
import tomllib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from layout import assets
from layout.errors import Message, UsageError
from layout.issue import ISSUE_FILE
from layout.pipeline.batch_folders import BatchIssue


def changed_issues(issues: Sequence[BatchIssue], revision: str) -> tuple[BatchIssue, ...]:
    """Those of *issues* of which a file has changed since this branch left *revision*; a change need not be committed.

    The files of an issue are those in its folder, and where they lie in the same repository its design and its press
    profile. Raises ``UsageError`` where git cannot say.
    """
    changed: dict[Path, frozenset[Path]] = {}
    touched = []
    for issue in issues:
        top = _top(issue.folder)
        if top not in changed:
            changed[top] = _changed_since(top, revision)
        if any(path.is_relative_to(root) for root in _roots(issue.folder) for path in changed[top]):
            touched.append(issue)
    return tuple(touched)


def folder_before(folder: Path, revision: str, into: Path) -> Path | None:
    """The *folder* of an issue as it was where HEAD left *revision*, written below *into*; None where there was none.

    Raises ``UsageError`` where git cannot say.
    """
    top = _top(folder)
    base, name = _base(top, revision), folder.resolve().relative_to(top).as_posix()
    if not _git(top, "ls-tree", "--name-only", "-z", base, "--", f"{name}/{ISSUE_FILE}"):
        return None
    archive = _ran(top, "archive", "--format=tar", base, "--", name).stdout
    try:
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            tar.extractall(into, filter="data")
    except tarfile.TarError:  # it holds a link that leads out of it: such an issue was never built
        return None
    return into / name


def commit_before(folder: Path, revision: str) -> str:
    """The commit where HEAD left *revision*, in the repository in which *folder* lies. Raises ``UsageError``."""
    return _base(_top(folder), revision)


def _roots(folder: Path) -> list[Path]:
    """The folders and files that an issue is made of."""
    folder = folder.resolve()
    roots = [folder]
    try:
        plan = tomllib.loads((folder / ISSUE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # told when it is read
        return roots
    if isinstance(design := plan.get("design"), str) and "\0" not in design:
        roots.append((assets.templates_dir() / design).resolve())
    if isinstance(press := plan.get("press"), str) and "\0" not in press:
        roots.append((assets.press_dir() / f"{press}.toml").resolve())
    return roots


def _top(folder: Path) -> Path:
    """The top of the repository in which *folder* lies."""
    return Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")).resolve()


def _changed_since(top: Path, revision: str) -> frozenset[Path]:
    """Every file that differs from where HEAD left *revision*, and those that git does not know yet."""
    base = _base(top, revision)
    names = _git(top, "diff", "--name-only", "--no-renames", "-z", base, "--").split("\0")
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return frozenset(top / name for name in names if name)


def _base(top: Path, revision: str) -> str:
    if revision.startswith("-") or not revision:
        raise _unknown(revision)
    try:
        _git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except UsageError as error:
        raise _unknown(revision) from error
    try:
        return _git(top, "merge-base", revision, "HEAD").strip()
    except UsageError as error:
        raise UsageError(
            Message(f"git 找不到 {revision} 和现在的共同起点。",
                    f"git finds no commit that {revision} and HEAD share."),
            hint=Message("CI 里只取了最近的提交：取全历史（GitHub：fetch-depth: 0，GitLab：GIT_DEPTH: 0）。",
                         "A CI's checkout may hold the last commits alone: fetch all (GitHub: fetch-depth: 0, GitLab:"
                         " GIT_DEPTH: 0)."),
        ) from error  # fmt: skip


def _unknown(revision: str) -> UsageError:
    return UsageError(
        Message(f"git 不认得“{revision}”。", f"git does not know “{revision}”."),
        hint=Message("写分支、标签或提交号，如 --since origin/main；CI 里要先取全历史。",
                     "Name a branch, tag or commit, as --since origin/main; in CI fetch the whole history first."),
    )  # fmt: skip


def _git(folder: Path, *words: str) -> str:
    """What git prints. Raises ``UsageError`` where it is not there or fails."""
    ran = _ran(folder, *words)
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[0] if said else f"git {words[0]}"
        raise UsageError(
            Message(f"git 说不出改了什么：{why}", f"git cannot say what has changed: {why}"),
            hint=Message("--since 只用在 git 仓库里。", "--since is for folders in a git repository."),
        )
    return ran.stdout.decode("utf-8", "surrogateescape")


def _ran(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *words], capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(
            Message("--since 要用 git，本机没有。", "--since needs git, which is not here."),
            hint=Message("装上 git，或不写 --since。", "Install git, or leave --since out."),
        ) from error
