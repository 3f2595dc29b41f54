"""Signs an issue, and holds a final build against those who have signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import Finding, Severity, room_checks
from layout.errors import Faults, Hint, LayoutError, Message, Place, UsageError, meant
from layout.issue.runs import fillers_of
from layout.pipeline.copy_digest import digest_of_copy
from layout.pipeline.output import write_all
from layout.proof.issue_result import from_here
from layout.seal.seal_json import seal_name
from layout.signoff.model import ChangesSince, Passing, RoleStatus, SignedState, changes, statuses
from layout.signoff.signoff_file import FILE, SignoffError, read_signoff, with_passing

if TYPE_CHECKING:
    from layout.issue import Issue
    from layout.pipeline.job import PageResult
    from layout.pipeline.options import Options
    from layout.press import PressProfile
    from layout.seal.model import Seal


def copy_of(issue: Issue, used: Collection[str] = ()) -> Mapping[str, str]:
    """By manuscript of *issue*, from its folder, the hash of its texts: the same as its seal has. Of the fillers of its
    runs of pages they are those that a build has *used*, by the same names.
    """
    fillers = (story for story in fillers_of(issue) if _from_folder(story.file) in used)
    return {_from_folder(story.file): digest_of_copy(story.texts()) for story in (*issue.stories, *fillers)}


def state_of_seal(seal: Seal) -> SignedState:
    """What is passed by whoever passes what *seal* seals."""
    copy = {_from_folder(each.file): each.copy for each in seal.sources if each.kind == "manuscript"}
    return SignedState(copy, {page.number: page.part.sha256 for page in seal.pages})


def state_of_pages(issue: Issue, pages: Sequence[PageResult]) -> SignedState:
    """The same of pages that were made and are not sealed yet; *issue* has the pages that were made."""
    return SignedState(copy_of(issue), {page.number: page.part.sha256 for page in pages})


def sign(issue: Issue, seal: Seal, role: str, name: str, time: datetime) -> Path:
    """Records that *name* as *role* has passed the *issue* as *seal* has it, at *time*; gives the record's file.

    Raises ``UsageError`` for a role that the issue does not ask for, ``SignoffError`` where the seal is of some pages
    only, or the copy has changed since it was made: what was looked at is not what would be signed.
    """
    if issue.signoff and role not in issue.signoff:
        raise UsageError(
            Message(f"issue.toml 的 signoff 里没有“{role}”。", f"signoff of issue.toml has no “{role}”."),
            hint=meant(role, issue.signoff),
        )
    state = state_of_seal(seal)
    if not seal.complete:
        raise SignoffError(
            Message("这份封印不是全部的版。", "This seal is not of all pages."),
            hint=Message("不带 --pages 排一次，看过再签。", "Build it without --pages, look at it, then sign."),
        )
    if changed := changes(SignedState(state.copy, {}), SignedState(copy_of(issue, state.copy), {})):
        raise SignoffError(
            Message(f"封印以后改过：{changed.words.zh}。", f"Changed since it was sealed: {changed.words.en}."),
            hint=Message("重新排一次（layout build 或 layout proof），看过再签。",
                         "Build it again (layout build or layout proof), look at it, then sign."),
        )  # fmt: skip
    path = issue.folder / FILE
    read_signoff(issue.folder)  # what is not ours is told, and not added to
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write_all({path: with_passing(before, Passing(role, name, time, state)).encode()})
    return path


def role_statuses(issue: Issue, now: SignedState) -> tuple[RoleStatus, ...]:
    """How it is with each role that *issue* asks for; where it asks for none, with each that has signed."""
    passings = read_signoff(issue.folder)
    roles = issue.signoff or tuple(dict.fromkeys(passing.role for passing in passings))
    return statuses(roles, passings, now)


def check_copy(issue: Issue, options: Options) -> None:
    """Raises ``SignoffError``, before any page is made, where a final build must be refused for what is known then: a
    role that has not signed, or a manuscript that was changed since.
    """
    if not options.final or options.unsigned is not None or not issue.signoff:
        return
    passings = read_signoff(issue.folder)
    known = {name for passing in passings for name in passing.state.copy}
    copy = copy_of(issue, known)
    # A run's fillers are known when it is made: until then what only one of the two names is not compared.
    now = SignedState({name: digest for name, digest in copy.items() if name in known}, {})
    held = [
        Passing(
            each.role, each.name, each.time, SignedState({n: d for n, d in each.state.copy.items() if n in copy}, {})
        )
        for each in passings
    ]
    found = statuses(issue.signoff, held, now)
    _refuse([replace(each, changes=_with_pages(each.changes, issue, options.out)) for each in found], issue)


def _with_pages(found: ChangesSince, issue: Issue, out: Path) -> ChangesSince:
    """*found* with the pages on which its manuscripts stand: by the plan, and of those that a run of pages shares out
    by the last seal in *out*, where there is one.
    """
    stories = (*issue.stories, *fillers_of(issue))
    names = {story.id for story in stories if _from_folder(story.file) in found.copy}
    planned = {page.number: names & {story.id for story in page.stories} for page in issue.pages if page.run is None}
    pages = {number for number, own in planned.items() if own}
    if shared := names.difference(*planned.values()):
        pages |= _sealed_pages(out / seal_name(issue.id), shared)
    return replace(found, planned=tuple(sorted(pages)))


def _sealed_pages(path: Path, names: Collection[str]) -> set[int]:
    """The pages on which the stories *names* stood by the seal in the file *path*; none where there is no seal."""
    from layout.seal.seal_reading import read_seal  # noqa: PLC0415  (a build that is not refused reads none here)

    try:
        pages = read_seal(path).pages
    except LayoutError:
        return set()
    return {page.number for page in pages if any(each.flow.story in names for each in page.part.paragraphs)}


def check_pages(issue: Issue, pages: Sequence[PageResult], options: Options) -> None:
    """Raises ``SignoffError`` where a final build of *pages* must be refused: nothing is written then."""
    if options.final and options.unsigned is None and issue.signoff:
        _refuse(statuses(issue.signoff, read_signoff(issue.folder), state_of_pages(issue, pages)), issue)


def _refuse(found: Sequence[RoleStatus], issue: Issue) -> None:
    faults: list[LayoutError] = [
        SignoffError(
            Message(f"{status.words.zh}。", f"{status.words.en}."),
            place=Place(f"{issue.id}/{FILE}") if status.passing else issue.places.get("signoff"),
            hint=_how_to_sign(from_here(issue.folder), status.role),
        )
        for status in found
        if not status.stands
    ]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def _how_to_sign(folder: str, role: str) -> Message:
    return Message(
        f"看过大样再签：layout sign {folder} --as {role} --name 姓名；来不及就单出这一期："
        f'layout build {folder} --final --unsigned "理由"。',
        f"Look at the proofs, then sign: layout sign {folder} --as {role} --name NAME; in an emergency build this issue"
        f' by itself: layout build {folder} --final --unsigned "reason".',
    )


def unsigned_finding(issue: Issue, profile: PressProfile, options: Options) -> tuple[Finding, ...]:
    """``signoff.unsigned`` where an issue that has to be signed is built without; a note where none has to be."""
    if options.unsigned is None:
        return ()
    check = room_checks("pipeline")["signoff.unsigned"]
    if not issue.signoff:
        return (_nobody_to_sign(check.id, issue),)
    message = Message(f"未签付印：{options.unsigned}", f"printed unsigned: {options.unsigned}")
    if not profile.marks:
        message = Message(f"{message.zh}（这份印厂规范没有页边条，只记在报告和工单里）",
                          f"{message.en} (the press profile has no slug: report and ticket have it alone)")  # fmt: skip
    return (Finding(check.id, check.severity, message, issue.places.get("signoff"), check.hint()),)


def _nobody_to_sign(check: str, issue: Issue) -> Finding:
    """What is said of a reason for which there is no place."""
    return Finding(
        check,
        Severity.NOTE,
        Message("issue.toml 没有要谁签（signoff），--unsigned 的理由哪里都没有记。",
                "issue.toml asks nobody to sign (signoff): the reason of --unsigned is recorded nowhere."),
        Place(issue.file),
        Hint(editor=Message("不用写理由；要有人签，就在 issue.toml 开头写 signoff。",
                            "Give no reason; to have people sign write signoff at the head of issue.toml.")),
    )  # fmt: skip


def _from_folder(shown: str) -> str:
    """A manuscript from the issue's folder: places name it from the folder that the issue lies in."""
    return shown.partition("/")[2] or shown
