"""An issue read whole: plan, folio, texts of each page."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from issue.folder import edited, write
from layout import assets
from layout.errors import MaterialError, Place
from layout.issue import read_issue
from layout.issue.furniture import chinese_date, folio, staff_line


@pytest.fixture
def issue(tmp_path):
    return read_issue(write(tmp_path))


def test_head_of_an_issue(issue, tmp_path):
    assert (issue.id, issue.file, issue.folder) == ("small", "small/issue.toml", (tmp_path / "small").resolve())
    assert (issue.title, issue.date) == ("长治两会特刊", date(2026, 2, 5))
    assert (issue.design, issue.press, issue.paper) == ("lianghui-broadsheet", "newsprint-coldset", "长治日报")
    assert issue.staff == {"责编": "张三", "校对": "李四"}
    assert issue.places["design"] == Place("small/issue.toml", 3, 11)


def test_pages_stories_and_pictures(issue):
    first, second = issue.pages
    assert [(page.number, page.title, page.kind) for page in issue.pages] == [
        (1, "两会特刊", "page"),
        (2, "履职", "inner"),
    ]
    assert [story.id for story in second.stories] == ["b", "c"]
    assert [story.id for story in issue.stories] == ["a", "b", "c"]
    assert second.stories[1].file == "small/more/c.md"
    assert first.place == Place("small/issue.toml", 11, 1)
    assert issue.pictures == first.pictures


def test_a_picture(issue):
    (picture,) = issue.pictures
    assert (picture.id, picture.source, picture.alt) == ("hill", "photos/hill.jpg", "一座山")
    assert picture.path == issue.folder / "photos" / "hill.jpg"
    assert picture.focus == (0.25, 1.0)
    assert picture.place == Place("small/issue.toml", 23, 1)
    assert [(kind, str(text.flow), text.text) for kind, text in picture.texts()] == [
        ("caption", "picture.hill.caption", "山"),
        ("credit", "picture.hill.credit", "王五 摄"),
    ]
    assert picture.caption.paragraphs[0].place == Place("small/issue.toml", 26, 12)


def test_texts_of_a_page_are_everything_that_must_stand_on_it(issue):
    assert [(kind, str(text.flow), text.text) for kind, text in issue.texts_of_page(issue.pages[0])] == [
        ("folio", "page.folio.number", "第1版"),
        ("folio", "page.folio.title", "两会特刊"),
        ("folio", "page.folio.paper", "长治日报"),
        ("folio", "page.folio.date", "2026年2月5日 星期四"),
        ("folio", "page.folio.staff", "责编/张三 校对/李四"),
        ("copy", "a.headline", "主题"),
        ("copy", "a.lede", "共谋划重点项目332个。"),
        ("figure", "a.figure-1.before", "重点项目"),
        ("figure", "a.figure-1.number", "332个"),
        ("caption", "picture.hill.caption", "山"),
        ("credit", "picture.hill.credit", "王五 摄"),
    ]


def test_flow_names_are_given_once_on_a_page(issue):
    for page in issue.pages:
        flows = [text.flow for _, text in issue.texts_of_page(page)]
        assert len(flows) == len(set(flows))


def test_what_may_be_left_out(tmp_path):
    plan = edited(
        ('paper = "长治日报"\n', ""),
        ('[staff]\n"责编" = "张三"\n"校对" = "李四"\n', ""),
        ('focus = [0.25, 1]\nalt = "一座山"\n', ""),
        ("2026-02-05", '"2026-02-05"'),
    )
    issue = read_issue(write(tmp_path, {"issue.toml": "\ufeff" + plan}))
    assert list(issue.pages[0].folio) == ["number", "title", "date"]
    assert (issue.pictures[0].focus, issue.pictures[0].alt) == ((0.5, 0.5), "山")
    assert "paper" not in issue.places


def test_readme_is_no_forgotten_story(tmp_path):
    assert read_issue(write(tmp_path, {"README.md": "说明", "as-received.txt": "原稿"}))


def test_the_programs_own_pictures(tmp_path):
    plan = edited(("photos/hill.jpg", "images:autumn-ridge.jpg"))
    (picture,) = read_issue(write(tmp_path, {"issue.toml": plan})).pictures
    assert picture.path == assets.images_dir() / "autumn-ridge.jpg"
    assert picture.source == "images:autumn-ridge.jpg"


def test_the_folder_may_be_named_in_any_way(tmp_path, monkeypatch):
    folder = write(tmp_path)
    whole = read_issue(folder)
    monkeypatch.chdir(folder)
    assert read_issue(Path()) == whole
    (tmp_path / "link").symlink_to(folder)
    assert read_issue(tmp_path / "link") == whole


def test_an_issue_can_be_sent_to_another_process(issue):
    assert pickle.loads(pickle.dumps(issue)) == issue


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "2026年2月5日 星期四"),
        (date(2026, 3, 1), "2026年3月1日 星期日"),
        (date(2026, 11, 23), "2026年11月23日 星期一"),
    ],
)
def test_dates_in_chinese(day, written):
    assert chinese_date(day) == written


def test_words_of_the_folio():
    assert staff_line({}) == ""
    texts = folio({"number": "第1版", "staff": ""}, {}, Place("a", 1))
    assert [(name, str(text.flow), text.text) for name, text in texts.items()] == [
        ("number", "page.folio.number", "第1版")
    ]


def test_assets_lie_in_the_checkout():
    top = Path(__file__).resolve().parents[2]
    assert assets.root() == top
    assert [assets.fonts_dir(), assets.templates_dir(), assets.images_dir(), assets.press_dir()] == [
        top / name for name in ("fonts", "templates", "images", "press")
    ]


def test_assets_lie_in_the_wheel(tmp_path, monkeypatch):
    data = tmp_path / "layout" / "_data"
    (data / "fonts").mkdir(parents=True)
    (data / "fonts" / "FONTS.toml").touch()
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "layout")
    assert assets.root.__wrapped__() == data


def test_assets_that_are_missing_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "src" / "layout")
    with pytest.raises(MaterialError) as caught:
        assets.root.__wrapped__()
    assert caught.value.exit_code == 4
    assert caught.value.hint


def test_names_for_every_story(tmp_path: Path) -> None:
    plan = edited(("[staff]", 'protected = ["张三", "政协主席"]\n\n[staff]'))
    issue = read_issue(write(tmp_path, {"issue.toml": plan}))
    assert issue.protected == ("张三", "政协主席")
    assert read_issue(write(tmp_path / "other")).protected == ()
