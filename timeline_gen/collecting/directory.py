"""Who and what articles name: the entities that the site lists, and those that are only named.

A name is matched by id, else by a name or other name of an entity exactly as it is listed, else by the
identity of one (:func:`timeline_gen.text.identity.identity_key`). Names that are not listed are one entity
where their identity is one; its id is made of that and of nothing else. It is in the language of the
article that gives it, unless its letters run the other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from timeline_gen.collecting.mentions import AUTHOR, NameMention, Naming
from timeline_gen.collecting.naming import NameUse, TypedName, best_spelling, first_of, uses_of
from timeline_gen.collecting.near_misses import ComparedName, near_misses
from timeline_gen.collecting.parsed import ENTITIES
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.entities import Entity
from timeline_gen.model.settings import Language, Taxonomy
from timeline_gen.text.bidi import direction_of
from timeline_gen.text.identity import address_of, hashed_address, identity_key
from timeline_gen.text.slugs import collision_key

UNDETERMINED: Final = "und"
"""The language of a name whose letters none of the site's languages is written in (ISO 639-2)."""

_OFTEN: Final = 3
"""What is given so often is meant."""

ByName = Mapping[tuple[str, str], tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Directory:
    """All entities, findable by kind and name."""

    by_id: Mapping[str, Entity]
    """Those that are listed, by id and former id."""
    by_spelling: ByName
    """Those that are listed, by kind and name as it is listed; several where a name is not unique."""
    by_key: ByName
    """All, by kind and identity key."""

    def find(self, kind: str, name: str) -> tuple[Entity, ...]:
        """Return the entities of *kind* that *name* may mean: none, one, or several."""
        listed = self.by_id.get(name)
        if listed and listed.kind == kind:
            return (listed,)
        return self.by_spelling.get((kind, name)) or self.by_key.get((kind, identity_key(name)), ())

    def author(self, name: str) -> tuple[Entity, ...]:
        """Return the entities that an author's *name* may mean: by id, else persons of that name."""
        listed = self.by_id.get(name)
        return (listed,) if listed else self.find(AUTHOR, name)

    def meant(self, typed: TypedName) -> tuple[Entity, ...]:
        """Return the entities that a name as it is *typed* may mean."""
        return self.author(typed.name) if typed.author else self.find(typed.kind, typed.name)


def build_directory(
    entities: Iterable[Entity],
    namings: Iterable[Naming],
    taxonomies: Iterable[Taxonomy],
    languages: Iterable[Language],
) -> tuple[Directory, tuple[Problem, ...]]:
    """Return the directory of the listed *entities* and of those that only *namings* name."""
    listed = tuple(entities)
    known, namings = _index(listed), tuple(namings)
    sorting = _sorted_out(known, uses_of(namings))
    named, shared = _named_only(listed, sorting.unlisted, tuple(languages))
    folders = {taxonomy.kind: taxonomy.key for taxonomy in taxonomies}
    problems = (*_unclear(namings, sorting, folders), *shared, *_near(listed, sorting))
    if not named:
        return known, problems
    keys = {(kind, key): (entity,) for (kind, key), entity in named.items()}
    return replace(known, by_key={**known.by_key, **keys}), problems


def spellings(entity: Entity) -> tuple[str, ...]:
    """Return every name that the list of entities gives *entity*, each once."""
    return tuple(dict.fromkeys((*entity.names.values(), *entity.other_names)))


def _index(entities: Iterable[Entity]) -> Directory:
    by_id: dict[str, Entity] = {}
    by_spelling: dict[tuple[str, str], tuple[Entity, ...]] = {}
    by_key: dict[tuple[str, str], tuple[Entity, ...]] = {}
    entities = tuple(entities)
    for entity in entities:
        by_id.setdefault(entity.id, entity)
        names = spellings(entity)
        for name in names:
            _add(by_spelling, (entity.kind, name), entity)
        for key in dict.fromkeys(map(identity_key, names)):
            _add(by_key, (entity.kind, key), entity)
    # After all ids: an id in use now is never taken for a former one of something else.
    for entity in entities:
        for alias in entity.aliases:
            by_id.setdefault(alias, entity)
    return Directory(by_id, by_spelling, by_key)


def _add(found: dict[tuple[str, str], tuple[Entity, ...]], key: tuple[str, str], entity: Entity) -> None:
    found[key] = (*found.get(key, ()), entity)


# ---------------------------------------------------------------- what is only named


@dataclass(slots=True)
class _Sorted:
    """How the names of a site are used, by what they mean."""

    unlisted: dict[tuple[str, str], list[NameUse]] = field(default_factory=dict)
    """By kind and identity key."""
    listed: dict[str, int] = field(default_factory=dict)
    """How often each listed entity is named, by id."""
    ambiguous: dict[TypedName, tuple[Entity, ...]] = field(default_factory=dict)
    other_kind: dict[TypedName, Entity] = field(default_factory=dict)
    empty: set[TypedName] = field(default_factory=set)


def _sorted_out(known: Directory, uses: Iterable[NameUse]) -> _Sorted:
    found = _Sorted()
    for use in uses:
        typed = use.typed
        meant = known.meant(typed)
        if len(meant) == 1:
            found.listed[meant[0].id] = found.listed.get(meant[0].id, 0) + use.count
        elif meant:
            found.ambiguous[typed] = meant
        elif key := identity_key(typed.name):
            found.unlisted.setdefault((typed.kind, key), []).append(use)
        else:
            found.empty.add(typed)
        if not meant and (other := known.by_id.get(typed.name)):
            found.other_kind[typed] = other
    return found


def _named_only(
    listed: Iterable[Entity],
    unlisted: Mapping[tuple[str, str], list[NameUse]],
    languages: tuple[Language, ...],
) -> tuple[dict[tuple[str, str], Entity], tuple[Problem, ...]]:
    """Make an entity of every name that is not *listed*, by kind and identity key."""
    taken = {(entity.kind, collision_key(name)) for entity in listed for name in (entity.id, *entity.aliases)}
    made: dict[tuple[str, str], Entity] = {}
    owners: dict[tuple[str, str], list[NameUse]] = {}
    problems: list[Problem] = []
    for (kind, key), uses in sorted(unlisted.items(), key=lambda item: _plainest(*item[0])):
        slug, shown = address_of(key), best_spelling(uses)
        # A listed entity keeps its address, since its id was chosen by a person.
        if (kind, collision_key(slug)) in taken:
            slug = hashed_address(key)
        owner = owners.setdefault((kind, collision_key(slug)), uses)
        if owner is not uses:
            problems.append(_one_address(slug, uses, owner))
            slug = hashed_address(key)
        names = {_language(shown.typed, languages): shown.typed.name}
        made[kind, key] = Entity(slug, kind, names, is_listed=False)
    return made, tuple(problems)


def _plainest(kind: str, key: str) -> tuple[str, bool, int, str]:
    """Order names so that of those with one address the plainest keeps it, until a person has decided."""
    return (kind, not key.replace(" ", "").isalnum(), key.count(" "), key)


def _language(typed: TypedName, languages: Iterable[Language]) -> str:
    """Return the language of a name that is not listed.

    An Arabic name in an English article is no English: it is taken to be in the site's first language that
    runs its way.
    """
    way = direction_of(typed.name)
    running = [language.code for language in languages if language.direction == way or not way]
    return typed.lang if typed.lang in running else next(iter(running), UNDETERMINED)


def _near(listed: Iterable[Entity], sorting: _Sorted) -> Iterable[Problem]:
    """Yield a warning for each name that is not listed and that is nearly another name."""
    names: dict[str, list[ComparedName]] = {}
    for entity in listed:
        # Authors name an entity by its id as well, and mistype that, too.
        texts = tuple(dict.fromkeys((*spellings(entity), entity.id)))
        name = ComparedName(
            entity.id, texts, sorting.listed.get(entity.id, 0), partial(_listed, entity), listed=True
        )
        names.setdefault(entity.kind, []).append(name)
    for (kind, _), uses in sorting.unlisted.items():
        count = sum(use.count for use in uses)
        text = best_spelling(uses).typed.name
        names.setdefault(kind, []).append(ComparedName(text, (text,), count, partial(_given_first, uses)))
    for found in names.values():
        yield from near_misses(found)


# ---------------------------------------------------------------- problems


def _unclear(namings: Iterable[Naming], sorting: _Sorted, folders: Mapping[str, str]) -> Iterable[Problem]:
    """Yield a problem at each place where a name is given whose meaning is not clear."""
    # What is given often under another heading is meant: «قطر» the tag is not the place.
    often = _given_often(sorting)
    if not (sorting.ambiguous or sorting.empty or sorting.other_kind):
        return
    for naming in namings:
        for number, name in enumerate(naming.names):
            typed = TypedName(naming.kind, name, naming.author, naming.lang)
            if typed in sorting.ambiguous:
                yield _ambiguous(naming.mention(number), sorting.ambiguous[typed])
            elif typed in sorting.empty:
                yield _no_letters(naming.mention(number))
            elif typed in sorting.other_kind and (typed.kind, identity_key(name)) not in often:
                other = sorting.other_kind[typed]
                yield _other_kind(naming.mention(number), other, folders.get(other.kind, ""))


def _given_often(sorting: _Sorted) -> set[tuple[str, str]]:
    return {key for key, uses in sorting.unlisted.items() if sum(use.count for use in uses) >= _OFTEN}


def _ambiguous(mention: NameMention, found: tuple[Entity, ...]) -> Problem:
    places = tuple(_listed(entity) for entity in found)
    known = ", ".join(
        say("{id} at {place}", id=entity.id, place=place) for entity, place in zip(found, places, strict=True)
    )
    return Problem(
        "TG509",
        say("{name!r} is the name of several entities: {known}", name=mention.name, known=known),
        mention.place,
        say("give the id of the one that is meant"),
        related=places,
    )


def _other_kind(mention: NameMention, entity: Entity, key: str) -> Problem:
    here = (
        say("list it under {key!r}", key=key)
        if key
        else say("no taxonomy of site.yaml lists the kind {kind!r}", kind=entity.kind)
    )
    return Problem(
        "TG510",
        say(
            "{id!r} is of kind {kind!r} at {entity}, not {kind_2!r}",
            id=entity.id,
            kind=entity.kind,
            entity=_listed(entity),
            kind_2=mention.kind,
        ),
        mention.place,
        say(
            "{here}; or, if something else is meant, list that in {entities} with an id of its own",
            here=here,
            entities=ENTITIES,
        ),
        Level.WARNING,
        related=(_listed(entity),),
    )


def _one_address(slug: str, uses: list[NameUse], others: list[NameUse]) -> Problem:
    mention, other = first_of(uses), first_of(others)
    there = say("{name!r} at {place}", name=other.name, place=other.place)
    return Problem(
        "TG531",
        say(
            "{name!r} and {there} are two names, and both give the address {slug!r}",
            name=mention.name,
            there=there,
            slug=slug,
        ),
        mention.place,
        say(
            "write both in one way; or list one of them in {entities} with an id of its own",
            entities=ENTITIES,
        ),
        related=(other.place,),
    )


def _given_first(uses: list[NameUse]) -> Place:
    return first_of(uses).place


def _listed(entity: Entity) -> Place:
    return Place(ENTITIES, *entity.position)


def _no_letters(mention: NameMention) -> Problem:
    return Problem(
        "TG511",
        say("{name!r} has no letter or digit to make an address of", name=mention.name),
        mention.place,
        say("give a name"),
    )
