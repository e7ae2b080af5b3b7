"""What a page says of itself: title, description, addresses of the same thing elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_gen.planning import addresses
from timeline_gen.planning.pages import Page
from timeline_gen.planning.parts import MediaView
from timeline_gen.planning.site import Site
from timeline_gen.planning.social import card_of
from timeline_gen.planning.surroundings import Alternate, Head, SwitchLink, Words
from timeline_gen.planning.trails import trail_of
from timeline_gen.text.bidi import isolate

_LONGEST = 200


def head_of(  # noqa: PLR0913 - what a page says of itself, and what it is about
    page: Page,
    site: Site,
    title: Words | None = None,
    description: str = "",
    *,
    thing: Mapping[str, object] | None = None,
    media: MediaView | None = None,
) -> Head:
    """Return the head of *page*, called *title*; without one it bears the site's title alone.

    What it says of the *thing* that it is about is for machines; where no picture is drawn for links to it,
    *media* is shown there.
    """
    url, short = site.settings.url, _shortened(description)
    return Head(
        title=_title(page, site, title),
        description=short or _site_description(page, site),
        root=addresses.root_of(page.address),
        address=page.address,
        canonical=addresses.absolute(url, _canonical(page)),
        alternates=alternates_of(page.alternates, page.default, url) if not page.fallback else (),
        switch=tuple(_switch(lang, address, page, site) for lang, address in page.elsewhere),
        noindex=page.fallback or site.settings.noindex,
        policy=site.settings.policy,
        trail=trail_of(page, site, title) if page.lang in site.frames else (),
        card=card_of(page, site, title, short, media),
        things=() if thing is None else (thing,),
    )


def framed_head(page: Page, site: Site, title: Words | None, home: str) -> Head:
    """Return the head of *page*, called *title*, which shows in frames what stands at *home*.

    It is made for readers of other sites, not for search engines.
    """
    return Head(
        title=_title(page, site, title),
        description=_site_description(page, site),
        root=addresses.root_of(page.address),
        address=page.address,
        canonical=addresses.absolute(site.settings.url, home),
        alternates=(),
        switch=(),
        noindex=True,
        policy=site.settings.policy,
        trail=(),
        card=None,
    )


def alternates_of(alternates: tuple[tuple[str, str], ...], default: str, url: str) -> tuple[Alternate, ...]:
    """Return *alternates* with absolute addresses, and *default* as ``x-default``."""
    return (
        *(Alternate(lang, addresses.absolute(url, address)) for lang, address in alternates),
        Alternate("x-default", addresses.absolute(url, default)),
    )


def _title(page: Page, site: Site, title: Words | None) -> str:
    if page.lang not in site.frames:
        return ""
    frame = site.frames[page.lang]
    if title is None:
        return frame.site_title.text
    named = isolate(title.text, title.direction) if title.direction != frame.direction else title.text
    return f"{named} – {isolate(frame.site_title.text, frame.site_title.direction)}"


def _site_description(page: Page, site: Site) -> str:
    words = site.frames[page.lang].site_description
    return words.text if words else ""


def _canonical(page: Page) -> str:
    """Return the page's own address, or that of the language that a page made of fallback text shows."""
    return page.alternates[0][1] if page.fallback and page.alternates else page.address


def _switch(lang: str, address: str, page: Page, site: Site) -> SwitchLink:
    language = site.languages[lang]
    same = address != addresses.timeline(lang) or page.address == addresses.timeline(page.lang)
    return SwitchLink(lang, language.direction, language.name, address, same)


def _shortened(text: str) -> str:
    """Return *text* cut between words to what search engines show."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0].rstrip(" ,;:–،؛") + "…"
