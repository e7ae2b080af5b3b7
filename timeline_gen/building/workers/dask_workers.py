"""The only module that uses Dask: work for the workers of a cluster, on this machine or on others.

What all items of a stage are worked on with (settings, or the theme with its templates) is sent to each
worker once; after that, items travel in batches. A worker is used only if it runs the same program as this
process. A worker that is lost or slow does not fail a build: its batch is tried on another, and at last here.

Items are pickled here and unpickled on the worker: Dask's scheduler would unpickle what is given to it as an
object, and pickle it again, which for pages takes as long as to render them.
"""

from __future__ import annotations

import asyncio
import gc
import pickle
import threading
import warnings
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future as LocalFuture
from contextlib import contextmanager
from platform import python_version
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from distributed import Client, Future, get_worker
from distributed.versions import VersionMismatchWarning

from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.building.workers.guarded import UnguardedError, guard_required
from timeline_gen.building.workers.parallel import Submit, WorkerPool
from timeline_gen.errors import TimelineError, UsageError
from timeline_gen.messages import say

Item = TypeVar("Item")
Result = TypeVar("Result")

_Remote: TypeAlias = "Future[Any]"

SCHEME: Final = "dask://"
SECONDS: Final = 300.0
"""How long a worker may take for a batch, which takes about half a second of work."""
_CONNECT: Final = 10.0
"""Seconds that a scheduler or a worker may take for its first answer."""
_ATTEMPTS: Final = 2
"""How often workers are asked for a batch."""


class WorkerVersion(NamedTuple):
    """What must be the same on all machines for all to make the same bytes."""

    program: str
    """The fingerprint of the program and its libraries."""
    python: str


def version_here() -> WorkerVersion:
    """Return the version of this process."""
    return WorkerVersion(program_fingerprint(), python_version())


@contextmanager
def dask_workers(address: str, *, seconds: float = SECONDS) -> Iterator[DaskWorkers]:
    """Lend the workers of the cluster whose scheduler is at *address*, ``dask://HOST:PORT``.

    A batch that takes longer than *seconds* is tried elsewhere. Raises ``UsageError`` where there is no such
    cluster, where it has no workers, and where a worker runs another program.
    """
    with warnings.catch_warnings(), _connected(address) as client:
        # One batch may hold all events of a site.
        warnings.filterwarnings("ignore", "Sending large graph")
        cluster = _Cluster(client)
        _check(cluster, address)
        yield DaskWorkers(cluster, seconds)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        with warnings.catch_warnings():
            # Dask warns of other versions, in a table; what matters of that is checked.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            client = Client(address.replace(SCHEME, "tcp://", 1), timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = say("start one with: dask scheduler, and give its address as dask://HOST:PORT")
        raise UsageError(say("no Dask scheduler answers at {address}", address=address), hint) from error
    with client:
        yield client


def _check(cluster: _Cluster, address: str) -> None:
    """Raise UsageError unless *cluster* has workers, all of which run this program."""
    found = cluster.call(cluster.versions(None))
    for worker, version in sorted(found.items()):
        if isinstance(version, Exception):
            raise UsageError(
                say(
                    "the Dask worker {worker} cannot load timeline-gen: {version}",
                    worker=worker,
                    version=version,
                ),
                say("install the same version of timeline-gen there"),
            )
        here = version_here()
        if version != here:
            other = "Python" if version.program == here.program else say("timeline-gen, or of its libraries,")
            raise UsageError(
                say(
                    "the Dask worker {worker} has another version of {other} than this machine",
                    worker=worker,
                    other=other,
                ),
                say("install the same on all machines: here Python {python}", python=here.python),
            )
    if not found:
        raise UsageError(
            say("the Dask cluster at {address} has no workers", address=address),
            say("start one with: dask worker {address}", address=address.replace(SCHEME, "tcp://", 1)),
        )


async def _running_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


