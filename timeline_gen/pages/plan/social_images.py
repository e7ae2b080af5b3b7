"""The pictures for links to pages, where the settings name a font for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Place
from timeline_gen.messages import say
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.plan.versions import languages_with
from timeline_gen.pages.site import Site
from timeline_gen.pages.social_image import Colours, SocialImage, colours_of


def social_images(timeline: Timeline, listings: Sequence[EntityListing], site: Site) -> Iterator[SocialImage]:
    """Yield a picture for each timeline, event and article of the site, if it has a font for them."""
    if not site.head.social_images:
        return
    colours = colours_of(site.settings.colours)
    yield from _of_homes(site, colours)
    yield from _of_events(timeline, site, colours)
    yield from _of_articles(timeline, site, colours)
    yield from _of_entities(listings, site, colours)


def _of_homes(site: Site, colours: Colours) -> Iterator[SocialImage]:
    for lang, layout in site.layouts.items():
        yield SocialImage(
            lang=lang,
            home=addresses.timeline(lang, site.context.home),
            page_name="",
            about=layout.site_title,
            foot=layout.site_description,
            colours=colours,
            site=site.context,
        )


def _of_events(timeline: Timeline, site: Site, colours: Colours) -> Iterator[SocialImage]:
    for event in (event for event in timeline.events if event.has_page):
        for lang in languages_with([event], site):
            yield SocialImage(
                lang=lang,
                origin=event.place,
                home=addresses.event(lang, event.id),
                page_name=say("the event {id!r}", id=event.id),
                about=event.titles,
                dated=event.when,
                date_texts=event.date_texts,
                foot=site.layouts[lang].site_title,
                colours=colours,
                site=site.context,
            )


def _of_articles(timeline: Timeline, site: Site, colours: Colours) -> Iterator[SocialImage]:
    for article in timeline.articles:
        for lang, version in article.versions.items():
            yield SocialImage(
                lang=lang,
                origin=Place(version.path),
                home=addresses.article(lang, article.slug),
                page_name=say("the article {slug!r}", slug=article.slug),
                about=article.label.titles,
                dated=article.label.published,
                foot=site.layouts[lang].site_title,
                colours=colours,
                site=site.context,
            )


def _of_entities(listings: Sequence[EntityListing], site: Site, colours: Colours) -> Iterator[SocialImage]:
    for listing in listings:
        # An author whom no event names has a page, too, and its head names the picture.
        for lang in listing.langs if site.hides else site.languages:
            yield SocialImage(
                lang=lang,
                origin=listing.origin,
                home=addresses.entity(lang, listing.taxonomy, listing.entity.id),
                page_name=say("{id!r} under {taxonomy!r}", id=listing.entity.id, taxonomy=listing.taxonomy),
                about=listing.entity,
                foot=site.layouts[lang].site_title,
                colours=colours,
                site=site.context,
            )
