"""The head of a page: title, description, addresses of the same thing elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.breadcrumbs import Ancestor, breadcrumbs
from timeline_gen.pages.parts.social_cards import Social, social_card
from timeline_gen.rendering.layout import Alternate, Head, SwitchLink, Words
from timeline_gen.rendering.view_models import MediaView
from timeline_gen.text.bidi import isolate

_LONGEST = 200


def head_of(
    page: TemplatePage,
    title: Words | None = None,
    description: str = "",
    *,
    above: tuple[Ancestor, ...] = (),
    name: str = "",
    social: Social | None = None,
    thing: Mapping[str, object] | None = None,
    media: MediaView | None = None,
) -> Head:
    """Return the head of *page*, called *title*; without one it bears the site's title only.

    *above* and *name* are for its breadcrumbs. The *thing* that it is about is for machines;
    where no picture is drawn for links to it, *media* is shown there.
    """
    url, short = page.site.url, _shortened(description)
    return Head(
        title=_title(page, title),
        description=short or _site_description(page),
        root=addresses.root_of(page.address()),
        address=page.address(),
        canonical=addresses.absolute(url, _canonical(page)),
        # A page of another language's text is no version: search engines would find one text twice.
        alternates=alternates_of(page) if not page.versions.fallback else (),
        switch=tuple(_switch(lang, address, page) for lang, address in page.versions.elsewhere),
        noindex=page.versions.fallback or page.head.noindex,
        policy=page.head.policy,
        breadcrumbs=breadcrumbs(page, title, above, name),
        card=social_card(page, social, title, short, media) if social else None,
        json_ld=() if thing is None else (thing,),
        icon=page.head.icon,
    )


def embed_head(page: TemplatePage, title: Words | None, home: str) -> Head:
    """Return the head of *page*, called *title*, which shows in a frame what is at *home*.

    It is made for readers of other sites, not for search engines.
    """
    return Head(
        title=_title(page, title),
        description=_site_description(page),
        root=addresses.root_of(page.address()),
        address=page.address(),
        canonical=addresses.absolute(page.site.url, home),
        alternates=(),
        switch=(),
        noindex=True,
        policy=page.head.policy,
        breadcrumbs=(),
        card=None,
        icon=page.head.icon,
    )


def alternates_of(page: TemplatePage) -> tuple[Alternate, ...]:
    """Return the versions of *page* with absolute addresses."""
    return absolute_alternates(page.versions.alternates, page.versions.default, page.site.url)


def absolute_alternates(
    alternates: tuple[tuple[str, str], ...], default: str, url: str
) -> tuple[Alternate, ...]:
    """Return *alternates* with absolute addresses, and *default* as ``x-default``."""
    return (
        *(Alternate(lang, addresses.absolute(url, address)) for lang, address in alternates),
        Alternate("x-default", addresses.absolute(url, default)),
    )


def _title(page: TemplatePage, title: Words | None) -> str:
    layout = page.layout
    if title is None:
        return layout.site_title.text
    # <title> takes no elements, so signs isolate what runs the other way.
    named = isolate(title.text, title.direction) if title.direction != layout.direction else title.text
    return f"{named} – {isolate(layout.site_title.text, layout.site_title.direction)}"


def _site_description(page: TemplatePage) -> str:
    words = page.layout.site_description
    return words.text if words else ""


def _canonical(page: TemplatePage) -> str:
    """Return the page's own address, or that of the language that a page made of fallback text shows."""
    alternates = page.versions.alternates
    return alternates[0][1] if page.versions.fallback and alternates else page.address()


def _switch(lang: str, address: str, page: TemplatePage) -> SwitchLink:
    language, at_home = page.site.languages[lang], page.site.home
    timeline, own = (addresses.timeline(code, at_home) for code in (lang, page.lang))
    to = "same"
    if address == timeline and page.address() != own:
        to = "timeline"
    elif page.leads_to_event and (lang, address) not in page.versions.alternates:
        to = "event"
    return SwitchLink(lang, language.direction, language.name, address, to == "same", to)


def _shortened(text: str) -> str:
    """Return *text* cut between words to what search engines show."""
    if len(text) <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    # Chinese and Japanese have no spaces between words.
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–،؛") + "…"
