"""The stage render: a view into the bytes of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from timeline_gen.planning import file_views, views
from timeline_gen.rendering.calendars import calendar_pieces
from timeline_gen.rendering.card_pictures import write_card
from timeline_gen.rendering.exports import events_pieces, finder_pieces, table_pieces, write_schema
from timeline_gen.rendering.feeds import write_feed
from timeline_gen.rendering.file_links import to_files
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.pieces import InPieces, joined
from timeline_gen.rendering.redirects import write_redirect
from timeline_gen.rendering.sitemap import write_robots, write_sitemap, write_sitemaps
from timeline_gen.rendering.templates import render_page

TEMPLATES: Final[Mapping[type, str]] = {
    views.ChoiceView: "choice.html",
    views.TimelineView: "timeline.html",
    views.EventView: "event.html",
    views.ArticleView: "article.html",
    views.PlainView: "page.html",
    views.ArticlesView: "articles.html",
    views.EntitiesView: "entities.html",
    views.EntityView: "entity.html",
    views.CorrectionsView: "corrections.html",
    views.EmbedView: "embed.html",
    views.NotFoundView: "404.html",
}
"""The template of each kind of page."""


def render(view: views.View, kit: Kit) -> bytes:
    """Return the file that shows *view*, made with *kit*; the same view and kit give the same bytes.

    Raises ContentError where a template of the theme is at fault.
    """
    data = _written(view, kit)
    return to_files(data) if kit.file_links and type(view) in _PAGES else data


def in_pieces(view: views.View, kit: Kit) -> InPieces:
    """Return the file that shows *view* in its pieces; raise KeyError where it has none."""
    return _PIECERS[type(view)](view, kit)


def _written(view: views.View, kit: Kit) -> bytes:
    writer = _WRITERS.get(type(view))
    if writer:
        return writer(view, kit)
    if type(view) in _PIECERS:
        return joined(in_pieces(view, kit))
    frame = getattr(view, "frame", None)
    return render_page(TEMPLATES[type(view)], view, kit, frame.lang if frame else "")


_WRITERS: Final[Mapping[type, Callable[..., bytes]]] = {
    file_views.FeedView: write_feed,
    file_views.EventsSchemaView: lambda view, _: write_schema(view),
    file_views.CardView: write_card,
    file_views.SitemapView: lambda view, _: write_sitemap(view),
    file_views.SitemapsView: lambda view, _: write_sitemaps(view),
    file_views.RobotsView: lambda view, _: write_robots(view),
    file_views.RedirectView: lambda view, _: write_redirect(view),
}

_PIECERS: Final[Mapping[type, Callable[..., InPieces]]] = {
    file_views.EventsDataView: lambda view, _: events_pieces(view),
    file_views.EventsTableView: lambda view, _: table_pieces(view),
    file_views.CalendarView: calendar_pieces,
    file_views.FinderView: lambda view, _: finder_pieces(view),
}

_PAGES: Final = frozenset((*TEMPLATES, file_views.RedirectView))
