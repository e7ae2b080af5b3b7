"""What the server answers to a request for a file, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import BinaryIO, Final

from timeline_gen.preview.board import PROBLEMS, Board
from timeline_gen.preview.content_types import HTML, JSON, SCRIPT, STYLE, TEXT, type_of
from timeline_gen.preview.pages import SCRIPT as OUR_SCRIPT
from timeline_gen.preview.pages import with_script
from timeline_gen.preview.ranges import UnsatisfiableError, read_range
from timeline_gen.preview.targets import Target, read_target
from timeline_gen.preview.tree import Opened

OUR_STYLE: Final = "/-/preview.css"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its body is *data*, or *length* bytes of *file* from where that stands."""

    status: int
    type: str
    data: bytes = b""
    file: BinaryIO | None = None
    length: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def answer_to(target: str, asked_range: str, board: Board) -> Answer:
    """Return the answer to a request for *target*; *asked_range* is its ``Range`` header, or empty."""
    read = read_target(target)
    if read is None:
        return Answer(400, TEXT, b"no address of this site")
    if read.parts[:1] == ("-",):
        return _of_ours(read, board)
    opened = board.open(read)
    if opened and type_of(opened.path) != HTML:
        return _file(opened, asked_range)
    if opened:
        opened.file.close()
    else:
        elsewhere = _elsewhere(read, board)
        if elsewhere:
            return elsewhere
    page = board.page(read)
    return Answer(page.status, HTML, with_script(page.html, board.generation))


def _of_ours(target: Target, board: Board) -> Answer:
    """Answer with what the preview itself adds to a page."""
    path = f"/{target.path}"
    if path == PROBLEMS:
        return Answer(200, JSON, board.problems())
    if path == OUR_SCRIPT:
        return Answer(200, SCRIPT, _resource("client.js"))
    if path == OUR_STYLE:
        return Answer(200, STYLE, _resource("client.css"))
    return Answer(404, TEXT, b"there is no such file")


def _elsewhere(target: Target, board: Board) -> Answer | None:
    """Return the answer for what the newest generation has not, but another address or generation."""
    if board.lacks_slash(target):
        return _redirect_to_folder(target)
    if not target.parts and board.home:
        return _redirect_to_folder(Target(board.home, query=target.query))
    inside = board.inside(target)
    data = board.former.find(inside.path) if inside and not inside.folder else None
    return Answer(200, type_of(target.path), data) if data is not None else None


def _redirect_to_folder(target: Target) -> Answer:
    address = "/" + "/".join((*target.quoted, target.query))
    return Answer(302, TEXT, b"", headers={"Location": address})


def _file(opened: Opened, asked_range: str) -> Answer:
    kind, size = type_of(opened.path), opened.size
    headers = {"Accept-Ranges": "bytes"}
    try:
        asked = read_range(asked_range, size)
    except UnsatisfiableError:
        opened.file.close()
        return Answer(416, TEXT, b"", headers={**headers, "Content-Range": f"bytes */{size}"})
    if asked is None:
        return Answer(200, kind, file=opened.file, length=size, headers=headers)
    start, end = asked
    opened.file.seek(start)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return Answer(206, kind, file=opened.file, length=end - start, headers=headers)


def _resource(name: str) -> bytes:
    return (files("timeline_gen.preview") / name).read_bytes()
