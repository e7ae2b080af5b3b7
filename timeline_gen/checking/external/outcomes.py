"""What became of links, kept from one check to the next in a file of lines.

A line is written as soon as an answer is there: a check that is stopped goes on where it was. The file may be
deleted at any time, and a line that cannot be read is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Final

from timeline_gen.messages import Message, say

_DAY: Final = 24 * 60 * 60
_NAME: Final = "outside-links.jsonl"


class Kind(Enum):
    """What a link leads to."""

    FINE = "fine"
    MOVED = "moved"
    """To another address, for good."""
    GONE = "gone"
    NO_ANCHOR = "no anchor"
    CERTIFICATE = "certificate"
    NO_HOST = "no host"
    BUSY = "busy"
    """The host wants no more requests for now."""
    UNKNOWN = "unknown"
    REFUSED = "refused"
    """It was not asked for."""


_KEPT: Final = {Kind.FINE: 7 * _DAY, Kind.MOVED: 7 * _DAY, Kind.GONE: _DAY, Kind.NO_ANCHOR: _DAY}
"""How many seconds an answer is believed; others are asked for again the next time."""


ANSWERED: Final = say("the server answers {status} ({name})")
CIRCLE: Final = say("it leads to itself, by redirects")
TOO_FAR: Final = say("it leads through more than {count} redirects")
NO_ANCHOR: Final = say("the page has no anchor {anchor!r}")
_REASONS: Final = {str(message): message for message in (ANSWERED, CIRCLE, TOO_FAR, NO_ANCHOR)}
"""The reasons of what is kept, by their templates: a file that was tampered with brings no others."""


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What became of one link."""

    kind: Kind
    reason: str = ""
    to: str = ""
    """The address that has taken its place."""


class Outcomes:
    """The outcomes of earlier checks, in a *folder* of the program's own."""

    def __init__(self, folder: Path, *, now: float, fragments: bool) -> None:
        self._path = folder / _NAME
        self._fragments = fragments
        self._lock = Lock()
        self._lines = dict(self._fresh(now))
        self._compact()

    def known(self, url: str) -> LinkOutcome | None:
        """Return what became of *url*, if that is known and not too old."""
        found = self._lines.get(url)
        return found[1] if found else None

    def keep(self, url: str, outcome: LinkOutcome, now: float) -> None:
        """Keep the *outcome* of *url*, if it is of a kind that lasts."""
        if outcome.kind in _KEPT:
            with self._lock, self._path.open("a", encoding="utf-8") as file:
                file.write(self._line(url, outcome, now))

    def _line(self, url: str, outcome: LinkOutcome, now: float) -> str:
        reason = outcome.reason
        text = [reason.template, dict(reason.parts)] if isinstance(reason, Message) else [reason, {}]
        return json.dumps([url, outcome.kind.value, text, outcome.to, int(now), self._fragments]) + "\n"

    def _fresh(self, now: float) -> Iterator[tuple[str, tuple[float, LinkOutcome]]]:
        """Yield the outcomes that can be believed, by address."""
        try:
            lines = self._path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            found = _read(line)
            # An answer without a look at anchors does not serve a check that looks at them. Where one lies in
            # the future, the clock was set back.
            if found and found[3] >= self._fragments and 0 <= now - found[2] < _KEPT[found[1].kind]:
                yield found[0], (found[2], found[1])

    def _compact(self) -> None:
        """Write the file anew, without what is old."""
        if self._path.exists():
            new = self._path.with_suffix(".new")
            lines = (self._line(url, outcome, at) for url, (at, outcome) in self._lines.items())
            new.write_text("".join(lines), "utf-8")
            new.replace(self._path)


def _read(line: str) -> tuple[str, LinkOutcome, float, bool] | None:
    """Return address, outcome, time, and whether anchors were looked at, of a *line*; None if it is none."""
    try:
        url, kind, (template, parts), to, at, fragments = json.loads(line)
        reason = _REASONS[template]
        outcome = LinkOutcome(Kind(kind), reason.filled(**parts) if parts else reason, str(to))
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    is_line = isinstance(url, str) and isinstance(at, int) and outcome.kind in _KEPT
    return (url, outcome, at, bool(fragments)) if is_line else None
