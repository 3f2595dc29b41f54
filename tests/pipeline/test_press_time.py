"""Press time: an issue that has to be signed, stories that are killed, and a corrected page that is sent alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf
import pytest

from in_place import build
from layout import assets
from layout.checks import Severity
from layout.cli.summary import summary
from layout.errors import ExitCode, LayoutError, UsageError
from layout.issue import read_issue
from layout.issue.model import Issue, PageRun, PageSpan
from layout.pipeline import Options
from layout.pipeline.signing import check_copy, role_statuses, sign, state_of_seal, unsigned_finding
from layout.press.load import load_profile
from layout.seal.seal_json import seal_name
from layout.seal.seal_reading import SealError, read_seal
from layout.signoff.signoff_file import FILE, SignoffError
from pipeline.small_issue import make_issue

pytestmark = pytest.mark.slow

SCHEMA = json.loads((assets.root() / "docs" / "job-ticket.schema.json").read_text("utf-8"))
PLANT = """name = "own"
title = { zh = "本厂", en = "own" }
extends = "newsprint-coldset"

[[override]]
key = "KEY"
value = VALUE
reason = "印厂来函"
"""
WHEN = datetime(2026, 2, 4, 15, 30, tzinfo=UTC)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue of two pages with a story each."""
    folder = make_issue(tmp_path / "small", "时光无言，实干有声。")
    plan = (folder / "issue.toml").read_text(encoding="utf-8")
    copy = (folder / "a.md").read_text(encoding="utf-8").replace("时光", "第2篇")
    (folder / "b.md").write_text(copy, encoding="utf-8")
    plan += '\n[[page]]\nnumber = 2\ntitle = "小样"\nstories = ["b.md"]\n'
    (folder / "issue.toml").write_text(plan, encoding="utf-8")
    return folder


def _options(folder: Path, **more: Any) -> Options:
    return replace(Options(out=folder.parent / "out", png=False), **more)


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _asked_for(folder: Path, *roles: str) -> None:
    listed = ", ".join(f'"{role}"' for role in roles)
    _edit(folder, "issue.toml", 'design = "plain"\n', f'design = "plain"\nsignoff = [{listed}]\n')


def _signed(folder: Path, role: str, out: Path | None = None) -> None:
    seal = read_seal((out or folder.parent / "out") / seal_name("small"))
    sign(read_issue(folder), seal, role, "张三", WHEN)


def _refused(folder: Path, **more: Any) -> list[str]:
    with pytest.raises(LayoutError) as raised:
        build(folder, _options(folder, final=True, **more))
    assert raised.value.exit_code == ExitCode.SOURCE
    return [fault.message.zh for fault in raised.value.faults()]


