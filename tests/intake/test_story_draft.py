"""A story's parts from its paragraphs: each guess is listed, and not one character is lost."""

import random
import re
from pathlib import Path

import pytest

import soak
from intake.received_text import HEADINGS, characters, paragraphs
from layout import assets
from layout.intake.model import CopyBlock, CopyParagraph, CopyPicture, CopyPlace, CopyRun, Received, StoryDraft
from layout.intake.story_draft import draft_story
from layout.intake.text_reader import read_text
from layout.manuscript.model import Text
from layout.manuscript.reader import read_story

RECEIVED = Path(__file__).with_name("received")


def draft(text: str, name: str = "稿") -> StoryDraft:
    return draft_story([read_text(text.encode(), "稿.txt")], name)


def front(story: StoryDraft) -> dict[str, list[str]]:
    return {part: [each.text for each in texts] for part, texts in story.front.items()}


def body(blocks: tuple[CopyBlock, ...]) -> list[str]:
    """Paragraphs, a heading with its signs before it."""
    return [("#" * (each.level + 1) + " " if each.role == "heading" else "") + each.text for each in copy_of(blocks)]


def copy_of(blocks: tuple[CopyBlock, ...]) -> list[CopyParagraph]:
    return [each for each in blocks if isinstance(each, CopyParagraph)]


def checks(story: StoryDraft) -> list[str]:
    return [each.check for each in story.findings]


def listed(story: StoryDraft) -> list[str]:
    return [str(each.amount["found"]) for each in story.findings if each.check == "intake.furniture"]


# --- the received copy of the sample ----------------------------------------------------------------------------------

TUNLIU = assets.root() / "issues" / "tunliu-2026"


def test_the_received_copy_of_the_sample_comes_out_as_its_manuscript() -> None:
    received = (TUNLIU / "as-received.txt").read_bytes()
    story = draft_story([read_text(received, "as-received.txt")], "tunliu")
    written = read_story(TUNLIU / "tunliu.md", root=TUNLIU)
    parts = {part: written.text(part) for part in ("headline", "credits")}
    assert front(story) == {part: words(text) for part, text in parts.items() if text}
    given = copy_of(story.blocks)
    assert [given[0].text] == words(written.lede)
    assert [each.text for each in given if each.role == "heading"] == [
        words(section.heading)[0] for section in written.sections if section.heading
    ]
    assert [each.text for each in given[1:] if each.role == "body"] == [
        paragraph for section in written.sections for paragraph in words(section.body)
    ]
    assert [each.text for each in copy_of(story.closing)] == words(written.text("closing"))
    assert listed(story) == ["2026", "屯留", "长治两会", "谋好篇 布好局", "履职尽责为人民", "两会特刊"]
    assert set(listed(story)) == {str(text) for text in map(plain, written.parts["words"].values())}


def test_what_the_sample_s_editor_chose_is_listed_as_open() -> None:
    story = draft((TUNLIU / "as-received.txt").read_text("utf-8"))
    (left,) = [each.message.zh for each in story.findings if each.check == "intake.open"]
    for choice in ("figures", "words", "protected", "着重", "图片"):
        assert choice in left
    assert "332个" in left
    assert "长治两会" in left
    assert "三个年活动" in left


def test_figures_of_the_copy_have_their_whole_units() -> None:
    story = draft("稻花香\n\n全乡1.2万亩稻田亩产610公斤，新渠36公里，浇地86平方公里，2300户每户增收6000多元。")
    (left,) = [each.message.zh for each in story.findings if each.check == "intake.open"]
    for figure in ("1.2万亩、", "610公斤、", "36公里、", "86平方公里、", "2300户、", "6000多元"):
        assert figure in left


def test_what_somebody_said_is_no_name() -> None:
    story = draft("稻花香\n\n“价格稳，送到地头。”孙七说。全乡办起“三个一批”，问了一句“水呢？”，“春雨行动”开始了。")
    (left,) = [each.message.zh for each in story.findings if each.check == "intake.open"]
    assert "protected（稿里有：三个一批、春雨行动）" in left


