"""Own faces from the folder to the finished page: found, allowed, set both ways, embedded, read back."""

import json
from pathlib import Path

import pikepdf
import pytest

import own_fonts
from layout import assets
from layout.checks import Severity
from layout.cli.app import run_command
from layout.design.requirements import KEYS
from layout.errors import FontError, LayoutError
from layout.face_values import CharacterRange, Weights
from layout.pipeline import finishing
from layout.pipeline.own_faces import faces_in_use, found_faces
from layout.preflight.expected import Expected
from layout.preflight.text import read_text
from pipeline.small_issue import built, make_issue


def folders(tmp_path: Path, css: str = "", **files: bytes) -> tuple[Path, Path]:
    """A design and an issue; *files* go into the design's fonts, those that begin with ``issue_`` into the issue's."""
    design, issue = tmp_path / "issue" / "plain", tmp_path / "issue"
    for home in (design, issue):
        (home / "fonts").mkdir(parents=True)
    (design / "page.css").write_text(css, encoding="utf-8")
    for name, content in files.items():
        home = issue if name.startswith("issue_") else design
        (home / "fonts" / name.removeprefix("issue_").replace("__", ".")).write_bytes(content)
    return design, issue


def faults(design: Path, issue: Path | None = None) -> list[LayoutError]:
    """What is raised."""
    with pytest.raises(LayoutError) as caught:
        faces_in_use(design, issue)
    return list(caught.value.faults())


def test_a_file_in_fonts_is_found_by_its_own_names(tmp_path: Path) -> None:
    css = '.a { font-family: "本报宋体" }'
    design, issue = folders(tmp_path, css, a__ttf=own_fonts.piece(), b__otf=own_fonts.cid_keyed(family="别的"))
    assert [(each.face.family, each.in_use) for each in found_faces(design, issue)] == [
        ("本报宋体", True), ("别的", False)]  # fmt: skip
    (face,) = faces_in_use(design, issue)
    assert face.name == "plain/fonts/a.ttf"


def test_a_rule_gives_a_file_family_weight_style_and_characters(tmp_path: Path) -> None:
    css = """
    @font-face { font-family: "数字"; src: local("DejaVu Sans"), url("fonts/a.ttf") format("truetype");
      font-weight: bold; font-style: italic; unicode-range: U+30-39, U+4??, U+A5 }
    .a { font-family: "数字" }"""
    design, _ = folders(tmp_path, css, a__ttf=own_fonts.piece())
    (face,) = faces_in_use(design, None)
    assert (face.family, face.weights, face.italic) == ("数字", Weights(700, 700), True)
    assert face.ranges == (CharacterRange(0x30, 0x39), CharacterRange(0x400, 0x4FF), CharacterRange(0xA5, 0xA5))


@pytest.mark.parametrize("fragment", ["1", "OwnHei", "黑体"])
def test_a_face_of_a_collection_is_named_by_number_or_name(tmp_path: Path, fragment: str) -> None:
    css = f'@font-face {{ font-family: X; src: url("fonts/a.ttc#{fragment}") }} p {{ font-family: X }}'
    hei = own_fonts.piece("hei-400.ttf", family="黑体", postscript="OwnHei")
    design, _ = folders(tmp_path, css, a__ttc=own_fonts.collection([own_fonts.piece(), hei]))
    (face,) = faces_in_use(design, None)
    assert (face.index, face.postscript_name) == (1, "OwnHei")


def test_a_rule_in_a_comment_or_a_name_nobody_asks_for_is_not_in_use(tmp_path: Path) -> None:
    css = '/* @font-face { font-family: A; src: url(fonts/none.ttf) } font-family: "本报宋体" */'
    design, _ = folders(tmp_path, css, a__ttf=own_fonts.piece())
    assert faces_in_use(design, None) == ()


