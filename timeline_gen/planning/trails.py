"""The way from the site's timeline down to a page (``BreadcrumbList``)."""

from __future__ import annotations

from timeline_gen.planning import addresses
from timeline_gen.planning.cards import entity_link
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.planning.site import Site
from timeline_gen.planning.surroundings import Crumb, Words


def trail_of(page: Page, site: Site, title: Words | None) -> tuple[Crumb, ...]:
    """Return the pages above *page*, and itself, called *title*; nothing where none is above it."""
    lang, key = page.lang, page.shows.taxonomy
    home = addresses.timeline(lang)
    if page.address == home:
        return ()
    steps: list[tuple[str, str, Words | None]] = [(home, "timeline", None)]
    if page.kind is PageKind.ARTICLE:
        steps.append((addresses.articles(lang), "articles", None))
    elif page.kind is PageKind.ENTITY:
        steps.append((addresses.taxonomy(lang, key), key, site.section(key, lang).words))
        if page.shows.entity and page.shows.span.year:
            whole = addresses.entity(lang, key, page.shows.entity.id)
            steps.append((whole, key, entity_link(page.shows.entity, lang, site).words))
    own = key if page.kind is PageKind.ENTITIES else page.kind.value.partition(".")[0]
    url = site.settings.url
    return tuple(
        Crumb(addresses.absolute(url, address), name, words)
        for address, name, words in (*steps, (page.address, own, title))
    )
