"""The stage load: the only place that reads content, settings and themes from the disk.

Content is not trusted: nothing outside the site's folder is read, whatever links say, and nothing but
ordinary files, so that no build hangs on a pipe or publishes ``/etc/passwd``.
Names are brought to Unicode's form NFC, and everything comes in the order of names, whatever the file
system makes of both.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem, UsageError
from timeline_gen.model import Picture, Source, content_hash
from timeline_gen.reading.decoding import MAX_BYTES
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.packaged import THEMES, packaged_themes
from timeline_gen.reading.picture_size import SUFFIXES, picture_size
from timeline_gen.reading.themes import Shelf, Theme, resolve_theme
from timeline_gen.schema import nearest
from timeline_gen.text.slugs import slugify

CONTENT: Final = "content"
ARTICLES: Final = PurePosixPath(CONTENT, "articles")
PAGES: Final = PurePosixPath(CONTENT, "pages")
SETTINGS: Final = PurePosixPath("site.yaml")
DATA_FILES: Final = ("entities.yaml", "eras.yaml", "sources.yaml")

MAX_PICTURE_BYTES: Final = 64 * 1024 * 1024
PICTURE_FOLDER: Final = "media"
"""Where pictures stand in the site."""

_ASTRAY: Final = "is a link that leads out of the site's folder, or nowhere"
_PASSED_OVER: Final = ("~", ".swp", ".tmp", ".bak", ".orig")
"""How the names of files end that editors leave beside those they edit."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file of the site, seen but not read."""

    path: PurePosixPath
    """Relative to the site's folder, in form NFC."""
    size: int
    modified: int
    """Nanoseconds since 1970, as the file system keeps it."""
    inode: int
    on_disk: str = ""
    """The path as the file system spells it, where that is not :attr:`path`."""
    changed: int = 0
    """When anything about it last changed (``st_ctime_ns``): this clock nobody sets back."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All files under ``content/``, seen but not read, each kind in the order of paths."""

    articles: tuple[Found, ...] = ()
    pages: tuple[Found, ...] = ()
    data: Mapping[str, Found] = field(default_factory=dict)
    """``entities.yaml`` and its like, by name."""
    pictures: Mapping[PurePosixPath, Found] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """All of a site's content, read."""

    articles: tuple[Source, ...] = ()
    pages: tuple[Source, ...] = ()
    data: Mapping[str, Source] = field(default_factory=dict)
    contents: Contents = field(default_factory=Contents)


def load_settings(root: Path) -> Source:
    """Read ``site.yaml`` in the folder *root*; raise UsageError where there is none."""
    path = root / SETTINGS
    if path.exists() and not path.is_file():
        raise UsageError("site.yaml cannot be read: it is no ordinary file", "put the file itself there")
    try:
        return Source(SETTINGS, path.read_bytes())
    except FileNotFoundError:
        message = f"there is no site here: {root} holds no site.yaml"
        raise UsageError(
            message, "name the site's folder with --site, or make one: timeline-gen new site"
        ) from None
    except OSError as error:
        raise UsageError(f"site.yaml cannot be read: {error.strerror}") from None


def load(root: Path) -> tuple[Loaded, tuple[Problem, ...]]:
    """Read all content of the site in the folder *root*."""
    contents, problems = survey(root)
    faults = list(problems)
    articles = tuple(_read_all(root, contents.articles, faults))
    pages = tuple(_read_all(root, contents.pages, faults))
    data = {source.path.name: source for source in _read_all(root, contents.data.values(), faults)}
    return Loaded(articles, pages, data, contents), tuple(faults)


def survey(root: Path) -> tuple[Contents, tuple[Problem, ...]]:
    """Look at everything under ``content/`` in the folder *root*, without reading it."""
    problems: list[Problem] = []
    top, real_root = PurePosixPath(CONTENT), os.path.realpath(root)
    every: Iterable[Found] = ()
    if (root / top).is_symlink() and not _inside(str(root / top), real_root):
        problems += _refused(top, _ASTRAY)
    else:
        every = _walk(root, real_root, top, problems)
    found = sorted(every, key=lambda one: (one.path.parts, one.on_disk))
    articles: list[Found] = []
    pages: list[Found] = []
    data: dict[str, Found] = {}
    pictures: dict[PurePosixPath, Found] = {}
    for one in _without_twins(found, problems):
        suffix, folder = one.path.suffix, one.path.parts[:2]
        if suffix.lower() in SUFFIXES:
            pictures[one.path] = one
        elif suffix == ".md" and folder == ARTICLES.parts:
            articles.append(one)
        elif suffix == ".md" and folder == PAGES.parts:
            pages.append(one)
        elif one.path.name in DATA_FILES and one.path.parent == PurePosixPath(CONTENT):
            data[one.path.name] = one
        else:
            problems += _stray(one.path)
    return Contents(tuple(articles), tuple(pages), data, pictures), tuple(problems)


