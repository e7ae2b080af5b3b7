"""What a process that builds one site again and again keeps of its last build."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.glance import NOTHING, Glance, Last
from timeline_gen.running.keying import Keyed
from timeline_gen.running.planned import Planned
from timeline_gen.running.reading import Readings
from timeline_gen.running.unchanged import Seen
from timeline_gen.writing.survey import Standing


@dataclass(slots=True)
class Memory:
    """The parts of a build that need not be made again.

    All of it is compared with what there is now before it is used: with a memory, a build makes the same
    site as without.
    """

    program: str = field(default_factory=program_fingerprint)
    """The fingerprint of the program that runs, whatever is written to its files meanwhile."""
    readings: Readings = field(default_factory=Readings)
    planned: Planned | None = None
    keyed: Keyed | None = None
    standing: Standing | None = None
    """What the last build left, seen after it."""
    sources: Glance = NOTHING
    """All that the next build is made from, seen a moment ago; nothing where builds follow one another."""
    last: Last | None = None
    """The last build, if only the content of some files has changed since; nothing likewise."""

    def taken_sources(self) -> Glance:
        """Return the sources, and forget them: they change from one build to the next."""
        sources, self.sources = self.sources, NOTHING
        return sources


def memory_of(seen: Seen) -> Memory:
    """Return a memory that holds what was *seen* before a build, and nothing else."""
    return Memory(seen.program, standing=seen.standing, sources=seen.sources, last=seen.last)
