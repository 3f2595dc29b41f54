"""Has LibreOffice write old kinds of Word files (.doc, .wps, .rtf, .odt) as .docx, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from layout.errors import ManuscriptError, Message, Place

ENDINGS: Mapping[str, Message] = MappingProxyType({
    ".doc": Message("旧式的 Word 文件", "an old Word file"),
    ".dot": Message("旧式的 Word 模板", "an old Word template"),
    ".wps": Message("WPS 文件", "a WPS file"),
    ".wpt": Message("WPS 模板", "a WPS template"),
    ".rtf": Message("RTF 文件", "an RTF file"),
    ".odt": Message("LibreOffice 文件", "a LibreOffice file"),
})  # fmt: skip
"""What LibreOffice opens and no reader of this room does."""
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_LONGEST = 120
"""Seconds before it is ended: it takes ten for its first start, three for a long file. What it makes is not limited by
them; this is for a dialogue that nobody sees."""
_LARGEST = 200 << 20
"""Bytes of a file: fifty pictures as a telephone writes them."""
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_SAVE_AS = Message("在 Word 或 WPS 里打开，另存为 .docx 再来。", "Open it in Word or WPS, and save it as .docx.")


_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in (
            (_SCRIPTING, "DisableMacrosExecution", "true"),
            (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
            (_INET, "ooInetProxyType", "2"),
            (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
            (_INET, "ooInetHTTPProxyPort", "9"),
            (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
            (_INET, "ooInetHTTPSProxyPort", "9"),
        )
    )
    + "</oor:items>\n"
)
"""Its profile: no macro is run, no link followed; what it would fetch all the same meets a port without an answer."""


def libre_office() -> str | None:
    """The program, where it is installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def as_docx(data: bytes, file: str) -> bytes:
    """The bytes of *file* as a .docx. Raises ``ManuscriptError`` without LibreOffice, or where it cannot read it.

    It runs on a copy with a profile of its own, which runs no macros and follows no links. Many a .doc is a .docx
    under another name; that is given back as it is.
    """
    if data.startswith(_ZIP) and not file.lower().endswith(".odt"):
        return data
    what = ENDINGS[Path(file).suffix.lower()]
    if not data.startswith((_ZIP, _OLE, _RTF)):
        message = Message("文件坏了，或者后缀不对。", "The file is damaged, or its ending is not its own.")
        raise ManuscriptError(message, place=Place(file), hint=_SAVE_AS)
    if len(data) > _LARGEST:
        message = Message(f"文件太大：超过 {_LARGEST >> 20} MB。", f"The file has more than {_LARGEST >> 20} MB.")
        raise ManuscriptError(message, place=Place(file), hint=_SAVE_AS)
    program = libre_office()
    if program is None:
        message = Message(f"这是{what.zh}，要靠 LibreOffice 来读，这台机器没有装。",
                          f"This is {what.en}; LibreOffice reads it, which is not installed here.")  # fmt: skip
        hint = Message(
            f"{_SAVE_AS.zh}或者装上 LibreOffice（Debian：apt install libreoffice-writer）。",
            f"{_SAVE_AS.en} Or install LibreOffice (on Debian: apt install libreoffice-writer).",
        )
        raise ManuscriptError(message, place=Place(file), hint=hint)
    with tempfile.TemporaryDirectory(prefix="layout-import-") as folder:
        return _converted(program, data, file, Path(folder))


def _converted(program: str, data: bytes, file: str, folder: Path) -> bytes:
    source = folder / f"received{Path(file).suffix.lower()}"
    source.write_bytes(data)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
               "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False, cwd=folder)
    except (OSError, subprocess.TimeoutExpired):
        raise _not_read(file) from None
    made = folder / "out" / "received.docx"
    if not made.is_file():
        raise _not_read(file)
    return made.read_bytes()


def _not_read(file: str) -> ManuscriptError:
    message = Message("LibreOffice 也读不了这个文件。", "LibreOffice cannot read the file either.")
    return ManuscriptError(message, place=Place(file), hint=_SAVE_AS)
