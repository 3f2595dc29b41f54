"""Shapes are measured once for a design as it is: what is cached, where, and what is measured anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from layout import assets
from layout.design.template_context import picture_record
from layout.engine.engine import Engine
from layout.fontbook import Fontbook
from layout.galley.columns import Elastic
from layout.galley.paragraph_memory import ParagraphMemory
from layout.makeup.shape_measures import Sample, SampleColumn, SampleHead, SamplePicture, SamplePlace, ShapeKey, samples
from layout.page.frames import FrameType, Ink, MeasuredPage, RoleType
from layout.page.table_style import CellEdge
from layout.pipeline import sample_cache, sampling
from layout.pipeline.laid_page import PageLayouter, Stores
from layout.pipeline.options import Options
from layout.pipeline.progress import quiet
from layout.pipeline.reading import read_job
from layout.pipeline.sample_cache import SampleCache, Samples, digest_of
from layout.pipeline.stages import Clock

INK = Ink(0.0, 0.0, 0.0, 1.0)
HEADING = FrameType({"plain": RoleType(("hei",), 12.5, INK)}, 14.0, 0.0, "start", vertical=False, options={},
                    rule=CellEdge(0.5, INK))  # fmt: skip
BODY = FrameType({"plain": RoleType(("song",), 9.5, INK)}, 14.0, 19.0, "justify", vertical=False,
                 options={"fit": "total", "widows": "2"}, kinds={"heading": HEADING})  # fmt: skip
PLACE = SamplePlace(0.0, 114.0, 1.0, under_head=False, pictures=())
SAMPLE = Sample(
    ShapeKey("lead-right", 5, 1, 2, "deck picture+caption"),
    626.0,
    (SampleColumn(0.0, 114.0, 3.25, under_head=True, pictures=(0,), is_text=True),),
    (SamplePicture(PLACE, Elastic("k1", "sample-0", 6.0, 6, 18, picture=True)),),
    SampleHead(PLACE, HEADING),
    BODY,
    2,
)


def put(folder: Path, digest: str = "d") -> Path:
    SampleCache(folder, {}).add(digest, {"name": SAMPLE})
    (file,) = folder.iterdir()
    return file


def test_what_was_measured_is_found_again_by_another_process(tmp_path: Path) -> None:
    put(tmp_path)
    found = SampleCache(tmp_path, {}).of("d")
    assert found == {"name": SAMPLE}
    body = found["name"].body
    assert body is not None
    assert body.key == BODY.key
    assert SampleCache(tmp_path, {}).of("e") == {}


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    assert put(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data.replace(b"626.0", b"627.0"),
                                    lambda _: b"", lambda _: b"\xff\n{}"])  # fmt: skip
def test_a_damaged_file_is_none_and_is_made_anew(damage: object, tmp_path: Path) -> None:
    file = put(tmp_path)
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    cache = SampleCache(tmp_path, {})
    assert cache.of("d") == {}
    cache.add("d", {"name": SAMPLE})
    assert SampleCache(tmp_path, {}).of("d") == {"name": SAMPLE}


def test_without_a_folder_they_are_kept_in_memory(tmp_path: Path) -> None:
    memory: dict[str, Samples] = {}
    SampleCache(None, memory).add("d", {"name": SAMPLE})
    assert SampleCache(None, memory).of("d") == {"name": SAMPLE}
    assert not list(tmp_path.iterdir())


def test_only_the_designs_of_late_are_kept_in_memory() -> None:
    memory: dict[str, Samples] = {}
    for number in range(9):
        SampleCache(None, memory).of(str(number))
    assert len(memory) < 9
    assert "8" in memory


def test_no_more_than_so_many_samples_of_a_design_are_kept() -> None:
    """Every page of a long issue may have stories of another outline; those measured last are kept."""
    memory: dict[str, Samples] = {}
    for page in range(40):
        SampleCache(None, memory).add("d", {f"{page} {number}": SAMPLE for number in range(100)})
    assert len(memory["d"]) == sample_cache._SAMPLES < 40 * 100
    assert "39 99" in memory["d"]


def test_a_design_is_another_when_one_of_its_files_a_face_or_the_sheet_is(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    file = tmp_path / "shapes" / "lead.html"
    file.write_text("<p>", encoding="utf-8")
    before = digest_of(tmp_path, "tabloid", ["a", "b"])
    assert before == digest_of(tmp_path, "tabloid", ["b", "a"])
    others = [digest_of(tmp_path, "broadsheet", ["a", "b"]), digest_of(tmp_path, "tabloid", ["a"])]
    file.write_text("<p >", encoding="utf-8")
    assert before not in (*others, digest_of(tmp_path, "tabloid", ["a", "b"]))


PLAN = """title = "要闻"
date = 2026-03-06
design = "yaowen"
sheet = "tabloid"
press = "newsprint-coldset"
[[page]]
number = 1
title = "要闻"
kind = "auto"
stories = ["a.md", "b.md"]
pictures = ["p"]
[[picture]]
id = "p"
file = "images:autumn-ridge.jpg"
caption = "资料图片"
credit = "示例　摄"
"""
LEAD = "---\nheadline: 山村公交通到了家门口\n{}---\n\n本报讯　这条路今天通车。\n"
BRIEF = "---\nheadline: 老街坊有了新食堂\n---\n\n食堂今天开门。\n"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The samples of every sheet that is measured, counted."""
    counted: list[int] = []

    def counting(page: MeasuredPage, keys: Mapping[str, ShapeKey], heads: Mapping[str, int]) -> Iterator[Sample]:
        counted.append(len(keys))
        return samples(page, keys, heads)

    monkeypatch.setattr(sampling, "samples", counting)
    return counted


