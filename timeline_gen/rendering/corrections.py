"""The words of a correction where no template has them: in feeds and calendars."""

from __future__ import annotations

from timeline_gen.rendering.fallback_words import MarkedWords
from timeline_gen.rendering.view_models import CorrectionView
from timeline_gen.text.plurals import Catalogue


def correction_wording(correction: CorrectionView, words: Catalogue | MarkedWords) -> str:
    """Return when *correction* was made and what it changed, with gaps for date, event, was and now."""
    made = words.gettext("Corrected on %(date)s" if correction.date else "Corrected")
    if correction.changed:
        change = words.gettext("%(event)s: the date was given as %(was)s; it now reads: %(now)s.")
    else:
        change = words.gettext("%(event)s: the date remains %(now)s.")
    return f"{made} · {change}"
