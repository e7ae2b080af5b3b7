"""The events in an article's front matter: the article's telling of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.articles import own_event
from timeline_gen.model.events import TEXT_FACTS, Citation, Telling
from timeline_gen.model.texts import Position, Texts
from timeline_gen.reading.front_matter.matter import is_empty, node_at, position_at, positions_of
from timeline_gen.reading.front_matter.parse_context import ParseContext
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.reading.media import Links, MediaRead, read_files, read_media
from timeline_gen.schema.articles import EventFacts, EventSchema
from timeline_gen.schema.faults import KeyPath

_FAR_AHEAD: Final = 3653
"""Days, which is ten years."""


def tellings(
    events: Sequence[EventSchema], context: ParseContext, *, on: int | None
) -> tuple[tuple[Telling, Links], ...]:
    """Return the telling of each of the *events* of the article in *context*, published on the day *on*.

    With each telling come the links in its texts.
    """
    paths = _paths(events, context)
    return tuple(
        telling_of(matter, _id(matter, path, context), path, context, on=on) for matter, path in paths
    )


def _paths(events: Sequence[EventSchema], context: ParseContext) -> Iterator[tuple[EventSchema, KeyPath]]:
    """Yield each event with the path to it, but for those whose id another one has."""
    seen: dict[str, Position] = {}
    positions = iter(_positions(context))
    for matter in events:
        path: KeyPath = ("events", next(positions, len(seen)))
        position = position_at(context.tree, (*path, "id"))
        if matter.id in seen:
            message = say(
                "the event {id!r} is here a second time, after line {seen}",
                id=matter.id,
                seen=seen[matter.id][0],
            )
            hint = say("join the two, or give this one another id")
            context.diagnostics.add("TG310", message, position, hint, related=(seen[matter.id],))
            continue
        seen[matter.id] = position
        yield matter, path


def _positions(context: ParseContext) -> list[int]:
    """Return which items in the list of events are mappings; the schema has refused the others."""
    node = node_at(context.tree, ("events",))
    items = getattr(node, "items", ())
    return [number for number, item in enumerate(items) if isinstance(item, YamlMap)]


def telling_of(
    matter: EventFacts, event: str, path: KeyPath, context: ParseContext, *, on: int | None
) -> tuple[Telling, Links]:
    """Return the telling of the *event* in *matter*, at *path*, and the links in its texts."""
    here = node_at(context.tree, path)
    _note_empty_title(path, context)
    summary = context.line(matter.summary, (*path, "summary"))
    found = read_media(matter.media, (*path, "media"), context) if matter.media else MediaRead()
    files = read_files(matter.files, (*path, "files"), context) if matter.files else ()
    links = summary.links + found.links
    context.plain(path, {"title": matter.title})
    telling = Telling(
        event=event,
        when=context.when(matter.date, (*path, "date"), on=on, calendar=matter.calendar or ""),
        title=matter.title,
        summary=summary.html,
        summary_text=summary.text,
        text_facts=_text_facts(matter, path, context),
        status=matter.status or "",
        names=context.names(matter, path),
        sources=_sources(matter, path, context),
        media=found.media,
        files=files,
        assets=(*found.assets, *(file.asset for file in files), *summary.assets),
        importance=matter.importance,
        order=matter.order,
        sort_date=context.when(matter.sort_date, (*path, "sort_date"), on=on),
        corrects=_corrected(matter.corrects, (*path, "corrects"), context),
        aliases=context.slugs(matter.aliases, (*path, "aliases")),
        embargo=context.embargo(matter.embargo, *path, "embargo"),
        links=tuple(link.to for link in links),
        extra=matter.extra,
        positions=positions_of(here) if isinstance(here, YamlMap) else {},
    )
    _note_far_ahead(telling, path, context, on)
    return telling, links


def _id(matter: EventSchema, path: KeyPath, context: ParseContext) -> str:
    """Return the event's id; one that is missing has been noted already."""
    here = node_at(context.tree, (*path, "id"))
    return context.slug(matter.id, (*path, "id")) if here is not None else matter.id


def _corrected(name: str, path: KeyPath, context: ParseContext) -> str:
    """Return the slug *name*, at *path*, of the article, or of the event's own file, that is corrected."""
    if name:
        context.slug(own_event(name) or name, path)
    return name


def _note_far_ahead(telling: Telling, path: KeyPath, context: ParseContext, on: int | None) -> None:
    """Note an event that lies long after the day *on* of its article, unless its status is planned."""
    if on is None or telling.when is None or telling.status == "planned":
        return
    earliest = telling.when.start.lo
    if earliest is not None and earliest > on + _FAR_AHEAD:
        message = say(
            "the event {event!r} lies more than ten years after the article that reports it",
            event=telling.event,
        )
        hint = say("mend the date; if that is meant, write status: planned")
        context.diagnostics.add(
            "TG541", message, position_at(context.tree, (*path, "date")), hint, level=Level.INFO
        )


def _note_empty_title(path: KeyPath, context: ParseContext) -> None:
    """Warn of a title that was begun and left empty: readers would see the title of another language."""
    if is_empty(node_at(context.tree, (*path, "title"))):
        position = position_at(context.tree, (*path, "title"))
        hint = say("write title: A few words, or remove the key")
        context.diagnostics.add(
            "TG305", say("the event's 'title' is empty"), position, hint, level=Level.WARNING
        )


def _text_facts(matter: EventFacts, path: KeyPath, context: ParseContext) -> dict[str, Texts]:
    """Return the facts of *matter*, at *path*, that are texts in several languages."""
    typed = ((key, getattr(matter, key)) for key in TEXT_FACTS)
    return {key: context.texts(value, (*path, key)) for key, value in typed if value is not None}


def _sources(matter: EventFacts, path: KeyPath, context: ParseContext) -> tuple[Citation | str, ...] | None:
    """Return the event's own sources, or None where the article's serves."""
    if matter.sources is None:
        return None
    return tuple(
        source if isinstance(source, str) else context.citation(source, (*path, "sources", number))
        for number, source in enumerate(matter.sources)
    )
