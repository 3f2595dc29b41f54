"""What is known fails nothing, whatever page it has moved to; what is new does."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from in_place import build, check
from layout.checks import FailOn, Finding, Severity, fails
from layout.checks.baseline import STALE, UNKNOWN, Baseline, identity_of, read_baseline
from layout.checks.retired import RetiredCheck
from layout.errors import Hint, Message, Place, UsageError
from layout.flows import Flow
from layout.geometry import Box
from layout.pipeline import Options, preflight
from pipeline.small_issue import make_issue
from proof.test_report_schema import validate

LOOSE = Finding(
    "line.loose",
    Severity.WARNING,
    Message("行内字距偏松：“全年332个”（0.167 字）", "loose: “全年332个” (0.167 em)"),
    Place("a/b.md", 31, 7),
    page_no=2,
    boxes=(Box(1, 2, 3, 4),),
    flows=(Flow.parse("b.section-1"),),
)
OVERSET = Finding("page.overset", Severity.ERROR, Message("溢文 31 字", "31 overset"), page_no=1)


def anything(check: str) -> bool:
    """Every check could have found it."""
    return bool(check)


@pytest.mark.parametrize("fail_on", ["error", "warning", "note", "never"])
def test_a_level_fails_on_what_is_as_grave(fail_on: FailOn) -> None:
    grave = {"error": 2, "warning": 1, "note": 0, "never": 3}[fail_on]
    for severity in Severity:
        finding = replace(OVERSET, severity=severity)
        assert fails([finding], fail_on) is (severity >= grave)
        assert not fails([replace(finding, known=True)], fail_on)
    assert not fails([], fail_on)


@pytest.mark.parametrize("moved", [
    replace(LOOSE, page_no=3),
    replace(LOOSE, place=Place("a/b.md", 40, 2)),
    replace(LOOSE, boxes=(Box(9, 9, 9, 9),)),
    replace(LOOSE, amount={"em": 0.2}),
    replace(LOOSE, message=Message("行内字距偏松：“全年332个”（0.2 字）", "")),
], ids=["page", "line", "box", "amount", "measured"])  # fmt: skip
def test_a_finding_is_known_again_where_it_has_moved(moved: Finding) -> None:
    known, *more = Baseline.of([LOOSE]).compared([moved], anything)
    assert known == replace(moved, known=True)
    assert more == []


@pytest.mark.parametrize("other", [
    replace(LOOSE, check="line.very_loose"),
    replace(LOOSE, place=Place("a/c.md", 31, 7)),
    replace(LOOSE, flows=(Flow.parse("b.section-2"),)),
    replace(LOOSE, message=Message("行内字距偏松：“全年333个”（0.167 字）", "")),
], ids=["check", "file", "flow", "words"])  # fmt: skip
def test_another_finding_is_new(other: Finding) -> None:
    first, stale = Baseline.of([LOOSE]).compared([other], anything)
    assert first == other
    assert not first.known
    assert stale.check == STALE


def test_as_many_are_known_as_there_were() -> None:
    twice = Baseline.of([LOOSE, replace(LOOSE, page_no=5)])
    assert [each.known for each in twice.compared([LOOSE] * 3, anything)] == [True, True, False]


@pytest.mark.parametrize(("places", "known", "left"), [(1, True, 2), (3, True, 0), (4, False, 0)])
def test_one_that_speaks_for_several_places_is_known_for_as_many(places: int, known: bool, left: int) -> None:
    many = replace(
        LOOSE, places=3, single=LOOSE.message, message=Message("行内字距偏松（另有 2 处：第 4、6 行）。", "")
    )
    first, *stale = Baseline.of([many]).compared([replace(many, places=places)], anything)
    assert first.known is known
    assert [each.message.en.split(maxsplit=1)[0] for each in stale] == ([str(left)] if left else [])


def test_what_is_no_longer_found_is_told_once_and_fails_nothing_but_notes() -> None:
    baseline = Baseline.of([LOOSE, OVERSET, OVERSET])
    (stale,) = baseline.compared([], anything)
    assert stale.message.zh.startswith("基线里有 3 条已经查不到了：")
    assert "page.overset 溢文 # 字" in stale.message.zh
    assert not fails([stale], "warning")
    assert baseline.compared([], lambda check: check != "page.overset")[0].message.en.startswith("1 entries")
    assert baseline.compared([], lambda _: False) == ()


def test_an_entry_of_a_check_that_does_not_exist_is_told() -> None:
    (unknown,) = Baseline.of([replace(LOOSE, check="line.lose")]).compared([], anything)
    assert (unknown.check, "line.lose" in unknown.message.zh) == (UNKNOWN, True)


def test_written_anew_it_keeps_what_the_command_could_not_find() -> None:
    old = Baseline.of([LOOSE, OVERSET, replace(OVERSET, check="gone.check")])
    new = old.renewed([LOOSE, LOOSE], lambda check: check != "page.overset")
    assert new.counts == {identity_of(LOOSE): 2, identity_of(OVERSET): 1}


def test_the_file_has_a_line_for_each_and_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    baseline = Baseline.of([OVERSET, LOOSE, LOOSE])
    file.write_bytes(baseline.as_bytes())
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1] == (
        '  {"check": "line.loose", "about": "a/b.md b.section-1", '
        '"text": "行内字距偏松：“全年332个”（# 字）", "count": 2},'
    )
    assert len(lines) == 4
    assert read_baseline(file) == replace(baseline, file=str(file))
    assert Baseline({}).as_bytes() == b'{"schema": 1, "known": [\n\n]}\n'


@pytest.mark.parametrize(("text", "where"), [
    ("", ":1:1"), ("[1", ":1:3"), ("[]", ""), ('{"schema": 2, "known": []}', ""), ('{"schema": 1}', ""),
    ('{"schema": 1, "known": [{"check": "x"}]}', ""), ("[" * 100_000, ""), ("\ud800", ""),
    ('{"schema": 1, "known": [{"check": "a.b", "about": "", "text": "", "count": 99999999999}]}', ""),
    ('{"schema": 1, "known": [{"check": "a.b", "about": "", "text": "", "count": true}]}', ""),
])  # fmt: skip
def test_what_is_no_baseline_is_told_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "known.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError) as caught:
        read_baseline(file)
    assert str(caught.value.place) == f"{file}{where}"
    assert caught.value.hint


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue with one warning of the copy."""
    return make_issue(tmp_path / "a", "功率220KV，" + "全区上下谋发展。" * 25)


