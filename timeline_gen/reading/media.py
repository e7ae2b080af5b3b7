"""Pictures, and media of other hosts, that front matter and data files name: measured, their texts read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from timeline_gen.errors import Level
from timeline_gen.model import Media, Picture, Spot, TextLink
from timeline_gen.reading.front_matter.desk import ParseContext
from timeline_gen.reading.front_matter.matter import node_at, spot_at
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.front_matter.yaml_tree import YamlList
from timeline_gen.reading.pictures.raster_size import SUFFIXES
from timeline_gen.reading.prose.body import find_picture, note_missing_alt
from timeline_gen.reading.prose.cleaning import link_fault
from timeline_gen.schema import MediaMatter, PictureMatter, Way

Links: TypeAlias = tuple[TextLink, ...]

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_LINES: Final = ("caption", "credit")


def read_media(
    given: MediaMatter | Sequence[MediaMatter], way: Way, desk: ParseContext
) -> tuple[tuple[Media, ...], Links]:
    """Return the pictures and embeds that are *given* at *way*, and the links in their texts."""
    matters = (given,) if isinstance(given, MediaMatter) else given
    listed = isinstance(node_at(desk.tree, way), YamlList)
    found = [_medium(one, (*way, n) if listed else way, desk) for n, one in enumerate(matters)]
    return tuple(media for media, _ in found), tuple(link for _, links in found for link in links)


def read_image(matter: MediaMatter, way: Way, desk: ParseContext) -> tuple[Media | None, Links]:
    """Return the picture of the site that *matter*, at *way*, gives; None after noting why there is none."""
    spot = spot_at(desk.tree, (*way, "src"))
    picture = find_picture(matter.src, spot, desk.notes, desk.pictures)
    if picture is None:
        return None, ()
    return _described(matter, picture, way, desk)


def _medium(matter: MediaMatter, way: Way, desk: ParseContext) -> tuple[Media, Links]:
    """Return a picture, measured, or an embed, a web address; and the links in its texts."""
    spot = spot_at(desk.tree, (*way, "src"))
    if _WEB.match(matter.src):
        if fault := link_fault(matter.src):
            desk.notes.add("TG402", fault[0], spot, fault[1])
        _note_far_picture(matter.src, spot, desk.notes)
        return _described(matter, None, way, desk)
    return _described(matter, find_picture(matter.src, spot, desk.notes, desk.pictures), way, desk)


def _described(
    matter: MediaMatter, picture: Picture | None, way: Way, desk: ParseContext
) -> tuple[Media, Links]:
    """Return *matter*, at *way*, with its texts read; *picture* is its file, if it has one."""
    if not matter.alt and not _WEB.match(matter.src):
        note_missing_alt(desk.notes, spot_at(desk.tree, (*way, "src")))
    desk.plain(way, {"alt": matter.alt})
    caption, credit = (desk.line(getattr(matter, key), (*way, key)) for key in _LINES)
    media = Media(matter.src, matter.alt, caption.text, credit.text, picture, caption.markup, credit.markup)
    return media, caption.links + credit.links


def _note_far_picture(address: str, spot: Spot, notes: Diagnostics) -> None:
    """Note that the picture at the web *address* becomes a link, because no page loads it from there."""
    path = PurePosixPath(urlsplit(address).path)
    if path.suffix.lower() in SUFFIXES:
        message = "the picture is on another host, which no page of the site may ask: readers see only a link"
        hint = f"save it next to the article, if you may, and write src: {unquote(path.name)}"
        notes.add("TG408", message, spot, hint, level=Level.WARNING)


# ---------------------------------------------------------------- with texts by language


def read_picture(matter: PictureMatter, way: Way, desk: ParseContext) -> tuple[dict[str, Media], Links]:
    """Return the picture that *matter*, at *way*, gives, by the languages of its texts, and their links.

    It is empty where there is no such picture, after noting why.
    """
    spot = spot_at(desk.tree, (*way, "src"))
    picture = find_picture(matter.src, spot, desk.notes, desk.pictures)
    if picture is None:
        return {}, ()
    if not matter.alt:
        note_missing_alt(desk.notes, spot)
    found: dict[str, Media] = {}
    links: list[TextLink] = []
    for lang in text_languages(matter, desk.codes) or ("",):
        caption, credit = (
            desk.line(text_in(getattr(matter, key), lang), _way(matter, way, key, lang), lang=lang)
            for key in _LINES
        )
        alt = text_in(matter.alt, lang)
        desk.plain((*way, "alt"), {lang: alt})
        found[lang] = Media(
            matter.src, alt, caption.text, credit.text, picture, caption.markup, credit.markup
        )
        links += caption.links + credit.links
    return found, tuple(links)


def text_languages(matter: PictureMatter, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the languages, of *codes* first, that the texts of *matter* are in."""
    texts = [text for text in (matter.alt, matter.caption, matter.credit) if text]
    given = {lang: None for text in texts if isinstance(text, Mapping) for lang in text}
    if any(isinstance(text, str) for text in texts):
        given |= dict.fromkeys(codes)
    return tuple(sorted(given, key=lambda lang: (lang not in codes, lang)))


def text_in(value: str | Mapping[str, str] | None, lang: str) -> str:
    """Return *value* in *lang*; a text without languages serves in all."""
    if value is None:
        return ""
    return value if isinstance(value, str) else value.get(lang, "")


def _way(matter: PictureMatter, way: Way, key: str, lang: str) -> Way:
    return (*way, key) if isinstance(getattr(matter, key), str) else (*way, key, lang)
