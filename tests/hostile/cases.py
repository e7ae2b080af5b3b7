"""What a hostile case is, and what the tables make their cases of.

A case says what lies in a site and what must come of it. A site is that of ``timeline-gen new site``, changed
by a function; nothing is written before a case is tried.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import ContentError, Level, Problem, UsageError
from timeline_gen.scaffolding.new_site import new_site

Data: TypeAlias = str | bytes
Make: TypeAlias = Callable[[Path], object]

EVIL = "http://evil.example/x"
ARTICLE = "content/articles/bad.en.md"
EVENT = "title: T\ndate: 2020-01-01\nevents:\n  - id: ev-x\n    date: 2019\n    title: E\n"
"""Front matter with one event, to which keys of the event can be appended."""

NOW = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile input.

    *expect* is ``problem`` (an error with a place), ``harmless`` (a site that is inert), ``either``, or
    ``refused`` (a problem, or the command says why it cannot run).
    """

    name: str
    make: Make
    expect: str = "either"
    code: str = ""
    """A pattern: where there are errors, the code of one matches."""
    noted: bool = False
    """Whether a problem of any level is a must."""
    lacks: str = ""
    """A pattern that no page holds."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a site."""

    problems: tuple[Problem, ...]
    refusal: str = ""
    """Why the command could not run."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that kept the site from being built."""
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)


def tried(root: Path) -> Tried:
    """Build the site in the folder *root*, and return what came of it."""
    try:
        return Tried(build(root, Options(jobs=1, now=NOW)).problems)
    except ContentError as error:
        return Tried(error.problems)
    except UsageError as error:
        return Tried((), str(error))


@cache
def _new_site() -> Mapping[str, bytes]:
    """Return the files of a new site, by their paths in it."""
    with tempfile.TemporaryDirectory() as folder:
        made = new_site(Path(folder)).files
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in made}


def base(root: Path) -> Path:
    """Write the site that every case begins with into *root*, and a secret next to it."""
    for path, data in _new_site().items():
        put(root, path, data)
    (root.parent / "outside").mkdir()
    (root.parent / "outside" / "secret.txt").write_text("CANARY-OUTSIDE\n", encoding="utf-8")
    return root


def put(root: Path, path: str, data: Data) -> None:
    """Write *data* into the file *path* of the site in *root*; lone surrogates come out as they are."""
    where = root / path
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


def article(front_matter: str, body: str = "Hello\n") -> str:
    """Return the text of an article."""
    return f"---\n{front_matter}\n---\n{body}"


def raw(data: Data) -> Make:
    """Make an article whose file holds *data*."""
    return lambda root: put(root, ARTICLE, data)


def front(text: str, body: str = "Hello\n") -> Make:
    """Make an article whose front matter is *text*."""
    return raw(article(text, body))


def prose(text: str) -> Make:
    """Make an article whose body is *text*."""
    return front(EVENT, text)


def event(more: str) -> Make:
    """Make an article with an event that has the keys *more*, too."""
    return front(EVENT + "".join(f"    {line}\n" for line in more.splitlines()))


def page(text: str, front_matter: str = "title: Page") -> Make:
    """Make a plain page whose body is *text*."""
    return lambda root: put(root, "content/pages/bad.en.md", article(front_matter, text))


def settings(line: str, without: str = "") -> Make:
    """Make settings that have *line*, too, in place of those of the key *without*."""

    def make(root: Path) -> None:
        kept = list(_without(without, (root / "site.yaml").read_text("utf-8").splitlines()))
        put(root, "site.yaml", "\n".join([*kept, line, ""]))

    return make


def _without(key: str, lines: list[str]) -> Iterator[str]:
    dropping = False
    for line in lines:
        dropping = bool(key) and (line.startswith(f"{key}:") or (dropping and line.startswith(" ")))
        if not dropping:
            yield line


def entities(text: str) -> Make:
    """Make entities out of *text*, after those of the site."""

    def make(root: Path) -> None:
        path = root / "content" / "entities.yaml"
        put(root, "content/entities.yaml", path.read_text("utf-8") + text)

    return make


def theme(files: Mapping[str, Data], more: str = "extends: almanac") -> Make:
    """Make a theme of the site's own out of *files*."""

    def make(root: Path) -> None:
        put(root, "themes/mine/theme.yaml", f"name: mine\n{more}\n")
        for path, data in files.items():
            put(root, f"themes/mine/{path}", data)
        settings("theme: mine", "theme")(root)

    return make


def both(*makes: Make) -> Make:
    """Do all *makes*, one after another."""

    def make(root: Path) -> None:
        for each in makes:
            each(root)

    return make


def linked(path: str, target: str) -> Make:
    """Make *path* a symbolic link to *target*."""

    def make(root: Path) -> None:
        where = root / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.unlink(missing_ok=True)
        where.symlink_to(target)

    return make


def fifo(path: str) -> Make:
    """Make *path* a named pipe that nothing writes into."""

    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).unlink(missing_ok=True)
        os.mkfifo(root / path)

    return make


def named(name: str | bytes) -> Make:
    """Put an article under any *name* at all."""

    def make(root: Path) -> None:
        folder = os.fsencode(root / "content" / "articles")
        text = article(EVENT.replace("ev-x", f"ev-{len(name)}-{len(os.fsencode(name))}"))
        Path(os.fsdecode(folder + b"/" + os.fsencode(name))).write_text(text, encoding="utf-8")

    return make


def output_is_a_file(root: Path) -> None:
    """Put a file where the built site is to be."""
    shutil.rmtree(root / "output", ignore_errors=True)
    put(root, "output", "x")


# ---------------------------------------------------------------- pictures


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide: int = 8, high: int = 8, pixels: bytes | None = None, extra: bytes = b"") -> bytes:
    """Return a PNG of *wide* by *high*; *pixels*, compressed, in place of its own."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    data = zlib.compress((b"\0" + b"\1\2\3" * wide) * high) if pixels is None else pixels
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def picture(data: Data | None, name: str = "p.png", typed: str = "") -> Make:
    """Make a picture that an event and a text show, as *typed*."""

    def make(root: Path) -> None:
        shown = (typed or name).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        text = EVENT + f'    media: {{src: "{shown}", alt: a}}\n'
        put(root, ARTICLE, article(text, f"![a]({typed or name})\n"))
        if data is not None:
            put(root, str(PurePosixPath("content/articles", name)), data)

    return make
