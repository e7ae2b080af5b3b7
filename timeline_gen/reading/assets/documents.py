"""PDF, RTF and plain texts: whether they are what their names promise, and the metadata that they carry.

Nothing of a document is shown or run: only its beginning, its end and its fields are looked at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from timeline_gen.messages import say
from timeline_gen.reading.assets.metadata import GPS, metadata_of

_CUT_OFF: Final = say("it is cut off: its end is missing")
_TAIL: Final = 2048
"""Bytes at a PDF's end among which its last mark must be (ISO 32000-2, 7.5.5; Acrobat asks for 1024)."""
_MOST_STREAMS: Final = 2_000
_MOST_UNPACKED: Final = 32 << 20
_LONGEST_STREAM: Final = 1 << 20
_MOST_PICTURES: Final = 200
_LONGEST_EXIF: Final = 70_000
"""Bytes: a segment of a JPEG has no more than 65,535."""
_STREAM: Final = re.compile(rb"/(?:ObjStm|Metadata)\b[^>]{0,400}>>\s*stream\r?\n")
_AUTHOR: Final = re.compile(rb"/Author\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f])")
_XMP_AUTHOR: Final = re.compile(
    rb"<dc:creator>\s{0,99}(?:<rdf:(?:Seq|Bag|Alt)[^>]{0,99}>\s{0,99}<rdf:li[^>]{0,99}>\s{0,99})?[^<\s]|pdf:Author"
)
_JPEG: Final = re.compile(rb"\xff\xd8\xff\xe1..Exif\0\0", re.DOTALL)
_RTF_AUTHOR: Final = re.compile(rb"\{\\(?:author|operator|company|manager) [^}]")


def check_pdf(data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no whole PDF."""
    # Acrobat looks for the mark among the first 1,024 bytes.
    if b"%PDF-" not in data[:1024]:
        raise ValueError(say("it does not begin as a PDF does"))
    if b"%%EOF" not in data[-_TAIL:]:
        raise ValueError(_CUT_OFF)


def check_rtf(data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no whole RTF document."""
    if not data.startswith(b"{\\rtf"):
        raise ValueError(say("it does not begin as an RTF document does"))
    if not data.rstrip(b"\0\r\n ").endswith(b"}"):
        raise ValueError(_CUT_OFF)


def check_text(data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(say("it is not UTF-8 text")) from None
    if "\0" in text:
        raise ValueError(say("it is not UTF-8 text"))


def pdf_metadata(data: bytes) -> Iterator[str]:
    """Yield the metadata of the PDF *data*, in words: its author, and where photographs were taken."""
    blocks = chain((data,), _unpacked(data))
    if any(_AUTHOR.search(block) or _XMP_AUTHOR.search(block) for block in blocks):
        yield "author"
    # A photograph is in a PDF as the JPEG that it was, with its EXIF.
    pictures = (match.start() for match in islice(_JPEG.finditer(data), _MOST_PICTURES))
    if any(GPS in metadata_of(data[start : start + _LONGEST_EXIF]) for start in pictures):
        yield GPS


def rtf_metadata(data: bytes) -> Iterator[str]:
    """Yield the metadata of the RTF document *data*, in words."""
    if _RTF_AUTHOR.search(data):
        yield "author"


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield packed objects and metadata of the PDF *data* (ISO 32000-2, 7.5.7), as far as bounds allow."""
    room = _MOST_UNPACKED
    for match in islice(_STREAM.finditer(data), _MOST_STREAMS):
        packed = data[match.end() : match.end() + _LONGEST_STREAM]
        try:
            block = zlib.decompressobj().decompress(packed, min(room, _LONGEST_STREAM))
        except zlib.error:
            continue
        yield block
        room -= len(block)
        if room <= 0:
            return
