"""Rows of a table into events: each row is read as the front matter of an event's own file would be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.keys import digest_of, key_of
from timeline_gen.messages import say
from timeline_gen.model.articles import OWN_FILE, OWN_ROW, ArticleVersion
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body
from timeline_gen.model.dates import DateKind, When
from timeline_gen.model.settings import Settings
from timeline_gen.reading.article import event_article
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import check_matter
from timeline_gen.reading.front_matter.parse_context import ParseContext
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.prose.text_links import event_address
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.reading.table_columns import DATES, EXTRA, LISTS, TEXTS, TablePlan
from timeline_gen.reading.table_rows import TableRecord
from timeline_gen.schema.articles import event_file_schema
from timeline_gen.text.slugs import slugify

MOST_PROBLEMS: Final = 1_000
"""Of one stretch of rows: what is wrong in each row of a table is one mistake."""
_NO_BODY: Final = Body("", "")
_MEDIA: Final = {
    "media_alt": "alt",
    "media_caption": "caption",
    "media_credit": "credit",
    "media_captions": "captions",
    "media_transcript": "transcript",
}
_SPLIT: Final = re.compile("[;؛]")
_COMMA: Final = {"tags": re.compile("[,،]")}
"""What divides names in the lists of other programs; a comma of Latin letters is also within names."""
_ARABIC_COMMA: Final = re.compile("،")
_ID_DIGITS: Final = 10


class RowValues(NamedTuple):
    """The values of a row: its facts, and its texts by language; each text with its column, from 1 on."""

    facts: dict[str, YamlText]
    texts: dict[str, dict[str, YamlText]]
    record: TableRecord


@dataclass(frozen=True, slots=True)
class TableContext:
    """What all rows of a table are read with."""

    path: PurePosixPath
    plan: TablePlan
    settings: Settings
    assets: Mapping[PurePosixPath, Asset]
    basis: str
    """The hash of plan and settings: with it, that of a row covers all that its events are made of."""


def parse_rows(
    records: Sequence[TableRecord], table: TableContext
) -> tuple[tuple[ArticleVersion, ...], tuple[Problem, ...]]:
    """Return an article for each row in *records* and each language, and what is wrong."""
    articles: list[ArticleVersion] = []
    problems: list[Problem] = []
    typeset = False  # which is reported once for a table
    for record in records:
        diagnostics = Diagnostics(table.path)
        articles += _row(record, table, diagnostics)
        found = [problem for problem in diagnostics.problems if problem.code != "TG439" or not typeset]
        typeset = typeset or any(problem.code == "TG439" for problem in found)
        problems += (_in_row(problem, record, table.plan) for problem in found)
        if len(problems) >= MOST_PROBLEMS:
            problems.append(_too_many(record, table))
            break
    return tuple(articles), tuple(problems)


def _too_many(record: TableRecord, table: TableContext) -> Problem:
    message = say(
        "the rows after row {number:,} are not read: there are {most_problems:,} problems before",
        number=record.number,
        most_problems=MOST_PROBLEMS,
    )
    hint = say("mend those first; one column may be meant for another key")
    return Problem("TG144", message, Place(table.path, record.line), hint)


def _in_row(problem: Problem, record: TableRecord, plan: TablePlan) -> Problem:
    """Return *problem* with the number of its row and the name of its column ahead."""
    column = problem.place.column
    if column > len(plan.headers):
        where = say("row {number:,}", number=record.number)
        place = Place(problem.place.path, problem.place.line)
    else:
        where, place = (
            say("row {number:,}, column {headers!r}", number=record.number, headers=plan.headers[column - 1]),
            problem.place,
        )
    return replace(
        problem, message=say("{where}: {message}", where=where, message=problem.message), place=place
    )


def _row(record: TableRecord, table: TableContext, diagnostics: Diagnostics) -> Iterator[ArticleVersion]:
    plan = table.plan
    # A comma in a cell without quotation marks moves all that follows by a column.
    if any(record.cells[len(plan.headers) :]):
        hint = say("put a cell with a comma or a line break in it between quotation marks")
        message = say(
            "there are {cells} cells, and {headers} columns",
            cells=len(record.cells),
            headers=len(plan.headers),
        )
        diagnostics.add("TG138", message, (record.line, len(plan.headers) + 1), hint)
        return
    row = _values(record, plan)
    kind = row.facts.pop("type").value if "type" in row.facts else ""
    if kind in {"title", "era"}:
        _note_kind(kind, record, plan, diagnostics)
        return
    main = _main_language(row, plan, table.settings)
    event = _id(row, main, table)
    langs = [main, *(lang for lang in row.texts if lang != main)]
    for lang in langs:
        article = _article(row, lang, event, table, diagnostics, whole=lang == main)
        if article is not None:
            yield article


def _note_kind(kind: str, record: TableRecord, plan: TablePlan, diagnostics: Diagnostics) -> None:
    what = say("the title of a timeline") if kind == "title" else say("an era")
    hint = say("write it into content/eras.yaml") if kind == "era" else ""
    position = (record.line, plan.headers.index("Type") + 1)
    diagnostics.add(
        "TG143",
        say("the row is {what} and no event, and is left out", what=what),
        position,
        hint,
        level=Level.INFO,
    )


def _values(record: TableRecord, plan: TablePlan) -> RowValues:
    """Return the values of *record* by *plan*, without what is empty."""
    facts: dict[str, YamlText] = {}
    texts: dict[str, dict[str, YamlText]] = {}
    for key, lang, places, constant in plan.columns:
        cells = [record.cells[place] if place < len(record.cells) else "" for place in places]
        value = constant or (_joined(key, cells, plan) if len(cells) > 1 else cells[0])
        if not value:
            continue
        first = next((place for place, cell in zip(places, cells, strict=True) if cell), len(plan.headers))
        node = YamlText(value, record.line, first + 1, -1)
        if key in TEXTS:
            texts.setdefault(lang or plan.language, {})[key] = node
        else:
            facts[key] = node
    return RowValues(facts, texts, record)


def _joined(key: str, cells: Sequence[str], plan: TablePlan) -> str:
    """Return *cells* as one value; those of a date are its year, month, day and time."""
    if key not in DATES:
        return " ".join(filter(None, cells))
    year, month, day, time = (*cells, "", "", "")[:4]
    if not year:
        return ""
    # "May" is read as a date of words, by the language of the table.
    if month and not month.isdecimal():
        return " ".join(filter(None, (day, month, year, time)))
    if year.startswith("-") and plan.timeline_js and year[1:].isdecimal():
        year = str(1 - int(year[1:]))  # its years before Christ have no year 0
    sign, digits = ("-", year[1:]) if year.startswith("-") else ("", year)
    days = "-".join([f"{sign}{digits.zfill(4)}", *(part.zfill(2) for part in (month, day) if part)])
    return f"{days} {time}" if time else days


def _main_language(row: RowValues, plan: TablePlan, settings: Settings) -> str:
    """Return the language of the version that states the facts: the table's, else the first with a title."""
    codes = [plan.language, *(language.code for language in settings.languages)]
    return next((code for code in codes if "title" in row.texts.get(code, {})), plan.language)


