"""Press profiles from TOML: every mistake at once, each with its line."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from fresh_process import run_alone
from layout import assets
from layout.checks import Severity
from layout.errors import Faults, LayoutError, MaterialError, PlanError
from layout.press import CheckLevel, read_header
from layout.press.icc_trial import INTENTS, converts
from layout.press.load import known_profiles, load_profile
from layout.press.profile_values import profile_of, values_of

SHIPPED = assets.press_dir()


@pytest.fixture
def own(tmp_path: Path):
    """Write a plant's own profile and load it."""

    def load(text: str, name: str = "own"):
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        return load_profile(name, [tmp_path, SHIPPED])

    return load


def faults_of(load, text: str) -> list[LayoutError]:
    with pytest.raises(LayoutError) as caught:
        load(text)
    return list(caught.value.faults())


def test_every_shipped_profile_loads():
    assert set(known_profiles([SHIPPED])) >= {"newsprint-coldset", "rotary-house", "sheetfed-coated"}
    for name in known_profiles([SHIPPED]):
        profile = load_profile(name, [SHIPPED])
        assert profile.name == name
        header = read_header(profile.icc_bytes())
        assert header is not None
        assert header.prints_cmyk
        assert header.size == len(profile.icc_bytes())


@pytest.mark.parametrize("data", [None, b"", b"\0" * 128, b"acsp" * 31])
def test_what_is_no_icc_profile_has_no_header(data: bytes | None):
    assert read_header(data) is None


@pytest.mark.parametrize(
    ("space", "kind", "components", "prints"),
    [
        (b"CMYK", b"prtr", 4, True),
        (b"CMYK", b"mntr", 4, False),
        (b"GRAY", b"prtr", 1, False),
        (b"HSV ", b"mntr", None, False),
    ],
)
def test_the_header_says_what_a_profile_is_for(space: bytes, kind: bytes, components: int | None, prints: bool):
    head = bytearray(128)
    head[:4], head[8:10], head[12:16], head[16:20], head[36:40] = b"\0\0\1\0", b"\x04\x30", kind, space, b"acsp"
    header = read_header(bytes(head))
    assert header is not None
    assert (header.size, header.version, header.components, header.prints_cmyk) == (256, (4, 3), components, prints)


def test_newsprint_is_as_the_trade_prints_it():
    profile = load_profile("newsprint-coldset", [SHIPPED])
    assert (profile.ink_limit, profile.bleed_mm, profile.marks) == (240, 0, False)
    assert (profile.overprint.k_text_below_pt, profile.overprint.k_line_below_pt) == (12, 2)
    assert profile.image_ppi.error < profile.image_ppi.warn < profile.image_ppi.target < profile.image_ppi.max


def test_a_house_profile_keeps_its_reasons():
    house = load_profile("rotary-house", [SHIPPED])
    base = load_profile("newsprint-coldset", [SHIPPED])
    assert house.ink_limit == 230
    assert house.icc == base.icc
    assert house.min_type == base.min_type
    first = house.reasons[0]
    assert (first.key, first.was, first.value) == ("ink_limit", 240, 230)
    assert "蹭脏" in first.reason
    assert first.place.startswith("rotary-house.toml:")


def test_unknown_profile_lists_those_that_exist():
    with pytest.raises(PlanError) as caught:
        load_profile("newsprint-colset", [SHIPPED])
    assert caught.value.exit_code == 3
    assert caught.value.hint is not None
    assert "newsprint-coldset" in caught.value.hint.zh
    assert "newsprint-coldset" in caught.value.hint.en


@pytest.mark.parametrize("name", ["../newsprint-coldset", "/etc/passwd", ""])
def test_a_name_never_leads_out_of_the_folders(name: str, tmp_path: Path):
    inner = tmp_path / "press"
    inner.mkdir()
    (tmp_path / "newsprint-coldset.toml").write_bytes((SHIPPED / "newsprint-coldset.toml").read_bytes())
    with pytest.raises(PlanError):
        load_profile(name, [inner])


def test_a_path_from_the_command_line_is_taken_as_it_is(tmp_path: Path):
    path = tmp_path / "plant.toml"
    path.write_text('name = "plant"\nextends = "newsprint-coldset"\n', "utf-8")
    assert load_profile(path, [SHIPPED]).name == "plant"
    with pytest.raises(PlanError):
        load_profile(tmp_path / "absent.toml", [SHIPPED])


