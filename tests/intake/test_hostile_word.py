"""Word and HTML files that are broken or mean harm: refused in one sentence, or read and told. Nothing is fetched or run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from intake.word_files import MACROS, PNG, p, picture, relation, run, word_file
from layout.errors import ManuscriptError
from layout.intake import html, html_article, word, word_package
from layout.intake.html import read_html
from layout.intake.model import CopyPicture
from layout.intake.office_files import as_docx
from layout.intake.readers import read_received
from layout.intake.word import read_word

GOOD = word_file(p("甲"))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """*data* with one member of the archive changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            body = old.read(each)
            new.writestr(each, change(body) if each == name else body)
    return out.getvalue()


def document(change: Callable[[bytes], bytes]) -> bytes:
    return changed(GOOD, "word/document.xml", change)


def doctype(entities: str, words: str) -> bytes:
    return document(lambda body: body.replace(b"<w:document", f"<!DOCTYPE w:document [{entities}]><w:document".encode(), 1)
                    .replace("甲".encode(), words.encode()))  # fmt: skip


def laughs() -> str:
    return '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))


def bomb(name: str, size: int) -> bytes:
    """An archive of *size* zeros in one member: a thousandth of that."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
            for each in good.namelist():
                archive.writestr(each, good.read(each))
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))
    return out.getvalue()


def encrypted_member() -> bytes:
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


REFUSED = {
    "nothing like a zip": (b"\x00" * 400, "文件坏了"),
    "text called .docx": ("全区上下".encode() * 40, "文件坏了"),
    "cut in the middle": (GOOD[: len(GOOD) // 2], "文件坏了"),
    "a zip of something else": (changed(GOOD, "_rels/.rels", lambda _: b"<a/>"), "文件坏了"),
    "no content types": (changed(GOOD, "[Content_Types].xml", lambda _: b""), "文件坏了"),
    "XML that breaks off": (document(lambda body: body[:-30]), "文件坏了"),
    "XML of another kind": (document(lambda _: b"<html/>"), "文件坏了"),
    "depth without end": (document(lambda body: body.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 5000)), "文件坏了"),
    "an entity of a file (XXE)": (doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "XML 实体"),
    "an entity of the web": (doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"), "XML 实体"),
    "a billion laughs": (doctype(laughs(), "&i;"), "文件坏了"),
    "a DTD of the web": (document(lambda body: body.replace(b"<w:document", b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d"><w:document', 1)), "XML 实体"),
    "a bomb of XML": (bomb("word/more.xml", word_package.MOST_XML + (1 << 20)), "解开以后太大"),
    "too many parts": (word_file(p("甲"), members={f"word/x{n}.bin": b"" for n in range(word_package.MOST_MEMBERS)}), "个部件"),
    "a password of the archive": (encrypted_member(), "密码"),
    "a password of Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "设了密码"),
    "an old file under a new name": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧式的 Word"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence_with_what_to_do(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(ManuscriptError) as caught:
        read_word(data, "来稿.docx")
    fault = caught.value
    assert words in fault.message.zh
    assert fault.message.en.isascii() or "“" in fault.message.en
    assert fault.message.zh.count("。") == 1
    assert fault.place is not None
    assert fault.place.file == "来稿.docx"
    assert fault.hint is not None


def test_bombs_of_pictures_are_bounded_by_what_the_archive_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MOST_BYTES", 3 << 20)
    with pytest.raises(ManuscriptError, match="too large"):
        read_word(bomb("word/media/image1.png", 4 << 20), "来稿.docx")


def test_an_archive_that_says_less_than_it_holds_is_damaged() -> None:
    data = bytearray(bomb("word/media/image1.png", 2 << 20))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    received = read_word(bytes(data), "来稿.docx")  # the part is not used, so never unpacked
    assert [each.text for each in received.paragraphs()] == ["甲"]


def test_a_picture_of_fifty_megabytes_is_told_and_the_copy_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST_PICTURE", 1 << 20)
    received = read_word(word_file(p("甲", picture()), media={"rId9": PNG + bytes(5 << 20)}), "来稿.docx")
    assert [each.message.zh for each in received.findings] == ["第 1 段的图没有收：有 5 MB，超过 1 MB"]
    assert [each.text for each in received.paragraphs()] == ["甲"]
    assert not list(received.pictures())


def test_macros_are_told_and_neither_read_nor_run() -> None:
    data = word_file(p("甲"), main=MACROS, members={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    received = read_word(data, "来稿.docm")
    assert [each.check for each in received.findings] == ["intake.macro"]
    assert [each.text for each in received.paragraphs()] == ["甲"]


def test_what_stands_elsewhere_is_told_and_not_fetched() -> None:
    away = relation("t", "attachedTemplate", "http://127.0.0.1:9/evil.dotm", external=True)
    away += relation("i", "image", "file:///etc/passwd", external=True) + relation(
        "h", "hyperlink", "http://x", external=True
    )
    linked = run('<w:drawing><a:blip r:link="i"/></w:drawing>')
    received = read_word(word_file(p("甲", linked), relations=away), "来稿.docx")
    found = {each.check: each.message.zh for each in received.findings}
    assert found["intake.external"] == "文件要从别处取 2 个部件，一个也没有取：http://127.0.0.1:9/evil.dotm"
    assert found["intake.picture_left"] == "第 1 段的图没有收：只有链接，图不在文件里"


@pytest.mark.parametrize("target", ["NULL", "../NULL", "media/image9.png", "../../../../etc/passwd"])
def test_a_relation_that_leads_nowhere_is_no_reason_to_refuse_the_file(target: str) -> None:
    received = read_word(word_file(p("甲", picture("x")), relations=relation("x", "image", target)), "来稿.docx")
    assert [each.text for each in received.paragraphs()] == ["甲"]
    assert [each.check for each in received.findings] == ["intake.picture_left"]


def test_strict_files_and_templates_are_read() -> None:
    data = GOOD
    for name in ("word/document.xml", "_rels/.rels"):
        data = changed(data, name, lambda body: body.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                  b"http://purl.oclc.org/ooxml/officeDocument/relationships"))  # fmt: skip
    template = MACROS.replace(
        "ms-word.document.macroEnabled.main", "openxmlformats-officedocument.wordprocessingml.template.main"
    )
    for each in (data, word_file(p("甲"), main=template)):
        assert [paragraph.text for paragraph in read_word(each, "来稿.docx").paragraphs()] == ["甲"]


def test_a_drawing_of_windows_is_told() -> None:
    emf = word_file(
        p("甲", picture("x")), relations=relation("x", "image", "media/a.emf"), members={"word/media/a.emf": b"\1"}
    )
    assert [each.message.zh for each in read_word(emf, "来稿.docx").findings] == [
        "第 1 段的图没有收：是矢量图（a.emf）"
    ]


def test_numbers_without_end_and_spans_without_end_are_bounded() -> None:
    body = f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{p('甲')}</w:tc></w:tr><w:tr><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    (table,) = read_word(word_file(body), "来稿.docx").blocks
    assert table.columns <= 64


def test_cells_beyond_all_columns_lose_no_word() -> None:
    row = "".join(f"<w:tc>{p(f'{number}。')}</w:tc>" for number in range(70))
    (table,) = read_word(word_file(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"), "来稿.docx").blocks
    assert "".join(cell.text for cell in table.cells).replace("\n", "") == "".join(
        f"{number}。" for number in range(70)
    )


# --- old Word files ---------------------------------------------------------------------------------------------------


def test_an_old_file_without_libreoffice_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for file, what in (("来稿.doc", "旧式的 Word 文件"), ("来稿.wps", "WPS 文件"), ("来稿.rtf", "RTF 文件")):
        with pytest.raises(ManuscriptError) as caught:
            as_docx(b"\xd0\xcf\x11\xe0" + b"\0" * 100, file)
        assert caught.value.message.zh == f"这是{what}，要靠 LibreOffice 来读，这台机器没有装。"
        assert "另存为 .docx" in caught.value.hint.zh


def test_a_docx_called_doc_is_read_as_it_is(tmp_path) -> None:
    path = tmp_path / "来稿.doc"
    path.write_bytes(GOOD)
    assert [each.text for each in read_received(path).paragraphs()] == ["甲"]


def test_libreoffice_runs_on_a_copy_with_a_profile_that_runs_and_fetches_nothing(tmp_path, monkeypatch) -> None:
    program = tmp_path / "soffice"
    good = tmp_path / "good.docx"
    good.write_bytes(GOOD)
    program.write_text(
        f'#!/bin/sh\nfor word; do case "$word" in -env:*) profile="${{word#*file://}}";; esac; done\n'
        f'mkdir -p out && cp "{good}" out/received.docx && cp "$profile/user/registrymodifications.xcu" "{tmp_path}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert as_docx(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "来稿.doc") == GOOD
    settings = (tmp_path / "registrymodifications.xcu").read_text("utf-8")
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks"):
        assert f'oor:name="{name}" oor:op="fuse"><value>true<' in settings


def test_libreoffice_that_makes_nothing_is_one_sentence(tmp_path, monkeypatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(ManuscriptError, match="cannot read the file either"):
        as_docx(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "来稿.doc")


def test_damage_under_an_old_ending_is_told_before_any_program_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", pytest.fail)
    with pytest.raises(ManuscriptError, match="damaged"):
        as_docx(b"MZ\x90\x00", "来稿.doc")


def test_what_is_no_copy_is_refused_with_what_to_ask_for(tmp_path) -> None:
    for name, words in (
        ("a.pdf", "PDF"),
        ("a.xlsx", "表格"),
        ("a.zip", "压缩包"),
        ("a.exe", "不认识"),
        ("b.docx", "空的"),
    ):
        path = tmp_path / name
        path.write_bytes(b"" if name == "b.docx" else b"x")
        with pytest.raises(ManuscriptError) as caught:
            read_received(path)
        assert words in caught.value.message.zh
        assert caught.value.hint is not None


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_html_without_end_is_refused() -> None:
    with pytest.raises(ManuscriptError, match="too many"):
        read_html(b"<p>x</p>" + b"<div>" * 5000 + "甲".encode(), "a.html")
    with pytest.raises(ManuscriptError, match="too many"):
        read_html("<p>甲</p>".encode() * (html_article.MOST_TAGS // 2 + 1), "a.html")
    with pytest.raises(ManuscriptError, match="no copy"):
        read_html(b"<html><body><script>x</script></body></html>", "a.html")
    with pytest.raises(ManuscriptError, match="MB"):
        read_html(b"x" * (html.LARGEST + 1), "a.html")


def test_scripts_and_addresses_in_html_do_nothing() -> None:
    page = '<p>全区上下<script>alert(1)</script><img src="http://127.0.0.1:9/x.png"><img src="data:image/png;base64,!!">谋发展</p><p>第二段</p>'
    received = read_html(page.encode(), "a.html")
    assert [each.text for each in received.paragraphs()] == ["全区上下谋发展", "第二段"]
    assert [each.check for each in received.findings if each.check == "intake.picture_left"] == ["intake.picture_left"]
    assert all(isinstance(each, CopyPicture) for each in received.pictures())
