"""A site as far as the plan: everything that a build and a check share."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from timeline_gen.collecting.chronicle import Chronicle
from timeline_gen.model import Output, Picture
from timeline_gen.planning.pages import Page
from timeline_gen.planning.redirects import redirects_of
from timeline_gen.planning.site import Site
from timeline_gen.reading.load import read_picture
from timeline_gen.rendering.kit import Kit
from timeline_gen.running.memory import Memory
from timeline_gen.running.options import Options
from timeline_gen.running.planned import Given, Planned, brought_forward, plan_all
from timeline_gen.running.problems import Problems
from timeline_gen.running.reading import Content, Reading
from timeline_gen.running.site_settings import settings_of
from timeline_gen.running.theming import logo_output, prepare_theme
from timeline_gen.writing.cache import Cache


class Counts(NamedTuple):
    """How much there is of a site."""

    texts: int
    """Articles and plain pages that were read, drafts included."""
    articles: int
    events: int
    pages: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A site, planned and not yet rendered."""

    planned: Planned
    content: Content
    kit: Kit
    assets: tuple[Output, ...]
    """The theme's files and the logo."""
    now: int
    """The moment it was made for, in seconds since 1970 (UTC)."""
    counts: Counts
    redirects: tuple[tuple[str, str], ...]
    """Former addresses inside the site, each with the present one."""
    rest: Mapping[str, str] = field(default_factory=dict)
    """Where only some pages were planned: what each file of the site was made from that stands as it is."""

    @property
    def chronicle(self) -> Chronicle:
        """Return all that the site tells."""
        return self.planned.chronicle

    @property
    def site(self) -> Site:
        """Return what the pages share."""
        return self.planned.site

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages."""
        return self.planned.pages


def second_of(options: Options) -> int:
    """Return the second (since 1970, UTC) that *options* ask to build for; that of the clock, if for none."""
    return int(time.time()) if options.now is None else options.now


def draft(  # noqa: PLR0913 - the means of a build, beside what it is asked for
    root: Path,
    options: Options,
    problems: Problems,
    *,
    cache: Cache,
    executor: Executor | None,
    memory: Memory | None = None,
) -> Draft:
    """Return the site in the folder *root*, planned; raise ``ContentError`` where it must not be built.

    What *memory* holds of the last build need not be made again, if it still holds.
    """
    memory = memory or Memory()
    settings = settings_of(root, options, problems)
    reading = Reading(root, settings, cache, executor, known=memory.readings)
    # While others parse, the templates are compiled here.
    theme = problems.of(prepare_theme(root, settings, cache))
    logo = problems.of(logo_output(root, settings))
    content = problems.of(reading.whole())
    problems.unread(content.unread)
    now = second_of(options)
    given = Given(settings, content.collected, logo.path if logo else "", options.drafts, now)
    planned = (brought_forward(memory.planned, given) if memory.planned else None) or plan_all(given)
    problems.of((None, planned.told))
    problems.stop()
    memory.planned = planned
    if theme is None:
        raise TypeError("a theme without an error is whole")
    kit, assets = theme
    collected, chronicle = content.collected, planned.chronicle
    counts = Counts(content.count, len(collected.articles), len(chronicle.events), len(planned.pages))
    redirects = tuple(redirects_of(planned.pages).items())
    return Draft(planned, content, kit, (*assets, *((logo,) if logo else ())), now, counts, redirects)


def pictures_of(one: Draft) -> Iterator[Picture]:
    """Yield the pictures that the pages of *one* show, each once."""
    articles = [article for story in one.chronicle.stories for article in story.versions.values()]
    texts = [article.path for article in articles]
    texts += (page.path for plain in one.chronicle.plains for page in plain.versions.values())
    # What is held back is no longer among the events of its article.
    media = (telling.media for article in articles for telling in article.events if telling.media)
    found = [medium.picture for medium in media if medium.picture]
    found += (picture for path in texts for picture in one.content.kept[path].shown)
    shown = {picture.address: picture for picture in found}
    yield from (shown[address] for address in sorted(shown))


def picture_data(root: Path, one: Draft, picture: Picture) -> bytes:
    """Return the bytes of *picture*."""
    return read_picture(root, one.content.found[picture.path])
