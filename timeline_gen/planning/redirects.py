"""Pages at former addresses: each leads to where the event, article or page stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from timeline_gen.collecting.chronicle import Chronicle
from timeline_gen.collecting.moves import Move, Moved, moves
from timeline_gen.model import Body, Texts, digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.file_views import RedirectView
from timeline_gen.planning.pages import Page, PageKind, Redirect, Shows
from timeline_gen.planning.site import Site

_ADDRESSES: Final[Mapping[Moved, Callable[[str, str], str]]] = {
    Moved.EVENT: addresses.event,
    Moved.ARTICLE: addresses.article,
    Moved.PAGE: addresses.plain,
}


def redirect_pages(chronicle: Chronicle, site: Site) -> Iterator[Page]:
    """Yield a page for every former address of what *chronicle* tells, in the order of names."""
    titles = {Moved.EVENT: {event.id: event.titles for event in chronicle.events}}
    titles[Moved.ARTICLE] = {story.slug: story.brief.titles for story in chronicle.stories}
    titles[Moved.PAGE] = {
        plain.slug: {lang: page.title for lang, page in plain.versions.items()} for plain in chronicle.plains
    }
    for move in moves(chronicle.stories, chronicle.plains, chronicle.events):
        yield from _pages(move, titles[move.kind][move.name], site)


def _pages(move: Move, titles: Texts, site: Site) -> Iterator[Page]:
    address = _ADDRESSES[move.kind]
    everywhere = tuple(lang for lang in site.languages if lang in titles or not site.hides)
    for lang in move.langs or everywhere:
        redirect = Redirect(move, address(lang, move.name), titles)
        said = repr((redirect.address, titles, lang))
        yield Page(
            kind=PageKind.REDIRECT,
            lang=lang,
            address=address(lang, move.former),
            shows=Shows(redirect=redirect),
            alternates=(),
            elsewhere=(),
            fallback=False,
            key=digest_of(said.encode(), site.digest),
        )


def redirect_view(page: Page, site: Site, _: Body) -> RedirectView:
    """Return what the page at a former address shows: the way to the present one."""
    redirect = page.shows.redirect
    if redirect is None:
        raise TypeError("a redirect leads somewhere")
    language = site.languages[page.lang]
    return RedirectView(
        lang=language.code,
        direction=language.direction,
        title=site.words(redirect.titles, page.lang),
        href=addresses.root_of(page.address) + redirect.address,
        url=addresses.absolute(site.settings.url, redirect.address),
    )


def redirects_of(pages: Iterable[Page]) -> Mapping[str, str]:
    """Return where each former address among *pages* leads, both as addresses inside the site."""
    return {page.address: page.shows.redirect.address for page in pages if page.shows.redirect}
