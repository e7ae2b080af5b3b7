"""The way from the home of a language down to a page (``BreadcrumbList``)."""

from __future__ import annotations

from typing import NamedTuple

from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.layout import Crumb, Words


class Ancestor(NamedTuple):
    """A page above another."""

    address: str
    name: str
    """As that of a :class:`~timeline_gen.rendering.layout.MenuItem`."""
    words: Words | None = None
    """Its own title; None where the catalogue has the wording."""


def breadcrumbs(
    page: TemplatePage, title: Words | None, above: tuple[Ancestor, ...], name: str
) -> tuple[Crumb, ...]:
    """Return the home of its language, the pages *above* *page*, and itself, called *title*.

    There are none for the home. *name* is what the catalogue knows it by; empty for the name of its
    template.
    """
    home, own = addresses.home(page.lang), page.address()
    if own == home:
        return ()
    at_home = page.site.home == addresses.TIMELINE
    first = Ancestor(home, addresses.TIMELINE, None if at_home else page.layout.site_title)
    between = (crumb for crumb in above if crumb.address != home)
    steps = (first, *between, Ancestor(own, name or page.template.partition(".")[0], title))
    return tuple(
        Crumb(addresses.absolute(page.site.url, step.address), step.name, step.words) for step in steps
    )
