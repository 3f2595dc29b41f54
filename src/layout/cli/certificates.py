"""Certificates of preflights on the command line: written beside the verdict, and held to what is found now."""

from __future__ import annotations

import hashlib
from pathlib import Path

from layout.checks import FailOn
from layout.cli.console import CommandContext
from layout.errors import Message, PrintError
from layout.json_values import JsonObject
from layout.pipeline.output import write_all
from layout.pipeline.reporting import program
from layout.preflight.verdict import Verdict
from layout.proof.certificate import as_bytes, as_pdf, certificate, differences


def readable_form(path: Path) -> Path:
    """Where the certificate to read goes: ``ad.certificate.pdf`` beside ``ad.json``, which is never the file itself."""
    return path.with_name(f"{path.stem.removesuffix('.certificate')}.certificate.pdf")


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def certified(file: Path, verdict: Verdict, limit: FailOn, before: str) -> JsonObject:
    """The certificate of *verdict* on *file*. Raises ``PrintError`` when its SHA-256 is not what it was *before*."""
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != before:
        raise PrintError(
            Message(f"{file} 在检查时变了。", f"{file} changed while it was judged."),
            hint=Message("等它写完，再检查一次。", "Wait until it is written, and judge it again."),
        )
    return certificate(content, verdict, limit, program())


def write_certificate(path: Path, made: JsonObject, verdict: Verdict, context: CommandContext) -> None:
    """Writes the certificate twice, both or neither: to *path* for programs, and as a PDF beside it for people."""
    write_all({path: as_bytes(made), readable_form(path): as_pdf(made, verdict, context.lang)})


def held_to(filed: JsonObject, made: JsonObject, context: CommandContext) -> int:
    """Says what of the certificate *filed* does not hold, in lines; 1 when anything does not."""
    found = list(differences(filed, made))
    for each in found:
        print(each.text(context.lang))
    if not found:
        print(context.say("证书属实。", "The certificate holds."))
    if filed.get("program") != made["program"]:
        print(context.say(
            f"发证的程序是 {filed.get('program')}，现在是 {made['program']}。",
            f"It was issued by {filed.get('program')}; this is {made['program']}.",
        ))  # fmt: skip
    return int(bool(found))
