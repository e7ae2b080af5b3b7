"""The target ``folder``: a whole new tree is made next to the old one, and the two are exchanged in one step.

What the site has no part in, such as another program's files, moves along. Next to the folder is another
one, hidden and not for readers, with the record and the earlier generations; files that stay are shared by
hard links. Where folders cannot be exchanged (a mount point, another file system), files are replaced one
by one, assets first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from timeline_gen.building.options import Options
from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.publishing.files import Listing
from timeline_gen.publishing.hosts.host import MovedError, Setting, Upload, Work
from timeline_gen.publishing.planning import Remote
from timeline_gen.publishing.record import Record, read_record, where_kept, write_record
from timeline_gen.reading.disk.packaged import THEMES
from timeline_gen.reading.site_paths import CONTENT, SETTINGS, STATIC, WORDS
from timeline_gen.writing.disk import (
    discard,
    folders_of,
    look,
    make_folders,
    prune,
    refusal,
    refusing,
    remove_file,
    write_file,
)
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Tree
from timeline_gen.writing.replacing import recover, replace_files
from timeline_gen.writing.swap import exchange, obstacle

_NOT_THERE: Final = say("the published site is as it was")
_MADE: Final = (Options().output, Options().work_dir)
_TAKEN: Final = (*_MADE, str(CONTENT), str(SETTINGS), str(STATIC), THEMES, WORDS)
"""What of the site's own folder has another use."""
_ELSEWHERE: Final = say("name a folder outside the site's folder: path: /srv/www/site")


@dataclass(frozen=True, slots=True)
class _Next:
    """What is being put in place."""

    inode: int
    """Of the new tree; 0 where files are replaced one by one."""
    was: int
    """The generation that it replaces."""
    record: str


class FolderHost:
    """A folder of this machine."""

    sends_headers = False

    def __init__(self, setting: Setting) -> None:
        path = Path(os.path.realpath(setting.root / setting.target.path))
        self._live = path
        self._side_folder = path.with_name(f".{path.name}.timeline-gen")
        self._new = self._side_folder / "new"
        self._known: set[str] = set()
        self._gone: set[str] = set()
        self._sources: dict[str, str] = {}
        self._whole = True
        self._before = Record()
        self._lock = ExitStack()

    def read(self) -> Remote:
        """Return what is in the folder."""
        with refusing(self._live):
            self._settle()
            try:
                data = (self._side_folder / "record.json").read_bytes()
            except FileNotFoundError:
                return Remote(foreign=sum(1 for _ in _walk(self._live, None)))
            return Remote(read_record(data), content_hash(data))

    def _settle(self) -> None:
        """Finish what was stopped between the exchange of two trees and the word that it was done."""
        if not self._side_folder.exists():
            return
        found = _read_next(self._side_folder / "next.json")
        live = look(str(self._live))
        began = (self._side_folder / "journal").exists()
        if self._live.exists():
            recover(self._tree())
        # The new tree is live, and only the steps after that are lacking. Otherwise the exchange never took
        # place.
        if found and live is not None and (live.st_ino == found.inode or (began and not found.inode)):
            if found.inode:
                self._put_aside(found.was)
            _write(self._side_folder / "record.json", found.record)
        (self._side_folder / "next.json").unlink(missing_ok=True)

    def _tree(self) -> Tree:
        return Tree(self._live, self._side_folder)

    def begin(self, work: Work) -> None:
        """Make the new tree, for now the same as the old one."""
        with refusing(self._live, left=_NOT_THERE):
            self._live.parent.mkdir(parents=True, exist_ok=True)
            # Earlier generations are in it, which are no longer for readers.
            self._side_folder.mkdir(mode=0o700, exist_ok=True)
            self._lock.enter_context(build_lock(self._side_folder, "timeline-gen publish"))
            if self.read().token != work.base:
                raise MovedError(say("someone else published there just now"), hint=say("publish again"))
            self._before = work.record
            discard(str(self._new))
            make_folders(str(self._new), "", self._known)
            self._whole = not obstacle(self._live, self._side_folder) and self._is_shared()

    def _is_shared(self) -> bool:
        """Let the new tree hold all files of the live one; return whether none is closed to us."""
        try:
            for path in _walk(self._live):
                self._share(path)
            self._make_folders_of_others()
        except PermissionError:
            # What others keep closed can only stay where it is: files are then replaced one by one.
            discard(str(self._new))
            self._known.clear()
            make_folders(str(self._new), "", self._known)
            return False
        return True

    def _make_folders_of_others(self) -> None:
        """Make the folders without files of ours as they are in the live tree, empty ones included."""
        ours = {folder for path in self._before.present for folder in folders_of(path)}
        # From below, since nothing can be made in a folder that is closed for writing.
        for folder, names, _ in os.walk(self._live, topdown=False, onerror=_stop):
            for name in names:
                live = Path(folder, name)
                path = live.relative_to(self._live).as_posix()
                if path not in ours and not live.is_symlink():
                    make_folders(str(self._new), path, self._known)
                    shutil.copymode(live, self._new / path)

    def _share(self, path: str) -> None:
        make_folders(str(self._new), path.rpartition("/")[0], self._known)
        try:
            os.link(self._live / path, self._new / path, follow_symlinks=False)
        except OSError:
            # Linux may forbid links to files of other users (fs.protected_hardlinks); some file systems have
            # none.
            shutil.copy2(self._live / path, self._new / path, follow_symlinks=False)

    def put(self, uploads: Sequence[Upload]) -> None:
        """Put *uploads* into the new tree."""
        for upload in uploads:
            data = upload.read()
            try:
                make_folders(str(self._new), upload.path.rpartition("/")[0], self._known)
                # It may be shared with the live tree by a hard link, so it is replaced and never written
                # into.
                remove_file(f"{self._new}/{upload.path}")
                write_file(f"{self._new}/{upload.path}", data)
            except OSError as error:
                raise refusal(error, self._live, left=_NOT_THERE) from error
            self._sources[upload.path] = f"{self._new}/{upload.path}"

    def keep(self, record: Record) -> None:
        """Do nothing yet: the record comes with the exchange."""

    def delete(self, paths: Collection[str]) -> None:
        """Take *paths* out of the new tree."""
        self._gone.update(paths)
        if self._whole:
            for path in paths:
                remove_file(f"{self._new}/{path}")
                prune(str(self._new), path.rpartition("/")[0])

    def finish(self, record: Record) -> str:
        """Exchange the trees."""
        text = write_record(record).decode()
        with refusing(self._live, left=_NOT_THERE):
            if self._whole:
                self._exchange(text)
            else:
                self._replace(text)
            _write(self._side_folder / "record.json", text)
            # Only now: as long as it is there, the next publisher finishes what a kill left undone.
            (self._side_folder / "next.json").unlink(missing_ok=True)
            self.forget(record)
        return ""

    def _exchange(self, record: str) -> None:
        self._announce(_Next(self._new.stat().st_ino, self._before.generation, record))
        if self._live.exists():
            exchange(self._new, self._live)
            self._put_aside(self._before.generation)
        else:
            self._new.rename(self._live)

    def _announce(self, following: _Next) -> None:
        _write(self._side_folder / "next.json", json.dumps(asdict(following)))

    def _put_aside(self, generation: int) -> None:
        """Keep the former tree, which now lies where the new one was made."""
        if generation and self._new.exists():
            kept = self._side_folder / "kept" / str(generation)
            kept.parent.mkdir(exist_ok=True)
            discard(str(kept))
            self._new.rename(kept)
        discard(str(self._new))

    def _replace(self, record: str) -> None:
        """Replace the files one by one, the earlier ones being put aside first."""
        if self._before.generation:
            kept = self._side_folder / "kept" / str(self._before.generation)
            known: set[str] = set()
            for path in {*self._sources, *self._gone}.intersection(self._before.files):
                if look(f"{self._live}/{path}") is None:
                    # It was deleted there.
                    continue
                make_folders(str(_made(kept)), path.rpartition("/")[0], known)
                remove_file(f"{kept}/{path}")
                shutil.copy2(self._live / path, kept / path, follow_symlinks=False)
        self._announce(_Next(0, self._before.generation, record))
        replace_files(self._tree(), self._sources, self._gone)

    def end(self) -> None:
        """Let go of the folder."""
        discard(str(self._new))
        self._lock.close()

    def fetch(self, files: Listing) -> Iterator[tuple[str, bytes, str]]:
        """Yield what is stored under the paths of *files*."""
        for path in files:
            found = self._live / path
            if found.is_file() and not found.is_symlink():
                yield path, found.read_bytes(), ""

    def recall(self, record: Record, generation: int, files: Listing) -> Iterator[tuple[str, bytes]]:
        """Yield *files* as they were in an earlier *generation*."""
        kept = where_kept(record, generation)
        for path in files:
            aside = self._side_folder / "kept" / str(kept[path]) / path if path in kept else self._live / path
            try:
                yield path, aside.read_bytes()
            except OSError as error:
                raise UsageError(
                    say("{path} of generation {generation} is gone", path=path, generation=generation)
                ) from error

    def forget(self, record: Record) -> None:
        """Delete the generations that *record* does not keep."""
        wanted = {str(kept.about.generation) for kept in record.kept}
        folder = self._side_folder / "kept"
        for entry in folder.iterdir() if folder.exists() else ():
            if entry.name not in wanted:
                discard(str(entry))


