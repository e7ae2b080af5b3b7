"""The one door to Pygments: blocks of code with the classes by which themes colour their parts.

It is there where the extra ``code`` is. Classes are Pygments' short names, as Sphinx, MkDocs and others have
them; what they look like is the theme's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape
from typing import Final, Protocol

try:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

_BLOCK: Final = re.compile(
    r'<pre><code class="language-(?P<language>[^"\s]+)">(?P<code>[^<]*)</code></pre>', re.DOTALL
)
_LONGEST: Final = 50_000
"""Characters of a block; a longer one is data, and is shown as it is."""
_FENCES: Final = (b"```", b"~~~")


def may_have_code(data: bytes) -> bool:
    """Return whether a text with these *data* may have blocks that are read by a lexer: it may take long."""
    return INSTALLED and any(fence in data for fence in _FENCES)


def with_classes(html: str) -> str:
    """Return the clean *html* with classes on the parts of its blocks of code whose language is known."""
    return _BLOCK.sub(_highlighted, html) if INSTALLED and "<pre><code class=" in html else html


def _highlighted(block: re.Match[str]) -> str:
    code, lexer = unescape(block["code"]), _lexer(unescape(block["language"]))
    if lexer is None or len(code) > _LONGEST:
        return block[0]
    parts = "".join(_part(kind, text) for kind, text in lexer.get_tokens(code))
    return f'<pre class="highlight"><code class="language-{block["language"]}">{parts}</code></pre>'


class _TokenKind(Protocol):
    """A kind of token; Pygments carries no types."""

    @property
    def parent(self) -> _TokenKind: ...


class _Lexer(Protocol):
    """A lexer of Pygments."""

    def get_tokens(self, text: str) -> Iterable[tuple[_TokenKind, str]]: ...


def _part(kind: _TokenKind, text: str) -> str:
    # A kind that has no class of its own has that of the nearest above it.
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    name, shown = STANDARD_TYPES[kind], escape(text, quote=False)
    return f'<span class="{name}">{shown}</span>' if name and not text.isspace() else shown


@lru_cache(maxsize=64)
def _lexer(language: str) -> _Lexer | None:
    try:
        # The lexer would cut blank lines off and add a line end: code is shown as it is typed.
        found: _Lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return found
