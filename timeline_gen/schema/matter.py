"""What may stand in front matter and in the site's YAML files: the one schema, and the one door to pydantic.

Values arrive as the text that was typed, in dicts and lists; places are not known here. So what is wrong
comes back as *faults*, each with the way to it (``("events", 0, "date")``), which ``reading`` turns into
problems with line and column. Whatever pydantic says is said again in our words.
Ids, dates and languages are checked by those who know them; here they are text.
"""

from __future__ import annotations

import copy
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from timeline_gen.messages import say, say_many
from timeline_gen.schema.faults import Fault, Way, as_list, example, nearest_key, not_allowed
from timeline_gen.schema.foreign_keys import foreign_key

# ---------------------------------------------------------------- kinds of values


def _refusal(code: str, needed: str, hint: str) -> PydanticCustomError:
    """Return what a validator raises; pydantic hands its context on as it is."""
    return PydanticCustomError(code, "refused", {"needed": needed, "hint": hint})


def _shape(value: object) -> str:
    """Say which branch of a choice *value* takes; the names stand in the ways of faults."""
    return _TEXT if isinstance(value, str) else _MAPPING if isinstance(value, dict) else _LIST


def _web_address(value: str) -> str:
    """Refuse *value* unless it is an ``http`` or ``https`` address with a host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or _NOT_IN_ADDRESS.search(value):
        raise _refusal("TG306", say("must be a web address"), say("write https://example.org/page"))
    if "@" in parts.netloc:
        hint = say("write {geturl}", geturl=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
        raise _refusal("TG306", say("holds a user name or a password"), hint)
    return value


_NOT_IN_ADDRESS: Final = re.compile(r"[\s\\\x00-\x1f\x7f]")
"""Browsers take a backslash for a slash, so that they see another host than other programs."""


def _line(value: str) -> str:
    """Refuse *value*, which lists and headings show, if it is invisible or too long for that."""
    return _prose(value, _LONGEST_LINE)


def _prose(value: str, longest: int = 20_000) -> str:
    """Refuse *value* if it is *longest*, or if all of it is invisible; an empty text is others' to judge."""
    if len(value) > longest:
        message = say(
            "is {len:,} characters long, and the limit is {longest:,}", len=len(value), longest=longest
        )
        raise _refusal("TG316", message, say("write less here, and the rest into the body"))
    if not value or _WORD.search(value) or any(map(_is_visible, value)):
        return value
    hint = say("write words; the invisible characters may have been copied from somewhere")
    raise _refusal("TG305", say("consists of nothing but invisible characters"), hint)


_LONGEST_LINE: Final = 1_000
"""Characters of a title or a name: every page that mentions it shows all of it."""
_WORD: Final = re.compile(r"[a-zA-Z0-9\u0621-\u063a\u0641-\u064a]")
"""Of most texts the first character is one of these."""
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: fillers of Hangul, Braille without dots."""


def _is_visible(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter)[0] in "LNPS"


def _whole_number(value: object) -> object:
    """Read the digits of any script, which pydantic's own reader does not."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else value


def _without_blanks(value: object) -> object:
    """Leave out the empty items of a list, which editors with a form write for an empty field."""
    return [item for item in value if item != ""] if isinstance(value, list) else value


def _not_endless(value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list of names that is so long that the pages of all of them would grow with its square."""
    if len(value) <= _MOST_NAMES:
        return value
    message = say(
        "has {len:,} names, and the limit is {most_names:,}", len=len(value), most_names=_MOST_NAMES
    )
    hint = say("name those who matter, or the group that they are")
    raise _refusal("TG162", message, hint)


_MOST_NAMES: Final = 500
"""Of one list. Each name has a page, which shows the event with all of its names."""

_TEXT, _MAPPING, _LIST = "‹text›", "‹mapping›", "‹list›"

Text: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_line)]
Words: TypeAlias = Annotated[str, AfterValidator(_line)]
"""A text that may be left out."""
Prose: TypeAlias = Annotated[str, AfterValidator(_prose)]
"""A text of some sentences, that may be left out."""
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole_number)]
Address: TypeAlias = Annotated[
    str, AfterValidator(_web_address), WithJsonSchema({"type": "string", "pattern": r"^\s*https?://[^\s/@]"})
]
Names: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_without_blanks), AfterValidator(_not_endless)]
TextByLanguage: TypeAlias = Annotated[
    Annotated[Annotated[Prose, Field(min_length=1)], Tag(_TEXT)]
    | Annotated[dict[str, Annotated[Prose, Field(min_length=1)]], Field(min_length=1), Tag(_MAPPING)],
    Discriminator(_shape),
]
LineByLanguage: TypeAlias = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[dict[str, Text], Field(min_length=1), Tag(_MAPPING)],
    Discriminator(_shape),
]


class _Strict(BaseModel):
    """A mapping that takes only the keys it names."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, protected_namespaces=(), defer_build=True
    )