def read(root: Path, found: Found) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the file that was *found* in the folder *root*."""
    try:
        return Source(found.path, _bytes(root, found, MAX_BYTES + 1)), ()
    except OSError as error:
        return None, (_unreadable(found.path, error.strerror or "it is gone"),)


def measure(root: Path, found: Iterable[Found]) -> tuple[dict[PurePosixPath, Picture], tuple[Problem, ...]]:
    """Read and measure the pictures *found* in the folder *root*."""
    pictures: dict[PurePosixPath, Picture] = {}
    problems: list[Problem] = []
    for one in found:
        try:
            data = read_picture(root, one)
            width, height = picture_size(data)
        except OSError as error:
            problems.append(_unreadable(one.path, error.strerror or "it is gone"))
        except ValueError as error:
            notes = Notes(one.path)
            notes.add(
                "TG407", f"the picture cannot be read: {error}", hint="save it again as PNG, JPEG or WebP"
            )
            problems += notes.problems
        else:
            pictures[one.path] = Picture(one.path, width, height, _address(one.path, data))
    return pictures, tuple(problems)


def read_picture(root: Path, found: Found) -> bytes:
    """Return the bytes of the picture *found* in the folder *root*; raise OSError where that fails."""
    if found.size > MAX_PICTURE_BYTES:
        raise OSError(0, f"it is larger than {MAX_PICTURE_BYTES // 1024 // 1024} MiB")
    return _bytes(root, found, MAX_PICTURE_BYTES + 1)


def _address(path: PurePosixPath, data: bytes) -> PurePosixPath:
    """Return where the picture *path* stands in the site: its name, with the hash of its *data*."""
    stem = slugify(path.stem) or "picture"
    return PurePosixPath(PICTURE_FOLDER, f"{stem}.{content_hash(data)[:12]}{path.suffix.lower()}")


def _read_all(root: Path, found: Iterable[Found], faults: list[Problem]) -> Iterator[Source]:
    for one in found:
        source, problems = read(root, one)
        faults += problems
        if source is not None:
            yield source


def _bytes(root: Path, found: Found, limit: int) -> bytes:
    """Read at most *limit* bytes, of an ordinary file alone, and through no link out of *root*."""
    path = str(root / (found.on_disk or found.path))
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_SURPRISES)
    except OSError as error:
        if error.errno != errno.ELOOP or not _inside(path, os.path.realpath(root)):
            raise
        descriptor = os.open(os.path.realpath(path), os.O_RDONLY | _NO_SURPRISES)
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor that was opened with care)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no ordinary file")
        return file.read(limit)


_NO_SURPRISES: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""Follow no link that has just been put there, and wait for no pipe."""


