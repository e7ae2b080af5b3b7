"""The content type of each kind of file, with its charset: browsers must not guess it.

The preview and every target that keeps headers with its files send these (RFC 9110, 8.3).
"""

from __future__ import annotations

from typing import Final

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
STYLE: Final = "text/css; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"

_FEEDS: Final = frozenset({"feed.xml", "events.xml"})
_WITHOUT_SUFFIX: Final = {
    "apple-app-site-association": JSON,
    "cname": TEXT,
    "license": TEXT,
    "licence": TEXT,
    "readme": TEXT,
    "webfinger": "application/jrd+json; charset=utf-8",
}
_OTHER: Final = "application/octet-stream"
_TYPES: Final = {
    "atom": ATOM,
    "avif": "image/avif",
    "bib": "application/x-bibtex; charset=utf-8",
    "bmp": "image/bmp",
    "css": STYLE,
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "flac": "audio/flac",
    "geojson": "application/geo+json; charset=utf-8",
    "gif": "image/gif",
    "gpx": "application/gpx+xml; charset=utf-8",
    "gz": "application/gzip",
    "htm": HTML,
    "html": HTML,
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": SCRIPT,
    "json": JSON,
    "jsonld": "application/ld+json; charset=utf-8",
    "kml": "application/vnd.google-earth.kml+xml; charset=utf-8",
    "m4a": "audio/mp4",
    "map": JSON,
    "md": "text/markdown; charset=utf-8",
    "mjs": SCRIPT,
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rss": "application/rss+xml; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "toml": "application/toml; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttf": "font/ttf",
    "txt": TEXT,
    "vcf": "text/vcard; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xslt+xml; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "yml": "application/yaml; charset=utf-8",
    "zip": "application/zip",
}


def type_of(path: str) -> str:
    """Return the content type of the file at *path*."""
    name = path.rpartition("/")[2].lower()
    if name in _FEEDS:
        return ATOM
    stem, dot, suffix = name.rpartition(".")
    if not (stem and dot):
        return _WITHOUT_SUFFIX.get(name, _OTHER)
    return _TYPES.get(suffix, _OTHER)
