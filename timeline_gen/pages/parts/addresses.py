"""Where everything is: addresses inside the site, decided before anything is rendered.

An address is written without a leading slash and ends with one where it names a folder: ``en/events/x/``
is served from ``en/events/x/index.html``. Ids and slugs are stable; nothing here depends on a title.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from timeline_gen.model.articles import own_event

TIMELINE: Final = "timeline"
ARTICLES: Final = "articles"
"""What the home of a language may be, besides ``page:SLUG``."""


def home(lang: str) -> str:
    """Return the address of the home of *lang*, below which all else in that language is."""
    return f"{lang}/"


def timeline(lang: str, at_home: str, year: str = "") -> str:
    """Return the address of the timeline in *lang*, or of one *year* of it, ``2019`` or ``-0043``.

    The page of a year does not move with *at_home*, what the home of the site is.
    """
    if year or at_home == TIMELINE:
        return of_year(home(lang), year)
    return f"{lang}/{TIMELINE}/"


def of_year(home: str, year: str) -> str:
    """Return the address of one *year* of the timeline at *home*; *home* itself where it is empty."""
    return f"{home}{year}/" if year else home


def event(lang: str, event_id: str) -> str:
    """Return the address of the event *event_id* in *lang*."""
    return f"{lang}/events/{event_id}/"


def place(timeline_address: str, event_id: str) -> str:
    """Return the address of the event *event_id* on the page of a timeline."""
    return f"{timeline_address}#e-{event_id}"


def article(lang: str, slug: str) -> str:
    """Return the address of the article *slug* in *lang*."""
    return f"{lang}/articles/{slug}/"


def text(lang: str, slug: str) -> str:
    """Return the address in *lang* of the article *slug*, or of the event whose own file *slug* names."""
    own = own_event(slug)
    return event(lang, own) if own else article(lang, slug)


def articles(lang: str, at_home: str) -> str:
    """Return the address of the list of articles in *lang*; *at_home* is what the home of the site is."""
    return home(lang) if at_home == ARTICLES else f"{lang}/{ARTICLES}/"


def taxonomy(lang: str, key: str) -> str:
    """Return the address of the list of all entities of the taxonomy *key* in *lang*."""
    return f"{lang}/{key}/"


def entity(lang: str, key: str, entity_id: str, year: str = "") -> str:
    """Return the address of one entity of the taxonomy *key*, or of one *year* of its timeline."""
    return of_year(f"{lang}/{key}/{entity_id}/", year)


def plain_page(lang: str, slug: str, at_home: str) -> str:
    """Return the address of the plain page *slug* in *lang*; *at_home* is what the home of the site is."""
    return home(lang) if at_home == f"page:{slug}" else f"{lang}/{slug}/"


def corrections(lang: str) -> str:
    """Return the address of the list of corrections in *lang*."""
    return f"{lang}/corrections/"


def map_page(lang: str) -> str:
    """Return the address of the map in *lang*."""
    return f"{lang}/map/"


def texts(lang: str) -> str:
    """Return the folder of the index of whole texts in *lang*; no language is called so."""
    return f"pagefind/{lang}/"


def file_name(address: str) -> str:
    """Return the path of the file of the output that serves *address*."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def file_of(address: str) -> PurePosixPath:
    """Return the file of the output that serves *address*."""
    return PurePosixPath(file_name(address))


def root_of(address: str) -> str:
    """Return what leads from the page at *address* to the root of the site: ``../../`` or ``./``."""
    return "../" * address.count("/") or "./"


def absolute(url: str, address: str) -> str:
    """Return the absolute URL of *address* in the site at *url* (RFC 3986, percent-encoded)."""
    path, mark, fragment = address.partition("#")
    return url + _quoted(path) + (mark + _quoted(fragment) if mark else "")


_quoted = lru_cache(maxsize=1 << 16)(quote)
"""Each address is quoted for many pages."""
