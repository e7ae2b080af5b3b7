"""What the server answers to a request for a file, before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from typing import BinaryIO, Final

from timeline_gen.preview.pages import SCRIPT as OUR_SCRIPT
from timeline_gen.preview.pages import with_script
from timeline_gen.preview.panel import asked_in
from timeline_gen.preview.site_state import PROBLEMS, SiteState
from timeline_gen.preview.targets import RequestTarget, read_target
from timeline_gen.preview.tree import Opened
from timeline_gen.text.content_types import HTML, JSON, SCRIPT, STYLE, TEXT, type_of

OUR_STYLE: Final = "/-/preview.css"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: its body is *data*, or *length* bytes of *file* from its position."""

    status: int
    type: str
    data: bytes = b""
    file: BinaryIO | None = None
    length: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def answer_to(target: str, asked_range: str, state: SiteState) -> Response:
    """Return the answer to a request for *target*; *asked_range* is its ``Range`` header, or empty."""
    read = read_target(target)
    if read is None:
        return Response(400, TEXT, b"no address of this site")
    if read.parts[:1] == ("-",):
        return _of_ours(read, state)
    opened = state.open(read)
    if opened and type_of(opened.path) != HTML:
        return _file(opened, asked_range)
    if opened:
        opened.file.close()
    else:
        elsewhere = _elsewhere(read, state)
        if elsewhere:
            return elsewhere
    page = state.page(read)
    return Response(page.status, HTML, with_script(page.html, state.generation))


def _of_ours(target: RequestTarget, state: SiteState) -> Response:
    """Answer with what the preview itself adds to a page."""
    path = f"/{target.path}"
    if path == PROBLEMS:
        return Response(200, JSON, state.problems(asked_in(target.query)))
    if path == OUR_SCRIPT:
        return Response(200, SCRIPT, _resource("client.js"))
    if path == OUR_STYLE:
        return Response(200, STYLE, _resource("client.css"))
    return Response(404, TEXT, b"there is no such file")


def _elsewhere(target: RequestTarget, state: SiteState) -> Response | None:
    """Return the answer for what the newest generation has not, but another address or generation."""
    if state.lacks_slash(target):
        return _redirect_to_folder(target)
    if not target.parts and state.home:
        return _redirect_to_folder(RequestTarget(state.home, query=target.query))
    inside = state.inside(target)
    data = state.former.find(inside.path) if inside and not inside.folder else None
    return Response(200, type_of(target.path), data) if data is not None else None


def _redirect_to_folder(target: RequestTarget) -> Response:
    address = "/" + "/".join((*target.quoted, target.query))
    return Response(302, TEXT, b"", headers={"Location": address})


def _file(opened: Opened, asked_range: str) -> Response:
    kind, size = type_of(opened.path), opened.size
    headers = {"Accept-Ranges": "bytes"}
    try:
        asked = read_range(asked_range, size)
    except UnsatisfiableError:
        opened.file.close()
        return Response(416, TEXT, b"", headers={**headers, "Content-Range": f"bytes */{size}"})
    if asked is None:
        return Response(200, kind, file=opened.file, length=size, headers=headers)
    start, end = asked
    opened.file.seek(start)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return Response(206, kind, file=opened.file, length=end - start, headers=headers)


def _resource(name: str) -> bytes:
    return (files("timeline_gen.preview") / name).read_bytes()


# ---------------------------------------------------------------- byte ranges (RFC 9110, section 14)

_ONE_RANGE: Final = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII)


class UnsatisfiableError(ValueError):
    """The range lies outside the file."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """Return start and end (exclusive) of the one range that *header* asks of a file of *size* bytes.

    None where it asks for none, for several, or cannot be read: then all of the file is sent, as the
    RFC allows. Raises ``UnsatisfiableError`` where the range lies outside the file.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if not found or not (found["first"] or found["last"]):
        return None
    start = int(found["first"]) if found["first"] else max(size - int(found["last"]), 0)
    end = int(found["last"]) + 1 if found["first"] and found["last"] else size
    # Such a range is invalid (RFC 9110, section 14.1.1), and an invalid one is ignored (section 14.2).
    if found["first"] and found["last"] and end <= start:
        return None
    if start >= size:
        raise UnsatisfiableError(header)
    return start, min(end, size)