# ---------------------------------------------------------------- articles


class CitationMatter(_Strict):
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


CitationOrId: TypeAlias = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[CitationMatter, Tag(_MAPPING)], Discriminator(_shape)
]


class ImageMatter(_Strict):
    """A picture."""

    src: Text
    alt: Prose = ""
    caption: Prose = ""
    credit: Words = ""


class MediaMatter(ImageMatter):
    """A picture, a film, a sound, a document or an embed that belongs to an event."""

    poster: str = ""
    captions: LineByLanguage | None = None
    transcript: Prose = ""


class FileMatter(_Strict):
    """A file that an article or an event offers."""

    src: Text
    title: Words = ""


def _as_source(value: object) -> object:
    """Read a path that is given where a mapping may be as its ``src``."""
    return {"src": value} if isinstance(value, str) and value else value


_Sourced = TypeVar("_Sourced", bound=_Strict)
"""What is given by its ``src`` and texts about it."""
_PATH: Final = WithJsonSchema({"type": "string", "minLength": 1})
_OrPath: TypeAlias = Annotated[
    Annotated[_Sourced, BeforeValidator(_as_source), Tag(_TEXT), _PATH] | Annotated[_Sourced, Tag(_MAPPING)],
    Discriminator(_shape),
]
_OrPathOrList: TypeAlias = Annotated[
    Annotated[_Sourced, BeforeValidator(_as_source), Tag(_TEXT), _PATH]
    | Annotated[_Sourced, Tag(_MAPPING)]
    | Annotated[tuple[_OrPath[_Sourced], ...], Field(min_length=1), Tag(_LIST)],
    Discriminator(_shape),
]
Image: TypeAlias = _OrPath[ImageMatter]
"""A picture, or its path."""
MediaOrList: TypeAlias = _OrPathOrList[MediaMatter]
FilesOrOne: TypeAlias = _OrPathOrList[FileMatter]


class PictureMatter(_Strict):
    """A picture whose texts may be given by language."""

    src: Text
    alt: TextByLanguage | None = None
    caption: TextByLanguage | None = None
    credit: LineByLanguage | None = None


Picture: TypeAlias = _OrPath[PictureMatter]


class TranslationMatter(_Strict):
    """Which version an article was translated from."""

    lang: Text
    rev: str = ""
    """Without it the version is not marked yet."""


class EventFacts(_Strict):
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
    extra: dict[str, object] = {}


class _Identified(_Strict):
    """What is told from others by an id."""

    id: Text


class EventMatter(EventFacts, _Identified):
    """An event as an article tells it."""


class EventFileMatter(EventFacts):
    """The front matter of an event's own file, whose name gives its id."""

    title: Text
    published: str | None = None
    updated: str | None = None
    authors: Names = ()
    source: CitationMatter | None = None
    draft: bool = False
    translation_of: TranslationMatter | None = None


class ArticleMatter(_Strict):
    """The front matter of an article; the taxonomies of the site come on top."""

    title: Text
    date: str | None = None
    updated: str | None = None
    authors: Names = ()
    summary: Prose = ""
    source: CitationMatter | None = None
    image: Image | None = None
    files: FilesOrOne | None = None
    events: tuple[EventMatter, ...] = ()
    draft: bool = False
    aliases: Names = ()
    embargo: str | None = None
    translation_of: TranslationMatter | None = None
    extra: dict[str, object] = {}


class PageMatter(_Strict):
    """The front matter of a plain page."""

    title: Text
    summary: Prose = ""
    template: Words = ""
    draft: bool = False
    aliases: Names = ()
    extra: dict[str, object] = {}


