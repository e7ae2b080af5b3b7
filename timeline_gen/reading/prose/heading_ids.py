"""Ids in texts: those of headings are the ones that GitHub gives, and none is an id of the page around.

GitHub's rule: small letters; letters, marks, digits and connectors stay, and joiners between them; other
signs go; each space is a hyphen; the second heading of a name gets ``-1``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from timeline_gen.reading.prose.cleaning import SITE_SCHEMES

_JOINERS: Final = "\u200c\u200d"
_RESERVED_WORDS: Final = (
    "articles axis axis-keys contents continuing corrections eras events files find found-articles highlights"
    " list main mentions related tellings together undated"
)
_RESERVED: Final = frozenset(_RESERVED_WORDS.split())
"""Ids that pages of the program's own themes have for themselves; another theme keeps to them."""
_RESERVED_FORM: Final = re.compile(r"(?:e|era|fade|find|glimpse|page|soft)-.*|y-?\d.*")
PREFIX: Final = "text-"
_TARGET: Final = re.compile(rf"\b(?:{'|'.join(sorted(SITE_SCHEMES))}):\S+")
"""The target of a link without words, in whose place readers see the title of what it leads to."""


class HeadingIds:
    """Ids for the headings of one text, each given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def of(self, words: str) -> str:
        """Return the id of the next heading, which reads *words*."""
        base = heading_id(_TARGET.sub(" ", words))
        count = self._counts.get(base, 0)
        found = f"{base}-{count}" if count else base
        # A heading "A 1" between two of "A" has taken the id of the second already.
        while found in self._taken:
            count += 1
            found = f"{base}-{count}"
        self._counts[base] = count + 1
        self._taken.add(found)
        return found


def heading_id(words: str) -> str:
    """Return the id that GitHub gives a heading that reads *words*; ``section`` in place of none."""
    kept = (letter for letter in words.strip().lower() if _is_kept(letter))
    return "".join(kept).replace(" ", "-").strip(_JOINERS) or "section"


def _is_kept(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in {"L", "M", "N"} or category == "Pc" or letter in {" ", "-", *_JOINERS}


def own_id(value: str) -> str:
    """Return the id *value* of a text as the page has it: with a prefix where the page has that id itself."""
    return f"{PREFIX}{value}" if value in _RESERVED or _RESERVED_FORM.fullmatch(value) else value
