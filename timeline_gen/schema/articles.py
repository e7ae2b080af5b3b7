"""The keys of articles, events, sources and plain pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, create_model

from timeline_gen.schema.media import FilesOrOne, Image, MediaOrList
from timeline_gen.schema.values import (
    Address,
    LineByLanguage,
    Names,
    Prose,
    Schema,
    Text,
    TextOr,
    Whole,
    Words,
)


class CitationSchema(Schema):
    """Where something is known from."""

    name: Words = ""
    title: Words = ""
    author: Words = ""
    url: Address | None = None
    date: str = ""
    page: str = ""
    language: str = ""
    archive_ref: str = ""
    quote: Prose = ""
    accessed: str = ""
    archive: Address | None = None


CitationOrId: TypeAlias = TextOr[CitationSchema]


class TranslationSchema(Schema):
    """Which version an article was translated from."""

    lang: Text
    rev: str = ""
    """Without it the version is not marked yet."""


class EventFacts(Schema):
    """What can be given of an event; the taxonomies of the site come on top."""

    date: str | None = None
    date_text: LineByLanguage | None = None
    calendar: Literal["gregorian", "julian", "hijri", "jalali"] | None = None
    title: Words = ""
    summary: Prose = ""
    status: Literal["confirmed", "reported", "disputed", "denied", "planned"] | None = None
    sources: tuple[CitationOrId, ...] | None = None
    media: MediaOrList | None = None
    files: FilesOrOne | None = None
    importance: Annotated[Whole, Field(ge=1, le=5)] | None = None
    order: Whole | None = None
    sort_date: str | None = None
    corrects: str = ""
    aliases: Names = ()
    embargo: str | None = None
    extra: dict[str, object] = Field(default_factory=dict)


class _Identified(Schema):
    """What an id distinguishes."""

    id: Text


class EventSchema(EventFacts, _Identified):
    """An event in the front matter of an article."""


class EventFileSchema(EventFacts):
    """The front matter of an event's own file, whose name gives its id."""

    title: Text
    published: str | None = None
    updated: str | None = None
    authors: Names = ()
    source: CitationSchema | None = None
    draft: bool = False
    translation_of: TranslationSchema | None = None


class ArticleSchema(Schema):
    """The front matter of an article; the taxonomies of the site come on top."""

    title: Text
    date: str | None = None
    updated: str | None = None
    authors: Names = ()
    summary: Prose = ""
    source: CitationSchema | None = None
    image: Image | None = None
    files: FilesOrOne | None = None
    events: tuple[EventSchema, ...] = ()
    draft: bool = False
    aliases: Names = ()
    embargo: str | None = None
    translation_of: TranslationSchema | None = None
    extra: dict[str, object] = Field(default_factory=dict)


class PageSchema(Schema):
    """The front matter of a plain page."""

    title: Text
    summary: Prose = ""
    template: Words = ""
    draft: bool = False
    aliases: Names = ()
    extra: dict[str, object] = Field(default_factory=dict)


@lru_cache
def article_schema(taxonomies: tuple[str, ...]) -> type[ArticleSchema]:
    """Return the schema of an article on a site with *taxonomies*; events may carry their keys, too."""
    names = _lists_of_names(taxonomies)
    event = create_model("Event", __base__=EventSchema, **names)
    events = (tuple[event, ...], ())  # type: ignore[valid-type]
    return create_model("Article", __base__=ArticleSchema, events=events, **names)


@lru_cache
def event_file_schema(taxonomies: tuple[str, ...]) -> type[EventFileSchema]:
    """Return the schema of an event's own file on a site with *taxonomies*."""
    return create_model("EventFile", __base__=EventFileSchema, **_lists_of_names(taxonomies))


def _lists_of_names(taxonomies: Iterable[str]) -> dict[str, Any]:
    """Return a field for each of *taxonomies*, as :func:`pydantic.create_model` takes fields."""
    return dict.fromkeys(taxonomies, (Names, ()))


def is_taken(key: str) -> bool:
    """Return whether *key* means something in articles or events already, and can name no taxonomy."""
    if hasattr(ArticleSchema, key):
        return True
    return any(key in schema.model_fields for schema in (ArticleSchema, EventSchema, EventFileSchema))
