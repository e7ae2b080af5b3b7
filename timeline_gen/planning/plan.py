"""The stage plan: every page, all addresses decided and collisions refused before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.collecting.chronicle import (
    Chronicle,
    Correction,
    Event,
    Face,
    Faces,
    Plain,
    Story,
    faces_of,
)
from timeline_gen.errors import Place, Problem
from timeline_gen.model import digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.data_pages import alone, data_pages
from timeline_gen.planning.drawn import drawn_pages
from timeline_gen.planning.framed import embed_pages
from timeline_gen.planning.pages import Listed, Page, PageKind, Shows
from timeline_gen.planning.redirects import redirect_pages
from timeline_gen.planning.site import Site
from timeline_gen.planning.things import Shown, Thing, alike, changed, distinct, pages_of, visible
from timeline_gen.planning.timelines import (
    Cast,
    cast,
    counted_digest,
    entity_pages,
    timeline_pages,
)
from timeline_gen.text.slugs import collision_key

SETTINGS: Final = PurePosixPath("site.yaml")

LISTED: Final = 50_000
"""Addresses that one sitemap may hold (sitemaps.org, 0.9)."""
ALTERNATES: Final = 300_000
"""Addresses of other languages included; more could make it larger than the 50 MB that are allowed."""


def plan(chronicle: Chronicle, site: Site) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return every page of the site that tells *chronicle*, in a fixed order, and addresses that collide."""
    faces = faces_of(chronicle.events)
    casts = cast(chronicle, faces, site)
    pages = [
        *_doors(site),
        *timeline_pages(chronicle, site),
        *_event_pages(chronicle, faces, site),
        *article_pages(chronicle, faces, site),
        *_plain_pages(chronicle, faces, site),
        *_list_pages(chronicle, casts, site),
        *(page for one in casts for page in entity_pages(one, site)),
        *data_pages(chronicle, casts, site),
        *embed_pages(chronicle, faces, casts, site),
        *drawn_pages(chronicle, casts, site),
        *redirect_pages(chronicle, site),
    ]
    pages += for_robots(_listed(pages), site)
    return tuple(pages), _collisions(pages)


def _doors(site: Site) -> Iterator[Page]:
    """Yield the choice of language and the page for addresses that lead nowhere; both hold every language."""
    homes = tuple((lang, addresses.timeline(lang)) for lang in site.languages)
    for kind, address in ((PageKind.CHOICE, ""), (PageKind.NOT_FOUND, "404.html")):
        yield Page(
            kind=kind,
            lang=homes[0][0],
            address=address,
            shows=Shows(),
            alternates=homes,
            elsewhere=homes,
            fallback=False,
            key=digest_of(repr((kind, homes)).encode(), site.digest),
        )


def _event_pages(chronicle: Chronicle, faces: Faces, site: Site) -> Iterator[Page]:
    everywhere = tuple(site.languages)
    rows = {lang: visible(faces.values(), lang, site) for lang in distinct(site)}
    places = {lang: {face.id: number for number, face in enumerate(row)} for lang, row in rows.items()}
    for event in chronicle.events:
        has = tuple([lang for lang in everywhere if lang in event.titles])
        thing = Thing(
            kind=PageKind.EVENT,
            address=partial(addresses.event, event_id=event.id),
            langs=has if site.hides else everywhere,
            has=has,
            changed=changed(told.brief.last for told in event.tellings),
        )

        def shown(lang: str, event: Event = event) -> Shown:
            at = places[lang][event.id]
            before, after = _at(rows[lang], at - 1), _at(rows[lang], at + 1)
            digests = (event.digest, before.digest if before else b"-", after.digest if after else b"-")
            return Shows(event=event, before=before, after=after), digests, ""

        yield from pages_of(thing, site, alike(shown, site))


def _at(events: Sequence[Face], number: int) -> Face | None:
    return events[number] if 0 <= number < len(events) else None


