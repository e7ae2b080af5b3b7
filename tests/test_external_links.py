"""Links to other sites: which are looked at, what is asked for, and what is said of the answers."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

import pytest
from click.testing import CliRunner
from site_kit import SETTINGS, article, write_site

from timeline_gen import __version__
from timeline_gen.building.progress import watched
from timeline_gen.checking.external.fetching import MAX_BODY, FetchOptions, fetch
from timeline_gen.checking.external.finding import addresses_in, outside_links
from timeline_gen.checking.external.guard import NotAllowedError, endpoint, is_public
from timeline_gen.checking.external.outcomes import Kind, LinkOutcome
from timeline_gen.checking.external.pacing import Pace, fetch_all
from timeline_gen.checking.external.report import AGENT, ExternalOptions, ExternalReport, external_problems
from timeline_gen.cli.main import program
from timeline_gen.errors import Level, UsageError

HERE = "127.0.0.1"
CERTIFICATE = Path(__file__).parent / "data" / "localhost.pem"
REDIRECTS = {
    "/moved": (301, "/fine"),
    "/twice": (308, "/moved"),
    "/then": (302, "/moved"),
    "/loop": (301, "/loop"),
    "/lost": (302, "/gone"),
    "/inside": (302, "http://169.254.169.254/latest/"),
    "/other-scheme": (302, "file:///etc/passwd"),
    "/arabic": (301, "/م"),
}
STATUSES = {"/gone": 404, "/deleted": 410, "/busy": 429, "/broken": 500, "/secret": 403, "/odd": 418}


@dataclass
class Server:
    """A server on this machine that answers each path in its own way."""

    port: int
    requests: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    ended: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{HERE}:{self.port}"


class _Answers(BaseHTTPRequestHandler):
    seen: Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.answer()

    def do_GET(self) -> None:
        """Answer with a page."""
        self.answer()

    def answer(self) -> None:
        """Answer as the path asks for."""
        self.seen.requests.append((self.command, self.path))
        self.seen.agents.add(self.headers["User-Agent"])
        if self.path == "/drips":
            self.seen.ended.wait(30)
            return
        if self.path == "/no-http":
            self.wfile.write(b"220 mail.example ready\r\n")
            return
        status, location = REDIRECTS.get(self.path, (STATUSES.get(self.path, 200), ""))
        self.send_response(405 if self.path == "/no-head" and self.command == "HEAD" else status)
        if location:
            # Many servers write the bytes of UTF-8 into this header.
            self.send_header("Location", location.encode().decode("latin-1"))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command == "GET":
            self.write_page()

    def write_page(self) -> None:
        """Write a page; that of ``/endless`` is larger than anybody reads."""
        try:
            self.wfile.write('<h1 id="top">Top</h1><a name="القسم">'.encode())
            for _ in range(MAX_BODY // 65536 + 8 if self.path.startswith("/endless") else 0):
                self.wfile.write(b" " * 65536)
        except OSError:
            # Whoever asked has read enough.
            return


@pytest.fixture
def server() -> Iterator[Server]:
    """Lend a running server."""
    http = ThreadingHTTPServer((HERE, 0), type("Answers", (_Answers,), {}))
    seen = Server(http.server_address[1])
    http.RequestHandlerClass.seen = seen  # type: ignore[attr-defined]
    thread = Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield seen
    seen.ended.set()
    http.shutdown()
    http.server_close()


def outcome(url: str, *, fragments: bool = False, seconds: float = 10.0) -> LinkOutcome:
    """Return what becomes of *url*, of a host that may be private."""
    return fetch(url, FetchOptions(AGENT, {HERE}, fragments, seconds), lambda _: None)


@pytest.mark.parametrize(
    ("path", "kind", "to", "methods"),
    [
        ("/fine", Kind.FINE, "", "HEAD"),
        ("/no-head", Kind.FINE, "", "HEAD GET"),
        ("/secret", Kind.FINE, "", "HEAD GET"),
        ("/gone", Kind.GONE, "", "HEAD GET"),
        ("/deleted", Kind.GONE, "", "HEAD GET"),
        ("/broken", Kind.UNKNOWN, "", "HEAD GET"),
        ("/odd", Kind.UNKNOWN, "", "HEAD GET"),
        ("/busy", Kind.BUSY, "", "HEAD"),
        ("/moved", Kind.MOVED, "/fine", "HEAD HEAD"),
        ("/twice", Kind.MOVED, "/fine", "HEAD HEAD HEAD"),
        ("/then", Kind.FINE, "", "HEAD HEAD HEAD"),
        ("/lost", Kind.GONE, "", "HEAD HEAD GET"),
        ("/arabic", Kind.MOVED, "/%D9%85", "HEAD HEAD"),
        ("/no-http", Kind.UNKNOWN, "", "HEAD GET"),
        ("/inside", Kind.REFUSED, "", "HEAD"),
        ("/other-scheme", Kind.REFUSED, "", "HEAD"),
        ("/م?a=ب c#x", Kind.FINE, "", "HEAD"),
    ],
)
def test_answers(server: Server, path: str, kind: Kind, to: str, methods: str) -> None:
    """Each answer has its meaning, and no more is asked for than is needed."""
    found = outcome(server.url + path)

    assert (found.kind, found.to) == (kind, f"{server.url}{to}" if to else "")
    assert " ".join(method for method, _ in server.requests) == methods


def test_a_link_in_a_circle(server: Server) -> None:
    """Redirects that lead back end the search."""
    assert outcome(f"{server.url}/loop").reason == "it leads to itself, by redirects"
    assert len(server.requests) == 1


def test_a_server_that_never_answers(server: Server) -> None:
    """A server that keeps a connection open is left after the time that it may take."""
    found = outcome(f"{server.url}/drips", seconds=0.2)

    assert found == LinkOutcome(Kind.UNKNOWN, "the server took too long to answer")


def test_nobody_there(server: Server) -> None:
    """A port that nothing listens at says nothing about the page."""
    server.ended.set()

    assert outcome(f"http://{HERE}:9/").kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/page#top", Kind.FINE),
        ("/page#القسم", Kind.FINE),
        ("/page#%D8%A7%D9%84%D9%82%D8%B3%D9%85", Kind.FINE),
        ("/page#bottom", Kind.NO_ANCHOR),
        ("/page#:~:text=Top", Kind.FINE),
        ("/endless#bottom", Kind.FINE),
    ],
)
def test_anchors(server: Server, path: str, kind: Kind) -> None:
    """Where anchors count, the page is read for them, up to a limit; without that it is not read."""
    assert outcome(server.url + path, fragments=True).kind is kind
    assert outcome(server.url + path).kind is Kind.FINE


def test_certificates_are_verified() -> None:
    """A certificate that nobody has signed is no certificate; one that is trusted serves."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(CERTIFICATE)
    http = ThreadingHTTPServer((HERE, 0), type("Answers", (_Answers,), {"seen": Server(0)}))
    http.socket = serving.wrap_socket(http.socket, server_side=True)
    http.handle_error = lambda *_: None  # type: ignore[method-assign]
    Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    url = f"https://{HERE}:{http.server_address[1]}/fine"
    trusting = ssl.create_default_context(cafile=CERTIFICATE)

    assert outcome(url).kind is Kind.CERTIFICATE
    assert fetch(url, FetchOptions(AGENT, {HERE}, context=trusting), lambda _: None).kind is Kind.FINE
    http.shutdown()
    http.server_close()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0/",
        "http://localhost/",
        "http://a.localhost:8080/",
        "http://printer.local/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://8.8.8.8:25/",
        "http://8.8.8.8:99999/",
        "http://name:word@8.8.8.8/",
        "ftp://8.8.8.8/",
        "http:///x",
    ],
)
def test_what_is_never_asked(url: str) -> None:
    """Content cannot have the machine speak to itself, to its network, or to anything but web servers."""
    with pytest.raises(NotAllowedError):
        endpoint(url, ())


