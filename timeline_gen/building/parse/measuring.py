"""Files that content names, read and measured: what each is, and the address under which it is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.reading.assets.examining import examine_asset
from timeline_gen.reading.assets.kinds import DOCUMENT, kind_of
from timeline_gen.reading.disk.files import MAX_ASSET_BYTES, Found, read_asset
from timeline_gen.reading.pictures.examining import is_drawing
from timeline_gen.text.slugs import slugify

ASSET_FOLDER: Final = "media"
"""Where such files are in the site."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A file that was read, with what is wrong with it."""

    path: PurePosixPath
    asset: Asset | None
    """None where it cannot be published."""
    problems: tuple[Problem, ...] = ()
    drawing: bytes = b""
    """Of a drawing (SVG) what is published."""


def measure(found: Iterable[Found], root: Path) -> list[Measured]:
    """Read and measure the files *found* in the folder *root*."""
    return [_measured(root, file) for file in found]


def _measured(root: Path, found: Found) -> Measured:
    if found.size > MAX_ASSET_BYTES:
        return Measured(found.path, None, (_too_large(found),))
    try:
        data = read_asset(root, found)
    except OSError as error:
        message = say("this cannot be read: {strerror}", strerror=error.strerror or say("it is gone"))
        problem = Problem("TG108", message, Place(found.path), say("look at who may read it"))
        return Measured(found.path, None, (problem,))
    examined, problems = examine_asset(found.path, data)
    if examined is None:
        return Measured(found.path, None, problems)
    kind, address = kind_of(found.path) or DOCUMENT, _address(found.path, examined.data)
    asset = Asset(found.path, address, kind, len(data), examined.width, examined.height)
    return Measured(found.path, asset, problems, examined.data if is_drawing(found.path) else b"")


def _too_large(found: Found) -> Problem:
    most = MAX_ASSET_BYTES // 1024 // 1024
    message = say(
        "this file has {size:,.0f} MiB, and files of up to {most} MiB are published",
        size=found.size / 1024 / 1024,
        most=most,
    )
    hint = say("save it smaller, or put it where large files are served and give its address: src: https://…")
    return Problem("TG107", message, Place(found.path), hint)


def _address(path: PurePosixPath, data: bytes) -> PurePosixPath:
    """Return the address of the file *path* in the site: its name, with the hash of *data*, its content."""
    stem = slugify(path.stem) or kind_of(path) or DOCUMENT
    # With 48 bits no two files of one name have the same address by accident.
    return PurePosixPath(ASSET_FOLDER, f"{stem}.{content_hash(data)[:12]}{path.suffix.lower()}")
