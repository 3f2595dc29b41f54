"""What decides a page's canvas, by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.design.named_inks import read_inks
from layout.engine.url_fetcher import SPARE, AllowlistFetcher, content_hash


@dataclass(frozen=True)
class Sheet:
    """Which page it is, and how many points of it the press cuts off beyond the trim."""

    page_no: int = 1
    bleed: float = 0.0


def fetcher_for(template: Path, folders: Mapping[str, Path]) -> AllowlistFetcher:
    """What reads the files of a page that *template* makes."""
    return AllowlistFetcher({"design": template.parent, **folders}, read_inks(template.parent).named)


def key_of_page(html: str, template: Path, fetcher: AllowlistFetcher, sheet: Sheet) -> str:
    """A hash of all that a page is made of, but for the files that it names."""
    return content_hash(f"{around_page(template, fetcher, sheet)} {sheet.page_no} {html}".encode())


def around_page(template: Path, fetcher: AllowlistFetcher, sheet: Sheet) -> str:
    """What decides the layouts of a page besides its HTML and the files that it names.

    Without the scratch folder, which every build has another of: what of it a layout was made of is known by its hash.
    """
    lasting = sorted(each for each in fetcher.folders.items() if each[0] != SPARE)
    return f"{template} {lasting} {sheet.bleed} {sorted(fetcher.inks.items())}"
