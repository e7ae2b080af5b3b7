"""People, places and other entities, and eras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from timeline_gen.keys import UNKEYED, Noun
from timeline_gen.model.assets import Asset, Media
from timeline_gen.model.dates import When
from timeline_gen.model.links import LinkTarget, TextLink
from timeline_gen.model.texts import Position, Texts

EntityKey: TypeAlias = tuple[str, str]
"""The kind and the id of an entity."""


@dataclass(frozen=True, slots=True)
class Entity(Noun):
    """A person, a place, an organization or anything else that articles name."""

    id: str
    """Unique among the entities of its kind."""
    kind: str
    names: Texts
    """By language; ``und`` where the letters of a name are those of none of the site's languages."""
    other_names: tuple[str, ...] = ()
    text: Texts = field(default_factory=dict)
    """Clean HTML of one line, by language."""
    links: tuple[TextLink, ...] = field(default=(), metadata=UNKEYED)
    """Those of its text."""
    wikidata: str = ""
    website: str = ""
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude in degrees (WGS 84)."""
    assets: tuple[Asset, ...] = field(default=(), metadata=UNKEYED)
    """The files that its text links to."""
    image: Mapping[str, Media] = field(default_factory=dict, metadata=UNKEYED)
    """A picture of it, by the language of its texts. Most pages that name it do not show this: those that do
    hold it themselves."""
    extra: Mapping[str, object] = field(default_factory=dict)
    position: Position = field(default=(1, 1), metadata=UNKEYED)
    """No part of its identity: its position in the file changes no page."""
    aliases: tuple[str, ...] = field(default=(), metadata=UNKEYED)
    """Former ids; its own pages do not show them."""
    alias_positions: tuple[Position, ...] = field(default=(), metadata=UNKEYED)
    """The place of each of them in its file."""
    is_listed: bool = field(default=True, metadata=UNKEYED)
    """Whether the site lists it; else articles only name it."""

    @property
    def key(self) -> EntityKey:
        """Return what identifies it: two taxonomies may share a name."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Era:
    """A named span that is drawn behind the events."""

    id: str
    names: Texts
    when: When
    text: Texts = field(default_factory=dict)
    """Clean HTML of one line, by language."""
    links: tuple[TextLink, ...] = field(default=(), metadata=UNKEYED)
    """Those of its text."""
    assets: tuple[Asset, ...] = field(default=(), metadata=UNKEYED)
    """The files that its text links to."""
    targets: tuple[LinkTarget, ...] = ()
    """Where these lead, once that is known."""
    position: Position = field(default=(1, 1), metadata=UNKEYED)
