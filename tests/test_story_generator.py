"""What the generator of stories is asked for it gives, and the same for the same seed."""

from dataclasses import replace
from pathlib import Path

from layout.issue import read_issue
from story_generator import Bounds, Written, write_issue

BOUNDS = Bounds(characters=(200, 900), pictures=(0, 3))


def written(folder: Path) -> list[Written]:
    return [write_issue(folder / str(seed), "tabloid-river", "feature", seed, BOUNDS) for seed in range(12)]


def test_a_story_is_within_its_bounds(tmp_path: Path) -> None:
    stories = written(tmp_path)
    for each in stories:
        plan = read_issue(each.folder).pages[0]
        story = plan.stories[0]
        assert abs(each.characters - 550) <= 350
        assert 4 <= len(each.headline.replace(" ", "").replace("／", "")) <= 60
        assert sum(bool(section.heading) for section in story.sections) == each.headings <= 6
        assert len(plan.pictures) == each.pictures <= 3
    assert len({each.headline for each in stories}) == len(stories)
    assert {each.pictures for each in stories} == {0, 1, 2, 3}


def test_parts_come_on_top_of_the_same_copy(tmp_path: Path) -> None:
    """Byline, dateline, note and closing are in some stories; what they come with is what the seed gives without."""
    parts, shown = {"byline", "dateline", "editor_note", "closing"}, set[str]()
    for seed in range(12):
        plain = write_issue(tmp_path / f"{seed}", "tabloid-river", "feature", seed, BOUNDS)
        more = write_issue(tmp_path / f"{seed}-more", "tabloid-river", "feature", seed, replace(BOUNDS, parts=True))
        assert more.headline == plain.headline
        assert more.characters >= plain.characters
        story = read_issue(more.folder).pages[0].stories[0]
        shown |= {part for part in parts if story.text(part).text}
    assert shown == parts


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for one, other in zip(written(tmp_path / "a"), written(tmp_path / "b"), strict=True):
        files = sorted(path.name for path in one.folder.iterdir())
        assert files == sorted(path.name for path in other.folder.iterdir())
        assert all((one.folder / name).read_bytes() == (other.folder / name).read_bytes() for name in files)
