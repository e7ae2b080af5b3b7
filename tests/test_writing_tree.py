"""The built tree: always exactly what the build says, changed only where it differs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from writing_kit import CHANGED, SITE, THIRD, Site

from timeline_gen.keys import content_hash
from timeline_gen.model.files import Output
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.manifest import Facts, Tree, load_manifest
from timeline_gen.writing.output_state import survey
from timeline_gen.writing.own_files import LIST, write_list
from timeline_gen.writing.write import Written, write


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    return Site(tmp_path)


def test_builds(site: Site) -> None:
    """Each build leaves exactly its own pages, and tells what it did."""
    first = site.build(SITE)
    after_first = site.found()
    second = site.build(CHANGED)
    after_second = site.found()
    third = site.build(THIRD)

    assert after_first == SITE
    assert after_second == CHANGED
    assert site.found() == THIRD
    assert first == Written(files=8, changed=8, deleted=0, generation=1)
    assert second == Written(files=9, changed=4, deleted=1, generation=2)
    assert third == Written(files=8, changed=2, deleted=2, generation=3)
    assert site.remains() == set()


def test_nothing_new_touches_nothing(site: Site) -> None:
    """A build with nothing new leaves every time of change in the output as it was."""
    site.build(SITE)
    site.build(CHANGED)
    before = site.stamps()
    result = site.build(CHANGED)

    assert site.stamps() == before
    assert result == Written(files=9, changed=0, deleted=0, generation=2)


def test_only_what_changed_is_new(site: Site) -> None:
    """A build leaves the times of change of the files that stay."""
    site.build(SITE)
    before = {path: stamp for path, stamp in site.stamps().items() if Path(path).is_file()}
    site.build(SITE | {"index.html": b"new"})
    site.build(SITE | {"index.html": b"newer"})
    after = site.stamps()

    assert {path for path, stamp in before.items() if after[path] != stamp} == {
        str(site.root / "output" / "index.html")
    }


def test_same_bytes_from_something_else(site: Site) -> None:
    """A page that is made again and comes out the same isn't touched."""
    site.build(SITE)
    before = site.stamps()
    with Cache.open(site.tree.work_dir / "cache.sqlite", "1") as cache:
        outputs = [Output(path, data, content_hash(data)) for path, data in SITE.items()]
        keys = dict.fromkeys(SITE, "another template")
        result = write(survey(site.tree, cache), outputs, cache=cache, keys=keys, facts=Facts())

    assert site.stamps() == before
    assert result.changed == 0
    assert site.look().keys == dict.fromkeys(SITE, "another template")


def test_whatever_the_umask(site: Site) -> None:
    """A site built by a careful user can still be read by the web server."""
    before = os.umask(0o077)
    try:
        site.build(SITE)
        site.build(CHANGED)
    finally:
        os.umask(before)

    assert site.found() == CHANGED


def test_a_failed_build_changes_nothing(site: Site) -> None:
    """A build that fails on its last page leaves the former site, and nothing half-made."""
    site.build(SITE)
    before = site.stamps()
    with pytest.raises(RuntimeError):
        site.build(CHANGED, fail=True)

    assert site.stamps() == before
    assert site.remains() == set()
    site.build(CHANGED)
    assert site.found() == CHANGED


def test_a_failed_first_build_leaves_no_site(site: Site) -> None:
    """Where there was no site, a build that fails makes none."""
    with pytest.raises(RuntimeError):
        site.build(SITE, fail=True)

    assert not (site.root / "output").exists()
    assert site.remains() == set()


def test_an_empty_site(site: Site) -> None:
    """A site that has lost all its pages is an empty folder."""
    site.build({})
    empty = site.found()
    site.build(SITE)
    site.build({})
    empty_again = site.found()
    site.build(SITE)
    site.build(CHANGED)

    assert empty == {}
    assert empty_again == {}
    assert site.found() == CHANGED


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../outside", "."])
def test_no_way_out(site: Site, path: str) -> None:
    """No address leads out of the output."""
    with pytest.raises(ValueError, match="leads out of the site"):
        site.build({path: b""})


def test_promises_are_kept(site: Site) -> None:
    """A page that is said to stand but doesn't, or that comes twice, is a mistake of the program."""
    missing = Output("index.html", None, content_hash(b"home"))
    double = Output("index.html", b"home", content_hash(b"home"))
    with Cache.open(site.tree.work_dir / "cache.sqlite", "1") as cache:
        standing = survey(site.tree, cache)
        with pytest.raises(ValueError, match="without its bytes"):
            write(standing, [missing], cache=cache, keys={}, facts=Facts())
        with pytest.raises(ValueError, match="written twice"):
            write(standing, [double, double], cache=cache, keys={}, facts=Facts())


def test_manifest(site: Site) -> None:
    """The manifest tells what was built, with the hash and the size of every file."""
    site.build(SITE)
    site.build(CHANGED)
    with Cache.open(site.tree.work_dir / "cache.sqlite", "1") as cache:
        manifest = load_manifest(cache, "output")

    assert manifest.facts == Facts(program="1")
    assert manifest.generation == 2
    assert {path: (entry.hash, entry.size) for path, entry in manifest.entries.items()} == {
        path: (content_hash(data), len(data)) for path, data in {**CHANGED, LIST: write_list(CHANGED)}.items()
    }


def test_two_trees_of_one_site(site: Site) -> None:
    """A preview is another tree: it keeps its own manifest in the same cache."""
    site.build(SITE)
    inner = site.tree.work_dir / "preview"
    inner.mkdir()
    preview = Tree(inner / "site", inner, "preview")
    with Cache.open(site.tree.work_dir / "cache.sqlite", "1") as cache:
        outputs = [Output("index.html", b"draft", content_hash(b"draft"))]
        write(survey(preview, cache), outputs, cache=cache, keys={}, facts=Facts(drafts=True))

        assert load_manifest(cache, "preview").facts.drafts
        assert not load_manifest(cache, "output").facts.drafts
    assert (inner / "site" / "index.html").read_bytes() == b"draft"
    assert site.build(SITE).changed == 0
