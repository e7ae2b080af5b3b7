"""Which column of a table of events gives which key: by its name, by the table's map, or TimelineJS's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.model.events import DATE_TEXT, TEXT_FACTS
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import read_map
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.table_rows import TableRecord
from timeline_gen.schema.articles import EventFileSchema
from timeline_gen.text.suggestions import nearest

TEXTS: Final = (
    "title",
    "summary",
    *TEXT_FACTS,
    "media_alt",
    "media_caption",
    "media_credit",
    "media_captions",
    "media_transcript",
)
"""Keys that a language may follow: ``title:ar``."""
_NO_COLUMNS: Final = frozenset({*TEXTS, "authors", "translation_of", "extra"})
"""Keys of an event's own file whose columns are called otherwise, or that a row cannot have."""
_FACTS: Final = tuple(key for key in EventFileSchema.model_fields if key not in _NO_COLUMNS)
KEYS: Final = ("id", "end", "url", "media_poster", *_FACTS, *TEXTS)
LISTS: Final = frozenset({"aliases", "files", "sources"})
"""Keys whose cells are lists, besides those of the taxonomies."""
EXTRA: Final = "extra:"
"""What a column of free data begins with."""
DATES: Final = frozenset({"date", "end", "sort_date"})
_MOST_COLUMNS: Final = 1_000
"""Each that is unknown is compared with all keys, and is a problem of its own."""
_OPTIONS: Final = ("language", "pages", "separator")

_TIMELINE_JS: Final[Mapping[str, str | tuple[str, ...]]] = {
    "date": ("Year", "Month", "Day", "Time"),
    "end": ("End Year", "End Month", "End Day", "End Time"),
    DATE_TEXT: "Display Date",
    "title": "Headline",
    "summary": "Text",
    "media": "Media",
    "media_credit": "Media Credit",
    "media_caption": "Media Caption",
    "media_alt": "Alt Text",
    "tags": "Group",
    "type": "Type",
}
"""The columns of TimelineJS's spreadsheet (Knight Lab), by key."""


class Column(NamedTuple):
    """Where the value of a key comes from."""

    key: str
    lang: str
    """The language of its text; empty for a fact, and for a text without a language."""
    places: tuple[int, ...] = ()
    """Numbers of columns, from 0 on."""
    constant: str = ""


