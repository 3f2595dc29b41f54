"""Slips in the copy: found where they are, and nowhere else."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from layout.checks import Severity
from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from layout.manuscript.reader import read_story
from layout.preflight.explain import explain
from layout.proofreading.copy_checks import check_story, check_texts, rules

ISSUES = Path(__file__).resolve().parents[2] / "issues"


def found_in(*paragraphs: str, kind: ParagraphKind = "body") -> list[tuple[str, str]]:
    text = Text(
        Flow.parse("a.lede"), tuple(Paragraph(kind, (Run(words, Place("a.md", 1, 1)),)) for words in paragraphs)
    )
    return [(finding.check.removeprefix("copy."), finding.amount["found"]) for finding in check_texts([text])]


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("220KV汇集站", [("unit_case", "220KV")]),
        ("装机50Mw、发电3KWH", [("unit_case", "3KWH")]),
        ("路长3.5Km", [("unit_case", "3.5Km")]),
        ("固(气)废", [("half_width_brackets", "(气)")]),
        ("协会(CPA)成立", [("half_width_brackets", "(CPA)")]),
        ("今天,我们", [("half_width_marks", ",")]),
        ("他说:“好。”", [("half_width_marks", ":")]),
        ("今天开会.明天", [("half_width_stop", ".")]),
        ('牢固树立"求其上"理念', [("straight_quotes", '"'), ("straight_quotes", '"')]),
        ("第二天———他来了", [("dash", "———")]),
        ("他说，—这样", [("dash", "—")]),
        ("这里—那里", [("single_dash", "—")]),
        ("等等…", [("ellipsis", "…")]),
        ("等等...", [("ellipsis", "...")]),
        ("等等。。。", [("ellipsis", "。。。")]),
        ("今天，，明天", [("doubled_marks", "，，")]),
        ("今天、，明天", [("doubled_marks", "、，")]),
        ("真的！。", [("doubled_marks", "！。")]),
        ("共３３２个", [("full_width_letters", "３３２")]),
        ("ＧＤＰ增长", [("full_width_letters", "ＧＤＰ")]),
        ("凝心聚力 谋发展", [("space_between_han", " ")]),
        ("屯留　区", [("space_between_han", "　")]),
        ("用于　建设", [("space_between_han", "　")]),
        ("各位代表：　　现在，我报告工作。　　一、回顾", [("run_together", "　　"), ("run_together", "　　")]),
        ('写道: "The old man smiled." 这句话', [("half_width_marks", ":"), *[("straight_quotes", '"')] * 2]),
        ("再做一次。。好", [("doubled_marks", "。。")]),
        ("2025年10月--2026年3月", [("double_hyphen", "--")]),
        ("他说--好，13900-- 14000人", [("double_hyphen", "--"), ("double_hyphen", "-- ")]),
        ("收入12，386元，其中1，386行", [("number_comma", "12，386"), ("number_comma", "1，386")]),
        ("共1，280，000人、386，000元", [("number_comma", "1，280，000"), ("number_comma", "386，000")]),
        ("亩均节水80m3左右，5 km2，每m2造价", [("unit_power", "80m3"), ("unit_power", "5 km2"), ("unit_power", "m2")]),
        ("面积达到*1280万平方米*，比上年", [("stray_markup", "*1280万平方米*")]),
        ("如*见图*所示", [("stray_markup", "*见图*")]),
        ("每户1.5吨[1]，占5%[2]。", [("typed_note", "[1]"), ("typed_note", "[2]")]),
        ("[1] 指享受补贴的农户。", [("typed_note", "[1]")]),
        ("2月30日起，6月31日、11月31号止", [("no_such_date", day) for day in ("2月30日", "6月31日", "11月31号")]),
        ("2026年13月5日，2025年2月29日", [("no_such_date", "2026年13月5日"), ("no_such_date", "2025年2月29日")]),
        ("供热面积【核】，姓名〇〇〇，（查）", [("placeholder", each) for each in ("【核】", "〇〇〇", "（查）")]),
        ("____元，□□村，○○县", [("placeholder", each) for each in ("____", "□□", "○○")]),
        ("金额：待补，日期：待定", [("placeholder", "待补"), ("placeholder", "待定")]),
        ("含×个项目，投资×亿元，×月×日", [("placeholder", "×")] * 4),
        ("约××亿元，投资XX万元，增长__%，（ ）人", [("placeholder", each) for each in ("××", "XX", "__", "（ ）")]),
        ("增长?%，￥？？元，时间：待核实", [("placeholder", each) for each in ("?", "？？", "待核实")]),
        ("只有?个流量，第?届，不过⿰氵木三", [("placeholder", each) for each in ("?", "?", "⿰氵木")]),
        ("他说－－好", [("double_hyphen", "－－")]),
        ("二月三十日、十一月三十一日", [("no_such_date", day) for day in ("二月三十日", "十一月三十一日")]),
        ("2026年3月5日上午（星期五）", [("weekday", "2026年3月5日上午（星期五）")]),
        ("总投资约?亿元，人数？万人", [("placeholder", "?"), ("placeholder", "？")]),
        ("共 332 个", [("space_beside_han", " "), ("space_beside_han", " ")]),
        ("发展的的成果", [("repeated_character", "的的")]),
        ("提档升级提档升级", [("repeated_words", "提档升级提档升级")]),
        ("增长12。5%", [("number_point", "12。5")]),
        ("二0二五年", [("han_year", "二0二五")]),
        ("2025.3.5开会", [("date_points", "2025.3.5")]),
        ("增长30～50%", [("percent_range", "30～50%")]),
        ("屯\u200b留", [("hidden_character", "\u200b")]),
        ("__重点__工程", [("stray_markup", "__重点__")]),
        ("推进==重点==", [("stray_markup", "==重点==")]),
        ("*注：数据截至年底。*", [("stray_markup", "*注：数据截至年底。*")]),
        ("标题<br>两行", [("html", "<br>")]),
        ("A&nbsp;B", [("html", "&nbsp;")]),
        ("语⽂和⾦属", [("radical", "⽂"), ("radical", "⾦")]),
        ("共有×××人", [("placeholder", "×××")]),
        ("20XX年", [("placeholder", "20XX")]),
        ("总投资（待核）亿元", [("placeholder", "（待核）")]),
        ("2026年3月5日（星期五）开幕", [("weekday", "2026年3月5日（星期五）")]),
        ("2026年3月8日，周一", [("weekday", "2026年3月8日，周一")]),
        ("周五（2026年11月28日）", [("weekday", "周五（2026年11月28日）")]),
        ("推进**重点", [("stray_markup", "**")]),
        ("“求其上理念", [("unpaired_mark", "“")]),
        ("求其上”理念", [("unpaired_mark", "”")]),
        ("《办法出台", [("unpaired_mark", "《")]),
        ("“甲（乙”丙）", [("unpaired_mark", "（"), ("unpaired_mark", "）")]),
        ("“甲“乙”丙”", [("nested_quotes", "“乙”")]),
        ("《甲《乙》丙》", [("nested_quotes", "《乙》")]),
    ],
)
def test_slips_are_found(copy, expected):
    assert found_in(copy) == expected


@pytest.mark.parametrize(
    "copy",
    [
        "深化“承诺制+标准地+全代办”改革，出让“标准地”四宗272亩。",
        "开工率77.5%，220kV汇集站，装机50MW，路长195.7公里，3km，10kg",
        "本报讯（记者 张三 通讯员 李四）昨日",
        "（新华社北京3月5日电 记者王某）",
        "编者按　春天来了。",
        "第一条 为了规范",
        "第三章　附则",
        "本报记者 王 伟　摄影 赵兰",
        "（下转第3版）",
        "文/图 李四 张三",
        "a*b、2*3、带*者为候选人，带*者为列席代表",
        "PM<2.5，x==y",
        "决定递补马小军、欧阳雪梅、于　洋为县委委员，副县长张　涛主持会议",
        "丁文博　于　洋　马小军　王　丽　王　伟（回族）　田秀英（女）　李　明",
        "县委常委：丁文博　马小军　王　丽　田秀英。",
        "本报记者  陈堃　　实习生  黄祎玮",
        "身高6'2\"，爱喝酒，6'吧，5'10''高",
        "十二月三十一日，一月三十日，三十一日，十月十日，二〇二六年二月二十八日",
        "××村村民，张××说，你以为？年轻人怎么过？年货，最大号XXL，情况有待核实，（空白）",
        "面积=长度*宽度*高度，长5*宽3*高2，王伟*、李明*为候补，138****1234",
        "使用--help参数",
        "共3个，125人，排名第3，101，102，103室，增长5，10家",
        "0.5m/s，M2增长，2m高，km2表",
        "[2025]12号",
        "二〇〇〇年，一〇〇〇，√○，表○，缺口待补，问题待定的原因",
        "2月29日、3月31日、6月30日，2024年2月29日",
        "4×100米，2×3，甲×乙，为什么？万元户说，（补充）",
        "2026年3月5日，周一鸣说；2026年3月5日，周一至周五开放",
        "2026年3月5日（星期四）、2026年3月8日星期天",
        "最大号XXL，XX路",
        "以3:2获胜，上午9:30开会，1:500",
        "破折号——两格，省略号……六点……——",
        "2020—2025年，太原—长治客运，T1—T5",
        "“‘内’外”，《〈内〉外》，（甲〔乙〕）",
        "的的确确，是是非非，和和美美，目的的实现，参与与合作，以及及时，总和和平均，行为为人",
        "什么？！真的！！真的？？？",
        "Ⅱ类水质，㎡，℃，‰，〇",
        "don’t stop, it’s (really) fine: yes!",
        "1)加快建设",
        "（一）总则",
        "二〇二五年，二十届三中全会",
        "人心思齐、人心思干、人心思进",
        "50%～60%，30～50个",
        "PM2.5、5G、C919",
    ],
)
def test_right_copy_is_left_alone(copy):
    assert [found for found in found_in(copy) if found[0] != "single_dash"] == []


@pytest.mark.parametrize("cell", ["-12.5", "-3", "-1,280.5", "-12.5%", "-5 ℃", "-3万人"])
def test_a_hyphen_for_a_minus_in_a_table_is_told_with_the_minus(cell: str):
    assert found_in(cell, kind="cell") == [("hyphen_minus", cell)]
    finding = rules()["copy.hyphen_minus"].finding(cell, Place("a.md", 1))
    assert finding.hint is not None
    assert cell.replace("-", "−") in finding.hint.zh


@pytest.mark.parametrize("cell", ["−12.5", "12-5", "2016-2020", "-", "--", "3-", "-甲", "K-12", "-5-8"])
def test_other_hyphens_in_a_table_are_no_minus(cell: str):
    assert "hyphen_minus" not in dict(found_in(cell, kind="cell"))
    assert "hyphen_minus" not in dict(found_in(f"气温{cell}", kind="body"))


def test_spaces_belong_in_headlines_and_credits():
    assert found_in("凝心聚力谋发展 累累硕果著华章", kind="headline") == []
    assert found_in("策划/宋玉红 统筹/秦亮 陈建波", kind="credits") == []


def test_a_quotation_of_several_paragraphs_opens_each():
    assert found_in("他说：“第一段。", "“第二段。", "“第三段。”") == []
    assert found_in("他说：“第一段。", "第二段。”") == [("unpaired_mark", "“"), ("unpaired_mark", "”")]


def test_what_a_mark_has_raised_is_no_typed_power_or_note():
    runs = (
        Run("5km", Place("a.md", 1, 1)),
        Run("2", Place("a.md", 1, 4), level="super"),
        Run("，据报道", Place("a.md", 1, 6)),
        Run("[1]", Place("a.md", 1, 10), level="super"),
    )
    assert list(check_texts([Text(Flow.parse("a.lede"), (Paragraph("body", runs),))])) == []


def test_lines_aligned_by_tabs_are_told_once_as_a_table(tmp_path):
    path = tmp_path / "a.md"
    rows = ["片区平均统计用表\t入户数统计用表\t达标率", "城东片\t1,204\t98.6%", "城西片\t987\t97.1%"]
    path.write_text("---\nheadline: 甲\n---\n各片区：\n" + "\n".join(rows) + "\n以上。\n另\t见。", "utf-8")
    found = check_story(read_story(path, root=tmp_path))
    assert [(each.check, each.place.line) for each in found] == [
        ("copy.tab_table", 5),
        ("copy.space_between_han", 9),
        ("copy.tab", 9),
    ]
    assert "| --- |" in found[0].hint.zh


def test_characters_that_cannot_be_seen_are_told_by_code_and_column(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\nheadline: 甲\n---\n甲\u00ad乙\n丙丁\u00ad戊", "utf-8")
    (finding,) = check_story(read_story(path, root=tmp_path))
    assert "U+00AD（另有 1 处：第 5 行第 3 列）" in finding.message.zh


def test_places_count_through_runs_and_lines():
    runs = (Run("共", Place("a.md", 3, 1)), Run("220", Place("a.md", 4, 5), "strong"), Run("KV站", Place("a.md", 5, 1)))
    (finding,) = check_texts([Text(Flow.parse("a.lede"), (Paragraph("body", runs),))])
    assert finding.place == Place("a.md", 4, 5)
    assert finding.amount == {"found": "220KV", "right": "220kV"}


def test_the_sample_has_one_unit_and_three_pairs_of_brackets():
    path = ISSUES / "tunliu-2026" / "tunliu.md"
    lines = path.read_text("utf-8").split("\n")
    findings = check_story(read_story(path, root=ISSUES))
    assert [(finding.check, finding.amount["found"], finding.severity) for finding in findings] == [
        ("copy.half_width_brackets", "(气)", Severity.NOTE),
        ("copy.unit_case", "220KV", Severity.WARNING),
        ("copy.half_width_brackets", "(改)", Severity.NOTE),
        ("copy.half_width_brackets", "(街道)", Severity.NOTE),
    ]
    for finding in findings:
        found = finding.amount["found"]
        start = finding.place.column - 1
        assert lines[finding.place.line - 1][start : start + len(found)] == found


REAL = Path(__file__).resolve().parents[1] / "manuscript" / "real_copy"


@pytest.mark.parametrize(
    "row", tomllib.loads((REAL / "PROVENANCE.toml").read_text("utf-8"))["copy"], ids=lambda row: row["file"]
)
def test_of_real_copy_no_more_is_told_than_is_wrong(row):
    assert row["origin"]
    assert row["licence"]
    counts = Counter()
    for finding in check_story(read_story(REAL / row["file"], root=REAL)):
        counts[finding.check] += finding.places
    assert counts == row["found"]


def test_all_real_copy_has_its_row():
    rows = tomllib.loads((REAL / "PROVENANCE.toml").read_text("utf-8"))["copy"]
    assert {row["file"] for row in rows} == {path.name for path in REAL.glob("*.md")}


def test_protected_names_that_are_not_in_the_copy(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\nheadline: 甲\nprotected: [屯留区, 长治市]\n---\n屯留区。", "utf-8")
    (finding,) = check_story(read_story(path, root=tmp_path))
    assert (finding.check, finding.amount["found"]) == ("copy.protected_unused", "长治市")


@pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())
def test_every_rule_explains_itself(rule):
    assert rule.check.id.startswith("copy.")
    assert rule.check.authority
    for lang in ("zh", "en"):
        assert rule.check.rationale.text(lang) in explain(rule.check.id, lang)
    finding = rule.finding("甲", Place("a.md"))
    assert finding.hint is None or finding.hint.zh


@pytest.mark.parametrize(
    ("credits", "expected"),
    [
        ("策划/宋玉红 文字/", ["文字/"]),
        ("文字/ 图片/梁栋", ["文字/ "]),
        ("策划/宋玉红 统筹/秦亮 陈建波", []),
        ("文字：张三 校对：", ["校对："]),
    ],
)
def test_an_office_without_a_name_in_the_credits(credits: str, expected: list[str]) -> None:
    assert found_in(credits, kind="credits") == [("credit_without_name", each) for each in expected]


@pytest.mark.parametrize(
    "copy",
    [
        "类型是 ‘Entry’ ，不是 ‘List’。",
        "时间复杂度为 O(log n)，终点是 (1,1) 的。",
        "有两点：a) 快，b) 省；还有 ii) 稳。",
        "好玩 :)",
        "好玩 :(",
    ],
)
def test_numbering_apostrophes_and_faces_are_no_pairs(copy: str) -> None:
    assert [rule for rule, _ in found_in(copy) if rule == "unpaired_mark"] == []


def test_a_note_in_brackets_of_several_lines_is_closed_at_its_end() -> None:
    assert found_in("某某条例（2001年通过", "2004年修正", "2010年修订）") == []
    assert found_in("某某条例（2001年通过", "2004年）修正。") == [("unpaired_mark", "（"), ("unpaired_mark", "）")]
