"""Serve a preview: a server that never waits, a builder process, and a watch that starts builds."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final, Self

from timeline_gen.building.options import Options
from timeline_gen.errors import MOST_OF_A_KIND, UsageError
from timeline_gen.messages import say
from timeline_gen.preview.builder import GONE, Builder
from timeline_gen.preview.editors import template_of
from timeline_gen.preview.hosts import bracketed_url, is_everywhere
from timeline_gen.preview.options import ServeOptions, options_of, tree_of
from timeline_gen.preview.outcome import BuildOutcome
from timeline_gen.preview.server import close, listen, own_addresses
from timeline_gen.preview.settings import about, settings_in
from timeline_gen.preview.site_state import SiteState
from timeline_gen.preview.watching import Watched, watch
from timeline_gen.reading.disk.packaged import THEMES, packaged_themes
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.site_paths import CONTENT, SETTINGS, STATIC, WORDS
from timeline_gen.writing.disk import work_dir

_QUIET: Final = 0.015
"""Seconds of quiet after the last change before a build begins."""
_LONGER: Final = 0.15
"""The same where many files change at once: a checkout pauses now and then."""
_MANY: Final = 3
_LONGEST: Final = 1.0
"""Seconds after the first change at which a build begins, quiet or not."""
_STANDING: Final = 10.0
"""Seconds to wait for the watch to be set up before the first build begins all the same."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """What a preview tells the person who started it."""

    url: Callable[[str], None]
    """Called with each address; the first is the one for this machine."""
    outcome: Callable[[BuildOutcome], None]
    """Called after every build."""


def serve(root: Path, serving: ServeOptions, listeners: Listeners) -> None:
    """Serve a preview of the site in the folder *root* with the options *serving*, until interrupted.

    Raises ``UsageError`` where it cannot be served.
    """
    if sys.platform == "win32":
        # Its loops cannot wait for the pipe of another process.
        raise UsageError(
            say("the preview does not run on Windows itself"),
            say("run it under WSL; or `timeline-gen build --links files`, and open output/index.html"),
        )
    template_of(serving.editor)
    if not (root / SETTINGS).exists():
        # Settings that are broken will be mended while the preview runs; a wrong folder will not.
        load_settings(root)
    work_dir(root)
    _check_language(root, serving.lang)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(root.resolve(), serving, listeners))


def _check_language(root: Path, lang: str) -> None:
    settings = settings_in(root) if lang else None
    known = [language.code for language in settings.languages] if settings else [lang]
    if lang not in known:
        raise UsageError(
            say("the site has no language {lang!r}", lang=lang), say("it has {known}", known=", ".join(known))
        )


async def _serve(root: Path, serving: ServeOptions, listeners: Listeners) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, ended.set)
    async with Preview(root, serving, listeners):
        await ended.wait()


class Preview:
    """A running preview; an asynchronous context manager."""

    def __init__(self, root: Path, serving: ServeOptions, listeners: Listeners) -> None:
        self.state = SiteState(
            root,
            tree_of(root),
            editor=template_of(serving.editor),
            missed=self._build,
            first=root / Options().output,
        )
        self.port = 0
        self._root, self._serving, self._listeners = root, serving, listeners
        self._stop, self._watching = Event(), Event()
        self._watched_files: tuple[str, ...] = (str(SETTINGS),)
        self._builder: Builder | None = None
        self._building = False
        self._waiting: set[str] = set()
        """The paths that have changed since the last build began."""
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        serving = self._serving
        self.state.serve_at(about(self._root, options_of(serving)).home)
        self._server, self.port = listen(self.state, serving.host, serving.port, socket.gethostname())
        self._thread = Thread(target=self._watch, name="timeline-gen watch", daemon=True)
        self._thread.start()
        for url in self.urls:
            self._listeners.url(url)
        if serving.open_browser:
            # Some browsers are waited for until they end.
            Thread(target=webbrowser.open, args=(self.url,), daemon=True).start()
        # The builder loads its modules while the watch is being set up.
        self._at_work()
        self._beginning = self._loop.create_task(self._begin())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        # What waits for the watch need not do so any longer.
        self._watching.set()
        await self._beginning
        self._end_builder()
        if self._timer:
            self._timer.cancel()
        with suppress(TimeoutError):
            await close(self._server)
        self._thread.join(1)

    @property
    def url(self) -> str:
        """Return the address at which the preview begins, on this machine."""
        return self.urls[0]

    @property
    def urls(self) -> tuple[str, ...]:
        """Return the addresses at which the preview begins: first for this machine, then for others."""
        home = "/" + "".join(f"{part}/" for part in self.state.home)
        lang = f"{self._serving.lang}/" if self._serving.lang else ""
        host = self._serving.host
        hosts = own_addresses(host) if is_everywhere(host) else (host or "127.0.0.1",)
        return tuple(bracketed_url(host, self.port, home + lang) for host in hosts)

    # ------------------------------------------------------------ watch

    def _watch(self) -> None:
        with suppress(RuntimeError):
            # The loop may end while the thread has something to tell it.
            watch(
                self._watched, self._tell, stop=self._stop, watching=self._watching, poll=self._serving.poll
            )

    def _tell(self, paths: frozenset[str]) -> None:
        self._loop.call_soon_threadsafe(self._touched, paths)

    def _watched(self) -> Watched:
        folders = (*(self._root / name for name in (CONTENT, STATIC, THEMES, WORDS)), packaged_themes())
        return Watched(
            tuple({folder.resolve(): folder for folder in folders}.values()),
            tuple(self._root / name for name in self._watched_files),
        )

    def _touched(self, paths: frozenset[str]) -> None:
        """Note that *paths* have changed, and build when they have come to rest."""
        if not self._waiting:
            self._since = self._loop.time()
        self._waiting |= paths
        if self._timer:
            self._timer.cancel()
        quiet = _LONGER if len(self._waiting) > _MANY else _QUIET
        left = self._since + _LONGEST - self._loop.time()
        self._timer = self._loop.call_later(max(min(quiet, left), 0), self._build)

    # ------------------------------------------------------------ build

    async def _begin(self) -> None:
        """Build for the first time, once no change can be missed any more."""
        await self._loop.run_in_executor(None, self._watching.wait, _STANDING)
        if not self._stop.is_set():
            self._build()

    def _build(self) -> None:
        """Begin a build, unless one is under way: then another begins when it ends."""
        self._timer = None
        if self._building:
            return
        self._waiting.clear()
        self._building = True
        self._at_work().order()

    def _built(self) -> None:
        """Take in what came of a build."""
        outcome = self._builder.outcome() if self._builder else None
        self._building = False
        if outcome is None:
            self._end_builder()
        else:
            self._watched_files = outcome.watched_files
        # What failed may have been half a file: while more is being saved, it is no news.
        if outcome is None or outcome.good or not self._waiting:
            self.state.apply_outcome(outcome or GONE)
            self._listeners.outcome(outcome or GONE)
        if self._waiting and self._timer is None:
            self._build()

    def _at_work(self) -> Builder:
        """Return the builder, started if need be."""
        if self._builder is None:
            self._builder = Builder(
                self._root, options_of(self._serving), None if self._serving.every_problem else MOST_OF_A_KIND
            )
            self._loop.add_reader(self._builder.connection.fileno(), self._built)
        return self._builder

    def _end_builder(self) -> None:
        if self._builder:
            self._loop.remove_reader(self._builder.connection.fileno())
            self._builder.end()
        self._builder = None
