"""Pages as the preview sends them: with a script that the files on disk do not have, and with their looks.

The *looks* of a page are two hashes, of what it links as stylesheets and of all else. The script takes
them along to the browser and back, so the server knows of every open page whether it is still what would
be sent now: nothing has to be remembered, and no save can be missed between loading and listening.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from timeline_gen.preview.panel import PanelWords

SCRIPT: Final = "/-/preview.js"

_STYLESHEET: Final = re.compile(rb"""<link\b[^>]*\brel\s*=\s*["']?stylesheet\b[^>]*>""", re.IGNORECASE)
_END_OF_HEAD: Final = re.compile(rb"</head\s*>", re.IGNORECASE)

_BARE: Final = """\
<!doctype html>
<html lang="{lang}" dir="{dir}">
<head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width"></head>
<body><h1>{title}</h1><p>{text}</p></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class PageHashes:
    """What differs between two states of a page."""

    page: str
    styles: str


def page_hashes(html: bytes) -> PageHashes:
    """Return the looks of the page *html*."""
    return PageHashes(_hash(_STYLESHEET.sub(b"", html)), _hash(b"\n".join(_STYLESHEET.findall(html))))


def with_script(html: bytes, generation: int) -> bytes:
    """Return the page *html* of the *generation* with the preview's script at the end of its head."""
    looks = page_hashes(html)
    script = (
        f'<script src="{SCRIPT}" defer data-page="{looks.page}" data-styles="{looks.styles}"'
        f' data-generation="{generation}"></script>\n'
    ).encode("ascii")
    found = _END_OF_HEAD.search(html)
    place = found.start() if found else len(html)
    return html[:place] + script + html[place:]


def bare_page(title: str, text: str, words: PanelWords) -> bytes:
    """Return a page of the preview's own with *text*, in *words*; both are HTML."""
    worded = {"title": words.word(title), "text": words.word(text)}
    return _BARE.format(lang=words.lang, dir=words.direction, **worded).encode()


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()
