"""A folder as received: what is a story, what a picture, whose picture it is, and what was written of it."""

from pathlib import Path

import pytest

from layout.errors import UsageError
from layout.intake.caption_lists import CaptionNote, caption_in_name, is_machine_s, note_of, notes_of
from layout.intake.folder_scan import (
    ReceivedFile,
    bare_stem,
    file_kind,
    is_lead,
    natural,
    own_stem,
    received_files,
    sender_s_number,
    story_name,
)
from layout.intake.picture_matches import MatchedPicture, MatchedStory, match_pictures

ENDINGS = (".docx", ".txt", ".md")


def laid(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def test_files_are_known_by_their_names_and_what_systems_leave_is_passed_over(tmp_path: Path) -> None:
    laid(
        tmp_path,
        "图10.jpg",
        "图2.JPG",
        "稿.docx",
        "~$稿.docx",
        ".DS_Store",
        "Thumbs.db",
        "图片说明.txt",
        "预算.xlsx",
        "广告.pdf",
    )
    laid(tmp_path, "二、灌区/a.heic", "二、灌区/稿.txt", "__MACOSX/稿.txt", "旧刊/issue.toml", "旧刊/旧稿.md")
    found = [(each.name, each.kind) for each in received_files(tmp_path, ENDINGS)]
    assert found == [
        ("二、灌区/a.heic", "picture"),
        ("二、灌区/稿.txt", "story"),
        ("图2.JPG", "picture"),
        ("图10.jpg", "picture"),
        ("图片说明.txt", "captions"),
        ("广告.pdf", "form"),
        ("稿.docx", "story"),
        ("预算.xlsx", "other"),
    ]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = laid(tmp_path / "别处", "稿.txt")
    folder = laid(tmp_path / "来稿", "甲.txt")
    (folder / "乙.txt").symlink_to(outside / "稿.txt")
    (folder / "丙").symlink_to(outside, target_is_directory=True)
    assert [each.name for each in received_files(folder, ENDINGS)] == ["甲.txt"]


def test_an_issue_s_folder_and_one_of_thousands_of_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layout.intake.folder_scan._MOST", 20)
    issue = laid(tmp_path / "一期", "issue.toml", "稿.md")
    with pytest.raises(UsageError, match="is an issue"):
        received_files(issue, ENDINGS)
    many = laid(tmp_path / "很多", *(f"{number}.jpg" for number in range(30)))
    with pytest.raises(UsageError, match="more than 2"):
        received_files(many, ENDINGS)


def test_names_in_the_order_in_which_a_person_lists_them() -> None:
    names = ["图10", "三十、戊", "二十一、丁", "十、丙", "图2", "二、乙", "1", "A"]
    assert sorted(names, key=natural) == ["1", "二、乙", "十、丙", "二十一、丁", "三十、戊", "A", "图2", "图10"]


@pytest.mark.parametrize(
    ("stem", "number", "bare"),
    [
        ("01 灌区", 1, "灌区"),
        ("1、灌区", 1, "灌区"),
        ("（3）灌区", 3, "灌区"),
        ("第2版 灌区", 2, "灌区"),
        ("十二、灌区", 12, "灌区"),
        ("二十．灌区", 20, "灌区"),
        ("头条：灌区", None, "灌区"),
        ("2026年灌区", None, "2026年灌区"),
        ("灌区", None, "灌区"),
        ("3", None, "3"),
    ],
)
def test_the_number_by_which_a_sender_put_his_files_in_order(stem: str, number: int | None, bare: str) -> None:
    assert (sender_s_number(stem), bare_stem(stem)) == (number, bare)


def test_a_file_that_is_called_copy_is_named_by_its_folder() -> None:
    assert own_stem(file("三、公交/稿子.txt")) == "三、公交"
    assert own_stem(file("三、公交/梁家沟.txt")) == "梁家沟"
    assert own_stem(file("稿子.txt")) == "稿子"
    assert own_stem(file("公交/稿件（2）.docx")) == "公交"


def test_names_of_stories_are_names_of_flows_and_no_two_alike() -> None:
    assert story_name("01 灌区（改）", ()) == "灌区-改"
    assert story_name("灌区", ("灌区", "灌区-2")) == "灌区-3"
    assert story_name("page", ()) == "稿-page"
    assert story_name("……", ()) == "稿"
    assert is_lead("头条 灌区.docx")
    assert not is_lead("灌区.docx")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("1-1.jpg：东闸村新建的闸口（张三 摄）", CaptionNote("1-1.jpg", "东闸村新建的闸口", "张三 摄")),
        ("闸口.JPG 东闸村新建的闸口。 张三 摄", CaptionNote("闸口.JPG", "东闸村新建的闸口。", "张三 摄")),
        ("【图：闸口.jpg 东闸村新建的闸口】", CaptionNote("闸口.jpg", "东闸村新建的闸口")),
        ("东闸村新建的闸口（闸口.jpg）", CaptionNote("闸口.jpg", "东闸村新建的闸口")),
        ("图2：会场一角。", CaptionNote("2", "会场一角。")),
        ("3、会场一角", CaptionNote("3", "会场一角")),
        ("图为会场一角。李四 摄", CaptionNote("", "图为会场一角。", "李四 摄")),
        ("本报记者 李四 摄影报道", CaptionNote("", "", "本报记者 李四 摄影报道")),
    ],
)
def test_what_one_line_says_of_a_picture(line: str, note: CaptionNote) -> None:
    assert note_of(line) == note


