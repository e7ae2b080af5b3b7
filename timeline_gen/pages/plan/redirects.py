"""Pages at former addresses: each leads to the present one, or shows that what was there is gone.

There are three kinds: ``aliases:`` of what was renamed, which move the embed too; addresses that an earlier
version of the program made of names; and ``redirects:`` of ``site.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from timeline_gen.collecting.address_moves import AddressMove, MoveKind, entity_moves, moves
from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Level, Problem
from timeline_gen.messages import say
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.embeds import embed_address
from timeline_gen.pages.plan.redirect_targets import Redirect, RedirectTargets
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.redirect import FormerAddress, GonePage, RedirectPage
from timeline_gen.pages.site import SETTINGS, Site


class Former(NamedTuple):
    """A former address, with the language of its page."""

    lang: str
    address: str
    redirect: Redirect


_SHOWN: Final = 5

_ADDRESSES: Final[Mapping[MoveKind, Callable[[str, str], str]]] = {
    MoveKind.EVENT: addresses.event,
    MoveKind.ARTICLE: addresses.article,
}


def redirect_pages(
    timeline: Timeline,
    listings: Sequence[EntityListing],
    pages: Iterable[Page],
    site: Site,
    earlier: Iterable[Earlier],
) -> tuple[list[FormerAddress], tuple[Problem, ...]]:
    """Return a page for every former address of what the *pages* show, and what is wrong with redirects."""
    known = {page.address(): page for page in pages}
    renamed = [*_renamed(timeline, listings, known, site)]
    # What an earlier version made gives way to whatever has the address by now.
    taken = known.keys() | {former.address for former in renamed} | site.settings.redirects.keys()
    older = [former for former in _earlier(listings, known, site, earlier) if former.address not in taken]
    renamed += older
    there = {former.address: former.redirect for former in renamed}
    targets = RedirectTargets(timeline, listings, known, there, site)
    listed, problems = targets.listed()
    written = (Former(_lang_of(address, site), address, redirect) for address, redirect in listed.items())
    return [_page(former, site) for former in chain(renamed, written)], (*problems, *_noted(older))


def _noted(older: Sequence[Former]) -> Iterator[Problem]:
    """Yield a note on addresses of an earlier version, which nothing but what is remembered here leads on."""
    if not older:
        return
    pages = [former for former in older if former.address.endswith("/")]
    lines = ", ".join(f"/{former.address}: /{former.redirect.target}" for former in pages[:_SHOWN])
    yield Problem(
        "TG608",
        say(
            "{older} addresses that an earlier version made lead on, such as /{address}",
            older=len(older),
            address=older[0].address,
        ),
        SETTINGS,
        say("to keep them wherever the site is built, write 'redirects: {{{lines}}}'", lines=lines)
        + (say(" and so on") if len(pages) > _SHOWN else "")
        + say(" in site.yaml"),
        Level.INFO,
    )


def _renamed(
    timeline: Timeline, listings: Iterable[EntityListing], known: Mapping[str, Page], site: Site
) -> Iterator[Former]:
    titles: dict[tuple[MoveKind, str, str], Texts] = {
        (MoveKind.EVENT, "", event.id): event.titles for event in timeline.events
    }
    titles |= {(MoveKind.ARTICLE, "", article.slug): article.label.titles for article in timeline.articles}
    for plain in timeline.plain_pages:
        titles[MoveKind.PAGE, "", plain.slug] = {lang: page.title for lang, page in plain.versions.items()}
    titles |= {
        (MoveKind.ENTITY, listing.taxonomy, listing.entity.id): listing.entity.names for listing in listings
    }
    entities = ((listing.taxonomy, listing.entity, _langs(listing, site)) for listing in listings)
    found = (*moves(timeline.tellers, timeline.plain_pages, timeline.events), *entity_moves(entities))
    for move in found:
        yield from _moved(move, titles[move.kind, move.folder, move.name], known, site)


def _langs(listing: EntityListing, site: Site) -> tuple[str, ...]:
    return listing.langs if site.hides else tuple(site.languages)


def _moved(move: AddressMove, titles: Texts, known: Mapping[str, Page], site: Site) -> Iterator[Former]:
    message = say(
        "the former name {former!r} of the {value} {name!r}",
        former=move.former,
        value=move.kind.value,
        name=move.name,
    )
    everywhere = tuple(lang for lang in site.languages if lang in titles or not site.hides)
    for lang in move.langs or everywhere:
        former = _address(move, lang, move.former, site)
        present = _address(move, lang, move.name, site)
        for old, new in ((former, present), (embed_address(former, lang), embed_address(present, lang))):
            if new in known:
                yield Former(lang, old, Redirect(message, move.place, new, titles))


def _address(move: AddressMove, lang: str, name: str, site: Site) -> str:
    if move.kind is MoveKind.PAGE:
        return addresses.plain_page(lang, name, site.context.home)
    if move.kind is MoveKind.ENTITY:
        return addresses.entity(lang, move.folder, name)
    return _ADDRESSES[move.kind](lang, name)


def _earlier(
    listings: Iterable[EntityListing], known: Mapping[str, Page], site: Site, earlier: Iterable[Earlier]
) -> Iterator[Former]:
    """Yield the addresses that entities had by the rule of an earlier version."""
    present = {(listing.taxonomy, listing.entity.id): listing for listing in listings}
    for taxonomy, old, name in sorted(set(earlier)):
        listing = present.get((taxonomy, name))
        if listing is not None:
            move = AddressMove(MoveKind.ENTITY, old, name, _langs(listing, site), SETTINGS, taxonomy)
            yield from _moved(move, listing.entity.names, known, site)


def _lang_of(address: str, site: Site) -> str:
    """Return the language of the page at a former *address*: that of its folder, else the site's own."""
    first = address.partition("/")[0]
    return first if first in site.languages else next(iter(site.languages))


def _page(former: Former, site: Site) -> FormerAddress:
    lang, address, redirect = former
    if not redirect.target:
        return GonePage(
            lang=lang,
            origin=redirect.place,
            place=address,
            former=redirect.former,
            site=site.context,
            site_title=site.layouts[lang].site_title,
        )
    return RedirectPage(
        lang=lang,
        origin=redirect.place,
        place=address,
        former=redirect.former,
        site=site.context,
        target=redirect.target,
        target_titles=redirect.titles or site.settings.title,
    )


def redirects_of(pages: Iterable[Page]) -> Mapping[str, str]:
    """Return where each former address among *pages* leads, in the form of :attr:`Redirect.target`."""
    return {page.address(): page.leads_to for page in pages if isinstance(page, FormerAddress)}
