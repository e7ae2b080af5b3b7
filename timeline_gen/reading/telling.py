"""The events in an article's front matter: what the article says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final, TypeAlias

from timeline_gen.model import Citation, Media, Spot, Telling, When
from timeline_gen.reading.desk import Desk
from timeline_gen.reading.matter import node_at, spot_at, spots_of
from timeline_gen.reading.prose import find_picture, note_missing_alt, parse_line
from timeline_gen.reading.yaml_tree import YamlMap
from timeline_gen.schema import EventMatter, MediaMatter, Way

EventLinks: TypeAlias = tuple[tuple[str, Spot], ...]

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def tellings(
    events: Sequence[EventMatter], desk: Desk, *, on: int | None
) -> tuple[tuple[Telling, EventLinks], ...]:
    """Return what the article on the *desk*, published on the day *on*, says of each of its *events*.

    With each telling come the links to events in its summary.
    """
    ways = _ways(events, desk)
    return tuple(_telling(matter, way, desk, on) for matter, way in ways)


def _ways(events: Sequence[EventMatter], desk: Desk) -> Iterator[tuple[EventMatter, Way]]:
    """Yield each event with the way to it, but for those whose id another one has."""
    seen: dict[str, Spot] = {}
    positions = iter(_positions(desk))
    for matter in events:
        way: Way = ("events", next(positions, len(seen)))
        spot = spot_at(desk.tree, (*way, "id"))
        if matter.id in seen:
            message = f"the event {matter.id!r} stands here a second time, after line {seen[matter.id][0]}"
            hint = "join the two, or give this one another id"
            desk.notes.add("TG310", message, spot, hint, related=(seen[matter.id],))
            continue
        seen[matter.id] = spot
        yield matter, way


def _positions(desk: Desk) -> list[int]:
    """Return which items in the list of events are mappings; the schema has refused the others."""
    node = node_at(desk.tree, ("events",))
    items = getattr(node, "items", ())
    return [number for number, item in enumerate(items) if isinstance(item, YamlMap)]


def _telling(matter: EventMatter, way: Way, desk: Desk, on: int | None) -> tuple[Telling, EventLinks]:
    """Return what the article says of one event, and the links in its summary."""
    here = node_at(desk.tree, way)
    engine, spot = desk.settings.markdown, spot_at(desk.tree, (*way, "summary"))
    summary = parse_line(matter.summary, desk.notes, spot, engine=engine)
    telling = Telling(
        event=_id(matter, way, desk),
        when=desk.when(matter.date, (*way, "date"), on=on, calendar=matter.calendar),
        title=matter.title,
        summary=summary.html,
        summary_text=summary.text,
        date_texts=desk.texts(matter.date_text, (*way, "date_text")),
        status=matter.status or "",
        names=desk.names(matter),
        sources=_sources(matter, way, desk),
        media=_media(matter.media, way, desk) if matter.media else None,
        importance=matter.importance,
        order=matter.order,
        sort_date=desk.when(matter.sort_date, (*way, "sort_date"), on=on),
        corrects=desk.slug(matter.corrects, (*way, "corrects")) if matter.corrects else "",
        aliases=desk.slugs(matter.aliases, (*way, "aliases")),
        embargo=desk.stamp(matter.embargo, *way, "embargo"),
        extra=matter.extra,
        spots=spots_of(here) if isinstance(here, YamlMap) else {},
    )
    return replace(telling, digest=_digest(telling, desk.lang)), summary.event_links


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


def _id(matter: EventMatter, way: Way, desk: Desk) -> str:
    """Return the event's id; one that is missing has been noted already."""
    here = node_at(desk.tree, (*way, "id"))
    return desk.slug(matter.id, (*way, "id")) if here is not None else matter.id


def _sources(matter: EventMatter, way: Way, desk: Desk) -> tuple[Citation | str, ...] | None:
    """Return the event's own sources, or None where the article's serves."""
    if matter.sources is None:
        return None
    return tuple(
        source if isinstance(source, str) else desk.citation(source, (*way, "sources", number))
        for number, source in enumerate(matter.sources)
    )


def _media(matter: MediaMatter, way: Way, desk: Desk) -> Media:
    """Return the event's picture, measured, or its embed, which is a web address."""
    spot = spot_at(desk.tree, (*way, "media", "src"))
    picture = None
    if not _WEB.match(matter.src):
        picture = find_picture(matter.src, spot, desk.notes, desk.pictures)
        if not matter.alt:
            note_missing_alt(desk.notes, spot)
    return Media(matter.src, matter.alt, matter.caption, matter.credit, picture)