class _Cluster:
    """A scheduler and its workers, with what is known of their programs."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._loop: asyncio.AbstractEventLoop = client.sync(_running_loop)
        self._usable: dict[str, bool] = {}
        """Whether a worker runs this program and answers, by its address."""

    def call(self, answer: Coroutine[Any, Any, Result]) -> Result:
        """Wait for an *answer* of the cluster; in the thread of its connections that would block them."""
        return self.start(answer).result()

    def start(self, answer: Coroutine[Any, Any, Result]) -> LocalFuture[Result]:
        """Let an *answer* of the cluster be worked out."""
        return asyncio.run_coroutine_threadsafe(answer, self._loop)

    async def versions(self, workers: Sequence[str] | None) -> dict[str, WorkerVersion | Exception]:
        """Return what *workers* run, or all that there are; those that do not answer are left out."""
        names: Sequence[str] = workers if workers is not None else [*await self._threads()]
        found: dict[str, WorkerVersion | Exception] = {}
        # Each by itself: one that hangs must not keep the others from answering.
        asked = [
            asyncio.wait_for(self.client.run(version_here, workers=[name], on_error="return"), _CONNECT)
            for name in names
        ]
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if not isinstance(answer, BaseException):
                found |= answer
        here = version_here()
        self._usable |= {name: found.get(name) == here for name in names}
        return found

    async def usable(self) -> list[str]:
        """Return the workers that run this program; those that came since the last call are asked."""
        found = await self._threads()
        if new := [name for name in found if name not in self._usable]:
            await self.versions(new)
        return [name for name in found if self._usable[name]]

    def leave_out(self, worker: str) -> None:
        """Use *worker* no more."""
        self._usable[worker] = False

    async def worker_of(self, key: str) -> str:
        """Return the worker that works on the batch with this *key*; nothing where none does."""
        processing: Mapping[str, Collection[str]] = await self.client.processing()
        return next((name for name, keys in processing.items() if key in keys), "")

    async def _threads(self) -> Mapping[str, int]:
        threads: Mapping[str, int] = await asyncio.wait_for(self.client.nthreads(), _CONNECT)
        return threads

    @property
    def count(self) -> int:
        """Return how many workers can be used."""
        return sum(self._usable.values())


class DaskWorkers(WorkerPool):
    """The workers of a Dask cluster."""

    is_local = False
    batch_seconds = 0.5
    """Long next to the milliseconds in which a scheduler deals with a batch, short next to a build."""

    def __init__(self, cluster: _Cluster, seconds: float) -> None:
        self._cluster, self._seconds = cluster, seconds

    @property
    def count(self) -> int:
        """Return how many batches the cluster works on at once."""
        return max(1, self._cluster.count)

    @contextmanager
    def working(self, work: Callable[[Item], Result]) -> Iterator[Submit[Item, Result]]:
        """Send *work* to every worker, and lend what shares out its items."""
        stage = _Stage(self._cluster, work, self._seconds)
        try:
            yield stage.submit
        finally:
            stage.end()


class _Stage(Generic[Item, Result]):
    """Items that are worked on in the same way."""

    def __init__(self, cluster: _Cluster, work: Callable[[Item], Result], seconds: float) -> None:
        self._cluster, self._work, self._seconds = cluster, work, seconds
        self._under_way: set[LocalFuture[Result]] = set()
        self._sent: _Remote | None = None
        self._sending = asyncio.Lock()

    def submit(self, item: Item) -> LocalFuture[Result]:
        """Let a worker work on *item*."""
        data = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        future = self._cluster.start(self._result(item, data))
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    async def _result(self, item: Item, data: bytes) -> Result:
        """Return what workers make of *item*, or else this process; raise what the work raises."""
        for _ in range(_ATTEMPTS):
            try:
                return await self._by_worker(data)
            # An error of the content is the same on every worker. A batch that Dask cancels, as its worker is
            # lost, raises another CancelledError than asyncio's.
            except (TimelineError, asyncio.CancelledError):
                raise
            except UnguardedError:
                break
            except Exception:  # noqa: BLE001, S112 - of the worker, the way to it, or the program: then it comes here, too
                continue
        return await asyncio.to_thread(self._here, item)

    def _here(self, item: Item) -> Result:
        with _one_at_a_time:
            return self._work(item)

    async def _by_worker(self, data: bytes) -> Result:
        usable = await self._cluster.usable()
        if not usable:
            raise UnguardedError
        sent = await self._send(usable)
        # With pure=True, Dask would hash all of the data for the name of the task.
        future: _Remote = self._cluster.client.submit(_worked, sent, data, workers=usable, pure=False)
        try:
            found: Result = await asyncio.wait_for(future, self._seconds)
        except TimeoutError:
            self._cluster.leave_out(await self._cluster.worker_of(str(future.key)))
            raise
        except StrangeWorkerError as error:
            self._cluster.leave_out(error.worker)
            raise
        finally:
            if not future.done():
                await future.cancel(force=True)
        return found

    async def _send(self, workers: Sequence[str]) -> _Remote:
        """Return the work as *workers* have it; send it where it is not known, or not any more."""
        async with self._sending:
            if self._sent is None or self._sent.status != "finished":
                work = _Work(self._work, version_here())
                self._sent = await self._cluster.client.scatter(
                    work, workers=workers, broadcast=True, hash=False
                )
            return self._sent

    def end(self) -> None:
        """Take back what is still under way."""
        for future in [*self._under_way]:
            future.cancel()
        self._sent = None


# ---------------------------------------------------------------- on a worker

_one_at_a_time: Final = threading.Lock()
"""The stages are made for one thread."""


_SELDOM: Final = (100_000, 50, 100)
"""How seldom Python looks for garbage on a worker: batches leave little, and every look goes through all
pages that are under way."""


class StrangeWorkerError(Exception):
    """A *worker* runs another program than the build that sends it work."""

    def __init__(self, worker: str) -> None:
        super().__init__(worker)
        self.worker = worker


class _Work(Generic[Item, Result]):
    """What a stage does, and for which program."""

    def __init__(self, work: Callable[[Item], Result], version: WorkerVersion) -> None:
        self._work, self._version = work, version

    def __call__(self, data: bytes) -> Result:
        if version_here() != self._version:
            raise StrangeWorkerError(get_worker().address)
        if gc.get_threshold() < _SELDOM:
            gc.set_threshold(*_SELDOM)
        with _one_at_a_time, guard_required():
            item: Item = pickle.loads(data)  # noqa: S301 - of the build, which the worker trusts with its machine
            return self._work(item)


def _worked(work: _Work[Item, Result], data: bytes) -> Result:
    return work(data)
