"""The keys of ``site.yaml`` and ``theme.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from timeline_gen.schema.media import Picture
from timeline_gen.schema.publish_targets import Target
from timeline_gen.schema.values import (
    LIST,
    MAPPING,
    MOST_NAMES,
    Address,
    LineByLanguage,
    Names,
    Prose,
    Schema,
    Text,
    TextByLanguage,
    TextOr,
    Whole,
    Words,
    branch_of,
    without_blanks,
)


class LanguageSchema(Schema):
    """How one language of the site writes dates."""

    name: Words = ""
    months: str = ""
    digits: Literal["latn", "arab"] | None = None
    calendar: Literal["hijri", "gregorian"] | None = None
    eras: Literal["bc", "bce"] | None = None


class DatesSchema(Schema):
    """How dates are read."""

    order: Literal["dmy", "mdy"] | None = None
    seasons: Literal["north", "south"] = "north"


class MarkdownSchema(Schema):
    """How Markdown is read."""

    engine: Literal["markdown", "commonmark"] = "markdown"
    typography: bool = True


class TimelineSchema(Schema):
    """How timelines are shown."""

    order: Literal["oldest", "newest"] = "oldest"
    rows: str = ""


class MapSchema(Schema):
    """How maps are drawn."""

    borders: bool = True


class DataSchema(Schema):
    """Which timelines are written as files for machines."""

    from_: Annotated[Whole, Field(ge=1)] = Field(default=5, alias="from")


class PolicySchema(Schema):
    """Other hosts that pages may load from: what a theme needs beyond the files of the site."""

    script: tuple[Text, ...] = ()
    style: tuple[Text, ...] = ()
    image: tuple[Text, ...] = ()
    font: tuple[Text, ...] = ()
    frame: tuple[Text, ...] = ()
    connect: tuple[Text, ...] = ()


class TaxonomySchema(Schema):
    """A way of listing events: the kind of what it lists, and what readers see it called."""

    kind: Text
    name: LineByLanguage | None = None


class AcceptedSchema(Schema):
    """A contradiction that is accepted, and why."""

    event: Text
    reason: Annotated[Prose, Field(min_length=1)]


class SilenceSchema(Schema):
    """Problems that the site lives with: their code, in which files, and why."""

    code: Text
    path: Text
    because: Annotated[Prose, Field(min_length=1)]


KindOrTaxonomy: TypeAlias = TextOr[TaxonomySchema]


class MenuLink(Schema):
    """An entry of a menu: a page of the site, or a link to elsewhere."""

    page: Words = ""
    link: Address | None = None
    text: LineByLanguage | None = None


class MenuEntrySchema(MenuLink):
    """An entry of a menu that may have others below it."""

    entries: Annotated[tuple[TextOr[MenuLink], ...], BeforeValidator(without_blanks)] = ()


MenuEntries: TypeAlias = Annotated[
    tuple[TextOr[MenuEntrySchema], ...], BeforeValidator(without_blanks), Field(max_length=MOST_NAMES)
]


class ThemeChoiceSchema(Schema):
    """The site's theme, and whether it is trusted."""

    name: Text
    trusted: bool = True


def _system_fonts(value: object) -> object:
    """Return the word ``system`` as the mapping that it is short for."""
    return {"body": value} if value == "system" else value


Fonts: TypeAlias = Annotated[
    dict[str, object],
    BeforeValidator(_system_fonts),
    WithJsonSchema({"anyOf": [{"const": "system"}, {"type": "object"}]}),
]


class SiteSchema(Schema):
    """``site.yaml``."""

    title: LineByLanguage
    url: Address
    languages: Annotated[
        Annotated[Annotated[Names, Field(min_length=1)], Tag(LIST)]
        | Annotated[dict[str, LanguageSchema], Field(min_length=1), Tag(MAPPING)],
        Discriminator(branch_of),
    ]
    theme: TextOr[ThemeChoiceSchema] = "almanac"
    description: TextByLanguage | None = None
    publisher: LineByLanguage | None = None
    licence: str = ""
    logo: str = ""
    cover: Picture | None = None
    authors: Names = ()
    home: Text = "timeline"
    menu: MenuEntries | None = None
    footer: MenuEntries = ()
    search: Literal["site", "pagefind"] = "site"
    embeds: tuple[Literal["timeline", "entities", "events"], ...] = ("timeline", "entities")
    timeline: TimelineSchema = TimelineSchema.model_construct()
    data: DataSchema = DataSchema.model_construct()
    map: MapSchema = MapSchema.model_construct()
    policy: PolicySchema = PolicySchema.model_construct()
    translations: Literal["show", "hide"] = "show"
    dates: DatesSchema = DatesSchema.model_construct()
    timezone: str = ""
    taxonomies: dict[str, KindOrTaxonomy] | None = None
    markdown: MarkdownSchema = MarkdownSchema.model_construct()
    file_kinds: Names = ()
    accept: tuple[AcceptedSchema, ...] = ()
    silence: tuple[SilenceSchema, ...] = ()
    fonts: Fonts = Field(default_factory=dict)
    colours: dict[str, Text] = Field(default_factory=dict)
    accents: dict[str, Text] = Field(default_factory=dict)
    redirects: dict[str, Text] = Field(default_factory=dict)
    publish: dict[str, Target] = Field(default_factory=dict)
    extra: dict[str, object] = Field(default_factory=dict)


class ThemeSchema(Schema):
    """``theme.yaml``."""

    name: Text
    extends: str = ""
    description: TextByLanguage | None = None
    author: str = ""
    licence: str = ""
    version: str = ""
    settings: dict[str, object] = Field(default_factory=dict)
