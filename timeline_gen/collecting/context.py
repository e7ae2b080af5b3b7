"""What all articles are collected against, and the entities that their names mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from timeline_gen.collecting.directory import Directory
from timeline_gen.collecting.facts import VersionFacts, inherit
from timeline_gen.collecting.link_targets import LinkTargets
from timeline_gen.errors import Problem
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.model.events import Citation
from timeline_gen.model.settings import Settings


@dataclass(frozen=True, slots=True)
class CollectContext:
    """What all articles are read against."""

    settings: Settings
    directory: Directory
    sources: Mapping[str, Citation]
    """``content/sources.yaml``, by id."""

    kinds: Mapping[str, str]
    """The kind of entity that each taxonomy lists."""

    targets: LinkTargets = field(default_factory=LinkTargets)
    """What links can lead to."""


def unique(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return *entities* in order, each once."""
    found: dict[EntityKey, Entity] = {}
    for entity in entities:
        if entity.key not in found:
            found[entity.key] = entity
    return tuple(found.values())


def named_entities(
    names: Mapping[str, tuple[str, ...]], context: CollectContext
) -> dict[str, tuple[Entity, ...]]:
    """Return whom and what *names* mean, by taxonomy."""
    return {key: entities_of(typed, key, context) for key, typed in names.items()} if names else {}


def entities_of(names: Iterable[str], key: str, context: CollectContext) -> tuple[Entity, ...]:
    """Return the entities that *names* of the taxonomy *key* mean, each once."""
    kind = context.kinds[key]
    find = context.directory.find
    return unique([entity for name in names for entity in find(kind, name)[:1]])


def merged_names(
    versions: Sequence[VersionFacts], context: CollectContext, problems: list[Problem]
) -> dict[str, tuple[str, ...]]:
    """Return what *versions* name, by taxonomy, as the first of them that does so typed it."""
    names: dict[str, tuple[str, ...]] = {}
    for key in context.kinds:
        # By what the names mean: a version may give an id, another the name in its language.
        def same(left: tuple[str, ...], right: tuple[str, ...], key: str = key) -> bool:
            return {entity.id for entity in entities_of(left, key, context)} == {
                entity.id for entity in entities_of(right, key, context)
            }

        typed = inherit(versions, key, partial(_typed, key=key), problems, same=same)
        if typed is not None:
            names[key] = typed
    return names


def _typed(version: VersionFacts, key: str) -> tuple[str, ...] | None:
    return (version.telling or version.article).names.get(key)
