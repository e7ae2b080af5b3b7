"""One link, asked for: HEAD, then GET where a server does not know that, through redirects to an end.

The standard library does: every connection has to be made to an address that was looked at before
(:mod:`timeline_gen.checking.external.guard`), which libraries for HTTP do not offer, and of an answer only
the first line and the headers matter. Environment variables that name proxies are not heeded, for the same
reason.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Timer
from typing import Final
from urllib.parse import quote, unquote, urldefrag, urljoin

from timeline_gen.checking.external.guard import Endpoint, NoHostError, NotAllowedError, endpoint
from timeline_gen.checking.external.outcomes import (
    ANSWERED,
    CIRCLE,
    NO_ANCHOR,
    TOO_FAR,
    Kind,
    LinkOutcome,
)
from timeline_gen.messages import say

MAX_BODY: Final = 2 * 1024 * 1024
"""Bytes of a page that is searched for an anchor; of other answers none is read."""
_MOST_REDIRECTS: Final = 10
_PERMANENT: Final = frozenset({301, 308})
_REDIRECTS: Final = _PERMANENT | {302, 303, 307}
_GONE: Final = frozenset({404, 410})
_THERE: Final = frozenset({401, 403, 407, 451})
"""Answers of a page that is there, but not for every reader; some hosts give them to all programs."""
_BUSY: Final = frozenset({429, 503})
_SAFE: Final = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How links are asked for."""

    agent: str
    """Name and version of the program, and nothing about the site or the machine."""
    allowed: Collection[str] = ()
    """Hosts that may have private addresses."""
    fragments: bool = False
    """Whether pages are searched for the anchors that links name."""
    seconds: float = 20.0
    """What a server may take for an answer."""
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    """What verifies certificates."""


@dataclass(frozen=True, slots=True)
class _HttpAnswer:
    status: int
    location: str = ""
    text: str = ""
    """Of a page, if that was asked for and can be read."""


def fetch(url: str, options: FetchOptions, paced: Callable[[str], None]) -> LinkOutcome:
    """Return what becomes of *url*; *paced* is called with the host before each request, and may wait."""
    try:
        return _followed(url, options, paced)
    except NotAllowedError as error:
        return LinkOutcome(Kind.REFUSED, str(error))
    except NoHostError as error:
        return LinkOutcome(Kind.NO_HOST, str(error))
    except ssl.SSLCertVerificationError as error:
        return LinkOutcome(
            Kind.CERTIFICATE, say("its certificate is not valid: {why}", why=error.verify_message)
        )
    except TimeoutError:
        return LinkOutcome(Kind.UNKNOWN, say("the server took too long to answer"))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return LinkOutcome(Kind.UNKNOWN, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.HTTPException):
        return say("the answer of the server is no HTTP")
    system_text = error.strerror if isinstance(error, OSError) else ""
    return say("the server cannot be reached: {why}", why=system_text or type(error).__name__)


def _followed(url: str, options: FetchOptions, paced: Callable[[str], None]) -> LinkOutcome:
    """Return what becomes of *url* at the end of its redirects."""
    address, fragment = urldefrag(url)
    # Neither names an id: "#!" is for scripts, and ":~:" begins a text directive.
    wanted = unquote(fragment) if options.fragments and not fragment.startswith(("!", ":~:")) else ""
    moved, is_permanent, seen = "", True, {address}
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _answered(address, options, paced, reading=bool(wanted))
        if answer.status not in _REDIRECTS or not answer.location:
            return _judged(answer, wanted, moved)
        address = urldefrag(urljoin(address, _ascii(_from_header(answer.location))))[0]
        # An address is the new one only as far as every step to it was permanent.
        is_permanent = is_permanent and answer.status in _PERMANENT
        moved = address if is_permanent else moved
        if address in seen:
            return LinkOutcome(Kind.GONE, CIRCLE, to=address)
        seen.add(address)
    return LinkOutcome(Kind.GONE, TOO_FAR.filled(count=_MOST_REDIRECTS))


