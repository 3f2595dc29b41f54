"""Relative URLs are joined under our scheme ``layout://``, as they are under ``http://``.

Changes the lists ``uses_relative`` and ``uses_netloc`` of ``urllib.parse``, by which ``urljoin``, which WeasyPrint
calls, knows what schemes have paths. Needed for bytes: WeasyPrint names what it embeds after the URL, and under
``file://`` that would be where the checkout lies. It costs no time and saves none.
"""

from __future__ import annotations

from urllib.parse import uses_netloc, uses_relative

from layout.engine.url_fetcher import SCHEME


def install() -> None:
    """Registers our scheme."""
    for schemes in (uses_relative, uses_netloc):
        if SCHEME not in schemes:
            schemes.append(SCHEME)
