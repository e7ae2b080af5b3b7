"""Pictures, films and sounds as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape

from timeline_gen.model.assets import Media
from timeline_gen.model.links import LinkTarget
from timeline_gen.pages.parts.links import resolved
from timeline_gen.pages.parts.players import embed_of
from timeline_gen.pages.parts.widths import shown_size, webp_widths, widths_of
from timeline_gen.pages.site import SiteContext, best
from timeline_gen.pages.view_models.files import file_view
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.view_models import CaptionsView, MediaView


def media_view(
    media: Mapping[str, Media], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> MediaView | None:
    """Return the one of *media* whose texts are in *lang*, else in the first language that has them.

    *targets* are what the links in these lead to.
    """
    if not media:
        return None
    found = best(media, lang, site.languages)
    return _view_of(media[found], found, lang, site, targets)


def media_views(
    media: Mapping[str, tuple[Media, ...]], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> tuple[MediaView, ...]:
    """Return those of *media* whose texts are in *lang*, else in the first language that has them."""
    if not media:
        return ()
    found = best(media, lang, site.languages)
    return tuple(_view_of(medium, found, lang, site, targets) for medium in media[found])


def _view_of(
    medium: Media, found: str, lang: str, site: SiteContext, targets: Iterable[LinkTarget]
) -> MediaView:
    """Return *medium*, whose texts are in the language *found*."""
    language = site.languages.get(found) or site.languages[lang]
    spoken = site.languages.get(medium.transcript_lang) or language
    picture = medium.picture
    about = (picture.address, picture.width, picture.height) if picture else None
    width, height = shown_size(*about) if about else (0, 0)
    caption, credit = (
        resolved(html or escape(text, quote=False), targets, lang, site, language.code)
        for html, text in ((medium.caption_html, medium.caption), (medium.credit_html, medium.credit))
    )
    view = MediaView(
        href=str(picture.address) if picture else "",
        url="" if picture else medium.src,
        width=width,
        height=height,
        alt=medium.alt,
        caption=medium.caption,
        credit=medium.credit,
        lang=language.code,
        direction=language.direction,
        widths=widths_of(*about) if about else (),
        webp=webp_widths(*about) if about and picture and picture.has_webp else (),
        caption_html=caption,
        credit_html=credit,
        transcript=resolved(medium.transcript, targets, lang, site, spoken.code),
        transcript_lang=spoken.code,
        transcript_direction=spoken.direction,
        transcript_file=file_view(medium.transcript_file, None, site.languages[lang])
        if medium.transcript_file
        else None,
    )
    return view if picture else _played(view, medium, lang, site)


def _played(view: MediaView, medium: Media, lang: str, site: SiteContext) -> MediaView:
    """Return the *view* of *medium*, which is no picture, with what plays it."""
    if medium.file is None:
        embed = embed_of(medium.src)
        return replace(view, player=embed.kind, player_url=embed.url, host=embed.host) if embed else view
    title = Words(view.alt, view.lang, view.direction) if view.alt else None
    return replace(
        view,
        url="",
        player=medium.file.kind,
        width=medium.file.width,
        height=medium.file.height,
        file=file_view(medium.file, title, site.languages[lang]),
        poster=_view_of(Media("", medium.alt, picture=medium.poster), view.lang, lang, site, ())
        if medium.poster
        else None,
        captions=tuple(
            CaptionsView(str(asset.address), code, site.languages[code].name)
            for code, asset in medium.captions.items()
            if code in site.languages
        ),
    )
