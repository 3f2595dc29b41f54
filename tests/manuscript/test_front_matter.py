"""The head of a manuscript: values with their lines, mistakes all at once."""

import pytest

from layout.errors import LayoutError
from layout.manuscript import front_matter
from layout.manuscript.front_matter import FrontMatter, keys, read, split


def front_of(text: str) -> FrontMatter:
    faults: list[LayoutError] = []
    front = read(text, "a.md", faults)
    assert not faults, [fault.message.zh for fault in faults]
    return front


def faults_of(text: str) -> list[LayoutError]:
    faults: list[LayoutError] = []
    read(text, "a.md", faults)
    return faults


def words_of(paragraphs) -> list[str]:
    return ["".join(run.text for run in runs) for runs in paragraphs]


def test_values_know_their_line_and_column():
    front = front_of("headline: 凝心聚力\ncredits: '策划/甲'\nwords:\n  year: 2026")
    places = [front.texts["headline"], front.texts["credits"], front.words["year"]]
    assert [(runs[0][0].place.line, runs[0][0].place.column) for runs in places] == [(2, 11), (3, 11), (5, 9)]


def test_trade_words_are_keys():
    front = front_of("引题: 一\n主题: 二\n副题: 三\n编务署名: 四\n数说: [甲]\n专名: [乙]\n词: {年份: 五}")
    assert {key: words_of(value) for key, value in front.texts.items()} == {
        "kicker": ["一"],
        "headline": ["二"],
        "deck": ["三"],
        "credits": ["四"],
    }
    assert [run.text for run in front.lists["figures"] + front.lists["protected"]] == ["甲", "乙"]
    assert words_of(front.words["年份"]) == ["五"]


@pytest.mark.parametrize("value", ["2026", "010", "1e3", "yes", "null", "12:30", "2026-02-05", "0x1F", "3.10", "~"])
def test_values_stay_as_typed(value):
    assert words_of(front_of(f"headline: {value}").texts["headline"]) == [value]


@pytest.mark.parametrize(
    ("yaml", "paragraphs"),
    [
        ("headline: [甲乙, 丙丁]", ["甲乙", "丙丁"]),
        ("headline:\n  - 甲乙\n  - 丙丁", ["甲乙", "丙丁"]),
        ("headline: |\n  甲乙\n  丙丁", ["甲乙", "丙丁"]),
        ("headline: 甲乙\n  丙丁", ["甲乙丙丁"]),
        ("headline: one\n  two", ["one two"]),
        ('headline: "甲: 乙 # 丙"', ["甲: 乙 # 丙"]),
        ("headline: C#语言", ["C#语言"]),
    ],
)
def test_values_of_several_lines(yaml, paragraphs):
    assert words_of(front_of(yaml).texts["headline"]) == paragraphs


def test_lines_of_a_block_know_their_lines():
    front = front_of("kicker: 一\nheadline: |\n  甲\n  乙")
    assert [runs[0].place.line for runs in front.texts["headline"]] == [4, 5]


def test_comments_have_lines_of_their_own():
    assert words_of(front_of("# 备注\nheadline: 甲\n# 又一句").texts["headline"]) == ["甲"]


@pytest.mark.parametrize(
    ("yaml", "line", "words", "hint"),
    [
        ("headline: 甲\nheadlin: 乙", 3, "headlin", "headline"),
        ("headline: 甲\n主提: 乙", 3, "主提", "主题"),
        ("headline: 甲\nxyz: 乙", 3, "xyz", "可用的键"),
        ("headline: 甲\nheadline: 乙", 3, "两次", "留下"),
        ("headline: 甲\n主题: 乙", 3, "同一个键", "留下"),
        ("words:\n  a: 甲\n  a: 乙\nheadline: 丙", 4, "两次", "留下"),
        ("words:\n  a.b: 甲\nheadline: 丙", 3, "不能作名称", "只用"),
        ("headline:\nkicker: 甲", 2, "空的", "填上"),
        ("headline: ''", 2, "空的", "填上"),
        ("headline: {a: b}", 2, "应当是文字", "引号"),
        ("headline: 甲\nfigures: 重点项目", 3, "一列", "- "),
        ("headline: 甲\nfigures:\n  - {195.7公里}\n", 4, "应当是文字", "引号"),
        ("headline: 甲\nwords: 乙", 3, "表", "名称"),
        ("kicker: 甲", 1, "headline", "加一行"),
        ("headline：甲", 2, "全角冒号", "半角冒号"),
        ("headline:甲", 2, "少一个空格", "空格"),
        ("headline: 甲 # 乙", 2, "丢掉", "引号"),
        ("headline: &甲 乙", 2, "记号", "引号"),
        ("headline: *甲", 2, "记号", "引号"),
        ("headline: !甲 乙", 2, "记号", "引号"),
        ("headline: [&a 甲]", 2, "记号", "引号"),
        ("headline: 甲: 乙", 2, "YAML", "引号"),
        ("headline: 甲\nfigures:\n  - {195.7公里}农村公路\n", 4, "YAML", "引号"),
        ("headline: 甲\n\tkicker: 乙", 3, "YAML", "制表符"),
        ("", 2, "空的", "写成"),
        ("- 甲\n- 乙", 2, "键: 值", "写成"),
    ],
)
def test_mistakes_have_a_line_a_sentence_and_a_hint(yaml, line, words, hint):
    faults = faults_of(yaml)
    fault = next(fault for fault in faults if words in fault.message.zh)
    assert fault.place.line == line
    assert hint in fault.hint.zh
    assert fault.message.en


def test_all_mistakes_are_told_at_once():
    assert len(faults_of("headlin: 甲\nkicker:\nfigures: 乙\nwords: 丙")) == 5


def test_split_gives_the_head_and_its_length():
    assert split("---\nheadline: 甲\n---\n正文", "a.md") == ("headline: 甲", 3)


def test_every_key_has_trade_words():
    assert all(key.aliases for key in keys().values())


@pytest.mark.parametrize("sign", ["[", "{", "- ", "{a: ["])
def test_what_is_nested_without_end_is_one_fault(sign):
    (fault,) = faults_of("headline: 甲\n" + ("deck:\n  " if sign == "- " else "deck: ") + sign * 3000)
    assert "太深" in fault.message.zh
    assert fault.exit_code == 3
    assert fault.place is not None
    assert fault.place.line == (4 if sign == "- " else 3)


def test_front_matter_is_parsed_once_for_its_text_and_whatever_is_changed_is_seen() -> None:
    head = "headline: 一年来\nwords: { a: 甲, b: 乙 }\nprotected: [两会, 一年]"
    tally, first = front_matter._composed().tally, front_matter.read(head, "a.md", [])
    found = tally.found
    assert front_matter.read(head, "b.md", []).texts["headline"][0][0].place.file == "b.md"
    assert tally.found == found + 1
    for at in range(len(head)):
        other = head[:at] + ("丙" if head[at] >= "一" else head[at]) + head[at + 1 :]
        again = front_matter.read(other, "a.md", [])
        assert (again == first) is (other == head)


def test_a_fault_of_front_matter_is_told_every_time() -> None:
    for file in ("a.md", "b.md", "a.md"):
        faults: list[LayoutError] = []
        front_matter.read("headline: &a 一年", file, faults)
        assert [str(each.place) for each in faults] == [f"{file}:2:11"]


def test_of_front_matter_no_more_is_held_than_so_many_bytes() -> None:
    held = front_matter._composed()
    for number in range(300):
        front_matter.read(f"headline: {number}\nlede: {'字' * 1000}", "a.md", [])
    assert held._size <= front_matter.PARSED
    assert len(held._entries) < 300
