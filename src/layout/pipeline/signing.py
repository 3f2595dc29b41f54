"""Signs an issue, and holds a final build against those who have signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import Finding, room_checks
from layout.errors import Faults, LayoutError, Message, Place, UsageError, meant
from layout.pipeline.copy_digest import digest_of_copy
from layout.pipeline.output import write_all
from layout.proof.issue_result import from_here
from layout.signoff.model import ChangesSince, Passing, RoleStatus, SignedState, changes, statuses
from layout.signoff.signoff_file import FILE, SignoffError, read_signoff, with_passing

if TYPE_CHECKING:
    from layout.issue import Issue
    from layout.pipeline.job import PageResult
    from layout.pipeline.options import Options
    from layout.press import PressProfile
    from layout.seal.model import Seal


def copy_of(issue: Issue) -> Mapping[str, str]:
    """By manuscript of *issue*, from its folder, the hash of its texts: the same as its seal has."""
    return {_from_folder(story.file): digest_of_copy(story.texts()) for story in issue.stories}


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
    if changed := changes(SignedState(state.copy, {}), SignedState(copy_of(issue), {})):
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
    passings, copy = read_signoff(issue.folder), copy_of(issue)
    known = {name for passing in passings for name in passing.state.copy}
    # A run's fillers are known when it is made: until then what only one of the two names is not compared.
    now = SignedState({name: digest for name, digest in copy.items() if name in known}, {})
    held = [
        Passing(
            each.role, each.name, each.time, SignedState({n: d for n, d in each.state.copy.items() if n in copy}, {})
        )
        for each in passings
    ]
    found = statuses(issue.signoff, held, now)
    _refuse([replace(each, changes=_with_plan(each.changes, issue)) for each in found], issue)


def _with_plan(found: ChangesSince, issue: Issue) -> ChangesSince:
    """*found* with the pages on which its manuscripts stand; what a run of pages comes to is not known."""
    names = {story.id for story in issue.stories if _from_folder(story.file) in found.copy}
    pages = [page.number for page in issue.pages if page.run is None and names & {story.id for story in page.stories}]
    return replace(found, planned=tuple(pages))


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
        f'看过大样再签：layout sign {folder} --as {role} --name 姓名；来不及就 --unsigned "理由"。',
        f"Look at the proofs, then sign: layout sign {folder} --as {role} --name NAME; in an emergency --unsigned"
        ' "reason".',
    )


def slug_note(issue: Issue, options: Options) -> str:
    """What the slug of a final build says besides, where *issue* has to be signed and is not."""
    return f"未签付印：{options.unsigned}" if options.unsigned is not None and issue.signoff else ""


def unsigned_finding(issue: Issue, profile: PressProfile, options: Options) -> tuple[Finding, ...]:
    """``signoff.unsigned`` where an issue that has to be signed is built without."""
    if options.unsigned is None or not issue.signoff:
        return ()
    check = room_checks("pipeline")["signoff.unsigned"]
    message = Message(f"未签付印：{options.unsigned}", f"printed unsigned: {options.unsigned}")
    if not profile.marks:
        message = Message(f"{message.zh}（这份印厂规范没有页边条，只记在报告和工单里）",
                          f"{message.en} (the press profile has no slug: report and ticket have it alone)")  # fmt: skip
    return (Finding(check.id, check.severity, message, issue.places.get("signoff"), check.hint()),)


def _from_folder(shown: str) -> str:
    """A manuscript from the issue's folder: places name it from the folder that the issue lies in."""
    return shown.partition("/")[2] or shown