def words(text: Text | None) -> list[str]:
    return [each.text for each in text.paragraphs] if text else []


def plain(text: Text) -> str:
    return "".join(words(text))


# --- parts ------------------------------------------------------------------------------------------------------------

LEDE = "本报讯（记者 沈佳 通讯员 欧阳雪梅）石桥乡的灌区进入设备调试阶段。与此同时，东闸村的光伏电站通过了省级验收。"
BODY = "去年以来，双井社区的政务服务大厅开始向群众免费开放，解决了多年来的出行难题。"


HEADLINE = "石桥乡新建灌区惠及万家"
NOTE = "编者按：今年是十五五开局之年。"


@pytest.mark.parametrize(
    ("opening", "parts"),
    [
        (HEADLINE, {"headline": [HEADLINE]}),
        (f"{HEADLINE}\n——全县水利工作侧记", {"headline": [HEADLINE], "deck": ["——全县水利工作侧记"]}),
        (f"两会特刊·屯留\n{HEADLINE}", {"kicker": ["两会特刊·屯留"], "headline": [HEADLINE]}),
        (
            f"一渠清水润千家\n{HEADLINE}\n新增灌溉面积三千亩",
            {"kicker": ["一渠清水润千家"], "headline": [HEADLINE], "deck": ["新增灌溉面积三千亩"]},
        ),
        ("引题：清水\n主题：灌区\n副题：新增", {"kicker": ["清水"], "headline": ["灌区"], "deck": ["新增"]}),
        (f"【标题】{HEADLINE}", {"headline": [HEADLINE]}),
        (f"{HEADLINE}\n本报记者 沈佳", {"headline": [HEADLINE], "byline": ["本报记者 沈佳"]}),
        (f"{HEADLINE}\n本报讯 记者 沈佳", {"headline": [HEADLINE], "byline": ["本报讯 记者 沈佳"]}),
        (f"{HEADLINE}\n本报讯（记者 沈佳）", {"headline": [HEADLINE], "dateline": ["本报讯（记者 沈佳）"]}),
        (f"{HEADLINE}\n记者沈佳 通讯员何立新", {"headline": [HEADLINE], "byline": ["记者沈佳 通讯员何立新"]}),
        (f"{HEADLINE}\n□ 沈佳", {"headline": [HEADLINE], "byline": ["□ 沈佳"]}),
        (f"{HEADLINE}\n沈 佳", {"headline": [HEADLINE], "byline": ["沈 佳"]}),
        (f"{HEADLINE}\n新华社北京3月5日电", {"headline": [HEADLINE], "dateline": ["新华社北京3月5日电"]}),
        ("谁来守护一条河？\n文/图 沈佳", {"headline": ["谁来守护一条河？"], "byline": ["文/图 沈佳"]}),
        (f"{HEADLINE}\n{NOTE}", {"headline": [HEADLINE], "editor_note": [NOTE]}),
        (f"{HEADLINE}\n编者按\n本报今起开栏。", {"headline": [HEADLINE], "editor_note": ["编者按", "本报今起开栏。"]}),
    ],
)
def test_what_stands_before_the_copy(opening: str, parts: dict[str, list[str]]) -> None:
    story = draft(f"{opening}\n\n{LEDE}\n{BODY}")
    assert front(story) == parts
    assert body(story.blocks) == [LEDE, BODY]
    assert checks(story).count("intake.guess_part") == sum(map(len, parts.values())) + 1  # and the lede


@pytest.mark.parametrize(
    ("end", "parts"),
    [
        ("策划/宋玉红 统筹/秦亮 陈建波", {"credits": ["策划/宋玉红 统筹/秦亮 陈建波"]}),
        ("总策划：张三　执行：李四 王五", {"credits": ["总策划：张三　执行：李四 王五"]}),
        ("（记者 张三 李四）", {"byline": ["（记者 张三 李四）"]}),
        ("（县融媒体中心 王小明）", {"byline": ["（县融媒体中心 王小明）"]}),
    ],
)
def test_what_stands_behind_the_copy(end: str, parts: dict[str, list[str]]) -> None:
    story = draft(f"{HEADLINE}\n{LEDE}\n{BODY}\n{end}")
    assert front(story) == {"headline": [HEADLINE], **parts}
    assert body(story.blocks) == [LEDE, BODY]