def test_every_mistake_at_once_with_its_line(own):
    text = (SHIPPED / "newsprint-coldset.toml").read_text("utf-8")
    text = text.replace("ink_limit = 240", "ink_limit = 540").replace("marks = false", 'marks = "no"')
    text = text.replace("solid = 6", "sloid = 6").replace('rendering_intent = "relative"', 'rendering_intent = "nice"')
    lines = text.splitlines()
    faults = faults_of(own, text)
    assert len(faults) == 4
    by_line = {str(fault.place): fault.message.zh for fault in faults}
    at = {key: next(n for n, line in enumerate(lines, 1) if line.startswith(key)) for key in
          ("ink_limit", "marks", "sloid", "rendering_intent")}  # fmt: skip
    assert "400" in by_line[f"own.toml:{at['ink_limit']}"]
    assert "true" in by_line[f"own.toml:{at['marks']}"]
    assert "sloid" in by_line[f"own.toml:{at['sloid']}"]
    assert "perceptual" in by_line[f"own.toml:{at['rendering_intent']}"]


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        ('[[override]]\nkey = "ink_limt"\nvalue = 230\nreason = "r"', 4, "ink_limt"),
        ('[[override]]\nkey = "ink_limit"\nvalue = 900\nreason = "r"', 5, "400"),
        ('[[override]]\nkey = "ink_limit"\nvalue = 230', 3, "reason"),
        ('[[override]]\nkey = "ink_limit"\nvalue = 230\nreason = ""', 6, "reason"),
        ('[[override]]\nkey = "name"\nvalue = "x"\nreason = "r"', 4, "name"),
        ("ink_limit = 230", 3, "override"),
        ('[[override]]\nkey = "image_ppi.warn"\nvalue = 20\nreason = "r"', 5, "image_ppi"),
    ],
)
def test_faulty_overrides(own, body: str, line: int, word: str):
    (fault,) = faults_of(own, f'name = "own"\nextends = "newsprint-coldset"\n{body}\n')
    assert str(fault.place) == f"own.toml:{line}"
    assert word in fault.message.en or (fault.hint is not None and word in fault.hint.en)


@pytest.mark.parametrize("key", ["base", "extend", "extnds"])
def test_a_slip_for_extends_is_one_fault_and_not_thirty(own, key: str):
    (fault,) = faults_of(own, f'name = "own"\n{key} = "newsprint-coldset"\n')
    assert str(fault.place) == "own.toml:2"
    assert f"“{key}”" in fault.message.en
    assert fault.hint is not None
    assert "extends" in fault.hint.zh
    assert "Did you mean extends?" in fault.hint.en


def test_an_unknown_key_comes_first_with_the_nearest(own):
    text = (SHIPPED / "newsprint-coldset.toml").read_text("utf-8")
    text = text.replace("ink_limit = 240", "ink_limitt = 240").replace("solid = 6", "sloid = 6")
    first, second = faults_of(own, text)
    assert "ink_limitt" in first.message.en
    assert first.hint is not None
    assert first.hint.en == "Did you mean ink_limit?"
    assert second.hint is not None
    assert second.hint.en == "Did you mean min_type.solid?"


def test_an_unknown_key_comes_before_those_that_are_missing(own):
    faults = faults_of(own, 'name = "own"\nink_limitt = 240\n')
    assert "ink_limitt" in faults[0].message.en
    assert faults[0].hint is not None
    assert faults[0].hint.zh == "是不是 ink_limit？"
    assert not [fault for fault in faults if "lacks “ink_limit”" in fault.message.en]


@pytest.mark.parametrize(("key", "near"), [("titel", "title"), ("ink_limitt", "ink_limit"), ("ovveride", "override")])
def test_a_slip_beside_extends_names_what_was_meant(own, key: str, near: str):
    (fault,) = faults_of(own, f'name = "own"\nextends = "newsprint-coldset"\n{key} = 230\n')
    assert fault.hint is not None
    assert fault.hint.en.startswith(f"Did you mean {near}?")


def test_circles_and_broken_files(own, tmp_path: Path):
    (tmp_path / "other.toml").write_text('name = "other"\nextends = "own"\n', "utf-8")
    (fault,) = faults_of(own, 'name = "own"\nextends = "other"\n')
    assert isinstance(fault, PlanError)
    (fault,) = faults_of(own, "name = \n")
    assert isinstance(fault, PlanError)
    (fault,) = faults_of(own, 'name = "own"\nextends = 3\n')
    assert str(fault.place) == "own.toml:2"


@pytest.mark.parametrize("value", ["[" * 3000, "9" * 5000, "“甲”"])
def test_what_is_no_toml_is_told_with_its_line(own, value: str):
    (fault,) = faults_of(own, f'name = "own"\nextends = "newsprint-coldset"\nink_limit = {value}\n')
    assert isinstance(fault, PlanError)
    assert str(fault.place).startswith("own.toml:3:")