@pytest.mark.parametrize(
    ("rule", "words", "code"),
    [
        ("font-family: X; src: url(fonts/b.ttf)", "没有字体文件 fonts/b.ttf", 4),
        ("font-family: X; src: url(../../../outside.ttf)", "不在版式文件夹里", 4),
        ("font-family: X; src: url(/etc/fonts/x.ttf)", "不在版式文件夹里", 4),
        ("font-family: X; src: url(https://example.org/x.ttf)", "不在版式文件夹里", 4),
        ("font-family: X; src: url(data:font/ttf;base64,AAAA)", "不在版式文件夹里", 4),
        ("font-family: X; src: local('DejaVu Sans')", "src 写得不对", 3),
        ("font-family: X", "没有 src", 3),
        ("src: url(fonts/a.ttf)", "没有 font-family", 3),
        ("font-family: X; src: url(fonts/a.ttf); font-weight: 2000", "font-weight 写得不对", 3),
        ("font-family: X; src: url(fonts/a.ttf); font-style: slanted", "font-style 写得不对", 3),
        ("font-family: X; src: url(fonts/a.ttf); unicode-range: 4E00", "unicode-range 写得不对", 3),
        ("font-family: 'Song 400'; src: url(fonts/a.ttf)", "已经是程序自带字体", 4),
        ("font-family: serif; src: url(fonts/a.ttf)", "已经是程序自带字体", 4),
        ("font-family: X; src: url(fonts/a.ttf#Other)", "没有 Other", 4),
    ],
)
def test_a_rule_that_cannot_be_followed_is_told_at_its_line(tmp_path: Path, rule: str, words: str, code: int) -> None:
    design, _ = folders(tmp_path, f"p {{ color: black }}\n@font-face {{ {rule} }}", a__ttf=own_fonts.piece())
    (fault,) = faults(design)
    assert words in fault.message.zh
    assert (fault.exit_code, fault.place.line) == (code, 2)  # type: ignore[union-attr]
    assert fault.hint is not None


@pytest.mark.parametrize("owner", ["design", "issue"])
def test_no_link_leads_out(tmp_path: Path, owner: str) -> None:
    outside = tmp_path / "outside.ttf"
    outside.write_bytes(own_fonts.piece())
    design, issue = folders(tmp_path)
    ((design if owner == "design" else issue) / "fonts" / "in.ttf").symlink_to(outside)
    (fault,) = faults(design, issue)
    assert "不在" in fault.message.zh
    assert isinstance(fault, FontError)


