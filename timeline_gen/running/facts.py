"""How a site was built, as whoever publishes it needs to know, and the next build of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from timeline_gen import __version__
from timeline_gen.model import Settings
from timeline_gen.running.drafting import Draft
from timeline_gen.running.glance import NOTHING, Glance, Made
from timeline_gen.running.options import Options, Report
from timeline_gen.running.problems import Problems
from timeline_gen.writing.manifest import Facts
from timeline_gen.writing.write import Written


def facts_of(one: Draft, options: Options) -> Facts:
    """Return the facts of a build of *one*, made as *options* asked."""
    following = one.chronicle.next_embargo
    matters = options.now is not None or following is not None
    return Facts(
        program=__version__,
        url=one.site.settings.url,
        drafts=options.drafts,
        # A moment that decides nothing is left out: a build that changes nothing then writes nothing.
        now=moment_text(one.now) if matters else "",
        next_embargo=moment_text(following) if following is not None else "",
        clock=options.now is None,
        redirects=one.redirects,
    )


def report_of(one: Draft, rendered: int, written: Written, problems: Problems, *, seconds: float) -> Report:
    """Return what a build of *one* tells that took *seconds*, *rendered* so many pages and left *written*."""
    return Report(
        articles=one.counts.articles,
        events=one.counts.events,
        pages=one.counts.pages,
        rendered=rendered,
        written=written.changed,
        deleted=written.deleted,
        seconds=seconds,
        problems=problems.all,
        notes=written.notes,
        texts=one.counts.texts,
        parsed=one.content.parsed,
        files=written.files,
    )


def made_of(one: Draft, see: Callable[..., Glance], first: Glance, written: Written) -> Made:
    """Return what *one* was made of and left *written*.

    *first* is what was seen before its build. Where *see* now finds anything else, that cannot be told: what
    was deleted meanwhile leaves no stamp behind.
    """
    named = tuple(sorted(_named_files(one.site.settings)))
    seen = see(named) if first.asked else NOTHING
    if (seen.asked, seen.lines) != (first.asked, first.lines):
        seen = NOTHING
    return Made(seen, first.taken, named, written.generation, one.now, one.chronicle.next_embargo)


def _named_files(settings: Settings) -> Iterator[str]:
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


def moment_text(second: int) -> str:
    """Return *second* (since 1970, UTC) in ISO 8601."""
    return datetime.fromtimestamp(second, UTC).isoformat()
