"""Media on other hosts: which of them can be shown inside the page, and from which address.

Nothing is loaded before a reader asks for it, and then from the address that gives its host least.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

_SOUNDS: Final = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac")
_FILMS: Final = (".mp4", ".webm", ".m4v")
_VIDEO_ID: Final = re.compile(r"[\w-]{6,20}")
_SECONDS: Final = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")
_AT: Final = re.compile(r"@(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,(\d+)(?:\.\d+)?z)?")
_MAP: Final = re.compile(r"map=(\d+)/(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Embed:
    """Something that a page can show from elsewhere."""

    kind: str
    """``video``, ``map``, ``document``: a page in a frame; ``film``, ``audio``: a file to play."""
    url: str
    host: str
    """The host that is asked for it, shown before."""


def embed_of(url: str) -> Embed | None:
    """Return how what is at *url* can be shown inside a page; None where a link must do."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.").removeprefix("m.")
    maker = _HOSTS.get(host)
    found = maker(parts) if maker else None
    if found:
        return Embed(found[0], found[1], host)
    kind = _kind(parts.path.lower())
    return Embed(kind, url, host) if kind else None


def _kind(path: str) -> str:
    if path.endswith(_SOUNDS):
        return "audio"
    if path.endswith(_FILMS):
        return "film"
    return "document" if path.endswith(".pdf") else ""


def _youtube(parts: SplitResult) -> tuple[str, str] | None:
    query = parse_qs(parts.query)
    steps = [step for step in parts.path.split("/") if step]
    name = query.get("v", steps[-1:] or [""])[0]
    if not _VIDEO_ID.fullmatch(name) or (len(steps) > 1 and steps[0] not in {"embed", "shorts", "live", "v"}):
        return None
    start = _seconds((query.get("t") or query.get("start") or [""])[0])
    tail = f"?start={start}" if start else ""
    return "video", f"https://www.youtube-nocookie.com/embed/{name}{tail}"


def _seconds(text: str) -> int:
    """Return *text*, ``90``, ``90s`` or ``1m30s``, in seconds; 0 for anything else."""
    match = _SECONDS.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> tuple[str, str] | None:
    steps = [step for step in parts.path.split("/") if step.isdecimal()]
    # dnt=1 asks Vimeo not to keep what a reader does.
    return ("video", f"https://player.vimeo.com/video/{steps[0]}?dnt=1") if steps else None


def _openstreetmap(parts: SplitResult) -> tuple[str, str] | None:
    match = _MAP.search(parts.fragment)
    query = parse_qs(parts.query)
    marker = (query.get("mlat", [""])[0], query.get("mlon", [""])[0])
    if match is None and not all(marker):
        return None
    zoom = int(match[1]) if match else 14
    middle = (match[2], match[3]) if match else marker
    try:
        lat, lon = float(middle[0]), float(middle[1])
    except ValueError:
        return None
    # At zoom 0 a map is 360 degrees wide, and each step halves that.
    half = 180 / 2 ** min(zoom, 19)
    box = f"{lon - half:.5f},{lat - half / 2:.5f},{lon + half:.5f},{lat + half / 2:.5f}"
    options = {"bbox": box, "layer": "mapnik"} | ({"marker": ",".join(marker)} if all(marker) else {})
    return "map", f"https://www.openstreetmap.org/export/embed.html?{urlencode(options)}"


def _google(parts: SplitResult) -> tuple[str, str] | None:
    if not parts.path.startswith("/maps") and parts.hostname != "maps.google.com":
        return None
    if parts.path.startswith("/maps/embed"):
        return "map", parts.geturl()
    match = _AT.search(parts.path)
    place = parse_qs(parts.query).get("q", [""])[0] or (f"{match[1]},{match[2]}" if match else "")
    zoom = f"&z={match[3]}" if match and match[3] else ""
    return ("map", f"https://www.google.com/maps?q={quote(place)}{zoom}&output=embed") if place else None


_HOSTS: Final[Mapping[str, Callable[[SplitResult], tuple[str, str] | None]]] = {
    "youtube.com": _youtube,
    "youtu.be": _youtube,
    "youtube-nocookie.com": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "openstreetmap.org": _openstreetmap,
    "google.com": _google,
    "maps.google.com": _google,
}
SHOWN_HOSTS: Final = tuple(_HOSTS)
"""The hosts whose pages are shown inside those of the site; of all others files that a browser plays are."""
