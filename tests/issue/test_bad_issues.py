"""What a newsroom may do wrong, and what it is told: class, exit code, line, sentence, hint."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from issue.folder import STORY, edited, write
from layout.errors import Faults, LayoutError, ManuscriptError, PictureError, PlanError, UsageError
from layout.issue import read_issue


@dataclass(frozen=True)
class Case:
    name: str
    changes: Mapping[str, str | bytes | None]
    error: type[LayoutError]
    line: int | None
    words: str
    hint: str
    file: str = "small/issue.toml"
    others: int = 0
    """Faults that come with it."""
    code: int = field(default=3)


def plan(*edits: tuple[str, str]) -> dict[str, str]:
    return {"issue.toml": edited(*edits)}


def story(text: str | bytes) -> dict[str, str | bytes]:
    return {"a.md": text}


A = "small/a.md"
CASES = [
    # issue.toml is not TOML
    Case("not TOML", plan(('"长治两会特刊"', "长治两会特刊")), PlanError, 1, "写法有误", "键 = "),
    Case("Chinese quotes", plan(('"长治两会特刊"', "“长治两会特刊”")), PlanError, 1, "写法有误", "半角"),
    Case("day not in the calendar", plan(("2026-02-05", "2026-02-30")), PlanError, 2, "不是日期", "2026-02-05"),
    Case("date in Chinese", plan(("2026-02-05", "2026年2月5日")), PlanError, 2, "不是日期", "2026-02-05"),
    Case("date in quotes, wrong", plan(("2026-02-05", '"2月5日"')), PlanError, 2, "不是日期", "2026-02-05"),
    Case("date with a time", plan(("2026-02-05", "2026-02-05T08:00:00")), PlanError, 2, "不是日期", "2026-02-05"),
    Case("Chinese key without quotes", plan(('"责编" =', "责编 =")), PlanError, 8, "写法有误", '"责编" = '),
    Case("key twice", plan(('paper = "长治日报"', 'title = "甲"')), PlanError, 5, "写法有误", "只写一次"),
    Case("nested too deep", plan(('["a.md"]', "[" * 3000)), PlanError, 14, "太深", "方括号"),
    Case("a number too long", plan(("number = 2", "number = " + "9" * 5000)), PlanError, 18, "整数太大", "引号"),
    Case("plan in GBK", {"issue.toml": edited().encode("gbk")}, PlanError, 1, "GBK", "UTF-8"),
    Case("plan empty", {"issue.toml": ""}, PlanError, 1, "缺 title", "开头", others=4),
    # keys
    Case("typo in a key", plan(("press =", "pres =")), PlanError, 4, "没有 pres", "是不是 press"),
    Case("unknown key", plan(('paper = "', 'papper = "')), PlanError, 5, "没有 papper", "是不是 paper"),
    Case("key far from any", plan(('paper = "', 'zzz = "')), PlanError, 5, "没有 zzz", "可用的有"),
    Case("unknown key of a page", plan(("kind =", "knd =")), PlanError, 20, "没有 knd", "是不是 kind"),
    Case("unknown key of a picture", plan(("alt =", "desc =")), PlanError, 29, "没有 desc", "可用的有"),
    Case("title empty", plan(('"长治两会特刊"', '"  "')), PlanError, 1, "title 是空的", "开头"),
    Case("title no words", plan(('"长治两会特刊"', "2026")), PlanError, 1, "title 应当是放在引号里的文字", "开头"),
    Case("design with a path", plan(('"lianghui-broadsheet"', '"../x"')), PlanError, 3, "不能用的字符", "只用"),
    Case(
        "staff no table",
        plan(('[staff]\n"责编" = "张三"\n"校对" = "李四"', 'staff = "张三"')),
        PlanError,
        7,
        "一张表",
        "staff",
    ),
    Case("number in words", plan(("number = 2", 'number = "二"')), PlanError, 18, "整数", "[[page]]"),
    Case("number zero", plan(("number = 1", "number = 0")), PlanError, 12, "不小于 1", "[[page]]"),
    Case("stories no list", plan(('["a.md"]', '"a.md"')), PlanError, 14, "一列", "[[page]]"),
    Case(
        "page no table",
        {"issue.toml": edited().split("[[page]]")[0].replace("[staff]", 'page = "甲"\n[staff]')},
        PlanError,
        7,
        "一列",
        "[[page]]",
    ),
    # what is missing: the place where it belongs, and the line to write
    Case(
        "no date", plan(("date = 2026-02-05\n", "")), PlanError, 1, "缺 date", "title 这一行下面加：date = 2026-02-05"
    ),
    Case("no title", plan(('title = "长治两会特刊"\n', "")), PlanError, 1, "缺 title", "在文件开头加一行：title = "),
    Case("no design", plan(('design = "lianghui-broadsheet"\n', "")), PlanError, 2, "缺 design", "date 这一行下面"),
    Case("no press", plan(('press = "newsprint-coldset"\n', "")), PlanError, 3, "缺 press", "newsprint-coldset"),
    Case("no pages", {"issue.toml": edited().split("[[page]]")[0]}, PlanError, 9, "缺 page", "末尾加一段：[[page]]"),
    Case("picture without id", plan(('id = "hill"\n', "")), PlanError, 23, "缺 id", 'id = "ridge"'),
    Case("page without number", plan(("number = 2\n", "")), PlanError, 17, "缺 number", "加一行：number = 1"),
    Case("date under a page", plan(("kind =", "date =")), PlanError, 20, "没有 date", "写在文件开头"),
    # TOML's own slips, in our words
    Case("quote not closed", plan(('"长治两会特刊"', '"长治两会特刊')), PlanError, 1, "引号没有收住", "补上"),
    Case("backslashes", plan(("photos/hill.jpg", "C:\\Users\\x.jpg")), PlanError, 25, "反斜线", "用 / 分隔"),
    Case(
        "list not closed", plan(('["b.md", "more/c.md"]', '["b.md", "more/c.md"')), PlanError, 23, "没有收住", "补上 ]"
    ),
    Case(
        "two values on a line",
        plan(('paper = "长治日报"', 'paper = "长治" "日报"')),
        PlanError,
        5,
        "多了东西",
        "一行一个键",
    ),
    Case(
        "one bracket", {"issue.toml": edited().replace("[[picture]]", "[picture]")}, PlanError, 23, "一列", "两层方括号"
    ),
    Case("story is a folder", {**plan(('["a.md"]', '["more"]'))}, PlanError, 14, "more 是文件夹", "里面文件"),
    Case("focus out of range", plan(("[0.25, 1]", "[0.25, 1.5]")), PlanError, 28, "不大于 1", "[[picture]]"),
    Case("focus below", plan(("[0.25, 1]", "[-0.25, 1]")), PlanError, 28, "不小于 0", "[[picture]]"),
    Case("focus of one", plan(("[0.25, 1]", "[0.25]")), PlanError, 28, "至少要有 2 项", "[[picture]]"),
    Case("focus of three", plan(("[0.25, 1]", "[0.25, 1, 1]")), PlanError, 28, "最多 2 项", "[[picture]]"),
    Case("focus in words", plan(("[0.25, 1]", '["左", 1]')), PlanError, 28, "应当是数", "[[picture]]"),
    Case("picture without credit", plan(('credit = "王五 摄"\n', "")), PlanError, 23, "缺 credit", "[[picture]]"),
    Case("picture id with a dot", plan(('id = "hill"', 'id = "hi.ll"')), PlanError, 24, "不能用的字符", "只用"),
    # pages, stories, pictures together
    Case(
        "page without story", plan(('stories = ["a.md"]', "stories = []")), PlanError, 14, "至少要有 1 项", "[[page]]"
    ),
    Case("page without stories key", plan(('stories = ["a.md"]\n', "")), PlanError, 11, "缺 stories", "[[page]]"),
    Case("page number twice", plan(("number = 2", "number = 1")), PlanError, 18, "重复", "从小到大"),
    Case("page numbers fall", plan(("number = 1", "number = 3")), PlanError, 18, "颠倒", "从小到大"),
    Case(
        "picture id twice",
        {
            "issue.toml": edited()
            + '\n[[picture]]\nid = "hill"\nfile = "photos/hill.jpg"\ncaption = "山"\ncredit = "甲"\n'
        },
        PlanError,
        32,
        "写了两次（另见第 24 行）",
        "换个 id",
    ),
    Case(
        "picture not declared",
        plan(('pictures = ["hill"]', 'pictures = ["hill", "hil"]')),
        PlanError,
        15,
        "没有图片 hil",
        "是不是 hill",
    ),
    Case(
        "picture far from any",
        plan(('pictures = ["hill"]', 'pictures = ["hill", "桥"]')),
        PlanError,
        15,
        "没有图片 桥",
        "[[picture]]",
    ),
    Case(
        "picture used twice",
        plan(('"more/c.md"]', '"more/c.md"]\npictures = ["hill"]')),
        PlanError,
        22,
        "用了两次",
        "留下",
    ),
    Case("picture on no page", plan(('pictures = ["hill"]', "pictures = []")), PlanError, 23, "没有上版", "pictures"),
    Case("story used twice", plan(('["b.md", ', '["b.md", "a.md", ')), PlanError, 21, "用了两次", "留下"),
    Case(
        "two stories of one name",
        {**plan(('"more/c.md"', '"more/a.md"')), "more/a.md": STORY},
        PlanError,
        21,
        "同名",
        "留下",
    ),
    Case("story on no page", {"forgotten.md": STORY}, PlanError, 21, "forgotten.md 没有上版", "stories"),
    Case("story not found", plan(('["a.md"]', '["aa.md"]')), PlanError, 14, "找不到稿件 aa.md", "a.md"),
    Case("story not found, none near", {"more/c.md": None}, PlanError, 21, "找不到稿件", "文件名"),
    Case(
        "story outside", plan(('["a.md"]', '["a.md", "../secret.md"]')), PlanError, 14, "不在本期文件夹里", "相对路径"
    ),
    Case(
        "story by absolute path",
        plan(('["a.md"]', '["a.md", "/etc/passwd"]')),
        PlanError,
        14,
        "不在本期文件夹里",
        "相对路径",
    ),
    Case(
        "Word story",
        {**plan(('["a.md"]', '["a.md", "d.docx"]')), "d.docx": b"PK"},
        ManuscriptError,
        None,
        "来稿",
        ".md",
        file="small/d.docx",
    ),
    Case(
        "missing picture",
        plan(("photos/hill.jpg", "photos/hil.jpg")),
        PictureError,
        25,
        "找不到图片",
        "photos/hill.jpg",
        code=4,
    ),
    Case(
        "missing own picture",
        plan(("photos/hill.jpg", "images:autumn-rigde.jpg")),
        PictureError,
        25,
        "找不到图片",
        "images:autumn-ridge.jpg",
        code=4,
    ),
    Case(
        "missing picture folder",
        plan(("photos/hill.jpg", "pictures/x.jpg")),
        PictureError,
        25,
        "找不到图片",
        "位置",
        code=4,
    ),
    Case("picture outside", plan(("photos/hill.jpg", "../../hill.jpg")), PlanError, 25, "不在本期文件夹里", "相对路径"),
    Case(
        "own picture outside",
        plan(("photos/hill.jpg", "images:../pyproject.toml")),
        PlanError,
        25,
        "不在本期文件夹里",
        "相对路径",
    ),
    Case(
        "picture by drive", plan(('"photos/hill.jpg"', "'C:\\hill.jpg'")), PlanError, 25, "不在本期文件夹里", "相对路径"
    ),
    # manuscripts
    Case("story empty", story(""), ManuscriptError, 1, "稿件是空的", "文件头", file=A),
    Case("story in GBK", story(STORY.encode("gbk")), ManuscriptError, 2, "GBK", "UTF-8", file=A),
    Case("story of bad bytes", story(STORY.encode() + b"\xfe\x00"), ManuscriptError, 7, "不成字", "UTF-8", file=A),
    Case("head not closed", story(STORY.replace("---\n共", "共")), ManuscriptError, 1, "没有收住", "---", file=A),
    Case("head not YAML", story(STORY.replace("主题", "[主题")), ManuscriptError, 3, "YAML", "引号", file=A),
    Case(
        "head with a typo",
        story(STORY.replace("headline", "headlin")),
        ManuscriptError,
        2,
        "headlin",
        "headline",
        file=A,
        others=1,
    ),
    Case(
        "figure not in copy",
        story(STORY.replace("{332个}", "{323个}")),
        ManuscriptError,
        4,
        "找不到",
        "重点项目332个",
        file=A,
    ),
    Case("HTML in the story", story(STORY + "\n<b>甲</b>\n"), ManuscriptError, 8, "HTML", "正文文字", file=A, others=1),
    Case(
        "picture in the story", story(STORY + "\n![山](hill.jpg)\n"), ManuscriptError, 8, "图片", "issue.toml", file=A
    ),
    Case(
        "two headings at once",
        story(STORY + "\n## 一\n\n## 二\n\n甲\n"),
        ManuscriptError,
        8,
        "下面没有正文",
        "补上",
        file=A,
    ),
    Case("no copy", story("---\nheadline: 甲\n---\n"), ManuscriptError, 4, "没有正文", "---", file=A),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_bad_issue(tmp_path, case):
    with pytest.raises(LayoutError) as caught:
        read_issue(write(tmp_path, case.changes))
    faults = caught.value.faults()
    assert len(faults) == 1 + case.others, [(str(fault.place), fault.message.zh) for fault in faults]
    fault = faults[0]
    assert type(fault) is case.error
    assert caught.value.exit_code == fault.exit_code == case.code
    assert (fault.place.file, fault.place.line) == (case.file, case.line), fault.message.zh
    assert case.words in fault.message.zh
    assert case.hint in fault.hint.zh
    assert fault.message.en
    assert fault.hint.en


def test_there_are_many_cases():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_mistake_of_every_file_is_told_at_once(tmp_path):
    changes = {
        **plan(("press =", "pres ="), ("[0.25, 1]", "[0.25, 2]"), ("number = 2", "number = 1")),
        "a.md": STORY.replace("headline", "headlin") + "\n<b>甲\n",
        "more/c.md": "",
    }
    with pytest.raises(Faults) as caught:
        read_issue(write(tmp_path, changes))
    places = [str(fault.place) for fault in caught.value.faults()]
    assert places == [
        "small/issue.toml:4:1",
        "small/issue.toml:28:16",
        "small/issue.toml:18:10",
        "small/a.md:2:1",
        "small/a.md:1",
        "small/a.md:8:1",
        "small/more/c.md:1",
    ]
    assert caught.value.exit_code == 3


def test_a_folder_that_is_no_issue(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path / "empty")
    assert caught.value.exit_code == 2
    assert "issue.toml" in caught.value.message.zh
    assert "issue.toml" in caught.value.hint.zh


def test_a_folder_of_issues_names_them(tmp_path):
    folder = write(tmp_path)
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path)
    assert str(folder) in caught.value.hint.zh


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        read_issue(tmp_path / "nowhere")


def test_a_file_instead_of_its_folder(tmp_path):
    folder = write(tmp_path)
    with pytest.raises(UsageError) as caught:
        read_issue(folder / "issue.toml")
    assert str(folder) in caught.value.hint.zh


@pytest.mark.parametrize(
    ("edits", "place"),
    [
        ([("2026-02-05", '"2026/2/5"')], "2:9"),
        ([("2026-02-05", "2026-2-5")], "2:8"),
        ([("number = 2", 'number = "2"')], "18:11"),
        ([("number = 2", "number = 1")], "18:10"),
        ([("[0.25, 1]", "[25, 1]")], "28:10"),
        ([('"张三"', "3")], "8:8"),
        ([('["a.md"]', "[7]")], "14:12"),
    ],
)
def test_a_wrong_value_is_pointed_at(tmp_path, edits, place):
    with pytest.raises(PlanError) as caught:
        read_issue(write(tmp_path, plan(*edits)))
    assert str(caught.value.place) == f"small/issue.toml:{place}"


def test_a_misspelt_picture_is_one_mistake(tmp_path):
    with pytest.raises(PlanError) as caught:
        read_issue(write(tmp_path, plan(('pictures = ["hill"]', 'pictures = ["hil"]'))))
    assert "是不是 hill？可用的有：hill。" in caught.value.hint.zh


def test_a_link_in_a_circle(tmp_path):
    folder = write(tmp_path)
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to("a.md")
    with pytest.raises(PlanError) as caught:
        read_issue(folder)
    assert (caught.value.place.line, "链接" in caught.value.message.zh) == (14, True)


def test_the_folder_that_was_meant_is_named(tmp_path):
    write(tmp_path)
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path / "smal")
    assert str(tmp_path / "small") in caught.value.hint.zh


def test_only_a_folder_can_have_been_meant(tmp_path):
    folder = write(tmp_path)
    (tmp_path / "smal.md").write_text("", "utf-8")  # more like it than the folder
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path / "smal.m")
    assert caught.value.hint.zh == f"是不是 {folder}？"
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path / "duhe")
    assert caught.value.hint.zh == "查一查路径。"
    with pytest.raises(UsageError) as caught:
        read_issue(tmp_path / "nowhere" / "small")
    assert caught.value.hint.zh == "查一查路径。"


def test_a_summary_written_into_the_folder_is_no_manuscript(tmp_path):
    assert read_issue(write(tmp_path, {"summary.md": "# 校样"})).id == "small"


@pytest.mark.parametrize("name", ["a.md", "photos/hill.jpg"])
def test_links_that_lead_out_of_the_folder_are_refused(tmp_path, name):
    outside = tmp_path / "outside"
    outside.write_text(STORY, "utf-8")
    folder = write(tmp_path)
    (folder / name).unlink()
    (folder / name).symlink_to(outside)
    with pytest.raises(PlanError) as caught:
        read_issue(folder)
    assert "不在本期文件夹里" in caught.value.message.zh
