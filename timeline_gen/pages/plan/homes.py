"""What follows from the home of a site: addresses that lead on to it, or from it to the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.redirect import RedirectPage
from timeline_gen.pages.site import SETTINGS, Site


def home_redirects(timeline: Timeline, site: Site) -> Iterator[RedirectPage]:
    """Yield what leads from the usual address of the home of *site* to it.

    In a language that lacks the page which is the home, its address leads to the timeline.
    """
    home = site.context.home
    if home == addresses.ARTICLES:
        for lang in site.languages:
            usual = addresses.articles(lang, addresses.TIMELINE)
            yield _redirect(
                lang, usual, addresses.home(lang), say("the usual address of the list of articles"), site
            )
    for plain in timeline.plain_pages:
        if home != f"page:{plain.slug}":
            continue
        titles = {lang: page.title for lang, page in plain.versions.items()}
        for lang in site.languages:
            if lang in plain.versions:
                usual = addresses.plain_page(lang, plain.slug, addresses.TIMELINE)
                message = say("the usual address of the page {slug!r}", slug=plain.slug)
                yield _redirect(lang, usual, addresses.home(lang), message, site, titles=titles)
            else:
                instead = addresses.timeline(lang, home)
                yield _redirect(lang, addresses.home(lang), instead, say("the home of the language"), site)


def _redirect(
    lang: str, place: str, target: str, former: str, site: Site, *, titles: Texts | None = None
) -> RedirectPage:
    return RedirectPage(
        lang=lang,
        origin=home_place(site),
        place=place,
        former=former,
        site=site.context,
        target=target,
        target_titles=titles or site.settings.title,
    )


def home_place(site: Site) -> Place:
    """Return where in the settings of *site* its home is set."""
    return Place(SETTINGS.path, *site.settings.positions.get("home", (1, 1)))


def homeless_languages(timeline: Timeline, site: Site) -> Iterator[Problem]:
    """Yield a warning where languages of *site* lack the page which is its home."""
    for plain in timeline.plain_pages:
        if site.context.home != f"page:{plain.slug}":
            continue
        lacking = [lang for lang in site.languages if lang not in plain.versions]
        if lacking:
            gone = ", ".join(f"/{lang}/" for lang in lacking)
            yield Problem(
                "TG609",
                say(
                    "the page {slug!r}, which is the home of the site, is not in every language: {said} "
                    "will lead to the timeline",
                    slug=plain.slug,
                    said=gone,
                ),
                home_place(site),
                say("write content/pages/{slug}.{lacking}.md", slug=plain.slug, lacking=lacking[0]),
                Level.WARNING,
            )
