"""What all articles share: people and places, eras, and sources, each in a file of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from timeline_gen.errors import Level, Problem
from timeline_gen.model import Citation, Entity, Era, Kind, Settings, Source, Spot
from timeline_gen.reading.decoding import decode
from timeline_gen.reading.desk import Desk
from timeline_gen.reading.matter import check_matter, read_map, spot_at
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.yaml_tree import YamlMap
from timeline_gen.schema import CitationMatter, EntityMatter, EraMatter, Matter, nearest
from timeline_gen.text.slugs import slug_fault, slugify


def parse_entities(source: Source, settings: Settings) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Read the people, places and other entities in *source*, ``content/entities.yaml``."""
    kinds = {taxonomy.kind for taxonomy in settings.taxonomies}
    entities = []
    desk, entries = _entries(source, settings, EntityMatter)
    for key, matter, spot in entries:
        if matter.kind not in kinds:
            _note_kind(desk, key, matter.kind, kinds)
        entity = Entity(
            id=key,
            kind=matter.kind,
            names=_names(matter.name, key, desk),
            other_names=matter.other_names,
            text=_everywhere(matter.text, desk),
            wikidata=matter.wikidata or "",
            website=matter.website or "",
            coordinates=matter.coordinates,
            spot=spot,
        )
        entities.append(entity)
    return tuple(entities), desk.notes.sorted()


def parse_eras(source: Source, settings: Settings) -> tuple[tuple[Era, ...], tuple[Problem, ...]]:
    """Read the named spans in *source*, ``content/eras.yaml``."""
    eras = []
    desk, entries = _entries(source, settings, EraMatter)
    for key, matter, spot in entries:
        names = _names(matter.name, key, desk)
        when = desk.when(matter.date, (key, "date"))
        if when and when.kind is Kind.UNDATED:
            hint = "write date: 1914/1918, from its beginning to its end"
            desk.notes.add("TG304", "an era needs a date", spot_at(desk.tree, (key, "date")), hint)
        elif when:
            eras.append(Era(key, names, when, _everywhere(matter.text, desk), spot))
    return tuple(eras), desk.notes.sorted()


def parse_sources(source: Source, settings: Settings) -> tuple[dict[str, Citation], tuple[Problem, ...]]:
    """Read the sources that articles name by id, in *source*, ``content/sources.yaml``."""
    desk, entries = _entries(source, settings, CitationMatter)
    citations = {key: desk.citation(matter, (key,)) for key, matter, _ in entries}
    return citations, desk.notes.sorted()


def _entries(
    source: Source, settings: Settings, schema: type[Matter]
) -> tuple[Desk, list[tuple[str, Matter, Spot]]]:
    """Read a file whose top-level keys are ids; return its desk, and each entry with the place of its id."""
    notes = Notes(source.path)
    text, problems = decode(source)
    notes.problems += problems
    tree = read_map(text, notes) if text is not None else None
    tree = tree or YamlMap({}, {}, 1, 1)
    desk = Desk(notes, settings, settings.languages[0].code, {}, tree)
    return desk, list(_checked(tree, schema, desk))


def _checked(tree: YamlMap, schema: type[Matter], desk: Desk) -> Iterator[tuple[str, Matter, Spot]]:
    """Yield each entry of *tree* that can be read, with its id in form NFC."""
    for key, node in tree.entries.items():
        spot = tree.keys[key]
        if fault := slug_fault(key):
            hint = f"write {slugify(key) or 'some-words'}"
            desk.notes.add("TG307", f"{key!r} {fault}", spot, hint)
        if not isinstance(node, YamlMap):
            message = f"{key!r} must be a mapping of keys and values"
            place = (node.line, node.column)
            desk.notes.add("TG303", message, place, "write the keys below it, indented")
            continue
        matter = check_matter(node, schema, desk.notes)
        if matter is not None:
            yield key, matter, spot


def _everywhere(value: str | Mapping[str, str] | None, desk: Desk) -> dict[str, str]:
    """Return *value* by language; one text alone serves in all of the site's."""
    if value is None:
        return {}
    return dict.fromkeys(desk.codes, value) if isinstance(value, str) else dict(value)


def _names(value: str | Mapping[str, str], key: str, desk: Desk) -> dict[str, str]:
    """Return what the entry *key* is called, by language; note a problem where that is nothing."""
    names = _everywhere(value, desk)
    if not names:
        hint = "write name: {en: Doha, ar: الدوحة}"
        desk.notes.add("TG305", "'name' is empty", spot_at(desk.tree, (key, "name")), hint)
    return names


def _note_kind(desk: Desk, key: str, kind: str, kinds: Collection[str]) -> None:
    """Note that no list of the site takes entities of *kind*."""
    near = nearest(kind, sorted(kinds))
    known = ", ".join(sorted(kinds))
    hint = f"did you mean '{near}'?" if near else f"write one of {known}, or add a taxonomy to site.yaml"
    message = f"no taxonomy of the site lists entities of the kind {kind!r}"
    level = Level.ERROR if near else Level.WARNING
    desk.notes.add("TG304", message, spot_at(desk.tree, (key, "kind")), hint, level=level)
