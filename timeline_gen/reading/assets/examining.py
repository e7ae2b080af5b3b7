"""What a file is that content names, before anything of it is published: by its bytes, not by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import listed, say
from timeline_gen.reading.assets import documents, iso_media, packages, sounds, webm
from timeline_gen.reading.assets.captions import caption_faults
from timeline_gen.reading.assets.kinds import FILMS, OFFICE, OPEN_DOCUMENTS, PICTURE, TEXTS, kind_of
from timeline_gen.reading.assets.metadata import GPS
from timeline_gen.reading.file_kinds import kind_by_content
from timeline_gen.reading.pictures.examining import Examined, examine_picture

_PACKAGES: Final = frozenset({".zip", *OFFICE, *OPEN_DOCUMENTS})
_CHECKS: Final[Mapping[str, Callable[[bytes], None]]] = {
    ".mp3": sounds.check_mp3,
    ".wav": sounds.check_wav,
    ".ogg": sounds.check_ogg,
    ".opus": partial(sounds.check_ogg, only="Opus"),
    ".pdf": documents.check_pdf,
    ".rtf": documents.check_rtf,
    **dict.fromkeys(TEXTS, documents.check_text),
    **{suffix: partial(packages.check_package, suffix) for suffix in _PACKAGES},
}
_FILM_SIZES: Final = {".mp4": iso_media.film_size, ".m4a": iso_media.film_size, ".webm": webm.film_size}
_ACTIVE_XML: Final = re.compile(
    rb"1999/xhtml|2000/svg|<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|xmlns[^=<>]{0,40}=\s*[\"'][^\"']*&",
    re.IGNORECASE,
)
"""What makes a browser take an XML file for a page, or could hide that."""


def examine_asset(path: PurePosixPath, data: bytes) -> tuple[Examined | None, tuple[Problem, ...]]:
    """Return what the file *path* with the bytes *data* is, and what is wrong with it."""
    if kind_of(path) == PICTURE:
        return examine_picture(path, data)
    suffix = path.suffix.lower()
    try:
        width, height = _checked(suffix, data)
    except ValueError as error:
        message = say("the file cannot be shown or offered: {error}", error=error)
        return None, (Problem("TG435", message, Place(path), _hint(suffix)),)
    faults = tuple(_caption_problems(path, data)) if suffix == ".vtt" else ()
    if faults:
        return None, faults
    warnings = (*_metadata_problems(path, traces_in(suffix, data)), *_rare(path, suffix, data))
    return Examined(width, height, data), warnings


def traces_in(suffix: str, data: bytes) -> tuple[str, ...]:
    """Return the metadata of *data*, a file whose name ends in *suffix*, in words, each once."""
    if suffix == ".pdf":
        found = {*documents.pdf_metadata(data)}
    elif suffix == ".rtf":
        found = {*documents.rtf_metadata(data)}
    elif suffix in _PACKAGES:
        try:
            found = {*packages.package_metadata(suffix, data)}
        except ValueError:
            found = {say("what cannot be read")}
    else:
        found = {GPS} if suffix in {".mp4", ".m4a"} and iso_media.has_location(data) else set()
    return tuple(sorted(found))


def trace_problem(path: PurePosixPath, traces: tuple[str, ...], level: Level) -> Problem:
    """Return the problem that the file *path* carries the metadata *traces*."""
    message = say("{path} tells more than it shows: {told}", path=path, told=listed(traces))
    hint = _BARE.get(path.suffix.lower(), say("in the office program: File, Info, Inspect Document"))
    return Problem(
        "TG838", message, Place(path), say("save it without properties ({hint})", hint=hint), level
    )


_BARE: Final = {
    # What exiftool takes out of a PDF stays in the file.
    ".pdf": say("qpdf --empty --pages file.pdf -- new.pdf"),
    **dict.fromkeys((".odt", ".ods", ".odp"), say("in LibreOffice: File, Properties, Reset Properties")),
    **dict.fromkeys((".mp4", ".m4a"), say("ffmpeg -i file.mp4 -map_metadata -1 -c copy new.mp4")),
}
"""How a file is saved without metadata, by its ending."""


def _metadata_problems(path: PurePosixPath, traces: tuple[str, ...]) -> Iterator[Problem]:
    if traces:
        yield trace_problem(path, traces, Level.WARNING)


def _rare(path: PurePosixPath, suffix: str, data: bytes) -> Iterator[Problem]:
    """Yield a problem where the file *path* is coded in what not all browsers play."""
    if suffix in {".mp4", ".m4a"} and (codec := iso_media.rare_codec(data)):
        message = say("not all browsers play this: it is coded in {codec}", codec=codec)
        hint = say(
            "ffmpeg -i {name} -c:v libx264 -c:a aac -movflags +faststart new{suffix}",
            name=path.name,
            suffix=suffix,
        )
        yield Problem("TG440", message, Place(path), hint, Level.WARNING)


def _checked(suffix: str, data: bytes) -> tuple[int, int]:
    """Return the size of a film, in pixels, (0, 0) of all else; raise ValueError where it is not right."""
    if not data:
        raise ValueError(say("it is empty"))
    kind = kind_by_content(data)
    if suffix not in TEXTS and kind and kind.is_page:
        raise ValueError(
            say(
                "its name ends in {suffix}, and it is {partition}",
                suffix=suffix,
                partition=kind.name.partition(",")[0],
            )
        )
    if suffix in _FILM_SIZES:
        width, height = _FILM_SIZES[suffix](data)
        if suffix in FILMS and not (width and height):
            raise ValueError(say("it shows no pictures: save it as a sound, .m4a or .opus"))
        return width, height
    _CHECKS.get(suffix, _check_other)(data)
    return 0, 0


def _check_other(data: bytes) -> None:
    """Raise ValueError where *data*, of a kind that the settings add, would run in a browser."""
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return
    documents.check_text(data)
    if _ACTIVE_XML.search(data):
        raise ValueError(
            say("it may hold a page or a drawing, which a browser would run as a part of the site")
        )


def _hint(suffix: str) -> str:
    if suffix in {".mp4", ".webm", ".m4a"}:
        return say("copy it again, or save it again for the web: MP4 with H.264 and AAC, or WebM")
    return say("copy it again, or save it again under the name of its kind")


def _caption_problems(path: PurePosixPath, data: bytes) -> Iterator[Problem]:
    for fault in caption_faults(data):
        yield Problem(
            "TG437",
            say("captions: {message}", message=fault.message),
            Place(path, fault.line, fault.column),
            fault.hint,
        )