def _walk(
    root: Path, real_root: str, folder: PurePosixPath, problems: list[Problem], above: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Yield the files in *folder* and below; *above* are the folders that lead here, to know a circle by."""
    here = os.path.realpath(root / folder)
    if here in above:
        problems += _refused(folder, "is a link to a folder that it stands in")
        return
    try:
        entries = [entry for entry in os.scandir(root / folder) if not _is_passed_over(entry.name)]
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_unreadable(folder, error.strerror or "it is gone"))
        return
    for entry in entries:
        if entry.name.isascii() and entry.is_file(follow_symlinks=False):
            # Nearly all files are such, and there are thousands.
            yield _found(f"{folder}/{entry.name}", entry.stat())
            continue
        path = folder / entry.name
        if not _is_text(entry.name):
            problems += _nameless(path)
        elif entry.is_symlink() and not _inside(entry.path, real_root):
            problems += _refused(path, _ASTRAY)
        elif entry.is_dir():
            yield from _walk(root, real_root, path, problems, (*above, here))
        elif entry.is_file():
            yield _found(str(path), entry.stat())
        else:
            problems += _refused(path, "is no ordinary file but a device, a pipe or a socket")


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith(_PASSED_OVER)


def _is_text(name: str) -> bool:
    """Return whether *name* is text: some systems keep names as bytes, which need not be UTF-8."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _nameless(path: PurePosixPath) -> list[Problem]:
    shown = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    notes = Notes(PurePosixPath(shown))
    notes.add("TG101", "the name of this file is not UTF-8", hint="rename it, such as some-words.en.md")
    return notes.problems


def _inside(path: str, real_root: str) -> bool:
    """Return whether *path*, all links followed, lies in *real_root* and exists."""
    real = os.path.realpath(path)
    return real.startswith(real_root + os.sep) and Path(real).exists()


def _found(text: str, status: os.stat_result) -> Found:
    path, on_disk = _composed(text)
    return Found(path, status.st_size, status.st_mtime_ns, status.st_ino, on_disk, changed=status.st_ctime_ns)


@lru_cache(maxsize=1 << 16)
def _composed(text: str) -> tuple[PurePosixPath, str]:
    """Return the path *text* in form NFC, and *text* itself where it is in another form.

    A preview finds the same paths at every save: that they are the same objects makes them quick to compare.
    """
    if unicodedata.is_normalized("NFC", text):
        return PurePosixPath(text), ""
    return PurePosixPath(unicodedata.normalize("NFC", text)), text


def _without_twins(found: list[Found], problems: list[Problem]) -> Iterator[Found]:
    """Yield what was *found*, without files whose names are another's in a different Unicode form."""
    before: Found | None = None
    for one in found:
        if before and one.path == before.path:
            notes = Notes(one.path)
            message = "two files have this name, written with different Unicode characters that look the same"
            notes.add("TG114", message, hint="delete or rename one of the two")
            problems += notes.problems
        else:
            yield one
        before = one


def _stray(path: PurePosixPath) -> list[Problem]:
    """Say that nothing reads the file *path*, if it looks as if its author thought otherwise."""
    notes = Notes(path)
    if path.suffix != ".md" and path.suffix.lower() in {".md", ".markdown", ".mdown"}:
        hint = f"name it {path.with_suffix('.md').name}"
        notes.add("TG112", "nothing reads this file: its ending must be .md", hint=hint, level=Level.WARNING)
    elif path.suffix == ".md":
        hint = f"put it into {ARTICLES} or {PAGES}"
        notes.add("TG112", "nothing reads this file where it lies", hint=hint, level=Level.WARNING)
    elif path.suffix in {".yaml", ".yml"}:
        near = nearest(path.with_suffix(".yaml").name, DATA_FILES)
        hint = f"did you mean '{CONTENT}/{near}'?" if near else f"the files read are {', '.join(DATA_FILES)}"
        notes.add("TG112", "nothing reads this file", hint=hint, level=Level.WARNING)
    return notes.problems


def _refused(path: PurePosixPath, why: str) -> list[Problem]:
    notes = Notes(path)
    notes.add("TG108", f"this {why}, and is not read", hint="put the file itself here, or delete this")
    return notes.problems


def _unreadable(path: PurePosixPath, why: str) -> Problem:
    notes = Notes(path)
    notes.add("TG108", f"this cannot be read: {why}", hint="look at who may read it")
    return notes.problems[0]


def load_theme(root: Path, name: str, place: Place) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Read the theme *name*, which was named at *place*, and those that it extends.

    The themes of the site in the folder *root* come first, then those of the program.
    """
    folders = {entry.name: entry for entry in (*_folders(packaged_themes()), *_folders(root / THEMES))}
    shown = {
        theme: PurePosixPath(THEMES, theme) if folder.is_relative_to(root) else PurePosixPath(theme)
        for theme, folder in folders.items()
    }
    return resolve_theme(
        name, Shelf(tuple(sorted(folders)), shown, lambda one: _all_files(folders[one])), place
    )


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(entry for entry in parent.iterdir() if entry.is_dir() and not entry.name.startswith("."))


def _all_files(folder: Path) -> dict[PurePosixPath, bytes]:
    """Return the bytes of every file in *folder* and below that is not hidden; themes are trusted."""
    return {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.endswith(_PASSED_OVER)
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    }
