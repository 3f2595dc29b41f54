"""The certificate of a preflight: which file, by which profile and program, with what result. It can be filed.

docs/certificate.schema.json describes the JSON. The same file, profile and program give the same certificate: it bears
no date, which is the file system's or the mail's to give. Its seal is a digest of all the rest: a slip of an editor is
seen, a forger is not.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from layout.checks import FailOn, Finding, Severity, fails
from layout.errors import Lang, Message, SourceError
from layout.json_values import JsonObject, JsonValue
from layout.preflight.verdict import Verdict
from layout.prepress.drawing import Canvas
from layout.press import PressProfile
from layout.proof.marked import verdict_lines
from layout.proof.text_sheets import TextLine, draw_lines

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""

MAX_BYTES = 64 * 1024 * 1024
"""Of a certificate that is read: one with ten thousand findings has some four million."""

SEAL = "seal"


def certificate(pdf: bytes, verdict: Verdict, limit: FailOn, program: str) -> JsonObject:
    """The certificate of *verdict* on the file whose bytes are *pdf*.

    *limit* is the gravity from which on a finding makes the file fail; *program* is the program's name and version.
    """
    press = verdict.press
    made: JsonObject = {
        "schema": SCHEMA,
        "program": program,
        "file": {
            "name": verdict.name,
            "bytes": len(pdf),
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "pages": len(verdict.papers),
        },
        "press": {"name": press.name, "title": _both(press.title.message()), "sha256": profile_digest(press)},
        "condition": press.output_condition_identifier,
        "pdfx": press.pdfx,
        "passed": not fails(verdict.findings, limit),
        "fails_from": limit,
        "severities": {each.name.lower(): verdict.count(each) for each in reversed(Severity)},
        "findings": [_finding(each) for each in verdict.findings],
        "checks": {
            check: {"status": result.status, **({} if result.why is None else {"why": _both(result.why)})}
            for check, result in verdict.results.items()
        },
        "remarks": [_both(each) for each in verdict.remarks],
        "overrides": [{"key": each.key, "value": _plain(each.value), "reason": each.reason} for each in press.reasons],
    }
    return {**made, SEAL: seal(made)}


def profile_digest(press: PressProfile) -> str:
    """The SHA-256 of every value of a press profile, the ICC file's bytes among them, wherever its files lie."""
    values = {key: value for key, value in asdict(press).items() if key not in {"icc", "reasons"}}
    return _digest({**values, "icc": press.icc_sha256()})


def seal(made: Mapping[str, JsonValue]) -> str:
    """The SHA-256 of a certificate without its seal."""
    return _digest({key: value for key, value in made.items() if key != SEAL})


def _digest(values: Mapping[str, object]) -> str:
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _finding(finding: Finding) -> JsonObject:
    return {
        "check": finding.check,
        "severity": finding.severity.name.lower(),
        "page": finding.page_no,
        "message": _both(finding.message),
        "boxes": [box.as_json() for box in finding.boxes],
    }


def _both(message: Message) -> JsonObject:
    return {"zh": message.zh, "en": message.en}


def _plain(value: object) -> JsonValue:
    """A value of a profile as JSON has it."""
    plain: JsonValue = json.loads(json.dumps(value, default=str))
    return plain


def as_bytes(made: JsonObject) -> bytes:
    """The certificate as its file holds it."""
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def as_pdf(made: JsonObject, verdict: Verdict, lang: Lang = "zh") -> bytes:
    """The certificate to read and to print. The same certificate gives the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(verdict.name)
    draw_lines(canvas, [*_head(made, verdict, lang), ("", None), *verdict_lines(verdict, lang)])
    canvas.save()
    return out.getvalue()


def _head(made: JsonObject, verdict: Verdict, lang: Lang) -> Iterator[TextLine]:
    zh, press = lang == "zh", verdict.press
    file = made["file"]
    assert isinstance(file, dict)
    passed = bool(made["passed"])
    yield ("预检证书" if zh else "Certificate of preflight"), None
    yield "", None
    result = ("合格" if passed else "不合格") if zh else ("passes" if passed else "fails")
    yield f"{'结果' if zh else 'Result'}　{result}", None if passed else Severity.ERROR
    for label, value in (
        (
            ("文件", "File"),
            f"{verdict.name}　{file['bytes']:,} {'字节' if zh else 'bytes'}　{file['pages']} {'版' if zh else 'pages'}",
        ),
        (("SHA-256", "SHA-256"), str(file["sha256"])),
        (("印厂规范", "Press profile"), f"{press.name}　{press.title.message().text(lang)}　PDF/{press.pdfx}"),
        (("印刷条件", "Printing condition"), press.output_condition_identifier),
        (("程序", "Program"), str(made["program"])),
        (("封印", "Seal"), str(made[SEAL])),
    ):
        yield f"{label[0] if zh else label[1]}　{value}", None


def read_certificate(path: Path) -> JsonObject:
    """A certificate from its file. Raises ``SourceError`` for what is none, or of a schema that is not known."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError
        made = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        made = None
    if not isinstance(made, dict) or not isinstance(made.get("file"), dict) or made.get("schema") != SCHEMA:
        raise SourceError(
            Message(f"{path.name} 不是预检证书。", f"{path.name} is no certificate of a preflight."),
            hint=Message("证书由 layout preflight FILE.pdf --certificate OUT.json 写出。",
                         "layout preflight FILE.pdf --certificate OUT.json writes one."),
        )  # fmt: skip
    return made


def differences(filed: Mapping[str, JsonValue], now: Mapping[str, JsonValue]) -> Iterator[Message]:
    """What of a certificate that was *filed* does not hold for what was found *now*; nothing when all of it does."""
    if filed.get(SEAL) != seal(filed):
        yield Message("证书被改过：封印对不上。", "The certificate was changed: its seal does not fit.")
    was, file = filed["file"], now["file"]
    assert isinstance(was, dict)
    assert isinstance(file, dict)
    if was.get("sha256") != file["sha256"]:
        yield Message(f"文件不是证书说的那个：SHA-256 是 {file['sha256']}，证书上是 {was.get('sha256')}。",
                      f"It is not the certificate's file: its SHA-256 is {file['sha256']}, on the certificate stands"
                      f" {was.get('sha256')}.")  # fmt: skip
    words = (
        ("press", "印厂规范与发证时不同。", "The press profile is not what it was."),
        ("passed", "合格与否与证书不同。", "Whether it passes is not as on the certificate."),
        ("findings", "检查结果与证书不同。", "The findings are not those of the certificate."),
        ("checks", "做了的检查与证书不同。", "The checks that were carried out are not those of the certificate."),
    )
    found = json.loads(as_bytes(dict(now)))  # as a file would hold it
    for key, zh, en in words:
        if filed.get(key) != found[key]:
            yield Message(zh, en)
