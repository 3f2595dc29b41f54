"""Every price of total fit is worth something: a paragraph that it sets better than none would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from layout.composer import Setting, Span, total_fit
from layout.composer.breaks import TITLE, UNIT, WITHIN
from layout.composer.evaluate import IMPOSSIBLE, Strip
from layout.composer.fixed_metrics import WORD_SPACE, FixedMetrics
from layout.composer.paragraph import _line_ends, available_room, prepare

PLAIN = Setting(word_space=WORD_SPACE)
HOUSE = replace(PLAIN, indent=2)
COPY = (Path(__file__).parent / "tunliu.txt").read_text(encoding="utf-8").splitlines()
NAMES = ("石泉海", "王家庄", "重点项目")
LOOSE, TIGHT = 0.5 * PLAIN.gap_warn, -0.5
"""From where on a line looks open, and from where on it looks squeezed, as ``total_fit`` has it."""


@dataclass(frozen=True)
class Looks:
    """What the lines of a paragraph came to."""

    lines: list[str]
    strains: list[float]
    grades: list[int]
    hyphens: int
    runt: bool

    @property
    def gaps(self) -> list[float]:
        return [strain for strain in self.strains if strain > 0]


def looks(text: str, measure: float, setting: Setting) -> Looks:
    strip = prepare([Span(text, ())], setting, measure, FixedMetrics())
    room = available_room(setting, measure, 0)
    ends = _line_ends(strip, room, constant=True)
    starts = [0, *ends[:-1]]
    strains = [strip.strain(start, end, room(k)) for k, (start, end) in enumerate(zip(starts, ends, strict=True))]
    strains[-1] = min(0.0, strains[-1])
    spots = [unit.offset for unit in strip.chain.units] + [len(text)]
    return Looks(
        [text[spots[start] : spots[end]] for start, end in zip(starts, ends, strict=True)],
        strains,
        [strip.breaks.grade[end] for end in ends],
        sum(end in strip.breaks.hyphen for end in ends),
        strip.short_last(ends[-2]),
    )


def opened(found: Looks) -> float:
    return sum(found.gaps)


def loosest(found: Looks) -> float:
    return max(found.gaps, default=0.0)


def beyond(found: Looks) -> int:
    return sum(gap > PLAIN.gap_error for gap in found.gaps)


def squeezed(found: Looks) -> float:
    return sum(strain * strain for strain in found.strains if strain < 0)


def steps(found: Looks) -> int:
    return sum(max(pair) > LOOSE and min(pair) < TIGHT for pair in pairwise(found.strains))


def patches(found: Looks) -> int:
    return sum(min(pair) > LOOSE for pair in pairwise(found.strains))


def hyphens(found: Looks) -> int:
    return found.hyphens


def torn(found: Looks) -> int:
    return sum(grade != total_fit.FREE for grade in found.grades)


def figures_torn(found: Looks) -> int:
    return found.grades.count(UNIT)


def units_torn(found: Looks) -> int:
    return found.grades.count(WITHIN)


def runts(found: Looks) -> int:
    return int(found.runt)


ALIKE = total_fit.TORN | dict.fromkeys((TITLE, UNIT, WITHIN), 250.0)
ROWS: tuple[tuple[str, object, Callable[[Looks], float], int, Setting, str], ...] = (
    # (price, what it is instead, what there is less of with it, measure, setting, the lines with it)
    ("LOOSE", 0.0, loosest, 10, PLAIN, "利用重点项目林绿化|3.1共谋划屯留区生|产形势总体平发展、|《条例》"),
    ("OPENED", 0.0, opened, 21, HOUSE, "按照“五个规范化”标准建成区综治中心，群|众获得感"),
    ("SQUEEZED", 0.0, squeezed, 9, PLAIN, "《人民日报》位，纵深|一年来，全区上了，|上实"),
    ("CONTRAST", 0.0, steps, 10, HOUSE,
     "动，全区安全生产|形势总体平稳。按照“五|个规范化”标准建成区|综治中心，群众获得|感、幸福感、安全感更|加充实、更有保障、更|"
     "可持续。"),
    ("LOOSE_PAIR", 0.0, patches, 11, PLAIN, "山西恒鼎固废利用产业|园、瑞赛格公司废弃物循|环利用体系等项目加快|建设"),
    ("TORN", ALIKE, figures_torn, 9, HOUSE,
     "项目化推进农村|人居环境整治，完|成农村污水治理管控|36个村，新(改)建卫|生厕所313个，17座|城乡生活垃圾中转|站高效运行，195.7|"
     "公里农村公路提质增|量，新"),
    ("TORN", ALIKE, units_torn, 17, HOUSE, "道路7290平方米，绿化提档1.5|万平方米，综合整治面积12.8万平方米"),
    ("DIVIDED", 0.0, hyphens, 18, replace(PLAIN, hyphenate="en_US"),
     "动坚定拥护“两个确立”、坚决做到“两个维|护”。坚持党建引领基层治manufacturing |理，深"),
    ("RUNT", 0.0, runts, 10, PLAIN,
     "推行项目全生命周期链|条集成化服务，持续深|化“承诺制+标准地+全|代办”改革，出让“标准|地”四宗2722026年亩。"),
    ("BEYOND", 0.0, beyond, 13, PLAIN,
     "人居环境整治，完成|农村污水治理管控36个|村，新(改)建卫生|厕所31PcommunicationM2.53|个，17座城乡生活垃圾中|"
     "development转站高效运行，|19"),
    ("ALMOST_LINEAR", 1.0, opened, 10, PLAIN,
     "通车，高效|修复城际路、北康|developmedevelopment |nt 线塌陷路段，新建|高品质驿站4个、便民|PM2.5 市场1个，新增|"
     "停车位2500个，稳步实|施老旧小区基础设施和|雨污分流、老旧管网改|造工程，建成集生态修"),
    ("WEIGHTS", (1.0,), torn, 15, replace(PLAIN, keep_limit=0.25),
     "体的城市花田，更新绿化面积|18万平方米，建成区绿地率、绿|化覆"),
    ("WEIGHTS", (10.0,), torn, 9, HOUSE,
     "90平方米，绿|化提档1.5万平方|2026年米，综合整治|面893亿元积12《办|法》.8万平方米。有|序做好压煤"),
    ("ALMOST_FREE", 0.0, torn, 15, replace(PLAIN, protected=NAMES),
     "大专项整治行动，纵深推进群众身|边不正之风和腐败问120平方公里|题集中整1.5万平方米治，一体|石泉海推进不敢腐、不能腐、不想|"
     "腐，“人心思齐、人心思干、人心思|进”成为屯留区广大党员干部的鲜|明标识。"),
    ("UNSEEN", (), loosest, 16, PLAIN,
     "旧管网改造工程，建成集生态修复、农|业示范、休闲观光为一体的城市花田，|更新绿化面积"),
    ("UNSEEN", (0.03,), loosest, 12, HOUSE,
     "江河新能源、天能储能、|烨兴晋东南物流枢纽、盈|量智能制造产development |业园等一批转型项目成功落|户。推"),
    ("UNSEEN", (0.1,), loosest, 12, PLAIN,
     "改工作，以实际行动坚定拥|护“两个确立”、坚决做到“两|个维护”。坚持党建引领基层|治理，深"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{row[2].__name__}" for row in ROWS])
def test_a_price_betters_what_it_is_for(
    row: tuple[str, object, Callable[[Looks], float], int, Setting, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, instead, less, measure, setting, lines = row
    text = lines.replace("|", "")
    found = looks(text, measure, setting)
    assert found.lines == lines.split("|")
    monkeypatch.setattr(total_fit, name, instead)
    assert less(found) < less(looks(text, measure, setting))


def test_a_line_start_is_forgotten_when_no_line_from_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times the text is about eight times the work: without that it is a hundred times."""
    asked = 0
    real = Strip.strain

    def counted(self: Strip, i: int, j: int, room: float) -> float:
        nonlocal asked
        asked += 1
        return real(self, i, j, room)

    monkeypatch.setattr(Strip, "strain", counted)
    counts = []
    for times in (1, 8):
        asked = 0
        looks(COPY[2] * times, 11, HOUSE)
        counts.append(asked)
    assert counts[1] < 12 * counts[0]


def test_a_word_too_long_for_any_line_leaves_the_rest_even() -> None:
    """A way is found past it: line by line the same text opens further, and one of its lines beyond the limit."""
    text = f"{COPY[1][:120]}{'A' * 30}{COPY[1][:150]}"
    found, by_line = looks(text, 11, PLAIN), looks(text, 11, replace(PLAIN, fit="first"))
    assert found.strains.count(IMPOSSIBLE) == by_line.strains.count(IMPOSSIBLE) == 1
    assert loosest(found) < PLAIN.gap_warn < loosest(by_line)
    assert opened(found) < opened(by_line)
