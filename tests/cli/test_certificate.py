"""The certificate of a preflight: it says which file and which result, and can be held to it later."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest

from layout import assets
from layout.cli import certificates
from layout.errors import Message, PrintError
from layout.preflight.verdict import Verdict
from layout.press.load import load_profile
from layout.proof.certificate import certificate
from preflight import support
from preflight import test_faults as faults

from .conftest import Shell

SCHEMA = json.loads((assets.root() / "docs" / "certificate.schema.json").read_text("utf-8"))
OWN = """name = "own"
title = { zh = "本厂", en = "own" }
extends = "newsprint-coldset"
[[check]]
id = "page.bleed"
severity = "off"
reason = "不裁"
"""


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "ad.pdf"
    path.write_bytes(support.with_fault(faults.rgb_drawing))
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return path


@pytest.fixture
def filed(pdf: Path, shell: Shell) -> Path:
    path = pdf.with_name("ad.json")
    shell("preflight", str(pdf), "--press", "own", "--no-ink", "--certificate", str(path))
    return path


def read(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(path.read_bytes())
    return made


def test_it_says_which_file_by_which_profile_and_what_was_found(pdf: Path, filed: Path) -> None:
    made = read(filed)
    jsonschema.validate(made, SCHEMA)
    content = pdf.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert made["file"] == {"name": "ad.pdf", "bytes": len(content), "sha256": digest, "pages": 1}
    assert (made["passed"], made["press"]["name"], made["pdfx"]) == (False, "own", "X-4")
    assert made["severities"]["error"] == sum(each["severity"] == "error" for each in made["findings"]) > 0
    assert "colour.space" in {each["check"] for each in made["findings"]}
    assert made["checks"]["page.bleed"] == {"status": "off", "why": {"zh": "不裁", "en": "不裁"}}
    assert made["overrides"] == [{"key": "check.page.bleed", "value": "off", "reason": "不裁"}]


def test_how_the_file_was_judged_is_certified(pdf: Path, filed: Path) -> None:
    press = load_profile("own", [pdf.parent, assets.press_dir()])
    remark = Message("报告是另一次保存的。", "The report is of another save.")
    verdict = Verdict("ad.pdf", press, (), {}, remarks=(remark,))
    made = certificate(b"", verdict, "error", "test")
    assert made["remarks"] == [{"zh": remark.zh, "en": remark.en}]
    jsonschema.validate(made, SCHEMA)
    assert read(filed)["remarks"] == []


def test_people_read_the_same_from_its_pdf(pdf: Path, filed: Path) -> None:
    text = pypdfium2.PdfDocument(filed.with_name("ad.certificate.pdf"))[0].get_textpage().get_text_range()
    assert "不合格" in text
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() in text
    assert read(filed)["seal"] in text
    assert "不裁" in text


def test_the_same_file_gives_the_same_certificate(pdf: Path, filed: Path, shell: Shell) -> None:
    before = filed.read_bytes(), filed.with_name("ad.certificate.pdf").read_bytes()
    shell("preflight", str(pdf), "--press", "own", "--no-ink", "--certificate", str(filed))
    assert (filed.read_bytes(), filed.with_name("ad.certificate.pdf").read_bytes()) == before


def held(shell: Shell, pdf: Path, filed: Path, *more: str) -> tuple[int, str]:
    ran = shell("preflight", str(pdf), "--no-ink", "--verify", str(filed), *more)
    return ran.code, ran.out


def test_a_file_that_is_as_it_was_is_held_to_it(pdf: Path, filed: Path, shell: Shell) -> None:
    assert held(shell, pdf, filed) == (0, "证书属实。\n")


def test_another_file_is_told(pdf: Path, filed: Path, shell: Shell) -> None:
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    code, out = held(shell, pdf, filed)
    assert code == 1
    assert "文件不是证书说的那个" in out


def test_a_certificate_that_was_changed_is_told(pdf: Path, filed: Path, shell: Shell) -> None:
    made = read(filed)
    made["passed"] = True
    filed.write_text(json.dumps(made), "utf-8")
    code, out = held(shell, pdf, filed)
    assert code == 1
    assert "封印对不上" in out
    assert "合格与否" in out


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (('severity = "off"', 'severity = "note"'), "印厂规范与发证时不同"),
        (('id = "page.bleed"', 'id = "colour.space"'), "检查结果与证书不同"),
    ],
)
def test_a_profile_that_was_changed_is_told(
    pdf: Path, filed: Path, shell: Shell, change: tuple[str, str], word: str
) -> None:
    pdf.with_name("own.toml").write_text(OWN.replace(*change), "utf-8")
    code, out = held(shell, pdf, filed)
    assert code == 1
    assert word in out


def test_where_the_profile_lies_and_its_reasons_count_for_nothing(
    pdf: Path, filed: Path, shell: Shell, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for each in (pdf, pdf.with_name("own.toml")):
        each.rename(moved / each.name)
    assert held(shell, moved / "ad.pdf", filed)[0] == 0


def test_another_program_is_a_remark(pdf: Path, filed: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "program", lambda: "lianghui-layout 9.9")
    code, out = held(shell, pdf, filed)
    assert code == 0
    assert "9.9" in out


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"[" * 9999, b'{"schema": 1, "file": 3}', b"\xff\xfe"])
def test_what_is_no_certificate_is_a_sentence(pdf: Path, shell: Shell, content: bytes) -> None:
    wrong = pdf.with_name("wrong.json")
    wrong.write_bytes(content)
    ran = shell("preflight", str(pdf), "--verify", str(wrong))
    assert ran.code == 3
    assert "wrong.json 不是预检证书" in ran.err


def test_it_never_lies_upon_the_file_itself(pdf: Path, shell: Shell) -> None:
    before = pdf.read_bytes()
    assert shell("preflight", str(pdf), "--certificate", str(pdf)).code == 2
    itself = pdf.rename(pdf.with_name("ad.certificate.pdf"))
    assert shell("preflight", str(itself), "--certificate", str(pdf.with_suffix(".json"))).code == 2
    assert itself.read_bytes() == before


def test_a_file_that_changes_meanwhile_gets_none(pdf: Path) -> None:
    verdict: Any = Verdict
    with pytest.raises(PrintError):
        certificates.certified(pdf, verdict, "warning", "0" * 64)