def _judged(answer: _HttpAnswer, wanted: str, moved: str) -> LinkOutcome:
    """Return what the last *answer* means; *wanted* is an anchor of it, and *moved* a new address."""
    status = answer.status
    name = http.client.responses.get(status, "")
    reason = ANSWERED.filled(status=status, name=name or "?")
    if status in _GONE:
        return LinkOutcome(Kind.GONE, reason)
    if status in _BUSY:
        return LinkOutcome(Kind.BUSY, reason)
    if status in _THERE or status < 400:
        if wanted and answer.text and wanted not in _ids(answer.text):
            return LinkOutcome(Kind.NO_ANCHOR, NO_ANCHOR.filled(anchor=wanted), to=moved)
        return LinkOutcome(Kind.MOVED if moved else Kind.FINE, reason, to=moved)
    return LinkOutcome(Kind.UNKNOWN, reason)


def _answered(url: str, options: FetchOptions, paced: Callable[[str], None], *, reading: bool) -> _HttpAnswer:
    """Return the answer for *url*: to HEAD, or to GET where that is refused or the page is to be read."""
    target = endpoint(url, options.allowed)
    if not reading:
        paced(target.host)
        with suppress(ConnectionResetError, http.client.HTTPException):  # some servers know no HEAD
            answer = _request("HEAD", target, options, reading=False)
            if answer.status < 400 or answer.status in _BUSY:
                return answer
    paced(target.host)
    return _request("GET", target, options, reading=reading)


def _request(method: str, target: Endpoint, options: FetchOptions, *, reading: bool) -> _HttpAnswer:
    connection = _Connection(target, options)
    # Each wait has a limit of its own; a server that sends a byte now and then would keep all of them.
    timer = Timer(options.seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        path = _ascii(target.parts.path or "/") + (
            f"?{_ascii(target.parts.query)}" if target.parts.query else ""
        )
        # Nothing may come packed: a small answer that unpacks to gigabytes would be read.
        headers = {"User-Agent": options.agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        text = _page(response) if reading and response.status == http.client.OK else ""
        return _HttpAnswer(response.status, response.getheader("Location") or "", text)
    except (OSError, http.client.HTTPException) as error:
        if connection.is_cut:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()


def _page(response: http.client.HTTPResponse) -> str:
    """Return the text of a page; empty where it is too long, or none that can be read for certain."""
    is_plain = (response.getheader("Content-Encoding") or "identity") == "identity"
    if not is_plain or "html" not in (response.getheader("Content-Type") or ""):
        return ""
    data = response.read(MAX_BODY + 1)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8") if len(data) <= MAX_BODY else ""
    return ""


class _Connection(http.client.HTTPConnection):
    """A connection to an address that is known, with the certificate of the host that was named."""

    def __init__(self, target: Endpoint, options: FetchOptions) -> None:
        super().__init__(target.host, target.port, timeout=options.seconds)
        self._target, self._options = target, options
        self.is_cut = False

    def connect(self) -> None:
        """Connect to the address that was looked at."""
        target = self._target
        self.sock = plain = self._reached()
        # The time may have run out while there was no socket yet that cut() could end.
        if self.is_cut:
            raise TimeoutError
        if target.parts.scheme == "https":
            self.sock = self._options.context.wrap_socket(plain, server_hostname=target.host)

    def _reached(self) -> socket.socket:
        """Return a connection to the first of the addresses that answers."""
        target = self._target
        for address in target.addresses[:-1]:
            with suppress(OSError):
                return socket.create_connection((address, target.port), self._options.seconds)
        return socket.create_connection((target.addresses[-1], target.port), self._options.seconds)

    def cut(self) -> None:
        """End the connection, whatever it waits for."""
        self.is_cut = True
        if self.sock:
            try:
                # To close the socket would not wake the thread that waits for it.
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.sock.close()


def _ascii(text: str) -> str:
    """Return *text*, a part of an address as people write it, as servers take it."""
    return quote(text, safe=_SAFE)


def _from_header(text: str) -> str:
    """Return *text* of a header, which was read as Latin-1, as what it is: often the bytes of UTF-8."""
    with suppress(UnicodeError):
        return text.encode("latin-1").decode("utf-8")
    return text


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what links can lead to."""
        self.found |= {
            value for key, value in attrs if value and (key == "id" or (key == "name" and tag == "a"))
        }


def _ids(page: str) -> set[str]:
    """Return the anchors of *page*."""
    parser = _Ids()
    # HTMLParser raises an error on marked sections that it does not know.
    parser.feed(page.replace("<![", "&lt;!["))
    return parser.found
