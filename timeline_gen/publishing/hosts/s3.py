"""The target ``s3``: a bucket of Amazon's, or of any service with the same protocol.

Planning reads three objects, however large the site: the record has a name that cannot be guessed,
because the earlier generations next to it are no longer meant for readers. What is replaced or deleted is
copied there first, inside the store. A claim made with a conditional write keeps others away, and
the record itself is written on condition that it is the one that was read.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import md5
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.publishing.claims import NAME as CLAIM
from timeline_gen.publishing.claims import check_free, forget_claim, own_claim, read_claim, write_claim
from timeline_gen.publishing.files import Listing, is_hashed
from timeline_gen.publishing.headers import parsed
from timeline_gen.publishing.hosts.host import MovedError, Setting, Upload, Work
from timeline_gen.publishing.hosts.object_store import Object, StorageBucket
from timeline_gen.publishing.journal import read_work, write_work
from timeline_gen.publishing.planning import Remote, Unfinished
from timeline_gen.publishing.record import Record, hashes_kept, read_record, write_record

_OURS: Final = ".timeline-gen/"


class BucketHost:
    """A bucket, or a folder in one."""

    sends_headers = True

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._bucket = StorageBucket(setting.target)
        self._state = ""
        self._tag = ""
        """Of the record, as it was read."""
        self._claimed = False
        self._sums = setting.work_dir / "sums"
        """MD5 by content hash of what was put there, until all is done: lists of objects give the MD5."""
        self._work: Work | None = None

    # ------------------------------------------------------------ what is stored there

    def read(self) -> Remote:
        """Return what is stored there, and what was left unfinished."""
        states = [name for name in self._bucket.names(_OURS) if name.startswith("state-")]
        if not states:
            # One page of names is enough to know whether there are any.
            foreign = [name for name in self._bucket.names("", most=1000) if name != _OURS]
            return Remote(foreign=len(foreign))
        self._state = f"{_OURS}{min(states)}"
        found, begun = (
            self._bucket.get(f"{self._state}record.json"),
            self._bucket.get(f"{self._state}journal.json"),
        )
        self._tag = found.tag if found else ""
        record = read_record(found.data) if found else Record()
        token = content_hash((found.data if found else b"") + (begun.data if begun else b""))
        if begun is None:
            return Remote(record, token)
        unfinished, _ = read_work(begun.data)
        return Remote(record, token, unfinished=unfinished, certain=self._certain(unfinished))

    def _certain(self, unfinished: Unfinished) -> dict[str, str]:
        """Return the hashes of the unfinished files that arrived, known by their tags where these are MD5."""
        tags = self._bucket.tags()
        return {
            path: file.hash
            for path, file in unfinished.puts.items()
            if path in tags and self._sum_of(file.hash) == tags[path]
        }

    def _sum_of(self, name: str) -> str:
        """Return the MD5 of the content with the hash *name*, if it was put there from here; else nothing."""
        try:
            return (self._sums / name).read_text(encoding="ascii")
        except OSError:
            return ""

    # ------------------------------------------------------------ what is put there

    def begin(self, work: Work) -> None:
        """Claim the place, write down what is about to be done, and put aside what will be needed again."""
        current = self._bucket.get(CLAIM)
        check_free(read_claim(current.data) if current else None, self._setting)
        self._bucket.put_if(CLAIM, write_claim(own_claim(self._setting)), tag=current.tag if current else "")
        self._claimed = True
        if self.read().token != work.base:
            raise MovedError(say("someone else published there just now"), hint=say("publish again"))
        self._state = self._state or f"{_OURS}state-{secrets.token_hex(16)}/"
        self._work = work
        self._bucket.put(f"{self._state}journal.json", write_work(work), {})
        self._put_aside(work.preserve)

    def _put_aside(self, preserve: Mapping[str, str]) -> None:
        """Copy what is to be replaced, but for what an earlier attempt has copied already.

        All of it is copied before the first file is replaced; so where one is missing, none was replaced,
        but another publisher deleted it: then there is nothing to put aside.
        """
        if not preserve:
            return
        there = set(self._bucket.names(f"{self._state}objects/"))
        wanted = {name: path for path, name in preserve.items() if name not in there}
        self._bucket.at_once(
            lambda name: self._bucket.copy(wanted[name], f"{self._state}objects/{name}", {}), sorted(wanted)
        )

    def put(self, uploads: Sequence[Upload]) -> None:
        """Put *uploads* there, several at once."""
        self._bucket.at_once(self._put, uploads)

    def _put(self, upload: Upload) -> None:
        headers = parsed(upload.file.headers)
        if upload.same_bytes and self._bucket.copy(upload.path, upload.path, headers):
            return
        data = upload.read()
        self._bucket.put(upload.path, data, headers)
        self._sums.mkdir(parents=True, exist_ok=True)
        (self._sums / upload.file.hash).write_text(md5(data, usedforsecurity=False).hexdigest(), "ascii")

    def keep(self, record: Record) -> None:
        """Let *record* be what is known, on condition that no other publisher has written one."""
        self._bucket.put_if(f"{self._state}record.json", write_record(record), tag=self._tag)

    def delete(self, paths: Collection[str]) -> None:
        """Delete *paths*."""
        self._bucket.delete(paths)

    def finish(self, record: Record) -> str:
        """Write down that nothing is left to be done, and notify the content network."""
        # What a kill leaves undone after this is only old objects, which the next publication finds by their
        # names.
        self._bucket.delete([f"{self._state}journal.json"])
        self.forget(record)
        work = self._work or Work("", Record(), {}, frozenset(), {})
        changed = [path for path in {*work.puts, *work.deletes} if not is_hashed(path)]
        self._bucket.tell_network(changed, f"{self._setting.now}-{record.generation}")
        shutil.rmtree(self._sums, ignore_errors=True)
        return ""

    def end(self) -> None:
        """Let go of the place."""
        if self._claimed:
            self._claimed = False
            self._bucket.delete([CLAIM])
            forget_claim(self._setting)

    # ------------------------------------------------------------ reading back

    def fetch(self, files: Listing) -> Iterator[tuple[str, bytes, str]]:
        """Yield what is stored under the paths of *files*."""
        for path, found in self._bucket.get_all(list(files)):
            if found:
                yield path, found.data, _said(found)

    def recall(self, record: Record, generation: int, files: Listing) -> Iterator[tuple[str, bytes]]:
        """Yield *files* as they were in an earlier *generation*; contents are kept by their hashes."""
        del record
        for path, found in self._bucket.get_all(list(files)):
            kept = found
            if found is None or content_hash(found.data) != files[path].hash:
                kept = self._bucket.get(f"{self._state}objects/{files[path].hash}")
            if kept is None or content_hash(kept.data) != files[path].hash:
                raise UsageError(
                    say(
                        "{path} of generation {generation} is gone from the bucket",
                        path=path,
                        generation=generation,
                    )
                )
            yield path, kept.data

    def forget(self, record: Record) -> None:
        """Delete what was put aside for generations that *record* does not keep."""
        if self._state:
            objects = f"{self._state}objects/"
            needed = hashes_kept(record)
            self._bucket.delete(objects + name for name in self._bucket.names(objects) if name not in needed)


def _said(found: Object) -> str:
    return "\n".join(f"{name}: {value}" for name, value in sorted(found.headers.items()))


def open_host(setting: Setting) -> BucketHost:
    """Return the bucket that *setting* names; raise ``UsageError`` where there are no credentials for it."""
    return BucketHost(setting)
