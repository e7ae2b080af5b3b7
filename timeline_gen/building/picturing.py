"""Pictures into outputs: what was made once is kept, what can be copied is copied, the others are drawn.

Pictures are decoded in processes of their own, within limits of time and memory: a file that is made to
exhaust the machine is a problem with a place, and the build goes on to report the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.progress import counting
from timeline_gen.building.reading import MADE_PICTURES
from timeline_gen.building.site_plan import SitePlan, picture_data, pictures_of
from timeline_gen.building.workers.guarded import Limits, OverrunError
from timeline_gen.building.workers.guarded_map import guarded_map
from timeline_gen.building.workers.sharing import Crew
from timeline_gen.building.workspace import Workspace
from timeline_gen.errors import ContentError, Place, Problem, UsageError
from timeline_gen.model import Output, Picture, content_hash
from timeline_gen.pages.parts.widths import Sized, files_of
from timeline_gen.reading.pictures.examining import examine_picture, is_drawing
from timeline_gen.rendering.pictures import copy_picture, make_picture
from timeline_gen.writing.survey import OutputState

LIMITS: Final = Limits(cpu_seconds=60, seconds=600.0, memory=1536 * 1024 * 1024)
"""What one picture may cost, in all its widths."""

Wanted: TypeAlias = tuple[Picture, tuple[Sized, ...]]
Files: TypeAlias = list[tuple[str, bytes]]
"""Files of a picture, each with its address."""


class Making(NamedTuple):
    """A picture with those of its files that are not there yet."""

    path: PurePosixPath
    data: bytes
    wanted: tuple[Sized, ...]


def picture_files(one: SitePlan) -> Iterator[Wanted]:
    """Yield the pictures that the pages of *one* show, each with its files."""
    for picture in pictures_of(one):
        yield picture, files_of(picture.address, picture.width, picture.height)


def picture_outputs(site: Workspace, one: SitePlan, before: OutputState) -> Iterator[Output]:
    """Yield every file of every picture that the pages of *one* show.

    The hash of its content is part of a picture's name: a file that stands there, or that another tree of
    the site had, is the right one. Raises ContentError where pictures are damaged or cost too much.
    """
    pictures, cache = tuple(picture_files(one)), site.cache
    names = [str(file.address) for _, files in pictures for file in files]
    stands = {name: entry for name in names if (entry := before.entries.get(name))}
    yield from (Output(name, None, entry.hash) for name, entry in stands.items())
    missing = [name for name in names if name not in stands]
    todo: list[Wanted] = []
    for picture, files in pictures:
        wanted = tuple(file for file in files if str(file.address) not in stands)
        found = cache.get(MADE_PICTURES, [str(file.address) for file in wanted]) if wanted else {}
        yield from (_output(name, data) for name, data in found.items())
        if len(found) < len(wanted):
            todo.append((picture, tuple(file for file in wanted if str(file.address) not in found)))
    problems: list[Problem] = []
    made_now = made_files(site.root, one, todo, site.executor)
    for made in counting("drawing pictures", made_now, len(todo)):
        if isinstance(made, Problem):
            problems.append(made)
            continue
        cache.put(MADE_PICTURES, dict(made))
        yield from (_output(name, data) for name, data in made)
    if problems:
        raise ContentError(problems)
    if missing:
        cache.prune(MADE_PICTURES, names)


def picture_problems(site: Workspace, one: SitePlan) -> tuple[Problem, ...]:
    """Return what is wrong with the pictures that the pages of *one* show; what is made for that is kept."""
    kept, todo, problems = site.cache.keys(MADE_PICTURES), list[Wanted](), list[Problem]()
    for picture, files in picture_files(one):
        wanted = tuple(file for file in files if str(file.address) not in kept)
        if wanted:
            todo.append((picture, wanted))
    for made in made_files(site.root, one, todo, site.executor):
        if isinstance(made, Problem):
            problems.append(made)
        else:
            site.cache.put(MADE_PICTURES, dict(made))
    return tuple(problems)


def made_files(
    root: Path, one: SitePlan, todo: Iterable[Wanted], executor: Executor | None
) -> Iterator[Files | Problem]:
    """Yield the wanted files of each picture, in any order; a problem for a picture without any."""
    drawn: list[Wanted] = []
    for picture, wanted in todo:
        making = _making(root, one, (picture, wanted))
        copied = [(str(file.address), copy_picture(making.data, file.width)) for file in wanted]
        if all(data for _, data in copied):
            yield copied
        else:
            drawn.append((picture, wanted))
    count = executor.count if isinstance(executor, Crew) else 1
    makings = (_making(root, one, each) for each in drawn)
    results = guarded_map(draw_files, makings, count=count, limits=LIMITS)
    for (picture, _), made in zip(drawn, results, strict=True):
        yield _too_dear(picture.path, made) if isinstance(made, OverrunError) else made


def draw_files(making: Making) -> Files | Problem:
    """Return the wanted files of *making*, or what is wrong with its picture."""
    try:
        return [(str(file.address), make_picture(making.data, file.width)) for file in making.wanted]
    except ValueError as error:
        message, hint = f"the picture cannot be read: {error}", "save it again as PNG, JPEG or WebP"
        return Problem("TG407", message, Place(making.path), hint)


def picture_file(root: Path, one: SitePlan, picture: Picture, file: Sized) -> bytes:
    """Return one *file* of *picture*; raise ContentError where that cannot be made."""
    (made,) = made_files(root, one, [(picture, (file,))], None)
    if isinstance(made, Problem):
        raise ContentError([made])
    return made[0][1]


def _making(root: Path, one: SitePlan, wanted: Wanted) -> Making:
    """Return a picture to be made, read; raise UsageError where it is no longer the one that was measured."""
    picture, files = wanted
    data = picture_data(root, one, picture)
    if is_drawing(picture.path):
        examined, _ = examine_picture(picture.path, data)
        data = examined.data if examined else b""
    if content_hash(data)[:12] != picture.address.stem.rpartition(".")[2]:
        raise UsageError(f"{picture.path} was changed while the site was built", "build it again")
    return Making(picture.path, data, files)


def _too_dear(path: PurePosixPath, overrun: OverrunError) -> Problem:
    hint = f"save it smaller, or with fewer frames: {LIMITS.cpu_seconds} seconds and"
    hint = f"{hint} {LIMITS.memory // 1024 // 1024} MiB are enough for any picture of a page"
    return Problem("TG417", f"to draw this picture {overrun}", Place(path), hint)


def _output(name: str, data: bytes) -> Output:
    return Output(name, data, content_hash(data))
