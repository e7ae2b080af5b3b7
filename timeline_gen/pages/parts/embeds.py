"""How a page of this site is shown in a frame of another: where, and what others copy for it."""

from __future__ import annotations

import json
from html import escape
from typing import Final

from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.view_models import Snippet

_HEIGHTS: Final = {True: 320, False: 560}
"""How high a frame is to be, in pixels: of an event, and of a timeline."""
_MOST: Final = {True: 2000, False: 900}
"""How high it grows at most: a timeline scrolls rather than filling the page of others."""
# Any window may send messages: only the page in the frame itself is listened to.
_SIZING: Final = (
    '<script>addEventListener("message",function(e){{document.querySelectorAll("iframe").forEach(function(f)'
    "{{if(f.contentWindow===e.source&&f.src==={url}&&e.data.timelineHeight>0)"
    "f.height=Math.min(e.data.timelineHeight,{most})}})}})</script>"
)
"""What gives the frame the height of its page, which reports that; without it the frame keeps its height."""


def embed_address(home: str, lang: str) -> str:
    """Return the address of the page for frames of what is at *home*, in *lang*.

    It has no folder of its own, as no reader types it: every event has one, and folders take room and time.
    """
    return f"{lang}/embed/{home.removeprefix(f'{lang}/').rstrip('/') or 'timeline'}.html"


def snippet(home: str, title: Words, lang: str, site_url: str, *, is_event: bool) -> Snippet:
    """Return what others copy to show what is at *home*: an event or a timeline."""
    url = addresses.absolute(site_url, embed_address(home, lang))
    code = (
        f'<iframe src="{escape(url)}" title="{escape(title.text)}" lang="{title.lang}" width="100%"'
        f' height="{_HEIGHTS[is_event]}" loading="lazy"></iframe>'
    )
    # Inside a script "</script>" would end it, wherever it is.
    text = json.dumps(url).replace("<", "\\u003c")
    return Snippet(url, f"{code}\n{_SIZING.format(url=text, most=_MOST[is_event])}")
