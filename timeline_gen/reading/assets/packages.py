"""Documents that are packages of files (ZIP, APPNOTE 6.3): Office Open XML, OpenDocument, EPUB, archives.

Only their lists of files are read, and what names their kind and their makers; nothing is shown or run.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - zlib calls its exception so

from timeline_gen.messages import say
from timeline_gen.reading.assets.kinds import OFFICE, OPEN_DOCUMENTS
from timeline_gen.reading.assets.metadata import GPS, metadata_of

_PARTS: Final = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_LONGEST_LIST: Final = 4 * 1024 * 1024
"""Bytes of a package's list of files: some 40,000 of them."""
_MOST_READ: Final = 2 * 1024 * 1024
"""Bytes that are unpacked of one file."""
_MOST_PICTURES: Final = 200
_CUT_OFF: Final = say("it is cut off, or damaged")
_BROKEN: Final = (
    BadZipFile,
    ZlibError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
_PACKINGS: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""Those of documents. Others need as much memory as the file demands."""
_ABOUT: Final = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_MAKERS: Final = (
    (re.compile(rb"<dc:creator>\s*[^\s<]"), "author"),
    (re.compile(rb"<meta:initial-creator>\s*[^\s<]"), "author"),
    (re.compile(rb"<cp:lastModifiedBy>\s*[^\s<]"), say("who changed it last")),
    (re.compile(rb"<(?:meta:)?(?:printed-by|Manager)>\s*[^\s<]"), say("a name")),
    (re.compile(rb"<Company>\s*[^\s<]"), "company"),
)


def check_package(suffix: str, data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no whole package with that *suffix*."""
    with _opened(data) as package:
        names = package.namelist()
        if suffix in OFFICE and not (
            "[Content_Types].xml" in names and any(name.startswith(_PARTS[suffix]) for name in names)
        ):
            raise ValueError(
                say("it is no {suffix} document, whatever its name says", suffix=suffix[1:].upper())
            )
        kind = _read(package, "mimetype") if "mimetype" in names else b""
        if suffix in OPEN_DOCUMENTS and kind.strip() != OPEN_DOCUMENTS[suffix].encode():
            raise ValueError(
                say("it is no {suffix} document, whatever its name says", suffix=suffix[1:].upper())
            )


def package_metadata(suffix: str, data: bytes) -> Iterator[str]:
    """Yield the metadata of the package *data*, in words: its makers, and where pictures were taken."""
    if suffix not in OFFICE and suffix not in OPEN_DOCUMENTS:
        return
    with _opened(data) as package:
        names = package.namelist()
        # A book names its authors in another file, and means to.
        for part in (path for path in _ABOUT if path in names):
            about = _read(package, part)
            yield from (kind for pattern, kind in _MAKERS if pattern.search(about))
        pictures = (name for name in names if name.lower().endswith((".jpg", ".jpeg", ".png", ".webp")))
        for _, name in zip(range(_MOST_PICTURES), pictures, strict=False):
            if GPS in metadata_of(_read(package, name)):
                yield GPS


@contextmanager
def _opened(data: bytes) -> Iterator[ZipFile]:
    """Open the package *data*; what is wrong with it is a ValueError."""
    if not data.startswith(b"PK"):
        raise ValueError(say("it does not begin as such a document does"))
    # The record at the end has 22 bytes and a comment of 65,535 at most.
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        raise ValueError(_CUT_OFF)
    # The library reads the list of files as a whole, however long it is.
    if struct.unpack_from("<I", data, end + 12)[0] > _LONGEST_LIST:
        raise ValueError(say("it holds too many files"))
    try:
        with ZipFile(io.BytesIO(data)) as package:
            yield package
    except ValueError as error:
        raise error if str(error).startswith("it ") else ValueError(_CUT_OFF) from error
    except _BROKEN as error:
        raise ValueError(_CUT_OFF) from error


def _read(package: ZipFile, name: str) -> bytes:
    """Return the file *name* of *package*, as far as :data:`_MOST_READ` bytes."""
    if package.getinfo(name).compress_type not in _PACKINGS:
        raise ValueError(say("it is packed as no document is"))
    with package.open(name) as file:
        return file.read(_MOST_READ)
