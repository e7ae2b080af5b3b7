"""The language of object stores, spoken with a server; the store in memory keeps the same rules."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from publish_kit import FIRST, SECOND, Publisher, closed_port
from storage_kit import KEYS, MemoryBucket, MemoryStore, object_store

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.headers import FOR_EVER
from timeline_gen.publishing.hosts import object_store as module
from timeline_gen.publishing.hosts.host import MovedError
from timeline_gen.publishing.hosts.object_store import StorageBucket

NAMES = ["a.html", "b/c.html", "b/d.html", "\u0645\u064a\u0646\u0627\u0621/e f.html"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An object store for these tests; its lists come in pages of three."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
        with object_store() as address:
            yield address


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials, where everybody has them: in the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def target(server: str, tmp_path: Path) -> PublishTarget:
    """A target with a new bucket."""
    bucket = f"b{abs(hash(tmp_path))}"
    boto3.client("s3", endpoint_url=server).create_bucket(Bucket=bucket)
    return PublishTarget("t", "s3", bucket=bucket, endpoint=server)


@pytest.fixture
def publisher(target: PublishTarget, tmp_path: Path) -> Publisher:
    """Somebody who publishes to the new bucket."""
    return Publisher(tmp_path, target)


@pytest.fixture(params=["server", "memory"])
def bucket(request: pytest.FixtureRequest) -> StorageBucket | MemoryBucket:
    """A new bucket of the server, by the program's own door, or of a store in memory."""
    if request.param == "memory":
        return MemoryStore().open(PublishTarget("t", "s3", bucket="b", prefix="sub/"))
    return StorageBucket(replace(request.getfixturevalue("target"), prefix="sub/"))


def test_objects_come_back(bucket: StorageBucket | MemoryBucket) -> None:
    """What was put there comes back with its headers and a tag that changes; what is not there is missing."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    assert bucket.get("a.html") is None
    for name in NAMES:
        bucket.put(name, b"one", headers)
    first = bucket.get("a.html")
    bucket.put("a.html", b"two", headers)
    second = bucket.get("a.html")

    assert first
    assert second
    assert (first.data, second.data) == (b"one", b"two")
    assert {name: first.headers[name] for name in headers} == headers
    assert first.tag != second.tag
    assert bucket.tags()["a.html"] == second.tag.strip('"')
    found = dict(bucket.get_all([*NAMES, "none"]))
    assert {name: one and one.data for name, one in found.items()} == {
        **dict.fromkeys(NAMES, b"one"),
        "a.html": b"two",
        "none": None,
    }


def test_lists_and_deletes(bucket: StorageBucket | MemoryBucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists have all that is in a folder, or as much as is asked for; deletes take all, and what is gone."""
    monkeypatch.setattr(module, "_DELETED_AT_ONCE", 2)
    for name in [*NAMES, "b/e/f.html"]:
        bucket.put(name, b"", {})

    assert sorted(bucket.names("")) == ["a.html", "b/", "\u0645\u064a\u0646\u0627\u0621/"]
    assert sorted(bucket.names("b/")) == ["c.html", "d.html", "e/"]
    assert bucket.names("none/") == []
    assert bucket.names("", most=1)
    assert bucket.tags().keys() == {*NAMES, "b/e/f.html"}
    bucket.delete([*NAMES, "gone"])
    bucket.delete([])
    assert list(bucket.tags()) == ["b/e/f.html"]


def test_copies(bucket: StorageBucket | MemoryBucket) -> None:
    """A copy has the content of its source, and headers of its own; of what is not there none is made."""
    bucket.put("a.html", b"a", {"Cache-Control": "no-store"})

    assert bucket.copy("a.html", "kept/b", {"Content-Type": "text/plain"})
    assert bucket.copy("a.html", "a.html", {"Cache-Control": "public"})
    assert not bucket.copy("none", "c", {})
    kept, changed = bucket.get("kept/b"), bucket.get("a.html")
    assert kept
    assert changed
    assert (kept.data, kept.headers["Content-Type"]) == (b"a", "text/plain")
    assert (changed.data, changed.headers["Cache-Control"]) == (b"a", "public")
    assert bucket.get("c") is None


