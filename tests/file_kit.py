"""Files of all kinds that a text may name: sounds and films of a second, and documents written here."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SAMPLES: Final = Path(__file__).parent / "data" / "files"
SOUNDS: Final = ("sound.mp3", "sound.m4a", "sound.ogg", "sound.opus", "sound.wav")
FILMS: Final = ("film.mp4", "film.webm")
CAPTIONS: Final = (
    b"WEBVTT\n\n00:00.000 --> 00:00.500\nSilence.\n\n1\n00:00.500 --> 00:01.000 align:start\nMore of it.\n"
)
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
_TYPES: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MIMETYPES: Final = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}


def sample(name: str) -> bytes:
    """Return the sample *name*, a sound or a film."""
    return (SAMPLES / name).read_bytes()


def pdf(*, author: str = "", packed: bool = False) -> bytes:
    """Return a PDF of one empty page, with its *author* in plain view or *packed*."""
    info = f"<< /Author ({author}) >>" if author else "<< /Producer (tests) >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page]
    objects = [body.encode() for body in bodies]
    if packed:
        stream = zlib.compress(f"4 0 {info}".encode())
        head = f"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(stream)} >>"
        objects.append(b"%s stream\n%s\nendstream" % (head.encode(), stream))
    else:
        objects.append(info.encode())
    data, places = b"%PDF-1.5\n", list[int]()
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, one)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(places) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R /Info 4 0 R >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def package(suffix: str, *, author: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return an office document, a book or an archive whose name may end in *suffix*, with *more* in it."""
    out = io.BytesIO()
    files: dict[str, bytes] = {}
    if suffix in _TYPES:
        files = {"[Content_Types].xml": b"<Types/>", _TYPES[suffix]: b"<document/>"}
        maker = f"<cp:coreProperties><dc:creator>{author}</dc:creator></cp:coreProperties>"
        files["docProps/core.xml"] = maker.encode()
    elif suffix in _MIMETYPES:
        maker = f"<office:meta><dc:creator>{author}</dc:creator></office:meta>"
        files = {"mimetype": _MIMETYPES[suffix].encode(), "meta.xml": maker.encode()}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in {**files, **(more or {})}.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def lay(root: Path, files: dict[str, bytes]) -> None:
    """Write *files*, by path, into the folder *root*."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
