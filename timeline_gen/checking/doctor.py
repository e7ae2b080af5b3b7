"""What a person who helps with a site needs to know of the machine, the program and the site."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final, NamedTuple

from timeline_gen import __version__
from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.site_settings import settings_of
from timeline_gen.errors import ContentError, LockedError, Place, TimelineError
from timeline_gen.messages import say
from timeline_gen.model.settings import Settings
from timeline_gen.reading.disk.packaged import THEMES, packaged_themes
from timeline_gen.reading.disk.themes import load_theme
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.rendering.pictures import can_draw
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.own_files import read_list
from timeline_gen.writing.program_version import last_version
from timeline_gen.writing.swap import obstacle

_PROGRAM: Final = "timeline-gen"
_EXTRAS: Final[Mapping[str, str]] = {
    "code": say("blocks of code in colours"),
    "dask": say("builds that several machines share (docs/scale.md)"),
    "fast": say("the CommonMark engine (markdown: {engine: commonmark})"),
    "s3": say("publishing to S3 and what speaks its protocol"),
    "search": say("search in whole texts (search: pagefind)"),
    "serve": say("a preview that the system tells of changes"),
    "tables": say("tables of events in spreadsheets (.xlsx)"),
}
"""What each extra adds."""
_COMMANDS: Final[Mapping[str, str]] = {
    "git": say("publishing to a branch"),
    "rsync": say("publishing with rsync"),
    "ssh": say("publishing with rsync, and to git over SSH"),
}
"""Programs of the system, and what each is for."""
_NAME: Final = re.compile(r"[\w.-]+")
_LEAST: Final = re.compile(r">=([\d.]+)")


class Finding(NamedTuple):
    """A line of the report."""

    about: str
    found: str
    fault: str = ""
    """What is wrong with it; empty where nothing is."""


def examine(root: Path) -> Iterator[Finding]:
    """Yield what there is to know of this machine, the program, and the site in the folder *root*."""
    yield from _program()
    yield from _extras()
    yield from _tools()
    yield from _clock()
    if not (root / SETTINGS).is_file():
        yield Finding(say("site"), say("none in this folder, nor above it"))
        return
    yield from _site(root)


def _program() -> Iterator[Finding]:
    yield Finding(
        _PROGRAM,
        say("{version}, in {parents}", version=__version__, parents=Path(__file__).resolve().parents[1]),
    )
    yield Finding("python", f"{platform.python_version()} ({sys.executable})")
    yield Finding(say("system"), f"{platform.system()} {platform.release()}, {platform.machine()}")
    yield Finding(
        say("encoding"),
        say(
            "{encoding}, of file names {getfilesystemencoding}",
            encoding=sys.stdout.encoding,
            getfilesystemencoding=sys.getfilesystemencoding(),
        ),
    )
    for name, least, extra in _declared():
        if not extra:
            yield _library(name, least)


def _declared() -> Iterator[tuple[str, str, str]]:
    """Yield the libraries that the program declares: name, least version, and the extra that wants it."""
    try:
        lines = requires(_PROGRAM) or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        name, least = _NAME.match(line), _LEAST.search(line)
        extra = re.search(r"""extra\s*==\s*['"](\w+)""", line)
        if name:
            yield name[0], least[1] if least else "", extra[1] if extra else ""


def _library(name: str, least: str) -> Finding:
    there = _version(name)
    if not there:
        return Finding(
            name, "missing", say("install it: pip install '{name}>={least}'", name=name, least=least)
        )
    old = _order(there) < _order(least)
    return Finding(name, there, say("{least} or newer is needed", least=least) if old else "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _order(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def _extras() -> Iterator[Finding]:
    wanted = {extra: (name, least) for name, least, extra in _declared() if extra}
    for extra, adds in _EXTRAS.items():
        name, least = wanted.get(extra, ("", ""))
        there = _version(name) if name else ""
        found = (
            f"{name} {there}"
            if there
            else say("not there; pip install '{program}[{extra}]' adds", program=_PROGRAM, extra=extra)
        )
        old = there and _order(there) < _order(least)
        yield Finding(
            say("extra {extra}", extra=extra),
            say("{found}: {adds}", found=found, adds=adds),
            say("{name} {least} or newer is needed", name=name, least=least) if old else "",
        )


def _tools() -> Iterator[Finding]:
    for name, use in _COMMANDS.items():
        path = shutil.which(name)
        yield Finding(
            name, f"{_banner(path)}({path})" if path else say("not there; it is for {use}", use=use)
        )
    draws = (
        say("drawn here") if can_draw() else say("not drawn here: Pillow has no Raqm, or finds no FriBiDi")
    )
    yield Finding(say("pictures for links"), draws)


def _banner(path: str) -> str:
    """Return the version that the program at *path* names, and a space; empty where it names none."""
    # OpenSSH has no --version, and writes what -V asks for to stderr.
    flag = "-V" if Path(path).stem == "ssh" else "--version"
    try:
        done = subprocess.run([path, flag], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(rb"\d+\.\d+[\w.]*", done.stdout + done.stderr)
    return f"{found[0].decode('ascii', 'replace')} " if found else ""


def _clock() -> Iterator[Finding]:
    offset = time.localtime().tm_gmtoff // 60
    hours = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    yield Finding(
        say("time zone"),
        say(
            "{tzname}, UTC{hours}; tables of zones: tzdata {version}",
            tzname=time.tzname[0],
            hours=hours,
            version=_version("tzdata"),
        ),
    )


# ---------------------------------------------------------------- the site


def _site(root: Path) -> Iterator[Finding]:
    yield Finding(say("site"), str(root.resolve()))
    settings: Settings | None = None
    try:
        settings = settings_of(root, Options(), Problems())
    except ContentError as error:
        yield Finding(
            say("settings"),
            str(SETTINGS),
            say("{place}: {message}", place=error.problems[0].place, message=error.problems[0].message),
        )
    except TimelineError as error:
        yield Finding(say("settings"), str(SETTINGS), str(error))
    if settings:
        languages = ", ".join(language.code for language in settings.languages)
        yield Finding(say("settings"), say("{url}, in {languages}", url=settings.url, languages=languages))
        yield Finding(say("time zone of the site"), settings.timezone or say("none: times need an offset"))
        yield from _theme(root, settings)
        yield Finding(say("fonts"), _fonts(settings))
    yield from _work(root)


def _theme(root: Path, settings: Settings) -> Iterator[Finding]:
    theme, problems = load_theme(root, settings.theme, Place(SETTINGS, 1, 1))
    for name in theme.chain if theme else ():
        own = root / THEMES / name
        yield Finding(
            say("theme"),
            say(
                "{name}, in {own}", name=name, own=own.resolve() if own.is_dir() else packaged_themes() / name
            ),
        )
    for problem in problems[:1]:
        yield Finding(
            say("theme"),
            settings.theme,
            say("{place}: {message}", place=problem.place, message=problem.message),
        )


def _fonts(settings: Settings) -> str:
    if settings.fonts.get("body") == "system":
        return say("those that readers have")
    named = sorted(str(use) for use in settings.fonts)
    return say("of the site for {named}", named=", ".join(named)) if named else say("those of the theme")


def _work(root: Path) -> Iterator[Finding]:
    """Yield what there is of the cache, the lock and the built site."""
    options = Options()
    folder, output = root / options.work_dir, root / options.output
    if folder.is_dir():
        cache = folder / "cache.sqlite"
        size = say("{st_size:,} bytes", st_size=cache.stat().st_size) if cache.is_file() else "empty"
        made = last_version(folder)
        yield Finding(
            say("cache"),
            say("{size}, in {folder}", size=size, folder=folder)
            + (say("; last build by version {made}", made=made) if made else ""),
        )
        yield Finding(say("lock"), _lock(folder))
    else:
        yield Finding(say("cache"), say("none yet: nothing was built"))
    files = read_list(str(output)) if output.is_dir() else None
    yield Finding(
        say("output"),
        say("{files:,} files, in {output}", files=len(files), output=output)
        if files is not None
        else say("none yet"),
    )
    if folder.is_dir():
        why = obstacle(output, folder)
        yield Finding(
            say("swap in one step"),
            say("no: {why}; files are replaced each by itself", why=why) if why else say("yes"),
        )
    if not os.access(root, os.W_OK):
        yield Finding(say("rights"), str(root), say("nothing may be written in the site's folder"))


def _lock(folder: Path) -> str:
    try:
        with build_lock(folder, "timeline-gen doctor"):
            return say("free")
    except LockedError as error:
        return str(error)
