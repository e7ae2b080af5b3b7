"""The stage load: the only place that reads content, settings and themes from the disk.

Content is not trusted: nothing outside the site's folder is read, whatever links say, and nothing but
ordinary files, so that no build hangs on a pipe or publishes ``/etc/passwd``.
Names are brought to Unicode's form NFC, and everything comes in the order of names, whatever the file
system makes of both.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import MAX_BYTES
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.reading.packaged import THEMES, packaged_themes
from timeline_gen.reading.pictures.raster_size import SUFFIXES
from timeline_gen.reading.table_rows import SUFFIXES as TABLES
from timeline_gen.reading.themes import Theme, ThemeSources, resolve_theme
from timeline_gen.text.suggestions import nearest

CONTENT: Final = "content"
ARTICLES: Final = PurePosixPath(CONTENT, "articles")
EVENTS: Final = PurePosixPath(CONTENT, "events")
"""Events with files of their own."""
PAGES: Final = PurePosixPath(CONTENT, "pages")
_ARTICLE_FOLDERS: Final = (ARTICLES.parts, EVENTS.parts)
"""What is read as articles: an event's own file tells of one event."""
SETTINGS: Final = PurePosixPath("site.yaml")
WORDS: Final = "words"
"""The folder of a site's own words for dates, a file for each language."""
_LIKE_SETTINGS: Final = ("site.yml", "Site.yaml", "site.yaml.txt", "_config.yml", "config.yaml")
"""What the settings may have been called by mistake."""
DATA_FILES: Final = ("entities.yaml", "eras.yaml", "sources.yaml")

STATIC: Final = PurePosixPath("static")
"""Files that are copied to the root of the site as they are."""

MAX_ASSET_BYTES: Final = 64 * 1024 * 1024
_OFFERED: Final = re.compile(r"\.[A-Za-z0-9]{2,10}")
"""Endings of files that a text may name."""

MAP: Final = ".map.yaml"
"""What the name of a table's map ends with, after that of the table."""
_SHEETS: Final = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tab", ".txt"})
"""Endings of tables that are not read."""

_ADDED: Final = frozenset({".txt", ".text", ".html", ".docx", ".rtf"})
"""Endings that editors put behind a name."""
_ASTRAY: Final = say("is a link that leads out of the site's folder, or nowhere")


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
    """Events' own files included."""
    pages: tuple[Found, ...] = ()
    data: Mapping[str, Found] = field(default_factory=dict)
    """``entities.yaml`` and its like, by name."""
    pictures: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    files: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    """All else that a text may name; whether it may be published is not known yet."""
    tables: tuple[Found, ...] = ()
    """Tables of events."""
    maps: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    """Their maps, by path."""


def map_of(table: Found, contents: Contents) -> Found | None:
    """Return the map of the *table* among *contents*; None where it has none."""
    return contents.maps.get(table.path.with_name(f"{table.path.stem}{MAP}"))


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
        raise UsageError(
            say("site.yaml cannot be read: it is no ordinary file"), say("put the file itself there")
        )
    try:
        return Source(SETTINGS, path.read_bytes())
    except FileNotFoundError:
        message = say("there is no site here: {root} holds no site.yaml", root=root)
        hint = say("name the site's folder with --site, or make one: timeline-gen new site")
        if other := next((name for name in _LIKE_SETTINGS if (root / name).is_file()), ""):
            hint = say("rename {other} to site.yaml", other=other)
        elif below := next(iter(sorted(root.glob(f"*/{SETTINGS}"))), None):
            hint = say("there is a site in the folder {name}: cd {name}", name=below.parent.name)
        raise UsageError(message, hint) from None
    except OSError as error:
        raise UsageError(say("site.yaml cannot be read: {strerror}", strerror=error.strerror)) from None


