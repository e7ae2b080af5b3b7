"""The one door to Dask: work shared out to the workers of a cluster, on this machine or on others.

What all items of a stage are worked on with (settings, or the theme with its templates) is sent to each
worker once; after that, items travel in batches. A worker counts only if it runs the same program as this
process. One that is lost or slow does not fail a build: its batch is tried on another one, and at last here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future as LocalFuture
from contextlib import contextmanager, suppress
from platform import python_version
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from distributed import Client, Future
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.building.workers.sharing import Submit, WorkerPool
from timeline_gen.errors import UsageError
from timeline_gen.messages import say

Item = TypeVar("Item")
Result = TypeVar("Result")

_Remote: TypeAlias = "Future[Any]"

SCHEME: Final = "dask://"
SECONDS: Final = 300.0
"""How long a worker may take for a batch, which takes about a second of work."""
_CONNECT: Final = 10.0
_ATTEMPTS: Final = 2
"""How often workers are asked for a batch."""

_LOST: Final = (KilledWorker, FutureCancelledError, CommClosedError, TimeoutError, OSError)
"""What says that a worker, or the way to it, is at fault, and not the work."""


class StrangeWorkerError(Exception):
    """A worker runs another program than the build that sends it work."""


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
    cluster, where it has no workers, and where one of them runs another program.
    """
    try:
        client = Client(address.replace(SCHEME, "tcp://", 1), timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = say("start one with: dask scheduler, and give its address as dask://HOST:PORT")
        raise UsageError(say("no Dask scheduler answers at {address}", address=address), hint) from error
    with client:
        _check(client, address)
        yield DaskWorkers(client, seconds)


def _check(client: Client, address: str) -> None:
    """Raise UsageError unless *client* has workers, all of which run this program."""
    if not client.nthreads():
        raise UsageError(
            say("the Dask cluster at {address} has no workers", address=address),
            say("start one with: dask worker {address}", address=address[7:]),
        )
    here = version_here()
    found = client.run(version_here, on_error="return")
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


class DaskWorkers(WorkerPool):
    """The workers of a Dask cluster."""

    def __init__(self, client: Client, seconds: float) -> None:
        self._client, self._seconds = client, seconds

    @property
    def count(self) -> int:
        """Return how many batches the cluster works on at once."""
        threads: Mapping[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    @contextmanager
    def working(self, work: Callable[[Item], Result]) -> Iterator[Submit[Item, Result]]:
        """Send *work* to every worker, and lend what shares out its items."""
        stage = _Stage(self._client, work, self._seconds)
        try:
            yield stage.submit
        finally:
            stage.end()


class _Stage(Generic[Item, Result]):
    """Items that are worked on in the same way."""

    def __init__(self, client: Client, work: Callable[[Item], Result], seconds: float) -> None:
        self._client, self._work, self._seconds = client, work, seconds
        self._version = version_here()
        self._under_way: set[_Remote] = set()
        self._sent = self._send()

    def _send(self) -> _Remote:
        sent: _Remote = self._client.scatter(_Work(self._work, self._version), broadcast=True, hash=False)
        return sent

    def submit(self, item: Item) -> LocalFuture[Result]:
        """Let a worker work on *item*."""
        return _Waiting(self, item, self._begin(item))

    def _begin(self, item: Item, avoiding: str = "") -> _Remote:
        others = [worker for worker in self._client.nthreads() if worker != avoiding] if avoiding else None
        future: _Remote = self._client.submit(_worked, self._sent, item, workers=others or None, pure=False)
        self._under_way.add(future)
        return future

    def result(self, item: Item, future: _Remote) -> Result:
        """Return what became of *item*, of which *future* tells; raise what the work raises."""
        try:
            for _ in range(_ATTEMPTS - 1):
                with suppress(*_LOST):
                    return self._waited(future)
                future = self._again(item, future)
            return self._waited(future)
        except (*_LOST, StrangeWorkerError):
            return self._work(item)

    def _waited(self, future: _Remote) -> Result:
        """Return what a worker made of the item of *future*."""
        try:
            found: Result = future.result(timeout=self._seconds)
        finally:
            self._under_way.discard(future)
        return found

    def _again(self, item: Item, future: _Remote) -> _Remote:
        """Begin with *item* once more, on another worker than that of *future*."""
        processing: Mapping[str, Collection[str]] = self._client.processing()
        slow = next((name for name, keys in processing.items() if future.key in keys), "")
        future.cancel()
        if self._sent.status != "finished":
            self._sent = self._send()
        return self._begin(item, avoiding=slow)

    def end(self) -> None:
        """Take back what is still under way."""
        self._client.cancel([*self._under_way, self._sent], force=True)
        self._under_way.clear()


class _Waiting(LocalFuture[Result], Generic[Item, Result]):
    """An item that is under way."""

    def __init__(self, stage: _Stage[Item, Result], item: Item, future: _Remote) -> None:
        super().__init__()
        self._stage, self._item, self._future = stage, item, future

    def result(self, timeout: float | None = None) -> Result:  # noqa: ARG002 - the stage has its own
        """Return the result, made here where no worker makes it."""
        return self._stage.result(self._item, self._future)

    def cancel(self) -> bool:
        """Take the item back."""
        self._future.cancel()
        return True


# ---------------------------------------------------------------- on a worker

_one_at_a_time: Final = threading.Lock()
"""The stages are made for one thread."""


class _Work(Generic[Item, Result]):
    """What a stage does, and for which program."""

    def __init__(self, work: Callable[[Item], Result], version: WorkerVersion) -> None:
        self._work, self._version = work, version

    def __call__(self, item: Item) -> Result:
        if version_here() != self._version:
            raise StrangeWorkerError
        with _one_at_a_time:
            return self._work(item)


def _worked(work: _Work[Item, Result], item: Item) -> Result:
    return work(item)
