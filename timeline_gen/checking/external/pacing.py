"""Many links, asked for at once, but those of one host one after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Final

from timeline_gen.checking.external.finding import host_of
from timeline_gen.checking.external.outcomes import Kind, LinkOutcome
from timeline_gen.messages import say

_HOSTS_AT_ONCE: Final = 8
_LATER: Final = LinkOutcome(Kind.BUSY, say("the host wants no more requests for now"))


class Pace:
    """Lets a host be asked only so often."""

    def __init__(self, seconds: float) -> None:
        """Keep *seconds* between two requests to one host."""
        self._seconds = seconds
        self._next: dict[str, float] = {}
        self._lock = Lock()
        self.stopped = Event()

    def wait(self, host: str) -> None:
        """Wait until *host* may be asked; raise ``TimeoutError`` where all is to stop."""
        with self._lock:
            now = time.monotonic()
            # The turn is taken under the lock and waited for outside it, so that other hosts are not held up.
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._seconds
        if self.stopped.wait(turn - now) or self.stopped.is_set():
            raise TimeoutError


def fetch_all(
    urls: Iterable[str], fetch: Callable[[str], LinkOutcome], pace: Pace
) -> Generator[tuple[str, LinkOutcome], None, None]:
    """Yield each of *urls* with what becomes of it, as soon as that is known.

    A host that wants no more requests gets none. When the caller goes no further, whatever is
    not under way yet is left.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url).lower(), []).append(url)
    hosts: SimpleQueue[list[str]] = SimpleQueue()
    for addresses in by_host.values():
        hosts.put(addresses)
    answers: SimpleQueue[tuple[str, LinkOutcome] | Exception] = SimpleQueue()
    try:
        # Daemons, for which nothing waits: one of them may be waiting for a server when all is to end.
        for _ in range(min(_HOSTS_AT_ONCE, len(by_host))):
            Thread(target=_fetch_hosts, args=(hosts, fetch, pace, answers), daemon=True).start()
        for _ in range(sum(map(len, by_host.values()))):
            answer = answers.get()
            if isinstance(answer, Exception):
                raise answer
            yield answer
    finally:
        pace.stopped.set()


def _fetch_hosts(
    hosts: SimpleQueue[list[str]],
    fetch: Callable[[str], LinkOutcome],
    pace: Pace,
    answers: SimpleQueue[tuple[str, LinkOutcome] | Exception],
) -> None:
    """Ask one of *hosts* after another, until there is none left."""
    while not pace.stopped.is_set():
        try:
            urls = hosts.get_nowait()
        except Empty:
            return
        _fetch_host(urls, fetch, pace, answers)


def _fetch_host(
    urls: Iterable[str],
    fetch: Callable[[str], LinkOutcome],
    pace: Pace,
    answers: SimpleQueue[tuple[str, LinkOutcome] | Exception],
) -> None:
    """Ask one host for *urls*, and put what becomes of each into *answers*."""
    is_busy = False
    for url in urls:
        if pace.stopped.is_set():
            return
        try:
            outcome = _LATER if is_busy else fetch(url)
        except Exception as error:  # noqa: BLE001 - a fault of this program is raised where it is seen
            answers.put(error)
            return
        is_busy = is_busy or outcome.kind is Kind.BUSY
        answers.put((url, outcome))
