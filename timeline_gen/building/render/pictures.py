"""Files that content names into outputs: what can be copied is copied, pictures are drawn once and kept.

Pictures are decoded in processes of their own, within limits of time and memory: a file that is made to
exhaust the machine is a problem with a place, and the build goes on to report the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.progress import counting
from timeline_gen.building.site_plan import SitePlan, asset_data, assets_of
from timeline_gen.building.store.pictures import PICTURES, keep_pictures
from timeline_gen.building.workers.guarded import Limits, OverrunError
from timeline_gen.building.workers.guarded_map import guarded_map
from timeline_gen.building.workers.parallel import processes_here
from timeline_gen.building.workspace import Workspace
from timeline_gen.errors import ContentError, Place, Problem, UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Output
from timeline_gen.pages.parts.widths import WEBP, Sized, files_of
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.reading.pictures.examining import examine_picture, is_drawing
from timeline_gen.rendering.pictures import copy_picture, make_picture, make_webp
from timeline_gen.writing.output_state import OutputState

LIMITS: Final = Limits(cpu_seconds=60, seconds=600.0, memory=1536 * 1024 * 1024)
"""What one picture may cost, in all its widths."""

Wanted: TypeAlias = tuple[Asset, tuple[Sized, ...]]
Files: TypeAlias = list[tuple[str, bytes]]
"""Files of a picture, each with its address."""


class PictureJob(NamedTuple):
    """A picture with those of its files that are not there yet."""

    path: PurePosixPath
    data: bytes
    wanted: tuple[Sized, ...]


def asset_files(plan: SitePlan) -> Iterator[Wanted]:
    """Yield what the pages of *plan* show or offer, each with its files: of a picture one for each width."""
    for asset in assets_of(plan):
        if asset.kind == PICTURE:
            yield asset, files_of(asset.address, asset.width, asset.height, webp=asset.has_webp)
        else:
            yield asset, (Sized(asset.address, asset.width),)


def asset_outputs(site: Workspace, plan: SitePlan, before: OutputState) -> Iterator[Output]:
    """Yield every file of all that the pages of *plan* show or offer.

    The hash of its content is part of the name of each: a file that is there, or that another tree of
    the site had, is the right one. Raises ContentError where pictures are damaged or cost too much.
    """
    assets, store = tuple(asset_files(plan)), site.store
    names = [str(file.address) for _, files in assets for file in files]
    current = {name: entry for name in names if (entry := before.entries.get(name))}
    yield from (Output(name, None, entry.hash) for name, entry in current.items())
    missing = [name for name in names if name not in current]
    todo: list[Wanted] = []
    for asset, files in assets:
        wanted = tuple(file for file in files if str(file.address) not in current)
        if wanted and asset.kind != PICTURE:
            yield _output(str(asset.address), _read(site.root, plan, asset))
            continue
        found = store.known(PICTURES, {str(file.address): b"" for file in wanted})
        yield from (_output(name, data) for name, data in found.items())
        if len(found) < len(wanted):
            todo.append((asset, tuple(file for file in wanted if str(file.address) not in found)))
    yield from _drawn(site, plan, todo)
    if missing:
        store.prune(PICTURES, names)


def _drawn(site: Workspace, plan: SitePlan, todo: list[Wanted]) -> Iterator[Output]:
    """Yield the wanted files of the pictures *todo*, which are made now and kept."""
    problems: list[Problem] = []
    made_now = made_files(site.root, plan, todo, site.executor)
    for made in counting(say("drawing pictures"), made_now, len(todo)):
        if isinstance(made, Problem):
            problems.append(made)
            continue
        keep_pictures(site.store, made)
        yield from (_output(name, data) for name, data in made)
    # Only now, so that one build reports all pictures that are damaged.
    if problems:
        raise ContentError(problems)


def picture_problems(site: Workspace, plan: SitePlan) -> tuple[Problem, ...]:
    """Return what is wrong with the pictures that the pages of *plan* show; what is made for that is kept."""
    kept, todo, problems = site.store.names(PICTURES), list[Wanted](), list[Problem]()
    for asset, files in asset_files(plan):
        wanted = tuple(file for file in files if str(file.address) not in kept)
        if wanted and asset.kind == PICTURE:
            todo.append((asset, wanted))
    for made in made_files(site.root, plan, todo, site.executor):
        if isinstance(made, Problem):
            problems.append(made)
        else:
            keep_pictures(site.store, made)
    return tuple(problems)


def made_files(
    root: Path, plan: SitePlan, todo: Iterable[Wanted], executor: Executor | None
) -> Iterator[Files | Problem]:
    """Yield the wanted files of each picture, in any order; a problem for a picture without any."""
    drawn: list[Wanted] = []
    for picture, wanted in todo:
        making = _making(root, plan, (picture, wanted))
        # To copy decodes no pixel, so that it needs no process with limits.
        copied = [
            (str(file.address), b"" if _is_converted(making, file) else copy_picture(making.data, file.width))
            for file in wanted
        ]
        if all(data for _, data in copied):
            yield copied
        else:
            drawn.append((picture, wanted))
    count = processes_here(executor)
    # Each is read when its turn comes: all of them would fill the memory.
    makings = (_making(root, plan, each) for each in drawn)
    results = guarded_map(draw_files, makings, count=count, limits=LIMITS)
    for (picture, _), made in zip(drawn, results, strict=True):
        yield _too_dear(picture.path, made) if isinstance(made, OverrunError) else made


def draw_files(making: PictureJob) -> Files | Problem:
    """Return the wanted files of *making*, or what is wrong with its picture."""
    try:
        return [(str(file.address), _made(making, file)) for file in making.wanted]
    except ValueError as error:
        message, hint = (
            say("the picture cannot be read: {error}", error=error),
            say("save it again as PNG, JPEG or WebP"),
        )
        return Problem("TG407", message, Place(making.path), hint)


def _made(making: PictureJob, file: Sized) -> bytes:
    make = make_webp if _is_converted(making, file) else make_picture
    return make(making.data, file.width)


def _is_converted(making: PictureJob, file: Sized) -> bool:
    """Return whether *file* is of another kind than the picture it is made from."""
    return file.address.suffix == WEBP and making.path.suffix.lower() != WEBP


def picture_file(root: Path, plan: SitePlan, picture: Asset, file: Sized) -> bytes:
    """Return one *file* of *picture*; raise ContentError where that cannot be made."""
    (made,) = made_files(root, plan, [(picture, (file,))], None)
    if isinstance(made, Problem):
        raise ContentError([made])
    return made[0][1]


def _making(root: Path, plan: SitePlan, wanted: Wanted) -> PictureJob:
    """Return a picture to be made, read; raise UsageError where it is no longer the one that was measured."""
    picture, files = wanted
    return PictureJob(picture.path, _read(root, plan, picture), files)


def _read(root: Path, plan: SitePlan, asset: Asset) -> bytes:
    """Return what is published of *asset*; raise UsageError where it is no longer what was measured."""
    data = asset_data(root, plan, asset)
    if is_drawing(asset.path):
        examined, _ = examine_picture(asset.path, data)
        data = examined.data if examined else b""
    if content_hash(data)[:12] != asset.address.stem.rpartition(".")[2]:
        raise UsageError(
            say("{path} was changed while the site was built", path=asset.path), say("build it again")
        )
    return data


def _too_dear(path: PurePosixPath, overrun: OverrunError) -> Problem:
    hint = say(
        "save it smaller, or with fewer frames: {cpu_seconds} seconds and", cpu_seconds=LIMITS.cpu_seconds
    )
    hint = say(
        "{hint} {memory} MiB are enough for any picture of a page",
        hint=hint,
        memory=LIMITS.memory // 1024 // 1024,
    )
    return Problem("TG417", say("to draw this picture {overrun}", overrun=overrun), Place(path), hint)


def _output(name: str, data: bytes) -> Output:
    return Output(name, data, content_hash(data))
