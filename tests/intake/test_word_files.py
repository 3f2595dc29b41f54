"""Word files of other programs: every character of the body is read, in its order, as a second reader has it."""

from __future__ import annotations

import io
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from intake.second_reader import characters
from intake.test_word import CASES
from intake.word_files import PNG, p, word_file
from layout.intake.markdown_writer import write_manuscript
from layout.intake.model import CopyBlock, CopyBox, CopyParagraph, CopyPicture, CopyTable, Received
from layout.intake.readers import read_received
from layout.intake.round_trip import differences
from layout.intake.story_draft import draft_story
from layout.intake.word import read_word

HERE = Path(__file__).parent / "word"
FILES = sorted(HERE.glob("*/*.docx"))
SENTENCES = (
    "全区上下深入推进转型发展，全年谋划重点项目332个。",
    "“求其上”理念深入人心。",
    "记者从发布会上获悉，总投资3.2亿元。",
    "张家坪村的李大爷说：“水来了，苗就活了。”",
    "森林覆盖率达到41.3%（比上年提高1.2个百分点）。",
    "见《通报》[2025]12号、A*B、x^2、50~60个。",
)
MADE = 20


def words_of(blocks: tuple[CopyBlock, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case CopyParagraph():
                yield "".join(run.text for run in block.runs)
            case CopyTable():
                yield from words_of((block.title,) if block.title else ())
                yield from (word for cell in block.cells for word in words_of(cell.paragraphs))
            case CopyPicture():
                yield block.caption + block.credit
            case CopyBox():
                pass  # the second reader leaves text boxes out


def bare(text: str) -> str:
    """Without white space, and without the brackets that part a credit from its caption."""
    return re.sub(r"[\s（）]", "", text)


def held_to(received: Received, data: bytes) -> None:
    notes = (words for note in received.notes for words in words_of(note.paragraphs))
    assert bare("".join([*words_of(received.blocks), *notes])) == bare(characters(data))


def written(received: Received) -> list[str]:
    """What differs between the story and the manuscript that is written of it."""
    draft = draft_story([received], "稿")
    text = write_manuscript(draft).text
    return [f"{each.check}: {each.message.zh}" for each in (*draft.findings, *differences(draft, text, "稿.md"))
            if each.check in ("intake.difference", "intake.refused")]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_character_is_read_and_written(path: Path) -> None:
    data = path.read_bytes()
    received = read_word(data, path.name)
    held_to(received, data)
    assert written(received) == []


def made_by_python_docx(number: int) -> bytes:
    chance = random.Random(number)
    document = docx.Document()
    document.add_heading(f"第{number}篇稿", 0)
    for _ in range(chance.randint(3, 9)):
        match chance.choice(
            ("copy", "copy", "copy", "heading", "table", "list", "numbers", "picture", "break", "large")
        ):
            case "copy":
                paragraph = document.add_paragraph()
                for sentence in chance.choices(SENTENCES, k=3):
                    paragraph.add_run(sentence).bold = chance.random() < 0.2
            case "heading":
                document.add_heading(chance.choice(("水到渠成", "项目为王")), chance.randint(1, 3))
            case "table":
                table = document.add_table(2, 3)
                for index, cell in enumerate(table.columns[0].cells):
                    cell.text = f"科目{index}"
                table.cell(0, 1).merge(table.cell(0, 2)).text = "金额|（万元）"
                table.cell(1, 1).text = "^^"
            case "list":
                document.add_paragraph("看项目", style="List Bullet")
            case "numbers":
                document.add_paragraph("落实责任；", style="List Number")
            case "picture":
                document.add_picture(io.BytesIO(PNG))
                document.add_paragraph("图为会场。李四 摄", style="Caption")
            case "break":
                run = document.add_paragraph("甲").add_run("乙")
                run.add_break(WD_BREAK.LINE)
                run.add_text("丙\t丁")
            case "large":
                document.add_paragraph().add_run(chance.choice(SENTENCES)).font.size = Pt(22)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("number", range(MADE))
def test_every_character_of_a_file_by_python_docx(number: int) -> None:
    data = made_by_python_docx(number)
    received = read_word(data, f"{number}.docx")
    held_to(received, data)
    assert written(received) == []
    assert [each.check for each in received.findings if each.check == "intake.furniture"] == ["intake.furniture"]


@pytest.mark.parametrize("name", CASES)
def test_what_is_made_by_hand_is_written_as_it_was_received(name: str) -> None:
    case = CASES[name]
    body = p("临溪县灌区改造惠民生") + p(SENTENCES[0]) + case.body + p(SENTENCES[1])
    assert written(read_word(word_file(body, parts=case.parts, media=case.media), "稿.docx")) == []


def test_columns_are_joined_in_word_files_too_and_english_is_left(tmp_path: Path) -> None:
    cut = (
        "全区上下深入推进转型发展，全年谋划重点项目三百三十二个，总投资八百九十三亿元，鼎轮飞轮储能一期、光伏发电一期项目",
        "并网运行，远景风电、汇集站等项目开工建设，开工率七成五，持续深化改革，改造居民小区四个，服务群众近万人，城北小区开",
        "工建设，配套医院等设施加快推进。",
        "This is a sentence of some length that has no end in it and is followed by another",
        "paragraph of the same kind, which goes on. Here it ends.",
    )
    path = tmp_path / "来稿.docx"
    path.write_bytes(word_file("".join(map(p, cut))))
    received = read_received(path)
    assert [each.text for each in received.paragraphs()] == ["".join(cut[:3]), *cut[3:]]
    assert [each.check for each in received.findings] == ["intake.rejoined"] * 2


def test_there_are_sixty_files_by_other_programs_and_rows_that_say_whose() -> None:
    rows = tomllib.loads((HERE / "PROVENANCE.toml").read_text("utf-8"))["folder"]
    assert {row["name"]: row["files"] for row in rows} == {
        folder.name: len(list(folder.glob("*.docx"))) for folder in HERE.iterdir() if folder.is_dir()
    }
    assert len(FILES) + MADE >= 60
