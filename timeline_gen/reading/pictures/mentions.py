"""Which pictures a source speaks of: all that a parse must know of the files beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from timeline_gen.model import Source
from timeline_gen.reading.pictures.raster_size import SUFFIXES
from timeline_gen.reading.prose.body import resolve

_SUFFIX: Final = re.compile("|".join(re.escape(suffix) for suffix in sorted(SUFFIXES)), re.IGNORECASE)
_MAY_BEGIN: Final = re.compile(r"""[\s"'(<\[{:,=]""")
_LONGEST: Final = 300
"""Characters of a path, as written."""
_MANY: Final = 1_000
"""Names of pictures in one text; where there are more, to look each of them up would take too long."""


def mentioned(source: Source, known: Collection[PurePosixPath]) -> tuple[PurePosixPath, ...]:
    """Return which of the *known* pictures *source* may show, in order; now and then one too many."""
    if not known or not any(suffix in source.data.lower() for suffix in _SUFFIX_BYTES):
        return ()
    text = unicodedata.normalize("NFC", source.data.decode(errors="replace"))
    if sum(1 for _ in _SUFFIX.finditer(text)) > _MANY:
        return tuple(sorted(known))
    folder = source.path.parent
    paths = (resolve(folder, name) for typed in _candidates(text) for name in {typed, unquote(typed)})
    return tuple(sorted({path for path in paths if path in known}))


_SUFFIX_BYTES: Final = tuple(suffix.encode() for suffix in sorted(SUFFIXES))


def _candidates(text: str) -> Iterator[str]:
    """Yield every piece of a line that ends like a picture's name and begins where a name may begin."""
    for found in _SUFFIX.finditer(text):
        first = max(found.end() - _LONGEST, 0)
        line = text[max(text.rfind("\n", first, found.start()) + 1, first) : found.end()]
        yield line
        for start in _MAY_BEGIN.finditer(line):
            yield line[start.end() :]
