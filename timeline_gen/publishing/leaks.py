"""What a built site must not reveal: where it was made, by whom, and where its pictures were taken.

Pure functions over one file at a time, so that a file that was found clean need not be looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.building.parse.measuring import ASSET_FOLDER
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import listed, say
from timeline_gen.reading.assets.examining import trace_problem, traces_in
from timeline_gen.reading.assets.metadata import GPS, metadata_of
from timeline_gen.reading.ignored import is_leftover

_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".gif"})
_TEXTS: Final = frozenset(
    {".html", ".xml", ".json", ".csv", ".ics", ".txt", ".css", ".js", ".svg", ".md", ".webmanifest", ".map"}
)
_PRIVATE: Final = re.compile(
    r"""
    \.psd $ | \.xcf $ | \.kra $ | \.docx? $ | \.odt $                               # originals
    | \.pem $ | \.key $ | ^id_rsa | ^id_ed25519 | \.env $                            # secrets
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(r"\.docx? $ | \.odt $", re.VERBOSE | re.IGNORECASE)
_HOMES: Final = re.compile(
    rb"""
    (?: (?<![\w.:/-]) / (?: home | Users ) / [A-Za-z0-9._-]+ /      # /home/name/, /Users/name/
      | (?<![\w.:/-]) / root / [A-Za-z0-9._-]+
      | \b [A-Za-z] : \\+ Users \\+ [^\\"'<>\s]+                     # C:\Users\name
      | \b file: /// [^\s"'<>]+ )
    """,
    re.VERBOSE,
)
_LONGEST_SHOWN: Final = 60
_ALLOWED_HIDDEN: Final = frozenset({".well-known"})


@dataclass(frozen=True, slots=True)
class Maker:
    """Who and what made a site: what must not be in it."""

    root: str = ""
    """The site's folder, absolute."""
    home: str = ""
    user: str = ""
    machine: str = ""

    @property
    def places(self) -> tuple[bytes, ...]:
        """Return the folders, as bytes; short ones such as ``/`` would be found everywhere."""
        return tuple(path.encode() for path in (self.root, self.home) if path.count("/") > 1 or len(path) > 6)


def name_leaks(path: str) -> Iterator[Problem]:
    """Yield what is wrong with there being a file at *path* at all."""
    parts = PurePosixPath(path).parts
    hidden = [part for part in parts if part.startswith(".") and part not in _ALLOWED_HIDDEN]
    # Documents that content offers are no originals that were left behind.
    offered = parts[0] == ASSET_FOLDER and _DOCUMENT.search(parts[-1])
    private = _PRIVATE.search(parts[-1]) and not offered
    if hidden or is_leftover(parts[-1]) or private:
        yield Problem(
            "TG832",
            say("{path} is a hidden file, or one that an editor or another program left behind", path=path),
            Place(PurePosixPath(path)),
            say("delete it where it comes from, or rename it, then build again"),
        )


def is_text(path: str) -> bool:
    """Return whether the file at *path* is one that people or programs read as text."""
    return PurePosixPath(path).suffix.lower() in _TEXTS


def leaks(path: str, data: bytes, maker: Maker) -> Iterator[Problem]:
    """Yield what *data*, the file at *path*, reveals of its *maker* or of where a picture was taken."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _PICTURES:
        yield from _picture_leaks(path, data)
    if found := traces_in(suffix, data):
        yield trace_problem(PurePosixPath(path), found, Level.ERROR)
    if suffix in _TEXTS:
        yield from _text_leaks(path, data, maker)


def _picture_leaks(path: str, data: bytes) -> Iterator[Problem]:
    found = metadata_of(data)
    if not found:
        return
    yield Problem(
        "TG836" if GPS in found else "TG837",
        say("{path} tells more than it shows: {told}", path=path, told=listed(found)),
        Place(PurePosixPath(path)),
        say("save the picture without metadata (exiftool -all= picture.jpg), then build again"),
    )


def _text_leaks(path: str, data: bytes, maker: Maker) -> Iterator[Problem]:
    found = next((place for place in maker.places if place in data), None)
    if found is None and (match := _HOMES.search(data)):
        found = match[0]
    if found is not None:
        yield Problem(
            "TG834",
            say("{path} names a folder of this or another machine: {found}", path=path, found=_shown(found)),
            _place(path, data, found),
            say("take it out of the text, the picture (SVG) or the theme, then build again"),
        )
    named = _named(data, maker)
    if named is not None:
        yield Problem(
            "TG835",
            say("{path} names who made it, or on which machine: {named}", path=path, named=_shown(named)),
            _place(path, data, named),
            say("take it out of the content or the theme, then build again"),
        )


def _named(data: bytes, maker: Maker) -> bytes | None:
    """Return where *data* names the user's account or the machine; a bare name may be anyone's."""
    if maker.user and maker.machine:
        whole = f"{maker.user}@{maker.machine}".encode()
        if whole in data:
            return whole
    # A machine called "harbour" may be what the site is about; "build-07.example.net" is not.
    machine = maker.machine.encode()
    if len(machine) > 5 and re.search(rb"[\d.]", machine):
        match = re.search(rb"(?<![\w.-])" + re.escape(machine) + rb"(?![\w-])", data)
        return match[0] if match else None
    return None


def _shown(found: bytes) -> str:
    text = found.decode(errors="replace")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _place(path: str, data: bytes, found: bytes) -> Place:
    before = data[: data.index(found)]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    return Place(PurePosixPath(path), line, column)
