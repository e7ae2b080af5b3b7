"""The files that texts may name: pictures measured beforehand, all others when a text first names them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from timeline_gen.building.parse.measuring import Measured, measure
from timeline_gen.building.store.files import KnownFiles
from timeline_gen.model.assets import Asset
from timeline_gen.reading.assets.kinds import BROKEN, REFUSED, kind_of
from timeline_gen.reading.disk.files import Found

_NOWHERE = PurePosixPath()


@dataclass(frozen=True, slots=True)
class AssetFiles:
    """Files among the content, seen and not read."""

    root: Path
    found: Mapping[PurePosixPath, Found]
    allowed: Collection[str]
    """Endings that the settings add to those of the program."""
    before: KnownFiles[Measured]
    """What earlier builds measured."""


class KnownAssets(Mapping[PurePosixPath, Asset]):
    """All files that texts may name; each is measured when it is asked for, unless nothing changed it.

    What is not published is among them, without an address: of a kind that is not allowed, or broken.
    """

    def __init__(self, pictures: Mapping[PurePosixPath, Measured], files: AssetFiles) -> None:
        """Know the *pictures*, and the other *files*."""
        self._files = files
        self.measured: dict[PurePosixPath, Measured] = dict(pictures)

    def __getitem__(self, path: PurePosixPath) -> Asset:
        """Return the file *path*; raise KeyError where there is none."""
        known = self.measured.get(path)
        if known is None:
            found = self._files.found[path]
            if not kind_of(path, self._files.allowed):
                return Asset(path, _NOWHERE, REFUSED)
            known = self._files.before.get(found) or measure([found], self._files.root)[0]
            self.measured[path] = known
        return known.asset or Asset(path, _NOWHERE, BROKEN)

    def __iter__(self) -> Iterator[PurePosixPath]:
        """Yield the paths of all of them."""
        yield from self.measured
        yield from (path for path in self._files.found if path not in self.measured)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.measured.keys() | self._files.found.keys())

    def __contains__(self, path: object) -> bool:
        """Return whether there is a file *path*."""
        return path in self.measured or path in self._files.found
