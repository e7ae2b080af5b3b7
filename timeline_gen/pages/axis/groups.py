"""Rows of an axis: the events of a timeline by what they name of one taxonomy (``docs/axis.md``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from timeline_gen.collecting.timeline import Event, EventSummary
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.pages.axis.labels import WIDTHS, room, text_size
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.axis_views import AxisGroup

Groups: TypeAlias = tuple[Entity | None, ...]
"""What the events of each row name; None for all other events, which come last. Empty: there is one row."""

MOST: Final = 6
"""How many groups have a row and a colour; the rest share the last row."""


def groups_of(events: Iterable[EventSummary], taxonomy: str, leading: Sequence[str] = ()) -> Groups:
    """Return the groups of *events*: what most of them name of *taxonomy*, those of the ids *leading* ahead.

    Where fewer than two groups come out, there are none.
    """
    dated = [
        event for event in events if isinstance(event, Event) and event.when.kind is not DateKind.UNDATED
    ]
    named: Counter[EntityKey] = Counter()
    entities: dict[EntityKey, Entity] = {}
    for event in dated:
        for entity in _named(event, taxonomy):
            entities[entity.key] = entity
            named[entity.key] += 1
    ranked = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    order = {name: number for number, name in enumerate(leading)}
    found = [entities[key] for key, _ in ranked]
    found.sort(key=lambda entity: order.get(entity.id, len(order)))
    keys = {entity.key for entity in found}
    others = any(keys.isdisjoint(entity.key for entity in _named(event, taxonomy)) for event in dated)
    groups: Groups = (*found, None) if others else tuple(found)
    return groups if len(groups) > 1 else ()


def group_of(event: EventSummary, groups: Groups) -> int:
    """Return the number of the first of *groups* that *event* names, in the order in which it does."""
    numbers = {entity.key: number for number, entity in enumerate(groups) if entity}
    if not numbers or not isinstance(event, Event):
        return 0
    found = (numbers.get(entity.key) for named in event.named for entity in named.entities)
    return next((number for number in found if number is not None), len(groups) - 1)


def _named(event: Event, taxonomy: str) -> Iterable[Entity]:
    return (entity for named in event.named if named.taxonomy == taxonomy for entity in named.entities)


def group_views(
    groups: Groups,
    marks: Sequence[Sequence[tuple[float, float]]],
    densities: Sequence[tuple[int, str]],
    lang: str,
    site: SiteContext,
) -> tuple[AxisGroup, ...]:
    """Return *groups* with their names, each where it has room between the *marks* of its row.

    *marks* are shares of the width from where time begins; *densities* give how many events each group has,
    and their histogram, over which no name has room.
    """
    mirrored = site.languages[lang].direction == "rtl"
    keys = {taxonomy.kind: taxonomy.key for taxonomy in site.taxonomies}
    views: list[AxisGroup] = []
    for number, (entity, inside, (count, density)) in enumerate(
        zip(groups, marks, densities, strict=True), 1
    ):
        link = entity_link(entity, lang, site, count=count) if entity else None
        size = text_size(link.words.text) if link and not density else 0.0
        spots = ((width, room(inside, size, width)) for width in WIDTHS if size)
        named, share = next(((width, at) for width, at in spots if at is not None), (0, 0.0))
        accent = site.accents.index(entity.id) + 1 if entity and entity.id in site.accents else 0
        left = round((1 - share if mirrored else share) * 100, 2)
        name = f"{keys[entity.kind]}/{entity.id}" if entity else ""
        shown = number if entity else 0
        views.append(AxisGroup(shown, name, link, count, accent, left, named, density))
    return tuple(views)