def arrange(folder: Path, stores: Stores, memory: dict[str, Samples], more: str = "") -> Sequence[ShapeKey]:
    """The samples of a page of two stories, of which the lead has *more* in its front matter."""
    return list(measure(folder, stores, memory, more))


def measure(
    folder: Path, stores: Stores, memory: dict[str, Samples], more: str = "", plan: str = PLAN
) -> Mapping[ShapeKey, Sample]:
    """The same by their keys, of another *plan*."""
    folder.mkdir()
    (folder / "issue.toml").write_text(plan, encoding="utf-8")
    (folder / "a.md").write_text(LEAD.format(more), encoding="utf-8")
    (folder / "b.md").write_text(BRIEF, encoding="utf-8")
    job = read_job(folder, Options(), Clock(), quiet)
    layouter = PageLayouter(
        job, Engine(Fontbook(assets.fonts_dir())), stores, Clock(), quiet, ParagraphMemory(), samples=memory
    )  # fmt: skip
    material = layouter._arranger(job.plans[0]).material
    return material.sheet(list(material.stories())).samples


@pytest.mark.slow
def test_a_later_page_of_the_design_measures_no_sample_again(tmp_path: Path, measured: list[int]) -> None:
    """Nor does another process; only what the one before had no use for is measured."""
    cache = tmp_path / "cache"
    cache.mkdir()
    memory: dict[str, Samples] = {}
    first = arrange(tmp_path / "one", Stores(cache, tmp_path), memory)
    assert sum(measured) == len(first)
    assert arrange(tmp_path / "two", Stores(cache, tmp_path), memory) == first
    assert arrange(tmp_path / "three", Stores(cache, tmp_path), {}) == first
    assert sum(measured) == len(first)
    with_deck = arrange(tmp_path / "four", Stores(cache, tmp_path), {}, "deck: 全县的第一百条\n")
    assert sum(measured) == len(first) + len(set(with_deck) - set(first))
    assert 0 < measured[1] < len(with_deck)


@pytest.mark.slow
def test_a_story_whose_note_is_as_high_as_its_words_is_measured_for_itself(tmp_path: Path, measured: list[int]) -> None:
    memory: dict[str, Samples] = {}
    for number in range(2):
        arrange(tmp_path / str(number), Stores(None, tmp_path), memory, "editor_note: 编者按的字数决定它的高。\n")
    assert 0 < measured[1] < measured[0]


def test_names_and_words_of_pictures_are_no_part_of_a_sample(tmp_path: Path) -> None:
    (tmp_path / "issue.toml").write_text(PLAN, encoding="utf-8")
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(BRIEF, encoding="utf-8")
    plan = read_job(tmp_path, Options(), Clock(), quiet).plans[0]
    record = picture_record(plan.pictures[0])
    assert sampling._words(record) == sampling._words(replace(record, id="another", source="another.jpg"))


@pytest.mark.slow
def test_pictures_are_the_storys_however_a_shape_shows_them(tmp_path: Path) -> None:
    """A picture story has the small ones in its first column, before the large one, which is the story's first."""
    shot = PLAN[PLAN.index("[[picture]]") :]
    shots = "".join(shot.replace('"p"', f'"p{n}"').replace("caption", 'story = "b.md"\ncaption') for n in range(3))
    plan = PLAN.replace(shot, shots).replace('["p"]', '["p0", "p1", "p2"]')
    found = measure(tmp_path / "one", Stores(None, tmp_path), {}, plan=plan)
    stories = {key: each for key, each in found.items() if key.shape in ("picture-story", "picture-essay")}
    assert {key.columns for key in stories} == {3, 4}
    for sample in stories.values():
        first, *others = [each.place.width for each in sample.pictures]
        assert first > 2 * max(others)
