"""Pages that the program makes up, of six and of nine stories: their time over the sample's plain build, and the memory
of a long issue of them.

``python bench/made_up.py [--pages 40] [--out FILE]``. The copy is the samples' own, cut to lengths; caches are warm.
With ``--pages 0``, without the long issue, it takes a minute on a quiet machine. All are inner pages: a first one has
less room.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

from makeup import SAMPLE, TOP, alternate, arguments, build, environment, long_run, show

LENGTHS: Mapping[str, Mapping[int, Sequence[int]]] = {
    "tabloid": {6: (1000, 560, 450, 340, 210, 140), 9: (700, 400, 330, 280, 210, 160, 130, 110, 90)},
    "broadsheet": {6: (2100, 1300, 900, 760, 520, 340), 9: (1700, 1000, 760, 620, 480, 360, 280, 220, 160)},
}
"""Characters of the stories of a page, by weight."""
HEADLINES = (
    "山村公交通到了家门口", "半小时到家的公共服务", "一条河的四季账本", "全县农村公路投用", "老街坊有了新食堂",
    "职业学校实训楼通过验收", "一池活水进农田", "政务服务大厅开工", "湿地公园迎来候鸟",
)  # fmt: skip
SENTENCE = re.compile(r"[^。！？]+[。！？]")


def sentences() -> list[str]:
    """Those of the samples' running text, without marks."""
    found: list[str] = []
    for path in sorted((TOP / "issues").glob("*/*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        plain = [line for line in body.splitlines() if line and line[0] not in "#|>-[!{" and "{" not in line]
        found += [said for line in plain for said in SENTENCE.findall(line) if re.fullmatch(r"[^*_\[\]()（）]+", said)]
    return found


def made_up(folder: Path, stories: int, pages: int = 1, sheet: str = "tabloid") -> Path:
    """An issue of *pages* pages of so many stories, no two with the same copy, each page with three photographs."""
    lengths = LENGTHS[sheet][stories]
    folder.mkdir(parents=True)
    said = cycle(sentences())
    lines = ['title = "要闻"', "date = 2026-03-06", 'design = "yaowen"', f'sheet = "{sheet}"',
             'press = "newsprint-coldset"', 'paper = "青禾报"']  # fmt: skip
    pictures: list[str] = []
    for page in range(1, pages + 1):
        names = [f"s{page}-{number}.md" for number in range(stories)]
        for number, name in enumerate(names):
            body = ""
            while len(body) < lengths[number] - 15:
                body += next(said) + ("\n\n" if len(body) % 3 == 0 else "")
            headline = HEADLINES[(number + page) % len(HEADLINES)]
            (folder / name).write_text(f"---\nheadline: {headline}\n---\n\n{body}\n", encoding="utf-8")
        shots = [f"p{page}-{number}" for number in range(3)]
        lines += ["[[page]]", f"number = {page + 1}", 'title = "要闻"', 'kind = "auto"',
                  f"stories = {json.dumps(names)}", f"pictures = {json.dumps(shots)}"]  # fmt: skip
        files = ("autumn-ridge.jpg", "great-wall.webp", "suspension-bridge-night.jpg")
        for number, (shot, file) in enumerate(zip(shots, files, strict=True)):
            own = f'\nstory = "{names[number * 2]}"' if number < 2 else ""
            pictures.append(
                f'[[picture]]\nid = "{shot}"\nfile = "images:{file}"{own}\ncaption = "资料图片"\ncredit = "示例　摄"'
            )
    (folder / "issue.toml").write_text("\n".join((*lines, *pictures)) + "\n", encoding="utf-8")
    return folder


def main() -> None:
    """Measure, show, write."""
    wanted = arguments(__doc__, pages=40)
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as name:
        work = Path(name)
        around = environment(work)
        cases = {f"{sheet} {n}": made_up(work / f"{sheet}-{n}", n, sheet=sheet) for sheet in LENGTHS for n in (6, 9)}
        runs = {name: build(issue, work) for name, issue in cases.items()}
        told: dict[str, object] = dict(alternate(wanted.rounds, around, sample=build(SAMPLE, work), **runs))
        for case in cases:
            ratio = float(str(told[case])) / float(str(told["sample"]))
            told[f"a page of {case} stories made up, over the sample's plain build"] = round(ratio, 2)
        if wanted.pages:
            told |= long_run(made_up(work / "long", 6, wanted.pages), work, wanted.pages, around, wanted.jobs)
    show(told, wanted.out)


if __name__ == "__main__":
    main()
