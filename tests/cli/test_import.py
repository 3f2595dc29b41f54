"""``layout import``: a folder as received becomes an issue that can be read; what is there is not changed unasked."""

from __future__ import annotations

import hashlib
import random
import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import tomlkit
from PIL import Image

import soak
from cli.conftest import Shell
from intake.received_text import HEADINGS, characters, layout_copy
from intake.word_files import PNG, p, picture, table, word_file
from layout import assets
from layout.design.shown_parts import check_shown
from layout.errors import LayoutError, PrintError, UsageError
from layout.issue import Issue, read_issue
from layout.issue_writing import imported_toml
from layout.issue_writing.imported_issue import RECORD, ImportedIssue, import_issue
from layout.issue_writing.imported_plan import DesignKinds, PlannedPage, PlannedStory, design_kinds, planned_pages
from layout.issue_writing.imported_toml import PictureEntry

DAY = date(2026, 12, 1)
LEDE = "本报讯（记者 沈佳）石桥乡的灌区进入设备调试阶段，闸口已经合龙。"
BODY = "去年以来，双井社区的政务服务大厅开始向群众免费开放，解决了多年来的出行难题，受到周边居民的普遍欢迎。"


def photograph(path: Path, *, shade: int = 0, orientation: int = 1, caption: str = "") -> Path:
    tags = Image.Exif()
    tags[0x0112] = orientation
    if caption:
        tags[0x010E] = caption.encode()
    Image.new("RGB", (60, 40), (shade, 90, 120)).save(path, exif=tags)
    return path


def received(folder: Path) -> Path:
    """Three stories and five pictures, as they come by mail."""
    folder.mkdir(parents=True)
    story = "\n".join(["山村公交通到了家门口", "本报记者 冯小满", LEDE, *[BODY] * 20, "责编：王五　校对：赵六"])
    (folder / "公交.txt").write_bytes(story.encode("gb18030"))
    (folder / "头条 灌区.txt").write_text("\n".join(["石桥乡新建灌区惠及万家", LEDE, *[BODY] * 6]), "utf-8")
    (folder / "开工.txt").write_text("\n".join(["落雁岭政务服务大厅开工", LEDE, BODY]), "utf-8")
    photograph(folder / "灌区新貌.jpg", shade=1, orientation=6)
    photograph(folder / "IMG_1.jpg", shade=2, caption="山村公交开进村口")
    photograph(folder / "IMG_2.jpg", shade=3)
    photograph(folder / "落雁岭开工仪式（张三 摄）.jpg", shade=4)
    (folder / "图片说明.txt").write_text("IMG_2.jpg：梁家沟的晚霞（李四 摄）", "utf-8")
    (folder / "预算.xlsx").write_bytes(b"x")
    (folder / "副本").mkdir()
    (folder / "副本" / "开工.txt").write_bytes((folder / "开工.txt").read_bytes())
    return folder


def imported(sources: Path | list[Path], folder: Path, *, replace: bool = False, design: str = "") -> ImportedIssue:
    own = sources if isinstance(sources, list) else [sources]
    return import_issue(own, folder, design=design or "tabloid-river", day=DAY, replace_files=replace)


def told(result: ImportedIssue, check: str) -> list[str]:
    return [each.message.zh for each in result.findings if each.check == check]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportedIssue, Issue]:
    home = tmp_path_factory.mktemp("import")
    result = imported(received(home / "来稿"), home / "两会")
    return home, result, read_issue(home / "两会")


Made = tuple[Path, ImportedIssue, Issue]


def test_a_folder_becomes_an_issue_that_can_be_read(made: Made) -> None:
    _, result, issue = made
    assert (issue.title, issue.date, issue.design) == ("两会", DAY, "tabloid-river")
    assert [(page.kind, [story.id for story in page.stories]) for page in issue.pages] == [
        ("feature", ["灌区"]),
        ("report", ["公交"]),
        ("running-on", ["开工"]),
    ]
    assert (result.stories, result.pictures) == (3, 4)
    for page in issue.pages:
        check_shown(assets.templates_dir() / "tabloid-river", page)


