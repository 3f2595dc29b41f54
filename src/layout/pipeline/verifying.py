"""Is a file the sealed copy? Finds the seal, holds the file against it, and the seal against the issue as it is now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from pathlib import Path

from layout.checks import Finding, room_checks
from layout.errors import Message, Place, PrintError, UsageError
from layout.issue import ISSUE_FILE
from layout.pipeline.verify_tasks import compare_file
from layout.seal.comparison import SealComparison, as_written
from layout.seal.model import Seal, SealedPage, SealedSource
from layout.seal.seal_json import ENDING, seal_name
from layout.seal.seal_reading import SealError, read_seal


def verify(file: Path, folder: Path, worker: Executor | None = None) -> SealComparison:
    """The file held against the seal of its build, from the file alone: is it the same copy, whole, once and seen?

    *folder* is the issue's, or the one that holds ``<issue>.seal.json``; the seal's own path will do. Of an issue's
    folder the copy and the pictures as they are now count too. *worker* is a process that has loaded what judges pages;
    without one they are judged in this process.

    Raises ``UsageError`` where *file* or *folder* is not there, and ``SealError`` where nothing can be said: there is
    no seal, it does not hold, or the file cannot be opened or takes more than a worker may.
    """
    if not file.is_file():
        raise UsageError(
            Message(f"没有文件 {file}。", f"There is no file {file}."), hint=Message("查一查路径。", "Check the path.")
        )
    if not folder.exists():
        raise UsageError(
            Message(f"没有文件夹 {folder}。", f"There is no folder {folder}."),
            hint=Message("给出这一期的文件夹，或放着封印的文件夹。",
                         "Name the issue's folder, or the one that holds the seal."),
        )  # fmt: skip
    seal = read_seal(find_seal(file, folder))
    try:
        found = as_written(file, seal) or _compared(file, seal, worker)
    except PrintError as fault:
        raise SealError(
            Message(f"说不准：{fault.message.zh}", f"Cannot tell: {fault.message.en}"),
            place=Place(str(file)),
            hint=fault.hint,
        ) from fault
    except (BrokenExecutor, MemoryError) as fault:
        raise SealError(
            Message("说不准：看不完，用的内存或机时超过了上限。",
                    "Cannot tell: going through it takes more memory or more work than a file may."),
            place=Place(str(file)),
            hint=Message("向交来的人要一个好的文件。", "Ask whoever sent the file for a sound one."),
        ) from fault  # fmt: skip
    more = (*_of_faults(seal, found), *_of_sources(seal, folder))
    return replace(found, findings=(*found.findings, *more))


def _compared(file: Path, seal: Seal, worker: Executor | None) -> SealComparison:
    if worker is not None:
        return worker.submit(compare_file, file.absolute(), seal).result()
    from layout.seal.compare import compare  # noqa: PLC0415  (loads pikepdf, PDFium and the checks)

    return compare(file, seal)


def find_seal(file: Path, folder: Path) -> Path:
    """Where the seal of *file* lies: in *folder*, beside the file, or in the folder that builds write to.

    Raises ``SealError`` where there is none, or where several may be meant.
    """
    if folder.is_file():
        return folder
    if (folder / ISSUE_FILE).is_file():
        name = seal_name(folder.resolve().name)
        places = [folder / name, file.parent / name, folder / "build" / name, Path("build") / name]
        found = [path for path in places if path.is_file()]
        if found:
            return found[0]
    else:
        found = sorted(folder.glob(f"*{ENDING}")) or sorted(file.parent.glob(f"*{ENDING}"))
        own = [path for path in found if file.stem.startswith(path.name.removesuffix(ENDING))]
        if own:
            return max(own, key=lambda path: len(path.name))  # of two issues the one whose name says more
        if len(found) == 1:
            return found[0]
    names = "、".join(path.name for path in found[:3]), ", ".join(path.name for path in found[:3])
    if found:
        raise SealError(
            Message(f"说不准：{folder} 里有几个封印（{names[0]}），文件名对不上。",
                    f"Cannot tell: {folder} holds several seals ({names[1]}), and the file's name fits none."),
            hint=Message("直接给出封印文件。", "Name the seal itself."),
        )  # fmt: skip
    raise SealError(
        Message(f"说不准：没有 {file.name} 的封印。", f"Cannot tell: there is no seal of {file.name}."),
        hint=Message("封印（期号.seal.json）由 build 写在成品旁边：DIR 写那个文件夹，或把封印放在文件旁边。",
                     "A build writes ISSUE.seal.json beside its output: name that folder, or put it beside the file."),
    )  # fmt: skip


def _found(check: str, zh: str, en: str, place: Place | None = None, page_no: int | None = None) -> Finding:
    row = room_checks("seal")[check]
    return Finding(check, row.severity, Message(zh, en), place, row.hint(ours=True), page_no)


def _of_faults(seal: Seal, found: SealComparison) -> Iterator[Finding]:
    """What the pages lacked when they were sealed."""
    held = {number: page_no for page_no, number in found.pages.items()}
    for page in seal.pages:
        if page.number in held and page.faults:
            yield _fault(page, held[page.number])


def _fault(page: SealedPage, page_no: int) -> Finding:
    names = ", ".join(page.faults)
    return _found(
        "seal.fault",
        f"第 {page.number} 版出版时就不完整（{names}）。",
        f"Page {page.number} was not whole when it was built ({names}).",
        page_no=page_no,
    )


def _of_sources(seal: Seal, folder: Path) -> Iterator[Finding]:
    """What of the issue in *folder* is no longer what was sealed; of a folder that holds no issue nothing is known."""
    if not (folder / ISSUE_FILE).is_file() or all(_unchanged(folder, each) for each in seal.sources):
        return
    from layout.issue import read_issue  # noqa: PLC0415  (loads the readers of plan and copy)
    from layout.pipeline.sealing import sources_of  # noqa: PLC0415

    used = {each.story for each in seal.sources}
    now = {_key(each): each for each in sources_of(read_issue(folder), used)}
    for then in seal.sources:
        yield from _of_source(then, now)
    sealed = {_key(each) for each in seal.sources}
    for key, source in now.items():
        if key not in sealed and source.kind == "manuscript":
            yield _found(
                "seal.copy", f"稿件 {source.file} 是出版之后加的。", f"{source.file} was added since the build.",
                Place(source.file),
            )  # fmt: skip


def _unchanged(folder: Path, source: SealedSource) -> bool:
    """Whether the file is there as it was, to the last byte; pictures of the program's own are."""
    if source.kind == "picture" and ":" in source.file:
        return True
    path = folder.parent / source.file if source.kind == "manuscript" else folder / source.file
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == source.sha256
    except OSError:
        return False


