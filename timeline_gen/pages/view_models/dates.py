"""Dates as pages show them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates import edtf
from timeline_gen.dates.wording import word
from timeline_gen.model.dates import When
from timeline_gen.model.events import Stamp
from timeline_gen.model.settings import Language
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts.memoize import remember
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.view_models import DateView

_dates: Final[dict[tuple[str, str, bool, str, str, str, bytes], DateView]] = {}
"""Many pages show the same dates: each is worded once in a process, and is the same value everywhere."""


def date_view(when: When, language: Language, site: SiteContext, texts: Texts | None = None) -> DateView:
    """Return *when* as it is shown in *language*, in the author's own words where *texts* has them."""
    key = (when.edtf, when.time, when.beyond, when.calendar, when.day_part, language.code, site.digest)
    plain = _dates.get(key)
    if plain is None:
        worded = word(when, language, seasons=site.seasons)
        plain = DateView(worded.long, worded.text, worded.short, worded.spoken, when.edtf, None)
        remember(_dates, key, plain)
    # Another language's words are less clear than our own wording in this one.
    return (
        replace(plain, instead=site.words(texts, language.code))
        if texts and language.code in texts
        else plain
    )


def stamp_view(stamp: Stamp | None, language: Language, site: SiteContext) -> DateView | None:
    """Return the day of *stamp* as it is shown in *language*."""
    return date_view(edtf.when(stamp.text[:10]), language, site) if stamp else None
