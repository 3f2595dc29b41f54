"""Names of flows are read and written in one place, and nothing is lost on the way."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.flows import Chain, Drawn, Flow, source
from layout.manuscript.flow_names import front_matter_key, spoken, stands_alone

NAMES = {
    "tunliu.headline": Flow("tunliu", "headline"),
    "tunliu.section-2": Flow("tunliu", "section", 2),
    "tunliu.section-12.heading": Flow("tunliu", "section", 12, "heading"),
    "tunliu.word.slogan": Flow("tunliu", "word", None, "slogan"),
    "tunliu.figure-1.number": Flow("tunliu", "figure", 1, "number"),
    "picture.ridge": Flow.of_picture("ridge"),
    "picture.ridge-2.caption": Flow.of_picture("ridge-2", "caption"),
    "page.folio.date": Flow("page", "folio", None, "date"),
    "page.turn.tunliu.to": Flow("page", "turn", None, "tunliu.to"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_name(name: str) -> None:
    assert Flow.parse(name) == NAMES[name]
    assert str(NAMES[name]) == name


PARTS = st.sampled_from(
    ["a", "section", "section-1", "section-01", "section-0", "word", "picture", "page", "-3", "", "x-"]
)


@given(st.one_of(st.text(), st.lists(PARTS, min_size=1, max_size=5).map(".".join)))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    assert str(Flow.parse(name)) == name
    assert str(source(name)) == name


@given(st.lists(st.text("ab.-1", min_size=1), max_size=4))
def test_a_chain_comes_back_as_it_was(names: list[str]) -> None:
    assert str(Chain.parse(" ".join(names))) == " ".join(names)


def test_flows_and_chains_sort_as_they_are_written() -> None:
    names = ["a.section-10", "a.section-2", "a.section-2.heading", "a", "a.lede"]
    assert [str(flow) for flow in sorted(map(Flow.parse, names))] == sorted(names)
    assert [str(chain) for chain in sorted(map(Chain.parse, [*names, "a.lede a.section-1"]))] == sorted(
        [*names, "a.lede a.section-1"]
    )


def test_what_is_equal_is_found_again_in_another_process() -> None:
    chain = Chain((Flow("a", "lede"), Flow("a", "section", 1)))
    assert chain == Chain.parse(" a.lede\n a.section-1 ")
    assert {pickle.loads(pickle.dumps(chain)): 1}[chain] == 1
    assert {pickle.loads(pickle.dumps(chain.flows[1])): 1}[Flow.parse("a.section-1")] == 1
    assert not Chain.parse(" ")


@pytest.mark.parametrize(
    ("names", "called"), [("a.lede", "a.lede"), ("a.lede a.section-1 a.closing", "a.lede … a.closing"), ("", "")]
)
def test_what_messages_call_a_chain(names: str, called: str) -> None:
    assert Chain.parse(names).called == called


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("a.headline", False), ("a.section-1", False), ("a.section-1.heading", False), ("a.credits", True),
        ("a.word.logo", True), ("a.figure-1.number", True), ("picture.x.caption", True), ("picture.x.credit", True),
        ("page.folio.date", True), ("page.turn.a.to", False),
    ],
)  # fmt: skip
def test_what_stands_in_one_place(name: str, alone: bool) -> None:
    assert stands_alone(Flow.parse(name)) is alone


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a.headline", "headline"), ("a.deck", "deck"), ("a.word.logo", "words.logo"), ("a.figure-2.after", "figures"),
        ("a.section-1", ""), ("a.lede", ""), ("picture.headline.caption", ""), ("page.folio.deck", ""),
    ],
)  # fmt: skip
def test_the_key_that_a_text_comes_from(name: str, key: str) -> None:
    assert front_matter_key(Flow.parse(name)) == key


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("tunliu.headline", "tunliu 标题", "tunliu headline"),
        ("tunliu.section-2.heading", "tunliu 第 2 节 小标题", "tunliu section 2 heading"),
        ("tunliu.figure-1.number", "tunliu 数字 1 数", "tunliu figure 1 number"),
        ("tunliu.word.slogan", "tunliu 题字 slogan", "tunliu word slogan"),
        ("picture.ridge.caption", "图片 ridge 图说", "picture ridge caption"),
        ("picture.ridge", "图片 ridge", "picture ridge"),
        ("page.folio.date", "报眉 date", "folio date"),
        ("page.turn.tunliu.to", "报眉 turn.tunliu.to", "folio turn.tunliu.to"),
        ("odd", "odd", "odd"),
    ],
)
def test_names_for_people(name: str, zh: str, en: str) -> None:
    assert (spoken(Flow.parse(name), "zh"), spoken(Flow.parse(name), "en")) == (zh, en)


def test_what_a_style_sheet_draws() -> None:
    assert source("design/header.folio") == Drawn("header.folio")
    assert spoken(Drawn("header.folio"), "en") == "design header.folio"
