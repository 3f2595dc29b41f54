"""Opens a Word file within bounds, with python-docx, and finds its parts.

python-docx refuses files that Word and WPS open: relations that lead nowhere (``NULL``), strict OOXML,
macros. Of such a file a mended copy is made in memory first. Entities are never read, and nothing is fetched.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart
from lxml import etree

from layout.errors import ManuscriptError, Message, Place
from layout.intake.word_names import Xml

MOST_MEMBERS = 4_000
"""Parts of a file: one of 300 pages with 500 pictures has some 600."""
MOST_XML = 64 << 20
"""Bytes of all XML, unpacked: the copy of a whole newspaper takes 5 MB in Word's markup, lxml some ten times as much in
memory."""
MOST_BYTES = 1 << 30
"""Bytes of all parts, unpacked: fifty pictures as cameras write them."""

_RELS = ".rels"
_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
"""A document with macros, a template, and one with macros: their main part is a document's."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
"""The namespaces of strict OOXML (ISO/IEC 29500 part 1) and those of the transitional form, which everybody writes."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = Message(
    "在 Word 或 WPS 里打开，另存为 .docx 再来；打不开就请作者重发。",
    "Open it in Word or WPS and save it as .docx again; where that fails, ask for it again.",
)


@dataclass(frozen=True, slots=True)
class OpenedWord:
    """A Word file, opened."""

    main: DocumentPart
    macros: bool
    external: tuple[str, ...]
    """Where it asks for pictures and other parts outside itself, none of which are fetched; hyperlinks are not among
    them."""
    lost: int
    """How many of its relations lead nowhere."""

    def related(self, kind: str) -> Xml | None:
        """The root of the part that the main one calls its *kind* ("footnotes", "numbering"); None without one."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Xml]:
        """The roots of all parts of that *kind*: headers, footers."""
        for relation in self.main.rels.values():
            if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] == kind:
                part = relation.target_part
                yield part.element if hasattr(part, "element") else parse_xml(part.blob)

    def blob(self, relation: str) -> tuple[str, bytes] | None:
        """The name and the bytes of what *relation* of the main part leads to; None where it leads nowhere."""
        found = self.main.rels.get(relation)
        if found is None or found.is_external:
            return None
        return posixpath.basename(str(found.target_part.partname)), found.target_part.blob


def open_word(data: bytes, file: str) -> OpenedWord:
    """The Word file of *data*. Raises ``ManuscriptError`` for one that is damaged or goes beyond the bounds."""
    if data.startswith(_OLE):
        raise _compound(data, file)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_bounds(archive, file)
            relations = _relations(archive)
            mended = _mended(archive, relations)
            names = set(archive.namelist())
        opened = docx.Document(BytesIO(mended or data)).part
        for part in opened.package.iter_parts():
            if hasattr(part, "element"):
                _check_xml(part.element, file)
    except ManuscriptError:
        raise
    except Exception as error:  # python-docx raises whatever it stumbles over
        raise damaged(file) from error
    return OpenedWord(
        opened,
        any(posixpath.basename(name).lower() == "vbaproject.bin" for name in names),
        tuple(each.target for each in relations if each.external and not each.kind.endswith("/hyperlink")),
        sum(each.dangles for each in relations),
    )


def _compound(data: bytes, file: str) -> ManuscriptError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        message = Message("文件设了密码，读不了。", "The file is locked with a password.")
        hint = Message("请作者去掉密码，再存一次。", "Ask for it without the password.")
    else:
        message = Message(
            "这是旧式的 Word 文件（.doc），后缀却是 .docx。", "This is an old Word file (.doc) called .docx."
        )
        hint = Message("把后缀改回 .doc 再来，或在 Word 里另存为 .docx。", "Call it .doc, or save it as .docx in Word.")
    return ManuscriptError(message, place=Place(file), hint=hint)


def damaged(file: str) -> ManuscriptError:
    """The fault of a file that is no Word file, or no longer."""
    message = Message("文件坏了，或者不是 Word 文件。", "The file is damaged, or is no Word file.")
    return ManuscriptError(message, place=Place(file), hint=_SAVE_AGAIN)


