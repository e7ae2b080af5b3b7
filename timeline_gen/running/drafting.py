"""A site as far as the plan: everything that a build and a check share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from timeline_gen.collecting.chronicle import Chronicle
from timeline_gen.model import Output, Picture
from timeline_gen.planning.pages import Page
from timeline_gen.planning.site import Site
from timeline_gen.reading.load import read_picture
from timeline_gen.rendering.kit import Kit
from timeline_gen.running.memory import Memory
from timeline_gen.running.options import Options
from timeline_gen.running.planned import Given, brought_forward, plan_all
from timeline_gen.running.problems import Problems
from timeline_gen.running.reading import Content, Reading
from timeline_gen.running.site_settings import settings_of
from timeline_gen.running.theming import logo_output, prepare_theme
from timeline_gen.writing.cache import Cache


@dataclass(frozen=True, slots=True)
class Draft:
    """A site, planned and not yet rendered."""

    chronicle: Chronicle
    content: Content
    site: Site
    kit: Kit
    pages: tuple[Page, ...]
    assets: tuple[Output, ...]
    """The theme's files and the logo."""
    now: int
    """The moment it was made for, in seconds since 1970 (UTC)."""


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
    now = int(time.time()) if options.now is None else options.now
    given = Given(settings, content.collected, str(logo.path) if logo else "", options.drafts, now)
    planned = (brought_forward(memory.planned, given) if memory.planned else None) or plan_all(given)
    problems.of((None, planned.told))
    problems.stop()
    memory.planned = planned
    if theme is None:
        raise TypeError("a theme without an error is whole")
    kit, assets = theme
    assets = (*assets, *((logo,) if logo else ()))
    return Draft(planned.chronicle, content, planned.site, kit, planned.pages, assets, now)


def pictures_of(one: Draft) -> Iterator[Picture]:
    """Yield the pictures that the pages of *one* show, each once."""
    articles = [article for story in one.chronicle.stories for article in story.versions.values()]
    texts = [article.path for article in articles]
    texts += (page.path for plain in one.chronicle.plains for page in plain.versions.values())
    # What is held back is no longer among the events of its article.
    media = (telling.media for article in articles for telling in article.events if telling.media)
    found = [medium.picture for medium in media if medium.picture]
    found += (picture for path in texts for picture in one.content.pictures.get(path, ()))
    shown = {picture.address: picture for picture in found}
    yield from (shown[address] for address in sorted(shown))


def picture_data(root: Path, one: Draft, picture: Picture) -> bytes:
    """Return the bytes of *picture*."""
    return read_picture(root, one.content.found[picture.path])
