"""Publishing to an object store, which is one in memory; `test_publish_storage.py` has a real server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from publish_kit import FIRST, SECOND, Publisher, StoppedError
from storage_kit import MemoryStore, refuse

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.headers import FOR_EVER
from timeline_gen.publishing.hosts import s3

ASSET = "assets/style.9876543210.css"
BUCKET = "quays"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """An object store in memory, which the program takes for its own."""
    made = MemoryStore()
    monkeypatch.setattr(s3, "StorageBucket", made.open)
    return made


@pytest.fixture
def publisher(tmp_path: Path, store: MemoryStore) -> Publisher:
    """Somebody who publishes to a new bucket."""
    store.buckets[BUCKET] = {}
    (tmp_path / "site").mkdir()
    return Publisher(tmp_path / "site", PublishTarget("t", "s3", bucket=BUCKET))


def site(count: int) -> dict[str, bytes]:
    """Return a site of *count* pages."""
    return {f"ar/\u0635\u0641\u062d\u0629-{number}/index.html": b"%d" % number for number in range(count)}


def test_headers_stand_with_each_object(publisher: Publisher, store: MemoryStore) -> None:
    """The store sends types, and styles with a hash in their names may be kept for ever."""
    publisher.publish(FIRST)

    found = store.readable(BUCKET)
    assert found["en/index.html"].headers["Content-Type"] == "text/html; charset=utf-8"
    assert found["en/index.html"].headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert found["assets/style.0123456789.css"].headers["Cache-Control"] == FOR_EVER
    assert found["en/feed.xml"].headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_headers_alone(publisher: Publisher, store: MemoryStore) -> None:
    """Where only headers change, they are changed, and no content goes over the wire again."""
    publisher.publish(FIRST)
    publisher.target = replace(publisher.target, headers={"Cache-Control": "no-store"})
    store.requests.clear()

    made = publisher.publish(FIRST)

    assert {change.kind for change in made.changes} == {"headers"}
    assert sum(change.bytes for change in made.changes) == 0
    sent = [request for request in store.requests if request.startswith("PUT")]
    assert [request for request in sent if ".timeline-gen" not in request] == []
    assert store.readable(BUCKET)["index.html"].headers["Cache-Control"] == "no-store"
    assert publisher.plan(FIRST)[0].changes == ()


def test_deleted_by_somebody_else(publisher: Publisher, store: MemoryStore) -> None:
    """What somebody deleted in the store keeps nobody from publishing, be it a page or only its headers."""
    publisher.publish(FIRST)
    for key in ("en/index.html", "en/feed.xml"):
        del store.buckets[BUCKET][key]

    publisher.publish(SECOND)
    del store.buckets[BUCKET]["index.html"]
    publisher.target = replace(publisher.target, headers={"Cache-Control": "no-store"})
    publisher.publish(SECOND)

    assert store.readable(BUCKET)["index.html"].headers["Cache-Control"] == "no-store"


def test_planning_reads_no_object(publisher: Publisher, store: MemoryStore) -> None:
    """However large a site is, planning asks for three things: what is ours, the record, and the journal."""
    publisher.publish(SECOND)
    store.requests.clear()

    assert publisher.plan(SECOND)[0].changes == ()
    assert len(store.requests) == 3


def test_one_change_uploads_one_page(publisher: Publisher, store: MemoryStore) -> None:
    """One changed article sends that page, what the publisher itself notes, and nothing else."""
    publisher.publish(FIRST)
    store.requests.clear()

    publisher.publish(FIRST | {"en/index.html": b"changed"})

    puts = [request for request in store.requests if request.startswith("PUT")]
    assert [request for request in puts if ".timeline-gen" not in request] == [f"PUT {BUCKET}/en/index.html"]


def test_uploads_that_fail(publisher: Publisher, store: MemoryStore) -> None:
    """Where uploads fail in the middle, one problem is told and nothing is deleted; the next run mends it."""
    publisher.publish(FIRST)
    store.before = lambda sent: refuse(sent) if sent.startswith("PUT") and "events/new" in sent else None

    with pytest.raises(UsageError):
        publisher.publish(SECOND)

    assert FIRST.keys() <= store.readable(BUCKET).keys()
    store.before = lambda _: None
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


def test_cut_off_at_every_request(publisher: Publisher, store: MemoryStore) -> None:
    """Cut off at any request, a publication that is begun again ends right, and can still be undone."""
    publisher.publish(version(0))
    for turn in range(1, 60):
        before, after = version(turn - 1), version(turn)
        store.requests.clear()
        store.before = lambda sent, turn=turn: refuse(sent) if len(store.requests) >= turn else None  # type: ignore[misc]
        ended = True
        try:
            publisher.publish(after)
        except UsageError:
            ended = False
        store.before = lambda _: None
        publisher.publish(after)
        there = publisher.stands(*before, *after)
        assert there == after | {path: data for path, data in before.items() if "assets" in path}, turn
        if turn % 6 == 0:
            publisher.roll_back(publisher.plan(after)[1].record.kept[0].about.generation)
            assert publisher.plan(before)[0].changes == (), turn
            publisher.publish(after)
        if ended:
            assert turn > 15
            return
    pytest.fail("it never came to its end")


def killed(one: Publisher, store: MemoryStore, turn: int) -> None:
    """Let *one* publish the second site, and be killed at the *turn*-th request: no other is met."""
    store.requests.clear()

    def kill(_: str) -> None:
        if len(store.requests) >= turn:
            raise StoppedError

    store.before = kill
    with pytest.raises(StoppedError):
        one.publish(SECOND)
    store.before = lambda _: None


def test_reader_never_misses_an_asset(publisher: Publisher, store: MemoryStore) -> None:
    """Whoever reads between any two requests of a publication gets no page whose style is not there."""
    publisher.publish(FIRST)
    missing: list[str] = []

    def read(_: str) -> None:
        page = store.buckets[BUCKET]["en/index.html"].data.decode()
        style = page.partition("href=../")[2].rstrip(">")
        if style not in store.buckets[BUCKET]:
            missing.append(style)

    store.before = read
    for number in range(3):
        style = f"assets/style.{number:010d}.css"
        page = f"<link href=../{style}>".encode()
        publisher.publish({"en/index.html": page, style: b"p {}", **site(10)})
    assert missing == []


def test_somebody_at_work(publisher: Publisher, store: MemoryStore, tmp_path: Path) -> None:
    """While one is at work another waits, or takes over when told to; who was killed goes on at once."""
    publisher.publish(FIRST)
    killed(publisher, store, 14)
    other = publisher.someone_else(tmp_path / "other")

    with pytest.raises(UsageError, match="another publisher is at work"):
        other.publish(SECOND)

    publisher.publish(SECOND)
    assert publisher.plan(SECOND)[0].changes == ()
    killed(publisher, store, 3)
    other.take_over = True
    other.publish(FIRST)
    assert other.plan(FIRST)[0].changes == ()


def test_earlier_pages_are_not_for_readers(publisher: Publisher, store: MemoryStore) -> None:
    """What was taken back lies under a name that nobody can guess, and not at all once it is forgotten."""
    publisher.publish(FIRST)
    publisher.publish(SECOND)
    ours = [key for key in store.buckets[BUCKET] if key.startswith(".timeline-gen/")]

    assert all(len(key.split("/")[1]) == len("state-") + 32 for key in ours)
    assert any("/objects/" in key for key in ours)
