"""What the preview answers and what it refuses, request by request, as sent by hand."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from preview_kit import PATIENCE, Reply, read_reply, request

from timeline_gen.building.options import Report
from timeline_gen.errors import Place, Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.preview.outcome import BuildOutcome, ShownProblem
from timeline_gen.preview.pages import page_hashes
from timeline_gen.preview.server import close, listen
from timeline_gen.preview.site_state import SiteState

PAGE = (
    '<!doctype html>\n<html lang="ar">\n<head>\n<title>{}</title>\n{}</head>\n<body>مرحبا</body>\n</html>\n'
)
SHEET = '<link rel="stylesheet" href="../assets/a.{}.css">\n'
FILM = bytes(range(256)) * 4096
SECRET = "unpublished"  # noqa: S105 - a text that must not be seen


@dataclass
class Site:
    """A site that somebody built by hand, and the server of its preview."""

    root: Path
    state: SiteState
    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def tree(self) -> Path:
        """Return the folder of the built site."""
        return self.root / ".timeline-gen" / "preview" / "site"

    def write(self, path: str, text: str) -> None:
        """Write a file of the site, in one step, as builds do: the server may be reading it this moment."""
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.new")
        beside.write_text(text, "utf-8")
        beside.replace(target)

    def take(self, outcome: BuildOutcome) -> None:
        """Let the state take *outcome* in the server's thread."""
        done: Future[None] = Future()

        def take() -> None:
            self.state.apply_outcome(outcome)
            done.set_result(None)

        self.loop.call_soon_threadsafe(take)
        done.result(PATIENCE)

    def get(self, target: str, **headers: str) -> Reply:
        """Return the reply to a request for *target*; underscores in the names of *headers* are hyphens."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return request(self.port, target, headers=given)


def good(**said: object) -> BuildOutcome:
    """Return the outcome of a build that changed a page."""
    report = Report(1, 1, 1, 1, 1, 0, 0.1, ())
    return BuildOutcome(report=report, home="/", **said)  # type: ignore[arg-type]


@contextmanager
def served(root: Path) -> Iterator[Site]:
    """Lend a server of what stands in *root*."""
    tree = root / ".timeline-gen" / "preview" / "site"
    state = SiteState(root, tree)
    started: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        ended = asyncio.Event()
        server, port = listen(state, "", 0, "machine")
        started.set_result((port, asyncio.get_running_loop(), ended))
        await ended.wait()
        await close(server)

    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    port, loop, ended = started.result(PATIENCE)
    try:
        yield Site(root, state, port, loop)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(PATIENCE)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Lend a small site."""
    (tmp_path / "secret.txt").write_text(SECRET, "utf-8")
    with served(tmp_path) as lent:
        lent.write("index.html", PAGE.format("choice", ""))
        lent.write("404.html", PAGE.format("missing", ""))
        lent.write("ar/index.html", PAGE.format("خط", SHEET.format("0123456789")))
        lent.write("ar/feed.xml", "<feed/>")
        lent.write("ar/events.json", "{}")
        lent.write("assets/a.0123456789.css", "a{}")
        (lent.tree / "film.mp4").write_bytes(FILM)
        (lent.tree / "leak.txt").symlink_to(tmp_path / "secret.txt")
        (lent.tree / "leak").symlink_to(tmp_path)
        os.mkfifo(lent.tree / "pipe.txt")
        lent.take(good())
        yield lent


# ---------------------------------------------------------------- what is answered


def test_page(site: Site) -> None:
    """A page comes as UTF-8, not to be stored, and with the preview's script, which its file has not."""
    reply = site.get("/ar/")

    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "server" not in reply.headers
    assert "مرحبا" in reply.body.decode()
    assert b'<script src="/-/preview.js"' in reply.body
    assert b"preview.js" not in (site.tree / "ar" / "index.html").read_bytes()