def _id(row: RowValues, main: str, table: TableContext) -> str:
    """Return the id of the row's event: its own, else one made of the table's name, its date and title."""
    if "id" in row.facts:
        return row.facts["id"].value
    title = row.texts.get(main, {}).get("title")
    date = row.facts.get("date") or row.facts.get("end")
    # Not the number of the row: rows are sorted and inserted, and an address must stay.
    values = f"{date.value if date else ''}\0{title.value if title else ''}"
    digest = digest_of(values.encode()).hex()[:_ID_DIGITS]
    return f"{slugify(table.path.stem) or 'table'}-{digest}"


def _article(
    row: RowValues, lang: str, event: str, table: TableContext, diagnostics: Diagnostics, *, whole: bool
) -> ArticleVersion | None:
    """Return the values of *row* in *lang*, its facts included where it is *whole*."""
    tree = _tree(row, lang, table, whole=whole)
    address = event_address(lang, event)
    context = ParseContext(diagnostics, table.settings, lang, table.assets, tree, address, is_event=True)
    if whole:
        if "id" in row.facts:
            context = replace(context, tree=YamlMap({"id": row.facts["id"]}, {}, tree.line, tree.column))
            context.slug(event, ("id",))
        _note_commas(row, table.settings, diagnostics)
        tree = _with_span(row, tree, replace(context, tree=_plain_map(row, tree)))
        context = replace(context, tree=tree)
    schema = event_file_schema(tuple(taxonomy.key for taxonomy in table.settings.taxonomies))
    matter = check_matter(tree, schema, diagnostics)
    if matter is None:
        return None
    if whole and "end" in row.facts:
        # The days of a span that was put together are Gregorian by now.
        matter = matter.model_copy(update={"calendar": None})
    article = event_article(matter, context, event, _NO_BODY)
    if diagnostics.broken:
        return None
    shown = [asset for telling in article.events for asset in telling.assets]
    digest = key_of(table.path, table.basis, lang, event, row.record.cells, shown)
    slug = f"{OWN_FILE}{event}{OWN_ROW}{table.path.stem}"
    has_page = table.plan.pages
    return replace(article, slug=slug, digest=digest, body_hash="", has_text=False, has_page=has_page)


def _plain_map(row: RowValues, tree: YamlMap) -> YamlMap:
    return YamlMap(dict(row.facts), {}, tree.line, tree.column)


