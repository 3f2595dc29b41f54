"""The requirements of PDF/X-4: version key, output intent, metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from pikepdf.models.metadata import decode_pdf_date

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.preflight.job import PreflightJob
from layout.preflight.objects import PdfValue, array, data, get, name, text, whole
from layout.preflight.pdfx_parts import REGISTRY
from layout.preflight.profile_colour import apart, conditions, description, usable
from layout.preflight.record import about
from layout.preflight.rules import pdfx_info
from layout.press import read_header

MAX_METADATA = 4 * 1024 * 1024
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
TRAPPED = "{http://ns.adobe.com/pdf/1.3/}Trapped"
DAMAGED = Message(
    "换上完好的特性文件（向印厂索取，或用印厂规范里的那一份），再输出一次。",
    "Put a sound profile in its place, the plant's own or the press profile's, and write the file again.",
)
CONTRADICTS = Message(
    "颜色是按哪一种条件分的，就嵌哪一种的特性文件，并写明那一种条件；分错了的，按印厂的条件重新分色。",
    "Embed the profile of the condition that the colours were separated for, and name that condition; what was"
    " separated for another, separate again for the plant's.",
)
DATES = {"CreationDate": f"{XMP}CreateDate", "ModDate": f"{XMP}ModifyDate"}


@about("pdfx.version")
def marked(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.version``: the file says it is of the part of PDF/X that the press profile asks for."""
    found, wanted = mark(job), " / ".join(job.part.marks)
    if found not in job.part.marks:
        zh = f"元数据里的标记是“{found}”，应为“{wanted}”。" if found else f"元数据里没有 {wanted} 标记。"
        en = f"The metadata says “{found}” instead of “{wanted}”." if found else f"The metadata does not say {wanted}."
        yield job.finding("pdfx.version", zh, en)


def mark(job: PreflightJob) -> str:
    """What the file says it is, where the part of PDF/X has it say so: in XMP, or in the information dictionary."""
    return pdfx_info.mark(job) if job.part.in_info else _xmp(job).get(PDFX, "")