@lru_cache
def article_matter(taxonomies: tuple[str, ...]) -> type[ArticleMatter]:
    """Return the schema of an article on a site with *taxonomies*; events may carry their keys, too."""
    fields: dict[str, Any] = dict.fromkeys(taxonomies, (Names, ()))
    event = create_model("Event", __base__=EventMatter, **fields)
    fields["events"] = (tuple[event, ...], ())  # type: ignore[valid-type]
    return create_model("Article", __base__=ArticleMatter, **fields)


@lru_cache
def event_file_matter(taxonomies: tuple[str, ...]) -> type[EventFileMatter]:
    """Return the schema of an event's own file on a site with *taxonomies*."""
    fields: dict[str, Any] = dict.fromkeys(taxonomies, (Names, ()))
    return create_model("EventFile", __base__=EventFileMatter, **fields)


# ---------------------------------------------------------------- the site


class LanguageMatter(_Strict):
    """How one language of the site writes dates."""

    name: Words = ""
    months: str = ""
    digits: Literal["latn", "arab"] | None = None
    calendar: Literal["hijri", "gregorian"] | None = None
    eras: Literal["bc", "bce"] | None = None


class DatesMatter(_Strict):
    """How dates are read."""

    order: Literal["dmy", "mdy"] | None = None
    seasons: Literal["north", "south"] = "north"


class MarkdownMatter(_Strict):
    """How Markdown is read."""

    engine: Literal["markdown", "commonmark"] = "markdown"
    typography: bool = True


class TimelineMatter(_Strict):
    """How timelines are shown."""

    order: Literal["oldest", "newest"] = "oldest"
    rows: str = ""


class MapMatter(_Strict):
    """How maps are drawn."""

    borders: bool = True


class DataMatter(_Strict):
    """Which timelines are written as files for machines."""

    from_: Annotated[Whole, Field(ge=1)] = Field(default=5, alias="from")


class PolicyMatter(_Strict):
    """Other hosts that pages may load from: what a theme needs beyond the files of the site."""

    script: tuple[Text, ...] = ()
    style: tuple[Text, ...] = ()
    image: tuple[Text, ...] = ()
    font: tuple[Text, ...] = ()
    frame: tuple[Text, ...] = ()
    connect: tuple[Text, ...] = ()


class TaxonomyMatter(_Strict):
    """A way of listing events: the kind of what it lists, and what readers see it called."""

    kind: Text
    name: LineByLanguage | None = None


class AcceptedMatter(_Strict):
    """A contradiction that stands, and why."""

    event: Text
    reason: Annotated[Prose, Field(min_length=1)]


class SilenceMatter(_Strict):
    """Problems that the site lives with: their code, in which files, and why."""

    code: Text
    path: Text
    because: Annotated[Prose, Field(min_length=1)]


class TargetMatter(_Strict):
    """A place that the site is published to."""

    to: Literal["git", "folder", "rsync", "s3"]
    url: Address | None = None
    preview: bool = False
    strict: bool = False
    host: Literal["github", "gitlab", "codeberg", "netlify", "cloudflare"] | None = None
    policy: Literal["meta", "headers", "none"] | None = None
    headers: dict[str, str] = {}
    keep: Annotated[Whole, Field(ge=0, le=100)] = 5
    deletions: Annotated[Whole, Field(ge=0, le=100)] = 20
    remote: str = ""
    branch: str = ""
    history: Literal["full", "single"] = "full"
    domain: str = ""
    path: str = ""
    bucket: str = ""
    prefix: str = ""
    endpoint: Address | None = None
    region: str = ""
    cdn: str = ""


KindOrTaxonomy: TypeAlias = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[TaxonomyMatter, Tag(_MAPPING)], Discriminator(_shape)
]


class MenuLink(_Strict):
    """An entry of a menu: a page of the site, or a link to elsewhere."""

    page: Words = ""
    link: Address | None = None
    text: LineByLanguage | None = None


class MenuEntryMatter(MenuLink):
    """An entry of a menu that may have others below it."""

    entries: Annotated[
        tuple[
            Annotated[
                Annotated[Text, Tag(_TEXT)] | Annotated[MenuLink, Tag(_MAPPING)], Discriminator(_shape)
            ],
            ...,
        ],
        BeforeValidator(_without_blanks),
    ] = ()