LINES = ("图片说明：", "IMG_2.jpg：梁家沟的晚霞（李四 摄）", "闸口.jpg：新建的闸口（王五 摄）", "照片均由通讯员提供")


@pytest.mark.parametrize("in_word", [False, True])
def test_every_line_of_a_list_of_captions_has_its_picture_or_is_told(tmp_path: Path, in_word: bool) -> None:
    folder = received(tmp_path / "来稿")
    if in_word:
        (folder / "图片说明.txt").unlink()
        rows = [(LINES[1].replace("：", "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>"), ""), (LINES[2], "")]
        content = p(LINES[0]) + table(*rows) + p(LINES[3]) + p(picture())
        (folder / "图片说明.docx").write_bytes(word_file(content, media={"rId9": PNG}))
    else:
        (folder / "图片说明.txt").write_text("\n".join(LINES), "utf-8")
    result = imported(folder, tmp_path / "两会")
    (page,) = [each for each in tomllib.loads((tmp_path / "两会" / "issue.toml").read_text("utf-8"))["picture"]
               if each["file"] == "IMG_2.jpg"]  # fmt: skip
    assert (page["caption"], page["credit"]) == ("梁家沟的晚霞", "李四 摄")
    assert [each.message.zh for each in result.findings if each.check == "intake.caption_left"] == [
        "图说清单里 2 行没有配上图：“闸口.jpg 新建的闸口”、“照片均由通讯员提供”"
    ]
    assert [each.check for each in result.findings].count("intake.picture_left") == in_word


def test_pictures_stand_with_their_stories_and_with_what_was_written_of_them(made: Made) -> None:
    _, _, issue = made
    own = {page.stories[0].id: [each.id for each in page.pictures] for page in issue.pages}
    assert own == {"灌区": ["灌区新貌", "IMG_2"], "公交": ["IMG_1"], "开工": ["落雁岭开工仪式-张三-摄"]}
    captions = {each.id: (each.caption.text, each.credit.text) for each in issue.pictures}
    assert captions == {
        "灌区新貌": ("灌区新貌", "（待补署名）"),
        "IMG_1": ("山村公交开进村口", "（待补署名）"),
        "IMG_2": ("梁家沟的晚霞", "李四 摄"),
        "落雁岭开工仪式-张三-摄": ("落雁岭开工仪式", "张三 摄"),
    }


def test_pictures_are_copied_and_measured_upright(made: Made) -> None:
    home, _, _ = made
    before, after = digests(home / "来稿"), digests(home / "两会")
    for name in ("灌区新貌.jpg", "IMG_1.jpg", "IMG_2.jpg", "落雁岭开工仪式（张三 摄）.jpg"):
        assert after[name] == before[name]
    plan = (home / "两会" / "issue.toml").read_text("utf-8")
    about = (
        "# 40×60 像素，相机横着拿的，已照方向转正，竖的：焦点先放在上半幅，人脸多在那里；"
        "图说取自文件名；配稿：文件名里有稿名或标题的字"
    )
    upright = plan[plan.index(about) :].partition("[[")[0]
    assert "focus = [0.5, 0.36]" in upright
    assert plan.count("focus = ") == 1  # of those that lie nothing is said: their middle is taken


def test_every_key_of_the_plan_s_head_is_explained_and_the_editors_are_those_of_the_copy(made: Made) -> None:
    home, _, issue = made
    plan = (home / "两会" / "issue.toml").read_text("utf-8")
    for key in ("title", "date", "design", "press", "number", "stories", "id", "file", "caption", "credit"):
        assert re.search(rf"^# [^=\n]*[\u4e00-\u9fff].*\n{key} = ", plan, re.MULTILINE), key
    assert issue.staff == {"责编": "王五", "校对": "赵六"}


