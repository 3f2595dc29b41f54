"""A Word file on the desk: found in it, silenced by a comment, given back with comments, no word changed."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.shared import Pt

from layout.errors import ManuscriptError
from layout.proofreading.desk import DeskWork, proofread
from layout.proofreading.word_copy import commented, read_word_copy
from proofreading.desk_support import EVERY_RULE

WORK = DeskWork(EVERY_RULE)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def words(document: Document) -> list[str]:
    return [
        "".join(each.text or "" for each in p.iter(p.nsmap["w"].join(("{", "}t"))))
        for p in document.element.body.iter(p_tag(document))
    ]


def p_tag(document: Document) -> str:
    return "{" + document.element.nsmap["w"] + "}p"


def made(*paragraphs: Sequence[str]) -> Document:
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs):
            run = paragraph.add_run(text)
            run.bold = number % 2 == 1
            run.font.size = Pt(10 + number)
    return document


def test_findings_stand_at_their_paragraphs_and_columns() -> None:
    data = saved(made(["渠水", "清澈。"], [], ["全县再接", "再励", "，兴修水利。"]))
    copy = read_word_copy(data, "a.docx").copy
    (finding,) = proofread([copy], WORK)
    assert finding.place is not None
    assert (finding.check, finding.place.line, finding.place.column) == ("copy.wrong_word", 3, 3)


def test_comments_mark_the_words_and_change_none() -> None:
    document = made(["全县再接", "再励", "，，兴修水利，清沏见底。"], ["渠道", "通了。"])
    document.add_table(1, 2).cell(0, 1).text = "安祥的夜晚"
    data = saved(document)
    word = read_word_copy(data, "a.docx")
    found = proofread([word.copy], WORK)
    assert len(found) == 4
    given = commented(word, found, "zh")
    again = docx.Document(BytesIO(given))
    assert words(again) == words(docx.Document(BytesIO(data)))
    comments = list(again.comments)
    assert len(comments) == 4
    assert {each.author for each in comments} == {"layout proofread"}
    assert any("再接再厉" in each.text for each in comments)
    marked = _marked(again)
    assert sorted(marked) == sorted(["再接再励", "，，", "清沏见底", "安祥"])


def _marked(document: Document) -> list[str]:
    """The words between the marks of each comment."""
    space = "{" + document.element.nsmap["w"] + "}"
    open_ones: dict[str, str] = {}
    done = []
    for element in document.element.body.iter():
        if element.tag == space + "commentRangeStart":
            open_ones[element.get(space + "id")] = ""
        elif element.tag == space + "commentRangeEnd":
            done.append(open_ones.pop(element.get(space + "id")))
        elif element.tag == space + "t":
            open_ones = {key: text + (element.text or "") for key, text in open_ones.items()}
    return done


def test_the_same_file_gives_the_same_bytes() -> None:
    data = saved(made(["全县再接再励。"]))
    files = []
    for _ in range(2):
        word = read_word_copy(data, "a.docx")
        files.append(commented(word, proofread([word.copy], WORK), "zh"))
    assert files[0] == files[1]
    with ZipFile(BytesIO(files[0])) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}


def test_a_comment_silences_one_finding_with_a_reason() -> None:
    document = made(["全县再接再励。"], ["又再接再励。"])
    document.add_comment(document.paragraphs[0].runs, "不改 copy.wrong_word：引自旧报", "编辑", "编")
    copy = read_word_copy(saved(document), "a.docx").copy
    assert [each.place.line for each in proofread([copy], WORK) if each.place] == [2]


def test_what_was_deleted_is_no_copy() -> None:
    document = made(["渠水清", "沏"])
    space = "{" + document.element.nsmap["w"] + "}"
    run = document.paragraphs[0].runs[1]._r
    deleted = run.makeelement(space + "del", {})
    run.addprevious(deleted)
    deleted.append(run)
    assert proofread([read_word_copy(saved(document), "a.docx").copy], WORK) == []


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(ManuscriptError):
        read_word_copy(b"PK no", "a.docx")
