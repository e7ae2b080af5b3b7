"""``site.yaml``: what the site says of itself, checked and complete."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.dates.lexicon import lexicon
from timeline_gen.errors import Problem
from timeline_gen.model import Language, Settings, Source, Taxonomy
from timeline_gen.reading import commonmark
from timeline_gen.reading.decoding import decode
from timeline_gen.reading.matter import read_matter, spot_at, spots_of
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.targets import in_pages, policy_of, read_targets
from timeline_gen.reading.yaml_tree import YamlMap
from timeline_gen.schema import LanguageMatter, SiteMatter, TaxonomyMatter, Way, is_taken, nearest
from timeline_gen.text.languages import language
from timeline_gen.text.slugs import slug_fault, slugify

_PLACES: Final = frozenset({"articles", "corrections", "embed", "events"})
"""Folders of the site that hold something else."""
_FIELDS: Final = frozenset({"id", "url", "lang", "earliest", "latest", "summary_lang", "tellings"})
"""What the data of an event say beside what the article does."""
_USUAL: Final = (Taxonomy("people", "person"), Taxonomy("places", "place"), Taxonomy("tags", "tag"))


def parse_settings(source: Source) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Read the settings in *source*; None where a problem is an error."""
    notes = Notes(source.path)
    text, problems = decode(source)
    notes.problems += problems
    if text is None:
        return None, notes.sorted()
    matter, tree = read_matter(text, SiteMatter, notes)
    settings = _settings(matter, tree, notes) if matter else None
    return (None if notes.broken else settings), notes.sorted()


def _settings(matter: SiteMatter, tree: YamlMap, notes: Notes) -> Settings:
    """Make the settings of *matter*; what is wrong is put into *notes*."""
    languages = _languages(matter, tree, notes)
    codes = tuple(language.code for language in languages)

    def texts(key: str) -> dict[str, str]:
        return _texts(getattr(matter, key), codes, (key,), tree, notes)

    targets = read_targets(matter.publish, tree, notes)
    return Settings(
        title=texts("title"),
        url=_url(matter.url, tree, notes),
        languages=languages,
        theme=matter.theme,
        day_order=matter.dates.order or "",
        seasons=matter.dates.seasons,
        taxonomies=_taxonomies(matter.taxonomies, codes, tree, notes),
        translations=matter.translations,
        description=texts("description"),
        logo=PurePosixPath(matter.logo) if matter.logo else None,
        licence=matter.licence,
        publisher=texts("publisher"),
        authors=matter.authors,
        menu=matter.menu,
        footer=matter.footer,
        search=matter.search,
        markdown=_engine(matter.markdown.engine, tree, notes),
        accepted=_accepted(matter, tree, notes),
        fonts=matter.fonts,
        colours=matter.colours,
        accents=matter.accents,
        publish=targets,
        policy=policy_of(matter.search) if any(in_pages(target) for target in targets.values()) else "",
        extra=matter.extra,
        spots=spots_of(tree),
    )


def _accepted(matter: SiteMatter, tree: YamlMap, notes: Notes) -> dict[str, str]:
    """Return why contradictions stand, by event; note a problem for one that is accepted twice."""
    accepted: dict[str, str] = {}
    for number, one in enumerate(matter.accept):
        if one.event in accepted:
            message = f"the event {one.event!r} is accepted twice"
            notes.add("TG311", message, spot_at(tree, ("accept", number)), "remove one of the two")
        accepted.setdefault(one.event, one.reason)
    return accepted


def _engine(name: str, tree: YamlMap, notes: Notes) -> str:
    """Return the Markdown engine *name*; note a problem where it is not installed."""
    if name == "commonmark" and not commonmark.INSTALLED:
        message = f"the Markdown engine {name!r} is not installed"
        hint = 'pip install "timeline-gen[fast]", or write engine: markdown'
        notes.add("TG312", message, spot_at(tree, ("markdown", "engine")), hint)
    return name