def test_all_that_was_guessed_and_left_is_told_and_recorded(made: Made) -> None:
    home, result, _ = made
    assert told(result, "intake.file_left") == ["文件 预算.xlsx 没有收：不是稿件，也不是图片"]
    assert told(result, "intake.same_file") == ["文件 开工.txt 和 副本/开工.txt 一样，只收一份"]
    assert (
        "图 落雁岭开工仪式（张三 摄）.jpg 配《落雁岭政务服务大厅开工》（文件名里有稿名或标题的字）；"
        "图说“落雁岭开工仪式”（文件名），署名“张三 摄”（文件名）"
    ) in told(result, "intake.guess_picture")
    assert told(result, "intake.picture_open") == [
        "图 IMG_1.jpg 还缺：署名",
        "图 IMG_2.jpg 还缺：配哪一篇（先放在图少的版）",
        "图 灌区新貌.jpg 还缺：署名",
    ]
    assert "intake.difference" not in {each.check for each in result.findings}
    record = (home / "两会" / RECORD).read_text("utf-8")
    for finding in result.findings:
        assert finding.message.zh in record


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    imported(received(tmp_path / "来稿"), tmp_path / "两会")
    before = digests(tmp_path / "两会")
    again = imported(tmp_path / "来稿", tmp_path / "两会")
    assert (again.written, again.record) == ((), None)
    assert digests(tmp_path / "两会") == before


def test_what_is_there_is_replaced_only_when_that_is_said_and_is_listed(tmp_path: Path) -> None:
    imported(received(tmp_path / "来稿"), tmp_path / "两会")
    own = tmp_path / "两会" / "公交.md"
    own.write_text("---\nheadline: 改过的\n---\n\n改过的正文。\n", "utf-8")
    plan = tmp_path / "两会" / "issue.toml"
    plan.write_text(plan.read_text("utf-8").replace('title = "两会"', 'title = "改过的"'), "utf-8")
    before = digests(tmp_path / "两会")
    with pytest.raises(UsageError) as caught:
        imported(tmp_path / "来稿", tmp_path / "两会")
    assert "公交.md" in caught.value.message.zh
    assert digests(tmp_path / "两会") == before
    again = imported(tmp_path / "来稿", tmp_path / "两会", replace=True)
    assert again.replaced == (own,)
    assert told(again, "intake.replaced") == ["换掉了原来的 公交.md"]
    changed = {name for name, digest in digests(tmp_path / "两会").items() if before.get(name) != digest}
    assert changed == {"公交.md", "来稿记录-2.txt"}


def test_what_comes_later_goes_behind_what_is_there(tmp_path: Path) -> None:
    folder = received(tmp_path / "来稿")
    imported([folder / "公交.txt", folder / "IMG_1.jpg"], tmp_path / "两会")
    before = (tmp_path / "两会" / "issue.toml").read_text("utf-8")
    imported(folder, tmp_path / "两会")
    after = (tmp_path / "两会" / "issue.toml").read_text("utf-8")
    kept = [line for line in before.split("\n") if line not in after.split("\n")]
    assert all(line.startswith("pictures = ") for line in kept)  # a page of before has one more
    issue = read_issue(tmp_path / "两会")
    assert [[story.id for story in page.stories] for page in issue.pages] == [["公交"], ["灌区"], ["开工"]]
    assert len(issue.pictures) == 4


def test_a_picture_that_comes_later_finds_a_story_of_a_made_up_page_full(tmp_path: Path) -> None:
    folder = tmp_path / "来稿"
    folder.mkdir()
    (folder / "公交.txt").write_text("\n".join(["山村公交通到了家门口", LEDE, *[BODY] * 6]), "utf-8")
    for number in range(1, 3):
        photograph(folder / f"公交{number}.jpg", shade=40 * number)
    imported(folder, tmp_path / "两会", design="yaowen")
    for number in range(3, 5):
        photograph(folder / f"公交{number}.jpg", shade=40 * number)
    result = imported(folder, tmp_path / "两会", replace=True)
    assert told(result, "intake.page_plan") == ["第 1 版排：添图 公交3.jpg"]
    assert told(result, "intake.file_left") == ["文件 公交4.jpg 没有收：版面放不下更多的图"]
    assert [each.story for each in read_issue(tmp_path / "两会").pictures] == ["公交"] * 3


def test_a_picture_alone_goes_to_an_issue_that_is_there(tmp_path: Path) -> None:
    folder = received(tmp_path / "来稿")
    imported([folder / "公交.txt"], tmp_path / "两会")
    result = imported([folder / "IMG_2.jpg"], tmp_path / "两会")
    assert told(result, "intake.page_plan") == ["第 1 版排：添图 IMG_2.jpg"]
    assert [each.id for each in read_issue(tmp_path / "两会").pages[0].pictures] == ["IMG_2"]
    with pytest.raises(LayoutError):
        imported([folder / "IMG_2.jpg"], tmp_path / "别处")


