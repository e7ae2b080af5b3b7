"""The files that a source mentions: all that a parse must know of the files next to its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from timeline_gen.model.files import Source
from timeline_gen.reading.assets.finding import resolve

_MAY_BEGIN: Final = re.compile(r"""[\s"'(<\[{:,;=]""")
_LONGEST: Final = 300
"""Characters of a path, as written."""
_MANY: Final = 1_000
"""Names of files in one text; where there are more, to look each of them up would take too long."""


class Mentions:
    """Finds in sources the names of known files."""

    def __init__(self, known: Collection[PurePosixPath]) -> None:
        """Look for the *known* files."""
        suffixes = sorted(
            # Longer endings first, as .json before .js: the first one that fits ends the name.
            {path.suffix.lower() for path in known if path.suffix},
            key=lambda item: (-len(item), item),
        )
        self._known = known
        self._suffix = re.compile("|".join(map(re.escape, suffixes)), re.IGNORECASE)
        self._bytes = tuple(suffix.encode() for suffix in suffixes)

    def among(self, source: Source) -> tuple[PurePosixPath, ...]:
        """Return which of the known files *source* may show, in order; now and then one too many."""
        data = source.data.lower()
        if not any(suffix in data for suffix in self._bytes):
            return ()
        text = unicodedata.normalize("NFC", source.data.decode(errors="replace"))
        if sum(1 for _ in self._suffix.finditer(text)) > _MANY:
            return tuple(sorted(self._known))
        folder = source.path.parent
        paths = (
            resolve(folder, name)
            for typed in self._candidates(text)
            # What is named in a folder where it is not may be next to the text: a hint says so.
            for name in {typed, unquote(typed), typed.rpartition("/")[2]}
        )
        return tuple(sorted({path for path in paths if path in self._known}))

    def _candidates(self, text: str) -> Iterator[str]:
        """Yield every piece of a line that ends like a file's name and begins where a name may begin."""
        for found in self._suffix.finditer(text):
            first = max(found.end() - _LONGEST, 0)
            line = text[max(text.rfind("\n", first, found.start()) + 1, first) : found.end()]
            yield line
            for start in _MAY_BEGIN.finditer(line):
                yield line[start.end() :]