def test_fields_below_the_headline_are_copy() -> None:
    lines = ["全县农业农村工作会议议程", "时间：3月5日上午9时", "地点：县会议中心", "主持人：赵志远", LEDE]
    story = draft("\n".join(lines))
    assert (front(story), body(story.blocks)) == ({"headline": [lines[0]]}, lines[1:])
    assert front(draft(f"山西：煤炭大省转型记\n{LEDE}")) == {"headline": ["山西：煤炭大省转型记"]}


@pytest.mark.parametrize("end", ["种子\n化肥\n农药", "张三\n李四\n王五", "青禾县政府\n2026年2月5日"])
def test_short_lines_at_the_end_are_copy_where_nothing_else_speaks_of_a_page(end: str) -> None:
    story = draft(f"{HEADLINE}\n{LEDE}\n{BODY}\n{end}")
    assert body(story.blocks) == [LEDE, BODY, *end.split("\n")]


def test_the_page_s_own_names_are_listed_and_no_credits() -> None:
    story = draft(f"{HEADLINE}\n{LEDE}\n责编：张三 校对：李四")
    assert (list(story.front), listed(story)) == (["headline"], ["责编：张三 校对：李四"])


def test_a_dateline_in_the_lede_stays_there_and_is_told() -> None:
    story = draft(f"{HEADLINE}\n{LEDE}")
    assert body(story.blocks) == [LEDE]
    (left,) = [each.amount["found"] for each in story.findings if each.check == "intake.left_as_copy"]
    assert left == "本报讯（记者 沈佳 通讯员 欧阳雪梅）"


def test_a_speech_has_no_lede_and_a_file_without_a_headline_is_called_by_its_name() -> None:
    story = draft(f"各位代表：\n{BODY}\n一、过去五年工作回顾\n{BODY}\n各位代表！\n{BODY}", "报告")
    assert (story.lede, front(story)) == (0, {"headline": ["报告"]})
    assert body(story.blocks) == ["各位代表：", BODY, "## 一、过去五年工作回顾", BODY, "各位代表！", BODY]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["一、总的情况", BODY, "二、主要做法", BODY], [1, 0, 1, 0]),
        (["第一章　总则", "第一条 为了规范，制定本条例。", "第二章　附则", "第二条 自公布之日起施行。"], [1, 0, 1, 0]),
        (["一、总的情况", "（一）经济", BODY, "（二）社会", BODY, "二、做法", BODY], [1, 2, 0, 2, 0, 1, 0]),
        (["（一）抓项目", BODY, "（二）优服务", BODY], [1, 0, 1, 0]),
        (["（一）加强领导。各级各部门要高度重视。", BODY], [0, 0]),
        (["抓项目 强支撑", BODY, "优服务 提效能", BODY], [1, 0, 1, 0]),
        (["■ 抓项目", BODY, "■ 优服务", BODY], [1, 0, 1, 0]),
        (["【抓项目】", BODY], [1, 0]),
        (["时间：3月5日", "地点：县城", BODY], [0, 0, 0]),
        (["张三", "李四", BODY], [0, 0, 0]),
        (["抓项目", "优服务", "惠民生"], [0, 0, 0]),
        (["各位代表！", BODY], [0, 0]),
        (["“过去等半天，现在几分钟。”", BODY], [0, 0]),
        (["一、总的情况"], [0]),  # nothing stands below it
    ],
)  # fmt: skip
def test_headings(lines: list[str], found: list[int]) -> None:
    story = draft("\n".join([HEADLINE, LEDE, *lines]))
    own = copy_of(story.blocks)[1:]
    assert [each.level if each.role == "heading" else 0 for each in own] == found[: len(own)]
    told = checks(story).count("intake.guess_heading")
    assert told == sum(map(bool, found))