@pytest.mark.parametrize("design", ["lianghui-broadsheet", "tabloid-river", "renwu"])
def test_in_every_design_each_story_has_a_page_that_shows_all_of_it(tmp_path: Path, design: str) -> None:
    folder = received(tmp_path / "来稿")
    imported(folder, tmp_path / "两会", design=design)
    issue = read_issue(tmp_path / "两会")
    assert sorted(story.id for page in issue.pages for story in page.stories) == ["公交", "开工", "灌区"]
    for page in issue.pages:
        check_shown(assets.templates_dir() / design, page)


def test_a_byline_is_written_as_credits_where_pages_print_these_alone(tmp_path: Path) -> None:
    result = imported(received(tmp_path / "来稿") / "公交.txt", tmp_path / "两会", design="renwu")
    assert told(result, "intake.byline_as_credits") == ["署名“本报记者 冯小满”写进了编务署名：这种版面没有地方排署名"]
    (story,) = read_issue(tmp_path / "两会").stories
    assert (story.text("byline").text, story.text("credits").text) == ("", "本报记者 冯小满")


def test_a_kind_of_page_that_wants_a_nameplate_has_one(tmp_path: Path) -> None:
    (tmp_path / "公交.txt").write_text("\n".join(["山村公交通到了家门口", *[BODY] * 60]), "utf-8")
    result = imported(tmp_path / "公交.txt", tmp_path / "两会", design="lianghui-broadsheet")
    assert told(result, "intake.guess_nameplate") == ["报头先写“两会”"]
    (story,) = read_issue(tmp_path / "两会").stories
    assert "".join(each.text for each in story.parts["words"]["nameplate"].paragraphs) == "两会"


def test_the_received_copy_of_the_sample_becomes_a_page_with_its_nameplate(tmp_path: Path) -> None:
    sample = assets.root() / "issues" / "tunliu-2026" / "as-received.txt"
    picture = photograph(tmp_path / "山岭.jpg")
    result = imported([sample, picture], tmp_path / "两会", design="lianghui-broadsheet")
    assert told(result, "intake.guess_nameplate") == ["报头先写“长治两会”"]
    (page,) = read_issue(tmp_path / "两会").pages
    assert (page.kind, [section.heading is not None for section in page.stories[0].sections]) == ("page", [True] * 4)


def test_a_manuscript_is_taken_as_it_is(tmp_path: Path) -> None:
    sample = assets.root() / "issues" / "tunliu-2026" / "tunliu.md"
    result = imported(sample, tmp_path / "两会", design="lianghui-broadsheet")
    assert (tmp_path / "两会" / "tunliu.md").read_bytes() == sample.read_bytes()
    assert [each.check for each in result.findings] == ["intake.page_plan", "intake.ready"]


def test_signs_that_mean_something_in_a_manuscript_are_copy(tmp_path: Path) -> None:
    lines = [
        "一池活水进农田",
        LEDE,
        "# 一号井",
        "- 二号井",
        "> 三号井",
        "***",
        "| 甲 | 乙 |",
        "1. 四号井",
        "[五号]{井}",
        "a^2^ *注*",
        "---",
    ]
    (tmp_path / "稿.txt").write_text("\n".join(lines), "utf-8")
    imported(tmp_path / "稿.txt", tmp_path / "两会")
    (story,) = read_issue(tmp_path / "两会").stories
    copy = [each.text for text in story.texts() for each in text.paragraphs]
    assert copy == lines


@pytest.mark.soak
def test_every_character_of_copy_out_of_a_layout_is_in_the_story_or_listed(tmp_path: Path) -> None:
    choose = random.Random(20261128)
    for number in range(soak.amount(sample=5, full=300)):
        given = f"{choose.choice(HEADINGS)}来\n\n{layout_copy(choose).text}"
        (tmp_path / f"{number}.txt").write_bytes(given.encode(choose.choice(["utf-8", "gb18030", "utf-16"])))
        result = imported(tmp_path / f"{number}.txt", tmp_path / f"期{number}")
        (story,) = read_issue(tmp_path / f"期{number}").stories
        copy = "".join(each.text for text in story.texts() for each in text.paragraphs)
        left = "".join(str(each.amount["found"]) for each in result.findings if each.check == "intake.furniture")
        assert Counter(characters([copy, left])) == Counter(characters([given])), number