def _key(source: SealedSource) -> tuple[str, str]:
    """By which a source is known again: an issue's folder may have another name now."""
    return source.kind, source.story or ("" if source.kind == "plan" else source.file)


def _of_source(then: SealedSource, now: Mapping[tuple[str, str], SealedSource]) -> Iterator[Finding]:
    source = now.get(_key(then))
    place = Place(then.file)
    if then.kind == "picture":
        if source is None:
            yield _found(
                "seal.picture", f"图片 {then.file} 已不在这一期里。", f"{then.file} is no longer in the issue.", place
            )
        elif source.sha256 != then.sha256:
            yield _found(
                "seal.picture",
                f"图片 {then.file} 在出版之后换过。",
                f"{then.file} was exchanged since the build.",
                place,
            )
    elif source is None:
        yield _found(
            "seal.copy", f"稿件 {then.file} 已不在这一期里。", f"{then.file} is no longer in the issue.", place
        )
    elif source.copy != then.copy:
        if then.kind == "plan":
            zh, en = (
                "图说、署名或报眉在出版之后改过",
                "Captions, credits or the pages' heads were changed since the build",
            )
        else:
            zh, en = f"稿件 {then.file} 在出版之后改过", f"{then.file} was changed since the build"
        yield _found("seal.copy", f"{zh}。", f"{en}.", place)