def test_page_without_a_head(site: Site) -> None:
    """A page without a head, and one with an enormous head, get the script all the same."""
    site.write("bare.html", "<p>bare")
    site.write("large.html", PAGE.format("x" * 100_000, ""))

    assert b"preview.js" in site.get("/bare.html").body
    assert b"preview.js" in site.get("/large.html").body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/ar/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/ar/events.json", "application/json; charset=utf-8"),
        ("/assets/a.0123456789.css", "text/css; charset=utf-8"),
        ("/film.mp4", "video/mp4"),
        ("/-/preview.js", "text/javascript; charset=utf-8"),
        ("/-/preview.css", "text/css; charset=utf-8"),
        ("/-/problems", "application/json; charset=utf-8"),
        ("/livereload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_content_types(site: Site, path: str, kind: str) -> None:
    """Every file comes with its content type, texts with their charset, and is not stored."""
    reply = site.get(path)

    assert reply.status == 200
    assert reply.headers["content-type"] == kind
    assert reply.headers["cache-control"] == "no-store"


def test_folder_without_slash(site: Site) -> None:
    """A page's address without its slash leads to the one with it; what was asked of the page is kept."""
    for asked, location in (("/ar", "/ar/"), ("/ar?q=a%20b&x=1", "/ar/?q=a%20b&x=1")):
        reply = site.get(asked)

        assert reply.status == 302
        assert reply.headers["location"] == location


def test_missing(site: Site) -> None:
    """What is not there is answered by the site's own page that says so."""
    for path in ("/ar/nowhere/", "/ar/nowhere", "/-/nowhere", "/ar/index.html/"):
        assert site.get(path).status == 404
    assert b"<title>missing</title>" in site.get("/ar/nowhere/").body


def test_head(site: Site) -> None:
    """HEAD gives the headers alone, those of the whole file whatever range is asked for."""
    reply = request(site.port, "/film.mp4", method="HEAD", headers={"Range": "bytes=0-9"})

    assert reply.status == 200
    assert reply.headers["content-length"] == str(len(FILM))
    assert reply.body == b""


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=1000000-", 206, 1_000_000, len(FILM)),
        ("bytes=-10", 206, len(FILM) - 10, len(FILM)),
        ("bytes=5-99999999", 206, 5, len(FILM)),
        ("bytes=0-1,5-6", 200, 0, len(FILM)),
        ("bytes=9-3", 200, 0, len(FILM)),
        ("lines=1-2", 200, 0, len(FILM)),
        ("bytes=99999999-", 416, 0, 0),
    ],
)
def test_ranges(site: Site, asked: str, status: int, start: int, end: int) -> None:
    """A film can be wound forward."""
    reply = site.get("/film.mp4", Range=asked)

    assert reply.status == status
    assert reply.body == FILM[start:end]
    if status == 206:
        assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/{len(FILM)}"


def test_former_assets(site: Site) -> None:
    """A hashed asset that the newest generation has no more is answered from the ones before it."""
    for number in range(1, 4):
        new_generation(site, number)
        for earlier in range(1, number + 1):
            assert site.get(f"/assets/a.000000000{earlier}.css").body == f"/* {earlier} */".encode()
        assert site.get("/ar/").status == 404

    assert site.get("/assets/a.0123456789.css").body == b"a{}"


def new_generation(site: Site, number: int) -> None:
    """Put a site with one asset in the place of the one that stands, as a build does."""
    standby = site.tree.parent / "standby"
    if standby.exists():
        shutil.rmtree(standby)
    site.tree.rename(standby)
    site.write(f"assets/a.000000000{number}.css", f"/* {number} */")
    site.take(good())


def test_base_path(site: Site) -> None:
    """A site that will stand under a path is previewed under it."""
    site.take(BuildOutcome(report=good().report, home="/a%20b/"))

    assert site.get("/a%20b/ar/").status == 200
    assert site.get("/").headers["location"] == "/a%20b/"
    assert site.get("/a%20b").headers["location"] == "/a%20b/"
    assert site.get("/ar/").status == 404


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/../../../secret.txt",
        "/ar/../../../../secret.txt",
        "/..%2f..%2f..%2fsecret.txt",
        "/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5c..%5c..%5csecret.txt",
        "/..\\..\\..\\secret.txt",
        "/%252e%252e/%252e%252e/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt",
        "/%ff",
        "/x%00",
        "/ar/%00/../index.html",
        "/ar/index.html%00.txt",
        "/ar%0d%0aX-Injected:1/",
        "//evil.example/",
        "//secret.txt",
        "/ar//index.html",
        "/./ar/",
        "/ar/#/../../secret.txt",
        "/c:/secret.txt",
        "http://evil.example/",
        "http://127.0.0.1/ar/",
        "*",
        "ar/",
        "/leak.txt",
        "/leak/secret.txt",
        "/pipe.txt",
        "/-/client.js",
        "/-/../secret.txt",
        "/standby/index.html",
        "/forcereload",
        "/forcereload?path=/ar/",
        "/" + "a" * 300,
        "/ar/" + "a" * 300 + "/",
        "/" + "a/" * 3000 + "a",
    ],
)
def test_odd_targets(site: Site, target: str) -> None:
    """No request target leads out of the site, or makes the server stumble."""
    reply = site.get(target)

    assert reply.status in {400, 404}
    assert SECRET.encode() not in reply.body
    assert site.get("/ar/").status == 200


