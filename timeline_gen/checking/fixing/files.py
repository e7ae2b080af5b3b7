"""Files before and after the fixes, and how the fixed ones are written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from timeline_gen.writing.disk import refusing, write_file


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file, and what it is to become."""

    path: PurePosixPath
    """Relative to the site's folder."""
    before: bytes
    after: bytes
    new_path: PurePosixPath
    """The same path, unless the file gets another name."""
    fixes: int
    """How many problems that fixes."""

    def diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff."""
        if self.new_path != self.path:
            yield f"rename {self.path} to {self.new_path}"
        before, after = (data.decode("utf-8", "replace").splitlines() for data in (self.before, self.after))
        yield from unified_diff(before, after, str(self.path), str(self.new_path), n=1, lineterm="")


def write_fixed(root: Path, files: Iterable[FixedFile]) -> tuple[PurePosixPath, ...]:
    """Write the fixed *files* of the site in *root*; return the paths of those that changed meanwhile.

    Each file is whole at every moment, and none is written over another one. Raises ``UsageError`` where the
    machine refuses.
    """
    left: list[PurePosixPath] = []
    for file in files:
        path, target = root / file.path, root / file.new_path
        with refusing(path.parent):
            is_renamed = path != target
            # A link may lead to a file of another site, and an editor may have saved the file since it was
            # shown.
            if path.is_symlink() or path.read_bytes() != file.before or (is_renamed and target.exists()):
                left.append(file.path)
                continue
            if file.after != file.before:
                put(path, file.after)
            if is_renamed:
                path.rename(target)
    return tuple(left)


def put(path: Path, data: bytes) -> None:
    """Write *data* in place of the file *path*, which is whole at every moment and keeps its permissions."""
    real = path.resolve()
    temporary = real.with_name(f".{real.name}.tmp")
    # What is there is left over of a killed run, or a link that someone put there to be written through.
    temporary.unlink(missing_ok=True)
    write_file(str(temporary), data)
    shutil.copymode(real, temporary)
    temporary.replace(real)