def test_what_a_word_file_says_of_itself_is_no_guess() -> None:
    def said(text: str, role: str, level: int = 0, size: float | None = None) -> CopyParagraph:
        place = CopyPlace("稿.docx", 1, "paragraph")
        return CopyParagraph((CopyRun(text),), place, role=role, level=level, size=size)  # type: ignore[arg-type]

    blocks = (
        said("两会特刊", "body"), said(HEADLINE, "title"), said(LEDE, "body"), said("做法", "heading", 2),
        said("第一段。", "body"), said("更细的", "heading", 3), said(BODY, "body"), said("最细的", "heading", 4),
        said(BODY, "body"),
    )  # fmt: skip
    story = draft_story([Received("稿.docx", blocks)], "稿")
    assert front(story) == {"kicker": ["两会特刊"], "headline": [HEADLINE]}
    assert body(story.blocks) == [LEDE, "## 做法", "第一段。", "### 更细的", BODY, "最细的", BODY]
    assert "intake.guess_heading" not in checks(story)


def test_the_largest_type_is_the_headline() -> None:
    lines = [(HEADLINE, 12.0), ("清水润千家", 26.0), (LEDE, 10.5)]
    blocks = [CopyParagraph((CopyRun(text),), CopyPlace("稿.docx", 1), size=size) for text, size in lines]
    story = draft_story([Received("稿.docx", tuple(blocks))], "稿")
    assert front(story) == {"kicker": [HEADLINE], "headline": ["清水润千家"]}


# --- closing, captions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "closes"),
    [
        ("站在新的历史起点，全县上下将接续奋斗，奋力书写新篇章。", True),
        ("2026年是“十五五”规划开局之年，全县将奋力书写新篇章！", True),
        ("截至11月5日，青禾县的老旧小区改造通过了省级验收。", False),
    ],
)
def test_a_last_paragraph_that_looks_ahead_closes_a_long_story(last: str, closes: bool) -> None:
    story = draft("\n".join(["石桥乡新建灌区", LEDE, "一、成绩", BODY, BODY, "二、做法", BODY, BODY, last]))
    assert body(story.closing) == ([last] if closes else [])


def test_a_short_story_has_no_closing() -> None:
    story = draft("\n".join(["石桥乡新建灌区", LEDE, BODY, "站在新的历史起点，全县上下将接续奋斗，书写新篇章！"]))
    assert not story.closing


def test_captions_go_with_the_pictures_where_there_are_as_many() -> None:
    text = f"石桥乡新建灌区\n{LEDE}\n图为新建的闸口。 沈佳 摄\n{BODY}"
    alone = draft(text)
    assert (body(alone.blocks), [each.text for each in alone.captions]) == ([LEDE, BODY], ["图为新建的闸口。 沈佳 摄"])
    received = read_text(text.encode(), "稿.txt")
    picture = CopyPicture("image1.jpg", b"", CopyPlace("稿.docx", 1, "paragraph"))
    both = draft_story([Received("稿.docx", (*received.blocks, picture))], "稿")
    assert ([each.caption for each in both.pictures], both.captions) == (["图为新建的闸口。 沈佳 摄"], ())


# --- whole stories ----------------------------------------------------------------------------------------------------


def test_a_column_out_of_a_page() -> None:
    story = draft((RECEIVED / "page.txt").read_text("utf-8"))
    assert front(story) == {
        "kicker": ["全县农村公路提档升级"],
        "headline": ["山村公交通到了家门口"],
        "byline": ["本报记者 冯小满"],
    }
    assert [each[:8] for each in body(story.blocks)] == [
        "本报讯（记者 冯",
        "去年以来，青禾县",
        "## 修路只是第",
        "路修好了，车往哪",
        "目前，全县农村公",
    ]
    assert "“赶集的日子加两趟车，" in body(story.blocks)[3]
    assert listed(story) == [
        "长治日报", "2026年2月5日 星期四", "第3版 要闻", "责编：王五 校对：赵六", "（下转第4版）", "（上接第3版）",
        "新闻热线：0355-2345678", "引题：",
    ]  # fmt: skip