def test_a_folder_of_fonts_that_is_a_link_out_and_a_broken_link_are_told(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.ttf").write_bytes(own_fonts.piece())
    design, issue = folders(tmp_path)
    (issue / "fonts").rmdir()
    (issue / "fonts").symlink_to(tmp_path / "elsewhere")
    (design / "fonts" / "gone.ttf").symlink_to(design / "nowhere.ttf")
    gone, out = faults(design, issue)
    assert "断了的链接" in gone.message.zh
    assert "不在" in out.message.zh


def test_kinds_of_fonts_that_cannot_be_used_are_told_all_at_once(tmp_path: Path) -> None:
    design, issue = folders(tmp_path, a__pfb=b"x", b__eot=b"x", c__ttf=b"x", LICENCE__txt=b"x")
    assert sorted(Path(each.place.file).name for each in faults(design, issue) if each.place) == [
        "a.pfb", "b.eot", "c.ttf"]  # fmt: skip


ROW = '[[font]]\nfile = "a.ttf"\nlicence = "方正字库授权"\nholder = "本报"\ndocument = "2026-17"\n'


@pytest.mark.parametrize("bits", [0x0002, 0x0100, 0x0200])
def test_what_fs_type_forbids_wants_a_licence(tmp_path: Path, bits: int) -> None:
    design, issue = folders(tmp_path, issue_a__ttf=own_fonts.piece(fs_type=bits))
    (fault,) = faults(design, issue)
    assert "fsType" in fault.message.zh
    assert (fault.exit_code, fault.place.file) == (4, "fonts/a.ttf")  # type: ignore[union-attr]
    (issue / "fonts" / "fonts.toml").write_text(ROW, encoding="utf-8")
    assert len(faces_in_use(design, issue)) == 1
    assert found_faces(design, issue)[0].face.licence.holder == "本报"  # type: ignore[union-attr]


def test_a_design_s_licence_stands_in_design_toml(tmp_path: Path) -> None:
    css = "p { font-family: 本报宋体 }"
    design, _ = folders(tmp_path, css, a__ttf=own_fonts.piece(fs_type=2))
    assert "design.toml" in faults(design)[0].hint.zh  # type: ignore[union-attr]
    (design / "design.toml").write_text(f'name = "样"\n{ROW}', encoding="utf-8")
    assert len(faces_in_use(design, None)) == 1
    assert "font" in KEYS  # or reading the issue would tell that nothing reads it


def test_a_forbidden_face_that_nobody_asks_for_does_no_harm(tmp_path: Path) -> None:
    design, issue = folders(tmp_path, a__ttf=own_fonts.piece(fs_type=2))
    assert faces_in_use(design, issue) == ()


@pytest.mark.parametrize(
    ("row", "line", "words"),
    [
        (ROW.replace("holder", "owner"), 4, "owner"),
        (ROW.replace('holder = "本报"\n', ""), 1, "缺 holder"),
        (ROW.replace('"2026-17"', '" "'), 1, "缺 document"),
        (ROW.replace("a.ttf", "b.ttf"), 2, "没有 b.ttf"),
        ("font = 3", 1, "一行一行的表"),
        ("[[font]\n", 1, ""),
    ],
)
def test_a_row_that_says_nothing_of_use_is_told(tmp_path: Path, row: str, line: int, words: str) -> None:
    design, issue = folders(tmp_path, issue_a__ttf=own_fonts.piece())
    (issue / "fonts" / "fonts.toml").write_text(row, encoding="utf-8")
    told = [each for each in faults(design, issue) if words in each.message.zh]
    assert [(each.place.file, each.place.line) for each in told if each.place] == [("fonts/fonts.toml", line)]


RARE = "\ue000"
"""自造字: a character of the private use area."""


SEQUENCE = "⿰王奭"
"""A character that has no number, told by its parts; the font makes one glyph of them."""


def own_issue(tmp_path: Path) -> Path:
    """An issue whose design sets an own CID-keyed face, a variable one and a bold one, with a 自造字 of the issue's."""
    copy = f"本报讯，屯留{RARE}{SEQUENCE}“好”（山河）一ABC入卷。**无声**。"
    folder = make_issue(tmp_path / "x", copy, copy, style='font-family: "宋", "Song 400"')
    design = folder / "plain"
    (design / "fonts").mkdir()
    (folder / "fonts").mkdir()
    (design / "fonts" / "fang.otf").write_bytes(own_fonts.cid_keyed(family="仿宋甲"))
    (design / "fonts" / "bold.ttf").write_bytes(own_fonts.piece(family="粗", postscript="OwnBold", weight=800))
    (design / "fonts" / "bars.ttf").write_bytes(own_fonts.bars())
    (folder / "fonts" / "made.ttf").write_bytes(made_character())
    (folder / "fonts" / "parts.ttf").write_bytes(own_fonts.composing(SEQUENCE))
    with (design / "page.css").open("a", encoding="utf-8") as css:
        css.write("""
        @font-face { font-family: "宋"; src: url(fonts/fang.otf); font-weight: 400 }
        @font-face { font-family: "宋"; src: url(fonts/bold.ttf); font-weight: 700 }
        @font-face { font-family: "宋"; src: url(fonts/bars.ttf); font-weight: 400; unicode-range: U+4E00 }
        [data-role=strong] { font-family: "宋"; font-weight: 700 }
        .head { font-family: "活字", "Song 400"; font-weight: 650 }""")
    (folder / "a.md").write_text((folder / "a.md").read_text().replace("headline: 题", "headline: 一"))
    return folder


def made_character() -> bytes:
    """A font with one character of the private use area, drawn as 屯."""
    font = own_fonts.TTFont(own_fonts.io.BytesIO(own_fonts.piece(text="屯", family="自造字", postscript="Made")))
    for table in font["cmap"].tables:
        table.cmap = {ord(RARE): table.cmap[ord("屯")]} if ord("屯") in table.cmap else table.cmap
    return own_fonts.saved(font)


def test_own_faces_are_set_both_ways_embedded_and_read_back(tmp_path: Path) -> None:
    made = built(own_issue(tmp_path))
    assert [each for each in made.findings if each.severity is Severity.ERROR] == []
    copy = f"本报讯，屯留{RARE}{SEQUENCE}“好”（山河）一ABC入卷。无声。"
    assert f"横{copy}竖{copy}" in "".join(char.text for char in read_text(made.pdf, 0))
    assert made.report["characters"]["set"] == made.report["characters"]["manuscript"]
    with pikepdf.open(made.pdf) as pdf:
        names = {str(font.BaseFont).partition("+")[2]: str(font.DescendantFonts[0].FontDescriptor.FontFamily)
                 for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font}  # fmt: skip
    assert {"OwnSong", "OwnBars_650wght", "Made", "Song-400"} <= set(names)
    assert names["Made"] == "自造字"
    listed = {row["family"]: row for row in made.report["own_faces"]}
    assert set(listed) == {"宋", "活字", "自造字", "造字"}
    assert (listed["自造字"]["file"], listed["自造字"]["fs_type"]) == ("fonts/made.ttf", 0)
    row = json.loads((assets.root() / "docs" / "report.schema.json").read_text(encoding="utf-8"))["properties"]
    assert set(listed["宋"]) == set(row["own_faces"]["items"]["properties"])
    assert set(made.report["pages"][0]["fonts"]) >= {"OwnSong", "OwnBold", "OwnBars_650wght", "Made", "Composing"}


def test_the_same_own_faces_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was made before in this process, and whatever lies in the cache."""
    folder = own_issue(tmp_path)
    first = built(folder).pdf.read_bytes()
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "other"))
    assert built(folder).pdf.read_bytes() == first


def test_a_character_that_no_face_has_is_told_with_the_own_faces_searched(tmp_path: Path) -> None:
    folder = own_issue(tmp_path)
    (folder / "a.md").write_text((folder / "a.md").read_text().replace("本报讯", "本\ue001报\ue002讯", 1))
    with pytest.raises(LayoutError) as caught:
        built(folder)
    told = [each.message.zh for each in caught.value.faults()]
    assert ["U+E001" in told[0], "U+E002" in told[1]] == [True, True]
    assert all(f"宋 [plain/fonts/{name}]" in told[0] for name in ("fang.otf", "bars.ttf"))
    assert "自造字 [fonts/made.ttf]" in told[0]


def test_the_doctor_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_issue(tmp_path / "x", "天地", style='font-family: "本报宋体"')
    (folder / "plain" / "fonts").mkdir()
    (folder / "plain" / "fonts" / "a.ttf").write_bytes(own_fonts.piece(text="天地题横"))
    run_command("zh", ["doctor", str(folder)], None)
    assert "自有字体 本报宋体：plain/fonts/a.ttf" in capsys.readouterr().out


def test_whoever_judges_a_page_gets_the_files_of_its_own_faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The glyph numbers of the page are those of the files."""
    seen: list[Expected] = []
    judge = finishing.judge
    monkeypatch.setattr(finishing, "judge", lambda *words, **more: seen.append(words[2]) or judge(*words, **more))
    built(own_issue(tmp_path))
    faces = {face.postscript_name: face for face in seen[0].own_faces}
    assert {"OwnSong", "OwnBold", "OwnBars_650wght", "Made"} <= set(faces)
    assert "Song-400" not in faces
    assert all(face.file.is_file() for face in faces.values())