class ColumnName(NamedTuple):
    """The entry of a map for a key."""

    names: tuple[str, ...]
    constant: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TableMap:
    """The map of a table."""

    columns: Mapping[str, ColumnName] = field(default_factory=dict)
    language: str = ""
    pages: bool = True
    separator: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How the rows of a table become events."""

    columns: tuple[Column, ...]
    headers: tuple[str, ...]
    language: str
    """Of texts without one."""
    pages: bool = True
    timeline_js: bool = False


# ---------------------------------------------------------------- maps


def read_table_map(source: Source, settings: Settings) -> tuple[TableMap | None, Diagnostics]:
    """Return the map in *source*, and what is wrong with it."""
    diagnostics = Diagnostics(source.path)
    text, problems = decode(source)
    diagnostics.problems += problems
    # Here "date: {from: [Year, Month]}" is a mapping, and not a set of EDTF.
    tree = read_map(text, diagnostics, date_keys=frozenset()) if text is not None else None
    if tree is None:
        return None, diagnostics
    options: dict[str, str] = {}
    columns: dict[str, ColumnName] = {}
    for key, node in tree.entries.items():
        if key in _OPTIONS:
            options[key] = _option(key, node, settings, diagnostics)
        elif _check_key(key, tree.keys[key], settings, diagnostics) and (
            found := _column(key, node, diagnostics)
        ):
            columns[key] = found
    return TableMap(
        columns,
        options.get("language", ""),
        options.get("pages", "") != "false",
        options.get("separator", ""),
    ), diagnostics


def _option(key: str, node: YamlNode, settings: Settings, diagnostics: Diagnostics) -> str:
    """Return the value *node* of the option *key*, after noting what is wrong with it."""
    codes = [language.code for language in settings.languages]
    allowed = {"language": codes, "pages": ["true", "false"], "separator": [",", ";", "\t", "|"]}[key]
    value = node.value if isinstance(node, YamlText) else ""
    value = "\t" if key == "separator" and value in {r"\t", "tab"} else value
    if value not in allowed:
        shown = ", ".join(repr(word) if key == "separator" else word for word in allowed)
        code = "TG309" if key == "language" else "TG304"
        diagnostics.add(
            code,
            say("{key!r} cannot be {value!r}", key=key, value=value),
            (node.line, node.column),
            say("write one of: {shown}", shown=shown),
        )
        return ""
    return value


def _check_key(key: str, position: tuple[int, int], settings: Settings, diagnostics: Diagnostics) -> bool:
    """Return whether *key* of a map can be given by a column; note it where it cannot."""
    if _meant(key, settings) is not None:
        return True
    near = _nearest_key(key, settings, (*_OPTIONS,))
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("the keys are {value}", value=", ".join((*_OPTIONS, *_known(settings))))
    )
    diagnostics.add("TG302", say("the key {key!r} is unknown here", key=key), position, hint)
    return False


def _column(key: str, node: YamlNode, diagnostics: Diagnostics) -> ColumnName | None:
    """Return the entry *node* for *key*: the name of a column, ``{from: […]}`` or ``{value: …}``."""
    if isinstance(node, YamlText) and node.value:
        return ColumnName((node.value,), "", node.line, node.column)
    if isinstance(node, YamlMap) and len(node.entries) == 1:
        names, value = node.entries.get("from"), node.entries.get("value")
        items = names.items if isinstance(names, YamlList) else (names,)
        texts = tuple(item.value for item in items if isinstance(item, YamlText) and item.value)
        if texts and len(texts) == len(items):
            return ColumnName(texts, "", node.line, node.column)
        if isinstance(value, YamlText) and value.value:
            return ColumnName((), value.value, node.line, node.column)
    hint = say(
        "write {key}: Name of a column, or {{from: [Year, Month, Day]}}, or {{value: the same in each row}}",
        key=key,
    )
    diagnostics.add("TG303", say("{key!r} names no column", key=key), (node.line, node.column), hint)
    return None


# ---------------------------------------------------------------- columns


def plan_columns(
    header: TableRecord,
    given: TableMap | None,
    settings: Settings,
    diagnostics: Diagnostics,
    map_notes: Diagnostics,
) -> TablePlan | None:
    """Return which key each column under *header* gives; what is wrong goes into its *diagnostics*."""
    headers = header.cells
    if len(headers) > _MOST_COLUMNS:
        hint = say("leave out the columns that no key needs; behind the last of them there may be empty ones")
        message = say(
            "the table has {headers:,} columns, and the limit is {most_columns:,}",
            headers=len(headers),
            most_columns=_MOST_COLUMNS,
        )
        diagnostics.add("TG161", message, (1, _MOST_COLUMNS + 1), hint)
        return None
    table_map = given or TableMap()
    # Both, since a table of the site's own may well have a column called Year.
    timeline_js = given is None and {"Headline", "Year"} <= {*headers}
    meant: set[str] = set()
    columns = list(_of_timeline_js(headers)) if timeline_js else []
    columns += _of_map(headers, table_map, settings, map_notes)
    if not timeline_js:
        mapped = {place for column in columns for place in column.places}
        meant = _unknown(headers, mapped, settings, diagnostics) if given is None else set()
        columns += _by_name(headers, mapped, settings)
    language = table_map.language or settings.languages[0].code
    _check_doubled(columns, headers, language, diagnostics)
    # What a broken entry of the map would have given is not missing from the table.
    if not map_notes.broken:
        _check_missing({column.key for column in columns} | meant, diagnostics)
    if diagnostics.broken or map_notes.broken:
        return None
    return TablePlan(tuple(columns), headers, language, table_map.pages, timeline_js)


def _of_timeline_js(headers: Sequence[str]) -> Iterator[Column]:
    for key, names in _TIMELINE_JS.items():
        wanted = (names,) if isinstance(names, str) else names
        places = tuple(headers.index(name) for name in wanted if name in headers)
        if places:
            yield Column(key, "", places)


def _of_map(
    headers: Sequence[str], table_map: TableMap, settings: Settings, diagnostics: Diagnostics
) -> Iterator[Column]:
    for key, source in table_map.columns.items():
        missing = [name for name in source.names if name not in headers]
        for name in missing:
            near = nearest(name, filter(None, headers))
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("its columns are {filter}", filter=", ".join(filter(None, headers)))
            )
            diagnostics.add(
                "TG140",
                say("the table has no column {name!r}", name=name),
                (source.line, source.column),
                hint,
            )
        meant = _meant(key, settings)
        if meant and not missing:
            yield Column(*meant, tuple(headers.index(name) for name in source.names), source.constant)


def _by_name(headers: Sequence[str], mapped: set[int], settings: Settings) -> Iterator[Column]:
    """Yield the columns whose names are keys."""
    for place, name in enumerate(headers):
        key = _meant(name, settings) if place not in mapped else None
        if key:
            yield Column(*key, (place,))


def _unknown(
    headers: Sequence[str], mapped: set[int], settings: Settings, diagnostics: Diagnostics
) -> set[str]:
    """Note the columns whose names are no keys; return the keys that were probably meant."""
    meant: set[str] = set()
    for place, name in enumerate(headers):
        if place in mapped or not name or _meant(name, settings):
            continue
        key, colon, lang = name.partition(":")
        # title:de on a site without German: the name is no slip, and no key is near.
        if colon and key in TEXTS and not _nearest_language(lang, settings):
            codes = ", ".join(language.code for language in settings.languages)
            message = say(
                "{lang!r} in the column {name!r} is not one of the site's languages, which are {codes}",
                lang=lang,
                name=name,
                codes=codes,
            )
            hint = say("add {lang!r} to 'languages:' in site.yaml, or remove the column", lang=lang)
            diagnostics.add("TG309", message, (1, place + 1), hint)
            continue
        near = _nearest_key(name, settings)
        meant.add(near.partition(":")[0])
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("remove it, or say in a map which columns count")
        )
        diagnostics.add("TG136", say("the column {name!r} is unknown", name=name), (1, place + 1), hint)
    return meant


def _nearest_language(lang: str, settings: Settings) -> str:
    return nearest(lang, (language.code for language in settings.languages))


def _check_doubled(
    columns: Sequence[Column], headers: Sequence[str], language: str, diagnostics: Diagnostics
) -> None:
    """Note columns that give one key; a text without a language is in *language*."""
    seen: dict[tuple[str, str], Column] = {}
    for column in columns:
        lang = column.lang or (language if column.key in TEXTS else "")
        first = seen.setdefault((column.key, lang), column)
        if first is not column:
            place = max((*column.places, *first.places), default=0)
            message = say("two columns give the key {key!r}", key=column.key)
            hint = say("rename or remove the column {headers!r}", headers=headers[place]) if headers else ""
            diagnostics.add("TG137", message, (1, place + 1), hint)


def _check_missing(there: set[str], diagnostics: Diagnostics) -> None:
    for key in ("title", "date"):
        if key not in there:
            hint = say(
                "name a column {key!r}, or say which one it is in a map next to the table: {key}: Its name",
                key=key,
            )
            diagnostics.add("TG135", say("the table has no column {key!r}", key=key), (1, 1), hint)


def _meant(name: str, settings: Settings) -> tuple[str, str] | None:
    """Return the key and the language that *name* means; None where it is none."""
    key, colon, lang = name.partition(":")
    if name.startswith(EXTRA) and lang:
        return name, ""
    if not colon:
        return (key, "") if key in _known(settings) else None
    known = any(language.code == lang for language in settings.languages)
    return (key, lang) if known and key in TEXTS else None


def _known(settings: Settings) -> tuple[str, ...]:
    return (*KEYS, *(taxonomy.key for taxonomy in settings.taxonomies))


def _nearest_key(name: str, settings: Settings, more: tuple[str, ...] = ()) -> str:
    codes = [language.code for language in settings.languages]
    start, _, free = name.partition(":")
    if free and nearest(start, ("extra",)):
        return f"{EXTRA}{free}"
    return nearest(name, (*more, *_known(settings), *(f"{key}:{code}" for key in TEXTS for code in codes)))
