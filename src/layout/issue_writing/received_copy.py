"""The files that came, and what is said where nothing of them can be set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from layout.checks import Finding
from layout.errors import Faults, LayoutError, Message, Place, UsageError
from layout.intake.caption_lists import CaptionNote, notes_of
from layout.intake.folder_scan import ReceivedFile, file_kind, received_files
from layout.intake.notices import notice
from layout.intake.readers import READERS, read_lines

_IN_LIST = Message("清单只读文字，图请另存成文件再来", "of a list the words alone are read; save its pictures as files")
_FORM = Message("PDF、SVG 只能作广告，要放就在 issue.toml 里写成 advertisement",
                "PDF and SVG can be advertisements only, which issue.toml names")  # fmt: skip
_OTHER = Message("不是稿件，也不是图片", "it is neither copy nor a picture")


def files_of(source: Path) -> tuple[ReceivedFile, ...]:
    """The files at *source*, a folder or one file. Raises ``UsageError`` where there is neither."""
    if source.is_dir():
        return received_files(source, READERS)
    if source.is_file():
        return (ReceivedFile(source, source.name, file_kind(source.name, READERS)),)
    message = Message(f"没有文件或文件夹 {source}。", f"There is no file or folder {source}.")
    raise UsageError(message, hint=Message("查一查路径。", "Check the path."))


def caption_lists(files: Sequence[ReceivedFile], findings: list[Finding]) -> dict[str, list[CaptionNote]]:
    """By file the captions in lists that were sent; a list that cannot be read, or has pictures, is told."""
    lists: dict[str, list[CaptionNote]] = {}
    for file in files:
        try:
            lines, pictures = read_lines(file.path, file.name)
        except LayoutError as error:
            findings.append(notice("intake.file_left", Place(file.name), found=file.name, why=error.message))
            continue
        lists[file.name] = list(notes_of(lines))
        if pictures:
            where = Message(f"清单里 {pictures} 幅图，这里", f"The list has {pictures} pictures; here")
            findings.append(notice("intake.picture_left", Place(file.name), where=where, why=_IN_LIST))
    return lists


def not_taken(file: ReceivedFile) -> Finding:
    """That *file* is neither copy nor a picture."""
    return notice("intake.file_left", Place(file.name), found=file.name, why=_FORM if file.kind == "form" else _OTHER)


def no_copy(sources: Sequence[Path], findings: Sequence[Finding]) -> LayoutError:
    """The fault of *sources* in which there is no copy: of each file that was left out why, as *findings* say."""
    names = "、".join(str(each) for each in sources)
    told = [each for each in findings if each.check == "intake.file_left"]
    if told:
        return Faults([UsageError(each.message, place=each.place, hint=each.hint) for each in told])
    return UsageError(
        Message(f"{names} 里没有稿件。", f"There is no copy in {names}."),
        hint=Message(f"收的有：{'、'.join(READERS)}。", f"There are: {', '.join(READERS)}."),
    )
