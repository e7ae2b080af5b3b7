"""Publishing to an object store: a real one's language, spoken by a server of the test."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from publish_kit import FIRST, KEYS, SECOND, Between, Publisher, between, closed_port, object_store

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.headers import FOR_EVER

ASSET = "assets/style.9876543210.css"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """An object store for these tests."""
    with object_store() as address:
        yield address


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials, where everybody has them: in the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def client(store: str) -> Any:  # noqa: ANN401 - boto3 makes its classes as it runs
    """A client of the store that knows nothing of publishing."""
    return boto3.client("s3", endpoint_url=store)


@pytest.fixture
def proxy(store: str) -> Iterator[Between]:
    """What stands between publisher and store."""
    with between(store) as found:
        yield found


@pytest.fixture
def publisher(tmp_path: Path, client: Any, proxy: Between) -> Publisher:  # noqa: ANN401 - as above
    """Somebody who publishes through the proxy to a new bucket."""
    bucket = f"b{abs(hash(tmp_path))}"
    client.create_bucket(Bucket=bucket)
    (tmp_path / "site").mkdir()
    return Publisher(tmp_path / "site", PublishTarget("t", "s3", bucket=bucket, endpoint=proxy.address))


def objects(client: Any, bucket: str) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - as above
    """Return what stands in *bucket* and is meant for readers, by key."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
    return {
        key: client.get_object(Bucket=bucket, Key=key) for key in keys if not key.startswith(".timeline-gen/")
    }


def site(count: int) -> dict[str, bytes]:
    """Return a site of *count* pages."""
    return {f"ar/\u0635\u0641\u062d\u0629-{number}/index.html": b"%d" % number for number in range(count)}