def test_a_list_of_captions_line_by_line() -> None:
    assert [each.picture for each in notes_of(["图片说明", "", "1.jpg 甲", "2.jpg 乙"])] == ["", "1.jpg", "2.jpg"]


@pytest.mark.parametrize(
    ("stem", "caption"),
    [
        ("东闸村新建的闸口", ("东闸村新建的闸口", "")),
        ("东闸村新建的闸口（张三 摄）", ("东闸村新建的闸口", "张三 摄")),
        ("03 东闸村新建的闸口(2)", ("东闸村新建的闸口", "")),
        ("闸口", ("", "")),
        ("灌区照片", ("", "")),
        ("IMG_4411", ("", "")),
        ("微信图片_20261127101112", ("", "")),
        ("mmexport1700000000000", ("", "")),
        ("截屏2026-11-27 10.11.12", ("", "")),
        ("未命名", ("", "")),
    ],
)
def test_a_file_s_name_is_a_caption_where_a_person_wrote_one(stem: str, caption: tuple[str, str]) -> None:
    assert caption_in_name(stem) == caption
    assert is_machine_s(stem) == (caption == ("", "") and stem not in ("闸口", "灌区照片"))


# --- whose picture it is ----------------------------------------------------------------------------------------------


def file(name: str) -> ReceivedFile:
    return ReceivedFile(Path(name), name, file_kind(name, ENDINGS), name.rpartition("/")[0])


def story(name: str, headline: str, text: str = "") -> MatchedStory:
    return MatchedStory(file(name), headline, f"{headline}\n{text}")


STORIES = (
    story("1 灌区.docx", "石桥乡新建灌区惠及万家", "记者在现场看到，闸口已经合龙。（图：开闸放水.jpg）"),
    story("2 公交/公交.docx", "山村公交通到了家门口", "司机梁师傅每天跑四趟，终点站是梁家沟。"),
    story("3 开工.docx", "落雁岭政务服务大厅开工", "大厅占地三千平方米。"),
)


@pytest.mark.parametrize(
    ("name", "caption", "found"),
    [
        ("开闸放水.jpg", "", (0, "named")),
        ("2 公交/IMG_1.jpg", "", (1, "folder")),
        ("2 公交/图/IMG_1.jpg", "", (1, "folder")),
        ("1-2.jpg", "", (0, "number")),
        ("3 大厅.jpg", "", (2, "number")),
        ("灌区.jpg", "", (0, "name")),
        ("落雁岭奠基.jpg", "", (2, "name")),
        ("IMG_7.jpg", "山村公交开进村口", (1, "caption")),
        ("IMG_8.jpg", "终点站梁家沟", (1, "caption")),
        ("IMG_9.jpg", "", (None, "none")),
        ("夕阳.jpg", "一片晚霞", (None, "none")),
    ],
)
def test_the_story_of_a_picture(name: str, caption: str, found: tuple[int | None, str]) -> None:
    (match,) = match_pictures([MatchedPicture(file(name), caption)], STORIES)
    assert (match.story, match.reason) == found


def test_a_sign_that_points_to_two_stories_is_none() -> None:
    stories = [story("甲.docx", "石桥乡新建灌区"), story("乙.docx", "石桥乡新建公路")]
    (match,) = match_pictures([MatchedPicture(file("石桥乡.jpg"), "石桥乡新建")], stories)
    assert match.story is None


def test_where_there_is_one_story_every_picture_is_its() -> None:
    (match,) = match_pictures([MatchedPicture(file("IMG_9.jpg"), "")], STORIES[:1])
    assert (match.story, match.reason) == (0, "only")
