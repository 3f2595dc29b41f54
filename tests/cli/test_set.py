"""layout set: lines, their adjustments with the rule, and case files."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from layout.cli.set_command import _REMARKS
from layout.composer import Remark
from layout.composer.classes import marks

from .conftest import Shell

pytestmark = pytest.mark.slow

VECTORS = Path(__file__).parents[1] / "composer" / "clreq_vectors.json"


def test_text(shell: Shell) -> None:
    ran = shell("set", "天地玄黄宇宙洪荒，盈昃辰", "--measure", "8")
    assert ran.code == 0
    assert "1 天地玄黄宇宙洪\n" in ran.out
    assert "2 荒，盈昃辰\n" in ran.out
    assert "字距加 +0.1667 × 6 [CLREQ 字距拉伸第 3 步]" in ran.out


def test_every_adjustment_and_remark_has_words_in_both_languages(shell: Shell) -> None:
    texts = {
        "12": ("天·地·“玄”，黄：（宇）、宙AI洪。荒 ab cd，，日月盈昃", ()),
        "8": ("天地玄黄宇宙洪荒，盈昃AB辰", ("--style", "hang=true")),
        "6": ("天地International“辰” ab", ()),
        "5": ("天地玄332个《史记》张三丰", ("--style", 'protected=["张三丰"]', "--style", "fit=first")),
    }
    for measure, (text, more) in texts.items():
        for lang in ("zh", "en"):
            ran = shell("set", text, "--measure", measure, "--lang", lang, *more)
            assert not re.search(r"\b[a-z]+_[a-z]+|\w\+ ", re.sub(r"\[.*?\]", "", ran.out))
            assert not (lang == "zh" and re.search(r"\[[^\]]*[a-z]{3}", ran.out))
    assert set(marks().words) == set(marks().rules)
    assert set(get_args(get_type_hints(Remark)["what"])) == set(_REMARKS)


@pytest.mark.parametrize(("value", "good"), [("de_DE", True), ("fr", True), ("1", True), ("true", True), ("xx", False)])
def test_hyphenation_by_language(shell: Shell, value: str, good: bool) -> None:
    ran = shell("set", "internationalization", "--measure", "6", "--style", f"hyphenate={value}")
    assert ran.code == (0 if good else 2)
    assert good or ("选项 hyphenate 不能是“xx”" in ran.err and "de_DE" in ran.err)


def test_text_from_a_pipe(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("天地玄黄"))
    assert "天地玄黄" in shell("set", "-").out


def test_json(shell: Shell) -> None:
    described = json.loads(shell("set", "天，地，玄黄", "--measure", "5", "--json").out)
    assert "".join(line["text"] for line in described["lines"]) == "天，地，玄黄"


def test_remarks_are_said(shell: Shell) -> None:
    assert "字距过大" in shell("set", "天地International", "--measure", "6").out
    assert "very loose" in shell("set", "天地International", "--measure", "6", "--lang", "en").out
    assert "限度内还缺 3.67 字" in shell("set", "天地International", "--measure", "6").out
    assert "lacks 3.67 em" in shell("set", "天地International", "--measure", "6", "--lang", "en").out


def test_the_conformance_vectors(shell: Shell) -> None:
    ran = shell("set", "--cases", str(VECTORS))
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "124 例，不符 0，未查 11。"
    assert "— G01  （版面一级，这里不查）" in ran.out
    assert "✓ G" not in ran.out
    english = shell("set", "--cases", str(VECTORS), "--lang", "en").out
    assert "— G01  (page level, not tried here)" in english
    assert english.splitlines()[-1] == "124 cases, 0 differ, 11 not tried."
    results = json.loads(shell("set", "--cases", str(VECTORS), "--json").out)
    assert len(results) == 124


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expect": {"lines": ["天地", "玄黄"]}}, "应为 天地／玄黄"),
        ({"expect": {"adjust": {"0": {"comma": [0.5]}}}}, "第 1 行逗号、顿号、分号收 comma 应为 [0.5]，得 无"),
        ({"expect": {"not_line_start": "天"}}, "天 不得在行首"),
        ({"expect": {"lines_start": ["地"]}}, "应以 地 开头：天地玄"),
        ({"type": "width", "expect": {"width_em": 3}}, "宽 width_em 应为 3，得 4.0"),
    ],
)
def test_a_case_that_differs_is_told(shell: Shell, tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    file = tmp_path / "cases.json"
    case = {"id": "X", "type": "lines", "text": "天地玄黄", "measure_em": 3, **change}
    file.write_text(json.dumps([case], ensure_ascii=False), encoding="utf-8")
    ran = shell("set", "--cases", str(file))
    assert ran.code == 1
    assert sentence in ran.out
    assert "1 例，不符 1。" in ran.out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[{", "cases.json:1:3: 用例文件不是合法的 JSON。"),
        (b"\xff\xfe", "不是 UTF-8 文本"),
        (b"[7]", "第 1 例缺 text 或 measure_em"),
        (b'[{"type": "geometry"}, {"text": "a"}]', "第 2 例缺 text 或 measure_em"),
        (b'{"some": "thing"}', "第 1 例缺 text 或 measure_em"),
    ],
)
def test_a_bad_file_is_one_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.json").write_bytes(content)
    ran = shell("set", "--cases", "cases.json")
    assert ran.code == 2
    assert sentence in ran.err


def test_style(shell: Shell) -> None:
    text = "他说……又说…………走了。"
    plain = shell("set", text, "--measure", "11", "--json")
    joined = shell("set", text, "--measure", "11", "--json", "--style", "ellipses-alone=false")
    assert [line["text"] for line in json.loads(plain.out)["lines"]] == ["他说……又说", "…………", "走了。"]
    assert [line["text"] for line in json.loads(joined.out)["lines"]] == ["他说……又说…………", "走了。"]
    half = shell("set", "天，地，玄黄", "--json", "--style", "punctuation=开明")
    assert json.loads(half.out)["lines"][0]["width"] == 5


@pytest.mark.parametrize("style", ["kinsoku=very", "kinsok=gb", "kinsoku", "indent=wide", "hang=2"])
def test_a_style_that_is_none_is_named(shell: Shell, style: str) -> None:
    ran = shell("set", "天地", "--style", style)
    assert ran.code == 2
    assert style.split("=", maxsplit=1)[0] in ran.err
    assert "→" in ran.err


@pytest.mark.parametrize(
    ("style", "range_"),
    [
        ("tracking=-3", "-0.25–1"),
        ("tracking=NaN", "-0.25–1"),
        ("indent=1e308", "0–100"),
        ("han-latin=-1", "0–1"),
        ("autospace=9", "0–1"),
        ("autospace=x", "0–1"),
        ("space=Infinity", "0–2"),
        ("gap-error=-1", "0–10"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_bounds(shell: Shell, style: str, range_: str) -> None:
    ran = shell("set", "天地玄黄", "--style", style)
    assert ran.code == 2
    assert f"选项 {style.split('=', maxsplit=1)[0]} 不能是" in ran.err
    assert range_ in ran.err


def test_a_measure_out_of_bounds_is_refused(shell: Shell) -> None:
    assert "行长须在 1 至 10000 字之间" in shell("set", "天地玄黄", "--measure", "1e308").err
    assert shell("set", "天地玄黄", "--measure", "nan").code == 2