def test_headers_stand_with_each_object(publisher: Publisher, client: Any) -> None:  # noqa: ANN401 - as above
    """The store sends types, and styles with a hash in their names may be kept for ever."""
    publisher.publish(FIRST)

    found = objects(client, publisher.target.bucket)
    assert found["en/index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert found["en/index.html"]["CacheControl"] == "public, max-age=0, must-revalidate"
    assert found["assets/style.0123456789.css"]["CacheControl"] == FOR_EVER
    assert found["en/feed.xml"]["ContentType"] == "application/atom+xml; charset=utf-8"


def test_headers_alone(publisher: Publisher, client: Any, proxy: Between) -> None:  # noqa: ANN401 - as above
    """Where only headers change, they are changed, and no content goes over the wire again."""
    publisher.publish(FIRST)
    publisher.target = replace(publisher.target, headers={"Cache-Control": "no-store"})
    proxy.requests.clear()

    made = publisher.publish(FIRST)

    assert {change.kind for change in made.changes} == {"headers"}
    assert sum(change.bytes for change in made.changes) == 0
    assert objects(client, publisher.target.bucket)["index.html"]["CacheControl"] == "no-store"
    assert publisher.plan(FIRST)[0].changes == ()


def test_deleted_by_somebody_else(publisher: Publisher, client: Any) -> None:  # noqa: ANN401 - as above
    """What somebody deleted in the store keeps nobody from publishing, be it a page or only its headers."""
    publisher.publish(FIRST)
    for key in ("en/index.html", "en/feed.xml"):
        client.delete_object(Bucket=publisher.target.bucket, Key=key)

    publisher.publish(SECOND)
    client.delete_object(Bucket=publisher.target.bucket, Key="index.html")
    publisher.target = replace(publisher.target, headers={"Cache-Control": "no-store"})
    publisher.publish(SECOND)

    assert objects(client, publisher.target.bucket)["index.html"]["CacheControl"] == "no-store"


def test_more_than_a_thousand(publisher: Publisher, client: Any, store: str) -> None:  # noqa: ANN401 - as above
    """A site of 1,010 pages goes up, and down again: lists and deletes come in thousands."""
    publisher.target = replace(publisher.target, keep=0, endpoint=store)
    publisher.reads_back = False
    publisher.publish(site(1010))

    publisher.publish(FIRST)

    assert objects(client, publisher.target.bucket).keys() == FIRST.keys()


def test_planning_reads_no_object(publisher: Publisher, proxy: Between) -> None:
    """However large a site is, planning asks for three things: what is ours, the record, and the journal."""
    publisher.publish(SECOND)
    proxy.requests.clear()

    assert publisher.plan(SECOND)[0].changes == ()
    assert len(proxy.requests) == 3


def test_one_change_uploads_one_page(publisher: Publisher, proxy: Between) -> None:
    """One changed article sends that page, what the publisher itself notes, and nothing else."""
    publisher.publish(FIRST)
    proxy.requests.clear()

    publisher.publish(FIRST | {"en/index.html": b"changed"})

    puts = [request for request in proxy.requests if request.startswith("PUT")]
    assert [request for request in puts if ".timeline-gen" not in request] == [
        f"PUT /{publisher.target.bucket}/en/index.html"
    ]


def test_uploads_that_fail(publisher: Publisher, client: Any, proxy: Between) -> None:  # noqa: ANN401 - as above
    """Where uploads fail in the middle, one problem is told and nothing is deleted; the next run mends it."""
    publisher.publish(FIRST)
    proxy.fails = lambda request: 500 if request.startswith("PUT") and "events/new" in request else 0

    with pytest.raises(UsageError):
        publisher.publish(SECOND)

    assert FIRST.keys() <= objects(client, publisher.target.bucket).keys()
    proxy.fails = lambda _: 0
    publisher.publish(SECOND)
    assert publisher.stands() == SECOND | {ASSET.replace("9876543210", "0123456789"): b"p {}"}


def version(number: int) -> dict[str, bytes]:
    """Return the *number*-th version of a site: a page and a style change, another page comes and goes."""
    style = f"assets/style.{number:010d}.css"
    page = f"<link href=../{style}>".encode()
    return {
        "en/index.html": page,
        style: b"p {}",
        f"en/page-{number}/index.html": page,
        "index.html": b"same",
    }


def test_cut_off_at_every_request(publisher: Publisher, proxy: Between) -> None:
    """Cut off at any request, a publication that is begun again ends right, and can still be undone."""
    publisher.publish(version(0))
    for turn in range(1, 60):
        before, after = version(turn - 1), version(turn)
        proxy.requests.clear()
        proxy.fails = lambda _, turn=turn: 400 if len(proxy.requests) >= turn else 0  # type: ignore[misc]
        ended = True
        try:
            publisher.publish(after)
        except UsageError:
            ended = False
        proxy.fails = lambda _: 0
        publisher.publish(after)
        there = publisher.stands(*before, *after)
        assert there == after | {path: data for path, data in before.items() if "assets" in path}, turn
        if turn % 6 == 0:
            publisher.roll_back(publisher.plan(after)[1].record.kept[0].about.generation)
            assert publisher.plan(before)[0].changes == (), turn
            publisher.publish(after)
        if ended:
            return
    pytest.fail("it never came to its end")


PUBLISHING = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from publish_kit import *
target = PublishTarget("t", "s3", bucket=sys.argv[3], endpoint=sys.argv[4])
Publisher(Path(sys.argv[2]), target).publish(SECOND)
"""


def killed(one: Publisher, proxy: Between, turn: int) -> None:
    """Let a process publish the second site, and kill it at its *turn*-th request."""
    process: list[subprocess.Popen[bytes]] = []
    proxy.requests.clear()

    def kill(_: str) -> int:
        if len(proxy.requests) >= turn:
            process[0].kill()
            return 400
        return 0

    proxy.fails = kill
    arguments = (str(Path(__file__).parent), str(one.root), one.target.bucket, one.target.endpoint)
    process.append(subprocess.Popen([sys.executable, "-c", PUBLISHING, *arguments]))
    process[0].wait(60)
    proxy.fails = lambda _: 0


def test_reader_never_misses_an_asset(publisher: Publisher, client: Any) -> None:  # noqa: ANN401 - as above
    """Whoever reads during a publication gets no page whose style is not there."""
    publisher.publish(FIRST)
    bucket = publisher.target.bucket
    missing: list[str] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            page = client.get_object(Bucket=bucket, Key="en/index.html")["Body"].read().decode()
            style = page.partition("href=../")[2].rstrip(">")
            try:
                client.head_object(Bucket=bucket, Key=style)
            except client.exceptions.ClientError:
                missing.append(style)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(3):
            style = f"assets/style.{number:010d}.css"
            page = f"<link href=../{style}>".encode()
            publisher.publish({"en/index.html": page, style: b"p {}", **site(10)})
    finally:
        ended.set()
        reader.join()
    assert missing == []


def test_somebody_at_work(publisher: Publisher, tmp_path: Path, proxy: Between) -> None:
    """While one is at work another waits, or takes over when told to; who was killed goes on at once."""
    publisher.publish(FIRST)
    killed(publisher, proxy, 14)
    other = publisher.someone_else(tmp_path / "other")

    with pytest.raises(UsageError, match="another publisher is at work"):
        other.publish(SECOND)

    publisher.publish(SECOND)
    assert publisher.plan(SECOND)[0].changes == ()
    killed(publisher, proxy, 14)
    other.take_over = True
    other.publish(FIRST)
    assert other.plan(FIRST)[0].changes == ()


def test_earlier_pages_are_not_for_readers(publisher: Publisher, client: Any) -> None:  # noqa: ANN401 - as above
    """What was taken back lies under a name that nobody can guess, and not at all once it is forgotten."""
    publisher.publish(FIRST)
    publisher.publish(SECOND)
    keys = [one["Key"] for one in client.list_objects_v2(Bucket=publisher.target.bucket)["Contents"]]
    ours = [key for key in keys if key.startswith(".timeline-gen/")]

    assert all(len(key.split("/")[1]) == len("state-") + 32 for key in ours)
    assert any("/objects/" in key for key in ours)


def test_content_network_is_told(
    publisher: Publisher,
    store: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The content network is told which pages changed; styles never do."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", store)
    network = boto3.client("cloudfront")
    origin = {"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    made = network.create_distribution(
        DistributionConfig={
            "CallerReference": "r",
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "o",
                "ViewerProtocolPolicy": "redirect-to-https",
                "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
                "MinTTL": 0,
            },
            "Comment": "",
            "Enabled": True,
        }
    )
    publisher.target = replace(publisher.target, cdn=made["Distribution"]["Id"])

    publisher.publish(FIRST)

    listed = network.list_invalidations(DistributionId=publisher.target.cdn)["InvalidationList"]["Items"]
    batch = network.get_invalidation(DistributionId=publisher.target.cdn, Id=listed[0]["Id"])
    told = batch["Invalidation"]["InvalidationBatch"]["Paths"]["Items"]
    assert "/en/" in told
    assert all(path.isascii() and " " not in path for path in told)
    assert not any("style" in path for path in told)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ExpiredToken", "the credentials have expired"),
        ("AccessDenied", "the store refuses us that"),
        ("SignatureDoesNotMatch", "does not accept these credentials"),
        ("QuotaExceeded", "no room left"),
    ],
)
def test_store_that_refuses(publisher: Publisher, proxy: Between, code: str, said: str) -> None:
    """What the store refuses is told in one sentence, with what to do, and without any secret."""
    proxy.fails, proxy.code = (lambda _: 403), code

    with pytest.raises(UsageError, match=said) as caught:
        publisher.publish(FIRST)

    assert caught.value.hint
    assert "testing" not in f"{caught.value} {caught.value.hint}"


def test_nobody_answers(publisher: Publisher) -> None:
    """A store that cannot be reached is told of in one sentence."""
    with closed_port() as port:
        publisher.target = replace(publisher.target, endpoint=f"http://127.0.0.1:{port}")
        with pytest.raises(UsageError, match="cannot be reached"):
            publisher.publish(FIRST)


def test_no_bucket(publisher: Publisher) -> None:
    """A bucket that does not exist is named as what is missing."""
    publisher.target = replace(publisher.target, bucket="there-is-none")

    with pytest.raises(UsageError, match="there is no such bucket"):
        publisher.publish(FIRST)


def test_no_credentials(publisher: Publisher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without credentials one reads where they belong."""
    for name in KEYS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))

    with pytest.raises(UsageError, match="no credentials") as caught:
        publisher.publish(FIRST)

    assert "AWS_ACCESS_KEY_ID" in caught.value.hint


@pytest.mark.parametrize("status", [404, 501])
def test_no_store(publisher: Publisher, status: int) -> None:
    """What answers at the address but is no store is told of, without a traceback."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(status)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        publisher.target = replace(publisher.target, endpoint=endpoint)
        with pytest.raises(UsageError) as raised:
            publisher.plan(FIRST)
        server.shutdown()

    assert "endpoint:" in raised.value.hint