def article_pages(chronicle: Chronicle, faces: Faces, site: Site) -> Iterator[Page]:
    """Yield the pages of the stories of *chronicle*, which nothing but these shows the bodies of."""
    events = {event.id: event for event in chronicle.events}
    withheld = _withheld(chronicle)
    held_back = repr(sorted(withheld)).encode()
    for story in chronicle.stories:
        langs = tuple(story.versions)
        thing = Thing(
            kind=PageKind.ARTICLE,
            address=partial(addresses.article, slug=story.slug),
            langs=langs,
            has=langs,
            changed=changed((story.brief.last,)),
        )

        def shown(lang: str, story: Story = story) -> Shown:
            article = story.versions[lang]
            known = _linked((*story.events, *(link for link, _ in article.event_links)), faces, lang, site)
            corrections = tuple(_corrections(story, known, events))
            shows = Shows(story=story, faces=known, corrections=corrections, withheld=withheld)
            return shows, (story.digest, held_back, *_of(known)), article.body_hash

        yield from pages_of(thing, site, shown)


def _withheld(chronicle: Chronicle) -> frozenset[str]:
    return frozenset(addresses.article(lang, slug) for lang, slug in chronicle.withheld)


def _corrections(story: Story, known: Iterable[Face], events: Mapping[str, Event]) -> Iterator[Correction]:
    """Yield the corrections, of the events *known* on its page, that *story* makes or that are made of it."""
    shown = {face.id for face in known}
    for name in story.events:
        if name in shown:
            for one in events[name].corrections:
                if story.slug in {one.by.slug, one.corrected.slug}:
                    yield one


def _linked(names: Iterable[str], faces: Faces, lang: str, site: Site) -> tuple[Face, ...]:
    return visible((faces[name] for name in dict.fromkeys(names) if name in faces), lang, site)


def _plain_pages(chronicle: Chronicle, faces: Faces, site: Site) -> Iterator[Page]:
    withheld = _withheld(chronicle)
    for plain in chronicle.plains:
        langs = tuple(plain.versions)
        thing = Thing(PageKind.PLAIN, partial(addresses.plain, slug=plain.slug), langs, langs)

        def shown(lang: str, plain: Plain = plain) -> Shown:
            page = plain.versions[lang]
            known = _linked((link for link, _ in page.event_links), faces, lang, site)
            digests = (plain.digest, repr(sorted(withheld)).encode(), *_of(known))
            return Shows(plain=plain, faces=known, withheld=withheld), digests, page.body_hash

        yield from pages_of(thing, site, shown)


def _list_pages(chronicle: Chronicle, casts: Sequence[Cast], site: Site) -> Iterator[Page]:
    def shown_articles(lang: str) -> Shown:
        shown = (story.brief for story in chronicle.stories if not site.hides or lang in story.versions)
        briefs = tuple(shown)
        return Shows(stories=briefs), tuple(brief.digest for brief in briefs), ""

    def shown_corrections(lang: str) -> Shown:
        events = visible((event for event in chronicle.events if event.corrections), lang, site)
        corrections = tuple(one for event in events for one in event.corrections)
        return Shows(corrections=corrections), _of(events), ""

    yield from _list(PageKind.ARTICLES, addresses.articles, shown_articles, site)
    yield from _list(PageKind.CORRECTIONS, addresses.corrections, shown_corrections, site)
    for taxonomy in site.settings.taxonomies:

        def shown(lang: str, key: str = taxonomy.key) -> Shown:
            inside = tuple(
                (one.entity, len(visible(one.events, lang, site)))
                for one in casts
                if one.taxonomy == key and (not site.hides or lang in one.langs)
            )
            return Shows(taxonomy=key, entities=inside), (counted_digest(inside),), ""

        address = partial(addresses.taxonomy, key=taxonomy.key)
        yield from _list(PageKind.ENTITIES, address, shown, site)


def _list(
    kind: PageKind, address: Callable[[str], str], shown: Callable[[str], Shown], site: Site
) -> Iterator[Page]:
    langs = tuple(site.languages)
    yield from pages_of(Thing(kind, address, langs, langs), site, alike(shown, site))


def _of(events: Iterable[Face]) -> tuple[bytes, ...]:
    return tuple(event.digest for event in events)


