"""Object stores for tests: one in memory, which takes no time, and a real server that shows that it is true.

`tests/test_publish_storage.py` holds both to the same rules.
"""

from __future__ import annotations

import http.client
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

from publish_kit import free_port, running

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts.host import MovedError
from timeline_gen.publishing.hosts.object_store import Object

Item = TypeVar("Item")
Result = TypeVar("Result")

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
"""The credentials of the real server."""


@dataclass(slots=True)
class MemoryStore:
    """The buckets of a store in memory: it counts requests, and may refuse some or see to something first."""

    buckets: dict[str, dict[str, Object]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    """Each as "PUT bucket/key"."""
    before: Callable[[str], object] = field(default=lambda _: None)
    """Is given each request before it is met, and may raise an error in its place."""

    def open(self, target: PublishTarget) -> MemoryBucket:
        """Return the bucket of *target*, as ``StorageBucket(target)`` does."""
        return MemoryBucket(self, target)

    def readable(self, bucket: str) -> dict[str, Object]:
        """Return what is in *bucket* and is meant for readers, by key."""
        return {
            key: found for key, found in self.buckets[bucket].items() if not key.startswith(".timeline-gen/")
        }

    def asked(self, request: str) -> None:
        """Note *request*, which may fail."""
        self.requests.append(request)
        self.before(request)


class MemoryBucket:
    """What ``StorageBucket`` does, in memory."""

    def __init__(self, store: MemoryStore, target: PublishTarget) -> None:
        self._store, self._name, self._prefix = store, target.bucket, target.prefix

    @property
    def _objects(self) -> dict[str, Object]:
        return self._store.buckets.setdefault(self._name, {})

    def _asked(self, method: str, key: str) -> str:
        self._store.asked(f"{method} {self._name}/{self._prefix}{key}")
        return self._prefix + key

    def get(self, key: str) -> Object | None:
        """Return the object under *key*, or None where there is none."""
        return self._objects.get(self._asked("GET", key))

    def get_all(self, keys: Collection[str]) -> Iterator[tuple[str, Object | None]]:
        """Yield the objects under *keys*, in their order."""
        for key in keys:
            yield key, self.get(key)

    def put(self, key: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Put *data* under *key*, to be sent with *headers*."""
        tag = f'"{md5(data, usedforsecurity=False).hexdigest()}"'
        self._objects[self._asked("PUT", key)] = Object(data, dict(headers), tag)

    def put_if(self, key: str, data: bytes, *, tag: str) -> None:
        """Put *data* under *key* if what is there still has the *tag*; empty: if nothing is there."""
        found = self._objects.get(self._prefix + key)
        if (found.tag if found else "") != tag:
            self._asked("PUT", key)
            raise MovedError("someone else published there just now", hint="publish again")
        self.put(key, data, {"Content-Type": "application/json"})

    def copy(self, source: str, key: str, headers: Mapping[str, str]) -> bool:
        """Copy the object *source* to *key*, to be sent with *headers*; tell whether it is there."""
        found = self._objects.get(self._prefix + source)
        target = self._asked("COPY", key)
        if found is not None:
            self._objects[target] = Object(found.data, dict(headers), found.tag)
        return found is not None

    def delete(self, keys: Iterable[str]) -> None:
        """Delete *keys*, a thousand at once."""
        if gone := list(keys):
            self._asked("POST", "?delete")
        for key in gone:
            self._objects.pop(self._prefix + key, None)

    def names(self, folder: str, *, most: int | None = None) -> list[str]:
        """Return what lies right in *folder*, folders with a slash at their end; at most *most* of it."""
        prefix = self._asked("LIST", folder)
        inner = [key.removeprefix(prefix) for key in sorted(self._objects) if key.startswith(prefix)]
        return list(dict.fromkeys(name.partition("/")[0] + "/" * ("/" in name) for name in inner))[:most]

    def tags(self) -> dict[str, str]:
        """Return the tag of every object, by key."""
        prefix = self._asked("LIST", "")
        return {
            key.removeprefix(prefix): found.tag.strip('"')
            for key, found in self._objects.items()
            if key.startswith(prefix)
        }

    def at_once(self, work: Callable[[Item], Result], items: Collection[Item]) -> list[Result]:
        """Return what *work* does with each of *items*; the first error ends it."""
        return [work(item) for item in items]

    def tell_network(self, paths: Collection[str], mark: str) -> None:
        """Tell no network, as there is none."""


def refuse(_: str) -> None:
    """Refuse a request, as a store does that cannot meet it."""
    raise UsageError("the store refuses it", hint="publish again")


@contextmanager
def object_store() -> Iterator[str]:
    """Run an object store, and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port):
        yield f"http://127.0.0.1:{port}"


@dataclass(slots=True)
class Between:
    """A proxy before the object store: it counts, and may let requests fail or tell somebody of them."""

    address: str
    requests: list[str] = field(default_factory=list)
    """Method, path and query of each."""
    fails: Callable[[str], int] = field(default=lambda _: 0)
    """Says with which status a request fails; 0 for not at all."""
    code: str = "Broken"
    """What a request that fails is told."""

    def count(self, start: str) -> int:
        """Return how many requests began with *start*."""
        return sum(request.startswith(start) for request in self.requests)


@contextmanager
def between(store: str) -> Iterator[Between]:
    """Run a proxy before the object store at the address *store*."""
    there = store.removeprefix("http://")
    found = Between("")

    class Passing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # else head and body go out apart, and the second waits for the first

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle_expect_100(self) -> bool:
            super().handle_expect_100()
            self.wfile.flush()
            return True

        def pass_on(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = f"{self.command} {self.path}"
            found.requests.append(request)
            status = found.fails(request)
            if status:
                said = f"<Error><Code>{found.code}</Code><Message>no</Message></Error>"
                self.answer(status, {}, said.encode())
                return
            connection = http.client.HTTPConnection(there, timeout=30)
            connection.request(self.command, self.path, data, dict(self.headers.items()))
            got = connection.getresponse()
            self.answer(got.status, dict(got.getheaders()), got.read())
            connection.close()

        def answer(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on  # noqa: N815 - names that the library asks for

    server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
    found.address = f"http://127.0.0.1:{server.server_port}"
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