def test_folders_of_copy_in_any_state_give_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    broken = tmp_path / "坏"
    broken.mkdir()
    (broken / "坏.jpg").write_bytes(b"no picture")
    (broken / "坏.docx").write_bytes(b"no zip")
    (broken / "空.txt").write_bytes(b"")
    for source in (empty, broken, tmp_path / "没有"):
        with pytest.raises(LayoutError) as caught:
            imported(source, tmp_path / "两会")
        assert re.search("[\u4e00-\u9fff]", caught.value.message.zh)
    assert not (tmp_path / "两会").exists()
    (broken / "好.txt").write_text(f"一池活水进农田\n{LEDE}", "utf-8")
    result = imported(broken, tmp_path / "两会")
    assert len(told(result, "intake.file_left")) == 3
    assert read_issue(tmp_path / "两会").stories[0].headline.text == "一池活水进农田"


def test_a_plan_at_fault_and_a_folder_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    source = received(tmp_path / "来稿") / "公交.txt"
    issue = tmp_path / "两会"
    issue.mkdir()
    (issue / "issue.toml").write_text('title = "两会"\n', "utf-8")
    with pytest.raises(LayoutError, match="date"):
        imported([source], issue)
    (tmp_path / "文件").write_text("x", "utf-8")
    with pytest.raises(UsageError):
        imported([source], tmp_path / "文件")
    with pytest.raises(PrintError):
        imported([source], tmp_path / "文件" / "里面")


@pytest.mark.slow
def test_the_command_says_what_it_did_in_both_languages(shell: Shell, tmp_path: Path) -> None:
    folder = received(tmp_path / "来稿")
    ran = shell("import", str(folder))
    assert ran.code == 0, ran.err
    assert "【要补、要查的】" in ran.out
    assert f"layout check {tmp_path / '来稿-排版'}" in ran.out
    english = shell("import", str(folder), "--into", str(tmp_path / "两会"), "--lang", "en")
    assert "To be mended:" in english.out
    refused = shell("import", str(folder), "--into", str(tmp_path / "两会"), "--design", "renwu")
    assert (refused.code, "--design" in refused.err) == (2, True)


# --- pages ------------------------------------------------------------------------------------------------------------

PARTS = frozenset({"headline", "lede", "sections"})


def kinds(**more: object) -> DesignKinds:
    values = {
        "shows": {"every": [*PARTS, "credits"]},
        "characters": {"one": [[200, 2000]], "two": [[200, 2000]]},
        **more,
    }
    return DesignKinds("样", ("one", "two"), "run", False, values)


def stories(*sizes: int, parts: frozenset[str] = PARTS) -> list[PlannedStory]:
    return [PlannedStory(f"{index}.md", size, parts) for index, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((1500,), ["one"]),
        ((300,), ["one"]),
        ((100,), ["run"]),
        ((5000,), ["run"]),
        ((1500, 1200, 900), ["one", "two", "one"]),
        ((1500, 300, 200), ["one", "run"]),
        ((5000, 1500, 300), ["one", "run"]),
    ],
)
def test_a_long_story_has_a_page_and_short_ones_follow_in_a_run(sizes: tuple[int, ...], found: list[str]) -> None:
    pages = planned_pages(stories(*sizes), (), kinds(), 3)
    assert [page.kind for page in pages] == found
    assert [page.first for page in pages] == list(range(3, 3 + len(found)))
    assert sorted(name for page in pages for name in page.stories) == [f"{index}.md" for index in range(len(sizes))]


def test_a_story_with_parts_that_no_page_shows_goes_into_the_run() -> None:
    (page,) = planned_pages(stories(1500, parts=PARTS | {"editor_note"}), (), kinds(), 1)
    assert page.is_run
    (moved,) = planned_pages(stories(1500, parts=PARTS | {"byline"}), (), kinds(), 1)
    assert not moved.is_run