def _listed(pages: Iterable[Page]) -> tuple[Listed, ...]:
    """Return those of *pages* that search engines may list, by address.

    The order of the pages would change with the date of an event, and the sitemap with it.
    """
    listed = (
        Listed(page.address, page.alternates, page.default, page.changed)
        for page in pages
        if (page.address.endswith("/") or not page.address)
        and page.kind is not PageKind.EMBED
        and not page.fallback
        and not page.shows.redirect
    )
    return tuple(sorted(listed, key=attrgetter("address")))


def for_robots(listed: Sequence[Listed], site: Site) -> list[Page]:
    """Return the files that tell search engines which addresses are *listed*."""
    return [*_sitemaps(listed, site), alone(PageKind.ROBOTS, PageKind.ROBOTS.value, site, site.digest)]


def _sitemaps(listed: Sequence[Listed], site: Site) -> Iterator[Page]:
    """Yield the sitemap; where there are more addresses than one may hold, its parts and their index."""
    most = min(LISTED, ALTERNATES // (len(site.languages) + 2))
    if len(listed) <= most:
        yield _sitemap(PageKind.SITEMAP.value, tuple(listed), site)
        return
    parts = []
    for number, start in enumerate(range(0, len(listed), most), 1):
        part = listed[start : start + most]
        parts.append(Listed(f"sitemaps/{number}.xml", (), "", max(one.changed for one in part)))
        yield _sitemap(parts[-1].address, tuple(part), site)
    digest = digest_of(repr(parts).encode(), site.digest)
    yield alone(PageKind.SITEMAPS, PageKind.SITEMAP.value, site, digest, Shows(sitemap=tuple(parts)))


def _sitemap(address: str, listed: tuple[Listed, ...], site: Site) -> Page:
    digest = digest_of(repr(list(map(tuple, listed))).encode(), site.digest)
    return alone(PageKind.SITEMAP, address, site, digest, Shows(sitemap=listed))


# ---------------------------------------------------------------- collisions


def _collisions(pages: Iterable[Page]) -> tuple[Problem, ...]:
    """Return the addresses that some file system or host holds to be one, each with both its origins."""
    files: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        first = files.setdefault(collision_key(page.file), page)
        if first is not page:
            problems.append(_collision(first, page))
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
    for problem in sorted(problems, key=lambda one: (len(one.message), one.message)):
        found.setdefault((problem.place, *problem.related), problem)
    return tuple(found.values())


def _collision(first: Page, second: Page) -> Problem:
    if origin_of(second).path == SETTINGS:
        # What the program makes by itself keeps its address.
        first, second = second, first
    there = origin_of(first)
    where = "" if there.path == SETTINGS else f" at {there}"
    return Problem(
        "TG601",
        f"the address /{second.address} is taken by {_name(first)}{where}:"
        f" {_name(second)} cannot have it too",
        origin_of(second),
        "give one of the two another name; names that differ only in case or in Unicode form count as one",
        related=(there,),
    )


def _name(page: Page) -> str:
    shows = page.shows
    if shows.redirect:
        move = shows.redirect.move
        return f"the former name {move.former!r} of the {move.kind.value} {move.name!r}"
    if shows.event:
        return f"the event {shows.event.id!r}"
    if shows.story:
        return f"the article {shows.story.slug!r}"
    if shows.plain:
        return f"the page {shows.plain.slug!r}"
    if shows.entity:
        return f"{shows.entity.id!r} under {shows.taxonomy!r}"
    return f"/{page.address}"


def origin_of(page: Page) -> Place:
    """Return the place in the content that *page* comes from."""
    shows = page.shows
    if shows.redirect:
        return shows.redirect.move.place
    if shows.event:
        return shows.event.place
    if shows.story:
        return Place(shows.story.versions[page.lang].path)
    if shows.plain:
        return Place(shows.plain.versions[page.lang].path)
    if shows.entity:
        return Place(PurePosixPath("content/entities.yaml"), *shows.entity.spot)
    return Place(SETTINGS)
