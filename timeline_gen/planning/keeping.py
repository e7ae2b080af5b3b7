"""Work on what several files share is done once: an event stands on the pages of all whom it names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from timeline_gen.collecting.chronicle import Event
from timeline_gen.planning.site import Site

T = TypeVar("T")
Noun = TypeVar("Noun")

_MOST: Final = 16_384
"""Events kept for each kind of work; then all are forgotten, so that memory does not grow with the site."""

_FEW: Final = 4096
"""The same of nouns: pages that show the same ones are made soon after one another."""

_every: Final[list[dict[Any, Any]]] = []
"""All that :func:`kept` remembers."""


def forget() -> None:
    """Forget what was :func:`kept` of events: what comes next shares nothing with it."""
    for known in _every:
        known.clear()


def kept(make: Callable[[Event, str, Site], T]) -> Callable[[Event, str, Site], T]:
    """Return *make*, remembering what it made of an event in a language, by the digests of what it saw."""
    known: dict[tuple[str, bytes, str, bytes], T] = {}
    _every.append(known)

    @wraps(make)
    def found(event: Event, lang: str, site: Site) -> T:
        key = (event.id, event.digest, lang, site.digest)
        made = known.get(key)
        if made is None:
            if len(known) >= _MOST:
                known.clear()
            made = known[key] = make(event, lang, site)
        # Another thread may have forgotten it meanwhile.
        return made

    return found


def kept_of(make: Callable[[Noun, str, Site], T]) -> Callable[[Noun, str, Site], T]:
    """Return *make*, remembering what it made of a noun in a language.

    A noun is known by its identity: to compare it would take as long as the work. Each is made once, by the
    stage collect, and is kept here, so that nothing else takes its identity.
    """
    known: dict[tuple[int, str, bytes], tuple[Noun, T]] = {}

    @wraps(make)
    def found(noun: Noun, lang: str, site: Site) -> T:
        key = (id(noun), lang, site.digest)
        kept = known.get(key)
        if kept is None:
            if len(known) >= _FEW:
                known.clear()
            kept = known[key] = (noun, make(noun, lang, site))
        return kept[1]

    return found
