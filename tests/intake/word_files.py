"""Makes Word files by writing their XML: what Word and WPS write and no library does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)
"""A picture of one pixel."""


def word_file(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    main: str = MAIN,
    relations: str = "",
    members: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx: the XML inside ``w:body``; *parts* by their kind ("footnotes") with the XML inside their root; *media* by
    the id of their relation, called after it; *relations*, more of them; *members*, more files in the archive."""
    parts, media = dict(parts or {}), dict(media or {})
    types = [f'<Override PartName="/word/document.xml" ContentType="{main}"/>']
    links = [relations]
    files: dict[str, bytes] = {}
    for kind, content in parts.items():
        name = kind.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(name, name)
        files[f"word/{kind}.xml"] = f"{_HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()
        types.append(f'<Override PartName="/word/{kind}.xml" ContentType="{_PART.format(name)}"/>')
        links.append(f'<Relationship Id="part-{kind}" Type="{_TYPE}{name}" Target="{kind}.xml"/>')
    for number, (identity, data) in enumerate(media.items(), 1):
        ending = "jpeg" if data.startswith(b"\xff\xd8") else "png"
        files[f"word/media/image{number}.{ending}"] = data
        links.append(f'<Relationship Id="{identity}" Type="{_TYPE}image" Target="media/image{number}.{ending}"/>')
    document = f"{_HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="emf" ContentType="image/x-emf"/>'
            '<Default Extension="bin" ContentType="application/octet-stream"/>'
            f"{''.join(types)}</Types>",
        )
        archive.writestr(
            "_rels/.rels", _rels(f'<Relationship Id="rId1" Type="{_TYPE}officeDocument" Target="word/document.xml"/>')
        )
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", _rels("".join(links)))
        for name, data in {**files, **(members or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()


def _rels(content: str) -> str:
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'


def relation(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """A relation of the main part."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{_TYPE}{kind}" Target="{target}"{mode}/>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph; words that are no XML become a run."""
    inside = "".join(each if each.startswith("<") else r(each) for each in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run of *words*."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{words}</w:t></w:r>'


def run(content: str) -> str:
    """A run of what is no text."""
    return f"<w:r>{content}</w:r>"


def picture(identity: str = "rId9", describe: str = "") -> str:
    """A picture in the line."""
    return run(
        f'<w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{describe}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells; a cell that is XML stands as it is."""
    cells = ("".join(each if each.startswith("<w:tc") else f"<w:tc>{p(each)}</w:tc>" for each in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_box(content: str) -> str:
    """A text box as Word 2010 and later write it: the shape, and the same for older programs."""
    return run(
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def level(depth: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(words: str, list_id: int = 1, depth: int = 0) -> str:
    """A paragraph of a list."""
    return p(words, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')