MenuEntries: TypeAlias = Annotated[
    tuple[
        Annotated[
            Annotated[Text, Tag(_TEXT)] | Annotated[MenuEntryMatter, Tag(_MAPPING)], Discriminator(_shape)
        ],
        ...,
    ],
    BeforeValidator(_without_blanks),
    Field(max_length=_MOST_NAMES),
]


class ThemeChoiceMatter(_Strict):
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


class SiteMatter(_Strict):
    """``site.yaml``."""

    title: LineByLanguage
    url: Address
    languages: Annotated[
        Annotated[Annotated[Names, Field(min_length=1)], Tag(_LIST)]
        | Annotated[dict[str, LanguageMatter], Field(min_length=1), Tag(_MAPPING)],
        Discriminator(_shape),
    ]
    theme: Annotated[
        Annotated[Text, Tag(_TEXT)] | Annotated[ThemeChoiceMatter, Tag(_MAPPING)], Discriminator(_shape)
    ] = "almanac"
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
    timeline: TimelineMatter = TimelineMatter.model_construct()
    data: DataMatter = DataMatter.model_construct()
    map: MapMatter = MapMatter.model_construct()
    policy: PolicyMatter = PolicyMatter.model_construct()
    translations: Literal["show", "hide"] = "show"
    dates: DatesMatter = DatesMatter.model_construct()
    timezone: str = ""
    taxonomies: dict[str, KindOrTaxonomy] | None = None
    markdown: MarkdownMatter = MarkdownMatter.model_construct()
    file_kinds: Names = ()
    accept: tuple[AcceptedMatter, ...] = ()
    silence: tuple[SilenceMatter, ...] = ()
    fonts: Fonts = {}
    colours: dict[str, Text] = {}
    accents: dict[str, Text] = {}
    redirects: dict[str, Text] = {}
    publish: dict[str, TargetMatter] = {}
    extra: dict[str, object] = {}


def _two_numbers(value: object) -> object:
    """Refuse a list *value* unless it has two items, and not the longitude first."""
    if not isinstance(value, list):
        return value
    if len(value) == _PAIR:
        first, second = map(_degrees, value)
        if _RIGHT_ANGLE < abs(first) <= 2 * _RIGHT_ANGLE and abs(second) <= _RIGHT_ANGLE:
            hint = say("write coordinates: [{value}, {value_2}]", value=value[1], value_2=value[0])
            raise _refusal("TG304", say("has the longitude first, and the latitude comes first"), hint)
        return value
    message = say_many(
        len(value),
        "needs two numbers, a latitude and a longitude, and here is {count}",
        "needs two numbers, a latitude and a longitude, and here are {count}",
    )
    raise _refusal("TG303", message, example("coordinates"))


_PAIR: Final = 2
_RIGHT_ANGLE: Final = 90


def _degrees(value: object) -> float:
    """Return the number that *value* is, or that no number is equal to."""
    with suppress(ValueError):
        return float(value) if isinstance(value, str) else math.nan
    return math.nan


def _angle(name: str, most: int) -> BeforeValidator:
    """Return what reads the *name* of an angle, in degrees of at most *most*."""

    def read(value: object) -> object:
        degrees = _degrees(value)
        if not -most <= degrees <= most:  # nor is it, where that is no number
            message = say(
                "must be a {name}, a number from -{most} to {most}, and here is {str!r}",
                name=name,
                most=most,
                str=str(value)[:40],
            )
            raise _refusal("TG304", message, example("coordinates"))
        return degrees

    return BeforeValidator(read)


Degrees: TypeAlias = Annotated[
    tuple[Annotated[float, _angle("latitude", 90)], Annotated[float, _angle("longitude", 180)]],
    BeforeValidator(_two_numbers),
]


class EntityMatter(_Strict):
    """One entry of ``content/entities.yaml``."""

    kind: Text
    name: LineByLanguage
    other_names: Names = ()
    text: TextByLanguage | None = None
    aliases: Names = ()
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None
    website: Address | None = None
    coordinates: Degrees | None = None
    image: Picture | None = None
    extra: dict[str, object] = {}


class EraMatter(_Strict):
    """One entry of ``content/eras.yaml``."""

    name: LineByLanguage
    date: Text
    text: TextByLanguage | None = None


