"""A plan in words: a table for a person, and the differences of each file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from timeline_gen.messages import say, say_many
from timeline_gen.publishing.hosts.host import Host
from timeline_gen.publishing.planning import CHANGE, HEADERS, KINDS, FileChange, Plan

_SHOWN: Final = 20
_TEXT: Final = ("html", "xml", "json", "csv", "ics", "txt", "css", "js", "svg")


def size_text(count: int) -> str:
    """Return *count* bytes in the unit that fits."""
    size = float(count)
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


def table(made: Plan) -> Iterator[str]:
    """Yield what is done, to how many files, and the bytes that go over for it, a line for each kind."""
    for kind in KINDS:
        changes = made.of(kind)
        if changes:
            bytes_ = size_text(sum(change.bytes for change in changes))
            yield say_many(
                len(changes),
                "{kind:<8} {count:>8,} file   {bytes:>10}",
                "{kind:<8} {count:>8,} files  {bytes:>10}",
                kind=kind,
                bytes=bytes_,
            )


def lines(made: Plan, *, every: bool = False) -> Iterator[str]:
    """Yield a line for each change, or for the first few of each kind unless *every* one is wanted."""
    for kind in KINDS:
        changes = made.of(kind)
        shown = changes if every else changes[:_SHOWN]
        yield from (f"{kind:<8} {change.path}{_size(change)}" for change in shown)
        if len(shown) < len(changes):
            yield say("{kind:<8} … and {changes:,} more", kind=kind, changes=len(changes) - len(shown))


def _size(change: FileChange) -> str:
    if change.kind == HEADERS and change.file and change.before:
        now, before = change.file.headers.splitlines(), change.before.headers.splitlines()
        return f"  ({'; '.join(line for line in now if line not in before) or 'fewer'})"
    return f"  {size_text(change.bytes)}" if change.bytes else ""


def differences(made: Plan, host: Host, read: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Yield the differences between what is on *host* and what was *read* here, as unified diffs."""
    changed = {change.path: change.before for change in made.of(CHANGE) if change.before}
    there = {path: data for path, data, _ in host.fetch(changed)}
    for path, data in read:
        if path in there and path.rpartition(".")[2] in _TEXT:
            before, after = _split(there[path]), _split(data)
            yield from difflib.unified_diff(before, after, f"there/{path}", f"here/{path}", lineterm="")
        elif path in there:
            yield say(
                "{path} differs: {there:,} bytes there, {data:,} here",
                path=path,
                there=len(there[path]),
                data=len(data),
            )


def _split(data: bytes) -> list[str]:
    return data.decode(errors="replace").splitlines()