def test_conditions(bucket: StorageBucket | MemoryBucket) -> None:
    """What is written on condition is written only over what was read, or where nothing is."""
    bucket.put_if("record", b"one", tag="")
    first = bucket.get("record")
    assert first
    with pytest.raises(MovedError, match="someone else published"):
        bucket.put_if("record", b"two", tag="")
    bucket.put_if("record", b"two", tag=first.tag)
    with pytest.raises(MovedError, match="someone else published"):
        bucket.put_if("record", b"three", tag=first.tag)

    second = bucket.get("record")
    assert second
    assert second.data == b"two"


def test_a_site_on_a_server(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site goes up, changes, and comes back; the server sends it with its headers."""
    # More requests than connections, pages of lists and batches of deletes.
    monkeypatch.setattr(module, "_DELETED_AT_ONCE", 4)
    many = {f"ar/\u0635\u0641\u062d\u0629-{number}/index.html": b"%d" % number for number in range(12)}
    publisher.publish(FIRST | many)
    publisher.publish(SECOND)

    stands = publisher.stands(*many)
    client: Any = boto3.client("s3", endpoint_url=publisher.target.endpoint)
    page, style = (
        client.head_object(Bucket=publisher.target.bucket, Key=key)
        for key in ("en/index.html", "assets/style.0123456789.css")
    )
    assert stands == SECOND | {"assets/style.0123456789.css": b"p {}"}
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    assert style["CacheControl"] == FOR_EVER
    publisher.roll_back(1)
    assert publisher.plan(FIRST | many)[0].changes == ()


def test_lists_of_a_thousand() -> None:
    """No delete names more keys than a store takes (Amazon S3 API, DeleteObjects: 1000)."""
    assert module._DELETED_AT_ONCE <= 1000


def test_content_network_is_told(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content network is told which pages changed; styles never do."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", publisher.target.endpoint)
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


def test_no_bucket(publisher: Publisher) -> None:
    """A bucket that does not exist is named as what is missing."""
    publisher.target = replace(publisher.target, bucket="there-is-none")

    with pytest.raises(UsageError, match="there is no such bucket"):
        publisher.publish(FIRST)


# ---------------------------------------------------------------- what is no store, or refuses


@contextmanager
def answering(status: int, code: str = "") -> Iterator[str]:
    """Run a server that answers all with *status*, as a store does with *code*, and yield its address."""
    data = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode() if code else b"no"

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def nobody(tmp_path: Path) -> Publisher:
    """Somebody who publishes to an object store that is not there yet."""
    return Publisher(tmp_path, PublishTarget("t", "s3", bucket="b", endpoint="http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ExpiredToken", "the credentials have expired"),
        ("AccessDenied", "the store refuses us that"),
        ("SignatureDoesNotMatch", "does not accept these credentials"),
        ("QuotaExceeded", "no room left"),
    ],
)
def test_store_that_refuses(nobody: Publisher, code: str, said: str) -> None:
    """What the store refuses is told in one sentence, with what to do, and without any secret."""
    with answering(403, code) as address:
        nobody.target = replace(nobody.target, endpoint=address)
        with pytest.raises(UsageError, match=said) as caught:
            nobody.publish(FIRST)

    assert caught.value.hint
    assert "testing" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("status", [404, 501])
def test_no_store(nobody: Publisher, status: int) -> None:
    """What answers at the address but is no store is told of, without a traceback."""
    with answering(status) as address:
        nobody.target = replace(nobody.target, endpoint=address)
        with pytest.raises(UsageError) as raised:
            nobody.plan(FIRST)

    assert "endpoint:" in raised.value.hint


def test_nobody_answers(nobody: Publisher) -> None:
    """A store that cannot be reached is told of in one sentence."""
    with closed_port() as port:
        nobody.target = replace(nobody.target, endpoint=f"http://127.0.0.1:{port}")
        with pytest.raises(UsageError, match="cannot be reached"):
            nobody.publish(FIRST)


def test_no_credentials(nobody: Publisher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without credentials one reads where they belong."""
    for name in KEYS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))

    with pytest.raises(UsageError, match="no credentials") as caught:
        nobody.publish(FIRST)

    assert "AWS_ACCESS_KEY_ID" in caught.value.hint
