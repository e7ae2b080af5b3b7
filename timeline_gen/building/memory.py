"""What a process that builds one site again and again keeps of its last build."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline_gen.building.planned import Planned
from timeline_gen.building.reading import Readings
from timeline_gen.building.store.cache_keys import PageKeys
from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.writing.survey import OutputState


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
    page_keys: PageKeys | None = None
    output: OutputState | None = None
    """What the last build left, looked at after it."""
