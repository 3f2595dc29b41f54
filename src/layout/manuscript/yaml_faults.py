"""What is wrong with front matter that is no YAML, in the words of an editor."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from layout.errors import ManuscriptError, Message, Place

HOW = Message("每行写成 headline: 主题文字。", "Write each line as headline: the words.")
QUOTE = Message('把整个值放进英文双引号 " " 里。', "Put the whole value in straight double quotes.")


def not_yaml(error: yaml.YAMLError, text: str, file: str) -> ManuscriptError:
    """The fault of front matter *text*, which starts on line 2 of *file*, where PyYAML stops with *error*."""
    found = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    marks = [mark for mark in found if mark is not None]
    place = Place(file, marks[0].line + 2, marks[0].column + 1) if marks else Place(file, 2)
    lines = text.split("\n")
    line = "\n".join(lines[mark.line] for mark in marks if mark.line < len(lines))
    problem = getattr(error, "problem", None) or "not YAML"
    message = Message(f"文件头的写法有误：{_problem(problem)}。", f"The front matter is not right YAML: {problem}.")
    hint = QUOTE if re.search(r"[{}\[\]@`%&*]|: .*: ", line) else HOW
    if "\t" in line:
        hint = Message("缩进请用空格，不用制表符。", "Indent with spaces, not with tabs.")
    return ManuscriptError(message, place=place, hint=hint)


def _problem(problem: str) -> str:
    """What PyYAML says, in Chinese where we have words for it."""
    rows = tomllib.loads(Path(__file__).with_name("yaml.toml").read_text("utf-8"))["problem"]
    return next((str(row["zh"]) for row in rows if row["begins"] in problem), f"YAML 读不通（{problem}）")