def open_host(setting: Setting) -> FolderHost:
    """Return the folder that *setting* names; raise ``UsageError`` where no site may be put there."""
    site = Path(os.path.realpath(setting.root))
    live = Path(os.path.realpath(setting.root / setting.target.path))
    if live == site or live in site.parents or any(live.is_relative_to(site / name) for name in _TAKEN):
        raise UsageError(
            say(
                "the site cannot be published to {path!r}, {site}",
                path=setting.target.path,
                site=_taken_by(site, live),
            ),
            hint=_ELSEWHERE,
        )
    if live.exists() and not live.is_dir():
        # The new tree would be exchanged for it, and it would be gone.
        raise UsageError(say("{path!r} is no folder but a file", path=setting.target.path), hint=_ELSEWHERE)
    return FolderHost(setting)


def _taken_by(site: Path, live: Path) -> str:
    """Return why nothing is published to *live*, which is taken by the site in the folder *site*."""
    if any(live.is_relative_to(site / name) for name in _MADE):
        return say("where builds delete what is not their own")
    return say("where its own content lies")


def _stop(error: OSError) -> None:
    """Raise *error*, but for a folder that is not there."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _walk(top: Path, unread: Callable[[OSError], None] | None = _stop) -> Iterator[str]:
    """Yield every file and link below *top*; call *unread* for each folder that cannot be read, if given."""
    for folder, folders, names in os.walk(top, onerror=unread):
        way = os.path.relpath(folder, top)
        links = (name for name in folders if Path(folder, name).is_symlink())
        yield from (name if way == "." else f"{way}/{name}" for name in (*names, *links))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(text.encode())
        file.flush()
        # After a power cut, a file that was renamed without fsync may be empty (rename(2) orders no data).
        os.fsync(file.fileno())
    new.replace(path)


def _read_next(path: Path) -> _Next | None:
    try:
        return _Next(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
