"""The tables of docs/proofreading.md: rules with examples, recall and precision, weights of the counting."""

from __future__ import annotations

from collections.abc import Iterator

from layout.errors import Message
from layout.preflight.explain import WORDS
from layout.proofreading.desk import all_rules
from layout.proofreading.error_rate import classes, counting
from layout.proofreading.families import FAMILIES, examples
from layout.proofreading.measured import measures, prose, recalled, rules_on
from layout_docs.markdown import both, literal, table


def recall() -> str:
    """Planted errors by family: how many, how many are found by every rule and by those that are on."""
    rows = [(_family(family), *map(str, counts), _share(counts[1], counts[0])) for family, counts in recalled().items()]
    whole = [sum(counts[place] for counts in recalled().values()) for place in range(3)]
    rows.append(("合计 / all", *map(str, whole), _share(whole[1], whole[0])))
    return table(
        ["种类 family", "埋的 planted", "全部规则查出 found by all", "默认查出 by those on", "查全率 recall"], rows
    )


def rules() -> str:
    """Every rule: what it says, examples, authority, and what it came to on public prose."""
    heads = ["规则 rule", "默认 by itself", "错 → 对 wrong → right", "依据 authority", "误报率实测 alarms judged"]
    return table(heads, _rules())


def _rules() -> Iterator[tuple[str, ...]]:
    for family in FAMILIES:
        for name, rule in all_rules().items():
            row, measure = examples()[name], measures()[name]
            if row.family != family:
                continue
            gravity = Message(WORDS["zh"][rule.check.severity.name], WORDS["en"][rule.check.severity.name])
            state = Message("开", "on") if name in rules_on() else Message("关", "off")
            wrong = "<br>".join(f"✗ {_code(each)}" for each in row.wrong[:1])
            right = "<br>".join(f"✓ {_code(each)}" for each in row.right[:1])
            judged = f"{measure.right}/{measure.judged}" if measure.judged else "–"
            yield (
                f"`{name}`<br>{both(literal(rule.check.name))}<br>{both(gravity)}",
                both(state),
                f"{wrong}<br>{right}",
                rule.check.authority,
                f"{measure.alarms} 条 alarms<br>{judged}",
            )


def weights() -> str:
    """What each kind of error weighs."""
    rows = []
    for row in classes():
        steps = row.get("steps")
        each = f"{row.get('each', 0):g}"
        if steps:
            each = " · ".join(
                [
                    *(f"≤ {int(most)}: {weight:g}" for most, weight in steps),
                    f"> {int(steps[-1][0])}: {row.get('more', 0):g}",
                ]
            )
        most = f"一期至多 {row['most']:g} / {row['most']:g} an issue at most" if "most" in row else ""
        read = Message("已核对", "read") if row["read"] else Message("未见原文", "not seen")
        rows.append((both(Message(row["zh"], row["en"])), each, most, both(read)))
    limit = f"万分之 {counting()['limit']:g}；标题加倍；同一差错至多计 {counting()['same_error']} 次"
    return f"{table(['差错 error', '计 weight', '上限 at most', '条文 clause'], rows)}\n\n{limit}。"


def sources() -> str:
    """What the public prose was."""
    return table(["公开文字 prose", "字 characters"], [(what, f"{count:,}") for what, count in prose()])


def _family(family: str) -> str:
    zh, en = FAMILIES[family]
    return f"{zh} / {en}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}"


def _code(words: str) -> str:
    shown = words.replace("\n", "⏎").replace("\u200b", "◌").replace("`", "'")
    return f"`{shown}`"