HEAD = 'name = "own"\nextends = "newsprint-coldset"\n'


def override(key: str, value: object) -> str:
    return f'[[override]]\nkey = "{key}"\nvalue = {json.dumps(value)}\nreason = "r"\n'


WORDS = "".join(override(key, "X") for key in ("output_condition_identifier", "output_condition", "info"))
"""What goes with another ICC file."""


def _no_tables() -> bytes:
    """A CMYK printer profile, whole by its header, without a table to convert anything with."""
    head = bytearray(132)
    head[:4], head[8:10], head[12:24], head[36:40] = (132).to_bytes(4, "big"), b"\x02\x40", b"prtrCMYKLab ", b"acsp"
    return bytes(head)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "missing"), (b"\0" * 200, "not a CMYK"), ("rgb", "not a CMYK"), ("half", "not whole"),
        ("padded", "not whole"), ("half, its length mended", "cannot be used"), (_no_tables(), "cannot be used"),
    ],
)  # fmt: skip
def test_icc_faults(own, tmp_path: Path, content, word: str):
    whole = (SHIPPED / "TR002news.icc").read_bytes()
    half = whole[: len(whole) // 2]
    if content == "rgb":
        from PIL import ImageCms

        content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = {"half": half, "padded": whole + b"\0", "half, its length mended": len(half).to_bytes(4, "big") + half[4:]}
    if content is not None:
        (tmp_path / "x.icc").write_bytes(made.get(content, content))
    (fault,) = faults_of(own, HEAD + override("icc", "x.icc") + WORDS)
    assert isinstance(fault, MaterialError)
    assert fault.exit_code == 4
    assert fault.hint is not None
    assert word in fault.message.en
    assert str(fault.place) == "own.toml:5"


def test_icc_outside_the_folders_is_not_read(own):
    path = (SHIPPED / "TR002news.icc").as_posix().replace("/press/", "/press/../press/../../")
    (fault,) = faults_of(own, HEAD + override("icc", path) + WORDS)
    assert isinstance(fault, MaterialError)


def test_several_faults_keep_the_first_exit_code(own):
    with pytest.raises(Faults) as caught:
        own('name = ""\nextends = "newsprint-coldset"\nink_limit = 3\n')
    assert caught.value.exit_code == 3


def test_a_process_that_reads_no_profile_imports_no_pydantic() -> None:
    run_alone("import sys, layout.press; assert 'pydantic' not in sys.modules")


def test_every_shipped_icc_file_converts_as_a_plants_own_must() -> None:
    for path in SHIPPED.glob("*.icc"):
        for intent in INTENTS:
            assert converts(path.read_bytes(), intent), path.name


def test_a_plants_own_icc_file_is_taken_with_its_words(own, tmp_path: Path) -> None:
    (tmp_path / "x.icc").write_bytes((SHIPPED / "FOGRA39L_coated.icc").read_bytes())
    profile = own(HEAD + override("icc", "x.icc") + WORDS)
    assert profile.icc == (tmp_path / "x.icc").resolve()
    assert profile.output_condition_identifier == "X"


@pytest.mark.parametrize("told", [(), ("info",), ("output_condition_identifier", "output_condition")])
def test_another_icc_file_wants_its_own_words(own, tmp_path: Path, told: tuple[str, ...]) -> None:
    (tmp_path / "x.icc").write_bytes((SHIPPED / "FOGRA39L_coated.icc").read_bytes())
    (fault,) = faults_of(own, HEAD + override("icc", "x.icc") + "".join(override(key, "X") for key in told))
    assert str(fault.place) == "own.toml:5"
    for key in {"output_condition_identifier", "output_condition", "info"} - set(told):
        assert key in fault.message.en
    for key in told:
        assert f" {key} " not in f" {fault.message.en} "


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (override("info", "SNAP newsprint, total ink 240 %") + override("ink_limit", 230), 5),
        (override("ink_limit", 220) + override("output_condition", "TAC 300%, coated"), 9),
    ],
)
def test_words_that_name_another_ink_limit_are_refused(own, text: str, line: int) -> None:
    (fault,) = faults_of(own, HEAD + text)
    assert str(fault.place) == f"own.toml:{line}"
    assert "ink_limit" in fault.message.zh


@pytest.mark.parametrize("words", ["total ink 230 %", "TR 002-2007", "dot gain 26 %, 48.8 g", "1230 % and 12.240 %"])
def test_words_that_name_this_ink_limit_or_none_are_taken(own, words: str) -> None:
    assert own(HEAD + override("ink_limit", 230) + override("info", words)).info == words


