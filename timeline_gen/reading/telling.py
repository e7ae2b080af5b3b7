"""The events in an article's front matter: what the article says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.articles import own_event
from timeline_gen.model.dates import When
from timeline_gen.model.events import Citation, Telling
from timeline_gen.model.texts import Spot
from timeline_gen.reading.front_matter.desk import ParseContext
from timeline_gen.reading.front_matter.matter import is_empty, node_at, spot_at, spots_of
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.reading.media import Links, MediaRead, read_files, read_media
from timeline_gen.schema.articles import EventFacts, EventSchema
from timeline_gen.schema.faults import KeyPath

_FAR_AHEAD: Final = 3653
"""Days, which is ten years."""


def tellings(
    events: Sequence[EventSchema], desk: ParseContext, *, on: int | None
) -> tuple[tuple[Telling, Links], ...]:
    """Return what the article on the *desk*, published on the day *on*, says of each of its *events*.

    With each telling come the links in its texts.
    """
    ways = _ways(events, desk)
    return tuple(telling_of(matter, _id(matter, way, desk), way, desk, on=on) for matter, way in ways)


def _ways(events: Sequence[EventSchema], desk: ParseContext) -> Iterator[tuple[EventSchema, KeyPath]]:
    """Yield each event with the way to it, but for those whose id another one has."""
    seen: dict[str, Spot] = {}
    positions = iter(_positions(desk))
    for matter in events:
        way: KeyPath = ("events", next(positions, len(seen)))
        spot = spot_at(desk.tree, (*way, "id"))
        if matter.id in seen:
            message = say(
                "the event {id!r} stands here a second time, after line {seen}",
                id=matter.id,
                seen=seen[matter.id][0],
            )
            hint = say("join the two, or give this one another id")
            desk.notes.add("TG310", message, spot, hint, related=(seen[matter.id],))
            continue
        seen[matter.id] = spot
        yield matter, way


def _positions(desk: ParseContext) -> list[int]:
    """Return which items in the list of events are mappings; the schema has refused the others."""
    node = node_at(desk.tree, ("events",))
    items = getattr(node, "items", ())
    return [number for number, item in enumerate(items) if isinstance(item, YamlMap)]


def telling_of(
    matter: EventFacts, event: str, way: KeyPath, desk: ParseContext, *, on: int | None
) -> tuple[Telling, Links]:
    """Return what *matter*, at *way*, says of the *event*, and the links in its texts."""
    here = node_at(desk.tree, way)
    _note_empty_title(way, desk)
    summary = desk.line(matter.summary, (*way, "summary"))
    found = read_media(matter.media, (*way, "media"), desk) if matter.media else MediaRead()
    files = read_files(matter.files, (*way, "files"), desk) if matter.files else ()
    links = summary.links + found.links
    desk.plain(way, {"title": matter.title})
    telling = Telling(
        event=event,
        when=desk.when(matter.date, (*way, "date"), on=on, calendar=matter.calendar or ""),
        title=matter.title,
        summary=summary.html,
        summary_text=summary.text,
        date_texts=desk.texts(matter.date_text, (*way, "date_text")),
        status=matter.status or "",
        names=desk.names(matter, way),
        sources=_sources(matter, way, desk),
        media=found.media,
        files=files,
        assets=(*found.assets, *(one.asset for one in files), *summary.assets),
        importance=matter.importance,
        order=matter.order,
        sort_date=desk.when(matter.sort_date, (*way, "sort_date"), on=on),
        corrects=_corrected(matter.corrects, (*way, "corrects"), desk),
        aliases=desk.slugs(matter.aliases, (*way, "aliases")),
        embargo=desk.embargo(matter.embargo, *way, "embargo"),
        links=tuple(link.to for link in links),
        extra=matter.extra,
        spots=spots_of(here) if isinstance(here, YamlMap) else {},
    )
    _note_far_ahead(telling, way, desk, on)
    return replace(telling, digest=_digest(telling, desk.lang)), links


_SAID: Final = sorted({*Telling.__dataclass_fields__} - {"when", "sort_date", "spots", "digest"})
_DATED: Final = sorted({*When.__dataclass_fields__} - {"kind", "start", "end", "members"})
"""What a date is; its EDTF decides the rest."""


def _digest(telling: Telling, lang: str) -> bytes:
    """Return the hash of *telling*, in *lang*, but for its places."""
    dates = [
        [getattr(one, name) for name in _DATED] if one else None for one in (telling.when, telling.sort_date)
    ]
    said = (lang, dates, [getattr(telling, name) for name in _SAID])
    return blake2b(repr(said).encode(), digest_size=16).digest()


def _id(matter: EventSchema, way: KeyPath, desk: ParseContext) -> str:
    """Return the event's id; one that is missing has been noted already."""
    here = node_at(desk.tree, (*way, "id"))
    return desk.slug(matter.id, (*way, "id")) if here is not None else matter.id


def _corrected(name: str, way: KeyPath, desk: ParseContext) -> str:
    """Return the slug *name*, at *way*, of the article, or of the event's own file, that is corrected."""
    if name:
        desk.slug(own_event(name) or name, way)
    return name


def _note_far_ahead(telling: Telling, way: KeyPath, desk: ParseContext, on: int | None) -> None:
    """Note an event that lies long after the day *on* of its article, unless it is said to be planned."""
    if on is None or telling.when is None or telling.status == "planned":
        return
    earliest = telling.when.start.lo
    if earliest is not None and earliest > on + _FAR_AHEAD:
        message = say(
            "the event {event!r} lies more than ten years after the article that reports it",
            event=telling.event,
        )
        hint = say("mend the date; if that is meant, write status: planned")
        desk.notes.add("TG541", message, spot_at(desk.tree, (*way, "date")), hint, level=Level.INFO)


def _note_empty_title(way: KeyPath, desk: ParseContext) -> None:
    """Warn of a title that was begun and left empty: readers would see the title of another language."""
    if is_empty(node_at(desk.tree, (*way, "title"))):
        spot = spot_at(desk.tree, (*way, "title"))
        hint = say("write title: A few words, or remove the key")
        desk.notes.add("TG305", say("the event's 'title' is empty"), spot, hint, level=Level.WARNING)


def _sources(matter: EventFacts, way: KeyPath, desk: ParseContext) -> tuple[Citation | str, ...] | None:
    """Return the event's own sources, or None where the article's serves."""
    if matter.sources is None:
        return None
    return tuple(
        source if isinstance(source, str) else desk.citation(source, (*way, "sources", number))
        for number, source in enumerate(matter.sources)
    )
