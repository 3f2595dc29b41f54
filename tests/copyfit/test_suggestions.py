"""What is suggested for a page that is not full, followed on a small page and held against how it comes out then."""

from dataclasses import replace
from pathlib import Path

from layout.copyfit.advice import cuts
from layout.copyfit.model import ComposedPage
from layout.copyfit.scores import Suggestion
from layout.errors import Place
from layout.flows import Flow
from layout.galley.model import Galley, TextChain
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from small_page import composed_page

WORDS = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"
FRAME = '<div class="f" data-flow="s.1" style="width:160pt;height:100pt"></div>'
CHAPTERS = FRAME.replace('"s.1"', '"s.1 s.2.heading s.2 s.3.heading s.3"')
CSS = ".f [data-kind=heading] { font-size: 10pt; --rows: 2; --break: sense }"


def paragraph(words: str, kind: ParagraphKind = "body") -> Paragraph:
    return Paragraph(kind, (Run(words, Place("a.md", 1)),))


def texts_of(**paragraphs: tuple[str, ...]) -> list[Text]:
    """Texts by name; those that end in ``heading`` are headings."""
    names = {name: f"s.{name[1:].replace('_', '.')}" for name in paragraphs}
    return [
        Text(
            Flow.parse(names[key]),
            tuple(paragraph(words, "heading" if key.endswith("heading") else "body") for words in each),
        )
        for key, each in paragraphs.items()
    ]


def compose(folder: Path, body: str, texts: list[Text], css: str = CSS) -> ComposedPage:
    return composed_page(folder, body, *texts, css=css)


def cut_of(page: ComposedPage) -> Suggestion:
    return next(each for each in page.suggestions if "cut" in each.amount)


def without_end(texts: list[Text], count: int, headings: tuple[str, ...] = ()) -> list[Text]:
    """What an editor does: takes *count* characters off the end, and the headings that are named."""
    left: list[Text] = []
    for text in reversed(texts):
        own = []
        for each in reversed(text.paragraphs):
            if each.kind == "heading":
                own += [] if each.text in headings else [each]
                continue
            gone = min(count, len(each.text))
            count -= gone
            if gone < len(each.text):
                own.append(paragraph(each.text[: len(each.text) - gone]))
        if own:
            left.append(replace(text, paragraphs=tuple(reversed(own))))
    return left[::-1]


def overset(page: ComposedPage) -> bool:
    return any(finding.check == "page.overset" for finding in page.findings)


def test_a_cut_longer_than_any_paragraph_goes_across_paragraphs_and_does(tmp_path: Path) -> None:
    texts = texts_of(s1=(WORDS,) * 6)
    page = compose(tmp_path / "over", FRAME, texts)
    suggestion = cut_of(page)
    amount = suggestion.amount
    assert amount["cut"] > len(WORDS)
    assert (amount["from"], amount["to"]) == (4, 6)
    assert f"第 4–6 段删 {amount['cut']} 字" in suggestion.message.zh
    assert f"cut {amount['cut']} characters from paragraphs 4–6" in suggestion.message.en
    assert not overset(compose(tmp_path / "cut", FRAME, without_end(texts, amount["cut"])))
    assert overset(compose(tmp_path / "less", FRAME, without_end(texts, amount["cut"] - 1)))


def test_one_paragraph_is_preferred_where_it_will_do(tmp_path: Path) -> None:
    amount = cut_of(compose(tmp_path, FRAME, texts_of(s1=(WORDS, WORDS, WORDS * 2)))).amount
    assert set(amount) == {"cut", "text", "paragraph"}


def test_a_heading_goes_only_with_the_whole_of_its_section_and_is_named(tmp_path: Path) -> None:
    texts = texts_of(s1=(WORDS,) * 3, s2_heading=("城乡面貌一新",), s2=(WORDS,), s3_heading=("民生",), s3=(WORDS,))
    page = compose(tmp_path / "over", CHAPTERS, texts)
    suggestion = cut_of(page)
    assert suggestion.amount["headings"][-1] == "民生"
    assert "连同标题" in suggestion.message.zh
    assert suggestion.amount["to_text"] == "s.3"
    after = without_end(texts, suggestion.amount["cut"], tuple(suggestion.amount["headings"]))
    names = [str(text.flow) for text in after]
    assert "s.3.heading" not in names
    assert ("s.2.heading" in names) == ("s.2" in names)
    own = CHAPTERS.replace('"s.1 s.2.heading s.2 s.3.heading s.3"', f'"{" ".join(names)}"')
    assert not overset(compose(tmp_path / "cut", own, after))


