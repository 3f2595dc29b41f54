"""An editor who does what a page that is not full advises: the first thing it names, in the files of the issue.

Nothing of the program is asked: its sentence is read as anybody reads it.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import tomlkit
from PIL import Image

from drawn_issues import paragraph

_NOTHING = "Choose other stories"


def advised(hint: str) -> list[str]:
    """The steps of the first thing that *hint* names; none where it names nothing."""
    if _NOTHING in hint:
        return []
    first = hint.partition(": ")[2].partition("; ")[0].rstrip(".")
    return first.split(", and ")


def followed(issue: Path, steps: list[str], folder: Path) -> Path:
    """A copy of *issue* below *folder* in which *steps* are done. Raises ``ValueError`` for one that is not known."""
    own = folder / f"{issue.name}-followed"
    shutil.copytree(issue, own)
    for step in steps:
        for pattern, do in _STEPS:
            if found := re.fullmatch(pattern, step):
                do(own, found)
                break
        else:
            raise ValueError(step)
    return own


def _write_more(folder: Path, found: re.Match[str]) -> None:
    """More of what the generator of stories writes, at the end of the last paragraph."""
    path, amount = folder / f"{found['name']}.md", int(found["amount"])
    words = ""
    while len(words) < amount:
        words += paragraph(random.Random(f"{found['name']} {len(words)}"), amount)
    path.write_text(path.read_text("utf-8").rstrip() + words[: amount - 1].rstrip("，。、“《") + "。\n", "utf-8")


def _cut(folder: Path, found: re.Match[str]) -> None:
    """The last characters go, and a heading that has no more copy below it."""
    path, amount = folder / f"{found['name']}.md", int(found["amount"])
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    blocks = [block for block in body.strip().split("\n\n") if block]
    while amount > 0 and blocks:
        last = blocks.pop()
        if last.startswith("#"):
            continue
        if len(last) > amount:
            blocks.append(last[: len(last) - amount - 1].rstrip("，。、“《") + "。")
        amount -= len(last)
    while blocks and blocks[-1].startswith("#"):
        blocks.pop()
    path.write_text(f"---\n{head}---\n\n" + "\n\n".join(blocks) + "\n", "utf-8")


def _into_the_pool(folder: Path, found: re.Match[str]) -> None:
    plan = tomlkit.parse((folder / "issue.toml").read_text("utf-8"))
    page, name = plan["page"][0], f"{found['name']}.md"  # type: ignore[index]
    page["stories"] = [each for each in page["stories"] if each != name]
    page["pool"] = [*page.get("pool", []), name]
    (folder / "issue.toml").write_text(tomlkit.dumps(plan), "utf-8")


def _off_the_page(folder: Path, found: re.Match[str]) -> None:
    plan = tomlkit.parse((folder / "issue.toml").read_text("utf-8"))
    page = plan["page"][0]  # type: ignore[index]
    page["pictures"] = [each for each in page["pictures"] if each != found["name"]]
    shots = plan["picture"]
    del shots[next(number for number, shot in enumerate(shots) if shot["id"] == found["name"])]  # type: ignore[arg-type,union-attr,attr-defined]
    (folder / "issue.toml").write_text(tomlkit.dumps(plan), "utf-8")


def _larger_file(folder: Path, found: re.Match[str]) -> None:
    """The same picture, of so many pixels."""
    plan = tomlkit.parse((folder / "issue.toml").read_text("utf-8"))
    shot = next(shot for shot in plan["picture"] if shot["id"] == found["name"])  # type: ignore[union-attr,index]
    path = folder / shot["file"]  # type: ignore[index]
    with Image.open(path) as picture:
        larger = picture.resize((int(found["across"]), int(found["down"])))
    larger.save(path, quality=95)


_STEPS: tuple[tuple[str, Callable[[Path, re.Match[str]], None]], ...] = (
    (r"write about (?P<amount>\d+) characters more in (?P<name>\w+)", _write_more),
    (r"cut about (?P<amount>\d+) characters from (?P<name>\w+)", _cut),
    (r"put (?P<name>\w+) into the pool", _into_the_pool),
    (r"take (?P<name>\w+) off the page", _off_the_page),
    (r"give picture (?P<name>[\w-]+) a larger file \((?P<across>\d+)×(?P<down>\d+) pixels or more\)", _larger_file),
)
