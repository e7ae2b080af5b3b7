"""Work that several pages share is done once: an event is shown on the pages of all that it names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from timeline_gen.keys import Noun
from timeline_gen.pages.site import SiteContext

Key = TypeVar("Key")
Value = TypeVar("Value")
AnyNoun = TypeVar("AnyNoun")
KeyedNoun = TypeVar("KeyedNoun", bound=Noun)

_MOST: Final = 16_384
"""Results kept of each function; then all are forgotten, so that memory does not grow with the site."""

_FEW: Final = 4096
"""The same where nouns are known by identity: pages with the same ones are made soon after one another."""

_VIEWS: Final = 40_000
"""Views kept of dates and of events in lists, of each; most pages of a site show the same ones."""

_every: Final[list[dict[Any, Any]]] = []
"""All that :func:`memoize_by_digest` remembers."""


def forget() -> None:
    """Forget what :func:`memoize_by_digest` remembers: what comes next shares nothing with it."""
    for known in _every:
        known.clear()


def memoize_by_digest(
    make: Callable[[KeyedNoun, str, SiteContext], Value],
) -> Callable[[KeyedNoun, str, SiteContext], Value]:
    """Return *make*, remembering what it made of a noun in a language, by the digests of what it saw."""
    known: dict[tuple[bytes, str, bytes], Value] = {}
    _every.append(known)

    @wraps(make)
    def found(noun: KeyedNoun, lang: str, site: SiteContext) -> Value:
        key = (noun.digest, lang, site.digest)
        made = known.get(key)
        if made is None:
            if len(known) >= _MOST:
                known.clear()
            made = known[key] = make(noun, lang, site)
        # Another thread may have forgotten it meanwhile.
        return made

    return found


def memoize(
    make: Callable[[AnyNoun, str, SiteContext], Value],
) -> Callable[[AnyNoun, str, SiteContext], Value]:
    """Return *make*, remembering what it made of a noun in a language.

    A noun is known by its identity: to compare it would take as long as the work. Each is made once, by the
    stage collect, and is kept here, so that nothing else takes its identity.
    """
    known: dict[tuple[int, str, bytes], tuple[AnyNoun, Value]] = {}

    @wraps(make)
    def found(noun: AnyNoun, lang: str, site: SiteContext) -> Value:
        key = (id(noun), lang, site.digest)
        kept = known.get(key)
        if kept is None:
            if len(known) >= _FEW:
                known.clear()
            kept = known[key] = (noun, make(noun, lang, site))
        return kept[1]

    return found


def remember(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Put the view *value* into *known*; where that is full, all of it is forgotten."""
    if len(known) >= _VIEWS:
        known.clear()
    known[key] = value
