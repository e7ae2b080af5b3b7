"""Where links to an event lead: to its page, or to its place on the timeline where it has no page."""

from __future__ import annotations

from timeline_gen.collecting.chronicle import EventSummary
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.grouping import bucket_of
from timeline_gen.pages.site import SiteContext


def event_address(event: EventSummary, lang: str, site: SiteContext) -> str:
    """Return the address inside the site that links in *lang* to *event* lead to."""
    if event.has_page:
        return addresses.event(lang, event.id)
    bucket = bucket_of(event.when) if lang in site.year_pages else None
    return addresses.place(addresses.timeline(lang, site.home, bucket.year if bucket else ""), event.id)


def event_url(event: EventSummary, lang: str, site: SiteContext) -> str:
    """Return the same as an address of the web."""
    return addresses.absolute(site.url, event_address(event, lang, site))