@pytest.mark.parametrize(
    "path", ["/ar/", "/-/problems", "/livereload.js", "/livereload", "/nowhere", "/x%00"]
)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        "127.0.0.2:{port}",
        "machine:{port}",
        "evil@127.0.0.1:{port}",
        "[::2]:{port}",
        "",
    ],
)
def test_foreign_host(site: Site, path: str, host: str) -> None:
    """A name that is led to this machine (DNS rebinding) reads nothing, whatever it asks for."""
    reply = request(site.port, path, headers={"Host": host.format(port=site.port)})

    assert reply.status in {400, 403}
    assert "مرحبا".encode() not in reply.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_own_host(site: Site, host: str) -> None:
    """This machine goes by its usual names."""
    assert request(site.port, "/ar/", headers={"Host": f"{host}:{site.port}"}).status == 200


def test_two_hosts(site: Site) -> None:
    """Two names at once are none."""
    reply = request(site.port, "/ar/", headers={"host": "evil.example"})

    assert reply.status in {400, 403}


def test_pages_of_other_sites(site: Site) -> None:
    """A page of another site may link here, but may not load scripts or data from here."""
    link = site.get("/ar/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    loaded = site.get("/ar/events.json", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")
    neighbour = site.get("/ar/events.json", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="cors")

    assert (link.status, loaded.status, neighbour.status) == (200, 403, 403)
    assert "access-control-allow-origin" not in link.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_methods(site: Site, method: str) -> None:
    """Nothing can be done here but read."""
    assert request(site.port, "/ar/", method=method).status == 405


# ---------------------------------------------------------------- the socket


def connect(site: Site, host: str, origin: str) -> tuple[socket.socket, Reply]:
    """Ask for a socket as a page of *origin* would, under the name *host*; return it with the reply."""
    connection = socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE)
    lines = [
        "GET /livereload HTTP/1.1",
        f"Host: {host}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        *([f"Origin: {origin}"] if origin else []),
    ]
    connection.sendall("\r\n".join((*lines, "", "")).encode())
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(1)
    return connection, read_reply(received)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:{port}", "http://evil.example"),
        ("127.0.0.1:{port}", "http://evil.example:{port}"),
        ("evil.example:{port}", "http://evil.example:{port}"),
        ("evil.example:{port}", "http://127.0.0.1:{port}"),
        ("127.0.0.1:{port}", "http://127.0.0.1:1"),
        ("127.0.0.1:{port}", "https://127.0.0.1:{port}"),
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}.evil.example"),
        ("127.0.0.1:{port}", "http://evil@127.0.0.1:{port}"),
        ("127.0.0.1:{port}", "null"),
        ("127.0.0.1:{port}", "file://"),
        ("127.0.0.1:{port}", "http://[::1"),
        ("127.0.0.1:{port}", ""),
    ],
)
def test_foreign_origin(site: Site, host: str, origin: str) -> None:
    """No page of another site can listen, not even one whose name is led here."""
    connection, reply = connect(site, host.format(port=site.port), origin.format(port=site.port))
    connection.close()

    assert reply.status == 403


