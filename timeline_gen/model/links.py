"""Links inside the site: from a text, and where they lead."""

from __future__ import annotations

from typing import NamedTuple

from timeline_gen.model.texts import Position


class TextLink(NamedTuple):
    """A link in a text to something that the site holds."""

    to: str
    """Its key: ``event:ID``, ``article:SLUG#heading``, ``path:en/about/``."""
    position: Position
    typed: str = ""
    """The target as the author wrote it."""


class LinkTarget(NamedTuple):
    """Where the links with one key lead."""

    key: str
    kind: str
    """``event``, ``article``, ``page``, ``entity``; ``list`` for a page that each language has; ``file`` for
    a path at which there is no such thing, but may be a file."""
    name: str
    """The present id or slug; of a list the rest of its address after the language; of a file its address."""
    section: str = ""
    """Of an entity the taxonomy that lists it; of an event without a page ``#``."""
    langs: tuple[str, ...] = ()
    """The languages in which it has a page; none where it is held back."""
    tail: str = ""
    """A query and a fragment."""
    anchored: tuple[str, ...] = ()
    """The languages whose text has the fragment as an id of its own."""


class HeldName(NamedTuple):
    """The name of something that is held back as a whole."""

    kind: str
    """As that of a :class:`LinkTarget`."""
    name: str
    section: str
    """Of an entity the taxonomy that lists it."""
    anywhere: bool
    """Whether nothing else is called so, and the name is no plain word: then no file may hold it at all."""
