"""Style sheets read for WeasyPrint: looked through, parsed once for all the layouts of a worker, by their files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element

from weasyprint import CSS
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from layout.design.design_files import DesignFiles
from layout.engine.engine_faults import engine_faults
from layout.engine.layout_cache import Cached, LayoutCache
from layout.engine.parsed_style import ParsedStyle
from layout.engine.url_fetcher import SCHEME, AllowlistFetcher
from layout.engine.weasyprint_log import captured_log
from layout.errors import Faults


class StyleReader:
    """Reads the style sheets of a page's design: *files* are the design's, *cache* is a worker's."""

    def __init__(
        self,
        files: DesignFiles,
        fetcher: AllowlistFetcher,
        cache: LayoutCache[ParsedStyle],
        font_config: FontConfiguration,
    ):
        self._files = files
        self._fetcher = fetcher
        self._cache = cache
        self._font_config = font_config

    def read(self, href: str) -> tuple[Path, Cached[ParsedStyle]]:
        """The style sheet that a page links by *href*, with its path and with what WeasyPrint logged.

        Raises ``Faults`` for one that is not there or not closed, and for what is out of bounds in it or refused.
        """
        url = f"{SCHEME}://design/{href}"
        self._files.take_style(url, self._fetcher.path_of)
        self._must_be_there(url)
        path = self._fetcher.path_of(url) or self._files.template
        cached = self._cache.find(str(path), self._fetcher)
        if cached is None:
            with captured_log(LOGGER) as records, engine_faults(self._files, path):
                css = CSS(url=url, url_fetcher=self._fetcher, font_config=self._font_config)
            raise_refused(self._fetcher, self._files, path)
            cached = self._cache.put(str(path), ParsedStyle.of(css), self._fetcher, records)
        return path, cached

    def _must_be_there(self, url: str) -> None:
        """Raises ``Faults`` for a style sheet that is no file: WeasyPrint would raise an error of its own."""
        path = self._fetcher.path_of(url)
        if path is None or not path.is_file():
            with suppress(ValueError):
                self._fetcher.fetch(url)
            raise_refused(self._fetcher, self._files, self._files.template)


def take_links(root: Element) -> list[dict[str, str]]:
    """Takes the links of style sheets out of a page's tree; gives their attributes, in its order."""
    every = [(parent, child) for parent in root.iter() for child in parent]
    links = [each for each in every if each[1].tag == "link" and each[1].get("rel") == "stylesheet"]
    for parent, link in links:
        parent.remove(link)
    return [dict(link.attrib) for _, link in links]


def raise_refused(fetcher: AllowlistFetcher, files: DesignFiles, style: Path | None = None) -> None:
    """Raises ``Faults`` for every URL that *style*, or the page, names and that the *fetcher* refused."""
    refused, fetcher.refused = fetcher.refused, []
    if refused:
        raise Faults([fault.at(files.mention(fault.about, style)) for fault in refused])