class ThemeMatter(_Strict):
    """``theme.yaml``."""

    name: Text
    extends: str = ""
    description: TextByLanguage | None = None
    author: str = ""
    licence: str = ""
    version: str = ""
    settings: dict[str, object] = {}


FILES: Final[Mapping[str, type[BaseModel]]] = {
    "article": ArticleMatter,
    "event": EventMatter,
    "event file": EventFileMatter,
    "source": CitationMatter,
    "image": ImageMatter,
    "media": MediaMatter,
    "file": FileMatter,
    "picture": PictureMatter,
    "page": PageMatter,
    "target": TargetMatter,
    "taxonomy": TaxonomyMatter,
    "menu entry": MenuEntryMatter,
    "site.yaml": SiteMatter,
    "entities.yaml": EntityMatter,
    "eras.yaml": EraMatter,
    "theme.yaml": ThemeMatter,
}
"""Every schema by the name of what it rules, for the reference and for tests."""


# ---------------------------------------------------------------- checking

Matter = TypeVar("Matter", bound=BaseModel)


def check(schema: type[Matter], data: object) -> tuple[Matter | None, tuple[Fault, ...]]:
    """Check *data*, plain dicts, lists and text, against *schema*.

    Where there are faults, the rest is returned all the same, without what is wrong and with stand-ins for
    what is missing, so that whoever asked can go on looking for more; None where not even that is possible.
    """
    faults: tuple[Fault, ...] = ()
    for _ in range(3):  # take out what is wrong, put in what is then missing, done
        try:
            return schema.model_validate(data), faults
        except ValidationError as error:
            details = error.errors(include_url=False)
            faults = faults or _without_echoes(tuple(_fault(schema, detail) for detail in details))
            data = _mended(data, details)
    return None, faults


