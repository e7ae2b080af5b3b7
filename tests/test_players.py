"""Media that stand elsewhere: what is shown in the page on a click, and from where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.pages.parts.players import embed_of

CASES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": (
        "video",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ),
    "https://youtu.be/dQw4w9WgXcQ?t=1m30s": (
        "video",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
    ),
    "https://m.youtube.com/shorts/dQw4w9WgXcQ": (
        "video",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ),
    "https://vimeo.com/76979871": ("video", "https://player.vimeo.com/video/76979871?dnt=1"),
    "https://www.openstreetmap.org/#map=10/25.3/51.5": (
        "map",
        "https://www.openstreetmap.org/export/embed.html?bbox=51.32422%2C25.21211%2C51.67578%2C25.38789&layer=mapnik",
    ),
    "https://www.google.com/maps/@25.28,51.53,12z": (
        "map",
        "https://www.google.com/maps?q=25.28%2C51.53&z=12&output=embed",
    ),
    "https://maps.google.com/?q=Doha": ("map", "https://www.google.com/maps?q=Doha&output=embed"),
    "https://example.org/a/Speech.MP3": ("audio", "https://example.org/a/Speech.MP3"),
    "https://example.org/a.webm": ("film", "https://example.org/a.webm"),
    "https://example.org/report.pdf?x=1": ("document", "https://example.org/report.pdf?x=1"),
}
LINKS = (
    "https://www.youtube.com/@somebody",
    "https://www.youtube.com/channel/UC1234567890",
    "https://vimeo.com/about",
    "https://www.google.com/search?q=x",
    "https://www.openstreetmap.org/relation/1",
    "https://example.org/picture.jpg",
    "ftp://example.org/a.pdf",
    "javascript:alert(1)//a.pdf",
    "picture.jpg",
    "https://[broken",
)


@pytest.mark.parametrize("url", CASES)
def test_embeds(url: str) -> None:
    """Videos, maps, sound and documents are shown in the page."""
    embed = embed_of(url)

    assert embed
    assert (embed.kind, embed.url) == CASES[url]


@pytest.mark.parametrize("url", LINKS)
def test_links(url: str) -> None:
    """All else is a link."""
    assert embed_of(url) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_anything(tail: str) -> None:
    """No address makes it stumble, and none leads to another scheme."""
    for start in ("https://youtu.be/", "https://www.openstreetmap.org/#map=", "https://google.com/maps", ""):
        embed = embed_of(start + tail)

        assert embed is None or embed.url.startswith(("https://", "http://", "HTTP"))