def test_pictures_of_no_story_go_where_there_are_fewest() -> None:
    pages = planned_pages(stories(1500, 1200), ["a", "b", "c", "d", "e", "f", "g"], kinds(), 1)
    assert [page.pictures for page in pages] == [("a", "c", "e"), ("b", "d", "f")]
    assert pages[-1].left == ("g",)


def test_a_design_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no design named"):
        design_kinds("没有", tmp_path)


def test_where_pages_are_made_up_all_stories_come_into_one_run(tmp_path: Path) -> None:
    design = design_kinds("yaowen", tmp_path)
    (page,) = planned_pages(stories(*[800] * 12), ["a", "b"], design, 1)
    assert page.values()["pages"] == "1-3"
    assert page.kind == "auto"
    assert len(page.stories) == 12
    assert page.pictures == ("a", "b")
    assert planned_pages(stories(900, 500), [], design, 4)[0].values()["number"] == 4


def test_a_story_on_a_made_up_page_has_no_more_pictures_than_a_shape_takes(tmp_path: Path) -> None:
    design = design_kinds("yaowen", tmp_path)
    most = design.most_of_a_story
    assert most == 3
    pictures = tuple(f"p{number}" for number in range(most + 2))
    first, second = stories(900, 500)
    given = [replace(first, pictures=pictures), replace(second, pictures=pictures[:1])]
    (page,) = planned_pages(given, ["a"], design, 1)
    assert (page.pictures, page.left) == ((*pictures[:most], "p0", "a"), pictures[most:])


# --- issue.toml -------------------------------------------------------------------------------------------------------

PAGES = [
    PlannedPage(2, False, "要闻", "feature", ("甲.md",), ("a",)),
    PlannedPage(3, True, "综合", "running-on", ("乙.md",), ()),
]
PICTURES = [PictureEntry("a", "a.jpg", '他说"好"', "张三 摄", ("60×40 像素",))]


@pytest.mark.parametrize("tail", ["", '\n[staff]\n"责编" = "张三"\n'])
def test_what_is_added_stands_behind_the_lines_that_are_there(tail: str) -> None:
    before = (assets.root() / "issues" / "tunliu-2026" / "issue.toml").read_text("utf-8") + tail
    document = tomlkit.parse(before)
    imported_toml.add_pages(document, PAGES, {2: "《甲》"})
    imported_toml.add_pictures(document, PICTURES)
    after = imported_toml.written(document)
    rest = iter(after.split("\n"))
    assert all(line in rest for line in before.split("\n"))  # in their order, and none is changed
    assert "\n\n\n" not in after
    values = tomllib.loads(after)
    assert [page.get("number") or page["pages"] for page in values["page"]] == [1, 2, "3-"]
    assert values["picture"][-1] == {"id": "a", "file": "a.jpg", "caption": '他说"好"', "credit": "张三 摄"}
    assert values.get("staff", {}) == ({"责编": "张三"} if tail else {})


def test_an_open_run_takes_what_comes_later() -> None:
    document = imported_toml.new_document("两会", DAY, "tabloid-river", {})
    imported_toml.add_pages(document, PAGES, {})
    later = [PlannedPage(4, False, "要闻", "feature", ("丙.md",), ("b",))]
    imported_toml.add_pages(document, later, {})
    values = tomllib.loads(imported_toml.written(document))
    assert [page["stories"] for page in values["page"]] == [["甲.md"], ["乙.md", "丙.md"]]
    assert values["page"][-1]["pictures"] == ["b"]


def test_a_picture_is_read_as_a_telephone_gives_it(tmp_path: Path) -> None:
    import pillow_heif

    data = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (120, 80))).save(data, quality=60)
    folder = received(tmp_path / "来稿")
    (folder / "IMG_9.HEIC").write_bytes(data.getvalue())
    imported(folder, tmp_path / "两会")
    assert "IMG_9" in {each.id for each in read_issue(tmp_path / "两会").pictures}
    assert "# 120×80 像素；图说待补；配稿：没看出配哪一篇" in (tmp_path / "两会" / "issue.toml").read_text("utf-8")