def _too_large(file: str, zh: str, en: str) -> ManuscriptError:
    hint = Message("查一查是不是放错了文件；长稿分成几个文件。", "Is it the right file? Split long copy.")
    return ManuscriptError(Message(zh, en), place=Place(file), hint=hint)


def _check_bounds(archive: zipfile.ZipFile, file: str) -> None:
    """Raises ``ManuscriptError`` for what would take too much when unpacked. No member is unpacked beyond the size that
    the archive gives for it."""
    members = archive.infolist()
    if any(each.flag_bits & 1 for each in members):
        raise ManuscriptError(
            Message("压缩包设了密码，读不了。", "The file's archive is locked with a password."),
            place=Place(file), hint=_SAVE_AGAIN,
        )  # fmt: skip
    xml = sum(each.file_size for each in members if each.filename.lower().endswith((".xml", _RELS)))
    if len(members) > MOST_MEMBERS:
        raise _too_large(file, f"文件里有 {len(members)} 个部件，超过 {MOST_MEMBERS} 个。",
                         f"The file has {len(members)} parts, more than {MOST_MEMBERS}.")  # fmt: skip
    if xml > MOST_XML or sum(each.file_size for each in members) > MOST_BYTES:
        copy, all_ = MOST_XML >> 20, MOST_BYTES >> 20
        raise _too_large(file, f"文件解开以后太大：正文至多 {copy} MB，连图至多 {all_} MB。",
                         f"Unpacked it is too large: copy {copy} MB, with pictures {all_} MB at most.")  # fmt: skip


def _check_xml(root: Xml, file: str) -> None:
    """Raises ``ManuscriptError`` for a document type, which no Word file has: it is there for entities."""
    if root.getroottree().docinfo.internalDTD is not None:
        message = Message("文件里有 XML 实体定义，不读。", "The file defines XML entities; it is not read.")
        raise ManuscriptError(message, place=Place(file), hint=_SAVE_AGAIN)


@dataclass(frozen=True, slots=True)
class _Relation:
    member: str
    """The .rels that it stands in."""
    id: str
    kind: str
    target: str
    external: bool
    dangles: bool


def _relations(archive: zipfile.ZipFile) -> list[_Relation]:
    names = set(archive.namelist())
    found: list[_Relation] = []
    for member in sorted(names):
        if not member.endswith(_RELS):
            continue
        base = posixpath.dirname(posixpath.dirname(member))
        for each in parse_xml(archive.read(member)).iter(_RELATION):
            target, external = each.get("Target", ""), each.get("TargetMode") == "External"
            path = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
            kind = str(each.get("Type"))
            found.append(
                _Relation(member, each.get("Id", ""), kind, target, external, not external and path not in names)
            )
    return found


def _mended(archive: zipfile.ZipFile, relations: list[_Relation]) -> bytes | None:
    """A copy that python-docx opens; None where it opens the file itself."""
    dangling = {(each.member, each.id) for each in relations if each.dangles}
    types = archive.read(_TYPES)
    strict = any(each.kind.startswith(_STRICT[0][0].decode()) for each in relations)
    plain = _OTHER_MAIN.sub(_MAIN.encode(), types)
    if not dangling and not strict and plain == types:
        return None
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            body = plain if name == _TYPES else archive.read(name)
            if strict and name.endswith((".xml", _RELS)):
                for old, new in _STRICT:
                    body = body.replace(old, new)
            if name.endswith(_RELS):
                body = _without(body, {own for member, own in dangling if member == name})
            copy.writestr(name, body)
    return out.getvalue()


def _without(body: bytes, ids: set[str]) -> bytes:
    """A .rels without the relations *ids*."""
    if not ids:
        return body
    root = parse_xml(body)
    for each in [each for each in root.iter(_RELATION) if each.get("Id") in ids]:
        each.getparent().remove(each)
    return bytes(etree.tostring(root))