def keys(schema: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys that *schema* takes, in order."""
    return tuple(field.alias or name for name, field in schema.model_fields.items())


def is_taken(key: str) -> bool:
    """Return whether *key* means something in articles or events already, and can name no taxonomy."""
    if hasattr(ArticleMatter, key):
        return True
    return any(key in schema.model_fields for schema in (ArticleMatter, EventMatter, EventFileMatter))


def _without_echoes(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Leave out keys that are missing only because they stand there with a slip of the finger."""
    meant = {(*fault.way[:-1], fault.meant) for fault in faults if fault.meant}
    return tuple(fault for fault in faults if fault.code != "TG301" or fault.way not in meant)


def _mended(data: object, details: Iterable[ErrorDetails]) -> object:
    """Return a copy of *data* without what *details* complain of; what is missing gets a stand-in."""
    data = copy.deepcopy(data)
    for number, detail in enumerate(reversed(list(details))):
        way = _way(detail)
        holder = _follow(data, way[:-1])
        if not way or not isinstance(holder, dict | list):
            continue
        if detail["type"] == "missing" and isinstance(holder, dict):
            holder[way[-1]] = f"missing-{number}"
        else:
            with suppress(KeyError, IndexError, TypeError):
                del holder[way[-1]]  # type: ignore[arg-type]
    return data


def _follow(data: object, way: Way) -> object:
    """Return what *way* leads to in *data*, or None."""
    for step in way:
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _way(detail: ErrorDetails) -> Way:
    """Return where *detail* stands in the data, without the names of branches."""
    return tuple(step for step in detail["loc"] if step not in {_TEXT, _MAPPING, _LIST, "[key]"})


def _fault(schema: type[BaseModel], detail: ErrorDetails) -> Fault:
    """Say in our words what pydantic found."""
    way = _way(detail)
    kind = detail["type"]
    name = next((step for step in reversed(way) if isinstance(step, str)), "this")
    subject = say("an item of {name!r}", name=name) if way and isinstance(way[-1], int) else repr(name)
    if kind == "extra_forbidden":
        return _unknown(schema, way)
    if kind == "missing" and way and isinstance(way[-1], str):
        return Fault(
            "TG301", way, say("the key {name!r} is missing, and it is needed here", name=name), example(name)
        )
    context = detail.get("ctx", {})
    if kind.startswith("TG"):
        return Fault(
            kind, way, say("{subject} {needed}", subject=subject, needed=context["needed"]), context["hint"]
        )
    if kind == "literal_error":
        return not_allowed(way, name, str(detail["input"]), context["expected"])
    code, needed = next((rule[1:] for rule in _RULES if kind.startswith(rule[0])), _OTHERWISE)
    hint = (_TEXT_HINTS.get(name) if kind == "string_type" else None) or example(name)
    if kind in {"list_type", "tuple_type"} and isinstance(detail["input"], str):
        hint = as_list(name, detail["input"]) or hint
    return Fault(code, way, say("{subject} {needed}", subject=subject, needed=needed.filled(**context)), hint)


def _unknown(schema: type[BaseModel], way: Way) -> Fault:
    """Say that the key at the end of *way* is unknown, and which one may have been meant."""
    key = str(way[-1])
    here = _keys_at(schema, way[:-1])
    near = nearest_key(key, here)
    hint: str
    if key.startswith("-"):
        hint = say("write a space after the dash: '- {key}: …'", key=key[1:])
    elif meant := foreign_key(key, here):
        hint = meant
    elif near:
        hint = say("did you mean '{near}'?", near=near)
    elif key in _INDENTED and "source" in here:
        hint = say("if it belongs to 'source', indent it below that key")
    elif key == "id" and issubclass(schema, EventFileMatter):
        hint = say("remove the key: the file's name gives the id, as in <id>.<language>.md")
    elif key == "events" and issubclass(schema, EventFileMatter):
        hint = say(
            "this file is one event: write its keys at the margin, and other events into their own files"
        )
    elif key in EventMatter.model_fields and schema is not EventMatter and "events" in here:
        hint = say("this key belongs to an event: write it under 'events:'")
    elif "extra" in here:
        hint = say("the keys are {here}; free data goes under 'extra:'", here=", ".join(here))
    else:
        hint = say("the keys are {here}", here=", ".join(here))
    return Fault("TG302", way, say("the key {key!r} is unknown here", key=key), hint, at_key=True, meant=near)


_INDENTED: Final = CitationMatter.model_fields.keys() - ArticleMatter.model_fields.keys()
"""Keys of a source, which stand at the margin where their indentation was forgotten."""


def _keys_at(schema: type[BaseModel], way: Way) -> tuple[str, ...]:
    """Return the keys that the mapping at *way* of *schema* takes."""
    for step in way:
        if isinstance(step, str) and step in schema.model_fields:
            schema = _inner(schema.model_fields[step].annotation) or schema
    return keys(schema)


def _inner(annotation: object) -> type[BaseModel] | None:
    """Return the schema that *annotation* speaks of, however wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner(argument) for argument in get_args(annotation))
    return next((schema for schema in found if schema), None)


_TEXT_HINTS: Final = {
    # The names of entities are written by language, that of a source or a theme is one text.
    "name": say("write name: …, one text for all languages"),
    "date": (
        say(
            'write one text: "{2017-05,2019-05}" for all of several dates, "[2017,2018]" for one '
            "of them, 2017/2019 for a span; or an event for each"
        )
    ),
}
"""What to write for a key that takes one text, in place of a list or a mapping."""
_RULES: Final = (
    # how pydantic's error type begins, our code, what is needed
    ("string_too_short", "TG305", say("is empty")),
    ("string_type", "TG303", say("must be one text, and here stands a list or a mapping")),
    ("union_tag", "TG303", say("cannot be given in this form")),
    ("string_pattern", "TG304", say("does not have the right form")),
    ("list_type", "TG303", say("must be a list")),
    ("tuple_type", "TG303", say("must be a list")),
    ("dict_type", "TG303", say("must be a mapping of keys and values")),
    ("model_type", "TG303", say("must be a mapping of keys and values")),
    ("model_attributes_type", "TG303", say("must be a mapping of keys and values")),
    ("int_", "TG304", say("must be a whole number")),
    ("float_", "TG304", say("must be a number")),
    ("bool_", "TG304", say("must be true or false")),
    ("greater_than", "TG304", say("must be at least {ge}")),
    ("less_than", "TG304", say("must be at most {le}")),
    ("too_short", "TG305", say("is empty")),
    ("too_long", "TG303", say("has too many items")),
    ("missing", "TG303", say("has too few items")),
)
_OTHERWISE: Final = ("TG303", say("cannot be read"))