def _note_commas(row: RowValues, settings: Settings, diagnostics: Diagnostics) -> None:
    """Note the lists of names that are divided by commas, and therefore are read as one name."""
    for key in (taxonomy.key for taxonomy in settings.taxonomies):
        node = row.facts.get(key)
        if node is None or _SPLIT.search(node.value):
            continue
        if comma := _COMMA.get(key, _ARABIC_COMMA).search(node.value):
            diagnostics.add(
                "TG146",
                say("{value!r} is read as one name: a comma divides none", value=node.value),
                (node.line, node.column),
                say("if they are several, write ';' in place of '{comma}'", comma=comma[0]),
                level=Level.INFO,
            )


def _tree(row: RowValues, lang: str, table: TableContext, *, whole: bool) -> YamlMap:
    """Return the values of *row* in *lang* as front matter; its position is behind the last column."""
    line, behind = row.record.line, len(table.plan.headers) + 1
    entries: dict[str, YamlNode] = {}
    texts, facts = row.texts.get(lang, {}), row.facts
    entries |= {key: node for key, node in texts.items() if key not in _MEDIA}
    media = {_MEDIA[key]: node for key, node in texts.items() if key in _MEDIA}
    if "media" in facts and (whole or media):
        poster = {"poster": facts["media_poster"]} if "media_poster" in facts else {}
        entries["media"] = _map({"src": facts["media"], **poster, **media}, facts["media"])
    if whole:
        lists = {*LISTS, *(taxonomy.key for taxonomy in table.settings.taxonomies)}
        for key, node in facts.items():
            if key in lists:
                entries[key] = _list(node)
            elif key not in _ELSEWHERE and not key.startswith(EXTRA):
                entries[key] = node
        source = {name: facts[key] for key, name in (("source", "name"), ("url", "url")) if key in facts}
        if source:
            entries["source"] = _map(source, next(iter(source.values())))
        free = {key.removeprefix(EXTRA): node for key, node in facts.items() if key.startswith(EXTRA)}
        if free:
            entries["extra"] = _map(free, next(iter(free.values())))
    keys = {key: (node.line, node.column) for key, node in entries.items()}
    return YamlMap(entries, keys, line, behind)


_ELSEWHERE: Final = frozenset({"id", "end", "media", "media_poster", "source", "url"})
"""Keys of rows that are no keys of front matter, or are put together with others."""


def _map(entries: Mapping[str, YamlText], first: YamlText) -> YamlMap:
    keys = {key: (node.line, node.column) for key, node in entries.items()}
    return YamlMap(dict(entries), keys, first.line, first.column)


def _list(node: YamlText) -> YamlList:
    parts = (part.strip() for part in _SPLIT.split(node.value))
    items = tuple(node._replace(value=part) for part in parts if part)
    return YamlList(items, node.line, node.column)


# ---------------------------------------------------------------- spans


def _with_span(row: RowValues, tree: YamlMap, context: ParseContext) -> YamlMap:
    """Return *tree* with the date that ``date`` and ``end`` of *row* make together."""
    end = row.facts.get("end")
    if end is None:
        return tree
    on = _published(row, context.settings)
    calendar = row.facts["calendar"].value if "calendar" in row.facts else ""
    start = row.facts.get("date")
    first = context.when(start.value, ("date",), on=on, calendar=calendar) if start else None
    last = context.when(end.value, ("end",), on=on, calendar=calendar)
    if last is None or (start and first is None):
        return tree
    for when, node in ((first, start), (last, end)):
        if when and node and not _is_single(when):
            hint = say("write the whole span under 'date', and leave the end empty")
            context.diagnostics.add(
                "TG201", say("{value!r} is no single date", value=node.value), (node.line, node.column), hint
            )
            return tree
    values = YamlText(f"{first.edtf if first else ''}/{last.edtf}", end.line, end.column, -1)
    return tree._replace(entries={**tree.entries, "date": values})


def _is_single(when: When) -> bool:
    return when.kind is DateKind.POINT and not when.members and bool(when.edtf)


def _published(row: RowValues, settings: Settings) -> int | None:
    if "published" in row.facts:
        with suppress(ValueError):
            return read_stamp(row.facts["published"].value, settings.timezone).day
    return None


def twice(articles: Sequence[ArticleVersion]) -> Iterator[Problem]:
    """Yield a problem for each of *articles*, the rows of one table, whose event another row has."""
    seen: dict[tuple[str, str], ArticleVersion] = {}
    for article in articles:
        first = seen.setdefault((article.slug, article.lang), article)
        if first is not article and article.positions.get("") != first.positions.get(""):
            here, there = (
                Place(version.path, version.positions.get("", (1, 1))[0]) for version in (article, first)
            )
            event = article.events[0].event
            yield Problem(
                "TG133",
                say(
                    "the event {event!r} is in the table a second time; it was in line {line:,} before",
                    event=event,
                    line=there.line,
                ),
                here,
                say("join the two rows, or give this one an id of its own in a column 'id'"),
                related=(there,),
                about=event,
            )