def load_words(root: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the files of words of the site in the folder *root*, in the order of their names."""
    problems: list[Problem] = []
    top, real_root = PurePosixPath(WORDS), os.path.realpath(root)
    if (root / top).is_symlink() and not _inside(str(root / top), real_root):
        return (), tuple(_refused(top, _ASTRAY))
    found = sorted(_walk(root, real_root, top, problems), key=lambda one: (one.path.parts, one.on_disk))
    own = (
        one
        for one in _without_twins(found, problems)
        if one.path.suffix == ".toml" and one.path.parent == top
    )
    return tuple(_read_all(root, own, problems)), tuple(problems)


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
    files: dict[PurePosixPath, Found] = {}
    tables: list[Found] = []
    maps: dict[PurePosixPath, Found] = {}
    for one in _without_twins(found, problems):
        suffix, folder = one.path.suffix, one.path.parts[:2]
        if suffix.lower() in SUFFIXES:
            pictures[one.path] = one
        elif suffix == ".md" and folder in _ARTICLE_FOLDERS:
            articles.append(one)
        elif suffix == ".md" and folder == PAGES.parts:
            pages.append(one)
        elif suffix in TABLES and folder == EVENTS.parts:
            tables.append(one)
        elif one.path.name.endswith(MAP) and folder == EVENTS.parts:
            maps[one.path] = one
        elif one.path.name in DATA_FILES and one.path.parent == PurePosixPath(CONTENT):
            data[one.path.name] = one
        else:
            problems += _stray(one.path)
            if _OFFERED.fullmatch(suffix):
                files[one.path] = one
    contents = Contents(tuple(articles), tuple(pages), data, pictures, files, tuple(tables), maps)
    return contents, (*problems, *_astray_maps(contents))


def _astray_maps(contents: Contents) -> Iterator[Problem]:
    """Yield a problem for each map without a table, and for each of two tables of one name."""
    tables: dict[PurePosixPath, Found] = {}
    for table in contents.tables:
        first = tables.setdefault(table.path.with_suffix(""), table)
        if first is not table:
            notes = Diagnostics(table.path)
            notes.add(
                "TG140",
                say("a second table is called so: {name}", name=first.path.name),
                hint=say("rename one of the two"),
            )
            yield from notes.problems
    for path in contents.maps:
        stem = path.with_name(path.name.removesuffix(MAP))
        if stem not in tables:
            near = nearest(stem.name, (table.name for table in tables if table.parent == stem.parent))
            notes = Diagnostics(path)
            hint = (
                say("did you mean {near}{map}?", near=near, map=MAP)
                if near
                else say("name it like its table: <table>{map}", map=MAP)
            )
            notes.add("TG140", say("this map has no table"), hint=hint, level=Level.WARNING)
            yield from notes.problems


def is_read(path: PurePosixPath) -> bool:
    """Tell whether a build reads the file *path* of a site, told by its name and folder."""
    top, parts = path.parts[0], path.parts
    if any(map(is_ignored, parts)):
        return False
    if top == THEMES:
        return "__pycache__" not in parts
    if top != CONTENT:
        return path == SETTINGS or top in {str(STATIC), WORDS}
    if path.suffix == ".md":
        return parts[:2] in (*_ARTICLE_FOLDERS, PAGES.parts)
    if parts[:2] == EVENTS.parts and (path.suffix in TABLES or path.name.endswith(MAP)):
        return True
    return bool(_OFFERED.fullmatch(path.suffix)) or (path.name in DATA_FILES and len(parts) == 2)


def survey_static(root: Path) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Look at everything under ``static/`` in the folder *root* that is copied, without reading it."""
    problems: list[Problem] = []
    real_root = os.path.realpath(root)
    if (root / STATIC).is_symlink() and not _inside(str(root / STATIC), real_root):
        return (), tuple(_refused(STATIC, _ASTRAY))
    every = _walk(root, real_root, STATIC, problems)
    found = sorted(every, key=lambda one: (one.path.parts, one.on_disk))
    kept = tuple(_without_twins(found, problems))
    problems += (_too_large(one) for one in kept if one.size > MAX_ASSET_BYTES)
    return kept, tuple(problems)


def _too_large(found: Found) -> Problem:
    notes = Diagnostics(found.path)
    size = say(
        "{size:,.0f} MiB, and files of up to {max_asset_bytes} MiB",
        size=found.size / 1024 / 1024,
        max_asset_bytes=MAX_ASSET_BYTES // 1024 // 1024,
    )
    notes.add(
        "TG107",
        say("this file has {size} are copied", size=size),
        hint=say("put it where large files are served"),
    )
    return notes.problems[0]


def read(root: Path, found: Found, limit: int = MAX_BYTES + 1) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the file that was *found* in the folder *root*, *limit* bytes of it at most."""
    try:
        return Source(found.path, _bytes(root, found, limit)), ()
    except OSError as error:
        return None, (_unreadable(found.path, error.strerror or say("it is gone")),)


def read_asset(root: Path, found: Found) -> bytes:
    """Return the bytes of the file *found* in the folder *root*; raise OSError where that fails."""
    if found.size > MAX_ASSET_BYTES:
        raise OSError(
            0, say("it is larger than {max_asset_bytes} MiB", max_asset_bytes=MAX_ASSET_BYTES // 1024 // 1024)
        )
    return _bytes(root, found, MAX_ASSET_BYTES + 1)


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
            raise OSError(0, say("it is no ordinary file"))
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
        problems += _refused(folder, say("is a link to a folder that it stands in"))
        return
    try:
        entries = [entry for entry in os.scandir(root / folder) if not is_ignored(entry.name)]
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_unreadable(folder, error.strerror or say("it is gone")))
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
            problems += _refused(path, say("is no ordinary file but a device, a pipe or a socket"))


def _is_text(name: str) -> bool:
    """Return whether *name* is text: some systems keep names as bytes, which need not be UTF-8."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _nameless(path: PurePosixPath) -> list[Problem]:
    shown = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    notes = Diagnostics(PurePosixPath(shown))
    notes.add(
        "TG101", say("the name of this file is not UTF-8"), hint=say("rename it, such as some-words.en.md")
    )
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
            notes = Diagnostics(one.path)
            message = say(
                "two files have this name, written with different Unicode characters that look the same"
            )
            notes.add("TG114", message, hint=say("delete or rename one of the two"))
            problems += notes.problems
        else:
            yield one
        before = one


def _stray(path: PurePosixPath) -> list[Problem]:
    """Say that nothing reads the file *path*, if it looks as if its author thought otherwise."""
    notes = Diagnostics(path)
    why = (_table_astray(path) if path.parts[:2] == EVENTS.parts else None) or _text_astray(path)
    if why:
        what, hint = why
        notes.add("TG112", say("nothing reads this file{what}", what=what), hint=hint, level=Level.WARNING)
    return notes.problems


def _text_astray(path: PurePosixPath) -> tuple[str, str] | None:
    """Return why nothing reads the text or the data file *path*, and what to do; None where it is neither."""
    if path.suffix != ".md" and path.suffix.lower() in {".md", ".markdown", ".mdown"}:
        return say(": its ending must be .md"), say("name it {name}", name=path.with_suffix(".md").name)
    if path.suffix == ".md":
        return say(" where it lies"), say(
            "put it into {articles}, {events} or {pages}", articles=ARTICLES, events=EVENTS, pages=PAGES
        )
    if path.suffix in {".yaml", ".yml"}:
        near = nearest(path.with_suffix(".yaml").name, DATA_FILES)
        files = ", ".join(DATA_FILES)
        return "", say("did you mean '{content}/{near}'?", content=CONTENT, near=near) if near else say(
            "the files read are {files}", files=files
        )
    if ".md" in path.suffixes[:-1] and path.suffix.lower() in _ADDED:
        hint = say(
            "name it {stem}: some editors add {suffix} to a name and hide it",
            stem=path.stem,
            suffix=path.suffix,
        )
        return say(": its ending is {suffix}, not .md", suffix=path.suffix), hint
    return None


def _table_astray(path: PurePosixPath) -> tuple[str, str] | None:
    """Return why nothing reads the table or the map *path*, and what to do; None where it is neither."""
    suffix = path.suffix.lower()
    if path.name.lower().endswith((".map.yml", ".map.yaml")) and not path.name.endswith(".map.yaml"):
        stem = path.name[: -len(".map") - len(suffix)]
        return say(": its name must end in .map.yaml"), say("name it {stem}.map.yaml", stem=stem)
    if suffix in TABLES and path.suffix not in TABLES:
        return say(": its ending must be {suffix}", suffix=suffix), say(
            "name it {name}", name=path.with_suffix(suffix).name
        )
    if suffix in _SHEETS and ".md" not in path.suffixes:
        hint = say("save it as .xlsx or as 'CSV UTF-8'")
        return "", say(
            "{hint}; name a text {stem}.md", hint=hint, stem=path.stem
        ) if suffix == ".txt" else hint
    return None


def _refused(path: PurePosixPath, why: str) -> list[Problem]:
    notes = Diagnostics(path)
    notes.add(
        "TG108",
        say("this {why}, and is not read", why=why),
        hint=say("put the file itself here, or delete this"),
    )
    return notes.problems


def _unreadable(path: PurePosixPath, why: str) -> Problem:
    notes = Diagnostics(path)
    notes.add("TG108", say("this cannot be read: {why}", why=why), hint=say("look at who may read it"))
    return notes.problems[0]


def load_theme(
    root: Path, name: str, place: Place, *, trusted: bool = True
) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Read the theme *name*, which was named at *place*, and those that it extends.

    The themes of the site in the folder *root* come first, then those of the program. Of themes of the site
    that are not *trusted*, nothing is read through links, and no more than they may hold.
    """
    refused: list[Problem] = []
    folders = {entry.name: entry for entry in (*_folders(packaged_themes()), *_folders(root / THEMES))}
    shown = {
        theme: PurePosixPath(THEMES, theme) if folder.is_relative_to(root) else PurePosixPath(theme)
        for theme, folder in folders.items()
    }

    def files(one: str) -> dict[PurePosixPath, bytes]:
        if not trusted and folders[one].is_relative_to(root):
            return _untrusted_files(root, folders[one], refused)
        return _all_files(folders[one])

    theme, problems = resolve_theme(name, ThemeSources(tuple(sorted(folders)), shown, files), place)
    return (None if refused else theme), (*refused, *([] if refused else problems))


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(entry for entry in parent.iterdir() if entry.is_dir() and not is_ignored(entry.name))


def _all_files(folder: Path) -> dict[PurePosixPath, bytes]:
    """Return the bytes of every file in *folder* and below that is not ignored; themes are trusted."""
    return {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(map(is_ignored, path.relative_to(folder).parts))
    }


MAX_THEME_BYTES: Final = 64 * 1024 * 1024
MAX_THEME_FILES: Final = 5_000


def _untrusted_files(root: Path, folder: Path, problems: list[Problem]) -> dict[PurePosixPath, bytes]:
    """Return the bytes of every file in *folder* and below; note a problem for what is not to be read."""
    files: dict[PurePosixPath, bytes] = {}
    size = 0
    for path in _ordinary_files(root, folder, problems):
        size += path.stat().st_size
        if size > MAX_THEME_BYTES or len(files) == MAX_THEME_FILES:
            message = say(
                "the theme is larger than {max_theme_bytes} MiB in {max_theme_files:,} files",
                max_theme_bytes=MAX_THEME_BYTES // 1024 // 1024,
                max_theme_files=MAX_THEME_FILES,
            )
            problems.append(Problem("TG713", message, Place(_shown_path(root, folder))))
            return {}
        found = _found(_shown_path(root, path).as_posix(), path.lstat())
        files[PurePosixPath(path.relative_to(folder).as_posix())] = _bytes(root, found, MAX_THEME_BYTES)
    return files


def _ordinary_files(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    if folder.is_symlink():
        problems.append(_theme_refusal(root, folder))
        return
    for path in sorted(folder.iterdir()):
        if is_ignored(path.name):
            continue
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            problems.append(_theme_refusal(root, path))
        elif path.is_dir():
            yield from _ordinary_files(root, path, problems)
        else:
            yield path


def _theme_refusal(root: Path, path: Path) -> Problem:
    message = say("the theme is not trusted, and this is a link, a device or a pipe")
    return Problem(
        "TG713", message, Place(_shown_path(root, path)), say("put the file itself there, or delete this")
    )


def _shown_path(root: Path, path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(root).as_posix())
