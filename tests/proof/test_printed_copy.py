"""The copy as printed: whole, in lines with places, in one piece where a paragraph runs over pages."""

from __future__ import annotations

from functools import cache

from layout.flows import Flow
from layout.geometry import Box
from layout.issue import read_issue
from layout.pipeline.proof_round import copy_of
from layout.proof.printed_copy import PrintedCopy, PrintedLine, PrintedParagraph
from sample_issue import DUHE, FOLDER, four_pages, sample


@cache
def duhe() -> PrintedCopy:
    return copy_of(read_issue(DUHE), four_pages())


@cache
def tunliu() -> PrintedCopy:
    return copy_of(read_issue(FOLDER), sample().built)


def of(copy: PrintedCopy, flow: str) -> list[PrintedParagraph]:
    return [each for each in copy.paragraphs if str(each.flow) == flow]


def test_every_paragraph_of_the_copy_is_there_as_it_was_written() -> None:
    issue = read_issue(DUHE)
    for page in issue.pages:
        for story in page.stories:
            for text in story.texts():
                wanted = [each.text for each in text.paragraphs]
                assert [each.text for each in of(duhe(), str(text.flow))] == wanted


def test_a_paragraph_that_runs_over_two_pages_is_one() -> None:
    over = [each for each in duhe().paragraphs if len({line.page for line in each.lines}) > 1]
    assert [(str(each.flow), each.page) for each in over] == [("cover.section-3", 1)]
    (paragraph,) = over
    assert {line.page for line in paragraph.lines} == {1, 4}
    assert [paragraph.text[line.start : line.end] for line in paragraph.lines][-1] == "一页。"


def test_lines_follow_one_another_and_know_their_place_on_the_page() -> None:
    for copy in (tunliu(), duhe()):
        for paragraph in copy.paragraphs:
            ends = [line.end for line in paragraph.lines]
            assert ends == sorted(ends)
            assert ends[-1] == len(paragraph.text)
            assert all(line.box.width > 0 and line.box.height > 0 for line in paragraph.lines)
            assert all(len(line.digest) == 12 for line in paragraph.lines)
            if paragraph.flow.story != "page":
                assert paragraph.place, paragraph.flow


def test_the_same_words_on_two_pages_are_two_paragraphs() -> None:
    titles = of(duhe(), "page.folio.title")
    assert [(each.page, each.text) for each in titles] == [(1, "封面"), (2, "来路"), (3, "去处"), (4, "沿途")]


def test_characters_stand_where_their_share_of_the_line_is() -> None:
    (headline,) = of(tunliu(), "tunliu.headline")
    assert [headline.text[line.start : line.end] for line in headline.lines] == ["凝心聚力谋发展", "累累硕果著华章"]
    ((page, box),) = headline.boxes(8, 10)
    line = headline.lines[1]
    assert page == 1
    assert (box.x, box.y) == (line.box.x, line.box.y)
    assert abs(box.width - line.box.width * 2 / 7) < 0.01
    assert [box.y for _, box in headline.boxes(6, 9)] == [line.box.y for line in headline.lines]
    ((_, caret),) = headline.boxes(3, 3)
    assert caret.width == 0


def test_a_line_that_runs_downwards_is_cut_across() -> None:
    line = PrintedLine(1, Box(10, 20, 8, 40), 4, 8, "", upright=True)
    assert line.part(5, 7) == Box(10, 30, 8, 20)
    assert PrintedLine(1, Box(10, 20, 40, 8), 4, 8, "").part(5, 99) == Box(20, 20, 30, 8)


def test_pictures_have_digests_of_their_files() -> None:
    found = {each.id: each for each in duhe().pictures}
    assert set(found) == {each.id for each in read_issue(DUHE).pictures}
    assert len({each.source for each in found.values()}) == len(found)
    assert all(each.look and each.box.width > 0 and each.file for each in found.values())
    assert {each.id: str(each.place) for each in read_issue(DUHE).pictures} == {
        name: each.place for name, each in found.items()
    }


def test_how_a_line_is_set_does_not_depend_on_what_stands_above_it() -> None:
    # Folios on the two left pages: the same words, set alike, have one digest; set otherwise, or other words, another.
    dates = [each.lines[0].digest for each in duhe().paragraphs if each.flow == Flow("page", "folio", None, "date")]
    assert dates[1] == dates[3] != dates[2]
    numbers = [each.lines[0].digest for each in duhe().paragraphs if each.flow == Flow("page", "folio", None, "number")]
    assert len(set(numbers)) == len(numbers)