def _files(folder: Path) -> dict[str, tuple[str, int]]:
    """The hash of every file of the output and the moment in which it was written, as the system has it."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted((folder.parent / "out").iterdir())
    }


def _of_a_plant(folder: Path, key: str, value: str) -> None:
    (folder / "own.toml").write_text(PLANT.replace("KEY", key).replace("VALUE", value), encoding="utf-8")
    _edit(folder, "issue.toml", '"newsprint-coldset"', '"own"')


def test_a_final_build_is_refused_until_all_have_signed_what_is_printed(issue: Path) -> None:
    _asked_for(issue, "一审", "二审")
    assert _refused(issue) == ["一审还没有签。", "二审还没有签。"]
    assert not (issue.parent / "out").exists()
    build(issue, _options(issue))
    seal = read_seal(issue.parent / "out" / "small.seal.json")
    with pytest.raises(SignoffError, match="not of all pages"):
        sign(read_issue(issue), replace(seal, complete=False), "一审", "张三", WHEN)
    with pytest.raises(UsageError, match="has no “三审”"):
        _signed(issue, "三审")
    assert not (issue / FILE).exists()
    _signed(issue, "一审")
    assert [each.stands for each in role_statuses(read_issue(issue), state_of_seal(seal))] == [True, False]
    assert _refused(issue) == ["二审还没有签。"]

    _signed(issue, "二审")
    (issue / "issue.toml").write_text((issue / "issue.toml").read_text("utf-8") + "# 一句说明\n", encoding="utf-8")
    built = build(issue, _options(issue, final=True))  # nothing of the line is printed
    assert (built.exit_code, built.moved) == (0, ())

    before = _files(issue)
    _edit(issue, "plain/page.css", "color: device-cmyk(0 0 0 1)", "color: device-cmyk(0 0 0 0.9)")
    words = "已签（张三，2026-02-04 15:30+00:00），之后改过："
    assert _refused(issue) == [f"一审{words}第 1、2 版。", f"二审{words}第 1、2 版。"]
    _edit(issue, "b.md", "第2篇", "第二篇")
    assert _refused(issue) == [f"{role}{words}稿件 b.md（第 2 版）。" for role in ("一审", "二审")]
    with pytest.raises(LayoutError) as raised:
        check_copy(_with_a_run(read_issue(issue)), _options(issue, final=True))
    assert "（第 2 版）" in raised.value.faults()[0].message.zh  # by the last seal: the plan does not say
    assert _files(issue) == before
    with pytest.raises(SignoffError, match=r"Changed since it was sealed: manuscript b\.md\."):
        _signed(issue, "一审")


def _with_a_run(issue: Issue) -> Issue:
    """*issue* with a run of its two pages, which shares out their stories."""
    run = PageRun(PageSpan(1, 2), "连版")
    return replace(issue, pages=(replace(issue.pages[0], stories=issue.stories, run=run),))


def test_a_filler_that_a_run_has_used_is_signed_with_the_copy_and_its_changes_are_told(issue: Path) -> None:
    build(issue, _options(issue))
    seal = read_seal(issue.parent / "out" / "small.seal.json")
    now = read_issue(issue)
    run = PageRun(PageSpan(1, 2), "连版", (now.stories[1],))  # what is b.md's page here is what the run came to
    planned = replace(now, pages=(replace(now.pages[0], run=run),), signoff=("终审",))
    sign(planned, seal, "终审", "张三", WHEN)
    check_copy(planned, _options(issue, final=True))
    other = replace(run, fillers=(replace(now.stories[0], id="b", file=now.stories[1].file),))
    changed = replace(planned, pages=(replace(planned.pages[0], run=other),))
    with pytest.raises(SignoffError, match=r"manuscript b\.md \(page 2\)"):
        check_copy(changed, _options(issue, final=True))
    with pytest.raises(SignoffError, match=r"Changed since it was sealed: manuscript b\.md\."):
        sign(changed, seal, "终审", "张三", WHEN)


def test_a_reason_for_which_nobody_had_to_sign_is_told(issue: Path) -> None:
    options = _options(issue, final=True, unsigned="急")
    (found,) = unsigned_finding(read_issue(issue), load_profile("newsprint-coldset", [assets.press_dir()]), options)
    assert (found.check, found.severity, str(found.place)) == ("signoff.unsigned", Severity.NOTE, "small/issue.toml")
    assert "recorded nowhere" in found.message.en
    assert unsigned_finding(read_issue(issue), load_profile("newsprint-coldset", [assets.press_dir()]),
                            _options(issue, final=True)) == ()  # fmt: skip


def test_unsigned_with_a_reason_is_printed_on_the_slug_and_told(issue: Path) -> None:
    _asked_for(issue, "终审")
    _of_a_plant(issue, "marks", "true")
    options = _options(issue, final=True, pages="1", ticket=True)
    build(issue, replace(options, unsigned="急"))
    short = _marks(issue)
    built = build(issue, replace(options, unsigned="三审在外，电话同意"))
    assert len(_marks(issue)) > len(short) + 9 * 100  # type on the slug is drawn as outlines: of nine characters more
    (found,) = (finding for finding in built.findings if finding.check == "signoff.unsigned")
    assert found.message.zh == "未签付印：三审在外，电话同意"
    assert _ticket(issue)["unsigned"] == "三审在外，电话同意"


def _marks(folder: Path) -> bytes:
    """What the marks of the first page are painted with."""
    with pikepdf.open(folder.parent / "out" / "small.pdf") as pdf:
        return pdf.pages[0].Resources.XObject["/LayoutMarks"].read_bytes()


@pytest.mark.parametrize(
    "options", [{"unsigned": "急"}, {"final": True, "unsigned": " "}, {"final": True, "unsigned": "长" * 41}]
)
def test_unsigned_wants_a_final_build_and_a_reason(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Options(**options)


def test_a_corrected_page_is_sent_alone_and_no_byte_of_another_changes(issue: Path) -> None:
    _of_a_plant(issue, "page_files", '"A{page:02}.pdf"')
    build(issue, _options(issue))
    before = _files(issue)
    _edit(issue, "b.md", "第2篇", "第二篇")
    built = build(issue, _options(issue, only_changed=True))
    assert built.moved == (2,)
    assert _written(issue, before) == {
        "A02.pdf", "small.pdf", "small.report.json", "report.json", "small.seal.json", "small.sha256",
        "small.ticket.json",
    }  # fmt: skip
    ticket = _ticket(issue)
    assert ticket["revised"] == [2]
    assert [(page["number"], page["file"], page.get("revision")) for page in ticket["pages"]] == [
        (1, "A01.pdf", None), (2, "A02.pdf", 2),
    ]  # fmt: skip
    sums = [line.split("  ") for line in (issue.parent / "out" / "small.sha256").read_text().splitlines()]
    assert {name: digest for digest, name in sums} == {
        name: _files(issue)[name][0] for name in ("small.pdf", "A01.pdf", "A02.pdf")
    }
    other = _options(issue, out=issue.parent / "whole")
    build(issue, other)
    for name in ("A01.pdf", "A02.pdf", "small.pdf"):
        assert hashlib.sha256((other.out / name).read_bytes()).hexdigest() == _files(issue)[name][0]

    before = _files(issue)
    assert build(issue, _options(issue, only_changed=True)).moved == ()
    assert not {"A01.pdf", "A02.pdf", "small.ticket.json", "small.sha256"} & _written(issue, before)


def test_a_plant_without_names_gets_the_page_by_itself(issue: Path) -> None:
    with pytest.raises(SealError):
        build(issue, _options(issue, only_changed=True))
    build(issue, _options(issue, ticket=True))
    _edit(issue, "b.md", "第2篇", "第二篇")
    assert build(issue, _options(issue, only_changed=True)).moved == (2,)
    assert sorted(path.name for path in (issue.parent / "out").glob("small-*.pdf")) == ["small-2.pdf"]
    assert [(page["file"], page["page_in_file"]) for page in _ticket(issue)["pages"]] == [
        ("small.pdf", 1), ("small-2.pdf", 1),
    ]  # fmt: skip

    # A build to look at, in the folder of what went to the plant: its seal hides a change that was not sent.
    _edit(issue, "a.md", "时光", "光阴")
    build(issue, _options(issue))
    with pytest.raises(UsageError, match="built here again since"):
        build(issue, _options(issue, only_changed=True))
    (issue.parent / "out" / "small.ticket.json").write_text('{"pages": [1]}', encoding="utf-8")
    with pytest.raises(UsageError, match="no ticket of this program"):
        build(issue, _options(issue, only_changed=True))


def _written(folder: Path, before: dict[str, tuple[str, int]]) -> set[str]:
    return {name for name, state in _files(folder).items() if before.get(name) != state}


def test_which_pages_move_when_a_story_is_killed(issue: Path) -> None:
    _edit(issue, "issue.toml", 'stories = ["b.md"]', 'stories = ["b.md", "d.md"]')
    (issue / "d.md").write_text((issue / "b.md").read_text("utf-8").replace("第2篇", "另一篇"), encoding="utf-8")
    _edit(issue, "plain/page.html", '<main data-fill>', '<main data-fill>{% for each in stories[1:] %}<div class="head"'
          ' data-flow="{{ each.headline.flow }}"></div>{% for section in each.sections %}<div class="head" data-flow="'
          '{{ section.heading.flow }}"></div><div class="level" data-flow="{{ section.body.flow }}"></div>{% endfor %}'
          "{% endfor %}")  # fmt: skip
    assert build(issue, _options(issue)).moved is None
    _edit(issue, "issue.toml", 'design = "plain"\n', 'design = "plain"\nkilled = ["d.md"]\n')
    built = build(issue, _options(issue))
    assert built.moved == (2,)
    assert built.report["killed"] == ["d.md"]
    assert "撤稿" in [line.split()[0] for line in summary(built, "zh").splitlines() if "d.md" in line]
    assert "另一篇" not in (issue.parent / "out" / "small.seal.json").read_text(encoding="utf-8")


def _ticket(folder: Path) -> dict[str, Any]:
    ticket: dict[str, Any] = json.loads((folder.parent / "out" / "small.ticket.json").read_bytes())
    jsonschema.validate(ticket, SCHEMA)
    return ticket
