"""The pages to be shown in frames on other sites, where the settings ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from timeline_gen.collecting.timeline import Event, EventSummaries, EventSummary, Timeline
from timeline_gen.pages.embed import EventEmbedPage, TimelineEmbedPage, most_important
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.embeds import embed_address
from timeline_gen.pages.plan.entity_pictures import portraits_of
from timeline_gen.pages.plan.event_files import EventFiles
from timeline_gen.pages.plan.optional_files import has_embed
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.plan.versions import languages_with, like, versions_of, visible
from timeline_gen.pages.site import SETTINGS, Site


def embed_pages(
    timeline: Timeline,
    summaries: EventSummaries,
    listings: Sequence[EntityListing],
    files: EventFiles,
    site: Site,
) -> Iterator[Page]:
    """Yield a page for frames of all that the settings ask to have listing; *files* are the events' own."""
    if has_embed("timeline", site):
        yield from _timeline_embeds(tuple(summaries.values()), site, None)
    for listing in listings if has_embed("entities", site) else ():
        if listing.events:
            yield from _timeline_embeds([summaries[event.id] for event in listing.events], site, listing)
    for event in timeline.events if has_embed("events", site) else ():
        if event.has_page:
            yield from _event_embeds(event, files, site)


def _event_embeds(event: Event, files: EventFiles, site: Site) -> Iterator[EventEmbedPage]:
    langs = tuple([lang for lang in site.languages if lang in event.titles or not site.hides])

    def address(lang: str) -> str:
        return embed_address(addresses.event(lang, event.id), lang)

    for lang, versions in versions_of(site, address, langs):
        yield EventEmbedPage(
            **site.shared(lang),
            versions=versions,
            origin=event.place,
            event=event,
            text=files.text(event.id, lang),
            portraits=portraits_of(event),
        )


def _timeline_embeds(
    events: Sequence[EventSummary], site: Site, listing: EntityListing | None
) -> Iterator[TimelineEmbedPage]:
    langs = languages_with(events, site) if listing else tuple(site.languages)
    home = addresses.home
    if listing:
        home = partial(addresses.entity, key=listing.taxonomy, entity_id=listing.entity.id)
    shown = {lang: visible(events, lang, site) for lang in dict.fromkeys(like(lang, site) for lang in langs)}
    few = {lang: most_important(inside) for lang, inside in shown.items()}
    for lang, versions in versions_of(site, lambda lang: embed_address(home(lang), lang), langs):
        yield TimelineEmbedPage(
            **site.shared(lang),
            versions=versions,
            origin=listing.origin if listing else SETTINGS,
            events=few[like(lang, site)],
            total=len(shown[like(lang, site)]),
            entity=listing.entity if listing else None,
            taxonomy=listing.taxonomy if listing else "",
        )
