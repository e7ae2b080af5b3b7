"""Plans and records, as values: whatever changes, carrying out a plan gives the site, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.errors import UsageError
from timeline_gen.publishing.files import ASSETS, FEEDS, HASHED, PAGES, File, Listing, stage_of
from timeline_gen.publishing.hosts.host import Work
from timeline_gen.publishing.journal import read_work, write_work
from timeline_gen.publishing.planning import (
    Plan,
    Remote,
    Unfinished,
    deleted_share,
    moved,
    next_record,
    plan,
    read_plan,
    stages,
    write_plan,
)
from timeline_gen.publishing.record import (
    About,
    EarlierGeneration,
    Record,
    Retained,
    files_at,
    read_record,
    where_kept,
    write_record,
)

PATHS = st.sampled_from(["index.html", "en/a.html", "ar/ب.html", "x.css", "a/s.0123456789.css", "feed.xml"])
FILES = st.builds(File, st.sampled_from("abc"), st.just(1), st.sampled_from(["", "A: 1", "A: 2"]))
SITES = st.dictionaries(PATHS, FILES, max_size=6)


def carried_out(record: Record, local: Listing, keep: int) -> Record:
    """Return the record after *local* was published over *record*."""
    about = About(record.generation + 1, published="now")
    return next_record(record, local, about, keep=keep)


def applied(stands: dict[str, File], made: Plan) -> dict[str, File]:
    """Return what stands there once the plan *made* is carried out."""
    kept = {path: file for path, file in stands.items() if path not in made.deletes}
    return kept | made.puts


@given(st.lists(SITES, min_size=1, max_size=8), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_any_history(sites: list[dict[str, File]], keep: int) -> None:
    """Through any history the place holds the site, and each kept generation is known whole."""
    record, stands = Record(), dict[str, File]()
    history: dict[int, dict[str, File]] = {}
    for site in sites:
        made = plan("t", site, Remote(record), keep=keep)
        if made.changes or not record.generation:
            stands = applied(stands, made)
            record = carried_out(record, site, keep)
            history[record.generation] = site

        assert {path: stands[path] for path in site} == site
        assert stands.keys() == record.present.keys()
        assert plan("t", site, Remote(record), keep=keep).changes == ()
        assert len(record.kept) <= keep
        for kept in record.kept:
            assert files_at(record, kept.about.generation) == history[kept.about.generation]
    assert read_record(write_record(record)) == record


@given(SITES, SITES, SITES, st.data())
@settings(max_examples=150, deadline=None)
def test_any_interruption(first: Listing, begun: Listing, wanted: Listing, data: st.DataObject) -> None:
    """Wherever a publication is cut off, the next one makes the place hold what it wants, and no more."""
    record = carried_out(Record(), first, 2)
    work = plan("t", begun, Remote(record), keep=2)
    done = data.draw(st.integers(0, len(work.changes)))
    stands = dict(first)
    for change in work.changes[:done]:
        if change.file:
            stands[change.path] = change.file
        else:
            stands.pop(change.path, None)
    unfinished = Unfinished(work.puts, frozenset(work.deletes))

    made = plan("t", wanted, Remote(record, unfinished=unfinished), keep=2)

    after = applied(stands, made)
    assert {path: after[path] for path in wanted} == wanted
    assert after.keys() - wanted.keys() <= {"a/s.0123456789.css"}


@given(SITES, SITES)
@settings(max_examples=50, deadline=None)
def test_plan_as_json(first: Listing, second: Listing) -> None:
    """A plan written and read is the same plan."""
    made = plan("t", second, Remote(carried_out(Record(), first, 2), "x"), keep=2)

    assert read_plan(write_plan(made)) == made
    assert moved(made, made) == ""
    assert "here" in moved(made, replace(made, local="other"))
    assert "there" in moved(made, replace(made, remote="other"))
    assert "target" in moved(made, replace(made, target="other"))


def test_what_arrived_is_not_sent_again() -> None:
    """After a cut, files that are known to have arrived with the right headers are left alone."""
    site = {"a.html": File("1", 1, "A: 1"), "b.html": File("2", 1, "A: 1")}
    unfinished = Unfinished(site)

    certain = Remote(unfinished=unfinished, certain={"a.html": "1"})
    other_headers = Remote(unfinished=Unfinished({"a.html": File("1", 1, "B: 2")}), certain={"a.html": "1"})

    assert {change.path for change in plan("t", site, certain, keep=1).changes} == {"b.html"}
    assert {change.path for change in plan("t", site, other_headers, keep=1).changes} == {"a.html", "b.html"}


def test_what_somebody_changed_is_put_right() -> None:
    """Files of ours that somebody else changed there are put there again."""
    site = {"a.html": File("1", 1)}
    record = carried_out(Record(), site, 1)

    made = plan("t", site, Remote(record, corrupt=frozenset({"a.html"})), keep=1)

    assert [(change.kind, change.path) for change in made.changes] == [("change", "a.html")]


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("assets/almanac.91979e51f9.css", HASHED),
        ("media/quay.958e2476b199.png", HASHED),
        ("_headers", ASSETS),
        ("logo.svg", ASSETS),
        ("en/index.html", PAGES),
        ("en/feed.xml", FEEDS),
        ("sitemap.xml", FEEDS),
        ("en/articles/a.0123456789/index.html", PAGES),
    ],
)
def test_order(path: str, stage: int) -> None:
    """What pages need goes up before them, and what lists them after."""
    assert stage_of(path) == stage


def test_deletes_come_last() -> None:
    """In a plan, deletes stand behind all that is put there."""
    record = carried_out(Record(), {"z.html": File("1", 1), "old.html": File("2", 1)}, 0)

    made = plan("t", {"z.html": File("3", 1), "feed.xml": File("4", 1)}, Remote(record), keep=0)

    assert [change.path for change in made.changes] == ["z.html", "feed.xml", "old.html"]
    assert [[change.path for change in stage] for stage in stages(made.changes)] == [["z.html"], ["feed.xml"]]
    assert deleted_share(made, record) == 50


def test_generation_that_is_not_kept() -> None:
    """Whoever asks for a generation that is gone reads which there are."""
    record = Record()
    for number in range(4):
        record = carried_out(record, {"a.html": File(str(number), 1)}, 2)

    with pytest.raises(UsageError, match="generation 1 is not kept") as caught:
        files_at(record, 1)

    assert "3, 2" in caught.value.hint
    assert where_kept(record, 2) == {"a.html": 2}


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"format": 1, "files": 3}', b"\xff"])
def test_damaged_record(data: bytes) -> None:
    """A record that is damaged is told of in one sentence."""
    with pytest.raises(UsageError, match="damaged"):
        read_record(data)


@pytest.mark.parametrize("path", ["../notes.txt", "/etc/passwd", "en/../../notes.txt", "a\0b"])
def test_record_that_leads_out_of_the_site(path: str) -> None:
    """Whoever may write to the host cannot have files deleted or read outside the site."""
    file = File("0", 1)
    about = About(2)
    records = (
        Record(about, {path: file}),
        Record(about, {}, {path: Retained(file, 1)}),
        Record(about, {}, {}, (EarlierGeneration(About(1), {path: file}),)),
    )
    works = (Work("", Record(), {path: file}, frozenset(), {}), Work("", Record(), {}, frozenset({path}), {}))

    for record in records:
        with pytest.raises(UsageError, match="damaged"):
            read_record(write_record(record))
    for work in works:
        assert read_work(write_work(work))[0] == Unfinished()


def test_record_of_a_later_program() -> None:
    """A record of a later version is left alone."""
    with pytest.raises(UsageError, match="a newer version"):
        read_record(b'{"format": 2}')
