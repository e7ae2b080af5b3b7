"""Addresses that others may hold: which of a site's files have one, and which are gone.

This works on nothing but addresses and file names, so that a publisher can ask without loading the stages.
An address is there as long as its file is, be it a page, a page that leads on, or one about what is gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from timeline_gen.pages.parts import addresses

_YEAR = re.compile(r"(?:^|/)-?\d{4,}/$")
_EMBED = re.compile(r"^(?P<lang>[^/]+)/embed/(?P<home>.+)\.html$")


class Addressed(NamedTuple):
    """What has an address in one or more languages, and perhaps embeds."""

    section: str
    """Where it lies: ``articles``, a taxonomy, or empty for a page of its own."""
    name: str


def thing_of(address: str) -> Addressed:
    """Return what is at *address*: the same in each language, and for its embed."""
    found = _EMBED.match(address)
    home = f"{found['home'].removesuffix('timeline')}/" if found else address.partition("/")[2]
    section, _, name = home.rstrip("/").rpartition("/")
    return Addressed(section, name)


def home_of_embed(address: str) -> str:
    """Return the address of the page whose embed is at *address*; empty where that is no embed."""
    found = _EMBED.match(address)
    if not found:
        return ""
    home = "" if found["home"] == "timeline" else f"{found['home']}/"
    return f"{found['lang']}/{home}"


def addresses_of_files(paths: Iterable[str], tags: Collection[str]) -> Iterator[str]:
    """Yield the addresses that *paths*, files of a site, have; but for years and what lies under *tags*.

    This is for records that name no addresses.
    """
    for path in paths:
        address = path.removesuffix("index.html")
        is_page = address != path or _EMBED.match(path)
        if is_page and not _YEAR.search(address) and thing_of(address).section not in tags:
            yield address


def missing(remembered: Iterable[str], files: Collection[str]) -> tuple[str, ...]:
    """Return those of the *remembered* addresses that none of the *files* serves, in order.

    An embed whose page is still there is not made any more because of the settings: that is no loss.
    """
    return tuple(
        address
        for address in sorted(remembered)
        if addresses.file_name(address) not in files
        and addresses.file_name(home_of_embed(address) or address) not in files
    )


def lines_for(gone: Iterable[str]) -> str:
    """Return the line of ``site.yaml`` that lists the addresses *gone* as gone on purpose."""
    entries = ", ".join(f"{_quoted(f'/{address}')}: gone" for address in gone)
    return f"redirects: {{{entries}}}"


def _quoted(path: str) -> str:
    """Return *path* as YAML's flow style takes it."""
    return path if re.fullmatch(r"[\w/.-]+", path) else f'"{path}"'
