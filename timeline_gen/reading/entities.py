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
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import check_matter, node_at, position_at, read_map
from timeline_gen.reading.front_matter.parse_context import ParseContext
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
    context, entries = _entries(source, settings, EntitySchema, assets)
    for key, matter, position in entries:
        if matter.kind not in kinds and node_at(context.tree, (key, "kind")) is not None:
            _note_kind(context, key, matter.kind, kinds)
        text = _lines(matter.text, key, context)
        image = read_picture(matter.image, (key, "image"), context) if matter.image else PictureRead({})
        context.plain((key, "other_names"), dict(enumerate(matter.other_names)))
        entity = Entity(
            id=key,
            kind=matter.kind,
            names=_names(matter.name, key, context),
            other_names=matter.other_names,
            text=text.html,
            links=text.links + image.links,
            assets=text.assets + image.assets,
            wikidata=matter.wikidata or "",
            website=matter.website or "",
            coordinates=matter.coordinates,
            image=image.media,
            extra=matter.extra,
            position=position,
            aliases=context.slugs(matter.aliases, (key, "aliases")),
            alias_positions=tuple(
                position_at(context.tree, (key, "aliases", n)) for n in range(len(matter.aliases))
            ),
        )
        entities.append(entity)
    broken = context.broken_entries()
    return tuple(entity for entity in entities if entity.id not in broken), context.diagnostics.sorted()


def parse_eras(
    source: Source, settings: Settings, *, assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS
) -> tuple[tuple[Era, ...], tuple[Problem, ...]]:
    """Read the named spans in *source*, ``content/eras.yaml``; *assets* are the files that it mentions."""
    eras = []
    context, entries = _entries(source, settings, EraSchema, assets)
    for key, matter, position in entries:
        names = _names(matter.name, key, context)
        when = context.when(matter.date, (key, "date"))
        if when and when.kind is DateKind.UNDATED:
            hint = say("write date: 1914/1918, from its beginning to its end")
            context.diagnostics.add(
                "TG304", say("an era needs a date"), position_at(context.tree, (key, "date")), hint
            )
        elif when:
            text = _lines(matter.text, key, context)
            eras.append(Era(key, names, when, text.html, text.links, text.assets, position=position))
    broken = context.broken_entries()
    return tuple(era for era in eras if era.id not in broken), context.diagnostics.sorted()


def parse_sources(source: Source, settings: Settings) -> tuple[dict[str, Citation], tuple[Problem, ...]]:
    """Read the sources that articles name by id, in *source*, ``content/sources.yaml``."""
    context, entries = _entries(source, settings, CitationSchema)
    citations = {key: context.citation(matter, (key,)) for key, matter, _ in entries}
    return citations, context.diagnostics.sorted()


def _entries(
    source: Source,
    settings: Settings,
    schema: type[AnySchema],
    assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS,
) -> tuple[ParseContext, list[tuple[str, AnySchema, Position]]]:
    """Read a file whose top-level keys are ids; return its context, and its entries with their positions."""
    diagnostics = Diagnostics(source.path)
    text, problems = decode(source)
    diagnostics.problems += problems
    tree = read_map(text, diagnostics) if text is not None else None
    tree = tree or YamlMap({}, {}, 1, 1)
    context = ParseContext(diagnostics, settings, settings.languages[0].code, assets, tree)
    return context, list(_checked(tree, schema, context))


def _checked(
    tree: YamlMap, schema: type[AnySchema], context: ParseContext
) -> Iterator[tuple[str, AnySchema, Position]]:
    """Yield each entry of *tree* that can be read, with its id in form NFC."""
    for key, node in tree.entries.items():
        position = tree.keys[key]
        if fault := slug_fault(key):
            hint = say("write {key}", key=slugify(key) or "some-words")
            context.diagnostics.add("TG307", say("{key!r} {fault}", key=key, fault=fault), position, hint)
        if not isinstance(node, YamlMap):
            message = say("{key!r} must be a mapping of keys and values", key=key)
            place = (node.line, node.column)
            context.diagnostics.add("TG303", message, place, say("write the keys below it, indented"))
            continue
        matter = check_matter(node, schema, context.diagnostics)
        if matter is not None:
            yield key, matter, position


def _everywhere(value: str | Mapping[str, str] | None, context: ParseContext) -> dict[str, str]:
    """Return *value* by language; a single text serves all languages of the site."""
    if value is None:
        return {}
    return dict.fromkeys(context.codes, value) if isinstance(value, str) else dict(value)


class _Text(NamedTuple):
    """The text of an entry as HTML by language, with the links in it and the files that it links to."""

    html: dict[str, str]
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()


def _lines(value: str | Mapping[str, str] | None, key: str, context: ParseContext) -> _Text:
    """Return the text of the entry *key*."""
    if value is None:
        return _Text({})
    if isinstance(value, str):
        # A text for all languages is in none that is known: nothing in it is isolated or set.
        line = context.line(value, (key, "text"), lang="")
        return _Text(dict.fromkeys(context.codes, line.html), line.links, line.assets)
    _note_languages(value, (key, "text"), context)
    lines = {lang: context.line(text, (key, "text", lang), lang=lang) for lang, text in value.items()}
    links = tuple(link for line in lines.values() for link in line.links)
    assets = tuple(asset for line in lines.values() for asset in line.assets)
    return _Text({lang: line.html for lang, line in lines.items()}, links, assets)


def _names(value: str | Mapping[str, str], key: str, context: ParseContext) -> dict[str, str]:
    """Return what the entry *key* is called, by language; note a problem where that is nothing."""
    names = _everywhere(value, context)
    if isinstance(value, str):
        context.plain((key,), {"name": value})
    else:
        context.plain((key, "name"), value)
        _note_languages(value, (key, "name"), context)
    if not names:
        hint = say("write name: {en: Doha, ar: الدوحة}")
        context.diagnostics.add(
            "TG305", say("'name' is empty"), position_at(context.tree, (key, "name")), hint
        )
    return names


def _note_languages(value: Mapping[str, str], path: KeyPath, context: ParseContext) -> None:
    """Note the languages in *value* that the site does not have, where it lacks one that the site has.

    An entities file may serve several sites; only where a text is missing may such a code be a slip.
    """
    missing = [code for code in context.codes if code not in value]
    for code in value.keys() - set(context.codes) if missing else ():
        near = nearest(code, missing)
        known = say("the site's languages are {codes}", codes=", ".join(context.codes))
        message = say(
            "{code!r} is not one of the site's languages, and there is no text in {missing!r}",
            code=code,
            missing=missing[0],
        )
        hint = say("did you mean '{near}'?", near=near) if near else known
        context.diagnostics.add(
            "TG309", message, position_at(context.tree, (*path, code)), hint, level=Level.WARNING
        )


def _note_kind(context: ParseContext, key: str, kind: str, kinds: Collection[str]) -> None:
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
    context.diagnostics.add("TG304", message, position_at(context.tree, (key, "kind")), hint, level=level)
