"""How an event's page is cited: in words, which the theme has, and in BibTeX."""

from __future__ import annotations

import re
from typing import Final

from timeline_gen.collecting.chronicle import Event
from timeline_gen.model import Stamp, content_hash
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import stamp_view
from timeline_gen.planning.feeds import newest_brief
from timeline_gen.planning.parts import CitationView, EventCard
from timeline_gen.planning.site import Site

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


def citation(event: Event, card: EventCard, lang: str, site: Site) -> CitationView:
    """Return how the page in *lang* of *event*, shown as *card*, is cited."""
    last = newest_brief(event).last
    url = addresses.absolute(site.settings.url, card.href)
    return CitationView(
        stamp_view(last, site.languages[lang], site), url, _bibtex(card, url, last, lang, site)
    )


def _bibtex(card: EventCard, url: str, last: Stamp | None, lang: str, site: Site) -> str:
    frame = site.frames[lang]
    year, month = (last.text[:4], _MONTHS[int(last.text[5:7]) - 1]) if last else ("", "")
    fields = {
        "author": f"{{{{{_escaped((frame.publisher or frame.site_title).text)}}}}}",
        "title": f"{{{{{_escaped(card.title.text)}}}}}",
        "howpublished": f"{{{_escaped(frame.site_title.text)}}}",
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
