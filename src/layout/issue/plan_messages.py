"""What is said of an issue.toml that is not as it should be: place, sentence, and the line to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from layout.errors import Place, PlanError, Said, meant, nearest
from layout.issue.toml_positions import Source

Path = tuple[str | int, ...]


def faults_of(
    errors: Sequence[ErrorDetails], model: type[BaseModel], raw: object, above: Path, source: Source
) -> Iterator[PlanError]:
    """The faults of one table, *above* being where it stands and *raw* what is written in it.

    A key that is missing because it is misspelt is one mistake, and is told at the misspelt one.
    """
    known = list(model.model_fields)
    unknown = [str(each["loc"][-1]) for each in errors if each["type"] == "extra_forbidden"]
    misspelt = {nearest(name, known) for name in unknown}
    for details in errors:
        path = (*above, *details["loc"])
        if details["type"] == "extra_forbidden":
            yield _unknown(str(path[-1]), known, source.key(*path))
        elif details["type"] != "missing":
            yield _wrong(details, path, source)
        elif path[-1] not in misspelt:
            yield _missing(str(path[-1]), known, raw, above, source)


def _wrong(details: ErrorDetails, path: Path, source: Source) -> PlanError:
    """A value that will not do."""
    key, place, row = _spelling(path), source.value(*path), _words()["fault"].get(details["type"])
    if row is None:
        said = Said(f"{key} 写得不对（{details['msg']}）。", f"{key} is not right ({details['msg']}).")
        return PlanError(said, place=place, hint=_example(path))
    facts = {**details.get("ctx", {}), "value": details["input"]}
    facts = {name: f"{fact:g}" if isinstance(fact, float) else fact for name, fact in facts.items()}
    hint = Said(row["hint_zh"], row["hint_en"]) if "hint_zh" in row else _example(path)
    return PlanError(
        Said(row["zh"].format(**facts, key=key), row["en"].format(**facts, key=key)), place=place, hint=hint
    )


def _missing(key: str, known: Sequence[str], raw: object, above: Path, source: Source) -> PlanError:
    """A key that is not there: the place is where it belongs, the hint the line to write."""
    table = _table(above)
    line = _sample(table, key)
    said = Said(f"缺 {key} 这一项。", f"{key} is missing.")
    if table != "head":
        hint = Said(f"在这个 [[{table}]] 下面加一行：{line.zh}", f"Add a line below this [[{table}]]: {line.en}")
        return PlanError(said, place=source.key(*above), hint=hint)
    if key == "page":
        hint = Said(f"在文件末尾加一段：{line.zh}", f"Add at the end of the file: {line.en}")
        return PlanError(said, place=source.end(), hint=hint)
    before = [name for name in known[: known.index(key)] if isinstance(raw, dict) and name in raw]
    if before:
        hint = Said(f"在 {before[-1]} 这一行下面加：{line.zh}", f"Add below this line: {line.en}")
        return PlanError(said, place=source.key(before[-1]), hint=hint)
    hint = Said(f"在文件开头加一行：{line.zh}", f"Add at the head of the file: {line.en}")
    return PlanError(said, place=source.start(), hint=hint)


def _unknown(key: str, known: Sequence[str], place: Place) -> PlanError:
    said = Said(f"没有 {key} 这一项。", f"There is no key {key}.")
    if key in _words()["sample"]["head"] and "title" in known and key not in known:
        hint = Said(
            f"{key} 写在文件开头，第一个 [ … ] 之前。", f"{key} stands at the head of the file, before the first [ … ]."
        )
        return PlanError(said, place=place, hint=hint)
    return PlanError(said, place=place, hint=meant(key, known))


def _example(path: Path) -> Said:
    """The line as it should look."""
    keys = [part for part in path if isinstance(part, str)]
    table = _table(path[:-1] if isinstance(path[-1], str) else path)
    if keys[0] == "staff":
        return Said(
            '在 [staff] 里写："责编" = "张三"（键和值都放进引号）。', 'Under [staff] write "editor" = "A. Name".'
        )
    line = _sample(table, keys[-1])
    if keys[-1] in ("page", "picture", "staff"):
        return Said(f"写成 {line.zh}。", f"Write {line.en}.")
    where = Said("文件开头", "at the head") if table == "head" else Said(f" [[{table}]] 里", f"under [[{table}]]")
    return Said(f"在{where.zh}写：{line.zh}", f"Write {where.en}: {line.en}")


def _table(above: Path) -> str:
    return str(above[0]) if above and above[0] in ("page", "picture") and len(above) > 1 else "head"


def _spelling(path: Path) -> str:
    """A path as a person would say it: the last key, with the number of an element."""
    *_, last = path
    if isinstance(last, int) and len(path) > 1:
        return f"{path[-2]} [{last + 1}]"
    return str(last)


def not_toml(problem: str, text: str, file: str) -> PlanError:
    """An issue.toml that is no TOML, *problem* being what Python says of it."""
    match = re.search(r"\(at line (\d+), column (\d+)\)", problem)
    lines = text.rstrip("\n").split("\n")
    number, column = (int(match[1]), int(match[2])) if match else (len(lines), len(lines[-1]) + 1)
    line = lines[number - 1] if number <= len(lines) else ""
    if dated := re.match(r"\s*date\s*=\s*", line):
        row = _words()["fault"]["not_a_date"]
        value = line[dated.end() :].strip()
        said = Said(row["zh"].format(key="date", value=value), row["en"].format(key="date", value=value))
        place = Place(file, number, dated.end() + 1)
        return PlanError(said, place=place, hint=Said(row["hint_zh"], row["hint_en"]))
    said, hint = _misread(re.sub(r"\s*\(at .*\)$", "", problem), line)
    return PlanError(said, place=Place(file, number, column), hint=hint)


def _misread(reason: str, line: str) -> tuple[Said, Said]:
    row: Mapping[str, Any] = next(
        (each for each in _words()["toml"] if re.fullmatch(each["match"], reason, re.DOTALL)), {}
    )
    said = Said(
        f"issue.toml 的写法有误：{row['zh']}。" if row else f"issue.toml 的写法有误（{reason}）。",
        f"issue.toml is not right TOML: {reason}.",
    )
    if re.search(r"=\s*[“”＂]|＝", line):
        return said, Said('引号和等号要用半角的 " 和 = 。', 'Use the plain signs " and = .')
    if key := re.match(r"\s*([^\x00-\x7f]\w*)\s*=", line):
        quoted = f'"{key[1]}" = "…"'
        return said, Said(f"中文的键要放进引号：{quoted}。", f"A Chinese key stands in quotes: {quoted}.")
    if "\\" in line and row.get("backslash"):
        return said, Said("路径用 / 分隔，不用 \\ 。", "Separate folders with /, not with \\ .")
    if "hint_zh" in row:
        return said, Said(row["hint_zh"], row["hint_en"])
    return said, Said(
        '每行写成 键 = "文字"；数和日期不加引号。', 'Write key = "words"; numbers and dates without quotes.'
    )


def _sample(table: str, key: str) -> Said:
    """The line to write for a key."""
    row = _words()["sample"][table][key]
    return Said(row, row) if isinstance(row, str) else Said(row["zh"], row["en"])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("layout.issue").joinpath("plan_messages.toml").read_text(encoding="utf-8"))
