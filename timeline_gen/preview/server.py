"""The server: listens, refuses what does not come from here, and sends; the one door to tornado."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.preview.hosts import Hosts, hosts_of, refusal
from timeline_gen.preview.options import USUAL_PORT
from timeline_gen.preview.responses import Response, answer_to
from timeline_gen.preview.site_state import SiteState
from timeline_gen.preview.transport import Socket, script
from timeline_gen.text.content_types import SCRIPT, TEXT

_PIECE: Final = 256 * 1024
_TRIED: Final = 50
"""Ports that are tried after the usual one."""
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}
"""Nothing is stored (RFC 9111, section 5.2.2.5), and no page of another site loads or frames a draft."""


class _Guarded(RequestHandler):
    """A request that is looked at before it is answered."""

    def initialize(self, state: SiteState, hosts: Hosts) -> None:
        self.state = state
        self.hosts = hosts

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """Return no validator: nothing is stored."""

    def prepare(self) -> None:
        headers = self.request.headers
        headers_sent = (headers.get(name, "") for name in ("Host", "Sec-Fetch-Site", "Sec-Fetch-Mode"))
        why = refusal(self.hosts, *headers_sent)
        if why:
            self.send(Response(403, TEXT, why.encode()))

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", TEXT)
        self.finish(str(status_code))

    def send(self, answer: Response) -> None:
        """Send all of *answer*, which is not a file."""
        self._begin(answer)
        self.finish(answer.data)

    def _begin(self, answer: Response) -> None:
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.type)
        for name, value in answer.headers.items():
            self.set_header(name, value)


class _Files(_Guarded):
    """A request for a file of the site, or of the preview's own."""

    async def get(self) -> None:
        # A range is defined for GET only (RFC 9110, section 14.2).
        asked_range = self.request.headers.get("Range", "") if self.request.method == "GET" else ""
        answer = answer_to(self.request.uri or "", asked_range, self.state)
        if answer.file is None:
            self.send(answer)
            return
        with answer.file as file:
            self._begin(answer)
            self.set_header("Content-Length", answer.length)
            rest = answer.length if self.request.method == "GET" else 0
            while rest > 0 and (piece := file.read(min(rest, _PIECE))):
                self.write(piece)
                # Waits until the reader has taken it: otherwise all of a film would be in memory.
                await self.flush()
                rest -= len(piece)
            self.finish()

    async def head(self) -> None:
        await self.get()


class _Script(_Guarded):
    """A request for livereload's script."""

    def get(self) -> None:
        self.send(Response(200, SCRIPT, script()))


def listen(state: SiteState, host: str, port: int | None, machine: str) -> tuple[HTTPServer, int]:
    """Begin to serve what *state* holds at *host* and *port*; return the server and the port it got.

    *host* is empty for this machine only; *port* is None for the usual one, else a free one; *machine*
    is the name of this machine. Raises ``UsageError`` where that cannot be. A loop must be running.
    """
    sockets = _sockets(host, port)
    found: int = sockets[0].getsockname()[1]
    hosts = hosts_of(host, found, machine)
    shared = {"state": state, "hosts": hosts}
    application = Application(
        [
            (r"/livereload", Socket, shared),
            (r"/livereload\.js", _Script, shared),
            (r".*", _Files, shared),
        ],
        default_handler_class=_Files,
        default_handler_args=shared,
        log_function=lambda _: None,
        websocket_max_message_size=64 * 1024,
        compress_response=False,
    )
    server = HTTPServer(application, max_body_size=64 * 1024, max_header_size=64 * 1024)
    server.add_sockets(sockets)
    return server, found


def _sockets(host: str, port: int | None) -> list[socket.socket]:
    wanted: Sequence[int] = (port,) if port is not None else (*range(USUAL_PORT, USUAL_PORT + _TRIED), 0)
    for number in wanted:
        try:
            return _bound(host, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(
                    say(
                        "cannot listen at {host}: {strerror}",
                        host=host or say("this machine"),
                        strerror=error.strerror,
                    )
                ) from error
    raise UsageError(
        say("the port {port} is taken", port=port),
        say("give another with --port, or leave it to the program"),
    )


def _bound(host: str, port: int) -> list[socket.socket]:
    """Return sockets that listen at *host* and *port*; of this machine only at both its addresses."""
    if host:
        return [_listening(host, port)]
    sockets = [_listening("127.0.0.1", port)]
    try:
        sockets.append(_listening("::1", sockets[0].getsockname()[1]))
    except OSError as error:
        # Many machines have no IPv6; but another server there would get half of our readers.
        if error.errno == errno.EADDRINUSE:
            sockets[0].close()
            raise
    return sockets


def _listening(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    made = socket.create_server((host, port), family=family)
    made.setblocking(False)
    return made


_ELSEWHERE: Final = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses for documentation (RFC 5737, RFC 3849): the way to them is the way to any other machine."""


def own_addresses(host: str) -> tuple[str, ...]:
    """Return where a server at *host*, all addresses of this machine, is found: here, then from elsewhere.

    A socket for datagrams that is connected sends nothing, and has the address that others see.
    """
    found = ["127.0.0.1"]
    families = [socket.AF_INET6, socket.AF_INET] if ":" in host else [socket.AF_INET]
    for family in families:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_ELSEWHERE[family], 9))
            found.append(str(probe.getsockname()[0]))
    return tuple(dict.fromkeys(found))


async def close(server: HTTPServer) -> None:
    """Stop listening, and let go of every connection."""
    server.stop()
    await asyncio.wait_for(server.close_all_connections(), timeout=1)
