"""Everything that was read, before it is brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation
from timeline_gen.model.links import TextLink

ENTITIES: Final = PurePosixPath("content/entities.yaml")
ERAS: Final = PurePosixPath("content/eras.yaml")


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """The texts and the data files of a site."""

    articles: tuple[ArticleVersion, ...]
    plain_pages: tuple[PageVersion, ...] = ()
    entities: tuple[Entity, ...] = ()
    eras: tuple[Era, ...] = ()
    sources: Mapping[str, Citation] = field(default_factory=dict)


def all_links(read: ParsedContent) -> Iterator[TextLink]:
    """Yield the links in all texts that were *read*."""
    nouns: tuple[Iterable[ArticleVersion | PageVersion | Entity | Era], ...] = (
        read.articles,
        read.plain_pages,
        read.entities,
        read.eras,
    )
    for noun in chain.from_iterable(nouns):
        yield from noun.links


def data_links(read: ParsedContent) -> Iterator[tuple[PurePosixPath, tuple[TextLink, ...]]]:
    """Yield the links in the texts of the entities and the eras that were *read*, with their files."""
    yield from ((ENTITIES, entity.links) for entity in read.entities if entity.links)
    yield from ((ERAS, era.links) for era in read.eras if era.links)
