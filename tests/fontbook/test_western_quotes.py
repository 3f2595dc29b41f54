"""Which shared quotation marks are Western, and that they are set in their proportional glyph."""

import pytest

from layout import assets
from layout.fontbook import Fontbook
from layout.fontbook.western_quotes import western_quotes


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("西安（Xi’an）与O’Neill。", "’’"),
        ("the workers’ rights", "’"),
        ("don’t", "’"),
        ("he said “yes” and left", "“”"),
        ("“Hello” world", "“”"),
        ("the “‘inner’ word” here", "“‘’”"),
        ("他说“Hello”。", ""),
        ("“Hello”，他说", ""),
        ("he said “你好” then", ""),
        ("“求其上”理念、‘内’外", ""),
        ("获得“2026”称号", ""),
        ("“APEC”", ""),
        ("共产党员’的", ""),
        ("5’的高度", ""),
    ],
)
def test_western_is_what_stands_among_western_letters(text: str, western: str) -> None:
    assert "".join(text[offset] for offset in sorted(western_quotes(text))) == western


@pytest.fixture(scope="module")
def fontbook() -> Fontbook:
    return Fontbook(assets.fonts_dir())


@pytest.mark.parametrize("face", ["song-400", "song-900", "hei-400", "hei-900"])
def test_a_western_quotation_mark_is_proportional(fontbook: Fontbook, face: str) -> None:
    def widths(text: str, mark: str) -> list[float]:
        return [each.advance for each in fontbook.clusters([face], text) if each.text == mark]

    assert all(width < 0.4 for width in widths("Xi’an", "’"))
    assert all(0.3 < width < 0.7 for width in widths("he said “yes” and left", "“"))
    assert widths("他说“Hello”。", "“") == [1.0]
