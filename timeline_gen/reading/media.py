"""Media and files that front matter and data files name: found among the content, their texts read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset, Attachment, Media
from timeline_gen.model.links import TextLink
from timeline_gen.model.texts import Position
from timeline_gen.reading.assets.finding import SHOWN, find_asset, note_missing_alt, resolve
from timeline_gen.reading.assets.kinds import AUDIO, DOCUMENT, FILM, PICTURE, kind_of
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import node_at, position_at
from timeline_gen.reading.front_matter.parse_context import ParseContext
from timeline_gen.reading.front_matter.yaml_nodes import YamlText
from timeline_gen.reading.pictures.raster_kinds import SUFFIXES
from timeline_gen.reading.prose.body import RichLine
from timeline_gen.reading.prose.cleaning import link_fault
from timeline_gen.schema.faults import KeyPath
from timeline_gen.schema.media import FileSchema, ImageSchema, MediaSchema, PictureSchema

Links: TypeAlias = tuple[TextLink, ...]

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_LINES: Final = ("caption", "credit")
_CAPTIONS: Final = ".vtt"
_BLANK: Final = re.compile(r"\s")
_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n")


class MediaRead(NamedTuple):
    """Media, read, with the links in their texts and all the files that belong to them."""

    media: tuple[Media, ...] = ()
    links: Links = ()
    assets: tuple[Asset, ...] = ()


def read_media(given: MediaSchema | Sequence[MediaSchema], path: KeyPath, context: ParseContext) -> MediaRead:
    """Return the pictures, films, sounds, documents and embeds that are *given* at *path*."""
    found = [_medium(medium, place, context) for medium, place in _placed(given, path)]
    media = tuple(medium.media for medium in found)
    return MediaRead(
        media,
        tuple(link for medium in found for link in medium.links),
        tuple(asset for medium in found for asset in (*medium.media.assets, *medium.assets)),
    )


def read_image(matter: ImageSchema, path: KeyPath, context: ParseContext) -> MediaRead:
    """Return the picture that *matter*, at *path*, gives; nothing after noting why there is none."""
    picture = find_asset(
        matter.src, position_at(context.tree, (*path, "src")), context.diagnostics, context.assets
    )
    if picture is None:
        return MediaRead()
    found = _described(matter, Media(matter.src, picture=picture), path, context)
    return MediaRead((found.media,), found.links, (picture, *found.assets))


def read_files(
    given: FileSchema | Sequence[FileSchema], path: KeyPath, context: ParseContext
) -> tuple[Attachment, ...]:
    """Return the files to be offered that are *given* at *path*; each that is not there is noted."""
    found: list[Attachment] = []
    for matter, place in _placed(given, path):
        context.plain(place, {"title": matter.title})
        position = position_at(context.tree, (*place, "src"))
        asset = find_asset(matter.src, position, context.diagnostics, context.assets, kinds=SHOWN)
        if asset is not None:
            found.append(Attachment(asset, matter.src, matter.title))
    return tuple(found)


Given = TypeVar("Given", MediaSchema, FileSchema)


def _placed(given: Given | Sequence[Given], path: KeyPath) -> Iterator[tuple[Given, KeyPath]]:
    """Yield each of what is *given* at *path*, one or a list, with the path to it."""
    if not isinstance(given, Sequence):
        yield given, path
        return
    for number, medium in enumerate(given):
        yield medium, (*path, number)


class _Described(NamedTuple):
    """A medium with its texts read."""

    media: Media
    links: Links
    assets: tuple[Asset, ...]
    """The files that its texts link to."""


def _medium(matter: MediaSchema, path: KeyPath, context: ParseContext) -> _Described:
    """Return what *matter*, at *path*, gives: a file of the site, measured, or an embed, a web address."""
    position = position_at(context.tree, (*path, "src"))
    if _WEB.match(matter.src):
        if fault := link_fault(matter.src):
            context.diagnostics.add("TG402", fault[0], position, fault[1])
        _note_far_picture(matter.src, position, context.diagnostics)
        _note_unfit(matter, path, context, ("poster", "captions"))
        return _described(matter, Media(matter.src), path, context)
    asset = find_asset(matter.src, position, context.diagnostics, context.assets, kinds=SHOWN)
    if asset is None or asset.kind in {PICTURE, DOCUMENT}:
        # Where the file is missing, what else is given for it is not known to be wrong.
        _note_unfit(matter, path, context, ("poster", "captions", "transcript") if asset else ())
        is_picture = asset is not None and asset.kind == PICTURE
        media = Media(matter.src, picture=asset) if is_picture else Media(matter.src, file=asset)
        return _described(matter, media, path, context)
    if asset.kind == AUDIO:
        # Browsers show no captions of what has no pictures.
        _note_unfit(matter, path, context, ("poster", "captions"))
    if not (matter.transcript or (matter.captions and asset.kind == FILM)):
        _note_unspoken(asset, position, context.diagnostics)
    return _described(matter, _played(matter, asset, path, context), path, context)


def _played(matter: MediaSchema, asset: Asset, path: KeyPath, context: ParseContext) -> Media:
    """Return *asset*, a film or a sound, with what *matter*, at *path*, gives to it."""
    poster = None
    if matter.poster and asset.kind == FILM:
        position = position_at(context.tree, (*path, "poster"))
        poster = find_asset(matter.poster, position, context.diagnostics, context.assets)
    return Media(matter.src, file=asset, poster=poster, captions=_captions(matter, path, context))


def _captions(matter: MediaSchema, path: KeyPath, context: ParseContext) -> dict[str, Asset]:
    """Return the files of captions by language; a single file is in the language of the text."""
    by_language = {context.lang: matter.captions} if isinstance(matter.captions, str) else matter.captions
    found: dict[str, Asset] = {}
    for lang, name in (by_language or {}).items():
        place = (*path, "captions") if isinstance(matter.captions, str) else (*path, "captions", lang)
        context.known_language(lang, place)
        position = position_at(context.tree, place)
        asset = find_asset(name, position, context.diagnostics, context.assets, kinds={DOCUMENT})
        if asset is not None and asset.path.suffix.lower() != _CAPTIONS:
            hint = say("save them as WebVTT, and write captions: talk.vtt")
            context.diagnostics.add(
                "TG437", say("captions must be WebVTT, and {name!r} is not", name=name), position, hint
            )
        elif asset is not None:
            found[lang] = asset
    return found


def _transcript(
    matter: ImageSchema, path: KeyPath, context: ParseContext
) -> tuple[str, Asset | None, RichLine]:
    """Return the transcript of a film or a sound: as HTML, or as a file, and what it links to."""
    text = matter.transcript if isinstance(matter, MediaSchema) else ""
    if not text:
        return "", None, RichLine()
    place = (*path, "transcript")
    name, file = text.strip(), PurePosixPath(text.strip())
    # "talk.txt" is a file, also where it is missing; "He spoke for an hour." ends like one, and has spaces.
    named = resolve(context.diagnostics.path.parent, name) in context.assets
    if named or (kind_of(file, context.settings.file_kinds) and not _BLANK.search(name)):
        position = position_at(context.tree, place)
        return (
            "",
            find_asset(name, position, context.diagnostics, context.assets, kinds={DOCUMENT}),
            RichLine(),
        )
    lines = [context.line(part, place) for part in _PARAGRAPHS.split(text) if part.strip()]
    html = "".join(f"<p>{line.html}</p>" for line in lines)
    links = tuple(link for line in lines for link in line.links)
    return html, None, RichLine(links=links, assets=tuple(asset for line in lines for asset in line.assets))


def _described(matter: ImageSchema, media: Media, path: KeyPath, context: ParseContext) -> _Described:
    """Return *media*, which *matter* gives at *path*, with its texts read."""
    is_picture = media.picture or (not media.file and kind_of(PurePosixPath(matter.src)) == PICTURE)
    if not matter.alt and is_picture and not _WEB.match(matter.src):
        _note_missing_alt(matter, path, context)
    context.plain(path, {"alt": matter.alt})
    caption, credit = (context.line(getattr(matter, key), (*path, key)) for key in _LINES)
    transcript, transcript_file, transcript_line = _transcript(matter, path, context)
    described = replace(
        media,
        alt=matter.alt,
        caption=caption.text,
        credit=credit.text,
        caption_html=caption.markup,
        credit_html=credit.markup,
        transcript=transcript,
        transcript_file=transcript_file,
    )
    lines = (caption, credit, transcript_line)
    return _Described(
        described,
        tuple(link for line in lines for link in line.links),
        tuple(asset for line in lines for asset in line.assets),
    )


def _note_missing_alt(matter: ImageSchema, path: KeyPath, context: ParseContext) -> None:
    """Note that a picture has no description: an error where ``media:`` is a path, without room for one."""
    node, position = node_at(context.tree, path), position_at(context.tree, (*path, "src"))
    if isinstance(node, YamlText) and isinstance(matter, MediaSchema):
        message = say("a path has no description, so that who cannot see the picture learns nothing of it")
        context.diagnostics.add(
            "TG404", message, position, say("write media: {{src: {src}, alt: what it shows}}", src=matter.src)
        )
    else:
        note_missing_alt(context.diagnostics, position)


def _note_far_picture(address: str, position: Position, diagnostics: Diagnostics) -> None:
    """Note that the picture at the web *address* is on another host, as one in a body would be."""
    path = PurePosixPath(urlsplit(address).path)
    if path.suffix.lower() in SUFFIXES:
        message = say("{address!r} lies on another host, which no page of the site may ask", address=address)
        hint = say("save it next to the article, if you may, and write src: {name}", name=unquote(path.name))
        diagnostics.add("TG408", message, position, hint)


def _note_unfit(matter: MediaSchema, path: KeyPath, context: ParseContext, unfit: Iterable[str]) -> None:
    """Note which of the keys *unfit* are given at *path*, though *matter* has no use for them."""
    for key in unfit:
        if getattr(matter, key):
            what = say("a film or a sound") if key == "transcript" else say("a film")
            message = say(
                "{key!r} belongs to {what} of the site, and {src!r} is none",
                key=key,
                what=what,
                src=matter.src,
            )
            hint = say("remove it; what is said in a sound is its 'transcript:'")
            context.diagnostics.add("TG311", message, position_at(context.tree, (*path, key)), hint)


def _note_unspoken(asset: Asset, position: Position, diagnostics: Diagnostics) -> None:
    """Note that *asset* has neither captions nor a transcript."""
    lacks = say("the film has neither captions nor a transcript")
    hint = say("write transcript: what is said, or captions: talk.vtt")
    if asset.kind == AUDIO:
        lacks, hint = (
            say("the sound has no transcript"),
            say("write transcript: what is said, or its file, talk.txt"),
        )
    message = say("{lacks}, so that who cannot hear it learns nothing of it", lacks=lacks)
    diagnostics.add("TG438", message, position, hint, level=Level.WARNING)


# ---------------------------------------------------------------- with texts by language


class PictureRead(NamedTuple):
    """A picture by the languages of its texts, with the links in these, and the files that they link to."""

    media: dict[str, Media]
    links: Links = ()
    assets: tuple[Asset, ...] = ()


def read_picture(matter: PictureSchema, path: KeyPath, context: ParseContext) -> PictureRead:
    """Return the picture that *matter*, at *path*, gives; nothing after noting why there is none."""
    position = position_at(context.tree, (*path, "src"))
    picture = find_asset(matter.src, position, context.diagnostics, context.assets)
    if picture is None:
        return PictureRead({})
    if not matter.alt:
        note_missing_alt(context.diagnostics, position)
    found: dict[str, Media] = {}
    lines: list[RichLine] = []
    for lang in text_languages(matter, context.codes) or ("",):
        caption, credit = (
            context.line(text_in(getattr(matter, key), lang), _path(matter, path, key, lang), lang=lang)
            for key in _LINES
        )
        alt = text_in(matter.alt, lang)
        context.plain((*path, "alt"), {lang: alt})
        found[lang] = Media(
            matter.src, alt, caption.text, credit.text, picture, caption.markup, credit.markup
        )
        lines += (caption, credit)
    return PictureRead(
        found,
        tuple(link for line in lines for link in line.links),
        tuple(asset for line in lines for asset in line.assets),
    )


def text_languages(matter: PictureSchema, codes: Sequence[str]) -> tuple[str, ...]:
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


def _path(matter: PictureSchema, path: KeyPath, key: str, lang: str) -> KeyPath:
    return (*path, key) if isinstance(getattr(matter, key), str) else (*path, key, lang)