def test_public_addresses() -> None:
    """What everybody may reach is allowed; a host of the user's own is, if it is named."""
    assert all(map(is_public, ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")))
    assert endpoint("https://8.8.8.8/a", ()).port == 443
    assert endpoint("http://127.0.0.1:8080/", {HERE}).addresses == (HERE,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.org/b, or (https://a.org/c_(d)).", ["https://a.org/b", "https://a.org/c_(d)"]),
        ("انظر «https://a.org/د»، ثم https://a.org/ه؛", ["https://a.org/د", "https://a.org/ه"]),
        ("[[a](https://a.org/b)](https://a.org/c)", ["https://a.org/b", "https://a.org/c"]),
        ("<https://a.org/?b=1&amp;c=2>", ["https://a.org/?b=1&c=2"]),
        (r"**https://a.org/b\_c**", ["https://a.org/b_c"]),
        ("https:// http://[::1 httpsx://a.org", []),
    ],
)
def test_addresses_in_text(text: str, found: list[str]) -> None:
    """An address ends where Markdown, or the sentence that it is in, ends it."""
    assert [address for _, address in addresses_in(text)] == found


def site(root: Path, url: str) -> Path:
    """Write a site with links to the server at *url*, of which some are held back."""
    sources = f"sources: [{{title: S, url: '{url}/gone', archive: '{url}/fine'}}]"
    held = f"{{id: held, date: 2018, title: H, embargo: 2999-01-01T00:00Z, sources: [{{url: '{url}/held'}}]}}"
    body = f"See [a]({url}/moved#part) and `{url}/code`.\n\n```\n{url}/code\n```\n<!-- {url}/code -->\n"
    more = f"extra: {{note: '{url}/extra'}}\nsource: {{name: N, url: '{url}/fine'}}\n"
    return write_site(
        root,
        {
            "content/articles/a.en.md": article(
                "A", f"{{id: one, date: 2017, title: O, {sources}}}", held, body=body, more=more
            ),
            "content/articles/b.en.md": article("B", body=f"{url}/draft", more="draft: true\n"),
            "content/articles/c.en.md": article(
                "C", body=f"{url}/later", more="embargo: 2999-01-01T00:00Z\n"
            ),
            "content/entities.yaml": f"doha: {{kind: place, name: Doha, website: '{url}/deleted'}}\n",
            "content/events/t.csv": f"title;date;url\nT;2016;{url}/gone\nU;2017;https://records.org/own\n",
            "content/events/t.map.yaml": "separator: ';'\ntitle: title\ndate: date\nurl: url\n",
        },
        settings=f"{SETTINGS}menu: [{{link: '{url}/busy', text: F}}]\n",
    )


def found_in(root: Path, *, refresh: bool = False) -> ExternalReport:
    """Return what is found of the links of the site in *root*, to hosts of this machine, too."""
    return external_problems(root, ExternalOptions({HERE}, pause=0, refresh=refresh), now=1_700_000_000)


def test_a_site(server: Server, tmp_path: Path) -> None:
    """Every link that readers may see is asked for once, and said of with all its places."""
    report = found_in(site(tmp_path, server.url))
    problems = {(str(each.place), each.code, each.level, *map(str, each.related)) for each in report.problems}
    paths = {path for _, path in server.requests}

    assert problems == {
        ("content/articles/a.en.md:7:64", "TG816", Level.WARNING, "content/events/t.csv:2:3"),
        ("content/articles/a.en.md:10:9", "TG817", Level.INFO),
        ("content/entities.yaml:1:43", "TG816", Level.WARNING),
        ("site.yaml:4:16", "TG818", Level.INFO),
    }
    assert paths == {"/fine", "/gone", "/moved", "/busy", "/deleted"}
    assert (report.links, report.asked) == (5, 5)
    assert server.agents == {f"timeline-gen/{__version__}"}
    moved = next(each for each in report.problems if each.code == "TG817")
    assert moved.hint == f"write {server.url}/fine#part"


def test_drafts_only_when_asked_for(server: Server, tmp_path: Path) -> None:
    """With drafts, their links and those under embargo are looked at, too."""
    places = outside_links(site(tmp_path, server.url), drafts=True, now=None).places

    assert {f"{server.url}/{name}" for name in ("draft", "later", "held")} <= places.keys()


def test_answers_are_kept(server: Server, tmp_path: Path) -> None:
    """An answer is believed for a week, a dead link for a day; what could not be looked at is tried again."""
    root = site(tmp_path, server.url)
    first = found_in(root)
    asked = len(server.requests)
    again = found_in(root)
    day = ExternalOptions({HERE}, pause=0, clock=lambda: 1e9)
    late = ExternalOptions({HERE}, pause=0, clock=lambda: 1e9 + 2 * 86400)

    assert (first.asked, again.asked) == (5, 1)
    assert [path for _, path in server.requests[asked:]] == ["/busy"]
    assert again.problems == first.problems
    assert found_in(root, refresh=True).asked == 5
    assert (tmp_path / ".timeline-gen/outside-links.jsonl").is_file()
    assert external_problems(root, day).asked == 5  # what is from the future is not believed
    assert external_problems(root, late).asked == 3  # busy, gone and deleted


def test_a_damaged_memory(server: Server, tmp_path: Path) -> None:
    """What cannot be read of the file of answers is asked for again."""
    root = site(tmp_path, server.url)
    found_in(root)
    kept = tmp_path / ".timeline-gen/outside-links.jsonl"
    lines = kept.read_text("utf-8").splitlines()
    kept.write_bytes(b"\xff\n[1]\nnull\n{}\n" + "\n".join(lines[:2]).encode() + b'\n["half')

    assert found_in(root).asked == 3


def test_going_on(server: Server, tmp_path: Path) -> None:
    """What is stopped goes on where it was."""
    root = site(tmp_path, server.url)

    def stop(what: str, _done: int, _total: int) -> None:
        if "links" in what:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), watched(stop):
        found_in(root)
    rest = found_in(root)

    assert rest.asked < 5
    assert len(rest.problems) == 4


def test_one_host_at_a_time() -> None:
    """Hosts are asked at once, but each for one thing after another, and no more once it is busy."""
    at_work: dict[str, int] = {}
    most, lock = [0], Lock()
    both = Event()

    def asked(url: str) -> LinkOutcome:
        host = url.split("/")[2]
        with lock:
            at_work[host] = at_work.get(host, 0) + 1
            most[0] = max(most[0], at_work[host])
            if len(at_work) == 2:
                both.set()
        assert both.wait(10)
        with lock:
            at_work[host] -= 1
        return LinkOutcome(Kind.BUSY if url.endswith("/b") else Kind.FINE)

    urls = [f"http://{host}.org/{page}" for host in ("one", "two") for page in "abc"]
    found = dict(fetch_all(urls, asked, Pace(0)))

    assert most == [1]
    assert [found[url].kind for url in urls] == [Kind.FINE, Kind.BUSY, Kind.BUSY] * 2


def test_the_pause_between_requests() -> None:
    """The second request to a host waits; where everything is to stop, it waits no longer."""
    pace = Pace(3600)
    pace.wait("one")
    pace.wait("two")
    pace.stopped.set()

    with pytest.raises(TimeoutError):
        pace.wait("one")


def test_a_fault_is_seen() -> None:
    """A fault of the program while it asks does not leave the others waiting."""
    with pytest.raises(ZeroDivisionError):
        list(fetch_all(["http://a.org/"], lambda _: LinkOutcome(Kind.FINE, str(1 // 0)), Pace(0)))


def test_without_a_network(tmp_path: Path) -> None:
    """Where no host at all is found, that is said once, and not of every link."""
    root = write_site(
        tmp_path, {"content/articles/a.en.md": article("A", body="https://a.org/ https://b.org/")}
    )
    nowhere = ExternalOptions(fetch=lambda *_: LinkOutcome(Kind.NO_HOST, "there is no host"))

    with pytest.raises(UsageError, match="no host of any link was found"):
        external_problems(root, nowhere)


def test_the_command(server: Server, tmp_path: Path) -> None:
    """The command refuses private hosts unless they are named, heeds ``silence:``, and counts links."""
    body = f"[a]({server.url}/loop) and [b](http://localhost:{server.port}/)"
    root = write_site(
        tmp_path,
        {"content/articles/a.en.md": article("A", body=body)},
        settings=f"{SETTINGS}silence: [{{code: TG818, path: '**', because: it is ours}}]\n",
    )
    found = CliRunner().invoke(
        program, ["check", "--external", "--strict", "--allow-host", HERE, "--site", str(root)]
    )

    assert found.exit_code == 1
    assert "TG816: warning: the link" in found.output
    assert "1 silenced" in found.output
    assert "2 links to other sites, 2 of them asked for now" in found.output
    assert server.requests == [("HEAD", "/loop")]
