"""What all articles share: people and places, eras, and sources, each in a file of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Problem
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation
from timeline_gen.model.files import Source
from timeline_gen.model.links import TextLink
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Spot
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.desk import ParseContext
from timeline_gen.reading.front_matter.matter import check_matter, node_at, read_map, spot_at
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.reading.media import PictureRead, read_picture
from timeline_gen.schema.articles import CitationSchema
from timeline_gen.schema.entities import EntitySchema, EraSchema
from timeline_gen.schema.faults import KeyPath
from timeline_gen.schema.validation import AnySchema
from timeline_gen.text.slugs import slug_fault, slugify
from timeline_gen.text.suggestions import nearest

_NO_ASSETS: Final[Mapping[PurePosixPath, Asset]] = {}


def parse_entities(
    source: Source, settings: Settings, *, assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Read the people, places and other entities in *source*, ``content/entities.yaml``.

    *assets* are those that it mentions, by their paths.
    """
    kinds = {taxonomy.kind for taxonomy in settings.taxonomies}
    entities = []
    desk, entries = _entries(source, settings, EntitySchema, assets)
    for key, matter, spot in entries:
        if matter.kind not in kinds and node_at(desk.tree, (key, "kind")) is not None:
            _note_kind(desk, key, matter.kind, kinds)
        text = _lines(matter.text, key, desk)
        image = read_picture(matter.image, (key, "image"), desk) if matter.image else PictureRead({})
        desk.plain((key, "other_names"), dict(enumerate(matter.other_names)))
        entity = Entity(
            id=key,
            kind=matter.kind,
            names=_names(matter.name, key, desk),
            other_names=matter.other_names,
            text=text.html,
            links=text.links + image.links,
            assets=text.assets + image.assets,
            wikidata=matter.wikidata or "",
            website=matter.website or "",
            coordinates=matter.coordinates,
            image=image.media,
            extra=matter.extra,
            spot=spot,
            aliases=desk.slugs(matter.aliases, (key, "aliases")),
            alias_spots=tuple(spot_at(desk.tree, (key, "aliases", n)) for n in range(len(matter.aliases))),
        )
        entities.append(entity)
    broken = desk.broken_entries()
    return tuple(entity for entity in entities if entity.id not in broken), desk.notes.sorted()


def parse_eras(
    source: Source, settings: Settings, *, assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS
) -> tuple[tuple[Era, ...], tuple[Problem, ...]]:
    """Read the named spans in *source*, ``content/eras.yaml``; *assets* are the files that it mentions."""
    eras = []
    desk, entries = _entries(source, settings, EraSchema, assets)
    for key, matter, spot in entries:
        names = _names(matter.name, key, desk)
        when = desk.when(matter.date, (key, "date"))
        if when and when.kind is DateKind.UNDATED:
            hint = say("write date: 1914/1918, from its beginning to its end")
            desk.notes.add("TG304", say("an era needs a date"), spot_at(desk.tree, (key, "date")), hint)
        elif when:
            text = _lines(matter.text, key, desk)
            eras.append(Era(key, names, when, text.html, text.links, text.assets, spot=spot))
    broken = desk.broken_entries()
    return tuple(era for era in eras if era.id not in broken), desk.notes.sorted()


def parse_sources(source: Source, settings: Settings) -> tuple[dict[str, Citation], tuple[Problem, ...]]:
    """Read the sources that articles name by id, in *source*, ``content/sources.yaml``."""
    desk, entries = _entries(source, settings, CitationSchema)
    citations = {key: desk.citation(matter, (key,)) for key, matter, _ in entries}
    return citations, desk.notes.sorted()


def _entries(
    source: Source,
    settings: Settings,
    schema: type[AnySchema],
    assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS,
) -> tuple[ParseContext, list[tuple[str, AnySchema, Spot]]]:
    """Read a file whose top-level keys are ids; return its desk, and each entry with the place of its id."""
    notes = Diagnostics(source.path)
    text, problems = decode(source)
    notes.problems += problems
    tree = read_map(text, notes) if text is not None else None
    tree = tree or YamlMap({}, {}, 1, 1)
    desk = ParseContext(notes, settings, settings.languages[0].code, assets, tree)
    return desk, list(_checked(tree, schema, desk))