@about("pdfx.intent")
def intent(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.intent``: exactly one GTS_PDFX output intent, of the profile's printing condition, the rest alike."""
    found = _intents(job)
    if len(found) != 1:
        yield job.finding(
            "pdfx.intent",
            f"应有一个 GTS_PDFX 输出意图，实有 {len(found)} 个。",
            f"There must be one GTS_PDFX output intent; there are {len(found)}.",
            intents=len(found),
        )
        return
    identifier = text(get(found[0], "OutputConditionIdentifier"))
    wanted = job.press.output_condition_identifier
    if identifier != wanted:
        yield job.finding(
            "pdfx.intent",
            f"印刷条件是“{identifier}”，印厂规范要“{wanted}”。",
            f"The printing condition is “{identifier}”; the press profile asks for “{wanted}”.",
        )
    mine = data(get(found[0], "DestOutputProfile"))
    for other in array(get(job.pdf.Root, "OutputIntents")):
        profile = get(other, "DestOutputProfile")
        if profile is not None and data(profile) != mine:
            yield job.finding(
                "pdfx.intent", "几个输出意图的特性文件不同。", "The output intents have different profiles."
            )
            return


@about("pdfx.profile")
def profile(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.profile``: a CMYK printer profile with the right number of components, whole, and of the condition that is
    named; another than the plant's own of the same condition is a note.
    """
    found = _intents(job)
    if len(found) != 1:
        return
    stream = get(found[0], "DestOutputProfile")
    embedded = data(stream)
    header = read_header(embedded)
    if stream is None and not job.part.profile_always and REGISTRY in text(get(found[0], "RegistryName")):
        return
    if embedded is None or header is None or not header.colour_space:
        yield job.finding("pdfx.profile", "输出意图里没有特性文件。", "The output intent has no ICC profile.")
        return
    if not header.prints_cmyk:
        yield job.finding(
            "pdfx.profile",
            f"特性文件是 {header.colour_space} {header.device_class}，应为 CMYK 打印特性文件。",
            f"The profile is {header.colour_space} {header.device_class}, not a CMYK printer profile.",
        )
    components = whole(get(stream, "N"))
    if components != header.components:
        yield job.finding(
            "pdfx.profile",
            f"特性文件标的分量数是 {components}，实为 {header.components}。",
            f"The profile is entered with {components} components; it has {header.components}.",
        )
    if header.prints_cmyk:
        yield from _as_used(job, embedded, text(get(found[0], "OutputConditionIdentifier")))


def _as_used(job: PreflightJob, embedded: bytes, identifier: str) -> Iterator[Finding]:
    """Whether a CMYK profile can be used, and is of the condition that *identifier* names."""
    if hashlib.sha256(embedded).hexdigest() == job.press.icc_sha256():
        return
    if not usable(embedded, job.press.rendering_intent):
        damaged = job.finding(
            "pdfx.profile",
            "嵌入的特性文件坏了，换算不了颜色：缺了一截，或表里的数不成立。",
            "The embedded profile is damaged: it is cut short or its tables are wrong, and no colour can be converted.",
        )
        yield replace(damaged, hint=Hint(maker=DAMAGED))
        return
    named, called = conditions(identifier), description(embedded)
    same_condition = identifier == job.press.output_condition_identifier
    away = apart(embedded, job.press.icc_bytes()) if same_condition else None
    other = named and conditions(called) and named.isdisjoint(conditions(called))
    if other or (away is not None and away > job.limit("pdfx.profile", "delta_e")):
        zh, en = (f"：同样的墨平均差 ΔE {away:.0f}", f": the same ink is ΔE {away:.0f} away") if away else ("", "")
        which = f"“{called}”" if called else ""
        contradicts = job.finding(
            "pdfx.profile",
            f"写的印刷条件是“{identifier}”，嵌入的特性文件{which}却是另一种条件的{zh}。",
            f"The printing condition is “{identifier}”, and the embedded profile {which} is of another{en}.",
        )
        yield replace(contradicts, hint=Hint(maker=CONTRADICTS))
    elif same_condition:
        # Every vendor has a file of its own for one condition, and the condition is what the values were made for.
        yield job.finding(
            "pdfx.profile",
            "印刷条件相同，嵌入的特性文件却与印厂规范的不是同一份。",
            "The printing condition is the same; the embedded profile is another file than the press profile's.",
            severity=Severity.NOTE,
        )


@about("pdfx.metadata")
def metadata(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.metadata``: XMP has title and dates, Info (which may be missing) the same, the title as planned."""
    if job.part.in_info:
        yield from pdfx_info.metadata(job, {key: text(get(job.pdf.trailer, "Info", key)) for key in DATES})
        return
    info, xmp = get(job.pdf.trailer, "Info"), _xmp(job)
    title = xmp.get(TITLE, "")
    also = text(get(info, "Title")).strip() or title
    if not title:
        besides = Message(f"，文档信息里是“{also}”", f"; Info has “{also}”") if also else Message("", "")
        yield job.finding("pdfx.metadata", f"XMP 里没有标题{besides.zh}。", f"XMP has no title{besides.en}.")
    elif also != title:
        yield job.finding(
            "pdfx.metadata",
            f"标题不一致：文档信息（Info）里是“{also}”，XMP 里是“{title}”。",
            f"The titles differ: Info has “{also}”, XMP “{title}”.",
        )
    if job.expected.title is not None and also and also != job.expected.title:
        yield job.finding(
            "pdfx.metadata",
            f"标题是“{also}”，应为“{job.expected.title}”。",
            f"The title is “{also}” instead of “{job.expected.title}”.",
        )
    for key, xmp_key in DATES.items():
        moment, written = _xmp_date(xmp.get(xmp_key, "")), get(info, key)
        if moment is None:
            yield job.finding("pdfx.metadata", f"XMP 里没有日期 {key}。", f"XMP has no date for {key}.")
        elif written is not None and _pdf_date(written) != moment:
            yield job.finding("pdfx.metadata", f"日期 {key} 与 XMP 不一致。", f"The date {key} differs from XMP.")


@about("pdfx.trapped")
def trapped(job: PreflightJob) -> Iterator[Finding]:
    """``pdfx.trapped``: True or False, in XMP or in Info, and in both the same."""
    if job.part.in_info:
        yield from pdfx_info.trapped(job)
        return
    found = [each for each in (name(get(job.pdf.trailer, "Info", "Trapped")), _xmp(job).get(TRAPPED, "")) if each]
    if not found:
        yield job.finding("pdfx.trapped", "没有写明 Trapped。", "Trapped is not given.")
    elif len(set(found)) > 1 or found[0] not in {"True", "False"}:
        values = "、".join(found)
        yield job.finding("pdfx.trapped", f"Trapped 是“{values}”。", f"Trapped is “{', '.join(found)}”.")


def _intents(job: PreflightJob) -> list[PdfValue]:
    """The GTS_PDFX output intents."""
    return [each for each in array(get(job.pdf.Root, "OutputIntents")) if name(get(each, "S")) == "GTS_PDFX"]


def _xmp(job: PreflightJob) -> Mapping[str, str]:
    """The simple values and first list items of XMP, by {namespace}name; empty when there is none or it is unreadable.

    Read with the XML parser alone: not by the library that wrote it.
    """
    packet = data(get(job.pdf.Root, "Metadata"))
    if packet is None or len(packet) > MAX_METADATA or b"<!" in packet.replace(b"<!--", b""):
        return {}
    try:
        root = ElementTree.fromstring(packet)
    except (ElementTree.ParseError, ValueError, LookupError):
        return {}
    found: dict[str, str] = {}
    for described in root.iter(f"{RDF}Description"):
        found.update(described.attrib)
        for value in described:
            listed = value.find(f".//{RDF}li")
            found[value.tag] = ((value if listed is None else listed).text or "").strip()
    return found


def _pdf_date(value: PdfValue) -> datetime | None:
    try:
        # "Z" needs no minutes after it, and some write their apostrophe all the same.
        return _utc(decode_pdf_date(text(value).rstrip("'")))
    except (ValueError, TypeError, IndexError):
        return None


def _xmp_date(value: str) -> datetime | None:
    try:
        return _utc(datetime.fromisoformat(value))
    except ValueError:
        return None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


CHECKS = (marked, intent, profile, metadata, trapped)
