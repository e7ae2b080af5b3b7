"""How an event's page is cited: in words, which the theme has, and in BibTeX."""

from __future__ import annotations

import re
from typing import Final

from timeline_gen.collecting.timeline import Event
from timeline_gen.keys import content_hash
from timeline_gen.model.events import Stamp
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.tellings import newest_article
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import stamp_view
from timeline_gen.rendering.layout import Layout
from timeline_gen.rendering.view_models import CitationView, EventCard

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names that every BibTeX style knows."""
_KEY: Final = re.compile(r"[A-Za-z0-9:_-]+", re.ASCII)
_MARKED: Final = re.compile(r"[\\{}~^&%$#_]")
_MARKS: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces, escaped or not.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "&%$#_"},
    }
)


def citation(event: Event, card: EventCard, layout: Layout, site: SiteContext) -> CitationView:
    """Return how the page of *event*, shown as *card*, is cited in the language of *layout*."""
    last = newest_article(event).last
    url = addresses.absolute(site.url, card.href)
    return CitationView(
        stamp_view(last, site.languages[layout.lang], site), url, _bibtex(card, url, last, layout)
    )


def _bibtex(card: EventCard, url: str, last: Stamp | None, layout: Layout) -> str:
    year, month = (last.text[:4], _MONTHS[int(last.text[5:7]) - 1]) if last else ("", "")
    fields = {
        # In two pairs of braces: BibTeX would divide a publisher into first and last names, and lower the
        # capitals of a title.
        "author": f"{{{{{_escaped((layout.publisher or layout.site_title).text)}}}}}",
        "title": f"{{{{{_escaped(card.title.text)}}}}}",
        "howpublished": f"{{{_escaped(layout.site_title.text)}}}",
        "year": f"{{{year}}}" if year else "",
        "month": month,
        "url": f"{{{url}}}",
        "note": f"{{{_escaped(card.date.text)}}}",
        "language": f"{{{card.title.lang}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{_key(card.id)},\n{lines}\n}}"


def _escaped(text: str) -> str:
    """Return *text*, in which nothing is a mark of TeX's any more."""
    return " ".join((text.translate(_MARKS) if _MARKED.search(text) else text).split())


def _key(name: str) -> str:
    """Return a key that BibTeX can sort: *name*, or a hash of one that is not in Latin letters."""
    return name if _KEY.fullmatch(name) else f"event-{content_hash(name.encode())[:8]}"
