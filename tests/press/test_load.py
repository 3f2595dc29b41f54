"""Press profiles from TOML: every mistake at once, each with its line."""

from pathlib import Path

import pytest

from fresh_process import run_alone
from layout import assets
from layout.errors import Faults, LayoutError, MaterialError, PlanError
from layout.press import read_header
from layout.press.load import known_profiles, load_profile

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


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "missing"), (b"\0" * 200, "not a CMYK"), ("rgb", "not a CMYK")],
)
def test_icc_faults(own, tmp_path: Path, content, word: str):
    if content == "rgb":
        from PIL import ImageCms

        content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if content is not None:
        (tmp_path / "x.icc").write_bytes(content)
    text = 'name = "own"\nextends = "newsprint-coldset"\n[[override]]\nkey = "icc"\nvalue = "x.icc"\nreason = "r"\n'
    (fault,) = faults_of(own, text)
    assert isinstance(fault, MaterialError)
    assert fault.exit_code == 4
    assert fault.hint is not None
    assert word in fault.message.en
    assert str(fault.place) == "own.toml:5"


def test_icc_outside_the_folders_is_not_read(own):
    text = 'name = "own"\nextends = "newsprint-coldset"\n[[override]]\nkey = "icc"\nvalue = "%s"\nreason = "r"\n'
    (fault,) = faults_of(
        own, text % (SHIPPED / "TR002news.icc").as_posix().replace("/press/", "/press/../press/../../")
    )
    assert isinstance(fault, MaterialError)


def test_several_faults_keep_the_first_exit_code(own):
    with pytest.raises(Faults) as caught:
        own('name = ""\nextends = "newsprint-coldset"\nink_limit = 3\n')
    assert caught.value.exit_code == 3


def test_a_process_that_reads_no_profile_imports_no_pydantic() -> None:
    run_alone("import sys, layout.press; assert 'pydantic' not in sys.modules")
