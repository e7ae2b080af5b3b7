"""What a process that builds one site again and again keeps of its builds."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline_gen.building.store.fingerprint import program_fingerprint


@dataclass(slots=True)
class Memory:
    """The values of steps that need not be asked of the cache: with them a build makes the same site."""

    program: str = field(default_factory=program_fingerprint)
    """The fingerprint of the program that runs, whatever is written to its files meanwhile."""
    values: dict[str, dict[str, tuple[bytes, object]]] = field(default_factory=dict)
    """By the name of the step and the name of what it was made for, each with its key."""
