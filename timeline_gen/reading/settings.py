"""``site.yaml``: the settings of the site, checked and complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.codes import CODES
from timeline_gen.dates.words import lexicon
from timeline_gen.errors import Level, Problem
from timeline_gen.messages import say
from timeline_gen.model.assets import Media
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Language, MenuEntry, Settings, Silence, Taxonomy
from timeline_gen.reading.cover import cover_of
from timeline_gen.reading.file_kinds import read_file_kinds
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import is_empty, position_at, positions_of, read_matter
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.reading.menus import read_menu
from timeline_gen.reading.old_paths import read_redirects
from timeline_gen.reading.prose import commonmark
from timeline_gen.reading.prose.line_faults import note_marks
from timeline_gen.reading.publish_targets import in_pages, policy_hosts, policy_of, read_targets
from timeline_gen.schema.articles import is_taken
from timeline_gen.schema.faults import KeyPath
from timeline_gen.schema.media import PictureSchema
from timeline_gen.schema.site import (
    AcceptedSchema,
    LanguageSchema,
    MenuLink,
    SilenceSchema,
    SiteSchema,
    TaxonomySchema,
)
from timeline_gen.text.languages import LanguageOptions, language
from timeline_gen.text.slugs import slug_fault, slugify
from timeline_gen.text.suggestions import nearest
from timeline_gen.text.zones import near_zone, zone_names

_PLACES: Final = frozenset({"articles", "corrections", "embed", "events"})
"""Folders of the site that hold something else."""
_FIELDS: Final = frozenset({"id", "url", "lang", "earliest", "latest", "summary_lang", "tellings"})
"""Keys of an event's data that are not those of an article."""
_USUAL: Final = (Taxonomy("people", "person"), Taxonomy("places", "place"), Taxonomy("tags", "tag"))