def test_a_chain_is_set_few_times(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    counts: list[int] = []
    original = cuts._from_end

    def counting(chain: TextChain, galley: Galley, setting: cuts.SetChain):  # type: ignore[no-untyped-def]
        def counted(other: TextChain) -> Galley:
            counts.append(1)
            return setting(other)

        return original(chain, galley, counted)

    monkeypatch.setattr(cuts, "_from_end", counting)
    assert cut_of(compose(tmp_path, FRAME, texts_of(s1=(WORDS,) * 6))).amount["cut"] > len(WORDS)
    assert 1 <= len(counts) <= 10


def test_a_heading_is_never_shortened(tmp_path: Path) -> None:
    """Set in the run of the copy, it would be the cheapest place to save a line."""
    texts = texts_of(s1=(WORDS,) * 2, s2_heading=(WORDS[:23],), s2=(WORDS[:48],))
    page = compose(tmp_path, CHAPTERS.replace(" s.3.heading s.3", ""), texts, "")
    assert overset(page)
    assert cut_of(page).amount["text"] == "s.2"


def test_an_empty_foot_is_not_told_to_cut(tmp_path: Path) -> None:
    """One chain has too much, and the page has room that it can't use."""
    column = '<div data-column><div class="f" data-flow="s.2"></div></div>'
    body = f'{FRAME}<div data-band="one" style="max-height:24pt">{column}</div>'
    page = compose(tmp_path, body, texts_of(s1=(WORDS,) * 4, s2=(WORDS[:20],)))
    message = {finding.check: finding.hint.zh for finding in page.findings if finding.hint is not None}
    assert "删" in message["page.overset"]
    assert "删" not in message["page.underset"]


def test_a_headline_is_worded_anew_and_has_no_paragraphs(tmp_path: Path) -> None:
    texts = [Text(Flow.parse("s.kicker"), (paragraph(WORDS * 2, "kicker"),))]
    frame = FRAME.replace('"s.1"', '"s.kicker"').replace("height:100pt", "height:30pt")
    page = compose(tmp_path, frame, texts)
    assert overset(page)
    found = cut_of(page)
    assert found.message.zh == f"改短 {found.amount['cut']} 字"
    assert found.message.en == f"make it {found.amount['cut']} characters shorter"


NESTED = (
    '<div data-row><div data-stack style="float:left;width:80pt">'
    '<div data-band="a"><div data-column style="width:80pt">'
    '<div data-picture="p" style="height:80pt;min-height:{0}pt;max-height:100pt"></div>'
    '<div class="f" data-flow="s.1" style="--height:rest"></div></div></div>'
    '<div data-band="b"><div data-column style="width:80pt"><div class="f" data-flow="s.2" style="--height:rest"></div>'
    '</div></div></div><div data-stack style="float:left;width:80pt"><div data-band="c"{1}><div data-column>'
    '<div class="f" data-flow="s.3" style="--height:rest"></div></div></div></div></div>'
)
"""A picture over text, and other text below it; text beside both."""


def picture_of(page: ComposedPage, text: str) -> list[int]:
    """By how many rows pictures are to change for the sake of *text*."""
    found = [each.amount["rows"] for each in page.suggestions if "picture" in each.amount and str(each.chain) == text]
    return [rows for rows in found if isinstance(rows, int)]


def test_a_picture_gives_its_rows_to_what_stands_below_it_in_its_stack(tmp_path: Path) -> None:
    texts = texts_of(s1=("字" * 70,), s2=("字" * 118,), s3=("字" * 240,))  # of 26 rows 7 and 12, beside a picture of 8
    page = compose(tmp_path / "over", NESTED.format(80, ""), texts)
    assert overset(page)
    (rows,) = picture_of(page, "s.2") or picture_of(page, "s.1")
    assert rows < 0
    assert not overset(compose(tmp_path / "lower", NESTED.format(80 + 10 * rows, ""), texts))


def test_a_picture_gives_nothing_to_what_stands_beside_its_stack(tmp_path: Path) -> None:
    texts = texts_of(s1=("字" * 50,), s2=("字" * 100,), s3=("字" * 290,))
    page = compose(tmp_path, NESTED.format(80, ""), texts)
    assert overset(page)
    assert not [each for each in page.suggestions if "picture" in each.amount]


def test_a_stack_that_cannot_reach_the_foot_of_what_stands_beside_it_is_told(tmp_path: Path) -> None:
    """Both bands of the stack are fixed: 15 rows beside a story of 26."""
    fixed = '<div data-band="{0}" style="min-height:{1}pt;max-height:{1}pt"><div data-column>{2}</div></div>'
    frame = '<div class="f" data-flow="s.{0}" style="--height:rest"></div>'
    body = (
        '<div data-row><div data-stack style="float:left;width:80pt">'
        + fixed.format("a", 90, frame.format(1)) + fixed.format("b", 60, frame.format(2))
        + '</div><div data-band="c" style="float:left;width:80pt;min-height:260pt;max-height:260pt"><div data-column>'
        + frame.format(3) + "</div></div></div>"
    )  # fmt: skip
    texts = texts_of(s1=("字" * 80,), s2=("字" * 50,), s3=("字" * 250,))
    page = compose(tmp_path / "plain", body, texts)
    (found,) = [each for each in page.findings if each.check == "page.underset" and "rows" in each.amount]
    assert found.amount["rows"] == 11
    assert "below a, b" in found.message.en
    assert [round(box.height) for box in found.boxes] == [110]
    assert {band.name: round(band.box.height) for band in page.page.bands} == {"a": 90, "b": 60, "c": 260}
    firm = [replace(each, paragraphs=tuple(replace(own, firm=True) for own in each.paragraphs)) for each in texts]
    page = compose(tmp_path / "firm", body, firm)
    (found,) = [each for each in page.findings if each.check == "page.underset" and "rows" in each.amount]
    assert "加一张图、一篇短稿" in str(found.hint)
    assert "删" not in str(found.hint)
