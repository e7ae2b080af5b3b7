"""What a file is that is no picture which pages can show, by its name or by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.reading.assets.kinds import ACTIVE
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import position_at
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap

_TO_JPEG: Final = say("open it and save or export it as JPEG, PNG or WebP")
_TO_LINK: Final = say("link to it instead, [what it is](minutes.pdf), or save a page of it as JPEG or PNG")
_TO_PLAYER: Final = say("give it under 'media:' of an event, or save a picture of it as JPEG")


class FileKind(NamedTuple):
    """A kind of file, and what an author can do with it."""

    name: str
    hint: str
    is_page: bool = False
    shown_as: str = ""
    """What a page makes of it where it may be named: ``film``, ``audio``, ``document``; else empty."""


_HEIC: Final = FileKind(
    say("a HEIC picture, as telephones save them, which most browsers do not show"), _TO_JPEG
)
_AVIF: Final = FileKind(say("an AVIF picture, which this program does not read"), _TO_JPEG)
_TIFF: Final = FileKind(say("a TIFF picture, which browsers do not show"), _TO_JPEG)
_BMP: Final = FileKind(say("a BMP picture, which takes many times the room"), _TO_JPEG)
_JXL: Final = FileKind(say("a JPEG XL picture, which most browsers do not show"), _TO_JPEG)
_ICON: Final = FileKind(say("an icon, not a picture"), _TO_JPEG)
_SOURCE: Final = FileKind(say("a file of a drawing program, which browsers do not show"), _TO_JPEG)
_RAW: Final = FileKind(say("a raw photograph of a camera, which browsers do not show"), _TO_JPEG)
_PDF: Final = FileKind(say("a PDF document, not a picture"), _TO_LINK, shown_as="document")
_OFFICE: Final = FileKind(
    say("a document of an office program, not a picture"), _TO_LINK, shown_as="document"
)
_OLD_OFFICE: Final = FileKind(
    say("a document of an old office program, or one that may hold programs"),
    say("save it as PDF, .docx, .xlsx or .odt"),
)
_PAGE: Final = FileKind(
    say("an HTML page, not a picture"),
    say("save the picture itself, not the page that shows it"),
    is_page=True,
)
_FILM: Final = FileKind(say("a film, not a picture"), _TO_PLAYER, shown_as="film")
_SOUND: Final = FileKind(say("a sound file, not a picture"), _TO_PLAYER, shown_as="audio")
_OTHER_FILM: Final = FileKind(
    say("a film of a kind that not all browsers play"), say("save it as MP4 (H.264 with AAC) or as WebM")
)
_OTHER_SOUND: Final = FileKind(
    say("a sound file of a kind that not all browsers play"), say("save it as MP3, M4A, Ogg, Opus or WAV")
)
_ARCHIVE: Final = FileKind(say("an archive, not a picture"), say("unpack it, and take the picture out of it"))
_ZIP: Final = _ARCHIVE._replace(shown_as="document")
_TEXT: Final = FileKind(say("a text, not a picture"), _TO_LINK, shown_as="document")

_BY_ENDING: Final[Mapping[str, FileKind]] = {
    **dict.fromkeys((".heic", ".heif", ".hif"), _HEIC),
    ".avif": _AVIF,
    **dict.fromkeys((".tif", ".tiff"), _TIFF),
    **dict.fromkeys((".bmp", ".dib"), _BMP),
    ".jxl": _JXL,
    ".ico": _ICON,
    **dict.fromkeys((".psd", ".ai", ".eps", ".xcf", ".indd", ".sketch", ".fig"), _SOURCE),
    **dict.fromkeys((".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".raf"), _RAW),
    ".pdf": _PDF,
    **dict.fromkeys((".docx", ".odt", ".pptx", ".xlsx", ".ods", ".odp", ".epub"), _OFFICE),
    **dict.fromkeys((".doc", ".ppt", ".xls", ".docm", ".xlsm", ".pptm"), _OLD_OFFICE),
    **dict.fromkeys((".html", ".htm", ".mhtml", ".php", ".aspx"), _PAGE),
    **dict.fromkeys((".mp4", ".webm"), _FILM),
    **dict.fromkeys((".mov", ".m4v", ".avi", ".mkv", ".mpg", ".mpeg", ".ogv", ".wmv", ".3gp"), _OTHER_FILM),
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".ogg", ".opus"), _SOUND),
    **dict.fromkeys((".oga", ".flac", ".aac", ".wma", ".aif", ".aiff", ".amr"), _OTHER_SOUND),
    ".zip": _ZIP,
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), _ARCHIVE),
    **dict.fromkeys((".txt", ".rtf", ".csv", ".tsv", ".json", ".geojson", ".vtt", ".srt"), _TEXT),
}
_BY_START: Final = (
    (b"%PDF-", _PDF),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"BM", _BMP),
    (b"\xff\x0a", _JXL),
    (b"\0\0\0\x0cJXL ", _JXL),
    (b"\0\0\x01\0", _ICON),
    (b"8BPS", _SOURCE),
    (b"%!PS", _SOURCE),
    (b"\xd0\xcf\x11\xe0", _OFFICE),
    (b"PK\x03\x04", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"\x1aE\xdf\xa3", _FILM),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
)
_BY_BRAND: Final = ((b"hei", _HEIC), (b"hev", _HEIC), (b"mif1", _HEIC), (b"msf1", _HEIC), (b"avi", _AVIF))
"""By the brand of an ISO base media file (ISO/IEC 14496-12, 4.3), which follows ``ftyp``."""


def kind_by_name(path: PurePosixPath) -> FileKind | None:
    """Return the kind of file that the ending of *path* promises; None where it may be a picture."""
    return _BY_ENDING.get(path.suffix.lower())


def kind_by_content(data: bytes) -> FileKind | None:
    """Return the kind of file that *data* begins like; None where that is not known."""
    if data[4:8] == b"ftyp":
        return next((kind for brand, kind in _BY_BRAND if data[8:12].startswith(brand)), _FILM)
    # WebP is RIFF, too, and is a picture.
    if data[:4] == b"RIFF":
        return _FILM if data[8:12] == b"AVI " else _SOUND if data[8:12] == b"WAVE" else None
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return _PAGE
    return next((kind for mark, kind in _BY_START if data.startswith(mark)), None)


def read_file_kinds(typed: Sequence[str], tree: YamlMap, diagnostics: Diagnostics) -> tuple[str, ...]:
    """Return the endings *typed* of files that texts may offer; note those that no site publishes."""
    found: list[str] = []
    for number, text in enumerate(typed):
        ending, position = text.removeprefix(".").lower(), position_at(tree, ("file_kinds", number))
        if not _ENDING.fullmatch(ending):
            diagnostics.add(
                "TG304",
                say("{text!r} is no ending of a file", text=text),
                position,
                say("write file_kinds: [gpx, kml]"),
            )
        elif f".{ending}" in ACTIVE:
            message = say(
                "files of the kind .{ending} are not published: browsers run them as a part of the site",
                ending=ending,
            )
            diagnostics.add("TG304", message, position, say("pack them: a .zip may hold them"))
        else:
            found.append(ending)
    return tuple(sorted({*found}))


_ENDING: Final = re.compile(r"[a-z0-9]{2,10}")
