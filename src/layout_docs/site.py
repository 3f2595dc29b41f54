"""Builds the documentation's site, one navigation in each language: ``python -m layout_docs.site build/site``.

Pages are gathered from the repository with their links turned to where they stand in the site. The generator runs in
strict mode, and what it made is read once more: every link leads somewhere, and nothing is fetched from the network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from layout import assets
from layout.errors import Lang
from layout_docs.links import faults_of_links
from layout_docs.markdown import toml

LANGUAGES: tuple[Lang, ...] = ("zh", "en")
_LINK = re.compile(r"""(?P<before>\]\(|\b(?:src|href)=")(?P<target>[^)"#\s]+)(?P<after>(?:#[^)"\s]*)?[)"])""")
_ENGLISH_LINE = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”])[ ]?(\n[ ]{0,4})(?=[`\[]?[A-Za-z])")
_CHINESE_LINE = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”])\n[ ]{0,4}(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“])"
)
_ENGLISH_SENTENCE = re.compile(r"(?<=。) ?(?=[`\[]?[A-Z][^\u4e00-\u9fff|\n]*$)", re.MULTILINE)
"""Where English follows upon Chinese in a paragraph a new line begins; where Chinese goes on there is no space."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ ]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the site in one language."""

    source: Path
    """Where it is written, seen from the repository."""
    target: Path
    """Where it stands in the site."""
    title: str


@dataclass(frozen=True, slots=True)
class SiteSection:
    """Pages under one heading of the navigation."""

    title: str
    pages: tuple[SitePage, ...]


def sections(root: Path, lang: Lang) -> tuple[SiteSection, ...]:
    """The navigation in *lang*, without pages that are not there."""
    return tuple(
        SiteSection(section["title"][lang], tuple(_pages(root, section["pages"], lang)))
        for section in _navigation()["section"]
    )


def _navigation() -> Mapping[str, Any]:
    return toml("layout_docs", "navigation.toml")


def _pages(root: Path, rows: list[Mapping[str, str]], lang: Lang) -> Iterator[SitePage]:
    for row in rows:
        written, own = Path(row["file"]), Path(row["file"]).with_suffix(f".{lang}.md")
        source = own if (root / own).is_file() else written
        if (root / source).is_file():
            yield SitePage(source, place(written), row[lang])


def place(source: Path) -> Path:
    """Where a file of the repository stands in the site: the README is its start, docs/ its top."""
    if source == Path("README.md"):
        return Path("index.md")
    if source.name == "README.md":  # a design's: of that name, and below templates/, the generator makes no page
        return Path("designs", f"{source.parent.name}.md")
    return source.relative_to("docs") if source.is_relative_to("docs") else source


def gather(root: Path, found: tuple[SiteSection, ...], folder: Path) -> None:
    """Copies the pages into *folder*, and the files that they link to."""
    for page in (page for section in found for page in section.pages):
        text = (root / page.source).read_text(encoding="utf-8")
        _write(folder / page.target, linked(text, page, root, folder))
    _write(folder / "site.css", files("layout_docs").joinpath("site.css").read_text(encoding="utf-8"))


def linked(text: str, page: SitePage, root: Path, folder: Path) -> str:
    """The *text* of a page as the site has it: its links, and its two languages apart. Code stays as it is."""
    parts, end = [], 0
    for fence in _FENCE.finditer(text):
        parts += [_apart(_relinked(text[end : fence.start()], page, root, folder)), fence[0]]
        end = fence.end()
    return "".join([*parts, _apart(_relinked(text[end:], page, root, folder))])


def _apart(text: str) -> str:
    return _CHINESE_LINE.sub("", _ENGLISH_LINE.sub(r"  \1", _ENGLISH_SENTENCE.sub("<br>", text)))


def _relinked(text: str, page: SitePage, root: Path, folder: Path) -> str:
    def written(found: re.Match[str]) -> str:
        file = (root / page.source.parent / found["target"]).resolve()
        if "://" in found["target"] or not file.is_file() or not file.is_relative_to(root):
            return found[0]
        target = place(file.relative_to(root))
        if file.suffix != ".md":
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, folder / target)
        return f"{found['before']}{os.path.relpath(target, page.target.parent)}{found['after']}"

    return _LINK.sub(written, text)


def configuration(lang: Lang, found: tuple[SiteSection, ...]) -> str:
    """The generator's configuration, as TOML. (A JSON string is one of TOML.)"""
    nav = ",\n".join(
        f"  {{ {_quoted(section.title)} = ["
        + ", ".join(f"{{ {_quoted(page.title)} = {_quoted(page.target.as_posix())} }}" for page in section.pages)
        + "] }"
        for section in found
        if section.pages
    )
    other = {"zh": '{ name = "English", link = "./en/index.html", lang = "en" }',
             "en": '{ name = "中文", link = "../index.html", lang = "zh" }'}[lang]  # fmt: skip
    here = {"zh": '{ name = "中文", link = "./index.html", lang = "zh" }',
            "en": '{ name = "English", link = "./index.html", lang = "en" }'}[lang]  # fmt: skip
    return f"""\
[project]
site_name = {_quoted(_navigation()["title"][lang])}
docs_dir = "docs"
site_dir = "site"
use_directory_urls = false
extra_css = ["site.css"]
nav = [
{nav}
]

[project.theme]
language = "{lang}"
font = false
features = ["navigation.sections", "navigation.top", "navigation.footer", "content.code.copy", "search.highlight"]

[project.extra]
generator = false
alternate = [{here}, {other}]

[project.markdown_extensions.tables]
[project.markdown_extensions.attr_list]
[project.markdown_extensions.md_in_html]
[project.markdown_extensions.sane_lists]
[project.markdown_extensions.pymdownx.highlight]
[project.markdown_extensions.pymdownx.superfences]
[project.markdown_extensions.toc]
permalink = true
toc_depth = "2-3"
[project.markdown_extensions.toc.slugify]
object = "pymdownx.slugs.slugify"
kwds = {{ case = "lower" }}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(root: Path, out: Path) -> list[str]:
    """Builds the site in *out*; gives its faults. The Chinese site is *out* itself, the English one ``en`` in it."""
    work = out.with_name(f"{out.name}.work")
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    for lang in LANGUAGES:
        found, folder = sections(root, lang), work / lang
        gather(root, found, folder / "docs")
        _write(folder / "zensical.toml", configuration(lang, found))
        command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict", "--clean"]
        made = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        if made.returncode:
            return [_COLOURS.sub("", made.stdout + made.stderr).partition("Traceback")[0]]
        shutil.move(folder / "site", out if lang == "zh" else out / lang)
    shutil.rmtree(work)
    return list(faults_of_links(out))


if __name__ == "__main__":
    faults = build(assets.root(), Path(sys.argv[1]).resolve())
    print("\n".join(faults) if faults else f"{sys.argv[1]}/index.html", file=sys.stderr if faults else sys.stdout)
    raise SystemExit(bool(faults))
