"""What a page offers to take along: pages for frames and files for machines, where the settings ask for them.

The planner makes what is offered here, and views link to it: neither decides without the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final, Literal

from timeline_gen.messages import say, say_many
from timeline_gen.model.settings import Settings
from timeline_gen.pages.parts.data_exports import TimelineFile
from timeline_gen.pages.plan.kinds import page_kinds
from timeline_gen.pages.site import Site

_EMBEDS: Final = (
    ("events", re.compile(r"[^/]+/embed/events/[^/]+\.html")),
    ("entities", re.compile(r"[^/]+/embed/[^/]+/[^/]+\.html")),
    ("timeline", re.compile(r"[^/]+/embed/timeline\.html")),
)
"""The paths of pages for frames, the nearest pattern first."""
_DATA: Final = re.compile(r"[^/]+/[^/]+/[^/]+/(?P<name>[^/]+)")
"""The path of a file of an entity's timeline."""


def has_embed(kind: Literal["timeline", "entities", "events"], site: Site) -> bool:
    """Return whether what is of this *kind* has a page for frames."""
    return kind in site.settings.embeds


def has_data(total: int, site: Site) -> bool:
    """Return whether the timeline of an entity with *total* events is written as feed, calendar and data.

    That of the whole site always is: readers subscribe to it while it is still short.
    """
    return total >= site.settings.data_from


def optional_file_of(path: str) -> str:
    """Return what kind of offer the file *path* of a site is: a word of ``embeds:``, ``data``, or nothing.

    Such a file may go when the settings, or a new version's defaults, no longer ask for it, without an alias.
    """
    data = _DATA.fullmatch(path)
    if data and data["name"] in _file_names():
        return "data"
    return next((kind for kind, pattern in _EMBEDS if pattern.fullmatch(path)), "")


@cache
def _file_names() -> frozenset[str]:
    """Return the names of all files of a timeline."""
    return frozenset(kind.file_name for kind in page_kinds() if issubclass(kind, TimelineFile))


def dropped_files(gone: Collection[str], settings: Settings) -> Iterator[str]:
    """Yield the problems of the files *gone* from a site because its *settings* do not ask for them."""
    kinds = Counter(kind for path in gone if (kind := optional_file_of(path)))
    for kind, count in sorted(kinds.items()):
        if kind == "data" and settings.data_from > 1:
            few = say("of entities with fewer than {data_from} events", data_from=settings.data_from)
            yield say(
                "{count} of data {few} are no longer made; to keep them: data: {{from: 1}}",
                count=_files(count),
                few=few,
            )
        elif kind != "data" and kind not in settings.embeds:
            wanted = ", ".join((*settings.embeds, kind))
            yield say(
                "{count} for frames are no longer made; to keep them: embeds: [{wanted}]",
                count=_files(count),
                wanted=wanted,
            )


def _files(count: int) -> str:
    return say_many(count, "{count:,} file", "{count:,} files")
