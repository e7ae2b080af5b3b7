"""The lines about the size of a site and what a build did."""

from __future__ import annotations

import re
from typing import Protocol

from timeline_gen.building.options import Report
from timeline_gen.messages import listed, many, say, say_many


class Countable(Protocol):
    """What a build's report and the counts of a check have in common."""

    @property
    def articles(self) -> int:
        """Return how many articles readers see."""

    @property
    def events(self) -> int:
        """Return how many events readers see."""

    @property
    def languages(self) -> int:
        """Return in how many languages there are articles."""

    @property
    def drafts(self) -> int:
        """Return how many articles and pages are held back as drafts."""

    @property
    def embargoed(self) -> int:
        """Return how many articles are held back until later."""


def counted_things(counts: Countable, *, pages: int | None = None) -> str:
    """Return how many articles, events and, if given, *pages* a site has, and what is held back."""
    shown = [many(counts.articles, "article"), many(counts.events, "event")]
    if counts.languages > 1:
        shown[0] += say_many(counts.languages, " in {count} language", " in {count} languages")
    if pages is not None:
        shown.append(many(pages, "page"))
    held = [many(counts.drafts, "draft")] if counts.drafts else []
    held += [say("{embargoed:,} under embargo", embargoed=counts.embargoed)] if counts.embargoed else []
    return listed((listed(each) for each in (shown, held) if each), "{start}; {end}")


def summary(report: Report) -> str:
    """Return the line about what a build did."""
    return counted_things(report, pages=report.pages) + say(
        " ({rendered:,} rendered, {written:,} written) in {seconds:.2f} s",
        rendered=report.rendered,
        written=report.written,
        seconds=report.seconds,
    )


def _singular(kind: str) -> str:
    return re.sub(r"s\b", "", kind, count=1)


def by_kind(report: Report) -> str:
    """Return the line with the number of files of each kind."""
    # The names of kinds are plurals of one word each: pages, data files, files of the theme.
    kinds = (
        say_many(count, f"{{count:,}} {_singular(kind)}", f"{{count:,}} {kind}")
        for kind, count in report.kinds
    )
    return say("{files}: {kinds}", files=many(report.files, "file"), kinds=listed(kinds))
