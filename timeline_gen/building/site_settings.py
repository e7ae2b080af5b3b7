"""The settings of a site as a command asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Position
from timeline_gen.reading.disk.settings import load_settings, load_words
from timeline_gen.reading.publish_targets import policy_of
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.reading.words import with_words
from timeline_gen.text.web import unowned_host


def settings_of(root: Path, options: Options, problems: Problems, *, go_on: bool = False) -> Settings:
    """Return the settings of the site in the folder *root*, with what *options* put in their place.

    Raises ContentError where there is an error in them; the caller may *go_on* to look for errors in the
    content, as long as that can be read.
    """
    settings = problems.of(parse_settings(load_settings(root)))
    if settings:
        problems.silence(settings.silence)
    if settings is None or not go_on:
        problems.stop()
    if settings is None:
        raise TypeError("settings without an error are whole")
    own, unread = load_words(root)
    settings, wrong = with_words(settings, own)
    problems.of((None, (*unread, *wrong)))
    if any(problem.level is Level.ERROR for problem in (*unread, *wrong)):
        # Without its words, every date in them would be one more problem.
        problems.stop()
    return replace(
        settings,
        url=options.url.rstrip("/") + "/" if options.url else settings.url,
        policy=_policy(settings, wanted=options.policy),
        links=options.links,
        noindex=options.noindex,
    )


def address_notes(settings: Settings, options: Options) -> Iterator[Problem]:
    """Yield the problems of addresses in *settings* where no site can be, unless *options* replace them."""
    if not options.url and (host := unowned_host(settings.url)):
        yield _note(host, settings.positions.get("url", (1, 1)), "")
    for target in settings.publish.values():
        if not target.preview and (host := unowned_host(target.url)):
            yield _note(host, target.position, say(" of the target {name!r}", name=target.name))


def _note(host: str, position: Position, whose: str) -> Problem:
    return Problem(
        "TG313",
        say(
            "the address{whose} is at {host}, where no reader finds a site: feeds and sitemap would be wrong",
            whose=whose,
            host=host,
        ),
        Place(SETTINGS, *position),
        say("write the address where readers will find the site, before it is published"),
        Level.INFO,
    )


def named_files(settings: Settings) -> Iterator[str]:
    """Yield whatever in *settings* may name a file that the build reads."""
    if settings.logo:
        yield str(settings.logo)
    yield from _texts(settings.fonts)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _policy(settings: Settings, *, wanted: bool | None) -> str:
    if wanted is None:
        return settings.policy
    return policy_of(settings.search, settings.policy_hosts) if wanted else ""