def parse_settings(source: Source) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Read the settings in *source*; None where the content cannot be read by them.

    With an error that decides nothing about that, such as an unknown key, they hold what is right: so that
    what is wrong with the content is reported in the same run.
    """
    diagnostics = Diagnostics(source.path)
    text, problems = decode(source)
    diagnostics.problems += problems
    if text is None:
        return None, diagnostics.sorted()
    matter, tree = read_matter(text, SiteSchema, diagnostics)
    settings = _settings(matter, tree, diagnostics) if matter else None
    return (None if _decisive(diagnostics.problems, tree) else settings), diagnostics.sorted()


_DECISIVE: Final = frozenset({"languages", "taxonomies", "dates", "markdown", "timezone"})
"""The keys without which the content is read as something else."""


def _decisive(problems: Iterable[Problem], tree: YamlMap) -> bool:
    """Return whether one of *problems* keeps the content from being read."""
    # Below TG3 the text or its YAML is at fault, and no key can be relied on.
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    given = tree.entries.get("languages")
    # Without languages each file would have a problem of its own: that its language is unknown.
    missing = not given.entries if isinstance(given, YamlMap) else given is None or is_empty(given)
    if missing or any(problem.code < "TG3" for problem in errors):
        return True
    return any(_meant(problem.place.line, tree) in _DECISIVE for problem in errors)


def _meant(line: int, tree: YamlMap) -> str:
    """Return the key of *tree* that a problem on *line* belongs to, as it was probably meant."""
    keys = [key for key, position in tree.keys.items() if position[0] <= line]
    key = keys[-1] if keys else ""
    return key if key in SiteSchema.model_fields else nearest(key, SiteSchema.model_fields)


def _settings(matter: SiteSchema, tree: YamlMap, diagnostics: Diagnostics) -> Settings:
    """Make the settings of *matter*; what is wrong is put into *diagnostics*."""
    languages = _languages(matter, tree, diagnostics)
    codes = tuple(language.code for language in languages)

    def texts(key: str) -> dict[str, str]:
        return _texts(getattr(matter, key), codes, (key,), tree, diagnostics)

    def menu(given: Iterable[str | MenuLink], key: str) -> tuple[MenuEntry, ...]:
        return read_menu(
            given, (key,), lambda text, path: _texts(text, codes, path, tree, diagnostics), tree, diagnostics
        )

    targets = read_targets(matter.publish, tree, diagnostics)
    hosts = policy_hosts(matter.policy, tree, diagnostics)
    taxonomies = _taxonomies(matter.taxonomies, codes, tree, diagnostics)
    redirects, redirect_positions = read_redirects(matter.redirects, matter.url, tree, diagnostics)
    return Settings(
        title=texts("title"),
        url=_url(matter.url, tree, diagnostics),
        languages=languages,
        theme=matter.theme if isinstance(matter.theme, str) else matter.theme.name,
        theme_trusted=isinstance(matter.theme, str) or matter.theme.trusted,
        day_order=matter.dates.order or "",
        seasons=matter.dates.seasons,
        timezone=_timezone(matter.timezone, tree, diagnostics),
        taxonomies=taxonomies,
        translations=matter.translations,
        description=texts("description"),
        logo=PurePosixPath(matter.logo) if matter.logo else None,
        cover=_cover(matter.cover, codes, tree, diagnostics),
        licence=matter.licence,
        publisher=texts("publisher"),
        authors=matter.authors,
        home=matter.home,
        menu=None if matter.menu is None else menu(matter.menu, "menu"),
        footer=menu(matter.footer, "footer"),
        search=matter.search,
        timeline_order=matter.timeline.order,
        timeline_rows=_rows(matter.timeline.rows, taxonomies, tree, diagnostics),
        map_borders=matter.map.borders,
        embeds=matter.embeds,
        data_from=matter.data.from_,
        markdown=_engine(matter.markdown.engine, tree, diagnostics),
        file_kinds=read_file_kinds(matter.file_kinds, tree, diagnostics),
        typography=matter.markdown.typography,
        accepted=_accepted(matter.accept, tree, diagnostics),
        silence=_silence(matter.silence, tree, diagnostics),
        fonts=matter.fonts,
        colours=matter.colours,
        accents=matter.accents,
        redirects=redirects,
        redirect_positions=redirect_positions,
        publish=targets,
        policy_hosts=hosts,
        # Only where a target sends no headers must the pages themselves carry it.
        policy=policy_of(matter.search, hosts) if any(map(in_pages, targets.values())) else "",
        extra=matter.extra,
        positions=positions_of(tree, inside=("colours", "cover", "fonts", "accents")),
    )


def _cover(
    matter: PictureSchema | None, codes: tuple[str, ...], tree: YamlMap, diagnostics: Diagnostics
) -> dict[str, Media]:
    """Return the cover that *matter* describes; its file is looked for among the content."""
    if matter is None:
        return {}
    for key in ("alt", "caption", "credit"):
        _texts(getattr(matter, key), codes, ("cover", key), tree, diagnostics)
    return cover_of(matter, codes)


def _timezone(name: str, tree: YamlMap, diagnostics: Diagnostics) -> str:
    """Return the time zone *name*; note a problem where there is no such zone."""
    if name and name not in zone_names():
        near = near_zone(name)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("write the name of a place: timezone: Asia/Qatar")
        )
        diagnostics.add(
            "TG304", say("there is no time zone {name!r}", name=name), position_at(tree, ("timezone",)), hint
        )
        return ""
    return name


def _engine(name: str, tree: YamlMap, diagnostics: Diagnostics) -> str:
    """Return the Markdown engine *name*; note a problem where it is not installed."""
    if name == "commonmark" and not commonmark.INSTALLED:
        message = say("the Markdown engine {name!r} is not installed", name=name)
        hint = say('pip install "timeline-gen[fast]", or write engine: markdown')
        diagnostics.add("TG312", message, position_at(tree, ("markdown", "engine")), hint)
    return name


def _languages(matter: SiteSchema, tree: YamlMap, diagnostics: Diagnostics) -> tuple[Language, ...]:
    """Return the site's languages, each completed from what is known of it."""
    found: list[Language] = []
    given = matter.languages
    for number, code in enumerate(given):
        path: KeyPath = ("languages", code if isinstance(given, dict) else number)
        options = given[code] if isinstance(given, dict) else LanguageSchema()
        if any(other.code == code for other in found):
            diagnostics.add(
                "TG311",
                say("the language {code!r} is listed twice", code=code),
                position_at(tree, path),
                say("remove one of the two"),
            )
            continue
        _check_months(code, options, (*path, "months"), tree, diagnostics)
        try:
            found.append(language(code, **_options(options)))
        except ValueError as error:
            diagnostics.add(
                "TG309",
                str(error),
                position_at(tree, path),
                say("write a language's code: languages: [ar, en]"),
            )
    return tuple(found)


def _check_months(
    code: str, options: LanguageSchema, path: KeyPath, tree: YamlMap, diagnostics: Diagnostics
) -> None:
    """Note a problem if the language *code* has no such names of months as the *options* ask for."""
    words = lexicon(code)
    if not options.months or not words.months:
        return
    families = (*words.months, "double") if len(words.months) > 1 else tuple(words.months)
    if options.months not in families:
        near = nearest(options.months, families)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("write one of: {families}", families=", ".join(families))
        )
        message = say(
            "the language {code!r} has no months called {months!r}", code=code, months=options.months
        )
        diagnostics.add("TG304", message, position_at(tree, path), hint)


def _options(matter: LanguageSchema) -> LanguageOptions:
    """Return what *matter* sets; the Gregorian calendar is no second one."""
    options: LanguageOptions = {}
    if matter.name:
        options["name"] = matter.name
    if matter.months:
        options["months"] = matter.months
    if matter.digits:
        options["digits"] = matter.digits
    if matter.calendar:
        options["calendar"] = "" if matter.calendar == "gregorian" else matter.calendar
    if matter.eras:
        options["eras"] = matter.eras
    return options