class Listener:
    """An open page, as the script in it behaves."""

    def __init__(self, site: Site) -> None:
        own = f"127.0.0.1:{site.port}"
        self._socket, reply = connect(site, own, f"http://{own}")
        assert reply.status == 101
        self.say({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
        assert self.hear()["command"] == "hello"

    def say(self, said: object) -> None:
        """Send *said*, masked as browsers must (RFC 6455, section 5.3); bytes as they are."""
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        head = struct.pack("!BBH4s", 0x81, 0x80 | 126, len(data), b"\0\0\0\0")
        self._socket.sendall(head + data)

    def hear(self) -> dict[str, object]:
        """Return the next message."""
        _, length = self._read(2)
        if length == 126:
            (length,) = struct.unpack("!H", self._read(2))
        return dict(json.loads(self._read(length)))

    def hears_nothing(self) -> bool:
        """Return whether no message comes within a moment."""
        self._socket.settimeout(0.2)
        try:
            return self._socket.recv(1) == b""
        except TimeoutError:
            return True
        finally:
            self._socket.settimeout(PATIENCE)

    def shows(self, url: str, html: str) -> None:
        """Say that the page at *url* was loaded as *html*."""
        looks = page_hashes(html.encode())
        page = {"page": looks.page, "styles": looks.styles, "generation": "1"}
        self.say({"command": "info", "url": url, "plugins": {"timeline-gen": page}})

    def close(self) -> None:
        """Close the page."""
        self._socket.close()

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            piece = self._socket.recv(count - len(read))
            assert piece, "the server closed the connection"
            read += piece
        return read


@pytest.fixture
def listener(site: Site) -> Iterator[Listener]:
    """Lend an open page that shows nothing yet."""
    lent = Listener(site)
    yield lent
    lent.close()


def test_only_changed_pages_reload(site: Site, listener: Listener) -> None:
    """The page that shows what changed is loaded again; a build that changes others leaves it alone."""
    listener.shows("http://127.0.0.1/ar/#top", (site.tree / "ar/index.html").read_text("utf-8"))
    assert listener.hears_nothing()
    site.write("en/index.html", PAGE.format("other", ""))
    site.take(good())
    assert listener.hears_nothing()

    site.write("ar/index.html", PAGE.format("جديد", SHEET.format("0123456789")))
    site.take(good())

    assert listener.hear()["path"] == "*"
    assert listener.hears_nothing()


def test_two_saves_in_a_row(site: Site, listener: Listener) -> None:
    """Saves that follow one another within a moment are each told: livereload itself drops the second."""
    listener.shows("http://127.0.0.1/ar/", (site.tree / "ar/index.html").read_text("utf-8"))
    for number in range(3):
        site.write("ar/index.html", PAGE.format(number, ""))
        site.take(good())

        assert listener.hear()["path"] == "*"


def test_save_while_loading(site: Site, listener: Listener) -> None:
    """A save between the loading of a page and its listening is not lost."""
    loaded = (site.tree / "ar/index.html").read_text("utf-8")
    site.write("ar/index.html", PAGE.format("new", ""))
    site.take(good())

    listener.shows("http://127.0.0.1/ar/", loaded)

    assert listener.hear()["path"] == "*"


def test_style_alone(site: Site, listener: Listener) -> None:
    """Where only a style sheet changed, the page is told to exchange that, and not loaded again."""
    listener.shows("http://127.0.0.1/ar/", (site.tree / "ar/index.html").read_text("utf-8"))
    site.write("ar/index.html", PAGE.format("خط", SHEET.format("fedcba9876")))
    site.take(good())

    assert listener.hear()["path"] == "/-/styles"


def test_page_that_is_gone(site: Site, listener: Listener) -> None:
    """A page that is no more is loaded again, which shows that, and again when it is back."""
    text = (site.tree / "ar/index.html").read_text("utf-8")
    listener.shows("http://127.0.0.1/ar/", text)
    (site.tree / "ar/index.html").unlink()
    site.take(good())
    assert listener.hear()["path"] == "*"
    site.write("ar/index.html", text)
    site.take(good())

    assert listener.hear()["path"] == "*"


def test_problems_are_told(site: Site, listener: Listener) -> None:
    """Problems come to every open page with place, lines, hint and editor's link, and go when mended."""
    (site.root / "content").mkdir()
    (site.root / "content" / "a.ar.md").write_text("---\ndate: قريبا\n", "utf-8")
    place = Place(Path("content/a.ar.md"), 2, 7)  # type: ignore[arg-type]
    problem = Problem("TG201", say("the date cannot be read"), place, say("write 1950S2"))
    listener.shows("http://127.0.0.1/ar/", (site.tree / "ar/index.html").read_text("utf-8"))

    site.take(BuildOutcome(shown=(ShownProblem(problem, 1, ("---", "date: قريبا")),)))

    assert listener.hear()["path"] == "/-/problems"
    said = json.loads(site.get("/-/problems").body)
    assert said["problems"][0]["place"] == "content/a.ar.md:2:7"
    assert said["problems"][0]["lines"] == ["---", "date: قريبا"]
    assert said["problems"][0]["hint"] == "write 1950S2"
    assert (said["lang"], said["dir"], said["close"]) == ("en", "ltr", "Close")
    said = json.loads(site.get("/-/problems?lang=ar-SY").body)
    assert said["problems"][0]["hint"] == "اكتب \u20681950S2\u2069"
    assert (said["lang"], said["dir"], said["title"]) == ("ar", "rtl", "خطأ واحد: وهذا آخر موقع سليم")
    site.take(good())
    assert listener.hear()["path"] == "/-/problems"
    assert json.loads(site.get("/-/problems").body)["problems"] == []


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"command":"info"}',
        b'{"command":"info","url":"::","plugins":7}',
        b"null",
        b'{"command":"info","url":"http://[::1"}',
        b"[" * 20_000,
    ],
)
def test_garbage(site: Site, said: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a connection sends, the server goes on, and has nothing to say of it."""
    listener = Listener(site)
    listener.say(said)
    listener.close()

    assert site.get("/ar/").status == 200
    assert not caplog.records


def test_taken_port(site: Site) -> None:
    """A port that was asked for and is taken is an error that names it."""
    with pytest.raises(UsageError, match=f"the port {site.port} is taken"):
        listen(site.state, "", site.port, "machine")
