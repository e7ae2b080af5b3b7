"""The ids that an earlier version made of names that are not listed, to redirect from them.

It took names for one where search folds them alike, and let ids hang on what else the site held: a number
followed an id that was taken, and the kind of entity went before one that another kind had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from timeline_gen.collecting.directory import Directory, spellings
from timeline_gen.collecting.mentions import AUTHOR, Naming
from timeline_gen.model.entities import Entity
from timeline_gen.model.settings import Taxonomy
from timeline_gen.text.folding import fold
from timeline_gen.text.slugs import slugify


class Earlier(NamedTuple):
    """An entity whose address was another one by the rule of an earlier version."""

    taxonomy: str
    former: str
    id: str


def earlier_ids(
    entities: Iterable[Entity],
    namings: Iterable[Naming],
    directory: Directory,
    taxonomies: Iterable[Taxonomy],
) -> Iterator[Earlier]:
    """Yield every name of *namings* whose id was another one; *directory* knows the present ones."""
    keys = {taxonomy.kind: taxonomy.key for taxonomy in taxonomies}
    for (kind, name), former in _former_ids(tuple(entities), namings).items():
        found = directory.find(kind, name)
        if len(found) == 1 and not found[0].is_listed and found[0].id != former and kind in keys:
            yield Earlier(keys[kind], former, found[0].id)


def _former_ids(entities: tuple[Entity, ...], namings: Iterable[Naming]) -> Mapping[tuple[str, str], str]:
    """Return the former ids of names that are not among *entities*, by kind and the spelling shown."""
    ids = {entity.id: entity.kind for entity in entities}
    listed = {(entity.kind, fold(name)) for entity in entities for name in spellings(entity)}
    shown: dict[tuple[str, str], str] = {}
    for naming in namings:
        for name in naming.names:
            key = (AUTHOR if naming.author else naming.kind, fold(name))
            is_known = name in ids and (naming.author or ids[name] == naming.kind)
            if not is_known and key not in listed:
                shown[key] = min(name, shown.get(key, name))
    taken: set[str] = set(ids)
    former: dict[tuple[str, str], str] = {}
    for (kind, _), name in sorted(shown.items()):
        slug = slugify(name)
        if not slug:
            continue
        found, number = slug if slug not in taken else f"{kind}-{slug}", 2
        while found in taken:
            found, number = f"{slug}-{number}", number + 1
        taken.add(found)
        former[kind, name] = found
    return former
