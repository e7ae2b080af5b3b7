"""How a site was built, as whoever publishes it needs to know."""

from __future__ import annotations

from datetime import UTC, datetime

from timeline_gen import __version__
from timeline_gen.planning.redirects import redirects_of
from timeline_gen.running.drafting import Draft
from timeline_gen.running.options import Options
from timeline_gen.writing.manifest import Facts


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
        redirects=tuple(redirects_of(one.pages).items()),
    )


def moment_text(second: int) -> str:
    """Return *second* (since 1970, UTC) in ISO 8601."""
    return datetime.fromtimestamp(second, UTC).isoformat()