def _checked(
    tree: YamlMap, schema: type[AnySchema], desk: ParseContext
) -> Iterator[tuple[str, AnySchema, Spot]]:
    """Yield each entry of *tree* that can be read, with its id in form NFC."""
    for key, node in tree.entries.items():
        spot = tree.keys[key]
        if fault := slug_fault(key):
            hint = say("write {key}", key=slugify(key) or "some-words")
            desk.notes.add("TG307", say("{key!r} {fault}", key=key, fault=fault), spot, hint)
        if not isinstance(node, YamlMap):
            message = say("{key!r} must be a mapping of keys and values", key=key)
            place = (node.line, node.column)
            desk.notes.add("TG303", message, place, say("write the keys below it, indented"))
            continue
        matter = check_matter(node, schema, desk.notes)
        if matter is not None:
            yield key, matter, spot


def _everywhere(value: str | Mapping[str, str] | None, desk: ParseContext) -> dict[str, str]:
    """Return *value* by language; one text alone serves in all of the site's."""
    if value is None:
        return {}
    return dict.fromkeys(desk.codes, value) if isinstance(value, str) else dict(value)


class _Text(NamedTuple):
    """The text of an entry as HTML by language, with the links in it and the files that it links to."""

    html: dict[str, str]
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()


def _lines(value: str | Mapping[str, str] | None, key: str, desk: ParseContext) -> _Text:
    """Return the text of the entry *key*."""
    if value is None:
        return _Text({})
    if isinstance(value, str):
        line = desk.line(value, (key, "text"), lang="")
        return _Text(dict.fromkeys(desk.codes, line.html), line.links, line.assets)
    _note_languages(value, (key, "text"), desk)
    lines = {lang: desk.line(text, (key, "text", lang), lang=lang) for lang, text in value.items()}
    links = tuple(link for line in lines.values() for link in line.links)
    assets = tuple(asset for line in lines.values() for asset in line.assets)
    return _Text({lang: line.html for lang, line in lines.items()}, links, assets)


def _names(value: str | Mapping[str, str], key: str, desk: ParseContext) -> dict[str, str]:
    """Return what the entry *key* is called, by language; note a problem where that is nothing."""
    names = _everywhere(value, desk)
    if isinstance(value, str):
        desk.plain((key,), {"name": value})
    else:
        desk.plain((key, "name"), value)
        _note_languages(value, (key, "name"), desk)
    if not names:
        hint = say("write name: {en: Doha, ar: الدوحة}")
        desk.notes.add("TG305", say("'name' is empty"), spot_at(desk.tree, (key, "name")), hint)
    return names


def _note_languages(value: Mapping[str, str], way: KeyPath, desk: ParseContext) -> None:
    """Note the languages in *value* that the site does not have, where it lacks one that the site has.

    An entities file may serve several sites; only where a text is missing may such a code be a slip.
    """
    missing = [code for code in desk.codes if code not in value]
    for code in value.keys() - set(desk.codes) if missing else ():
        near = nearest(code, missing)
        known = say("the site's languages are {codes}", codes=", ".join(desk.codes))
        message = say(
            "{code!r} is not one of the site's languages, and there is no text in {missing!r}",
            code=code,
            missing=missing[0],
        )
        hint = say("did you mean '{near}'?", near=near) if near else known
        desk.notes.add("TG309", message, spot_at(desk.tree, (*way, code)), hint, level=Level.WARNING)


def _note_kind(desk: ParseContext, key: str, kind: str, kinds: Collection[str]) -> None:
    """Note that no list of the site takes entities of *kind*."""
    near = nearest(kind, sorted(kinds))
    known = ", ".join(sorted(kinds))
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("write one of {known}, or add a taxonomy to site.yaml", known=known)
    )
    message = say("no taxonomy of the site lists entities of the kind {kind!r}", kind=kind)
    level = Level.ERROR if near else Level.WARNING
    desk.notes.add("TG304", message, spot_at(desk.tree, (key, "kind")), hint, level=level)
