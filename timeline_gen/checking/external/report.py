"""``timeline-gen check --external``: what is wrong with the links of a site to others."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag

from timeline_gen import __version__
from timeline_gen.building.progress import counting
from timeline_gen.building.silencing import Silencer
from timeline_gen.checking.external.fetching import FetchOptions, fetch
from timeline_gen.checking.external.finding import OutsideLinks, outside_links
from timeline_gen.checking.external.outcomes import Kind, LinkOutcome, Outcomes
from timeline_gen.checking.external.pacing import Pace, fetch_all
from timeline_gen.errors import Level, Place, Problem, Silenced, UsageError
from timeline_gen.messages import say
from timeline_gen.writing.disk import work_dir

AGENT: Final = f"timeline-gen/{__version__}"
PAUSE: Final = 1.0
"""Seconds between two requests to one host."""
_SAYS: Final = {
    Kind.GONE: ("TG816", Level.WARNING, say("the link {link!r} leads nowhere: {reason}")),
    Kind.NO_HOST: ("TG816", Level.WARNING, say("the link {link!r} leads nowhere: {reason}")),
    Kind.CERTIFICATE: ("TG816", Level.WARNING, say("the link {link!r} is not safe to follow: {reason}")),
    Kind.NO_ANCHOR: ("TG819", Level.INFO, say("the link {link!r} leads to the top of its page: {reason}")),
    Kind.MOVED: ("TG817", Level.INFO, say("the link {link!r} leads to a page that has moved for good")),
    Kind.BUSY: ("TG818", Level.INFO, say("the link {link!r} could not be looked at: {reason}")),
    Kind.UNKNOWN: ("TG818", Level.INFO, say("the link {link!r} could not be looked at: {reason}")),
    Kind.REFUSED: ("TG818", Level.INFO, say("the link {link!r} was not looked at: {reason}")),
}
_HINTS: Final = {
    "TG816": say("write its present address, or that of an archived copy"),
    "TG818": say("open it in a browser; the next check looks at it again"),
    "TG819": say("write an anchor that the page has"),
}


@dataclass(frozen=True, slots=True)
class ExternalOptions:
    """How links to other sites are to be looked at."""

    allowed: Collection[str] = ()
    """Hosts that may have private addresses."""
    fragments: bool = False
    refresh: bool = False
    """Whether what earlier checks found is looked at again."""
    pause: float = PAUSE
    fetch: Callable[[str, FetchOptions, Callable[[str], None]], LinkOutcome] = field(default=fetch)
    clock: Callable[[], float] = field(default=time.time)


@dataclass(frozen=True, slots=True)
class ExternalReport:
    """What was found of the links to other sites."""

    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...]
    links: int
    """How many addresses there are."""
    asked: int
    """How many of them were asked for now."""


def external_problems(
    root: Path, wanted: ExternalOptions, *, drafts: bool = False, now: int | None = None
) -> ExternalReport:
    """Ask for every link to another site that readers of the site in *root*, at the second *now*, may see.

    Raises ``ContentError`` where the settings have errors, ``UsageError`` where there is no site, or no host
    is found.
    """
    links = outside_links(root, drafts=drafts, now=now)
    kept = Outcomes(work_dir(root), now=wanted.clock(), fragments=wanted.fragments)
    pages = dict.fromkeys(_page(url, wanted) for url in links.places)
    known = {} if wanted.refresh else {url: answer for url in pages if (answer := kept.known(url))}
    asked = dict(_asked([url for url in pages if url not in known], wanted, kept))
    _check_network(asked)
    found = sorted(_problems(links, known | asked, wanted), key=lambda problem: problem.sort_key)
    silencer = Silencer(links.settings.silence)
    return ExternalReport(
        tuple(problem for problem in found if not silencer.reason(problem)),
        tuple(Silenced(problem, why) for problem in found if (why := silencer.reason(problem))),
        len(links.places),
        len(asked),
    )


def _page(url: str, wanted: ExternalOptions) -> str:
    """Return what is asked for on behalf of *url*: anchors of one page need one look, unless they count."""
    return url if wanted.fragments else urldefrag(url)[0]


def _asked(urls: Sequence[str], wanted: ExternalOptions, kept: Outcomes) -> Iterator[tuple[str, LinkOutcome]]:
    """Yield what becomes of *urls*; each outcome is kept as soon as it is known."""
    options, pace = FetchOptions(AGENT, wanted.allowed, wanted.fragments), Pace(wanted.pause)

    def fetched(url: str) -> LinkOutcome:
        outcome = wanted.fetch(url, options, pace.wait)
        kept.keep(url, outcome, wanted.clock())
        return outcome

    with closing(fetch_all(urls, fetched, pace)) as answers:
        yield from counting(say("looking at links to other sites"), answers, len(urls))


def _check_network(asked: dict[str, LinkOutcome]) -> None:
    """Raise UsageError where no host at all was found: then the network is at fault."""
    kinds = {outcome.kind for outcome in asked.values()} - {Kind.REFUSED}
    if len(asked) > 1 and kinds == {Kind.NO_HOST}:
        raise UsageError(
            say("no host of any link was found"), say("see that this machine reaches other sites")
        )


def _problems(
    links: OutsideLinks, outcomes: dict[str, LinkOutcome], wanted: ExternalOptions
) -> Iterator[Problem]:
    for url, places in links.places.items():
        outcome = outcomes[_page(url, wanted)]
        if outcome.kind in _SAYS:
            yield _problem(url, places, outcome)


def _problem(url: str, places: tuple[Place, ...], outcome: LinkOutcome) -> Problem:
    code, level, says = _SAYS[outcome.kind]
    anchor = f"#{urldefrag(url)[1]}" if urldefrag(url)[1] else ""
    hint = _HINTS.get(code) or say("write {address}", address=f"{outcome.to}{anchor}")
    if outcome.kind is Kind.REFUSED:
        hint = say("if that is a host of yours, name it with --allow-host")
    message = says.filled(link=url, reason=outcome.reason)
    return Problem(code, message, places[0], hint, level, places[1:])