def check(check_id: str = "font.unicode", severity: str = "warning", reason: str = "r") -> str:
    return f'[[check]]\nid = "{check_id}"\nseverity = "{severity}"\nreason = "{reason}"\n'


def test_a_plant_says_how_grave_it_takes_a_check_and_why(own) -> None:
    profile = own(HEAD + check() + check("page.safe", "off", "裁得准"))
    assert profile.levels == (
        CheckLevel("font.unicode", Severity.WARNING, "r"), CheckLevel("page.safe", None, "裁得准"),
    )  # fmt: skip
    assert [(each.key, each.was, each.value, each.reason, each.place) for each in profile.reasons] == [
        ("check.font.unicode", "error", "warning", "r", "own.toml:4"),
        ("check.page.safe", "warning", "off", "裁得准", "own.toml:8"),
    ]


def test_a_profile_is_the_same_from_its_values_but_for_the_places_of_files(own) -> None:
    plants = own(HEAD + override("spot_colours", ["PANTONE 186 C"]) + check() + check("page.safe", "off", "裁得准"))
    for profile in (plants, *(load_profile(name, [SHIPPED]) for name in known_profiles([SHIPPED]))):
        values = json.loads(json.dumps(values_of(profile)))
        assert profile_of({**values, "something later": 1}) == replace(profile, icc=Path(), reasons=())
        with pytest.raises((KeyError, TypeError)):
            profile_of({key: value for key, value in values.items() if key != "ink_limit"})


def test_of_two_files_the_one_that_extends_has_the_last_word(own, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('name = "house"\nextends = "newsprint-coldset"\n' + check(), "utf-8")
    profile = own('name = "own"\nextends = "house"\n' + check(severity="off", reason="ours"))
    assert profile.levels == (CheckLevel("font.unicode", None, "ours"),)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (check("font.unicod"), 4, "Did you mean font.unicode?"),
        (check(severity="warn"), 5, "Did you mean warning?"),
        (check(reason=" "), 6, "reason"),
        ('[[check]]\nid = "font.unicode"\nseverity = "off"\n', 3, "reason"),
        (check() + "sevrity = 3\n", 7, "Did you mean severity?"),
        (check() + check(severity="off"), 8, "twice"),
        (check("text.complete", "off"), 4, "not for a press profile"),
        (check("preflight.incomplete", "note"), 4, "not for a press profile"),
        ("check = 3\n", 3, "[[check]]"),
        ("[[chekc]]\nid = 3\n", 3, "Did you mean check?"),
    ],
)
def test_faulty_checks(own, text: str, line: int, word: str) -> None:
    (fault,) = faults_of(own, HEAD + text)
    assert str(fault.place) == f"own.toml:{line}"
    assert word in f"{fault.message.en} {fault.hint.en if fault.hint else ''}"


def test_a_profile_of_its_own_may_have_checks_and_leave_out_what_has_a_usual_value(own) -> None:
    text = (SHIPPED / "newsprint-coldset.toml").read_text("utf-8")
    for key in ("pdfx", "plate_names", "grey_balance", "ink_zone_mm", "ink_zones_along", "page_files"):
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\[tolerance\][^\[]*", "", text, flags=re.MULTILINE)
    profile = own(f"{text}\n{check()}")
    assert (profile.pdfx, profile.ink_zone_mm, profile.tolerance.trim_mm) == ("X-4", 40, 0.1)
    assert profile.levels


def test_what_a_profile_leaves_out_can_be_changed_by_one_that_extends_it(own, tmp_path: Path) -> None:
    text = re.sub(
        r"^\[tolerance\][^\[]*", "", (SHIPPED / "newsprint-coldset.toml").read_text("utf-8"), flags=re.MULTILINE
    )
    (tmp_path / "base.toml").write_text(text, "utf-8")
    profile = own('name = "own"\nextends = "base"\n' + override("tolerance.trim_mm", 0.5))
    assert (profile.tolerance.trim_mm, profile.tolerance.safe_mm) == (0.5, 0.1)
    assert profile.reasons[0].was == 0.1


@pytest.mark.parametrize("key", ["levels", "reasons"])
def test_what_is_made_here_cannot_be_written(own, key: str) -> None:
    text = (SHIPPED / "newsprint-coldset.toml").read_text("utf-8")
    (fault,) = faults_of(own, f"{key} = []\n{text}")
    assert str(fault.place) == "own.toml:1"
    (fault,) = faults_of(own, HEAD + override(key, []))
    assert str(fault.place) == "own.toml:4"


def test_an_unknown_profile_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        load_profile("changzhi", [tmp_path, SHIPPED])
    assert str(tmp_path) in caught.value.message.en
    assert "程序自带的 press/" in caught.value.message.zh