def _texts(
    value: str | Mapping[str, str] | None,
    codes: tuple[str, ...],
    path: KeyPath,
    tree: YamlMap,
    diagnostics: Diagnostics,
) -> dict[str, str]:
    """Return *value* by language; a single text serves all of them."""
    if value is None:
        return {}
    if isinstance(value, str):
        note_marks([(value, position_at(tree, path))], diagnostics)
        return dict.fromkeys(codes, value)
    note_marks(((text, position_at(tree, (*path, code))) for code, text in value.items()), diagnostics)
    for code in value:
        if codes and code not in codes:
            near = nearest(code, codes)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("the site's languages are {codes}", codes=", ".join(codes))
            )
            diagnostics.add(
                "TG309",
                say("{code!r} is not one of the site's languages", code=code),
                position_at(tree, (*path, code)),
                hint,
            )
    return dict(value)


def _url(url: str, tree: YamlMap, diagnostics: Diagnostics) -> str:
    """Return *url* with a slash at its end."""
    if "?" in url or "#" in url:
        message = say("the site's address cannot hold '?' or '#', because the pages' addresses follow it")
        diagnostics.add(
            "TG306", message, position_at(tree, ("url",)), say('write url: "https://example.org/"')
        )
    return url if url.endswith("/") else f"{url}/"


def _taxonomies(
    given: Mapping[str, str | TaxonomySchema] | None,
    codes: tuple[str, ...],
    tree: YamlMap,
    diagnostics: Diagnostics,
) -> tuple[Taxonomy, ...]:
    """Return the ways of listing events; their keys become keys of articles and folders of addresses."""
    if given is None:
        return _USUAL
    found: list[Taxonomy] = []
    kinds: dict[str, str] = {}
    for key, entry in given.items():
        position = _taxonomy_spot(tree, key)
        kind, name = (entry, None) if isinstance(entry, str) else (entry.kind, entry.name)
        found.append(Taxonomy(key, kind, _texts(name, codes, ("taxonomies", key, "name"), tree, diagnostics)))
        # An entity has one kind, by which its page would be in two lists.
        if (first := kinds.setdefault(kind, key)) != key:
            message = say(
                "the taxonomies {first!r} and {key!r} both list what is of the kind {kind!r}",
                first=first,
                key=key,
                kind=kind,
            )
            diagnostics.add("TG311", message, position, say("give each its own kind, or join the two"))
        if is_taken(key):
            message = say(
                "no taxonomy can be called {key!r}, because that key means something else in articles",
                key=key,
            )
            diagnostics.add("TG311", message, position, say("give it another name"))
        elif key in _PLACES | _FIELDS:
            message = say(
                "no taxonomy can be called {key!r}, because that means something else in the site", key=key
            )
            diagnostics.add("TG311", message, position, say("give it another name"))
        elif fault := slug_fault(key):
            diagnostics.add(
                "TG307",
                say("{key!r} {fault}", key=key, fault=fault),
                position,
                say("write {key}", key=slugify(key) or "some-words"),
            )
    return tuple(found)


def _rows(name: str, taxonomies: Iterable[Taxonomy], tree: YamlMap, diagnostics: Diagnostics) -> str:
    """Return the taxonomy *name*; note a problem where the site has no such taxonomy."""
    known = [taxonomy.key for taxonomy in taxonomies]
    if name and name not in known:
        near = nearest(name, known)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("write one of {known}", known=", ".join(known))
        )
        diagnostics.add(
            "TG304",
            say("there is no taxonomy {name!r}", name=name),
            position_at(tree, ("timeline", "rows")),
            hint,
        )
        return ""
    return name


def _taxonomy_spot(tree: YamlMap, key: str) -> tuple[int, int]:
    """Return the position of the *key* of a taxonomy."""
    node = tree.entries.get("taxonomies")
    return node.keys.get(key, (node.line, node.column)) if isinstance(node, YamlMap) else (1, 1)


def _silence(given: Iterable[SilenceSchema], tree: YamlMap, diagnostics: Diagnostics) -> tuple[Silence, ...]:
    """Return the entries *given* in *tree*; a code that does not exist is put into *diagnostics*."""
    found: list[Silence] = []
    for number, entry in enumerate(given):
        code, path = entry.code.upper(), ("silence", number)
        if code in CODES:
            found.append(Silence(code, entry.path, entry.because, position_at(tree, path)))
            continue
        near = nearest(code, CODES)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("the codes are those that check prints, such as TG404")
        )
        diagnostics.add(
            "TG304",
            say("there is no problem with the code {code!r}", code=entry.code),
            position_at(tree, (*path, "code")),
            hint,
        )
    return tuple(found)


def _accepted(given: Iterable[AcceptedSchema], tree: YamlMap, diagnostics: Diagnostics) -> dict[str, str]:
    """Return the reasons of accepted contradictions, by event; an event *given* twice is a problem."""
    accepted: dict[str, str] = {}
    for number, entry in enumerate(given):
        if entry.event in accepted:
            message = say("the event {event!r} is accepted twice", event=entry.event)
            diagnostics.add(
                "TG311", message, position_at(tree, ("accept", number)), say("remove one of the two")
            )
        accepted.setdefault(entry.event, entry.reason)
    return accepted
