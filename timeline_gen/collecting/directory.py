"""Who and what articles name: the entities that the site lists, and those that are only named.

A name is matched by id, else by any of an entity's names, folded (:func:`timeline_gen.text.folding.fold`).
A name that nobody lists becomes an entity by itself, whose id is made of the name. It is in the language of
the article that gives it, unless its letters run the other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.collecting.mentions import AUTHOR, Mention, Naming
from timeline_gen.errors import Place, Problem
from timeline_gen.model import Entity, Language, Taxonomy
from timeline_gen.text.bidi import direction_of
from timeline_gen.text.folding import fold
from timeline_gen.text.slugs import slugify

UNDETERMINED: Final = "und"
"""The language of a name whose letters none of the site's languages is written in (ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All entities, findable by kind and name."""

    by_id: Mapping[str, Entity]
    by_name: Mapping[tuple[str, str], tuple[Entity, ...]]
    """By kind and folded name; several where a name is not unique."""

    def find(self, kind: str, name: str) -> tuple[Entity, ...]:
        """Return the entities of *kind* that *name* may mean: none, one, or several."""
        listed = self.by_id.get(name)
        if listed and listed.kind == kind:
            return (listed,)
        return self.by_name.get((kind, fold(name)), ())

    def author(self, name: str) -> tuple[Entity, ...]:
        """Return whom *name* may mean as an author: whoever has that id, else a person called so."""
        listed = self.by_id.get(name)
        return (listed,) if listed else self.find(AUTHOR, name)

    def meant(self, mention: Mention) -> tuple[Entity, ...]:
        """Return the entities that *mention* may mean."""
        return self.author(mention.name) if mention.author else self.find(mention.kind, mention.name)


def build_directory(
    entities: Iterable[Entity],
    namings: Iterable[Naming],
    taxonomies: Iterable[Taxonomy],
    languages: Iterable[Language],
) -> tuple[Directory, tuple[Problem, ...]]:
    """Return the directory of the listed *entities* and of those that *namings* alone name."""
    listed = tuple(_signed(entity) for entity in entities)
    known = _index(listed)
    named, problems = _named_only(known, namings, tuple(taxonomies), tuple(languages))
    return (_index(chain(listed, named)) if named else known), problems


def _signed(entity: Entity) -> Entity:
    return replace(entity, digest=blake2b(repr(entity).encode(), digest_size=16).digest())


def _index(entities: Iterable[Entity]) -> Directory:
    by_id: dict[str, Entity] = {}
    by_name: dict[tuple[str, str], tuple[Entity, ...]] = {}
    for entity in entities:
        by_id.setdefault(entity.id, entity)
        for name in dict.fromkeys(fold(name) for name in (*entity.names.values(), *entity.other_names)):
            key = (entity.kind, name)
            by_name[key] = (*by_name.get(key, ()), entity)
    return Directory(by_id, by_name)


def _named_only(
    known: Directory,
    namings: Iterable[Naming],
    taxonomies: tuple[Taxonomy, ...],
    languages: tuple[Language, ...],
) -> tuple[list[Entity], tuple[Problem, ...]]:
    """Make an entity of every name that nobody lists, the same whatever the order of *namings*."""
    problems: list[Problem] = []
    made: dict[tuple[str, str], Mention] = {}
    folder = {taxonomy.kind: taxonomy.key for taxonomy in taxonomies}
    # All that matters of a name but its place, which only a problem tells.
    clear: set[tuple[str, str, bool, str]] = set()
    for naming in namings:
        for number, name in enumerate(naming.names):
            typed = (naming.kind, name, naming.author, naming.lang)
            if typed in clear:
                continue
            mention = naming.mention(number)
            found = known.meant(mention)
            if len(found) > 1:
                problems.append(_ambiguous(mention, found))
                continue
            if other := None if found else known.by_id.get(name):
                problems.append(_other_kind(mention, other, folder.get(other.kind, "")))
            else:
                clear.add(typed)
            key = (mention.kind, fold(name))
            if not found and (key not in made or _rank(mention) < _rank(made[key])):
                made[key] = mention
    entities, clashes = _entities(known, made, languages)
    return entities, (*problems, *clashes)


def _rank(mention: Mention) -> tuple[str, str]:
    """Order the spellings of one name, so that the same one is shown whatever file came first."""
    return (mention.name, mention.lang)


def _entities(
    known: Directory, made: Mapping[tuple[str, str], Mention], languages: tuple[Language, ...]
) -> tuple[list[Entity], list[Problem]]:
    entities: list[Entity] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for (kind, folded), mention in sorted(made.items()):
        slug = slugify(mention.name)
        if not slug:
            problems.append(_no_letters(mention))
            continue
        # Two kinds may share a name: «قطر» the place and the tag. Their addresses differ, ids must too.
        name = slug if slug not in known.by_id and slug not in taken else f"{kind}-{slug}"
        number = 2
        while name in known.by_id or name in taken:
            name, number = f"{slug}-{number}", number + 1
        taken[name] = folded
        entities.append(_signed(Entity(name, kind, {_language(mention, languages): mention.name})))
    return entities, problems


def _language(mention: Mention, languages: Iterable[Language]) -> str:
    """Return the language of a name that nobody lists.

    An Arabic name in an English article is no English: it is taken to be in the site's first language that
    runs its way.
    """
    way = direction_of(mention.name)
    running = [one.code for one in languages if one.direction == way or not way]
    return mention.lang if mention.lang in running else next(iter(running), UNDETERMINED)


def _ambiguous(mention: Mention, found: tuple[Entity, ...]) -> Problem:
    places = tuple(_listed(entity) for entity in found)
    known = ", ".join(f"{entity.id} at {place}" for entity, place in zip(found, places, strict=True))
    return Problem(
        "TG509",
        f"{mention.name!r} is the name of several entities: {known}",
        mention.place,
        "give the id of the one that is meant",
        related=places,
    )


def _other_kind(mention: Mention, entity: Entity, key: str) -> Problem:
    return Problem(
        "TG510",
        f"{entity.id!r} is of kind {entity.kind!r} at {_listed(entity)}, not {mention.kind!r}",
        mention.place,
        f"list it under {key!r}" if key else f"no taxonomy of site.yaml lists the kind {entity.kind!r}",
        related=(_listed(entity),),
    )


def _listed(entity: Entity) -> Place:
    return Place(PurePosixPath("content/entities.yaml"), *entity.spot)


def _no_letters(mention: Mention) -> Problem:
    return Problem(
        "TG511",
        f"{mention.name!r} has no letter or digit to make an address of",
        mention.place,
        "give a name",
    )
