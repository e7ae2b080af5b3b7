"""The stage plan: every page, all addresses decided and collisions refused before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.collecting.timeline import Timeline, pictured, summaries_of
from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.content import article_pages, event_pages, plain_pages
from timeline_gen.pages.plan.data_files import data_files
from timeline_gen.pages.plan.embeds import embed_pages
from timeline_gen.pages.plan.event_files import event_files
from timeline_gen.pages.plan.homes import home_redirects, homeless_languages
from timeline_gen.pages.plan.lists import list_pages, map_pages, pages_of_all_languages
from timeline_gen.pages.plan.redirects import redirect_pages
from timeline_gen.pages.plan.social_images import social_images
from timeline_gen.pages.plan.timelines import entity_listings, entity_pages, timeline_pages
from timeline_gen.pages.robots import RobotsFile
from timeline_gen.pages.site import SETTINGS, Site
from timeline_gen.pages.sitemap import Listed, Sitemap
from timeline_gen.pages.sitemap_index import SitemapIndex
from timeline_gen.text.slugs import collision_key

LISTED: Final = 50_000
"""Addresses that one sitemap may hold (sitemaps.org, 0.9)."""
ALTERNATES: Final = 300_000
"""Addresses of other languages included; more could make it larger than the 50 MB that are allowed."""


def plan(
    timeline: Timeline, site: Site, earlier: Iterable[Earlier] = ()
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return every page of the site that shows *timeline*, in a fixed order, and addresses that are wrong.

    *earlier* are addresses by the rule of an earlier version, which lead on.
    """
    summaries = summaries_of(timeline.events)
    listings = entity_listings(timeline, pictured(timeline.events), site)
    files = event_files(timeline, site)
    pages: list[Page] = [
        *pages_of_all_languages(site),
        *home_redirects(timeline, site),
        *timeline_pages(timeline, site),
        *event_pages(timeline, summaries, files, site),
        *article_pages(timeline, summaries, site),
        *plain_pages(timeline, summaries, site),
        *list_pages(timeline, listings, site),
        *map_pages(summaries, listings, site),
        *(page for listing in listings for page in entity_pages(listing, timeline, site)),
        *data_files(timeline, listings, files, site),
        *embed_pages(timeline, summaries, listings, files, site),
        *social_images(timeline, listings, site),
    ]
    # Redirects come behind all pages, as they lead to what these have; sitemaps list all that came out.
    redirects, problems = redirect_pages(timeline, listings, pages, site, earlier)
    pages += redirects
    pages += for_robots(_listed(pages), site)
    return tuple(pages), (*problems, *homeless_languages(timeline, site), *_collisions(pages))


def _listed(pages: Iterable[Page]) -> tuple[Listed, ...]:
    """Return those of *pages* that search engines may list, by address.

    The order of the pages would change with the date of an event, and the sitemap with it.
    """
    listed = (
        Listed(page.address(), page.versions.alternates, page.versions.default, page.changed())
        for page in pages
        if page.is_listed
    )
    return tuple(sorted(listed, key=attrgetter("address")))


def for_robots(listed: Sequence[Listed], site: Site) -> list[Page]:
    """Return the files that tell search engines which addresses are *listed*."""
    first = next(iter(site.languages))
    return [*_sitemaps(listed, site), RobotsFile(lang=first, url=site.settings.url)]


def _sitemaps(listed: Sequence[Listed], site: Site) -> Iterator[Page]:
    """Yield the sitemap; where there are more addresses than one may hold, its parts and their index."""
    # Each entry has its own address, one for each language, and one for all others.
    most = min(LISTED, ALTERNATES // (len(site.languages) + 2))
    first, url = next(iter(site.languages)), site.settings.url
    if len(listed) <= most:
        yield Sitemap(lang=first, place="sitemap.xml", url=url, entries=tuple(listed))
        return
    parts: list[tuple[str, str]] = []
    for number, start in enumerate(range(0, len(listed), most), 1):
        part = tuple(listed[start : start + most])
        parts.append((f"sitemaps/{number}.xml", max(entry.changed for entry in part)))
        yield Sitemap(lang=first, place=parts[-1][0], url=url, entries=part)
    yield SitemapIndex(lang=first, url=url, parts=tuple(parts))


# ---------------------------------------------------------------- collisions


def _collisions(pages: Iterable[Page]) -> tuple[Problem, ...]:
    """Return the addresses that some file system or host holds to be one, each with both its origins."""
    files: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        first = files.setdefault(collision_key(page.file), page)
        if first is not page:
            problems.append(_collision(first, page))
    # On nearly every site no file is where another address needs a folder; to look at each takes long.
    if files.keys().isdisjoint(_folders(files)):
        return _shortest(problems)
    for key, page in files.items():
        folder = key
        while folder := folder.rpartition("/")[0]:
            if folder in files:
                problems.append(_collision(files[folder], page))
    return _shortest(problems)


def _folders(paths: Iterable[str]) -> set[str]:
    """Return every folder that one of *paths* lies in."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _shortest(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return one of *problems* for each two places: two things that share one address share many."""
    found: dict[tuple[Place, ...], Problem] = {}
    for problem in sorted(problems, key=lambda item: (len(item.message), item.message)):
        found.setdefault((problem.place, *problem.related), problem)
    return tuple(found.values())


def _collision(first: Page, second: Page) -> Problem:
    if second.origin == SETTINGS:
        # What the program makes by itself keeps its address.
        first, second = second, first
    there = first.origin
    where = "" if there == SETTINGS else say(" at {there}", there=there)
    return Problem(
        "TG601",
        say(
            "the address /{address} is taken by {name}{where}: {name_2} cannot have it too",
            address=second.address(),
            name=first.name(),
            where=where,
            name_2=second.name(),
        ),
        second.origin,
        say(
            "give one of the two another name; names that differ only in case or in Unicode form count as one"
        ),
        related=(there,),
    )
