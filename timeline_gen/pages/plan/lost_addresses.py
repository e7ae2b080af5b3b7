"""What has disappeared from a site since others could link to it: a warning with the line to add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say, say_many
from timeline_gen.pages.entity import EntityPage
from timeline_gen.pages.event import EventPage
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.lasting_addresses import Addressed, home_of_embed, lines_for, missing, thing_of
from timeline_gen.pages.site import SETTINGS, Site
from timeline_gen.text.suggestions import nearest

_MOST: Final = 50
"""Warnings; an author who changes more at once has changed one thing."""
_SHOWN: Final = 4
_TAG: Final = "tag"
"""The kind of what comes and goes with what articles are about."""


def lasting(pages: Iterable[Page], site: Site) -> frozenset[str]:
    """Return the addresses of *pages* that others may link to or frame, and that ought to stay.

    Years and tags come and go with the events; what is gone on purpose need not be remembered.
    """
    tags = {taxonomy.key for taxonomy in site.settings.taxonomies if taxonomy.kind == _TAG}
    return frozenset(
        page.address() for page in pages if page.is_lasting and thing_of(page.address()).section not in tags
    )


def lost_problems(remembered: frozenset[str], pages: Sequence[Page]) -> tuple[Problem, ...]:
    """Return a warning for everything that was at *remembered* addresses and is at none of *pages*."""
    files = {page.file for page in pages}
    gone = missing(remembered, files)
    if not gone:
        return ()
    folders = {page.address().partition("/")[0] for page in pages}
    by_thing: dict[Addressed, list[str]] = {}
    by_folder: dict[str, list[str]] = {}
    for address in gone:
        folder = address.partition("/")[0]
        if folder in folders or not address.endswith("/"):
            by_thing.setdefault(thing_of(address), []).append(address)
        else:
            by_folder.setdefault(folder, []).append(address)
    made = tuple(_new_things(remembered, pages))
    problems = [_language_gone(folder, lost) for folder, lost in by_folder.items()]
    problems += [_thing_gone(thing, lost, made) for thing, lost in by_thing.items() if _is_told(lost)]
    rest = len(problems) - _MOST
    return (*problems[:_MOST], *((_more(rest),) if rest > 0 else ()))


def _is_told(gone: Iterable[str]) -> bool:
    return any(not home_of_embed(address) for address in gone)


def _new_things(remembered: frozenset[str], pages: Iterable[Page]) -> Iterator[tuple[Addressed, Page]]:
    """Yield what has an address that is not *remembered*, each once."""
    known = {thing_of(address) for address in remembered}
    for page in pages:
        if page.is_listed and not page.year:
            thing = thing_of(page.address())
            if thing not in known:
                known.add(thing)
                yield thing, page


def _thing_gone(thing: Addressed, gone: list[str], made: Iterable[tuple[Addressed, Page]]) -> Problem:
    pages = [address for address in gone if not home_of_embed(address)]
    successor = _successor(thing, made)
    place, line = _alias_line(thing, successor, pages) if successor else (SETTINGS, "")
    return Problem(
        "TG603",
        say_many(
            len(pages),
            "{said} led to something and leads nowhere now",
            "{said} led to something and lead nowhere now",
            said=_counted(pages),
        ),
        place,
        say_many(
            len(pages),
            "{line}if it is gone for good, write '{redirects}' in site.yaml",
            "{line}if they are gone for good, write '{redirects}' in site.yaml",
            line=line,
            redirects=lines_for(pages),
        ),
        Level.WARNING,
    )


def _successor(thing: Addressed, made: Iterable[tuple[Addressed, Page]]) -> Page | None:
    """Return the page of what may have taken the place of *thing*: the new thing there, or the likest."""
    here = {other.name: page for other, page in made if other.section == thing.section}
    # A single new thing has most likely taken the place, whatever it is called.
    if len(here) == 1:
        return next(iter(here.values()))
    return here.get(nearest(thing.name, here))


def _alias_line(thing: Addressed, page: Page, gone: Iterable[str]) -> tuple[Place, str]:
    """Return where to write that *page* has taken the place of *thing*, and what to write there."""
    place, new = page.origin, thing_of(page.address()).name
    entity = page.entity if isinstance(page, EntityPage) else None
    if place == SETTINGS or (entity and not entity.is_listed):
        kind = f"entity:{thing_of(page.address()).section}/{new}" if entity else f"/{page.address()}"
        lines = ", ".join(f"/{address}: {kind}" for address in gone)
        return SETTINGS, say(
            "if it became '{new}', write 'redirects: {{{said}}}' in site.yaml; ", new=new, said=lines
        )
    where = (
        say("to '{new}' in {path}", new=new, path=place.path)
        if isinstance(page, EventPage) or entity
        else say("in {path}", path=place.path)
    )
    return place, say(
        "if it became '{new}', add 'aliases: [{name}]' {where}; ", new=new, name=thing.name, where=where
    )


def _language_gone(folder: str, gone: list[str]) -> Problem:
    return Problem(
        "TG603",
        say(
            "nothing is left under /{folder}/: {gone} led to something and lead nowhere now",
            folder=folder,
            gone=_counted(gone),
        ),
        SETTINGS,
        say(
            "if that is meant, write '{gone}' and so on in site.yaml, or publish with --allow gone",
            gone=lines_for(gone[:_SHOWN]),
        ),
        Level.WARNING,
    )


def _more(count: int) -> Problem:
    message = say("{count:,} more things have no address any more", count=count)
    return Problem("TG603", message, SETTINGS, say("mend those above, then build again"), Level.WARNING)


def _counted(gone: Sequence[str]) -> str:
    shown = ", ".join(f"/{address}" for address in gone[:_SHOWN])
    return (
        shown
        if len(gone) <= _SHOWN
        else say("{gone:,} addresses such as {shown}", gone=len(gone), shown=shown)
    )
