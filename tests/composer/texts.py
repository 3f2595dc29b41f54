"""What the composer's property tests are made of: texts, settings, and the checks every composition must stand."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from layout.composer import Composition, Setting
from layout.composer.classes import prohibited

HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张的一是了人民"
PIECES = [
    *HAN, *HAN, *"，，，。。、、；：？！", *"“”‘’（）《》【】〈〉『』", "·", "～", "—", "——", "……", "/", "–",
    "2026年", "332个", "893亿元", "12.5%", "-5℃", "¥1200", "1.5万平方米", "AI", "GDP", "editor", "well-known", " ",
    "(气)", "㎡", "Ⅱ类", "一、", "（二）", "1.", "…………",
]  # fmt: skip

copy = st.lists(st.sampled_from(PIECES), min_size=1, max_size=70).map("".join)
"""Chinese copy as a newspaper has it, and worse."""

anything = st.text(
    st.one_of(
        st.sampled_from(HAN + "，。“”《》—…"),
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\u0301\ufe0f\U000e0100\u200d\u200b\u2060\u00a0\u202e\u2067\u2069\u3000\n\t\r\U0001f468\U0001f3fdＡ８％"
        ),
    ),
    max_size=60,
)
"""Any text at all."""

settings_of = st.builds(
    Setting,
    fit=st.sampled_from(["first", "total"]),
    indent=st.sampled_from([0.0, 2.0]),
    kinsoku=st.sampled_from(["none", "basic", "gb", "strict"]),
    adjacent=st.sampled_from(["1.5", "1.0", "none"]),
    line_end=st.sampled_from(["full", "allow-end", "gb-half"]),
    line_start=st.sampled_from(["trim", "full"]),
    han_latin=st.sampled_from([0.0, 0.125, 0.25]),
    word_space=st.sampled_from([None, 1 / 3, 0.5]),
    keep_number_unit=st.booleans(),
    hang=st.booleans(),
    hyphenate=st.sampled_from(["", "", "en_US", "de_DE"]),
    protected=st.sampled_from([(), ("天地", "盈昃辰"), ("的一是", "人民")]),
    keep_names=st.sampled_from([0.0, 0.2]),
    tracking=st.sampled_from([0.0, 0.0, 0.05]),
    hug=st.booleans(),
    squeeze_stop=st.booleans(),
    punctuation=st.sampled_from(["line-end-half", "full", "kaiming", "half"]),
    items=st.sampled_from(["plain", "plain", "hanging"]),
    keep_titles=st.sampled_from([0, 6]),
    ellipses_alone=st.booleans(),
)


def characters(composed: Composition) -> str:
    """The text as its placed clusters spell it."""
    return "".join(
        one.cluster.text for line in composed.lines for one in line.placed if not (one.inserted or one.annotation)
    )


def bad_edges(text: str, composed: Composition, setting: Setting) -> list[str]:
    """The line edges that break a prohibition, judged from the text alone."""
    not_start, not_end = prohibited(setting.kinsoku)
    found = []
    for line in composed.lines[1:]:
        before, after = text[: line.start].rstrip(" "), text[line.start :].lstrip(" ")
        if not after or not before or before[-1] == "\n":
            continue
        pair = re.match(r"(——|……)", after) and setting.kinsoku != "strict"
        pair = pair or (setting.ellipses_alone and re.match(r"…{4}(?!…)", after))
        sign = re.match(r"-\d", after)
        inside = line.start and text[line.start - 1 : line.start + 1] in {"——", "……"} and _odd_run(text, line.start)
        digits = re.search(r"[0-9.]$", text[: line.start]) and re.match(r"[0-9.%]", text[line.start :])
        if (after[0] in not_start and not pair and not sign) or before[-1] in not_end or inside or digits:
            found.append(f"{before[-3:]}|{after[:3]}")
    return found


def _odd_run(text: str, position: int) -> bool:
    """Whether *position* lies inside a pair of its run of dashes or dots."""
    start = position
    while start and text[start - 1] == text[position]:
        start -= 1
    return (position - start) % 2 == 1