def test_a_story_out_of_a_public_account() -> None:
    story = draft((RECEIVED / "account.txt").read_text("utf-8"))
    assert front(story) == {
        "headline": ["一条河的四季账本"],
        "byline": ["记者：何立新 高玉兰"],
        "editor_note": ["编者按：河长制推行十年，本报记者沿河走访，今起推出系列报道。"],
    }
    assert [each for each in body(story.blocks) if each.startswith("#")] == [
        "## 春：清淤",
        "## 夏：防汛",
        "## 秋：护岸",
    ]
    assert body(story.closing) == ["未来，禾水河将建成一条幸福河！"]
    assert [each.text for each in story.captions] == ["▲望河台村村民在清淤。何立新 摄"]
    assert checks(story).count("intake.caption_apart") == 1
    assert len(listed(story)) == 10


def test_a_notice_keeps_its_signature_and_every_sign() -> None:
    text = (RECEIVED / "notice.txt").read_text("utf-8")
    story = draft(text)
    assert story.lede == 0
    assert [re.sub("^#+ (?=[一二（])", "", each) for each in body(story.blocks)] == [
        line for line in text.split("\n")[1:] if line
    ]
    assert listed(story) == []


@pytest.mark.parametrize("name", ["s02", "s05"])
def test_stories_of_a_day(name: str) -> None:
    text = (RECEIVED / f"{name}.txt").read_text("utf-8")
    lines = [line for line in text.split("\n") if line]
    story = draft(text)
    assert front(story) == {"headline": [lines[0]]}
    assert [each for each in body(story.blocks) if each.startswith("## ")] == [
        f"## {line}" for line in lines[1:] if len(line) < 10
    ]
    assert [each.removeprefix("## ") for each in body(story.blocks)] == lines[1:]


def test_the_regulation_and_the_report_keep_their_order_of_headings() -> None:
    long_copy = Path(__file__).parent.parent / "pipeline" / "long_copy"
    for file, count in (("wage-regulation-2020.md", 7), ("government-report-2018.md", 3)):
        lines = (long_copy / file).read_text("utf-8").split("---\n", 2)[2].strip().split("\n")
        headings = [line for line in lines if line.startswith("## ")]
        plain_lines = [re.sub("^#+ ", "", line) for line in lines if line]
        story = draft(
            "".join(f"\u3000\u3000{line}" for line in plain_lines) if count == 3 else "\n\n".join(plain_lines)
        )
        own = [each for each in body(story.blocks) if each.startswith("## ")]
        assert own == headings
        assert len(own) == count
        got = [*(each for texts in front(story).values() for each in texts), *body(story.blocks), *listed(story)]
        assert len(characters([re.sub("^#+ ", "", each) for each in got])) >= len(characters(plain_lines))
        assert "intake.difference" not in checks(story)


@pytest.mark.soak
def test_stories_of_any_length_come_back_part_by_part() -> None:
    choose = random.Random(20260205)
    for _ in range(soak.amount(sample=25, full=1500)):
        headline, lede = choose.choice(["一池活水进农田", "老街坊有了新食堂", "数字水网让每一滴水有账可查"]), LEDE
        lines = [lede]
        for heading in choose.sample(HEADINGS, choose.randint(0, 5)):
            lines += [f"## {heading}", *paragraphs(choose, 3)]
        byline = choose.choice(["", "本报记者 沈佳", "□ 沈佳 何立新"])
        credit = choose.choice(["", "策划/宋玉红 统筹/秦亮"])
        sep = choose.choice(["\n", "\n\n", "\n\u3000\u3000"])
        text = sep.join([*filter(None, (headline, byline)), *(line.removeprefix("## ") for line in lines), credit])
        story = draft(text)
        wanted = {"headline": [headline], "byline": [byline], "credits": [credit]}
        assert front(story) == {part: texts for part, texts in wanted.items() if texts[0]}
        assert [*body(story.blocks), *body(story.closing)] == lines
        assert "intake.difference" not in checks(story)
