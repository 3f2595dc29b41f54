"""The reader of each kind of received file, by the file's ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from layout.errors import ManuscriptError, Message, Place, SourceError, unreadable
from layout.intake.column_breaks import rejoined
from layout.intake.folder_scan import PICTURES
from layout.intake.html import read_html
from layout.intake.markdown_reader import read_markdown
from layout.intake.model import CopyBlock, CopyPicture, CopyReader, CopyTable, Received, paragraphs_of
from layout.intake.notices import notice, quoted
from layout.intake.office_files import ENDINGS, as_docx
from layout.intake.text_encoding import decode_text
from layout.intake.text_reader import read_text
from layout.intake.word import LARGEST_PICTURE, read_word


def _read_office(data: bytes, file: str) -> Received:
    return read_word(as_docx(data, file), file)


READERS: Mapping[str, CopyReader] = MappingProxyType({
    ".docx": read_word, ".docm": read_word, ".dotx": read_word,
    **dict.fromkeys(ENDINGS, _read_office),
    ".html": read_html, ".htm": read_html, ".xhtml": read_html,
    ".md": read_markdown, ".markdown": read_markdown,
    ".txt": read_text, ".text": read_text,
})  # fmt: skip
_OTHER: Mapping[str, Message] = MappingProxyType({
    ".pdf": Message("PDF 里的字是按版面排的，分不出段来", "A PDF has words at places, and no paragraphs"),
    ".xls": Message("这是表格文件", "This is a spreadsheet"),
    ".xlsx": Message("这是表格文件", "This is a spreadsheet"),
    ".ppt": Message("这是演示文稿", "This is a presentation"),
    ".pptx": Message("这是演示文稿", "This is a presentation"),
    ".ofd": Message("这是 OFD 版式文件", "This is an OFD file, set in pages"),
    ".pages": Message("这是 Pages 文件", "This is a file of Pages"),
    ".mht": Message("这是打包的网页", "This is a packed web page"),
    ".zip": Message("这是压缩包", "This is an archive"),
    ".rar": Message("这是压缩包", "This is an archive"),
    ".7z": Message("这是压缩包", "This is an archive"),
})  # fmt: skip
"""What is sent as well and is no copy that can be taken in, and why."""


def read_received(path: Path, name: str = "") -> Received:
    """What the file *path* holds; messages call it *name*, else as it is called.

    Raises ``ManuscriptError`` for a kind of file that is not read, and for one that cannot be.
    """
    file = name or path.name
    reader, data = _opened(path, file)
    received = _with_neighbours(reader(data, file), path.parent)
    return received if reader is read_text else _whole(received)


def read_lines(path: Path, name: str = "") -> tuple[list[str], int]:
    """The lines of a list, such as one of captions, as they were written, a table's rows among them; and how many
    pictures stand there. Raises as ``read_received`` does.
    """
    file = name or path.name
    reader, data = _opened(path, file)
    if reader is read_text:
        return decode_text(data, file).text.splitlines(), 0
    received = reader(data, file)
    lines: list[str] = []
    for block in received.blocks:
        if isinstance(block, CopyTable):
            rows = ([cell.text for cell in block.cells if cell.row == row] for row in range(block.rows))
            lines += [" ".join(" ".join(row).split()) for row in rows]
        else:
            lines += [line for each in paragraphs_of([block]) for line in each.text.split("\n")]
    return lines, len(list(received.pictures()))


def _opened(path: Path, file: str) -> tuple[CopyReader, bytes]:
    """What reads the file, and its bytes."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _no_reader(path, file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, ManuscriptError, file) from error
    if not data:
        message = Message("文件是空的。", "The file is empty.")
        raise ManuscriptError(message, place=Place(file), hint=Message("请作者重发。", "Ask for it again."))
    return reader, data


def _whole(received: Received) -> Received:
    """*received* with what columns have cut put together: copy out of a layout comes in Word files and pages too."""
    whole = rejoined(received.blocks)
    checks = {"intake.rejoined": whole.seams, "intake.broken_off": whole.doubtful}
    told = [
        notice(check, seam.paragraph.place.place, before=quoted(seam.before), after=quoted(seam.after))
        for check, seams in checks.items()
        for seam in seams
    ]
    return replace(received, blocks=whole.blocks, findings=(*received.findings, *told))


def _with_neighbours(received: Received, folder: Path) -> Received:
    """*received* with the pictures that lie beside it, as a browser saves them; one that does not is told.

    Nothing outside *folder* is read.
    """
    blocks: list[CopyBlock] = []
    findings = list(received.findings)
    for block in received.blocks:
        if not isinstance(block, CopyPicture) or block.data:
            blocks.append(block)
            continue
        data = _inside(folder, block.file) if block.file else None
        if data is not None:
            blocks.append(replace(block, data=data))
            continue
        why = Message(f"图“{quoted(block.file)}”没有一起来", f"“{quoted(block.file)}” did not come with it")
        if not block.file:
            why = Message("图坏了", "it is damaged")
        findings.append(notice("intake.picture_left", block.place.place, where=block.place.where, why=why))
    return replace(received, blocks=tuple(blocks), findings=tuple(findings))


def _inside(folder: Path, name: str) -> bytes | None:
    """The bytes of the file *name* of *folder*; None where there is none, or it lies elsewhere or is no picture."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix.lower() not in PICTURES:
        return None
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST_PICTURE else None
    except OSError:
        return None


def _no_reader(path: Path, file: str) -> SourceError:
    suffix = path.suffix.lower()
    if suffix in _OTHER:
        message = Message(f"{_OTHER[suffix].zh}，不能导入。", f"{_OTHER[suffix].en}: it cannot be imported.")
        hint = Message(
            "请作者给 Word 文件，或复制全文存成 .txt。", "Ask for the Word file, or copy the text into a .txt."
        )
        if suffix in (".zip", ".rar", ".7z"):
            hint = Message("先解开，再给出解开的文件夹。", "Unpack it, and name the folder.")
    else:
        message = Message(f"不认识的稿件格式“{path.suffix}”。", f"“{path.suffix}” is not a kind of copy.")
        kinds = "、".join(READERS)
        hint = Message(f"收的有：{kinds}。", f"There are: {kinds.replace('、', ', ')}.")
    return ManuscriptError(message, place=Place(file), hint=hint)
