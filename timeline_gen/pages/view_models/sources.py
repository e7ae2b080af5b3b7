"""Sources as pages show them."""

from __future__ import annotations

from timeline_gen.dates.phrases import DateError, read
from timeline_gen.model.events import Citation
from timeline_gen.model.settings import Language
from timeline_gen.pages.parts.memoize import memoize
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.rendering.view_models import DateView, SourceView
from timeline_gen.text.languages import direction


@memoize
def source_view(source: Citation, lang: str, site: SiteContext) -> SourceView:
    """Return *source* as pages in *lang* show it."""
    own = site.languages[lang]
    return SourceView(
        name=source.name,
        title=source.title,
        author=source.author,
        url=source.url,
        date=source.date,
        dated=_readable(source.date, own, site),
        page=source.page,
        lang=source.language or lang,
        direction=_direction(source.language) if source.language else "auto",
        archive_ref=source.archive_ref,
        quote=source.quote,
        accessed=_readable(source.accessed, own, site),
        archive=source.archive,
    )


def _direction(code: str) -> str:
    try:
        return direction(code)
    except ValueError:
        return "auto"


def _readable(text: str, language: Language, site: SiteContext) -> DateView | None:
    if not text:
        return None
    try:
        return date_view(read(text), language, site)
    except DateError:
        return None
