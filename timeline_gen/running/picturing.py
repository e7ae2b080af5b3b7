"""Pictures into outputs: what was made once is kept, the others are made, shared out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import ContentError, Place, Problem
from timeline_gen.model import Output, Picture, content_hash
from timeline_gen.planning.widths import Sized, files_of
from timeline_gen.rendering.pictures import make_picture
from timeline_gen.running.drafting import Draft, picture_data, pictures_of
from timeline_gen.running.sharing import chunked, shared
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.survey import Standing

_SHELF: Final = "made pictures"
_CHUNK: Final = 4_000_000
"""Bytes of pictures made in one go."""


class Making(NamedTuple):
    """A picture with those of its files that are not there yet."""

    path: PurePosixPath
    data: bytes
    wanted: tuple[Sized, ...]


def picture_files(one: Draft) -> Iterator[tuple[Picture, tuple[Sized, ...]]]:
    """Yield the pictures that the pages of *one* show, each with its files."""
    for picture in pictures_of(one):
        yield picture, files_of(picture.address, picture.width, picture.height)


def picture_outputs(
    root: Path, one: Draft, standing: Standing, *, cache: Cache, executor: Executor | None
) -> Iterator[Output]:
    """Yield every file of every picture that the pages of *one* show.

    The hash of its content is part of a picture's name: a file that stands there, or that another tree of
    the site had, is the right one. Raises ContentError where a picture is damaged.
    """
    pictures = tuple(picture_files(one))
    names = [str(file.address) for _, files in pictures for file in files]
    stands = {name: entry for name in names if (entry := standing.entries.get(name))}
    yield from (Output(name, None, entry.hash) for name, entry in stands.items())
    missing = [name for name in names if name not in stands]
    todo: list[tuple[Picture, tuple[Sized, ...]]] = []
    for picture, files in pictures:
        wanted = tuple(file for file in files if str(file.address) not in stands)
        found = cache.get(_SHELF, [str(file.address) for file in wanted]) if wanted else {}
        yield from (_output(name, data) for name, data in found.items())
        if len(found) < len(wanted):
            todo.append((picture, tuple(file for file in wanted if str(file.address) not in found)))
    makings = (Making(picture.path, picture_data(root, one, picture), files) for picture, files in todo)
    for results in shared(executor, make_files, chunked(makings, lambda each: len(each.data), _CHUNK)):
        made = dict(_sound(results))
        cache.put(_SHELF, made)
        yield from (_output(name, data) for name, data in made.items())
    if missing:
        cache.prune(_SHELF, names)


def _output(name: str, data: bytes) -> Output:
    return Output(name, data, content_hash(data))


def make_files(makings: Sequence[Making]) -> list[tuple[str, bytes] | Problem]:
    """Return the wanted files of *makings*, each with its address; a problem for a picture without any."""
    made: list[tuple[str, bytes] | Problem] = []
    for one in makings:
        try:
            made += ((str(file.address), make_picture(one.data, file.width)) for file in one.wanted)
        except ValueError as error:
            hint = "save it again as PNG, JPEG or WebP"
            made.append(Problem("TG407", f"the picture cannot be read: {error}", Place(one.path), hint))
    return made


def _sound(results: Iterable[tuple[str, bytes] | Problem]) -> Iterator[tuple[str, bytes]]:
    results = tuple(results)
    problems = [one for one in results if isinstance(one, Problem)]
    if problems:
        raise ContentError(problems)
    yield from (one for one in results if not isinstance(one, Problem))