def _languages(matter: SiteMatter, tree: YamlMap, notes: Notes) -> tuple[Language, ...]:
    """Return the site's languages, each completed from what is known of it."""
    found: list[Language] = []
    given = matter.languages
    for number, code in enumerate(given):
        way: Way = ("languages", code if isinstance(given, dict) else number)
        options = given[code] if isinstance(given, dict) else LanguageMatter()
        if any(other.code == code for other in found):
            notes.add(
                "TG311", f"the language {code!r} stands twice", spot_at(tree, way), "remove one of the two"
            )
            continue
        _check_months(code, options, (*way, "months"), tree, notes)
        try:
            found.append(language(code, **_options(options)))
        except ValueError as error:
            notes.add("TG309", str(error), spot_at(tree, way), "write a language's code: languages: [ar, en]")
    return tuple(found)


def _check_months(code: str, options: LanguageMatter, way: Way, tree: YamlMap, notes: Notes) -> None:
    """Note a problem if the language *code* has no such names of months as the *options* ask for."""
    words = lexicon(code)
    if not options.months or not words:
        return
    families = (*words.months, "double") if len(words.months) > 1 else tuple(words.months)
    if options.months not in families:
        near = nearest(options.months, families)
        hint = f"did you mean '{near}'?" if near else f"write one of: {', '.join(families)}"
        message = f"the language {code!r} has no months called {options.months!r}"
        notes.add("TG304", message, spot_at(tree, way), hint)


def _options(matter: LanguageMatter) -> dict[str, str]:
    """Return what *matter* sets; the Gregorian calendar is no second one."""
    options = {key: value for key, value in matter if value}
    if options.get("calendar") == "gregorian":
        options["calendar"] = ""
    return options


def _texts(
    value: str | Mapping[str, str] | None, codes: tuple[str, ...], way: Way, tree: YamlMap, notes: Notes
) -> dict[str, str]:
    """Return *value* by language; one text alone serves in all of them."""
    if value is None:
        return {}
    if isinstance(value, str):
        return dict.fromkeys(codes, value)
    for code in value:
        if codes and code not in codes:
            near = nearest(code, codes)
            hint = f"did you mean '{near}'?" if near else f"the site's languages are {', '.join(codes)}"
            notes.add(
                "TG309", f"{code!r} is not one of the site's languages", spot_at(tree, (*way, code)), hint
            )
    return dict(value)


def _url(url: str, tree: YamlMap, notes: Notes) -> str:
    """Return *url* with a slash at its end."""
    if "?" in url or "#" in url:
        message = "the site's address cannot hold '?' or '#', because the pages' addresses follow it"
        notes.add("TG306", message, spot_at(tree, ("url",)), 'write url: "https://example.org/"')
    return url if url.endswith("/") else f"{url}/"


def _taxonomies(
    given: Mapping[str, str | TaxonomyMatter] | None, codes: tuple[str, ...], tree: YamlMap, notes: Notes
) -> tuple[Taxonomy, ...]:
    """Return the ways of listing events; their keys become keys of articles and folders of addresses."""
    if given is None:
        return _USUAL
    found: list[Taxonomy] = []
    kinds: dict[str, str] = {}
    for key, entry in given.items():
        spot = _taxonomy_spot(tree, key)
        kind, name = (entry, None) if isinstance(entry, str) else (entry.kind, entry.name)
        found.append(Taxonomy(key, kind, _texts(name, codes, ("taxonomies", key, "name"), tree, notes)))
        if (first := kinds.setdefault(kind, key)) != key:
            message = f"the taxonomies {first!r} and {key!r} both list what is of the kind {kind!r}"
            notes.add("TG311", message, spot, "give each its own kind, or join the two")
        if is_taken(key):
            message = f"no taxonomy can be called {key!r}, because that key means something else in articles"
            notes.add("TG311", message, spot, "give it another name")
        elif key in _PLACES | _FIELDS:
            message = f"no taxonomy can be called {key!r}, because that means something else in the site"
            notes.add("TG311", message, spot, "give it another name")
        elif fault := slug_fault(key):
            notes.add("TG307", f"{key!r} {fault}", spot, f"write {slugify(key) or 'some-words'}")
    return tuple(found)


def _taxonomy_spot(tree: YamlMap, key: str) -> tuple[int, int]:
    """Return where the *key* of a taxonomy stands."""
    node = tree.entries.get("taxonomies")
    return node.keys.get(key, (node.line, node.column)) if isinstance(node, YamlMap) else (1, 1)
