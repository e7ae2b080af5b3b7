"""What had another address before: former ids of events and entities, former slugs of articles and pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from timeline_gen.collecting.parsed import ENTITIES
from timeline_gen.collecting.timeline import Article, Event, TranslatedPage
from timeline_gen.errors import Place
from timeline_gen.model.entities import Entity


class MoveKind(Enum):
    """What kind of thing has moved."""

    EVENT = "event"
    ARTICLE = "article"
    PAGE = "page"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class AddressMove:
    """A former name, whose addresses lead to those of the present one."""

    kind: MoveKind
    former: str
    name: str
    """The present id or slug."""
    langs: tuple[str, ...]
    """The languages in which it has a page of its own; of an event empty, which has one in each."""
    place: Place
    """Where the former name is given."""
    folder: str = ""
    """The taxonomy of an entity."""


def entity_moves(
    entities: Iterable[tuple[str, Entity, tuple[str, ...]]],
) -> Iterator[AddressMove]:
    """Yield the moves of *entities*, each given with its taxonomy and the languages of its pages."""
    for key, entity, langs in entities:
        for alias, position in zip(entity.aliases, entity.alias_positions, strict=True):
            yield AddressMove(MoveKind.ENTITY, alias, entity.id, langs, Place(ENTITIES, *position), key)


def moves(
    articles: Iterable[Article], plain_pages: Iterable[TranslatedPage], events: Collection[Event]
) -> tuple[AddressMove, ...]:
    """Return every move in *articles* and *plain_pages*, each once, in the order of names."""
    found = {
        (move.kind.value, move.former, move.name): move
        for move in (
            *_articles(articles),
            *_plain_pages(plain_pages),
            *_events(articles, {event.id for event in events}),
        )
    }
    return tuple(found[key] for key in sorted(found))


def _articles(articles: Iterable[Article]) -> Iterator[AddressMove]:
    for article in articles:
        for version in article.versions.values():
            for number, alias in enumerate(version.aliases):
                place = Place(version.path, *version.positions.get(f"aliases.{number}", (1, 1)))
                yield AddressMove(MoveKind.ARTICLE, alias, article.slug, tuple(article.versions), place)


def _plain_pages(plain_pages: Iterable[TranslatedPage]) -> Iterator[AddressMove]:
    for plain in plain_pages:
        for page in plain.versions.values():
            for number, alias in enumerate(page.aliases):
                place = Place(page.path, *page.positions.get(f"aliases.{number}", (1, 1)))
                yield AddressMove(MoveKind.PAGE, alias, plain.slug, tuple(plain.versions), place)


def _events(articles: Iterable[Article], known: Collection[str]) -> Iterator[AddressMove]:
    for article in articles:
        for version in article.versions.values():
            for telling in version.events:
                if telling.event in known:
                    for number, alias in enumerate(telling.aliases):
                        place = Place(version.path, *telling.positions.get(f"aliases.{number}", (1, 1)))
                        yield AddressMove(MoveKind.EVENT, alias, telling.event, (), place)