@pytest.mark.parametrize("command", [check, build], ids=["check", "build"])
def test_a_commands_known_findings_fail_nothing_and_a_new_one_does(
    command: Callable[[Path, Options], object], issue: Path, tmp_path: Path
) -> None:
    options = Options(tmp_path / "out", fail_on="warning", png=False, baseline=tmp_path / "known.json")
    command(issue, replace(options, write_baseline=True))
    known = {entry["check"] for entry in json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["known"]}
    assert "copy.unit_case" in known
    story = issue / "a.md"
    story.write_text(story.read_text(encoding="utf-8").replace("220KV", "\n\n新的一段。220KV，110KV"), encoding="utf-8")
    new = [each for each in check(issue, options) if not each.known and each.check.startswith("copy.")]
    folded = story.read_text(encoding="utf-8")
    assert [each.amount["found"] for each in new] == ["110KV"]
    assert fails(check(issue, options), "warning")
    story.write_text(folded.replace("220KV，110KV", "220KV，220KV"), encoding="utf-8")
    assert fails(check(issue, options), "warning")


def test_the_report_says_what_is_known(issue: Path, tmp_path: Path) -> None:
    options = Options(tmp_path / "out", fail_on="note", png=False, baseline=tmp_path / "known.json")
    assert build(issue, replace(options, baseline=None)).exit_code == 1
    built = build(issue, replace(options, write_baseline=True))
    assert built.exit_code == 0
    assert [each.get("known") for each in built.report["findings"]] == [True] * len(built.findings)
    validate(built.report)


def test_what_a_build_wrote_down_preflight_knows(tmp_path: Path) -> None:
    issue = make_issue(tmp_path / "a", "全区上下谋发展。" * 20, style="color: device-cmyk(0 1 0 .2); font-size: 7pt")
    options = Options(tmp_path / "out", fail_on="note", png=False, baseline=tmp_path / "known.json")
    built = build(issue, replace(options, write_baseline=True))
    assert "text.small" in {each.check for each in built.findings}
    verdict = preflight(built.pdf, options, ink=False)
    assert verdict.findings
    assert not fails(verdict.findings, "note")


def test_a_file_that_is_something_else_is_not_written_over(issue: Path) -> None:
    plan = (issue / "issue.toml").read_bytes()
    with pytest.raises(UsageError):
        check(issue, Options(baseline=issue / "issue.toml", write_baseline=True))
    assert (issue / "issue.toml").read_bytes() == plan


def test_a_renamed_checks_entry_knows_it_by_its_new_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = RetiredCheck("line.slack", "0.3.0", "line.loose", Message("改名。", "renamed."))
    monkeypatch.setattr("layout.checks.baseline.retired", lambda: {"line.slack": row})
    file = tmp_path / "known.json"
    file.write_bytes(Baseline.of([replace(LOOSE, check="line.slack")]).as_bytes())
    assert read_baseline(file).compared([LOOSE], anything) == (replace(LOOSE, known=True),)
    gone = replace(row, renamed="")
    monkeypatch.setattr("layout.checks.baseline.retired", lambda: {"line.slack": gone})
    (unknown,) = read_baseline(file).compared([], anything)
    assert unknown.hint == Hint(operator=gone.message)
